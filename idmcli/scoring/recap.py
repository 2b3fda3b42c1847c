"""A published recap's sub-indices back to whole points, and from there the same figures as from the scores.

A sub-index printed with four decimals lies within 0.00005 of its multiple of 1/175, 1/60 or 1/15; multiples are at
least 0.0057 apart, so the nearest one is certain. A value further away was not made from scores of this rubric.
"""

import polars as pl

from idmcli.rubric.model import Dimension, Rubric
from idmcli.scoring.agreement import last_decimal
from idmcli.scoring.indices import with_indices
from idmcli.scoring.reasons import explain_where
from idmcli.sentences import said

_TOLERANCE = 0.6
"""In units of the last decimal (0.00006 for four): half a unit for rounding, and a little room."""

_UNIT = "_satuan_cetak"
_FEWEST_DECIMALS = 3
"""With two decimals 0.006 would exceed half a step of 1/175: the multiple could be the wrong one."""


def score_recap(desa: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """The same rows in the same order, with the columns of `score` from `iks_terbit`, `ike_terbit`, `ikl_terbit`.

    A row gets null figures and an `alasan` where a sub-index is missing, off its grid, or beyond what the allowed
    scores can give (a 0 that stands for "no data"). `cocok` compares with the stated IDM and status.
    """
    columns = frozenset(desa.columns)
    printed = desa.with_columns(last_decimal(columns, fewest=_FEWEST_DECIMALS).alias(_UNIT))
    faults: list[pl.Expr] = []
    points: dict[str, pl.Expr] = {}
    for dimension in rubric.dimensi:
        name = f"{dimension.kolom}_terbit"
        stated = pl.col(name) if name in columns else pl.repeat(None, pl.len(), dtype=pl.Float64)
        nearest = (stated * dimension.maksimum).round()
        off_grid = (nearest / dimension.maksimum - stated).abs() > pl.col(_UNIT) * _TOLERANCE
        least, most = rubric.reach(dimension)
        beyond = ~nearest.is_between(least, most)
        faults.append(
            pl.when(stated.is_null())
            .then(pl.lit(f"{dimension.kode} kosong"))
            .when(beyond)
            .then(_outside(stated, dimension, least, most))
            .when(off_grid)
            .then(_beside(stated, dimension, nearest))
        )
        points[dimension.kolom] = nearest
    reason = pl.concat_str(faults, separator=". ", ignore_nulls=True)
    reasons = explain_where(printed, pl.any_horizontal(fault.is_not_null() for fault in faults), reason)
    sound = pl.lit(reasons.is_null())
    return with_indices(desa, {name: pl.when(sound).then(value) for name, value in points.items()}, reasons, rubric)


def _outside(stated: pl.Expr, dimension: Dimension, least: int, most: int) -> pl.Expr:
    """`IKS 0,01 tidak mungkin: nilai terkecil 0,16, terbesar 1`."""
    limits = [f"{round(points / dimension.maksimum, 4):g}".replace(".", ",") for points in (least, most)]
    return said(
        f"{dimension.kode} {{}} tidak mungkin: nilai terkecil {limits[0]}, terbesar {limits[1]}", _printed(stated)
    )


def _beside(stated: pl.Expr, dimension: Dimension, nearest: pl.Expr) -> pl.Expr:
    """`IKS 0,983 bukan kelipatan 1/175 (terdekat 0,98286)`."""
    text = f"{dimension.kode} {{}} bukan kelipatan 1/{dimension.maksimum} (terdekat {{}})"
    return said(text, _printed(stated), _printed(nearest / dimension.maksimum))


def _printed(value: pl.Expr) -> pl.Expr:
    """A number as an officer writes it: five decimals at most, decimal comma."""
    return value.round(5).cast(pl.String).str.replace(".", ",", literal=True)
