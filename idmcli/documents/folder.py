"""The folder of papers: what is up to date stays, what somebody edited or put there is not overwritten.

`idm-dokumen.json` in the folder says of every paper what it was made from (a fingerprint of its inputs) and what was
written (size and SHA-256). While a run lasts, a journal beside it gets a line before each paper takes its place, so
that a run that was killed at any moment leaves nothing that the next one does not recognise as its own. The journal
becomes part of the list at the end of a run.
"""

import errno
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path, PurePath
from types import TracebackType
from typing import Final, Literal, NamedTuple, Self, TextIO

from idmcli import __version__
from idmcli.documents.lock import only_one
from idmcli.errors import OutputError
from idmcli.export import atomic, reason

MANIFEST: Final = "idm-dokumen.json"
JOURNAL: Final = "idm-dokumen.jurnal"
LOCK: Final = "idm-dokumen.kunci"
OWN: Final = (MANIFEST, JOURNAL, LOCK)
SCHEMA_VERSION: Final = 1
HOPELESS: Final = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}
"""What befalls every further paper too."""
LONGEST_ON_WINDOWS: Final = 259
"""Letters of a whole path; Windows can be told to take longer ones, Word and Excel cannot."""
State = Literal["baru", "tetap", "usang", "disunting", "asing"]
"""Not there yet; up to date; ours, but made from something else; ours, but edited since; not on our list."""


class Written(NamedTuple):
    """A paper as it was written: fingerprint of what it was made from, size in bytes, SHA-256."""

    sidik: str
    ukuran: int
    sha256: str


class PaperFolder:
    """A folder while papers are written to it; use with `with`.

    Args:
        path: the folder; it is made where it is missing.
        force: replace papers that somebody edited, and foreign files that bear a paper's name.

    Raises:
        OutputError: the folder cannot be used, another run uses it, or its list is unreadable.
    """

    def __init__(self, path: Path, *, force: bool = False) -> None:
        self.path = path
        self.force = force
        self._known: dict[str, list[Written]] = {}
        self._journal: TextIO | None = None
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Take the folder: lock it, read what was written before, clear what a killed run left half-made."""
        with self._stack, _telling(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            self._stack.enter_context(only_one(self.path / LOCK))
            self._known = _manifest(self.path / MANIFEST)
            self._take_over_journal()
            self._journal = (self.path / JOURNAL).open("a", encoding="utf-8", newline="\n")
            self._journal.write("\n")  # the last line of a killed run may be cut off
            self._stack = self._stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the folder back with its list complete, whatever ended the run."""
        with self._stack, _telling(self.path):
            if self._journal:
                self._journal.close()
            self._save()
            (self.path / JOURNAL).unlink(missing_ok=True)

    def state(self, nama: PurePath, sidik: str) -> State:
        """How a paper stands, before it is made.

        Args:
            nama: path below the folder.
            sidik: fingerprint of what it would be made from.

        Raises:
            OutputError: something by that name cannot be read.
        """
        place = self.path / nama
        with _telling(place):
            if not place.exists():
                return "baru"
            candidates = self._known.get(nama.as_posix())
            if candidates is None:
                return "asing"
            size = place.stat().st_size if place.is_file() else -1
            there = _sha256(place) if any(candidate.ukuran == size for candidate in candidates) else ""
            ours = [candidate for candidate in candidates if (candidate.ukuran, candidate.sha256) == (size, there)]
            if not ours:
                return "disunting"
            return "tetap" if ours[-1].sidik == sidik else "usang"

    def write(self, nama: PurePath, data: bytes, sidik: str) -> bool:
        """Put a paper in its place in one step.

        A file that is not ours is only taken over where it is the same already (or with `force`).

        Args:
            nama: path below the folder; its folders are made.
            data: the paper.
            sidik: fingerprint of what it was made from.

        Returns:
            Whether it stands there now; False where somebody's own file does.

        Raises:
            OutputError: it cannot be written; nothing changed at its place.
        """
        place = self.path / nama
        entry = Written(sidik, len(data), hashlib.sha256(data).hexdigest())
        with _telling(place):
            _check_length(place)
            place.parent.mkdir(parents=True, exist_ok=True)
            same = place.is_file() and place.read_bytes() == data
        if not same and not self.force and self.state(nama, sidik) in {"disunting", "asing"}:
            return False
        self._note(nama, entry)
        if not same:
            with atomic(place, force=True) as path:
                path.write_bytes(data)
        self._known[nama.as_posix()] = [entry]
        return True

    def _note(self, nama: PurePath, entry: Written) -> None:
        assert self._journal is not None, "the folder is not open"
        with _telling(self.path / JOURNAL):
            self._journal.write(json.dumps([nama.as_posix(), *entry], ensure_ascii=False) + "\n")
            self._journal.flush()

    def _take_over_journal(self) -> None:
        """Both what a killed run wrote and what it found: whichever stands at the place is known to be ours."""
        journal = self.path / JOURNAL
        if not journal.exists():
            return
        for line in journal.read_text(encoding="utf-8", errors="replace").splitlines():
            with suppress(ValueError, TypeError):
                nama, sidik, ukuran, sha256 = json.loads(line)
                entry = Written(str(sidik), int(ukuran), str(sha256))
                self._known.setdefault(str(nama), []).append(entry)
        folders = {self.path, *((self.path / nama).parent for nama in self._known)}
        for half in sorted(path for folder in folders for path in folder.glob(".idm-" + "[0-9a-f]" * 12 + ".*")):
            with suppress(OSError):
                half.unlink()

    def _save(self) -> None:
        papers = {nama: self._standing(nama, entries)._asdict() for nama, entries in sorted(self._known.items())}
        head = json.dumps({"idm": __version__, "skema": SCHEMA_VERSION})
        rows = ",\n".join(f"{json.dumps(nama, ensure_ascii=False)}: {json.dumps(row)}" for nama, row in papers.items())
        text = f'{head[:-1]}, "dokumen": {{\n{rows}\n}}}}\n'
        place = self.path / MANIFEST
        if not place.exists() or place.read_text(encoding="utf-8") != text:
            with atomic(place, force=True) as path:
                path.write_bytes(text.encode())

    def _standing(self, nama: str, entries: list[Written]) -> Written:
        """Of several entries that a killed run left, the one whose paper is there."""
        if len(entries) == 1:
            return entries[0]
        place = self.path / nama
        there = _sha256(place) if place.is_file() else ""
        return next((entry for entry in reversed(entries) if entry.sha256 == there), entries[-1])


