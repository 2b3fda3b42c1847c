"""Charts of the annual report: Vega-Lite drawings in one quiet style, as SVG text, the same bytes for the same figures.

Every chart is a `Chart`: a wide drawing for paper and screen, a narrow one for a phone, and what it shows in words.
Shades are ordered by lightness, so that a copier keeps their order; counts stand in or beside their bars.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any, Final

from idmcli.documents.fonts import FONTS
from idmcli.documents.svg import FONT, INK

WIDE: Final = 640
"""Units of a wide drawing: 165 mm on paper, its letters then 8 points."""
NARROW: Final = 330
"""Units of a drawing for a phone."""
DIM: Final = "#5a6264"
GRID: Final = "#dfe3e3"
DEEP: Final = "#12504f"
"""The one strong colour."""
MIDDLE: Final = "#3a7c77"
RUST: Final = "#a8431f"
SHADES: Final = ("#f4ead2", "#dccb9c", "#9cc3b6", MIDDLE, DEEP)
"""From the lowest status to the highest, from light to dark."""
LIGHT_BELOW: Final = 3
"""Shades from this one up take white letters."""
FIT: Final = {"type": "fit-x", "contains": "padding"}
"""Drawings are as wide as they are told; their height follows from what they hold."""
VERSION: Final = "v5.21"
COMMA: Final = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["Rp", ""]}
_TOLD: Final = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
"""What the library says to screen readers, in English, of every axis and bar."""
_UNNEEDED: Final = re.compile(
    r' (?:(?:class|xmlns:xlink|version|pointer-events|stroke-miterlimit)="[^"]*"|opacity="1")'
)
_EMPTY: Final = re.compile(r'<path class="(?:back|fore)ground"[^>]*?(?:d="M0,0h0v0h0Z"|display="none")[^>]*/>')

Spec = dict[str, Any]
Draw = Callable[[int], Spec]
"""A specification for a drawing so many units wide."""


@dataclass(frozen=True)
class Chart:
    """A picture for every reader.

    Attributes:
        judul: what stands above or below it.
        svg: for paper and wide screens.
        sempit: for a phone.
        kata: what it shows, in words.
    """

    judul: str
    svg: str
    sempit: str
    kata: str

    def plain(self) -> dict[str, str]:
        """As templates use it."""
        return {"judul": self.judul, "svg": self.svg, "sempit": self.sempit, "kata": self.kata}


def chart(judul: str, kata: str, draw: Draw) -> Chart:
    """A chart drawn twice."""
    return Chart(judul, drawn(draw(WIDE), kata), drawn(draw(NARROW), kata), kata)


def drawn(spec: Spec, words: str) -> str:
    """The picture of a specification, told as one image to those who cannot see it."""
    svg = _converter()({"$schema": f"https://vega.github.io/schema/vega-lite/{VERSION}.json", "config": CONFIG, **spec})
    return told(svg, words)


def counting(most: int, ticks: int) -> Spec:
    """Ticks of an axis of whole numbers: few of them, or the drawing library labels halves as wholes."""
    return {"values": list(range(most + 1))} if most <= ticks else {"tickCount": ticks}


def told(svg: str, words: str) -> str:
    """A drawing with its words, without what only the drawing library reads."""
    lean = _UNNEEDED.sub("", _TOLD.sub("", _EMPTY.sub("", svg)))
    return lean.replace("<svg ", f'<svg role="img" aria-label="{escape(words)}" ', 1)


@lru_cache(maxsize=1)
def _converter() -> Callable[[Spec], str]:
    """The drawing library, which takes a second to start, with our typeface."""
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))

    def convert(spec: Spec) -> str:
        svg: str = vl_convert.vegalite_to_svg(spec, vl_version=VERSION, format_locale=COMMA, allowed_base_urls=[])
        return svg

    return convert


CONFIG: Final[Mapping[str, Any]] = {
    "aria": False,
    "background": None,
    "font": FONT.replace("'", ""),
    "padding": 2,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": DIM,
        "gridColor": GRID,
        "domainColor": "#9aa3a3",
        "ticks": False,
        "labelPadding": 6,
        "labelLimit": 260,
    },
    "axisX": {"labelAngle": 0},
    "legend": {
        "labelFontSize": 12,
        "title": None,
        "orient": "top",
        "symbolType": "square",
        "symbolSize": 130,
        "symbolStrokeWidth": 0.6,
        "labelColor": INK,
        "columnPadding": 12,
        "labelLimit": 240,
    },
    "text": {"fontSize": 12, "color": INK},
    "header": {"labelFontSize": 12},
}


def shade(rank: int, statuses: int) -> str:
    """The shade of a status by its rank from the lowest, however many there are."""
    return SHADES[_place(rank, statuses)]


def dark(rank: int, statuses: int) -> bool:
    """Whether its letters are white."""
    return _place(rank, statuses) >= LIGHT_BELOW


def _place(rank: int, statuses: int) -> int:
    return round(rank * (len(SHADES) - 1) / max(statuses - 1, 1))
