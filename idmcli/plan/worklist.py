"""The chosen steps as a list of works for offices: where, what, from which condition to which, who, how urgent."""

from typing import Final, Literal

import polars as pl

from idmcli.columns import IDM_K, KODE_DESA, PLACES, STATUS
from idmcli.plan.ladder import begins, named, rank_of
from idmcli.plan.shared import counted
from idmcli.plan.years import plan_year
from idmcli.regions import PLACE, place_keys
from idmcli.rubric.model import ACTORS, FULL_SCORE, Rubric
from idmcli.sentences import said

COLUMNS: Final = (
    *("no", "prioritas", "urutan", KODE_DESA, *PLACES, STATUS, "target", "kode", "indikator", "dari", "ke", "poin"),
    *("syarat_kini", "syarat_tujuan", "kegiatan", "tambahan_k", "tambahan", "biaya", "pelaku", "instansi", "pendukung"),
    *("alasan_pelaku", "bersama", "kelompok", "pekerjaan", "biaya_dihitung", "tahun_rencana"),
)

PRIORITY: Final = (
    "Prioritas 1 ialah desa yang naik status dari status terendah dengan kekurangan terkecil; desa yang sama status "
    "dan kekurangannya berprioritas sama. Langkah yang belum menaikkan status desanya ada di belakang."
)
"""How `prioritas` is found, for papers."""


def worklist(langkah: pl.DataFrame, villages: pl.DataFrame, rubric: Rubric, tahun: int | None = None) -> pl.DataFrame:
    """One row per chosen step, the most urgent villages first, within a village the largest gain first.

    `prioritas` ranks villages (see `PRIORITY`): first those whose steps together complete a rise, by present status
    from the lowest up, then by the units that were missing to the status reached; then the others, by the units that
    still lack to their next status. Equal villages share a rank.

    Args:
        langkah: chosen rows of `assign`: `no, kode, dari, ke, poin, tambahan_k, biaya, pelaku, instansi, pendukung,
            alasan_pelaku, bersama, kelompok`; at most one row per `no` and `kode`.
        villages: `no, kode_desa, provinsi, kabupaten, kecamatan, desa, tahun, status, idm_k`, one row per `no`.
        rubric: conditions, activities, thresholds.
        tahun: the plan year; None: the year after the latest data.

    Returns:
        `COLUMNS`: `urutan` 1.. within the village; `target` the status that the village's steps reach (its next one if
        they reach none); `syarat_kini, syarat_tujuan` the conditions of the scores `dari` and `ke`; `kegiatan`
        the rubric's activity, which leads to the full score, with a word where the step stops earlier; `tambahan`
        Float64 (tambahan_k ÷ scale); `pekerjaan, biaya_dihitung` see `shared.counted`; `tahun_rencana` Int32.
    """
    names = {row.kode: row.singkat for row in rubric.indikator}
    order = {kode: rank for rank, kode in enumerate(rubric.codes)}
    rows = [(row.kode, score.skor, score.syarat, score.kegiatan) for row in rubric.indikator for score in row.skor]
    scores = pl.DataFrame(
        rows, schema={"kode": pl.String, "dari": pl.Int8, "syarat": pl.String, "kegiatan": pl.String}, orient="row"
    )
    now = scores.rename({"syarat": "syarat_kini"})
    then = scores.select("kode", pl.col("dari").alias("ke"), pl.col("syarat").alias("syarat_tujuan"))
    listed = (
        langkah.with_columns(pl.col("dari", "ke").cast(pl.Int8))
        .join(_ranked(langkah, villages, rubric), on="no", how="left")
        .join(villages.select("no", KODE_DESA, *PLACES, STATUS), on="no", how="left")
        .join(now, on=["kode", "dari"], how="left")
        .join(then, on=["kode", "ke"], how="left")
        .sort(
            *("prioritas", KODE_DESA, "no", "tambahan_k"),
            pl.col("kode").replace_strict(order, return_dtype=pl.Int32),
            descending=[False, False, False, True, False],
            nulls_last=True,
        )
    )
    return (
        counted(listed)
        .with_columns(
            pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over("no").alias("urutan"),
            pl.col("kode").replace_strict(names, return_dtype=pl.String).alias("indikator"),
            pl.when(pl.col("ke") < FULL_SCORE)
            .then(said("{} (bertahap, kali ini sampai skor {})", "kegiatan", "ke"))
            .otherwise("kegiatan")
            .alias("kegiatan"),
            share(listed["tambahan_k"], rubric).alias("tambahan"),
            pl.lit(plan_year(villages, tahun), dtype=pl.Int32).alias("tahun_rencana"),
        )
        .select(COLUMNS)
    )


