"""Grids of one file, folder or archive as budgets, whatever their layout."""

from collections.abc import Sequence
from typing import Final

from idmcli.budget.blocks import villages
from idmcli.budget.header import find_header
from idmcli.budget.layout import Layout
from idmcli.budget.listed import is_list, read_list, read_siskeudes
from idmcli.budget.printed import read_printed
from idmcli.budget.source import Budget, Draft, Sheet
from idmcli.budget.text import parse_amount, words
from idmcli.tables import Grid

MAPPING: Final = frozenset({"kode siskeudes", "kode desa"})
"""Headers that mark the office's own mapping file, which is no budget."""

_LARGE: Final = 100_000
_SEVERAL: Final = 3
_GUIDES: Final = ("petunjuk", "panduan", "referensi", "ref", "pemetaan", "cover", "sampul", "rekap", "ringkasan")


def read_grids(grids: Sequence[Grid], layout: Layout) -> list[Budget]:
    """The budgets in grids that belong together: the sheets of a workbook, the tables of an export.

    A sheet without a budget gives an empty one with a finding, unless its name says that it is none or another sheet
    of the same file holds one.
    """
    budgets: list[Budget] = []
    exported: list[tuple[str, Sheet]] = []
    empty: list[Grid] = []
    for grid in grids:
        rows = grid.cells.rows()
        header = find_header(rows, layout)
        if header is None and is_mapping(grid):
            continue
        if header is None:
            empty.append(grid)
            continue
        sheet = Sheet(grid, list(rows), header)
        if header.kind is not None:
            exported.append((header.kind, sheet))
            continue
        own = (
            read_list(sheet, layout)
            if is_list(sheet)
            else [read_printed(one, layout) for one in villages(sheet, layout)]
        )
        if any(budget.drafts or any(node.anggaran for node in budget.root.walk()) for budget in own):
            budgets += own
        else:
            empty.append(grid)
    if any(kind != "desa" for kind, _ in exported):
        budgets += read_siskeudes(exported, layout)
    return [*budgets, *(_without(grid, budgets) for grid in empty if not _excused(grid, budgets))]


def is_mapping(grid: Grid) -> bool:
    """Whether a grid is a mapping of files to villages."""
    return any({words(cell) for cell in row if cell} >= MAPPING for row in grid.cells.head(10).rows())


def _excused(grid: Grid, budgets: Sequence[Budget]) -> bool:
    """Whether a sheet need not be a budget: its name says so, or its file has one elsewhere and it holds no money."""
    named = words(grid.lembar or "").split()[:1]
    if named and named[0] in _GUIDES:
        return True
    return any(budget.berkas == grid.berkas for budget in budgets) and not _moneyed(grid)


def _moneyed(grid: Grid) -> bool:
    """Whether a sheet has so many amounts that it may be a part of a budget under headers that nobody knows."""
    cells = (cell for row in grid.cells.iter_rows() for cell in row if cell)
    return sum((parse_amount(cell).rupiah or 0) >= _LARGE for cell in cells) >= _SEVERAL


def _without(grid: Grid, budgets: Sequence[Budget]) -> Budget:
    titles = tuple(" ".join(cell for cell in row if cell) for row in grid.cells.head(10).rows() if any(row))
    place = f"Lembar {grid.lembar}" if grid.lembar else "Berkas"
    budget = Budget(grid.berkas, grid.lembar, "tidak dikenal", titles)
    if _moneyed(grid) and not any(other.berkas == grid.berkas for other in budgets):
        pesan = f"{place} memuat angka rupiah, tetapi judul kolomnya tidak dikenal sehingga tidak terbaca"
        budget.drafts.append(Draft("susunan_tak_dikenal", pesan))
    else:
        budget.drafts.append(Draft("tanpa_baris", f"{place} tidak memuat satu baris anggaran pun"))
    return budget
