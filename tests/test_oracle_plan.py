"""Plans for real villages: the whole province to a proven gap, and budgets that are kept and never hurt.

By default the province without budgets and single kabupaten with them; with `IDM_UJI_LENGKAP=1` the province at several
budgets too (some minutes).
"""

import os
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from idmcli.gap import Choice, find_paths, options
from idmcli.parameters.budgets import Bucket
from idmcli.parameters.costs import effort_costs
from idmcli.plan import ActorRule, Goal, Limits, Solution, assign, counted, solve
from idmcli.rubric import Actor, load_rubric
from idmcli.scoring import score

ORACLE = Path(__file__).parents[1] / "../shared/oracle"
if not ORACLE.is_dir():
    pytest.skip(f"official figures are not here: {ORACLE}", allow_module_level=True)

RUBRIC = load_rubric()
FULL = bool(os.environ.get("IDM_UJI_LENGKAP"))
BUDGETS: dict[Actor, int] = {
    "desa": 20000,
    "kabupaten": 10000,
    "provinsi": 5000,
    "pusat": 5000,
    "csr": 2500,
    "lainnya": 2500,
}
URGENT = {"SANGAT TERTINGGAL": 8, "TERTINGGAL": 4, "BERKEMBANG": 2, "MAJU": 1}
BULUNGAN, MALINAU, TANA_TIDUNG = "6501", "6502", "6504"


