"""The weak indicators of each village, and whether its draft budget addresses them."""

from typing import Final

import polars as pl

from idmcli.parameters.crosswalk import DIRECT, FACT, OTHERS, Crosswalk
from idmcli.rubric.actors import ACTOR_NAMES
from idmcli.rubric.model import Rubric

FUNDED: Final = "dianggarkan"
SUPPORTED: Final = "hanya pendukung"
MISSING: Final = "belum dianggarkan"
"""`keadaan` of an indicator within the village's authority; else `OTHERS` or `FACT`."""
STATES: Final = (FUNDED, SUPPORTED, MISSING, OTHERS, FACT)


def weak_indicators(deficits: pl.DataFrame, steps: pl.DataFrame, crosswalk: Crosswalk, rubric: Rubric) -> pl.DataFrame:
    """One row per village and indicator below the full score, the steps of the village's path first.

    Args:
        deficits: `gap.deficits`, with one row per `kode_desa` and `kode`.
        steps: `kode_desa, kode, ke, tambahan_k, biaya` of the smallest path of each village.
        crosswalk: says who can raise an indicator.
        rubric: says who else acts.

    Returns:
        `kode_desa, kode, dimensi, singkat`, `skor, kurang` (points), `tambahan_k` (Int32, to the full score),
        `tambahan`, `syarat_kini, syarat_tujuan, kegiatan` (recommended), `kewenangan` (`desa`, `pihak lain`, `fakta`),
        `alasan_kewenangan`, `siapa` (who else acts), `langkah` (whether it is a step of the path), and of that step
        `ke, langkah_k, biaya`.
    """
    about = pl.DataFrame(
        [
            (
                kode,
                crosswalk.authority(kode),
                crosswalk.kewenangan.get(kode, ("desa", None))[1],
                others(rubric, kode),
            )
            for kode in rubric.codes
        ],
        schema={"kode": pl.String(), "kewenangan": pl.String(), "alasan_kewenangan": pl.String(), "siapa": pl.String()},
        orient="row",
    )
    path = steps.select("kode_desa", "kode", "ke", pl.col("tambahan_k").alias("langkah_k"), "biaya")
    return (
        deficits.filter(pl.col("kurang") > 0)
        .select(
            *("kode_desa", "kode", "dimensi", "singkat", "skor", "kurang", "tambahan_k", "tambahan"),
            *("syarat_kini", "syarat_tujuan", "kegiatan"),
        )
        .join(about, on="kode", how="left", maintain_order="left")
        .join(path, on=["kode_desa", "kode"], how="left", maintain_order="left")
        .with_columns(pl.col("ke").is_not_null().alias("langkah"))
        .sort(
            pl.col("kode_desa").rank("dense"),
            ~pl.col("langkah"),
            -pl.coalesce("langkah_k", "tambahan_k"),
            maintain_order=True,
        )
    )


def others(rubric: Rubric, kode: str) -> str:
    """Who acts on an indicator beside the village: `Kabupaten: Dinkes, Dinas PU; Provinsi: Dinkes`."""
    return "; ".join(
        f"{ACTOR_NAMES[actor]}: {', '.join(offices)}" if offices else ACTOR_NAMES[actor]
        for actor, offices in rubric.by_code[kode].pelaku.items()
        if actor != "desa"
    )


def with_money(weak: pl.DataFrame, linked: pl.DataFrame) -> pl.DataFrame:
    """The weak indicators with what the budget gives them.

    Adds `anggaran_langsung, anggaran_pendukung, anggaran` (Int64 rupiah), `baris_langsung, baris_pendukung` (lines) and
    `keadaan`: of an indicator within the village's authority `dianggarkan` (a line addresses it directly), `hanya
    pendukung` or `belum dianggarkan`; else `pihak lain` or `fakta`.
    """
    direct = pl.col("kekuatan") == DIRECT
    sums = linked.group_by("kode_desa", "kode").agg(
        pl.col("anggaran").filter(direct).sum().alias("anggaran_langsung"),
        pl.col("anggaran").filter(~direct).sum().alias("anggaran_pendukung"),
        pl.col("anggaran").sum(),
        direct.sum().cast(pl.Int64).alias("baris_langsung"),
        (~direct).sum().cast(pl.Int64).alias("baris_pendukung"),
    )
    numbers = ("anggaran_langsung", "anggaran_pendukung", "anggaran", "baris_langsung", "baris_pendukung")
    return (
        weak.join(sums, on=["kode_desa", "kode"], how="left", maintain_order="left")
        .with_columns(pl.col(numbers).fill_null(0))
        .with_columns(
            pl.when(pl.col("kewenangan").is_in([OTHERS, FACT]))
            .then("kewenangan")
            .when(pl.col("baris_langsung") > 0)
            .then(pl.lit(FUNDED))
            .when(pl.col("baris_pendukung") > 0)
            .then(pl.lit(SUPPORTED))
            .otherwise(pl.lit(MISSING))
            .alias("keadaan")
        )
    )
