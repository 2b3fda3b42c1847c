"""From what the officer typed to the files to read: folders, wildcards, standard input, and names that do not exist."""

import difflib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from idmcli.errors import InputError
from idmcli.reading.limits import MAX_FILE, too_large

STDIN: Final = "-"
ENDINGS: Final = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".parquet", ".json")
"""Endings of the files that a folder is searched for; a file named on its own may have any ending."""
_DOCUMENT: Final = ".json"
_DEEPEST: Final = 8
"""Levels of subfolders that are searched: provinsi, kabupaten, kecamatan, year, and some to spare."""
_SHOWN = 3
_PIECE = 1 << 20


@dataclass(frozen=True)
class Source:
    """One file to read: its name as the user would write it, and its path (None for standard input)."""

    berkas: str
    path: Path | None

    @property
    def ending(self) -> str:
        """The ending of the name, lower case, with its dot; empty for standard input."""
        return "" if self.path is None else self.path.suffix.lower()

    def load(self, stdin: BinaryIO | None = None) -> bytes:
        """All bytes of the file; InputError where it is empty, too large, or must not be read."""
        return _load_stdin(stdin) if self.path is None else _load_file(self.berkas, self.path)


def find_sources(paths: Sequence[str]) -> tuple[list[Source], list[str]]:
    """The files behind the arguments, in order and each once, and what was assumed on the way.

    A folder gives its data files by name. Its subfolders (one per kabupaten, say) are searched, the same way each, only
    if it holds no table itself: nothing, or ministry documents alone, which may be filed at any depth.
    """
    if not paths:
        raise InputError("Tidak ada berkas yang disebut", "Sebutkan berkas atau folder data, misalnya: data.xlsx.")
    found: dict[object, Source] = {}
    assumptions: list[str] = []
    for name in paths:
        for source in _expand(name, assumptions):
            key = STDIN if source.path is None else _identity(source.path)
            if key in found:
                assumptions.append(f"{source.berkas} disebut dua kali; dibaca satu kali")
            else:
                found[key] = source
    return list(found.values()), assumptions


def _expand(name: str, assumptions: list[str]) -> list[Source]:
    if name == STDIN:
        return [Source(STDIN, None)]
    path = Path(name)
    if any(letter < " " for letter in name):
        raise InputError(f"{name!r} bukan alamat berkas", "Periksa penulisan namanya.")
    try:
        if path.is_dir():
            return _folder(name, path, assumptions)
        if path.exists():
            return [Source(name, path)]
        # cmd.exe and PowerShell hand wildcards over as typed
        matches = sorted(map(str, path.parent.glob(path.name))) if set("*?[") & set(path.name) else []
    except PermissionError as error:
        raise _forbidden(name) from error
    except OSError as error:
        raise InputError(f"{name} tidak dapat dibuka ({error.strerror})", "Periksa penulisan namanya.") from error
    if not matches:
        raise _missing(name, path)
    return [source for match in matches for source in _expand(match, assumptions)]


def _folder(name: str, folder: Path, assumptions: list[str]) -> list[Source]:
    files, ignored, entered, left = _search(name, folder, _DEEPEST)
    for folders, said in ((entered, "data diambil juga dari subfolder"), (left, "subfolder tidak dibaca")):
        if folders and files:
            assumptions.append(f"{name}: {said} ({_few([str(sub.relative_to(folder)) for sub in folders])})")
    if ignored:
        assumptions.append(f"{name}: berkas lain dilewati ({_few([path.name for path in ignored])})")
    if not files:
        raise InputError(
            f"Folder {name} tidak berisi berkas data",
            f"Sebutkan folder yang berisi berkas {', '.join(ENDINGS[:-1])} atau {ENDINGS[-1]}.",
        )
    return [Source(str(Path(name) / path.relative_to(folder)), path) for path in files]


