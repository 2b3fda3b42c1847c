"""Paper sizes that Indonesian offices print on, and how much of a sheet fits on one page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

INCH: Final = 25.4
SCREEN: Final = 96
"""Pixels of an inch at 100 per cent."""
LEFT, RIGHT, TOP, BOTTOM = 0.4, 0.4, 0.5, 0.6
"""Margins in inches."""
SPARE: Final = 0.927
"""Share of the paper between the margins that every printer reaches."""


@dataclass(frozen=True)
class Paper:
    """A paper size in millimetres, and the number that Excel knows it by.

    Attributes:
        nama: what offices call it.
        kode: paper code of the xlsx format.
        panjang: long side.
        lebar: short side.
        catatan: what must be known when printing; empty if nothing.
    """

    nama: str
    kode: int
    panjang: int
    lebar: int
    catatan: str = ""

    def width(self, *, landscape: bool = True) -> int:
        """Pixels between the side margins at 100 per cent."""
        side = self.panjang if landscape else self.lebar
        return int((side / INCH - LEFT - RIGHT) * SCREEN * SPARE)

    def height(self, *, landscape: bool = True) -> int:
        """Pixels between the upper and lower margins at 100 per cent."""
        side = self.lebar if landscape else self.panjang
        return int((side / INCH - TOP - BOTTOM) * SCREEN * SPARE)


A4: Final = Paper("A4", 9, 297, 210)
F4: Final = Paper(
    "F4",
    14,
    330,
    215,
    "Excel tidak mengenal F4 (215 × 330 mm); buku ini memakai ukuran Folio (8,5 × 13 inci = 216 × 330 mm), yang sama "
    "besarnya. Bila pencetak tidak menawarkan Folio, pilih F4 atau ukuran khusus 215 × 330 mm.",
)
PAPERS: Final[Mapping[str, Paper]] = {paper.nama: paper for paper in (A4, F4)}
