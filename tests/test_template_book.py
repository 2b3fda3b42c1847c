"""The workbook that is sent out: it comes back filled in and is read without one assumption."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from itertools import cycle, islice
from operator import eq, ge, gt, le, lt
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from idmcli.errors import ConfigError
from idmcli.normalise.fold import key
from idmcli.normalise.layouts import IGNORED, load_layouts
from idmcli.parameters.evidence import FILE, Question, questions
from idmcli.pipeline import Loaded, Request, load
from idmcli.regions import load_regions
from idmcli.rubric import Rubric, load_rubric
from idmcli.scoring import score, scores_from_answers
from idmcli.settings import Settings
from idmcli.validate.catalog import load_catalog
from idmcli.workbook.template import Bentuk, Susunan, write_template_book
from idmcli.workbook.template.checks import checks
from idmcli.workbook.template.fields import LONGEST_MESSAGE, LONGEST_TITLE, fields, parts

YEAR = 2026
Value = str | int | float
Answers = dict[str, list[Value]]


@cache
def edition() -> Rubric:
    return load_rubric("idm-2016")


@cache
def villages() -> pl.DataFrame:
    return load_regions().frame


def few(number: int = 1) -> pl.DataFrame:
    """The villages of the first kecamatan."""
    codes = villages().get_column("kode_kecamatan").unique().sort().head(number).implode()
    return villages().filter(pl.col("kode_kecamatan").is_in(codes))


def numbers_to_try(question: Question) -> list[Value]:
    """The least and the most that may be typed, and both sides of every bound of the rubric."""
    asked = question.variabel
    step = Decimal(1) if asked.bulat else Decimal("0.01")
    tried = {Decimal(asked.terkecil or 0), Decimal(7 if asked.terbesar is None else asked.terbesar)}
    for indicator in question.indikator:
        if indicator.jawaban.jenis == "angka":
            edges = [edge for row in indicator.skor if row.batas for edge in (row.batas.bawah, row.batas.atas)]
            tried |= {edge + side for edge in edges if edge is not None for side in (-step, Decimal(0), step)}
    top = Decimal(10**9) if asked.terbesar is None else Decimal(asked.terbesar)
    kept = sorted(one for one in tried if (asked.terkecil or 0) <= one <= top)
    return [int(one) if asked.bulat else float(one) for one in kept]


def answers_for(number: int) -> Answers:
    """Answers for so many villages: every choice, every bound, every few rows anew in another combination."""
    found: Answers = {}
    for place, question in enumerate(questions(edition())):
        choices = list(question.pilihan) or numbers_to_try(question)
        found[question.variabel.nama] = list(
            islice(cycle(choices), place % len(choices), place % len(choices) + number)
        )
    return found


def scores_for(number: int) -> Answers:
    """Scores for so many villages: every allowed one."""
    return {
        one.kode: list(islice(cycle(one.allowed), place % len(one.allowed), place % len(one.allowed) + number))
        for place, one in enumerate(edition().indikator)
    }


def sheets(book: Path) -> Iterator[tuple[Worksheet, dict[str, int]]]:
    """The sheets of villages and, by header, their columns; not saved."""
    for sheet in load_workbook(book).worksheets[1:]:
        yield sheet, {str(cell.value): cell.column for cell in sheet[1] if cell.column is not None}


def filled(book: Path, target: Path, values: Answers, bentuk: Bentuk) -> Path:
    """The book as an office sends it back, rows in the order of codes."""
    opened, row_number = load_workbook(book), 0
    for sheet in opened.worksheets[1:]:
        columns = {str(cell.value): cell.column for cell in sheet[1]}
        for row in range(2, sheet.max_row + 1):
            for one in fields(edition(), bentuk):
                sheet.cell(row, columns[one.judul] or 0).value = values[one.nama][row_number]
            row_number += 1
    opened.save(target)
    return target


def read_back(path: Path) -> Loaded:
    loaded = load(Request((str(path),)), Settings())
    assert loaded.notes == (), loaded.notes
    assert [(layout.extra, layout.missing, layout.duplicates) for layout in loaded.table.layouts if layout.extra] == []
    assert set(loaded.scored.get_column("tahun")) == {YEAR}
    return loaded


def expected(values: Answers, bentuk: Bentuk) -> pl.DataFrame:
    """What these answers score when no file is between."""
    frame = pl.DataFrame(values)
    if bentuk == "isian":
        canonical = {
            one.variabel.nama: {word: one.indikator[0].row(skor).pilihan[0] for word, skor in one.pilihan.items()}
            for one in questions(edition())
            if one.pilihan
        }
        frame = frame.with_columns(pl.col(nama).replace_strict(means) for nama, means in canonical.items())
        frame = scores_from_answers(frame, edition())
    return frame.select(pl.col(kode).cast(pl.Int8) for kode in edition().codes)


@pytest.mark.parametrize(("bentuk", "susunan", "kecamatan"), [("isian", "satu", 50), ("skor", "kecamatan", 2)])
def test_every_village_and_every_answer_come_back_as_they_were_filled_in(
    tmp_path: Path, bentuk: Bentuk, susunan: Susunan, kecamatan: int
) -> None:
    book, sent = tmp_path / "buku.xlsx", few(kecamatan)
    write_template_book(sent, edition(), book, tahun=YEAR, bentuk=bentuk, susunan=susunan)
    values = (answers_for if bentuk == "isian" else scores_for)(sent.height)
    loaded = read_back(filled(book, tmp_path / "kembali.xlsx", values, bentuk))
    assert loaded.table.shape == bentuk
    assert loaded.scored.get_column("kode_desa").to_list() == sent.get_column("kode_desa").to_list()
    found = loaded.scored.select(edition().codes)
    differing = [kode for kode in edition().codes if not found[kode].equals(expected(values, bentuk)[kode])]
    assert differing == []
    for indicator in edition().indikator:
        if indicator.jawaban.jenis not in {"rasio", "jumlah"}:
            assert set(found[indicator.kode]) == set(indicator.allowed), indicator.kode


def test_the_words_of_the_lists_mean_the_scores_they_should() -> None:
    """By hand: what a village with these answers scores."""
    offered = {one.variabel.nama: one.pilihan for one in questions(edition()) if one.pilihan}
    assert offered["gotong_royong"] == {"ada": 5, "tidak": 1}
    assert offered["konflik"] == {"ada": 1, "tidak": 5}
    assert offered["jamban"] == {"jamban sendiri": 5, "jamban bersama": 4, "jamban umum": 3, "bukan jamban": 0}
    assert offered["sumber_air_minum"]["air hujan"] == 2
    assert offered["sumber_air_minum"]["air isi ulang"] == 3


def test_an_empty_book_is_read_and_scores_nothing(tmp_path: Path) -> None:
    """Two kecamatan of one name get a sheet each; names may hold what Excel forbids in a sheet's name."""
    name = pl.when(pl.col("kecamatan") == pl.col("kecamatan").first()).then(pl.lit("LONG YIIN/PELA'AH"))
    sent = few(4).with_columns(kecamatan=name.otherwise(pl.lit("Long Nawang")))
    book = tmp_path / "buku.xlsx"
    write_template_book(sent, edition(), book, tahun=YEAR)
    loaded = load(Request((str(book),)), Settings())
    assert loaded.table.desa.get_column("kode_desa").to_list() == sent.get_column("kode_desa").to_list()
    assert len({layout.lembar for layout in loaded.table.layouts}) == 4
    assert loaded.scored.get_column("idm_k").null_count() == sent.height
    assert loaded.notes == ()


