"""The terminal: results to stdout, everything else to stderr, colour only where somebody can see it."""

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from idmcli.commands.streams import hush

STATUS_STYLE: Final = {
    "MANDIRI": "green",
    "MAJU": "cyan",
    "BERKEMBANG": "blue",
    "TERTINGGAL": "yellow",
    "SANGAT TERTINGGAL": "red",
}
LEVEL_STYLE: Final = {"galat": "red", "peringatan": "yellow", "info": "cyan"}
SCHEMA_VERSION: Final = 1


NARROWEST: Final = 40


class Screen(Console):
    """Results. Whoever reads them through a pipe may stop (`| head`); the command goes on to its true exit code."""

    def on_broken_pipe(self) -> None:
        """Print nothing more, instead of ending the program as rich would."""
        self.quiet = True
        hush(self.file)


class Messages(Screen):
    """Messages. Where nobody can take them (a log on a full disk), the result is written all the same."""

    def print(self, *objects: Any, **how: Any) -> None:
        """As `Console.print`, without failing."""
        try:
            super().print(*objects, **how)
        except OSError:
            self.on_broken_pipe()


def stdout(no_color: bool) -> Console:
    """The console for results. Without a terminal it is 80 columns wide unless COLUMNS says otherwise."""
    return Screen(file=sys.stdout, no_color=no_color or None, highlight=False, emoji=False, width=width(sys.stdout))


def stderr(no_color: bool) -> Console:
    """The console for messages."""
    return Messages(file=sys.stderr, no_color=no_color or None, highlight=False, emoji=False, width=width(sys.stderr))


def width(stream: Any) -> int | None:
    """COLUMNS where it is a number that leaves room to print; else 80, or None where rich should ask the terminal."""
    columns = os.environ.get("COLUMNS", "").strip()
    if columns.isdecimal() and int(columns) > 0:
        return max(NARROWEST, int(columns))
    return None if stream.isatty() and not columns else 80


@contextmanager
def working(text: str, quiet: bool, no_color: bool) -> Iterator[None]:
    """A moving sign on stderr during long work, on terminals only."""
    if quiet or not sys.stderr.isatty():
        yield
        return
    with stderr(no_color).status(escape(text)):
        yield


def say_assumptions(assumptions: Sequence[str], quiet: bool, no_color: bool) -> None:
    """What was assumed while reading, in one short block on stderr."""
    if quiet or not assumptions:
        return
    console = stderr(no_color)
    console.print("Yang diandaikan:", style="bold")
    for line in assumptions:
        item(console, line, mark="• ")
    console.print()


def say_written(target: str, what: str, quiet: bool, no_color: bool) -> None:
    """Tell on stderr that a file now stands."""
    if not quiet and target != "-":
        stderr(no_color).print(f"Tertulis: {escape(target)} ({what})", soft_wrap=True)


def print_json(document: Mapping[str, Any]) -> None:
    """One JSON document on stdout, nothing else."""
    try:
        print(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False, default=str), flush=True)
    except BrokenPipeError:
        hush(sys.stdout)


def table(*headers: str, left: int = 1, tight: bool = False) -> Table:
    """A table without side borders: the first `left` columns are text, the rest figures aligned right.

    `tight` leaves one space between columns instead of two, for wide tables on 80 columns.
    """
    padding = (0, 0) if tight else (0, 1, 0, 0)
    made = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False, padding=padding)
    for number, header in enumerate(headers):
        text = number < left
        made.add_column(
            header, justify="left" if text else "right", no_wrap=not text, min_width=None if text else len(header)
        )
    return made


def item(console: Console, text: str, indent: int = 2, mark: str = "") -> None:
    """A line of a list, wrapped under itself, with a mark in front."""
    row = Table.grid()
    row.add_column(no_wrap=True)
    row.add_column()
    row.add_row(" " * indent + mark, escape(text))
    console.print(row)


def bar(part: int, total: int, width: int = 24) -> str:
    """A horizontal bar of blocks; at least a sliver where there is anything at all."""
    if not part or not total:
        return ""
    eighths = max(1, round(part / total * width * 8))
    return "█" * (eighths // 8) + ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")[eighths % 8]
