"""Marks on the officer's cells: a light background by tingkat, a comment with what is wrong, a way back to TEMUAN."""

import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

import polars as pl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.styles.fills import Fill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from idmcli.findings import LEVELS, SCHEMA

AUTHOR: Final = "idm"
HEAD: Final = "Temuan idm"
"""First line of what we write into a comment; the officer's own text stands above it."""
TIP: Final = "Kembali ke daftar temuan"
COLOURS: Final = {"galat": "FFF6B8B8", "peringatan": "FFFFE699", "info": "FFD6E6F2"}
"""Light, so that black and coloured letters alike stay readable on them."""
CELL: Final = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
COLUMN: Final = re.compile(r"\$?([A-Z]{1,3})")
LAST_ROW: Final = 1_048_576
ROWS_SEARCHED: Final = 20
COMMENT_WIDTH: Final = 340
LINE_HEIGHT: Final = 17
LINE_LENGTH: Final = 52


@dataclass(frozen=True)
class Finding:
    """One row of the findings, and where in the workbook it belongs (`cell` E12, `column` E; both may be None)."""

    tingkat: str
    aturan: str
    lembar: str | None
    sel: str | None
    cell: str | None
    column: str | None
    kode_desa: str | None
    desa: str | None
    kolom: str | None
    isi: str | None
    pesan: str
    saran: str


def as_findings(findings: pl.DataFrame, source: Path) -> list[Finding]:
    """The findings about this file, and those about no file."""
    rows = findings.select(*SCHEMA).iter_rows(named=True)
    return [_finding(row) for row in rows if row["berkas"] is None or _same_file(row["berkas"], source)]


def mark(sheet: Worksheet, place: str, found: Sequence[Finding], temuan: str) -> Fill:
    """Colour a cell and say in its comment what was found; of a merged range the first cell.

    Returns:
        The background that the cell had before.
    """
    cell = anchor(sheet, place)
    worst = min((finding.tingkat for finding in found), key=LEVELS.index)
    before = cast(Fill, copy(cell.fill))
    cell.fill = PatternFill("solid", fgColor=COLOURS[worst])
    own = cell.comment
    lines = [f"{HEAD} (daftar: lembar {temuan})"]
    lines += [f"{finding.tingkat.upper()} · {finding.aturan}\n{finding.pesan}\n→ {finding.saran}" for finding in found]
    text = "\n".join(clean(line) for line in lines)
    cell.comment = comment(f"{own.text}\n\n{text}", own.author) if own else comment(text, AUTHOR)
    return before


def comment(text: str, author: str) -> Comment:
    """A comment in a box that is large enough for its text."""
    lines = sum(1 + len(line) // LINE_LENGTH for line in text.splitlines())
    return Comment(text, author, height=LINE_HEIGHT * (lines + 1), width=COMMENT_WIDTH)


def unmark_cell(cell: Cell, before: Fill | None) -> None:
    """Take our part of the comment away, and our background, where the cell still has them."""
    if cell.comment and HEAD in cell.comment.text:
        rest = cell.comment.text.partition(HEAD)[0].rstrip()
        cell.comment = comment(rest, cell.comment.author) if rest else None
    fill = copy(cell.fill)  # cell.fill itself is a proxy, of no class of fills
    if isinstance(fill, PatternFill) and fill.fill_type == "solid" and fill.fgColor.rgb in COLOURS.values():
        cell.fill = before or PatternFill()


def link_back(sheet: Worksheet, temuan: str) -> None:
    """Let the first filled cell of the sheet (its title or first header) lead to TEMUAN; nothing is written into it."""
    for row in sheet.iter_rows(max_row=min(sheet.max_row, ROWS_SEARCHED)):
        for cell in row:
            if isinstance(cell, Cell) and cell.value is not None:
                if cell.hyperlink is None:
                    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=location(temuan, "A1"), tooltip=TIP)
                return


def location(lembar: str, place: str) -> str:
    """An address that a link can lead to."""
    return "'" + lembar.replace("'", "''") + f"'!{place}"


def anchor(sheet: Worksheet, place: str) -> Cell:
    """The cell at an address; of a merged range the one that holds its content."""
    cell: Cell | MergedCell = sheet[place]
    if isinstance(cell, MergedCell):
        merged = next(area for area in sheet.merged_cells.ranges if place in area)
        return anchor(sheet, merged.start_cell.coordinate)
    return cell


def clean(text: str) -> str:
    """The text without the control characters that a workbook may not hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)


def _finding(row: dict[str, str | None]) -> Finding:
    sheet, _, place = (row["sel"] or "").rpartition("!")
    lembar = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
    cell = CELL.fullmatch(place)
    column = COLUMN.fullmatch(place)
    fits = cell is not None and int(cell[2]) <= LAST_ROW
    return Finding(
        tingkat=row["tingkat"] or LEVELS[-1],
        aturan=row["aturan"] or "",
        lembar=lembar or row["lembar"],
        sel=row["sel"],
        cell=f"{cell[1]}{cell[2]}" if cell and fits else None,
        column=column[1] if column else None,
        kode_desa=row["kode_desa"],
        desa=row["desa"],
        kolom=row["kolom"],
        isi=row["isi"],
        pesan=row["pesan"] or "",
        saran=row["saran"] or "",
    )


def _same_file(berkas: str, source: Path) -> bool:
    return Path(berkas) == source or Path(berkas).resolve() == source.resolve()
