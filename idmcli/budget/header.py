"""The header of a budget table: which column holds what, over one to three rows and merged cells."""

import re
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
_YEAR: Final = re.compile(r"(?<!\d)20\d\d(?!\d)", re.ASCII)


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
            if kind or not _headings(under, rows[first + height - 2], layout):
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
    return bool(amount) and layout.headers.get(header_words(amount or "")) in ("anggaran", "anggaran_akhir")


def _same(lower: Mapping[str, int], best: Mapping[str, int]) -> bool:
    """Whether the lower rows name every column but those of the village and the year."""
    return best.keys() - _OF_TITLES <= lower.keys()


def _headings(row: Row, above: Row, layout: Layout) -> bool:
    """Whether a row can be the lower part of a header: it names columns, alone or with the row above, and no amounts or
    section."""
    filled = [cell for cell in row if cell]
    if not filled or any(words(cell) in layout.sections and len(filled) < 3 for cell in filled):
        return False
    amounts = (parse_amount(cell).rupiah or 0 for cell in filled)
    pairs = [(cell, over) for cell, over in zip(row, above, strict=True) if cell]
    known = sum(
        header_words(cell) in layout.headers
        or (words(cell) and not header_words(cell))  # only a unit or a year
        or header_words(f"{over or ''} {cell}") in layout.headers
        for cell, over in pairs
    )
    return known * 2 >= len(filled) and not any(amount >= _LARGE for amount in amounts)


def _columns(rows: Sequence[Row], layout: Layout) -> dict[str, int]:
    named = _named(rows, layout)
    found: dict[str, int] = {}
    for place, name in named.items():
        found.setdefault(name, place)
    if (money := _amounts(rows, named, layout)) is not None:
        found["anggaran"] = money
    return found


def _named(rows: Sequence[Row], layout: Layout) -> dict[int, str]:
    """What the columns are, by place."""
    named: dict[int, str] = {}
    for place in range(len(rows[0])):
        name = _meaning([row[place] for row in rows if row[place]], layout)
        if name is None and named.get(place - 1) == "anggaran" and _latest(rows, place):
            name = "anggaran"  # a year of its own under a merged ANGGARAN
        if name is not None:
            named[place] = name
    return named


def _amounts(rows: Sequence[Row], named: Mapping[int, str], layout: Layout) -> int | None:
    """The column of the amounts in force: after a change, else of the latest year, else the first that is no quantity.

    `JUMLAH` left of `SATUAN` counts pieces, where another column holds the money. What a column is says its own header,
    or the merged one over it and its neighbours.
    """
    places = [place for place, name in named.items() if name in ("anggaran", "anggaran_akhir")]
    money = [place for place in places if named.get(place + 1) != "satuan"] or places

    def rank(place: int) -> tuple[bool, bool, int, int]:
        over = layout.headers.get(header_words(_over(rows, place)))
        kinds = {named[place], over}
        return "anggaran_akhir" in kinds, "anggaran_lama" not in kinds, _latest(rows, place), -place

    return max(money, key=rank, default=None)


def _over(rows: Sequence[Row], place: int) -> str:
    """The cell of the top row over a column: its own, else the one that may be merged over it from the left."""
    return next((cell for left in range(place, -1, -1) if (cell := rows[0][left])), "")


def _latest(rows: Sequence[Row], place: int) -> int:
    """The latest year in a column's header, 0 without one."""
    texts = [row[place] or "" for row in rows] + [_over(rows, place)]
    return max((int(year) for text in texts for year in _YEAR.findall(text)), default=0)


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
    named = _named(rows[first : last + 1], layout)
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
    if "anggaran" in columns:
        columns = columns | {"anggaran": _beside_unit(rows[last + 1 :], columns["anggaran"], named)}
    titles = tuple(" ".join(cell for cell in row if cell) for row in rows[:first] if any(row))
    around = words(" ".join([*titles, *(cell for row in rows[first : last + 1] for cell in row if cell)]))
    times = next((times for unit, times in layout.units.items() if f" {unit} " in f" {around} "), 1)
    return Header(first, last, columns, tuple(codes), tuple(described), titles, times, kind)


def _beside_unit(rows: Sequence[Row], place: int, named: Mapping[int, str]) -> int:
    """The column of the numbers, where a merged header stands over `Rp` and the number beside it."""
    cells = [words(cell) for row in rows if (cell := row[place])]
    alone = "rp" in cells and all(cell in ("rp", "") or (cell.isdigit() and len(cell) < 3) for cell in cells)
    return place + 1 if alone and place + 1 not in named and rows and place + 1 < len(rows[0]) else place


def _beside(row: Row, codes: Sequence[tuple[int, str]], named: Mapping[int, str]) -> list[int]:
    """The column right of the codes, where no header is known for a description."""
    right = max((place for place, _ in codes), default=-1) + 1
    return [right] if right < len(row) and row[right] and right not in named else []
