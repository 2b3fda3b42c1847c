"""Which villages a workbook to fill in is for, and what last year's data already say."""

from dataclasses import dataclass

import polars as pl

from idmcli.columns import KODE_DESA, PLACES, TAHUN
from idmcli.errors import UsageError
from idmcli.pipeline.area import did_you_mean, places_named
from idmcli.pipeline.loading import Request, load
from idmcli.regions import load_regions
from idmcli.rubric import Rubric, load_rubric
from idmcli.settings import Settings


@dataclass(frozen=True)
class Prefill:
    """The villages of a form and their earlier answers.

    Attributes:
        rubric: the edition that asks.
        villages: `kode_desa` and names, by code.
        isi: last year's village frame; None without one.
        tahun: the year that the answers are for; None where nothing says so.
        notes: what the officer must know, one line each.
    """

    rubric: Rubric
    villages: pl.DataFrame
    isi: pl.DataFrame | None
    tahun: int | None
    notes: tuple[str, ...]


def prefill(settings: Settings, wilayah: str | None, dari: str | None, tahun: int | None) -> Prefill:
    """The villages of the area, from last year's file or the regional reference.

    Args:
        settings: which edition.
        wilayah: code (2, 4, 6 or 10 digits) or name of a province, kabupaten, kecamatan or village; None: all.
        dari: last year's file; None: the reference.
        tahun: the year that the answers are for; None: the year after `dari`.

    Raises:
        UsageError: no village there.
        InputError: `dari` cannot be read.
    """
    rubric = load_rubric(settings.edisi)
    notes: tuple[str, ...] = ()
    isi = None
    rows = load_regions().frame
    if dari is not None:
        loaded = load(Request((dari,)), settings)
        notes = loaded.notes
        years = loaded.scored.get_column(TAHUN).drop_nulls()
        latest = max(years.to_list(), default=None)
        isi = loaded.table.desa if latest is None else loaded.table.desa.filter(pl.col(TAHUN) == latest)
        isi = isi.filter(pl.col(KODE_DESA).is_not_null()).unique(KODE_DESA, keep="first", maintain_order=True)
        tahun = tahun if tahun is not None or latest is None else latest + 1
        # names as the reference writes them; a village that it does not know keeps its own
        rows = pl.concat([rows.select(KODE_DESA, *PLACES), isi.select(KODE_DESA, *PLACES).drop_nulls()]).unique(
            KODE_DESA, keep="first", maintain_order=True
        )
        rows = rows.join(isi, on=KODE_DESA, how="semi")
    chosen = within(rows.select(KODE_DESA, *PLACES), wilayah).sort(KODE_DESA)
    notes += _namesakes(rows, wilayah)
    return Prefill(rubric, chosen, isi, tahun, notes)


def within(rows: pl.DataFrame, wilayah: str | None) -> pl.DataFrame:
    """The rows of an area named by code or name.

    Raises:
        UsageError: none, or a name that several areas bear.
    """
    if wilayah is None:
        return rows
    digits = "".join(wilayah.replace(".", "").split())
    advice = ""
    if not (digits.isascii() and digits.isdigit()):
        places = places_named(rows, wilayah)
        meant = [place for place in places if place.level == places[0].level]
        if len(meant) > 1:
            raise UsageError(
                f"Ada {len(meant)} wilayah bernama {wilayah}: {', '.join(map(str, meant))}", "Sebut kodenya."
            )
        digits, advice = meant[0].kode if meant else "-", did_you_mean(rows, wilayah)
    found = rows.filter(pl.col(KODE_DESA).str.starts_with(digits))
    if found.is_empty():
        raise UsageError(
            f"Tidak ada desa untuk wilayah {wilayah}",
            advice
            or "Sebut kode atau nama provinsi, kabupaten, kecamatan, atau desa; untuk daerah lain pakai --dari FILE.",
        )
    return found


def _namesakes(rows: pl.DataFrame, wilayah: str | None) -> tuple[str, ...]:
    """That a name means the widest of several places."""
    places = places_named(rows, wilayah) if wilayah and not wilayah.replace(".", "").strip().isdigit() else []
    if len(places) < 2:
        return ()
    others = ", ".join(str(place) for place in places[1:])
    return (f"{wilayah} dibaca sebagai {places[0].level} {places[0].kode}; nama itu juga dipakai {others}",)
