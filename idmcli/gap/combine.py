"""The dimensions together: the best path of every village from the best ways of its dimensions.

Of all paths that gain enough, the one taken is, in this order: the cheapest; with the fewest indicators; with the least
gain beyond what is needed; with most points in the first dimension (IKS), then the second; with most indicators in the
first, then the second; with the largest rise of the officially first indicator, then the second, and so on. That is a
complete order: the same village always gets the same path.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, product
from operator import itemgetter

import numpy as np

from idmcli.gap.board import NEVER, Flags, Ints
from idmcli.gap.knapsack import MANY, Dimension


@dataclass
class Best:
    """The best path of every village so far.

    Attributes:
        key: `[v]` price and number of indicators; NEVER: no path.
        surplus: `[v]` units of 1/scale gained beyond the need.
        points: `[dimension, v]`.
        planes: `[dimension, v]` indicators touched, where their number is limited (else 0).
    """

    key: Ints
    surplus: Ints
    points: Ints
    planes: Ints

    @property
    def found(self) -> Flags:
        """`[v]` whether there is a path."""
        return self.key < NEVER


@dataclass(frozen=True)
class AtLeast:
    """A dimension's least key for at least p points (and at most c indicators), instead of exactly so many.

    Attributes:
        key: `[c, p, v]`.
        points: `[c, p, v]` the fewest points with that key.
        ways: `[c, p, v]` number of ways at that price; None where nobody counts.
    """

    key: Ints
    points: Ints
    ways: Ints | None


def at_least(dimension: Dimension, bits: int, counting: bool) -> AtLeast:
    """Running minima over points from above and over indicators from below."""
    key = dimension.best.copy()
    points = np.broadcast_to(np.arange(dimension.width)[None, :, None], key.shape).copy()
    ways = dimension.ways(bits) if counting else None
    for p in range(dimension.width - 2, -1, -1):
        _merge(key, points, ways, (slice(None), p), (slice(None), p + 1), bits)
    for c in range(1, len(key)):
        _merge(key, points, ways, (slice(c, c + 1),), (slice(c - 1, c),), bits)
    return AtLeast(key, points, ways)


def _merge(
    key: Ints, points: Ints, ways: Ints | None, into: tuple[slice | int, ...], other: tuple[slice | int, ...], bits: int
) -> None:
    """Take the better of two cells into the first; at the same price their ways add up."""
    if ways is not None:
        mine, theirs = key[into] >> bits, key[other] >> bits
        both = np.where(mine <= theirs, ways[into], 0) + np.where(theirs <= mine, ways[other], 0)
        ways[into] = np.minimum(both, MANY)
    better = (key[other] < key[into]) | ((key[other] == key[into]) & (points[other] < points[into]))
    points[into] = np.where(better, points[other], points[into])
    key[into] = np.where(better, key[other], key[into])


def combine(
    dimensions: Sequence[Dimension], units: Sequence[int], need: Ints, bits: int, counting: bool
) -> tuple[Best, Ints]:
    """The best path of every village, and (if `counting`) how many paths cost as little.

    Args:
        dimensions: in official order, all with the same villages and planes.
        units: what a point of each is worth.
        need: `[v]` units of 1/scale that a path must gain.
        bits: number of a key's low bits that are no price.
        counting: whether equal paths are counted.
    """
    first, *others = dimensions
    lead = at_least(first, bits, counting)
    counts = [dimension.ways(bits) for dimension in others] if counting else []
    best = Best(
        key=np.full(len(need), NEVER, dtype=np.int64),
        surplus=np.zeros(len(need), dtype=np.int64),
        points=np.zeros((len(dimensions), len(need)), dtype=np.int64),
        planes=np.zeros((len(dimensions), len(need)), dtype=np.int64),
    )
    number = np.zeros(len(need), dtype=np.int64)
    for gained, group in groupby(_cells(others, units[1:]), key=itemgetter(0)):
        parts: dict[int, _FirstPart] = {}
        for _, plane, cells in group:
            if plane not in parts:
                parts[plane] = _first_part(lead, plane, need - gained, units[0])
            front = parts[plane]
            key = front.key + sum(one.best[cell] for one, cell in zip(others, cells, strict=True))
            if counting:
                ways = front.ways
                for count, cell in zip(counts, cells, strict=True):
                    ways = np.minimum(ways * count[cell], MANY)
                price, least = key >> bits, best.key >> bits
                number = np.where(price < least, 0, number) + np.where(price <= least, ways, 0)
                np.minimum(number, MANY, out=number)
            better = (key < best.key) | ((key == best.key) & (front.surplus < best.surplus))
            places = np.flatnonzero(better & (key < NEVER))
            best.key[places], best.surplus[places] = key[places], front.surplus[places]
            best.points[0, places] = front.points[places]
            for d, (c, p) in enumerate(cells, start=1):
                best.points[d, places], best.planes[d, places] = p, c
    if first.shift:
        touched = best.key & ((1 << bits) - 1)
        best.planes[0] = np.where(best.found, touched - best.planes[1:].sum(axis=0), 0)
    return best, np.where(best.found, number, 0)


@dataclass(frozen=True)
class _FirstPart:
    """What the first dimension does about the rest of the need, `[v]` each."""

    key: Ints
    points: Ints
    surplus: Ints
    ways: Ints


def _first_part(lead: AtLeast, plane: int, need: Ints, unit: int) -> _FirstPart:
    wanted = np.maximum(0, -(-need // unit))
    width, villages = lead.key.shape[1:]
    inside = wanted < width
    cell = np.where(inside, wanted, 0) * villages + np.arange(villages)
    points = lead.points[plane].ravel()[cell]
    ways = points if lead.ways is None else lead.ways[plane].ravel()[cell]
    return _FirstPart(np.where(inside, lead.key[plane].ravel()[cell], NEVER), points, points * unit - need, ways)


def _cells(others: Sequence[Dimension], units: Sequence[int]) -> Iterator[tuple[int, int, tuple[tuple[int, int], ...]]]:
    """Units gained, planes left to the first dimension, (plane, points) of every other one.

    Those that leave most points, then most indicators, to the first dimension come first, then those that leave most
    to the second: since the first found of two equal paths is kept, this is the last part of the module's tie-break.
    """
    limit = max((len(dimension.best) for dimension in others), default=1) - 1
    choices = [zip(*np.nonzero((dimension.best < NEVER).any(axis=2)), strict=True) for dimension in others]
    cells = []
    for cell in product(*choices):
        left = limit - sum(c for c, _ in cell)
        if left >= 0:
            gained = sum(p * unit for (_, p), unit in zip(cell, units, strict=True))
            cells.append((gained, left, cell))
    return iter(sorted(cells, key=lambda cell: (cell[0], [-p for _, p in cell[2]], -cell[1], [-c for c, _ in cell[2]])))
