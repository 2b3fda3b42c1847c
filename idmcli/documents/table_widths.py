"""Columns as wide as what they hold: one rule for PDF, pages and Word, whose programs each have their own or none."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from idmcli.documents.svg import text_width

LARGEST: Final = 10.0
"""Points of the letters where there is room."""
SHORT: Final = 20
"""Rows of a table that may rather have cells of two lines than small letters."""
WHOLE_TEXTS: Final = {True: (10.0, 9.5, 9.0), False: (10.0, 9.5, 9.0, 8.5, 8.0, 7.5)}
"""By whether the table is short: taken is the first size in points at which no cell needs a second line."""
WHOLE_WORDS: Final = {True: (10.0, 9.0, 8.0, 7.0, 6.0), False: (8.0, 7.5, 7.0, 6.5, 6.0)}
"""Where there is none: the first at which no word needs to be broken, else the last."""
MM: Final = 0.3528
"""Millimetres of a point."""
MARGIN: Final = 1.2
"""Millimetres left and right of a text."""
PADDING: Final = 2 * MARGIN + 0.7
"""With some room for letters that another font draws wider."""


class Widths(NamedTuple):
    """Widths of a table's columns in millimetres, and the size of its letters in points."""

    kolom: tuple[float, ...]
    huruf: float


def widths(table: Mapping[str, Any], total: float) -> Widths:
    """Widths of `{kepala: [text], baris: [[text]]}` that fill a page so many millimetres wide."""
    return fitted([table["kepala"]], table["baris"], total)


def fitted(heads: Sequence[Sequence[str]], rows: Sequence[Sequence[str]], total: float) -> Widths:
    """Widths of rows of texts, equally many in each; heads are bold and may take several lines."""
    columns = list(zip(*heads, *rows, strict=True))
    if not columns:
        return Widths((), LARGEST)
    words = [_longest_word(column, len(heads)) for column in columns]
    texts = [
        max([word, *(text_width(text, MM) for text in column[len(heads) :])])
        for word, column in zip(words, columns, strict=True)
    ]
    room = total - PADDING * len(columns)
    short = len(rows) <= SHORT
    for wanted, sizes in ((texts, WHOLE_TEXTS[short]), (words, WHOLE_WORDS[short])):
        size = next((one for one in sizes if sum(wanted) * one <= room), 0.0)
        if size:
            break
    size = size or WHOLE_WORDS[short][-1]
    least = [width * size + PADDING for width in words]
    if (over := sum(least) / total) > 1:
        least = [width / over for width in least]
    needs = [max(text * size + PADDING - width, 0) for text, width in zip(texts, least, strict=True)]
    filled = [width + more for width, more in zip(least, _fair(needs, total - sum(least)), strict=True)]
    stretch = total / sum(filled)
    return Widths(tuple(round(width * stretch, 2) for width in filled), size)


def _fair(needs: Sequence[float], room: float) -> list[float]:
    """Room shared out equally, but to none more than it needs: one long text takes nothing from short ones."""
    given = [0.0] * len(needs)
    for left, place in zip(range(len(needs), 0, -1), sorted(range(len(needs)), key=needs.__getitem__), strict=True):
        given[place] = min(needs[place], max(room, 0) / left)
        room -= given[place]
    return given


def _longest_word(column: Sequence[str], heads: int) -> float:
    """Millimetres per point of the widest word of a column, whose first cells are bold."""
    return max(
        (text_width(word, MM, bold=n < heads) for n, text in enumerate(column) for word in text.split()), default=0.0
    )
