"""One table on one sheet, the way every workbook of ours shows it: title, notes, bands, header, filter, A4 print."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from idmcli.errors import OutputError
from idmcli.export import JOINER
from idmcli.words import whole
from idmcli.workbook.book import CREATED, new_book
from idmcli.workbook.catalogue import Column, columns
from idmcli.workbook.styles import INK, Styles, colour_by_kind

MOST_ROWS: Final = 1_048_576
LINE: Final = 12.0
TALLEST: Final = 400.0
"""Points; Excel allows 409."""
LONGEST_TEXT: Final = 32_767
PAGE_WIDTH: Final = 970
"""Pixels between the margins of A4 on its side, at 100 per cent, less what printers differ."""
LARGEST_SCALE: Final = 80


@dataclass(frozen=True)
class SheetSpec:
    """A table for one sheet.

    Attributes:
        nama: sheet name (cut to 31 characters; characters that Excel forbids are replaced).
        judul: first line of the sheet.
        frame: the rows. Lists are joined by `; `, booleans become ya/tidak, null and NaN an empty cell.
        keterangan: lines under the title.
        kolom: the columns to show, in order; () for all columns of the frame.
        rumus: live formulas by column; each is given the 1-based row. The frame's value becomes the cached result;
            where it is null the cell stays empty.
        band: background colours of the bands (`Column.grup`).
        tegak: columns with a header that stands upright.
        beku: number of columns that stay in view, and are repeated on each printed page.
        cetak_kolom: columns that are printed, counted from the left; 0 for all on one page's width.
        pisah: column before which a new printed page begins; 0 for none.
        kosong: what the sheet says when there are no rows.
    """

    nama: str
    judul: str
    frame: pl.DataFrame
    keterangan: tuple[str, ...] = ()
    kolom: tuple[Column, ...] = ()
    rumus: Mapping[str, Callable[[int], str]] = field(default_factory=dict)
    band: Mapping[str, str] = field(default_factory=dict)
    tegak: frozenset[str] = frozenset()
    beku: int = 0
    cetak_kolom: int = 0
    pisah: int = 0
    kosong: str = "Tidak ada baris."


@dataclass(frozen=True)
class Placed:
    """Where the rows of a table stand: 1-based rows as Excel counts, column letters by frame column."""

    lembar: str
    first: int
    last: int
    letters: Mapping[str, str]

    def area(self, nama: str) -> str:
        """The cells of a column, absolute, for formulas on other sheets."""
        letter = self.letters[nama]
        return f"'{self.lembar}'!${letter}${self.first}:${letter}${self.last}"


def place(spec: SheetSpec) -> Placed:
    """Where `add_table` will put the rows."""
    entries = spec.kolom or columns(spec.frame)
    title, space, band, names = 1, 1, any(entry.grup for entry in entries), 1
    header = title + len(spec.keterangan) + space + band + names
    letters = {entry.nama: xl_col_to_name(number) for number, entry in enumerate(entries)}
    return Placed(spec.nama, header + 1, header + max(spec.frame.height, 1), letters)


def write_tables(
    target: Path,
    sheets: Iterable[SheetSpec],
    *,
    judul: str,
    statuses: Sequence[str] = (),
    created: datetime = CREATED,
) -> None:
    """Write a workbook with one table per sheet to `target` (no questions asked: see `export.atomic`).

    Args:
        target: path to write.
        sheets: the tables in order; their names must differ.
        judul: title in the workbook's properties.
        statuses: the edition's statuses from the lowest to the highest, to colour columns that hold one.
        created: creation date in the workbook's properties.

    Raises:
        OutputError: more rows than a sheet can hold.
        OSError: it cannot be written.
    """
    with new_book(target, judul, created) as (book, styles):
        for spec in sheets:
            add_table(book, styles, spec, statuses)


def add_table(book: Workbook, styles: Styles, spec: SheetSpec, statuses: Sequence[str] = ()) -> Worksheet:
    """Add one sheet with one table.

    Raises:
        OutputError: more rows than a sheet can hold.
    """
    where = place(spec)
    if where.last > MOST_ROWS:
        raise OutputError(
            f"{whole(spec.frame.height)} baris tidak muat dalam satu lembar Excel (paling banyak {whole(MOST_ROWS)})",
            "Tulis ke .parquet atau .csv.",
        )
    entries = spec.kolom or columns(spec.frame)
    sheet = book.add_worksheet(sheet_name(spec.nama))
    write_heading(sheet, styles, spec.judul, spec.keterangan)
    header = where.first - 2
    _write_bands(sheet, styles, spec, entries, header - 1)
    for number, entry in enumerate(entries):
        background = spec.band.get(entry.grup, INK)
        look = styles.header(rotated=entry.nama in spec.tegak, background=background)
        sheet.set_column(number, number, entry.width or 12)
        write_text(sheet, header, number, entry.judul, look)
        write_column(
            sheet,
            header + 1,
            number,
            spec.frame.get_column(entry.nama),
            styles.body(entry.kind),
            spec.rumus.get(entry.nama),
        )
        if spec.frame.height:
            colour_by_kind(sheet, styles, entry, (header + 1, number, where.last - 1, number), statuses)
    for row, height in _tall_rows(spec.frame, entries):
        sheet.set_row(header + 1 + row, height)
    sheet.set_row(header, 118 if spec.tegak else 32)
    if spec.frame.height:
        sheet.autofilter(header, 0, where.last - 1, len(entries) - 1)
    else:
        sheet.write_string(header + 1, 0, spec.kosong, styles.subtitle)
    sheet.freeze_panes(header + 1, spec.beku)
    _set_print(sheet, spec, entries, header, where)
    return sheet


def write_heading(sheet: Worksheet, styles: Styles, judul: str, lines: Sequence[str]) -> None:
    """The title and the lines under it."""
    write_text(sheet, 0, 0, judul, styles.title)
    sheet.set_row(0, 24)
    for number, line in enumerate(lines, 1):
        write_text(sheet, number, 0, line, styles.subtitle)


def write_column(
    sheet: Worksheet, top: int, column: int, series: pl.Series, look: Format, rumus: Callable[[int], str] | None = None
) -> None:
    """The cells of a column from 0-based row `top` on; with a formula where there is one and a value to cache."""
    for row, value in enumerate(series.to_list(), top):
        if value is None or value != value:  # NaN is unlike itself
            sheet.write_blank(row, column, None, look)
        elif rumus is not None:
            sheet.write_formula(row, column, rumus(row + 1), look, value)
        elif isinstance(value, bool):
            sheet.write_string(row, column, "ya" if value else "tidak", look)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, look)
        else:
            text = JOINER.join(map(str, value)) if isinstance(value, list) else str(value)
            write_text(sheet, row, column, text, look)


def write_text(sheet: Worksheet, row: int, column: int, text: str, look: Format) -> None:
    """A text that stays a text, cut where Excel's limit is (a longer one would be left out without a word)."""
    fits = text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
    sheet.write_string(row, column, fits, look)


