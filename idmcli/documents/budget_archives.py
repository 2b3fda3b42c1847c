"""Archives of verification papers, one per kecamatan: what a kecamatan is sent."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePath
from typing import Final

from idmcli.documents.folder import PaperFolder
from idmcli.documents.make import Made
from idmcli.documents.word import PACKED
from idmcli.errors import IdmError

VILLAGES: Final = PurePath("desa")
"""Where the papers of villages stand in a pack."""


def write_archives(
    folder: PaperFolder, parts: Iterator[tuple[PurePath, Sequence[PurePath]]], progress: Callable[[int], None]
) -> Made:
    """The archives, of the papers as they stand in the folder; the same papers give the same bytes."""
    made: list[PurePath] = []
    kept: list[PurePath] = []
    edited: list[PurePath] = []
    failed: list[tuple[PurePath, str]] = []
    for done, (name, papers) in enumerate(parts, 1):
        progress(done)
        there = [paper for paper in papers if (folder.path / paper).is_file()]
        if not any(VILLAGES in paper.parents for paper in there):  # --hanya left this kecamatan out
            continue
        try:
            data = archive([(paper.name, folder.path / paper) for paper in there])
            mark = hashlib.sha256(data).hexdigest()
            if folder.state(name, mark) == "tetap":
                kept.append(name)
            else:
                (made if folder.write(name, data, mark) else edited).append(name)
        except (IdmError, OSError) as error:
            failed.append((name, str(error)))
    return Made(tuple(made), tuple(kept), tuple(edited), tuple(failed))


def archive(files: Sequence[tuple[str, Path]]) -> bytes:
    """A zip file of these files by name, without a trace of clock or machine."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for name, path in sorted(files):
            entry = zipfile.ZipInfo(name, PACKED)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(entry, path.read_bytes())
    return packed.getvalue()
