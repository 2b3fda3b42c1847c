"""Papers on every core: chunks of jobs to worker processes, finished papers back."""

import os
import signal
import threading
from collections.abc import Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait as wait_for_end
from typing import Final, NamedTuple

from idmcli.documents.papers import PaperJob, make_paper
from idmcli.errors import ConfigError

CHUNK: Final = 8
"""Papers per message: half a second of work, so that an interruption need not wait longer."""
AHEAD: Final = 3
"""Chunks per worker under way or waiting; the contexts behind them are not made earlier."""
MOST_DEATHS: Final = 4
"""So many single papers may kill their worker; then it is not the papers' fault."""
CRASHED: Final = "pembuatnya berhenti mendadak, mungkin karena memori habis; ulangi, atau kurangi --jobs"


Answer = tuple[bytes, str, tuple[str, str] | None]
"""A paper, why there is none, and the fault of its template: in a form that travels between processes."""


class Outcome(NamedTuple):
    """What became of a job: the paper, or why there is none; `templat` when the template is to blame."""

    job: PaperJob
    data: bytes = b""
    galat: str = ""
    templat: ConfigError | None = None


def rendered(job: PaperJob) -> Outcome:
    """Make one paper; what goes wrong is told, not raised."""
    try:
        return Outcome(job, data=make_paper(job))
    except ConfigError as error:
        return Outcome(job, galat=error.pesan, templat=error)
    except Exception as error:  # one village's paper must not stop the others
        return Outcome(job, galat=f"{type(error).__name__}: {error}")


def render_all(jobs: Iterable[PaperJob], workers: int) -> Generator[Outcome]:
    """The outcomes of all jobs, as they come; in this process when `workers` is 1.

    Jobs are taken as they are needed. Where a worker dies (memory, usually), the papers that were under way are made
    one by one, so that only the one that kills its worker is lost.
    """
    if workers <= 1:
        yield from map(rendered, jobs)
        return
    waiting = iter(jobs)
    executor = _executor(workers)
    under_way: dict[Future[list[Answer]], list[PaperJob]] = {}
    try:
        while True:
            suspects: list[PaperJob] = []
            broken = False
            while len(under_way) < AHEAD * workers and (chunk := list(islice(waiting, CHUNK))):
                try:
                    under_way[executor.submit(_render_chunk, chunk)] = chunk
                except BrokenProcessPool:
                    waiting = chain(chunk, waiting)
                    broken = True
                    break
            if not under_way and not broken:
                return
            for future in wait(under_way, return_when=FIRST_COMPLETED).done if under_way else ():
                chunk = under_way.pop(future)
                try:
                    answers = future.result()
                except BrokenProcessPool:
                    broken = True
                    suspects += chunk
                    continue
                yield from map(_told, chunk, answers)
            if broken:
                suspects += chain.from_iterable(under_way.values())
                under_way.clear()
                executor.shutdown()
                yield from _one_by_one(suspects)
                executor = _executor(workers)
    finally:
        executor.shutdown(cancel_futures=True)


def _one_by_one(jobs: Iterable[PaperJob]) -> Generator[Outcome]:
    """The outcomes of jobs of which one has killed its worker; after some deaths the rest is given up."""
    deaths = 0
    executor = _executor(1)
    try:
        for job in jobs:
            if deaths == MOST_DEATHS:
                yield Outcome(job, galat=CRASHED)
                continue
            try:
                (answer,) = executor.submit(_render_chunk, [job]).result()
            except BrokenProcessPool:
                deaths += 1
                yield Outcome(job, galat=CRASHED)
                executor.shutdown()
                executor = _executor(1)
            else:
                yield _told(job, answer)
    finally:
        executor.shutdown(cancel_futures=True)


def _told(job: PaperJob, answer: Answer) -> Outcome:
    """A worker's answer as the outcome of its job."""
    data, why, fault = answer
    return Outcome(job, data, why, ConfigError(*fault) if fault else None)


def usual_workers(papers: int) -> int:
    """How many processes pay for their start: one per core that this process may use, one where little is to do."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, papers // (2 * CHUNK)))


def _executor(workers: int) -> ProcessPoolExecutor:
    # polars runs threads of its own: a forked copy of this process could wait forever for one that is not there
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_settle_in)


def _settle_in() -> None:
    """A worker leaves Ctrl-C to its parent, and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent:
        threading.Thread(target=_leave_with, args=(parent.sentinel,), daemon=True).start()


def _leave_with(sentinel: int) -> None:
    wait_for_end([sentinel])
    os._exit(1)


def _render_chunk(jobs: list[PaperJob]) -> list[Answer]:
    """What became of each job."""
    outcomes = map(rendered, jobs)
    return [(one.data, one.galat, (one.templat.pesan, one.templat.saran) if one.templat else None) for one in outcomes]
