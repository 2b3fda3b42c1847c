"""Grids and calls for the tests of `normalise`."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from idmcli.normalise import normalise
from idmcli.regions import load_regions
from idmcli.rubric import load_rubric
from idmcli.tables import Grid, Kind, Reading, VillageTable

RUBRIC = load_rubric()
REGIONS = load_regions()
SAMPLES = Path(__file__).parent / "contoh_tata_letak"
LABELS = [indicator.label for indicator in RUBRIC.indikator]
RECAP = ["KODE DESA", "KABUPATEN", "KECAMATAN", "DESA", "IKS 2024", "IKE 2024", "IKL 2024"]

Cells = Sequence[Sequence[object]]


def grid(rows: Cells, *, lembar: str | None = "Data", berkas: str = "uji.xlsx", kind: Kind = "lembar") -> Grid:
    """A sheet whose cells are given row by row; None is an empty cell."""
    width = max(len(row) for row in rows)
    full = [[None if cell is None else str(cell) for cell in row] + [None] * (width - len(row)) for row in rows]
    frame = pl.DataFrame(full, schema=[str(i) for i in range(width)], orient="row", schema_overrides={})
    return Grid(berkas, lembar, frame.cast(pl.String), kind)


def table(*grids: Grid, tahun: int | None = None, terima_usulan: bool = False) -> VillageTable:
    """The village table of hand-made grids."""
    return normalise(Reading(grids), rubric=RUBRIC, regions=REGIONS, tahun=tahun, terima_usulan=terima_usulan)


def recap(*rows: Sequence[object], header: Sequence[str] = RECAP) -> Grid:
    """A recap with the header in the first row."""
    return grid([header, *rows])