def sheet_name(nama: str) -> str:
    """A name that Excel accepts."""
    return "".join("-" if char in "[]:*?/\\" else char for char in nama)[:31].strip("'") or "Lembar"


def _tall_rows(frame: pl.DataFrame, entries: Sequence[Column]) -> list[tuple[int, float]]:
    """Rows that hold more than one line, and their height: not every program fits it to wrapped text by itself."""
    lines = [
        1 + (pl.col(entry.nama).str.len_chars().fill_null(0) * 1.05 / (entry.width or 12)).floor()
        for entry in entries
        if entry.kind == "panjang" and frame.schema[entry.nama] == pl.String
    ]
    if not lines:
        return []
    tall = frame.select(lines=pl.max_horizontal(lines)).with_row_index("row").filter(pl.col("lines") > 1)
    return [(row, min(LINE * count + 3, TALLEST)) for row, count in tall.iter_rows()]


def _write_bands(sheet: Worksheet, styles: Styles, spec: SheetSpec, entries: Sequence[Column], row: int) -> None:
    start = 0
    while start < len(entries):
        grup = entries[start].grup
        end = start
        while end + 1 < len(entries) and entries[end + 1].grup == grup:
            end += 1
        if grup:
            look = styles.header(background=spec.band.get(grup, INK))
            if end > start:
                sheet.merge_range(row, start, row, end, grup, look)
            else:
                write_text(sheet, row, start, grup, look)
        start = end + 1


def _set_print(sheet: Worksheet, spec: SheetSpec, entries: Sequence[Column], header: int, where: Placed) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(header - 1 if any(entry.grup for entry in entries) else header, header)
    sheet.set_footer(f"&L&8{spec.judul.replace('&', '&&')}&R&8Halaman &P dari &N")
    if spec.beku:
        sheet.repeat_columns(0, spec.beku - 1)
    if spec.pisah:
        sheet.set_print_scale(_print_scale(spec, entries))
        sheet.set_v_pagebreaks([spec.pisah])
    else:
        sheet.fit_to_pages(1, 0)
    if spec.cetak_kolom:
        sheet.print_area(0, 0, where.last - 1, min(spec.cetak_kolom, len(entries)) - 1)


def _print_scale(spec: SheetSpec, entries: Sequence[Column]) -> int:
    """Per cent at which the columns before the page break fit one page, and those behind it the next."""
    pixels = [int((entry.width or 12) * 7) + 5 for entry in entries[: spec.cetak_kolom or None]]
    before, behind = sum(pixels[: spec.pisah]), sum(pixels[: spec.beku] + pixels[spec.pisah :])
    return max(10, min(LARGEST_SCALE, PAGE_WIDTH * 100 // max(before, behind)))
