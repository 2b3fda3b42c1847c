"""Rows that no plan breaks but the relaxation may: budgets counted in whole pieces.

A budget of 620 has room for seven works of 80 or more, not for 7¾. In general, with any divisor d,
Σ ⌊cost ÷ d⌋ ≤ ⌊budget ÷ d⌋ (rounding after Gomory and Chvátal); the divisor that a solution breaks most is added.
"""

from dataclasses import replace
from typing import Final

import numpy as np

from idmcli.plan.model import Entries, Model, Purse
from idmcli.plan.pricing import Floats

PIECES: Final = 60
"""Divisors that go up to so many times into a budget are tried beside the costs themselves."""
BROKEN: Final = 0.03
"""A row broken by less than this share of one piece is not worth adding."""


def tightened(model: Model, extras: Floats, works: Floats) -> Model:
    """The model with a row more for every budget that a solution counts in broken pieces.

    Args:
        model: the model.
        extras: the solution's extras.
        works: how much of each work the solution uses.
    """
    for purse in model.purses:
        broken, divisor = max(((_broken(purse, d, extras, works), -d) for d in _divisors(purse)), default=(0.0, 0))
        if broken > BROKEN:
            model = _added(model, purse, -divisor)
    return model


def _divisors(purse: Purse) -> list[int]:
    """The divisors worth trying: the costs, and what fits k times but not k + 1 times."""
    costs = {int(cost) for cost in (*np.unique(purse.costs), *np.unique(purse.upto))}
    pieces = {purse.limit // (k + 1) + 1 for k in range(1, PIECES)}
    return sorted(d for d in costs | pieces if 1 < d <= purse.limit)


def _broken(purse: Purse, divisor: int, extras: Floats, works: Floats) -> float:
    """By how many pieces a solution breaks the row of a divisor."""
    pieces = (purse.costs // divisor) @ works[purse.works]
    pieces += (purse.upto // divisor - purse.before // divisor) @ extras[purse.extras]
    return float(pieces) - purse.limit // divisor


def _added(model: Model, purse: Purse, divisor: int) -> Model:
    """The model with the row of a divisor."""
    row = len(model.lower)
    return replace(
        model,
        lower=np.append(model.lower, -np.inf),
        upper=np.append(model.upper, float(purse.limit // divisor)),
        works=model.works.plus(Entries.of_row(purse.works, row, purse.costs // divisor)),
        extras=model.extras.plus(Entries.of_row(purse.extras, row, purse.upto // divisor - purse.before // divisor)),
    )
