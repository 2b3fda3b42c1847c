"""Workbooks that open right everywhere: live formulas with cached results, and texts that stay texts."""

import re
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

import polars as pl
import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from idmcli.classify import classify, recap
from idmcli.errors import OutputError
from idmcli.findings import SCHEMA
from idmcli.rubric import Rubric, load_rubric
from idmcli.scoring import score, score_recap
from idmcli.workbook import (
    SheetSpec,
    write_classify_book,
    write_findings_book,
    write_score_book,
    write_tables,
)

SOURCES = (("kaltara.xlsx", "ab" * 32),)


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return load_rubric()


def villages(rubric: Rubric) -> pl.DataFrame:
    """Five villages of two kabupaten: all highest, all lowest, one between, one score empty, one impossible."""
    high = {code: max(rubric.by_code[code].allowed) for code in rubric.codes}
    low = {code: min(rubric.by_code[code].allowed) for code in rubric.codes}
    rows = [
        {"desa": "=1+1", "kabupaten": "BULUNGAN", **high},
        {"desa": "@desa", "kabupaten": "BULUNGAN", **low},
        {"desa": "PA' MILAU", "kabupaten": "NUNUKAN", **high, "IKL01": 0, "IKL02": 0},
        {"desa": "-kosong", "kabupaten": "NUNUKAN", **high, "IKE03": None},
        {"desa": "+mustahil", "kabupaten": None, **high, "IKS02": 3},
    ]
    return pl.DataFrame(rows, schema_overrides=dict.fromkeys(rubric.codes, pl.Int8)).with_columns(
        kode_desa=pl.format("650101200{}", pl.int_range(pl.len())),
        provinsi=pl.lit("KALIMANTAN UTARA"),
        kecamatan=pl.lit("TANJUNG PALAS"),
        tahun=pl.lit(2024, pl.Int32),
        berkas=pl.lit("kaltara.xlsx"),
        lembar=pl.lit("Data"),
        baris=pl.int_range(5, 10),
        iks_terbit=pl.lit(1.0),
        luas=pl.lit("=12"),
    )


def opened(path: Path, *, cached: bool) -> dict[str, Worksheet]:
    return {sheet.title: sheet for sheet in load_workbook(path, data_only=cached).worksheets}


def table(sheet: Worksheet, header: int) -> list[dict[str, object]]:
    rows = sheet.iter_rows(min_row=header, values_only=True)
    names = [str(name) for name in next(rows)]
    return [dict(zip(names, row, strict=True)) for row in rows]


def header_row(sheet: Worksheet) -> int:
    return next(
        row for row in range(1, 9) if sheet.cell(row, 1).value in {"Kode desa", "Kabupaten", "Tingkat", "Aturan"}
    )


def evaluated(formula: str, sheet: Worksheet, names: Sequence[str], bounds: Sequence[int]) -> object:
    """What a spreadsheet computes for the few forms of formula that SKOR holds."""

    def cells(area: str) -> list[float]:
        found = [cell.value for row in sheet[area] for cell in row]
        return [float(value) for value in found if isinstance(value, int | float)]

    if match := re.fullmatch(r'=IF\(COUNT\((\w+:\w+)\)=(\d+),SUM\(\1\)/(\d+),""\)', formula):
        values = cells(match[1])
        return sum(values) / int(match[3]) if len(values) == int(match[2]) else ""
    if match := re.fullmatch(r'=IF\((\w+)="","",ROUND\(\1\*(\d+),0\)\)', formula):
        (value,) = cells(f"{match[1]}:{match[1]}")
        return round(value * int(match[2]))
    match = re.fullmatch(r'=IF\((\w+)="","",LOOKUP\(\1,batas_k,nama_status\)\)', formula)
    assert match, formula
    (k,) = cells(f"{match[1]}:{match[1]}")
    return [name for name, bound in zip(names, bounds, strict=True) if k >= bound][-1]


