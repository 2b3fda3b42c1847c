"""How far a village stands from the status above it and from losing its own, in whole points."""

from collections.abc import Sequence

import polars as pl

from idmcli.columns import IDM_K, STATUS
from idmcli.rubric.model import Dimension, Rubric

WATCH_POINTS = 4
"""A village is watched if losing this many points of the lightest dimension (IKS) costs its status: four points are
one yes/no indicator that turns from 5 to 1."""


def classify(scored: pl.DataFrame, rubric: Rubric, *, pantau_poin: int = WATCH_POINTS) -> pl.DataFrame:
    """The scored frame (from `score` or `score_recap`), same rows and order, with what lies above and below.

    Adds, null where a row could not be scored:

    - `target_status`: the next status; the highest keeps itself. `skor_minimal` (Float64): what the ministry prints
      as its least IDM. `penambahan` = skor_minimal − idm as the ministry computes it: negative for the highest status,
      except at its very first integer (idm-2016: k = 5138), where the ministry's two rules differ by 0.000044.
    - `poin_iks, poin_ike, poin_ikl` (Int32): least whole points that reach the next status in that dimension alone;
      null at the highest status, and where the dimension has not so many points left.
    - `sisa_k` (Int32, units of 1/scale) above the first integer of its own status, and `sisa_poin_iks, …` (Int32): most
      points it can lose in that dimension and keep its status. Null at the lowest status, which cannot be lost.
    - `pantau` (Boolean): losing `pantau_poin` points of the lightest dimension costs the status.
    """
    k = pl.col(IDM_K)
    begins = [status.k_min for status in rubric.status[1:]]
    rise = units_to_rise(rubric)
    targets = (*rubric.status[1:], rubric.status[-1])
    least = [None if status.skor_minimal is None else float(status.skor_minimal) for status in targets]
    spare = k - _by_status(rubric, [None, *begins], pl.Int32)
    lightest = min(rubric.unit(dimension) for dimension in rubric.dimensi)
    return scored.with_columns(
        _by_status(rubric, [status.nama for status in targets], pl.String).alias("target_status"),
        _by_status(rubric, least, pl.Float64).alias("skor_minimal"),
        *(_points_to_rise(rise, dimension, rubric) for dimension in rubric.dimensi),
        spare.alias("sisa_k"),
        *((spare // rubric.unit(row)).alias(f"sisa_poin_{row.kolom}") for row in rubric.dimensi),
        pl.when(k.is_not_null()).then((spare < pantau_poin * lightest).fill_null(value=False)).alias("pantau"),
    ).with_columns((pl.col("skor_minimal") - pl.col("idm")).alias("penambahan"))


def units_to_rise(rubric: Rubric) -> pl.Expr:
    """Units of 1/scale that a scored row lacks to the next status; null at the highest."""
    return _by_status(rubric, [*(status.k_min for status in rubric.status[1:]), None], pl.Int32) - pl.col(IDM_K)


def _points_to_rise(rise: pl.Expr, dimension: Dimension, rubric: Rubric) -> pl.Expr:
    """Points of one dimension that make up `rise` units, if the dimension still lacks so many."""
    unit = rubric.unit(dimension)
    needed = (rise + unit - 1) // unit
    missing = dimension.maksimum - (pl.col(dimension.kolom) * dimension.maksimum).round().cast(pl.Int32)
    return pl.when(needed <= missing).then(needed).alias(f"poin_{dimension.kolom}")


def _by_status(rubric: Rubric, values: Sequence[str | float | None], dtype: type[pl.DataType]) -> pl.Expr:
    """The value that belongs to a row's status, given for the statuses from the lowest up; null for null."""
    return pl.col(STATUS).replace_strict([status.nama for status in rubric.status], values, return_dtype=dtype)
