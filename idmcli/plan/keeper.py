"""The best plan found so far in a search, what may still better it, and plans taken from the paths known."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import highspy
import numpy as np

from idmcli.plan.columns import Node, Relaxation, allowed
from idmcli.plan.exact import Figures, figures
from idmcli.plan.master import Pool, quiet_solver, whole_model
from idmcli.plan.model import Model, Objective
from idmcli.plan.pricing import Floats

WHOLE: Final = 1e-6
"""A value this near to an integer is one."""
WIDE: Final = 0.003
"""A path that loses more than this share of all is left out of the small integer programs."""
SUB_NODES: Final = 200
"""Nodes of the small integer programs."""


@dataclass(frozen=True)
class Found:
    """The best plan of a search.

    Attributes:
        paths: positions in the pool.
        extras: the extras of that plan.
        figures: exact integers of the plan.
        value, bound: of the objective in whole units; `bound` ≤ every plan's value (minimised).
    """

    paths: tuple[int, ...]
    extras: Floats
    figures: Figures
    value: int
    bound: int

    @property
    def proven(self) -> bool:
        """Whether no plan can be better."""
        return self.value <= self.bound


class Keeper:
    """The state of one objective's search over a pool of paths."""

    def __init__(
        self, model: Model, pool: Pool, objective: Objective, effort: int, deadline: float, near: float = 0.0
    ) -> None:
        """A search that ends when it has spent its effort, or is within a share `near` of the best plan."""
        self.model, self.pool, self.objective = model, pool, objective
        self.effort, self.deadline, self.near = effort, deadline, near
        self._passed = math.inf
        self.best: Found | None = None
        self._relaxation = Relaxation(model, pool, objective, deadline)
        self._binary = np.isfinite(model.extra_upper)
        self._tried: set[bytes] = set()

    def _least_thinkable(self) -> float:
        """A bound that needs no program: every village rises, and nothing costs anything."""
        return float(np.minimum(0.0, self.objective.ends.min(axis=1)).sum())

    def _known(self) -> float:
        """The best plan's value in the model."""
        return math.inf if self.best is None else self.best.value / self.objective.scale

    def _units(self, bound: float) -> int:
        """The least whole value that a plan of this bound can have."""
        grain = self.objective.grain
        return math.ceil(bound * self.objective.scale / grain - WHOLE * max(1.0, abs(bound))) * grain

    def _hopeless(self, bound: float) -> bool:
        """Whether nothing better can lie behind a bound, or nothing better by enough; then the bound is remembered."""
        if bound == math.inf:
            return True
        if self.best is None or self._units(bound) <= self.best.value - self._step():
            return False
        self._passed = min(self._passed, bound)
        return True

    def _step(self) -> int:
        """By how much a plan must be better to be looked for, in whole units."""
        least = 0 if self.best is None else int(abs(self.best.value) * self.near)
        return max(least, self.objective.grain)

    def _stop_above(self) -> float:
        """The bound from which a node is hopeless, a little late."""
        if self.best is None:
            return math.inf
        sought = (self.best.value - self._step()) / self.objective.scale
        return sought + 2 * WHOLE * max(1.0, abs(sought))

    def _spent(self) -> bool:
        """Whether the effort or the time is used up."""
        return self._relaxation.late or self._relaxation.rounds >= self.effort or time.monotonic() > self.deadline

    def _whole(self, node: Node) -> None:
        """Offer the best plan of the known paths whose shared works stay below the node's bounds.

        The relaxation stands at the node or above it: paths that cost more than can be won are left out.
        """
        key = node.upper.tobytes()
        if key in self._tried:
            return
        self._tried.add(key)
        seconds = self.deadline - time.monotonic()
        open_paths = allowed(self.pool.paths, self.model.instance.village, node)
        value, losses = self._relaxation.losses()
        open_paths &= losses <= min(self._stop_above() - value, WIDE * abs(value))
        chosen = np.flatnonzero(open_paths).tolist()
        lp = whole_model(self.model, self.pool, self.objective, chosen, whole=True)
        extras = len(self.model.extra_upper)
        upper = np.array(lp.col_upper_)
        upper[:extras] = np.minimum(node.upper, highspy.kHighsInf)
        lp.col_upper_ = upper
        solver = quiet_solver(seconds)
        solver.setOptionValue("mip_max_nodes", SUB_NODES)
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", 0.99 * self.objective.grain / self.objective.scale)
        solver.passModel(lp)
        solver.run()
        if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return
        values = np.array(solver.getSolution().col_value)
        self._offer([chosen[at] for at in np.flatnonzero(values[extras:] > 0.5)], values[:extras])

    def _offer(self, paths: Sequence[int], extras: Floats) -> None:
        """Keep a plan if it is better, counted in integers, and really keeps within every limit."""
        told = figures(self.model, [self.pool.paths[one] for one in paths])
        value = told.of(self.objective, self.model)
        if told.kept and (self.best is None or value < self.best.value):
            self.best = Found(tuple(paths), np.round(extras), told, value, value)
