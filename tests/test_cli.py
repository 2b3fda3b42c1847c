"""The command line as a user meets it: Indonesian help, usage errors in one line, exit codes, JSON alone."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer

from idmcli.commands.helptext import Completion
from idmcli.errors import UsageError
from tests.conftest import ROOT, SAMPLE, Run

COMMANDS: tuple[str, ...] = ("validate", "score", "explain", "classify", "rubric")


def test_program_help_lists_the_commands_in_indonesian(idm: Run) -> None:
    shown = idm("--help")
    assert shown.returncode == 0
    for word in ("Pemakaian: idm", "Perintah:", "Opsi:", "Contoh:", *COMMANDS):
        assert word in shown.stdout
    english = [word for word in ("Usage", "Options:", "Show this", "Install", "Commands") if word in shown.stdout]
    assert not english, f"English left in the help: {english}"
    assert max(map(len, shown.stdout.splitlines())) <= 80


@pytest.mark.parametrize("command", COMMANDS)
def test_command_help_has_examples(command: str, idm: Run) -> None:
    shown = idm(command, "--help")
    assert shown.returncode == 0
    assert f"Pemakaian: idm {command}" in shown.stdout
    assert f"  idm {command}" in shown.stdout.partition("Contoh:")[2]
    assert "Show this" not in shown.stdout
    assert "default" not in shown.stdout
    assert max(map(len, shown.stdout.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("score",), 2, "FILE belum disebut"),
        (("score", "--tahun", "dua", "x.csv"), 2, "--tahun"),
        (("score", "--thn", "2024", "x.csv"), 2, "--thn tidak dikenal"),
        (("skore", "x.csv"), 2, "Mungkin maksudnya: score"),
        (("rubric", "IKS99"), 2, "IKS99"),
        (("rubric", "IKS01", "IKS02"), 2, "Kelebihan masukan"),
        (("score", "tidak-ada.xlsx"), 3, "tidak-ada.xlsx"),
        (("score", str(SAMPLE), "--edisi", "idm-1999"), 4, "idm-1999"),
        (("score", str(SAMPLE), "-o", "hasil.pdf"), 2, ".pdf"),
        (("score", str(SAMPLE), "-o", "tidak/ada/hasil.csv"), 2, "folder"),
        (("score", str(SAMPLE), "--sheet", "Lembar Hantu"), 2, "Lembar Hantu"),
        (("score", "-"), 3, "(-) kosong"),
        (("explain", str(SAMPLE), "6501019999"), 2, "6501019999"),
    ],
)
def test_wrong_usage_is_one_line(arguments: tuple[str, ...], code: int, told: str, tmp_path: Path, idm: Run) -> None:
    ended = idm(*arguments, cwd=tmp_path)
    assert ended.returncode == code, ended.stderr
    assert told in ended.stderr
    assert ended.stdout == ""
    assert len(ended.stderr.strip().splitlines()) == 1, ended.stderr
    assert not list(tmp_path.iterdir())


def test_json_is_one_document_and_nothing_else(idm: Run) -> None:
    for arguments in (("score", str(SAMPLE)), ("classify", str(SAMPLE)), ("validate", str(SAMPLE))):
        ended = idm(*arguments, "--json")
        document = json.loads(ended.stdout)
        assert document["perintah"] == arguments[0]
        assert document["sumber"][0]["sha256"]
        assert ended.stderr == ""


def test_an_output_that_exists_is_kept_without_force(tmp_path: Path, idm: Run) -> None:
    target = tmp_path / "hasil.csv"
    target.write_text("milik orang", encoding="utf-8")
    refused = idm("score", str(SAMPLE), "-o", str(target), "-q")
    assert refused.returncode == 2
    assert "--force" in refused.stderr
    assert target.read_text(encoding="utf-8") == "milik orang"
    assert idm("score", str(SAMPLE), "-o", str(target), "-q", "--force").returncode == 0
    assert "kode_desa" in target.read_text(encoding="utf-8-sig")
    assert [path.name for path in tmp_path.iterdir()] == ["hasil.csv"]


def test_every_format_holds_the_same_villages(tmp_path: Path, idm: Run) -> None:
    printed = set()
    for ending in ("xlsx", "csv", "parquet", "json"):
        target = tmp_path / f"hasil.{ending}"
        assert idm("score", str(SAMPLE), "-q", "-o", str(target)).returncode == 0
        again = idm("score", str(target), "--json")
        assert again.returncode == 0, again.stderr
        document = json.loads(again.stdout)
        printed.add(json.dumps([[row["kode_desa"], row["idm_k"], row["status"]] for row in document["baris"]]))
    assert len(printed) == 1


def test_rows_that_cannot_be_scored_are_named_and_the_rest_goes_on(idm: Run) -> None:
    """Four sheets with faults in them, so the table comes in chunks (polars 2.1 panicked here on the reasons)."""
    ended = idm("score", str(SAMPLE.with_name("kaltara-salah.xlsx")), "--json")
    assert ended.returncode == 1, ended.stderr
    document = json.loads(ended.stdout)
    unscored = [row for row in document["baris"] if row["idm_k"] is None]
    assert document["ringkasan"]["tidak_dihitung"] == len(unscored) > 0
    assert all(row["alasan"] for row in unscored)
    assert document["ringkasan"]["baris"] == len(document["baris"])


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_ctrl_c_writes_nothing(tmp_path: Path) -> None:
    target = tmp_path / "hasil.xlsx"
    process = subprocess.Popen(
        [sys.executable, "-m", "idmcli", "score", "-", "-o", str(target)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    time.sleep(1.5)  # long enough to be waiting for stdin
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=30)
    assert process.returncode == 130, stderr
    assert b"Dihentikan" in stderr
    assert b"Traceback" not in stderr
    assert not list(tmp_path.iterdir())


def test_a_closed_pipe_is_no_error() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "idmcli", "rubric", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    stderr = process.stderr.read()
    process.stderr.close()
    process.wait(timeout=30)
    assert b"Traceback" not in stderr
    assert b"Exception" not in stderr


def test_shell_completion_knows_the_commands() -> None:
    asked = {"_IDM_COMPLETE": "complete_bash", "COMP_WORDS": "idm sc", "COMP_CWORD": "1"}
    offered = subprocess.run(
        [sys.executable, "-m", "idmcli"],
        env={**os.environ, **asked},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "score" in offered.stdout


def test_completion_is_installed_in_indonesian(capsys: pytest.CaptureFixture[str]) -> None:
    def installs(*_: object) -> None:
        print("bash completion installed in /rumah/idm.sh\nCompletion will take effect once you restart the terminal")
        sys.exit(0)

    def shows(*_: object) -> None:
        print("complete -F idm")
        sys.exit(0)

    def refuses(*_: object) -> None:
        raise typer.Exit(1)

    told = []
    for original in (installs, shows):
        with pytest.raises(typer.Exit) as ended:
            Completion(original)(None, None, True)
        assert ended.value.exit_code == 0
        told.append(capsys.readouterr().out)
    assert told == [
        "Pelengkap tombol Tab terpasang di /rumah/idm.sh. Buka jendela terminal baru.\n",
        "complete -F idm\n",
    ]
    with pytest.raises(UsageError, match="tidak tersedia untuk shell ini"):
        Completion(refuses)(None, None, True)


def test_a_classified_workbook_reads_back_as_the_villages_it_is_about(tmp_path: Path, idm: Run) -> None:
    """Its sheets NAIK and TURUN name villages too; none of them may count twice."""
    target = tmp_path / "status.xlsx"
    baseline = str(SAMPLE.with_name("kaltara-2023.xlsx"))
    assert idm("classify", str(SAMPLE), "--baseline", baseline, "-o", str(target), "-q").returncode == 0
    again = idm("classify", str(target), "--json")
    assert again.returncode == 0, again.stderr
    document = json.loads(again.stdout)
    assert len(document["baris"]) == 447
    assert any("bukan daftar desa" in line for line in document["andaian"])
