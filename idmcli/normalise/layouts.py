"""Header layouts as data: one TOML file per export met in the wild, from header text to canonical column.

A file has `judul`, `sumber`, `diperiksa`, and up to four tables:

- `[kolom]`: column = headers that mean it; `{tahun}` in a header stands for a year.
- `[cadangan]`: weak headers, used only where no clear header for the same column is there.
- `[hitungan]`: headers of figures that this program computes; a stated figure where it stands alone.
- `[abaikan]`: `judul` lists headers that carry nothing (running numbers, our own helper columns).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from idmcli import columns as col
from idmcli.errors import ConfigError
from idmcli.normalise.datafile import DATA, day, load_toml, require_keys, table, text, texts
from idmcli.normalise.fold import key

LAYOUTS_FOLDER = DATA / "kolom"

BPS_CODE: Final = "kode_desa_bps"
BPS_PLACES: Final = ("kabupaten_bps", "kecamatan_bps", "desa_bps")
IGNORED: Final = ""
"""The column of headers that carry nothing."""

GENERIC_COLUMNS: Final = frozenset(
    {col.KODE_DESA, *col.PLACES, col.TAHUN, *col.CODE_PARTS, *col.STATED, col.REMARK, BPS_CODE, *BPS_PLACES}
)
"""Canonical columns that exist in every edition; indicators and raw answers come from the rubric."""


class Strength(IntEnum):
    """How clearly a header names its column; the smaller wins."""

    CLEAR = 0
    WEAK = 1
    COMPUTED = 2


_TABLES: Final = {"kolom": Strength.CLEAR, "cadangan": Strength.WEAK, "hitungan": Strength.COMPUTED}


@dataclass(frozen=True)
class Alias:
    """One header of one layout: its text, the column it means (`IGNORED` for none), whether a year belongs to it."""

    judul: str
    nama: str
    strength: Strength
    with_year: bool
    file: str

    @property
    def meaning(self) -> str:
        """Table and column, for messages."""
        table = next(name for name, strength in _TABLES.items() if strength == self.strength)
        return f"[{table}] {self.nama}" if self.nama != IGNORED else "[abaikan]"


@dataclass(frozen=True)
class HeaderLayout:
    """One file of `data/kolom/`."""

    judul: str
    sumber: str
    diperiksa: date
    aliases: tuple[Alias, ...]


@lru_cache
def load_layouts(folder: Path = LAYOUTS_FOLDER) -> tuple[HeaderLayout, ...]:
    """All layouts of a folder in the order of their names.

    Raises:
        ConfigError: no file; a key is missing, unknown, empty or of the wrong type; a header stands twice in a file, or
            for different columns in two files. The message names file, key and header.
    """
    layouts = tuple(_load(path) for path in sorted(folder.glob("*.toml")))
    if not layouts:
        raise ConfigError(f"tidak ada susunan kolom (*.toml) di {folder}", "Pasang ulang idm.")
    seen: dict[tuple[str, bool], Alias] = {}
    for layout in layouts:
        for alias in layout.aliases:
            known = seen.setdefault((key(alias.judul), alias.with_year), alias)
            if (known.nama, known.strength) != (alias.nama, alias.strength):
                raise ConfigError(
                    f"judul '{alias.judul}' berarti {known.meaning} di {known.file} "
                    f"tetapi {alias.meaning} di {alias.file}",
                    "Satu judul hanya boleh berarti satu kolom; hapus salah satunya.",
                )
    return layouts


def _load(path: Path) -> HeaderLayout:
    """One file, checked by itself."""
    content = load_toml(path)
    require_keys(path, content, needed=("judul", "sumber", "diperiksa"), known=(*_TABLES, "abaikan"))
    aliases = tuple(_aliases(path, content))
    if not aliases:
        raise ConfigError(f"{path.name}: tidak ada satu judul pun", f"Isi tabel [kolom] di {path}.")
    seen: set[tuple[str, bool]] = set()
    for alias in aliases:
        folded = key(alias.judul), alias.with_year
        if not folded[0]:
            raise ConfigError(f"{path.name}: judul '{alias.judul}' tidak berisi huruf atau angka", f"Perbaiki {path}.")
        if folded in seen:
            raise ConfigError(f"{path.name}: judul '{alias.judul}' tercatat dua kali", f"Hapus salah satu di {path}.")
        seen.add(folded)
    return HeaderLayout(
        judul=text(path, content, "judul"),
        sumber=text(path, content, "sumber"),
        diperiksa=day(path, content, "diperiksa"),
        aliases=aliases,
    )


def _aliases(path: Path, content: Mapping[str, Any]) -> Iterator[Alias]:
    """Every header of the file."""
    for name, strength in _TABLES.items():
        entries = table(path, content, name)
        for nama in entries:
            if nama not in GENERIC_COLUMNS:
                choices = ", ".join(sorted(GENERIC_COLUMNS))
                raise ConfigError(f"{path.name} [{name}]: kolom '{nama}' tidak dikenal", f"Yang dikenal: {choices}.")
            for judul in texts(path, entries, nama):
                yield _alias(judul, nama, strength, path)
    ignored = table(path, content, "abaikan")
    if ignored:
        require_keys(path, ignored, needed=("judul",))
        for judul in texts(path, ignored, "judul"):
            yield _alias(judul, IGNORED, Strength.CLEAR, path)


def _alias(judul: str, nama: str, strength: Strength, path: Path) -> Alias:
    """One header, its `{tahun}` taken off."""
    return Alias(" ".join(judul.replace("{tahun}", " ").split()), nama, strength, "{tahun}" in judul, path.name)
