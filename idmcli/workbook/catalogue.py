"""What officers read above a column, how wide it is and how its figures are shown: one entry per known column."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import polars as pl

Kind = Literal[
    "teks",
    "panjang",
    "bulat",
    "nomor",
    "angka",
    "satu",
    "rata",
    "indeks",
    "selisih",
    "persen",
    "status",
    "tingkat",
    "ya",
]
"""`panjang` is wrapped text; `nomor` a number that is a name (a year); `angka` any number as it is; `satu` and `rata`
are means with 1 and 2 decimals; `indeks` 0–1 with 4 decimals; `selisih` signed with 4 decimals; `ya` ya/tidak."""

WIDEST: Final = 48.0
NARROWEST: Final = 7.0


@dataclass(frozen=True)
class Column:
    """One column of a sheet: frame column, header, kind, width in characters (None: by content), band above it."""

    nama: str
    judul: str
    kind: Kind = "teks"
    width: float | None = None
    grup: str = ""


_COLUMNS: Final = (
    Column("kode_desa", "Kode desa", "teks", 12),
    Column("desa", "Desa"),
    Column("kecamatan", "Kecamatan"),
    Column("kabupaten", "Kabupaten"),
    Column("provinsi", "Provinsi"),
    Column("tahun", "Tahun", "nomor", 7),
    Column("iks", "IKS", "indeks", 7.5),
    Column("ike", "IKE", "indeks", 7.5),
    Column("ikl", "IKL", "indeks", 7.5),
    Column("idm", "IDM", "indeks", 7.5),
    Column("idm_k", "IDM_K", "nomor", 7),
    Column("status", "Status", "status", 19),
    Column("iks_terbit", "IKS terbit", "indeks", 7.5),
    Column("ike_terbit", "IKE terbit", "indeks", 7.5),
    Column("ikl_terbit", "IKL terbit", "indeks", 7.5),
    Column("idm_terbit", "IDM terbit", "indeks", 7.5),
    Column("status_terbit", "Status terbit", "status", 19),
    Column("target_status_terbit", "Target status terbit", "status", 19),
    Column("skor_minimal_terbit", "Skor minimal terbit", "indeks", 9),
    Column("penambahan_terbit", "Penambahan terbit", "selisih", 11),
    Column("cocok", "Cocok", "ya", 8),
    Column("alasan", "Alasan", "panjang", 60),
    Column("keterangan", "Keterangan"),
    Column("cara_kode", "Cara kode"),
    Column("usulan_kode", "Usulan kode", "teks", 12),
    Column("status_sebelum", "Status sebelum", "status", 19),
    Column("idm_sebelum", "IDM sebelum", "indeks", 9),
    Column("selisih_k", "Selisih IDM_K", "bulat", 9),
    Column("selisih_idm", "Selisih IDM", "selisih", 10),
    Column("kode", "Kode indikator", "teks", 10),
    Column("nama", "Indikator"),
    Column("penyebab", "Penyebab", "panjang", 60),
    Column("target_status", "Target status", "status", 19),
    Column("skor_minimal", "Skor minimal", "indeks", 9),
    Column("penambahan", "Penambahan", "selisih", 12),
    Column("pantau", "Pantau", "ya", 8),
    Column("berkas", "Berkas"),
    Column("lembar", "Lembar"),
    Column("baris", "Baris", "nomor", 7),
    Column("sel", "Sel", "teks", 16),
    Column("kolom", "Kolom", "teks", 16),
    Column("aturan", "Aturan", "teks", 24),
    Column("tingkat", "Tingkat", "tingkat", 11),
    Column("isi", "Isi", "teks", 18),
    Column("pesan", "Pesan", "panjang", 60),
    Column("saran", "Yang perlu dilakukan", "panjang", 50),
    Column("singkat", "Indikator", "panjang", 24),
    Column("indikator", "Indikator", "panjang", 24),
    Column("dimensi", "Dimensi", "teks", 9),
    Column("skor", "Skor", "nomor", 6),
    Column("maksimum", "Skor tertinggi", "nomor", 8.5),
    Column("kurang", "Poin kurang", "bulat", 8),
    Column("dari", "Dari skor", "nomor", 6),
    Column("ke", "Ke skor", "nomor", 6),
    Column("langkah", "Langkah", "nomor", 9),
    Column("poin", "Poin", "nomor", 6),
    Column("tambahan", "Tambahan IDM", "selisih", 10.5),
    Column("syarat_kini", "Keadaan kini", "panjang", 28),
    Column("syarat_tujuan", "Yang harus tercapai", "panjang", 28),
    Column("kegiatan", "Kegiatan", "panjang", 38),
    Column("terkunci", "Terkunci karena", "panjang", 40),
    Column("pelaku", "Pelaku", "teks", 13),
    Column("instansi", "Instansi", "panjang", 16),
    Column("pendukung", "Dapat didukung oleh", "panjang", 30),
    Column("alasan_pelaku", "Alasan pelaku", "panjang", 30),
    Column("kelompok", "Dikerjakan bersama", "panjang", 24),
    Column("nama_kelompok", "Dikerjakan bersama", "panjang", 24),
    Column("tahun_rencana", "Tahun rencana", "nomor", 8.5),
    Column("prioritas", "Prioritas", "nomor", 9),
    Column("urutan", "Urutan", "nomor", 8),
    Column("pilihan", "Pilihan", "nomor", 8),
    Column("target", "Target", "status", 19),
    Column("keadaan", "Keadaan", "teks", 16),
    Column("butuh", "IDM yang kurang", "indeks", 9),
    Column("jumlah_langkah", "Banyak indikator", "bulat", 10),
    Column("idm_baru", "IDM sesudah", "indeks", 9),
    Column("status_baru", "Status sesudah", "status", 19),
    Column("jalur", "Jalur", "panjang", 46),
    Column("jalur_setara", "Jalur setara", "bulat", 9),
    Column("alasan_jalur", "Mengapa tidak ada jalur", "panjang", 60),
    Column("beda", "Beda dari jalur utama", "panjang", 40),
    Column("naik", "Naik menurut rencana", "ya", 10),
    Column("dalam_rencana", "Naik menurut rencana", "ya", 10),
    Column("status_rencana", "Status menurut rencana", "status", 19),
    Column("idm_rencana", "IDM menurut rencana", "indeks", 10),
    Column("jumlah_desa", "Jumlah desa", "bulat", 9),
    Column("pekerjaan", "Pekerjaan", "bulat", 10.5),
    Column("pekerjaan_bersama", "Pekerjaan bersama", "bulat", 10.5),
    Column("anggota", "Desa anggota", "panjang", 44),
    Column("peringkat", "Peringkat", "nomor", 10),
    Column("persentil", "Persentil", "persen", 9),
    Column("rata_kelompok", "Rata-rata kelompok", "rata", 10),
    Column("rata_skor", "Rata-rata skor", "rata", 9),
    Column("desa_kurang", "Desa di bawah 5", "bulat", 9),
    Column("desa_naik", "Desa naik bila penuh", "bulat", 10),
    Column("dapat_digerakkan", "Dapat dinaikkan", "ya", 11),
    Column("kode_desa_mirip", "Kode desa mirip", "teks", 12),
    Column("desa_mirip", "Desa mirip"),
    Column("kecamatan_mirip", "Kecamatannya"),
    Column("kabupaten_mirip", "Kabupatennya"),
    Column("status_mirip", "Statusnya", "status", 19),
    Column("jarak", "Beda skor rata-rata", "rata", 10),
    Column("punya", "Indikator yang lebih tinggi di sana (skornya)", "panjang", 48),
    Column("wilayah", "Wilayah", "teks", 12),
    Column("anggaran", "Anggaran", "bulat", 16),
    Column("kapasitas", "Kapasitas", "bulat", 10),
    Column("terpakai", "Terpakai", "bulat", 16),
)
_KNOWN: Final = {column.nama: column for column in _COLUMNS}


def column(nama: str, dtype: pl.DataType) -> Column:
    """The entry of a column; for an unknown one, header and kind follow its name and type."""
    known = _KNOWN.get(nama)
    if known is not None:
        return known
    judul = nama if nama.isupper() else nama.replace("_", " ").strip().capitalize()
    if dtype == pl.Boolean:
        return Column(nama, judul, "ya", 9)
    room = max(9.0, *(len(word) + 3.0 for word in judul.split() or [""]))
    if dtype.is_integer():
        return Column(nama, judul, "bulat", room)
    if dtype.is_float():
        return Column(nama, judul, "indeks", room)
    return Column(nama, judul)


def columns(frame: pl.DataFrame, names: Sequence[str] | None = None) -> tuple[Column, ...]:
    """Entries for the columns of a frame (or for those of `names` that it has), each with its width."""
    chosen = frame.columns if names is None else [name for name in names if name in frame.columns]
    return tuple(fitted(column(name, frame.schema[name]), frame) for name in chosen)


def fitted(entry: Column, frame: pl.DataFrame) -> Column:
    """The entry with a width that holds its header's longest word and its content."""
    if entry.width is not None:
        return entry
    series = frame.get_column(entry.nama)
    longest = series.cast(pl.String).str.len_chars().max() if series.dtype == pl.String else 0
    length = longest if isinstance(longest, int) else 0
    words = max((len(word) for word in entry.judul.split()), default=0)
    return replace(entry, width=min(max(NARROWEST, float(length), float(words)) + 2, WIDEST))
