"""Verification sheets: what they print, in Word, PDF and HTML alike, whatever the names; who signs."""

import io
import re
import runpy
import zipfile
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from idmcli.documents import word
from idmcli.documents.budget_sheet import VillageBudget, budget_sheet
from idmcli.documents.budget_villages import village_budgets
from idmcli.documents.templates import render
from idmcli.documents.typeset import pdf
from idmcli.errors import ConfigError
from idmcli.parameters.minutes import Signatory
from idmcli.parameters.rapbdes_settings import BudgetSettings, budget_settings
from tests.conftest import ROOT
from tests.rapbdes_cases import sample_verified

SCRIPT = ROOT / "docs" / "buat_templat_rapbdes.py"
NASTY = 'LONG <A> & "B" PA\' {{ x }} #set $y$ *c* _d_ \\'
LONG = "LONG SELONG BATU LIAN PELAAH YIIN"
DAY = date(2025, 11, 21)


@lru_cache(maxsize=1)
def villages() -> dict[str, VillageBudget]:
    return {one.desa["desa"]: one for one in village_budgets(sample_verified())}


def sheet(desa: str = "SEDULUN", settings: BudgetSettings | None = None, **officials: Any) -> dict[str, Any]:
    return budget_sheet(villages()[desa], settings or BudgetSettings(), officials.get("officials", ()), DAY)


def section(context: dict[str, Any], letter: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in context["bagian"] if one["judul"].startswith(f"{letter}. "))
    return found


def test_the_sheet_tells_every_weak_indicator_once() -> None:
    for desa, one in villages().items():
        context = budget_sheet(one, BudgetSettings(), (), DAY)
        named = [row[0].split()[0] for letter in "ABC" for row in section(context, letter)["baris"] if row[0]]
        facts = re.findall(r"IKS2[0-2]", section(context, "C")["kalimat"])
        assert sorted([*named, *facts]) == sorted(row["kode"] for row in one.indikator), desa


def test_money_on_the_sheet_adds_up() -> None:
    one = villages()["SEDULUN"]
    table = section(sheet(), "D")
    amounts = [int(row[2].replace(".", "")) for row in table["baris"] if row[2]]
    *parts, whole = amounts
    assert sum(parts) == 2 * whole == 2 * one.desa["belanja"], "once by bidang and once by source"
    assert table["jumlah"] is True


def test_one_verdict_is_proposed_per_line_and_the_last_is_the_whole() -> None:
    for desa, one in villages().items():
        lines = budget_sheet(one, BudgetSettings(), (), DAY)["aspek"]
        assert all(sum(line["pilihan"]) == 1 for line in lines), desa
        worst = max(line["pilihan"].index(True) for line in lines[:-1])
        assert lines[-1]["pilihan"].index(True) == worst, desa


def test_supporting_activities_beyond_two_are_summed_up() -> None:
    one = villages()["SEDULUN"]
    work: dict[str, Any] = {
        "kode": "IKE12",
        "kekuatan": "pendukung",
        "dasar": "kode",
        "kode_kegiatan": "2.3.01",
        "uraian": "x" * 200,
    }
    work |= {"volume": 1.5, "satuan": "km", "sumber": ["DDS", "ADD"], "anggaran": 1_000_000}
    weak = dict(next(row for row in one.indikator if row["kode"] == "IKL03")) | {
        "kode": "IKE12",
        "keadaan": "hanya pendukung",
    }
    many = replace(one, indikator=[weak], kegiatan=[work] * 5)
    rows = section(budget_sheet(many, BudgetSettings(), (), DAY), "A")["baris"]
    assert len(rows) == 3
    assert rows[0][3:] == ["1,5 km", "DDS, ADD", "1.000.000", "pendukung"]
    assert len(rows[0][2]) < 120
    assert rows[2][2].startswith("… dan 3 kegiatan pendukung lain")
    assert rows[2][5] == "3.000.000"


def test_officials_of_the_place_sign_and_others_are_dotted() -> None:
    officials = [Signatory("Pj. Kepala Desa", "Amat"), Signatory("Camat", "Budi", "197001011990031001")]
    roles = sheet(officials=officials)["tanda_tangan"][0]
    assert [one["nama"].strip("…") for one in roles] == ["", "Budi", "Amat"]
    assert roles[1]["peran"] == "Camat SESAYAP"
    assert roles[1]["nip"] == "NIP 197001011990031001"


@pytest.mark.parametrize("name", [NASTY, LONG])
def test_names_come_through_word_pdf_and_html_unharmed(name: str) -> None:
    one = villages()["SEDULUN"]
    works = [dict(work) | {"uraian": name} for work in one.kegiatan]
    village = dict(one.desa) | {"desa": name, "kecamatan": name, "kabupaten": name}
    context = budget_sheet(replace(one, desa=village, kegiatan=works), BudgetSettings(alamat="{desa}"), (), None)
    document = Document(io.BytesIO(word.docx("rapbdes.docx", context)))
    words = [paragraph.text for paragraph in document.paragraphs]
    words += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert f"DESA {name} – TAHUN ANGGARAN 2025" in words
    assert any(text.endswith(name) and text[0].isdigit() for text in words)
    assert pdf("rapbdes.typ.j2", context).startswith(b"%PDF")
    assert "{{ x }}" in render("rapbdes.html.j2", context) or name == LONG


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert pdf("rapbdes.typ.j2", sheet()) == pdf("rapbdes.typ.j2", sheet())
    assert word.docx("rapbdes.docx", sheet()) == word.docx("rapbdes.docx", sheet())


def test_the_word_template_is_what_its_script_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(SCRIPT.parent)
    script = runpy.run_path(str(SCRIPT))
    made = tmp_path / "rapbdes.docx"
    monkeypatch.setitem(script["main"].__globals__, "TARGET", made)
    script["main"]()
    with zipfile.ZipFile(made) as new, zipfile.ZipFile(ROOT / "idmcli" / "templates" / "rapbdes.docx") as old:
        assert new.namelist() == old.namelist()
        for part in new.namelist():
            assert part == "docProps/core.xml" or new.read(part) == old.read(part), f"{part} differs: run make templat"


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        ({"silng": "a.csv"}, "rapbdes.silng tidak dikenal"),
        ({"kop": ["KECAMATAN {camat}"]}, "{camat}"),
        ({"kop": [1]}, "bukan deretan teks"),
        ({"penandatangan": [{"nama": "A"}]}, "tanpa peran"),
        ({"penandatangan": [{"peran": "Camat", "nama": 3}]}, "salah jenis"),
        ({"tempat": 5}, "salah jenis"),
    ],
)
def test_wrong_settings_are_named(table: dict[str, Any], fault: str) -> None:
    with pytest.raises(ConfigError) as error:
        budget_settings(table, Path("idm.toml"))
    assert fault in str(error.value)


def test_a_missing_logo_is_named() -> None:
    with pytest.raises(ConfigError, match=re.escape("Logo tiada.png tidak ada")):
        sheet(settings=BudgetSettings(logo=Path("tiada.png")))
