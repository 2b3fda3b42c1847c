"""The sheets of a verified village budget: indicators, traced lines, all spending, checks, verdicts."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from idmcli.budget.lines import SPENDING
from idmcli.budget.links import LINE
from idmcli.budget.verify import Verification
from idmcli.workbook.catalogue import Column
from idmcli.workbook.sheets import SheetSpec

PEOPLE: Final = (
    Column("kode_desa", "Kode desa", "teks", 12),
    Column("desa", "Desa", "teks", 22),
    Column("kecamatan", "Kecamatan", "teks", 18),
)
MONEY: Final = 15


def indicator_sheet(hasil: Verification, *, several: bool) -> SheetSpec:
    """Weak indicators with what the budget gives them; with the village's name where there are several."""
    rows = _named(hasil.indikator, hasil.desa)
    entries = (
        *(PEOPLE if several else ()),
        Column("kode", "Kode indikator", "teks", 9),
        Column("singkat", "Indikator", "panjang", 24),
        Column("skor", "Skor", "nomor", 6),
        Column("langkah", "Langkah jalur", "ya", 9),
        Column("ke", "Ke skor (jalur)", "nomor", 8),
        Column("keadaan", "Keadaan", "teks", 19),
        Column("anggaran_langsung", "Langsung (Rp)", "bulat", MONEY),
        Column("anggaran_pendukung", "Pendukung (Rp)", "bulat", MONEY),
        Column("tambahan", "Tambahan IDM bila penuh", "selisih", 11),
        Column("kegiatan", "Kegiatan yang dianjurkan", "panjang", 38),
        Column("siapa", "Pihak lain", "panjang", 30),
        Column("alasan_kewenangan", "Mengapa bukan desa", "panjang", 30),
    )
    return SheetSpec(
        "INDIKATOR",
        "Indikator lemah dan anggarannya",
        rows,
        ("Satu kegiatan dapat menjawab beberapa indikator: jumlah kolom rupiah bukan jumlah belanja.",),
        kolom=entries,
        beku=5 if several else 2,
        kosong="Tidak ada indikator lemah.",
        jumlah=frozenset(),
    )


def link_sheet(hasil: Verification, *, several: bool) -> SheetSpec:
    """Every line that addresses a weak indicator, with the cell it stands in."""
    rows = _named(hasil.tautan, hasil.desa).join(
        hasil.indikator.select("kode_desa", "kode", "singkat"), on=["kode_desa", "kode"], maintain_order="left"
    )
    entries = (
        *(PEOPLE if several else ()),
        Column("kode", "Kode indikator", "teks", 9),
        Column("singkat", "Indikator", "panjang", 22),
        Column("kekuatan", "Kaitan", "teks", 11),
        Column("dasar", "Berdasar", "teks", 9),
        Column("kode_kegiatan", "Kode kegiatan", "teks", 9),
        Column("uraian", "Uraian", "panjang", 40),
        Column("volume", "Volume", "angka", 9),
        Column("satuan", "Satuan", "teks", 9),
        Column("anggaran", "Anggaran (Rp)", "bulat", MONEY),
        Column("sumber_dana", "Sumber", "teks", 8),
        Column("sel", "Sel", "teks", 18),
        Column("alasan", "Alasan kaitan", "panjang", 40),
        Column("berkas", "Berkas", "panjang", 34),
    )
    return SheetSpec(
        "RINCIAN",
        "Baris RAPBDes yang menjawab indikator lemah",
        rows,
        (
            "Baris yang menjawab beberapa indikator tertulis pada masing-masing. Berdasar uraian: hanya kata dalam "
            "uraian yang menunjuk, kode kegiatannya tidak; selalu pendukung.",
        ),
        kolom=entries,
        beku=5 if several else 2,
        kosong="Tidak ada baris yang menjawab indikator lemah.",
        jumlah=frozenset(),
    )


