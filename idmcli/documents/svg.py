"""Drawing as text: the few SVG elements that browsers and typst's renderer show alike, numbers short, nothing fetched.

No ids, classes, styles or patterns: several pictures stand in one page, and hatching is drawn line by line.
"""

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Final, Literal

FONT: Final = "'Liberation Sans', Arial, Helvetica, sans-serif"
INK: Final = "#1a1a1a"
Anchor = Literal["start", "middle", "end"]

_WIDTHS: Final = (
    (" !,./:;I[\\]ft", 0.278),
    ("'ijl|’", 0.23),
    ('()-`r·“”{}"*', 0.345),
    ("Jcksvxyz^", 0.5),
    ("FTZ", 0.611),
    ("&ABEKPSVXY", 0.667),
    ("CDHNRUw", 0.722),
    ("GOQ", 0.778),
    ("Mm⅔%", 0.85),
    ("W►→…@", 1.0),
)
"""Widths of the letters of Arial and Liberation Sans in em; every other is near 0.56."""
_WIDTH_OF: Final = {letter: width for letters, width in _WIDTHS for letter in letters}
_OTHER: Final = 0.565
_BOLD: Final = 1.06


def text_width(content: str, size: float, *, bold: bool = False) -> float:
    """About how wide a text is, in the unit of `size` (within 4 % for Indonesian words)."""
    return _em_width(content) * size * (_BOLD if bold else 1)


@lru_cache(maxsize=1 << 14)
def _em_width(content: str) -> float:
    return sum(_WIDTH_OF.get(letter, _OTHER) for letter in content)


def number(value: float) -> str:
    """A coordinate with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def text(
    x: float,
    y: float,
    content: str,
    size: float = 12,
    *,
    anchor: Anchor = "start",
    bold: bool = False,
    fill: str = INK,
) -> str:
    """A line of text; `y` is its baseline."""
    weight = ' font-weight="bold"' if bold else ""
    place = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}"{place}{weight} fill="{fill}">'
        f"{escape(content)}</text>"
    )


def rect(x: float, y: float, w: float, h: float, *, fill: str = "none", stroke: str = "none", width: float = 1) -> str:
    """A rectangle."""
    edge = "" if stroke == "none" else f' stroke="{stroke}" stroke-width="{number(width)}"'
    return f'<rect x="{number(x)}" y="{number(y)}" width="{number(w)}" height="{number(h)}" fill="{fill}"{edge}/>'


def line(x1: float, y1: float, x2: float, y2: float, *, stroke: str = INK, width: float = 1, dash: str = "") -> str:
    """A straight line; `dash` as `4 3`."""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}" stroke="{stroke}"'
        f' stroke-width="{number(width)}"{dashes}/>'
    )


def polygon(points: Sequence[tuple[float, float]], *, fill: str = INK, stroke: str = "none") -> str:
    """A closed shape."""
    corners = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    edge = "" if stroke == "none" else f' stroke="{stroke}" stroke-width="1.5"'
    return f'<polygon points="{corners}" fill="{fill}"{edge}/>'


def hatch(x: float, y: float, w: float, h: float, *, gap: float = 7, stroke: str = "#8a8a8a") -> str:
    """Slanting lines inside a rectangle: a second shade that survives every copier."""
    lines = []
    offset = gap
    while offset < w + h:
        left, bottom = max(0.0, offset - h), min(offset, h)
        right, top = min(offset, w), max(0.0, offset - w)
        lines.append(f"M{number(x + left)} {number(y + bottom)}L{number(x + right)} {number(y + top)}")
        offset += gap
    return f'<path d="{"".join(lines)}" stroke="{stroke}" stroke-width="0.8" fill="none"/>'


def picture(width: float, height: float, parts: Sequence[str], words: str, font: str = FONT, top: float = 0) -> str:
    """The whole picture, from `top` down; `words` say what it shows to those who cannot see it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {number(top)} {number(width)} {number(height - top)}"'
        f' width="{number(width)}" height="{number(height - top)}" role="img" aria-label="{escape(words)}"'
        f' font-family="{escape(font)}">{"".join(parts)}</svg>'
    )
