"""Tell villages from everything else that stands between and below them: totals, repeated headers, notes, signatures.

A row with a ten-digit code is a village, unless it says that it is an example. The others are looked at one by one. A
row is left out only if it says by itself that it is something else; each one is recorded.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from idmcli import columns as col
from idmcli.normalise.fold import spaced, tidy
from idmcli.normalise.groups import level_named
from idmcli.normalise.headers import is_number_row
from idmcli.normalise.vocabulary import Vocabulary
from idmcli.tables import DroppedRow

_NUMERIC: Final = r"^[\s\d.,%+-]*\d[\s\d.,%+-]*$"
_LETTER = re.compile(r"[^\W\d_]")
_FEW_NUMBERS: Final = 2
_REPEATS: Final = 2
_SHOWN: Final = 120
_UPPER_CODES: Final = (2, 4, 6)

REPEATED_HEADER: Final = "judul kolom yang berulang"
COLUMN_NUMBERS: Final = "nomor kolom"
SUMMARY: Final = "baris jumlah atau rata-rata"
NOTE: Final = "catatan, tanda tangan, atau judul kelompok"
GROUP: Final = "judul kelompok wilayah"
EXAMPLE: Final = "baris contoh pengisian"


@dataclass(frozen=True)
class _Row:
    """One row without a readable code."""

    cells: tuple[str, ...]
    kode: str
    desa: str
    upper: tuple[str, ...]
    numbers: int
    repeats: int
    example: bool
    parent: bool

    @property
    def named(self) -> bool:
        return _LETTER.search(self.desa) is not None

    @property
    def filled(self) -> tuple[str, ...]:
        return tuple(cell for cell in self.cells if cell)


def villages(
    cells: pl.DataFrame,
    raw: pl.DataFrame,
    codes: pl.Series,
    *,
    measures: Sequence[str],
    header: Sequence[Sequence[str | None]],
    vocabulary: Vocabulary,
    number_of: Callable[[int], int],
) -> tuple[pl.Series, tuple[DroppedRow, ...]]:
    """Which rows are villages (Boolean, one per row), and the rows left out that are not simply blank.

    Args:
        cells: the rows below the header, all columns of the sheet.
        raw: the same rows under canonical names.
        codes: the same rows' ten-digit codes, null where there is none.
        measures: columns of `raw` that hold figures.
        header: the rows of the header, to know them when they come again.
        vocabulary: the words that mark summaries and notes.
        number_of: position of a row to its row number in the sheet.
    """
    blank = cells.select(pl.all_horizontal(pl.all().is_null())).to_series()
    first = cells.select(pl.coalesce(pl.all())).to_series()
    example = first.str.contains(rf"(?i)^\W*({_pattern(vocabulary.example)})(\W|$)").fill_null(value=False)
    doubtful = (codes.is_null() | example) & ~blank
    keep = ~(doubtful | blank)
    if not doubtful.any():
        return keep, ()
    counted = _counted(cells.filter(doubtful), raw.filter(doubtful), measures, header).with_columns(
        example.filter(doubtful).alias("example"), _parents(raw.filter(doubtful), codes)
    )
    evident = _evident(raw.filter(doubtful), counted, len(measures), vocabulary)
    keep = keep.scatter(doubtful.arg_true().filter(evident), values=True)
    positions = doubtful.arg_true().filter(~evident)
    rows = _rows(cells.gather(positions), raw.gather(positions), counted.filter(~evident))
    certain = keep.arg_true()
    last = int(certain[-1]) if len(certain) else keep.len()
    kept: list[int] = []
    dropped: list[DroppedRow] = []
    for position, row in zip(positions.to_list(), rows, strict=True):
        if not row.filled:
            continue
        reason = _reason(row, vocabulary, after=position > last)
        if reason is None:
            kept.append(position)
        else:
            dropped.append(DroppedRow(number_of(position), " | ".join(row.filled)[:_SHOWN], reason))
    return keep.scatter(kept, values=True) if kept else keep, tuple(dropped)


def _parents(raw: pl.DataFrame, codes: pl.Series) -> pl.Series:
    """The rows that stand for a provinsi, kabupaten or kecamatan: their code is the beginning of villages' codes."""
    if col.KODE_DESA not in raw.columns:
        return pl.Series("parent", [False]).new_from_index(0, raw.height)
    own = raw.get_column(col.KODE_DESA).str.replace(r"\.0+$", "").str.replace_all(r"[\s.]", "")
    upper = pl.concat([codes.drop_nulls().str.head(length).unique() for length in _UPPER_CODES])
    return (own.is_in(upper.implode()) & own.is_unique()).fill_null(value=False).alias("parent")


