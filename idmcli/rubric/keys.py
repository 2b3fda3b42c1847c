"""What the files of an edition may hold: no other file is read, no other key is allowed."""

from collections.abc import Mapping
from typing import Final

_CHECKED = ("acuan", "diperiksa")

CSV: Final[Mapping[str, tuple[str, ...]]] = {
    "skor.csv": (
        *("kode", "skor", "bawah", "bawah_termasuk", "atas", "atas_termasuk", "pilihan"),
        *("syarat", "kegiatan", "catatan", *_CHECKED),
    ),
    "pelaku.csv": ("kode", "pelaku", "instansi", "catatan", *_CHECKED),
    "instansi.csv": ("singkat", "nama", "tingkat", "catatan", *_CHECKED),
    "rencana.csv": (
        *("kode", "beban", "mulai", "kunci", "bersama", "setara", "pelaku", "instansi"),
        *("naik_setahun", "alasan", *_CHECKED),
    ),
    "variabel.csv": ("nama", "pertanyaan", "satuan", "bulat", "terkecil", "terbesar", *_CHECKED),
}
"""Columns by file, all of them required."""

_INDICATOR = (
    *("kode", "label", "singkat", "nama", "subdimensi", "sifat", "jenis", "variabel", "skor_penyebut_nol"),
    *("dapat_digerakkan", "alasan", *_CHECKED),
)

Tables = Mapping[str, tuple[str, tuple[str, ...]]]
"""Arrays of tables by name: the key that names a row, and the keys a row may have."""

TOML: Final[Mapping[str, tuple[Tables, tuple[str, ...]]]] = {
    "edisi.toml": (
        {
            "dimensi": ("kode", ("kode", "nama", "maksimum", *_CHECKED)),
            "status": ("nama", ("nama", "ambang", "skor_minimal", *_CHECKED)),
        },
        ("edisi", "judul", "catatan"),
    ),
    "indikator.toml": ({"indikator": ("kode", _INDICATOR)}, ()),
    "acuan.toml": ({"acuan": ("kode", ("kode", "judul", "catatan"))}, ()),
}
"""Tables and keys of the top level, by file."""

FILES: Final = (*TOML, *CSV)
KINDS: Final = ("angka", "rasio", "jumlah", "ada", "pilihan")
