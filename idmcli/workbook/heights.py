"""How tall rows must be for wrapped texts: not every program fits them by itself."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from idmcli.workbook.catalogue import Column

LINE: Final = 12.0
SMALL, CAPITAL = 5.8, 7.9
"""Pixels of a letter in our font, a little more than the mean."""
TALLEST: Final = 400.0
"""Points; Excel allows 409."""


def tall_rows(frame: pl.DataFrame, entries: Sequence[Column]) -> list[tuple[int, float]]:
    """Rows that hold more than one line, and their height: not every program fits it to wrapped text by itself."""
    lines = [
        1 + ((_text_width(entry.nama) - 1) / ((entry.width or 12) * 7 - 14)).floor()
        for entry in entries
        if entry.kind == "panjang" and frame.schema[entry.nama] == pl.String
    ]
    if not lines:
        return []
    tall = frame.select(lines=pl.max_horizontal(lines)).with_row_index("row").filter(pl.col("lines") > 1)
    return [(row, min(LINE * count + 3, TALLEST)) for row, count in tall.iter_rows()]


def _text_width(column: str) -> pl.Expr:
    """Pixels that a text takes, with what is lost where lines break between words; 0 for none."""
    text = pl.col(column)
    capitals = text.str.count_matches("[A-Z]")
    return ((text.str.len_chars() - capitals) * SMALL + capitals * CAPITAL).fill_null(0)
