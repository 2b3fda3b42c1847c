"""Findings as a page, a workbook and data: complete, escaped, and readable without anything else."""

import json
from html.parser import HTMLParser
from pathlib import Path

import polars as pl
import pytest

from idmcli.documents import findings_page, render, write_findings_report
from idmcli.errors import ConfigError, UsageError
from idmcli.findings import SCHEMA, no_findings

SUMMARY = pl.DataFrame(
    {
        "aturan": ["skor_kosong", "desa_tidak_ada"],
        "tingkat": ["galat", "peringatan"],
        "judul": ["Skor kosong", "Desa tidak ada di data"],
        "jumlah": [1500, 1],
        "BULUNGAN": [1500, 0],
    }
)
FINDINGS = pl.DataFrame(
    [
        (
            "a.xlsx",
            "Data",
            4,
            "Data!E4",
            "6501012005",
            "IKS01",
            "skor_kosong",
            "galat",
            "<b>&",
            "Kosong",
            "Isi.",
            "PEJALIN",
        ),
        (
            "a.xlsx",
            "Data",
            5,
            "Data!E5",
            "6501012006",
            "IKS01",
            "skor_kosong",
            "galat",
            "=1+1",
            "Kosong",
            "Isi.",
            "PEJALIN",
        ),
        (
            None,
            None,
            None,
            None,
            "6503172008",
            None,
            "desa_tidak_ada",
            "peringatan",
            None,
            "PA' MILAU hilang",
            "Satu.",
            None,
        ),
        (None, None, None, None, "6503172009", None, "desa_tidak_ada", "peringatan", None, "X tidak ada", "Dua.", None),
    ],
    schema=SCHEMA,
    orient="row",
)
SOURCES = (("data <kantor>.xlsx", "ab" * 32),)


class Reader(HTMLParser):
    """The page's texts by the element around them, and whatever it would fetch."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.fetched: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.fetched += [value or "" for name, value in attrs if name in {"src", "href"}]
        if tag != "meta":
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self.stack[-1], data.strip()))


def test_the_page_tells_everything_once_and_escaped() -> None:
    page = findings_page(FINDINGS, SUMMARY, sumber=SOURCES)
    reader = Reader(page)
    cells = [text for tag, text in reader.texts if tag == "td"]
    assert not reader.stack, "every element is closed"
    assert not reader.fetched
    assert "url(" not in page
    assert {"1.500", "Skor kosong", "<b>&", "=1+1", "PA' MILAU hilang", "Data!E4", "Satu.", "Dua."} <= set(cells)
    assert "<b>&" not in page, "what the officer typed is text, not markup"
    assert any("data <kantor>.xlsx" in text for _, text in reader.texts)
    advice = [text for tag, text in reader.texts if tag == "p" and text == "Isi."]
    assert advice == ["Isi."], "advice that is the same for all stands once"
    headings = [text for tag, text in reader.texts if tag == "h3"]
    assert headings == ["Skor kosong – 2 temuan", "Desa tidak ada di data – 2 temuan"]


def test_a_clean_file_gets_a_clean_page() -> None:
    page = findings_page(no_findings(), SUMMARY.clear())
    assert "Tidak ada temuan." in page
    assert "<table" not in page


@pytest.mark.parametrize("ending", ["xlsx", "csv", "json", "html"])
def test_every_form_is_written_whole_and_only_once(tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"temuan.{ending}"
    write_findings_report(FINDINGS, SUMMARY, str(target), force=False, sumber=SOURCES, meta={"edisi": "idm-2016"})
    first = target.read_bytes()
    with pytest.raises(UsageError, match="sudah ada"):
        write_findings_report(FINDINGS, SUMMARY, str(target), force=False)
    write_findings_report(FINDINGS, SUMMARY, str(target), force=True, sumber=SOURCES, meta={"edisi": "idm-2016"})
    assert target.read_bytes() == first, "the same findings, the same bytes"
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_the_json_report_holds_summary_and_sources(tmp_path: Path) -> None:
    write_findings_report(FINDINGS, SUMMARY, str(tmp_path / "a.json"), force=False, sumber=SOURCES)
    document = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert document["ringkasan"] == SUMMARY.to_dicts()
    assert document["sumber"] == [{"berkas": SOURCES[0][0], "sha256": SOURCES[0][1]}]
    assert document["baris"] == FINDINGS.to_dicts()


def test_other_endings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.pdf tidak dikenal.*\.xlsx, \.csv, \.json, \.html"):
        write_findings_report(FINDINGS, SUMMARY, str(tmp_path / "a.pdf"), force=False)
    assert list(tmp_path.iterdir()) == []


def test_a_template_that_asks_for_more_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "cacat.j2").write_text("satu\n{{ belum_ada }}\n")
    (tmp_path / "rusak.j2").write_text("satu\n{% if %}\n")
    with pytest.raises(ConfigError, match=r"cacat\.j2 baris 2 tidak dapat dipakai: tidak ada isi bernama 'belum_ada'"):
        render("cacat.j2", {}, tmp_path)
    with pytest.raises(ConfigError, match=r"rusak\.j2 baris 2"):
        render("rusak.j2", {}, tmp_path)
