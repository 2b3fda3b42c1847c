"""The program run in this process: quick, and with everything that `main` does but the exit."""

import io
import os
import sys
from collections.abc import Sequence
from contextlib import chdir
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from idmcli.cli import guarded


class Ended(NamedTuple):
    """How a run ended and what it printed."""

    returncode: int
    stdout: str
    stderr: str


def run_here(
    arguments: Sequence[str], cwd: Path, *, stdin: bytes = b"", together: bool = False, **environ: str
) -> Ended:
    """Run the program, 80 columns wide; `together`: stdout and stderr in one stream, as on a screen."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n", write_through=True)
    err = out if together else io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n", write_through=True)
    streams: dict[str, Any] = {
        "stdout": out,
        "stderr": err,
        "stdin": io.TextIOWrapper(io.BytesIO(stdin)),
        "argv": ["idm", *arguments],
    }
    with chdir(cwd), patch.dict(os.environ, {"COLUMNS": "80", **environ}), patch.multiple(sys, **streams):
        code = guarded()
    texts = []
    for stream in (out, err):
        raw = stream.buffer
        assert isinstance(raw, io.BytesIO)
        texts.append(raw.getvalue().decode())
    return Ended(code, texts[0], "" if together else texts[1])
