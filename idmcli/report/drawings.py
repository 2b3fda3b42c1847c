"""Bars of the annual report, as specifications of Vega-Lite."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from idmcli.documents.svg import INK
from idmcli.report.charts import DEEP, FIT, RUST, WIDE, Chart, Spec, chart, counting, dark, shade

PER_CENT: Final = "format(datum.value * 100, 'd') + ' %'"
Bar = tuple[str, Sequence[int]]


def stacked(judul: str, kata: str, rows: Sequence[Bar], statuses: Sequence[str], *, label: str) -> Chart:
    """A bar per row, all equally long, shared out by status from the highest to the lowest, with counts inside.

    Args:
        judul: title.
        kata: in words.
        rows: what the bar is called, and villages per status, ascending.
        statuses: the statuses as shown, ascending.
        label: of the axis.
    """
    values = [
        part for name, (_, counts) in zip(_distinct(rows), rows, strict=True) for part in _parts(name, counts, statuses)
    ]
    shown = [name for name in reversed(statuses) if any(row["status"] == name for row in values)]
    colours = [shade(statuses.index(name), len(statuses)) for name in shown]

    def draw(width: int) -> Spec:
        wide = width == WIDE
        x = {
            "field": "awal",
            "type": "quantitative",
            "title": label,
            "scale": {"domain": [0, 1]},
            "axis": {"labelExpr": PER_CENT, "tickCount": 5 if wide else 3, "grid": False, "domain": False},
        }
        limit = 170 if wide else 96
        y: Spec = {"field": "baris", "type": "nominal", "sort": None, "title": None}
        y["axis"] = {"domain": False, "labelLimit": limit}
        colour = {
            "field": "status",
            "type": "nominal",
            "scale": {"domain": shown, "range": colours},
            "legend": {"columns": 5 if wide else 2, "symbolStrokeColor": "#9aa3a3"},
        }
        bar = {"type": "bar", "stroke": "#ffffff", "strokeWidth": 1, "height": 24}
        return {
            "width": width,
            "height": {"step": 31},
            "autosize": FIT,
            "data": {"values": values},
            "layer": [
                {"mark": bar, "encoding": {"y": y, "x": x, "x2": {"field": "akhir"}, "color": colour}},
                {
                    "transform": [{"filter": f"datum.akhir - datum.awal >= {0.04 if wide else 0.085}"}],
                    "mark": {"type": "text", "baseline": "middle"},
                    "encoding": {
                        "y": y,
                        "x": {"field": "tengah", "type": "quantitative"},
                        "text": {"field": "jumlah", "format": ",d"},
                        "color": {"field": "huruf", "type": "nominal", "scale": None, "legend": None},
                    },
                },
            ],
        }

    return chart(judul, kata, draw)


def _parts(name: str, counts: Sequence[int], statuses: Sequence[str]) -> list[dict[str, Any]]:
    """The pieces of a bar, the highest status first."""
    total, begin, parts = max(sum(counts), 1), 0, []
    for rank in reversed(range(len(statuses))):
        end = begin + counts[rank]
        if counts[rank]:
            place = {"awal": begin / total, "akhir": end / total, "tengah": (begin + end) / 2 / total}
            letters = "#ffffff" if dark(rank, len(statuses)) else INK
            parts.append({"baris": name, "status": statuses[rank], "jumlah": counts[rank], "huruf": letters, **place})
        begin = end
    return parts


def bars(
    judul: str,
    kata: str,
    rows: Sequence[tuple[str, float]],
    *,
    label: str,
    most: float | None = None,
    digits: int = 2,
    signed: bool = False,
) -> Chart:
    """Lying bars, each with its figure behind it; of `signed` ones those below zero in the second colour.

    Args:
        judul: title.
        kata: in words.
        rows: name and figure.
        label: of the axis.
        most: where the axis ends; None: at the largest figure.
        digits: decimals of the figures.
        signed: figures carry their sign.
    """
    form = f"{'+' if signed else ''},.{digits}f"
    low = min([0.0, *(value for _, value in rows)])
    high = most if most is not None else max([0.0, *(value for _, value in rows)])
    values = [{"nama": name, "angka": value} for name, (_, value) in zip(_distinct(rows), rows, strict=True)]

    def draw(width: int) -> Spec:
        wide = width == WIDE
        room = ((high - low) or 1.0) * (0.15 if wide else 0.45)
        y: Spec = {"field": "nama", "type": "nominal", "sort": None, "title": None}
        y["axis"] = {"domain": False, "labelLimit": 240 if wide else 150}
        count = 5 if wide else 2
        x = {
            "field": "angka",
            "type": "quantitative",
            "title": label,
            "scale": {"domain": [low - (room if low < 0 else 0), high + (room if most is None else 0)], "nice": False},
            "axis": {
                "format": form if signed else ",.1~f",
                **({"tickCount": count} if digits else counting(int(high), count)),
            },
        }
        colour = {"condition": {"test": "datum.angka < 0", "value": RUST}, "value": DEEP}
        sides = (("datum.angka >= 0", "left", 5), ("datum.angka < 0", "right", -5))
        return {
            "width": width,
            "height": {"step": 22},
            "autosize": FIT,
            "data": {"values": values},
            "layer": [
                {"mark": {"type": "bar", "height": 13}, "encoding": {"y": y, "x": x, "color": colour}},
                *(
                    {
                        "transform": [{"filter": test}],
                        "mark": {"type": "text", "align": align, "dx": away, "baseline": "middle"},
                        "encoding": {"y": y, "x": x, "text": {"field": "angka", "format": form}},
                    }
                    for test, align, away in sides
                ),
            ],
        }

    return chart(judul, kata, draw)


def _distinct(rows: Sequence[tuple[str, Any]]) -> list[str]:
    """The names of rows, numbered where two are equal: the library would lay their bars over each other."""
    taken: Counter[str] = Counter()
    names = []
    for name, _ in rows:
        taken[name] += 1
        names.append(name if taken[name] == 1 else f"{name} ({taken[name]})")
    return names
