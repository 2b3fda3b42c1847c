"""The faults that the official data are known to have, found and named; nothing else called a mismatch."""

import csv
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from idmcli.columns import STATED_INDICES
from idmcli.normalise import normalise
from idmcli.reading import read
from idmcli.scoring import score, score_recap
from idmcli.tables import Layout, VillageTable
from idmcli.validate import validate
from tests.validate_tables import ORACLE, regions, rubric

MISMATCH = ("salinan_internet", "indeks_luar_grid", "iks_tidak_cocok", "ike_tidak_cocok", "ikl_tidak_cocok",
            "idm_tidak_cocok", "status_tidak_cocok")  # fmt: skip

PAIRS = ((2021, 2022), (2022, 2023), (2023, 2024), (2021, 2024))
PAIRS_NOW = PAIRS if os.environ.get("IDM_UJI_LENGKAP") else PAIRS[-2:]
"""All pairs of years with `IDM_UJI_LENGKAP=1`."""
STATUSES = ["SANGAT TERTINGGAL", "TERTINGGAL", "BERKEMBANG", "MAJU", "MANDIRI"]
MAXIMA = {"IKS": 175, "IKE": 60, "IKL": 15}
COPY = re.compile(r"IKS31 seharusnya (\d), bukan (\d)\. Dengan itu IDM (\d,\d{4}) dan status (?:tetap )?([A-Z ]+)")
CONTRADICTIONS: dict[str, Callable[[Mapping[str, int]], bool]] = {
    "IKS15, IKS16": lambda r: (r["IKS15"] == 1 and r["IKS16"] > 0) or (r["IKS15"] == 5 and r["IKS16"] == 0),
    "IKS29, IKS31": lambda r: r["IKS29"] == 0 and r["IKS31"] == 5,
    "IKS01, IKS06": lambda r: r["IKS01"] == 1 and r["IKS06"] == 5,
    "IKS18, IKS19": lambda r: r["IKS18"] == 0 and r["IKS19"] >= 3,
    "IKS34, IKS35": lambda r: r["IKS34"] == 5 and r["IKS35"] <= 2,
    "IKE11, IKE10": lambda r: r["IKE11"] == 1 and r["IKE10"] == 5,
}

pytestmark = pytest.mark.skipif(not ORACLE.is_dir(), reason=f"no official data at {ORACLE}")


def oracle(name: str) -> VillageTable:
    return normalise(read([str(ORACLE / name)]), rubric=rubric(), regions=regions())


def mismatches(table: VillageTable) -> pl.DataFrame:
    findings = validate(table, score(table.desa, rubric()), rubric=rubric(), regions=regions())
    return findings.filter(pl.col("aturan").is_in(MISMATCH))


def test_the_copied_internet_column_of_2024_is_found_in_exactly_its_123_rows() -> None:
    table = oracle("village-years.csv")
    found = mismatches(table)
    assert found.get_column("aturan").unique().to_list() == ["salinan_internet"]
    assert found.get_column("kolom").unique().to_list() == ["IKS31"]
    assert found.height == 123
    assert found.get_column("pesan").str.contains("530 dari 530 baris tahun 2024").all()
    years = table.desa.filter(pl.col("baris").is_in(found.get_column("baris").implode())).get_column("tahun")
    assert set(years) == {2024}


def test_the_one_wrong_village_of_kaltara_is_found_with_the_scores_as_suspects() -> None:
    found = mismatches(oracle("kaltara-2024.csv"))
    assert found.select("kode_desa", "aturan").rows() == [("6503172008", "iks_tidak_cocok")]
    pesan = str(found.get_column("pesan")[0])
    assert "0,8286" in pesan
    assert "0,8514" in pesan
    assert "−4 poin" in pesan
    assert "yang dicurigai satu skor" in pesan
    assert "dari 4 menjadi 0: IKS18" in pesan


@pytest.mark.parametrize("digits", [3, 4, 5])
def test_rounding_of_published_figures_is_never_a_finding(digits: int) -> None:
    table = oracle("village-years.csv")
    sound = pl.col("tahun") < 2024
    desa = table.desa.filter(sound).with_columns(pl.col(STATED_INDICES).round(digits))
    rounded = VillageTable(desa, table.mentah.filter(table.desa.select(sound).to_series()), "skor", table.layouts)
    assert mismatches(rounded).rows() == []


def test_a_recap_of_official_figures_has_no_mismatch() -> None:
    for name in ("village-years.csv", "kaltara-2024.csv"):
        table = oracle(name)
        layouts = tuple(Layout(one.berkas, one.lembar, "rekap", one.header_rows, one.columns) for one in table.layouts)
        desa = table.desa.drop(rubric().codes)
        recap = VillageTable(desa, table.mentah.drop(rubric().codes), "rekap", layouts)
        findings = validate(recap, score_recap(desa, rubric()), rubric=rubric(), regions=regions())
        assert findings.filter(pl.col("aturan").is_in(MISMATCH)).rows() == []


def test_ministry_documents_are_judged_one_by_one_with_the_path_of_the_cell() -> None:
    table = oracle("rumusan-json")
    found = mismatches(table)
    assert set(found.get_column("aturan")) <= {"salinan_internet"}
    assert found.get_column("berkas").str.ends_with("-2024.json").all()
    assert found.get_column("sel").str.contains("ROW").all()


