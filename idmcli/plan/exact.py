"""A plan's figures in whole numbers, from its works alone: nothing a solver's tolerance says is taken on trust."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from idmcli.parameters.budgets import Bucket
from idmcli.plan.instance import Instance
from idmcli.plan.limits import draws, of_kabupaten
from idmcli.plan.master import Path
from idmcli.plan.model import Model, Objective

Use = tuple[int, int]
"""Money and number of works."""


@dataclass(frozen=True)
class Figures:
    """What a plan reaches and takes.

    Attributes:
        risen: villages that reach their class. value: their weights. cost: shared works once.
        missing: villages missing from least numbers and target counts, all together.
        use: per bucket what the plan takes from it.
        kept: whether every budget and capacity holds, and what earlier stages reached.
    """

    risen: int
    value: int
    cost: int
    missing: int
    use: tuple[Use, ...]
    kept: bool

    def of(self, objective: Objective, model: Model) -> int:
        """The objective, minimised."""
        return self.cost if objective is model.money else self.missing if objective is model.missing else -self.value


def figures(model: Model, paths: Sequence[Path]) -> Figures:
    """The figures of a set of paths, one per village at most."""
    one = model.instance
    works = [work for path in paths for work in path.works]
    weights = one.desa["bobot"].to_list()
    value = sum(weights[path.village] for path in paths)
    missing = shortage(model, paths)
    use = tuple(usage(one, works, model.limits.buckets))
    within = all(
        (bucket.anggaran is None or money <= bucket.anggaran)
        and (bucket.kapasitas is None or count <= bucket.kapasitas)
        for bucket, (money, count) in zip(model.limits.buckets, use, strict=True)
    )
    single = len({path.village for path in paths}) == len(paths)
    before = bool(value >= model.lower[model.value_row] and missing <= model.upper[model.missing_row])
    return Figures(len(paths), value, total(one, works), missing, use, within and single and before)


def bills(one: Instance, works: Iterable[int]) -> list[tuple[str, str, str, int]]:
    """What is to be paid: actor, office, place and cost of every work, a shared one once at its dearest."""
    codes = one.desa["kode_desa"].fill_null("").to_list()
    actors, offices = one.works["pelaku"].to_list(), one.works["instansi"].to_list()
    paid: list[tuple[str, str, str, int]] = []
    dearest: dict[int, int] = {}
    for work in works:
        if (group := int(one.shared[work])) >= 0:
            dearest[group] = max(dearest.get(group, 0), one.cost[work])
        else:
            paid.append((actors[work], offices[work], codes[one.village[work]], one.cost[work]))
    for group, cost in sorted(dearest.items()):
        shared = one.groups[group]
        paid.append((shared.pelaku, shared.instansi, shared.tempat, cost))
    return paid


def total(one: Instance, works: Iterable[int]) -> int:
    """The cost of a set of works."""
    return sum(cost for *_, cost in bills(one, works))


def usage(one: Instance, works: Sequence[int], buckets: Sequence[Bucket]) -> list[Use]:
    """Per bucket the money and the number of works that draw on it."""
    paid = bills(one, works)
    taken = []
    for bucket in buckets:
        costs = [cost for pelaku, instansi, place, cost in paid if draws(bucket, pelaku, instansi, place)]
        taken.append((sum(costs), len(costs)))
    return taken


def final_counts(model: Model, paths: Sequence[Path]) -> Counter[str]:
    """How many villages of each status there are after the plan."""
    one = model.instance
    now = one.desa["status"].to_list()
    counts = Counter(model.standing["status"].drop_nulls().to_list())
    for path in paths:
        ends = one.statuses[path.ends]
        if ends is not None:
            counts[now[path.village]] -= 1
            counts[ends] += 1
    return counts


def risen_in(model: Model, paths: Sequence[Path], key: str) -> int:
    """How many villages of a kabupaten rise."""
    members = set(np.flatnonzero(of_kabupaten(model.instance.desa, key).to_numpy()).tolist())
    return sum(path.village in members for path in paths)


def shortage(model: Model, paths: Sequence[Path]) -> int:
    """Villages missing from least numbers per kabupaten and from target counts, all together."""
    missing = sum(max(0, least - risen_in(model, paths, key)) for key, least in model.limits.minimum.items())
    counts = final_counts(model, paths)
    for goal in model.limits.sasaran:
        if goal.paling_sedikit is not None:
            missing += max(0, goal.paling_sedikit - counts[goal.status])
        if goal.paling_banyak is not None:
            missing += max(0, counts[goal.status] - goal.paling_banyak)
    return missing
