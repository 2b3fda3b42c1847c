"""Find the header of a sheet by what its cells say, wherever it stands and however many rows it takes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from idmcli import columns as col
from idmcli.normalise.aliases import Aliases, Match
from idmcli.normalise.codes import parse_code
from idmcli.normalise.fold import key, spaced, tidy, years_in
from idmcli.normalise.layouts import BPS_CODE, BPS_PLACES
from idmcli.normalise.schema import Schema
from idmcli.normalise.small_headers import SmallHeaders
from idmcli.normalise.vocabulary import Vocabulary
from idmcli.tables import Grid

SEARCH_ROWS: Final = 60
MOST_HEADER_ROWS: Final = 3
_FEWEST_COLUMNS: Final = 2
_COLUMN_NUMBER = re.compile(r"\(?\s*(\d{1,3})\s*\)?(\s*=.*)?")
_FEWEST_NUMBERS: Final = 4
_CODES: Final = frozenset({col.KODE_DESA, *col.CODE_PARTS})

Row = Sequence[str | None]


@dataclass(frozen=True)
class Header:
    """A header, or the row that comes nearest to one.

    Attributes:
        start: index of its first row in the grid's frame.
        depth: how many rows it takes.
        labels: the header of every column as typed, parts of several rows joined; empty where there is none.
        matches: what each column was taken for; None where unknown.
        titles: the text of the rows above.
        usable: whether it names the village and at least one figure.
        details: how many columns a small header ("Skor", "Keterangan") below an indicator's tells apart.
    """

    start: int
    depth: int
    labels: tuple[str, ...]
    matches: tuple[Match | None, ...]
    titles: tuple[str, ...]
    usable: bool
    details: int = 0

    @cached_property
    def found(self) -> frozenset[tuple[str, int | None]]:
        """The different columns (and years) that were recognised."""
        return frozenset((match.nama, match.tahun) for match in self.matches if match and not match.ignored)

    @property
    def convincing(self) -> bool:
        """Whether it is usable and most of its columns were recognised, so that rows far below need not be read."""
        filled = sum(1 for label in self.labels if label)
        return self.usable and 2 * len(self.found) > filled

    @property
    def rank(self) -> tuple[bool, int, int, int, int]:
        """The best header is usable, recognises most, tells most apart, takes the fewest rows, and stands highest."""
        return self.usable, len(self.found), self.details, -self.depth, -self.start


@dataclass(frozen=True)
class _Known:
    """What headers are recognised with."""

    aliases: Aliases
    schema: Schema
    vocabulary: Vocabulary


def find_header(grid: Grid, aliases: Aliases, schema: Schema, vocabulary: Vocabulary) -> Header | None:
    """The best header in the first rows of a grid; None for a grid without text. Check `usable` before using it."""
    known = _Known(aliases, schema, vocabulary)
    rows = grid.cells.head(SEARCH_ROWS).rows()
    candidates: list[Header] = []
    for start in range(len(rows)):
        header = _header(rows, start, 1, known)
        if header is not None:
            candidates.append(header)
            if header.convincing:
                break
    if not candidates:
        return None
    best = max(candidates, key=lambda header: header.rank)
    for start in range(max(0, best.start - MOST_HEADER_ROWS + 1), best.start + 1):
        for depth in range(2, min(MOST_HEADER_ROWS, len(rows) - start) + 1):
            candidate = _header(rows, start, depth, known)
            if candidate is not None:
                candidates.append(candidate)
    return max(candidates, key=lambda header: header.rank)


def is_number_row(row: Row) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3, … or (1), (2), (3), …, with formulas such as `7 = 5 + 6`."""
    filled = [cell for cell in row if cell is not None and cell.strip()]
    parts = [_COLUMN_NUMBER.fullmatch(cell.strip()) for cell in filled]
    if len(filled) < _FEWEST_NUMBERS or not all(parts):
        return False
    return all(after == before + 1 for before, after in pairwise(int(part[1]) for part in parts if part))


