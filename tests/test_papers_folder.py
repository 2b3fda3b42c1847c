"""The folder of papers: what is up to date stays, what is edited or foreign is left alone, what was killed goes on."""

import errno
import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import Any

import pytest

from idmcli.documents.folder import JOURNAL, LOCK, MANIFEST, PaperFolder
from idmcli.documents.make import Made, make_papers
from idmcli.documents.papers import PaperJob, paper_job
from idmcli.errors import ConfigError, OutputError

LETTER = PurePath("BULUNGAN", "6501012005 GUNUNG PUTIH.html")


class Deadly:
    """A value that ends the process that prints it, as lack of memory would."""

    def __str__(self) -> str:
        os._exit(9)


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    folder = tmp_path / "templat"
    folder.mkdir()
    (folder / "surat.html.j2").write_text("<p>{{ isi }}</p>", encoding="utf-8")
    return folder


@pytest.fixture
def letter(templates: Path) -> Callable[..., PaperJob]:
    def make(nama: str, isi: Any = "isi") -> PaperJob:
        return paper_job(PurePath(nama), "html", {"isi": isi}, templat=templates, lembar="surat")

    return make


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def made(folder: Path, jobs: list[PaperJob], *, force: bool = False, workers: int = 1) -> Made:
    with PaperFolder(folder, force=force) as papers:
        return make_papers(iter(jobs), papers, total=len(jobs), workers=workers)


def names(*texts: str) -> tuple[PurePath, ...]:
    return tuple(PurePath(text) for text in texts)


def test_what_is_up_to_date_is_not_made_again(tmp_path: Path, letter: Callable[..., PaperJob]) -> None:
    folder = tmp_path / "dokumen"
    first = made(folder, [letter("b/2.html"), letter("a/1.html")])
    assert first == Made(names("a/1.html", "b/2.html"), (), (), ())
    before = files(folder)
    assert made(folder, [letter("a/1.html"), letter("b/2.html", "baru")]) == Made(
        names("b/2.html"), names("a/1.html"), (), ()
    )
    assert files(folder)["b/2.html"] == b"<p>baru</p>"
    made(folder, [letter("b/2.html"), letter("a/1.html")])
    assert files(folder) == before
    assert set(before) == {"a/1.html", "b/2.html", MANIFEST}
    listed = json.loads(before[MANIFEST])
    assert listed["skema"] == 1
    assert list(listed["dokumen"]) == ["a/1.html", "b/2.html"]


def test_a_changed_template_makes_papers_anew(tmp_path: Path, templates: Path) -> None:
    def sidik(jenis: Any = "html") -> str:
        from idmcli.documents import papers

        papers._makers.cache_clear()  # within one run templates stand still
        return paper_job(LETTER, jenis, {"isi": 1}, templat=templates, lembar="surat").fingerprint

    first, word = sidik(), sidik("docx")
    (templates / "surat.html.j2").write_text("<b>{{ isi }}</b>", encoding="utf-8")
    assert sidik() != first
    assert sidik("docx") == word, "a Word sheet is not made from the HTML template"


def test_edited_and_foreign_files_are_left_alone(tmp_path: Path, letter: Callable[..., PaperJob]) -> None:
    folder = tmp_path / "dokumen"
    jobs = [letter("disunting.html"), letter("asing.html"), letter("sama.html"), letter("hilang.html")]
    made(folder, [jobs[0], jobs[3]])
    (folder / "disunting.html").write_text("catatan camat")
    (folder / "asing.html").write_text("bukan dari idm")
    (folder / "sama.html").write_text("<p>isi</p>")
    (folder / "hilang.html").unlink()
    (folder / "lain.txt").write_text("tetap di sini")
    assert made(folder, jobs) == Made(names("hilang.html", "sama.html"), (), names("asing.html", "disunting.html"), ())
    assert (folder / "disunting.html").read_text() == "catatan camat"
    assert (folder / "asing.html").read_text() == "bukan dari idm"
    assert made(folder, jobs, force=True).dibuat == names("asing.html", "disunting.html")
    assert {name for name, data in files(folder).items() if data == b"<p>isi</p>"} == {str(job.nama) for job in jobs}
    assert (folder / "lain.txt").read_text() == "tetap di sini"


