"""Paths of real villages: each really gives its status, and an integer program built apart from ours costs the same.

All 447 desa of Kaltara 2024 and the village-years 2023 of 8 provinces by the default costs (all 2,127 of four years
with `IDM_UJI_LENGKAP=1`); other choices on a part.
"""

import os
from collections.abc import Mapping
from functools import cache
from math import gcd
from pathlib import Path
from typing import Any

import highspy
import numpy as np
import polars as pl
import pytest

from idmcli.gap import Choice, Paths, find_paths
from idmcli.parameters.costs import Costs, effort_costs, intervention_costs
from idmcli.rubric import load_rubric
from idmcli.scoring import score
from tests.gap_checks import check_paths

ORACLE = Path(__file__).parents[1] / "../shared/oracle"
if not ORACLE.is_dir():
    pytest.skip(f"official figures are not here: {ORACLE}", allow_module_level=True)

RUBRIC = load_rubric()
FULL = bool(os.environ.get("IDM_UJI_LENGKAP"))
EFFORT = effort_costs(RUBRIC)
BEGINS = (0, 3092, 3774, 4456, 5138)
UNIT = {kode: {"IKS": 12, "IKE": 35, "IKL": 140}[kode[:3]] for kode in RUBRIC.codes}


@cache
def official(name: str) -> pl.DataFrame:
    """The scored villages of a file of official scores."""
    frame = pl.read_csv(ORACLE / name, infer_schema=False)
    codes = {row.label: row.kode for row in RUBRIC.indikator}
    plain = frame.rename(lambda title: codes.get(title.strip(), title)).select("kode_desa", "tahun", *RUBRIC.codes)
    return score(plain.with_columns(pl.col(RUBRIC.codes).cast(pl.Int8), pl.col("tahun").cast(pl.Int32)), RUBRIC)


def barred(kode: str, scores: Mapping[str, int], choice: Choice) -> bool:
    """Whether no path may touch an indicator, read from the rubric and the choice alone."""
    indicator = RUBRIC.by_code[kode]
    rule = indicator.rencana
    if not indicator.dapat_digerakkan or kode in choice.kunci:
        return True
    if choice.pelaku is not None and not choice.pelaku & set(indicator.pelaku):
        return True
    compare = {"<": int.__lt__, "=": int.__eq__, ">=": int.__ge__}
    locked = rule.terkunci or any(compare[lock.banding](scores[lock.kode], lock.skor) for lock in rule.kunci_bila)
    return locked and kode not in choice.buka


def solver() -> highspy.Highs:
    """HiGHS on one thread, to the proven optimum (costs are whole); without heuristics models so small are faster."""
    untyped: Any = highspy.Highs
    highs: highspy.Highs = untyped()
    off = ("rins", "rens", "root_reduced_cost", "feasibility_jump")
    for option, value in {
        "output_flag": False,
        "threads": 1,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.99,
        "mip_heuristic_effort": 0.0,
        **{f"mip_heuristic_run_{name}": False for name in off},
    }.items():
        highs.setOptionValue(option, value)
    return highs