@cache
def province(scale: int = 1) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Villages and works of Kaltara 2024 by the default rule; costs times `scale`."""
    frame = pl.read_csv(ORACLE / "kaltara-2024.csv", infer_schema=False)
    codes = {row.label: row.kode for row in RUBRIC.indikator}
    plain = frame.rename(lambda title: codes.get(title.strip(), title)).select("kode_desa", "kabupaten", *RUBRIC.codes)
    scored = score(plain.with_columns(pl.col(RUBRIC.codes).cast(pl.Int8)), RUBRIC)
    choice = Choice(biaya=effort_costs(RUBRIC))
    need = find_paths(scored, RUBRIC, choice).desa.select("no", "butuh_k")
    villages = (
        scored.with_row_index("no")
        .join(need, on="no", maintain_order="left")
        .with_columns(kode_kabupaten=pl.col("kode_desa").str.head(4))
    )
    works = assign(options(scored, RUBRIC, choice), villages, RUBRIC, ActorRule(), {})
    return villages, works.with_columns(pl.col("biaya") * scale)


def of_kabupaten(code: str, scale: int = 1) -> tuple[pl.DataFrame, pl.DataFrame]:
    villages, works = province(scale)
    own = villages.filter(pl.col("kode_kabupaten") == code)
    return own, works.join(own, on="no", how="semi", maintain_order="left")


def budgets(share: float, scale: int = 1) -> tuple[Bucket, ...]:
    return tuple(Bucket(pelaku=actor, anggaran=int(money * share) * scale) for actor, money in BUDGETS.items())


def audited(solution: Solution, villages: pl.DataFrame, buckets: tuple[Bucket, ...]) -> Solution:
    """The solution, after its steps have been counted again: budgets kept, every riser over its line, nothing idle."""
    steps = counted(solution.langkah).join(villages.select("no", "kode_desa"), on="no", maintain_order="left")
    assert solution.biaya == steps["biaya_dihitung"].sum()
    for bucket, use in zip(buckets, solution.pemakaian.iter_rows(named=True), strict=True):
        drawn = steps.filter(pl.col("pelaku") == bucket.pelaku, pl.col("kode_desa").str.starts_with(bucket.wilayah))
        assert (use["terpakai"], use["pekerjaan"]) == (drawn["biaya_dihitung"].sum(), drawn["pekerjaan"].sum())
        assert bucket.anggaran is not None
        assert drawn["biaya_dihitung"].sum() <= bucket.anggaran, bucket
    gains = solution.langkah.group_by("no").agg(pl.col("tambahan_k").sum(), pl.col("tambahan_k").min().alias("least"))
    told = solution.desa.join(villages.select("no", "idm_k", "status", "butuh_k"), on="no").join(
        gains, on="no", how="left", maintain_order="left"
    )
    risers = told.filter("naik")
    assert (risers["tambahan_k"] >= risers["butuh_k"]).all()
    assert (risers["tambahan_k"] - risers["least"] < risers["butuh_k"]).all(), "a step that nobody needs"
    assert told.filter(~pl.col("naik"))["tambahan_k"].null_count() == told.height - risers.height
    assert solution.langkah.select("no", "kode").is_duplicated().sum() == 0
    return solution


def proven(villages: pl.DataFrame, works: pl.DataFrame, share: float, weights: dict[str, int]) -> int:
    """Villages lifted, after the plan has been found within one per cent of its bound."""
    found = solve(villages, works, RUBRIC, Limits(budgets(share), bobot=weights, detik=600), "naik")
    audited(found, villages, budgets(share))
    assert found.celah <= 0.01, (share, found.nilai, found.batas)
    assert found.biaya_celah <= 0.05, (share, found.biaya, found.biaya_batas)
    return found.nilai


def test_a_kabupaten_plan_is_proven_within_one_per_cent() -> None:
    assert proven(*of_kabupaten(MALINAU), 0.3, {}) >= 50


@pytest.mark.skipif(not FULL, reason="some minutes: IDM_UJI_LENGKAP=1 runs it")
@pytest.mark.parametrize("weights", [{}, URGENT], ids=["equal", "weighted"])
def test_the_province_plan_is_proven_within_one_per_cent(weights: dict[str, int]) -> None:
    risen = [proven(*province(), share, weights) for share in (0.25, 1.0, 3.0)]
    assert risen == sorted(risen), f"more budget lifted fewer: {risen}"


def test_lifting_every_village_of_the_province_costs_what_is_proven_least() -> None:
    villages, works = province()
    found = audited(solve(villages, works, RUBRIC, Limits(detik=600), "hemat"), villages, ())
    reachable = villages.filter(pl.col("butuh_k") > 0).height
    assert found.desa["naik"].sum() == reachable
    assert found.celah <= 0.001, (found.biaya, found.batas)


def test_more_budget_never_lifts_fewer_villages_and_rupiah_are_kept_to_the_last() -> None:
    """Odd prices in rupiah, budgets that no sum of them meets."""
    villages, works = of_kabupaten(TANA_TIDUNG, scale=1_234_567)
    works = works.with_columns(pl.col("biaya") + pl.col("kerja").cast(pl.Int64) % 97)
    risen = []
    for share in (0.0, 0.01, 0.02, 0.04, 0.3):
        buckets = budgets(share, 1_234_567)
        found = audited(solve(villages, works, RUBRIC, Limits(buckets, detik=600), "naik"), villages, buckets)
        assert found.terbukti, (share, found.nilai, found.batas)
        risen.append(found.nilai)
    assert risen == sorted(risen)
    assert risen[0] == 0
    assert risen[-1] == villages.filter(pl.col("butuh_k") > 0).height


def test_the_same_input_gives_the_same_plan_and_rows_in_another_order_the_same_value() -> None:
    villages, works = of_kabupaten(TANA_TIDUNG)
    limits = Limits(budgets(0.05), detik=600)
    one, two = (solve(villages, works, RUBRIC, limits, "naik") for _ in range(2))
    assert one.langkah.equals(two.langkah)
    assert (one.nilai, one.biaya, one.batas) == (two.nilai, two.biaya, two.batas)
    other = solve(villages.reverse(), works.reverse(), RUBRIC, limits, "naik")
    assert (one.terbukti, other.terbukti, one.nilai) == (True, True, other.nilai)


def test_targets_are_reached_and_an_impossible_one_is_named() -> None:
    villages, works = of_kabupaten(BULUNGAN)
    now = villages.filter(pl.col("status") == "MANDIRI").height
    goals = (Goal("MANDIRI", paling_sedikit=now + 9), Goal("BERKEMBANG", paling_banyak=30))
    found = solve(villages, works, RUBRIC, Limits(sasaran=goals, detik=600), "sasaran")
    after = found.desa["status_baru"].to_list()
    assert (found.catatan, found.celah <= 0.01) == ((), True), (found.catatan, found.nilai, found.batas)
    assert after.count("MANDIRI") >= now + 9
    assert after.count("BERKEMBANG") <= 30
    far = (Goal("MANDIRI", paling_sedikit=villages.height + 5),)
    short = solve(villages, works, RUBRIC, Limits(sasaran=far, detik=600), "sasaran")
    assert len(short.catatan) == 1
    assert short.catatan[0].startswith(f"Sasaran MANDIRI paling sedikit {villages.height + 5} desa:")


def test_without_time_the_plan_is_poor_but_honest() -> None:
    villages, works = of_kabupaten(BULUNGAN)
    best = solve(villages, works, RUBRIC, Limits(budgets(0.3), detik=600), "naik")
    hasty = audited(solve(villages, works, RUBRIC, Limits(budgets(0.3), detik=0.2), "naik"), villages, budgets(0.3))
    assert hasty.nilai <= best.nilai <= hasty.batas
    assert hasty.terbukti == (hasty.nilai == hasty.batas)


@pytest.mark.skipif(not FULL, reason="IDM_UJI_LENGKAP=1 runs it")
def test_a_minimum_for_a_kabupaten_moves_the_plan_there() -> None:
    villages, works = province()
    both = villages.filter(pl.col("kode_kabupaten").is_in([BULUNGAN, TANA_TIDUNG]))
    part = works.join(both, on="no", how="semi", maintain_order="left")
    free = solve(both, part, RUBRIC, Limits(budgets(0.05), detik=600), "naik")
    small = free.desa.filter("naik").join(both, on="no").filter(pl.col("kode_kabupaten") == TANA_TIDUNG).height
    asked = Limits(budgets(0.05), minimum={"TANA TIDUNG": small + 2}, detik=600)
    bound = audited(solve(both, part, RUBRIC, asked, "naik"), both, budgets(0.05))
    there = bound.desa.filter("naik").join(both, on="no").filter(pl.col("kode_kabupaten") == TANA_TIDUNG).height
    assert there >= small + 2
    assert bound.nilai <= free.nilai
    assert bound.catatan == ()
