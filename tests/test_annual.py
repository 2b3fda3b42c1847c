"""`idm annual-report` as cron meets it: what it publishes, and what it does not when something is wrong."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from idmcli.commands import annual_make, annual_papers
from idmcli.commands.annual_run import configured
from idmcli.parameters.report_settings import report_settings
from idmcli.report.manifest import check
from idmcli.report.publish import Publication
from tests.annual_report import EARLIER, content, log, office, one_book, one_page, small_context
from tests.conftest import ROOT, Run
from tests.publishing_killed import report


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Charts and workbooks take their time and are tested elsewhere."""
    monkeypatch.setattr(annual_make, "write_report", one_page)
    monkeypatch.setattr(annual_make, "report_context", small_context)
    monkeypatch.setattr(annual_papers, "books", one_book)
    monkeypatch.delenv("IDM_CONFIG", raising=False)


def test_up_to_date_is_seen_before_anything_is_computed(tmp_path: Path, idm: Run) -> None:
    config = office(tmp_path)
    idm("annual-report", "-c", str(config), "-q")
    again = idm("annual-report", "-c", str(config))
    assert "Sudah mutakhir" in again.stdout
    assert [line["tahap"] for line in log(tmp_path) if "durasi" in line][-2:] == ["masukan", "selesai"]
    (tmp_path / "laporan" / "index.html").write_text("disunting")
    assert "disunting-1" in idm("annual-report", "-c", str(config)).stdout
    assert check(tmp_path / "laporan").utuh


def test_dry_run_says_and_writes_nothing(tmp_path: Path, idm: Run) -> None:
    config = office(tmp_path, 'dokumen = ["lembar", "berita-acara"]\n')
    before = content(tmp_path)
    ended = idm("annual-report", "-c", str(config), "--dry-run")
    assert (ended.returncode, ended.stderr) == (0, "")
    for word in ("tidak ada yang ditulis", "folder baru", "31", "data/6501012005-2024.json", "rencana", "3 desa"):
        assert word in ended.stdout, word
    document = json.loads(idm("annual-report", "-c", str(config), "--dry-run", "--json").stdout)
    assert (document["keadaan"], document["dokumen"], document["tertahan"]) == ("uji", 14, None)
    assert content(tmp_path) == before


def broken_scores(folder: Path) -> None:
    """A score that the indicator does not have."""
    path = folder / "data" / "6501012005-2024.json"
    text = path.read_text(encoding="utf-8")
    assert '"SKOR":5' in text
    path.write_text(text.replace('"SKOR":5', '"SKOR":7', 1), encoding="utf-8")


def test_findings_stop_the_publication_unless_the_configuration_says_otherwise(tmp_path: Path, idm: Run) -> None:
    config = office(tmp_path)
    broken_scores(tmp_path)
    ended = idm("annual-report", "-c", str(config), "-q")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("idm: Laporan tidak diterbitkan:")
    assert not (tmp_path / "laporan").exists()
    assert (log(tmp_path)[-1]["tahap"], log(tmp_path)[-1]["kode"]) == ("berhenti", 1)
    config.write_text(config.read_text() + 'kebijakan_temuan = "terbitkan"\n')
    assert idm("annual-report", "-c", str(config), "-q").returncode == 0
    assert json.loads((tmp_path / "laporan" / "laporan.html").read_text())["peringatan"] > 0
    assert idm("annual-report", "-c", str(config), "-q", "--strict").returncode == 1
    assert check(tmp_path / "laporan").utuh


def unreadable(folder: Path) -> None:
    for path in (folder / "data").iterdir():
        path.write_bytes(b"\x00bukan apa-apa")


def one_broken_year(folder: Path) -> None:
    for path in (folder / "dulu").iterdir():
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def no_input(folder: Path) -> None:
    for path in (folder / "data").iterdir():
        path.unlink()


def broken_template(folder: Path) -> None:
    (folder / "templat").mkdir()
    (folder / "templat" / "lembar.html.j2").write_text("{{ tidak_ada_itu }}")


@pytest.mark.parametrize(
    ("harm", "code", "said"),
    [
        (unreadable, 3, "6501012005-2024.json"),
        (one_broken_year, 3, "dulu"),
        (no_input, 3, "data"),
        (broken_template, 4, "lembar.html.j2"),
    ],
)
def test_what_is_broken_leaves_the_old_report_and_is_said(
    tmp_path: Path, idm: Run, harm: Any, code: int, said: str
) -> None:
    config = office(tmp_path, EARLIER if harm is one_broken_year else "")
    report(tmp_path / "laporan", "lama")
    before = content(tmp_path / "laporan")
    more = 'dokumen = ["lembar"]\nbentuk_dokumen = "html"\ntemplat = "templat"\n' if harm is broken_template else ""
    config.write_text(config.read_text() + more + "tahun = 2024\n")
    harm(tmp_path)
    ended = idm("annual-report", "-c", str(config), "-q", "--jobs", "1")
    assert (ended.returncode, ended.stdout) == (code, ""), ended.stderr
    assert said in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert content(tmp_path / "laporan") == before
    last = log(tmp_path)[-1]
    assert (last["tahap"], last["kode"], said in last["pesan"]) == ("berhenti", code, True), last