def _counted(
    cells: pl.DataFrame, raw: pl.DataFrame, measures: Sequence[str], header: Sequence[Sequence[str | None]]
) -> pl.DataFrame:
    """Per row, how many figures it holds, how many cells repeat the header, and its first text."""
    numbers = raw.select(
        numbers=pl.sum_horizontal(pl.col(name).str.contains(_NUMERIC).fill_null(value=False) for name in measures)
    )
    repeats = pl.max_horizontal(
        pl.sum_horizontal(
            (pl.col(name) == text).fill_null(value=False)
            for name, text in zip(cells.columns, head, strict=True)
            if text is not None
        )
        for head in header
    )
    return numbers.hstack(cells.select(repeats.alias("repeats"), pl.coalesce(pl.all()).alias("first")))


def _evident(raw: pl.DataFrame, counted: pl.DataFrame, measures: int, vocabulary: Vocabulary) -> pl.Series:
    """The rows that are villages at first sight: a name, figures, and no word of a summary.

    A national file without codes has 75,000 of them, too many to look at one by one.
    """
    summary = rf"(?i)^\W*({_pattern(vocabulary.summary)})(\W|$)|\W({_pattern(vocabulary.summary_end)})\W*$"
    labels = [name for name in (col.KODE_DESA, *col.PLACES) if name in raw.columns]
    texts = counted.select("first").hstack(raw.select(labels))
    says = texts.select(pl.any_horizontal(pl.all().str.contains(summary).fill_null(value=False))).to_series()
    figures = counted.get_column("numbers") >= min(_FEW_NUMBERS + 1, measures)
    if "desa" in raw.columns:
        level = _pattern([word for names in vocabulary.groups.values() for word in names])
        says |= raw.get_column("desa").str.contains(rf"(?i)^\W*({level})\W").fill_null(value=False)
    says |= counted.get_column("example") | counted.get_column("parent")
    own_words = ~says & (counted.get_column("repeats") < _REPEATS)
    if "desa" not in raw.columns:
        return own_words & ~own_words
    return figures & own_words & raw.get_column("desa").str.contains(r"\p{L}").fill_null(value=False)


def _rows(cells: pl.DataFrame, raw: pl.DataFrame, counted: pl.DataFrame) -> list[_Row]:
    """What must be known of each row that is neither a village at first sight nor blank."""
    names = [name for name in (col.KODE_DESA, "desa", *col.PLACES[:-1]) if name in raw.columns]
    identity = [dict(zip(names, row, strict=True)) for row in raw.select(names).rows()] if names else [{}] * raw.height
    return [
        _Row(
            cells=tuple(tidy(cell or "") for cell in row),
            kode=tidy(own.get(col.KODE_DESA) or ""),
            desa=tidy(own.get("desa") or ""),
            upper=tuple(tidy(own.get(name) or "") for name in col.PLACES[:-1]),
            **count,
        )
        for row, own, count in zip(cells.rows(), identity, counted.drop("first").rows(named=True), strict=True)
    ]


def _reason(row: _Row, vocabulary: Vocabulary, *, after: bool) -> str | None:
    """Why a row is no village; None if it is one."""
    if row.example:
        return EXAMPLE
    if row.repeats >= max(_REPEATS, len(row.filled) // 2):
        return REPEATED_HEADER
    if is_number_row(row.cells) and not row.named:
        return COLUMN_NUMBERS
    labels = [text for text in (row.filled[0], row.kode, row.desa, *row.upper) if text]
    if any(_begins(text, vocabulary.summary) or _ends(text, vocabulary.summary_end) for text in labels):
        return SUMMARY
    heading = row.desa or (row.filled[0] if row.filled[0] not in row.upper else "")
    if row.parent or (not row.kode and level_named(heading, vocabulary)):
        return GROUP
    if row.numbers > _FEW_NUMBERS or (row.numbers and not after):
        return None
    noted = any(":" in text or text.startswith("*") or _begins(text, vocabulary.note) for text in labels)
    if row.named and row.numbers and not noted:
        return None
    if row.named and not noted:
        identified = bool(row.kode or any(row.upper) or row.filled[0].rstrip(".").isdigit()) or len(row.filled) > 2
        return None if identified or not after else NOTE
    if row.numbers and row.kode and not noted:
        return None
    return NOTE


def _pattern(words: Sequence[str]) -> str:
    return "|".join(re.sub(" ", r"\\W+", word) for word in words)


def _ends(text: str, words: Sequence[str]) -> bool:
    """Whether a text ends with one of the words, as whole words: "SESAYAP Total" in a pivot table."""
    folded = " " + spaced(text)
    return any(folded.endswith(" " + word) for word in words)


def _begins(text: str, words: Sequence[str]) -> bool:
    """Whether a text begins with one of the words, as whole words."""
    folded = spaced(text) + " "
    return any(folded.startswith(word + " ") for word in words)
