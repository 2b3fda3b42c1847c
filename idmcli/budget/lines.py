"""The frame of budget lines: what every RAPBDes becomes, whatever it looked like.

One row is one amount of a village's draft budget with the cell it stands in. Amounts are whole rupiah; sums over rows
with `daun` are the budget, the other rows are subtotals that the input states, kept only to check its sums.
"""

from collections.abc import Iterable
from typing import Final

import polars as pl

INCOME: Final = "pendapatan"
SPENDING: Final = "belanja"
FINANCING_IN: Final = "penerimaan_pembiayaan"
FINANCING_OUT: Final = "pengeluaran_pembiayaan"
KINDS: Final = (INCOME, SPENDING, FINANCING_IN, FINANCING_OUT)
"""`jenis`: the four groups of an APBDes."""

SOURCES: Final = ("DDS", "ADD", "PAD", "PBH", "PBP", "PBK", "DLL")
"""`sumber_dana` in normal form: Dana Desa, Alokasi Dana Desa, own income, share of taxes, aid of province and of
kabupaten, others."""

LINES: Final[dict[str, pl.DataType]] = {
    "kode_desa": pl.String(),
    "tahun": pl.Int32(),
    "berkas": pl.String(),
    "lembar": pl.String(),
    "baris": pl.Int64(),
    "sel": pl.String(),
    "jenis": pl.String(),
    "kode_kegiatan": pl.String(),
    "bidang": pl.Int8(),
    "kode_rekening": pl.String(),
    "uraian": pl.String(),
    "volume": pl.Float64(),
    "satuan": pl.String(),
    "anggaran": pl.Int64(),
    "sumber_dana": pl.String(),
    "daun": pl.Boolean(),
}
"""Columns of a frame of lines, in order.

`kode_desa` ten digits, null while the village is not known; `tahun` the fiscal year, null where nothing states it;
`berkas, lembar, baris, sel` where the amount stands (`sel` as `Sheet!E12`); `jenis` one of `KINDS`; `kode_kegiatan`
`2.2.01`, null for income, financing, and spending without a code; `bidang` 1–5 (null likewise); `kode_rekening` the
economic account (`5.2.1`, `4.1.1`), null if absent; `uraian` as typed, on one line; `volume` and `satuan` the output;
`anggaran` rupiah; `sumber_dana` one of `SOURCES` or null; `daun` whether this row counts.
"""


def no_lines() -> pl.DataFrame:
    """An empty frame of lines."""
    return pl.DataFrame(schema=LINES)


def stack(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Frames of lines one below the other, in the order given."""
    return pl.concat([no_lines(), *frames], how="vertical")


def counted(lines: pl.DataFrame) -> pl.DataFrame:
    """The rows that make up the budget (`daun`), without the subtotals."""
    return lines.filter("daun")
