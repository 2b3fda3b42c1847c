"""The sheet TEMUAN of a marked workbook: every finding with a link to its cell, and what is needed to unmark again."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast
from xml.etree.ElementTree import fromstring, tostring

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.fills import Fill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from idmcli.annotate.marks import COLOURS, TIP, Finding, anchor, clean, location, unmark_cell
from idmcli.findings import LEVELS, TITLE

NAME: Final = "TEMUAN"
MEMORY: Final = "idm: latar semula"
"""Header of the hidden column that remembers the cells' own backgrounds; by it we know a sheet of ours again."""
COLUMNS: Final = {
    "No": 6,
    "Tingkat": 12,
    "Sel": 18,
    "Kode desa": 13,
    "Desa": 20,
    "Kolom": 16,
    "Isi": 18,
    "Pesan": 60,
    "Yang perlu dilakukan": 50,
    "Aturan": 24,
    MEMORY: 3,
}
"""Headers and widths in characters."""
HEADER_ROW: Final = 4
LINK_COLUMN: Final = 3
MEMORY_COLUMN: Final = len(COLUMNS)
FONT: Final = "Arial"
INK: Final = "FF1F3A4D"
LINE: Final = 13.0
TALLEST: Final = 400.0
"""Points: not every program fits the height of a row to wrapped text; Excel allows 409."""
LONGEST: Final = 32_000
"""Excel's limit for a cell is 32,767 characters."""


def free_name(book: Workbook) -> str:
    """`TEMUAN`, or with a number where the officer has a sheet of that name."""
    taken = {name.casefold() for name in book.sheetnames}
    return next(
        name
        for number in range(1, len(taken) + 2)
        if (name := NAME if number == 1 else f"{NAME} ({number})").casefold() not in taken
    )


def add_sheet(
    book: Workbook, name: str, found: Sequence[Finding], before: Mapping[tuple[str, str], Fill], berkas: str
) -> None:
    """Add TEMUAN in front and make it the sheet that opens.

    Args:
        book: the workbook.
        name: the sheet's name, see `free_name`.
        found: the findings in the order to show.
        before: the background that each marked cell had, by sheet and cell.
        berkas: the file's name, for the title.
    """
    sheet = book.create_sheet(name, 0)
    counts = ", ".join(f"{sum(finding.tingkat == tingkat for finding in found)} {tingkat}" for tingkat in LEVELS)
    put(sheet, 1, 1, TITLE).font = Font(name=FONT, bold=True, size=14, color=INK)
    guide = "Klik kolom Sel untuk menuju selnya; klik judul lembar itu untuk kembali."
    put(sheet, 2, 1, f"{berkas}: {counts}. {guide}")
    for column, header in enumerate(COLUMNS, 1):
        _dress_header(put(sheet, HEADER_ROW, column, header))
    remembered: set[tuple[str, str]] = set()
    for number, finding in enumerate(found, 1):
        row = HEADER_ROW + number
        _write_row(sheet, row, number, finding, set(book.sheetnames))
        place = (finding.lembar or "", finding.cell or "")
        if place in before and place not in remembered:
            remembered.add(place)
            put(sheet, row, MEMORY_COLUMN, _remember(place, before[place]))
    _lay_out(sheet, len(found))
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet  # two selected sheets would both take what is typed
    book.active = 0
    if NAME not in book.defined_names:
        book.defined_names[NAME] = DefinedName(NAME, attr_text=location(name, "$A$1"))


def unmark(book: Workbook) -> None:
    """Undo an earlier marking: our sheet, comments, backgrounds and links go, the officer's own stay."""
    ours = [sheet for sheet in book.worksheets if sheet.cell(HEADER_ROW, MEMORY_COLUMN).value == MEMORY]
    if not ours:
        return
    memory: dict[tuple[str, str], Fill] = {}
    for sheet in ours:
        for (value,) in sheet.iter_rows(
            min_row=HEADER_ROW + 1, min_col=MEMORY_COLUMN, max_col=MEMORY_COLUMN, values_only=True
        ):
            if isinstance(value, str):
                memory |= _recall(value)
        book.remove(sheet)
    name = book.defined_names.get(NAME)
    if name is not None and any(name.attr_text == location(sheet.title, "$A$1") for sheet in ours):
        del book.defined_names[NAME]
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                before = memory.get((sheet.title, cell.coordinate))
                if isinstance(cell, Cell) and (before or cell.comment):
                    unmark_cell(cell, before)
                if isinstance(cell, Cell) and cell.hyperlink and cell.hyperlink.tooltip == TIP:
                    cell.hyperlink = None


def put(sheet: Worksheet, row: int, column: int, value: str | int | None) -> Cell:
    """Write a number, or a text that stays a text whatever it begins with."""
    cell = anchor(sheet, f"{get_column_letter(column)}{row}")
    if isinstance(value, str):
        cell.value = clean(value)[:LONGEST]
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    else:
        cell.value = value
    return cell


def _write_row(sheet: Worksheet, row: int, number: int, finding: Finding, sheets: set[str]) -> None:
    wrapped = ((finding.isi, "Isi"), (finding.pesan, "Pesan"), (finding.saran, "Yang perlu dilakukan"))
    lines = max(1 + len(text or "") // COLUMNS[name] for text, name in wrapped)
    sheet.row_dimensions[row].height = min(LINE * lines + 3, TALLEST)
    who = (finding.sel or finding.lembar, finding.kode_desa, finding.desa, finding.kolom)
    texts = (*who, finding.isi, finding.pesan, finding.saran)
    line = Side(style="thin", color="FFC9D3DA")
    for column, value in enumerate((number, finding.tingkat, *texts, finding.aturan), 1):
        cell = put(sheet, row, column, value)
        cell.font = Font(name=FONT, size=10)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.border = Border(left=line, right=line, top=line, bottom=line)
    sheet.cell(row, 2).fill = PatternFill("solid", fgColor=COLOURS[finding.tingkat])
    sheet.cell(row, 2).font = Font(name=FONT, size=10, bold=finding.tingkat == LEVELS[0])
    place = finding.cell or (f"{finding.column}:{finding.column}" if finding.column else None)
    if place and finding.lembar in sheets and finding.lembar:
        link = sheet.cell(row, LINK_COLUMN)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=location(finding.lembar, place))
        link.font = Font(name=FONT, size=10, color="FF0563C1", underline="single")


def _dress_header(cell: Cell) -> None:
    cell.font = Font(name=FONT, bold=True, size=10, color="FFFFFFFF")
    cell.fill = PatternFill("solid", fgColor=INK)
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")


def _lay_out(sheet: Worksheet, rows: int) -> None:
    for column, width in enumerate(COLUMNS.values(), 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.column_dimensions[get_column_letter(MEMORY_COLUMN)].hidden = True
    sheet.row_dimensions[HEADER_ROW].height = 24
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(MEMORY_COLUMN - 1)}{HEADER_ROW + max(rows, 1)}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.sheet_properties.tabColor = "FF9C2B2B"


def _remember(place: tuple[str, str], fill: Fill) -> str:
    """In letters and digits only, so that nobody takes what stands in the hidden column for data."""
    return b64encode(json.dumps([*place, tostring(fill.to_tree(), encoding="unicode")]).encode()).decode()


def _recall(text: str) -> dict[tuple[str, str], Fill]:
    """What `_remember` wrote; nothing if somebody has changed it."""
    try:
        lembar, cell, fill = json.loads(b64decode(text))
        return {(lembar, cell): cast(Fill, Fill.from_tree(cast(Any, fromstring(fill))))}
    except (ValueError, SyntaxError, TypeError, KeyError):
        return {}
