"""Several small tables under each other on one sheet, each with its heading."""

from collections.abc import Callable, Sequence

from xlsxwriter.workbook import Workbook

from idmcli.workbook.cells import sheet_name, write_heading, write_text
from idmcli.workbook.notes import write_pairs
from idmcli.workbook.paper import A4, Paper
from idmcli.workbook.printing import row_below, set_page
from idmcli.workbook.sheets import Placed, SheetSpec, write_table
from idmcli.workbook.styles import Styles
from idmcli.workbook.tally import Tally, write_total


class Stack:
    """A sheet that is filled from above.

    Attributes:
        sheet: the worksheet.
        nama: its name.
        line: the next free 0-based row.
    """

    def __init__(
        self,
        book: Workbook,
        styles: Styles,
        nama: str,
        judul: str,
        keterangan: Sequence[str],
        widths: Sequence[float],
        statuses: Sequence[str] = (),
        kertas: Paper = A4,
    ) -> None:
        """Begin the sheet with its title, and columns of these widths; `statuses` from the lowest to the highest."""
        self.sheet = book.add_worksheet(sheet_name(nama))
        self.nama = sheet_name(nama)
        self.line = 2 + len(keterangan)
        self._styles, self._widths, self._statuses, self._kertas = styles, widths, statuses, kertas
        write_heading(self.sheet, styles, judul, keterangan)
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        set_page(self.sheet, judul, kertas)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.hide_gridlines(2)

    def row_below(self, height: int) -> int:
        """The 0-based row for a chart of so many pixels, on the next printed page if this one has no room for it."""
        return row_below(self.sheet, self.line - 2, height, self._widths, self._kertas)

    def heading(self, text: str) -> None:
        """A heading over all columns."""
        for column in range(len(self._widths)):
            self.sheet.write_blank(self.line, column, None, self._styles.heading)
        write_text(self.sheet, self.line, 0, text, self._styles.heading)
        self.sheet.set_row(self.line, 18)
        self.line += 1

    def pairs(self, text: str, pairs: Sequence[tuple[str, str]]) -> None:
        """Names and what belongs to them; nothing at all without any."""
        self.line = write_pairs(self.sheet, self._styles, self.line, text, pairs, widths=self._widths)

    def tally(self, text: str, build: Callable[[int], Tally]) -> Tally:
        """A table with its total; `build` is given the 0-based row in which it begins."""
        self.heading(text)
        table = build(self.line)
        write_table(self.sheet, self._styles, table.spec, self.line, self._statuses)
        self.line = write_total(self.sheet, self._styles, table) + 2
        return table

    def table(self, text: str, spec: SheetSpec) -> Placed:
        """A table without a total."""
        self.heading(text)
        where = write_table(self.sheet, self._styles, spec, self.line, self._statuses)
        self.line = where.last + 1
        return where
