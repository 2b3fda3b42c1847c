"""Kills `idm annual-report` as a stage begins, looks what stands, and lets the next run go on.

Run by `test_annual.py` in a process of its own with the folder of an office: every run is a fork of this one, which
has loaded all packages and done no work yet. Prints the stages at which it killed a run, then `selesai`.
"""

import os
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final
from unittest.mock import patch

from idmcli.cli import guarded
from idmcli.commands import annual_make, annual_papers, annual_report, annual_run, papers, program, show_annual
from idmcli.report.journal import Journal
from idmcli.report.manifest import check
from tests.annual_report import log, one_book, one_page, small_context
from tests.publishing_killed import report

KILLED: Final = 9
STAGES: Final = ("halaman", "terbit")


def run(config: Path, dies_at: str | None) -> int:
    """The exit code of a run in a fork."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    timed = Journal.timed

    def deadly(journal: Journal, stage: str) -> AbstractContextManager[None]:
        if stage == dies_at:
            os._exit(KILLED)
        return timed(journal, stage)

    vars(annual_make).update(write_report=one_page, report_context=small_context)
    vars(annual_papers)["books"] = one_book
    patch.object(Journal, "timed", deadly).start()  # this process ends below
    sys.argv = ["idm", "annual-report", "-c", str(config), "--quiet", "--jobs", "1"]
    os._exit(guarded())


def main(folder: Path) -> None:
    """Kill runs that would replace a report, then let one finish."""
    config, target = folder / "idm.toml", folder / "laporan"
    report(target, "lama")
    stood = (target / "manifest.json").read_bytes()
    for stage in STAGES:
        with config.open("a", encoding="utf-8") as file:  # another input each time
            file.write(f"# {stage}\n")
        assert run(config, stage) == KILLED
        assert check(target).utuh, stage
        assert (target / "manifest.json").read_bytes() == stood, f"{stage}: what stands has changed"
        print(stage, flush=True)
    assert run(config, None) == 0
    assert (target / "manifest.json").read_bytes() != stood
    told = [line["pesan"] for line in log(folder)]
    assert sum("berhenti tanpa pamit pada tahap" in text for text in told) == len(STAGES), told
    assert "Jalan yang terputus dilanjutkan" in told
    assert check(target).utuh
    print("selesai", flush=True)


if __name__ == "__main__":
    assert all((annual_report, annual_run, papers, program, show_annual))  # loaded before the first fork
    main(Path(sys.argv[1]))
