"""The frame of findings: one row per fault, question or remark about the data, with its cell and what to do.

The contract's columns, in order, then `saran` (what to do) and `desa` (the village's name, so that a person need not
look its code up). Rules themselves, with their stable names, tingkat, titles and advice, are data
(`data/aturan.toml`) and are applied in `validate`.
"""

from collections.abc import Iterable
from typing import Final

import polars as pl

TITLE: Final = "Temuan pemeriksaan data desa"
"""Above every report of findings."""

LEVELS: Final = ("galat", "peringatan", "info")
"""Tingkat, gravest first: galat stops a decision, peringatan asks for a look, info only tells."""

SCHEMA: Final[dict[str, pl.DataType]] = {
    "berkas": pl.String(),
    "lembar": pl.String(),
    "baris": pl.Int64(),
    "sel": pl.String(),
    "kode_desa": pl.String(),
    "kolom": pl.String(),
    "aturan": pl.String(),
    "tingkat": pl.String(),
    "isi": pl.String(),
    "pesan": pl.String(),
    "saran": pl.String(),
    "desa": pl.String(),
}

MOST_PLACES: Final = 12
"""A summary with more kabupaten than this no longer fits a page; it then shows totals."""


def no_findings() -> pl.DataFrame:
    """An empty frame of findings."""
    return pl.DataFrame(schema=SCHEMA)


def gather(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """All findings in one frame, gravest first, then by rule, file, sheet and row (stable within those)."""
    rank = pl.col("tingkat").replace_strict({name: i for i, name in enumerate(LEVELS)}, return_dtype=pl.Int8)
    return pl.concat([no_findings(), *frames], how="vertical").sort(
        rank, "aturan", "berkas", "lembar", "baris", nulls_last=False, maintain_order=True
    )


def count(findings: pl.DataFrame, tingkat: str) -> int:
    """How many findings have this tingkat."""
    return findings.filter(pl.col("tingkat") == tingkat).height


def narrowed(summary: pl.DataFrame, most: int = MOST_PLACES) -> pl.DataFrame:
    """A summary by rule (`aturan, tingkat, judul, jumlah`, then places), without the places if they are too many."""
    fixed = summary.columns[:4]
    return summary.select(fixed) if summary.width - len(fixed) > most else summary
