"""One run at a time in a folder: a lock of the operating system, which ends with the process that holds it."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from idmcli.errors import OutputError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

TAKEN: Final = {errno.EAGAIN, errno.EACCES, errno.EWOULDBLOCK}
"""What systems answer where another process holds the lock; anything else is a disk that knows no locks."""
OUT_OF_THE_WAY: Final = 1 << 30
"""Windows lets nobody read locked bytes: the lock lies behind the end of the file, the process number stays legible."""


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold the lock file `path` to the end of the block, or to the death of the process, whatever it died of.

    Raises:
        OutputError: another process holds it.
        OSError: the file cannot be made.
    """
    number = _taken(path)
    try:
        os.truncate(number, 0)
        os.write(number, str(os.getpid()).encode())
        yield
    finally:
        if sys.platform == "win32":  # an open file cannot be removed there
            os.close(number)
            with suppress(OSError):
                path.unlink()
        else:
            with suppress(OSError):
                path.unlink()
            os.close(number)


def _taken(path: Path) -> int:
    while True:
        number = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            _hold(number)
        except OSError as error:
            if error.errno in TAKEN:
                holder = os.read(number, 20).decode("ascii", "replace").strip()
                os.close(number)
                who = f" (proses {holder})" if holder else ""
                raise OutputError(
                    f"Folder {path.parent} sedang dipakai idm lain{who}",
                    "Tunggu sampai selesai, atau pilih folder lain.",
                ) from error
        if _still_there(number, path):
            return number
        os.close(number)  # the one before us took its file away between our opening and our locking


def _hold(number: int) -> None:
    """Lock an open file without waiting."""
    if sys.platform == "win32":
        os.lseek(number, OUT_OF_THE_WAY, os.SEEK_SET)
        try:
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(number, 0, os.SEEK_SET)
    else:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _still_there(number: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(number), path.stat())
    except FileNotFoundError:
        return False
