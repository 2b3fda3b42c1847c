"""Two years: who moved by how much and why, and who sent the same again."""

import polars as pl

from idmcli.columns import IDM_K, KODE_DESA, STATUS
from idmcli.compare.result import FROM, SCHEMAS, TO
from idmcli.compare.rows import SCORED
from idmcli.rubric.model import Rubric

_BEFORE = "_dari"


def changes(
    then: pl.DataFrame, now: pl.DataFrame, pair: tuple[int, int], why: pl.DataFrame, rubric: Rubric
) -> pl.DataFrame:
    """One row per village of both years, by code (see `Compared.perubahan`).

    Args:
        then: rows of the earlier year, one per code.
        now: rows of the later year.
        pair: the two years.
        why: `kode_desa, penyebab` of the villages in which something changed.
        rubric: the edition, for scale and statuses.
    """
    ranks = {status.nama: rank for rank, status in enumerate(rubric.status)}
    rank = {
        name: pl.col(name).replace_strict(ranks, default=None, return_dtype=pl.Int8)
        for name in ("status_dari", "status_ke")
    }
    step = rank["status_ke"] - rank["status_dari"]
    same = pl.all_horizontal(pl.col(code) == pl.col(code + _BEFORE) for code in rubric.codes)
    before = then.select(
        KODE_DESA,
        pl.col("idm").alias("idm_dari"),
        pl.col(IDM_K).alias("k_dari"),
        pl.col(STATUS).alias("status_dari"),
        pl.col(SCORED).alias("berskor_dari"),
        pl.col(rubric.codes).name.suffix(_BEFORE),
    )
    joined = (
        now.join(before, on=KODE_DESA, how="inner", maintain_order="left")
        .join(why.select(KODE_DESA, "penyebab"), on=KODE_DESA, how="left", maintain_order="left")
        .with_columns((pl.col(IDM_K) - pl.col("k_dari")).cast(pl.Int32).alias("selisih_k"))
    )
    return (
        joined.with_columns(share(joined.get_column("selisih_k"), rubric.scale).alias("selisih_idm"))
        .rename({"idm": "idm_ke", STATUS: "status_ke"})
        .with_columns(
            pl.lit(pair[0], pl.Int32).alias(FROM),
            pl.lit(pair[1], pl.Int32).alias(TO),
            pl.when(step > 0)
            .then(pl.lit("naik"))
            .when(step < 0)
            .then(pl.lit("turun"))
            .when(step == 0)
            .then(pl.lit("tetap"))
            .alias("arah"),
            pl.when(pl.col(SCORED) & pl.col("berskor_dari")).then(same).alias("kiriman_sama"),
        )
        .select(list(SCHEMAS["perubahan"]))
        .sort(KODE_DESA)
    )


def by_indicator(contributions: pl.DataFrame, pair: tuple[int, int], scale: int) -> pl.DataFrame:
    """`contributions` of a pair as rows of `Compared.indikator`, in their order."""
    return contributions.with_columns(
        pl.lit(pair[0], pl.Int32).alias(FROM),
        pl.lit(pair[1], pl.Int32).alias(TO),
        pl.col("skor_sebelum").alias("skor_dari"),
        pl.col("skor").alias("skor_ke"),
        pl.col("selisih_k").alias("sumbangan_k"),
        share(contributions.get_column("selisih_k"), scale).alias("sumbangan"),
    ).select(list(SCHEMAS["indikator"]))


def drivers(indikator: pl.DataFrame, pair: tuple[int, int], villages: int, rubric: Rubric) -> pl.DataFrame:
    """What each indicator added to the mean IDM of so many villages (see `Compared.penggerak`)."""
    counted = indikator.group_by("kode").agg(
        (pl.col("sumbangan_k") > 0).sum().cast(pl.Int64).alias("desa_naik"),
        (pl.col("sumbangan_k") < 0).sum().cast(pl.Int64).alias("desa_turun"),
        pl.col("sumbangan_k").cast(pl.Int64).sum().alias("jumlah_k"),
    )
    official = pl.DataFrame({"kode": rubric.codes, "nama": [row.singkat for row in rubric.indikator]})
    rows = official.join(counted, on="kode", how="inner", maintain_order="left")
    return (
        rows.with_columns(
            pl.lit(pair[0], pl.Int32).alias(FROM),
            pl.lit(pair[1], pl.Int32).alias(TO),
            share(rows.get_column("jumlah_k"), rubric.scale * max(villages, 1)).alias("sumbangan"),
        )
        .sort(pl.col("jumlah_k").abs(), descending=True, maintain_order=True)
        .select(list(SCHEMAS["penggerak"]))
    )


def share(values: pl.Series, whole: int) -> pl.Series:
    """values ÷ whole as the nearest floats: a frame's own division by a constant is off in the last bit."""
    return pl.Series([None if value is None else value / whole for value in values.to_list()], dtype=pl.Float64)
