"""Small budgets written as tables, for tests of reading them."""

from collections.abc import Sequence

import polars as pl

from idmcli.budget.judge import finish, lines_frame
from idmcli.budget.layout import load_layout
from idmcli.budget.read import read_grids
from idmcli.budget.source import Budget, Draft
from idmcli.tables import Grid

LAYOUT = load_layout()
Cells = Sequence[str | None]


def grid(rows: Sequence[Cells] | str, berkas: str = "desa.xlsx", lembar: str | None = "RAPBDes") -> Grid:
    """A sheet; a text is one row a line with `|` between the cells, spaces inside a cell kept where it is quoted."""
    if isinstance(rows, str):
        rows = [[_cell(cell) for cell in line.split("|")] for line in rows.strip().splitlines()]
    width = max(map(len, rows))
    filled = [[*(cell or None for cell in row), *[None] * (width - len(row))] for row in rows]
    return Grid(berkas, lembar, pl.DataFrame(filled, {str(i): pl.String for i in range(width)}, orient="row"), "lembar")


def _cell(text: str) -> str:
    bare = text.strip()
    return bare.strip('"') if bare.startswith('"') else bare


def read(rows: Sequence[Cells] | str) -> tuple[pl.DataFrame, list[Draft], Budget]:
    """Lines, findings and the budget of one sheet."""
    budget = read_grids([grid(rows)], LAYOUT)[0]
    lines = lines_frame(finish(budget, LAYOUT))
    return lines, budget.drafts, budget


def counted(rows: Sequence[Cells] | str) -> list[tuple[str, str | None, str | None, int]]:
    """Section, activity, account and amount of every line that counts, after checking that nothing was found."""
    lines, drafts, _ = read(rows)
    assert not drafts, drafts
    return lines.filter("daun").select("jenis", "kode_kegiatan", "kode_rekening", "anggaran").rows()
