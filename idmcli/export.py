"""Results to files: all or nothing, data formats by the ending of the name, and no text that a spreadsheet executes.

What the data files look like, and why:

- `.csv` is UTF-8 with a byte order mark (so that Excel reads ≥ and é right), comma between fields, decimal point. An
  Excel set to Indonesian shows such a file in one column, which everybody notices; with semicolons it would split it
  and then read 0.6876 as thousands, which nobody notices. Who wants to look rather than to compute takes `.xlsx`.
- `-` is the same CSV on stdout, without the mark.
- `.parquet` keeps types; edition and program version stand in its key-value metadata.
- `.json` is one document `{"idm": …, "skema": 1, …, "baris": [{…}, …]}`, one village per line.

A text that begins with `=`, `+`, `-`, `@`, tab or carriage return would be run as a formula by a spreadsheet. In CSV it
gets an apostrophe in front (also behind apostrophes that already stand there, so that taking off exactly one gives the
original back); numbers are no text and stay as they are. Lists become `a; b`.
"""

import errno
import io
import json
import os
import re
import secrets
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import polars as pl

from idmcli import __version__
from idmcli.errors import OutputError, UsageError

STDOUT: Final = "-"
ENDINGS: Final = (".xlsx", ".csv", ".parquet", ".json")
SCHEMA_VERSION: Final = 1
FORMULA_START: Final = r"^'*[=+\-@\t\r]"
"""Texts that a spreadsheet would take for a formula, and those that look like one of them made safe."""
JOINER: Final = "; "
REASONS: Final = {
    errno.ENOSPC: "disk penuh",
    errno.EDQUOT: "kuota disk habis",
    errno.EFBIG: "melebihi batas ukuran berkas",
    errno.EROFS: "disk itu hanya dapat dibaca",
    errno.ENAMETOOLONG: "namanya terlalu panjang",
    errno.EIO: "disk tidak menjawab",
    errno.EBADF: "keluarannya tertutup",
    errno.EPIPE: "penerimanya sudah menutup pipa",
    errno.ENOENT: "tempat itu tidak ada",
    errno.EACCES: "tidak ada izin",
    errno.ENOTDIR: "ada berkas di tempat foldernya",
    errno.EISDIR: "ada folder di tempat berkasnya",
}
"""What an operating system's error means to the officer."""
HIDDEN_NUMBER: Final = re.compile(r"\[Errno (\d+)\]")
"""Where xlsxwriter keeps the system's number: in its text only."""
ROOM: Final = "Beri ruang di disk itu, atau pilih folder lain."
ADVICE: Final = {errno.ENAMETOOLONG: "Pilih nama yang lebih pendek.", errno.ENOENT: "Pilih folder lain."}


def check_target(target: str, *, force: bool, endings: tuple[str, ...] = ENDINGS) -> None:
    """Find out before the work whether the result could be written to `target`.

    Raises:
        UsageError: unknown ending, missing folder, a folder or device by that name, or a file without `force`.
    """
    if target == STDOUT:
        return
    path = Path(target)
    if path.suffix.lower() not in endings:
        ending = f"akhiran {path.suffix}" if path.suffix else "nama tanpa akhiran"
        raise UsageError(f"{target}: {ending} tidak dikenal", f"Pakai salah satu akhiran ini: {', '.join(endings)}.")
    _check_place(path, force)


