"""Where a village's money goes: by kind, bidang, source and dimension, and how much of it meets weak indicators."""

from typing import Final

import polars as pl

from idmcli.budget.lines import KINDS, SPENDING
from idmcli.budget.links import LINE
from idmcli.parameters.crosswalk import DIRECT

BY_FIELD, BY_SOURCE, BY_DIMENSION = "bidang", "sumber", "dimensi"
UNCODED: Final = "tanpa kode"
UNSOURCED: Final = "tanpa sumber"
SCHEMA: Final = {
    "kode_desa": pl.String(),
    "menurut": pl.String(),
    "kunci": pl.String(),
    "anggaran": pl.Int64(),
    "terkait": pl.Int64(),
    "terkait_langsung": pl.Int64(),
}


def totals(lines: pl.DataFrame, linked: pl.DataFrame) -> pl.DataFrame:
    """One row per village with lines: sums of what counts, in rupiah (Int64).

    `pendapatan, belanja, penerimaan_pembiayaan, pengeluaran_pembiayaan`; `baris_<jenis>` (lines of each); `terkait`:
    spending that addresses at least one weak indicator, each line once; `terkait_langsung`: of these, directly; and
    `tahun_anggaran`.
    """
    marked = spending_marked(lines, linked)
    return (
        lines.filter("daun")
        .group_by("kode_desa")
        .agg(
            *(pl.col("anggaran").filter(pl.col("jenis") == kind).sum().alias(kind) for kind in KINDS),
            *((pl.col("jenis") == kind).sum().cast(pl.Int64).alias(f"baris_{kind}") for kind in KINDS),
            pl.col("tahun").max().alias("tahun_anggaran"),
        )
        .join(
            marked.group_by("kode_desa").agg(
                pl.col("anggaran").filter("_terkait").sum().alias("terkait"),
                pl.col("anggaran").filter("_langsung").sum().alias("terkait_langsung"),
            ),
            on="kode_desa",
            how="left",
        )
        .with_columns(pl.col("terkait", "terkait_langsung").fill_null(0))
        .sort("kode_desa")
    )


def shares(lines: pl.DataFrame, linked: pl.DataFrame, dimensions: pl.DataFrame) -> pl.DataFrame:
    """Spending of each village by bidang, source of money and dimension: the columns of `SCHEMA`.

    A line that addresses weak indicators of two dimensions counts in both, so that only bidang and source add up to the
    whole; by dimension `anggaran` is what addresses it.

    Args:
        lines: `budget.lines`.
        linked: `budget.links`.
        dimensions: `kode, dimensi` of the indicators.
    """
    marked = spending_marked(lines, linked)
    keys = {
        BY_FIELD: pl.col("bidang").cast(pl.String).fill_null(UNCODED),
        BY_SOURCE: pl.col("sumber_dana").fill_null(UNSOURCED),
    }
    parts = [
        marked.group_by("kode_desa", key.alias("kunci"))
        .agg(
            pl.col("anggaran").sum(),
            pl.col("anggaran").filter("_terkait").sum().alias("terkait"),
            pl.col("anggaran").filter("_langsung").sum().alias("terkait_langsung"),
        )
        .with_columns(pl.lit(name).alias("menurut"))
        for name, key in keys.items()
    ]
    parts.append(
        linked.filter(pl.col("jenis") == SPENDING)
        .join(dimensions, on="kode")
        .group_by("kode_desa", pl.col("dimensi").alias("kunci"), LINE)
        .agg(pl.col("anggaran").first(), (pl.col("kekuatan") == DIRECT).any().alias("_langsung"))
        .group_by("kode_desa", "kunci")
        .agg(
            pl.col("anggaran").sum(),
            pl.col("anggaran").sum().alias("terkait"),
            pl.col("anggaran").filter("_langsung").sum().alias("terkait_langsung"),
        )
        .with_columns(pl.lit(BY_DIMENSION).alias("menurut"))
    )
    return pl.concat([pl.DataFrame(schema=SCHEMA), *(part.select(*SCHEMA) for part in parts)]).sort(
        "kode_desa", pl.col("menurut").replace_strict({BY_FIELD: 0, BY_SOURCE: 1, BY_DIMENSION: 2}), "kunci"
    )


def spending_marked(lines: pl.DataFrame, linked: pl.DataFrame) -> pl.DataFrame:
    """The lines of spending that count, with `_terkait` and `_langsung`."""
    touched = linked.group_by(LINE).agg((pl.col("kekuatan") == DIRECT).any().alias("_langsung"))
    return (
        lines.with_row_index(LINE)
        .filter(pl.col("daun") & (pl.col("jenis") == SPENDING))
        .join(touched, on=LINE, how="left")
        .with_columns(pl.col("_langsung").is_not_null().alias("_terkait"), pl.col("_langsung").fill_null(value=False))
    )
