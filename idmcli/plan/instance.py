"""The villages and works of one plan as arrays: what may be chosen, what it costs, which works are shared."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
import polars as pl

from idmcli.plan.limits import Purpose
from idmcli.plan.pricing import UNBOUNDED, Field, Ints, field
from idmcli.rubric import Rubric

SHARED_KEY = ("kelompok", "kode", "pelaku", "instansi")
PLACES = (6, 4, 2)
"""Lengths of the codes of kecamatan, kabupaten and provinsi."""


@dataclass(frozen=True)
class Shared:
    """A work that serves several villages: done once, at the price of the dearest step chosen.

    `tempat` is the code that all its villages begin with (kecamatan, kabupaten or provinsi; "" for none);
    `harga` the prices it may have, ascending.
    """

    pelaku: str
    instansi: str
    tempat: str
    harga: tuple[int, ...]


@dataclass(frozen=True)
class Instance:
    """Villages (those that can rise) and works, by position.

    Attributes:
        desa: one row per village: as given to `solve`, with `bobot`.
        works: the works of these villages, in the given order.
        village, column, step, cost: per work its village, indicator, points and cost.
        shared, level: per work its shared work (−1: none) and the place of its cost among the prices of that.
        groups: the shared works.
        field: windows and widths for the pricing; class j ends in the status `statuses[j]` (None: in any).
        unreachable: rows `no` of villages below their target that no set of works lifts.
    """

    desa: pl.DataFrame
    works: pl.DataFrame
    village: Ints
    column: Ints
    step: Ints
    cost: tuple[int, ...]
    shared: Ints
    level: Ints
    groups: tuple[Shared, ...]
    field: Field
    statuses: tuple[str | None, ...]
    unreachable: tuple[int, ...]


def instance(
    villages: pl.DataFrame, works: pl.DataFrame, rubric: Rubric, weights: Mapping[str, int], purpose: Purpose
) -> Instance:
    """The instance of a purpose: paths to each village's own target, or to any higher status (`sasaran`)."""
    least, most, statuses = windows(villages, rubric, purpose)
    gains = works.group_by("no", "kode").agg(pl.col("tambahan_k").max()).group_by("no").agg(pl.col("tambahan_k").sum())
    reach = villages.select("no").join(gains, on="no", how="left", maintain_order="left")["tambahan_k"].fill_null(0)
    reached = (least >= 0) & (least <= reach.to_numpy()[:, None])
    wanted, able = (least >= 0).any(axis=1), reached.any(axis=1)
    desa = villages.filter(pl.Series(able)).with_columns(
        pl.col("status").replace_strict(dict(weights), default=1, return_dtype=pl.Int64).alias("bobot")
    )
    place = pl.DataFrame({"no": desa["no"], "desa_ke": pl.Series(range(desa.height), dtype=pl.Int64)})
    column = pl.DataFrame({"kode": rubric.codes, "kolom_ke": pl.Series(range(len(rubric.codes)), dtype=pl.Int64)})
    kept = works.join(place, on="no", maintain_order="left").join(column, on="kode", maintain_order="left")
    shared, level, groups = shared_works(kept, desa)
    return Instance(
        desa=desa,
        works=kept,
        village=kept["desa_ke"].to_numpy(),
        column=kept["kolom_ke"].to_numpy(),
        step=kept["poin"].cast(pl.Int64).to_numpy(),
        cost=tuple(kept["biaya"].to_list()),
        shared=shared,
        level=level,
        groups=groups,
        field=field(
            tuple(np.array([rubric.codes.index(kode) for kode in one.indikator]) for one in rubric.dimensi),
            tuple(rubric.unit(one) for one in rubric.dimensi),
            np.where(reached, least, -1)[able],
            most[able],
        ),
        statuses=statuses,
        unreachable=tuple(villages.filter(pl.Series(wanted & ~able))["no"].to_list()),
    )


def windows(villages: pl.DataFrame, rubric: Rubric, purpose: Purpose) -> tuple[Ints, Ints, tuple[str | None, ...]]:
    """Least and most gain per village and class; least −1 where the village has no such class."""
    if purpose != "sasaran":
        need = villages["butuh_k"].cast(pl.Int64).fill_null(0).to_numpy()[:, None]
        return np.where(need > 0, need, -1), np.full_like(need, UNBOUNDED), (None,)
    here = villages["idm_k"].cast(pl.Int64).to_numpy()[:, None]
    starts = np.array([status.k_min for status in rubric.status])
    ends = np.append(starts[1:] - 1, UNBOUNDED)
    return np.where(starts > here, starts - here, -1), ends - here, tuple(status.nama for status in rubric.status)


def shared_works(works: pl.DataFrame, desa: pl.DataFrame) -> tuple[Ints, Ints, tuple[Shared, ...]]:
    """Shared work and price level per work; a group that only one village could use is an ordinary work."""
    rows = works.with_row_index("baris").filter(pl.col("kelompok").is_not_null())
    rows = rows.join(desa.select("no", "kode_desa"), on="no", maintain_order="left")
    shared, level = np.full(works.height, -1), np.zeros(works.height, dtype=np.int64)
    groups: list[Shared] = []
    for key, members in rows.group_by(SHARED_KEY, maintain_order=True):
        if members["no"].n_unique() < 2:
            continue
        prices = sorted(cast(set[int], set(members["biaya"])))
        at = members["baris"].to_numpy()
        shared[at] = len(groups)
        level[at] = [prices.index(cost) for cost in members["biaya"]]
        place = common(members["kode_desa"].fill_null("").to_list())
        groups.append(Shared(str(key[2]), str(key[3]), place, tuple(prices)))
    return shared, level, tuple(groups)


def common(codes: list[str]) -> str:
    """The code of the smallest place that holds all of these villages."""
    return next((codes[0][:n] for n in PLACES if len({code[:n] for code in codes}) == 1), "")
