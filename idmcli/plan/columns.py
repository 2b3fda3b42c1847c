"""Column generation: the linear program over all paths, though only the useful ones are ever written down.

The relaxation is solved over the paths known; its duals price every work; the cheapest path of each village under
these prices enters if it improves. With none left the value is that of all paths, and meanwhile
value + Σ least reduced prices is a bound for every plan.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import highspy
import numpy as np
from numpy.typing import NDArray

from idmcli.plan.master import INF, Path, Pool, quiet_solver, whole_model
from idmcli.plan.model import Model, Objective
from idmcli.plan.pricing import Floats, Ints, cheapest
from idmcli.rubric.model import FULL_SCORE

Flags = NDArray[np.bool_]

IMPROVES: Final = 1e-7
"""A reduced price above −IMPROVES is noise."""
FAR: Final = 1e9
"""More than any path's scaled price."""
RELUCTANT: Final = 20.0
"""How much dearer the other actors look where first paths lean on one."""
TIE: Final = 1e-9
"""Among paths of equal price the one of less money is found first; too small to move a bound."""


@dataclass(frozen=True)
class Node:
    """Decisions that hold in a part of the search.

    Attributes:
        lower, upper: bounds of the extras.
        rise_lower, rise_upper: per village 0 or 1: must it rise, may it rise.
        banned: per work: not to be used. forced: per work: its village uses it (and must rise).
    """

    lower: Floats
    upper: Floats
    rise_lower: Floats
    rise_upper: Floats
    banned: Flags
    forced: Flags


def root_node(model: Model) -> Node:
    """No decision yet."""
    villages, works = model.instance.desa.height, len(model.instance.cost)
    none = np.zeros(works, dtype=np.bool_)
    extras = len(model.extra_upper)
    return Node(np.zeros(extras), model.extra_upper, np.zeros(villages), np.ones(villages), none, none)


def with_extras(node: Node, extras: Ints, value: float) -> Node:
    """Some extras fixed."""
    lower, upper = node.lower.copy(), node.upper.copy()
    lower[extras] = upper[extras] = value
    return replace(node, lower=lower, upper=upper)


def with_rise(node: Node, village: int, value: float) -> Node:
    """A village that must or must not rise."""
    lower, upper = node.rise_lower.copy(), node.rise_upper.copy()
    lower[village] = upper[village] = value
    return replace(node, rise_lower=lower, rise_upper=upper)


def with_work(node: Node, model: Model, work: int, used: bool) -> Node:
    """A work that must or must not be used; one that must be bans the others on its indicator."""
    one = model.instance
    banned = node.banned.copy()
    if not used:
        banned[work] = True
        return replace(node, banned=banned)
    forced = node.forced.copy()
    forced[work] = True
    banned |= (one.village == one.village[work]) & (one.column == one.column[work])
    banned[work] = False
    return with_rise(replace(node, banned=banned, forced=forced), int(one.village[work]), 1.0)


