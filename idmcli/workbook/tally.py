"""Tables that count, sum and average a list on another sheet by live formulas; cached results are our own figures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import polars as pl
from xlsxwriter.worksheet import Worksheet

from idmcli.workbook.catalogue import Column
from idmcli.workbook.cells import write_text
from idmcli.workbook.criteria import usable_criteria
from idmcli.workbook.sheets import Placed, SheetSpec, place, placed_at
from idmcli.workbook.styles import Styles

UNNAMED: Final = "(tidak disebut)"
MOST_WORK: Final = 30_000_000
"""Cells that the formulas of one table may look through; Excel computes them anew whenever the workbook is opened."""

Criterion = tuple[str, Literal["=", "<", ">"], str | int | None]
"""Column of the list, comparison, value (None with `=`: an empty cell)."""


@dataclass(frozen=True)
class Measure:
    """One figure of a tally.

    Attributes:
        entry: how it is shown; its `nama` is the column of the finished table.
        cara: `banyak` counts rows, `jumlah` sums `dari`, `rata` averages `dari`.
        dari: column of the list.
        syarat: only rows of the list for which these hold.
    """

    entry: Column
    cara: Literal["banyak", "jumlah", "rata"]
    dari: str = ""
    syarat: tuple[Criterion, ...] = ()


@dataclass(frozen=True)
class Tally:
    """A finished table: its sheet, where its rows stand, and the line below it that takes all rows together."""

    spec: SheetSpec
    where: Placed
    total: pl.DataFrame
    rumus: dict[str, str]
    label: str = "JUMLAH"


def tally(
    spec: SheetSpec,
    rows: pl.DataFrame,
    where: Placed,
    keys: Sequence[Column],
    measures: Sequence[Measure],
    top: int | None = None,
) -> Tally:
    """Fill in the table of `spec`: one row per combination of `keys`, in the order in which the list names them.

    Args:
        spec: sheet name, title, notes and print setup; its frame, columns and formulas are made here.
        rows: the list.
        where: where the list stands.
        keys: columns of the list that a row stands for.
        measures: the figures.
        top: 0-based row in which the table begins (see `write_table`); None: where `add_table` puts it.
    """
    names = [key.nama for key in keys]
    figures = [_figure(measure) for measure in measures]
    grouped = rows.group_by(names, maintain_order=True).agg(figures) if names else rows.select(figures)
    shown = grouped.with_columns(pl.col(name).fill_null(UNNAMED) for name in names if grouped[name].dtype == pl.String)
    entries = (*keys, *(measure.entry for measure in measures))
    filled = replace(spec, frame=shown, kolom=entries)
    heavy = rows.height * grouped.height * len(measures) > MOST_WORK
    usable = [not heavy and fits for fits in usable_criteria(grouped, names)]
    here = place(filled) if top is None else placed_at(filled, top)
    made = {measure.entry.nama: _formula(measure, where, names, here, usable) for measure in measures}
    total = {measure.entry.nama: "" if heavy else _call(measure, where, []) for measure in measures}
    return Tally(replace(filled, rumus=made), here, rows.select(figures), total)


def write_total(sheet: Worksheet, styles: Styles, table: Tally) -> int:
    """The line of all rows together below the table; gives its 0-based row."""
    line = table.where.last
    first = True
    row = table.total.row(0, named=True)
    for number, entry in enumerate(table.spec.entries):
        look = styles.total(entry.kind)
        if entry.nama not in row:
            write_text(sheet, line, number, table.label if first else "", look)
            first = False
            continue
        write_figure(sheet, line, number, table.rumus[entry.nama], row[entry.nama], look)
    return line


def write_figure(sheet: Worksheet, line: int, column: int, formula: str, value: Any, look: Any) -> None:
    """A figure with its formula, or as it is where there is none."""
    if formula:
        sheet.write_formula(line, column, formula, look, "" if value is None else value)
    elif value is None:
        sheet.write_blank(line, column, None, look)
    else:
        sheet.write_number(line, column, value, look)


def quoted(value: str | int | None, sign: str = "=") -> str:
    """A criterion in a formula: `"MANDIRI"`, `"<5"`, `""` for an empty cell."""
    text = str("" if value is None else value) if sign == "=" else f"{sign}{value}"
    return '"' + text.replace('"', '""') + '"'


def _figure(measure: Measure) -> pl.Expr:
    chosen = [_holds(*criterion) for criterion in measure.syarat]
    if measure.cara == "banyak":
        counted = pl.all_horizontal(chosen).sum() if chosen else pl.len()
        return counted.cast(pl.Int64).alias(measure.entry.nama)
    values = pl.col(measure.dari).filter(pl.all_horizontal(chosen)) if chosen else pl.col(measure.dari)
    if measure.cara == "rata":
        return values.mean().alias(measure.entry.nama)
    return values.sum().alias(measure.entry.nama)


def _holds(column: str, sign: str, value: str | int | None) -> pl.Expr:
    cell = pl.col(column)
    if value is None:
        return cell.is_null()
    compared = cell == value if sign == "=" else cell < value if sign == "<" else cell > value
    return compared.fill_null(value=False)


def _formula(
    measure: Measure, where: Placed, names: Sequence[str], here: Placed, usable: Sequence[bool]
) -> Callable[[int], str]:
    def formula(row: int) -> str:
        if not usable[row - here.first]:
            return ""
        return _call(measure, where, [f"{where.area(name)},${here.letters[name]}{row}" for name in names])

    return formula


def _call(measure: Measure, where: Placed, place_of_row: Sequence[str]) -> str:
    """The formula of a figure, for the rows of the list that match."""
    further = [f"{where.area(column)},{quoted(value, sign)}" for column, sign, value in measure.syarat]
    criteria = ",".join([*place_of_row, *further])
    if measure.cara == "banyak":
        return f"=COUNTIFS({criteria})" if criteria else f"=ROWS({next(iter(_areas(where)))})"
    source = where.area(measure.dari)
    if measure.cara == "jumlah":
        return f"=SUMIFS({source},{criteria})" if criteria else f"=SUM({source})"
    return f'=IFERROR({f"AVERAGEIFS({source},{criteria})" if criteria else f"AVERAGE({source})"},"")'


def _areas(where: Placed) -> list[str]:
    return [where.area(name) for name in where.letters]
