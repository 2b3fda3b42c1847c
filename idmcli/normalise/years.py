"""The year of every row: from a column, the headers, the title, the sheet's or the file's name, in this order."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

import polars as pl

from idmcli import columns as col
from idmcli.normalise.fold import years_in
from idmcli.normalise.headers import Header
from idmcli.normalise.values import parse_years
from idmcli.tables import Grid

# a regulation's own year says nothing about the data: "Permendesa Nomor 2 Tahun 2016", "SK 30/2016"
_REGULATION = re.compile(r"\b(nomor|no\.?|nomer)\s*\S+\s+tahun\s+20\d\d|\d+\s*/\s*20\d\d", re.IGNORECASE)

_COLUMN: Final = (col.TAHUN, None)


@dataclass(frozen=True)
class Years:
    """The years of a grid.

    Attributes:
        values: Int32, one per row; null where unknown.
        seen: all years there are, ascending.
        source: where the one year comes from, in words for the officer; empty if rows or headers state it.
    """

    values: pl.Series
    seen: tuple[int, ...]
    source: str = ""


def years_of(
    grid: Grid,
    rows: pl.DataFrame,
    *,
    height: int,
    header_years: Sequence[int],
    header_year: int | None,
    titles: Sequence[str],
    tahun: int | None,
) -> Years:
    """The year of each of `height` rows; see the module for the order of sources.

    Args:
        grid: the sheet, for its name and its file's name.
        rows: the column `tahun` as typed, or no column.
        height: the number of rows.
        header_years: the years that the headers name.
        header_year: the one among them whose columns were taken.
        titles: the texts above the table.
        tahun: the year asked for, taken for the rows' year only where nothing else tells it.
    """
    if col.TAHUN in rows.columns and len(header_years) < 2:
        values = parse_years(rows.get_column(col.TAHUN))
        if header_year is not None:
            values = values.fill_null(header_year)
        seen = values.drop_nulls().unique().sort().to_list()
        if seen:
            return Years(values, tuple(seen))
    if header_year is not None:
        return Years(_constant(header_year, height), tuple(header_years))
    found = _outside(grid, titles)
    if found is not None:
        year, source = found
        return Years(_constant(year, height), (year,), f"tahun {year} dari {source}")
    if tahun is not None:
        return Years(_constant(tahun, height), (tahun,), f"tahun {tahun} dari --tahun")
    return Years(_constant(None, height), ())


def years_beside(grid: Grid, header: Header) -> tuple[int, ...]:
    """The years of a table by everything but the headers of its figures: column, titles, sheet's or file's name."""
    named = [index for index, match in enumerate(header.matches) if match and (match.nama, match.tahun) == _COLUMN]
    for index in named:
        cells = grid.cells.get_column(grid.cells.columns[index]).slice(header.start + header.depth)
        found = parse_years(cells).drop_nulls().unique().to_list()
        if found:
            return tuple(found)
    return next((years for years, _ in _sources(grid, header.titles)), ())


def _outside(grid: Grid, titles: Sequence[str]) -> tuple[int, str] | None:
    """A year that stands above the table or in a name, and where; the last one where there are several."""
    return next(((max(years), source) for years, source in _sources(grid, titles)), None)


def _sources(grid: Grid, titles: Sequence[str]) -> Iterator[tuple[tuple[int, ...], str]]:
    """The years that each text about the whole table names, and which text; most reliable first."""
    texts: Mapping[str, str] = {
        "judul di atas tabel": " ".join(titles),
        "nama lembar": grid.lembar or "",
        "nama berkas": PurePath(grid.berkas).name,
    }
    for source, text in texts.items():
        years = years_in(_REGULATION.sub(" ", text))
        if years:
            yield years, source


def _constant(year: int | None, height: int) -> pl.Series:
    return pl.Series(col.TAHUN, [year], dtype=pl.Int32).new_from_index(0, height)
