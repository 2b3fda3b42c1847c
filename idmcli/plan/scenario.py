"""Plans side by side: what each scenario lifts, where, by whom, at what cost."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, Protocol

import polars as pl

from idmcli.columns import STATUS
from idmcli.errors import ConfigError
from idmcli.plan.shared import counted
from idmcli.regions import PLACE, place_keys
from idmcli.rubric.model import ACTORS, Rubric

FIXED: Final = ("bagian", "ukuran", "satuan")
"""Columns that say what a row measures; every other column is a scenario."""


class Outcome(Protocol):
    """What a comparison needs of a solved plan."""

    @property
    def langkah(self) -> pl.DataFrame:
        """Chosen steps: `no, kode, biaya, pelaku, instansi, kelompok`."""

    @property
    def desa(self) -> pl.DataFrame:
        """`no, naik` (Boolean), `status_baru`."""

    @property
    def nilai(self) -> float:
        """What the plan reaches of what it was asked for."""

    @property
    def batas(self) -> float | None:
        """The best that any plan can reach; None where no bound is known."""

    @property
    def celah(self) -> float | None:
        """The relative distance of the two (0–1)."""

    @property
    def terbukti(self) -> bool:
        """Whether no plan is better."""


class _Measure(NamedTuple):
    bagian: str
    ukuran: str
    satuan: str


def compare(results: Sequence[tuple[str, Outcome]], villages: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """The plans side by side, one row per measure and one column (Float64) per scenario, in the order given.

    Args:
        results: name and solution of each scenario, all over the same villages.
        villages: `no, kode_desa, provinsi, kabupaten, status`.
        rubric: the statuses.

    Returns:
        `bagian, ukuran, satuan` ("desa" | "langkah" | "pekerjaan" | "biaya" | "nilai" | "persen" | "1 = ya") and a
        column per scenario. Parts: `hasil`, `naik per kabupaten` (all kabupaten, by code), `naik dari status` and
        `desa per status sesudah rencana` (from the lowest), `biaya per pelaku` and `pekerjaan per pelaku` (actors with
        work in any scenario), `bukti`. Shared works count once. Costs are exact up to 2^53; a bound and a gap that are
        not known are null.

    Raises:
        ConfigError: two scenarios share a name, or one is called like a column of the comparison.
    """
    names = [name for name, _ in results]
    for name, times in Counter([*FIXED, *names]).items():
        if times > 1:
            raise ConfigError(f'Nama skenario "{name}" dipakai dua kali atau tidak boleh dipakai', "Beri nama lain.")
    villages = _named(villages)
    columns = [dict(_measures(outcome, villages, rubric)) for _, outcome in results]
    used = [row for row in _rows(villages, rubric) if any(row in column for column in columns)]
    return pl.DataFrame(
        [(*row, *(column.get(row, 0.0) for column in columns)) for row in used],
        schema={**dict.fromkeys(FIXED, pl.String), **dict.fromkeys(names, pl.Float64)},
        orient="row",
    )


def _rows(villages: pl.DataFrame, rubric: Rubric) -> Iterator[_Measure]:
    """Every measure that can occur, in the order of the table."""
    yield _Measure("hasil", "desa naik status", "desa")
    yield _Measure("hasil", "langkah", "langkah")
    yield _Measure("hasil", "pekerjaan", "pekerjaan")
    yield _Measure("hasil", "pekerjaan bersama", "pekerjaan")
    yield _Measure("hasil", "biaya", "biaya")
    for kabupaten in villages["kabupaten"].unique(maintain_order=True):
        yield _Measure("naik per kabupaten", kabupaten, "desa")
    for part in ("naik dari status", "desa per status sesudah rencana"):
        yield from (_Measure(part, status.nama, "desa") for status in rubric.status)
    for part, unit in (("biaya per pelaku", "biaya"), ("pekerjaan per pelaku", "pekerjaan")):
        yield from (_Measure(part, actor, unit) for actor in ACTORS)
    yield _Measure("bukti", "nilai rencana", "nilai")
    yield _Measure("bukti", "nilai terbaik yang mungkin", "nilai")
    yield _Measure("bukti", "celah", "persen")
    yield _Measure("bukti", "terbukti terbaik", "1 = ya")


def _named(villages: pl.DataFrame) -> pl.DataFrame:
    """The villages by code, each kabupaten under the first name typed for its code (`Kab. Bulungan` is BULUNGAN)."""
    first = pl.col("kabupaten").drop_nulls().first().over(PLACE)
    return (
        villages.with_columns(place_keys(villages, "kabupaten"))
        .sort("kode_kabupaten", PLACE, nulls_last=True, maintain_order=True)
        .with_columns(pl.coalesce(first, pl.lit("–")).alias("kabupaten"))
    )


def _measures(outcome: Outcome, villages: pl.DataFrame, rubric: Rubric) -> Iterator[tuple[_Measure, float | None]]:
    """The measures of one plan; kabupaten and statuses without any village count 0."""
    works = counted(outcome.langkah)
    after = (
        villages.select("no", "kabupaten", STATUS)
        .join(outcome.desa.select("no", "naik", "status_baru"), on="no", how="left")
        .with_columns(pl.col("naik").fill_null(value=False), pl.coalesce("status_baru", STATUS).alias("status_baru"))
    )
    lifted = after.filter("naik")
    yield _Measure("hasil", "desa naik status", "desa"), lifted.height
    yield _Measure("hasil", "langkah", "langkah"), works.height
    yield _Measure("hasil", "pekerjaan", "pekerjaan"), _total(works, "pekerjaan")
    yield _Measure("hasil", "pekerjaan bersama", "pekerjaan"), _total(works.drop_nulls("kelompok"), "pekerjaan")
    yield _Measure("hasil", "biaya", "biaya"), _total(works, "biaya_dihitung")
    places = Counter(lifted["kabupaten"].to_list())
    for kabupaten in villages["kabupaten"].unique(maintain_order=True):
        yield _Measure("naik per kabupaten", kabupaten, "desa"), places[kabupaten]
    before, reached = Counter(lifted[STATUS].to_list()), Counter(after["status_baru"].to_list())
    for status in rubric.status:
        yield _Measure("naik dari status", status.nama, "desa"), before[status.nama]
        yield _Measure("desa per status sesudah rencana", status.nama, "desa"), reached[status.nama]
    for actor, count, cost in works.group_by("pelaku").agg(pl.col("pekerjaan", "biaya_dihitung").sum()).iter_rows():
        yield _Measure("pekerjaan per pelaku", actor, "pekerjaan"), count
        yield _Measure("biaya per pelaku", actor, "biaya"), cost
    yield _Measure("bukti", "nilai rencana", "nilai"), outcome.nilai
    yield _Measure("bukti", "nilai terbaik yang mungkin", "nilai"), outcome.batas
    yield _Measure("bukti", "celah", "persen"), None if outcome.celah is None else outcome.celah * 100
    yield _Measure("bukti", "terbukti terbaik", "1 = ya"), outcome.terbukti


def _total(works: pl.DataFrame, column: str) -> int:
    """The sum of an integer column."""
    return int(works[column].sum())