def least_cost(highs: highspy.Highs, scores: Mapping[str, int], need: int, choice: Choice) -> int | None:
    """The least cost of gaining `need`: one binary per step, at most one step per indicator."""
    scale = gcd(*choice.biaya.langkah.values())
    steps = [
        (kode, (end - start) * UNIT[kode], cost // scale)
        for (kode, start, end), cost in choice.biaya.langkah.items()
        if start == scores[kode] and not barred(kode, scores, choice)
    ]
    rows: list[tuple[list[int], float, float]] = [([min(gain, need) for _, gain, _ in steps], need, highspy.kHighsInf)]
    for kode in dict.fromkeys(step[0] for step in steps):
        rows.append(([int(step[0] == kode) for step in steps], -highspy.kHighsInf, 1))
    if choice.maks_indikator is not None:
        rows.append(([1] * len(steps), -highspy.kHighsInf, choice.maks_indikator))
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(steps), len(rows)
    model.col_cost_ = np.array([cost for _, _, cost in steps], dtype=float)
    model.col_lower_, model.col_upper_ = np.zeros(len(steps)), np.ones(len(steps))
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(steps)
    model.row_lower_ = np.array([low for _, low, _ in rows], dtype=float)
    model.row_upper_ = np.array([high for _, _, high in rows], dtype=float)
    dense = np.array([values for values, _, _ in rows], dtype=float).reshape(len(rows), len(steps))
    places = np.nonzero(dense)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.r_[0, np.count_nonzero(dense, axis=1).cumsum()]
    model.a_matrix_.index_ = places[1]
    model.a_matrix_.value_ = dense[places]
    highs.passModel(model)
    highs.run()
    if highs.getModelStatus() == highspy.HighsModelStatus.kOptimal:
        return scale * round(highs.getInfo().objective_function_value)
    assert highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible
    return None


def check_costs(frame: pl.DataFrame, paths: Paths, choice: Choice) -> None:
    """Every village of the frame costs what the integer program says; villages with the same scores are asked once."""
    highs = solver()
    known: dict[tuple[int, ...], int | None] = {}
    wrong = []
    for scores, k, (target, cost) in zip(
        frame.select(RUBRIC.codes).iter_rows(),
        frame["idm_k"],
        paths.desa.select("target", "biaya").iter_rows(),
        strict=True,
    ):
        names = [status.nama for status in RUBRIC.status]
        aim = names.index(choice.target) if choice.target else min(4, sum(k >= begin for begin in BEGINS))
        assert names[aim] == target
        if k >= BEGINS[aim]:
            assert cost is None
            continue
        if scores not in known:
            row = dict(zip(RUBRIC.codes, scores, strict=True))
            known[scores] = least_cost(highs, row, BEGINS[aim] - k, choice)
        if cost != known[scores]:
            wrong.append((scores, cost, known[scores]))
    assert not wrong, f"{len(wrong)} of {len(known)} villages: {wrong[:3]}"
    assert len(known) >= min(40, frame.height // 2)


def test_all_desa_of_kaltara_cost_what_the_integer_program_says() -> None:
    frame, choice = official("kaltara-2024.csv"), Choice(EFFORT)
    paths = find_paths(frame, RUBRIC, choice)
    assert paths.desa["keadaan"].value_counts(sort=True).rows() == [("ada_jalur", 375), ("tercapai", 72)]
    check_paths(frame, choice, paths)
    check_costs(frame, paths, choice)


@pytest.mark.parametrize("year", [2021, 2022, 2023, 2024] if FULL else [2023])
def test_all_village_years_cost_what_the_integer_program_says(year: int) -> None:
    frame, choice = official("village-years.csv").filter(pl.col("tahun") == year), Choice(EFFORT)
    paths = find_paths(frame, RUBRIC, choice)
    check_paths(frame, choice, paths)
    check_costs(frame, paths, choice)


def test_all_four_years_are_there() -> None:
    years = official("village-years.csv")["tahun"]
    assert (len(years), sorted(years.unique())) == (2127, [2021, 2022, 2023, 2024])


IN_MILLIONS = Costs(
    "rupiah",
    {step: 1_000_000 * (cost * 7 % 311 + 5 * step[2]) for step, cost in EFFORT.langkah.items() if step[0] != "IKE07"},
    "biaya.csv",
)
CHOICES = {
    "highest status": Choice(EFFORT, target="MANDIRI"),
    "fewest interventions": Choice(intervention_costs(RUBRIC)),
    "rupiah, some steps without a price": Choice(IN_MILLIONS),
    "locked and opened": Choice(
        EFFORT, kunci=frozenset({"IKE06", "IKE08", "IKS27"}), buka=frozenset({"IKL02", "IKL03", "IKS27", "IKS20"})
    ),
    "village alone": Choice(EFFORT, pelaku=frozenset({"desa"})),
    "three indicators at most": Choice(EFFORT, maks_indikator=3),
}


@pytest.mark.parametrize("name", CHOICES)
def test_other_choices_on_every_sixth_desa(name: str) -> None:
    frame, choice = official("kaltara-2024.csv").gather_every(6), CHOICES[name]
    paths = find_paths(frame, RUBRIC, choice)
    check_paths(frame, choice, paths)
    check_costs(frame, paths, choice)


def test_first_steps_are_not_the_same_everywhere() -> None:
    """By points alone, 80 % of the villages would be told to buy disaster equipment."""
    paths = find_paths(official("kaltara-2024.csv"), RUBRIC, Choice(EFFORT))
    first = paths.langkah.filter((pl.col("pilihan") == 0) & (pl.col("urutan") == 1))["kode"].value_counts(sort=True)
    assert first.height >= 10, first
    most, every = first["count"][0], first["count"].to_list()
    assert most < 0.4 * sum(every), first
