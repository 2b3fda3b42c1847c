"""What binds a plan: budgets and capacities, least numbers per kabupaten, priorities, target counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from idmcli.parameters.budgets import Bucket

Purpose = Literal["naik", "hemat", "sasaran"]


@dataclass(frozen=True)
class Goal:
    """How many villages a status is to hold in the end; None: not limited on that side."""

    status: str
    paling_sedikit: int | None = None
    paling_banyak: int | None = None


@dataclass(frozen=True)
class Limits:
    """The bounds of one plan.

    Attributes:
        buckets: budgets (unit of the costs) and capacities (number of works); a work counts in every one it matches.
        minimum: kabupaten (four-digit code or name) → the least number of its villages that rise.
        bobot: status now → weight of a village of that status that rises (an integer ≥ 0; 1 where not named).
        sasaran: the target counts of the purpose `sasaran`.
        detik: the most seconds of search. Only a safety net: the search counts its own work, so that a slow machine
            gives the same plan as a fast one unless this net is reached.
    """

    buckets: tuple[Bucket, ...] = ()
    minimum: Mapping[str, int] = field(default_factory=dict)
    bobot: Mapping[str, int] = field(default_factory=dict)
    sasaran: tuple[Goal, ...] = ()
    detik: float = 60.0
