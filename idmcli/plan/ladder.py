"""The statuses as rungs: 0 is the lowest."""

from functools import reduce
from operator import add

import polars as pl

from idmcli.columns import IDM_K
from idmcli.rubric.model import Rubric


def rank_of(k: pl.Expr, rubric: Rubric) -> pl.Expr:
    """The rung of an integer IDM, Int32; null for null."""
    return reduce(add, ((k >= status.k_min).cast(pl.Int32) for status in rubric.status[1:]))


def named(rank: pl.Expr, rubric: Rubric) -> pl.Expr:
    """The name of a rung; null beyond the highest."""
    names = {rung: status.nama for rung, status in enumerate(rubric.status)}
    return rank.replace_strict(names, default=None, return_dtype=pl.String)


def begins(rank: pl.Expr, rubric: Rubric) -> pl.Expr:
    """The first integer IDM of a rung, Int32; null beyond the highest."""
    starts = {rung: status.k_min for rung, status in enumerate(rubric.status)}
    return rank.replace_strict(starts, default=None, return_dtype=pl.Int32)


def above(villages: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """The villages with `target` (the next status) and `butuh_k` (units that lack to it), null at the highest."""
    rung = rank_of(pl.col(IDM_K), rubric) + 1
    return villages.with_columns(
        named(rung, rubric).alias("target"), (begins(rung, rubric) - pl.col(IDM_K)).cast(pl.Int32).alias("butuh_k")
    )
