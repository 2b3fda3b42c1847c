"""Which indicators moved a village, and by how much."""

import polars as pl

from idmcli.columns import KODE_DESA
from idmcli.rubric.model import Rubric
from idmcli.sentences import said
from idmcli.words import signed

NAMED = 5
"""So many contributions are named in a village's text; the frame of causes has them all."""


def contributions(before: pl.DataFrame, after: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """Everything that changed between two years in the villages of both, largest first within a village.

    Args:
        before: scored rows of the earlier year, one per code.
        after: the same of the later year.
        rubric: gives what a point is worth.

    Returns:
        `kode_desa, kode, nama, skor_sebelum, skor` (Int32), `selisih_k` (Int32, units of 1/scale; a village's rows add
        up to the change of its `idm_k`). By indicator where both years have all scores in columns, else by dimension,
        in points.
    """
    shared = set(before.columns) & set(after.columns)
    if shared.issuperset(rubric.codes):
        values = {row.kode: pl.col(row.kode).cast(pl.Int32) for row in rubric.indikator}
        units = {row.kode: rubric.unit(rubric.dimension_of(row.kode)) for row in rubric.indikator}
    else:
        values = {row.kode: (pl.col(row.kolom) * row.maksimum).round().cast(pl.Int32) for row in rubric.dimensi}
        units = {row.kode: rubric.unit(row) for row in rubric.dimensi}
    names = {row.kode: row.singkat for row in rubric.indikator} | {row.kode: row.nama for row in rubric.dimensi}
    order = {kode: rank for rank, kode in enumerate(units)}
    now = after.join(before, on=KODE_DESA, how="semi")
    then = now.select(KODE_DESA).join(before, on=KODE_DESA, how="left", maintain_order="left")
    was, became = (
        frame.select(KODE_DESA, *(value.alias(kode) for kode, value in values.items())).unpivot(
            index=KODE_DESA, variable_name="kode", value_name=name
        )
        for frame, name in ((then, "skor_sebelum"), (now, "skor"))
    )
    unit = pl.col("kode").replace_strict(units, return_dtype=pl.Int32)
    return (
        was.with_columns(became.get_column("skor"))
        .filter(pl.col("skor") != pl.col("skor_sebelum"))
        .with_columns(((pl.col("skor") - pl.col("skor_sebelum")) * unit).alias("selisih_k"))
        .sort(
            KODE_DESA,
            pl.col("selisih_k").abs(),
            pl.col("kode").replace_strict(order, return_dtype=pl.Int32),
            descending=[False, True, False],
        )
        .select(
            KODE_DESA,
            "kode",
            pl.col("kode").replace_strict(names, return_dtype=pl.String).alias("nama"),
            "skor_sebelum",
            "skor",
            "selisih_k",
        )
    )


def causes(moved: pl.DataFrame, before: pl.DataFrame, after: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """The `contributions` in the direction of each village's move.

    Args:
        moved: `kode_desa` and `arah` (+1 rose, -1 fell).
        before: scored rows of the earlier year, one per code.
        after: the same of the later year.
        rubric: gives what a point is worth.
    """
    here = after.join(moved, on=KODE_DESA, how="semi")
    return (
        contributions(before, here, rubric)
        .join(moved, on=KODE_DESA, maintain_order="left")
        .filter(pl.col("selisih_k") * pl.col("arah") > 0)
        .drop("arah")
    )


def described(why: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """`kode_desa` and `penyebab`: `IKL03 0→3 (+0,0667), IKS11 1→5 (+0,0076)` in IDM, and how many are not named."""
    change = pl.col("selisih_k").map_elements(lambda k: signed(k / rubric.scale), return_dtype=pl.String)
    item = said("{} {}→{} ({})", "kode", "skor_sebelum", "skor", change)
    others = pl.len().cast(pl.Int64) - NAMED
    return (
        why.select(KODE_DESA, item.alias("item"))
        .group_by(KODE_DESA, maintain_order=True)
        .agg(pl.col("item").head(NAMED).str.join(", ").alias("penyebab"), others.alias("others"))
        .select(
            KODE_DESA,
            pl.when(pl.col("others") > 0)
            .then(said("{}, dan {} lain", "penyebab", "others"))
            .otherwise(pl.col("penyebab"))
            .alias("penyebab"),
        )
    )
