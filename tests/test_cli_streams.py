"""Closed streams, full disks, readers that leave, requests to end: true exit codes and nothing half-written."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, SAMPLE

DATA = SAMPLE.parent / "rumusan"
FAULTY = SAMPLE.with_name("kaltara-salah.xlsx")
posix = pytest.mark.skipif(os.name == "nt", reason="perlu POSIX")


def shell(line: str, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """A line of sh in which `$idm` is the program, `$data` some villages and `$faulty` the sample of faults."""
    given = {"idm": f"{sys.executable} -m idmcli", "data": str(DATA), "faulty": str(FAULTY), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        ["sh", "-c", line],
        cwd=tmp_path,
        env={**os.environ, **given},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@posix
@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("$idm score - <&-", 3, "stdin tertutup"),
        ("$idm score $data >&-", 5, "stdout tidak dapat ditulis: keluarannya tertutup"),
        ("$idm score $data -q -o a.csv <&- >&- 2>&-", 0, ""),
        ("$idm score tiada.csv 2>&-", 3, ""),
        ("$idm --version >/dev/full", 5, "disk penuh"),
        ("$idm score $data --json >/dev/full", 5, "disk penuh"),
        ("$idm >&-", 5, "keluarannya tertutup"),
        ("$idm score $data -o a.csv 2>/dev/full >/dev/null", 0, ""),
        ("(ulimit -f 20; $idm score $data -q -o a.xlsx)", 5, "melebihi batas ukuran berkas"),
        ("($idm validate $faulty; echo $? >code) | head -c 1 >/dev/null; exit $(cat code)", 1, ""),
        ("($idm score $faulty --json; echo $? >code) | head -c 1 >/dev/null; exit $(cat code)", 1, ""),
        ("($idm score $data -o a.csv 2>&1; echo $? >code) | true; exit $(cat code)", 0, ""),
    ],
)
def test_streams_that_fail(line: str, code: int, told: str, tmp_path: Path) -> None:
    if "/dev/full" in line and not Path("/dev/full").exists():
        pytest.skip("tidak ada /dev/full")
    ended = shell(line, tmp_path)
    assert ended.returncode == code, ended.stderr
    assert told in ended.stderr
    for word in ("Traceback", "Exception", "[Errno", "os error"):
        assert word not in ended.stderr
    left = {path.name for path in tmp_path.iterdir()} - {"code"}
    assert left == ({"a.csv"} if " -o a.csv" in line else set())
    if "2>&-" in line:
        assert ended.stdout == "", "a message went to stdout"


@posix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_request_to_end_leaves_nothing_behind(name: str, tmp_path: Path) -> None:
    """The signal comes while the result is being written: the program itself sends it from inside the writer."""
    number = getattr(signal, name)
    code = (
        "import os, signal, sys, time\n"
        "import idmcli.workbook as workbook\n"
        "from idmcli.cli import main\n"
        "def write(frame, path, **how):\n"
        "    path.write_bytes(b'half')\n"
        f"    os.kill(os.getpid(), {int(number)})\n"
        "    time.sleep(20)\n"
        "workbook.write_score_book = write\n"
        "main()\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, "score", str(SAMPLE), "-q", "-o", str(tmp_path / "a.xlsx")],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 128 + number
    assert ended.stderr == "idm: Dihentikan. Berkas hasil yang belum selesai tidak ditulis.\n"
    assert not list(tmp_path.iterdir())


@posix
def test_ctrl_c_while_the_program_still_loads(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys\n"
        "class Loading:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'typer': os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Loading())\n"
        "from idmcli.cli import main\n"
        "main()\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (ended.returncode, ended.stdout) == (130, "")
    assert ended.stderr == "idm: Dihentikan. Berkas hasil yang belum selesai tidak ditulis.\n"
