"""Scores to IKS, IKE, IKL, IDM and status, in integers.

One point is worth a whole number of units of 1/scale (idm-2016: 12, 35 or 140 units of 1/6300), so an IDM is the
integer `idm_k`, and a status begins at an integer. Nothing is rounded before it is compared. Law: Permendesa PDTT
2/2016 (formula), SOP IDM 2020 (thresholds); both are data of the rubric.
"""

from collections.abc import Mapping
from functools import reduce

import polars as pl

from idmcli.columns import AGREES, IDM_K, REASON, STATUS
from idmcli.rubric.model import Rubric
from idmcli.scoring.agreement import agrees
from idmcli.scoring.reasons import explain_where, faulty_scores


def score(desa: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """The same rows in the same order, with what the 50 scores give.

    Adds `iks, ike, ikl, idm` (Float64, 0–1, full precision), `idm_k` (Int32, IDM in units of 1/scale), `status`,
    `cocok` (do the stated figures agree? null: nothing stated) and `alasan`. A row with an empty score, or one that the
    rubric does not know for its indicator, gets null figures and an `alasan` that names the indicators.
    """
    columns = frozenset(desa.columns)
    complete = columns.issuperset(rubric.codes)
    allowed = [pl.col(row.kode).is_in(row.allowed) for row in rubric.indikator if complete]
    valid = (
        desa.select(pl.all_horizontal(allowed).fill_null(value=False)).to_series()
        if complete
        else pl.repeat(False, desa.height, eager=True)
    )
    points = {
        dimension.kolom: pl.when(valid).then(pl.sum_horizontal(pl.col(dimension.indikator).cast(pl.Int32)))
        if complete
        else pl.repeat(None, pl.len(), dtype=pl.Int32)
        for dimension in rubric.dimensi
    }
    reason = explain_where(desa, pl.lit(~valid), faulty_scores(columns, rubric))
    return with_indices(desa, points, reason, rubric)


def with_indices(desa: pl.DataFrame, points: Mapping[str, pl.Expr], reason: pl.Series, rubric: Rubric) -> pl.DataFrame:
    """The frame with indices, status, agreement and reason, from whole points per dimension.

    Args:
        desa: any village frame.
        points: per dimension column (`iks`) its points (integer expression over `desa`, null: not known).
        reason: why a row has no points.
        rubric: the edition that gives weights and thresholds.
    """
    sums = desa.select(expression.cast(pl.Int32).alias(name) for name, expression in points.items())
    units = [pl.col(dimension.kolom) * rubric.unit(dimension) for dimension in rubric.dimensi]
    k = sums.select(reduce(lambda one, other: one + other, units).alias(IDM_K)).to_series()
    computed = desa.with_columns(
        *(_share(sums[row.kolom], row.maksimum) for row in rubric.dimensi),
        _share(k, rubric.scale).alias("idm"),
        k,
        reason.alias(REASON),
    ).with_columns(status_of(pl.col(IDM_K), rubric).alias(STATUS))
    return computed.with_columns(agrees(computed).alias(AGREES))


def _share(points: pl.Series, maximum: int) -> pl.Series:
    """points ÷ maximum as the nearest float, looked up.

    A frame's own division by a constant multiplies by the rounded inverse: one in twelve quotients by 60 would differ
    in the last bit from what a spreadsheet gets.
    """
    return pl.Series([n / maximum for n in range(maximum + 1)]).gather(points).alias(points.name)


def status_of(k: pl.Expr, rubric: Rubric) -> pl.Expr:
    """The name of the status of an integer IDM; null for null."""
    lowest, *higher = rubric.status
    name = pl.lit(lowest.nama)
    for status in higher:
        name = pl.when(k >= status.k_min).then(pl.lit(status.nama)).otherwise(name)
    return pl.when(k.is_not_null()).then(name)