@contextmanager
def atomic(target: Path, *, force: bool) -> Iterator[Path]:
    """A path beside `target` to write to; it takes the place of `target` in one step when the block succeeds.

    On any failure, Ctrl-C included, it is removed and whatever stood at `target` before still stands. A link is
    followed, so that the file behind it is replaced and not the link.

    Raises:
        UsageError: `target` exists and `force` is not given, or its folder is missing.
        OutputError: no permission, the file is open in another program, or the disk is full.
    """
    _check_place(target, force)
    place = target.resolve()
    temporary = place.with_name(f".idm-{secrets.token_hex(6)}{place.suffix}")
    with _telling(target):
        try:
            _take_place(temporary, place)
            yield temporary
            with temporary.open("r+b") as written:
                os.fsync(written.fileno())
            _check_place(target, force)
            temporary.replace(place)
        finally:
            temporary.unlink(missing_ok=True)


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for what is written before it has a place; gone when the block ends.

    Raises:
        OutputError: the system's folder for temporary files is full or cannot be written.
    """
    try:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)
    except OSError as error:
        raise OutputError(
            f"Folder sementara {tempfile.tempdir or ''} tidak dapat ditulis: {reason(error)}",
            "Beri ruang di disk itu, atau sebut folder lain dalam TMPDIR.",
        ) from error


def write_frame(
    frame: pl.DataFrame,
    target: str,
    *,
    force: bool,
    meta: Mapping[str, Any] | None = None,
    workbook: Callable[[Path], None] | None = None,
) -> None:
    """Write a frame in the format that the ending of `target` asks for.

    Args:
        frame: any columns; rows and columns keep their order.
        target: file name, or `-` for CSV on stdout.
        force: replace an existing file.
        meta: what a JSON document or parquet file says about itself beside program and schema (`edisi`, `sumber`, …);
            must be possible in JSON.
        workbook: writes the `.xlsx` to the path it is given; without it `.xlsx` is not offered.

    Raises:
        UsageError: as `check_target`.
        OutputError: the file or stdout cannot be written.
    """
    endings = ENDINGS if workbook else tuple(ending for ending in ENDINGS if ending != ".xlsx")
    check_target(target, force=force, endings=endings)
    if target == STDOUT:
        write_stdout(safe_csv(frame))
        return
    with atomic(Path(target), force=force) as path:
        match path.suffix.lower():
            case ".xlsx" if workbook:
                workbook(path)
            case ".csv":
                path.write_bytes(b"\xef\xbb\xbf" + safe_csv(frame))
            case ".parquet":
                _write_parquet(frame, path, meta or {})
            case _:
                path.write_text(json_document(frame, meta), encoding="utf-8")


def json_document(frame: pl.DataFrame, meta: Mapping[str, Any] | None = None) -> str:
    """The versioned JSON document of a frame: program, schema, `meta`, then `baris`, one object per line.

    Missing and not-a-number are null.
    """
    head = json.dumps(_about(meta or {}), ensure_ascii=False, allow_nan=False)
    rows = frame.write_ndjson().rstrip("\n").replace("\n", ",\n")  # a line break inside a text is written as \\n
    body = f"[\n{rows}\n]" if rows else "[]"
    return f'{head[:-1]}, "baris": {body}}}\n'


def safe_csv(frame: pl.DataFrame) -> bytes:
    """The frame as CSV (UTF-8, comma, decimal point) with no text or header that a spreadsheet would execute."""
    flat = frame.with_columns(pl.col(pl.List(pl.String)).list.join(JOINER, ignore_nulls=True))
    guarded = flat.with_columns(pl.col(pl.String).str.replace(FORMULA_START, "'${0}")).rename(
        lambda name: f"'{name}" if re.match(FORMULA_START, name) else name
    )
    return guarded.write_csv().encode()


def write_stdout(data: bytes) -> None:
    """Bytes to stdout, at once.

    Raises:
        OutputError: the reader of the pipe has gone, or the disk behind a redirection is full.
    """
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        # Whatever is left in the buffer would fail once more, with a traceback, when Python shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OutputError(f"stdout tidak dapat ditulis: {reason(error)}", "Tulis ke berkas dengan -o.") from error


def reason(error: OSError) -> str:
    """Why the system refused, in words for the officer."""
    return REASONS.get(_number(error)) or error.strerror or str(error)


def _number(error: OSError) -> int:
    hidden = HIDDEN_NUMBER.search(str(error))
    return error.errno or (int(hidden[1]) if hidden else 0)


def _about(meta: Mapping[str, Any]) -> dict[str, Any]:
    return {"idm": __version__, "skema": SCHEMA_VERSION, **meta}


def _write_parquet(frame: pl.DataFrame, path: Path, meta: Mapping[str, Any]) -> None:
    about = {
        key: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for key, value in _about(meta).items()
    }
    whole = io.BytesIO()  # polars would wrap what the disk says in words of its own
    frame.write_parquet(whole, metadata=about)
    path.write_bytes(whole.getbuffer())


def _take_place(temporary: Path, place: Path) -> None:
    """Make the temporary file, with the permissions of the file that it will replace."""
    if place.exists() and not os.access(place, os.W_OK):
        raise PermissionError
    temporary.touch(exist_ok=False)
    if place.exists():
        temporary.chmod(place.stat().st_mode & 0o777)


@contextmanager
def _telling(target: Path) -> Iterator[None]:
    """What the operating system refuses, in words for the officer."""
    try:
        yield
    except PermissionError as error:
        raise OutputError(
            f"{target} tidak dapat ditulis: tidak ada izin, atau berkas itu sedang dibuka di Excel",
            "Tutup berkas itu, atau pilih folder lain.",
        ) from error
    except OSError as error:
        advice = ADVICE.get(_number(error), ROOM)
        raise OutputError(f"{target} tidak dapat ditulis: {reason(error)}", advice) from error


def _check_place(target: Path, force: bool) -> None:
    with _telling(target):
        _judge_place(target, force)


def _judge_place(target: Path, force: bool) -> None:
    parent = target.absolute().parent
    if not parent.is_dir():
        nearest = next(folder for folder in parent.parents if folder.is_dir() or folder == folder.parent)
        raise UsageError(
            f"{target}: folder {parent} tidak ada",
            f"Buat dulu folder itu, atau pilih folder yang ada, misalnya {nearest}.",
        )
    if target.is_dir():
        raise UsageError(f"{target} adalah folder", "Sebut nama berkas di dalamnya.")
    if target.exists() and not target.is_file():
        raise UsageError(f"{target} bukan berkas biasa", "Pilih nama lain, atau - untuk stdout.")
    if target.exists() and not force:
        raise UsageError(f"{target} sudah ada", "Tambahkan --force untuk mengganti, atau pilih nama lain.")
