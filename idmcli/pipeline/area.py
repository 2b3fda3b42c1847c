"""Places as officers name them in words: `BULUNGAN`, `Kec. Tanjung Palas`, `pa milau`."""

import re
from difflib import get_close_matches
from typing import Final, NamedTuple

import polars as pl

from idmcli.columns import KODE_DESA
from idmcli.parameters.minutes import DIGITS, UnitLevel
from idmcli.regions import fold_expr, fold_name

WIDEST_FIRST: Final[tuple[UnitLevel, ...]] = ("provinsi", "kabupaten", "kecamatan", "desa")
_TYPED: Final = re.compile(r"\s*(PROV|PROP|KAB|KEC|DESA|DS)[A-Z]*\b\.?\s+\S", re.IGNORECASE)
_LEVELS: Final[dict[str, UnitLevel]] = {
    "PROV": "provinsi",
    "PROP": "provinsi",
    "KAB": "kabupaten",
    "KEC": "kecamatan",
    "DESA": "desa",
    "DS": "desa",
}


class Place(NamedTuple):
    """A place of some level: its code, its name, and the place that it lies in ("" for a province)."""

    level: UnitLevel
    kode: str
    nama: str
    di: str

    def __str__(self) -> str:
        """`6503032007 (desa di SEMBAKUNG)`."""
        return f"{self.kode} ({self.level} di {self.di})" if self.di else f"{self.kode} ({self.level})"


def places_named(rows: pl.DataFrame, word: str) -> list[Place]:
    """The places that bear a name, widest first, by code; a level in front of the name (`Kec.`) leaves only its own.

    Args:
        rows: villages with `kode_desa` and place names.
        word: as typed.
    """
    wanted, typed = fold_name(word), _TYPED.match(word)
    only = _LEVELS[typed[1].upper()] if typed else None
    found: list[Place] = []
    for at, level in enumerate(WIDEST_FIRST):
        if only not in (None, level):
            continue
        above = pl.col(WIDEST_FIRST[at - 1]).fill_null("") if at else pl.lit("")
        named = rows.filter(pl.col(KODE_DESA).is_not_null(), fold_expr(pl.col(level).fill_null("")) == wanted)
        lines = named.select(pl.col(KODE_DESA).str.head(DIGITS[level]), level, above.alias("_di")).unique(KODE_DESA)
        found += [Place(level, *line) for line in lines.sort(KODE_DESA).iter_rows()]
    return found


def did_you_mean(rows: pl.DataFrame, word: str) -> str:
    """Advice for a name that no place bears; empty where none is like it."""
    names = {fold_name(name): name for level in WIDEST_FIRST for name in rows[level].drop_nulls().unique().sort()}
    near = get_close_matches(fold_name(word), names, n=1, cutoff=0.8)
    return f'Mungkin maksudnya "{names[near[0]]}".' if near else ""