def _search(name: str, folder: Path, depth: int) -> tuple[list[Path], list[Path], list[Path], list[Path]]:
    """Data files, other files, the subfolders searched that hold data, and those not searched."""
    files, folders, ignored = _list(name, folder)
    if depth == 0 or any(path.suffix.lower() != _DOCUMENT for path in files):
        return files, ignored, [], folders
    entered: list[Path] = []
    left: list[Path] = []
    for sub in folders:
        inner, others, deeper, unread = _search(str(Path(name) / sub.name), sub, depth - 1)
        files += inner
        ignored += others
        entered += [sub] if inner and not deeper else deeper
        left += unread
    return files, ignored, entered, left


def _list(name: str, folder: Path) -> tuple[list[Path], list[Path], list[Path]]:
    """Data files, visible subfolders and other visible files of a folder, each sorted by name."""
    try:
        inside = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        raise _forbidden(name) from error
    locks = [path for path in inside if path.name.startswith("~$")]
    visible = [path for path in inside if not path.name.startswith((".", "~$"))]
    folders = [path for path in visible if path.is_dir()]
    files = [path for path in visible if path.is_file() and path.suffix.lower() in ENDINGS]
    others = [path for path in visible if path not in folders and path not in files]
    return files, folders, [*others, *locks]


def _load_file(berkas: str, path: Path) -> bytes:
    if not (path.is_file() or path.is_fifo()):
        raise InputError(f"{berkas} bukan berkas data", "Sebutkan berkas atau folder yang berisi data IDM.")
    try:
        with path.open("rb") as stream:
            if path.stat().st_size > MAX_FILE:
                raise _beyond(berkas)
            data = stream.read() if path.is_file() else _drain(berkas, stream)
    except PermissionError as error:
        raise _forbidden(berkas) from error
    except OSError as error:
        raise InputError(
            f"{berkas} tidak dapat dibaca ({error.strerror})", "Salin berkasnya ke komputer ini."
        ) from error
    if not data:
        raise InputError(f"{berkas} kosong (0 byte)", "Minta atau ekspor ulang berkasnya.")
    return data


def _load_stdin(stdin: BinaryIO | None) -> bytes:
    advice = "Alirkan isi CSV ke perintah ini, atau sebutkan nama berkasnya sebagai ganti tanda -."
    stream = stdin if stdin is not None else getattr(sys.stdin, "buffer", None)
    try:
        data = _drain(STDIN, stream) if stream is not None else b""
    except (OSError, ValueError) as error:
        raise InputError("Masukan standar (-) tertutup", advice) from error
    if not data:
        raise InputError("Masukan standar (-) kosong", advice)
    return data


def _drain(berkas: str, stream: BinaryIO) -> bytes:
    """Everything from a stream that does not know its size, in pieces."""
    pieces: list[bytes] = []
    size = 0
    while piece := stream.read(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > MAX_FILE:
            raise _beyond(berkas)
    return b"".join(pieces)


def _beyond(berkas: str) -> InputError:
    return too_large(berkas, "lebih dari 1 GB", "Bagi menurut kabupaten, atau simpan sebagai .parquet.")


def _missing(name: str, path: Path) -> InputError:
    folder = path.parent
    try:
        names = [file.name for file in folder.iterdir()] if folder.is_dir() else None
    except OSError:
        names = []
    if names is None:
        return InputError(f"Folder {folder} tidak ada, jadi {name} tidak dapat dibaca", "Periksa penulisan alamatnya.")
    folded = {other.casefold(): other for other in names}
    near = difflib.get_close_matches(path.name.casefold(), list(folded), n=1)
    advice = f"Maksud Anda {folder / folded[near[0]]}?" if near else "Periksa nama dan foldernya."
    return InputError(f"Berkas {name} tidak ada", advice)


def _forbidden(name: str) -> InputError:
    return InputError(
        f"{name} tidak boleh dibaca (izin ditolak)",
        "Tutup berkas itu di program lain, atau salin ke folder Anda sendiri.",
    )


def _identity(path: Path) -> object:
    stat = path.stat()
    return (stat.st_dev, stat.st_ino) if stat.st_ino else path.resolve()


def _few(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_SHOWN])
    return shown if len(names) <= _SHOWN else f"{shown}, dan {len(names) - _SHOWN} lainnya"
