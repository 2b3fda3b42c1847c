"""All papers of a plan into one folder: sheets and posters of villages, worklists of offices, the provincial books."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath

from idmcli import __version__
from idmcli.documents.context import sheet_context
from idmcli.documents.fingerprint import fingerprint
from idmcli.documents.folder import PaperFolder
from idmcli.documents.make import Made, make_papers
from idmcli.documents.names import paper_paths
from idmcli.documents.papers import Jenis, PaperJob, paper_job
from idmcli.documents.pool import usual_workers
from idmcli.documents.villages import paper_villages, sheet_inputs
from idmcli.errors import IdmError, UsageError
from idmcli.export import scratch
from idmcli.pipeline.plan import NUMBER, Planned

SHEETS, POSTERS = PurePath("lembar"), PurePath("poster")
Book = Callable[[Path], None]
"""Writes a workbook to the path that it is given."""


@dataclass(frozen=True)
class Books:
    """The workbooks among the papers.

    Attributes:
        tulis: by name below the folder, what writes it.
        dasar: everything that any of them is made from; where one of these values changes, they are made again.
    """

    tulis: Mapping[PurePath, Book]
    dasar: tuple[object, ...]


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
    books: Books,
    progress: Callable[[int, int], None],
) -> Made:
    """Make what is missing or out of date.

    Args:
        planned: the plan.
        folder: an open folder.
        order: which sheets.
        books: the workbooks beside them.
        progress: called with papers done and all papers.

    Raises:
        UsageError: `order.hanya` names no village.
        ConfigError: a template is invalid.
        OutputError: the disk is full or cannot be written at all.
    """
    chosen = villages(planned, order.hanya)
    kinds = list(forms(order))
    total = len(chosen) * len(kinds) + len(books.tulis)
    sheets = make_papers(
        paper_jobs(planned, order, chosen, kinds),
        folder,
        total=total,
        workers=order.workers or usual_workers(len(chosen) * len(kinds)),
        progress=progress,
    )
    return joined(sheets, write_books(folder, books, lambda done: progress(total - len(books.tulis) + done, total)))


def villages(planned: Planned, hanya: Sequence[str]) -> Mapping[int, PurePath]:
    """Row number of every village that gets papers, and where they go."""
    rows = paper_villages(planned)
    paths = paper_paths(rows)
    if not hanya:
        return paths
    codes = dict(rows.select(NUMBER, "kode_desa").iter_rows())
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


def write_books(folder: PaperFolder, books: Books, progress: Callable[[int], None]) -> Made:
    """The workbooks; those made from the same values stay as they are."""
    made: list[PurePath] = []
    kept: list[PurePath] = []
    edited: list[PurePath] = []
    failed: list[tuple[PurePath, str]] = []
    basis = fingerprint(__version__, *books.dasar)
    for done, (name, write) in enumerate(sorted(books.tulis.items()), 1):
        mark = fingerprint(basis, name.as_posix())
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
    with scratch() as folder:
        path = folder / "buku.xlsx"
        write(path)
        return path.read_bytes()


def joined(*parts: Made) -> Made:
    """Several outcomes as one."""
    return Made(
        tuple(sorted(name for part in parts for name in part.dibuat)),
        tuple(sorted(name for part in parts for name in part.tetap)),
        tuple(sorted(name for part in parts for name in part.disunting)),
        tuple(sorted(line for part in parts for line in part.gagal)),
    )
