"""Which names COUNTIFS, SUMIFS and AVERAGEIFS find exactly when they stand in a cell as the criterion."""

import re
from collections.abc import Sequence
from typing import Final

import polars as pl

NO_CRITERION: Final = re.compile(r"[*?~]|^[<>=]")
"""Names that these functions would take for a pattern or a comparison."""


def usable_criteria(table: pl.DataFrame, keys: Sequence[str]) -> list[bool]:
    """For each row whether its keys find exactly its villages: none empty, no pattern, no twin but for case."""
    folded = [tuple(str(value).casefold() for value in row) for row in table.select(keys).iter_rows()]
    return [
        all(value is not None and not NO_CRITERION.search(str(value)) for value in row) and folded.count(twin) == 1
        for row, twin in zip(table.select(keys).iter_rows(), folded, strict=True)
    ]
