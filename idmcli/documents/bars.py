"""The three dimensions and the IDM as bars: a village against the statuses' thresholds and its kabupaten's mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from idmcli.documents.svg import FONT, INK, line, picture, polygon, rect, text, text_width
from idmcli.words import decimal

BAR: Final = "#4a4a4a"
WHOLE: Final = "#111111"
GROUND: Final = "#eeeeee"
WIDE: Final = 430.0
NARROW: Final = 360.0


@dataclass(frozen=True)
class Bar:
    """One bar: `kode` and `kata` name it, `nilai` and `rata` (0–1; None: not known); `utama` sets the IDM apart."""

    kode: str
    kata: str
    nilai: float | None
    rata: float | None
    utama: bool = False


@dataclass(frozen=True)
class Bars:
    """The picture: bars, thresholds (0–1) and the words of the key and of the whole."""

    batang: Sequence[Bar]
    ambang: Sequence[float]
    legenda_desa: str
    legenda_kabupaten: str
    legenda_ambang: str
    kata: str


def bars(picture_of: Bars, *, width: float = WIDE, font: str = FONT) -> str:
    """The bars with labels above each, so that the same drawing serves paper (430) and a phone (360)."""
    left, right, high, pitch = 1.0, width - 50, 13.0, 36.0
    span = right - left
    parts = []
    top = 4.0
    for number, bar in enumerate(picture_of.batang):
        y = top + number * pitch + 14
        parts.append(text(left, y - 3, bar.kode, 12, bold=True))
        parts.append(text(left + text_width(bar.kode, 12, bold=True) + 6, y - 3, bar.kata, 11))
        parts.append(rect(left, y, span, high, fill=GROUND))
        if bar.nilai is not None:
            parts.append(rect(left, y, span * bar.nilai, high, fill=WHOLE if bar.utama else BAR))
        parts += [
            line(left + span * edge, y, left + span * edge, y + high, stroke="#ffffff", width=2.4)
            + line(left + span * edge, y - 1, left + span * edge, y + high + 1, stroke=INK, width=1, dash="2 2")
            for edge in picture_of.ambang
        ]
        if bar.rata is not None:
            x = left + span * bar.rata
            parts.append(
                polygon([(x, y + high - 4), (x - 5, y + high + 5), (x + 5, y + high + 5)], fill="#ffffff", stroke=INK)
            )
        parts.append(text(width, y + 11, decimal(bar.nilai), 13, anchor="end", bold=True))
    return picture(
        width,
        top + len(picture_of.batang) * pitch + 20,
        [*parts, *_key(picture_of, left, top + len(picture_of.batang) * pitch + 12)],
        picture_of.kata,
        font,
    )


def _key(picture_of: Bars, x: float, y: float) -> list[str]:
    """What bar, triangle and dashes mean."""
    parts = [rect(x, y - 8, 14, 9, fill=BAR), text(x + 18, y, picture_of.legenda_desa, 10.5)]
    x += 18 + text_width(picture_of.legenda_desa, 10.5) + 12
    if any(bar.rata is not None for bar in picture_of.batang):
        parts.append(polygon([(x + 5, y - 8), (x, y + 1), (x + 10, y + 1)], fill="#ffffff", stroke=INK))
        parts.append(text(x + 15, y, picture_of.legenda_kabupaten, 10.5))
        x += 15 + text_width(picture_of.legenda_kabupaten, 10.5) + 12
    parts.append(line(x + 2, y - 9, x + 2, y + 2, dash="2 2"))
    parts.append(text(x + 8, y, picture_of.legenda_ambang, 10.5))
    return parts
