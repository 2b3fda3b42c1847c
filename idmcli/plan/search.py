"""Branch and price: the best plan for one objective, and a bound that no plan can pass.

A part of the search is left out when its bound shows that it holds nothing better by a whole grain. What is fractional
is decided in this order: shared works, which villages rise, single works; after these a plan is whole. Where the shared
works are whole, a small integer program over the known paths gives the plans. Effort is counted in solved programs, not
in seconds, so that every machine finds the same plan; the clock only stops what would run far too long.
"""

import heapq
import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from idmcli.plan.columns import Node, Relaxation, root_node, with_extras, with_rise, with_work
from idmcli.plan.cuts import tightened
from idmcli.plan.keeper import WHOLE, Found, Keeper
from idmcli.plan.pricing import Floats

ROUNDS: Final = 60
"""The most rounds of column generation below the root; a bound holds after any number."""
FEW: Final = 16
"""So few undecided shared works are left to the small integer program."""
BATCH: Final = 8
"""Of more, at least one in so many is built at each step of a dive."""
NEARLY: Final = 0.75
"""What the relaxation builds to this share is built when diving."""
DIVE_ROUNDS: Final = 6
"""Rounds of column generation on each step of a dive, which needs no exact bound."""
TIGHTENINGS: Final = 12
"""The most times that rows are added at the root."""
GRACE: Final = 5.0
"""Seconds for the last program of a search that ran out of time."""
PROMISING: Final = 0.6
"""Branch on the shared work nearest to this: near enough to be built, open enough to matter."""


class Search(Keeper):
    """One objective's search over a pool of paths."""

    def run(self, start: Sequence[int] = (), extras: Floats | None = None) -> Found | None:
        """The best plan within the effort; None where there is none.

        Args:
            start: paths of a plan that keeps the rows, if one is known.
            extras: its extras.
        """
        if extras is not None:
            self._offer(start, extras)
        if self.model.instance.desa.is_empty():
            return self.best
        bound = self._root()
        if bound == math.inf and self.best is not None:  # the program and the integers disagree by its tolerance
            bound = self._least_thinkable()
        elif bound < math.inf:
            if extras is not None and not self._spent():
                self._whole(replace(root_node(self.model), upper=np.where(self._binary, extras, np.inf)))
            self._dive()
            bound = self._tree(max(bound, self._least_thinkable()))
        if self.best is None:
            return None
        least = min(self.best.value, self._units(min(bound, self._passed, self._known())))
        return replace(self.best, bound=least)

    def idle(self) -> Floats:
        """The extras of doing nothing."""
        return np.zeros(len(self.model.extra_upper))

    def _root(self) -> float:
        """The bound of the whole search, with the rows that the relaxation's solutions break."""
        bound = self._relaxation.at(root_node(self.model), np.inf, self.effort)
        for _ in range(TIGHTENINGS):
            if bound == math.inf or self._spent():
                break
            extras, paths = self._relaxation.values()
            stricter = tightened(self.model, extras, self.pool.shares(paths))
            if stricter is self.model:
                break
            self.model, rounds = stricter, self._relaxation.rounds
            self.pool.rebuild(stricter)
            self._relaxation = Relaxation(stricter, self.pool, self.objective, self.deadline)
            self._relaxation.rounds = rounds
            bound = max(bound, self._relaxation.at(root_node(stricter), np.inf, self.effort))
        return bound

    def _dive(self) -> None:
        """Offer a plan found by building at once all shared works that the relaxation nearly builds."""
        node = root_node(self.model)
        bound = self._relaxation.at(node, np.inf, DIVE_ROUNDS)
        while bound < math.inf and not self._spent():
            extras = self._relaxation.values()[0]
            partly = np.flatnonzero(self._binary & (extras > WHOLE) & (extras < 1 - WHOLE))
            if len(partly) <= FEW:
                self._whole(replace(node, upper=np.where(self._binary, np.ceil(extras - WHOLE), np.inf)))
                return
            likely = partly[np.argsort(-extras[partly], kind="stable")]
            batch = likely[: max(1, len(likely) // BATCH, int((extras[likely] >= NEARLY).sum()))]
            for tries, value in ((batch, 1.0), (batch[:1], 1.0), (batch[:1], 0.0)):
                further = with_extras(node, tries, value)
                bound = self._relaxation.at(further, np.inf, DIVE_ROUNDS)
                if bound < math.inf:
                    break
            node = further

    def _tree(self, bound: float) -> float:
        """Search below the root; the least bound of what is left open."""
        waiting: list[tuple[float, int, Node]] = []
        serial = 0
        node: Node | None = root_node(self.model)
        here = bound
        while True:
            if node is None:
                while waiting and self._hopeless(waiting[0][0]):
                    heapq.heappop(waiting)
                if not waiting:
                    return self._known()
                if self._spent():
                    return waiting[0][0]
                at = 0 if self.best is not None else max(range(len(waiting)), key=lambda one: waiting[one][1])
                here, _, node = waiting.pop(at)
                heapq.heapify(waiting)
            if self._spent():
                return min([here, *(entry[0] for entry in waiting)])
            found = self._relaxation.at(node, self._stop_above(), ROUNDS)
            here = max(here, found)
            if self._hopeless(here):
                node = None
                continue
            if self._relaxation.late:
                return min([here, *(entry[0] for entry in waiting)])
            halves = self._branch(node, self._relaxation.values())
            if halves is None or self._hopeless(here):
                node = None
                continue
            serial += 1
            heapq.heappush(waiting, (here, serial, halves[1]))
            node = halves[0]

    def _branch(self, node: Node, values: tuple[Floats, Floats]) -> tuple[Node, Node] | None:
        """Two parts of a node, the more promising first; None where its solution is a plan."""
        extras, paths = values
        open_extras = np.flatnonzero(self._binary & (extras > WHOLE) & (extras < 1 - WHOLE))
        if len(open_extras):
            extra = open_extras[[np.abs(extras[open_extras] - PROMISING).argmin()]]
            return with_extras(node, extra, 1.0), with_extras(node, extra, 0.0)
        whole = np.where(self._binary, np.round(extras), np.inf)
        used = np.flatnonzero(paths > WHOLE).tolist()
        if all(paths[one] > 1 - WHOLE for one in used):
            self._offer(used, extras)
            return None
        self._whole(replace(node, upper=np.minimum(node.upper, whole)))
        rises = np.zeros(self.model.instance.desa.height)
        for one in used:
            rises[self.pool.paths[one].village] += paths[one]
        works = self.pool.shares(paths)
        for sums, decide in ((rises, self._rise), (works, self._work)):
            partly = np.flatnonzero((sums > WHOLE) & (sums < 1 - WHOLE))
            if len(partly):
                return decide(node, int(partly[np.abs(sums[partly] - PROMISING).argmin()]))
        return None

    def _rise(self, node: Node, village: int) -> tuple[Node, Node]:
        return with_rise(node, village, 1.0), with_rise(node, village, 0.0)

    def _work(self, node: Node, work: int) -> tuple[Node, Node]:
        return with_work(node, self.model, work, used=True), with_work(node, self.model, work, used=False)
