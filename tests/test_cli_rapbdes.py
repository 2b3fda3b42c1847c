"""`idm rapbdes` as a Tenaga Ahli runs it: the screen, the pack, the mapping, resuming, faults."""

import io
import json
import shutil
import zipfile
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from docx import Document

from idmcli.columns import IDENTITY
from idmcli.parameters.budget_rules import load_budget_rules
from idmcli.parameters.crosswalk import load_crosswalk
from idmcli.settings import load_settings
from tests.conftest import SAMPLE, Run
from tests.program import run_here
from tests.rapbdes_cases import RUBRIC, sample_gapped

BUDGETS = SAMPLE.parent / "rapbdes"
LIST = BUDGETS / "daftar-tana-lia.csv"
VILLAGE = "6504032002"
"""TENGKU DACING of the plain list: its budget does not balance."""
SETTINGS = """
[rapbdes]
tempat = "Tanah Merah"
kop = ["PEMERINTAH {kabupaten_kota}", "DPMD & <Desa> #1"]
penandatangan = [{ peran = "Tenaga Ahli", nama = "Siti *Aminah*", nip = "1" }, { peran = "Camat {kecamatan}" }]
"""


def test_the_screen_says_verdicts_gaps_and_faults(idm: Run, scores: str) -> None:
    ended = idm("rapbdes", scores, str(LIST), "--banyak", "4")
    assert ended.returncode == 1, "the list holds a negative amount"
    for said in ("5 desa diverifikasi, 27 desa sekabupaten tanpa berkas", "Usulan putusan", "tidak sesuai"):
        assert said in ended.stdout
    assert "TENGKU DACING: Pendapatan dikurangi belanja" in ended.stdout
    assert "1 galat" in ended.stdout
    assert "I24" in ended.stdout
    assert max(len(line.rstrip()) for line in ended.stdout.splitlines()) <= 80


