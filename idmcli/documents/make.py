"""Papers into their folder: what is up to date stays, what fails is told, the rest goes on."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import PurePath

from idmcli.documents.folder import PaperFolder, hopeless
from idmcli.documents.papers import PaperJob
from idmcli.documents.pool import Outcome, render_all
from idmcli.errors import IdmError, OutputError


@dataclass(frozen=True)
class Made:
    """What became of the papers, each by name, in order of names.

    Attributes:
        dibuat: made now.
        tetap: up to date already.
        disunting: left alone, because somebody edited them or a foreign file stands there; `force` replaces them.
        gagal: not made, and why.
    """

    dibuat: tuple[PurePath, ...]
    tetap: tuple[PurePath, ...]
    disunting: tuple[PurePath, ...]
    gagal: tuple[tuple[PurePath, str], ...]


@dataclass
class _Tally:
    dibuat: list[PurePath] = field(default_factory=list)
    tetap: list[PurePath] = field(default_factory=list)
    disunting: list[PurePath] = field(default_factory=list)
    gagal: list[tuple[PurePath, str]] = field(default_factory=list)

    @property
    def done(self) -> int:
        return len(self.dibuat) + len(self.tetap) + len(self.disunting) + len(self.gagal)

    def made(self) -> Made:
        dibuat, tetap, disunting = (tuple(sorted(names)) for names in (self.dibuat, self.tetap, self.disunting))
        return Made(dibuat, tetap, disunting, tuple(sorted(self.gagal)))


def make_papers(
    jobs: Iterable[PaperJob],
    folder: PaperFolder,
    *,
    total: int,
    workers: int = 1,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Made:
    """Make the papers that are missing or out of date; workers make them, this process writes them.

    Args:
        jobs: names differ; taken one by one, so that a province need not stand in memory.
        folder: an open folder.
        total: how many jobs there are, for `progress`.
        workers: processes; 1 works in this one.
        progress: called with papers done and `total`, after each.

    Raises:
        ConfigError: a template is invalid; what was written before stays.
        OutputError: the disk is full or cannot be written at all.
    """
    tally = _Tally()

    def told() -> None:
        progress(tally.done, total)

    def needed() -> Iterator[PaperJob]:
        for job in jobs:
            try:
                state = folder.state(job.nama, job.fingerprint)
            except OutputError as error:
                tally.gagal.append((job.nama, str(error)))
                told()
                continue
            if state == "tetap" or (state == "disunting" and not folder.force):
                (tally.tetap if state == "tetap" else tally.disunting).append(job.nama)
                told()
            else:
                yield job

    with closing(render_all(needed(), workers)) as outcomes:
        for outcome in outcomes:
            if outcome.templat:
                raise outcome.templat
            _settle(outcome, folder, tally)
            told()
    return tally.made()


def _settle(outcome: Outcome, folder: PaperFolder, tally: _Tally) -> None:
    """Write a finished paper, or note why there is none."""
    nama = outcome.job.nama
    if outcome.galat:
        tally.gagal.append((nama, outcome.galat))
        return
    try:
        there = folder.write(nama, outcome.data, outcome.job.fingerprint)
    except IdmError as error:
        if isinstance(error, OutputError) and hopeless(error):
            raise
        tally.gagal.append((nama, str(error)))
    else:
        (tally.dibuat if there else tally.disunting).append(nama)
