"""How far a sheet reaches, found before a parser is let near it.

The parser of workbooks lays every sheet out as a full rectangle up to its last filled cell: one stray entry in
XFD1048576 asks for 17 billion cells and the system ends the program. Cells that are formatted but empty do not count.
"""

import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from idmcli.reading.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from idmcli.tables import column_letter

_OVERLAP = 256
"""Bytes kept from one piece to the next, so that no reference is cut in two."""
_ROW: Final = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br=\"(\d+)\"")
_TOKEN: Final = re.compile(rb"<(?:\w+:)?(row|c)\b([^>]*?)(/?)>(</)?")
_PLACE: Final = re.compile(rb"\br=\"([A-Z]{0,7})(\d{1,10})\"")
_LONGEST_REFERENCE: Final = 7
"""Letters of a reference that are looked for: more than the three that exist, for files made to do harm."""
_NO_PLACE: Final = (b"<c>", b"<c t=", b"<c s=", b"<c\t", b"<c\r", b"<c\n")
"""How a cell begins that leaves its place to its order, or names it late; a program writes all or none so."""


@dataclass(frozen=True)
class Extent:
    """The rectangle from A1 to the last filled row and column."""

    rows: int
    columns: int

    @property
    def fits(self) -> bool:
        """Whether a sheet of this size is read."""
        return self.rows <= MAX_ROWS and self.columns <= MAX_COLUMNS and self.rows * self.columns <= MAX_CELLS

    @property
    def corner(self) -> str:
        """The address of its last cell."""
        return f"{column_letter(max(self.columns, 1) - 1)}{max(self.rows, 1)}"


def xlsx_extent(pieces: Iterable[bytes]) -> Extent | None:
    """An upper bound for a sheet's XML in one fast pass; None where the pass cannot tell.

    The rows are taken from the row tags, the columns from the references: a pattern that matches only references
    beyond the widest so far finds nothing after the first rows, and so costs little.
    """
    widest, rows = "A", 0
    beyond = _beyond(widest)
    for number, text in enumerate(_overlapping(_ahead(pieces))):
        if number == 0 and any(mark in text for mark in _NO_PLACE):
            return None
        while wider := beyond.search(text):
            widest = wider[1].decode()
            beyond = _beyond(widest)
        at = text.rfind(b"<row ")
        last = _ROW.match(text, at) if at >= 0 else None
        rows = max(rows, int(last[1])) if last else rows
    return Extent(rows, _number(widest.encode())) if rows else None


def xlsx_extent_exact(pieces: Iterable[bytes]) -> Extent:
    """The rectangle of the filled cells of a sheet's XML, looking at each; for sheets that seem too large."""
    row = rows = columns = column = 0
    for token in _tokens(pieces):
        place = _PLACE.search(token[2])
        if token[1] == b"row":
            row, column = int(place[2]) if place else row + 1, 0
            continue
        column = _number(place[1]) if place else column + 1
        if not (token[3] or token[4]):
            rows = max(rows, int(place[2]) if place else row)
            columns = max(columns, column)
    return Extent(rows, columns)


def ods_extents(pieces: Iterable[bytes]) -> dict[str, Extent]:
    """The rectangle of the filled cells of every table of an OpenDocument content.xml, repetitions counted.

    ExpatError where the XML is broken.
    """
    counter = _TableCounter()
    parser = expat.ParserCreate()
    parser.StartElementHandler = counter.start
    parser.EndElementHandler = counter.end
    for piece in pieces:
        parser.Parse(piece)
    parser.Parse(b"", True)
    return counter.extents


class _TableCounter:
    def __init__(self) -> None:
        self.extents: dict[str, Extent] = {}
        self._table = ""
        self._row = self._height = self._column = self._filled = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table":
            self._table, self._row = attributes.get("table:name", ""), 0
            self.extents[self._table] = Extent(0, 0)
        elif tag == "table:table-row":
            self._height = _repeated(attributes, "table:number-rows-repeated")
            self._column = self._filled = 0
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._column += _repeated(attributes, "table:number-columns-repeated")
            if "office:value-type" in attributes or "table:formula" in attributes:
                self._filled = self._column
        elif tag == "text:p":
            self._filled = self._column

    def end(self, tag: str) -> None:
        if tag != "table:table-row":
            return
        self._row += self._height
        if self._filled and self._table in self.extents:
            before = self.extents[self._table]
            self.extents[self._table] = Extent(self._row, max(before.columns, self._filled))


def _repeated(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return int(text) if text.isdecimal() and len(text) < 12 else 1


def _beyond(widest: str) -> re.Pattern[bytes]:
    """A pattern for cell references to the right of the column `widest` (never texts that look like one).

    It begins with literal bytes, which makes the pass over a large sheet twice as fast.
    """
    later = [
        f"{widest[:i]}[{chr(ord(letter) + 1)}-Z][A-Z]{{{len(widest) - i - 1}}}"
        for i, letter in enumerate(widest)
        if letter < "Z"
    ]
    if len(widest) < _LONGEST_REFERENCE:
        later.append(f"[A-Z]{{{len(widest) + 1},{_LONGEST_REFERENCE}}}")
    return re.compile(f' r="({"|".join(later) or "(?!)"})[0-9]'.encode())


def _number(letters: bytes) -> int:
    """Column letters to a 1-based number: A → 1, XFD → 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _ahead(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same pieces, the next one being unpacked on the second core meanwhile."""
    source = iter(pieces)
    with ThreadPoolExecutor(1) as worker:
        upcoming = worker.submit(next, source, None)
        while (piece := upcoming.result()) is not None:
            upcoming = worker.submit(next, source, None)
            yield piece


def _overlapping(pieces: Iterable[bytes]) -> Iterator[bytes]:
    tail = b""
    for piece in pieces:
        text = tail + piece
        yield text
        tail = text[-_OVERLAP:]


def _tokens(pieces: Iterable[bytes]) -> Iterator[re.Match[bytes]]:
    """Row and cell tags in order, each once, however the pieces cut them."""
    rest = b""
    for piece in pieces:
        text = rest + piece
        # a tag and the first letters after it stay together
        cut = text.rfind(b"<", 0, max(len(text) - _OVERLAP, 0))
        cut = cut if cut > 0 else 0
        yield from _TOKEN.finditer(text[:cut])
        rest = text[cut:]
    yield from _TOKEN.finditer(rest)
