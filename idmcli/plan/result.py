"""The solution of a plan as frames, with every figure recounted from the chosen works."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from idmcli.plan.exact import usage
from idmcli.plan.instance import Instance
from idmcli.plan.limits import Limits
from idmcli.plan.master import Path
from idmcli.rubric import Rubric

USE_SCHEMA: Final = {
    "pelaku": pl.String(),
    "instansi": pl.String(),
    "wilayah": pl.String(),
    "anggaran": pl.Int64(),
    "terpakai": pl.Int64(),
    "sisa": pl.Int64(),
    "kapasitas": pl.Int64(),
    "pekerjaan": pl.Int64(),
    "sisa_kapasitas": pl.Int64(),
}


@dataclass(frozen=True)
class Solution:
    """A plan.

    Attributes:
        langkah: the chosen rows of the works, in their order. A shared work stands once per village that uses it, with
            that village's own `biaya`; in `biaya` and `pemakaian` below it counts once, at the dearest.
        desa: a row per village: `no, naik, status_baru, idm_k_baru`; of a village that does not rise, as it is now.
        nilai: what was sought: weights of the villages that rise (`naik`), total cost (`hemat`, `sasaran`).
        batas: what no plan can better: `nilai` ≤ `batas` for `naik`, `batas` ≤ `nilai` for a cost.
        celah: |batas − nilai| as a share of `nilai`; 0 when proven.
        terbukti: whether the plan is proven to be best in what was sought, target counts and least numbers included.
        biaya: total cost, shared works once.
        biaya_batas: no plan of the same `nilai` costs less than this; `biaya_celah` the gap as a share.
        pemakaian: per bucket what it has, what is used and what is left (null without a limit).
        catatan: sentences for the officer.
    """

    langkah: pl.DataFrame
    desa: pl.DataFrame
    nilai: int
    batas: int
    celah: float
    terbukti: bool
    biaya: int
    biaya_batas: int
    biaya_celah: float
    pemakaian: pl.DataFrame
    catatan: tuple[str, ...]


def share(value: int, bound: int) -> float:
    """The distance of a bound as a share of the value."""
    return 0.0 if value == bound else abs(bound - value) / max(1, abs(value))


def lean(one: Instance, paths: Sequence[Path]) -> tuple[Path, ...]:
    """The paths without steps that their class does not need, the dearest left out first.

    A plan that is not proven cheapest may hold such a step; leaving one out costs nothing and breaks no limit.
    """
    gains = one.works["tambahan_k"].to_list()
    lean_paths = []
    for path in paths:
        kept = list(path.works)
        spare = sum(gains[work] for work in kept) - int(one.field.least[path.village, path.ends])
        for work in sorted(kept, key=lambda work: (-one.cost[work], -gains[work], work)):
            if gains[work] <= spare:
                kept.remove(work)
                spare -= gains[work]
        lean_paths.append(Path(path.village, path.ends, tuple(kept)))
    return tuple(lean_paths)


def chosen(one: Instance, paths: Sequence[Path], works: pl.DataFrame) -> pl.DataFrame:
    """The chosen rows, as they were given."""
    at = np.zeros(one.works.height, dtype=np.bool_)
    at[[work for path in paths for work in path.works]] = True
    return one.works.filter(pl.Series(at)).select(works.columns)


def outcome(
    villages: pl.DataFrame, langkah: pl.DataFrame, one: Instance, paths: Sequence[Path], rubric: Rubric
) -> pl.DataFrame:
    """Status and index of every village after the plan."""
    risen = one.desa["no"].gather([path.village for path in paths])
    gain = langkah.group_by("no").agg(pl.col("tambahan_k").cast(pl.Int32).sum())
    joined = villages.select("no", "idm_k", "status").join(gain, on="no", how="left", maintain_order="left")
    new = (joined["idm_k"].cast(pl.Int32) + joined["tambahan_k"].fill_null(0)).to_list()
    return pl.DataFrame(
        {
            "no": joined["no"],
            "naik": joined["no"].is_in(risen.implode()),
            "status_baru": pl.Series([None if k is None else rubric.status_at(k).nama for k in new], dtype=pl.String),
            "idm_k_baru": pl.Series(new, dtype=pl.Int32),
        }
    )


def used(one: Instance, paths: Sequence[Path], limits: Limits) -> pl.DataFrame:
    """What each bucket has, gives and keeps."""
    works = [work for path in paths for work in path.works]
    rows = [
        {
            "pelaku": bucket.pelaku,
            "instansi": bucket.instansi,
            "wilayah": bucket.wilayah,
            "anggaran": bucket.anggaran,
            "terpakai": money,
            "sisa": None if bucket.anggaran is None else bucket.anggaran - money,
            "kapasitas": bucket.kapasitas,
            "pekerjaan": count,
            "sisa_kapasitas": None if bucket.kapasitas is None else bucket.kapasitas - count,
        }
        for bucket, (money, count) in zip(limits.buckets, usage(one, works, limits.buckets), strict=True)
    ]
    return pl.DataFrame(rows, schema=USE_SCHEMA)
