import csv
import json
import os
import re
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import fastexcel
import polars as pl
import pytest

from idmcli.normalise import normalise
from idmcli.parameters import (
    PlanSettings,
    load_budgets,
    load_costs,
    load_kawasan,
    load_scenarios,
    possible_steps,
)
from idmcli.pipeline import scored
from idmcli.reading import read
from idmcli.regions import load_regions
from idmcli.rubric import load_rubric
from idmcli.tables import VillageTable
from idmcli.validate import validate

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
MARK = "DATA SIMULASI – bukan data resmi"
MADE = (
    *("README.md", "kaltara.csv", "biaya.csv", "anggaran.csv", "kawasan.csv", "skenario.toml", "pejabat.csv"),
    "idm-contoh.toml",
    *(f"kaltara{n}.xlsx" for n in ("", "-2023", "-isian", "-rekap", "-salah")),
)
DOCUMENTS = tuple(sorted(f"rumusan/{path.name}" for path in (SAMPLES / "rumusan").glob("*.json")))
BUDGETS = tuple(
    sorted(path.relative_to(SAMPLES).as_posix() for path in (SAMPLES / "rapbdes").rglob("*") if path.is_file())
)
RUBRIC = load_rubric()
REGIONS = load_regions()
OFFICIAL_2024 = {"MANDIRI": 72, "MAJU": 79, "BERKEMBANG": 241, "TERTINGGAL": 55, "SANGAT TERTINGGAL": 0}


def table_of(name: str, tahun: int | None = None) -> VillageTable:
    return normalise(read([str(SAMPLES / name)]), rubric=RUBRIC, regions=REGIONS, tahun=tahun)


def contents(path: Path) -> dict[str, bytes]:
    """A workbook's parts unpacked: builds of zlib compress the same content to different bytes."""
    if path.suffix not in (".xlsx", ".zip"):
        return {"": path.read_bytes()}
    with zipfile.ZipFile(path) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


