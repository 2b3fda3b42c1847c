"""The paths found so far, and the linear program over them.

HiGHS runs on one thread with a fixed seed; its clock is only a safety net, so results repeat.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import highspy
import numpy as np

from idmcli.plan.model import Entries, Model, Objective
from idmcli.plan.pricing import Floats, Ints

INF: Final = highspy.kHighsInf


@dataclass(frozen=True)
class Path:
    """A set of works (ascending positions) that brings a village into a class."""

    village: int
    ends: int
    works: tuple[int, ...]


@dataclass
class Pool:
    """Every path found, without repeats, with its entries in the rows of the model."""

    model: Model
    paths: list[Path] = field(default_factory=list)
    rows: list[Ints] = field(default_factory=list)
    values: list[Floats] = field(default_factory=list)
    known: dict[Path, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index the entries by item."""
        self._works = by_item(self.model.works, len(self.model.instance.cost))
        self._ends = by_item(self.model.ends, self.model.instance.field.least.size)

    def add(self, paths: Sequence[Path]) -> list[int]:
        """Positions of the paths that were new."""
        classes = self.model.instance.field.least.shape[1]
        fresh = []
        for path in paths:
            if path in self.known:
                continue
            self.known[path] = len(self.paths)
            fresh.append(len(self.paths))
            parts = [self._ends[path.village * classes + path.ends], *(self._works[work] for work in path.works)]
            touched: Ints = np.concatenate([part[0] for part in parts])
            row, back = np.unique(touched, return_inverse=True)
            self.paths.append(path)
            self.rows.append(row)
            values = np.zeros(len(row))
            np.add.at(values, back, np.concatenate([part[1] for part in parts]))
            self.values.append(values)
        return fresh

    def rebuild(self, model: Model) -> None:
        """Count the same paths in another model of the same works."""
        paths, self.model = self.paths, model
        self.paths, self.rows, self.values, self.known = [], [], [], {}
        self.__post_init__()
        self.add(paths)

    def shares(self, values: Floats) -> Floats:
        """How much of each work a solution over the paths uses."""
        works = np.zeros(len(self.model.instance.cost))
        for one in np.flatnonzero(values > 0).tolist():
            works[list(self.paths[one].works)] += values[one]
        return works

    def prices(self, objective: Objective, at: Sequence[int]) -> Floats:
        """The objective of some paths."""
        return np.array(
            [
                objective.work[list(self.paths[one].works)].sum()
                + objective.ends[self.paths[one].village, self.paths[one].ends]
                for one in at
            ]
        )


def by_item(entries: Entries, items: int) -> list[tuple[Ints, Floats]]:
    """Rows and values of each item."""
    order = np.argsort(entries.item, kind="stable")
    cuts = np.searchsorted(entries.item[order], np.arange(1, items))
    return list(zip(np.split(entries.row[order], cuts), np.split(entries.value[order], cuts), strict=True))


def quiet_solver(seconds: float) -> highspy.Highs:
    """A silent HiGHS."""
    untyped: Any = highspy.Highs
    solver: highspy.Highs = untyped()
    for name, setting in (
        ("output_flag", False),
        ("random_seed", 0),
        ("parallel", "off"),
        ("threads", 1),
        ("time_limit", max(1.0, seconds)),
    ):
        solver.setOptionValue(name, setting)
    return solver


def whole_model(model: Model, pool: Pool, objective: Objective, chosen: Sequence[int], whole: bool) -> highspy.HighsLp:
    """Extras first, then the chosen paths; rows of the model first, then one per village."""
    rows, villages, extras = len(model.lower), model.instance.desa.height, len(model.extra_upper)
    lp = highspy.HighsLp()
    lp.num_col_ = extras + len(chosen)
    lp.num_row_ = rows + villages
    lp.col_cost_ = np.concatenate([objective.extra, pool.prices(objective, chosen)])
    lp.col_lower_ = np.zeros(lp.num_col_)
    lp.col_upper_ = np.concatenate([np.minimum(model.extra_upper, INF), np.full(len(chosen), 1.0 if whole else INF)])
    lp.row_lower_ = np.concatenate([np.maximum(model.lower, -INF), np.full(villages, -INF)])
    lp.row_upper_ = np.concatenate([np.minimum(model.upper, INF), np.ones(villages)])
    parts = by_item(model.extras, extras) if extras else []
    parts += [
        (np.append(pool.rows[one], rows + pool.paths[one].village), np.append(pool.values[one], 1.0)) for one in chosen
    ]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(part[0]) for part in parts)])
    lp.a_matrix_.index_ = np.concatenate([part[0] for part in parts]) if parts else np.zeros(0, dtype=np.int64)
    lp.a_matrix_.value_ = np.concatenate([part[1] for part in parts]) if parts else np.zeros(0)
    if whole:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * lp.num_col_
    return lp
