"""`determine`: the statuses of a year, unit by unit; what is in doubt is held back, with the reason."""

from dataclasses import dataclass

import polars as pl

from idmcli.columns import KODE_DESA, PLACES, STATUS
from idmcli.minutes.compare import changes, compared
from idmcli.minutes.figures import (
    CODES,
    Basis,
    MinutesLevel,
    chosen,
    counted,
    rows_of_year,
    with_codes,
    year_of,
)
from idmcli.minutes.held import ROW, UNDECIDED, held_back
from idmcli.rubric.model import Rubric
from idmcli.words import listed, whole

DRAFT = "draf"


@dataclass(frozen=True)
class Minutes:
    """What can be determined at one level.

    Attributes:
        level: desa, kecamatan, kabupaten or provinsi.
        tahun: the year of the data; None where it is unknown.
        tahun_sebelum: the year compared with; None without a comparison.
        units: a row per unit that gets a berita acara, by code: `kode`, place names down to its level, codes of the
            levels from it upwards, `jumlah_desa`, a count per status (named by it), `tidak_dihitung`, the means `iks,
            ike, ikl, idm`, `draf` (Boolean: it is printed in spite of doubts), `alasan_draf` (List(String)).
        desa: their villages, by unit and code: `kode` (of the unit), `kode_desa`, places, codes of the levels above,
            `iks, ike, ikl, idm` and `status` as they are determined (null where a draft has none), `draf`.
        tertahan: every village held back: `kode` (of its unit; null where it has none), `kode_desa`, places, `alasan`,
            `dicetak` (Boolean: it is in a draft all the same).
        unit_tertahan: units that get no berita acara: `kode`, `nama`, `desa_tertahan` (count), `alasan`.
        perubahan: villages whose status differs from the year before, risen ones first: `kode` (of the unit),
            `kode_desa`, places, `status_sebelum`, `status`, `idm_sebelum`, `idm`, `naik` (Boolean). Empty without
            comparison.
        pembanding: counts per unit and status: `kode`, `status` (highest first, then TIDAK DIHITUNG where there are
            such), `dulu`, `kini`. Empty without comparison.
    """

    level: MinutesLevel
    tahun: int | None
    tahun_sebelum: int | None
    units: pl.DataFrame
    desa: pl.DataFrame
    tertahan: pl.DataFrame
    unit_tertahan: pl.DataFrame
    perubahan: pl.DataFrame
    pembanding: pl.DataFrame


def determine(
    villages: pl.DataFrame,
    findings: pl.DataFrame,
    rubric: Rubric,
    level: MinutesLevel,
    dasar: Basis | None = None,
    paksa: bool = False,
    before: pl.DataFrame | None = None,
) -> Minutes:
    """What the latest year of the data determines.

    A village with a finding of tingkat galat, with two statuses that differ, or without any, is held back, and with it
    every unit that it belongs to. Findings about stated against computed figures no longer hold a village back once
    `dasar` says which of them counts.

    Args:
        villages: scored rows (identity, provenance, indices, `idm_k`, `status`, `alasan`, stated figures if any).
        findings: as `validate` gives them.
        rubric: the edition in force.
        level: whose berita acara.
        dasar: figures to determine by; None: the computed ones, which then must not contradict stated statuses.
        paksa: print units with held-back villages as drafts.
        before: scored rows of an earlier year to compare with.
    """
    year = year_of(villages)
    now = with_codes(rows_of_year(villages, year))
    figures = chosen(now, dasar)
    held = held_back(now, figures, findings, level, dasar)
    rows = figures.with_row_index(ROW).join(held, on=ROW, how="left", maintain_order="left")
    rows = rows.with_columns(
        pl.col(CODES[level]).alias("kode"),
        pl.col("alasan").is_not_null().alias(DRAFT),
        pl.when(~pl.col(UNDECIDED).fill_null(value=False)).then(pl.col(STATUS)).alias(STATUS),
    )
    stops = _stops(rows, level)
    kept = rows.filter(pl.col("dapat_dicetak").fill_null(value=True))
    if not paksa:
        kept = kept.join(stops, on="kode", how="anti", maintain_order="left").filter(~pl.col(DRAFT))
    printed = kept.sort("kode", KODE_DESA, ROW, nulls_last=True)
    reasons = stops.select("kode", pl.concat_str("nama", pl.lit(": "), "alasan").alias("alasan_draf"))
    reasons = reasons.group_by("kode", maintain_order=True).agg("alasan_draf")
    units = (
        counted(printed, level, rubric)
        .join(reasons, on="kode", how="left", maintain_order="left")
        .with_columns(pl.col("alasan_draf").is_not_null().alias(DRAFT))
        .with_columns(pl.col("alasan_draf").fill_null(pl.lit([], dtype=pl.List(pl.String))))
    )
    then_year = None if before is None else year_of(before, earlier_than=year)
    then = None if before is None else chosen(with_codes(rows_of_year(before, then_year)), dasar)
    moved = changes(then, printed, rubric)
    return Minutes(
        level=level,
        tahun=year,
        tahun_sebelum=then_year,
        units=units,
        desa=printed.drop(ROW, UNDECIDED, "alasan", "dapat_dicetak"),
        tertahan=_held_rows(rows, paksa),
        unit_tertahan=_held_units(rows, stops, units, level),
        perubahan=moved,
        pembanding=compared(then, units, level, rubric),
    )


