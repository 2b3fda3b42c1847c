"""How a table goes on paper: landscape, header repeated, as wide as one page, or split where the reader expects it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from xlsxwriter.worksheet import Worksheet

from idmcli.workbook.paper import BOTTOM, LEFT, RIGHT, TOP, Paper

LARGEST_SCALE: Final = 80
ROW: Final = 20
"""Pixels of a row of one line."""
HEADING: Final = 70
"""Pixels by which title and header are taller than rows."""


@dataclass(frozen=True)
class Printed:
    """What must be known of a table to print it; rows are 0-based.

    Attributes:
        judul: stands in the footer.
        widths: of its columns, in characters.
        top: first row that is repeated on each page.
        header: last row that is repeated on each page.
        last: last row of the table.
        beku: columns repeated on each page, counted from the left.
        kolom: columns that are printed, counted from the left; 0 for all.
        pisah: columns before which a new page begins.
    """

    judul: str
    widths: Sequence[float]
    top: int
    header: int
    last: int
    beku: int = 0
    kolom: int = 0
    pisah: Sequence[int] = ()


def set_print(sheet: Worksheet, printed: Printed, paper: Paper) -> None:
    """Print setup of a sheet with one table."""
    set_page(sheet, printed.judul, paper)
    sheet.repeat_rows(printed.top, printed.header)
    if printed.beku:
        sheet.repeat_columns(0, printed.beku - 1)
    if printed.pisah:
        sheet.set_print_scale(_split_scale(printed, paper))
        sheet.set_v_pagebreaks(list(printed.pisah))
    else:
        sheet.fit_to_pages(1, 0)
    if printed.kolom:
        sheet.print_area(0, 0, printed.last, min(printed.kolom, len(printed.widths)) - 1)


def set_page(sheet: Worksheet, judul: str, paper: Paper) -> None:
    """Paper, margins and footer of a landscape sheet."""
    sheet.set_landscape()
    sheet.set_paper(paper.kode)
    sheet.set_margins(left=LEFT, right=RIGHT, top=TOP, bottom=BOTTOM)
    sheet.set_footer(f"&L&8{judul.replace('&', '&&')}&R&8Halaman &P dari &N")


def print_scale(widths: Sequence[float], paper: Paper) -> int:
    """Per cent at which these columns fit one page's width."""
    return max(10, min(LARGEST_SCALE, paper.width() * 100 // max(pixels(widths), 1)))


def room(widths: Sequence[float], paper: Paper) -> tuple[int, int]:
    """How wide and high a page is, in pixels of the screen, when these columns fit its width."""
    scale = print_scale(widths, paper)
    return paper.width() * 100 // scale, paper.height() * 100 // scale


def break_before(sheet: Worksheet, rows: Sequence[int], widths: Sequence[float], paper: Paper) -> None:
    """Begin a new page before these 0-based rows, all columns on one page's width.

    Excel forgets page breaks where it fits a sheet to a number of pages, so the scale is computed here.
    """
    sheet.set_print_scale(print_scale(widths, paper))
    sheet.set_h_pagebreaks(list(rows))


def row_below(sheet: Worksheet, end: int, height: int, widths: Sequence[float], paper: Paper) -> int:
    """The 0-based row for a chart of so many pixels below row `end`: on the same page if it fits, else on the next."""
    used = HEADING + (end + 1) * ROW
    fits = used + height <= room(widths, paper)[1]
    break_before(sheet, [] if fits else [end + 2], widths, paper)
    return end + 2 if fits else end + 3


def pixels(widths: Sequence[float]) -> int:
    """How wide columns are on the screen at 100 per cent."""
    return sum(int(width * 7) + 5 for width in widths)


def _split_scale(printed: Printed, paper: Paper) -> int:
    """Per cent at which the columns between two page breaks fit one page, with those that are repeated on it."""
    widths = printed.widths[: printed.kolom or None]
    edges = [0, *printed.pisah, len(widths)]
    repeated = widths[: printed.beku]
    pages = [pixels([*(repeated if first else ()), *widths[first:last]]) for first, last in pairwise(edges)]
    return max(10, min(LARGEST_SCALE, paper.width() * 100 // max(pages)))
