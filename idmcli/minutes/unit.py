"""One unit with everything that its berita acara says, as plain rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from idmcli.minutes.determine import Minutes
from idmcli.minutes.figures import CODES, LEVELS, MinutesLevel, counted
from idmcli.rubric.model import Rubric

Row = Mapping[str, Any]


@dataclass(frozen=True)
class UnitMinutes:
    """What one berita acara is made from.

    Attributes:
        level: desa, kecamatan, kabupaten or provinsi.
        tahun: the year of the data; None where unknown.
        tahun_sebelum: the year compared with; None without a comparison.
        unit: its row of `Minutes.units`.
        desa: its villages.
        rincian: of a kabupaten its kecamatan, of a provinsi its kabupaten: rows as `Minutes.units`; else ().
        perubahan: its villages whose status changed.
        pembanding: counts per status then and now; () without a comparison.
        status: names of the statuses, highest first.
    """

    level: MinutesLevel
    tahun: int | None
    tahun_sebelum: int | None
    unit: Row
    desa: Sequence[Row]
    rincian: Sequence[Row]
    perubahan: Sequence[Row]
    pembanding: Sequence[Row]
    status: tuple[str, ...]


def unit_minutes(minutes: Minutes, rubric: Rubric) -> Iterator[UnitMinutes]:
    """Every unit that gets a berita acara, by code."""
    villages, moved, counts = (_by_unit(frame) for frame in (minutes.desa, minutes.perubahan, minutes.pembanding))
    parts: dict[str, list[Row]] = {}
    below = LEVELS[LEVELS.index(minutes.level) - 1]
    if minutes.level in ("kabupaten", "provinsi") and not minutes.desa.is_empty():
        for row in counted(minutes.desa, below, rubric).iter_rows(named=True):
            parts.setdefault(row[CODES[minutes.level]], []).append(row)
    for unit in minutes.units.iter_rows(named=True):
        code = unit["kode"]
        yield UnitMinutes(
            level=minutes.level,
            tahun=minutes.tahun,
            tahun_sebelum=minutes.tahun_sebelum,
            unit=unit,
            desa=villages.get(code, ()),
            rincian=parts.get(code, ()),
            perubahan=moved.get(code, ()),
            pembanding=counts.get(code, ()),
            status=tuple(status.nama for status in reversed(rubric.status)),
        )


def _by_unit(frame: pl.DataFrame) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {}
    for row in frame.iter_rows(named=True):
        rows.setdefault(row["kode"], []).append(row)
    return rows
