"""The rows of a plan's model: shared works, budgets and capacities, least numbers per kabupaten, target counts."""

from itertools import pairwise
from math import gcd
from typing import Final

import numpy as np
import polars as pl

from idmcli.parameters.budgets import Bucket
from idmcli.plan.instance import Instance
from idmcli.plan.limits import Goal, Limits, draws, of_kabupaten
from idmcli.plan.model import Entries, Model, Objective, Purse

COARSE: Final = 1000.0
"""Rows of money are scaled so that their largest entry is this, whatever the currency."""


class _Builder:
    """Collects rows and entries."""

    def __init__(self) -> None:
        self.lower: list[float] = []
        self.upper: list[float] = []
        self.works: list[tuple[int, int, float]] = []
        self.ends: list[tuple[int, int, float]] = []
        self.extras: list[tuple[int, int, float]] = []
        self.extra_price: list[int] = []
        self.extra_upper: list[float] = []
        self.missing: list[int] = []
        self.purses: list[Purse] = []

    def row(self, lower: float, upper: float) -> int:
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.lower) - 1

    def extra(self, price: int, upper: float) -> int:
        self.extra_price.append(price)
        self.extra_upper.append(upper)
        return len(self.extra_price) - 1

    def slack(self, row: int, sign: int) -> None:
        one = self.extra(0, np.inf)
        self.missing.append(one)
        self.extras.append((one, row, sign))


def model(one: Instance, limits: Limits, standing: pl.DataFrame) -> Model:
    """The model of an instance within the limits; `standing` holds every village, also those that cannot rise."""
    build = _Builder()
    levels = _shared(build, one)
    for bucket in limits.buckets:
        _bucket(build, one, bucket, levels)
    for key, least in limits.minimum.items():
        _minimum(build, one, key, least)
    for goal in limits.sasaran:
        _goal(build, one, goal, standing)
    classes = one.field.least.shape[1]
    weights = one.desa["bobot"].to_list()
    value_row = build.row(-np.inf, np.inf)
    build.ends += [(v * classes + c, value_row, weight) for v, weight in enumerate(weights) for c in range(classes)]
    missing_row = build.row(-np.inf, np.inf)
    build.extras += [(slack, missing_row, 1.0) for slack in build.missing]
    extras = len(build.extra_price)
    own = np.where(one.shared < 0, np.array(one.cost, dtype=np.float64), 0.0)
    scale = max(1.0, max((*one.cost, 1)) / COARSE)
    zero, ends = np.zeros(len(one.cost)), np.zeros((one.desa.height, classes))
    missing = np.zeros(extras)
    missing[build.missing] = 1.0
    rising = ends - np.array(weights, dtype=np.float64)[:, None]
    return Model(
        instance=one,
        limits=limits,
        standing=standing,
        lower=np.array(build.lower, dtype=np.float64),
        upper=np.array(build.upper, dtype=np.float64),
        works=_entries(build.works),
        ends=_entries(build.ends),
        extras=_entries(build.extras),
        extra_upper=np.array(build.extra_upper, dtype=np.float64),
        purses=tuple(build.purses),
        value_row=value_row,
        missing_row=missing_row,
        missing=Objective(zero, ends, missing, 1.0, 1),
        value=Objective(zero, rising, np.zeros(extras), 1.0, _grain(weights)),
        money=Objective(own / scale, ends, np.array(build.extra_price) / scale, scale, _grain(one.cost)),
    )


def _grain(numbers: tuple[int, ...] | list[int]) -> int:
    """The largest number that divides all."""
    return max(1, gcd(*numbers))


def _entries(triples: list[tuple[int, int, float]]) -> Entries:
    """Triples as arrays."""
    item, row, value = zip(*triples, strict=True) if triples else ((), (), ())
    return Entries(np.array(item, dtype=np.int64), np.array(row, dtype=np.int64), np.array(value, dtype=np.float64))


