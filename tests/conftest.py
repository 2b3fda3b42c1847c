"""What several tests share: the program run in this process."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.program import Ended, run_here

ROOT = Path(__file__).parents[1]
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # programs started by tests would compile the package anew each time
SAMPLE = ROOT / "samples" / "kaltara.xlsx"

Run = Callable[..., Ended]


@pytest.fixture
def idm() -> Run:
    """Run the program in this process, streams and all, as `main` does but for the exit."""

    def run(*arguments: str, cwd: Path = ROOT, stdin: bytes = b"") -> Ended:
        return run_here(arguments, cwd, stdin=stdin)

    return run
