"""Papers of a plan from the command line: what was ordered, progress, and what became of it."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import cast

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from idmcli.commands.console import item, stderr
from idmcli.documents.make import Made
from idmcli.documents.papers import ENDINGS, Jenis
from idmcli.documents.province import Order
from idmcli.errors import UsageError
from idmcli.words import whole

STEPS = 10
"""So many plain lines tell the progress where there is no terminal."""
LISTED = 10
Report = Callable[[int, int], None]


def order(formats: str, poster: bool, hanya: str | None, templat: str | None, tanggal: str | None, jobs: int) -> Order:
    """What the options ask for.

    Raises:
        UsageError: a form, date or folder that cannot be.
    """
    kinds = tuple(dict.fromkeys(word.strip().lower().lstrip(".") for word in formats.split(",") if word.strip()))
    if strangers := [kind for kind in kinds if kind not in ENDINGS]:
        raise UsageError(f"--format {', '.join(strangers)} tidak dikenal", f"Pilih: {', '.join(ENDINGS)}.")
    if not kinds:
        raise UsageError("--format kosong", f"Pilih: {', '.join(ENDINGS)}.")
    if templat and not Path(templat).is_dir():
        raise UsageError(f"--templat {templat} bukan folder yang ada", "Sebut folder berisi templat kantor.")
    return Order(
        formats=cast(tuple[Jenis, ...], kinds),
        poster=poster,
        hanya=tuple(word.strip() for word in hanya.split(",") if word.strip()) if hanya else (),
        templat=Path(templat) if templat else None,
        tanggal=day(tanggal),
        workers=jobs,
    )


def folder(named: str | None, inputs: Sequence[str]) -> Path | None:
    """The folder for papers; not one that is read.

    Raises:
        UsageError: it is a file, or among the inputs.
    """
    if named is None:
        return None
    path = Path(named)
    if path.exists() and not path.is_dir():
        raise UsageError(f"--dokumen {named} bukan folder", "Sebut folder baru atau folder yang sudah ada.")
    if any(Path(name).is_dir() and path.resolve() == Path(name).resolve() for name in inputs):
        raise UsageError(f"--dokumen {named} juga folder masukan", "Pilih folder lain untuk dokumen.")
    return path


def day(text: str | None) -> date | None:
    """A date as typed: 2026-11-21 or 21-11-2026."""
    if text is None:
        return None
    parts = text.replace("/", "-").split("-")
    try:
        if len(parts) == 3 and len(parts[2]) == 4:
            parts = parts[::-1]
        return date(*(int(part) for part in parts))
    except (TypeError, ValueError):
        raise UsageError(f"--tanggal {text} bukan tanggal", "Tulis seperti 2026-11-21.") from None


@contextmanager
def progress(quiet: bool, no_color: bool) -> Iterator[Report]:
    """A bar with count and remaining time on a terminal, a plain line now and then elsewhere."""
    if quiet:
        yield lambda _done, _total: None
        return
    if not sys.stderr.isatty():
        yield plain_lines(no_color)
        return
    count, left = MofNCompleteColumn(), TimeRemainingColumn()
    columns = (TextColumn("Membuat dokumen"), BarColumn(), count, TextColumn("sisa"), left)
    with Progress(*columns, console=stderr(no_color), transient=True) as shown:
        task = shown.add_task("dokumen", total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)


def plain_lines(no_color: bool) -> Report:
    """Tell every tenth of the way, and how long it took."""
    console, start, told = stderr(no_color), time.monotonic(), [0]

    def report(done: int, total: int) -> None:
        tenth = STEPS * done // max(total, 1)
        if tenth > told[0]:
            told[0] = tenth
            seconds = round(time.monotonic() - start)
            console.print(f"Dokumen: {whole(done)} dari {whole(total)} ({seconds} detik)", soft_wrap=True)

    return report


def tell(made: Made, folder: str, quiet: bool, no_color: bool) -> None:
    """What was made, what stayed, what was left alone and what failed; failures even when quiet."""
    console = stderr(no_color)
    if not quiet:
        parts = [f"{whole(len(made.dibuat))} dibuat", f"{whole(len(made.tetap))} sudah mutakhir"]
        console.print(escape(f"Dokumen di {folder}: {', '.join(parts)}"), soft_wrap=True)
    if made.disunting and not quiet:
        console.print(
            f"{whole(len(made.disunting))} tidak diganti, karena sudah disunting orang atau bukan buatan idm "
            "(--force mengganti):",
            style="yellow",
        )
        listed([str(name) for name in made.disunting], console)
    if made.gagal:
        console.print(f"Gagal: {whole(len(made.gagal))} dokumen", style="bold red")
        listed([f"{name}: {reason}" for name, reason in made.gagal], console)


def listed(lines: Sequence[str], console: Console) -> None:
    """The first lines of a list, and how many more there are."""
    for line in lines[:LISTED]:
        item(console, line)
    if len(lines) > LISTED:
        console.print(f"  … dan {whole(len(lines) - LISTED)} lagi")
