"""The province plan: which works, over all villages, within the limits.

Three purposes. `naik`: most villages lifted (weighted) within budgets and capacities, then the least cost for that.
`hemat`: every village that can rise, at least total cost; asks what it would take, so nothing is limited.
`sasaran`: the cheapest plan within the budgets that reaches target counts. Least numbers and target counts that cannot
be had are missed by as few villages as possible, and said.
"""

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl

from idmcli.errors import UsageError
from idmcli.plan.exact import figures, final_counts, risen_in
from idmcli.plan.instance import Instance, instance
from idmcli.plan.keeper import Found
from idmcli.plan.limits import Goal, Limits, Purpose, of_kabupaten
from idmcli.plan.master import Path, Pool
from idmcli.plan.model import Model, Objective
from idmcli.plan.result import Solution, chosen, lean, outcome, share, used
from idmcli.plan.rows import model
from idmcli.plan.search import Search
from idmcli.rubric import Rubric
from idmcli.words import percent, whole

EFFORT: Final[Mapping[str, int]] = {"missing": 150, "value": 400, "money": 300, "last": 90}
"""Rounds of column generation per stage; `last` where the cost only decides between plans of equal value."""
NEAR: Final = 0.002
"""That decision stops within this share of the least cost."""
LAST_SHARE: Final = 0.4
"""The share of the time kept for the stage of least cost."""


def solve(villages: pl.DataFrame, works: pl.DataFrame, rubric: Rubric, limits: Limits, tujuan: Purpose) -> Solution:
    """The best plan for a purpose.

    Args:
        villages: a row per village: no, kode_desa, kabupaten, kode_kabupaten, idm_k, status, butuh_k (units of 1/scale
            to its target; null or ≤ 0: nothing to reach). Villages that could not be scored have null idm_k and status.
        works: what may be done, from `assign`: no, kode, poin, tambahan_k, biaya (≥ 0), pelaku, instansi, kelompok.
            Rows of one (no, kode) exclude each other.
        rubric: the edition.
        limits: budgets, least numbers, weights, targets.
        tujuan: the purpose. `hemat` heeds no limit; weights count for `naik` only.

    Returns:
        The same plan for the same input, also with another number of processors.

    Raises:
        UsageError: no target count for `sasaran`, or a status or kabupaten that the villages do not have.
    """
    _check(villages, rubric, limits, tujuan)
    scope = limits if tujuan == "naik" else replace(limits, bobot={})
    scope = scope if tujuan == "sasaran" else replace(scope, sasaran=())
    scope = scope if tujuan != "hemat" else replace(scope, buckets=(), minimum={})
    known = villages.filter(pl.col("idm_k").is_not_null())
    one = instance(known, works.filter(pl.col("poin") > 0), rubric, scope.bobot, tujuan)
    now = time.monotonic()
    first, best = _stages(model(one, scope, known), tujuan, now + (1 - LAST_SHARE) * limits.detik, now + limits.detik)
    paths = lean(one, [best[1].paths[at] for at in best[0].paths])
    told = figures(best[1].model, paths)
    langkah = chosen(one, paths, works)
    goal_met = first is None or first.proven
    cost_bound = min(told.cost, best[0].bound)
    if tujuan == "naik" and first is not None:
        value, bound, proven = told.value, -first.bound, goal_met
    else:
        value, bound, proven = told.cost, cost_bound, goal_met and told.cost == cost_bound
    return Solution(
        langkah=langkah,
        desa=outcome(villages, langkah, one, paths, rubric),
        nilai=value,
        batas=bound,
        celah=share(value, bound),
        terbukti=proven,
        biaya=told.cost,
        biaya_batas=cost_bound,
        biaya_celah=share(told.cost, cost_bound),
        pemakaian=used(one, paths, limits),
        catatan=tuple(_notes(best[1].model, paths, limits, tujuan)),
    )


