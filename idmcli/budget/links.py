"""Which lines of a village's draft budget address which of its weak indicators: by code, and by words where no code."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from idmcli.budget.lines import FINANCING_OUT, SPENDING
from idmcli.parameters.crosswalk import SUPPORT, Crosswalk

CODE: Final = "kode"
TEXT: Final = "uraian"
"""`dasar`: what a link rests on."""
GOVERNMENT: Final = 1
"""Words are not looked for in the spending of this bidang: an office's own electricity is no village grid."""
LINE: Final = "_baris"
NUMBER: Final = (pl.col("anggaran") > 0) & pl.col("daun")

SCHEMA: Final = {
    "kode_desa": pl.String(),
    "kode": pl.String(),
    "kekuatan": pl.String(),
    "dasar": pl.String(),
    "alasan": pl.String(),
    "jenis": pl.String(),
    "kode_kegiatan": pl.String(),
    "uraian": pl.String(),
    "volume": pl.Float64(),
    "satuan": pl.String(),
    "anggaran": pl.Int64(),
    "sumber_dana": pl.String(),
    "berkas": pl.String(),
    "lembar": pl.String(),
    "baris": pl.Int64(),
    "sel": pl.String(),
    LINE: pl.UInt32(),
}


def links(lines: pl.DataFrame, weak: pl.DataFrame, crosswalk: Crosswalk, names: Mapping[str, str]) -> pl.DataFrame:
    """One row per village, weak indicator and line of money that addresses it.

    A line addresses an indicator by its activity's code. Where the code says nothing of that indicator, a word in its
    text (or in the text of the activity that it belongs to) may say that it supports it; a text that is only the
    activity's official name says nothing of its own, and words never make a line direct.

    Args:
        lines: `budget.lines`, subtotals too: they carry the activity's own text.
        weak: `kode_desa, kode` of the weak indicators.
        crosswalk: what addresses what.
        names: official names of activities by code.

    Returns:
        the columns of `SCHEMA`; `kode` is the indicator, `_baris` the number of the line in `lines`, from 0. Sorted by
        village, indicator (as in `weak`), strength, amount.
    """
    order = weak.select("kode_desa", "kode").with_row_index("_urut")
    numbered = lines.with_row_index(LINE)
    paid = numbered.filter(NUMBER & pl.col("jenis").is_in([SPENDING, FINANCING_OUT]))
    coded = paid.join(crosswalk.kegiatan, on="kode_kegiatan", how="inner").select(
        LINE, pl.col("indikator").alias("kode"), "kekuatan", pl.lit(CODE).alias("dasar"), "alasan"
    )
    worded = _by_words(numbered, paid, crosswalk, names).join(coded, on=[LINE, "kode"], how="anti")
    return (
        pl.concat([coded, worded])
        .join(paid, on=LINE)
        .join(order, on=["kode_desa", "kode"])
        .sort("_urut", "kekuatan", "dasar", -pl.col("anggaran"), LINE)
        .select(*SCHEMA)
    )


def _by_words(
    numbered: pl.DataFrame, paid: pl.DataFrame, crosswalk: Crosswalk, names: Mapping[str, str]
) -> pl.DataFrame:
    """`_baris, kode, kekuatan, dasar, alasan` of the lines whose text names an indicator's word."""
    searched = paid.filter(pl.col("bidang").fill_null(0) != GOVERNMENT)
    heads = numbered.filter(~pl.col("daun") & pl.col("kode_kegiatan").is_not_null()).select(
        "kode_desa", "kode_kegiatan", pl.col("uraian").alias("_teks")
    )
    own = searched.select(LINE, "kode_kegiatan", pl.col("uraian").alias("_teks"))
    above = searched.join(heads, on=["kode_desa", "kode_kegiatan"]).select(LINE, "kode_kegiatan", "_teks")
    official = pl.DataFrame(
        {"kode_kegiatan": list(names), "_resmi": list(names.values())},
        schema={"kode_kegiatan": pl.String(), "_resmi": pl.String()},
    )
    texts = (
        pl.concat([own, above])
        .join(official, on="kode_kegiatan", how="left")
        .filter((_folded("_teks") != _folded("_resmi")).fill_null(value=True))
        .select(LINE, "_teks")
        .drop_nulls()
    )
    words = pl.DataFrame(
        [(str(n), word.indikator, SUPPORT, TEXT, word.alasan) for n, word in enumerate(crosswalk.kata)],
        schema={"_kata": pl.String(), "kode": pl.String(), "kekuatan": pl.String(), "dasar": pl.String()}
        | {"alasan": pl.String()},
        orient="row",
    )
    return (
        texts.select(
            LINE, *(pl.col("_teks").str.contains(word.pattern).alias(str(n)) for n, word in enumerate(crosswalk.kata))
        )
        .unpivot(index=LINE, variable_name="_kata", value_name="_ada")
        .filter("_ada")
        .join(words, on="_kata", maintain_order="left")
        .select(LINE, "kode", "kekuatan", "dasar", "alasan")
        .unique([LINE, "kode"], keep="first", maintain_order=True)
    )


def _folded(column: str) -> pl.Expr:
    return pl.col(column).str.to_lowercase().str.replace_all(r"[^a-z0-9]", "")
