"""Small provinces as annual reports: several years and kabupaten, odd names, villages without a figure, recaps."""

import csv
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from idmcli.pipeline.annual import Annual, make_annual
from idmcli.report.context import report_context
from idmcli.report.links import PaperLink
from idmcli.rubric import load_rubric
from idmcli.settings import load_settings

NASTY = "LONG <B>&\"MUDA\"</B></SCRIPT> 'X' {{ Y }} #[Z]"
PLACES = (("6501", "BULUNGAN", "01", "TANJUNG PALAS"), ("6504", "TANA TIDUNG", "01", "SESAYAP"))
Village = tuple[str, str, str, str]


def villages(count: int) -> list[Village]:
    """Code, name, kecamatan, kabupaten: in two kabupaten, the third with an odd name."""
    found = []
    for number in range(count):
        kab, kabupaten, kec, kecamatan = PLACES[number % 2]
        name = NASTY if number == 2 else f"DESA KE {number + 1}"
        found.append((f"{kab}{kec}2{number + 1:03}", name, kecamatan, kabupaten))
    return found


def scores(number: int, year: int) -> list[int]:
    """Some allowed scores: better from year to year for even villages, worse for those after them."""
    found = []
    for at, indicator in enumerate(load_rubric("idm-2016").indikator):
        allowed = indicator.allowed
        push = (year - 2022) * (1 if number % 2 == 0 else -1) if (at + number) % 3 == 0 else 0
        place = min(max((at * 7 + number * 3) % 5 + push, 0), len(allowed) - 1)
        found.append(allowed[place])
    return found


def write_scores(path: Path, year: int, rows: Sequence[Village], *, missing: Sequence[int] = ()) -> Path:
    """A file of scores; the villages numbered in `missing` lack one."""
    codes = load_rubric("idm-2016").codes
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(["kode_desa", "desa", "kecamatan", "kabupaten", "provinsi", "tahun", *codes])
        for number, row in enumerate(rows):
            values: list[int | str] = [*scores(number, year)]
            if number in missing:
                values[5] = ""
            sheet.writerow([*row, "KALIMANTAN UTARA", year, *values])
    return path


def write_recap(path: Path, year: int, rows: Sequence[Village]) -> Path:
    """A recap of sub-indices."""
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(["kode_desa", "desa", "kecamatan", "kabupaten", "provinsi", "tahun", "iks", "ike", "ikl"])
        for number, row in enumerate(rows):
            points = (120 + number * 4 + (year - 2023) * 3, 30 + number, 9 + number % 5)
            shares = [f"{part / most:.4f}" for part, most in zip(points, (175, 60, 15), strict=True)]
            sheet.writerow([*row, "KALIMANTAN UTARA", year, *shares])
    return path


def annual_of(
    folder: Path, now: Path, earlier: Sequence[Path] = (), *, extra: str = "", rencana: bool = True
) -> Annual:
    """What the run computes from these files."""
    before = ", ".join(f'"{path.name}"' for path in earlier)
    text = f'[laporan]\nmasukan = ["{now.name}"]\nsebelumnya = [{before}]\nkeluaran = "keluar"\n'
    text += f"rencana = {str(rencana).lower()}\n{extra}"
    (folder / "idm.toml").write_text(text, encoding="utf-8")
    return make_annual(load_settings(str(folder / "idm.toml")))


def context_of(annual: Annual, links: Sequence[PaperLink] = (), **more: Any) -> dict[str, Any]:
    """What the pages print."""
    return report_context(annual, annual.compared, tanggal=annual.tanggal, dokumen=links, **more)


@lru_cache(maxsize=1)
def rich(folder: Path) -> Annual:
    """Three years, two kabupaten, one village without a figure, one gone, one new, targets."""
    everyone = villages(12)
    files = [write_scores(folder / f"{year}.csv", year, everyone[:11]) for year in (2022, 2023)]
    now = write_scores(folder / "2024.csv", 2024, [*everyone[:10], everyone[11]], missing=[4])
    return annual_of(folder, now, files, extra="[sasaran]\nMANDIRI = 3\nTERTINGGAL = 1\n")


def texts(context: Mapping[str, Any]) -> list[str]:
    """Every sentence and cell of a context."""
    found: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, Mapping):
            for key, one in value.items():
                if key not in {"svg", "sempit", "kartu"}:
                    walk(one)
        elif isinstance(value, list | tuple):
            for one in value:
                walk(one)

    walk(context)
    return found