@pytest.fixture(scope="module")
def remade(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    command = [sys.executable, str(SAMPLES / "buat_sampel.py"), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("name", [*MADE, *DOCUMENTS, *BUDGETS])
def test_remaking_gives_the_same_content(remade: Path, name: str) -> None:
    now, kept = contents(remade / name), contents(SAMPLES / name)
    differ = [part for part in now.keys() | kept.keys() if now.get(part) != kept.get(part)]
    assert not differ, f"{name} {differ}: run python samples/buat_sampel.py and commit"


def test_nothing_is_made_that_is_not_kept(remade: Path) -> None:
    made = {path.relative_to(remade).as_posix() for path in remade.rglob("*") if path.is_file()}
    assert made == {*MADE, *DOCUMENTS, *BUDGETS}
    assert (len(DOCUMENTS), len(BUDGETS)) == (4, 16)


@pytest.mark.parametrize("name", [*MADE, *DOCUMENTS, *BUDGETS])
def test_every_file_says_that_it_is_simulated(name: str) -> None:
    path = SAMPLES / name
    if path.suffix == ".xlsx":
        book = fastexcel.read_excel(path)
        for sheet in book.sheet_names:
            cells = book.load_sheet(sheet, header_row=None, dtypes="string").to_polars()
            assert cells[0, 0] == MARK, f"{name}, sheet {sheet}"
    elif path.suffix == ".zip":
        assert all(MARK in part.decode() for part in contents(path).values())
    else:
        assert MARK in path.read_bytes().decode("cp1252" if path.suffix == ".csv" else "utf-8")


def test_counts_per_indicator_are_the_published_ones() -> None:
    desa = table_of("kaltara.xlsx").desa
    with (SAMPLES / "hitungan-skor-2024.csv").open(encoding="utf-8", newline="") as file:
        assert "2024" in next(file)
        published = {row["indikator"]: row for row in csv.DictReader(file)}
    assert tuple(published) == RUBRIC.codes
    for kode, row in published.items():
        found = Counter(desa.get_column(kode).to_list())
        assert found == Counter({s: int(row[f"skor_{s}"]) for s in range(6) if int(row[f"skor_{s}"])}), kode


def test_statuses_are_mixed_as_in_the_province_and_agree_with_the_stated_figures() -> None:
    villages = scored(table_of("kaltara.xlsx"), RUBRIC)
    assert villages.height == 447
    assert villages.get_column("cocok").all()
    found = Counter(villages.get_column("status").to_list())
    far = {name: found[name] for name, official in OFFICIAL_2024.items() if abs(found[name] - official) > 15}
    assert not far, f"{dict(found)} against the official {OFFICIAL_2024}"


def test_no_row_is_the_village_that_it_names() -> None:
    oracle = ROOT / "../shared/oracle/kaltara-2024.csv"
    if not oracle.exists():
        pytest.skip(f"official scores not at {oracle}")
    official = normalise(read([str(oracle)]), rubric=RUBRIC, regions=REGIONS).desa
    simulated = table_of("kaltara.xlsx").desa
    rows = official.join(simulated, on=["kode_desa", *RUBRIC.codes], how="semi")
    assert rows.is_empty(), rows


@pytest.mark.parametrize("name", ["kaltara.csv", "kaltara-isian.xlsx"])
def test_other_shapes_lead_to_the_same_scores(name: str) -> None:
    columns = ["kode_desa", *RUBRIC.codes, "idm_k", "status"]
    expected = scored(table_of("kaltara.xlsx"), RUBRIC).select(columns)
    found = scored(table_of(name), RUBRIC).select(columns)
    for column in columns:
        assert found.get_column(column).to_list() == expected.get_column(column).to_list(), column


@pytest.mark.parametrize(("tahun", "name"), [(2023, "kaltara-2023.xlsx"), (2024, "kaltara.xlsx")])
def test_recap_holds_the_statuses_of_both_years(tahun: int, name: str) -> None:
    recap = scored(table_of("kaltara-rekap.xlsx", tahun), RUBRIC)
    scores = scored(table_of(name), RUBRIC)
    for column in ("kode_desa", "idm_k", "status"):
        assert recap.get_column(column).to_list() == scores.get_column(column).to_list(), column


def test_the_year_before_is_partly_unchanged_and_two_names_differ() -> None:
    now, before = table_of("kaltara.xlsx").desa, table_of("kaltara-2023.xlsx").desa
    both = now.join(before, on="kode_desa", suffix="_2023")
    same = both.filter(pl.all_horizontal(pl.col(kode) == pl.col(f"{kode}_2023") for kode in RUBRIC.codes))
    assert 40 <= same.height <= 90
    assert both.filter(pl.col("desa") != pl.col("desa_2023")).height == 2


def test_documents_agree_with_the_workbook_and_one_is_an_error() -> None:
    table = table_of("rumusan")
    assert [Path(document.berkas).name for document in table.skipped] == ["6503999999-2024.json"]
    documents = scored(table, RUBRIC)
    assert documents.height == 3
    assert documents.get_column("cocok").all()
    columns = ["kode_desa", *RUBRIC.codes]
    workbook = table_of("kaltara.xlsx").desa.select(columns)
    assert documents.select(columns).join(workbook, on=columns, how="anti").is_empty()


def test_prices_budgets_kawasan_and_scenarios_fit_each_other() -> None:
    prices = load_costs(SAMPLES / "biaya.csv", RUBRIC)
    assert (prices.satuan, set(prices.langkah)) == ("rupiah", set(possible_steps(RUBRIC)))
    for (kode, dari, ke), price in prices.langkah.items():
        further = prices.cost(kode, dari, 5)
        assert 0 < price <= (further or 0), f"{kode} {dari} ke {ke}"
    budgets = load_budgets(SAMPLES / "anggaran.csv", RUBRIC)
    kawasan = load_kawasan(SAMPLES / "kawasan.csv")
    assert sorted(Counter(kawasan.values()).values()) == [5, 5, 5, 5]
    assert set(kawasan) <= set(REGIONS.frame["kode_desa"])
    assert {bucket.wilayah for bucket in budgets} - {""} == set(REGIONS.frame["kode_kabupaten"])
    scenarios = dict(load_scenarios(SAMPLES / "skenario.toml", RUBRIC, PlanSettings()))
    assert [scenario.anggaran == budgets for scenario in scenarios.values()] == [True, True, True, False]
    assert {scenario.biaya for scenario in scenarios.values()} == {SAMPLES / "biaya.csv"}


def planted() -> list[tuple[str, str, str]]:
    """Rule, cell and words of every fault that README lists."""
    text = (SAMPLES / "README.md").read_text(encoding="utf-8")
    text = text.split("<!-- kaltara-salah: begin -->")[1].split("<!-- kaltara-salah: end -->")[0]
    return re.findall(r"^\| `([^`]+)` \| `([^`]+)` \| (.+) \|$", text, re.MULTILINE)


@pytest.fixture(scope="module")
def faulty() -> pl.DataFrame:
    table = table_of("kaltara-salah.xlsx")
    return validate(table, scored(table, RUBRIC), rubric=RUBRIC, regions=REGIONS)


def test_validate_finds_every_planted_fault_in_its_cell(faulty: pl.DataFrame) -> None:
    found = faulty.select("aturan", "sel").rows()
    named = faulty.filter(pl.col("sel").is_null()).select("aturan", pl.coalesce("kode_desa", "kolom")).rows()
    faults = [fault for fault in planted() if fault[0] != "-"]
    assert len(faults) > 20
    missed = [
        (rule, cell, words)
        for rule, cell, words in faults
        if (rule, cell) not in found and not (cell == "-" and any(rule == r and name in words for r, name in named))
    ]
    near = faulty.filter(pl.col("aturan").is_in([rule for rule, _, _ in missed])).select("aturan", "sel", "isi")
    assert not missed, f"missed {missed}; instead {near.rows()[:20]}"


def test_validate_finds_nothing_that_was_not_planted(faulty: pl.DataFrame) -> None:
    known = {(rule, None if cell == "-" else cell) for rule, cell, _ in planted()}
    surplus = [row for row in faulty.select("aturan", "sel", "pesan").rows() if (row[0], row[1]) not in known]
    assert not surplus, surplus


@pytest.mark.parametrize("name", ["kaltara.xlsx", "kaltara.csv", "kaltara-isian.xlsx", "kaltara-rekap.xlsx"])
def test_the_other_samples_have_no_faults(name: str) -> None:
    table = table_of(name)
    findings = validate(table, scored(table, RUBRIC), rubric=RUBRIC, regions=REGIONS)
    findings = findings.filter(pl.col("tingkat") != "info")
    assert findings.is_empty(), findings.select("aturan", "sel", "pesan").rows()[:20]


def test_documents_are_json_with_fifty_five_rows() -> None:
    for name in DOCUMENTS:
        document = json.loads((SAMPLES / name).read_text(encoding="utf-8"))
        if not document["error"]:
            assert len(document["mapData"]["ROW"]) == 55, name


def test_the_guide_of_the_answer_file_tells_every_column_and_its_choices() -> None:
    book = fastexcel.read_excel(SAMPLES / "kaltara-isian.xlsx")
    cells = book.load_sheet("PETUNJUK", header_row=4, dtypes="string").to_polars()
    told = dict(cells.select("Kolom", "Jawaban").iter_rows())
    sheet = book.load_sheet("ISIAN", header_row=4, dtypes="string").to_polars()
    assert list(told) == sheet.columns[6:], "one line per column of ISIAN, in its order"
    for name, words in told.items():
        used = set(sheet.get_column(name).drop_nulls())
        if words == "angka":
            assert all(answer.isdigit() for answer in used), name
        else:
            assert used <= set(words.split(" | ")), f"{name}: {used} not among {words}"
