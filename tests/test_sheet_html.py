"""Sheets and posters as pages: whole, escaped, self-contained; two pages of paper, and no wider than a phone."""

import html
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from copy import deepcopy
from html.parser import HTMLParser
from pathlib import Path

import pytest

from idmcli.documents.html import poster_page, sheet_page
from idmcli.documents.templates import render
from idmcli.errors import ConfigError
from tests.village_papers import Context, contexts, remarkable

VOID = {"meta", "col", "br", "hr"}
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
browser_needed = pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")
PHONE = 360
FAULTS = (
    ("{{ kepala.nma }}", "'nma'"),
    ("{{ judul - 1 }}", "unsupported operand"),
    ("{{ judul.__class__.mro() }}", "unsafe"),
    ("{% if judul %}", "endif"),
)
"""Lines of an office's template, and what is said of each."""


class Reader(HTMLParser):
    """A page's elements in their nesting, its texts, its ids, and whatever it would fetch."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.texts: list[str] = []
        self.rows = 0
        self.fetched: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.fetched += [f"{name}={value}" for name, value in attrs if name in {"src", "href", "id", "onclick"}]
        self.rows += tag == "tr" and "semua" in self.stack
        if tag not in VOID:
            self.stack.append("semua" if ("class", "semua") in attrs else tag)

    def handle_endtag(self, tag: str) -> None:
        opened = self.stack.pop()
        assert tag == opened or (tag, opened) == ("table", "semua"), f"</{tag}> closes <{opened}>"

    def handle_data(self, data: str) -> None:
        if data.strip() and self.stack[-1] != "style":
            self.texts.append(data.strip())


def test_every_villages_page_is_whole() -> None:
    for context in contexts():
        page = sheet_page(context)
        name = context["kepala"]["nama"]
        assert page.startswith('<!DOCTYPE html>\n<html lang="id">'), name
        assert page.rstrip().endswith("</html>"), name
        assert "url(" not in page
        assert page.count('<td class="kode">') == 50, name
        assert f"<title>{html.escape(context['judul'], quote=False)}".replace("'", "&#39;") in page, name


def test_pages_are_well_nested_and_fetch_nothing() -> None:
    for context in remarkable(contexts()):
        for page in (sheet_page(context), poster_page(context)):
            reader = Reader(page)
            assert not reader.stack, f"left open: {reader.stack}"
            assert not reader.fetched
        reader = Reader(sheet_page(context))
        assert reader.rows == 1 + 3 + 50, "heading, dimensions, indicators"
        for sentence in (*context["jalan"]["kalimat"], *context["dasar"]["kalimat"], *context["kekuatan"]["daftar"]):
            assert any(sentence in text for text in reader.texts), sentence


def test_what_an_officer_typed_is_text() -> None:
    context = deepcopy(contexts()[0])
    nasty = "<script>alert(\"x\")</script> & 'PA'"
    for key in ("kepala", "poster"):
        context[key]["nama"] = nasty
    for page in (sheet_page(context), poster_page(context)):
        assert "<script" not in page
        assert nasty in " ".join(Reader(page).texts)


def test_the_same_context_gives_the_same_page() -> None:
    context = contexts()[0]
    assert sheet_page(context) == sheet_page(deepcopy(context))
    assert poster_page(context) == poster_page(deepcopy(context))


def test_an_offices_own_template_goes_first_and_its_faults_are_named(tmp_path: Path) -> None:
    own = tmp_path / "lembar.html.j2"
    own.write_text("Kantor kami:\n{{ kepala.nama }}\n", encoding="utf-8")
    assert sheet_page(contexts()[0], tmp_path).startswith("Kantor kami:")
    assert "Papan Informasi" in poster_page(contexts()[0], tmp_path), "the poster is still ours"
    for number, (line, fault) in enumerate(FAULTS):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "lembar.html.j2").write_text(f"satu\n\n{line}\n", encoding="utf-8")
        with pytest.raises(ConfigError, match=rf"lembar\.html\.j2 baris 3 tidak dapat dipakai: .*{fault}") as caught:
            sheet_page(contexts()[0], folder)
        assert caught.value.exit_code == 4


def browse(folder: Path, page: str, *options: str) -> bytes:
    """What headless Chromium prints about a page."""
    assert BROWSER, "guarded by the mark"
    file = folder / "halaman.html"
    file.write_text(page, encoding="utf-8")
    switches = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profil'}"]
    ended = subprocess.run([BROWSER, *switches, *options, file.as_uri()], capture_output=True, timeout=120)
    assert ended.returncode == 0, ended.stderr.decode(errors="replace")
    return ended.stdout


def bound(pages: Sequence[str]) -> str:
    """Several pages printed as one, each beginning on a new sheet of paper."""
    head = pages[0].partition("<main>")[0]
    bodies = [re.search(r"<main>(.*)</main>", page, re.DOTALL) for page in pages]
    sheets = "".join(f'<main style="break-before: page">{body[1]}</main>' for body in bodies if body)
    return f"{head}{sheets}</body></html>"


@browser_needed
@pytest.mark.tampak
@pytest.mark.parametrize(("page", "sheets"), [(sheet_page, 2), (poster_page, 1)])
def test_paper_takes_exactly_its_pages(tmp_path: Path, page: Callable[[Context], str], sheets: int) -> None:
    fullest = sorted(contexts(), key=lambda context: -len(str(context["jalan"]) + str(context["poster"])))[:4]
    chosen = [*remarkable(contexts()), *fullest]
    made = tmp_path / "cetak.pdf"
    browse(tmp_path, bound([page(context) for context in chosen]), "--no-pdf-header-footer", f"--print-to-pdf={made}")
    counts = [int(count) for count in re.findall(rb"/Count (\d+)", made.read_bytes())]
    assert max(counts) == sheets * len(chosen), f"among {[context['kepala']['nama'] for context in chosen]}"


def test_an_included_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "halaman.html.j2").write_text('{% include "gaya.css" %}')
    (tmp_path / "gaya.css").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match=r"gaya\.css tidak dapat dipakai: bukan teks UTF-8"):
        render("halaman.html.j2", {}, tmp_path)


@browser_needed
@pytest.mark.tampak
def test_nothing_is_wider_than_a_phone(tmp_path: Path) -> None:
    pages = [page(context) for context in remarkable(contexts()) for page in (sheet_page, poster_page)]
    frames = "".join(
        f'<iframe style="width:{PHONE}px;border:0" srcdoc="{html.escape(page)}"></iframe>' for page in pages
    )
    script = (
        "<script>onload = () => document.title = "
        "[...document.querySelectorAll('iframe')].map(f => f.contentDocument.documentElement.scrollWidth)</script>"
    )
    shown = browse(tmp_path, f"<!DOCTYPE html><title></title>{script}{frames}", "--dump-dom").decode()
    widths = re.search(r"<title>([\d,]+)</title>", shown)
    assert widths, "the page did not finish"
    assert max(map(int, widths[1].split(","))) <= PHONE
