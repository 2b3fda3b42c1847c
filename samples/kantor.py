"""Invented officials of two kecamatan, and an `idm.toml` of an office, for trying `idm berita-acara`."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from lembar import MARK
from simulasi import Draw, Village

KECAMATAN = ("650101", "650401")
FIRST = ("Contoh", "Umpama", "Misal", "Andai", "Ibarat", "Sebut", "Reka", "Duga")
LAST = ("Satu", "Dua", "Tiga", "Empat", "Lima", "Enam", "Tujuh", "Delapan", "Sembilan")
"""Names that nobody bears."""

SETTINGS = """\
# DATA SIMULASI – bukan data resmi
# Contoh pengaturan berita acara: idm berita-acara samples/kaltara.xlsx --level semua --hanya 650101 \\
#   --config samples/idm-contoh.toml --dokumen berita-acara
# Salin bagian yang diperlukan ke idm.toml kantor Anda. Arti tiap kunci: docs/panduan.md, bagian 10.

[berita_acara]
tanggal = 2025-06-14
nomor = "{nomor:03}/BA-IDM/{kode}/{bulan_romawi}/{tahun_surat}"
pejabat = "pejabat.csv"

[berita_acara.kecamatan]
tempat = "Kantor Camat {kecamatan}"

[berita_acara.kabupaten]
tempat = "Tanjung Selor"
kop = ["PEMERINTAH {KABUPATEN_KOTA}", "DINAS PEMBERDAYAAN MASYARAKAT DAN DESA"]
alamat = "Jalan Contoh Nomor 1, Tanjung Selor 77212"

[berita_acara.provinsi]
tempat = "Tanjung Selor"
penandatangan = [
  { peran = "Kepala DPMD Provinsi {provinsi}", nip = "…" },
  { peran = "Kepala Bappeda dan Litbang Provinsi {provinsi}", nip = "…" },
  { peran = "Tenaga Ahli Provinsi" },
  { peran = "Unsur perguruan tinggi", saksi = true },
]

[berita_acara.unit."6501012006"]
tempat = "Balai Adat Desa Pejalin"
penutup = "Demikian berita acara ini dibuat dan dibacakan di hadapan musyawarah desa."
"""

Row = tuple[str, str, str, str, str]


def write_office_samples(folder: Path, villages: Sequence[Village]) -> None:
    """Write pejabat.csv and idm-contoh.toml."""
    lines = [f"# {MARK}", "kode;peran;nama;nip;saksi", *(";".join(row) for row in _officials(villages))]
    (folder / "pejabat.csv").write_bytes("".join(f"{line}\r\n" for line in lines).encode("cp1252"))
    (folder / "idm-contoh.toml").write_bytes(SETTINGS.encode())


def _officials(villages: Sequence[Village]) -> Iterable[Row]:
    """Everybody of two kecamatan and of what they lie in; one kepala desa is acting, one village has a witness."""
    draw = Draw("officials")
    everybody = [f"{first} {last}" for first in FIRST for last in LAST]
    names = iter(sorted(everybody, key=lambda _: draw.integer(0, 10**9)))
    yield "65", "Kepala DPMD Provinsi", next(names), _nip(draw), ""
    yield "65", "Tenaga Ahli Provinsi", next(names), "", ""
    for code in sorted({code[:4] for code in KECAMATAN}):
        yield code, "Kepala DPMD", next(names), _nip(draw), ""
        yield code, "Kepala Bappeda", next(names), _nip(draw), ""
        yield code, "Tenaga Ahli Kabupaten", next(names), "", ""
    for code in KECAMATAN:
        yield code, "Camat", next(names), _nip(draw), ""
        yield code, "Pendamping Desa", next(names), "", ""
        own = [village.kode_desa for village in villages if village.kode_desa.startswith(code)]
        yield own[0], "Ketua BPD", next(names), "", "ya"
        for kode in own:
            acting = kode == own[1]
            yield kode, "Pj. Kepala Desa" if acting else "Kepala Desa", next(names), _nip(draw) if acting else "", ""
            yield kode, "Pendamping Lokal Desa", next(names), "", ""


def _nip(draw: Draw) -> str:
    """The shape of a NIP with a birthday that there is not."""
    return f"19000{draw.integer(1, 9)}32 200001 1 {draw.integer(1, 999):03}"