def test_the_same_villages_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_template_book(few(), edition(), tmp_path / name, tahun=YEAR)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_last_years_static_answers_are_kept_and_locked_the_others_empty(tmp_path: Path) -> None:
    asked = questions(edition())
    last = (
        few()
        .select("kode_desa")
        .with_columns(pl.Series(nama, values) for nama, values in answers_for(few().height).items())
    )
    last = last.with_columns(waktu_sarkes=pl.Series([45.5, 12.125, -1, None, 30], dtype=pl.Float64))
    write_template_book(few(), edition(), tmp_path / "buku.xlsx", tahun=YEAR, isi=last)
    ((sheet, columns),) = sheets(tmp_path / "buku.xlsx")
    for question in asked:
        cells = [sheet.cell(row, columns[question.text]) for row in range(2, sheet.max_row + 1)]
        for cell in cells:
            assert cell.protection.locked == (cell.value is not None), f"{cell.coordinate} {question.text}"
        if not question.statis:
            assert [cell.value for cell in cells] == [None] * 5, question.text
    times = [sheet.cell(row, columns[asked[0].text]).value for row in range(2, 7)]
    assert times == [45.5, None, None, None, 30], "what cannot be typed is asked again"
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert all(cell.protection.locked for cell in sheet[1])


def test_a_village_that_stands_twice_in_last_years_file_keeps_nothing(tmp_path: Path) -> None:
    twice = pl.concat([few().select("kode_desa").head(1)] * 2).with_columns(jarak_sd=pl.Series([100, 900]))
    write_template_book(few(), edition(), tmp_path / "buku.xlsx", tahun=YEAR, isi=twice)
    ((sheet, columns),) = sheets(tmp_path / "buku.xlsx")
    question = next(one for one in questions(edition()) if one.variabel.nama == "jarak_sd")
    assert sheet.cell(2, columns[question.text]).value is None


