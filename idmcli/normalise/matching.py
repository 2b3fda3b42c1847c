"""Find a village's code by its names in the regional reference: exactly, or as a proposal that somebody must confirm.

Names are no key: LABUK and LONG NAWANG each occur twice in one province. A name counts only together with the places
above it, and only where these lead to one village.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl
from rapidfuzz import fuzz, process

from idmcli import columns as col
from idmcli.regions import Regions, fold_expr

_LEVELS: Final = ("kabupaten", "kecamatan", "desa")
_KEYS: Final = (_LEVELS, _LEVELS[1:], (_LEVELS[0], _LEVELS[2]))
"""The names that may identify a village: all three, or two where the third is not typed."""

_KABUPATEN_CUTOFF: Final = 80.0
_DESA_CUTOFF: Final = 75.0
_CUTOFF: Final = 80.0
_MARGIN: Final = 5.0
_DESA_WEIGHT: Final = 0.7
_SAME: Final = 100.0


def exact(places: pl.DataFrame, regions: Regions) -> pl.Series:
    """The code of each row whose names lead to exactly one village of the reference; else null.

    Args:
        places: `kabupaten, kecamatan, desa` as typed (or null).
        regions: the reference.
    """
    typed = _folded(places)
    reference = _folded(regions.frame)
    found = typed.with_row_index("urut")
    for number, names in enumerate(_KEYS):
        unique = reference.select(*names, pl.Series(f"kode_{number}", regions.frame.get_column(col.KODE_DESA)))
        found = found.join(unique.unique(names, keep="none"), on=names, how="left")
    codes = found.sort("urut").select(
        pl.when(pl.col("kabupaten").is_null())
        .then(pl.col("kode_1"))
        .when(pl.col("kecamatan").is_null())
        .then(pl.col("kode_2"))
        .otherwise(pl.col("kode_0"))
    )
    return codes.to_series().alias(col.KODE_DESA)


def propose(places: pl.DataFrame, taken: Collection[tuple[int | None, str]], regions: Regions) -> list[str | None]:
    """The code of the village that each row most probably means; None where there is none, or several are as near.

    Args:
        places: `kabupaten, kecamatan, desa` as typed, and `tahun`.
        taken: years and codes of rows that are sure: a village is not proposed twice for one year.
        regions: the reference.
    """
    reference = _Reference.of(regions)
    typed = _folded(places)
    years = places.get_column(col.TAHUN).to_list()
    nearest: dict[tuple[str | None, str | None, str | None], Sequence[tuple[float, str]]] = {}
    proposals: list[str | None] = []
    for year, names in zip(years, typed.rows(), strict=True):
        if names not in nearest:
            nearest[names] = reference.nearest(*names)
        free = [(score, code) for score, code in nearest[names] if (year, code) not in taken]
        # the very name beats the near one: "SINAMPILA I" is not in doubt because of "SINAMPILA II"
        clear = free and (len(free) == 1 or free[0][0] - free[1][0] >= _MARGIN or free[0][0] == _SAME > free[1][0])
        proposals.append(free[0][1] if clear else None)
    wanted = Counter(zip(years, proposals, strict=True))
    return [code if wanted[year, code] == 1 else None for year, code in zip(years, proposals, strict=True)]


@dataclass(frozen=True)
class _Reference:
    """The reference as plain lists, by kabupaten."""

    villages: dict[str, list[tuple[str, str, str]]]

    @classmethod
    def of(cls, regions: Regions) -> "_Reference":
        villages: dict[str, list[tuple[str, str, str]]] = {}
        codes = regions.frame.get_column(col.KODE_DESA)
        for code, (kabupaten, kecamatan, desa) in zip(codes, _folded(regions.frame).rows(), strict=True):
            villages.setdefault(kabupaten, []).append((kecamatan, desa, code))
        return cls(villages)

    def nearest(self, kabupaten: str | None, kecamatan: str | None, desa: str | None) -> list[tuple[float, str]]:
        """Villages with a similar name, most similar first, with their similarity 0–100."""
        if not desa:
            return []
        if kabupaten:
            home = process.extractOne(kabupaten, self.villages.keys(), score_cutoff=_KABUPATEN_CUTOFF)
            candidates = self.villages[home[0]] if home else []
        else:
            candidates = [village for villages in self.villages.values() for village in villages]
        scored: list[tuple[float, str]] = []
        names = [name for _, name, _ in candidates]
        for _, own, index in process.extract(desa, names, scorer=fuzz.ratio, score_cutoff=_DESA_CUTOFF, limit=None):
            other_kecamatan, _, code = candidates[index]
            above = fuzz.ratio(kecamatan, other_kecamatan) if kecamatan else own
            both = _DESA_WEIGHT * own + (1 - _DESA_WEIGHT) * above
            if both >= _CUTOFF:
                scored.append((both, code))
        return sorted(scored, reverse=True)


def _folded(places: pl.DataFrame) -> pl.DataFrame:
    """The names in comparable form; null where nothing is left."""
    return places.select(fold_expr(pl.col(name)).replace("", None).alias(name) for name in _LEVELS)
