"""A report takes the place of the old one in one step, and nothing is ever lost on the way."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from idmcli.documents.folder import PaperFolder
from idmcli.errors import ConfigError, InputError, OutputError
from idmcli.report.manifest import MANIFEST, check
from idmcli.report.publish import Publication
from idmcli.report.swap import exchange
from tests.conftest import ROOT
from tests.publishing_killed import make, report


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_every_step_one_whole_report_stands_and_the_next_run_finishes() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.publishing_killed"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    lines = ended.stdout.splitlines()
    assert len(lines) == 6, ended.stdout
    assert all(int(line.split(": ")[1].split()[0]) > 20 for line in lines), ended.stdout


def test_replaced_reports_move_on_and_the_oldest_goes(tmp_path: Path) -> None:
    target = tmp_path / "laporan"
    for text in ("a", "b", "c", "d"):
        make(target, text, keep=2)
    there = {path.name: (path / "index.html").read_text() for path in tmp_path.iterdir()}
    assert there == {"laporan": "d", "laporan.lama-1": "c", "laporan.lama-2": "b"}


def test_the_same_report_is_left_as_it_is(tmp_path: Path) -> None:
    target = tmp_path / "laporan"
    make(target, "a", keep=1)
    inode = target.stat().st_ino
    assert make(target, "a", keep=1) == []
    assert target.stat().st_ino == inode
    assert [path.name for path in tmp_path.iterdir()] == ["laporan"]


def test_an_edited_report_is_kept_however_often(tmp_path: Path) -> None:
    target = tmp_path / "laporan"
    for number, text in enumerate(("a", "b", "c")):
        notes = make(target, text, keep=0)
        assert (len(notes), "disunting" in " ".join(notes)) == (min(number, 1), number > 0)
        (target / "catatan dinas.txt").write_text("jangan hilang")
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept == ["laporan", "laporan.disunting-1", "laporan.disunting-2"]
    assert (tmp_path / "laporan.disunting-1" / "catatan dinas.txt").exists()


def test_a_folder_of_somebody_else_is_refused_untouched(tmp_path: Path) -> None:
    target = tmp_path / "laporan"
    target.mkdir()
    (target / "skripsi.docx").write_text("x")
    with pytest.raises(ConfigError, match="bukan laporan buatan idm"), Publication(target):
        pass
    file = tmp_path / "berkas"
    file.write_text("x")
    with pytest.raises(ConfigError, match="bukan folder"), Publication(file):
        pass
    workshop = tmp_path / ".kerja.idm"
    workshop.mkdir()
    (workshop / "foto.jpg").write_text("x")
    with pytest.raises(ConfigError, match=r"foto\.jpg"), Publication(tmp_path / "kerja"):
        pass
    assert [(target / "skripsi.docx").exists(), (workshop / "foto.jpg").exists()] == [True, True]
    with pytest.raises(OutputError, match="untuk laporan tidak ada"), Publication(tmp_path / "tidak" / "ada"):
        pass


def test_two_at_once(tmp_path: Path) -> None:
    target = tmp_path / "laporan"
    with (
        Publication(target),
        pytest.raises(OutputError, match=f"sedang dibuat.*proses {os.getpid()}"),
        Publication(target),
    ):
        pass
    make(target, "a", keep=0)
    assert check(target).utuh


def test_an_empty_folder_a_link_and_its_rights_are_taken_over(tmp_path: Path) -> None:
    behind, link = tmp_path / "laporan-2024", tmp_path / "laporan"
    behind.mkdir(mode=0o750)
    link.symlink_to(behind.name)
    make(link, "a", keep=0)
    assert (link.is_symlink(), (behind / "index.html").read_text()) == (True, "a")
    assert behind.stat().st_mode & 0o777 == 0o750
    assert sorted(path.name for path in tmp_path.iterdir()) == ["laporan", "laporan-2024"]


def test_other_inputs_throw_a_half_made_report_away_the_same_take_it_up(tmp_path: Path) -> None:
    target = tmp_path / "laporan"
    for key, again in (("a", False), ("a", True), ("b", False)):
        with Publication(target) as place:
            assert place.begin(key) is again
            assert [path.name for path in place.content.iterdir()] == (["setengah"] if again else [])
            (place.content / "setengah").write_text("x")
    assert not target.exists()


def test_exchange(tmp_path: Path) -> None:
    one, other = tmp_path / "satu", tmp_path / "dua"
    for folder in (one, other):
        folder.mkdir()
        (folder / folder.name).write_text("x")
    if not exchange(one, other):
        pytest.skip("this system cannot exchange two folders")
    assert [(one / "dua").exists(), (other / "satu").exists()] == [True, True]
    with pytest.raises(FileNotFoundError):
        exchange(one, tmp_path / "tiada")


def test_check_names_what_is_gone_changed_and_added(tmp_path: Path) -> None:
    folder = tmp_path / "laporan"
    report(folder, "a")
    assert (check(folder).utuh, check(folder).berkas) == (True, 2)
    (folder / "index.html").unlink()
    (folder / "data" / "desa.csv").write_text("b\nb\nb\n")  # the same size
    (folder / "data" / "baru.csv").write_text("x")
    (folder / "jalan").symlink_to(tmp_path)
    (folder / "data" / "Thumbs.db").write_bytes(b"of Windows, nobody's edit")
    changed = (("data/baru.csv", "lebih"), ("data/desa.csv", "berubah"), ("index.html", "hilang"), ("jalan", "lebih"))
    assert check(folder).perubahan == changed
    manifest = folder / MANIFEST
    manifest.write_text(manifest.read_text().replace('"isi": "a"', '"isi": "b"'))
    assert check(folder).sidik_cocok is False
    manifest.write_text("{")
    with pytest.raises(InputError, match="rusak"):
        check(folder)
    with pytest.raises(InputError, match="bukan folder"):
        check(tmp_path / "tiada")
    with pytest.raises(InputError, match="tidak memuat"):
        check(tmp_path)


def test_a_folder_of_papers_is_checked_by_its_own_list(tmp_path: Path) -> None:
    folder = tmp_path / "dokumen"
    with PaperFolder(folder) as papers:
        papers.write(Path("lembar/a.pdf"), b"a", "sidik")
    assert (check(folder).utuh, check(folder).jenis) == (True, "dokumen")
    (folder / "lembar" / "a.pdf").write_bytes(b"b")
    (folder / "register-berita-acara.csv").write_text("tahun,level,kode,nomor\n")
    assert check(folder).perubahan == (("lembar/a.pdf", "berubah"),)
