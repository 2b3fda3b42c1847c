"""One table on one sheet, the way every workbook of ours shows it: title, notes, bands, header, filter, A4 print."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from idmcli.errors import OutputError
from idmcli.words import whole
from idmcli.workbook.book import CREATED, new_book
from idmcli.workbook.catalogue import Column, columns
from idmcli.workbook.cells import sheet_name, write_column, write_heading, write_text
from idmcli.workbook.heights import tall_rows
from idmcli.workbook.paper import A4, Paper
from idmcli.workbook.printing import Printed, set_print
from idmcli.workbook.styles import INK, Styles, colour_by_kind

MOST_ROWS: Final = 1_048_576
SUM_VISIBLE: Final = 109
COUNT_VISIBLE: Final = 103
TOTAL_LABEL: Final = "Tampak:"
ROWS_FORMAT: Final = '#,##0 "baris"'


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
        pisah: columns before which a new printed page begins.
        kosong: what the sheet says when there are no rows.
        jumlah: columns summed in a line above the header over the rows that a filter leaves in view; the line also
            counts these rows. None: no such line.
        hidup: columns whose formula also stands where the frame has null; its cached result there is an empty text.
        kertas: paper to print on.
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
    pisah: tuple[int, ...] = ()
    kosong: str = "Tidak ada baris."
    jumlah: frozenset[str] | None = None
    hidup: frozenset[str] = frozenset()
    kertas: Paper = A4

    @property
    def entries(self) -> tuple[Column, ...]:
        """The columns to show."""
        return self.kolom or columns(self.frame)


@dataclass(frozen=True)
class Placed:
    """Where the rows of a table stand: 1-based rows as Excel counts, column letters by frame column.

    `names` gives the defined names of columns that have one.
    """

    lembar: str
    first: int
    last: int
    letters: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)

    def area(self, nama: str) -> str:
        """The cells of a column for formulas on other sheets: by defined name, else absolute."""
        return self.names.get(nama) or f"'{self.lembar}'!{self.span(nama)}"

    def span(self, nama: str) -> str:
        """The cells of a column, absolute, for formulas on the same sheet."""
        letter = self.letters[nama]
        return f"${letter}${self.first}:${letter}${self.last}"


def place(spec: SheetSpec) -> Placed:
    """Where `add_table` will put the rows."""
    title, space = 1, 1
    return placed_at(spec, title + len(spec.keterangan) + space + (spec.jumlah is not None))


def placed_at(spec: SheetSpec, top: int) -> Placed:
    """Where `write_table` will put the rows of a table that begins (bands, then header) in 0-based row `top`."""
    header = top + any(entry.grup for entry in spec.entries) + 1
    letters = {entry.nama: xl_col_to_name(number) for number, entry in enumerate(spec.entries)}
    return Placed(sheet_name(spec.nama), header + 1, header + max(spec.frame.height, 1), letters)


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
    entries = spec.entries
    banded = any(entry.grup for entry in entries)
    header = where.first - 2
    sheet = book.add_worksheet(where.lembar)
    write_heading(sheet, styles, spec.judul, spec.keterangan)
    for number, entry in enumerate(entries):
        sheet.set_column(number, number, entry.width or 12)
    write_table(sheet, styles, spec, header - banded, statuses)
    _write_totals(sheet, styles, spec, where)
    for row, height in tall_rows(spec.frame, entries):
        sheet.set_row(header + 1 + row, height)
    if spec.frame.height:
        sheet.autofilter(header, 0, where.last - 1, len(entries) - 1)
    sheet.freeze_panes(header + 1, spec.beku)
    widths = [entry.width or 12 for entry in entries]
    set_print(
        sheet,
        Printed(spec.judul, widths, header - banded, header, where.last - 1, spec.beku, spec.cetak_kolom, spec.pisah),
        spec.kertas,
    )
    return sheet


def write_table(sheet: Worksheet, styles: Styles, spec: SheetSpec, top: int, statuses: Sequence[str] = ()) -> Placed:
    """Bands, header, rows and colours of a table from 0-based row `top` on, without heading, filter and print setup."""
    where = placed_at(spec, top)
    entries = spec.entries
    header = where.first - 2
    _write_bands(sheet, styles, spec, entries, header - 1)
    for number, entry in enumerate(entries):
        background = spec.band.get(entry.grup, INK)
        look = styles.header(rotated=entry.nama in spec.tegak, background=background)
        write_text(sheet, header, number, entry.judul, look)
        write_column(
            sheet,
            header + 1,
            number,
            spec.frame.get_column(entry.nama),
            styles.body(entry.kind),
            spec.rumus.get(entry.nama),
            live=entry.nama in spec.hidup,
        )
        if spec.frame.height:
            colour_by_kind(sheet, styles, entry, (header + 1, number, where.last - 1, number), statuses)
    sheet.set_row(header, 118 if spec.tegak else 32)
    if not spec.frame.height:
        sheet.write_string(header + 1, 0, spec.kosong, styles.subtitle)
    return where


def _write_totals(sheet: Worksheet, styles: Styles, spec: SheetSpec, where: Placed) -> None:
    """The line above the header that counts and sums what a filter leaves in view."""
    if spec.jumlah is None or not spec.frame.height:
        return
    line = 1 + len(spec.keterangan)
    write_text(sheet, line, 0, TOTAL_LABEL, styles.total("teks"))
    sums = {entry.nama: number for number, entry in enumerate(spec.entries) if entry.nama in spec.jumlah}
    for nama, number in sums.items():
        formula = f"=SUBTOTAL({SUM_VISIBLE},{where.span(nama)})"
        total = spec.frame.get_column(nama).sum()
        sheet.write_formula(line, number, formula, styles.total(spec.entries[number].kind), total)
    counted = next(
        (
            (number, entry.nama)
            for number, entry in enumerate(spec.entries)
            if number and entry.nama not in sums and not spec.frame.get_column(entry.nama).has_nulls()
        ),
        None,
    )
    if counted is not None:
        number, nama = counted
        look = styles.total("bulat", num_format=ROWS_FORMAT, align="left")
        sheet.write_formula(line, number, f"=SUBTOTAL({COUNT_VISIBLE},{where.span(nama)})", look, spec.frame.height)


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
