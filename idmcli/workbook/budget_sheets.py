"""The sheets of verified village budgets: indicators, traced lines, all spending, checks, rankings."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from idmcli.budget.lines import SPENDING
from idmcli.budget.links import LINE
from idmcli.budget.recap import VERDICT_COLUMNS
from idmcli.budget.verify import Verification
from idmcli.sentences import said
from idmcli.words import whole
from idmcli.workbook.catalogue import Column
from idmcli.workbook.sheets import SheetSpec

PEOPLE: Final = (
    Column("kode_desa", "Kode desa", "teks", 12),
    Column("desa", "Desa", "teks", 22),
    Column("kecamatan", "Kecamatan", "teks", 18),
)
MONEY: Final = 15
RULE: Final = (
    "Diharapkan: bila langkah jalur terkecil yang dianggarkan langsung berhasil. Terkait: belanja yang menjawab "
    "sedikitnya satu indikator lemah, setiap baris dihitung sekali."
)


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


def ranking_sheet(hasil: Verification, judul: str) -> SheetSpec:
    """The villages, those whose budgets answer the fewest of their weak indicators last."""
    share = pl.col("dianggarkan") / pl.when(pl.col("lemah_desa") > 0).then("lemah_desa")
    rows = (
        hasil.desa.with_columns(
            share.alias("cakupan"),
            (pl.col("terkait") / pl.when(pl.col("belanja") > 0).then("belanja")).alias("bagian_terkait"),
            (pl.col("terkait_langsung") / pl.when(pl.col("belanja") > 0).then("belanja")).alias("bagian_langsung"),
            said("{} dari {}", "langkah_dianggarkan", "langkah").alias("jalur_dianggarkan"),
        )
        .sort("cakupan", "bagian_langsung", "kode_desa", descending=[True, True, False], nulls_last=True)
        .with_row_index("peringkat", 1)
        .with_columns(pl.col("peringkat").cast(pl.Int64))
    )
    entries = (
        Column("peringkat", "Peringkat", "nomor", 9),
        *PEOPLE[1:],
        Column("status", "Status kini", "status", 19),
        Column("putusan", "Usulan putusan", "teks", 16),
        Column("cakupan", "Cakupan indikator lemah", "persen", 10),
        Column("lemah_desa", "Lemah, kewenangan desa", "bulat", 11),
        Column("dianggarkan", "Dianggar-kan", "bulat", 10),
        Column("hanya_pendukung", "Hanya pendukung", "bulat", 10),
        Column("belum_dianggarkan", "Belum dianggar-kan", "bulat", 10),
        Column("belanja", "Belanja (Rp)", "bulat", MONEY),
        Column("terkait_langsung", "Terkait langsung (Rp)", "bulat", MONEY),
        Column("bagian_langsung", "Bagian langsung", "persen", 9),
        Column("terkait", "Terkait (Rp)", "bulat", MONEY),
        Column("bagian_terkait", "Bagian terkait", "persen", 9),
        Column("jalur_dianggarkan", "Langkah jalur dianggarkan", "teks", 11),
        Column("status_harapan", "Status diharapkan", "status", 19),
        Column("idm_harapan", "IDM diharapkan", "indeks", 11),
        Column("temuan_galat", "Kesalahan berkas", "bulat", 9),
        PEOPLE[0],
    )
    return SheetSpec(
        "DESA",
        judul,
        rows,
        (f"{whole(rows.height)} desa dengan RAPBDes, menurut cakupan: bagian indikator lemah yang dianggarkan.", RULE),
        kolom=entries,
        beku=2,
        cetak_kolom=[entry.nama for entry in entries].index("terkait"),
        kosong="Tidak ada desa dengan RAPBDes.",
        jumlah=frozenset({"belanja", "terkait", "terkait_langsung", "belum_dianggarkan"}),
    )


def recap_sheet(recap: pl.DataFrame, level: str) -> SheetSpec:
    """Villages, verdicts and coverage per kecamatan or kabupaten."""
    entries = (
        Column("kode", "Kode", "teks", 9),
        *((Column("kecamatan", "Kecamatan", "teks", 22),) if level == "kecamatan" else ()),
        Column("kabupaten", "Kabupaten", "teks", 18),
        Column("jumlah_desa", "Desa dengan RAPBDes", "bulat", 10),
        Column("tanpa_berkas", "Desa tanpa berkas", "bulat", 10),
        *(Column(name, verdict.capitalize(), "bulat", 10) for verdict, name in VERDICT_COLUMNS.items()),
        Column("belanja", "Belanja (Rp)", "bulat", MONEY + 2),
        Column("terkait_langsung", "Terkait langsung (Rp)", "bulat", MONEY + 2),
        Column("terkait", "Terkait (Rp)", "bulat", MONEY + 2),
        Column("lemah_desa", "Indikator lemah, kewenangan desa", "bulat", 12),
        Column("dianggarkan", "Dianggarkan", "bulat", 12),
        Column("belum_dianggarkan", "Belum dianggarkan", "bulat", 12),
        Column("naik", "Desa naik status bila berhasil", "bulat", 12),
        Column("temuan_galat", "Kesalahan berkas", "bulat", 10),
    )
    return SheetSpec(
        level.upper(),
        f"Rekap per {level}",
        recap,
        kolom=entries,
        beku=2,
        jumlah=frozenset(entry.nama for entry in entries if entry.kind == "bulat"),
    )


def neglected_sheet(indicators: pl.DataFrame) -> SheetSpec:
    """Indicators by how many villages lack them without any budget; those that nobody budgets for first."""
    rows = indicators.with_columns(
        (pl.col("dianggarkan") + pl.col("hanya_pendukung") == 0).alias("tanpa_anggaran"),
        (pl.col("belum_dianggarkan") / pl.col("desa_lemah")).alias("bagian_belum"),
    ).sort("tanpa_anggaran", "bagian_belum", "belum_dianggarkan", descending=True, maintain_order=True)
    entries = (
        Column("kode", "Kode indikator", "teks", 9),
        Column("singkat", "Indikator", "panjang", 26),
        Column("dimensi", "Dimensi", "teks", 9),
        Column("desa_lemah", "Desa yang lemah", "bulat", 9),
        Column("belum_dianggarkan", "Belum dianggarkan", "bulat", 12),
        Column("hanya_pendukung", "Hanya pendukung", "bulat", 12),
        Column("dianggarkan", "Dianggarkan", "bulat", 12),
        Column("bagian_belum", "Bagian belum", "persen", 9),
        Column("tanpa_anggaran", "Tidak seorang pun menganggarkan", "ya", 16),
        Column("langkah", "Langkah jalur di desa", "bulat", 10),
        Column("langkah_belum", "di antaranya belum", "bulat", 11),
        Column("anggaran_langsung", "Langsung (Rp)", "bulat", MONEY + 2),
        Column("anggaran_pendukung", "Pendukung (Rp)", "bulat", MONEY + 2),
    )
    return SheetSpec(
        "INDIKATOR",
        "Uang menurut indikator, dan indikator yang tidak dianggarkan",
        rows,
        (
            "Indikator lemah dalam kewenangan desa, yang tidak dianggarkan siapa pun lebih dahulu. Satu kegiatan dapat "
            "menjawab beberapa indikator: jumlah kolom rupiah bukan jumlah belanja.",
        ),
        kolom=entries,
        beku=2,
        jumlah=frozenset(),
    )


def absent_sheet(absent: pl.DataFrame) -> SheetSpec:
    """Villages without a file."""
    return SheetSpec(
        "TANPA BERKAS",
        "Desa tanpa RAPBDes",
        absent,
        ("Desa dalam data IDM yang RAPBDes-nya belum ada di antara berkas yang dibaca.",),
        kolom=(*PEOPLE, Column("kabupaten", "Kabupaten", "teks", 18), Column("status", "Status kini", "status", 19)),
        beku=2,
        kosong="Semua desa menyerahkan RAPBDes.",
        jumlah=frozenset(),
    )


def _named(frame: pl.DataFrame, villages: pl.DataFrame) -> pl.DataFrame:
    return frame.join(villages.select("kode_desa", "desa", "kecamatan"), on="kode_desa", maintain_order="left")
