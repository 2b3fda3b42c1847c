"""All papers of a plan into one folder: sheets and posters of villages, worklists of offices, the provincial books."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from pathlib import Path, PurePath

from idmcli import __version__
from idmcli.documents.context import sheet_context
from idmcli.documents.folder import PaperFolder
from idmcli.documents.make import Made, make_papers
from idmcli.documents.names import paper_paths
from idmcli.documents.papers import Jenis, PaperJob, paper_job
from idmcli.documents.pool import usual_workers
from idmcli.documents.villages import sheet_inputs
from idmcli.errors import IdmError, UsageError
from idmcli.pipeline.plan import NUMBER, Planned

SHEETS, POSTERS = PurePath("lembar"), PurePath("poster")
Book = Callable[[Path], None]
"""Writes a workbook to the path that it is given."""


@dataclass(frozen=True)
class Order:
    """Which papers of the villages are made, and how.

    Attributes:
        formats: forms of the sheet.
        poster: a poster beside every sheet, in the same forms but Word.
        hanya: code prefixes of the villages that get papers; () for all.
        templat: the office's own templates.
        tanggal: the date to print.
        workers: processes; 0: as many as help.
    """

    formats: tuple[Jenis, ...]
    poster: bool = False
    hanya: tuple[str, ...] = ()
    templat: Path | None = None
    tanggal: date | None = None
    workers: int = 0


def write_papers(
    planned: Planned,
    folder: PaperFolder,
    order: Order,
    books: Mapping[PurePath, Book],
    progress: Callable[[int, int], None],
) -> Made:
    """Make what is missing or out of date.

    Args:
        planned: the plan.
        folder: an open folder.
        order: which sheets.
        books: workbooks by name, each with what writes it.
        progress: called with papers done and all papers.

    Raises:
        UsageError: `order.hanya` names no village.
        ConfigError: a template is invalid.
        OutputError: the disk is full or cannot be written at all.
    """
    chosen = villages(planned, order.hanya)
    kinds = list(forms(order))
    total = len(chosen) * len(kinds) + len(books)
    sheets = make_papers(
        paper_jobs(planned, order, chosen, kinds),
        folder,
        total=total,
        workers=order.workers or usual_workers(len(chosen) * len(kinds)),
        progress=progress,
    )
    return joined(sheets, write_books(planned, folder, books, lambda done: progress(total - len(books) + done, total)))


def villages(planned: Planned, hanya: Sequence[str]) -> Mapping[int, PurePath]:
    """Row number of every village that gets papers, and where they go."""
    paths = paper_paths(planned.villages)
    if not hanya:
        return paths
    codes = dict(planned.villages.select(NUMBER, "kode_desa").iter_rows())
    wanted = tuple(code.replace(".", "").strip() for code in hanya)
    chosen = {number: path for number, path in paths.items() if (codes[number] or "").startswith(wanted)}
    if not chosen:
        raise UsageError(
            f"--hanya {','.join(hanya)}: tidak ada desa dengan kode itu dalam rencana",
            "Sebut kode desa (10 angka), kecamatan (6), atau kabupaten (4).",
        )
    return chosen


def forms(order: Order) -> Iterator[tuple[str, PurePath, Jenis]]:
    """Template, folder and kind of every paper that a village gets."""
    for kind in order.formats:
        yield "lembar", SHEETS, kind
    if order.poster:
        for kind in [kind for kind in order.formats if kind != "docx"] or ["pdf"]:
            yield "poster", POSTERS, kind


def paper_jobs(
    planned: Planned, order: Order, chosen: Mapping[int, PurePath], kinds: Sequence[tuple[str, PurePath, Jenis]]
) -> Iterator[PaperJob]:
    """The papers of the chosen villages, made ready one village at a time."""
    for number, one in sheet_inputs(planned, order.tanggal):
        if number not in chosen:
            continue
        context = sheet_context(one, planned.gapped.rubric, templat=order.templat)
        place = chosen[number]
        for lembar, base, kind in kinds:
            name = base / place.with_name(f"{place.name}.{kind}")
            yield paper_job(name, kind, context, templat=order.templat, lembar=lembar)


def write_books(
    planned: Planned, folder: PaperFolder, books: Mapping[PurePath, Book], progress: Callable[[int], None]
) -> Made:
    """The workbooks; those made from the same plan stay as they are."""
    made: list[PurePath] = []
    kept: list[PurePath] = []
    edited: list[PurePath] = []
    failed: list[tuple[PurePath, str]] = []
    digest = plan_digest(planned)
    for done, (name, write) in enumerate(sorted(books.items()), 1):
        mark = hashlib.sha256(f"{digest} {name.as_posix()}".encode()).hexdigest()
        try:
            state = folder.state(name, mark)
            if state == "tetap":
                kept.append(name)
            elif state in {"disunting", "asing"} and not folder.force:
                edited.append(name)
            else:
                (made if folder.write(name, content(write), mark) else edited).append(name)
        except IdmError as error:
            failed.append((name, str(error)))
        progress(done)
    return Made(tuple(made), tuple(kept), tuple(edited), tuple(failed))


def content(write: Book) -> bytes:
    """What a book's writer writes."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "buku.xlsx"
        write(path)
        return path.read_bytes()


def plan_digest(planned: Planned) -> str:
    """SHA-256 of everything that the books of a plan show."""
    digest = hashlib.sha256(f"{__version__} {planned.gapped.rubric.hash}".encode())
    choice = planned.gapped.choice
    for part in (choice, planned.limits, planned.rule, planned.tujuan, planned.tahun, planned.notes, planned.kawasan):
        digest.update(plain(part).encode())
    for source in planned.gapped.loaded.sources:
        digest.update(f"{source.berkas} {source.sha256}".encode())
    for frame in (planned.villages, planned.worklist, planned.solution.pemakaian):
        digest.update(frame.write_json().encode())
    return digest.hexdigest()


def plain(value: object) -> str:
    """A text that is equal for equal values, whatever order a set or a mapping happens to have."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain({field.name: getattr(value, field.name) for field in fields(value)})
    if isinstance(value, Mapping):
        return "{" + ",".join(sorted(f"{plain(key)}:{plain(one)}" for key, one in value.items())) + "}"
    if isinstance(value, Set):
        return "{" + ",".join(sorted(map(plain, value))) + "}"
    if isinstance(value, tuple | list):
        return "[" + ",".join(map(plain, value)) + "]"
    return repr(value)


def joined(*parts: Made) -> Made:
    """Several outcomes as one."""
    return Made(
        tuple(sorted(name for part in parts for name in part.dibuat)),
        tuple(sorted(name for part in parts for name in part.tetap)),
        tuple(sorted(name for part in parts for name in part.disunting)),
        tuple(sorted(line for part in parts for line in part.gagal)),
    )
