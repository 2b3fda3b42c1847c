"""A report is made beside the published one and takes its place in one step; whatever happens, one of them stands.

Beside the published folder `laporan` stand, while a run lasts or after it was killed, `.laporan.idm.kunci` (the lock)
and the workshop `.laporan.idm`:

- `isi/`: the report in the making,
- `idm-dokumen.json`: the list of the papers in `isi/`, which is of no use to a reader,
- `keadaan.json`: what it is made from, and, once it is whole and on the disk, that it may be published (`siap`),
- `lama/`: the report that was replaced, until it is known what becomes of it,
- `buang/`: what is being taken away.

A run that finds a workshop goes on with it: the same inputs, and what is in `isi/` is used again; other inputs, and it
is thrown away. Where the system cannot exchange two folders in one step (Windows, some network disks), the old one is
moved aside and the new one into its place; who is killed between the two has no published folder until the next run,
which begins by putting the new one there.
"""

import errno
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from idmcli.documents.folder import MANIFEST as PAPER_LIST
from idmcli.documents.lock import only_one
from idmcli.errors import ConfigError, OutputError
from idmcli.export import atomic, reason
from idmcli.report.manifest import MANIFEST, OWN, read_manifest
from idmcli.report.shelf import STATE, Shelf, clear, touched
from idmcli.report.swap import exchange, sync, sync_tree

CONTENT: Final = "isi"
OLD: Final = "lama"
WASTE: Final = "buang"
LOCK_ENDING: Final = ".kunci"
READY: Final = "siap"
MADE_FROM: Final = "dari"


