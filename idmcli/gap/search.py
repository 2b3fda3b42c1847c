"""The best path of many villages, and further ones that do not begin alike."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from idmcli.gap.board import NEVER, Flags, Ints, Points, count_bits
from idmcli.gap.combine import Best, combine
from idmcli.gap.grid import unit_per_indicator
from idmcli.gap.knapsack import Dimension, dimension
from idmcli.rubric.model import FULL_SCORE, Rubric

_ROOM: Final = 48 << 20
"""Bytes that the tables of one block of villages may take."""
_MOST: Final = 2048
"""The most villages of a block."""


@dataclass(frozen=True)
class Found:
    """Paths of some villages.

    Attributes:
        taken: per path (the best, then the alternatives) `[v, i]` points gained on each indicator; all 0: no path.
        leaders: per path `[v]` the indicator with its largest gain (place in the official order; -1: no path).
        ways: `[v]` number of paths that cost as little as the best one, to `knapsack.MANY`.
    """

    taken: tuple[Points, ...]
    leaders: tuple[Ints, ...]
    ways: Ints


def blocks(need: Ints, rubric: Rubric, limit: int | None) -> Iterator[Ints]:
    """Places of villages with a need above 0, in blocks of like need whose tables fit into memory together."""
    order = np.argsort(-need, kind="stable")
    order = order[need[order] > 0]
    planes = 1 if limit is None else limit + 1
    start = 0
    while start < len(order):
        most = int(need[order[start]])
        cells = sum((len(row.indikator) + 3) * _width(most, row.maksimum, rubric.unit(row)) for row in rubric.dimensi)
        size = max(1, min(_MOST, _ROOM // (8 * cells * planes)))
        yield order[start : start + size]
        start += size


def search(prices: Ints, need: Ints, rubric: Rubric, limit: int | None, alternatives: int = 0) -> Found:
    """The best path of every village, then the best one without the leading indicators of the paths before.

    Args:
        prices: `[v, i, d]` price of raising an indicator by d points; NEVER where it must not be.
        need: `[v]` units of 1/scale to gain, above 0.
        rubric: the edition.
        limit: the most indicators of a path; None: no limit.
        alternatives: how many paths to look for after the best one.
    """
    bits = count_bits(rubric)
    dimensions = _dimensions(prices, need, rubric, limit, bits)
    units = [rubric.unit(row) for row in rubric.dimensi]
    weights = unit_per_indicator(rubric)
    taken, leaders, ways = [], [], np.zeros(len(need), dtype=np.int64)
    for number in range(alternatives + 1):
        best, counted = combine(dimensions, units, need, bits, counting=number == 0)
        ways = counted if number == 0 else ways
        steps = _steps(best, dimensions, len(weights))
        leading = np.where(best.found, np.argmax(steps * weights, axis=1), -1)
        taken.append(steps)
        leaders.append(leading)
        if number < alternatives:
            _forbid(dimensions, leading)
    return Found(tuple(taken), tuple(leaders), ways)


def _dimensions(prices: Ints, need: Ints, rubric: Rubric, limit: int | None, bits: int) -> list[Dimension]:
    most = int(need.max())
    planes = 1 if limit is None or limit >= len(rubric.codes) else limit + 1
    places = {kode: i for i, kode in enumerate(rubric.codes)}
    free = bool((prices[prices < NEVER] == 0).any())
    filled = []
    for row in rubric.dimensi:
        columns = [places[kode] for kode in row.indikator]
        possible = prices[:, columns] < NEVER
        reach = int((possible * np.arange(FULL_SCORE + 1)).max(axis=2).sum(axis=1).max())
        width = reach + 1 if free else min(reach + 1, _width(most, row.maksimum, rubric.unit(row)))
        steps = [_keys(prices[:, i], possible[:, j], bits) for j, i in enumerate(columns)]
        filled.append(dimension(columns, steps, len(need), planes, width))
    return filled


def _keys(prices: Ints, possible: Flags, bits: int) -> Mapping[int, Ints]:
    """Points → keys of an indicator's steps, for the steps that at least one village can take."""
    return {
        points: np.where(possible[:, points], (prices[:, points] << bits) | 1, NEVER)
        for points in range(1, FULL_SCORE + 1)
        if possible[:, points].any()
    }


def _width(need: int, maximum: int, unit: int) -> int:
    """How many numbers of points are worth looking at, 0 included.

    No path that costs least gains so much in one dimension that one of its steps could be left out (unless steps are
    free, and equal paths are to be counted with all that costs nothing).
    """
    return min(maximum, -(-need // unit) + FULL_SCORE - 1) + 1


def _steps(best: Best, dimensions: list[Dimension], indicators: int) -> Points:
    """`[v, i]` points gained on every indicator by the best path; 0 where there is none."""
    villages = np.flatnonzero(best.found)
    steps = np.zeros((len(best.key), indicators), dtype=np.int8)
    for d, one in enumerate(dimensions):
        steps[villages[:, None], np.array(one.columns)] = one.steps_of(
            best.planes[d, villages], best.points[d, villages], villages
        )
    return steps


def _forbid(dimensions: list[Dimension], leading: Ints) -> None:
    """Take every village's leading indicator away."""
    for one in dimensions:
        for place, column in enumerate(one.columns):
            villages = np.flatnonzero(leading == column)
            if len(villages):
                one.forbid(place, villages)
