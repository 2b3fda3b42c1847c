"""`manifest.json` of a report: what it was made from, and every file in it with size and SHA-256.

Everything but `waktu` (seconds per stage) is the same in every run over the same input; `sidik` is the SHA-256 of all
that, so two reports with the same `sidik` are the same report.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from idmcli.documents.folder import JOURNAL, LOCK
from idmcli.documents.folder import MANIFEST as PAPERS
from idmcli.documents.minutes_folder import REGISTER
from idmcli.errors import InputError

MANIFEST: Final = "manifest.json"
SCHEMA_VERSION: Final = 1
KIND: Final = "laporan"
TIMES: Final = "waktu"
OWN: Final = "sidik"
FILES: Final = "berkas"
OF_THE_SYSTEM: Final = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
"""What Windows and macOS leave in folders that somebody has looked at: nobody's edit."""
Change = Literal["hilang", "berubah", "lebih"]
"""Listed and not there; there, but not as it was written; there, but not listed."""
BESIDE_PAPERS: Final = {JOURNAL, LOCK, REGISTER, f"{REGISTER}.kunci"}
"""What stands in a folder of papers and is not on its list: it changes with every run."""


@dataclass(frozen=True)
class Checked:
    """A folder held against its manifest.

    Attributes:
        jenis: `laporan` or `dokumen`.
        berkas: how many files the manifest lists.
        perubahan: path below the folder and what became of it, in order of paths.
        sidik_cocok: whether the manifest itself is as it was written; None where it does not say.
    """

    jenis: Literal["laporan", "dokumen"]
    berkas: int
    perubahan: tuple[tuple[str, Change], ...]
    sidik_cocok: bool | None

    @property
    def utuh(self) -> bool:
        """Whether everything is as it was written."""
        return not self.perubahan and self.sidik_cocok is not False


def manifest_text(folder: Path, about: Mapping[str, Any], times: Mapping[str, float]) -> str:
    """The manifest of everything that stands in a folder now.

    Args:
        folder: the report.
        about: what it says of itself beside the files; must be possible in JSON, and the same in every run.
        times: seconds per stage.

    Raises:
        OSError: a file cannot be read.
    """
    lines = {
        name: {"ukuran": size, "sha256": digest}
        for name, size, digest in (
            (name, path.stat().st_size, sha256(path)) for name, path in walked(folder) if name != MANIFEST
        )
    }
    content = {"skema": SCHEMA_VERSION, "jenis": KIND, **about, FILES: lines}
    content = {**content, OWN: seal(content), TIMES: {name: round(second, 3) for name, second in times.items()}}
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def seal(content: Mapping[str, Any]) -> str:
    """SHA-256 of a manifest without its times and without itself."""
    bare = {key: value for key, value in content.items() if key not in (OWN, TIMES)}
    text = json.dumps(bare, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a report; None where the folder has none of ours."""
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    ours = isinstance(content, dict) and content.get("jenis") == KIND and isinstance(content.get(FILES), dict)
    return content if ours else None


def check(folder: Path) -> Checked:
    """Hold a report, or a folder of papers, against its list.

    Raises:
        InputError: there is no such folder, no list, or the list is damaged.
        OSError: a file cannot be read.
    """
    if not folder.is_dir():
        raise InputError(f"{folder} bukan folder yang ada", "Sebut folder laporan atau folder dokumen buatan idm.")
    if (folder / MANIFEST).exists():
        content = read_manifest(folder)
        if content is None:
            raise InputError(
                f"{folder / MANIFEST} rusak atau bukan buatan idm", "Ambil folder itu dari salinan, atau buat ulang."
            )
        listed = content[FILES]
        sealed = content.get(OWN) == seal(content)
        return Checked("laporan", len(listed), _compared(folder, listed, {MANIFEST}), sealed)
    listed = _papers(folder)
    return Checked("dokumen", len(listed), _compared(folder, listed, {PAPERS, *BESIDE_PAPERS}), None)


def walked(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file below a folder: its path with forward slashes, and where it is; in order of paths."""

    def refuse(error: OSError) -> None:
        raise error

    found: list[Path] = []
    for path, folders, files in os.walk(folder, onerror=refuse):
        links = (name for name in folders if (Path(path) / name).is_symlink())
        found += (Path(path) / name for name in (*files, *links))
    own = (path for path in found if path.name.lower() not in OF_THE_SYSTEM)
    yield from sorted((path.relative_to(folder).as_posix(), path) for path in own)


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _papers(folder: Path) -> Mapping[str, Any]:
    path = folder / PAPERS
    if not path.is_file():
        raise InputError(
            f"{folder} tidak memuat {MANIFEST} atau {PAPERS}", "Sebut folder laporan atau folder dokumen buatan idm."
        )
    try:
        listed: Mapping[str, Any] = dict(json.loads(path.read_text(encoding="utf-8"))["dokumen"])
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path} rusak", "Jalankan ulang perintah yang membuat folder itu.") from error
    return listed


def _compared(folder: Path, listed: Mapping[str, Any], beside: set[str]) -> tuple[tuple[str, Change], ...]:
    there = dict(walked(folder))
    changes: list[tuple[str, Change]] = [(name, "lebih") for name in there if name not in listed and name not in beside]
    for name, said in listed.items():
        path = there.get(name)
        if path is None:
            changes.append((name, "hilang"))
        elif not isinstance(said, dict) or not _same(path, said):
            changes.append((name, "berubah"))
    return tuple(sorted(changes))


def _same(path: Path, said: Mapping[str, Any]) -> bool:
    return path.is_file() and path.stat().st_size == said.get("ukuran") and sha256(path) == said.get("sha256")


def counted(changes: Sequence[tuple[str, Change]]) -> Mapping[Change, int]:
    """How many of each kind, those that occur."""
    kinds: tuple[Change, ...] = ("hilang", "berubah", "lebih")
    numbers = {kind: sum(1 for _, one in changes if one == kind) for kind in kinds}
    return {kind: number for kind, number in numbers.items() if number}
