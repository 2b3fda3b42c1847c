"""`idm berita-acara` over the years: the register, runs that are killed or meet, own templates, wrong commands."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document

from idmcli.documents.folder import PaperFolder
from idmcli.documents.register import Register
from tests.conftest import ROOT, Run
from tests.minutes_cases import FEW, papers, register, villages, word_text

REGISTER = "register-berita-acara.csv"
ONE = ("--jobs", "1")
KILLED = """
import os, signal, sys
from idmcli.documents.folder import PaperFolder
from idmcli.cli import main
write, left = PaperFolder.write, [3]
def cut(*arguments):
    left[0] -= 1
    if left[0] < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return write(*arguments)
PaperFolder.write = cut
main()
"""


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(villages(tmp_path_factory.mktemp("data") / "sedikit.csv"))


def test_a_number_once_given_stays_whatever_happens_to_the_papers(few: str, tmp_path: Path, idm: Run) -> None:
    folder = tmp_path / "d"

    def make(*more: str) -> str:
        ended = idm("berita-acara", few, "--format", "html", "--dokumen", "d", *ONE, *more, cwd=tmp_path)
        assert ended.returncode == 0, ended.stderr
        return ended.stderr

    make("--hanya", "6502")
    make()
    numbers = {("desa", "6502052001"): 1, **{("desa", kode): n for n, kode in enumerate((*FEW[:3], FEW[4]), 2)}}
    assert register(folder) == numbers
    lost = folder / papers(folder)[0]
    told = lost.read_bytes()
    lost.unlink()
    assert "1 dibuat, 4 sudah mutakhir" in make("--level", "desa")
    assert lost.read_bytes() == told
    lines = (folder / REGISTER).read_text().splitlines(keepends=True)
    (folder / REGISTER).write_text("".join(lines[:2]) + "2024,desa,6501012005,40\n")
    make()
    assert register(folder)["desa", "6501012006"] == 41, "a gap stays one"
    make("--level", "kecamatan", "--nomor", "{kode}/tetap")
    assert not [level for level, _ in register(folder) if level != "desa"], "a pattern without counter counts nothing"
    edited = folder / papers(folder)[1]
    edited.write_text("disunting")
    assert "1 tidak diganti, karena sudah disunting" in make("--tempat", "Aula")
    assert edited.read_text() == "disunting"


@pytest.mark.parametrize(
    "text", ["rusak\n", "tahun,level,kode,nomor\n2024,desa,6501012005,1\n2024,desa,6501012006,1\n"]
)
def test_a_damaged_register_stops_the_run_and_stays(text: str, few: str, tmp_path: Path, idm: Run) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / REGISTER).write_text(text)
    ended = idm("berita-acara", few, "--dokumen", "d", "-q", cwd=tmp_path)
    assert (ended.returncode, ended.stderr.count("\n")) == (4, 1)
    assert f"{REGISTER} baris" in ended.stderr
    assert (tmp_path / "d" / REGISTER).read_text() == text
    assert papers(tmp_path / "d") == []


def test_a_killed_run_is_completed_with_the_same_numbers(few: str, tmp_path: Path, idm: Run) -> None:
    folder = tmp_path / "d"
    asked = ("berita-acara", few, "--level", "desa,kecamatan", "--dokumen", str(folder), *ONE)
    program = [sys.executable, "-c", KILLED, *asked]
    assert subprocess.run(program, capture_output=True, cwd=ROOT).returncode == -signal.SIGKILL
    assert len(papers(folder)) == 3
    (folder / ".idm-0123456789ab.docx").write_bytes(b"setengah")
    numbers = register(folder)
    assert len(numbers) == 5 + 4
    ended = idm(*asked)
    assert "6 dibuat, 3 sudah mutakhir" in ended.stderr, ended.stderr
    assert register(folder) == numbers
    assert sorted(path.name for path in folder.iterdir() if path.is_file()) == ["idm-dokumen.json", REGISTER]


def test_a_second_run_at_once_is_refused(few: str, tmp_path: Path, idm: Run) -> None:
    folder = tmp_path / "d"
    folder.mkdir()
    for taken in (PaperFolder(folder), Register(folder / REGISTER)):
        with taken:
            ended = idm("berita-acara", few, "--dokumen", "d", "-q", cwd=tmp_path)
        assert ended.returncode == 5
        assert "sedang dipakai idm lain" in ended.stderr
        assert papers(folder) == []
    assert idm("berita-acara", few, "--dokumen", "d", "-q", *ONE, cwd=tmp_path).returncode == 0


TEMPLATES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "tag not closed": ("html", "{{ dokumen[0].judul", ("baris 1",)),
    "unknown variable": ("html", "<p>\n{{ dokumen[0].kepala_desa }}", ("baris 2", "'kepala_desa'")),
    "typst": ("pdf", "#let x = (", ("baris 1",)),
    "no Word document": ("docx", "", ("bukan dokumen Word",)),
    "Word tag unknown": ("docx", "Nama {{ dokumen[0].kepala_desa }}", ("{{ dokumen[0].kepala_desa }}",)),
}
NAMES = {"html": "berita-acara.html.j2", "pdf": "berita-acara.typ.j2", "docx": "berita-acara.docx"}


@pytest.mark.parametrize("case", TEMPLATES)
def test_a_template_that_cannot_be_is_named(case: str, few: str, tmp_path: Path, idm: Run) -> None:
    kind, text, told = TEMPLATES[case]
    place = tmp_path / "templat" / NAMES[kind]
    place.parent.mkdir()
    if kind == "docx" and text:
        document = Document()
        document.add_paragraph(text)
        document.save(str(place))
    else:
        place.write_text(text)
    asked = ("--templat", "templat", "--format", kind, "--dokumen", "d", "-q", *ONE)
    ended = idm("berita-acara", few, *asked, cwd=tmp_path)
    assert (ended.returncode, ended.stderr.count("\n")) == (4, 1), ended.stderr
    for words in (NAMES[kind], "--daftar-variabel", *told):
        assert words in ended.stderr
    assert papers(tmp_path / "d") == []


def test_an_office_prints_with_its_own_word_template(few: str, tmp_path: Path, idm: Run) -> None:
    (tmp_path / "templat").mkdir()
    document = Document()
    document.add_paragraph("{% for satu in dokumen %}{{ satu.isi.desa }} berstatus {{ satu.isi.status }};{% endfor %}")
    document.save(str(tmp_path / "templat" / "berita-acara.docx"))
    asked = ("--templat", "templat", "--hanya", "6501", "--gabung", "kabupaten", "--format", "docx,pdf", *ONE)
    ended = idm("berita-acara", few, *asked, "--dokumen", "d", cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert "berita-acara.typ.j2 tidak ada di templat: dipakai templat bawaan" in ended.stderr
    (made,) = (tmp_path / "d").rglob("*.docx")
    assert "GUNUNG PUTIH berstatus BERKEMBANG;PEJALIN berstatus MANDIRI;" in word_text(made)


def test_every_variable_is_printed_with_an_example(idm: Run) -> None:
    ended = idm("berita-acara", "--daftar-variabel")
    assert ended.returncode == 0
    for words in ("dokumen[0].isi.status", "dokumen[0].kop.baris[0]", "dokumen[0].tanda_tangan[0][0].nama"):
        assert words in ended.stdout


WRONG: dict[str, tuple[tuple[str, ...], int, str]] = {
    "level": (("--level", "kecamaten", "--dokumen", "d"), 2, 'Mungkin maksudnya "kecamatan". Pilih: desa, kecamatan'),
    "second level": (("--level", "desa,rt", "--dokumen", "d"), 2, "--level rt tidak dikenal"),
    "merging": (("--gabung", "desa", "--dokumen", "d"), 2, "Pilih: kecamatan, kabupaten, provinsi"),
    "basis": (("--dasar", "resmi", "--dokumen", "d"), 2, "Pilih: terbit, hitung"),
    "nothing stated": (("--dasar", "terbit", "--dokumen", "d"), 2, "tidak menyebut status"),
    "form": (("--format", "odt", "--dokumen", "d"), 2, "Pilih: "),
    "date": (("--tanggal", "31-02-2025", "--dokumen", "d"), 2, "bukan tanggal"),
    "number": (("--nomor", "{nomor", "--dokumen", "d"), 4, "tidak berpasangan"),
    "no folder": ((), 2, "--dokumen belum disebut"),
    "file for a folder": (("--dokumen", "berkas"), 2, "bukan folder"),
    "folder in a file": (("--dokumen", "berkas/d"), 5, "ada berkas di tempat foldernya"),
    "templates": (("--templat", "tiada", "--dokumen", "d"), 2, "bukan folder"),
    "officials": (("--pejabat", "tiada.csv", "--dokumen", "d"), 4, "tiada.csv tidak ada"),
    "year of no baseline": (("--tahun-baseline", "2023", "--dokumen", "d"), 2, "--baseline"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_command_is_one_line_and_writes_nothing(case: str, few: str, tmp_path: Path, idm: Run) -> None:
    asked, code, told = WRONG[case]
    (tmp_path / "berkas").write_text("isi")
    ended = idm("berita-acara", few, *asked, "-q", cwd=tmp_path)
    assert (ended.returncode, ended.stderr.count("\n")) == (code, 1), ended.stderr
    assert told in ended.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["berkas"]
