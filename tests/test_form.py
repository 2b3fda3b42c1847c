"""The paper form of one village: every question once, in PDF and Word, with the words of the office."""

import io
import os
import subprocess
import sys
from pathlib import Path, PurePath
from typing import Any

import pytest
from docx import Document

from idmcli.documents.form import FORM, form_context
from idmcli.documents.papers import Jenis, make_paper, paper_job
from idmcli.errors import ConfigError
from idmcli.parameters.evidence import questions
from idmcli.rubric import load_rubric

ROOT = Path(__file__).parents[1]
VILLAGE = {
    "kode_desa": "6503172008",
    "desa": "PA' MILAU <&> \"#{{",
    "kecamatan": "KRAYAN",
    "kabupaten": "NUNUKAN",
    "provinsi": "KALIMANTAN UTARA",
}


def context(**more: Any) -> dict[str, Any]:
    return form_context(VILLAGE, load_rubric("idm-2016"), tahun=2026, **more)


def rows(form: dict[str, Any]) -> dict[str, dict[str, Any]]:
    asked = [one.variabel.nama for one in questions(load_rubric("idm-2016"))]
    found = [row for part in form["tabel"]["bagian"] for row in part["baris"]]
    return dict(zip(asked, found, strict=True))


def made(form: dict[str, Any], kind: Jenis) -> bytes:
    return make_paper(paper_job(PurePath("formulir"), kind, form, lembar=FORM))


def test_static_answers_are_printed_and_everything_else_is_open() -> None:
    last = {"jarak_sd": 4550.0, "ruang_publik": "ada", "jumlah_dokter": 3, "waktu_sarkes": -1.0, "jumlah_agama": 2.5}
    form = rows(context(isi=last))
    assert (form["jarak_sd"]["isian"], form["jarak_sd"]["jawab"]) == ("4.550 meter", "4.550 meter")
    assert form["ruang_publik"]["jawab"] == "ada"
    assert [name for name, row in form.items() if row["isian"]] == ["jarak_sd", "ruang_publik"]
    assert form["jumlah_dokter"]["jawab"] == "................ orang"
    assert form["gotong_royong"]["jawab"] == "☐\u00a0ada   ☐\u00a0tidak"


def test_the_word_form_holds_every_question_and_name() -> None:
    document = Document(io.BytesIO(made(context(), "docx")))
    table = document.tables[0]
    assert table.rows[0]._tr.findall("./{*}trPr/{*}tblHeader"), "the header is not repeated"
    cells = {cell.text for row in table.rows for cell in row.cells}
    assert not [
        one.variabel.pertanyaan for one in questions(load_rubric("idm-2016")) if one.variabel.pertanyaan not in cells
    ]
    texts = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert f"Desa {VILLAGE['desa']}" in texts
    assert "{%" not in texts + "".join(cells)
    signing = "\n".join(cell.text for cell in document.tables[1].rows[0].cells)
    assert f"Kepala Desa {VILLAGE['desa']}" in signing


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_same_village_gives_the_same_bytes(kind: Jenis) -> None:
    assert made(context(), kind) == made(context(), kind)


def test_a_village_without_a_name_gets_dots() -> None:
    form = form_context({**VILLAGE, "kecamatan": None}, load_rubric("idm-2016"), tahun=2026)
    assert form["kepala"]["tempat"].startswith("Kecamatan ......")
    assert made(form, "pdf").startswith(b"%PDF")


def test_the_office_may_change_words_but_not_invent_places(tmp_path: Path) -> None:
    own = tmp_path / "formulir.toml"
    own.write_text('jenis = "Isian {tahun}"\n', encoding="utf-8")
    assert context(templat=tmp_path)["kepala"]["jenis"] == "Isian 2026"
    for number, (text, why) in enumerate(
        [('jenis = "{camat}"', "camat"), ('jeniss = "x"', "jeniss"), ("pihak = 3", "pihak")]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "formulir.toml").write_text(text, encoding="utf-8")
        with pytest.raises(ConfigError, match=why):
            context(templat=folder)


def test_the_word_template_is_what_its_script_makes(tmp_path: Path) -> None:
    script = (ROOT / "docs" / "buat_formulir_word.py").read_text(encoding="utf-8")
    (tmp_path / "buat.py").write_text(
        script.replace("TARGET.write_bytes", "Path('hasil.docx').write_bytes"), encoding="utf-8"
    )
    beside = os.pathsep.join(map(str, (ROOT, ROOT / "docs")))
    subprocess.run([sys.executable, "buat.py"], cwd=tmp_path, check=True, env={"PYTHONPATH": beside})
    assert (tmp_path / "hasil.docx").read_bytes() == (ROOT / "idmcli" / "templates" / "formulir.docx").read_bytes()
