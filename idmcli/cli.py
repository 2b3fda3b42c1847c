"""The way in: streams, signals, and the one boundary that turns errors into a line and an exit code.

Nothing heavy is imported at the top, so that Ctrl-C while the program still loads ends as quietly as later.
"""

import os
import signal
import sys
from contextlib import suppress
from typing import Any, Final

from idmcli.commands.streams import hush, open_streams
from idmcli.errors import IdmError

INTERRUPTED: Final = 130
STOPPED: Final = "Dihentikan. Berkas hasil yang belum selesai tidak ditulis."
ENDING_SIGNALS: Final = ("SIGTERM", "SIGHUP", "SIGBREAK")
"""Requests to end that would otherwise leave temporary files behind; not every system has all of them."""


class Stopped(BaseException):
    """The system asked the program to end; passes through everything, so that files in the making are taken away."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number


def __getattr__(name: str) -> Any:
    """`app`, the typer program: loaded when somebody asks for it, not when the boundary is."""
    if name == "app":
        from idmcli.commands.program import app

        return app
    raise AttributeError(name)


def main() -> None:
    """Run `idm` and leave with its exit code; never a traceback (set IDM_DEBUG=1 to see one)."""
    open_streams()
    heed_signals()
    code = guarded()
    try:
        sys.stdout.flush()
    except OSError:  # what failed once would fail again at exit, with Python's own words and exit code
        hush(sys.stdout)
    if code == INTERRUPTED:
        # Ctrl-C inside a package's own start-up code leaves a mark in the interpreter, which would then end itself by
        # the signal instead of with our code; everything of ours is unwound by now
        os._exit(code)
    sys.exit(code)


def heed_signals() -> None:
    """End in order when asked to; a signal that the caller had ignored (nohup) stays ignored."""

    def stop(number: int, _frame: object) -> None:
        signal.signal(number, signal.SIG_IGN)
        raise Stopped(number)

    for name in ENDING_SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, stop)


def guarded() -> int:
    """The commands inside the boundary; returns the exit code."""
    try:
        from idmcli.commands.program import run

        code = run()
    except IdmError as error:
        return complain(str(error), error.exit_code)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except Stopped as stopped:
        return complain(STOPPED, stopped.exit_code)
    except BrokenPipeError:
        # the reader of our pipe has gone (`| head`): that is its right, and Python must not complain at exit
        hush(sys.stdout)
        return 0
    except OSError as error:
        hush(sys.stdout)
        if os.environ.get("IDM_DEBUG"):
            raise
        return complain(refusal(error), 5)
    except MemoryError:
        return complain("Memori tidak cukup untuk data ini. Pecah berkas per kabupaten, lalu ulangi.", 3)
    except BaseException as error:
        # a panic inside a compiled package arrives as a BaseException of pyo3; SystemExit keeps its way out
        panic = type(error).__module__.startswith("pyo3")
        if os.environ.get("IDM_DEBUG") or not (panic or isinstance(error, Exception)):
            raise
        return complain(
            f"Kesalahan program ({type(error).__name__}: {error}). Ini bukan salah Anda: kirim perintah dan berkasnya "
            "ke pengembang; IDM_DEBUG=1 menampilkan rinciannya.",
            70,
        )
    return complain(STOPPED, code) if code == INTERRUPTED else code


def refusal(error: OSError) -> str:
    """What the system refused, in words for the officer; without a file name it is stdout that failed."""
    from idmcli.export import reason

    if error.filename:
        return f"Sistem menolak {error.filename}: {reason(error)}."
    return f"stdout tidak dapat ditulis: {reason(error)}. Tulis hasilnya ke berkas dengan -o."


def complain(message: str, exit_code: int) -> int:
    """One line on stderr, whatever state stderr is in."""
    with suppress(OSError, ValueError, AttributeError):  # stderr closed or absent: the exit code must still tell
        if sys.stderr is not None:
            print(f"idm: {' '.join(message.split())}", file=sys.stderr, flush=True)
    return exit_code
