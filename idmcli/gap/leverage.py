"""Units of 1/scale in words: points of the dimensions, and what a point of one is worth in points of another."""

from collections.abc import Mapping
from fractions import Fraction

from idmcli.rubric.model import Rubric
from idmcli.words import plain

_PARTS = {
    Fraction(1, 2): "½",
    Fraction(1, 3): "⅓",
    Fraction(2, 3): "⅔",
    Fraction(1, 4): "¼",
    Fraction(3, 4): "¾",
    Fraction(1, 5): "⅕",
    Fraction(2, 5): "⅖",
    Fraction(3, 5): "⅗",
    Fraction(4, 5): "⅘",
    Fraction(1, 6): "⅙",
    Fraction(5, 6): "⅚",
    Fraction(1, 8): "⅛",
    Fraction(3, 8): "⅜",
    Fraction(5, 8): "⅝",
    Fraction(7, 8): "⅞",
}


def weight_words(rubric: Rubric) -> str:
    """The heaviest point in others: `Satu poin IKL sama bobotnya dengan 4 poin IKE atau 11⅔ poin IKS.`"""
    heaviest, *others = sorted(rubric.dimensi, key=rubric.unit, reverse=True)
    worth = [f"{_mixed(Fraction(rubric.unit(heaviest), rubric.unit(other)))} poin {other.kode}" for other in others]
    return f"Satu poin {heaviest.kode} sama bobotnya dengan {' atau '.join(worth)}."


def points_for(units: int, rubric: Rubric) -> dict[str, int]:
    """The least whole points of each dimension alone that make up so many units of 1/scale, by dimension code."""
    return {row.kode: -(-units // rubric.unit(row)) for row in rubric.dimensi}


def need_words(units: int, rubric: Rubric, left: Mapping[str, int] | None = None) -> str:
    """`13 poin IKS, atau 5 poin IKE, atau 2 poin IKL`: what it takes in one dimension alone.

    Args:
        units: how much is missing, in units of 1/scale.
        rubric: the edition.
        left: points each dimension still lacks; a dimension that has not so many is not named.
    """
    points = points_for(units, rubric)
    enough = [kode for kode, needed in points.items() if left is None or needed <= left[kode]]
    if not enough:
        return "tidak cukup dengan satu dimensi saja"
    return ", atau ".join(f"{points[kode]} poin {kode}" for kode in enough)


def _mixed(ratio: Fraction) -> str:
    """`35/3` → `11⅔`; decimals where there is no sign for the part."""
    whole, part = divmod(ratio, 1)
    if not part:
        return str(whole)
    return f"{whole or ''}{_PARTS[part]}" if part in _PARTS else plain(round(float(ratio), 2))
