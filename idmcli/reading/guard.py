"""Around the Rust parsers: their failures become a sentence, and their own words stay off the officer's screen."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import fastexcel
import polars as pl

from idmcli.reading.limits import damaged

# the parser logs what it leaves out (chart sheets), and logs that nobody handles end up on the screen
logging.getLogger("calamine").addHandler(logging.NullHandler())


@contextmanager
def refusing(berkas: str) -> Iterator[None]:
    """Turn a parser's failure into `InputError`.

    The Rust parsers raise their own exceptions for faults they foresee and a `PanicException`, which derives from
    `BaseException` and has one class per library, for those they do not. Anything else (Ctrl-C above all) passes.
    """
    try:
        with _silence():
            yield
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError) as error:
        raise damaged(berkas) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(berkas) from error


@contextmanager
def _silence() -> Iterator[None]:
    """Send file descriptor 2 nowhere: a panic writes its backtrace there before Python hears of it."""
    try:
        kept = os.dup(2)
    except OSError:  # standard error is closed: nothing can be written there
        yield
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
        yield
    finally:
        with suppress(OSError):
            os.dup2(kept, 2)
        os.close(kept)
