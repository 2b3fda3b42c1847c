"""Villages against indicators: one look shows which village waits for what."""

from dataclasses import replace

import polars as pl
from xlsxwriter.workbook import Workbook

from idmcli import columns as col
from idmcli.rubric.model import Rubric
from idmcli.workbook.catalogue import Column, columns
from idmcli.workbook.cells import write_text
from idmcli.workbook.paper import A4, Paper
from idmcli.workbook.sheets import SheetSpec, add_table, place
from idmcli.workbook.steps import WHO
from idmcli.workbook.styles import Styles

CELL: float = 5.6


def add_matrix(
    book: Workbook, styles: Styles, nama: str, judul: str, works: pl.DataFrame, rubric: Rubric, kertas: Paper = A4
) -> None:
    """Add the sheet: a row per village by code, a column per indicator that occurs, `0 → 5` where they meet.

    Args:
        book: the workbook.
        styles: its formats.
        nama: sheet name.
        judul: first line.
        works: as `works.named` gives them.
        rubric: names and official order of the indicators.
        kertas: paper to print on.
    """
    found = set(works.get_column("kode").to_list())
    codes = [kode for kode in rubric.codes if kode in found]
    cells = works.select("no", "kode", pl.col("langkah").str.replace_all(" ", "")).pivot(
        on="kode", index="no", values="langkah", aggregate_function="first"
    )
    villages = works.select("no", *WHO, col.STATUS).unique("no", keep="first", maintain_order=True)
    frame = (
        villages.join(cells, on="no", how="left")
        .with_columns(pl.sum_horizontal(pl.col(kode).is_not_null().cast(pl.Int32) for kode in codes).alias("banyak"))
        .sort(col.KODE_DESA, "no", nulls_last=True)
        if codes
        else villages.with_columns(pl.lit(0).alias("banyak"))
    )
    entries = (
        *(replace(entry, width=min(entry.width or 12, 22)) for entry in columns(frame, [*WHO, col.STATUS])),
        *(Column(kode, f"{kode} {rubric.by_code[kode].singkat}", "nomor", CELL) for kode in codes),
        Column("banyak", "Langkah", "bulat", 9),
    )
    spec = SheetSpec(
        nama,
        judul,
        frame,
        ("Isi sel: skor kini → skor yang harus tercapai. Baris terbawah: banyaknya desa per indikator.",),
        kolom=entries,
        tegak=frozenset(codes),
        beku=2,
        kosong="Tidak ada langkah.",
        kertas=kertas,
    )
    where = place(spec)
    if codes:
        first, last = where.letters[codes[0]], where.letters[codes[-1]]
        spec = replace(spec, rumus={"banyak": lambda row: f"=COUNTA({first}{row}:{last}{row})"})
    sheet = add_table(book, styles, spec, [status.nama for status in rubric.status])
    if not codes:
        return
    for number, entry in enumerate(entries):
        if entry.nama in found:
            formula = f"=COUNTA({where.span(entry.nama)})"
            count = frame.get_column(entry.nama).count()
            sheet.write_formula(where.last, number, formula, styles.total("nomor"), count)
        elif entry.nama == "banyak":
            formula = f"=SUM({where.span(entry.nama)})"
            sheet.write_formula(where.last, number, formula, styles.total("bulat"), works.height)
        else:
            write_text(sheet, where.last, number, "" if number else "Desa per indikator", styles.total("teks"))
