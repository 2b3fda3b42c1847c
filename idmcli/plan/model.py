"""The linear model over paths: rows that bind villages together, and the variables that are no paths.

minimise  Σ price(path) · λ + Σ price(extra) · e
subject   lower ≤ Σ row(path) · λ + Σ row(extra) · e ≤ upper, at most one path per village, λ whole.

A path's figures are the sums over its works, plus those of the class (status) it ends in. Extras are the shared works
(one per price level, so that a work's price is that of its dearest user) and what is missing from a least number.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from idmcli.plan.instance import Instance
from idmcli.plan.limits import Limits
from idmcli.plan.pricing import Floats, Ints


@dataclass(frozen=True)
class Entries:
    """Sparse entries: `item` has `value` in `row`."""

    item: Ints
    row: Ints
    value: Floats

    @classmethod
    def of_row(cls, items: Ints, row: int, values: Ints) -> "Entries":
        """The entries of one row that are not zero."""
        there = np.flatnonzero(values)
        return cls(items[there], np.full(len(there), row), values[there].astype(np.float64))

    def plus(self, other: "Entries") -> "Entries":
        """All entries of both."""
        return Entries(*(np.concatenate(pair) for pair in zip(self._parts, other._parts, strict=True)))

    @property
    def _parts(self) -> tuple[NDArray[Any], ...]:
        return self.item, self.row, self.value


@dataclass(frozen=True)
class Purse:
    """A budget and all that draws on it: works with their costs; extras (price levels of shared works).

    A level takes a shared work's price from `before` to `upto`.
    """

    limit: int
    works: Ints
    costs: Ints
    extras: Ints
    before: Ints
    upto: Ints


@dataclass(frozen=True)
class Objective:
    """What is minimised: prices of works, of classes (villages, classes) and of extras, in steps of `grain`.

    `scale` turns a value of the model into whole units; every whole plan's value is a multiple of `grain` of them.
    """

    work: Floats
    ends: Floats
    extra: Floats
    scale: float
    grain: int


@dataclass(frozen=True)
class Model:
    """Rows, extras and entries, and what they were made from.

    `value_row` and `missing_row` keep what an earlier stage has reached.
    """

    instance: Instance
    limits: Limits
    standing: pl.DataFrame
    lower: Floats
    upper: Floats
    works: Entries
    ends: Entries
    extras: Entries
    extra_upper: Floats
    purses: tuple[Purse, ...]
    value_row: int
    missing_row: int
    missing: Objective
    value: Objective
    money: Objective

    def bounded(self, row: int, lower: float, upper: float) -> "Model":
        """The model with other bounds of one row."""
        lowers, uppers = self.lower.copy(), self.upper.copy()
        lowers[row], uppers[row] = lower, upper
        return replace(self, lower=lowers, upper=uppers)
