"""One dimension: the least key for exactly so many points, for many villages at once.

A key is a price and, in its low bits, the number of indicators touched: comparing keys compares the price first, then
the number. Tables are `[c, p, v]`: c indicators touched (a single plane where nothing limits their number), exactly p
points gained, village v.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from idmcli.gap.board import NEVER, Ints, Points

MANY: Final = 1_000_000
"""Where the counting of equal paths stops."""

_Part = tuple[slice, slice]


@dataclass
class Dimension:
    """The steps of one dimension and what they add up to.

    Attributes:
        columns: the dimension's indicators, as places in the official order.
        steps: per indicator: points → `[v]` keys of such a step (NEVER where it cannot be taken); empty: no step.
        tables: `tables[j]` is `[c, p, v]` over the indicators from the j-th on; `tables[0]` is the whole dimension. An
            indicator without steps shares the table of the next one.
    """

    columns: Sequence[int]
    steps: Sequence[Mapping[int, Ints]]
    tables: list[Ints]

    @property
    def best(self) -> Ints:
        """`[c, p, v]` least keys of the whole dimension."""
        return self.tables[0]

    @property
    def width(self) -> int:
        """The most points looked at + 1."""
        return int(self.tables[0].shape[1])

    @property
    def shift(self) -> int:
        """How many planes a touched indicator moves up."""
        return 1 if self.tables[0].shape[0] > 1 else 0

    def forbid(self, place: int, villages: Ints) -> None:
        """Take one indicator away from some villages; only what depends on it is computed again."""
        for keys in self.steps[place].values():
            keys[villages] = NEVER
        for j in range(place, -1, -1):
            if self.steps[j]:
                steps = {points: keys[villages] for points, keys in self.steps[j].items()}
                self.tables[j][:, :, villages] = _extended(self.tables[j + 1][:, :, villages], steps)

    def ways(self, bits: int) -> Ints:
        """`[c, p, v]` number of ways to gain exactly p points (touching c indicators) at the least price, to MANY.

        Means nothing where there is no way at all. `bits` is the number of a key's low bits that are no price.
        """
        ways = np.zeros_like(self.tables[-1])
        ways[0, 0] = 1
        reached = self.tables[-1] >> bits
        for held, after in zip(reversed(self.steps), reversed(self.tables[:-1]), strict=True):
            if not held:
                continue
            prices, reached = reached, after >> bits
            total = np.where(prices == reached, ways, 0)
            for points, keys in held.items():
                source, target = _moved(after, points, self.shift)
                total[target] += np.where(prices[source] + (keys >> bits) == reached[target], ways[source], 0)
            ways = np.minimum(total, MANY)
        return ways

    def steps_of(self, planes: Ints, points: Ints, villages: Ints) -> Points:
        """`[n, j]` points gained on each indicator by the best way to gain `points` `[n]` in `villages` `[n]`.

        Among ways with the same key the one that raises the officially first indicator most is taken, then the second.
        """
        taken = np.zeros((len(villages), len(self.columns)), dtype=np.int8)
        plane, left = planes.copy(), points.copy()
        for j, held in enumerate(self.steps):
            if not held:
                continue
            for gain in sorted(held, reverse=True):
                price = held[gain][villages]
                able = (price < NEVER) & (left >= gain) & (plane >= self.shift) & (taken[:, j] == 0)
                some = np.flatnonzero(able)
                here = self.tables[j][plane[some], left[some], villages[some]]
                rest = self.tables[j + 1][plane[some] - self.shift, left[some] - gain, villages[some]]
                taken[some[rest + price[some] == here], j] = gain
            left -= taken[:, j]
            plane -= np.where(taken[:, j] > 0, self.shift, 0)
        return taken


def dimension(
    columns: Sequence[int], steps: Sequence[Mapping[int, Ints]], villages: int, planes: int, width: int
) -> Dimension:
    """Fill the tables of one dimension.

    Args:
        columns: its indicators, as places in the official order.
        steps: see `Dimension`.
        villages: how many there are.
        planes: 1, or the most indicators a path may touch + 1.
        width: the most points to look at + 1.
    """
    table = np.full((planes, width, villages), NEVER, dtype=np.int64)
    table[0, 0] = 0
    tables = [table]
    for held in reversed(steps):
        tables.append(_extended(tables[-1], held) if held else tables[-1])
    return Dimension(columns, steps, tables[::-1])


def _extended(before: Ints, steps: Mapping[int, Ints]) -> Ints:
    """The table with one more indicator."""
    after = before.copy()
    for points, keys in steps.items():
        source, target = _moved(before, points, 1 if len(before) > 1 else 0)
        np.minimum(after[target], before[source] + keys, out=after[target])
    return after


def _moved(table: Ints, points: int, shift: int) -> tuple[_Part, _Part]:
    """Which part of a table a step leads from, and which it leads to."""
    planes, width = table.shape[0], table.shape[1]
    source = slice(0, planes - shift), slice(0, max(0, width - points))
    return source, (slice(shift, None), slice(min(points, width), None))
