"""Scenarios side by side on the screen."""

import polars as pl
from rich.console import Console
from rich.markup import escape

from idmcli.commands.console import table
from idmcli.rubric import ACTOR_WORDS
from idmcli.words import decimal, whole

LABELS, FIGURES = 26, 12
"""Columns of the screen for what is measured, and for each scenario."""
MILLION = 1_000_000
COST, VALUE = "biaya", "nilai"
"""Units of the comparison that need the unit of the prices, and that the gap already tells."""


def print_comparison(console: Console, compared: pl.DataFrame, names: list[str], satuan: str) -> None:
    """As many scenarios beside each other as the screen takes, the others below.

    Args:
        console: the screen.
        compared: what `plan.compare` gave.
        names: the scenarios.
        satuan: unit of the prices: rupiah are told in millions, interventions not at all.
    """
    rows = compared.filter(pl.col("satuan") != VALUE, (pl.col("satuan") != COST) | (satuan != "intervensi"))
    at_once = max(1, (console.width - LABELS) // (FIGURES + 1))
    for first in range(0, len(names), at_once):
        shown = names[first : first + at_once]
        made = table("", *map(escape, shown))
        made.columns[0].width = LABELS
        for column in made.columns[1:]:
            column.width, column.min_width, column.no_wrap = FIGURES, None, False
        for part in rows.partition_by("bagian", maintain_order=True):
            made.add_row(f"[bold]{escape(title(part.item(0, 'bagian'), satuan))}[/]")
            for row in part.iter_rows(named=True):
                label = ACTOR_WORDS.get(row["ukuran"], row["ukuran"])
                unit = " (juta Rp)" if row["satuan"] == COST == row["ukuran"] and satuan == "rupiah" else ""
                figures = (figure(row[name], row["satuan"], satuan) for name in shown)
                made.add_row(f"  {escape(label)}{unit}", *figures)
        console.print(made)
        console.print()


def title(part: str, satuan: str) -> str:
    """The heading of a part of the comparison."""
    unit = " (juta Rp)" if part.startswith(COST) and satuan == "rupiah" else ""
    return f"{part[:1].upper()}{part[1:]}{unit}"


def figure(value: float | None, unit: str, satuan: str) -> str:
    """A measure of a scenario as people read it."""
    if value is None:
        return "–"
    if unit == "1 = ya":
        return "ya" if value else "tidak"
    if unit == "persen":
        return f"{decimal(value, 2)} %"
    return whole(round(value / MILLION if unit == COST and satuan == "rupiah" else value))
