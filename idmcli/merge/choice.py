"""Which of several contradicting rows counts: only what the officer asked for, by file or by the date it was saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Final, Literal

LATEST: Final = "terbaru"


@dataclass(frozen=True)
class Version:
    """When a file was saved (UTC), and how that is known: written inside it, or by the date that the disk shows."""

    disimpan: datetime
    cara: Literal["isi berkas", "tanggal berkas"]


@dataclass(frozen=True)
class Candidate:
    """One content among several for the same village and year.

    `rows` are the row numbers that hold exactly this, as read; `covered` those of rows that say the same and less;
    `files` and `covered_files` are their files.
    """

    rows: tuple[int, ...]
    files: tuple[str, ...]
    covered: tuple[int, ...] = ()
    covered_files: tuple[str, ...] = ()


def pick(
    candidates: Sequence[Candidate], wanted: Sequence[str], versions: Mapping[str, Version], order: Mapping[str, int]
) -> int | None:
    """The row number that the wishes choose, the first wish that decides; None where none does.

    Args:
        candidates: the contents that contradict each other.
        wanted: `terbaru`, or names of files.
        versions: when files were saved; all of them, or `terbaru` decides nothing.
        order: place of each file on the command line; of two saved at the same moment the later one counts.
    """
    for wish in wanted:
        if wish == LATEST:
            file = latest([file for one in candidates for file in one.files], versions, order)
            found = _of_file(candidates, file) if file is not None else None
        else:
            found = next(filter(None, (_of_file(candidates, file) for file in order if named(file, wish))), None)
        if found is not None:
            return found[0]
    return None


def latest(files: Sequence[str], versions: Mapping[str, Version], order: Mapping[str, int]) -> str | None:
    """The file saved last; None where the date of one is unknown."""
    if not files or any(file not in versions for file in files):
        return None
    return max(files, key=lambda file: (versions[file].disimpan, order[file]))


def named(file: str, wish: str) -> bool:
    """Whether a file is meant by what the officer typed: its whole name or the last part of it."""
    path = PurePath(file)
    return wish in {file, path.name, path.stem} or path == PurePath(wish)


def _of_file(candidates: Sequence[Candidate], file: str) -> tuple[int] | None:
    """The row of a file among the candidates (or the fuller one that covers it); None if it has none or several."""
    exact = [one.rows[one.files.index(file)] for one in candidates if file in one.files]
    if not exact:
        exact = [one.rows[0] for one in candidates if file in one.covered_files]
    return (exact[0],) if len(exact) == 1 else None
