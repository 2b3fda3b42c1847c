"""Two folders change places in one step, where the system can do that; else in two, told apart by who asks."""

import ctypes
import errno
import os
import sys
from pathlib import Path
from typing import Final

AT_FDCWD: Final = -100
RENAME_EXCHANGE: Final = 2
"""Linux, `renameat2(2)`; the same number as RENAME_SWAP of macOS, `renamex_np(2)`."""
IMPOSSIBLE: Final = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM}
"""What systems answer whose kernel or file system cannot exchange."""


def exchange(one: Path, other: Path) -> bool:
    """Let two folders of the same file system change places, so that both names exist at every moment.

    Returns:
        False where this system cannot; nothing has changed then.

    Raises:
        OSError: it can, but refuses.
    """
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            result = library.renameat2(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE)
        elif sys.platform == "darwin":
            result = library.renamex_np(os.fsencode(one), os.fsencode(other), RENAME_EXCHANGE)
        else:
            return False
    except (AttributeError, TypeError, OSError):  # a C library without that call, or a system without one to ask
        return False
    if result == 0:
        return True
    number = ctypes.get_errno()
    if number in IMPOSSIBLE:
        return False
    raise OSError(number, os.strerror(number), str(one), None, str(other))


def sync_tree(folder: Path) -> None:
    """Everything below a folder on the disk itself, so that no power cut undoes what a rename then makes public."""
    for path, _, files in os.walk(folder):
        for name in files:
            sync(Path(path) / name)
        sync(Path(path))


def sync(path: Path) -> None:
    """One file or folder on the disk itself; a folder only where the system lets one be synced."""
    folder = path.is_dir()
    if folder and os.name == "nt":
        return
    # Windows flushes only what is open for writing
    number = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(number)
    except OSError:
        if not folder:
            raise
    finally:
        os.close(number)
