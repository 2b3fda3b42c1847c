"""Several villages one below the other in one sheet: each with its own titles, with or without its own header."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from idmcli.budget.header import Header, Row, find_header, is_header
from idmcli.budget.layout import Layout
from idmcli.budget.lines import INCOME
from idmcli.budget.source import Sheet
from idmcli.budget.text import parse_amount, words
from idmcli.budget.village import titled
from idmcli.regions import fold_name

_TITLE: Final = re.compile(r"\s*(?:pemerintah(?:an)?\s+)?desa\b", re.IGNORECASE)
_TALLEST: Final = 15
"""Rows between a village's title and its table."""


def villages(sheet: Sheet, layout: Layout) -> list[Sheet]:
    """The sheet as it is, or a part of it per village where a title below the table names another one.

    Pages that repeat the title of the same village do not part it. A title counts only where a table follows.
    """
    first = _named(" ".join(cell for cell in row if cell) for row in sheet.rows[: sheet.header.first])
    if not first:
        return [sheet]
    starts = []
    for at in range(sheet.header.last + 1, len(sheet.rows)):
        name = _named(cell for cell in sheet.rows[at] if cell and _TITLE.match(cell))
        if name and name != first and _is_title(sheet.rows[at]) and _begins(sheet, at, layout):
            starts.append(at)
            first = name
    if not starts:
        return [sheet]
    ends = [*starts, len(sheet.rows)]
    parts = [replace(sheet, rows=sheet.rows[: ends[0]])]
    for start, end in zip(starts, ends[1:], strict=True):
        rows = sheet.rows[:end]
        parts.append(replace(sheet, rows=rows, header=_header(sheet, rows, start, layout)))
    return parts


def _named(texts: Iterator[str]) -> str:
    """The folded name of the first village in these texts, empty without one."""
    return next((fold_name(name) for name in titled(list(texts)).get("desa", [])), "")


def _is_title(row: Row) -> bool:
    filled = [cell for cell in row if cell]
    return len(filled) <= 2 and not any(parse_amount(cell).rupiah for cell in filled)


def _begins(sheet: Sheet, at: int, layout: Layout) -> bool:
    """Whether a table begins shortly below: a header again, or the income."""
    below = sheet.rows[at + 1 : at + 1 + _TALLEST]
    return any(
        is_header(row, sheet.header, layout) or any(layout.sections.get(words(cell)) == INCOME for cell in row if cell)
        for row in below
    )


def _header(sheet: Sheet, rows: list[Row], start: int, layout: Layout) -> Header:
    """The header of a part: its own, else the first one's; the rows above its first amount are its titles."""
    own = find_header(rows[start : start + _TALLEST], layout)
    if own is not None:
        return replace(own, first=own.first + start, last=own.last + start)
    last = start
    while last + 1 < len(rows) and _is_title(rows[last + 1]) and not _section(rows[last + 1], layout):
        last += 1
    titles = tuple(" ".join(cell for cell in row if cell) for row in rows[start : last + 1] if any(row))
    return replace(sheet.header, first=start, last=last, titles=titles)


def _section(row: Row, layout: Layout) -> bool:
    return any(words(cell) in layout.sections for cell in row if cell)
