"""Real years: the counts of `compare` against a recomputation that shares nothing with it but the rubric's labels."""

import csv
import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from idmcli.compare import Compared
from idmcli.pipeline.comparing import CompareRequest, compare_files
from idmcli.rubric import load_rubric
from idmcli.settings import Settings

ORACLE = Path(__file__).parents[1] / "../shared/oracle"
if not ORACLE.is_dir():
    pytest.skip(f"official figures are not here: {ORACLE}", allow_module_level=True)

LABELS = [row.label for row in load_rubric().indikator]
UNITS = [12] * 35 + [35] * 12 + [140] * 3
BEGINS = (("SANGAT TERTINGGAL", 0), ("TERTINGGAL", 3092), ("BERKEMBANG", 3774), ("MAJU", 4456), ("MANDIRI", 5138))
YEARS = (2021, 2022, 2023, 2024)
Scores = dict[tuple[str, int], list[int]]


def k_of(scores: list[int]) -> int:
    return sum(unit * score for unit, score in zip(UNITS, scores, strict=True))


def status_of(k: int) -> str:
    return [name for name, begin in BEGINS if k >= begin][-1]


def village_years() -> Scores:
    with (ORACLE / "village-years.csv").open(encoding="utf-8", newline="") as file:
        rows = [{name.strip(): value for name, value in row.items()} for row in csv.DictReader(file)]
    return {(row["kode_desa"], int(row["tahun"])): [int(row[label.strip()]) for label in LABELS] for row in rows}


def documents() -> Scores:
    found: Scores = {}
    for path in sorted((ORACLE / "rumusan-json").glob("*.json")):
        code, year = path.stem.split("-")
        rows = json.loads(path.read_text(encoding="utf-8"))["mapData"]["ROW"]
        found[code, int(year)] = [int(row["SKOR"]) for row in rows if row["NO"] is not None and row["NO"] != ""][:50]
    return found


def compared(name: str) -> Compared:
    return compare_files(CompareRequest((str(ORACLE / name),)), Settings()).compared


@pytest.mark.parametrize(("name", "scores"), [("village-years.csv", village_years()), ("rumusan-json", documents())])
def test_counts_of_real_years(name: str, scores: Scores) -> None:
    result = compared(name)
    assert result.tahun == YEARS
    for then, now in pairwise(YEARS):
        both = [code for code, year in scores if year == then and (code, now) in scores]
        steps = {code: k_of(scores[code, now]) - k_of(scores[code, then]) for code in both}
        row = result.ringkasan.filter(pl.col("dari") == then).row(0, named=True)
        want = {
            "desa_dari": sum(year == then for _, year in scores),
            "desa_ke": sum(year == now for _, year in scores),
            "dibandingkan": len(both),
            "idm_naik": sum(step > 0 for step in steps.values()),
            "idm_turun": sum(step < 0 for step in steps.values()),
            "lonjakan": sum(abs(step) > 630 for step in steps.values()),
            "kiriman_sama": sum(scores[code, now] == scores[code, then] for code in both),
            "hilang": sum(year == then and (code, now) not in scores for code, year in scores),
            "baru": sum(year == now and (code, then) not in scores for code, year in scores),
        }
        assert {key: row[key] for key in want} == want, f"{name} {then} → {now}"
        moves = Counter((status_of(k_of(scores[code, then])), status_of(k_of(scores[code, now]))) for code in both)
        told = {
            (one["status_dari"], one["status_ke"]): one["jumlah"]
            for one in result.perpindahan.filter(pl.col("dari") == then).iter_rows(named=True)
            if one["jumlah"] and "TIDAK ADA" not in (one["status_dari"], one["status_ke"])
        }
        assert told == dict(moves), f"{name} {then} → {now}"


def test_measured_shares_of_the_village_years() -> None:
    sums = compared("village-years.csv").ringkasan.sum().row(0, named=True)
    # 9.6 % sent the same again, 14.1 % dropped, 7.7 % moved more than 0.1
    assert (sums["dibandingkan"], sums["kiriman_sama"], sums["idm_turun"], sums["lonjakan"]) == (1587, 152, 223, 122)
