"""The cards of all villages as data for the page's search: small, because what they share stands once."""

from typing import Any, Final

import polars as pl

from idmcli.columns import IDM_K, KODE_DESA
from idmcli.documents.villages import by_village
from idmcli.report.facts import KECAMATAN, Facts
from idmcli.report.phrases import titled
from idmcli.rubric.actors import ACTOR_NAMES, actor_words
from idmcli.rubric.model import Indicator

UNKNOWN: Final = "-"
"""Stands for a score that is missing."""


def cards(facts: Facts) -> dict[str, Any]:
    """What the search of `laporan.html` knows.

    Returns:
        `tahun` (ascending), `status` (as shown, ascending), `batas` (first unit of each status), `skala` (units of
        IDM 1), `dimensi` ([kode, nama, maksimum]), `indikator` ([kode, nama, dimensi's number, units of a point, who
        can act, [[skor, syarat, kegiatan] …], locked: why nobody can move it]), `tempat` ([kecamatan, kabupaten]), and
        `desa`, one row each: [no, code, name, place's number, scores as 50 digits ("" unknown), points per dimension,
        units of IDM per year (null unknown), direction, path ([indicator's number, score to reach, who, why]), in the
        plan, sentence about the path or why there is no figure].
    """
    rubric = facts.rubric
    places = facts.places(facts.villages, KECAMATAN)
    years = facts.compared.tahun if facts.compared else (facts.tahun,)
    dimensions = {row.kode: number for number, row in enumerate(rubric.dimensi)}
    return {
        "tahun": list(years),
        "status": list(facts.shown),
        "batas": [status.k_min for status in rubric.status],
        "skala": rubric.scale,
        "dimensi": [[row.kode, row.nama, row.maksimum] for row in rubric.dimensi],
        "indikator": [
            [
                row.kode,
                row.singkat,
                dimensions[rubric.dimension_of(row.kode).kode],
                rubric.unit(rubric.dimension_of(row.kode)),
                ", ".join(actor_words(row.pelaku)),
                [[score.skor, score.syarat, score.kegiatan] for score in row.skor],
                "" if row.dapat_digerakkan else row.alasan,
            ]
            for row in rubric.indikator
        ]
        if facts.scored
        else [],
        "tempat": [
            [place.nama, titled(place.villages["kabupaten"].drop_nulls().head(1).to_list()[0], "–")]
            if place.villages["kabupaten"].count()
            else [place.nama, "–"]
            for place in places
        ],
        "desa": _villages(facts, years, {place.villages[KECAMATAN][0]: at for at, place in enumerate(places)}),
    }


def _villages(facts: Facts, years: tuple[int, ...], places: dict[str, int]) -> list[list[Any]]:
    history = _history(facts, years)
    steps, planned, about = _steps(facts)
    codes = facts.rubric.codes if facts.scored else ()
    rows = []
    for row in facts.villages.iter_rows(named=True):
        scores = "".join(UNKNOWN if row[kode] is None else str(row[kode]) for kode in codes)
        points = [
            None if row[one.kolom] is None else round(row[one.kolom] * one.maksimum) for one in facts.rubric.dimensi
        ]
        units = history.get(row[KODE_DESA] or "", [None] * len(years))
        units = [*units[:-1], row[IDM_K]]
        number = row["no"]
        said = row["alasan"] if row[IDM_K] is None else about.get(number, "")
        rows.append(
            [
                number,
                row[KODE_DESA] or "",
                facts.desa(row["desa"]),
                places[row[KECAMATAN]],
                scores,
                points,
                units,
                row["arah"] or "",
                steps.get(number, []),
                int(number in planned),
                said or "",
            ]
        )
    return rows


def _history(facts: Facts, years: tuple[int, ...]) -> dict[str, list[int | None]]:
    """Units of IDM per year, by code."""
    if facts.compared is None:
        return {}
    columns = [f"{IDM_K}_{year}" for year in years]
    return {code: list(units) for code, *units in facts.compared.desa.select(KODE_DESA, *columns).iter_rows()}


def _steps(facts: Facts) -> tuple[dict[int, list[list[Any]]], set[int], dict[int, str]]:
    """By row: the steps of the plan, or else of the smallest path; rows in the plan; what is said beside."""
    gapped = facts.annual.gapped
    if gapped is None:
        return {}, set(), {}
    order = {kode: at for at, kode in enumerate(facts.rubric.codes)}
    about = {
        row["no"]: row["alasan_jalur"]
        for row in gapped.villages.filter(pl.col("alasan_jalur").is_not_null()).iter_rows(named=True)
    }
    if facts.planned:
        chosen, own = by_village(facts.planned.worklist), by_village(facts.planned.own_paths)
        steps = {
            number: [[order[row["kode"]], row["ke"], row["pelaku"], row["instansi"]] for row in rows]
            for number, rows in {**own, **chosen}.items()
        }
        found, planned = steps, set(chosen)
    else:
        best = by_village(gapped.paths.langkah.filter(pl.col("pilihan") == 0))
        leads = {row.kode: _lead(row) for row in facts.rubric.indikator}
        found = {
            number: [[order[row["kode"]], row["ke"], *leads[row["kode"]]] for row in rows]
            for number, rows in best.items()
        }
        planned = set()
    names: dict[str, str] = {str(actor): name for actor, name in ACTOR_NAMES.items()}
    told = {
        number: [[at, to, f"{instansi} ({names.get(actor, actor).lower()})"] for at, to, actor, instansi in rows]
        for number, rows in found.items()
    }
    return told, planned, about


def _lead(indicator: Indicator) -> tuple[str, str]:
    return indicator.rencana.pelaku, indicator.rencana.instansi
