"""Standard streams that a cron job or a pipe may have closed: made whole before anything else is opened."""

import os
import sys
from contextlib import suppress
from typing import Any, Final

STANDARD: Final = ((0, os.O_RDONLY), (1, os.O_RDONLY), (2, os.O_WRONLY))
"""What takes the place of a closed stream: an empty input, an output that refuses all, and nowhere for messages."""


def open_streams() -> None:
    """Give the three standard descriptors their meaning back where they are closed, and UTF-8 to what is printed.

    Otherwise the next file opened would get number 1 or 2, and a library's complaint would be written into a result.
    A closed stdout refuses writing, because a result that nobody gets must not end as a success. The official texts
    hold ≥ and ≤; a cp1252 pipe would stop at them.
    """
    for descriptor, flags in STANDARD:
        try:
            os.fstat(descriptor)
        except OSError:
            opened = os.open(os.devnull, flags)
            if opened != descriptor:
                os.dup2(opened, descriptor)
                os.close(opened)
    if sys.stdout is None:
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def hush(stream: Any) -> None:
    """Send to nowhere what a stream still holds, whose reader has gone or whose disk is full.

    Python would try once more at exit and complain there.
    """
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
