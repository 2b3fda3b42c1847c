"""Drawings along a scale: means over the years, and villages along the index."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from idmcli.documents.svg import INK
from idmcli.report.charts import DEEP, DIM, FIT, MIDDLE, WIDE, Chart, Spec, chart, counting
from idmcli.words import decimal

LINE_COLOURS: Final = (DEEP, MIDDLE, "#7d6b3a", INK)
DASHES: Final = ([1, 0], [6, 3], [2, 2], [9, 3, 2, 3])
SHAPES: Final = ("circle", "square", "triangle-up", "diamond")
Line = tuple[str, Sequence[tuple[str, float | None]]]


def lines(judul: str, kata: str, series: Sequence[Line], *, label: str) -> Chart:
    """Lines over the years, told apart by points and dashes, each named at its end, where no two names overlap."""
    values = [
        {"nama": name, "tahun": year, "angka": value}
        for name, points in series
        for year, value in points
        if value is not None
    ]
    names = [name for name, _ in series]
    heights = [value for _, points in series for _, value in points if value is not None]
    gap = (max(heights, default=1) - min(heights, default=0) or 1) * 0.075
    ends = _apart([(name, points[-1][1]) for name, points in series if points and points[-1][1] is not None], gap)
    last = series[0][1][-1][0] if series else ""
    written = [{"nama": f"{name} {decimal(value, 3)}", "tahun": last, "angka": at} for name, value, at in ends]

    def draw(width: int) -> Spec:
        x = {"field": "tahun", "type": "ordinal", "title": None, "axis": {"grid": False}, "scale": {"padding": 0.9}}
        y = {
            "field": "angka",
            "type": "quantitative",
            "title": label,
            "scale": {"zero": False, "padding": 12},
            "axis": {"format": ".2f", "tickCount": 5, "domain": False},
        }
        named = {"field": "nama", "type": "nominal", "legend": None}
        colour = {**named, "scale": {"domain": names, "range": LINE_COLOURS}}
        dash = {**named, "scale": {"domain": names, "range": DASHES}}
        shape = {**named, "scale": {"domain": names, "range": SHAPES}}
        return {
            "width": width,
            "height": 240,
            "autosize": FIT,
            "encoding": {"x": x, "y": y},
            "layer": [
                {
                    "data": {"values": values},
                    "mark": {"type": "line", "strokeWidth": 2},
                    "encoding": {"color": colour, "strokeDash": dash},
                },
                {
                    "data": {"values": values},
                    "mark": {"type": "point", "filled": True, "size": 65, "opacity": 1},
                    "encoding": {"color": colour, "shape": shape},
                },
                {
                    "data": {"values": written},
                    "mark": {"type": "text", "align": "left", "dx": 9, "baseline": "middle"},
                    "encoding": {"text": {"field": "nama"}},
                },
            ],
        }

    return chart(judul, kata, draw)


def _apart(ends: Sequence[tuple[str, float | None]], gap: float) -> list[tuple[str, float, float]]:
    """Name, figure and height of every label, at least `gap` above the one below it."""
    placed: list[tuple[str, float, float]] = []
    for name, value in sorted(((name, value) for name, value in ends if value is not None), key=lambda end: end[1]):
        placed.append((name, value, max(value, placed[-1][2] + gap) if placed else value))
    return placed


def histogram(
    judul: str, kata: str, values: Sequence[float], begins: Sequence[tuple[str, float]], *, label: str, count: str
) -> Chart:
    """How many villages stand where on the scale, with lines where the statuses begin, named between them.

    Args:
        judul: title.
        kata: in words.
        values: a figure per village.
        begins: name and first figure of every status, ascending; the lowest begins at 0.
        label: of the figures.
        count: of the villages.
    """
    step, low, high = 0.02, min([*values, 0.44]), max([*values, 0.88])
    most = max(Counter(int(value / step) for value in values).values(), default=0)
    edges = [begin for _, begin in begins[1:]]
    places: list[dict[str, Any]] = [
        {"nama": name, "batas": begin, "tengah": (max(begin, low) + min(end, high)) / 2}
        for (name, begin), end in zip(begins, [*edges, high], strict=True)
        if begin < high and end > low
    ]

    def draw(width: int) -> Spec:
        wide = width == WIDE
        x = {
            "field": "angka",
            "type": "quantitative",
            "bin": {"step": step},
            "title": label,
            "scale": {"domain": [low - step, high + step], "nice": False},
            "axis": {"format": ".2f", "grid": False, "values": [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]},
        }
        axis = {"format": ",d", "domain": False, **counting(most, 5)}
        bar = {"type": "bar", "color": MIDDLE, "stroke": "#ffffff", "strokeWidth": 0.5}
        layers: list[Spec] = [
            {
                "data": {"values": [{"angka": value} for value in values]},
                "mark": bar,
                "encoding": {
                    "x": x,
                    "y": {"aggregate": "count", "type": "quantitative", "title": count, "axis": axis},
                },
            },
            {
                "data": {"values": [row for row in places if row["batas"] > low]},
                "mark": {"type": "rule", "color": INK, "strokeDash": [4, 3]},
                "encoding": {"x": {"field": "batas", "type": "quantitative"}},
            },
        ]
        if wide:
            mark = {"type": "text", "baseline": "bottom", "fontSize": 11, "color": DIM, "limit": 110}
            at = {"x": {"field": "tengah", "type": "quantitative"}, "y": {"value": -4}, "text": {"field": "nama"}}
            layers.append({"data": {"values": places}, "mark": mark, "encoding": at})
        return {"width": width, "height": 220 if wide else 180, "autosize": FIT, "layer": layers}

    return chart(judul, kata, draw)