def test_a_killed_run_is_taken_up_where_it_stopped(tmp_path: Path, letter: Callable[..., PaperJob]) -> None:
    """Killed with one paper in place, another announced but not in place, and a temporary file left behind."""
    folder = tmp_path / "dokumen"
    made(folder, [letter("2.html", "lama")])
    program = """
        import os, sys
        from pathlib import Path, PurePath
        from idmcli.documents.folder import PaperFolder
        from idmcli.documents.papers import paper_job
        folder, templates = map(Path, sys.argv[1:])
        def job(name): return paper_job(PurePath(name), "html", {"isi": "baru"}, templat=templates, lembar="surat")
        with PaperFolder(folder) as papers:
            papers.write(PurePath("1.html"), b"<p>baru</p>", job("1.html").fingerprint)
            Path.replace = lambda path, target: os._exit(9)
            papers.write(PurePath("2.html"), b"<p>baru</p>", job("2.html").fingerprint)
    """
    command = [sys.executable, "-c", textwrap.dedent(program), str(folder), str(tmp_path / "templat")]
    assert subprocess.run(command, check=False).returncode == 9
    left = files(folder)
    assert JOURNAL in left
    assert any(name.startswith(".idm-") for name in left)
    assert left["2.html"] == b"<p>lama</p>"
    again = made(folder, [letter("1.html", "baru"), letter("2.html", "baru")])
    assert again == Made(names("2.html"), names("1.html"), (), ())
    assert set(files(folder)) == {"1.html", "2.html", MANIFEST}
    assert made(folder, [letter("1.html", "lagi")]).dibuat == names("1.html"), "known as our own, so it may be replaced"


def test_two_runs_at_once_are_refused_and_a_dead_one_is_not_waited_for(tmp_path: Path) -> None:
    program = "import sys, pathlib\nfrom idmcli.documents.folder import PaperFolder\n"
    program += "with PaperFolder(pathlib.Path(sys.argv[1])):\n print('siap', flush=True); sys.stdin.read()"
    folder = tmp_path / "dokumen"
    with subprocess.Popen(
        [sys.executable, "-c", program, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "siap\n"
        with pytest.raises(OutputError, match=f"sedang dipakai idm lain .proses {other.pid}"), PaperFolder(folder):
            pass
        other.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    assert (folder / LOCK).exists()
    with PaperFolder(folder):
        pass
    assert not (folder / LOCK).exists()


def test_one_bad_village_does_not_stop_the_rest(tmp_path: Path, letter: Callable[..., PaperJob]) -> None:
    folder = tmp_path / "dokumen"
    (folder / "1.html").mkdir(parents=True)
    told: list[tuple[int, int]] = []
    with PaperFolder(folder) as papers:
        jobs = [letter(f"{number}.html") for number in range(3)]
        outcome = make_papers(jobs, papers, total=3, progress=lambda done, total: told.append((done, total)))
    assert outcome.dibuat == names("0.html", "2.html")
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert [name for name, _ in outcome.gagal] + list(outcome.disunting) == list(names("1.html"))


def test_a_bad_template_stops_everything(tmp_path: Path, templates: Path, letter: Callable[..., PaperJob]) -> None:
    (templates / "surat.html.j2").write_text("<p>\n{{ isii }}</p>", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"surat\.html\.j2 baris 2"):
        made(tmp_path / "dokumen", [letter("1.html")])
    assert set(files(tmp_path / "dokumen")) == {MANIFEST}


def test_a_full_disk_stops_everything_and_loses_nothing(
    tmp_path: Path, letter: Callable[..., PaperJob], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "dokumen"
    made(folder, [letter("1.html")])
    kept = files(folder)

    def full(path: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        with pytest.raises(OutputError, match="disk penuh"):
            made(folder, [letter("1.html", "baru"), letter("2.html")])
    assert {name: data for name, data in files(folder).items() if name != JOURNAL} == kept


def test_an_interrupted_run_leaves_a_list_of_what_it_wrote(tmp_path: Path, letter: Callable[..., PaperJob]) -> None:
    def interrupt(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    jobs = [letter(f"{number}.html") for number in range(4)]
    folder = tmp_path / "dokumen"
    with pytest.raises(KeyboardInterrupt), PaperFolder(folder) as papers:
        make_papers(jobs, papers, total=4, progress=interrupt)
    assert set(files(folder)) == {"0.html", "1.html", MANIFEST}
    assert made(folder, jobs) == Made(names("2.html", "3.html"), names("0.html", "1.html"), (), ())


def test_a_damaged_list_is_said(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text('{"skema": 1')
    with pytest.raises(OutputError, match=r"idm-dokumen\.json rusak"), PaperFolder(tmp_path):
        pass


def test_workers_make_the_same_papers_and_a_dead_one_costs_only_its_own(
    tmp_path: Path, letter: Callable[..., PaperJob]
) -> None:
    jobs = [letter(f"{number:02}.html", f"isi {number}") for number in range(40)]
    deadly = PaperJob(PurePath("mati.html"), "html", {"isi": Deadly()}, jobs[0].templat, "x", "surat")
    outcome = made(tmp_path / "dua", [deadly, *jobs], workers=2)
    assert [(str(name), "memori" in reason) for name, reason in outcome.gagal] == [("mati.html", True)]
    assert len(outcome.dibuat) == 40
    made(tmp_path / "satu", jobs)
    assert files(tmp_path / "dua") == files(tmp_path / "satu")
