"""The program run in this process: quick, and with everything that `main` does but the exit."""

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from idmcli.cli import guarded

ROOT = Path(__file__).parents[1]
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # programs started by tests would compile the package anew each time
SAMPLE = ROOT / "samples" / "kaltara.xlsx"


class Ended(NamedTuple):
    """How a run ended and what it printed."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Ended]


@pytest.fixture
def idm(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the program in this process, streams and all, as `main` does but for the exit."""

    def run(*arguments: str, cwd: Path = ROOT, stdin: bytes = b"") -> Ended:
        streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(2)]
        with monkeypatch.context() as patch:
            patch.chdir(cwd)
            patch.setenv("COLUMNS", "80")
            patch.setattr(sys, "argv", ["idm", *arguments])
            patch.setattr(sys, "stdout", streams[0])
            patch.setattr(sys, "stderr", streams[1])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
            code = guarded()
        texts = []
        for stream in streams:
            stream.flush()
            raw = stream.buffer
            assert isinstance(raw, io.BytesIO)
            texts.append(raw.getvalue().decode())
        return Ended(code, *texts)

    return run
