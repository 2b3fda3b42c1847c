"""Kills a publication at every step that it takes on the disk, and looks what stands afterwards.

Run by `test_publish.py` in a process of its own, because every death is a fork that ends without any clean-up. Prints
one line per scenario with the number of deaths, or what was wrong.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from idmcli.report import publish, shelf, swap
from idmcli.report.manifest import MANIFEST, check, manifest_text, read_manifest

STEPS = ("rename", "replace", "unlink", "rmdir", "mkdir", "fsync", "truncate", "chmod")
KILLED = 9
QUICK = "/dev/shm" if Path("/dev/shm").is_dir() else None


def report(folder: Path, text: str) -> None:
    """A small whole report."""
    (folder / "data").mkdir(parents=True)
    (folder / "index.html").write_text(text)
    (folder / "data" / "desa.csv").write_text(f"{text}\n" * 3)
    (folder / MANIFEST).write_text(manifest_text(folder, {"isi": text}, {"baca": 1.0}))


def make(target: Path, text: str, keep: int) -> list[str]:
    """One run, as the command does it."""
    with publish.Publication(target, keep=keep) as place:
        place.begin(text)
        shelf.clear(place.content)
        report(place.content, text)
        place.publish()
    return place.notes


def deadly(after: int) -> None:
    """Die without a word before step number `after`."""
    left = [after]

    def counted(act: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **named: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                os._exit(KILLED)
            return act(*arguments, **named)

        return step

    for name in STEPS:
        setattr(os, name, counted(getattr(os, name)))
    vars(publish)["exchange"] = counted(vars(publish)["exchange"])


def died(target: Path, text: str, keep: int, after: int) -> bool:
    """A run in a fork that dies at a step; False once it gets to its end."""
    child = os.fork()
    if child == 0:
        try:
            deadly(after)
            make(target, text, keep)
        except BaseException as error:
            print(f"step {after}: {error!r}", flush=True)
            os._exit(3)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, KILLED):
        sys.exit(f"step {after} ended with {code}")
    return code == KILLED


def stands(target: Path, allowed: set[str | None], where: str) -> None:
    """What is published is one of these, whole."""
    content = (read_manifest(target) or {}).get("isi")
    if content not in allowed or (target.exists() and not check(target).utuh):
        sys.exit(f"{where}: {content!r} stands, whole: {target.exists() and check(target).utuh}")


def scenario(name: str, *, before: str | None, keep: int, edited: bool, exchanging: bool) -> None:
    """Every death of one kind of publication."""
    vars(publish)["exchange"] = swap.exchange if exchanging else lambda _one, _other: False
    deaths = 0
    while True:
        with tempfile.TemporaryDirectory(dir=QUICK) as place:
            target = Path(place) / "laporan"
            if before:
                report(target, before)
            if edited:
                (target / "index.html").write_text("disunting")
            if not died(target, "baru", keep, deaths):
                print(f"{name}: {deaths} deaths", flush=True)
                return
            if not edited:
                gap = set() if exchanging or not before else {None}
                stands(target, {before, "baru", *gap}, f"{name}, dead before step {deaths}")
            notes = make(target, "baru", keep)
            stands(target, {"baru"}, f"{name}, run again after step {deaths}")
            lost = sorted(path.name for path in Path(place).iterdir())
            kept = [shelf.EDITED] if edited else [shelf.KEPT] if keep and before else []
            if lost != ["laporan", *(f"laporan.{one}-1" for one in kept)]:
                sys.exit(f"{name}, after step {deaths}: {lost}, {notes}")
            if edited and (Path(place) / "laporan.disunting-1" / "index.html").read_text() != "disunting":
                sys.exit(f"{name}, after step {deaths}: the edited report is lost")
        deaths += 1


if __name__ == "__main__":
    vars(os)["fsync"] = lambda _number: None  # the disk's own delay teaches nothing here; the step still counts
    for exchanging in (True, False):
        how = "exchange" if exchanging else "two steps"
        scenario(f"replace, {how}", before="lama", keep=0, edited=False, exchanging=exchanging)
        if exchanging:
            scenario(f"keep, {how}", before="lama", keep=2, edited=False, exchanging=True)
        scenario(f"edited, {how}", before="lama", keep=0, edited=True, exchanging=exchanging)
    scenario("first", before=None, keep=0, edited=False, exchanging=True)
