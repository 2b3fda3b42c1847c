"""What stands in the way of comparing years, and what makes a change doubtful."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from idmcli import columns as col
from idmcli.compare import SCORED, Rows
from idmcli.errors import UsageError
from idmcli.validate.catalog import Copy
from idmcli.words import decimal, listed, whole

DATING: Final = "Tulis tahun di kolom TAHUN, judul tabel, nama lembar, atau nama berkas (misalnya kaltara-2023.xlsx)."


def copied(rows: Rows, copies: Sequence[Copy]) -> list[str]:
    """Indicators that are known to be copies of each other in a year: a change since then may be none.

    Args:
        rows: the rows of all years.
        copies: pairs of indicators, and when equality says that one is a copy (`aturan.toml`).
    """
    notes = []
    for copy in copies:
        for year in rows.tahun:
            scored = rows.of(year).filter(SCORED)
            known = year in copy.tahun or scored.height >= copy.baris
            if scored.height and known and scored.get_column(copy.asal).equals(scored.get_column(copy.salinan)):
                notes.append(
                    f"{copy.asal} dan {copy.salinan} sama di semua {whole(scored.height)} baris {year}: yang satu "
                    "mungkin salinan, jadi perubahannya belum tentu nyata (lihat idm validate)"
                )
    return notes


def refuse_conflicts(rows: Rows) -> None:
    """Inputs that differ on the same village and year: which one is true is not ours to choose."""
    if rows.bertentangan.is_empty():
        return
    first, *_ = rows.bertentangan.iter_rows(named=True)
    same = pl.all_horizontal(pl.col(name) == first[name] for name in (col.TAHUN, col.KODE_DESA))
    told = [f"{decimal(row['idm'])} di {row[col.BERKAS]}" for row in rows.bertentangan.filter(same).to_dicts()]
    others = rows.bertentangan.select(col.TAHUN, col.KODE_DESA).n_unique() - 1
    files = rows.bertentangan.get_column(col.BERKAS).unique(maintain_order=True).to_list()
    raise UsageError(
        f"Tahun {first[col.TAHUN]} diberikan lebih dari sekali dengan isi berbeda: {first[col.KODE_DESA]} "
        f"{first['desa'] or ''}: IDM {', '.join(told)}" + (f"; dan {whole(others)} desa lain" if others else ""),
        f"Beri satu berkas per tahun, atau gabungkan dulu: idm merge {' '.join(files[:3])} --pilih terbaru",
    )


def refuse_years(rows: Rows, inputs: Sequence[pl.DataFrame], wanted: Sequence[int]) -> None:
    """A comparison needs two years, and every year asked for."""
    there = sorted({year for frame in inputs for year in frame.get_column(col.TAHUN).drop_nulls().unique().to_list()})
    told = ", ".join(map(str, there))
    absent = sorted(set(wanted) - set(there))
    if absent and there:
        raise UsageError(f"Tahun {absent[0]} tidak ada dalam data; yang ada: {told}", "Periksa isi --tahun.")
    if len(rows.tahun) >= 2:
        return
    if not there:
        raise UsageError("Tidak satu pun baris menyebut tahunnya", DATING)
    undated = [frame.filter(pl.col(col.TAHUN).is_null()) for frame in inputs]
    files = dict.fromkeys(file for frame in undated for file in frame.get_column(col.BERKAS).drop_nulls())
    number = sum(frame.height for frame in undated)
    raise UsageError(
        f"Hanya ada satu tahun ({', '.join(map(str, rows.tahun)) or told})"
        + (f"; {whole(number)} baris tidak menyebut tahunnya ({listed([*files], 3)})" if number else ""),
        DATING if number else "Tambahkan berkas tahun lain, atau folder yang memuat beberapa tahun.",
    )
