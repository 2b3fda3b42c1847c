"""Invented prices, budgets, kawasan and scenarios for trying `idm kopdar-plan`: no figure is an office's own."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from lembar import MARK
from simulasi import Village

from idmcli.parameters import possible_steps
from idmcli.rubric.model import Rubric

MILLION = 1_000_000

PRICES: Mapping[str, tuple[int, int]] = {
    "IKS01": (150, 100), "IKS02": (60, 50), "IKS03": (25, 20), "IKS04": (60, 20), "IKS05": (15, 5),
    "IKS06": (60, 50), "IKS07": (8, 5), "IKS08": (450, 300), "IKS09": (600, 400), "IKS10": (900, 600),
    "IKS11": (35, 20), "IKS12": (20, 10), "IKS13": (25, 15), "IKS14": (12, 15), "IKS15": (2, 2),
    "IKS16": (2, 1), "IKS17": (40, 20), "IKS18": (6, 2), "IKS19": (10, 5), "IKS23": (6, 5),
    "IKS24": (2, 2), "IKS25": (30, 20), "IKS26": (40, 20), "IKS27": (75, 50), "IKS28": (400, 250),
    "IKS29": (350, 300), "IKS30": (8, 12), "IKS31": (50, 40), "IKS32": (90, 30), "IKS33": (45, 40),
    "IKS34": (220, 150), "IKS35": (180, 120), "IKE01": (40, 25), "IKE02": (500, 300), "IKE03": (450, 350),
    "IKE04": (35, 10), "IKE05": (60, 30), "IKE06": (30, 20), "IKE07": (90, 60), "IKE08": (25, 15),
    "IKE09": (45, 25), "IKE10": (150, 80), "IKE11": (900, 400), "IKE12": (1200, 300), "IKL01": (180, 100),
    "IKL02": (400, 200), "IKL03": (70, 30),
}  # fmt: skip
"""Millions of rupiah per point, and once per indicator."""

BUDGETS: Sequence[tuple[str, str, str, int | None, int | None, str]] = (
    ("desa", "", "", 30_000, None, "bagian APBDes untuk menaikkan IDM, semua desa"),
    ("kabupaten", "", "6501", 4_000, None, "APBD Bulungan"),
    ("kabupaten", "", "6502", 5_000, None, "APBD Malinau"),
    ("kabupaten", "", "6503", 7_000, None, "APBD Nunukan"),
    ("kabupaten", "", "6504", 2_500, None, "APBD Tana Tidung"),
    ("kabupaten", "Dinkes", "", None, 40, "tenaga yang dapat ditempatkan dalam setahun"),
    ("provinsi", "", "", 6_000, None, "APBD provinsi"),
    ("pusat", "Komdigi", "", None, 5, "usulan menara yang biasanya disetujui"),
    ("csr", "", "", 1_500, None, "kesepakatan dengan perusahaan"),
    ("lainnya", "", "", None, 10, "mitra yang bersedia"),
)
"""Actor, office, code prefix, millions of rupiah, number of works, remark."""

KAWASAN_KECAMATAN = ("650101", "650203", "650306", "650402")
KAWASAN_SIZE = 5

SCENARIOS = """\
# DATA SIMULASI – bukan data resmi
# Empat rencana untuk dibandingkan: idm kopdar-plan samples/kaltara.xlsx --skenario samples/skenario.toml
# Kunci yang tidak disebut di sini berlaku seperti dalam [rencana] di idm.toml.

[[skenario]]
nama = "Anggaran sekarang"
biaya = "biaya.csv"
anggaran = "anggaran.csv"

[[skenario]]
nama = "Dahulukan yang tertinggal"
biaya = "biaya.csv"
anggaran = "anggaran.csv"
[skenario.bobot]
"SANGAT TERTINGGAL" = 8
TERTINGGAL = 4
BERKEMBANG = 2

[[skenario]]
nama = "Bersama dalam kawasan"
biaya = "biaya.csv"
anggaran = "anggaran.csv"
kawasan = "kawasan.csv"
pelaku_bebas = true

[[skenario]]
nama = "Dana desa naik separuh"
biaya = "biaya.csv"
[[skenario.anggaran]]
pelaku = "desa"
anggaran = 45_000_000_000
[[skenario.anggaran]]
pelaku = "kabupaten"
anggaran = 18_500_000_000
[[skenario.anggaran]]
pelaku = "provinsi"
anggaran = 6_000_000_000
"""


def write_plan_samples(folder: Path, villages: Sequence[Village], rubric: Rubric) -> None:
    """Write biaya.csv, anggaran.csv, kawasan.csv and skenario.toml."""
    steps = [
        (kode, dari, ke, (PRICES[kode][1] + PRICES[kode][0] * (ke - dari)) * MILLION)
        for kode, dari, ke in possible_steps(rubric)
    ]
    _write(folder / "biaya.csv", ("kode", "dari", "ke", "biaya"), steps)
    budgets = [
        (*where, money and f"{money * MILLION:,}".replace(",", "."), works, remark)
        for *where, money, works, remark in BUDGETS
    ]
    header = ("pelaku", "instansi", "wilayah", "anggaran", "kapasitas", "keterangan")
    _write(folder / "anggaran.csv", header, budgets)
    _write(folder / "kawasan.csv", ("kode_desa", "kawasan", "desa"), _kawasan(villages))
    (folder / "skenario.toml").write_bytes(SCENARIOS.encode())


def _kawasan(villages: Sequence[Village]) -> Iterable[tuple[str, str, str]]:
    """The first villages of a few kecamatan."""
    for code, own in groupby(villages, key=lambda village: village.kode_desa[:6]):
        if code in KAWASAN_KECAMATAN:
            for village in list(own)[:KAWASAN_SIZE]:
                yield village.kode_desa, f"Kawasan {village.kecamatan.title()}", village.desa


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """As Excel in Indonesia saves text: semicolons, cp1252, CRLF."""
    lines = [f"# {MARK}", ";".join(header)]
    lines += [";".join("" if cell is None else str(cell) for cell in row) for row in rows]
    path.write_bytes("".join(f"{line}\r\n" for line in lines).encode("cp1252"))