def _stages(built: Model, purpose: Purpose, middle: float, end: float) -> tuple[Found | None, tuple[Found, Pool]]:
    """The searches one after another, each keeping what the one before reached; the main one's result and the last."""
    pool = Pool(built)
    best: Found | None = None
    main: Found | None = None
    if built.missing.extra.any():
        best = main = _searched(pool, built.missing, EFFORT["missing"], best, middle)
        pool.model = pool.model.bounded(built.missing_row, -np.inf, float(best.value))
    if purpose != "naik":
        if purpose == "hemat":
            best = _searched(pool, built.value, EFFORT["value"], best, middle)
            pool.model = pool.model.bounded(built.value_row, float(-best.value), np.inf)
        return main, (_searched(pool, built.money, EFFORT["money"], best, end), pool)
    best = _searched(pool, built.value, EFFORT["value"], best, middle)
    pool.model = pool.model.bounded(built.value_row, float(-best.value), np.inf)
    unproven = main is not None and not main.proven
    main = replace(best, bound=min(best.bound, best.value - 1)) if unproven else best
    return main, (_searched(pool, built.money, EFFORT["last"], best, end, NEAR), pool)


def _searched(
    pool: Pool, objective: Objective, effort: int, start: Found | None, deadline: float, near: float = 0.0
) -> Found:
    """One stage; a plan always exists, since doing nothing breaks no limit."""
    search = Search(pool.model, pool, objective, effort, deadline, near)
    found = search.run(start.paths, start.extras) if start else search.run((), search.idle())
    if found is None:
        raise RuntimeError("a plan that was feasible is not any more")
    return found


def _check(villages: pl.DataFrame, rubric: Rubric, limits: Limits, purpose: Purpose) -> None:
    """What was asked for exists."""
    names = [status.nama for status in rubric.status]
    for name in (*limits.bobot, *(goal.status for goal in limits.sasaran)):
        if name not in names:
            raise UsageError(f"Status {name} tidak dikenal", f"Pakai salah satu dari: {', '.join(names)}.")
    for key in limits.minimum:
        if not of_kabupaten(villages, key).any():
            known = ", ".join(villages["kabupaten"].drop_nulls().unique().sort())
            raise UsageError(f"Kabupaten {key} pada minimum tidak ada dalam data", f"Yang ada: {known}.")
    if purpose == "sasaran" and not limits.sasaran:
        raise UsageError("Belum ada sasaran jumlah desa per status", "Isi [sasaran] di idm.toml, lalu ulangi.")


def _notes(built: Model, paths: tuple[Path, ...], limits: Limits, purpose: Purpose) -> list[str]:
    """What the officer should know about the plan."""
    one: Instance = built.instance
    notes = []
    if one.unreachable:
        notes.append(
            f"{whole(len(one.unreachable))} desa tidak bisa mencapai target dengan langkah yang boleh diambil; "
            "alasannya ada pada hasil idm gap."
        )
    for key, least in built.limits.minimum.items():
        risen = risen_in(built, paths, key)
        if risen < least:
            notes.append(
                f"Minimum {key}: diminta {whole(least)} desa naik, rencana ini mencapai {whole(risen)} "
                f"({percent(risen, least)}). Tambah anggaran atau turunkan minimumnya."
            )
    counts = final_counts(built, paths)
    for goal in built.limits.sasaran:
        notes += _goal_note(goal, counts[goal.status])
    if purpose == "hemat" and (limits.buckets or limits.minimum):
        notes.append("Rencana paling hemat tidak dibatasi anggaran; tabel pemakaian menunjukkan yang diperlukan.")
    return notes


def _goal_note(goal: Goal, count: int) -> list[str]:
    """A sentence on a target count that is not reached."""
    notes = []
    least, most = goal.paling_sedikit, goal.paling_banyak
    if least is not None and count < least:
        notes.append(
            f"Sasaran {goal.status} paling sedikit {whole(least)} desa: rencana ini mencapai {whole(count)}, "
            f"kurang {whole(least - count)}. Tambah anggaran, buka indikator terkunci, atau sesuaikan sasaran."
        )
    if most is not None and count > most:
        notes.append(
            f"Sasaran {goal.status} paling banyak {whole(most)} desa: masih {whole(count)}, "
            f"lebih {whole(count - most)}. Tambah anggaran, buka indikator terkunci, atau sesuaikan sasaran."
        )
    return notes
