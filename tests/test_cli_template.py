"""`idm template`, `idm merge` and `idm import` as offices run them: sent out, sent back, put together."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from docx import Document
from openpyxl import load_workbook

from idmcli.rubric import load_rubric
from idmcli.workbook.template.fields import fields
from tests.berkas import rumusan
from tests.conftest import SAMPLE, Run

SAMPLES = SAMPLE.parent
ANSWERS = str(SAMPLES / "kaltara-isian.xlsx")
YEAR = ("--tahun", "2025")


def rows(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Sheet → its rows by header, the instructions left out."""
    found: dict[str, list[dict[str, Any]]] = {}
    for sheet in load_workbook(path).worksheets[1:]:
        head, *body = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(map(str, head), row, strict=True)) for row in body if row[0]]
    return found


@pytest.mark.parametrize(
    ("area", "sheets", "villages", "told"),
    [
        ("650101", ["TANJUNG PALAS"], 5, ""),
        ("Kec. Nunukan", ["NUNUKAN"], 1, ""),
        ("tana tidung", ["SESAYAP", "SESAYAP HILIR", "TANA LIA", "BETAYAU", "MURUK RIAN"], 32, ""),
        ("SESAYAP", ["SESAYAP"], 7, "dibaca sebagai kecamatan 650401; nama itu juga dipakai 6504022001 (desa di"),
    ],
)
def test_an_area_is_named_by_code_or_name(
    area: str, sheets: list[str], villages: int, told: str, tmp_path: Path, idm: Run
) -> None:
    ended = idm("template", "-o", "t.xlsx", "--wilayah", area, *YEAR, cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert told in " ".join(ended.stderr.split())
    made = rows(tmp_path / "t.xlsx")
    assert list(made) == sheets
    assert sum(map(len, made.values())) == villages


def test_the_book_comes_back_without_an_assumption(tmp_path: Path, idm: Run) -> None:
    for more in (("--bentuk", "skor", "--susunan", "satu"), ("--bentuk", "isian")):
        made = idm("template", "-o", "t.xlsx", "--wilayah", "650401", *YEAR, *more, "--force", "-q", cwd=tmp_path)
        assert (made.returncode, made.stderr) == (0, "")
        for command in ("validate", "score"):
            ended = idm(command, "t.xlsx", cwd=tmp_path)
            assert (ended.returncode, ended.stderr) == (1, ""), "empty answers, and nothing assumed"
    again = idm("template", "-o", "t.xlsx", "--wilayah", "650401", *YEAR, cwd=tmp_path)
    assert again.returncode == 2
    assert "t.xlsx sudah ada" in again.stderr


def test_last_years_static_answers_are_kept_and_locked(tmp_path: Path, idm: Run) -> None:
    ended = idm("template", "-o", "t.xlsx", "--wilayah", "650101", "--dari", ANSWERS, cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    sheet = load_workbook(tmp_path / "t.xlsx").worksheets[1]
    at = {str(cell.value): cell.column for cell in sheet[1]}
    assert sheet.protection.sheet
    for one in fields(load_rubric(), "isian"):
        cell = sheet.cell(2, at[one.judul] or 0)
        assert (cell.value is not None, cell.protection.locked) == (one.statis, one.statis), one.nama
    assert rows(tmp_path / "t.xlsx")["TANJUNG PALAS"][0]["Tahun"] == 2025, "the year after"
    bare = idm("template", "-o", "s.xlsx", "--wilayah", "650101", "--dari", str(SAMPLE), cwd=tmp_path)
    assert "tidak memuat isian yang dapat diteruskan" in " ".join(bare.stderr.split())


def test_the_form_of_one_village(tmp_path: Path, idm: Run) -> None:
    for name, more in (("f.docx", ("--dari", ANSWERS)), ("f.pdf", YEAR)):
        ended = idm("template", "-o", name, "--desa", "SESAYAP", *more, cwd=tmp_path)
        assert ended.returncode == 0, ended.stderr
        assert f"Tertulis: {name} (1 desa)" in ended.stderr
    document = Document(str(tmp_path / "f.docx"))
    told = " ".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    told += " ".join(paragraph.text for paragraph in document.paragraphs)
    for words in ("6504022001", "SESAYAP HILIR"):
        assert words in told
    assert (tmp_path / "f.pdf").read_bytes().startswith(b"%PDF")


WRONG: dict[str, tuple[tuple[str, ...], int, str]] = {
    "two villages": (("-o", "f.docx", "--desa", "labuk", *YEAR), 2, "6503032007 (desa di SEMBAKUNG), 6503152027"),
    "a code of many": (("-o", "f.docx", "--desa", "650101", *YEAR), 2, "ialah 5 desa"),
    "ending": (("-o", "f.xlsx", "--desa", "6501012006", *YEAR), 2, ".docx, .pdf"),
    "book as text": (("-o", "t.csv", *YEAR), 2, ".xlsx"),
    "screen": (("-o", "-", *YEAR), 2, "tidak ditulis ke layar"),
    "area": (("-o", "t.xlsx", "--wilayah", "BULUNGN", *YEAR), 2, 'Mungkin maksudnya "BULUNGAN"'),
    "year": (("-o", "t.xlsx", "--wilayah", "650101"), 2, "Tahun isian belum disebut"),
    "shape": (("-o", "t.xlsx", "--bentuk", "nilai", *YEAR), 2, "Pilih: isian, skor"),
    "order": (("-o", "t.xlsx", "--susunan", "desa", *YEAR), 2, "Pilih: kecamatan, satu"),
    "paper": (("-o", "t.xlsx", "--kertas", "a5", *YEAR), 2, "Pilih: a4, f4"),
    "both": (("-o", "f.docx", "--desa", "PEJALIN", "--wilayah", "6501", *YEAR), 2, "tidak dipakai bersama"),
    "templates": (("-o", "f.docx", "--desa", "PEJALIN", "--templat", "tiada", *YEAR), 2, "bukan folder"),
    "last year's file": (("-o", "t.xlsx", "--dari", "tiada.xlsx"), 3, "tiada.xlsx tidak ada"),
    "over its source": (("-o", ANSWERS, "--dari", ANSWERS, "--force"), 2, "tidak boleh menimpanya"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_command_is_one_line_and_writes_nothing(case: str, tmp_path: Path, idm: Run) -> None:
    asked, code, told = WRONG[case]
    ended = idm("template", *asked, cwd=tmp_path)
    assert (ended.returncode, ended.stderr.count("\n")) == (code, 1), ended.stderr
    assert told in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_returned_books_become_one_and_no_version_wins_silently(tmp_path: Path, idm: Run) -> None:
    sent = tmp_path / "kiriman"
    sent.mkdir()
    for code in ("650101", "650401"):
        idm("template", "-o", f"{code}.xlsx", "--wilayah", code, "--dari", ANSWERS, "-q", cwd=sent)
    merged = idm("merge", "kiriman", "-o", "semua.xlsx", "--wilayah", "6504", cwd=tmp_path)
    assert merged.returncode == 0, merged.stderr
    assert "12 baris dari 2 berkas (isian)" in merged.stdout
    assert "Belum ada: 25 desa (wilayah 6504)" in merged.stdout
    assert idm("score", "semua.xlsx", "--json", cwd=tmp_path).stderr == ""
    first = (tmp_path / "semua.xlsx").read_bytes()
    for number, doctors in (("dua", 3), ("tiga", 0)):
        book = load_workbook(sent / "650101.xlsx")
        head = {str(cell.value): cell.column for cell in book.worksheets[1][1]}
        asked = next(one for one in fields(load_rubric(), "isian") if one.nama == "jumlah_dokter")
        book.worksheets[1].cell(2, head[asked.judul] or 0).value = doctors
        book.save(sent / f"650101-{number}.xlsx")
    refused = idm("merge", "kiriman", "-o", "semua.xlsx", cwd=tmp_path)
    assert refused.returncode == 2
    assert (tmp_path / "semua.xlsx").read_bytes() == first
    open_ = idm("merge", "kiriman", "-o", "baru.csv", cwd=tmp_path)
    assert open_.returncode == 1
    assert "Isinya bertentangan: 1 desa; semua barisnya ditulis" in open_.stdout
    asking = pl.read_csv(tmp_path / "baru.csv", infer_schema=False)
    both = asking.filter(pl.col("kode_desa") == "6501012005")
    assert sorted(both["jumlah_dokter"]) == ["0.0", "3.0"]
    origins = {row["jumlah_dokter"]: json.dumps(row) for row in both.iter_rows(named=True)}
    assert "650101-dua.xlsx" in origins["3.0"], "every row says where it comes from"
    chosen = idm("merge", "kiriman", "-o", "pilih.csv", "--pilih", "650101-dua.xlsx", "-q", cwd=tmp_path)
    assert chosen.returncode == 0, chosen.stderr
    settled = pl.read_csv(tmp_path / "pilih.csv", infer_schema=False)
    assert settled.filter(pl.col("kode_desa") == "6501012005")["jumlah_dokter"].to_list() == ["3.0"]
    mixed = idm("merge", "kiriman", str(SAMPLE), "-o", "x.xlsx", cwd=tmp_path)
    assert (mixed.returncode, mixed.stderr.count("\n")) == (3, 1)
    assert "Bentuk berkasnya berbeda" in mixed.stderr


def test_an_error_document_never_takes_the_place_of_a_good_row(tmp_path: Path, idm: Run) -> None:
    downloads = tmp_path / "unduhan"
    downloads.mkdir()
    for code in ("6501012005", "6501012006"):
        (downloads / f"{code}.json").write_text(json.dumps(rumusan(code, 2024)))
    asked = ("import", "unduhan", "-o", "r.csv")
    first = idm(*asked, cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    assert "Belum ada: " in first.stdout
    good = (tmp_path / "r.csv").read_bytes()
    error = {"status": 400, "error": True, "message": "ID Desa tidak ditemukan"}
    (downloads / "6501012006.json").write_text(json.dumps(error))
    steps: tuple[tuple[tuple[str, ...], int], ...] = (((), 2), (("--force",), 2), (("--tambah",), 0))
    for more, expected in steps:
        ended = idm(*asked, *more, cwd=tmp_path)
        assert ended.returncode == expected, ended.stderr
        kept = pl.read_csv(tmp_path / "r.csv", infer_schema=False)
        assert kept["kode_desa"].to_list() == ["6501012005", "6501012006"], more
        assert expected == 0 or (tmp_path / "r.csv").read_bytes() == good
    assert "Dokumen tanpa isi: 1; tidak menggantikan baris yang baik" in ended.stdout
