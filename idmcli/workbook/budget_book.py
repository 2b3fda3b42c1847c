"""Workbooks of verified village budgets: one per village with its traced lines, one per kecamatan and kabupaten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import polars as pl

from idmcli.budget.verify import Verification
from idmcli.rubric.model import Rubric
from idmcli.workbook.book import new_book
from idmcli.workbook.budget_region_sheets import absent_sheet, neglected_sheet, ranking_sheet, recap_sheet
from idmcli.workbook.budget_sheets import check_sheet, indicator_sheet, link_sheet, spending_sheet, verdict_sheet
from idmcli.workbook.charts import PLAIN_BAR, PLAIN_FRAME, Bars, add_bars
from idmcli.workbook.notes import Notes, add_notes
from idmcli.workbook.paper import A4
from idmcli.workbook.printing import row_below
from idmcli.workbook.sheets import SheetSpec, add_table, place

MOST_BARS: Final = 25


@dataclass(frozen=True)
class Origin:
    """What the workbooks say of their making.

    Attributes:
        rubric: the edition in force.
        sumber: file and SHA-256 of each source.
        peringatan: what was assumed or must be known.
        cara: how indicators and lines were tied, in pairs.
    """

    rubric: Rubric
    sumber: tuple[tuple[str, str], ...]
    peringatan: tuple[str, ...]
    cara: tuple[tuple[str, str], ...]


def write_village_budget(
    hasil: Verification, names: Mapping[str, str], judul: str, origin: Origin, target: Path
) -> None:
    """Write the workbook of one village to `target`.

    Args:
        hasil: of this village only.
        names: official names of activities by code.
        judul: title.
        origin: how it was made.
        target: path to write.

    Raises:
        OSError: the file cannot be written.
    """
    sheets = (
        indicator_sheet(hasil, several=False),
        link_sheet(hasil, several=False),
        spending_sheet(hasil, names),
        check_sheet(hasil, several=False),
        verdict_sheet(hasil, several=False),
    )
    _write(sheets, judul, origin, target)


def write_region_budget(
    hasil: Verification,
    indicators: pl.DataFrame,
    recap: pl.DataFrame | None,
    absent: pl.DataFrame,
    judul: str,
    origin: Origin,
    target: Path,
) -> None:
    """Write the workbook of a kecamatan or kabupaten to `target`.

    Args:
        hasil: of its villages.
        indicators: `budget.recap.by_indicator` of them.
        recap: per kecamatan; None within one.
        absent: its villages without a file.
        judul: title.
        origin: how it was made.
        target: path to write.

    Raises:
        OSError: the file cannot be written.
    """
    sheets = (
        ranking_sheet(hasil, judul),
        neglected_sheet(indicators),
        *((recap_sheet(recap, "kecamatan"),) if recap is not None else ()),
        verdict_sheet(hasil, several=True),
        check_sheet(hasil, several=True),
        replace(indicator_sheet(hasil, several=True), nama="INDIKATOR DESA"),
        absent_sheet(absent),
    )
    _write(sheets, judul, origin, target)


def _write(sheets: Sequence[SheetSpec], judul: str, origin: Origin, target: Path) -> None:
    statuses = [status.nama for status in origin.rubric.status]
    guide = tuple((spec.nama, spec.judul) for spec in sheets)
    with new_book(target, judul) as (book, styles):
        for spec in sheets:
            sheet = add_table(book, styles, spec, statuses)
            names = [entry.nama for entry in spec.entries]
            if "bagian_belum" in names and spec.frame.height:
                here = place(spec)
                last = min(here.last, here.first + MOST_BARS - 1) - 1
                column = names.index("belum_dianggarkan")
                bars = Bars(spec.nama, here.first - 2, here.first - 1, last, (1, 1), column)
                height = PLAIN_FRAME + PLAIN_BAR * bars.count
                widths = [entry.width or 12 for entry in spec.entries]
                line = row_below(sheet, here.last - 1, height, widths, A4)
                add_bars(book, sheet, bars, "Desa yang belum menganggarkan indikator lemahnya", (line, 0), form="0")
        add_notes(book, styles, origin.rubric, Notes(guide, origin.sumber, origin.peringatan, origin.cara))
