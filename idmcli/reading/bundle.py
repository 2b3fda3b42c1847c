"""Many small files at once, archives among them: each is read by itself, and one that cannot be read stops no other."""

import io
import itertools
import posixpath
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from idmcli.errors import InputError
from idmcli.reading.kinds import disguise, recognise
from idmcli.reading.limits import damaged
from idmcli.reading.package import MAGIC, Package
from idmcli.reading.sources import ENDINGS, Source, find_sources
from idmcli.reading.text import read_text
from idmcli.reading.workbook import read_workbook
from idmcli.tables import Grid

ZIP: Final = ".zip"
TABLES: Final = tuple(ending for ending in ENDINGS if ending not in (".parquet", ".json"))
_WORKBOOK_PARTS: Final = ("xl/", "content.xml", "word/", "ppt/")
NO_TABLES: Final = (
    *(".pdf", ".doc", ".docx", ".odt", ".rtf", ".jpg", ".jpeg", ".png", ".tif", ".tiff"),
    *(".rar", ".7z", ".gz", ".accdb", ".mdb", ".bak"),
)
"""Endings of what is handed in beside tables, or instead of them, and cannot be read."""
_JUNK: Final = ("__macosx/", "~$", ".")
_DEEPEST: Final = 8


@dataclass(frozen=True)
class Piece:
    """One file, or one file of an archive, as read.

    Attributes:
        berkas: its name; in an archive the archive's name joined with it.
        induk: what it belongs to: a workbook to itself, a text to its folder or archive.
        grids: its tables; empty if it could not be read.
        galat: why it could not be read, else None.
        notes: what was assumed.
        asal: the file on disk.
        dilewati: whether it is no table at all by its ending, and was found rather than named.
    """

    berkas: str
    induk: str
    grids: tuple[Grid, ...]
    galat: InputError | None
    notes: tuple[str, ...]
    asal: str
    dilewati: bool = False


def read_pieces(paths: Sequence[str], *, skip: Sequence[Path] = ()) -> Iterator[Piece]:
    """Every workbook and text in the files, folders (with all subfolders) and zip archives named, in their order.

    Documents and pictures in a folder or an archive come as pieces that are passed over, so that somebody can be told.

    Args:
        paths: files, folders, wildcards.
        skip: files to leave out wherever they are found.

    Raises:
        InputError: a path does not exist or must not be read, or a folder holds no such file.
    """
    left_out = {path.resolve() for path in skip}
    seen: set[Path] = set()
    for name in paths:
        for source in _sources(name):
            place = source.path.resolve() if source.path is not None else Path(name)
            if place in left_out or place in seen:
                continue
            seen.add(place)
            if Path(name).is_dir() and source.ending in NO_TABLES:
                yield _passed(source.berkas, source.berkas)
                continue
            yield from _read(source)


def _sources(name: str) -> list[Source]:
    folder = Path(name)
    if not folder.is_dir():
        return find_sources([name])[0]
    files = [
        path
        for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).parts)
        if path.suffix.lower() in (*TABLES, ZIP, *NO_TABLES)
        and len(path.relative_to(folder).parts) <= _DEEPEST
        and not any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        and path.is_file()
    ]
    if all(path.suffix.lower() in NO_TABLES for path in files):
        raise InputError(
            f"Folder {name} tidak berisi berkas RAPBDes", f"Sebutkan folder yang berisi {', '.join((*TABLES, ZIP))}."
        )
    return [Source(str(Path(name) / path.relative_to(folder)), path) for path in files]


def _read(source: Source) -> Iterator[Piece]:
    try:
        data = source.load()
        if data.startswith(MAGIC) and (members := _members(source.berkas, data)) is not None:
            yield from members
            return
        yield _piece(source.berkas, source.ending, data, source.berkas)
    except InputError as error:
        yield Piece(source.berkas, source.berkas, (), error, (), source.berkas)


def _members(berkas: str, data: bytes) -> Iterator[Piece] | None:
    """The tables of an archive; None where the zip is itself a workbook or a document."""
    package = Package(berkas, data)
    if any(name.startswith(_WORKBOOK_PARTS) or name == "[content_types].xml" for name in package.names):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [info.filename for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, ValueError) as error:
        raise damaged(berkas) from error
    kept = [name for name in sorted(names) if not _junk(name)]
    tables = [name for name in kept if PurePosixPath(name).suffix.lower() in TABLES]
    if not tables:
        raise InputError(f"{berkas} tidak memuat berkas tabel", f"Isinya harus {', '.join(TABLES)}.")
    others = [name for name in kept if PurePosixPath(name).suffix.lower() in (ZIP, *NO_TABLES)]
    return itertools.chain(
        (_member(berkas, name, package) for name in tables),
        (_passed(posixpath.join(berkas, name), berkas) for name in others),
    )


def _passed(berkas: str, asal: str) -> Piece:
    return Piece(berkas, berkas, (), None, (), asal, dilewati=True)


def _member(berkas: str, name: str, package: Package) -> Piece:
    inside = posixpath.join(berkas, name)
    try:
        return _piece(inside, PurePosixPath(name).suffix.lower(), package.whole(name), berkas)
    except InputError as error:
        return Piece(inside, inside, (), error, (), berkas)


def _piece(berkas: str, ending: str, data: bytes, asal: str) -> Piece:
    if not data:
        raise InputError(f"{berkas} kosong (0 byte)", "Minta atau ekspor ulang berkasnya.")
    content = recognise(berkas, ending, data)
    note = disguise(berkas, ending, content.kind)
    notes = [note] if note else []
    if content.kind == "teks":
        grid = read_text(berkas, data)
        folder = berkas.replace("\\", "/").rpartition("/")[0]
        return Piece(berkas, folder or ".", (grid,), None, (*notes, *grid.assumptions), asal)
    if content.kind in ("parquet", "json"):
        raise InputError(f"{berkas} bukan tabel RAPBDes", "Kirim RAPBDes sebagai .xlsx atau .csv.")
    grids, said = read_workbook(berkas, data, content, None)
    return Piece(berkas, berkas, tuple(grids), None, (*notes, *said), asal)


def _junk(name: str) -> bool:
    return name.lower().startswith(_JUNK[0]) or PurePosixPath(name).name.startswith(_JUNK[1:])
