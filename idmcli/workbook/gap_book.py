"""The workbook of `idm gap`: what each village lacks, its smallest path, other paths, its standing among others."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl

from idmcli import columns as col
from idmcli.rubric.model import Rubric
from idmcli.words import whole
from idmcli.workbook.book import CREATED, new_book
from idmcli.workbook.catalogue import Column, columns
from idmcli.workbook.charts import PLAIN_BAR, PLAIN_FRAME, Bars, add_bars
from idmcli.workbook.gap_sheets import GapTables, gap_sheets
from idmcli.workbook.gap_views import FIRST_STEPS
from idmcli.workbook.notes import Notes, add_notes
from idmcli.workbook.paper import A4, Paper
from idmcli.workbook.printing import row_below
from idmcli.workbook.score_book import left_out_sheet, title_place
from idmcli.workbook.sheets import MOST_ROWS, SheetSpec, add_table, place
from idmcli.workbook.steps import WHO

MOST_BARS: Final = 20


def write_gap_book(
    villages: pl.DataFrame,
    target: Path,
    *,
    rubric: Rubric,
    satuan: str,
    tables: GapTables,
    cara: Sequence[tuple[str, str]] = (),
    sumber: Sequence[tuple[str, str]] = (),
    peringatan: Sequence[str] = (),
    kertas: Paper = A4,
    created: datetime = CREATED,
) -> None:
    """Write paths and gaps to `target` (see `export.atomic` for how it gets there).

    Args:
        villages: `classify.classify` with the columns of `Paths.desa`, keyed by `no`.
        target: path to write.
        rubric: the edition in force.
        satuan: unit of the costs (`beban`, `rupiah`, `intervensi`).
        tables: what else is shown; a table that no sheet can hold is left out and said so.
        cara: how costs, locks and limits were chosen, in pairs.
        sumber: file and SHA-256 of each source.
        peringatan: what was assumed or must be known, one line each.
        kertas: paper to print on.
        created: creation date in the workbook's properties.

    Raises:
        OutputError: more villages than a sheet can hold.
        OSError: the file cannot be written.
    """
    first, *further = gap_sheets(villages, rubric, satuan, title_place(villages), tables)
    fitting = [spec for spec in further if place(spec).last <= MOST_ROWS]
    too_long = [
        f"Lembar {spec.nama} tidak dimuat: {whole(spec.frame.height)} baris melebihi isi satu lembar Excel."
        for spec in further
        if place(spec).last > MOST_ROWS
    ]
    left_out = villages.filter(pl.col(col.IDM_K).is_null())
    specs = [first, *fitting, *([left_out_sheet(left_out)] if left_out.height else [])]
    notes = Notes(
        tuple((spec.nama, spec.judul) for spec in specs), tuple(sumber), (*peringatan, *too_long), tuple(cara), kertas
    )
    statuses = [status.nama for status in rubric.status]
    with new_book(target, first.judul, created) as (book, styles):
        for spec in specs:
            sheet = add_table(book, styles, replace(spec, kertas=kertas), statuses)
            if spec.nama == FIRST_STEPS:
                here = place(spec)
                last = min(here.last, here.first + MOST_BARS - 1) - 1
                share = [entry.nama for entry in spec.entries].index("bagian_mulai")
                bars = Bars(spec.nama, here.first - 2, here.first - 1, last, (1, 1), share)
                widths = [entry.width or 12 for entry in spec.entries]
                line = row_below(sheet, here.last - 1, PLAIN_FRAME + PLAIN_BAR * bars.count, widths, kertas)
                add_bars(book, sheet, bars, "Langkah pertama: bagian dari semua jalur", (line, 0), form="0%")
        add_notes(book, styles, rubric, notes)


def write_points_book(
    points: pl.DataFrame,
    target: Path,
    *,
    rubric: Rubric,
    sumber: Sequence[tuple[str, str]] = (),
    peringatan: Sequence[str] = (),
    created: datetime = CREATED,
) -> None:
    """Write what a recap of sub-indices can say to `target`.

    Args:
        points: `gap.by_dimension`.
        target: path to write.
        rubric: the edition in force.
        sumber: file and SHA-256 of each source.
        peringatan: what cannot be known and what was assumed, one line each.
        created: creation date in the workbook's properties.

    Raises:
        OutputError: more rows than a sheet can hold.
        OSError: the file cannot be written.
    """
    figures = (
        Column("poin", "Poin kini", "bulat", 9),
        Column("maksimum", "Poin tertinggi", "bulat", 9),
        *columns(points, ["kurang"]),
        Column("poin_naik", "Poin untuk naik", "bulat", 9),
        *columns(points, ["tambahan"]),
        Column("keterangan", "Keterangan", "panjang", 60),
    )
    spec = SheetSpec(
        "KESENJANGAN",
        f"Poin yang kurang per dimensi – {title_place(points)}",
        points,
        ("Rekap tidak memuat skor indikator; yang diketahui hanya poin yang kurang di setiap dimensi.",),
        kolom=(*columns(points, [*WHO, col.STATUS, "target_status", "dimensi"]), *figures),
        beku=2,
        jumlah=frozenset(),
    )
    with new_book(target, spec.judul, created) as (book, styles):
        add_table(book, styles, spec, [status.nama for status in rubric.status])
        add_notes(book, styles, rubric, Notes(((spec.nama, spec.judul),), tuple(sumber), tuple(peringatan)))
