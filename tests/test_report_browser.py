"""`laporan.html` in a real browser, at 1280 and 390 pixels: nothing on the console, sort, filter and search at work."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from idmcli.report.pages import write_report
from idmcli.report.phrases import titled
from tests.browser import Tab, browser_needed, browsing
from tests.report_cases import NASTY, context_of, rich

pytestmark = browser_needed
WIDTHS = (1280, 390)
COLUMN = """(() => {
  const table = document.querySelector('#lampiran table');
  const names = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
  const at = names.indexOf(%r);
  return [...table.tBodies[0].rows].filter((row) => !row.hidden).map((row) => row.cells[at].textContent);
})()"""
CLICK = """(() => {
  const heads = [...document.querySelectorAll('#lampiran table')][0].tHead.rows[0].cells;
  const head = [...heads].find((cell) => cell.textContent === %r);
  head.querySelector('button').click();
  return head.getAttribute('aria-sort');
})()"""
TYPE = """(() => {
  const field = document.querySelector(%r);
  field.value = %r;
  field.dispatchEvent(new Event('input'));
})()"""


pytestmark = pytest.mark.tampak


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with browsing(tmp_path_factory.mktemp("peramban")) as tab:
        yield tab


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("halaman")
    return write_report(context_of(rich(folder)), folder, ("html",), None)[0]


@pytest.mark.parametrize("width", WIDTHS)
def test_it_opens_without_a_fault_and_fits(tab: Tab, page: Path, width: int) -> None:
    tab.open(page, width)
    assert tab.run("document.documentElement.scrollWidth") <= width
    assert tab.run("getComputedStyle(document.querySelector('#cari')).display") != "none"
    shown = "document.querySelector('figure .%s').getBoundingClientRect().width"
    assert (tab.run(shown % "sempit") > 0) == (width < 600)
    assert tab.run("[...document.querySelectorAll('details')].every((one) => (one.open = true))")
    assert tab.run("document.documentElement.scrollWidth") <= width, "with all chapters open"
    small = "[...document.querySelectorAll('p, td, th, li')].filter((one) => one.getClientRects().length"
    assert tab.run(f"{small} && parseFloat(getComputedStyle(one).fontSize) < 11).length") == 0
    assert tab.faults == []


@pytest.mark.parametrize("width", WIDTHS)
def test_tables_sort_and_filter(tab: Tab, page: Path, width: int) -> None:
    tab.open(page, width)
    before = tab.run(COLUMN % "IDM")
    assert tab.run(CLICK % "IDM") == "ascending"
    numbers = [float(text.replace(",", ".")) for text in tab.run(COLUMN % "IDM") if text != "–"]
    assert numbers == sorted(numbers)
    assert len(numbers) >= 4
    assert tab.run(COLUMN % "IDM")[-1] == "–", "what is unknown stays below"
    assert tab.run(CLICK % "IDM") == "descending"
    assert [text for text in tab.run(COLUMN % "IDM") if text != "–"] == [
        text for text in sorted(before, reverse=True) if text != "–"
    ]
    assert tab.run("document.querySelectorAll('#lampiran table')[0].querySelectorAll('[aria-sort]').length") == 1
    tab.run(CLICK % "Status")
    ranks = ["Sangat Tertinggal", "Tertinggal", "Berkembang", "Maju", "Mandiri"]
    states = [ranks.index(text) for text in tab.run(COLUMN % "Status") if text != "–"]
    assert states == sorted(states), "statuses stand in their own order, not in that of the alphabet"
    tab.run(TYPE % ("#lampiran .saring input", "ke 7"))
    assert tab.run(COLUMN % "Desa") == ["Desa Ke 7"]
    assert tab.run("document.querySelector('#lampiran .saring .catatan').textContent") == "1 dari 5 baris"
    tab.run(TYPE % ("#lampiran .saring input", ""))
    assert len(tab.run(COLUMN % "Desa")) == 5
    assert tab.faults == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_village_is_found_and_its_card_is_shown(tab: Tab, page: Path, width: int) -> None:
    card = "document.querySelector('#kartu').%s"
    tab.open(page, width)
    assert tab.run(card % "hidden")
    tab.run(TYPE % ("#kata-cari", "desa ke"))
    assert tab.run("document.querySelectorAll('#hasil a').length") == 10
    tab.run(TYPE % ("#kata-cari", "6501012007"))
    text = tab.run(card % "innerText")
    assert text.startswith("Desa Ke 7")
    assert "Tanjung Palas, Bulungan" in text
    for heading in ("Riwayat status", "Indikator yang paling menambah IDM bila dinaikkan", "Pelaku:"):
        assert heading in text
    history = tab.run("[...document.querySelectorAll('#kartu .dua table')[1].tBodies[0].rows].map((r) => r.innerText)")
    assert [line.split("\t")[0] for line in history] == ["2022", "2023", "2024"]
    assert tab.run("document.querySelector('#kartu details table').tBodies[0].rows.length") == 50
    tab.run(TYPE % ("#kata-cari", "long muda"))
    assert tab.run("document.querySelector('#kabar').textContent").startswith("Tidak ada desa")
    tab.run(TYPE % ("#kata-cari", 'Long <B>&"Muda'))
    assert tab.run("document.querySelector('#kartu h3').textContent") == titled(NASTY, "")
    assert tab.run("document.querySelectorAll('#kartu b').length") == tab.run(
        "[...document.querySelectorAll('#kartu b')].filter((one) => one.textContent !== '&\"Muda\"').length"
    )
    assert tab.run("document.documentElement.scrollWidth") <= width
    assert tab.faults == []


def test_a_tile_and_an_address_lead_to_the_card(tab: Tab, page: Path) -> None:
    tab.open(page, 1280)
    tab.run("document.querySelector('.petak[title^=\"Desa Ke 5:\"]').click()")
    tab.run("new Promise((done) => setTimeout(done, 100))")
    assert tab.run("document.querySelector('#kartu h3').textContent") == "Desa Ke 5"
    assert "Belum dihitung" in tab.run("document.querySelector('#kartu').innerText")
    assert tab.run("document.activeElement.id") == "kartu", "a reader of the screen hears the card next"
    tab.run("location.hash = '#desa-6504012008'; new Promise((done) => setTimeout(done, 100))")
    assert tab.run("document.querySelector('#kartu h3').textContent") == "Desa Ke 8"
    assert tab.faults == []


def test_the_map_is_one_stop_and_arrows_go_on(tab: Tab, page: Path) -> None:
    tab.open(page, 1280)
    assert tab.run("[...document.querySelectorAll('.petak')].filter((one) => one.tabIndex === 0).length") == 1
    tab.run("document.querySelector('.petak').focus()")
    press = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: %r, bubbles: true}))"
    tab.run(press % "ArrowRight")
    assert tab.run("document.activeElement === document.querySelectorAll('.petak')[1]")
    tab.run(press % "ArrowLeft")
    tab.run(press % "ArrowLeft")
    assert tab.run("document.activeElement === document.querySelector('.petak')"), "the first has none before it"


def test_everything_on_paper_is_opened(tab: Tab, page: Path) -> None:
    tab.open(page, 1280)
    tab.call("Emulation.setEmulatedMedia", {"media": "print"})
    tab.run("window.dispatchEvent(new Event('beforeprint'))")
    assert tab.run("[...document.querySelectorAll('details')].every((one) => one.open)")
    assert tab.run("getComputedStyle(document.querySelector('.navigasi')).display") == "none"
    assert tab.run("getComputedStyle(document.querySelector('#cari')).display") == "none"
    tab.run("window.dispatchEvent(new Event('afterprint'))")
    assert not tab.run("[...document.querySelectorAll('details')].some((one) => one.open)")
    tab.call("Emulation.setEmulatedMedia", {"media": ""})
