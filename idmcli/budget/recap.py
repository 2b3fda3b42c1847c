"""Verified villages summed up: per kecamatan or kabupaten, and per indicator."""

from typing import Final

import polars as pl

from idmcli.budget.weak import FUNDED, MISSING, SUPPORTED
from idmcli.parameters.budget_rules import VERDICTS
from idmcli.parameters.crosswalk import VILLAGE
from idmcli.rubric.model import Rubric

DIGITS: Final = {"kecamatan": 6, "kabupaten": 4}
VERDICT_COLUMNS: Final = {name: name.replace(" ", "_") for name in VERDICTS}
"""Verdict → the column that counts it."""
SUMS: Final = (
    *("belanja", "terkait", "terkait_langsung", "lemah_desa", "dianggarkan", "hanya_pendukung", "belum_dianggarkan"),
    *("langkah_desa", "langkah_dianggarkan", "temuan_galat"),
)


def recap(villages: pl.DataFrame, absent: pl.DataFrame, level: str) -> pl.DataFrame:
    """One row per place of a level, by code.

    Args:
        villages: `Verification.desa`.
        absent: `kode_desa` and places of the villages without a file.
        level: `kecamatan` or `kabupaten`.

    Returns:
        `kode`, the names of the place, `jumlah_desa` (with a file), `tanpa_berkas`, a count per verdict (`sesuai,
        perlu_perbaikan, tidak_sesuai`), the sums of `SUMS` (Int64), `naik` (villages whose status the budgeted steps of
        their paths would lift).
    """
    names = ["kabupaten", "kecamatan"][: 2 if level == "kecamatan" else 1]
    code = pl.col("kode_desa").str.head(DIGITS[level]).alias("kode")
    have = villages.group_by(code).agg(
        *(pl.col(name).first() for name in names),
        pl.len().cast(pl.Int64).alias("jumlah_desa"),
        *((pl.col("putusan") == one).sum().cast(pl.Int64).alias(name) for one, name in VERDICT_COLUMNS.items()),
        *(pl.col(name).sum() for name in SUMS),
        (pl.col("status_harapan") != pl.col("status")).sum().cast(pl.Int64).alias("naik"),
    )
    lack = absent.group_by(code).agg(
        *(pl.col(name).first().alias(f"_{name}") for name in names), pl.len().cast(pl.Int64).alias("tanpa_berkas")
    )
    numbers = ["jumlah_desa", "tanpa_berkas", *VERDICT_COLUMNS.values(), *SUMS, "naik"]
    return (
        have.join(lack, on="kode", how="full", coalesce=True)
        .with_columns(pl.coalesce(name, f"_{name}").alias(name) for name in names)
        .select("kode", *names, *(pl.col(name).fill_null(0) for name in numbers))
        .sort("kode")
    )


def by_indicator(weak: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """One row per indicator in official order that is weak somewhere and within the villages' authority.

    Returns:
        `kode, singkat, dimensi`; villages in which it is weak `desa_lemah`, and of these by state `dianggarkan,
        hanya_pendukung, belum_dianggarkan`; how many paths it is a step of `langkah`, and of these unfunded
        `langkah_belum`; `anggaran_langsung, anggaran_pendukung` (rupiah; a line that addresses several indicators
        counts in each).
    """
    state = pl.col("keadaan")
    order = pl.DataFrame({"kode": rubric.codes}).with_row_index("_urut")
    return (
        weak.filter(pl.col("kewenangan") == VILLAGE)
        .group_by("kode")
        .agg(
            pl.col("singkat").first(),
            pl.col("dimensi").first(),
            pl.len().cast(pl.Int64).alias("desa_lemah"),
            (state == FUNDED).sum().cast(pl.Int64).alias("dianggarkan"),
            (state == SUPPORTED).sum().cast(pl.Int64).alias("hanya_pendukung"),
            (state == MISSING).sum().cast(pl.Int64).alias("belum_dianggarkan"),
            pl.col("langkah").sum().cast(pl.Int64),
            (pl.col("langkah") & (state == MISSING)).sum().cast(pl.Int64).alias("langkah_belum"),
            pl.col("anggaran_langsung", "anggaran_pendukung").sum(),
        )
        .join(order, on="kode")
        .sort("_urut")
        .drop("_urut")
    )
