"""`idm berita-acara` as offices run it: levels, officials, letterheads, merged files, drafts and comparisons."""

import html
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import Workbook

from tests.conftest import SAMPLE, Run
from tests.minutes_cases import FEW, elsewhere, papers, picture, register, villages, word_text

SAMPLES = SAMPLE.parent
DAY = ("--tanggal", "2025-06-14")
PAGES = re.compile(rb"/Type/Pages/Count (\d+)")
ONE = ("--jobs", "1")


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(villages(tmp_path_factory.mktemp("data") / "sedikit.csv"))


def pages(path: Path) -> int:
    found = PAGES.search(path.read_bytes())
    assert found
    return int(found[1])


def test_one_run_prints_every_level_and_a_second_the_same_bytes(few: str, tmp_path: Path, idm: Run) -> None:
    asked = ("--level", "semua", "--hanya", "650101", "--format", "docx,pdf,html", *DAY, *ONE)
    first = idm("berita-acara", few, *asked, "--dokumen", "a", cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    made = papers(tmp_path / "a")
    assert len(made) == 3 * (2 + 1 + 1 + 1)
    assert "desa/BULUNGAN/TANJUNG PALAS/6501012006 PEJALIN 2024.docx" in made
    assert "provinsi/65 KALIMANTAN UTARA 2024.pdf" in made
    assert "Semua 2 desa: nama Kepala Desa, nama Pendamping Lokal Desa\n" in first.stderr
    assert "Kabupaten BULUNGAN: 71 desa menurut acuan wilayah" in " ".join(first.stderr.split())
    told = word_text(tmp_path / "a" / "desa/BULUNGAN/TANJUNG PALAS/6501012006 PEJALIN 2024.docx")
    for words in ("Sabtu, tanggal empat belas, bulan Juni, tahun dua ribu dua puluh lima (14/06/2025)", "6501012006"):
        assert words in told
    ((above,),) = [[Document(str(path)) for path in (tmp_path / "a" / "kabupaten").glob("6501*.docx")]]
    listed = above.tables[-1]
    assert listed.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert [row.cells[1].text for row in listed.rows[1:]] == list(FEW[:3])
    second = idm("berita-acara", few, *asked, "--dokumen", "b", "-q", cwd=tmp_path)
    assert (second.returncode, second.stderr) == (0, "")
    for name in (*made, "register-berita-acara.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name
    again = idm("berita-acara", few, *asked, "--dokumen", "a", cwd=tmp_path)
    assert "0 dibuat, 15 sudah mutakhir" in again.stderr


def test_names_come_out_as_they_are_typed_in_every_form(tmp_path: Path, idm: Run) -> None:
    name = 'LONG <A> & "B" PA\' {{ X }} #Y $Z'
    data = elsewhere(tmp_path / "lain.csv", [name, "DUA"])
    ended = idm("berita-acara", str(data), "--dokumen", "d", "--format", "docx,pdf,html", *DAY, *ONE, cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    folder = tmp_path / "d"
    ((word,), (pdf,), (page,)) = ([*folder.glob(f"desa/**/*01 *.{kind}")] for kind in ("docx", "pdf", "html"))
    assert not set('<>:"/\\|?*{}') & set(word.name)
    for words in (name, "Provinsi UTARA & SELATAN", "KABUPATEN <A>", "KECAMATAN 'B'"):
        assert words in word_text(word)
    assert "LONG &lt;A&gt; &amp; &#34;B&#34; PA&#39; {{ X }} #Y $Z" in page.read_text(encoding="utf-8")
    if (reader := shutil.which("pdftotext")) is None:
        pytest.skip("pdftotext is not installed")
    said = subprocess.run([reader, str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    assert name in said.replace("’", "'"), said


def test_officials_sign_where_their_code_says(few: str, tmp_path: Path, idm: Run) -> None:
    lines = [
        ("kode", "peran", "nama", "nip", "saksi"),
        ("65.01.01.2006", "Pj. Kepala Desa", "SITI & ANAK", "19700101 199003 1 001", ""),
        ("6501012006", "Ketua BPD", "AMIR", "", "ya"),
        ("650101", "Camat", "BUDI", "-", ""),
        ("6501019999", "Kepala Desa", "HANTU", "", ""),
    ]
    (tmp_path / "p.csv").write_text("\n".join(";".join(line) for line in lines), encoding="utf-8")
    book = Workbook()
    for line in lines:
        book.worksheets[0].append(line)
    book.save(tmp_path / "p.xlsx")
    asked = ("--level", "desa,kecamatan", "--hanya", "650101", "--format", "html", *ONE, *DAY)
    for kind in ("csv", "xlsx"):
        ended = idm("berita-acara", few, *asked, "--pejabat", f"p.{kind}", "--dokumen", kind, cwd=tmp_path)
        assert ended.returncode == 0, ended.stderr
        assert "Pejabat untuk 6501019999 tidak dipakai" in ended.stderr
        assert "Desa GUNUNG PUTIH: nama Kepala Desa\n" in ended.stderr
    made = papers(tmp_path / "csv")
    assert made == papers(tmp_path / "xlsx")
    assert all((tmp_path / "csv" / name).read_bytes() == (tmp_path / "xlsx" / name).read_bytes() for name in made)
    village, above = (
        html.unescape(next((tmp_path / "csv").glob(f"{place}*.html")).read_text(encoding="utf-8"))
        for place in ("**/*PEJALIN", "kec*/")
    )
    for words in ("Pj. Kepala Desa", "SITI & ANAK", "NIP 19700101 199003 1 001", "Saksi-saksi:", "AMIR"):
        assert words in village
    assert "BUDI" in above
    assert "NIP" not in above
    (tmp_path / "dua.csv").write_text("kode,peran,nama\n650101,Camat,A\n650102,Camat,B\n650101,camat,C\n")
    twice = idm("berita-acara", few, "--pejabat", "dua.csv", "--dokumen", "d", cwd=tmp_path)
    assert (twice.returncode, twice.stderr.count("\n")) == (4, 1)
    assert "dua.csv baris 4" in twice.stderr
    assert "baris 2" in twice.stderr
    assert not (tmp_path / "d").exists()


SETTINGS = """\
[berita_acara]
nomor = "{nomor:03}/{kode}/{bulan_romawi}/{tahun_surat}"
tanggal = 2025-06-14
penutup = "Penutup umum."
[berita_acara.desa]
kop = ["KANTOR {DESA} & <REKAN>"]
logo = "LOGO"
penutup = "Penutup desa."
[berita_acara.unit."65.01.01.2006"]
tempat = "Balai 'Adat' & <Seni>"
penutup = "Penutup {desa}."
"""


def test_an_office_decides_per_level_and_per_unit(few: str, tmp_path: Path, idm: Run) -> None:
    (tmp_path / "logo.png").write_bytes(picture())
    (tmp_path / "idm.toml").write_text(SETTINGS.replace("LOGO", "logo.png"), encoding="utf-8")
    asked = ("--level", "desa,kecamatan", "--hanya", "650101", "--dokumen", "d", *ONE)
    ended = idm("berita-acara", few, *asked, cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    one, two, above = (tmp_path / "d" / name for name in papers(tmp_path / "d"))
    told = word_text(two)
    for words in ("KANTOR PEJALIN & <REKAN>", "Balai 'Adat' & <Seni>", "Penutup PEJALIN.", "002/6501012006/VI/2025"):
        assert words in told
    assert "Penutup desa." in word_text(one)
    assert "Penutup umum." in word_text(above)
    assert [len(Document(str(path)).inline_shapes) for path in (one, two, above)] == [1, 1, 0]
    typed = idm("berita-acara", few, *asked, "--tempat", "Aula {x}", "--nomor", "{nomor}/X", cwd=tmp_path)
    assert "3 dibuat" in typed.stderr
    assert "Nomor: 2/X" in word_text(two)
    assert "Aula {x}" in word_text(two)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (SETTINGS.replace("LOGO", "tiada.png"), "tiada.png tidak ada"),
        (SETTINGS.replace("LOGO", "idm.toml"), "bukan gambar yang utuh"),
        (SETTINGS.replace('logo = "LOGO"', "").replace("{nomor:03}", "{nomr}"), "menyebut {nomr}"),
        (SETTINGS.replace('logo = "LOGO"', "").replace("{nomor:03}", "{nomor:3}"), "Tulis {nomor:03}"),
        (SETTINGS.replace('logo = "LOGO"', "logoo = 1"), "Mungkin maksudnya berita_acara.desa.logo"),
        ('[berita_acara]\npejabat = "tiada.csv"\n', "tiada.csv tidak ada"),
    ],
)
def test_settings_that_cannot_be_are_named_and_nothing_is_written(
    settings: str, told: str, few: str, tmp_path: Path, idm: Run
) -> None:
    (tmp_path / "idm.toml").write_text(settings, encoding="utf-8")
    ended = idm("berita-acara", few, "--dokumen", "d", "-q", cwd=tmp_path)
    assert (ended.returncode, ended.stderr.count("\n")) == (4, 1), ended.stderr
    assert told in ended.stderr
    assert not (tmp_path / "d").exists(), "no number is given"


def test_one_file_per_office_to_print_once(few: str, tmp_path: Path, idm: Run) -> None:
    asked = ("--level", "desa,provinsi", *DAY, *ONE, "--format", "docx,pdf,html")
    for folder, merging in (("satu", ()), ("gabung", ("--gabung", "kabupaten"))):
        ended = idm("berita-acara", few, *asked, *merging, "--dokumen", folder, "-q", cwd=tmp_path)
        assert ended.returncode == 0, ended.stderr
    merged, single = tmp_path / "gabung", tmp_path / "satu"
    assert register(merged) == register(single)
    offices = ("6501 KABUPATEN BULUNGAN", "6502 KABUPATEN MALINAU", "6503 KABUPATEN NUNUKAN")
    grouped = [f"gabungan/desa/{office} 2024.pdf" for office in offices]
    assert papers(merged, "pdf") == [*grouped, "provinsi/65 KALIMANTAN UTARA 2024.pdf"]
    book = merged / "gabungan/desa/6501 KABUPATEN BULUNGAN 2024.docx"
    document = Document(str(book))
    assert len(document.sections) == 3, "each village begins a page, with its own foot"
    text = word_text(book)
    order = [text.index(f"/BA-IDM/{code}/") for code in FEW[:3]]
    assert order == sorted(order)
    alone = [pages(path) for path in single.glob("desa/BULUNGAN/**/*.pdf")]
    assert pages(book.with_suffix(".pdf")) == sum(alone)
    assert book.with_suffix(".html").read_text(encoding="utf-8").count("BERITA ACARA PENETAPAN STATUS DESA") == 3
    vain = idm("berita-acara", few, "--level", "provinsi", "--gabung", "kecamatan", "--dokumen", "x", cwd=tmp_path)
    assert vain.returncode == 2
    assert "tidak terbagi per kecamatan" in vain.stderr


@pytest.mark.parametrize(
    ("only", "level", "codes"),
    [
        ("65.01.01.2006", "desa", ["6501012006"]),
        ("desa pejalin, 6502", "desa", ["6501012006", "6502052001"]),
        ("Kec. Tanjung Palas", "desa", ["6501012005", "6501012006"]),
        ("BULUNGAN", "kecamatan", ["650101", "650102"]),
        ("Pejalin", "kabupaten", ["6501"]),
    ],
)
def test_only_the_places_named(only: str, level: str, codes: list[str], few: str, tmp_path: Path, idm: Run) -> None:
    asked = ("--hanya", only, "--level", level, "--format", "html", "--dokumen", "d", *ONE)
    ended = idm("berita-acara", few, *asked, cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert sorted(Path(name).name.split(" ")[0] for name in papers(tmp_path / "d")) == codes


@pytest.mark.parametrize(
    ("only", "told"),
    [
        ("LONG NAWANG", "6502052001 (desa di KAYAN HULU), 6503052039 (desa di KRAYAN)"),
        ("PEJALEN", 'Mungkin maksudnya "PEJALIN"'),
        ("9999", "tidak ada desa itu dalam data"),
    ],
)
def test_a_place_that_is_not_clear_is_asked_for(only: str, told: str, few: str, tmp_path: Path, idm: Run) -> None:
    ended = idm("berita-acara", few, "--hanya", only, "--dokumen", "d", "-q", cwd=tmp_path)
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1), ended.stderr
    assert told in ended.stderr
    assert not (tmp_path / "d").exists()


def test_strict_leaves_nothing_to_fill_in_by_hand(tmp_path: Path, idm: Run) -> None:
    asked = ("--hanya", "650101", "--level", "desa,kecamatan", "--strict", "--format", "html", *ONE)
    lacking = idm("berita-acara", str(SAMPLE), *asked, "--dokumen", "d", "-q", cwd=tmp_path)
    assert lacking.returncode == 4
    assert "Semua 5 desa: nama Kepala Desa, nama Pendamping Lokal Desa, tanggal; " in lacking.stderr
    assert "Kecamatan TANJUNG PALAS: nama Camat, NIP Camat" in lacking.stderr
    assert not (tmp_path / "d").exists()
    office = ("--config", str(SAMPLES / "idm-contoh.toml"))
    whole = idm("berita-acara", str(SAMPLE), *asked, *office, "--dokumen", "d", "-q", cwd=tmp_path)
    assert (whole.returncode, whole.stderr) == (0, "")
    assert len(papers(tmp_path / "d")) == 6


def test_two_statuses_wait_for_the_officer_and_a_draft_states_none(tmp_path: Path, idm: Run) -> None:
    data = str(villages(tmp_path / "beda.csv", stated={"6501012005": "MANDIRI"}))
    asked = ("--level", "desa,kabupaten", "--hanya", "6501", "--format", "docx,html", *ONE, *DAY)
    held = idm("berita-acara", data, *asked, "--dokumen", "d", cwd=tmp_path)
    assert held.returncode == 1
    assert "Tanpa berita acara: 1 desa\n  6501012005 GUNUNG PUTIH: Status tertulis MANDIRI" in held.stderr
    assert "6501 BULUNGAN: 1 desa tertahan: GUNUNG PUTIH (6501012005)" in held.stderr
    assert "pilih --dasar terbit atau" in " ".join(held.stderr.split())
    assert not [name for name in papers(tmp_path / "d") if "6501012005" in name or "kabupaten" in name]
    draft = idm("berita-acara", data, *asked, "--dokumen", "d", "--paksa", cwd=tmp_path)
    assert draft.returncode == 1
    assert "Bertanda DRAF: 1 desa, tanpa nomor\n  6501012005 Desa GUNUNG PUTIH" in draft.stderr
    assert ("desa", "6501012005") not in register(tmp_path / "d")
    for name in ("GUNUNG PUTIH", "BULUNGAN"):
        (paper,) = (tmp_path / "d").glob(f"**/*{name} 2024.docx")
        assert 'string="DRAF"' in Document(str(paper)).sections[0].header._element.xml
        told = word_text(paper)
        assert "Nomor: …………/BA-IDM/" in told
        assert "DRAF</p>" in paper.with_suffix(".html").read_text(encoding="utf-8")
    assert not [page for page in (tmp_path / "d").glob("**/*PEJALIN*.html") if "DRAF</p>" in page.read_text("utf-8")]
    assert "ditetapkan dengan status (belum dapat ditetapkan)." in word_text(
        tmp_path / "d/desa/BULUNGAN/TANJUNG PALAS/6501012005 GUNUNG PUTIH 2024.docx"
    )
    page = ("--format", "html", "-q")
    for basis, status in (("terbit", "MANDIRI"), ("hitung", "BERKEMBANG")):
        chosen = idm("berita-acara", data, *asked, *page, "--dokumen", basis, "--dasar", basis, cwd=tmp_path)
        assert (chosen.returncode, chosen.stderr) == (0, "")
        (paper,) = (tmp_path / basis).glob("**/*GUNUNG PUTIH 2024.html")
        assert f"ditetapkan dengan status {status}." in paper.read_text(encoding="utf-8")


def test_a_year_before_is_compared_above_the_village(tmp_path: Path, idm: Run) -> None:
    asked = ("--baseline", str(SAMPLES / "kaltara-2023.xlsx"), "--level", "desa,kabupaten", "--hanya", "6504")
    ended = idm("berita-acara", str(SAMPLE), *asked, "--format", "html", "--dokumen", "d", *DAY, *ONE, cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    page = next((tmp_path / "d" / "kabupaten").iterdir()).read_text(encoding="utf-8")
    assert "Perbandingan dengan tahun 2023" in page
    found = re.search(r"status (\d+) desa naik dan (\d+) desa turun", page)
    assert found
    moved = sum(map(int, found.groups()))
    assert moved > 0
    assert len(re.findall(r">(?:naik|turun)<", page)) == moved, "each of them stands in the attachment"
    village = next((tmp_path / "d" / "desa").rglob("*.html")).read_text(encoding="utf-8")
    assert "Perbandingan" not in village
