"""Who rose and who fell between two years, and which indicators did it."""

from dataclasses import dataclass

import polars as pl

from idmcli.classify.causes import causes, described
from idmcli.classify.order import latest_year, of_year
from idmcli.columns import IDM_K, KODE_DESA, PLACES, STATUS
from idmcli.rubric.model import Rubric

ABSENT = "TIDAK ADA"
"""Stands for a village that is missing from one of the two years."""

UNSCORED = "TIDAK DIHITUNG"
"""Stands for a village that is there, but could not be scored."""

_BEFORE = "_sebelum"


@dataclass(frozen=True)
class Moves:
    """Two years side by side; villages are matched by `kode_desa` alone.

    Attributes:
        tahun_sebelum: the year compared with; None if the frame states none.
        tahun: the year that counts.
        matriks: as `matrix`.
        naik: villages whose status rose, largest gain first: `kode_desa`, places, `status_sebelum, status,
            idm_sebelum, idm, selisih_k` (units of 1/scale) and `penyebab` (text, largest contribution first).
        turun: the same for villages whose status fell, largest loss first.
        penyebab: every contribution in the direction of the move, one row each: `kode_desa, kode, nama, skor_sebelum,
            skor, selisih_k`. `kode` is an indicator, or a dimension (with points) where a year has sub-indices only.
        tanpa_kode: rows of both years that could not be matched for want of a code.
        kode_ganda: rows left out because an earlier row of the same year has their code.
    """

    tahun_sebelum: int | None
    tahun: int | None
    matriks: pl.DataFrame
    naik: pl.DataFrame
    turun: pl.DataFrame
    penyebab: pl.DataFrame
    tanpa_kode: int
    kode_ganda: int


def moves(before: pl.DataFrame, after: pl.DataFrame, rubric: Rubric) -> Moves:
    """Compare two scored frames: the latest year of `after` with the latest earlier one of `before`.

    If `before` has no earlier year (a revised file of the same year, or no year at all), its latest one is taken.
    """
    year = latest_year(after)
    year_before = latest_year(before, before=year)
    now, then = of_year(after, year), of_year(before, year_before)
    now_known, then_known = _matchable(now), _matchable(then)
    coded = now[KODE_DESA].count() + then[KODE_DESA].count()
    moved = _moved(then_known, now_known, rubric)
    why = causes(moved.select(KODE_DESA, "arah"), then_known, now_known, rubric)
    told = moved.join(described(why, rubric), on=KODE_DESA, how="left", maintain_order="left")
    return Moves(
        tahun_sebelum=year_before,
        tahun=year,
        matriks=matrix(then_known, now_known, rubric),
        naik=told.filter(pl.col("arah") > 0).drop("arah").sort("selisih_k", KODE_DESA, descending=[True, False]),
        turun=told.filter(pl.col("arah") < 0).drop("arah").sort("selisih_k", KODE_DESA),
        penyebab=why,
        tanpa_kode=now.height + then.height - coded,
        kode_ganda=coded - now_known.height - then_known.height,
    )


def _matchable(frame: pl.DataFrame) -> pl.DataFrame:
    """The first row of every code."""
    return frame.drop_nulls(KODE_DESA).unique(KODE_DESA, keep="first", maintain_order=True)


def matrix(before: pl.DataFrame, after: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """How many villages went from which status to which; both frames have one row per code.

    Returns:
        `dari` (statuses ascending, TIDAK DIHITUNG, TIDAK ADA) and one Int64 column of each of these names: how many
        villages went from the row's status to the column's. The corner TIDAK ADA × TIDAK ADA is 0.
    """
    names = [*(status.nama for status in rubric.status), UNSCORED, ABSENT]
    then = before.select(KODE_DESA, pl.col(STATUS).fill_null(UNSCORED).alias("dari"))
    now = after.select(KODE_DESA, pl.col(STATUS).fill_null(UNSCORED).alias("ke"))
    pairs = (
        then.join(now, on=KODE_DESA, how="full", coalesce=True)
        .select(pl.col("dari", "ke").fill_null(ABSENT))
        .group_by("dari")
        .agg((pl.col("ke") == name).sum().cast(pl.Int64).alias(name) for name in names)
    )
    return (
        pl.DataFrame({"dari": names})
        .join(pairs, on="dari", how="left", maintain_order="left")
        .with_columns(pl.col(names).fill_null(0))
    )


def _moved(before: pl.DataFrame, after: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """Villages whose status changed, with `arah` +1 or -1."""
    ranks = {status.nama: rank for rank, status in enumerate(rubric.status)}
    rank = {name: pl.col(name).replace_strict(ranks, default=None, return_dtype=pl.Int8) for name in (STATUS, _BEFORE)}
    then = before.select(
        KODE_DESA,
        pl.col(STATUS).alias(_BEFORE),
        pl.col("idm").alias("idm_sebelum"),
        pl.col(IDM_K).alias("k_sebelum"),
    )
    return (
        after.select(KODE_DESA, *PLACES, STATUS, "idm", IDM_K)
        .join(then, on=KODE_DESA, how="inner", maintain_order="left")
        .with_columns((rank[STATUS] - rank[_BEFORE]).sign().alias("arah"))
        .filter(pl.col("arah") != 0)
        .select(
            KODE_DESA,
            *PLACES,
            pl.col(_BEFORE).alias("status_sebelum"),
            STATUS,
            "idm_sebelum",
            "idm",
            (pl.col(IDM_K) - pl.col("k_sebelum")).alias("selisih_k"),
            "arah",
        )
    )
