"""The sheet SKENARIO: several plans side by side."""

from typing import Any, Final

import polars as pl
from xlsxwriter.workbook import Workbook

from idmcli.rubric.actors import ACTOR_NAMES
from idmcli.workbook.cells import write_text
from idmcli.workbook.charts import add_row_columns
from idmcli.workbook.paper import A4, Paper
from idmcli.workbook.stack import Stack
from idmcli.workbook.styles import Styles

SHEET: Final = "SKENARIO"
FIXED: Final = ("bagian", "ukuran", "satuan")
YES_NO: Final = "1 = ya"
LABEL_WIDTH: Final = 36
WIDTH: Final = 19


def add_scenarios(book: Workbook, styles: Styles, compared: pl.DataFrame, kertas: Paper = A4) -> None:
    """Add the sheet.

    Args:
        book: the workbook.
        styles: its formats.
        compared: `bagian, ukuran, satuan`, then one Float64 column per scenario, as `plan.compare` gives them.
        kertas: paper to print on.
    """
    names = [name for name in compared.columns if name not in FIXED]
    widths = (LABEL_WIDTH, *(WIDTH for _ in names))
    stack = Stack(book, styles, SHEET, "Skenario berdampingan", (), widths, (), kertas)
    first = stack.line + 1
    for part in compared.get_column("bagian").unique(maintain_order=True):
        stack.heading(str(part)[:1].upper() + str(part)[1:])
        for number, name in enumerate(("", *names)):
            write_text(stack.sheet, stack.line, number, name, styles.header())
        stack.line += 1
        for row in compared.filter(pl.col("bagian") == part).iter_rows(named=True):
            label = ACTOR_NAMES.get(row["ukuran"], row["ukuran"])
            write_text(stack.sheet, stack.line, 0, label, styles.body("teks"))
            for number, name in enumerate(names, 1):
                _write_figure(stack, styles, number, row[name], row["satuan"])
            stack.line += 1
        stack.line += 1
    title = "Desa yang naik menurut tiap skenario"
    add_row_columns(book, stack.sheet, SHEET, (first, first + 1), (1, len(names)), title, (stack.line, 0))


def _write_figure(stack: Stack, styles: Styles, column: int, value: Any, unit: str) -> None:
    if value is None:
        stack.sheet.write_blank(stack.line, column, None, styles.body("bulat"))
    elif unit == YES_NO:
        write_text(stack.sheet, stack.line, column, "ya" if value else "tidak", styles.body("ya", align="right"))
    elif unit == "persen":
        stack.sheet.write_number(stack.line, column, value / 100, styles.body("persen", num_format="0.00%"))
    else:
        stack.sheet.write_number(stack.line, column, value, styles.body("bulat"))
