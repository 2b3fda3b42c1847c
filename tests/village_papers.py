"""The sample villages as contexts of their papers: one reading and one search for paths per test process."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import polars as pl

from idmcli import pipeline
from idmcli.documents.context import sheet_context
from idmcli.documents.sheet_input import Row, SheetInput
from idmcli.gap import Choice
from idmcli.parameters import effort_costs
from idmcli.pipeline.gap import find_paths
from idmcli.pipeline.judge import watch_points
from idmcli.settings import Settings
from tests.conftest import SAMPLE

INDICES = ("iks", "ike", "ikl", "idm")

Context = dict[str, Any]


@lru_cache(maxsize=1)
def inputs() -> Sequence[SheetInput]:
    """Every village of the sample with its own smallest path."""
    loaded = pipeline.load(pipeline.Request((str(SAMPLE),)), Settings())
    gapped = find_paths(loaded, Choice(biaya=effort_costs(loaded.rubric)), watch_points(Settings()))
    steps = by_village(gapped.paths.langkah.filter(pilihan=0))
    others, alike = by_village(gapped.paths.alternatif), by_village(gapped.similar)
    strong, weak = by_village(gapped.strengths), by_village(gapped.weaknesses)
    mean = {
        row["kabupaten"]: row
        for row in gapped.villages.group_by("kabupaten").agg(pl.col(INDICES).mean()).iter_rows(named=True)
    }
    sizes = dict(gapped.villages.group_by("kabupaten").len().iter_rows())

    def one(row: Row) -> SheetInput:
        number, kabupaten = row["no"], row["kabupaten"]
        return SheetInput(
            desa=row,
            langkah=steps.get(number, ()),
            alternatif=others.get(number, ()),
            kekuatan=strong.get(number, ()),
            kelemahan=weak.get(number, ()),
            mirip=alike.get(number, ()),
            rata_kabupaten={name: mean[kabupaten][name] for name in INDICES},
            desa_kabupaten=sizes[kabupaten],
            sumber=[(source.berkas, source.sha256) for source in loaded.sources],
            tanggal=date(2024, 11, 21),
        )

    return [one(row) for row in gapped.villages.iter_rows(named=True)]


@lru_cache(maxsize=1)
def contexts() -> Sequence[Context]:
    """What their papers print."""
    rubric = pipeline.load(pipeline.Request((str(SAMPLE),)), Settings()).rubric
    return [sheet_context(given, rubric) for given in inputs()]


def by_village(frame: pl.DataFrame) -> dict[int, list[Row]]:
    """The rows of a frame per village."""
    rows: dict[int, list[Row]] = {}
    for row in frame.iter_rows(named=True):
        rows.setdefault(row["no"], []).append(row)
    return rows


def remarkable(contexts: Sequence[Context]) -> list[Context]:
    """One village of each status, the fullest pages, the longest name."""
    by_status = {context["status"]["kini"]: context for context in contexts}
    fullest = max(contexts, key=lambda context: (context["padat"]["muka"], len(str(context["jalan"]))))
    longest = max(contexts, key=lambda context: len(context["kepala"]["nama"]))
    busiest = max(contexts, key=lambda context: len(str(context["indikator"])))
    return list({one["judul"]: one for one in [*by_status.values(), fullest, longest, busiest]}.values())
