"""Where a village's papers go: names that every system takes, that never collide, and that are the same next time."""

import re
import unicodedata
from collections import Counter
from pathlib import PurePath
from typing import Final

import polars as pl

from idmcli.columns import KODE_DESA, TAHUN

NUMBER: Final = "no"
LONGEST: Final = 80
"""Letters of a folder or file name, ending not counted: three of them and a drive stay below Windows' 260."""
NO_CODE: Final = "TANPA KODE"
NO_PLACE: Final = {"kabupaten": "TANPA KABUPATEN", "kecamatan": "TANPA KECAMATAN", "desa": "TANPA NAMA"}

_LEVEL: Final = re.compile(r"^(?:KABUPATEN|KAB|KECAMATAN|KEC|DESA)\b\.?\s+")
_SEPARATOR: Final = re.compile(r"\s*[/\\|:]+\s*")
_STRANGE: Final = re.compile(r"[^A-Z0-9()&,+ -]+")
_RESERVED: Final = re.compile(r"CON|PRN|AUX|NUL|(?:COM|LPT)[0-9]")


def paper_paths(villages: pl.DataFrame) -> dict[int, PurePath]:
    """Folder and file stem of every row: `NUNUKAN/KRAYAN/6503172008 PA MILAU 2024`, without an ending.

    A name depends on its own row only (code, names, year), so it stays when other villages come or go, and the papers
    of two years stand side by side. Rows that cannot be told apart (no code, same names and year) are numbered in
    their order. Names hold A–Z, digits and a few signs, no dots; what an office calls `PA' MILAU` or
    `LONG YIIN/PELAAH` becomes `PA MILAU` and `LONG YIIN-PELAAH`.

    Args:
        villages: `no`, `kode_desa, kabupaten, kecamatan, desa, tahun`.
    """
    taken: Counter[PurePath] = Counter()
    paths = {}
    columns = (NUMBER, KODE_DESA, "kabupaten", "kecamatan", "desa", TAHUN)
    for number, code, kabupaten, kecamatan, desa, year in villages.select(columns).iter_rows():
        ending = "" if year is None else f" {year}"
        head = f"{_safe(code) or NO_CODE} "
        name = (_safe(desa) or NO_PLACE["desa"])[: LONGEST - len(head) - len(ending) - 6].rstrip(" -")
        path = PurePath(_folder(kabupaten, "kabupaten"), _folder(kecamatan, "kecamatan"), head + name + ending)
        taken[path] += 1
        paths[number] = path if taken[path] == 1 else path.with_name(f"{path.name} ({taken[path]})")
    return paths


def safe_name(text: str | None, otherwise: str) -> str:
    """A folder or file name that every system takes; `otherwise` where nothing of the text is left."""
    name = _safe(text)[:LONGEST].rstrip(" -") or otherwise
    return f"{name}_" if _RESERVED.fullmatch(name) else name


def _folder(name: str | None, level: str) -> str:
    return safe_name(name, NO_PLACE[level])


def _safe(name: str | None) -> str:
    """Capitals without accents, without the word of the level, and without what a file system minds."""
    letters = unicodedata.normalize("NFKD", name or "").upper()
    words = _LEVEL.sub("", _SEPARATOR.sub("-", letters.strip()))
    return " ".join(_STRANGE.sub("", words.replace("\n", " ").replace("\t", " ")).split()).strip(" -")