def hopeless(error: OutputError) -> bool:
    """Whether what stopped one paper stops every other one too: the disk is full, or can only be read."""
    cause = error.__cause__
    return isinstance(cause, OSError) and cause.errno in HOPELESS


def _manifest(path: Path) -> dict[str, list[Written]]:
    """The list of a folder; empty where there is none.

    Raises:
        OutputError: it is damaged, or a newer program wrote it.
    """
    if not path.exists():
        return {}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        version, papers = content["skema"], content["dokumen"]
        known = {nama: [Written(row["sidik"], row["ukuran"], row["sha256"])] for nama, row in papers.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise OutputError(
            f"Daftar dokumen {path} rusak, sehingga tidak diketahui dokumen mana yang sudah disunting",
            "Pilih folder lain; atau hapus daftar itu, lalu ulangi: dokumen yang isinya sama dikenali kembali.",
        ) from error
    if version != SCHEMA_VERSION:
        raise OutputError(f"Daftar dokumen {path} dibuat oleh idm versi lain", "Perbarui idm, atau pilih folder lain.")
    return known


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _check_length(place: Path) -> None:
    if os.name == "nt" and len(str(place.absolute())) > LONGEST_ON_WINDOWS:
        raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG), str(place))


@contextmanager
def _telling(place: Path) -> Iterator[None]:
    """What the operating system refuses, in words for the officer."""
    try:
        yield
    except PermissionError as error:
        raise OutputError(
            f"{place} tidak dapat ditulis: tidak ada izin, atau sedang dibuka di program lain",
            "Tutup berkas itu, atau pilih folder lain.",
        ) from error
    except OSError as error:
        long = error.errno == errno.ENAMETOOLONG
        advice = "Pilih folder yang jalurnya lebih pendek." if long else "Pilih folder lain."
        raise OutputError(f"{place} tidak dapat ditulis: {reason(error)}", advice) from error
