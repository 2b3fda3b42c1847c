"""The header of a budget table: which column holds what, over one to three rows and merged cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from idmcli.budget.layout import Layout
from idmcli.budget.text import header_words, parse_amount, words

Row = Sequence[str | None]

DEEPEST: Final = 60
"""Rows that are searched for a header."""
TALLEST: Final = 3
"""Rows of one header."""

CODES: Final = ("kode", "kode_bidang", "kode_sub", "kode_kegiatan", "kode_rekening")
_WORDS_OF_ROWS: Final = ("uraian", *CODES)
_OF_TITLES: Final = frozenset({"desa", "kecamatan", "kabupaten", "tahun", "kode_desa"})
_LARGE: Final = 1_000


@dataclass(frozen=True)
class Header:
    """A header that was found.

    Attributes:
        first, last: its rows (0-based, `last` included).
        columns: what a column holds → its place; the first one where several say the same.
        codes: places of all code columns with their roles, from left to right.
        words: places of the columns of the description, from left to right.
        titles: the texts above it, row by row.
        times: what amounts are multiplied by.
        kind: the Siskeudes table that it is (`kegiatan`, `rab`, `desa`), else None.
    """

    first: int
    last: int
    columns: Mapping[str, int]
    codes: tuple[tuple[int, str], ...]
    words: tuple[int, ...]
    titles: tuple[str, ...]
    times: int
    kind: str | None

    def cell(self, row: Row, name: str) -> str | None:
        """The text under a header; None where it is empty or there is no such column."""
        place = self.columns.get(name)
        return row[place] if place is not None else None


def find_header(rows: Sequence[Row], layout: Layout) -> Header | None:
    """The header of a sheet: the first rows that name an amount, and a code or a description."""
    for first, row in enumerate(rows[:DEEPEST]):
        if not any(cell and header_words(cell) in layout.headers for cell in row):
            continue
        kind = _siskeudes(row, layout)
        best = _columns(rows[first : first + 1], layout)
        last = first
        for height in range(2, TALLEST + 1):
            under = rows[first + height - 1] if first + height <= len(rows) else ()
            if kind or not _headings(under, layout):
                break
            best, last = _columns(rows[first : first + height], layout), first + height - 1
        if kind is None and not ("anggaran" in best and any(name in best for name in _WORDS_OF_ROWS)):
            continue
        while first < last and _same(_columns(rows[first + 1 : last + 1], layout), best):
            first += 1  # a title such as TAHUN ANGGARAN 2025 reads like a header, but the row below needs none
            best = _columns(rows[first : last + 1], layout)
        return _header(rows, first, last, best, layout, kind)
    return None


def is_header(row: Row, header: Header, layout: Layout) -> bool:
    """Whether a row below repeats the header, as printed pages do, or numbers its columns."""
    filled = [cell for cell in row if cell]
    if filled and len(filled) > 2 and all(cell.strip().rstrip(".").isdigit() and len(cell) < 4 for cell in filled):
        numbers = [int(cell.strip().rstrip(".")) for cell in filled]
        return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] in (0, 1)
    amount = header.cell(row, "anggaran")
    return bool(amount) and layout.headers.get(header_words(amount or "")) == "anggaran"


def _same(lower: Mapping[str, int], best: Mapping[str, int]) -> bool:
    """Whether the lower rows name every column but those of the village and the year."""
    return best.keys() - _OF_TITLES <= lower.keys()


def _headings(row: Row, layout: Layout) -> bool:
    """Whether a row can be the lower part of a header: it names columns, and no amounts or section."""
    filled = [cell for cell in row if cell]
    if not filled or any(words(cell) in layout.sections and len(filled) < 3 for cell in filled):
        return False
    amounts = (parse_amount(cell).rupiah or 0 for cell in filled)
    known = sum(header_words(cell) in layout.headers for cell in filled)
    return known * 2 >= len(filled) and not any(amount >= _LARGE for amount in amounts)


def _columns(rows: Sequence[Row], layout: Layout) -> dict[str, int]:
    found: dict[str, int] = {}
    for place in range(max(map(len, rows))):
        if (name := _meaning([row[place] for row in rows if row[place]], layout)) is not None:
            found.setdefault(name, place)
    return found


def _meaning(texts: Sequence[str | None], layout: Layout) -> str | None:
    """What a column is by the parts of its header: all together, else the lowest part that is known."""
    parts = [text for text in texts if text]
    together = layout.headers.get(header_words(" ".join(parts)))
    lower = (layout.headers.get(header_words(text)) for text in reversed(parts))
    return together or next((name for name in lower if name), None)


def _siskeudes(row: Row, layout: Layout) -> str | None:
    here = {header_words(cell) for cell in row if cell}
    return next((kind for kind in ("rab", "kegiatan", "desa") if layout.siskeudes[kind] <= here), None)


def _header(
    rows: Sequence[Row], first: int, last: int, columns: dict[str, int], layout: Layout, kind: str | None
) -> Header:
    named = {
        place: name
        for place in range(max(map(len, rows[first : last + 1])))
        if (name := _meaning([row[place] for row in rows[first : last + 1] if row[place]], layout)) is not None
    }
    codes: list[tuple[int, str]] = []
    described: list[int] = []
    for place in range(len(rows[first])):
        name = named.get(place)
        if name in CODES:
            codes.append((place, str(name)))
        elif name == "uraian":
            described.append(place)
        elif name is None and place:  # a merged header stands over columns without one
            before = next((named[left] for left in range(place - 1, -1, -1) if left in named), None)
            blank = all(not row[place] or (row[place] or "").strip().isdigit() for row in rows[first : last + 1])
            if blank and before in CODES:
                codes.append((place, "kode"))
            elif blank and before == "uraian":
                described.append(place)
    roles = {role for _, role in codes}
    if "kode_kegiatan" in roles:  # beside a column for activities, a plain code is the account
        codes = [(place, "kode_rekening" if name == "kode" else name) for place, name in codes]
    described = described or _beside(rows[first], codes, named)
    titles = tuple(" ".join(cell for cell in row if cell) for row in rows[:first] if any(row))
    around = words(" ".join([*titles, *(cell for row in rows[first : last + 1] for cell in row if cell)]))
    times = next((times for unit, times in layout.units.items() if f" {unit} " in f" {around} "), 1)
    return Header(first, last, columns, tuple(codes), tuple(described), titles, times, kind)


def _beside(row: Row, codes: Sequence[tuple[int, str]], named: Mapping[int, str]) -> list[int]:
    """The column right of the codes, where no header is known for a description."""
    right = max((place for place, _ in codes), default=-1) + 1
    return [right] if right < len(row) and row[right] and right not in named else []
