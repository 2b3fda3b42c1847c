"""One sheet of villages to fill in: locked headers, cells that refuse what cannot be, colours that say what is open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from idmcli.workbook.cells import write_text
from idmcli.workbook.paper import Paper
from idmcli.workbook.printing import Printed, set_print
from idmcli.workbook.styles import BANDS, INK, LEVEL_LOOKS, Styles
from idmcli.workbook.template.checks import Check, quoted
from idmcli.workbook.template.layout import AGAIN, DONE, FROZEN, Place, page_starts
from idmcli.workbook.template.limits import Lists, refused, rule
from idmcli.workbook.template.prefill import Value

OPEN: Final = {"bg_color": "#FFF6D6"}
CLASHING: Final = {"bg_color": "#F3B68A", "font_color": "#4A2000"}
UNCOMMON: Final = {"bg_color": "#C3DDF2", "font_color": "#16364D"}
WRONG: Final = LEVEL_LOOKS["galat"]
COMPLETE: Final = {"bg_color": "#BFE0C5", "font_color": "#123D1E"}
LOCKED: Final = {"bg_color": "#EEF1F3", "font_color": "#4A5963"}
HEADER: Final = 116
ROW: Final = 26
ALLOWED: Final = {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True}
"""What an officer may still do on a protected sheet: widen, hide, filter."""


@dataclass(frozen=True)
class Rows:
    """The villages of one sheet: identity, and by field one value each (None: to be filled in)."""

    nama: str
    judul: str
    desa: pl.DataFrame
    values: Mapping[str, Sequence[Value]]


@dataclass(frozen=True)
class Plan:
    """What every sheet of a book has in common."""

    places: tuple[Place, ...]
    checks: tuple[Check, ...]
    tahun: int
    kertas: Paper

    @property
    def answers(self) -> tuple[Place, ...]:
        """The columns to fill in."""
        return tuple(place for place in self.places if place.field)


def progress(rows: Rows, plan: Plan) -> list[float]:
    """How far each village is, 0–1."""
    columns = [rows.values[place.nama] for place in plan.answers]
    return [sum(column[row] is not None for column in columns) / len(columns) for row in range(rows.desa.height)]


def add_sheet(book: Workbook, styles: Styles, rows: Rows, plan: Plan, lists: Lists) -> Worksheet:
    """Add one sheet; its header is row 1, so that nothing about it has to be guessed when it comes back."""
    sheet = book.add_worksheet(rows.nama)
    last = rows.desa.height
    _headers(sheet, styles, plan)
    _identity(sheet, styles, rows, plan)
    _formulas(sheet, styles, rows, plan)
    _answers(sheet, styles, rows, plan, lists)
    _colours(sheet, styles, plan, last)
    for row in range(1, last + 1):
        sheet.set_row(row, ROW)
    sheet.autofilter(0, 0, last, len(plan.places) - 1)
    sheet.freeze_panes(1, FROZEN)
    sheet.outline_settings(True, True, False, False)
    sheet.ignore_errors({"number_stored_as_text": f"A2:A{last + 1}"})
    widths = [place.width for place in plan.places]
    printed = Printed(rows.judul, widths, 0, 0, last, FROZEN, len(widths), page_starts(plan.places))
    set_print(sheet, printed, plan.kertas)
    sheet.set_header(f"&L&9&B{rows.judul.replace('&', '&&')}")
    sheet.protect("", ALLOWED)
    return sheet


def _headers(sheet: Worksheet, styles: Styles, plan: Plan) -> None:
    for place in plan.places:
        owner = place.part or place.field
        background = INK if owner is None else BANDS[owner.dimensi] if owner.dimensi < len(BANDS) else INK
        write_text(sheet, 0, place.nomor, place.judul, styles.header(rotated=bool(place.part), background=background))
        sheet.set_column(place.nomor, place.nomor, place.width, None, {"level": 1} if place.field else {})
    sheet.set_row(0, HEADER)


def _identity(sheet: Worksheet, styles: Styles, rows: Rows, plan: Plan) -> None:
    look = styles.body("teks", text_wrap=True, **LOCKED)
    for place in plan.places:
        if place.nama in rows.desa.columns:
            for row, text in enumerate(rows.desa.get_column(place.nama).to_list(), 1):
                write_text(sheet, row, place.nomor, text or "", look)
        elif place.nama == "tahun":
            for row in range(1, rows.desa.height + 1):
                sheet.write_number(row, place.nomor, plan.tahun, styles.body("nomor", **LOCKED))


def _formulas(sheet: Worksheet, styles: Styles, rows: Rows, plan: Plan) -> None:
    """How many fields of each part are filled in, how far the village is, and the first contradiction."""
    letters = {place.nama: place.letter for place in plan.places}
    counted = [place for place in plan.places if place.part]
    done = progress(rows, plan)
    for row in range(1, rows.desa.height + 1):

        def cell(nama: str, row: int = row) -> str:
            return f"${letters[nama]}{row + 1}"

        own = {place.nama: rows.values[place.nama][row - 1] for place in plan.answers}
        for place in counted:
            assert place.part is not None
            names = [one.nama for one in place.part.fields]
            look = styles.body("nomor", bold=True, num_format=f'0"/{len(names)}"', **LOCKED)
            filled = sum(own[nama] is not None for nama in names)
            area = f"{letters[names[0]]}{row + 1}:{letters[names[-1]]}{row + 1}"
            sheet.write_formula(row, place.nomor, f"=COUNTA({area})", look, filled)
        for place in plan.places:
            if place.nama == DONE:
                total = "+".join(f"{one.letter}{row + 1}" for one in counted)
                look = styles.body("persen", num_format="0%", align="center", **LOCKED)
                sheet.write_formula(row, place.nomor, f"=({total})/{len(plan.answers)}", look, done[row - 1])
            elif place.nama == AGAIN:
                first = next((one.pesan for one in plan.checks if one.syarat.holds(own)), "")
                look = styles.body("panjang", font_size=8, **LOCKED)
                formula = "".join(f"IF({one.syarat.excel(cell)},{quoted(one.pesan)}," for one in plan.checks)
                sheet.write_formula(row, place.nomor, f'={formula}""{")" * len(plan.checks)}', look, first)


def _answers(sheet: Worksheet, styles: Styles, rows: Rows, plan: Plan, lists: Lists) -> None:
    """The cells to fill in, and last year's static answers, which are locked."""
    for place in plan.answers:
        assert place.field is not None
        number = place.field.variabel is not None and place.field.variabel.bulat
        look: dict[str, Any] = {"num_format": "#,##0"} if number else {"text_wrap": True}
        look["align"] = "left" if place.field.variabel and place.field.pilihan else "center"
        empty, full = styles.body("teks", locked=False, **look), styles.body("teks", **{**look, **LOCKED})
        for row, value in enumerate(rows.values[place.nama], 1):
            if value is None:
                sheet.write_blank(row, place.nomor, None, empty)
            elif isinstance(value, str):
                write_text(sheet, row, place.nomor, value, full)
            else:
                sheet.write_number(row, place.nomor, value, full)
        first = xl_rowcol_to_cell(1, place.nomor)
        sheet.data_validation(1, place.nomor, rows.desa.height, place.nomor, rule(place.field, first, lists))


