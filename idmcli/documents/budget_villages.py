"""Verified villages one by one, as their sheets and workbooks need them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from idmcli.budget.works import works
from idmcli.documents.budget_sheet import VillageBudget
from idmcli.parameters.activities import load_activities
from idmcli.parameters.crosswalk import DIRECT
from idmcli.pipeline.rapbdes import Verified

Rows = list[dict[str, Any]]


def village_budgets(verified: Verified) -> Iterator[VillageBudget]:
    """Every verified village, by code."""
    hasil, rubric = verified.hasil, verified.rubric
    gathered = works(hasil.tautan, hasil.lines, verified.activities)
    parts = {
        name: by_village(frame)
        for name, frame in (
            ("indikator", hasil.indikator),
            ("kegiatan", gathered),
            ("uang", hasil.uang),
            ("formal", hasil.formal),
            ("aspek", hasil.aspek),
        )
    }
    codes = addressing(verified)
    fields = {kode: nama for kode, nama in load_activities().fields.items() if len(kode) == 1}
    dimensions = {one.kode: one.nama for one in rubric.dimensi}
    for village in hasil.desa.iter_rows(named=True):
        rows: Mapping[str, Sequence[Mapping[str, Any]]] = {
            name: found.get(village["kode_desa"], []) for name, found in parts.items()
        }
        yield VillageBudget(
            desa=village,
            indikator=rows["indikator"],
            kegiatan=rows["kegiatan"],
            uang=rows["uang"],
            formal=rows["formal"],
            aspek=rows["aspek"],
            centang=verified.rules.centang,
            kode_kegiatan=codes,
            bidang=fields,
            dimensi=dimensions,
            tahun=village["tahun_anggaran"] or verified.tahun,
            edisi=rubric.edisi,
        )


def by_village(frame: pl.DataFrame) -> dict[str, Rows]:
    """The rows of each village, in their order."""
    found: dict[str, Rows] = {}
    for row in frame.iter_rows(named=True):
        found.setdefault(row["kode_desa"], []).append(row)
    return found


def addressing(verified: Verified) -> dict[str, list[str]]:
    """Indicator → codes of the activities that address it, the direct ones first."""
    codes: dict[str, list[str]] = {}
    ordered = verified.crosswalk.kegiatan.sort(pl.col("kekuatan") != DIRECT, "kode_kegiatan")
    for kode, activity in ordered.select("indikator", "kode_kegiatan").iter_rows():
        codes.setdefault(kode, []).append(activity)
    return codes
