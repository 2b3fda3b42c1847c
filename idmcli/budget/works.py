"""Lines of money gathered into the activities that a village office speaks of: one amount, its sources, its output."""

from collections.abc import Mapping

import polars as pl

from idmcli.budget.lines import SPENDING
from idmcli.budget.links import LINE

KEY = ["kode_desa", "_kegiatan"]


def works(linked: pl.DataFrame, lines: pl.DataFrame, names: Mapping[str, str]) -> pl.DataFrame:
    """One row per village, weak indicator, activity and strength, in the order of `linked`.

    An activity's text, output and cell are those of its own row where the budget has one above the detail rows; else
    those of its line, if it has only one. Lines without an activity code stand for themselves.

    Args:
        linked: `budget.links`.
        lines: `budget.lines`, from which `linked` was made.
        names: official names of activities by code, for activities without a text of their own.

    Returns:
        `kode_desa, kode, kekuatan, dasar, kode_kegiatan, uraian, volume, satuan, sumber` (list), `anggaran` (Int64, of
        the lines that address the indicator), `banyak_baris`, `sel`.
    """
    own = pl.coalesce("kode_kegiatan", pl.concat_str([pl.lit("#"), pl.col(LINE).cast(pl.String)])).alias("_kegiatan")
    heads = (
        lines.filter(~pl.col("daun") & (pl.col("jenis") == SPENDING) & pl.col("kode_kegiatan").is_not_null())
        .filter(pl.col("kode_rekening").is_null())
        .sort("kode_desa", "kode_kegiatan", pl.col("volume").is_null(), maintain_order=True)
        .group_by("kode_desa", pl.col("kode_kegiatan").alias("_kegiatan"), maintain_order=True)
        .agg(pl.col("uraian", "volume", "satuan", "sel").first().name.prefix("_kepala_"))
    )
    official = pl.DataFrame(
        {"_kegiatan": list(names), "_resmi": list(names.values())},
        schema={"_kegiatan": pl.String(), "_resmi": pl.String()},
    )
    alone = pl.col("banyak_baris") == 1
    return (
        linked.with_columns(own)
        .group_by(*KEY, "kode", "kekuatan", "dasar", maintain_order=True)
        .agg(
            pl.col("kode_kegiatan").first(),
            pl.col("uraian", "volume", "satuan", "sel").first(),
            pl.col("sumber_dana").drop_nulls().unique(maintain_order=True).alias("sumber"),
            pl.col("anggaran").sum(),
            pl.len().cast(pl.Int64).alias("banyak_baris"),
        )
        .join(heads, on=KEY, how="left", maintain_order="left")
        .join(official, on="_kegiatan", how="left", maintain_order="left")
        .with_columns(
            pl.coalesce("_kepala_uraian", pl.when(alone).then("uraian"), "_resmi", "uraian").alias("uraian"),
            pl.coalesce("_kepala_volume", pl.when(alone).then("volume")).alias("volume"),
            pl.when(pl.col("_kepala_volume").is_not_null())
            .then("_kepala_satuan")
            .when(alone)
            .then("satuan")
            .alias("satuan"),
            pl.coalesce("_kepala_sel", "sel").alias("sel"),
        )
        .select(
            *("kode_desa", "kode", "kekuatan", "dasar", "kode_kegiatan", "uraian", "volume", "satuan", "sumber"),
            *("anggaran", "banyak_baris", "sel"),
        )
    )
