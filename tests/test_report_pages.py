"""The pages of the annual report: figures, sentences, files, and odd input of every kind."""

import json
import re
import runpy
import subprocess
from collections.abc import Mapping
from copy import deepcopy
from functools import lru_cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from shutil import which
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from idmcli import __version__
from idmcli.documents.sheet_words import words_of
from idmcli.documents.svg import INK
from idmcli.documents.templates import TEMPLATES
from idmcli.errors import ConfigError
from idmcli.report import charts, drawings, narrative, part_data, part_status, scales
from idmcli.report.context import WORDS_FILE
from idmcli.report.facts import Facts
from idmcli.report.links import PaperLink
from idmcli.report.pages import write_report
from idmcli.report.phrases import enumerated, titled
from idmcli.report.tiles import FILLS, MARKS
from idmcli.rubric import load_rubric
from tests.conftest import ROOT
from tests.report_cases import (
    NASTY,
    annual_of,
    context_of,
    rich,
    scores,
    texts,
    villages,
    write_recap,
    write_scores,
)

ORACLE = ROOT.parent / "shared" / "oracle" / "kaltara-2024.csv"
SCRIPT = ROOT / "docs" / "buat_templat_laporan.py"
BEGINS = (0, 3092, 3774, 4456, 5138)
"""First units of 1/6300 of each status, by SOP IDM 2020."""
PARTS = ("ringkasan", "status", "tren", "perpindahan", "indikator", "sasaran", "rencana", "mutu", "metode", "lampiran")
LINKS = (
    PaperLink("data/desa & kota.csv", "Data <desa>", "satu baris per desa", "Data"),
    PaperLink("ringkasan.xlsx", ""),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("laporan")


@pytest.fixture(scope="module")
def report(folder: Path) -> dict[str, Any]:
    return context_of(rich(folder), LINKS)


@pytest.fixture(scope="module")
def written(folder: Path, report: Mapping[str, Any]) -> Path:
    target = folder / "hasil"
    target.mkdir()
    made = write_report(report, target, ("docx", "html", "pdf"), None)
    assert [path.name for path in made] == ["laporan.html", "laporan.pdf", "laporan.docx", "index.html"]
    return target


def units(number: int, year: int) -> int:
    """IDM of a village in units of 1/6300, counted by hand: 12, 35 and 140 units a point."""
    values = scores(number, year)
    return 12 * sum(values[:35]) + 35 * sum(values[35:47]) + 140 * sum(values[47:])


def rank(number: int, year: int) -> int:
    return sum(units(number, year) >= begin for begin in BEGINS) - 1


def test_key_figures_are_those_of_the_scores(report: Mapping[str, Any]) -> None:
    now = [number for number in (*range(10), 11) if number != 4]
    moved = [rank(number, 2024) - rank(number, 2023) for number in now if number < 10]
    # the file of 2024 numbers its rows anew: the twelfth village stands in the eleventh row
    counted = [units(number if number < 10 else 10, 2024) for number in now]
    figures = {card["label"]: card for card in report["pokok"]["kartu"]}
    assert figures["Desa dalam data"]["angka"] == "11"
    assert figures["Rata-rata IDM"]["angka"] == f"{sum(counted) / 6300 / len(counted):.4f}".replace(".", ",")
    for name, status in zip(
        ("Sangat Tertinggal", "Tertinggal", "Berkembang", "Maju", "Mandiri"), range(5), strict=True
    ):
        found = sum(sum(k >= begin for begin in BEGINS) - 1 == status for k in counted)
        assert figures[name]["angka"] == str(found), name
    assert figures["Naik status"]["angka"] == str(sum(way > 0 for way in moved))
    assert f"{sum(way < 0 for way in moved)} turun" in figures["Naik status"]["ket"]
    tiles = [tile["jenis"] for kab in report["peta"]["kabupaten"] for kec in kab["kecamatan"] for tile in kec["petak"]]
    ways = {"naik": sum(way > 0 for way in moved), "turun": sum(way < 0 for way in moved)}
    ways |= {"tetap": moved.count(0), "baru": 1, "kosong": 1}
    assert {way: tiles.count(way) for way in set(tiles)} == {way: count for way, count in ways.items() if count}


def test_the_matrix_counts_every_village_of_both_years_once(report: Mapping[str, Any]) -> None:
    matrix = report["perpindahan"]["tabel"][0]
    cells = [int(cell) for row in matrix["baris"] for cell in row[1:] if cell != "·"]
    assert sum(cells) == 12
    assert matrix["kepala"][-1] == "Tidak ada"
    assert len(report["perpindahan"]["tabel"][1]["baris"]) == 7, "and the first year against the last"


def test_every_sentence_is_finished_and_plain(report: Mapping[str, Any]) -> None:
    for text in texts(report):
        assert not re.search(r"\{\w*\}|\bNone\b|\bnan\b|\bTrue\b|  \S", text.replace("{{ Y }}", "Y")), text
        bare = text.replace(__version__, "")
        assert not re.search(r"(?<![\d.])\d+\.\d{1,2}(?!\d)", bare), f"a decimal point: {text}"
    for name in PARTS:
        for sentence in report[name]["kalimat"]:
            assert sentence[0] == sentence[0].upper(), sentence
            assert sentence.rstrip()[-1] in ".;", sentence


def test_parts_appear_only_where_there_is_something_to_say(folder: Path) -> None:
    one = folder / "satu"
    one.mkdir()
    alone = context_of(annual_of(one, write_scores(one / "2024.csv", 2024, villages(7)[::2]), rencana=False))
    assert [name for name in PARTS if not alone[name]["ada"]] == ["tren", "perpindahan", "sasaran"]
    assert alone["rencana"]["judul"] == "Jalan naik status"
    kinds = {tile["jenis"] for kab in alone["peta"]["kabupaten"] for kec in kab["kecamatan"] for tile in kec["petak"]}
    assert kinds <= {f"status-{number}" for number in range(5)}
    two = [write_recap(one / f"rekap-{year}.csv", year, villages(8)[::2]) for year in (2023, 2024)]
    recap = context_of(annual_of(one, two[1], [two[0]]))
    assert [name for name in PARTS if not recap[name]["ada"]] == ["indikator", "sasaran", "rencana"]
    assert recap["kartu"]["indikator"] == []
    assert {village[4] for village in recap["kartu"]["desa"]} == {""}
    empty = context_of(annual_of(one, write_scores(one / "kosong.csv", 2024, villages(3)[::2], missing=range(3))))
    assert [name for name in PARTS if not empty[name]["ada"]] == [
        *("status", "tren", "perpindahan", "indikator", "sasaran", "rencana"),
    ]
    for context in (alone, recap, empty):
        write_report(context, one, ("html", "pdf", "docx"), None)


def test_the_same_run_gives_the_same_bytes(written: Path, folder: Path) -> None:
    again = folder / "lagi"
    again.mkdir()
    charts._converter.cache_clear()
    write_report(context_of(rich(folder), LINKS), again, ("html", "pdf", "docx"), None)
    for path in sorted(written.iterdir()):
        assert path.read_bytes() == (again / path.name).read_bytes(), path.name


class Page(HTMLParser):
    """Tags that are closed in order, and what a reader of the page sees."""

    VOID = frozenset({"meta", "link", "input", "br", "img", "path", "line", "rect", "circle", "polygon", "use"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.found: dict[str, int] = {}
        self.text: list[str] = []
        self.links: list[str] = []
        self.bare: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found[tag] = self.found.get(tag, 0) + 1
        self.ids += [str(given["id"])] if "id" in given else []
        self.links += [str(value) for name, value in attrs if name in {"src", "href"} and value]
        if tag == "svg" and not (given.get("role") == "img" and given.get("aria-label")):
            self.bare.append("svg without words")
        if tag == "th" and given.get("scope") not in {"col", "row"}:
            self.bare.append("th without scope")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag, f"</{tag}> closes another"

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in {"style", "script"}:
            self.text.append(data)


def test_the_page_is_whole_and_needs_nothing_else(written: Path, report: Mapping[str, Any]) -> None:
    text = (written / "laporan.html").read_text(encoding="utf-8")
    page = Page(text)
    assert not page.open
    assert not page.bare
    assert len(page.ids) == len(set(page.ids)), "ids are unique"
    assert all(link.startswith("#") or link == "data:," for link in page.links)
    assert "url(" not in text
    assert "http://" not in text.replace("http://www.w3.org/2000/svg", "")
    assert text.startswith('<!DOCTYPE html>\n<html lang="id">')
    anchors = {link[1:] for link in page.links if link.startswith("#") and not link.startswith("#desa-")}
    assert anchors <= set(page.ids)
    assert page.found["table"] == page.found["caption"] + 1, "all but the one in the box have a caption"
    assert {"header", "nav", "main", "footer", "h1"} <= set(page.found)
    shown = " ".join(page.text)
    for name in PARTS:
        for sentence in report[name]["kalimat"]:
            assert sentence in shown, sentence


def test_what_somebody_typed_is_text_everywhere(written: Path, report: Mapping[str, Any]) -> None:
    nasty = titled(NASTY, "")
    page = (written / "laporan.html").read_text(encoding="utf-8")
    assert page.lower().count("</script>") == 3
    assert "<B>" not in page
    assert nasty in "".join(Page(page).text)
    kept = re.search(r'id="data-desa">(.*?)</script>', page, re.DOTALL)
    assert kept
    assert json.loads(kept[1]) == report["kartu"]
    assert nasty in [village[2] for village in report["kartu"]["desa"]]
    document = Document(str(written / "laporan.docx"))
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert nasty in cells
    if which("pdftotext"):
        pdf = subprocess.run(["pdftotext", "-layout", written / "laporan.pdf", "-"], capture_output=True, check=True)
        assert "{{ Y }} #[Z]" in re.sub(r"\s+", " ", pdf.stdout.decode())


def test_the_index_names_every_file(written: Path) -> None:
    page = Page((written / "index.html").read_text(encoding="utf-8"))
    assert not page.open
    links = [link for link in page.links if not link.startswith("data:")]
    assert links == ["laporan.html", "laporan.pdf", "laporan.docx", "data/desa%20%26%20kota.csv", "ringkasan.xlsx"]
    assert "Data <desa>" in " ".join(page.text)


def test_word_has_pictures_with_words_and_repeated_heads(written: Path, report: Mapping[str, Any]) -> None:
    document = Document(str(written / "laporan.docx"))
    body = document.element.body.xml
    pictures = [one for name in ("status", "tren", "indikator", "rencana") for one in report[name]["gambar"]]
    pictures += [one for chapter in report["bab"] for one in chapter["gambar"]]
    assert body.count("<pic:pic ") + body.count("<pic:pic>") == len(pictures) == len(document.inline_shapes)
    for picture in pictures:
        assert f'descr="{picture["kata"]}"'.replace("&", "&amp;") in body
    tables = [one for name in PARTS for one in report[name]["tabel"]]
    tables += [one for chapter in report["bab"] for one in chapter["tabel"]]
    assert body.count("<w:tblHeader") == len(tables)
    assert "{{" not in re.sub(r"\{\{ Y \}\}", "", body)
    assert document.core_properties.title == report["judul"]


def test_the_word_template_is_what_its_script_makes(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.syspath_prepend(str(SCRIPT.parent))
    made = runpy.run_path(str(SCRIPT))
    made["main"].__globals__["TARGET"] = folder / "templat.docx"
    made["main"]()
    assert (folder / "templat.docx").read_bytes() == (TEMPLATES / "laporan.docx").read_bytes()


def test_numbers_of_tables_run_through_the_paper(report: Mapping[str, Any]) -> None:
    printed = re.search(r"for bagian in \[([a-z, ]+)\]", (TEMPLATES / "laporan.typ.j2").read_text(encoding="utf-8"))
    assert printed
    assert runpy.run_path(str(SCRIPT))["PARTS"] == f"[{printed[1]}]", "Word prints them in the same order"
    parts = [*(report[name] for name in printed[1].split(", ")), *report["bab"], report["lampiran"]]
    for kind in ("tabel", "gambar"):
        numbers = [one["nomor"] for part in parts for one in part[kind]]
        assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("most", [1, 2, 5, 7, 40])
def test_an_axis_that_counts_villages_says_no_number_twice(most: int) -> None:
    values = [0.61] * most + [0.71]
    begins = [("RENDAH", 0.0), ("TINGGI", 0.65)]
    for picture in (
        scales.histogram("A", "A", values, begins, label="nilai", count="desa"),
        drawings.bars("A", "A", [("x", float(most)), ("y", 1.0)], label="desa", digits=0),
    ):
        for svg in (picture.svg, picture.sempit):
            ticks = re.findall(r'text-anchor="(?:end|middle)"[^>]*>([\d,]+)</text>', svg)
            assert ticks
            assert len(ticks) == len(set(ticks)), ticks
            assert not any(re.fullmatch(r"\d,\d", tick) for tick in ticks), ticks


def test_letters_of_word_tables_are_never_larger_than_their_style(written: Path) -> None:
    document = Document(str(written / "laporan.docx"))
    tables = [one for one in document.tables if one.style is not None and one.style.name == "Tabel IDM"]
    assert tables
    for one in tables:
        runs = [run for row in one.rows for cell in row.cells for line in cell.paragraphs for run in line.runs]
        assert {run.font.size.pt for run in runs if run.font.size} <= {6.0, 6.5, 7.0, 7.5, 8.0, 8.5}
        assert abs(sum(column.width.mm for column in one.columns if column.width) - 170) < 0.5


def test_the_path_is_told_in_the_measure_that_found_it_and_notes_keep_file_names(folder: Path) -> None:
    own = folder / "ukuran"
    own.mkdir()
    table = write_scores(own / "kaltara.csv", 2024, villages(7)[::2])
    (own / "biaya.csv").write_text("kode,biaya_per_poin,biaya_tetap\nIKL03,1000,0\n", encoding="utf-8")
    for extra, rencana, said in (
        ("", True, "menyentuh indikator paling sedikit"),
        ("", False, "beban paling ringan"),
        ('[rencana]\nbiaya = "biaya.csv"\n', True, "biaya paling kecil"),
    ):
        facts = Facts(annual_of(own, table, extra=extra, rencana=rencana), None, words_of(WORDS_FILE, None))
        found = [text for text in part_status.method(facts)["kalimat"] if text.startswith("Jalur terkecil")]
        assert len(found) == 1
        assert said in found[0]
        assert any(note.startswith("kaltara.csv") for note in part_data.quality(facts)["catatan"])


@pytest.mark.skipif(not ORACLE.exists(), reason=f"no {ORACLE}")
def test_the_real_province_reads_as_it_was_published(folder: Path) -> None:
    """Figures of the province in 2024 as its office and the ministry published them."""
    own = folder / "provinsi"
    own.mkdir()
    (own / "2024.csv").write_bytes(ORACLE.read_bytes())
    context = context_of(annual_of(own, own / "2024.csv", rencana=False))
    said = " ".join(context["ringkasan"]["kalimat"])
    assert "447 desa dalam 50 kecamatan dan 4 kabupaten di Provinsi Kalimantan Utara" in said
    for count, name in ((72, "Mandiri"), (79, "Maju"), (241, "Berkembang"), (55, "Tertinggal")):
        assert f"{count} desa berstatus {name} (" in said
    assert "Tidak ada desa berstatus Sangat Tertinggal." in said
    assert "Rata-rata IDM ialah 0,6876." in said
    assert "Pos dan logistik (1,04), Bank dan BPR (1,16), dan Tanggap bencana (1,42)" in said
    rows = {row[0]: row[2:6] for row in context["status"]["tabel"][0]["baris"]}
    assert rows["Bulungan"] == ["11", "21", "42", "–"]
    assert rows["Nunukan"] == ["23", "20", "140", "49"]
    assert [part["judul"] for part in context["bab"]] == [
        f"Kabupaten {name}" for name in ("Bulungan", "Malinau", "Nunukan", "Tana Tidung")
    ]


def test_an_office_may_change_words_and_templates(folder: Path, report: Mapping[str, Any]) -> None:
    own = folder / "templat"
    own.mkdir()
    (own / "laporan.toml").write_text('[ringkasan]\njudul = "Ikhtisar"\n', encoding="utf-8")
    assert words_of(WORDS_FILE, own)("ringkasan.judul") == "Ikhtisar"
    (own / "laporan.html.j2").write_text("Kantor kami: {{ wilayah }}", encoding="utf-8")
    target = folder / "kantor"
    target.mkdir()
    write_report(report, target, ("html",), own)
    assert (target / "laporan.html").read_text(encoding="utf-8") == "Kantor kami: Provinsi Kalimantan Utara"
    (own / "laporan.html.j2").write_text("satu\n{{ provinsi }}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"laporan\.html\.j2 baris 2 .*tidak ada isi bernama 'provinsi'"):
        write_report(report, target, ("html",), own)
    broken = folder / "rusak"
    broken.mkdir()
    (broken / "laporan.toml").write_text('[ringkasan]\nrata = "Rata-rata {mean}"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"ringkasan\.rata menyebut \{mean\}"):
        words_of(WORDS_FILE, broken)


def test_charts_are_indonesian_and_keep_their_order_in_grey(report: Mapping[str, Any]) -> None:
    lightness = [_luminance(colour) for colour in charts.SHADES]
    assert lightness == sorted(lightness, reverse=True)
    assert all(before - after > 0.05 for before, after in pairwise(lightness))
    for number, colour in enumerate(charts.SHADES):
        assert _contrast(colour, "#ffffff" if charts.dark(number, 5) else INK) >= 4.5, colour
    for way, colour in FILLS.items():
        assert not MARKS[way] or _contrast(colour, "#ffffff" if way in {"naik", "turun"} else INK) >= 4.5, way
    for name in PARTS:
        for picture in report[name]["gambar"]:
            for svg in (picture["svg"], picture["sempit"]):
                labels = re.findall(r"<text[^>]*>([^<]+)</text>", svg)
                assert labels
                assert not [label for label in labels if re.search(r"\d\.\d(?!\d\d)", label)], labels
                assert "aria-roledescription" not in svg


def test_a_chart_of_nothing_and_of_one_thing_is_drawn() -> None:
    for rows in ([], [("A & <b>", 1.5)]):
        assert drawings.bars("j", "k & <k>", rows, label="l").svg.startswith("<svg ")
        assert drawings.stacked("j", "k", [(name, (0, 1)) for name, _ in rows], ("A", "B"), label="l").sempit
    assert "&lt;b&gt;" in drawings.bars("j", "k", [("A & <b>", 1.5)], label="l").svg


@pytest.mark.parametrize(
    ("up", "down", "same", "said"),
    [
        (
            1,
            1,
            2,
            "tahun 2023 dan 2024, 1 desa naik status, 1 desa turun status, dan 2 desa tetap.",
        ),
        (2, 0, 0, "tahun 2023 dan 2024, 2 desa naik status dan tidak ada yang turun."),
        (0, 1, 1, "tahun 2023 dan 2024, 1 desa turun status, 1 desa tetap, dan tidak ada yang naik."),
        (0, 0, 3, "Dari 3 desa yang dapat dibandingkan antara tahun 2023 dan 2024, tidak ada yang berubah status."),
        (0, 0, 0, "Tidak ada desa yang dapat dibandingkan antara tahun 2023 dan 2024."),
    ],
)
def test_moves_are_told_as_they_are(up: int, down: int, same: int, said: str) -> None:
    facts: Any = SimpleNamespace(pair=(2023, 2024), words=words_of(WORDS_FILE))
    ways = ["naik"] * up + ["turun"] * down + ["tetap"] * same + [None]
    assert said in narrative.moved(facts, pl.DataFrame({"arah": ways}, schema={"arah": pl.String}))[0]


@given(st.lists(st.text("abc", min_size=1), min_size=1, max_size=6))
def test_lists_read_as_sentences(items: list[str]) -> None:
    said = enumerated(items)
    assert said.count(" dan ") == (len(items) > 1)
    assert said.replace(", dan ", ", ").replace(" dan ", ", ").split(", ") == items


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("TANA TIDUNG", "Tana Tidung"),
        ("PA' MILAU", "Pa' Milau"),
        ("LONG YIIN/PELAAH", "Long Yiin/Pelaah"),
        ("MARA II", "Mara II"),
        ("DI YOGYAKARTA", "DI Yogyakarta"),
        ("Pulau Sapi", "Pulau Sapi"),
        ("  ", "?"),
        (None, "?"),
    ],
)
def test_names_are_written_as_names(typed: str | None, said: str) -> None:
    assert titled(typed, "?") == said


def test_the_context_is_plain_data(report: dict[str, Any]) -> None:
    assert json.loads(json.dumps(report)) == deepcopy(report)


@lru_cache(maxsize=64)
def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(one: str, other: str) -> float:
    light, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dim + 0.05)


def test_the_rubric_is_the_one_that_the_hand_counts() -> None:
    assert [status.k_min for status in load_rubric("idm-2016").status] == list(BEGINS)