def test_json_holds_everything_and_nothing_else(idm: Run, scores: str) -> None:
    ended = idm("rapbdes", scores, str(LIST), "--json")
    document = json.loads(ended.stdout)
    assert document["perintah"] == "rapbdes"
    assert document["tahun_anggaran"] == 2025
    assert [row["kode_desa"] for row in document["desa"]] == [f"650403200{n}" for n in range(1, 6)]
    assert {"putusan", "idm_k_harapan", "status_harapan", "terkait_langsung"} <= document["desa"][0].keys()
    assert all(row["sel"] for row in document["tautan"])
    assert len(document["tanpa_berkas"]) == 27


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Tana Tidung alone, as a file of its own."""
    chosen = sample_gapped().loaded.scored.filter(pl.col("kode_desa").str.starts_with("6504"))
    assert chosen.height == 32
    target = tmp_path_factory.mktemp("skor") / "tana-tidung.csv"
    chosen.select(*IDENTITY, *RUBRIC.codes).write_csv(target)
    return str(target)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory, scores: str) -> Path:
    """A pack of the plain list, papers of one village."""
    place = tmp_path_factory.mktemp("paket")
    (place / "idm.toml").write_text(SETTINGS, encoding="utf-8")
    arguments = ["rapbdes", scores, str(LIST), "-o", "paket", "--hanya", VILLAGE, "--tanggal", "2025-11-21"]
    ended = run_here([*arguments, "--format", "docx,pdf,html", "--jobs", "1"], place)
    assert ended.returncode == 1, ended.stderr
    return place


def papers(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_pack_holds_sheets_books_recaps_and_archives(pack: Path) -> None:
    names = set(papers(pack / "paket"))
    village = f"desa/TANA TIDUNG/TANA LIA/{VILLAGE} TENGKU DACING 2025"
    district = "kecamatan/TANA TIDUNG/650403 TANA LIA 2025"
    assert names == {
        *(f"{village}.{kind}" for kind in ("docx", "pdf", "html", "xlsx")),
        *(f"{district}.{kind}" for kind in ("xlsx", "zip")),
        "kabupaten/6504 TANA TIDUNG 2025.xlsx",
        "temuan.xlsx",
        "idm-dokumen.json",
    }
    with zipfile.ZipFile(pack / "paket" / f"{district}.zip") as archive:
        assert len(archive.namelist()) == 5
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        inside = archive.read(f"{VILLAGE} TENGKU DACING 2025.docx")
    text = words(inside)
    for said in ("LEMBAR VERIFIKASI RAPBDES", "DESA TENGKU DACING – TAHUN ANGGARAN 2025", "DPMD & <Desa> #1"):
        assert said in text
    for said in ("Siti *Aminah*", "Camat TANA LIA", "Tanah Merah, 21 November 2025", "kurang Rp40.000.000", "☒", "☐"):
        assert said in text
    page = (pack / "paket" / f"{village}.html").read_text(encoding="utf-8")
    assert "DPMD &amp; &lt;Desa&gt; #1" in page


def words(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_village_book_traces_every_line_to_its_cell(pack: Path) -> None:
    (path,) = (pack / "paket").rglob(f"{VILLAGE}*.xlsx")
    book = openpyxl.load_workbook(path, data_only=True)
    assert book.sheetnames == ["INDIKATOR", "RINCIAN", "BELANJA", "FORMAL", "PUTUSAN", "KETERANGAN"]
    table = [row for row in book["RINCIAN"].iter_rows(values_only=True) if any(row)]
    head = next(number for number, row in enumerate(table) if row[0] == "Kode indikator")
    at = {name: table[head].index(name) for name in ("Sel", "Kaitan", "Anggaran (Rp)", "Berkas")}
    typed = LIST.read_text(encoding="cp1252").splitlines()
    rows = table[head + 1 :]
    assert rows
    for row in rows:
        line = typed[int(str(row[at["Sel"]]).lstrip("ABCDEFGHIJ")) - 1]
        money = int(str(row[at["Anggaran (Rp)"]]))
        assert VILLAGE in line
        assert str(money) in line.replace(".", ""), line


def test_a_second_run_makes_nothing_anew_and_keeps_what_somebody_edited(
    idm: Run, pack: Path, scores: str, tmp_path: Path
) -> None:
    place = tmp_path / "salinan"
    shutil.copytree(pack, place)
    before = papers(place / "paket")
    arguments = [
        "rapbdes",
        scores,
        str(LIST),
        "-o",
        "paket",
        "--hanya",
        "tengku dacing",
        "--tanggal",
        "2025-11-21",
    ]
    arguments += ["--format", "docx,pdf,html", "--jobs", "1"]
    ended = idm(*arguments, cwd=place)
    assert "0 dibuat, 8 sudah mutakhir" in ended.stderr
    assert papers(place / "paket") == before
    (sheet,) = (place / "paket").rglob("*.html")
    sheet.write_text("disunting", encoding="utf-8")
    ended = idm(*arguments, cwd=place)
    assert "1 tidak diganti" in ended.stderr
    assert sheet.read_text(encoding="utf-8") == "disunting"
    (archive,) = (place / "paket").rglob("*.zip")
    assert zipfile.ZipFile(archive).read(sheet.name) == b"disunting", "the archive holds the papers as they stand"


def test_unknown_villages_get_a_mapping_that_is_never_overwritten(idm: Run, scores: str, tmp_path: Path) -> None:
    source = BUDGETS / "cetakan" / "apbdes-5.xlsx"
    arguments = ["rapbdes", scores, str(source), "-o", "paket", "--format", "html", "--jobs", "1", "-q"]
    ended = idm(*arguments, cwd=tmp_path)
    mapping = tmp_path / "paket" / "pemetaan.csv"
    assert ended.returncode == 1
    assert "Isi kolom kode_desa" in ended.stderr
    head, *lines = mapping.read_text(encoding="utf-8-sig").splitlines()
    assert head.startswith("berkas,lembar,kode_siskeudes,kode_desa")
    assert len(lines) == 1
    mapping.write_text(f"{head}\n{source},,,6504052006,\n", encoding="utf-8")
    edited = mapping.read_bytes()
    ended = idm(*arguments, "--force", cwd=tmp_path)
    assert mapping.read_bytes() == edited
    assert [path.name for path in (tmp_path / "paket" / "desa").rglob("*.html")] == ["6504052006 SAPARI 2025.html"]
    mapping.write_text(f"{head}\nlain.xlsx,,,6504052006,\n", encoding="utf-8")
    ended = idm(*arguments, "--force", cwd=tmp_path)
    assert mapping.read_text(encoding="utf-8").endswith("lain.xlsx,,,6504052006,\n")
    assert (tmp_path / "paket" / "pemetaan-tambahan.csv").is_file()
    assert "salin barisnya" in " ".join(ended.stderr.split())


def test_an_office_template_takes_the_place_of_ours_and_its_faults_are_named(
    idm: Run, scores: str, tmp_path: Path
) -> None:
    folder = tmp_path / "templat"
    folder.mkdir()
    (folder / "rapbdes.html.j2").write_text("{{ isi.desa }}: {{ isi.putusan }}", encoding="utf-8")
    arguments = ["rapbdes", scores, str(LIST), "-o", "paket", "--format", "html", "--hanya", VILLAGE, "-q"]
    idm(*arguments, "--templat", "templat", "--jobs", "1", cwd=tmp_path)
    (sheet,) = (tmp_path / "paket").rglob("*.html")
    assert sheet.read_text(encoding="utf-8") == "TENGKU DACING: tidak sesuai"
    faulty = tmp_path / "templat-salah"
    faulty.mkdir()
    (faulty / "rapbdes.html.j2").write_text("{{ isi.desaa }}", encoding="utf-8")
    ended = idm(*arguments, "--templat", "templat-salah", "--jobs", "1", cwd=tmp_path)
    assert ended.returncode == 4
    assert "rapbdes.html.j2 baris 1" in ended.stderr


def test_one_paper_that_cannot_be_written_stops_no_other(idm: Run, scores: str, tmp_path: Path) -> None:
    place = tmp_path / "paket" / "desa" / "TANA TIDUNG" / "TANA LIA" / f"{VILLAGE} TENGKU DACING 2025.html"
    place.mkdir(parents=True)
    arguments = ["rapbdes", scores, str(LIST), "-o", "paket", "--format", "html", "--hanya", "650403", "-q"]
    ended = idm(*arguments, "--jobs", "1", "--force", cwd=tmp_path)
    assert ended.returncode == 5
    assert "Gagal: 1 dokumen" in ended.stderr
    assert len([path for path in (tmp_path / "paket" / "desa").rglob("*.html") if path.is_file()]) == 4


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["-o", "kaltara.xlsx"], 2, "bukan folder"),
        (["-o", "paket", "--hanya", "BULUNGAN"], 2, "tidak ada desa itu"),
        (["--format", "odt"], 2, "--format odt tidak dikenal"),
        (["--pemetaan", "tiada.csv"], 4, "tiada.csv tidak ada"),
        (["--tanggal", "21 Nov"], 2, "bukan tanggal"),
    ],
)
def test_what_cannot_be_heeded_is_said(idm: Run, scores: str, arguments: list[str], code: int, said: str) -> None:
    ended = idm("rapbdes", scores, "rapbdes/daftar-tana-lia.csv", *arguments, cwd=SAMPLE.parent)
    assert ended.returncode == code, ended.stderr
    assert said in ended.stderr


def test_an_office_gets_its_copy_of_crosswalk_and_rules_once(idm: Run, tmp_path: Path) -> None:
    assert idm("rapbdes", "--salin-aturan", "aturan", cwd=tmp_path).returncode == 0
    settings = tmp_path / "idm.toml"
    settings.write_text('[rapbdes]\nsilang = "aturan/silang.csv"\naturan = "aturan/aturan.toml"\n')
    own, rubric = load_settings(str(settings)).rapbdes, RUBRIC
    assert load_crosswalk(rubric, own.silang).kegiatan.equals(load_crosswalk(rubric).kegiatan)
    assert load_budget_rules(own.aturan).aturan == load_budget_rules().aturan
    again = idm("rapbdes", "--salin-aturan", "aturan", cwd=tmp_path)
    assert (again.returncode, "silang.csv, aturan.toml sudah ada" in again.stderr) == (2, True)
    assert "bukan folder" in idm("rapbdes", "--salin-aturan", "idm.toml", cwd=tmp_path).stderr