class Relaxation:
    """The linear program over the paths of a pool, kept warm between nodes."""

    def __init__(self, model: Model, pool: Pool, objective: Objective, deadline: float) -> None:
        """The root's relaxation; `late` becomes True where the deadline (monotonic seconds) ends a node too early."""
        self.model, self.pool, self.objective, self.deadline = model, pool, objective, deadline
        self.rounds, self.late = 0, False
        self._node = root_node(model)
        one = model.instance
        self._codes = sum(len(columns) for columns in one.field.members)
        self._cell = (one.village * self._codes + one.column) * (FULL_SCORE + 1) + one.step
        if not pool.paths:
            self._sow()
        self._solver = quiet_solver(deadline - time.monotonic())
        self._solver.passModel(whole_model(model, pool, objective, range(len(pool.paths)), whole=False))

    def _sow(self) -> None:
        """First paths: the cheapest, the cheapest where nobody shares, and those that lean on one actor each.

        With them a search that the clock stops early still has plans to choose from.
        """
        model, one = self.model, self.model.instance
        alone = np.array(one.cost, dtype=np.float64) / model.money.scale
        actors = one.works["pelaku"].to_numpy()
        leaning = [np.where(actors == actor, alone, RELUCTANT * alone) for actor in sorted(set(actors.tolist()))]
        for prices in (model.money.work, alone, *leaning):
            sought = replace(model.money, work=prices, ends=model.money.ends - FAR)
            self.pool.add(self._cheapest(sought, np.zeros(self._height))[1])

    def at(self, node: Node, stop_above: float, rounds: int) -> float:
        """Solve at a node: a bound for every plan of the node, inf where it has none.

        Stops early once the bound passes `stop_above` or after so many rounds; the bound holds all the same (−inf:
        nothing is known).
        """
        self._move(node)
        best, left = -np.inf, rounds
        while True:
            self.rounds += 1
            self._solver.run()
            status = self._solver.getModelStatus()
            if status == highspy.HighsModelStatus.kInfeasible:
                if not self._repair():
                    return np.inf
                continue
            if status != highspy.HighsModelStatus.kOptimal:
                self.late = True
                return best
            left -= 1
            bound, paths = self._priced(self._solver.getInfo().objective_function_value)
            best = max(best, bound)
            self.late |= time.monotonic() > self.deadline
            if best > stop_above or left <= 0 or self.late:
                return best
            fresh = self.pool.add(paths)
            if not fresh:
                return best
            self._enter(fresh)

    def values(self) -> tuple[Floats, Floats]:
        """The extras and the paths of the last solution."""
        found = np.array(self._solver.getSolution().col_value)
        extras = len(self.model.extra_upper)
        return found[:extras], found[extras:]

    def losses(self) -> tuple[float, Floats]:
        """The last solution's value, and per path what a plan of the known paths loses at least by using it."""
        duals = np.array(self._solver.getSolution().col_dual)
        return self._solver.getInfo().objective_function_value, duals[len(self.model.extra_upper) :]

    @property
    def _height(self) -> int:
        """Rows of the linear program."""
        return len(self.model.lower) + self.model.instance.desa.height

    def _repair(self) -> bool:
        """Whether new paths can cure an infeasible program: those that its dual ray asks for."""
        solver: Any = self._solver  # its published types leave this call out
        known, ray = solver.getDualRay()[1:]
        if not known:
            return False
        works, ends = np.zeros_like(self.objective.work), np.zeros_like(self.objective.ends)
        _, paths = self._cheapest(replace(self.objective, work=works, ends=ends), np.asarray(ray, dtype=np.float64))
        fresh = self.pool.add(paths)
        self._enter(fresh)
        return bool(fresh)

    def _priced(self, value: float) -> tuple[float, list[Path]]:
        """Bound and improving paths under the duals of the last solution."""
        reduced, paths = self._cheapest(self.objective, np.array(self._solver.getSolution().row_dual))
        return value + float(np.minimum(0.0, reduced.min(axis=1)).sum()), paths

    def _cheapest(self, objective: Objective, duals: Floats) -> tuple[Floats, list[Path]]:
        """Least reduced price per village and class, and the paths whose is below zero."""
        model, one = self.model, self.model.instance
        villages, classes = one.field.least.shape
        rows = len(model.lower)
        price = objective.work - np.bincount(
            model.works.item, model.works.value * duals[model.works.row], len(one.cost)
        )
        ends = objective.ends.ravel() - np.bincount(
            model.ends.item, model.ends.value * duals[model.ends.row], villages * classes
        )
        offered = np.where(self._node.banned, np.inf, np.maximum(price, 0.0) + TIE * model.money.work)
        order = np.lexsort((offered, self._cell))
        lowest = order[np.append(True, np.diff(self._cell[order]) > 0)] if len(order) else order
        size = villages * self._codes * (FULL_SCORE + 1)
        prices, which = np.full(size, np.inf), np.full(size, -1)
        prices[self._cell[lowest]], which[self._cell[lowest]] = offered[lowest], lowest
        idle = np.zeros((villages, self._codes))
        idle[one.village[self._node.forced], one.column[self._node.forced]] = np.inf
        best, deltas = cheapest(one.field, prices.reshape(villages, self._codes, FULL_SCORE + 1), idle)
        reduced = best + ends.reshape(villages, classes) - duals[rows:, None]
        reduced[self._node.rise_upper == 0] = np.inf
        paths = []
        for village, end in zip(*np.nonzero(reduced < -IMPROVES), strict=True):
            raised = np.flatnonzero(deltas[village, end])
            cells = (village * self._codes + raised) * (FULL_SCORE + 1) + deltas[village, end, raised]
            paths.append(Path(int(village), int(end), tuple(sorted(which[cells].tolist()))))
        return reduced, paths

    def _enter(self, fresh: Sequence[int]) -> None:
        """New paths as columns."""
        if not fresh:
            return
        rows = len(self.model.lower)
        index = [np.append(self.pool.rows[one], rows + self.pool.paths[one].village) for one in fresh]
        value = [np.append(self.pool.values[one], 1.0) for one in fresh]
        starts = np.cumsum([0, *(len(part) for part in index)])
        self._solver.addCols(
            len(fresh),
            self.pool.prices(self.objective, fresh),
            np.zeros(len(fresh)),
            np.full(len(fresh), INF),
            int(starts[-1]),
            starts[:-1],
            np.concatenate(index),
            np.concatenate(value),
        )

    def _move(self, node: Node) -> None:
        """Bounds of another node; paths that break its decisions are closed."""
        old, self._node = self._node, node
        changed = np.flatnonzero((old.lower != node.lower) | (old.upper != node.upper))
        for extra in changed.tolist():
            self._solver.changeColBounds(extra, float(node.lower[extra]), float(min(node.upper[extra], INF)))
        rows = len(self.model.lower)
        changed = np.flatnonzero((old.rise_lower != node.rise_lower) | (old.rise_upper != node.rise_upper))
        for village in changed.tolist():
            self._solver.changeRowBounds(
                rows + village, float(node.rise_lower[village]), float(node.rise_upper[village])
            )
        if (old.banned != node.banned).any() or (old.forced != node.forced).any():
            extras = len(self.model.extra_upper)
            for at, (before, after) in enumerate(zip(self._open(old), self._open(node), strict=True)):
                if before != after:
                    self._solver.changeColBounds(extras + at, 0.0, INF if after else 0.0)

    def _open(self, node: Node) -> Flags:
        """Which known paths keep to a node's decisions on works."""
        return allowed(self.pool.paths, self.model.instance.village, node)


def allowed(paths: Sequence[Path], village: Ints, node: Node) -> Flags:
    """Which paths keep to a node's decisions on works."""
    if not node.banned.any() and not node.forced.any():
        return np.ones(len(paths), dtype=np.bool_)
    demands: dict[int, set[int]] = {}
    for work in np.flatnonzero(node.forced).tolist():
        demands.setdefault(int(village[work]), set()).add(work)
    return np.array(
        [
            not node.banned[list(path.works)].any() and demands.get(path.village, set()) <= set(path.works)
            for path in paths
        ],
        dtype=np.bool_,
    )
