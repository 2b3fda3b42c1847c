"""The log of reports: one JSON object per line, appended, so that a program can follow it and a person can read it.

`{"waktu": "2026-11-22T02:00:11+00:00", "jalan": 4711, "tahap": "periksa", "tingkat": "info", "pesan": "…"}`, with
`durasi` (seconds) where a stage ended. `jalan` is the number of the process: lines of one run belong together. This is
the only place where the clock is written down.
"""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal, Self, TextIO

from idmcli.errors import OutputError
from idmcli.export import reason

Grade = Literal["info", "peringatan", "galat"]
STARTED, ENDED, STOPPED = "mulai", "selesai", "berhenti"
"""Stages that begin and end every run."""
OPEN_ENDED: Final = "Jalan sebelumnya (proses {}) berhenti tanpa pamit pada tahap {}; yang sudah dibuat dipakai lagi"
TAIL: Final = 65_536
"""Bytes at the end of the log in which the last line of the run before is looked for."""


class Journal:
    """The log while a run lasts; use with `with`. A disk that takes no more lines does not stop the run.

    Args:
        path: the file; made where it is missing, appended to else.

    Attributes:
        times: seconds per stage, in the order in which they ended.
        stage: the stage under way; the last one where none is.

    Raises:
        OutputError: the file cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.times: dict[str, float] = {}
        self.stage = STARTED
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        """Open the log; a line that a killed run left cut off is ended."""
        try:
            cut = self.path.exists() and self.path.stat().st_size > 0 and _last_byte(self.path) != b"\n"
            self._file = self.path.open("a", encoding="utf-8", newline="\n")
            if cut:
                self._file.write("\n")
        except OSError as error:
            raise OutputError(
                f"Log {self.path} tidak dapat ditulis: {reason(error)}", "Periksa laporan.log atau izin foldernya."
            ) from error
        return self

    def __exit__(self, *_: object) -> None:
        """Close the log."""
        if self._file:
            self._quietly(self._file.close)

    def write(self, pesan: str, *, tingkat: Grade = "info", tahap: str | None = None, **more: Any) -> None:
        """One line, on its way to the disk when this returns.

        Args:
            pesan: what happened, in words for the officer.
            tingkat: how grave.
            tahap: the stage; that under way where none is named.
            more: further keys; must be possible in JSON.
        """
        line = {
            "waktu": datetime.now(UTC).isoformat(timespec="seconds"),
            "jalan": os.getpid(),
            "tahap": tahap or self.stage,
            "tingkat": tingkat,
            "pesan": pesan,
            **more,
        }
        text = json.dumps(line, ensure_ascii=False, default=str) + "\n"
        self._quietly(lambda: self._put(text))

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """A stage: its beginning and how long it took; a failure is left to whoever catches it."""
        self.stage = stage
        self.write(f"Tahap {stage} mulai")
        start = time.perf_counter()
        yield
        taken = round(time.perf_counter() - start, 3)
        self.times[stage] = taken
        self.write(f"Tahap {stage} selesai", durasi=taken)

    def unfinished(self) -> str | None:
        """What is to be said of the run before, where it ended without a word; to be asked before the first line."""
        try:
            size = self.path.stat().st_size
            with self.path.open("rb") as file:
                file.seek(max(0, size - TAIL))
                lines = file.read().decode("utf-8", "replace").splitlines()
        except OSError:
            return None
        for text in reversed(lines):
            try:
                line = json.loads(text)
                stage, process = line["tahap"], line["jalan"]
            except (ValueError, KeyError, TypeError):
                continue
            return None if stage in (ENDED, STOPPED) else OPEN_ENDED.format(process, stage)
        return None

    def _put(self, text: str) -> None:
        if self._file:
            self._file.write(text)
            self._file.flush()

    @staticmethod
    def _quietly(act: Any) -> None:
        try:
            act()
        except (OSError, ValueError):  # a full disk; what the run itself meets there is told on stderr
            return


def _last_byte(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1)