def spending_sheet(hasil: Verification, names: Mapping[str, str]) -> SheetSpec:
    """All lines of a village that count, and which weak indicators each addresses."""
    tied = hasil.tautan.group_by(LINE, maintain_order=True).agg(pl.col("kode").str.join(", ").alias("menjawab"))
    official = pl.DataFrame(
        {"kode_kegiatan": list(names), "kegiatan": list(names.values())},
        schema={"kode_kegiatan": pl.String(), "kegiatan": pl.String()},
    )
    rows = (
        hasil.lines.filter("daun")
        .join(tied, on=LINE, how="left", maintain_order="left")
        .join(official, on="kode_kegiatan", how="left", maintain_order="left")
        .with_columns(
            pl.when(pl.col("jenis") == SPENDING).then("anggaran").alias("belanja"),
            pl.col("jenis").str.replace("_", " "),
        )
    )
    entries = (
        Column("jenis", "Jenis", "teks", 15),
        Column("kode_kegiatan", "Kode kegiatan", "teks", 9),
        Column("kegiatan", "Kegiatan menurut Permendagri 20/2018", "panjang", 34),
        Column("kode_rekening", "Rekening", "teks", 10),
        Column("uraian", "Uraian", "panjang", 40),
        Column("volume", "Volume", "angka", 9),
        Column("satuan", "Satuan", "teks", 9),
        Column("anggaran", "Anggaran (Rp)", "bulat", MONEY),
        Column("belanja", "Belanja (Rp)", "bulat", MONEY),
        Column("sumber_dana", "Sumber", "teks", 8),
        Column("menjawab", "Indikator lemah yang dijawab", "panjang", 30),
        Column("sel", "Sel", "teks", 18),
        Column("berkas", "Berkas", "panjang", 34),
    )
    return SheetSpec(
        "BELANJA",
        "Semua baris RAPBDes yang dihitung",
        rows,
        kolom=entries,
        beku=2,
        kosong="Tidak ada baris.",
        jumlah=frozenset({"belanja"}),
    )


def check_sheet(hasil: Verification, *, several: bool) -> SheetSpec:
    """The formal rules with their figures."""
    rows = _named(hasil.formal, hasil.desa)
    entries = (
        *(PEOPLE if several else ()),
        Column("judul", "Pemeriksaan", "panjang", 44),
        Column("hasil", "Hasil", "teks", 20),
        Column("angka", "Angka", "teks", 18),
        Column("jumlah", "Yang dihitung (Rp)", "bulat", MONEY),
        Column("ragu", "Belum pasti (Rp)", "bulat", MONEY),
        Column("dari", "Dari (Rp)", "bulat", MONEY),
        Column("catatan", "Catatan", "panjang", 44),
        Column("dihitung", "Cara menghitung", "panjang", 50),
        Column("acuan", "Acuan", "panjang", 36),
    )
    return SheetSpec(
        "FORMAL", "Pemeriksaan formal dari angka", rows, kolom=entries, beku=4 if several else 1, jumlah=frozenset()
    )


def verdict_sheet(hasil: Verification, *, several: bool) -> SheetSpec:
    """The proposed verdict per aspect."""
    rows = _named(hasil.aspek, hasil.desa).with_columns(pl.col("alasan").list.join(" "))
    entries = (
        *(PEOPLE if several else ()),
        Column("judul", "Aspek", "panjang", 30),
        Column("putusan", "Usulan putusan", "teks", 16),
        Column("alasan", "Alasan", "panjang", 70),
        Column("acuan", "Acuan", "panjang", 36),
    )
    return SheetSpec(
        "PUTUSAN", "Usulan putusan dan alasannya", rows, kolom=entries, beku=4 if several else 1, jumlah=frozenset()
    )


def _named(frame: pl.DataFrame, villages: pl.DataFrame) -> pl.DataFrame:
    return frame.join(villages.select("kode_desa", "desa", "kecamatan"), on="kode_desa", maintain_order="left")