def test_scores_are_live_and_their_cached_results_are_ours(tmp_path: Path, rubric: Rubric) -> None:
    scored = score(villages(rubric), rubric)
    write_score_book(scored, tmp_path / "a.xlsx", rubric=rubric, sumber=SOURCES, peringatan=("Tahun dari judul.",))
    live, cached = opened(tmp_path / "a.xlsx", cached=False), opened(tmp_path / "a.xlsx", cached=True)
    assert list(live) == ["SKOR", "REKAP", "TIDAK DIHITUNG", "KETERANGAN"]

    statuses = sorted(rubric.status, key=lambda status: status.k_min)
    names, bounds = [status.nama for status in statuses], [status.k_min for status in statuses]
    header = header_row(live["SKOR"])
    rows, formulas = table(cached["SKOR"], header), table(live["SKOR"], header)
    shown = {"iks": "IKS", "ike": "IKE", "ikl": "IKL", "idm": "IDM", "idm_k": "IDM_K", "status": "Status"}
    for number, ours in enumerate(scored.iter_rows(named=True)):
        assert rows[number]["Desa"] == ours["desa"]
        for name, title in shown.items():
            if ours[name] is None:
                assert formulas[number][title] is None, f"{ours['desa']}: {title} must stay empty"
                continue
            formula = formulas[number][title]
            assert isinstance(formula, str)
            assert formula.startswith("="), f"{title} is not live"
            again = evaluated(formula, cached["SKOR"], names, bounds)
            for value in (rows[number][title], again):
                expected = pytest.approx(ours[name], abs=1e-12) if isinstance(ours[name], float) else ours[name]
                assert value == expected, f"{ours['desa']} {title} {formula}"
    assert rows[0]["IKS terbit"] == 1
    assert {rows[number]["Luas"] for number in range(5)} == {"=12"}, "a column of the officer's own"


def test_texts_never_become_formulas(tmp_path: Path, rubric: Rubric) -> None:
    scored = score(villages(rubric), rubric)
    write_score_book(scored, tmp_path / "a.xlsx", rubric=rubric)
    sheet = opened(tmp_path / "a.xlsx", cached=False)["SKOR"]
    header = header_row(sheet)
    desa = [sheet.cell(header + number, 2) for number in range(1, 6)]
    assert [cell.value for cell in desa] == scored["desa"].to_list()
    assert {cell.data_type for cell in desa} == {"s"}


def test_the_recap_counts_by_formula(tmp_path: Path, rubric: Rubric) -> None:
    write_score_book(score(villages(rubric), rubric), tmp_path / "a.xlsx", rubric=rubric)
    header = 4
    rows = table(opened(tmp_path / "a.xlsx", cached=True)["REKAP"], header)
    formulas = table(opened(tmp_path / "a.xlsx", cached=False)["REKAP"], header)
    assert [
        (row["Kabupaten"], row["Jumlah desa"], row["MANDIRI"], row["MAJU"], row["Tidak dihitung"]) for row in rows[:4]
    ] == [
        ("BULUNGAN", 2, 1, 0, 0),
        ("NUNUKAN", 2, 0, 1, 1),
        ("(tidak disebut)", 1, 0, 0, 1),
        ("JUMLAH", 5, 1, 1, 2),
    ]
    assert formulas[0]["MANDIRI"] == "=COUNTIFS('SKOR'!$D$6:$D$10,$A5,'SKOR'!$K$6:$K$10,C$4)"
    assert formulas[2]["Jumlah desa"] == 1, "COUNTIFS finds no empty cell by the words that stand for it"
    assert formulas[3]["MANDIRI"] == "=SUM(C5:C7)"


def test_every_status_has_its_colour_from_red_to_green(tmp_path: Path, rubric: Rubric) -> None:
    write_score_book(score(villages(rubric), rubric), tmp_path / "a.xlsx", rubric=rubric)
    sheet = opened(tmp_path / "a.xlsx", cached=False)["SKOR"]
    rules = [rule for area in sheet.conditional_formatting for rule in area.rules]
    fills = {rule.formula[0].strip('"'): rule.dxf.fill.bgColor.rgb[2:] for rule in rules}
    wanted = {"SANGAT TERTINGGAL": "9C2B2B", "BERKEMBANG": "FFF1C9", "MANDIRI": "1E6B3A"}
    assert {name: fills[name] for name in wanted} == wanted
    with ZipFile(tmp_path / "a.xlsx") as book:
        chart = book.read("xl/charts/chart1.xml").decode()
    bars = re.findall(r"<c:spPr><a:solidFill><a:srgbClr val=\"(\w+)\"/>", chart)
    assert (bars[0], bars[-1]) == ("1E6B3A", "9C2B2B"), "the highest status stands first"


def test_thresholds_and_sources_are_told(tmp_path: Path, rubric: Rubric) -> None:
    write_score_book(score(villages(rubric), rubric), tmp_path / "a.xlsx", rubric=rubric, sumber=SOURCES)
    book = load_workbook(tmp_path / "a.xlsx", data_only=True)
    sheet = opened(tmp_path / "a.xlsx", cached=True)["KETERANGAN"]
    texts = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert SOURCES[0][1] in texts
    assert any(rubric.hash in text for text in texts)
    area = book.defined_names["batas_k"].attr_text.replace("$", "").partition("!")[2]
    assert [cell.value for (cell,) in sheet[area]] == sorted(status.k_min for status in rubric.status)