def by_office(works: pl.DataFrame, rubric: Rubric, level: Literal["kabupaten"] | None = None) -> pl.DataFrame:
    """Totals of a worklist per actor and office, or per actor, office and kabupaten.

    Returns:
        `pelaku, instansi`, with a level also `kode_kabupaten` and `kabupaten`, then Int64 counts: `jumlah_desa`,
        `langkah` (rows), `pekerjaan` (shared works once), `pekerjaan_bersama` (how many of these are shared), `biaya`
        (shared works once), `tambahan_k`; and `tambahan` (Float64, summed index gain). Actors from pusat to lainnya,
        offices by name, kabupaten by code. A shared work counts in the kabupaten of the member that carries its cost,
        so that the kabupaten of an office add up to its total.
    """
    place = [] if level is None else [PLACE]
    rank = {actor: number for number, actor in enumerate(ACTORS)}
    totals = (
        works.with_columns(place_keys(works, "kabupaten"))
        .group_by("pelaku", "instansi", *place, maintain_order=True)
        .agg(
            pl.col("kode_kabupaten").first(),
            pl.col("kabupaten").drop_nulls().first(),
            pl.col("no").n_unique().cast(pl.Int64).alias("jumlah_desa"),
            pl.len().cast(pl.Int64).alias("langkah"),
            pl.col("pekerjaan").sum(),
            pl.col("pekerjaan").filter(pl.col("kelompok").is_not_null()).sum().alias("pekerjaan_bersama"),
            pl.col("biaya_dihitung").sum().alias("biaya"),
            pl.col("tambahan_k").cast(pl.Int64).sum(),
        )
        .sort(pl.col("pelaku").replace_strict(rank, return_dtype=pl.Int32), "instansi", *place, nulls_last=True)
    )
    names = ["pelaku", "instansi", *(["kode_kabupaten", "kabupaten"] if place else [])]
    counts = ("jumlah_desa", "langkah", "pekerjaan", "pekerjaan_bersama", "biaya", "tambahan_k")
    return totals.with_columns(share(totals["tambahan_k"], rubric).alias("tambahan")).select(
        *names, *counts, "tambahan"
    )


def share(units: pl.Series, rubric: Rubric) -> pl.Series:
    """Units as IDM, each the nearest float (numpy divides; a frame's division by a constant is off in the last bit)."""
    return pl.Series(units.name, units.to_numpy() / rubric.scale, dtype=pl.Float64)


def _ranked(langkah: pl.DataFrame, villages: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """`no, prioritas` (Int32), `target` of the villages that have steps."""
    highest = len(rubric.status) - 1
    gains = langkah.group_by("no").agg(pl.col("tambahan_k").cast(pl.Int32).sum().alias("_tambahan"))
    places = (
        villages.join(gains, on="no", how="inner", maintain_order="left")
        .select("no", pl.col(IDM_K).alias("_kini"), (pl.col(IDM_K) + pl.col("_tambahan")).alias("_nanti"))
        .with_columns(
            rank_of(pl.col("_kini"), rubric).alias("_status"), rank_of(pl.col("_nanti"), rubric).alias("_sampai")
        )
        .with_columns(
            (pl.col("_sampai") <= pl.col("_status")).alias("_belum"),
            pl.max_horizontal("_sampai", pl.col("_status") + 1).clip(upper_bound=highest).alias("_tujuan"),
        )
        .with_columns(
            (begins(pl.col("_tujuan"), rubric) - pl.when("_belum").then("_nanti").otherwise("_kini"))
            .clip(lower_bound=0)
            .alias("_kurang")
        )
    )
    keys = ["_belum", "_status", "_kurang"]
    ranks = places.select(keys).unique().sort(keys).with_row_index("prioritas", offset=1)
    return places.join(ranks, on=keys, how="left").select(
        "no", pl.col("prioritas").cast(pl.Int32), named(pl.col("_tujuan"), rubric).alias("target")
    )
