"""The cheapest path of every village under given prices: an exact knapsack over points, all villages at once.

A path is a set of steps whose gain reaches a window (`least` … `most`, in units of 1/scale). Gains are whole points
times the unit of the dimension, so each dimension is solved over its points and the dimensions are then combined.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from idmcli.rubric.model import FULL_SCORE

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Deltas = NDArray[np.int8]

UNBOUNDED: Final = 1 << 40
"""The upper end of a window that has none; far above any gain."""


@dataclass(frozen=True)
class Field:
    """The shape of the search, the same for every price.

    Attributes:
        members: per dimension the columns of its indicators in the price tensor.
        units: per dimension the units of 1/scale that one point is worth.
        widths: per dimension the most points a path without idle steps takes there.
        least, most: windows, (villages, classes); `least` < 0 where a village has no such class.
    """

    members: tuple[Ints, ...]
    units: tuple[int, ...]
    widths: tuple[int, ...]
    least: Ints
    most: Ints


def field(members: tuple[Ints, ...], units: tuple[int, ...], least: Ints, most: Ints) -> Field:
    """The field with its widths: a path from which no step can be left out passes its window's least by under a step.

    So no dimension takes more than the points for the whole need and one step less a point; all prices are ≥ 0.
    """
    need = int(least.max(initial=0))
    widths = tuple(
        min(FULL_SCORE * len(columns), -(-need // unit) + FULL_SCORE - 1)
        for columns, unit in zip(members, units, strict=True)
    )
    return Field(members, units, widths, least, most)


def cheapest(field: Field, prices: Floats, idle: Floats) -> tuple[Floats, Deltas]:
    """The least price of a path per village and class, and the path.

    Args:
        field: the windows.
        prices: (villages, indicators, FULL_SCORE + 1), ≥ 0: the price of raising by so many points; inf: not possible.
        idle: (villages, indicators): 0, or inf where the indicator must be raised.

    Returns:
        (villages, classes) prices, inf where no path reaches the window; (villages, classes, indicators) points.
    """
    villages, classes = field.least.shape
    tables = [
        points(prices[:, columns, :], idle[:, columns], width)
        for columns, width in zip(field.members, field.widths, strict=True)
    ]
    rest, gains, places = combined([table for table, _ in tables[1:]], field.units[1:])
    first = tables[0][0]
    runs = range_minimum(first)
    best = np.full((villages, classes), np.inf)
    deltas = np.zeros((villages, classes, prices.shape[1]), dtype=np.int8)
    every = np.arange(villages)
    for one in range(classes):
        start = np.maximum(0, -(-(field.least[:, one, None] - gains) // field.units[0]))
        stop = np.minimum(field.widths[0], (field.most[:, one, None] - gains) // field.units[0])
        least, at = lowest(first, runs, start, stop)
        least = np.where(field.least[:, one, None] < 0, np.inf, least + rest)
        chosen = least.argmin(axis=1)
        best[:, one] = least[every, chosen]
        ends = [at[every, chosen], *(place[chosen] for place in places)]
        found = np.isfinite(best[:, one])
        for columns, (_, taken), end in zip(field.members, tables, ends, strict=True):
            deltas[:, one, columns] = np.where(found[:, None], traced(taken, end), 0)
    return best, deltas


def points(prices: Floats, idle: Floats, width: int) -> tuple[Floats, Deltas]:
    """The least price of exactly p points for p up to `width`, and what each indicator then contributes.

    Args:
        prices: (villages, indicators of one dimension, FULL_SCORE + 1).
        idle: (villages, indicators).
        width: the most points.

    Returns:
        (villages, width + 1) prices; (indicators, villages, width + 1) points taken at that indicator.
    """
    villages, indicators, steps = prices.shape
    table = np.full((villages, width + 1), np.inf)
    table[:, 0] = 0.0
    taken = np.zeros((indicators, villages, width + 1), dtype=np.int8)
    possible: NDArray[np.bool_] = np.asarray(np.isfinite(prices).any(axis=0))
    for indicator in range(indicators):
        before = table
        table = before + idle[:, indicator, None]
        for step in range(1, min(steps, width + 1)):
            if not possible[indicator, step]:
                continue
            offered = before[:, : width + 1 - step] + prices[:, indicator, step, None]
            np.copyto(taken[indicator, :, step:], np.int8(step), where=offered < table[:, step:])
            np.minimum(table[:, step:], offered, out=table[:, step:])
    return table, taken


def traced(taken: Deltas, end: Ints) -> Deltas:
    """The points per indicator that lead to `end` points: (villages, indicators)."""
    indicators, villages, _ = taken.shape
    found = np.zeros((villages, indicators), dtype=np.int8)
    left, every = end.copy(), np.arange(villages)
    for indicator in reversed(range(indicators)):
        found[:, indicator] = taken[indicator, every, left]
        left = left - found[:, indicator]
    return found


def combined(tables: list[Floats], units: tuple[int, ...]) -> tuple[Floats, Ints, list[Ints]]:
    """Every mix of points of the later dimensions: (villages, mixes) prices, gain per mix, points per dimension."""
    grids = np.meshgrid(*(np.arange(table.shape[1]) for table in tables), indexing="ij")
    places = [grid.ravel() for grid in grids]
    gains = sum((place * unit for place, unit in zip(places, units, strict=True)), np.zeros(1, dtype=np.int64))
    rest = sum((table[:, place] for table, place in zip(tables, places, strict=True)), np.zeros((1, 1)))
    return np.asarray(rest), np.asarray(gains), places


def range_minimum(table: Floats) -> list[Ints]:
    """For each power of two, (villages, starts): the place of the lowest price in the run of that length."""
    runs = [np.broadcast_to(np.arange(table.shape[1]), table.shape).copy()]
    span = 1
    while 2 * span <= table.shape[1]:
        left, right = runs[-1][:, :-span], runs[-1][:, span:]
        lower = np.take_along_axis(table, right, 1) < np.take_along_axis(table, left, 1)
        runs.append(np.where(lower, right, left))
        span *= 2
    return runs


def lowest(table: Floats, runs: list[Ints], start: Ints, stop: Ints) -> tuple[Floats, Ints]:
    """The lowest price within `start` … `stop` (both in), and where it stands; inf for an empty range."""
    length = stop - start + 1
    power = np.frexp(np.maximum(length, 1).astype(np.float64))[1].astype(np.int64) - 1
    least, at = np.full(start.shape, np.inf), np.zeros(start.shape, dtype=np.int64)
    for level, run in enumerate(runs):
        village, mix = np.nonzero((length > 0) & (power == level))
        left = run[village, start[village, mix]]
        right = run[village, stop[village, mix] - (1 << level) + 1]
        place = np.where(table[village, right] < table[village, left], right, left)
        at[village, mix], least[village, mix] = place, table[village, place]
    return least, at
