"""All the years that an input holds, also those that stand side by side in one sheet."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from idmcli import columns as col
from idmcli.normalise import normalise
from idmcli.pipeline.loading import Loaded, Request, scored
from idmcli.pipeline.sources import sources, standard_input
from idmcli.reading import read
from idmcli.reading.sources import STDIN
from idmcli.regions import load_regions
from idmcli.rubric import Rubric, load_rubric
from idmcli.settings import Settings
from idmcli.tables import VillageTable

_ADVICE: Final = "--tahun"
"""What normalise says where it must choose among years; here none is left out."""
_SHEET: Final = (col.BERKAS, col.LEMBAR)
_ROW: Final = "_no"


def load_years(request: Request, settings: Settings) -> tuple[Loaded, ...]:
    """Read the files of a request once, and everything that they hold of every year.

    Returns:
        One result as `load` gives it; or one per year, ascending, where a sheet has several years side by side.

    Raises:
        InputError: a file cannot be read or nothing in it is recognised.
        UsageError: the sheet asked for is not there.
        ConfigError: edition, layouts or reference are invalid.
    """
    rubric, regions = load_rubric(settings.edisi), load_regions()
    stdin = standard_input() if STDIN in request.files else None
    reading = read(request.files, sheet=request.sheet, stdin=stdin)

    def loaded(tahun: int | None) -> Loaded:
        table = normalise(reading, rubric=rubric, regions=regions, tahun=tahun, terima_usulan=request.terima_usulan)
        if tahun is not None:
            table = _of_year(table, tahun)
        return Loaded(table, scored_by_shape(table, rubric), rubric, regions, sources(table, stdin))

    first = loaded(None)
    years = sorted({year for layout in first.table.layouts for year in layout.years})
    return tuple(map(loaded, years)) if _side_by_side(first.table) else (first,)


def scored_by_shape(table: VillageTable, rubric: Rubric) -> pl.DataFrame:
    """As `scored`, but the rows of each sheet by the shape of that sheet: recaps beside scores keep their figures."""
    shapes = {(layout.berkas, layout.lembar): layout.shape for layout in table.layouts}
    kinds = sorted({*shapes.values()})
    if len(kinds) < 2:
        return scored(table, rubric)
    numbered = table.desa.with_row_index(_ROW)
    # the rows of ministry documents name their own files, their layout the folder: the only ones not found
    of_row = [shapes.get(sheet, "rumusan") for sheet in table.desa.select(_SHEET).rows()]
    parts = [
        scored(replace(table, desa=numbered.filter(pl.Series([one == kind for one in of_row])), shape=kind), rubric)
        for kind in kinds
    ]
    return pl.concat(parts, how="diagonal_relaxed").sort(_ROW).drop(_ROW)


def notes_of(results: Sequence[Loaded]) -> tuple[str, ...]:
    """The notes of all results, each once, without advice to choose among years."""
    return tuple(dict.fromkeys(note for result in results for note in result.notes if _ADVICE not in note))


def _of_year(table: VillageTable, tahun: int) -> VillageTable:
    """The table without the rows of sheets that name no year: asked for one, they would take it on."""
    dated = {(layout.berkas, layout.lembar) for layout in table.layouts if layout.years}
    documents = any(layout.shape == "rumusan" for layout in table.layouts)
    keep = [sheet in dated or (documents and sheet[1] is None) for sheet in table.desa.select(_SHEET).rows()]
    years = table.desa.get_column(col.TAHUN)
    rows = pl.Series(keep, dtype=pl.Boolean) & (years == tahun).fill_null(value=False)
    return replace(table, desa=table.desa.filter(rows), mentah=table.mentah.filter(rows))


def _side_by_side(table: VillageTable) -> bool:
    """Whether a sheet names several years of which only one was read."""
    rows = table.desa.group_by(_SHEET).agg(pl.col(col.TAHUN).drop_nulls().n_unique())
    years = {(file, sheet): number for file, sheet, number in rows.rows()}
    return any(
        years.get((layout.berkas, layout.lembar), 0) < len(layout.years)
        for layout in table.layouts
        if layout.shape != "rumusan"
    )
