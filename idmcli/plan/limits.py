"""What binds a plan: budgets and capacities, least numbers per kabupaten, priorities, target counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

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


def draws(bucket: Bucket, pelaku: str, instansi: str, tempat: str) -> bool:
    """Whether a work of this actor and office in this place draws on the bucket."""
    return bucket.pelaku in (None, pelaku) and bucket.instansi in (None, instansi) and tempat.startswith(bucket.wilayah)


def of_kabupaten(desa: pl.DataFrame, key: str) -> pl.Series:
    """Whether each village stands in the kabupaten meant by a four-digit code or a name."""
    name = " ".join(key.split()).upper()
    code, named = desa["kode_kabupaten"] == key.replace(".", ""), desa["kabupaten"].str.to_uppercase() == name
    return code.fill_null(value=False) | named.fill_null(value=False)
