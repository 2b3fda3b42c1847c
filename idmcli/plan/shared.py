"""Works that serve several villages at once: a market, a base station, a BUM Desa Bersama.

Steps with the same `kelompok, kode, pelaku, instansi` are one work. It costs as much as its dearest member and counts
once, however many villages it lifts.
"""

from collections.abc import Mapping
from typing import Final

import polars as pl

from idmcli.columns import KODE_DESA
from idmcli.rubric.model import Rubric

WORK: Final = ("kelompok", "kode", "pelaku", "instansi")
"""What makes two shared steps one work."""

KECAMATAN: Final = "kecamatan"
KAWASAN: Final = "kawasan"


def sharing(steps: pl.DataFrame, villages: pl.DataFrame, rubric: Rubric, kawasan: Mapping[str, str]) -> pl.DataFrame:
    """The steps, same order, with `bersama` ("kecamatan" | "kawasan" | null) and `kelompok`.

    An indicator whose works the rubric shares by kecamatan is shared in the village's kawasan where it has one
    (`kelompok` = `kawasan NAMA`), else in its kecamatan (`kecamatan 650101`, the first six digits of the code); one
    shared by kawasan only where there is a kawasan. A village without a code shares nothing.

    Args:
        steps: at least `no, kode`.
        villages: `no, kode_desa`.
        rubric: `Indicator.rencana.bersama`.
        kawasan: kode_desa → name of its kawasan.
    """
    kinds = {indicator.kode: indicator.rencana.bersama for indicator in rubric.indikator}
    kind = pl.col("kode").replace_strict(kinds, return_dtype=pl.String)
    places = villages.select(
        "no",
        pl.lit(f"{KECAMATAN} ").add(pl.col(KODE_DESA).str.head(6)).alias("_kecamatan"),
        pl.lit(f"{KAWASAN} ")
        .add(pl.col(KODE_DESA).replace_strict(dict(kawasan), default=None, return_dtype=pl.String))
        .alias("_kawasan"),
    )
    return (
        steps.join(places, on="no", how="left", maintain_order="left")
        .with_columns(
            pl.when(kind == KECAMATAN)
            .then(pl.coalesce("_kawasan", "_kecamatan"))
            .when(kind == KAWASAN)
            .then(pl.col("_kawasan"))
            .alias("kelompok")
        )
        .with_columns(
            pl.when(pl.col("kelompok").str.starts_with(f"{KAWASAN} "))
            .then(pl.lit(KAWASAN))
            .when(pl.col("kelompok").is_not_null())
            .then(pl.lit(KECAMATAN))
            .alias("bersama")
        )
        .select(pl.exclude("_kecamatan", "_kawasan", "bersama", "kelompok"), "bersama", "kelompok")
    )


def sized(works: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """The works with the price of a shared one taken as often as it equals ordinary works (`setara` of the rubric).

    Only where prices are effort: a market for a kecamatan, counted once, is no lighter for that than fifteen village
    works. Prices in rupiah are those of the whole work already.
    """
    sizes = {indicator.kode: indicator.rencana.setara for indicator in rubric.indikator}
    size = pl.col("kode").replace_strict(sizes, return_dtype=pl.Int64)
    return works.with_columns(pl.col("biaya") * pl.when(pl.col("kelompok").is_not_null()).then(size).otherwise(1))


def counted(steps: pl.DataFrame) -> pl.DataFrame:
    """The steps, same order, with `pekerjaan` (Int64) and `biaya_dihitung` (Int64): their sums are works and cost.

    Both stand on one row of each work: its dearest step, the first of equals; the other members have 0 and 0. So any
    selection of rows may be summed, and shared works are never counted twice.
    """
    carries = pl.col("kelompok").is_null() | (pl.int_range(pl.len()).over(WORK) == pl.col("biaya").arg_max().over(WORK))
    return steps.with_columns(
        carries.cast(pl.Int64).alias("pekerjaan"),
        pl.when(carries).then(pl.col("biaya")).otherwise(0).cast(pl.Int64).alias("biaya_dihitung"),
    )


def shared_works(worklist: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """One row per shared work of a worklist, by group and then in official order of indicators.

    Returns:
        `kelompok` (key), `nama_kelompok` (`Kecamatan PESO`, `Kawasan PESISIR`), `bersama, kode, indikator, pelaku,
        instansi, pendukung, jumlah_desa` (Int64), `kode_anggota` and `anggota` (List(String), codes and names of the
        villages it serves, in code order), `biaya` (Int64, once), `tambahan_k` (Int64, over all members),
        `tahun_rencana`.
    """
    order = {kode: rank for rank, kode in enumerate(rubric.codes)}
    name = (
        pl.when(pl.col("bersama") == KECAMATAN)
        .then(pl.lit("Kecamatan ").add(pl.coalesce("kecamatan", pl.col("kelompok").str.strip_prefix(f"{KECAMATAN} "))))
        .otherwise(pl.lit("Kawasan ").add(pl.col("kelompok").str.strip_prefix(f"{KAWASAN} ")))
    )
    return (
        worklist.filter(pl.col("kelompok").is_not_null())
        .sort(KODE_DESA, "no")
        .group_by(WORK, maintain_order=True)
        .agg(
            name.first().alias("nama_kelompok"),
            pl.col("bersama", "indikator", "pendukung", "tahun_rencana").first(),
            pl.len().cast(pl.Int64).alias("jumlah_desa"),
            pl.col(KODE_DESA).alias("kode_anggota"),
            pl.col("desa").alias("anggota"),
            pl.col("biaya").max().cast(pl.Int64),
            pl.col("tambahan_k").cast(pl.Int64).sum(),
        )
        .sort(
            "kelompok",
            pl.col("kode").replace_strict(order, return_dtype=pl.Int32),
            "pelaku",
            "instansi",
        )
        .select(
            *("kelompok", "nama_kelompok", "bersama", "kode", "indikator", "pelaku", "instansi", "pendukung"),
            *("jumlah_desa", "kode_anggota", "anggota", "biaya", "tambahan_k", "tahun_rencana"),
        )
    )
