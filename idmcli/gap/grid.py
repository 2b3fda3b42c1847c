"""The scores of a scored frame as one block of small integers, for arithmetic over all villages at once."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from idmcli.columns import IDM_K
from idmcli.rubric.model import Rubric

NO = "no"
"""Number of a row in the scored frame (UInt32, from 0): what every frame of this room is keyed by."""


@dataclass(frozen=True)
class ScoreGrid:
    """The villages that could be scored.

    Attributes:
        rows: those rows of the scored frame, all columns, with `no` in front.
        scores: Int8, one row per village, one column per indicator in official order.
    """

    rows: pl.DataFrame
    scores: npt.NDArray[np.int8]


def score_grid(scored: pl.DataFrame, rubric: Rubric) -> ScoreGrid:
    """The rows of a scored frame that have figures and all their scores, none of the others."""
    absent = [pl.lit(None, dtype=pl.Int8).alias(kode) for kode in rubric.codes if kode not in scored.columns]
    rows = (
        scored.with_row_index(NO)
        .with_columns(absent)
        .filter(pl.all_horizontal(pl.col(IDM_K, *rubric.codes).is_not_null()))
    )
    return ScoreGrid(rows, rows.select(pl.col(rubric.codes).cast(pl.Int8)).to_numpy())


def unit_per_indicator(rubric: Rubric) -> npt.NDArray[np.int64]:
    """What one point of each indicator is worth in units of 1/scale, in official order."""
    return np.array([rubric.unit(rubric.dimension_of(kode)) for kode in rubric.codes], dtype=np.int64)
