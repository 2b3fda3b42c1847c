"""Headings between the villages ("KECAMATAN SESAYAP") that name the place of those below them."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from idmcli.normalise.fold import spaced, tidy
from idmcli.normalise.vocabulary import Vocabulary

_NUMBERING: Final = 4
"""The longest text that only numbers a group heading: A, I., VIII."""


def groups(
    cells: pl.DataFrame, keep: pl.Series, titles: Sequence[str], vocabulary: Vocabulary
) -> Mapping[str, pl.Series]:
    """The places that headings between the villages name ("KECAMATAN SESAYAP"), level → one name per row of `cells`.

    A heading holds until the next one of its level, a kecamatan only until the next kabupaten. Where villages stand
    before the first one and no title above the table names their place, such rows close their group, and nothing is
    taken from them.
    """
    levels = list(vocabulary.groups)
    found: dict[str, list[str | None]] = {level: [None] * keep.len() for level in levels}
    for position in (~keep).arg_true():
        texts = [tidy(cell) for cell in cells.row(position) if cell]
        heading = next((text for text in texts if len(text) > _NUMBERING), "")
        level = level_named(heading, vocabulary)
        if level:
            found[level][position] = _place(heading)
            for lower in levels[levels.index(level) + 1 :]:
                found[lower][position] = ""
    first = keep.arg_max()
    columns = {level: pl.Series(level, names, dtype=pl.String) for level, names in found.items()}
    above = {level_named(title, vocabulary): _place(title) for title in titles}
    filled = {
        level: column.forward_fill().fill_null(above[level]) if level in above else column.forward_fill()
        for level, column in columns.items()
        if (column.fill_null("") != "").any()
    }
    return {level: column for level, column in filled.items() if first is not None and column[first] is not None}


def level_named(text: str, vocabulary: Vocabulary) -> str | None:
    """Which level of places a heading between the villages names; None for anything else."""
    folded = spaced(text)
    return next(
        (level for level, words in vocabulary.groups.items() if any(folded.startswith(word + " ") for word in words)),
        None,
    )


def _place(heading: str) -> str:
    """The name in a heading: `Kecamatan : Sesayap` → `Sesayap`."""
    return re.sub(r"^\W*\w+[\W_]+", "", heading)
