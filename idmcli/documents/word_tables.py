"""Tables in Word documents: columns as wide as what they hold."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from idmcli.documents.table_widths import LARGEST, fitted

FITTED: Final = "Tabel IDM"
"""Style of tables whose columns are as wide as what they hold; an office may give it to its own tables too."""
EVEN: Final = "Tabel Pihak"
"""Style of tables whose columns are all equally wide, however many there are."""
TWIPS: Final = 1440 / 25.4
"""Word's unit of width, per millimetre."""


def fit_tables(tree: Any, letters: Mapping[str, float]) -> None:
    """Give the tables of these styles their widths; one in whose rows cells are joined stays as it is.

    Args:
        tree: the document.
        letters: points of the letters by the id of a paragraph style; letters get smaller than that, never larger.
    """
    ways = {FITTED.replace(" ", ""): _fit, EVEN.replace(" ", ""): _even}
    for table in tree.iter(qn("w:tbl")):
        style = table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}")
        way = ways.get(style.get(qn("w:val"))) if style is not None else None
        grid = table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")
        rows = [row.findall(qn("w:tc")) for row in table.iter(qn("w:tr"))]
        if way and {len(row) for row in rows} == {len(grid)}:
            usual = max((letters.get(name, 0.0) for name in _styles(table)), default=0.0) or LARGEST
            sizes = way(table, rows, sum(float(column.get(qn("w:w"))) for column in grid) / TWIPS, usual)
            _set_widths(grid, rows, [str(round(size * TWIPS)) for size in sizes])


def _styles(table: Any) -> set[str]:
    return {style.get(qn("w:val")) for style in table.iter(qn("w:pStyle"))}


def _even(_table: Any, rows: list[list[Any]], total: float, _usual: float) -> Sequence[float]:
    return [total / len(rows[0])] * len(rows[0])


def _fit(table: Any, rows: list[list[Any]], total: float, usual: float) -> Sequence[float]:
    """Measured with letters of `LARGEST` in room as much wider as these letters are smaller."""
    texts = [[" ".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in row] for row in rows]
    heads = sum(1 for _ in table.iter(qn("w:tblHeader")))
    scale = usual / LARGEST
    found = fitted(texts[:heads], texts[heads:], total / scale)
    if found.huruf != LARGEST:
        for run in table.iter(qn("w:r")):
            _resize(run, found.huruf * scale)
    return [width * scale for width in found.kolom]


def _set_widths(grid: list[Any], rows: list[list[Any]], sizes: list[str]) -> None:
    for column, size in zip(grid, sizes, strict=True):
        column.set(qn("w:w"), size)
    for row in rows:
        for cell, size in zip(row, sizes, strict=True):
            for width in cell.iterfind(f"{qn('w:tcPr')}/{qn('w:tcW')}"):
                width.set(qn("w:w"), size)


def _resize(run: Any, points: float) -> None:
    """Letters of a run at a size of their own."""
    settings = run.find(qn("w:rPr"))
    if settings is None:
        settings = OxmlElement("w:rPr")
        run.insert(0, settings)
    size = OxmlElement("w:sz")
    size.set(qn("w:val"), str(round(points * 2)))
    settings.append(size)