def _shared(build: _Builder, one: Instance) -> list[list[int]]:
    """An extra per shared work and price level; a village's path may use no level that is not paid for."""
    levels: list[list[int]] = []
    for group in one.groups:
        steps = [group.harga[0], *(high - low for low, high in pairwise(group.harga))]
        chain = [build.extra(price, 1.0) for price in steps]
        for low, high in pairwise(chain):
            row = build.row(0.0, np.inf)
            build.extras += [(low, row, 1.0), (high, row, -1.0)]
        levels.append(chain)
    users: dict[tuple[int, int], list[int]] = {}
    for work in np.flatnonzero(one.shared >= 0).tolist():
        users.setdefault((int(one.shared[work]), int(one.village[work])), []).append(work)
    for (group_at, _), works in users.items():
        for level in sorted({int(one.level[work]) for work in works}):
            row = build.row(-np.inf, 0.0)
            build.extras.append((levels[group_at][level], row, -1.0))
            build.works += [(work, row, 1.0) for work in works if one.level[work] >= level]
    return levels


def _bucket(build: _Builder, one: Instance, bucket: Bucket, levels: list[list[int]]) -> None:
    """A row for the money and one for the number of works, where they can bind at all."""
    works, groups = matching(one, bucket)
    if bucket.anggaran is not None:
        build.purses.append(_purse(one, bucket.anggaran, works, groups, levels))
    for limit, count in ((bucket.anggaran, False), (bucket.kapasitas, True)):
        if limit is None:
            continue
        own = [(work, 1 if count else one.cost[work]) for work in works]
        extra = [
            (level, (1 if at == 0 else 0) if count else build.extra_price[level])
            for group in groups
            for at, level in enumerate(levels[group])
        ]
        prices = [price for _, price in (*own, *extra) if price]
        if not prices:
            continue
        unit = gcd(*prices)
        scale = unit * max(1.0, max(prices) / unit / COARSE)
        row = build.row(-np.inf, limit // unit * unit / scale)
        build.works += [(work, row, price / scale) for work, price in own if price]
        build.extras += [(level, row, price / scale) for level, price in extra if price]


def _purse(one: Instance, limit: int, works: list[int], groups: list[int], levels: list[list[int]]) -> Purse:
    """A budget in whole numbers."""
    prices = [one.groups[group].harga for group in groups]
    return Purse(
        limit,
        np.array(works, dtype=np.int64),
        np.array([one.cost[work] for work in works], dtype=np.int64),
        np.array([level for group in groups for level in levels[group]], dtype=np.int64),
        np.array([price for harga in prices for price in (0, *harga[:-1])], dtype=np.int64),
        np.array([price for harga in prices for price in harga], dtype=np.int64),
    )


def matching(one: Instance, bucket: Bucket) -> tuple[list[int], list[int]]:
    """The ordinary works and the shared works that draw on a bucket."""
    codes = one.desa["kode_desa"].fill_null("").to_list()
    actors, offices = one.works["pelaku"].to_list(), one.works["instansi"].to_list()
    works = [
        work
        for work in np.flatnonzero(one.shared < 0).tolist()
        if draws(bucket, actors[work], offices[work], codes[one.village[work]])
    ]
    groups = [at for at, group in enumerate(one.groups) if draws(bucket, group.pelaku, group.instansi, group.tempat)]
    return works, groups


def _minimum(build: _Builder, one: Instance, key: str, least: int) -> None:
    """At least so many villages of a kabupaten rise, as far as that can be."""
    classes = one.field.least.shape[1]
    row = build.row(float(least), np.inf)
    members = np.flatnonzero(of_kabupaten(one.desa, key).to_numpy()).tolist()
    build.ends += [(v * classes + c, row, 1.0) for v in members for c in range(classes)]
    build.slack(row, 1)


def _goal(build: _Builder, one: Instance, goal: Goal, standing: pl.DataFrame) -> None:
    """So many villages in a status in the end: those there now, less those that leave, plus those that arrive."""
    now = int((standing["status"] == goal.status).sum())
    classes = len(one.statuses)
    arrive = one.statuses.index(goal.status)
    moves = [(v * classes + arrive, 1.0) for v in range(one.desa.height)]
    leavers = np.flatnonzero((one.desa["status"] == goal.status).to_numpy()).tolist()
    moves += [(v * classes + c, -1.0) for v in leavers for c in range(classes) if c != arrive]
    for bound, sign in ((goal.paling_sedikit, 1), (goal.paling_banyak, -1)):
        if bound is None:
            continue
        row = build.row(bound - now, np.inf) if sign > 0 else build.row(-np.inf, bound - now)
        build.ends += [(item, row, value) for item, value in moves]
        build.slack(row, sign)
