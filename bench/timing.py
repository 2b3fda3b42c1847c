"""Whole processes side by side: wall clock and peak memory of each run. Linux and macOS (it needs `os.wait4`)."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median


@dataclass
class Measured:
    """Seconds and peak resident bytes of every run of one command."""

    seconds: list[float] = field(default_factory=list)
    peaks: list[int] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Median of the seconds."""
        return median(self.seconds)


def interleave(commands: Sequence[Sequence[str]], runs: int, folder: Path) -> list[Measured]:
    """Run the commands in turn (A B A B …), after one uncounted round that fills the caches.

    Raises:
        SystemExit: a command failed; what it wrote to stderr is shown.
    """
    measured = [Measured() for _ in commands]
    for turn in range(runs + 1):
        for command, into in zip(commands, measured, strict=True):
            seconds, peak = run(command, folder)
            if turn:
                into.seconds.append(seconds)
                into.peaks.append(peak)
    return measured


def run(command: Sequence[str], folder: Path) -> tuple[float, int]:
    """Seconds and peak resident bytes of one process. Bytecode is kept, as in an installed program."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"exit {process.returncode}: {' '.join(command)}\n{errors.decode(errors='replace')}")
    return seconds, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
