"""Native charts that still read on a black-and-white print: figures stand in or behind the bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from xlsxwriter.chart_bar import ChartBar
from xlsxwriter.chart_column import ChartColumn
from xlsxwriter.chart_line import ChartLine
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from idmcli.workbook.styles import FONT, INK, ladder_look

WIDTH: Final = 900
LETTERS: Final[dict[str, Any]] = {"name": FONT["font_name"], "size": 9}
STATUS_BAR, STATUS_FRAME = 34, 150
PLAIN_BAR, PLAIN_FRAME = 24, 110
"""Pixels of a bar with its gap, and of title, legend and axis together."""
SMALL_BAR: Final = 20
COLUMNS_HEIGHT: Final = 320
LINES_HEIGHT: Final = 380
GRID: Final = {"color": "#D9E0E4"}
LINE_SHADES: Final = (INK, "#B0642A", "#3D7A4B", "#7A4B8F", "#566873")
MARKS: Final = ("circle", "square", "triangle", "diamond", "x")
DASHES: Final = ("solid", "dash", "round_dot")
SHADES: Final = (INK, "#9DB4C0", "#E0B084", "#6B8F71")
"""Fills of series that stand side by side, dark to light in turn."""


@dataclass(frozen=True)
class Bars:
    """The cells behind a chart; rows and columns are 0-based.

    Attributes:
        lembar: sheet name.
        header: row with the names of the series.
        first: first row of figures.
        last: last row of figures.
        labels: first and last column with the names of the bars.
        column: first column of figures, one series each.
    """

    lembar: str
    header: int
    first: int
    last: int
    labels: tuple[int, int]
    column: int

    @property
    def count(self) -> int:
        """How many bars there are."""
        return self.last - self.first + 1

    def series(self, number: int) -> dict[str, Any]:
        """Name, labels and values of one series."""
        column = self.column + number
        return {
            "name": [self.lembar, self.header, column],
            "categories": [self.lembar, self.first, self.labels[0], self.last, self.labels[1]],
            "values": [self.lembar, self.first, column, self.last, column],
        }


def add_status_bars(
    book: Workbook,
    sheet: Worksheet,
    bars: Bars,
    order: Sequence[str],
    judul: str,
    at: tuple[int, int],
    *,
    width: int = WIDTH,
    each: int = STATUS_BAR,
) -> None:
    """Bars of the mix of statuses, one per place; `order` gives the statuses of the columns, the highest first."""
    letters = {**LETTERS, "size": 9 if each > SMALL_BAR else 7}
    chart = cast(ChartBar, book.add_chart({"type": "bar", "subtype": "percent_stacked"}))
    for number in range(len(order)):
        look = ladder_look(len(order) - 1 - number, len(order))
        label = {"value": True, "num_format": "0;;", "font": {**letters, "color": look["font_color"]}}
        chart.add_series(
            {
                **bars.series(number),
                "fill": {"color": look["bg_color"]},
                "border": {"color": "#FFFFFF"},
                "gap": 45 if each > SMALL_BAR else 15,
                "data_labels": label,
            }
        )
    chart.set_x_axis({"num_format": "0%", "num_font": LETTERS, "major_gridlines": {"visible": False}})
    chart.set_y_axis({"reverse": True, "num_font": letters, "interval_unit": 1})
    _finish(chart, judul, legend=True)
    chart.set_size({"width": width, "height": STATUS_FRAME + each * bars.count})
    sheet.insert_chart(*at, chart)


def add_bars(
    book: Workbook,
    sheet: Worksheet,
    bars: Bars,
    judul: str,
    at: tuple[int, int],
    *,
    width: int = WIDTH,
    each: int = PLAIN_BAR,
    form: str = "0.00",
    most: float | None = None,
    least: float | None = 0,
) -> None:
    """One horizontal bar per row, its figure behind it; `least` and `most` are the ends of the axis (None: as fits)."""
    chart = cast(ChartBar, book.add_chart({"type": "bar"}))
    label = {"value": True, "num_format": form, "font": LETTERS}
    chart.add_series({**bars.series(0), "fill": {"color": SHADES[0]}, "gap": 40, "data_labels": label})
    axis = {"num_format": form, "num_font": LETTERS, "major_gridlines": {"visible": False}}
    ends = {"min": least, "max": most}
    chart.set_x_axis({**axis, **{name: end for name, end in ends.items() if end is not None}})
    chart.set_y_axis({"reverse": True, "num_font": LETTERS, "interval_unit": 1, "label_position": "low"})
    _finish(chart, judul, legend=False)
    chart.set_size({"width": width, "height": PLAIN_FRAME + each * bars.count})
    sheet.insert_chart(*at, chart)


def add_columns(
    book: Workbook,
    sheet: Worksheet,
    bars: Bars,
    series: int,
    judul: str,
    at: tuple[int, int],
    *,
    size: tuple[int, int] = (WIDTH, COLUMNS_HEIGHT),
) -> None:
    """Upright columns side by side, so many series for each label, the figures above them."""
    chart = cast(ChartColumn, book.add_chart({"type": "column"}))
    for number in range(series):
        shade = SHADES[number % len(SHADES)]
        label = {"value": True, "font": LETTERS}
        look = {"fill": {"color": shade}, "border": {"color": INK}, "gap": 60, "overlap": -5, "data_labels": label}
        chart.add_series({**bars.series(number), **look})
    chart.set_x_axis({"num_font": LETTERS})
    chart.set_y_axis({"num_font": LETTERS, "min": 0, "major_gridlines": {"visible": True, "line": GRID}})
    _finish(chart, judul, legend=series > 1)
    chart.set_size({"width": size[0], "height": size[1]})
    sheet.insert_chart(*at, chart, {"x_offset": 8 if at[1] else 0})


def add_lines(
    book: Workbook,
    sheet: Worksheet,
    bars: Bars,
    years: tuple[int, int],
    judul: str,
    at: tuple[int, int],
    *,
    size: tuple[int, int] = (WIDTH, LINES_HEIGHT),
    form: str = "0.00",
) -> None:
    """One line per row of figures, from year to year; lines differ by mark and dash, not by colour alone.

    Args:
        book: the workbook.
        sheet: where the chart stands.
        bars: the rows; `bars.header` holds the years, `bars.labels` the names of the lines.
        years: first and last column of figures.
        judul: title.
        at: 0-based row and column.
        size: pixels.
        form: number format of the axis.
    """
    chart = cast(ChartLine, book.add_chart({"type": "line"}))
    for number in range(bars.count):
        row, shade = bars.first + number, LINE_SHADES[number % len(LINE_SHADES)]
        chart.add_series(
            {
                "name": [bars.lembar, row, bars.labels[0]],
                "categories": [bars.lembar, bars.header, years[0], bars.header, years[1]],
                "values": [bars.lembar, row, years[0], row, years[1]],
                "line": {"color": shade, "width": 2, "dash_type": DASHES[number // len(LINE_SHADES) % len(DASHES)]},
                "marker": {"type": MARKS[number % len(MARKS)], "size": 7, "fill": {"color": shade}},
            }
        )
    chart.set_x_axis({"num_font": LETTERS})
    chart.set_y_axis({"num_format": form, "num_font": LETTERS, "major_gridlines": {"visible": True, "line": GRID}})
    _finish(chart, judul, legend=True)
    chart.set_size({"width": size[0], "height": size[1]})
    sheet.insert_chart(*at, chart)


def add_row_columns(
    book: Workbook,
    sheet: Worksheet,
    lembar: str,
    rows: tuple[int, int],
    columns: tuple[int, int],
    judul: str,
    at: tuple[int, int],
) -> None:
    """Upright columns for the figures of one row; `rows` are those of the labels and of the figures (0-based)."""
    chart = cast(ChartColumn, book.add_chart({"type": "column"}))
    label, figure = ([lembar, row, columns[0], row, columns[1]] for row in rows)
    shown = {"value": True, "font": LETTERS}
    chart.add_series({"categories": label, "values": figure, "fill": {"color": INK}, "gap": 80, "data_labels": shown})
    chart.set_x_axis({"num_font": LETTERS})
    chart.set_y_axis({"num_font": LETTERS, "min": 0, "major_gridlines": {"visible": False}})
    _finish(chart, judul, legend=False)
    chart.set_size({"width": WIDTH, "height": 300})
    sheet.insert_chart(*at, chart)


def _finish(chart: ChartBar | ChartColumn | ChartLine, judul: str, *, legend: bool) -> None:
    chart.set_title({"name": judul, "name_font": {**LETTERS, "size": 12}})
    chart.set_legend({"position": "bottom", "font": LETTERS} if legend else {"none": True})
