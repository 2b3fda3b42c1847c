"""Columns of several years side by side: which year is read, and which columns belong to it.

Headers name a year ("IKS 2024") or none ("IKS"). Those without one are of the sheet's own year, the latest. So last
year's figures put beside this year's for comparison are told from this year's, and never stand in for them.
"""

from collections.abc import Collection
from dataclasses import dataclass

from idmcli import columns as col
from idmcli.normalise.aliases import Match
from idmcli.normalise.headers import Header
from idmcli.normalise.schema import Schema
from idmcli.normalise.years import years_beside
from idmcli.tables import Grid
from idmcli.words import listed

_SUB_INDICES = frozenset(col.STATED[: len(col.SUB_INDICES)])


@dataclass(frozen=True)
class YearColumns:
    """The year read of one grid.

    Attributes:
        years: the years that the headers name, ascending; empty where they only name years to compare with.
        tahun: the year whose columns are read; None for the columns without a year.
        undated: whether figures without a year in their header belong to it.
        notes: what was assumed, in words.
    """

    years: tuple[int, ...]
    tahun: int | None
    undated: bool
    notes: tuple[str, ...]

    def serves(self, match: Match, schema: Schema) -> bool:
        """Whether a column is of the year read."""
        if match.tahun is None:
            return self.undated or match.nama not in schema.measures
        return match.tahun == self.tahun


def columns_of_year(grid: Grid, header: Header, schema: Schema, tahun: int | None) -> YearColumns:
    """The year read: `tahun` where the headers name it, else the sheet's own."""
    measured = [match for match in header.matches if match and match.nama in schema.measures]
    undated = {match.nama for match in measured if match.tahun is None}
    years = tuple(sorted({match.tahun for match in measured if match.tahun}))
    if not years:
        return YearColumns((), None, undated=True, notes=())
    own = _own_year(
        grid, header, {match.nama for match in measured if match.tahun == years[-1]}, undated, years, schema
    )
    if own is None and tahun not in years:
        labels = [label for label, match in zip(header.labels, header.matches, strict=True) if match and match.tahun]
        return YearColumns((), None, undated=True, notes=(f"kolom pembanding tidak dipakai ({listed(labels)})",))
    year = tahun if tahun in years else years[-1]
    mixed = bool(undated) and (year != own)
    return YearColumns(years, year, undated=not mixed, notes=())


def _own_year(
    grid: Grid,
    header: Header,
    dated: Collection[str],
    undated: Collection[str],
    years: tuple[int, ...],
    schema: Schema,
) -> int | None:
    """The year in the headers that figures without a year belong to: the latest; None where it is only compared with.

    It is compared with where the sub-indices are not among its columns, and either a figure stands twice, with that
    year and without ("STATUS 2023" beside "STATUS"), or the title of a table of scores names a later year.
    """
    if set(dated) >= _SUB_INDICES or not undated:
        return years[-1]
    answers = len(set(undated) & set(schema.answers))
    table = bool(set(undated) & set(schema.scores)) or answers > len(col.STATED)
    if (table or set(undated) >= _SUB_INDICES) and set(dated) & set(undated):
        return None
    beside = years_beside(grid, header)
    later = bool(beside) and max(beside) > years[-1] and not set(beside) & set(years)
    return None if table and later else years[-1]