class Publication:
    """The place of a report while it is made anew; use with `with`.

    Args:
        target: the published folder, or where it will be.
        keep: how many replaced reports stay.

    Attributes:
        place: the published folder; where `target` is a link, the folder behind it.
        content: the folder to write the new report to; exists after `begin`.
        notes: what happened to folders, one line each, for log and officer.

    Raises:
        ConfigError: something stands at the target that is no report of ours.
        OutputError: another run is at work, or its folder cannot be written.
    """

    def __init__(self, target: Path, *, keep: int = 0) -> None:
        self.target = target
        self.place = target.resolve()
        self.workshop = self.place.with_name(f".{self.place.name}.idm")
        self.content = self.workshop / CONTENT
        self.notes: list[str] = []
        self._shelf = Shelf(self.place, self.workshop / WASTE, keep)
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Take the place, and finish what a killed run had begun to publish."""
        with self._stack, self._telling():
            if not self.place.parent.is_dir():
                raise OutputError(
                    f"Folder {self.target.parent} untuk laporan tidak ada",
                    "Buat dulu folder itu, atau betulkan laporan.keluaran.",
                )
            try:
                self._stack.enter_context(only_one(self.workshop.with_name(self.workshop.name + LOCK_ENDING)))
            except OutputError as error:
                raise OutputError(f"Laporan {self.target} sedang dibuat: {error.pesan}", error.saran) from error
            self._know_workshop()
            self._recover()
            judge(self.target)
            self._stack = self._stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go; what is half made stays in the workshop for the next run."""
        self._stack.close()

    def begin(self, made_from: str) -> bool:
        """Make the workshop ready for a report made from this.

        Args:
            made_from: fingerprint of everything that the report depends on.

        Returns:
            Whether an interrupted run over the same is taken up again.

        Raises:
            OutputError: the disk refuses.
        """
        with self._telling():
            same = self._state().get(MADE_FROM) == made_from and self.content.is_dir()
            if not same:
                clear(self.workshop)
                self.workshop.mkdir()
            self._say({MADE_FROM: made_from})
            self.content.mkdir(exist_ok=True)
            return same

    def publish(self) -> bool:
        """Let the new report, its manifest included, take the place of the old one.

        Returns:
            False where the same report stands there already; it is left as it is.

        Raises:
            OutputError: the system refuses; the old report stands.
        """
        with self._telling():
            manifest = read_manifest(self.content)
            if manifest is None:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self.content / MANIFEST))
            if self.standing(manifest[OWN]):
                clear(self.workshop)
                return False
            if self.place.is_dir():
                self.content.chmod(self.place.stat().st_mode & 0o7777)
            sync_tree(self.content)
            self._say({**self._state(), READY: manifest[OWN]})
            self._swap()
        try:
            self._settle()
        except OSError as error:  # the new report stands all the same; the next run begins by trying again
            self.notes.append(
                f"Laporan baru sudah terbit, tetapi yang lama di {self.workshop} belum dapat dirapikan: {reason(error)}"
            )
        return True

    def standing(self, seal: str) -> bool:
        """Whether the report with this `sidik` is published, and nobody has touched it."""
        return (read_manifest(self.place) or {}).get(OWN) == seal and not touched(self.place)

    def _swap(self) -> None:
        old = self.workshop / OLD
        if not self.place.exists():
            self.content.rename(self.place)
        elif not exchange(self.content, self.place):
            self.place.rename(old)
            try:
                self.content.rename(self.place)
            except OSError:
                old.rename(self.place)
                raise
        sync(self.place.parent)

    def _know_workshop(self) -> None:
        """Refuse a folder of somebody else that happens to bear the workshop's name: it would be cleared."""
        if not self.workshop.exists():
            return
        known = {CONTENT, STATE, OLD, WASTE, PAPER_LIST}
        strange = [one.name for one in self.workshop.iterdir() if one.name not in known]
        if any(not name.startswith(".idm-") for name in strange):
            raise ConfigError(
                f"{self.workshop} berisi berkas lain ({min(strange)}), sedangkan idm memerlukan nama itu",
                "Pindahkan folder itu, atau ganti laporan.keluaran.",
            )

    def _recover(self) -> None:
        """Go on where a run was killed while it published."""
        ready = self._state().get(READY)
        if ready is None:
            return
        old = self.workshop / OLD
        if not self.place.exists():  # between the two steps of a system that cannot exchange
            whole = (read_manifest(self.content) or {}).get(OWN) == ready
            source = self.content if whole else old
            if not source.is_dir():
                return
            source.rename(self.place)
            self.notes.append(f"Penerbitan {self.target} yang terputus telah diselesaikan")
        elif (read_manifest(self.place) or {}).get(OWN) != ready:
            return  # killed before: the new report is made again, from what is there
        self._settle()

    def _settle(self) -> None:
        """Keep or take away the replaced report, then the workshop."""
        old = self.workshop / OLD
        if self.content.is_dir() and not old.exists():  # they have changed places
            self.content.rename(old)
        if old.is_dir() and not any(old.iterdir()):
            old.rmdir()
        elif old.is_dir() and (kept := self._shelf.retire(old)):
            self.notes.append(kept)
        clear(self.workshop)

    def _state(self) -> Mapping[str, Any]:
        try:
            state = json.loads((self.workshop / STATE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return state if isinstance(state, dict) else {}

    def _say(self, state: Mapping[str, Any]) -> None:
        with atomic(self.workshop / STATE, force=True) as path:
            path.write_bytes(json.dumps(state).encode())
        sync(self.workshop)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """What the operating system refuses, in words for the officer."""
        try:
            yield
        except PermissionError as error:
            raise OutputError(
                f"Laporan {self.target} tidak dapat diterbitkan: tidak ada izin, atau berkasnya sedang dibuka di "
                f"program lain ({error.filename or self.place.parent})",
                "Tutup berkas itu atau periksa izin foldernya, lalu ulangi; yang sudah dibuat dipakai lagi.",
            ) from error
        except OSError as error:
            raise OutputError(
                f"Laporan {self.target} tidak dapat diterbitkan: {reason(error)} "
                f"({error.filename or self.place.parent})",
                "Betulkan itu, lalu ulangi; yang sudah dibuat dipakai lagi.",
            ) from error


def judge(target: Path) -> None:
    """Refuse to replace what is no report of ours.

    Raises:
        ConfigError: something else stands at the target.
    """
    if not target.exists():
        return
    if not target.is_dir():
        raise ConfigError(f"{target} bukan folder", "Sebut nama folder baru pada laporan.keluaran.")
    if os.path.ismount(target):
        raise ConfigError(
            f"{target} titik kait sebuah disk dan tidak dapat diganti dalam satu langkah",
            f"Sebut folder di dalamnya, misalnya {target / 'laporan'}.",
        )
    if read_manifest(target) is None and any(target.iterdir()):
        raise ConfigError(
            f"{target} berisi berkas lain dan bukan laporan buatan idm; tidak ada yang diubah",
            "Sebut folder baru pada laporan.keluaran, atau pindahkan isi folder itu.",
        )
