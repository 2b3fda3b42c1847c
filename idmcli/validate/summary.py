"""Findings counted by rule and kabupaten."""

from typing import Final

import polars as pl

from idmcli.columns import BARIS, BERKAS, KODE_DESA, LEMBAR
from idmcli.findings import LEVELS
from idmcli.validate.catalog import load_catalog

ELSEWHERE: Final = "di luar desa"
"""The column of findings that belong to no kabupaten (sheets, columns, documents)."""


def summarise(findings: pl.DataFrame, desa: pl.DataFrame) -> pl.DataFrame:
    """One row per rule with findings: `aturan, tingkat, judul, jumlah`, then one column of counts per kabupaten.

    Args:
        findings: as `validate` gives them.
        desa: the village table's rows, for the kabupaten of each.

    Returns:
        Gravest rules first, then the most findings; kabupaten in code order under their names as typed (the code's
        first four digits where no name is known), `di luar desa` last; counts are Int64, 0 where there is none.
    """
    titles = pl.DataFrame(
        [(rule.nama, rule.judul) for rule in load_catalog().rules],
        schema={"aturan": pl.String, "judul": pl.String},
        orient="row",
    )
    prefix = pl.col(KODE_DESA).str.slice(0, 4)
    named = (
        desa.select(KODE_DESA, "kabupaten")
        .filter(pl.col(KODE_DESA).is_not_null())
        .group_by(prefix.alias("awalan"))
        .agg(pl.col("kabupaten").drop_nulls().mode().sort().first())
        .with_columns(pl.col("kabupaten").fill_null(pl.col("awalan")))
        .sort("awalan")
    )
    rows = desa.select(BERKAS, LEMBAR, pl.col(BARIS).cast(pl.Int64), tertulis="kabupaten").unique(
        [BERKAS, LEMBAR, BARIS], keep="first"
    )
    placed = (
        findings.with_columns(awalan=prefix)
        .join(named, on="awalan", how="left", maintain_order="left")
        .join(rows, on=[BERKAS, LEMBAR, BARIS], how="left", nulls_equal=True, maintain_order="left")
        .with_columns(pl.coalesce("kabupaten", "tertulis", "awalan").fill_null(ELSEWHERE))
    )
    present = placed.get_column("kabupaten").unique().to_list()
    ordered = [name for name in dict.fromkeys(named.get_column("kabupaten").to_list()) if name in present]
    rest = sorted(name for name in present if name not in ordered and name != ELSEWHERE)
    counts = [
        (pl.col("kabupaten") == name).sum().cast(pl.Int64).alias(name)
        for name in (*ordered, *rest, *([ELSEWHERE] if ELSEWHERE in present else []))
    ]
    grave = pl.col("tingkat").replace_strict({name: place for place, name in enumerate(LEVELS)}, return_dtype=pl.Int8)
    return (
        placed.group_by("aturan", "tingkat", maintain_order=True)
        .agg(pl.len().cast(pl.Int64).alias("jumlah"), *counts)
        .join(titles, on="aturan", how="left", maintain_order="left")
        .sort(grave, -pl.col("jumlah"), "aturan")
        .select("aturan", "tingkat", "judul", pl.exclude("aturan", "tingkat", "judul"))
    )
