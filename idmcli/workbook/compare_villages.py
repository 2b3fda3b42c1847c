"""The sheet DESA of a comparison, on which the other sheets count, and what all of them are made with."""

from dataclasses import dataclass, replace
from typing import Final

import polars as pl
from xlsxwriter.workbook import Workbook

from idmcli.classify import ABSENT, UNSCORED
from idmcli.compare import Compared
from idmcli.rubric.model import Rubric
from idmcli.workbook.catalogue import Column, columns
from idmcli.workbook.sheets import Placed, SheetSpec, add_table, place
from idmcli.workbook.steps import WHO
from idmcli.workbook.styles import Styles

VILLAGES: Final = "DESA"


@dataclass(frozen=True)
class Paper:
    """The workbook that the sheets stand in.

    Attributes:
        book: the workbook.
        styles: its formats.
        compared: what is shown.
        rubric: the edition.
        tempat: province and years, for titles.
    """

    book: Workbook
    styles: Styles
    compared: Compared
    rubric: Rubric
    tempat: str

    @property
    def statuses(self) -> list[str]:
        """From the lowest to the highest."""
        return [status.nama for status in self.rubric.status]

    @property
    def order(self) -> list[str]:
        """From the highest to the lowest."""
        return list(reversed(self.statuses))


def village_sheet(paper: Paper) -> SheetSpec:
    """Every village ever seen, with IDM and status of every year; a blank status says why it is blank."""
    years = paper.compared.tahun
    frame = paper.compared.desa.with_columns(
        pl.when(pl.col(f"ada_{year}"))
        .then(pl.col(f"status_{year}").fill_null(UNSCORED))
        .otherwise(pl.lit(ABSENT))
        .alias(f"status_{year}")
        for year in years
    ).with_columns((pl.col(f"idm_{years[-1]}") - pl.col(f"idm_{years[0]}")).alias("selisih_idm"))
    entries = (
        *columns(frame, WHO),
        *(Column(f"idm_{year}", str(year), "indeks", 8, "IDM") for year in years),
        Column("selisih_idm", f"Selisih {years[0]}–{years[-1]}", "selisih", 11, "IDM"),
        *(Column(f"status_{year}", str(year), "status", 19, "Status") for year in years),
    )
    spec = SheetSpec(
        VILLAGES,
        f"Desa dari tahun ke tahun – {paper.tempat}",
        frame,
        (f"{ABSENT}: desa itu tidak ada dalam data tahun itu; {UNSCORED}: ada, tetapi tanpa IDM.",),
        kolom=entries,
        beku=2,
        jumlah=frozenset(),
    )
    letters = place(spec).letters
    first, last = letters[f"idm_{years[0]}"], letters[f"idm_{years[-1]}"]
    return replace(spec, rumus={"selisih_idm": lambda row: f"={last}{row}-{first}{row}"})


def add_villages(paper: Paper) -> Placed:
    """Add the sheet DESA."""
    spec = village_sheet(paper)
    add_table(paper.book, paper.styles, spec, paper.statuses)
    return place(spec)
