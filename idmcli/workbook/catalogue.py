"""What officers read above a column, how wide it is and how its figures are shown: one entry per known column."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import polars as pl

Kind = Literal["teks", "panjang", "bulat", "nomor", "angka", "indeks", "selisih", "persen", "status", "tingkat", "ya"]
"""`panjang` is wrapped text; `nomor` a number that is a name (a year); `angka` any number as it is; `indeks` 0–1 with
4 decimals; `selisih` signed with 4 decimals; `ya` ya/tidak."""

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