def test_a_full_disk_leaves_the_old_report_and_the_next_run_goes_on(
    tmp_path: Path, idm: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = office(tmp_path, 'dokumen = ["lembar"]\nbentuk_dokumen = "html"\n')
    written: list[Path] = []
    whole = Path.write_bytes

    def full(path: Path, data: Any) -> int:
        written.append(path)
        if len(written) > 6:
            raise OSError(28, "No space left on device", str(path))
        return whole(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        ended = idm("annual-report", "-c", str(config), "-q", "--jobs", "1")
    assert (ended.returncode, "disk penuh" in ended.stderr) == (5, True), ended.stderr
    assert not (tmp_path / "laporan").exists()
    assert [(line["tahap"], line["kode"]) for line in log(tmp_path)[-1:]] == [("berhenti", 5)]
    (tmp_path / ".laporan.idm" / "isi" / "sisa.pdf").write_bytes(b"setengah")
    assert idm("annual-report", "-c", str(config), "-q", "--jobs", "1").returncode == 0
    assert not (tmp_path / "laporan" / "sisa.pdf").exists()
    assert "Jalan yang terputus dilanjutkan" in {line["pesan"] for line in log(tmp_path)}
    assert check(tmp_path / "laporan").utuh
    assert not (tmp_path / ".laporan.idm").exists()


def test_a_second_run_is_refused_and_says_so(tmp_path: Path, idm: Run) -> None:
    config = office(tmp_path)
    with Publication(tmp_path / "laporan"):
        ended = idm("annual-report", "-c", str(config), "-q")
    assert (ended.returncode, ended.stdout) == (5, "")
    assert f"sedang dipakai idm lain (proses {os.getpid()})" in ended.stderr
    assert (log(tmp_path)[-1]["tahap"], log(tmp_path)[-1]["kode"]) == ("berhenti", 5)


def test_an_input_that_changes_meanwhile_is_not_published(
    tmp_path: Path, idm: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = office(tmp_path)

    def copied_over(context: Any, folder: Path, formats: Any, templat: Path | None) -> list[Path]:
        broken_scores(tmp_path)
        return one_page(context, folder, formats, templat)

    monkeypatch.setattr(annual_make, "write_report", copied_over)
    ended = idm("annual-report", "-c", str(config), "-q")
    assert (ended.returncode, "berubah selagi" in ended.stderr) == (3, True), ended.stderr
    assert not (tmp_path / "laporan").exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('log = "laporan/catatan.jsonl"', "memuat log"),
        ('templat = "data"\nregister = "laporan"', "memuat register"),
        ('log = "data/log.jsonl"', "dibaca seluruhnya"),
        ('log = "idm.toml"', "berkas konfigurasi, dan log"),
        ('log = "tiada/log.jsonl"', "folder tiada tidak ada"),
        ('log = "dulu"', "adalah folder"),
        ('templat = "idm.toml"', "bukan folder"),
        ("tahun = 2019", "2019"),
        ('dokumen = ["lembar"]\nrencana = false', "rencana = false"),
        ('dokumen = ["rapbdes"]', "RAPBDes"),
        ('bentuk_dokumen = ["odt"]', "odt"),
        ('kebijakan_temuan = "abaikan"', "abaikan"),
        ('masuk = "x"', "masukan"),
    ],
)
def test_a_configuration_that_cannot_be_is_refused(tmp_path: Path, idm: Run, more: str, said: str) -> None:
    config = office(tmp_path, f"{more}\n")
    ended = idm("annual-report", "-c", str(config))
    assert (ended.returncode, said in ended.stderr) == (4, True), ended.stderr
    assert not (tmp_path / "laporan").exists()


def test_somebody_elses_folder_and_missing_configuration(tmp_path: Path, idm: Run) -> None:
    config = office(tmp_path)
    (tmp_path / "laporan").mkdir()
    (tmp_path / "laporan" / "skripsi.docx").write_text("x")
    ended = idm("annual-report", "-c", str(config))
    assert (ended.returncode, "bukan laporan buatan idm" in ended.stderr) == (4, True)
    assert [path.name for path in (tmp_path / "laporan").iterdir()] == ["skripsi.docx"]
    assert (log(tmp_path)[-1]["tahap"], log(tmp_path)[-1]["kode"]) == ("berhenti", 4)
    assert idm("annual-report", "-c", str(tmp_path / "tiada.toml")).returncode == 4
    (tmp_path / "dulu" / "idm.toml").write_text("[sasaran]\nMANDIRI = 1\n")
    assert "[laporan]" in idm("annual-report", cwd=tmp_path / "dulu").stderr


def test_a_current_folder_that_is_gone_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config, gone = office(tmp_path), tmp_path / "hilang"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with configured(str(config)) as (settings, wanted):
        assert (str(settings.path), wanted.masukan) == ("idm.toml", (Path("data"),))
        assert Path.cwd() == tmp_path


def test_settings_are_relative_to_their_file_and_have_their_defaults() -> None:
    found = report_settings({"masukan": "a.xlsx", "keluaran": "b"}, Path("kantor/idm.toml"))
    assert (found.masukan, found.log) == ((Path("kantor/a.xlsx"),), Path("kantor/b.log.jsonl"))
    assert (found.tanggal, found.kebijakan_temuan, found.format) == (None, "berhenti", ("html", "pdf", "docx"))
    dated = report_settings({"masukan": ["a"], "keluaran": "b", "tanggal": date(2025, 1, 2)}, Path("idm.toml"))
    assert dated.tanggal == date(2025, 1, 2)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_between_stages_the_old_report_stands_and_the_next_run_says_so(tmp_path: Path) -> None:
    office(tmp_path, 'dokumen = ["lembar"]\nbentuk_dokumen = "html"\n')
    ended = subprocess.run(
        [sys.executable, "-m", "tests.annual_killed", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"], "LANG": "C"},  # as cron gives it: no HOME, no TERM
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stdout.split() == ["halaman", "terbit", "selesai"]
