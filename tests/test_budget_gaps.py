"""The planted gaps and formal faults of the sample kabupaten, through the whole command."""

import json
import subprocess
import sys
from typing import Any

import pytest

from idmcli.budget.layout import load_layout
from tests.test_budget_files import FOLDER, SAMPLES, table

STATES = ("dianggarkan", "hanya pendukung", "belum dianggarkan")


@pytest.fixture(scope="module")
def verified(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    mapping = ["--pemetaan", str(FOLDER / "pemetaan.csv")]
    command = [
        sys.executable,
        "-m",
        "idmcli",
        "rapbdes",
        str(SAMPLES / "kaltara.xlsx"),
        str(FOLDER),
        *mapping,
        "--json",
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path_factory.mktemp("rapbdes"))
    assert done.returncode == 1, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_every_planted_gap_is_found_and_no_other(verified: dict[str, Any]) -> None:
    found: dict[tuple[str, str], set[str]] = {}
    for row in verified["indikator"]:
        found.setdefault((row["kode_desa"], row["keadaan"]), set()).add(row["kode"])
    wrong = []
    for village, *states in table("rapbdes-celah"):
        for state, codes in zip(STATES, states, strict=True):
            planted, own = set(codes.split()) - {"–"}, found.get((village[:10], state), set())
            if planted != own:
                wrong.append(f"{village} {state}: missed {sorted(planted - own)}, surplus {sorted(own - planted)}")
    assert not wrong, "\n".join(wrong)


def test_formal_faults_are_those_planted(verified: dict[str, Any]) -> None:
    reading = load_layout().rules
    planted = {(rule, words.split(":")[0]) for rule, _, _, words in table("rapbdes-salah") if rule not in reading}
    names = {row["kode_desa"]: row["desa"] for row in verified["desa"]}
    found = {(row["aturan"], names[row["kode_desa"]]) for row in verified["formal"] if row["hasil"] == "tidak"}
    assert found == planted


def test_silent_villages_are_named(verified: dict[str, Any]) -> None:
    assert {row["desa"] for row in verified["tanpa_berkas"]} == {"KAPUAK", "SAPARI"}