def test_a_recap_without_scores_computes_from_its_indices(tmp_path: Path, rubric: Rubric) -> None:
    recaps = villages(rubric).drop(rubric.codes).with_columns(ike_terbit=pl.lit(0.5), ikl_terbit=pl.lit(0.6))
    write_score_book(score_recap(recaps, rubric), tmp_path / "a.xlsx", rubric=rubric)
    sheet = opened(tmp_path / "a.xlsx", cached=False)["SKOR"]
    row = table(sheet, header_row(sheet))[0]
    assert (row["IKS"], row["IKE"], row["IKL"]) == (1, 0.5, 0.6)
    assert row["IDM"] == '=IF(COUNT(F6:H6)=3,SUM(F6:H6)/3,"")'


def test_the_same_villages_give_the_same_bytes(tmp_path: Path, rubric: Rubric) -> None:
    scored = score(villages(rubric), rubric)
    classified = classify(scored, rubric)
    for name in ("a", "b"):
        write_score_book(scored, tmp_path / f"score-{name}.xlsx", rubric=rubric, sumber=SOURCES)
        rekap = {"kabupaten": recap(classified, rubric, "kabupaten")}
        write_classify_book(classified, tmp_path / f"classify-{name}.xlsx", rubric=rubric, rekap=rekap)
    for book in ("score", "classify"):
        assert (tmp_path / f"{book}-a.xlsx").read_bytes() == (tmp_path / f"{book}-b.xlsx").read_bytes(), book


def test_classified_villages_with_recaps_and_further_sheets(tmp_path: Path, rubric: Rubric) -> None:
    classified = classify(score(villages(rubric), rubric), rubric)
    write_classify_book(
        classified,
        tmp_path / "a.xlsx",
        rubric=rubric,
        rekap={"kabupaten": recap(classified, rubric, "kabupaten")},
        lainnya=(SheetSpec("NAIK", "Desa yang naik status", classified.clear()),),
    )
    sheets = opened(tmp_path / "a.xlsx", cached=True)
    assert list(sheets) == ["DESA", "REKAP KABUPATEN", "NAIK", "TIDAK DIHITUNG", "KETERANGAN"]
    rows = table(sheets["DESA"], header_row(sheets["DESA"]))
    assert [row["Target status"] for row in rows] == classified["target_status"].to_list()
    assert [row["Penambahan"] for row in rows[:3]] == pytest.approx(classified["penambahan"].to_list()[:3], abs=1e-12)


def test_findings_are_listed_and_summed_up(tmp_path: Path) -> None:
    finding = {**dict.fromkeys(SCHEMA), "tingkat": "galat", "aturan": "skor_kosong", "isi": "=x", "pesan": "p" * 200}
    findings = pl.DataFrame([finding], schema=SCHEMA)
    summary = pl.DataFrame({"aturan": ["skor_kosong"], "judul": ["Skor kosong"], "jumlah": [1]})
    write_findings_book(findings, summary, tmp_path / "a.xlsx", sumber=SOURCES)
    sheets = opened(tmp_path / "a.xlsx", cached=False)
    (row,) = table(sheets["TEMUAN"], header_row(sheets["TEMUAN"]))
    assert (row["Tingkat"], row["Isi"]) == ("galat", "=x")
    assert sheets["TEMUAN"].row_dimensions[header_row(sheets["TEMUAN"]) + 1].height > 30, "four lines need room"
    assert table(sheets["RINGKASAN"], header_row(sheets["RINGKASAN"])) == [
        {"Aturan": "skor_kosong", "Judul": "Skor kosong", "Jumlah": 1}
    ]


def test_odd_values_and_names(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {"a_b": ["x" * 40_000, None], "angka": [float("nan"), 1.5], "ya": [True, None], "daftar": [["a", "b"], []]}
    )
    write_tables(tmp_path / "a.xlsx", [SheetSpec("Kab: [Tana/Tidung] " + "x" * 40, "Judul", frame)], judul="Judul")
    ((name, sheet),) = opened(tmp_path / "a.xlsx", cached=True).items()
    assert name == "Kab- -Tana-Tidung- xxxxxxxxxxxx"
    first, second = table(sheet, 3)
    assert str(first["A b"]).endswith("x…")
    assert len(str(first["A b"])) == 32_767
    assert (first["Angka"], first["Ya"], first["Daftar"]) == (None, "ya", "a; b")
    assert (second["A b"], second["Angka"], second["Ya"]) == (None, 1.5, None)


def test_too_many_rows_are_refused_with_a_way_out(tmp_path: Path) -> None:
    frame = pl.DataFrame({"a": pl.int_range(1_048_576, eager=True)})
    with pytest.raises(OutputError, match=r"tidak muat dalam satu lembar Excel.*\.parquet"):
        write_tables(tmp_path / "a.xlsx", [SheetSpec("A", "A", frame)], judul="A")
    assert list(tmp_path.iterdir()) == []