def _header(rows: Sequence[Row], start: int, depth: int, known: _Known) -> Header | None:
    """Rows `start` … `start + depth - 1` read as a header; None if they cannot be one."""
    block = [[tidy(cell) if cell and key(cell) else "" for cell in row] for row in rows[start : start + depth]]
    if not all(any(row) for row in block) or any(parse_code(cell) for row in block[1:] for cell in row):
        return None
    parts = _parts(block)
    small = SmallHeaders.of(block, known.vocabulary)
    matches = _by_shape(small.beside(parts, [_match(part, small, known) for part in parts]), known.schema)
    if not all(_belongs(row, matches, small) for row in block[1:]):
        return None
    names = {match.nama for match in matches if match and not match.ignored}
    village = names & {col.KODE_DESA, "desa", BPS_CODE, BPS_PLACES[-1]}
    return Header(
        start=start,
        depth=depth,
        labels=tuple(" ".join(part) for part in parts),
        matches=tuple(matches),
        titles=tuple(tidy(cell) for row in rows[:start] for cell in row if cell and cell.strip()),
        usable=bool(village and names & known.schema.measures) and len(names) >= _FEWEST_COLUMNS,
        details=sum(1 for part in parts if _indicator_above(part, small, known) is not None),
    )


def _belongs(row: Sequence[str], matches: Sequence[Match | None], small: SmallHeaders) -> bool:
    """Whether a row below the first is part of the header: most of its cells name a known column."""
    known = sum(1 for cell, match in zip(row, matches, strict=True) if cell and (match or key(cell) in small.words))
    return 2 * known > sum(1 for cell in row if cell)


def _parts(block: list[list[str]]) -> list[tuple[str, ...]]:
    """The header cells of every column from top to bottom; a merged cell above counts for all columns below it.

    A merged cell reads as its text in the first column and blanks to its right, so a text is carried to the right as
    long as something stands below. Where nothing stands below, the cell is merged downwards and ends the carrying.
    """
    width = len(block[0])
    filled = [[""] * width for _ in block]
    for level, row in enumerate(block):
        carried = ""
        for column in range(width):
            starts_group = any(block[upper][column] for upper in range(level))
            covers = any(lower[column] for lower in block[level + 1 :])
            if row[column]:
                carried = row[column]
            elif starts_group or not covers:
                carried = ""
            filled[level][column] = carried if covers else row[column]
    return [
        tuple(dict.fromkeys(filled[level][column] for level in range(len(block)) if filled[level][column]))
        for column in range(width)
    ]


def _match(parts: tuple[str, ...], small: SmallHeaders, known: _Known) -> Match | None:
    """What a column's parts mean: all of them joined, else the lower ones, with a year from the upper ones.

    Below an indicator's name a small header says whether the column is its score.
    """
    above = _indicator_above(parts, small, known)
    if above is not None:
        return above if key(parts[-1]) in small.score else None
    for upper in range(len(parts)):
        found = _code(parts, upper, known) or known.aliases.find(" ".join(parts[upper:]))
        if found is None:
            continue
        if found.tahun is None and upper:
            years = {year for part in parts[:upper] for year in years_in(part)}
            if len(years) == 1:
                return Match(found.nama, found.strength, years.pop(), found.indikator)
        return found
    return None


def _indicator_above(parts: tuple[str, ...], small: SmallHeaders, known: _Known) -> Match | None:
    """The indicator that stands above a small header; None where the column is none of an indicator's columns."""
    if len(parts) < 2 or key(parts[-1]) not in small.words:
        return None
    above = _match(parts[:-1], small, known)
    kode = above and (above.indikator or above.nama)
    return Match(kode, tahun=above.tahun) if above and kode in known.schema.scores else None


def _code(parts: tuple[str, ...], upper: int, known: _Known) -> Match | None:
    """The code of a place whose heading alone says that it is one: "Kode Wilayah" above "Desa"."""
    for above in parts[:upper]:
        word, *others = spaced(above).split() or [""]
        if word in known.vocabulary.code_words and "NAMA" not in others:
            found = known.aliases.find(f"{word} {' '.join(parts[upper:])}")
            if found and found.nama in _CODES:
                return found
    return None


def _by_shape(matches: list[Match | None], schema: Schema) -> list[Match | None]:
    """Decide the headers that may name an indicator or a raw answer by what the other columns hold.

    Among raw answers, or beside a clear header for the same indicator, such a header is a raw answer's; an indicator's
    bare name ("Dokter") is then left unknown, because the column may hold anything.
    """
    certain = {match.nama for match in matches if match and match.indikator is None}
    clear = certain | {match.nama for match in matches if match and match.bare}
    scores = len(clear.intersection(schema.scores))
    answers = len(clear.intersection(schema.answers))
    decided: list[Match | None] = []
    for match in matches:
        if match is None or match.indikator is None:
            decided.append(match)
        elif answers > scores or match.indikator in certain:
            decided.append(None if match.bare else Match(match.nama, match.strength, match.tahun))
        else:
            decided.append(Match(match.indikator, match.strength, match.tahun))
    return decided
