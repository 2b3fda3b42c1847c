"""Which column of a sheet holds what: the village, how far it is, what contradicts itself, then part by part."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from xlsxwriter.utility import xl_col_to_name

from idmcli.workbook.template.fields import Field, Part

DONE: Final = "terisi"
AGAIN: Final = "periksa"


@dataclass(frozen=True)
class Place:
    """A column: frame column, 0-based number, header, width in characters; its field, or the part that it counts."""

    nama: str
    nomor: int
    judul: str
    width: float
    field: Field | None = None
    part: Part | None = None

    @property
    def letter(self) -> str:
        """As Excel names it."""
        return xl_col_to_name(self.nomor)


OWN: Final = (
    ("kode_desa", "Kode desa", 11.5),
    ("desa", "Desa", 20),
    (DONE, "Terisi", 8),
    (AGAIN, "Periksa lagi", 40),
    ("kecamatan", "Kecamatan", 16),
    ("kabupaten", "Kabupaten", 15),
    ("provinsi", "Provinsi", 18),
    ("tahun", "Tahun", 7),
)
FROZEN: Final = 3
"""Columns that stay in view, and are repeated on each printed page."""
COUNTED: Final = 6.5
WIDE_PAGE: Final = 180.0
"""Characters that still print readably beside each other on a page."""


def layout(columns: Sequence[Part]) -> tuple[Place, ...]:
    """Every column from the left; a part's count stands before its fields, and stays in view when they are folded."""
    places = [Place(nama, nomor, judul, width) for nomor, (nama, judul, width) in enumerate(OWN)]
    for part in columns:
        places.append(Place(part.judul, len(places), part.judul, COUNTED, part=part))
        for one in part.fields:
            places.append(Place(one.nama, len(places), one.judul, _width(one), field=one))
    return tuple(places)


def page_starts(places: Sequence[Place]) -> tuple[int, ...]:
    """Columns before which a printed page begins; a part's count is never the last column of a page."""
    repeated = sum(place.width for place in places[:FROZEN])
    starts, used = [], sum(place.width for place in places[: len(OWN)])
    for place in places[len(OWN) :]:
        together = place.width + (_width(place.part.fields[0]) if place.part else 0)
        if used + together > WIDE_PAGE:
            starts.append(place.nomor)
            used = repeated
        used += place.width
    return tuple(starts)


def _width(one: Field) -> float:
    if one.variabel is None:
        return 7.5
    letters = len(one.judul)
    return 18.0 if one.pilihan and len(one.pilihan) > 2 else 13.0 if letters < 80 else 16.0 if letters < 120 else 20.0