@pytest.mark.parametrize("bentuk", ["isian", "skor"])
def test_every_field_has_its_rule_and_its_message(tmp_path: Path, bentuk: Bentuk) -> None:
    write_template_book(few(), edition(), tmp_path / "buku.xlsx", tahun=YEAR, bentuk=bentuk)
    ((sheet, columns),) = sheets(tmp_path / "buku.xlsx")
    rules = {str(one.sqref).split(":")[0]: one for one in sheet.data_validations.dataValidation}
    for one in fields(edition(), bentuk):
        found = rules[sheet.cell(2, columns[one.judul]).coordinate]
        assert found.error, one.judul
        assert 0 < len(found.prompt) <= LONGEST_MESSAGE
        assert 0 < len(found.promptTitle) <= LONGEST_TITLE
        assert "…" not in found.prompt, f"{one.judul}: cut short"
        if one.pilihan:
            assert found.formula1 == '"' + ",".join(map(str, one.pilihan)) + '"', one.judul
        elif one.variabel is not None and one.variabel.bulat:
            assert found.type == "whole", one.judul
            assert one.variabel.satuan in found.prompt
        assert bentuk == "skor" or f"Bukti: {one.bukti}" in found.prompt


def test_every_question_has_evidence_and_every_part_is_declared() -> None:
    asked = questions(edition())
    assert [one.variabel.nama for one in asked if not one.bukti] == []
    text = FILE.read_text(encoding="utf-8")
    named = set(re.findall(r"^(\w+) = ", text, re.MULTILINE))
    assert named == {one.variabel.nama for one in asked}, "a name in bukti.toml that no question has"
    ignored = {key(alias.judul) for layout in load_layouts() for alias in layout.aliases if alias.nama == IGNORED}
    headers = [part.judul for part in parts(fields(edition(), "isian"))]
    assert [header for header in headers if key(header) not in ignored] == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('[pilihan]\njamban = ["jamban emas"]', "jamban emas"),
        ('[pilihan]\njamban = ["jamban sendiri"]', "skor 0, 3, 4"),
        ("[bukti]\njamban = 5", "bukti.jamban"),
        ("[tanda]\njamban = 5", "tanda"),
    ],
)
def test_words_that_the_rubric_does_not_know_are_refused(tmp_path: Path, text: str, why: str) -> None:
    file = tmp_path / "bukti.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=why):
        questions(edition(), file)


def test_contradictions_are_those_of_validate() -> None:
    seen = {one.pesan for one in checks(edition(), "isian", fields(edition(), "isian"))}
    assert seen == {rule.pesan for rule in load_catalog().kontradiksi}
    by_text = {one.pesan: one for one in checks(edition(), "isian", fields(edition(), "isian"))}
    sport = next(one for text, one in by_text.items() if "olahraga" in text)
    held = [sport.syarat.holds({"kelompok_olahraga": 0, "kegiatan_olahraga": many}) for many in (3, 4, None, "banyak")]
    assert held == [False, True, False, False]


