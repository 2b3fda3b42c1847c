"""The papers and workbooks that stand in an annual report beside its pages."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePath
from typing import Final

from idmcli.commands import method, save_plan
from idmcli.commands.save import sources
from idmcli.documents.folder import PaperFolder
from idmcli.documents.make import Made, make_papers
from idmcli.documents.minutes_folder import MinutesOrder, minutes_jobs, numbered
from idmcli.documents.papers import PaperJob
from idmcli.documents.pool import usual_workers
from idmcli.documents.province import Book, Books, Order, forms, joined, paper_jobs, villages, write_books
from idmcli.parameters.report_settings import PaperKind, ReportSettings
from idmcli.pipeline.annual import Annual
from idmcli.pipeline.minutes import MinutesRequest, make_minutes
from idmcli.report.links import PaperLink
from idmcli.words import whole
from idmcli.workbook import SummaryTables, write_summary_book

SUMMARY, PLAN = PurePath("ringkasan.xlsx"), PurePath("rencana.xlsx")
MINUTES: Final = PurePath("berita-acara")
OF_PLAN: Final[tuple[PaperKind, ...]] = ("lembar", "poster", "pelaku")
GROUPS: Final[Mapping[str, str]] = {
    "lembar": "Lembar desa",
    "poster": "Poster papan informasi",
    "pelaku": "Daftar pekerjaan per pelaku",
    "berita-acara": "Berita acara penetapan status",
    "rapbdes": "Verifikasi RAPBDes",
    "data": "Data untuk program",
}
"""Folder of the report → heading of its files."""
BOOKS: Final[Mapping[PurePath, tuple[str, str]]] = {
    SUMMARY: ("Ringkasan", "Semua desa, rekap, indikator, dan rencana dalam satu buku kerja Excel."),
    PLAN: ("Rencana", "Setiap pekerjaan dalam rencana, dengan pelaku dan biayanya."),
}
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Papers:
    """What is to be made.

    Attributes:
        jobs: papers of villages and units, one by one.
        total: how many they are.
        books: workbooks.
        notes: what must be known of them, one line each.
    """

    jobs: Iterator[PaperJob]
    total: int
    books: Books
    notes: tuple[str, ...]


def ordered(annual: Annual, wanted: ReportSettings, *, number: bool) -> Papers:
    """The papers that the configuration asks for, as far as the data allow.

    Args:
        annual: what the run computed.
        wanted: `[laporan]`.
        number: whether berita acara get their numbers; without, nothing is written, and the papers are only counted.

    Raises:
        ConfigError: the register, a logo or the file of officials is invalid.
        OutputError: the register cannot be written.
    """
    notes: list[str] = []
    jobs: list[Iterator[PaperJob]] = []
    total = 0
    asked = [kind for kind in wanted.dokumen if kind in OF_PLAN]
    if asked and annual.planned is None:
        notes.append(f"Tanpa rencana tidak ada dokumen {', '.join(asked)}")
    elif annual.planned is not None:
        order = Order(wanted.bentuk_dokumen, poster=True, templat=wanted.templat, tanggal=annual.tanggal)
        kinds = [one for one in forms(order) if one[0] in asked]
        chosen = villages(annual.planned.plan, ()) if kinds else {}
        jobs.append(paper_jobs(annual.planned.plan, order, chosen, kinds))
        total += len(chosen) * len(kinds)
    if "berita-acara" in wanted.dokumen:
        minutes, count, told = minutes_of(annual, wanted, number=number)
        jobs.append(minutes)
        total += count
        notes += told
    return Papers((job for part in jobs for job in part), total, books(annual, wanted), tuple(notes))


def minutes_of(annual: Annual, wanted: ReportSettings, *, number: bool) -> tuple[Iterator[PaperJob], int, list[str]]:
    """Berita acara of every level asked for, how many papers they are, and what is held back."""
    order = MinutesOrder(wanted.bentuk_dokumen, None, wanted.templat, annual.rubric.edisi)
    jobs: list[Iterator[PaperJob]] = []
    count, notes = 0, []
    for level in wanted.tingkat_berita_acara:
        result = make_minutes(annual.loaded, annual.validated.findings, annual.settings, MinutesRequest(level), None)
        count += len(result.papers) * len(order.formats)
        stopped = result.minutes.unit_tertahan.height
        if stopped:
            notes.append(f"Tanpa berita acara karena temuan galat: {whole(stopped)} {level}")
        notes += result.notes
        if number:
            jobs.append(minutes_jobs(numbered(result, wanted.register, order), result.tahun, level, order))
    below = (replace(job, nama=MINUTES / job.nama) for part in jobs for job in part)
    return below, count, notes


def books(annual: Annual, wanted: ReportSettings) -> Books:
    """The workbooks: the summary always, that of the plan where there is one, one per office where asked for."""
    paper = save_plan.paper(wanted.kertas)
    made: dict[PurePath, Book] = {}
    if annual.planned is not None:
        offices = "pelaku" in wanted.dokumen
        own = save_plan.books(annual.planned, "", paper)
        made = {name: book for name, book in own.tulis.items() if offices or name == PLAN}
    made[SUMMARY] = partial(summary, annual, wanted)
    return Books(made, (annual, wanted.kertas))


def summary(annual: Annual, wanted: ReportSettings, path: Path) -> None:
    """The provincial book, with as much as the data allow."""
    paper = save_plan.paper(wanted.kertas)
    if annual.planned is not None:
        save_plan.summary_book(annual.planned, paper, path)
        return
    gapped, classified = annual.gapped, annual.classified
    tables = SummaryTables(perubahan=classified.moves, sasaran=classified.targets, pantau_poin=classified.pantau_poin)
    if gapped is not None:
        tables = replace(tables, langkah_pertama=gapped.first_steps, satuan=gapped.choice.biaya.satuan)
    write_summary_book(
        classified.villages if gapped is None else gapped.villages,
        path,
        rubric=annual.rubric,
        tables=tables,
        cara=() if gapped is None else method.of_paths(gapped.choice, annual.rubric),
        sumber=sources(annual.loaded),
        peringatan=annual.catatan,
        kertas=paper,
    )


def write(papers: Papers, folder: PaperFolder, workers: int, progress: Progress) -> Made:
    """Make what is missing or out of date.

    Raises:
        ConfigError: a template is invalid.
        OutputError: the disk is full or cannot be written at all.
    """
    extra = len(papers.books.tulis)
    total = papers.total + extra
    made = make_papers(
        papers.jobs, folder, total=total, workers=workers or usual_workers(papers.total), progress=progress
    )
    return joined(made, write_books(folder, papers.books, lambda done: progress(papers.total + done, total)))


def links(names: list[str]) -> list[PaperLink]:
    """The files of the report for its index page, by their names below the folder."""
    found = []
    for name in names:
        path = PurePath(name)
        if path in BOOKS:
            title, about = BOOKS[path]
            found.append(PaperLink(name, title, about, "Buku kerja"))
        elif path.parts[0] in GROUPS:
            found.append(PaperLink(name, path.name, " · ".join(path.parts[1:-1]), GROUPS[path.parts[0]]))
    return found
