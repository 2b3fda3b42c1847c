"""How our workbooks look: formats made once per workbook, colours that still differ on a black-and-white print."""

from collections.abc import Sequence
from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from idmcli.workbook.catalogue import Column, Kind

FONT: Final = {"font_name": "Arial", "font_size": 9, "valign": "vcenter"}
"""On every Windows, and with a twin of the same widths in LibreOffice."""

INK: Final = "#1F3A4D"
LINE: Final = "#C9D3DA"
BANDS: Final = ("#2F6690", "#B0642A", "#3D7A4B")
"""Background of the bands above the dimensions, in the rubric's order; others take INK."""

NUMBER_FORMATS: Final[dict[Kind, str]] = {
    "bulat": "#,##0",
    "nomor": "0",
    "indeks": "0.0000",
    "satu": "0.0",
    "rata": "0.00",
    "selisih": "+0.0000;-0.0000;0.0000",
    "persen": "0.0%",
}
CENTRED: Final[frozenset[Kind]] = frozenset({"nomor", "satu", "status", "tingkat", "ya"})
LADDER: Final[tuple[dict[str, Any], ...]] = (
    {"bg_color": "#9C2B2B", "font_color": "#FFFFFF", "bold": True},
    {"bg_color": "#F3B68A", "font_color": "#4A2000"},
    {"bg_color": "#FFF1C9", "font_color": "#4A3B00"},
    {"bg_color": "#BFE0C5", "font_color": "#123D1E"},
    {"bg_color": "#1E6B3A", "font_color": "#FFFFFF", "bold": True},
)
"""From the lowest status to the highest: white on dark at both ends, dark on light between them."""

LEVEL_LOOKS: Final[dict[str, dict[str, Any]]] = {
    "galat": {"bg_color": "#9C2B2B", "font_color": "#FFFFFF", "bold": True},
    "peringatan": {"bg_color": "#FFE08A", "font_color": "#4A3B00"},
    "info": {"bg_color": "#D6E6F2", "font_color": "#16364D"},
}


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def get(self, **properties: Any) -> Format:
        """The format with these xlsxwriter properties on top of our font."""
        whole = {**FONT, **properties}
        key = tuple(sorted(whole.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(whole)
        return self._made[key]

    def plain(self, properties: dict[str, Any]) -> Format:
        """A format for conditional use: only these properties, no font of its own."""
        key = (("conditional", True), *sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    @property
    def title(self) -> Format:
        """The first line of a sheet."""
        return self.get(bold=True, font_size=14, font_color=INK)

    @property
    def subtitle(self) -> Format:
        """The lines under the title."""
        return self.get(font_color="#566873")

    @property
    def heading(self) -> Format:
        """A heading between blocks of a sheet."""
        return self.get(bold=True, font_size=11, font_color=INK, bottom=1, bottom_color=INK)

    @property
    def wrapped(self) -> Format:
        """Running text in a cell."""
        return self.get(text_wrap=True, valign="top")

    def header(self, *, rotated: bool = False, background: str = INK) -> Format:
        """A column header."""
        extra: dict[str, Any] = {"rotation": 90} if rotated else {"align": "center"}
        return self.get(
            bold=True,
            font_size=8,
            font_color="#FFFFFF",
            bg_color=background,
            border=1,
            border_color="#FFFFFF",
            text_wrap=True,
            **extra,
        )

    def body(self, kind: Kind, **extra: Any) -> Format:
        """A cell below a header."""
        look: dict[str, Any] = {"border": 1, "border_color": LINE}
        if kind in NUMBER_FORMATS:
            look["num_format"] = NUMBER_FORMATS[kind]
        if kind in CENTRED:
            look["align"] = "center"
        if kind == "panjang":
            look |= {"text_wrap": True, "indent": 1}
        return self.get(**{**look, **extra})

    def total(self, kind: Kind, **extra: Any) -> Format:
        """A cell of a line of totals."""
        return self.body(kind, **{"bold": True, "top": 2, "bg_color": "#EAF0F4", **extra})


def ladder_look(rank: int, statuses: int) -> dict[str, Any]:
    """The look of the status at `rank` (0 is the lowest) of an edition with so many statuses."""
    return LADDER[round(rank * (len(LADDER) - 1) / max(statuses - 1, 1))]


def colour_statuses(sheet: Worksheet, styles: Styles, area: tuple[int, int, int, int], statuses: Sequence[str]) -> None:
    """Colour the cells of an area that hold a status; `statuses` from the lowest to the highest."""
    for rank, nama in enumerate(statuses):
        _colour_equal(sheet, styles, area, nama, ladder_look(rank, len(statuses)))


def colour_scores(sheet: Worksheet, area: tuple[int, int, int, int]) -> None:
    """Shade mean scores of 0–5: the weaker the darker, in colour and in black and white alike."""
    ends = {"min_type": "num", "mid_type": "num", "max_type": "num", "min_value": 0, "mid_value": 3, "max_value": 5}
    shades = {"min_color": "#D9694A", "mid_color": "#F8DDB5", "max_color": "#FFFFFF"}
    sheet.conditional_format(*area, {"type": "3_color_scale", **ends, **shades})


def colour_levels(sheet: Worksheet, styles: Styles, area: tuple[int, int, int, int]) -> None:
    """Colour the cells of an area that hold a tingkat."""
    for nama, look in LEVEL_LOOKS.items():
        _colour_equal(sheet, styles, area, nama, look)


def colour_no(sheet: Worksheet, styles: Styles, area: tuple[int, int, int, int]) -> None:
    """Mark the cells of an area that say `tidak`."""
    _colour_equal(sheet, styles, area, "tidak", LEVEL_LOOKS["peringatan"])


def colour_by_kind(
    sheet: Worksheet, styles: Styles, entry: Column, area: tuple[int, int, int, int], statuses: Sequence[str]
) -> None:
    """The conditional colours that belong to a column's kind."""
    if entry.kind == "status":
        colour_statuses(sheet, styles, area, statuses)
    elif entry.kind == "tingkat":
        colour_levels(sheet, styles, area)
    elif entry.nama == "cocok":
        colour_no(sheet, styles, area)


def _colour_equal(
    sheet: Worksheet, styles: Styles, area: tuple[int, int, int, int], text: str, look: dict[str, Any]
) -> None:
    quoted = text.replace('"', '""')
    sheet.conditional_format(
        *area, {"type": "cell", "criteria": "==", "value": f'"{quoted}"', "format": styles.plain(look)}
    )
