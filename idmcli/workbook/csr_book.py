"""The annex to a memorandum between DPMD and a company: the steps that stand open to it in its working area."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl
from xlsxwriter.worksheet import Worksheet

from idmcli import columns as col
from idmcli.rubric.model import Rubric
from idmcli.sentences import said
from idmcli.words import whole
from idmcli.workbook.book import CREATED, new_book
from idmcli.workbook.catalogue import Column, columns
from idmcli.workbook.cells import write_text
from idmcli.workbook.notes import Notes, add_notes
from idmcli.workbook.paper import A4, Paper
from idmcli.workbook.sheets import Placed, SheetSpec, add_table, place
from idmcli.workbook.stack import Stack
from idmcli.workbook.styles import Styles
from idmcli.workbook.tally import Measure, Tally, tally
from idmcli.workbook.works import SUM_BAND, narrowed

ANNEX: Final = "LAMPIRAN"
RECAP: Final = "REKAP"
WIDTHS: Final = (26, 34, 14, 14, 16, 16)
DOTS: Final = "(…………………………………………)"


def write_csr_book(
    steps: pl.DataFrame,
    target: Path,
    *,
    rubric: Rubric,
    perusahaan: str,
    wilayah: str,
    cara: Sequence[tuple[str, str]] = (),
    sumber: Sequence[tuple[str, str]] = (),
    peringatan: Sequence[str] = (),
    kertas: Paper = A4,
    created: datetime = CREATED,
) -> None:
    """Write the annex to `target` (see `export.atomic` for how it gets there).

    Args:
        steps: `plan.csr_steps`.
        target: path to write.
        rubric: the edition in force.
        perusahaan: name of the company.
        wilayah: name of its working area.
        cara: how the plan was made, in pairs.
        sumber: file and SHA-256 of each source.
        peringatan: what was assumed or must be known, one line each.
        kertas: paper to print on.
        created: creation date in the workbook's properties.

    Raises:
        OutputError: more steps than a sheet can hold.
        OSError: the file cannot be written.
    """
    rows = _told(steps)
    spec = _annex(rows, f"Langkah yang terbuka bagi {perusahaan}", wilayah, kertas)
    statuses = [status.nama for status in rubric.status]
    guide = (
        (ANNEX, "Langkah yang dapat dibantu perusahaan, desa demi desa, dengan tempat tanda tangan para pihak."),
        (RECAP, "Jumlah desa dan langkah per kecamatan dan per indikator, dengan rumus dari LAMPIRAN."),
    )
    with new_book(target, f"Lampiran kerja sama – {perusahaan}", created) as (book, styles):
        sheet = add_table(book, styles, spec, statuses)
        last = _add_signatures(sheet, styles, place(spec).last + 1, perusahaan)
        sheet.print_area(0, 0, last, spec.cetak_kolom - 1)
        recap = Stack(book, styles, RECAP, f"Rekap langkah yang terbuka bagi {perusahaan}", (), WIDTHS, (), kertas)
        if rows.height:
            recap.tally("Per kecamatan", _per_place(rows, place(spec)))
            recap.tally("Per indikator", _per_indicator(rows, place(spec)))
        add_notes(book, styles, rubric, Notes(guide, tuple(sumber), tuple(peringatan), tuple(cara), kertas))


def _told(steps: pl.DataFrame) -> pl.DataFrame:
    """The steps in words, with what counts a village, and a village that one step lifts, once."""
    lifts = pl.col("menaikkan")
    return steps.with_columns(
        said("{} → {}", "dari", "ke").alias("langkah"),
        pl.col("no").is_first_distinct().cast(pl.Int64).alias("hitung_desa"),
        (lifts & pl.struct("no", "menaikkan").is_first_distinct()).cast(pl.Int64).alias("hitung_naik"),
        lifts.cast(pl.Int64).alias("hitung_langkah"),
        pl.when(lifts)
        .then(said("menjadi {}", "target"))
        .when(pl.col("target").is_null())
        .then(pl.lit("sudah tertinggi"))
        .otherwise(pl.lit("belum naik"))
        .alias("menaikkan"),
        pl.when("dalam_rencana").then(pl.col("pelaku_rencana")).otherwise(pl.lit("tidak")).alias("dalam_rencana"),
    )


def _annex(rows: pl.DataFrame, judul: str, wilayah: str, kertas: Paper) -> SheetSpec:
    names = ["desa", "kecamatan", col.STATUS, "kode", "indikator", "langkah"]
    shown = columns(rows, [*names, "syarat_kini", "syarat_tujuan", "kegiatan", "tambahan"])
    sums = (("hitung_desa", "Desa"), ("hitung_naik", "Desa naik"), ("hitung_langkah", "Langkah menaikkan"))
    entries = (
        Column("nomor", "No.", "nomor", 8),
        *narrowed(shown),
        Column("menaikkan", "Status desa bila hanya ini", "panjang", 15),
        Column("dalam_rencana", "Dalam rencana daerah", "panjang", 20),
        *columns(rows, [col.KODE_DESA, "kabupaten", "target"]),
        *(Column(nama, title, "bulat", 9, SUM_BAND) for nama, title in sums),
    )
    villages = whole(rows.get_column("no").n_unique())
    return SheetSpec(
        ANNEX,
        judul,
        rows,
        (
            f"Wilayah kerja: {wilayah}. {whole(rows.height)} langkah di {villages} desa; setiap langkah sampai skor "
            "tertinggi indikatornya.",
            "Status desa bila hanya ini: status sesudah langkah itu saja; “belum naik”: perlu langkah lain juga.",
        ),
        kolom=entries,
        beku=2,
        cetak_kolom=[entry.nama for entry in entries].index(col.KODE_DESA),
        kosong="Tidak ada langkah yang terbuka bagi perusahaan di wilayah ini.",
        jumlah=frozenset(),
        kertas=kertas,
    )


def _per_place(rows: pl.DataFrame, where: Placed) -> Callable[[int], Tally]:
    """Villages, steps, and what single steps lift, per kecamatan."""
    measures = [
        Measure(Column("jumlah_desa", "Desa", "bulat"), "jumlah", "hitung_desa"),
        Measure(Column("jumlah_langkah", "Langkah", "bulat"), "banyak"),
        Measure(Column("langkah_naik", "Langkah yang menaikkan", "bulat"), "jumlah", "hitung_langkah"),
        Measure(Column("desa_naik", "Desa yang dapat naik", "bulat"), "jumlah", "hitung_naik"),
    ]
    keys = [replace(entry, kind="teks") for entry in columns(rows, ["kabupaten", "kecamatan"])]
    return lambda top: tally(SheetSpec(RECAP, "", rows), rows, where, keys, measures, top)


def _per_indicator(rows: pl.DataFrame, where: Placed) -> Callable[[int], Tally]:
    """Villages in which an indicator stands open, and those that it alone lifts; the most frequent first."""
    measures = [
        Measure(Column("jumlah_langkah", "Langkah", "bulat"), "banyak"),
        Measure(Column("langkah_naik", "Langkah yang menaikkan", "bulat"), "jumlah", "hitung_langkah"),
    ]
    keys = [replace(entry, kind="teks") for entry in columns(rows, ["kode", "indikator"])]
    frequent = rows.sort(pl.len().over("kode"), descending=True, maintain_order=True)
    return lambda top: tally(SheetSpec(RECAP, "", frequent), frequent, where, keys, measures, top)


def _add_signatures(sheet: Worksheet, styles: Styles, line: int, perusahaan: str) -> int:
    """Room for two signatures below the table; gives the last 0-based row."""
    for column, party in ((1, "Dinas Pemberdayaan Masyarakat dan Desa"), (8, perusahaan)):
        write_text(sheet, line + 1, column, party, styles.get(bold=True))
        write_text(sheet, line + 7, column, DOTS, styles.get())
        write_text(sheet, line + 8, column, "Nama, jabatan, tanggal", styles.subtitle)
    return line + 8
