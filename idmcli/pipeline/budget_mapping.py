"""The mapping file that says whose a budget is: its template, and what an office filled in."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from idmcli.budget.village import Mapped, Places, short_code
from idmcli.parameters.source import Line, no_double, read_csv

MAPPING_COLUMNS: Final = ("berkas", "lembar", "kode_siskeudes", "kode_desa")
"""Columns of the mapping file; `keterangan` may stand beside them."""


@dataclass(frozen=True)
class Unknown:
    """A budget whose village is not known.

    Attributes:
        berkas, lembar: where it stands.
        kode_siskeudes: its short code, where it comes from Siskeudes.
        petunjuk: what it says of its village, for whoever fills in the mapping.
    """

    berkas: str
    lembar: str | None
    kode_siskeudes: str | None
    petunjuk: str


def pemetaan_template(unknown: Sequence[Unknown]) -> list[dict[str, str]]:
    """The rows of a mapping file to be filled in: `MAPPING_COLUMNS`, `kode_desa` empty, and a hint in `keterangan`."""
    rows = [
        {
            "berkas": "" if one.kode_siskeudes else one.berkas,
            "lembar": "" if one.kode_siskeudes else one.lembar or "",
            "kode_siskeudes": one.kode_siskeudes or "",
            "kode_desa": "",
            "keterangan": one.petunjuk,
        }
        for one in unknown
    ]
    return [row for number, row in enumerate(rows) if row not in rows[:number]]


def load_mapping(file: Path, places: Places) -> Mapped:
    """Read the office's mapping; lines whose `kode_desa` is still empty say nothing.

    Raises:
        ConfigError: a line names no file and no short code, a code that is no village, or the same thing twice.
    """
    sheets: dict[tuple[str, str], str] = {}
    files: dict[str, str] = {}
    short: dict[str, str] = {}
    first: dict[object, Line] = {}
    for line in read_csv(file, MAPPING_COLUMNS, ("kode_desa",)):
        kode = "".join(letter for letter in line.text("kode_desa").removesuffix(".0") if letter.isdigit())
        if not kode:
            continue
        if kode not in places.by_code:
            raise line.fail("kode_desa", f'"{line.text("kode_desa")}" bukan kode desa', "Isi kode Kemendagri 10 angka.")
        berkas = line.text("berkas").replace("\\", "/").casefold()
        siskeudes, lembar = short_code(line.text("kode_siskeudes")), line.text("lembar").casefold()
        if not berkas and not siskeudes:
            raise line.fail("berkas", "kosong, begitu pula kode_siskeudes", "Isi salah satunya.")
        key = siskeudes or (berkas, lembar)
        if (earlier := first.setdefault(key, line)) is not line:
            no_double(earlier, line, "kode_siskeudes" if siskeudes else "berkas", str(siskeudes or berkas))
        if siskeudes:
            short[siskeudes] = kode
        elif lembar:
            sheets[berkas, lembar] = kode
        else:
            files[berkas] = kode
    return Mapped(sheets, files, short)
