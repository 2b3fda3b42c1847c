"""Rows that name a village by `no` and an indicator by `kode`, told in words."""

from typing import Final

import polars as pl

from idmcli import columns as col
from idmcli.rubric.model import Rubric
from idmcli.workbook.works import actor

NUMBER: Final = "no"
WHO: Final = (col.KODE_DESA, "desa", "kecamatan", "kabupaten")


def years(frame: pl.DataFrame) -> list[str]:
    """The column of years where there are several."""
    return [col.TAHUN] if col.TAHUN in frame.columns and frame.get_column(col.TAHUN).n_unique() > 1 else []


def described(frame: pl.DataFrame, villages: pl.DataFrame, further: tuple[str, ...] = ()) -> pl.DataFrame:
    """The frame, same order, with who each row is about (and `further` columns of the villages)."""
    names = [*WHO, *further, *years(villages)]
    told = villages.select(NUMBER, *(name for name in names if name not in frame.columns))
    return frame.join(told, on=NUMBER, how="left", maintain_order="left")


def with_names(frame: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """The frame with `indikator`, the short name of `kode`."""
    names = {indicator.kode: indicator.singkat for indicator in rubric.indikator}
    return frame.with_columns(pl.col("kode").replace_strict(names, return_dtype=pl.String).alias("indikator"))


def with_words(steps: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """Steps (`kode, dari, ke`) with `indikator, syarat_kini, syarat_tujuan, kegiatan` and `pelaku` (names)."""
    rows = [
        (indicator.kode, row.skor, row.syarat, row.kegiatan) for indicator in rubric.indikator for row in indicator.skor
    ]
    texts = pl.DataFrame(
        rows, orient="row", schema={"kode": pl.String, "dari": pl.Int8, "syarat_kini": pl.String, "kegiatan": pl.String}
    )
    goals = texts.select("kode", pl.col("dari").alias("ke"), pl.col("syarat_kini").alias("syarat_tujuan"))
    actors = pl.DataFrame(
        {
            "kode": list(rubric.codes),
            "pelaku": [list(indicator.pelaku) for indicator in rubric.indikator],
        },
        schema={"kode": pl.String, "pelaku": pl.List(pl.String)},
    )
    return (
        with_names(steps, rubric)
        .with_columns(pl.col("dari", "ke").cast(pl.Int8))
        .join(texts, on=["kode", "dari"], how="left", maintain_order="left")
        .join(goals, on=["kode", "ke"], how="left", maintain_order="left")
        .join(with_actors(actors), on="kode", how="left", maintain_order="left")
    )


def with_actors(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with `pelaku` as one text of names instead of a list of codes."""
    return frame.with_columns(pl.col("pelaku").list.eval(actor("")).list.join(", ").alias("pelaku"))
