"""Cells as every sheet of ours writes them: texts that stay texts, formulas with their cached results."""

from collections.abc import Callable, Sequence
from typing import Final

import polars as pl
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from idmcli.export import JOINER
from idmcli.workbook.styles import Styles

LONGEST_TEXT: Final = 32_767


def write_heading(sheet: Worksheet, styles: Styles, judul: str, lines: Sequence[str]) -> None:
    """The title and the lines under it."""
    write_text(sheet, 0, 0, judul, styles.title)
    sheet.set_row(0, 24)
    for number, line in enumerate(lines, 1):
        write_text(sheet, number, 0, line, styles.subtitle)


def write_column(
    sheet: Worksheet,
    top: int,
    column: int,
    series: pl.Series,
    look: Format,
    rumus: Callable[[int], str] | None = None,
    *,
    live: bool = False,
) -> None:
    """The cells of a column from 0-based row `top` on; with a formula where there is one and a value to cache.

    A formula that comes out empty stands for none: the plain value is written. With `live` a null keeps its formula.
    """
    for row, value in enumerate(series.to_list(), top):
        absent = value is None or value != value  # NaN is unlike itself
        formula = rumus(row + 1) if rumus is not None and (live or not absent) else ""
        if isinstance(value, bool):
            value = "ya" if value else "tidak"
        if formula:
            sheet.write_formula(row, column, formula, look, "" if absent else value)
        elif absent:
            sheet.write_blank(row, column, None, look)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, look)
        else:
            text = JOINER.join(map(str, value)) if isinstance(value, list) else str(value)
            write_text(sheet, row, column, text, look)


def write_text(sheet: Worksheet, row: int, column: int, text: str, look: Format) -> None:
    """A text that stays a text, cut where Excel's limit is (a longer one would be left out without a word)."""
    fits = text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
    sheet.write_string(row, column, fits, look)


def sheet_name(nama: str) -> str:
    """A name that Excel accepts."""
    return "".join("-" if char in "[]:*?/\\" else char for char in nama)[:31].strip("'") or "Lembar"