@pytest.mark.parametrize("bentuk", ["isian", "skor"])
def test_a_condition_holds_exactly_where_the_scores_clash(bentuk: Bentuk) -> None:
    """The condition on answers against the rule on scores, over all answers worth trying."""
    values = (answers_for if bentuk == "isian" else scores_for)(600)
    scored = score(expected(values, bentuk), edition())
    frame = pl.DataFrame(values).hstack(scored.select(edition().codes)) if bentuk == "isian" else scored
    signs: dict[str, Callable[[pl.Expr, Any], Any]] = {"=": eq, ">": gt, ">=": ge, "<": lt, "<=": le}
    held = {one.pesan: one.syarat for one in checks(edition(), bentuk, fields(edition(), bentuk))}
    for rule in load_catalog().kontradiksi:
        if rule.pesan not in held:
            assert bentuk == "skor"
            continue
        wanted = frame.select(
            pl.all_horizontal(
                signs[one.tanda](pl.col(one.kolom), pl.col(one.kolom_lain) if one.kolom_lain else one.angka)
                for one in rule.syarat
            )
        ).to_series()
        found = [held[rule.pesan].holds(row) for row in frame.iter_rows(named=True)]
        assert found == wanted.to_list(), rule.pesan


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str], Path]:
    """LibreOffice: opens a book and saves it as another kind."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    profile = tmp_path_factory.mktemp("profil")

    def convert(book: Path, kind: str) -> Path:
        folder = book.parent / kind
        command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind]
        subprocess.run([*command, "--outdir", str(folder), str(book)], check=True, capture_output=True, timeout=120)
        return folder / f"{book.stem}.{kind}"

    return convert


@pytest.mark.tampak
@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # LibreOffice's own data bars
def test_libreoffice_keeps_lists_limits_and_answers(tmp_path: Path, office: Callable[[Path, str], Path]) -> None:
    book = tmp_path / "buku.xlsx"
    write_template_book(few(), edition(), book, tahun=YEAR)
    values = answers_for(few().height)
    values["peserta_bpjs"], values["jumlah_penduduk"] = [9, 5, 5, 5, 5], [5] * 5
    values["posyandu_aktif"], values["posyandu"] = [2] * 5, [3] * 5
    values["gotong_royong"], values["frekuensi_gotong_royong"] = ["ada"] * 5, [3] * 5
    sent = filled(book, tmp_path / "kembali.xlsx", values, "isian")
    for kind in ("ods", "xlsx"):
        saved = office(sent, kind)
        loaded = read_back(saved)
        assert loaded.scored.select(edition().codes).equals(expected(values, "isian")), kind
    ((sheet, columns),) = sheets(saved)
    rules = {str(one.sqref).split(":")[0].split(" ")[0]: one for one in sheet.data_validations.dataValidation}
    lists = {one.nama: one for one in fields(edition(), "isian") if len(one.pilihan) > 2}
    for one in lists.values():
        found = rules[sheet.cell(2, columns[one.judul]).coordinate]
        assert (found.type, found.formula1) == ("list", '"' + ",".join(map(str, one.pilihan)) + '"')
    with zipfile.ZipFile(tmp_path / "ods" / "kembali.ods") as package:
        content = package.read("content.xml").decode()
    assert content.count("<table:content-validation ") >= len(lists)
    assert "air isi ulang" in content[content.index("<table:content-validations") :][:40_000]
    computed = load_workbook(saved, data_only=True).worksheets[1]
    by_header = {str(cell.value): cell.column for cell in computed[1]}
    again = by_header["Periksa lagi"]
    assert again is not None
    said = [str(computed.cell(row, again).value or "") for row in range(2, 7)]
    wanted = checks(edition(), "isian", fields(edition(), "isian"))
    rows = [{nama: column[row] for nama, column in values.items()} for row in range(5)]
    assert said == [next((one.pesan for one in wanted if one.syarat.holds(row)), "") for row in rows]
    assert said[0] == "peserta BPJS lebih banyak daripada penduduk"
    assert [computed.cell(row, by_header["Terisi"] or 0).value for row in range(2, 7)] == [1] * 5
