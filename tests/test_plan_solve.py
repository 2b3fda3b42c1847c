"""The plan solver against every plan there is, on cases small enough to try them all."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from idmcli.errors import UsageError
from idmcli.parameters.budgets import Bucket
from idmcli.plan import Goal, Limits, Purpose, Solution, solve
from idmcli.rubric import load_rubric

RUBRIC = load_rubric()
UNIT = {kode: RUBRIC.unit(RUBRIC.dimension_of(kode)) for kode in RUBRIC.codes}
STARTS = {status.nama: status.k_min for status in RUBRIC.status}
SCHEMA = {
    "no": pl.UInt32,
    "kode": pl.String,
    "dari": pl.Int8,
    "ke": pl.Int8,
    "poin": pl.Int8,
    "tambahan_k": pl.Int32,
    "biaya": pl.Int64,
    "kerja": pl.UInt32,
    "pelaku": pl.String,
    "instansi": pl.String,
    "bersama": pl.String,
    "kelompok": pl.String,
}


def work(no: int, kode: str, points: int, cost: int, group: str | None = None, actor: str = "desa") -> dict[str, Any]:
    return {
        "no": no,
        "kode": kode,
        "dari": 0,
        "ke": points,
        "poin": points,
        "tambahan_k": points * UNIT[kode],
        "biaya": cost,
        "pelaku": actor,
        "instansi": "Kantor",
        "bersama": "kecamatan" if group else "",
        "kelompok": group,
    }


def works_of(rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame([{**row, "kerja": at} for at, row in enumerate(rows)], schema=SCHEMA)


def villages_of(standing: list[int]) -> pl.DataFrame:
    """Villages of two kecamatan of two kabupaten, by their IDM in units."""
    rows = []
    for no, k in enumerate(standing):
        higher = [start for start in STARTS.values() if start > k]
        rows.append(
            {
                "no": no,
                "kode_desa": f"650{1 + no % 2}01200{no}",
                "kabupaten": ("UTARA", "SELATAN")[no % 2],
                "kode_kabupaten": f"650{1 + no % 2}",
                "idm_k": k,
                "status": RUBRIC.status_at(k).nama,
                "butuh_k": higher[0] - k if higher else None,
            }
        )
    return pl.DataFrame(rows, schema_overrides={"no": pl.UInt32, "idm_k": pl.Int32, "butuh_k": pl.Int32})


def every_plan(villages: pl.DataFrame, works: pl.DataFrame) -> Iterator[tuple[tuple[dict[str, Any], ...], ...]]:
    """Every choice of at most one row per village and indicator, per village."""
    per_village = []
    for no in villages["no"]:
        own = works.filter(pl.col("no") == no)
        options = [
            (None, *own.filter(pl.col("kode") == kode).to_dicts()) for kode in own["kode"].unique(maintain_order=True)
        ]
        per_village.append([tuple(row for row in mix if row) for mix in product(*options)])
    return product(*per_village)


def bills(plan: tuple[tuple[dict[str, Any], ...], ...], villages: pl.DataFrame) -> list[tuple[str, str, int]]:
    """Actor, place and cost; a shared work once, at its dearest, where the two kecamatan never share."""
    paid, dearest = [], dict[tuple[str, ...], tuple[str, str, int]]()
    codes = dict(villages.select("no", "kode_desa").iter_rows())
    for row in (row for steps in plan for row in steps):
        bill = (row["pelaku"], codes[row["no"]], row["biaya"])
        if row["kelompok"] is None:
            paid.append(bill)
        else:
            key = (row["kelompok"], row["kode"], row["pelaku"])
            dearest[key] = max(dearest.get(key, bill), bill, key=lambda one: one[2])
    return [*paid, *dearest.values()]


def fits(paid: list[tuple[str, str, int]], buckets: tuple[Bucket, ...]) -> bool:
    for bucket in buckets:
        costs = [c for actor, code, c in paid if bucket.pelaku in (None, actor) and code.startswith(bucket.wilayah)]
        if bucket.anggaran is not None and sum(costs) > bucket.anggaran:
            return False
        if bucket.kapasitas is not None and len(costs) > bucket.kapasitas:
            return False
    return True


def best_by_trying(villages: pl.DataFrame, works: pl.DataFrame, limits: Limits, purpose: Purpose) -> tuple[int, ...]:
    """Least (missing, −value, cost) over every plan; `hemat` has no limits."""
    rows = villages.to_dicts()
    best: tuple[int, ...] | None = None
    for plan in every_plan(villages, works):
        gains = [sum(row["tambahan_k"] for row in steps) for steps in plan]
        paid = bills(plan, villages)
        if purpose != "hemat" and not fits(paid, limits.buckets):
            continue
        after = [RUBRIC.status_at(row["idm_k"] + gain).nama for row, gain in zip(rows, gains, strict=True)]
        risen = [
            after[at] != row["status"]
            if purpose == "sasaran"
            else row["butuh_k"] is not None and gain >= row["butuh_k"]
            for at, (row, gain) in enumerate(zip(rows, gains, strict=True))
        ]
        missing = 0
        if purpose != "hemat":
            for key, least in limits.minimum.items():
                up = sum(
                    one
                    for one, row in zip(risen, rows, strict=True)
                    if key in (row["kabupaten"], row["kode_kabupaten"])
                )
                missing += max(0, least - up)
        if purpose == "sasaran":
            for goal in limits.sasaran:
                count = after.count(goal.status)
                missing += max(0, (goal.paling_sedikit or 0) - count)
                missing += 0 if goal.paling_banyak is None else max(0, count - goal.paling_banyak)
        weight = limits.bobot if purpose == "naik" else {}
        value = sum(weight.get(row["status"], 1) for one, row in zip(risen, rows, strict=True) if one)
        score = (missing, 0 if purpose == "sasaran" else -value, sum(cost for *_, cost in paid))
        best = score if best is None else min(best, score)
    assert best is not None
    return best


def reached(solution: Solution, villages: pl.DataFrame, limits: Limits, purpose: Purpose) -> tuple[int, ...]:
    """(missing, −value, cost) recounted from the chosen rows, and everything the solution says about itself checked."""
    steps = solution.langkah
    assert steps.select("no", "kode").is_duplicated().sum() == 0, steps
    plan = tuple(tuple(steps.filter(pl.col("no") == no).to_dicts()) for no in villages["no"])
    paid = bills(plan, villages)
    assert solution.biaya == sum(cost for *_, cost in paid)
    if purpose != "hemat":
        assert fits(paid, limits.buckets), (solution.pemakaian, paid)
    missing = 0
    told = villages.join(solution.desa.drop("idm_k_baru"), on="no").with_columns(
        baru=pl.col("idm_k") + pl.Series([sum(row["tambahan_k"] for row in one) for one in plan], dtype=pl.Int32)
    )
    assert told["baru"].to_list() == solution.desa["idm_k_baru"].to_list()
    assert told["status_baru"].to_list() == [RUBRIC.status_at(k).nama for k in told["baru"]]
    if purpose != "sasaran":
        assert (told["naik"] == (told["baru"] >= told["idm_k"] + told["butuh_k"]).fill_null(value=False)).all()
    if purpose != "hemat":
        for key, least in limits.minimum.items():
            up = told.filter("naik", (pl.col("kabupaten") == key) | (pl.col("kode_kabupaten") == key)).height
            missing += max(0, least - up)
    if purpose == "sasaran":
        for goal in limits.sasaran:
            count = told.filter(pl.col("status_baru") == goal.status).height
            missing += max(0, (goal.paling_sedikit or 0) - count)
            missing += 0 if goal.paling_banyak is None else max(0, count - goal.paling_banyak)
    assert (missing > 0) == any("inimum" in note or "asaran" in note for note in solution.catatan), solution.catatan
    weight = limits.bobot if purpose == "naik" else {}
    value = sum(weight.get(status, 1) for status in told.filter("naik")["status"])
    return missing, 0 if purpose == "sasaran" else -value, solution.biaya


CODES = ("IKS02", "IKE06", "IKL03", "IKE03")


@st.composite
def cases(draw: st.DrawFn, rise: int = 400) -> tuple[pl.DataFrame, pl.DataFrame, Limits]:
    """≤ 4 villages, ≤ 4 works each, some shared, with budgets, capacities, least numbers and weights."""
    cost = st.integers(0, 9).map(lambda one: one * 1_250_001)
    standing = [
        draw(st.sampled_from(list(STARTS.values())[1:])) - draw(st.integers(1, rise))
        for _ in range(draw(st.integers(1, 4)))
    ]
    rows: dict[tuple[int, str, int, str], dict[str, Any]] = {}
    for no in range(len(standing)):
        for _ in range(draw(st.integers(0, 4))):
            kode, points = draw(st.sampled_from(CODES)), draw(st.integers(1, 5))
            actor = draw(st.sampled_from(["desa", "kabupaten"]))
            shared = kode == "IKE03" and draw(st.booleans())
            group = f"kecamatan 650{1 + no % 2}01" if shared else None
            rows[no, kode, points, actor] = work(no, kode, points, draw(cost), group, actor)
    buckets = []
    for _ in range(draw(st.integers(0, 3))):
        buckets.append(
            Bucket(
                pelaku=draw(st.sampled_from([None, "desa", "kabupaten"])),
                wilayah=draw(st.sampled_from(["", "65", "6501", "650201"])),
                anggaran=draw(st.none() | st.integers(0, 25).map(lambda one: one * 1_250_000)),
                kapasitas=draw(st.none() | st.integers(0, 5)),
            )
        )
    places = ["UTARA", "6502"][: len(standing)]
    minimum = draw(st.dictionaries(st.sampled_from(places), st.integers(0, 3), max_size=2))
    bobot = draw(st.dictionaries(st.sampled_from(list(STARTS)), st.integers(0, 8), max_size=3))
    return villages_of(standing), works_of(list(rows.values())), Limits(tuple(buckets), minimum, bobot, detik=600)


@settings(max_examples=60, deadline=None)
@given(cases(), st.sampled_from(["naik", "naik", "hemat"]))
def test_a_plan_is_the_best_of_all_plans(case: tuple[pl.DataFrame, pl.DataFrame, Limits], purpose: Purpose) -> None:
    villages, works, limits = case
    solution = solve(villages, works, RUBRIC, limits, purpose)
    assert reached(solution, villages, limits, purpose) == best_by_trying(villages, works, limits, purpose)
    assert (solution.terbukti, solution.celah, solution.biaya_celah) == (True, 0.0, 0.0)


goals = st.lists(
    st.builds(Goal, st.sampled_from(list(STARTS)), st.none() | st.integers(0, 4), st.none() | st.integers(0, 2)),
    min_size=1,
    max_size=2,
    unique_by=lambda goal: goal.status,
)


@settings(max_examples=60, deadline=None)
@given(cases(rise=900), goals)
def test_target_counts_are_reached_at_the_least_cost(
    case: tuple[pl.DataFrame, pl.DataFrame, Limits], wanted: list[Goal]
) -> None:
    villages, works, limits = case
    limits = replace(limits, sasaran=tuple(wanted))
    solution = solve(villages, works, RUBRIC, limits, "sasaran")
    assert reached(solution, villages, limits, "sasaran") == best_by_trying(villages, works, limits, "sasaran")
    assert solution.terbukti


def test_a_market_shared_by_three_villages_is_paid_once_at_its_dearest() -> None:
    villages = villages_of([4000] * 6)
    market = "kecamatan 650101"
    rows = [work(no, "IKE03", 5, 90 + no, market) for no in (0, 2, 4)] + [work(no, "IKL03", 5, 60) for no in range(6)]
    rows += [work(no, "IKE06", 4, 30) for no in range(6)] + [work(no, "IKE07", 5, 30) for no in range(6)]
    one = villages.with_columns(butuh_k=pl.lit(175, pl.Int32))  # five IKE points
    hemat = solve(one, works_of(rows), RUBRIC, Limits(), "hemat")
    shared = hemat.langkah.filter(pl.col("kode") == "IKE03")
    assert (hemat.biaya, hemat.langkah.height, shared.height) == (180, 6, 0), "IKE07 alone at 30 each"
    rows = [row for row in rows if row["kode"] != "IKE07"]
    hemat = solve(one, works_of(rows), RUBRIC, Limits(), "hemat")
    assert hemat.langkah["kode"].to_list().count("IKE03") == 3
    assert hemat.biaya == 94 + 3 * 60
    budget = Limits((Bucket(anggaran=94, kapasitas=1),))
    risen = solve(one, works_of(rows), RUBRIC, budget, "naik")
    assert (risen.nilai, risen.biaya, risen.pemakaian["pekerjaan"].item()) == (3, 94, 1)
    less = solve(one, works_of(rows), RUBRIC, Limits((Bucket(anggaran=93),)), "naik")
    assert (less.nilai, less.biaya) == (2, 92), "the market without its dearest user"


def test_nothing_to_do_is_a_plan_too() -> None:
    villages = villages_of([6000, 4000])
    solution = solve(villages, works_of([]), RUBRIC, Limits((Bucket(pelaku="desa", anggaran=5),)), "naik")
    assert (solution.nilai, solution.biaya, solution.terbukti, solution.langkah.height) == (0, 0, True, 0)
    assert solution.pemakaian["sisa"].to_list() == [5]
    assert any("1 desa tidak bisa" in note for note in solution.catatan)


def test_what_is_not_there_is_named() -> None:
    villages = villages_of([4000])
    with pytest.raises(UsageError, match="Kabupaten BARAT"):
        solve(villages, works_of([]), RUBRIC, Limits(minimum={"BARAT": 1}), "naik")
    with pytest.raises(UsageError, match="Belum ada sasaran"):
        solve(villages, works_of([]), RUBRIC, Limits(), "sasaran")
    with pytest.raises(UsageError, match="Status JAYA"):
        solve(villages, works_of([]), RUBRIC, Limits(bobot={"JAYA": 2}), "naik")