def _colours(sheet: Worksheet, styles: Styles, plan: Plan, last: int) -> None:
    """What contradicts itself, what is uncommon, what is still open, what is complete; the first that fits counts."""
    numbers = {place.nama: place.nomor for place in plan.places}

    def cell(nama: str) -> str:
        return f"${xl_rowcol_to_cell(1, numbers[nama])}"

    def colour(columns: Sequence[int], look: dict[str, Any], **options: Any) -> None:
        """One rule for several columns; its formula is written for the first of them."""
        spans = " ".join(xl_range(1, column, last, column) for column in columns)
        options |= {"format": styles.plain(look), "multi_range": spans}
        sheet.conditional_format(1, columns[0], last, columns[0], options)

    alike: dict[str, list[Place]] = {}
    for place in plan.answers:
        assert place.field is not None
        alike.setdefault(refused(place.field, "A1"), []).append(place)
    for places in alike.values():
        assert places[0].field is not None
        criteria = refused(places[0].field, xl_rowcol_to_cell(1, places[0].nomor))
        colour([place.nomor for place in places], WRONG, type="formula", criteria=criteria, stop_if_true=True)
    for one in plan.checks:
        look = CLASHING if one.mustahil else UNCOMMON
        columns = sorted(numbers[nama] for nama in one.kolom)
        colour(columns, look, type="formula", criteria=f"={one.syarat.excel(cell)}", stop_if_true=True)
    colour([place.nomor for place in plan.answers], OPEN, type="blanks")
    for place in plan.places:
        if place.nama == DONE:
            bar = {"type": "data_bar", "bar_color": "#9CC3A5", "min_type": "num", "max_type": "num"}
            sheet.conditional_format(1, place.nomor, last, place.nomor, {**bar, "min_value": 0, "max_value": 1})
        elif place.nama == AGAIN:
            found = {"type": "formula", "criteria": f"=LEN({cell(AGAIN)})>0", "format": styles.plain(CLASHING)}
            sheet.conditional_format(1, place.nomor, last, place.nomor, found)
        elif place.part:
            full = {"type": "cell", "criteria": "==", "value": len(place.part.fields), "format": styles.plain(COMPLETE)}
            sheet.conditional_format(1, place.nomor, last, place.nomor, full)
