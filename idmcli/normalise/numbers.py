"""Numbers as offices write them: decimal comma or point, thousands marks, per cent, stray spaces.

A column is first read as it stands, which is all that a clean file needs; only cells that fail are looked at again.
`1.250` can be 1,25 or 1250. Scores and indices are small, so there it is a decimal. In counts and distances a mark
between groups of three digits is a thousands mark, unless other cells of the column show it as a decimal mark.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from idmcli.normalise.vocabulary import Vocabulary

_GROUPED_DOT: Final = r"^[+-]?[1-9]\d{0,2}(\.\d{3})+$"
_GROUPED_DOT_DECIMAL: Final = r"^[+-]?[1-9]\d{0,2}(\.\d{3})+,\d+$"
_GROUPED_COMMA: Final = r"^[+-]?[1-9]\d{0,2}(,\d{3})+$"
_GROUPED_COMMA_DECIMAL: Final = r"^[+-]?[1-9]\d{0,2}(,\d{3})+\.\d+$"
_SEVERAL_DOTS: Final = r"^[+-]?[1-9]\d{0,2}(\.\d{3}){2,}$"
_SEVERAL_COMMAS: Final = r"^[+-]?[1-9]\d{0,2}(,\d{3}){2,}$"
_DECIMAL_DOT: Final = r"^[+-]?\d*\.\d+$"
_DECIMAL_COMMA: Final = r"^[+-]?(\d+,\d*|,\d+)$"
_NUMBER: Final = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
_SPACES: Final = r"[\s\x{00A0}\x{202F}\x{200B}\x{FEFF}]"
_AMBIGUOUS_RAW: Final = r"^\s*[+-]?[1-9]\d{0,2}(\.\d{3})+\s*$"

_FEW_ROWS: Final = 1000
"""Up to here a look at every cell costs less than the passes that it spares: fifty small files take half the time."""
_EXACT_DIGITS: Final = 15
_HUNDRED: Final = 100.0
_MOST_INDEX: Final = 1.0
"""An index is a fraction: a column whose middle value is larger is printed in per cent."""

DOT_IS_THOUSANDS: Final = "titik di antara tiga angka dibaca sebagai pemisah ribuan"
COMMA_IS_THOUSANDS: Final = "koma di antara tiga angka dibaca sebagai pemisah ribuan"
COMMA_IS_DECIMAL: Final = "koma dibaca sebagai tanda desimal"
HUNDREDTHS: Final = "angka di atas 1 dibaca sebagai persen (73,5 = 0,735)"
PERCENT: Final = "persen dibaca sebagai pecahan (73% = 0,73)"


@dataclass(frozen=True)
class Numbers:
    """A column as Float64 (null where empty or not understood), and what was assumed to read it."""

    values: pl.Series
    assumptions: tuple[str, ...] = ()


def parse_numbers(texts: pl.Series, vocabulary: Vocabulary, *, counts: bool = False, percent: bool = False) -> Numbers:
    """Read a String column as numbers.

    Args:
        texts: the cells as typed.
        vocabulary: the words that mean an empty cell.
        counts: whether `1.250` may be a thousand (counts, distances) rather than a decimal (scores, indices).
        percent: whether `73%` is 0.73; otherwise a percentage is not understood.
    """
    if texts.len() <= _FEW_ROWS and all(text is None or _digits(text) for text in texts.to_list()):
        return Numbers(texts.cast(pl.Float64))
    plain = finite(texts.cast(pl.Float64, strict=False))
    unread = texts.is_not_null() & plain.is_null()
    doubtful = unread | texts.str.contains(_AMBIGUOUS_RAW).fill_null(value=False) if counts else unread
    if not doubtful.any():
        return Numbers(plain)
    cells = _clean(texts.filter(doubtful), vocabulary)
    others = _clean(texts.filter(~doubtful), vocabulary) if counts else cells.clear()
    slow, assumptions = _read(cells, others, counts=counts, percent=percent)
    positions = doubtful.arg_true()
    return Numbers(plain.scatter(positions, slow), assumptions)


def in_hundredths(columns: Sequence[pl.Series]) -> bool:
    """Whether the indices of a table are printed from 0 to 100: each column's middle value says so, and none is larger.

    All of them together, because points (a sum of scores) also exceed 1.
    """
    middles = [column.median() for column in columns if column.null_count() < len(column)]
    largest = [column.max() for column in columns if column.null_count() < len(column)]
    return (
        bool(middles)
        and all(isinstance(middle, float) and middle > _MOST_INDEX for middle in middles)
        and all(isinstance(most, float) and most <= _HUNDRED for most in largest)
    )


def parse_scores(texts: pl.Series, vocabulary: Vocabulary) -> pl.Series:
    """Read a column of scores as Int8; null where empty, not a number, not whole, or outside −128…127."""
    plain = texts.cast(pl.Int8, strict=False)
    if plain.null_count() == texts.null_count():
        return plain
    numbers = parse_numbers(texts, vocabulary).values
    whole = numbers.cast(pl.Int8, strict=False)
    if (whole == numbers).all():
        return whole
    return pl.select(pl.when(whole == numbers).then(whole)).to_series()


def finite(values: pl.Series) -> pl.Series:
    """The numbers with NaN and infinity made null."""
    if values.is_finite().all():
        return values
    return pl.select(pl.when(values.is_finite()).then(values)).to_series()


def _digits(text: str) -> bool:
    """Whether a cell leaves no doubt: a whole number of digits alone, which a float holds exactly."""
    return len(text) <= _EXACT_DIGITS and text.isascii() and text.isdigit()


def _clean(texts: pl.Series, vocabulary: Vocabulary) -> pl.Series:
    """Cells without spaces, marks of text and typographic minus; null where a word for empty stands."""
    bare = texts.str.replace_all(_SPACES, "").str.strip_prefix("'").str.replace_all("−", "-", literal=True)
    without_letters = bare.str.contains(r"\d").fill_null(value=False)
    words = bare.filter(~without_letters).unique().drop_nulls().to_list()
    blank = [word for word in words if vocabulary.is_blank(word)]
    return bare.replace(blank, None) if blank else bare


def _read(cells: pl.Series, others: pl.Series, *, counts: bool, percent: bool) -> tuple[pl.Series, tuple[str, ...]]:
    """The doubtful cells as numbers, and what was assumed; `others` are the column's cells that gave no doubt."""
    is_percent = cells.str.ends_with("%").fill_null(value=False)
    cells = cells.str.strip_suffix("%")
    dot_decimal = not counts or _any(cells, _DECIMAL_DOT, but=_GROUPED_DOT) or _any(others, _DECIMAL_DOT)
    comma_decimal = not counts or _any(cells, _DECIMAL_COMMA, but=_GROUPED_COMMA) or _any(cells, _GROUPED_DOT_DECIMAL)
    without_dots = cells.str.replace_all(".", "", literal=True)
    without_commas = cells.str.replace_all(",", "", literal=True)
    one_dot = cells.str.replace(",", ".", literal=True)
    dots_group = cells.str.contains(_SEVERAL_DOTS if dot_decimal else _GROUPED_DOT)
    commas_group = cells.str.contains(_SEVERAL_COMMAS if comma_decimal else _GROUPED_COMMA)
    comma = cells.str.contains(_DECIMAL_COMMA)
    number = pl.select(
        pl.when(cells.str.contains(_GROUPED_DOT_DECIMAL))
        .then(without_dots.str.replace(",", ".", literal=True))
        .when(cells.str.contains(_GROUPED_COMMA_DECIMAL) | commas_group)
        .then(without_commas)
        .when(dots_group)
        .then(without_dots)
        .when(comma)
        .then(one_dot)
        .when(cells.str.contains(_NUMBER))
        .then(cells)
    ).to_series()
    values = finite(number.cast(pl.Float64, strict=False))
    scaled = pl.select(pl.when(~is_percent).then(values).when(pl.lit(percent)).then(values / 100)).to_series()
    said = {
        DOT_IS_THOUSANDS: (dots_group & ~cells.str.contains(_SEVERAL_DOTS)).any(),
        COMMA_IS_THOUSANDS: (commas_group & ~cells.str.contains(_SEVERAL_COMMAS)).any(),
        COMMA_IS_DECIMAL: (comma & ~commas_group).any(),
        PERCENT: percent and is_percent.any(),
    }
    return scaled, tuple(text for text, true in said.items() if true)


def _any(cells: pl.Series, pattern: str, *, but: str | None = None) -> bool:
    """Whether a cell has this form, and not the other one."""
    found = cells.str.contains(pattern)
    if but is not None:
        found &= ~cells.str.contains(but)
    return bool(found.any())
