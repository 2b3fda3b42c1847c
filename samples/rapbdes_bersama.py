"""What the layouts of the invented RAPBDes share."""

from dataclasses import dataclass

KABUPATEN = "TANA TIDUNG"
TAHUN = 2025
NAMELESS = "SAPARI"
"""Hands in a file that does not say whose it is."""
NOWHERE = "-"


@dataclass(frozen=True)
class Planted:
    """One planted fault: rule, file, cell (`-` where it has none), and what was done."""

    aturan: str
    berkas: str
    sel: str
    isi: str


def padded(code: str) -> str:
    """`2.2.01` → `02.02.01.`."""
    return "".join(f"{part.zfill(2)}." for part in code.split(".") if part)