def _stops(rows: pl.DataFrame, level: MinutesLevel) -> pl.DataFrame:
    """Which units the held-back villages hold back: `kode`, `nama` (of the village), `alasan`; by code.

    A village belongs to the unit of its code and, since the code may be what is wrong, to the one of its place names.
    """
    doubted = rows.with_columns(pl.when(~pl.col(DRAFT)).then(pl.col(KODE_DESA)).alias(KODE_DESA))
    by_name = with_codes(doubted).get_column(CODES[level]).alias("kode")
    held = pl.concat([rows, rows.with_columns(by_name)]).filter(DRAFT, pl.col("kode").is_not_null())
    return (
        held.unique([ROW, "kode"], maintain_order=True)
        .sort("kode", KODE_DESA, ROW, nulls_last=True)
        .select("kode", _named().alias("nama"), "alasan")
    )


def _held_rows(rows: pl.DataFrame, paksa: bool) -> pl.DataFrame:
    printed = (pl.lit(paksa) & pl.col("dapat_dicetak")).alias("dicetak")
    return (
        rows.filter(DRAFT)
        .sort("kode", KODE_DESA, ROW, nulls_last=True)
        .select("kode", KODE_DESA, *PLACES, "alasan", printed)
    )


def _held_units(rows: pl.DataFrame, stops: pl.DataFrame, units: pl.DataFrame, level: MinutesLevel) -> pl.DataFrame:
    """Units of which nothing is printed."""
    names: dict[str, str | None] = {}
    for code, name in rows.select("kode", level).iter_rows():
        names[code] = names.get(code) or name
    lines = []
    lost = stops.join(units, on="kode", how="anti", maintain_order="left")
    for part in lost.partition_by("kode", maintain_order=True):
        code, villages = part.item(0, "kode"), part.get_column("nama").to_list()
        reason = (
            part.item(0, "alasan") if level == "desa" else f"{whole(part.height)} desa tertahan: {listed(villages)}"
        )
        lines.append((code, names.get(code) or "", part.height, reason))
    schema = {"kode": pl.String, "nama": pl.String, "desa_tertahan": pl.Int64, "alasan": pl.String}
    return pl.DataFrame(lines, schema=schema, orient="row")


def _named() -> pl.Expr:
    """`PEJALIN (6501012006)`."""
    code = pl.col(KODE_DESA).fill_null("tanpa kode")
    return pl.concat_str(pl.col("desa").fill_null("tanpa nama"), pl.lit(" ("), code, pl.lit(")"))