@cache
def judged(*arguments: str) -> tuple[int, list[dict[str, Any]]]:
    """Exit code and findings of `idm validate … --json`, run as a cron job would run it."""
    root = Path(__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-m", "idmcli", "validate", *arguments, "--json"], cwd=root, capture_output=True, check=False
    )
    return done.returncode, json.loads(done.stdout)["temuan"]


@cache
def rows_of(name: str) -> dict[int, dict[str, Any]]:
    """The rows of an official file by line, read with the standard library alone; scores under their codes."""
    codes = {row.label: row.kode for row in rubric().indikator}
    with (ORACLE / name).open(encoding="utf-8", newline="") as file:
        lines = [{codes.get(title.strip(), title): cell for title, cell in row.items()} for row in csv.DictReader(file)]
    return {
        line: {**row, **{code: int(row[code]) for code in codes.values()}, "tahun": int(row["tahun"])}
        for line, row in enumerate(lines, 2)
    }


def points(row: Mapping[str, Any], dimension: str) -> int:
    return sum(value for title, value in row.items() if re.fullmatch(rf"{dimension}\d\d", title))


def units(row: Mapping[str, Any]) -> int:
    """The IDM in units of 1/6300."""
    return sum(points(row, dimension) * 2100 // most for dimension, most in MAXIMA.items())


def rank(row: Mapping[str, Any]) -> int:
    return sum(units(row) >= least for least in (3092, 3774, 4456, 5138))


@pytest.mark.parametrize(
    ("name", "faults"),
    [
        ("village-years.csv", {"salinan_internet": 123}),
        ("kaltara-2024.csv", {"iks_tidak_cocok": 1}),
        ("rumusan-json", {"salinan_internet": 2}),
    ],
)
def test_the_command_names_the_official_faults_and_no_other_galat(name: str, faults: dict[str, int]) -> None:
    code, findings = judged(str(ORACLE / name))
    assert code == 1
    assert Counter(one["aturan"] for one in findings if one["tingkat"] == "galat") == faults


def test_the_stated_total_tells_the_true_internet_score_idm_and_status_of_every_copied_row() -> None:
    rows = rows_of("village-years.csv")
    _, findings = judged(str(ORACLE / "village-years.csv"))
    told = {one["baris"]: one for one in findings if one["aturan"] == "salinan_internet"}
    differing = {
        line: round(float(row["iks_resmi"]) * 175) - points(row, "IKS")
        for line, row in rows.items()
        if abs(float(row["iks_resmi"]) - points(row, "IKS") / 175) > 1e-9
    }
    assert told.keys() == differing.keys()
    for line, difference in differing.items():
        row = rows[line]
        true = row["IKS31"] + difference
        assert true in {1, 5}
        found = COPY.search(told[line]["pesan"])
        assert found is not None, told[line]["pesan"]
        status = STATUSES[rank({**row, "IKS31": true})]
        idm = f"{units({**row, 'IKS31': true}) / 6300:.4f}".replace(".", ",")
        assert found.groups() == (str(true), str(row["IKS31"]), idm, status)
        assert (status, told[line]["sel"], told[line]["isi"]) == (row["status_resmi"], f"AK{line}", str(row["IKS31"]))


@pytest.mark.parametrize("name", ["village-years.csv", "kaltara-2024.csv"])
def test_contradictions_are_those_that_plain_counting_finds(name: str) -> None:
    """Where IKS31 is a copy (ministry, 2024) it says nothing about the signal, so those rows are left out."""
    rows = rows_of(name)
    _, findings = judged(str(ORACLE / name))
    found = Counter[tuple[str, int]]()
    for one in findings:
        if one["aturan"] in {"kontradiksi", "janggal"}:
            told = re.search(r"\((IK[^()]*)\)$", one["pesan"])
            assert told is not None
            found[re.sub(r" = \d", "", told[1]), one["baris"]] += 1
    expected = Counter(
        (rule, line) for line, row in rows.items() for rule, holds in CONTRADICTIONS.items() if holds(row)
    )
    copied = {
        ("IKS29, IKS31", line) for line, row in rows.items() if name == "village-years.csv" and row["tahun"] == 2024
    }
    assert {key: found[key] for key in found if key not in copied} == {
        key: expected[key] for key in expected if key not in copied
    }


@pytest.mark.parametrize(("before", "after"), PAIRS_NOW)
def test_against_the_year_before_the_findings_are_those_of_a_plain_comparison(before: int, after: int) -> None:
    file = str(ORACLE / "village-years.csv")
    _, findings = judged(file, "--tahun", str(after), "--baseline", file, "--tahun-baseline", str(before))
    then, now = (
        {row["kode_desa"]: row for row in rows_of("village-years.csv").values() if row["tahun"] == year}
        for year in (before, after)
    )
    both = then.keys() & now.keys()
    leapt = {kode for kode in both if abs(units(now[kode]) - units(then[kode])) > 630}
    expected = {
        "tak_berubah": {kode for kode in both if all(then[kode][code] == now[kode][code] for code in rubric().codes)},
        "lonjakan": leapt,
        "status_turun": {kode for kode in both - leapt if rank(now[kode]) < rank(then[kode])},
        "desa_baru": now.keys() - then.keys(),
        "desa_hilang": then.keys() - now.keys(),
    }
    found = {rule: sorted(one["kode_desa"] for one in findings if one["aturan"] == rule) for rule in expected}
    assert found == {rule: sorted(kodes) for rule, kodes in expected.items()}
