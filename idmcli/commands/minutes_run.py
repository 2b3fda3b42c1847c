"""A run of `idm berita-acara`: determine, number, print, and say what is held back or missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import typer
from rich.markup import escape

from idmcli import pipeline
from idmcli.commands import papers, save
from idmcli.commands.console import item, say_assumptions, stderr, stdout, table, working
from idmcli.documents.folder import PaperFolder
from idmcli.documents.make import Made, make_papers
from idmcli.documents.minutes import minutes_context
from idmcli.documents.minutes_folder import GROUPS, MinutesOrder, Printed, minutes_jobs, numbered
from idmcli.documents.minutes_variables import variables
from idmcli.documents.pool import usual_workers
from idmcli.errors import UsageError
from idmcli.minutes import Basis, MinutesLevel
from idmcli.pipeline.minutes import MinutesRequest, MinutesResult, make_minutes
from idmcli.settings import load_settings
from idmcli.words import listed, whole

LEVELS: tuple[MinutesLevel, ...] = ("desa", "kecamatan", "kabupaten", "provinsi")
LISTED = 10


@dataclass(frozen=True)
class Typed:
    """The options as typed; see the command."""

    files: tuple[str, ...]
    level: str
    dokumen: str | None
    formats: str
    hanya: str | None
    gabung: str | None
    dasar: str | None
    paksa: bool
    pejabat: str | None
    tanggal: str | None
    tempat: str | None
    nomor: str | None
    templat: str | None
    jobs: int
    baseline: str | None
    tahun_baseline: int | None
    force: bool
    quiet: bool
    tahun: int | None
    edisi: str | None
    sheet: str | None
    terima_usulan: bool
    strict: bool
    no_color: bool
    config: str | None


def print_variables(no_color: bool) -> None:
    """Every variable of the templates with an example."""
    rows = table("Variabel", "Contoh", left=2)
    for name, example in variables():
        rows.add_row(escape(name), escape(example))
    stdout(no_color).print(rows)


def make(typed: Typed) -> None:
    """Everything the command does.

    Raises:
        UsageError: options that cannot be heeded.
        Exit: 1 where something is held back, 5 where papers failed.
    """
    settings = load_settings(typed.config, typed.edisi)
    save.check_baseline_year(typed.baseline, typed.tahun_baseline)
    wanted = levels(typed.level)
    order = papers.order(typed.formats, False, None, typed.templat, typed.tanggal, typed.jobs)
    merged = one_of(typed.gabung, tuple(GROUPS), "--gabung")
    basis = cast(Basis | None, one_of(typed.dasar, ("terbit", "hitung"), "--dasar"))
    folder = papers.folder(typed.dokumen, typed.files)
    if not typed.files or folder is None:
        what = "FILE" if not typed.files else "--dokumen"
        raise UsageError(f"{what} belum disebut", "Contoh: idm berita-acara kaltara.xlsx --dokumen berita-acara")
    only = tuple(word.strip() for word in (typed.hanya or "").split(",") if word.strip())
    with working("Membaca dan memeriksa …", typed.quiet, typed.no_color):
        request = pipeline.Request(typed.files, typed.tahun, typed.sheet, typed.terima_usulan)
        loaded = pipeline.load(request, settings)
        earlier = (
            pipeline.load_baseline(typed.baseline, typed.tahun_baseline, loaded, settings) if typed.baseline else None
        )
        findings = pipeline.validate(loaded).findings
        results = [
            make_minutes(
                loaded,
                findings,
                settings,
                MinutesRequest(
                    level=level,
                    dasar=basis,
                    paksa=typed.paksa,
                    hanya=only,
                    tanggal=order.tanggal,
                    tempat=typed.tempat,
                    nomor=typed.nomor,
                    pejabat=typed.pejabat,
                ),
                earlier,
            )
            for level in wanted
        ]
    say_assumptions(loaded.notes, typed.quiet, typed.no_color)
    print_order = MinutesOrder(order.formats, merged, order.templat, loaded.rubric.edisi)
    if typed.strict:
        refuse_missing(results, loaded.rubric.edisi)
    with PaperFolder(folder, force=typed.force) as opened:
        printed = [numbered(result, folder, print_order) for result in results]
        jobs = [
            job
            for result, group in zip(results, printed, strict=True)
            for job in minutes_jobs(group, result.tahun, result.minutes.level, print_order)
        ]
        workers = order.workers or usual_workers(len(jobs))
        with papers.progress(typed.quiet, typed.no_color) as report:
            made = make_papers(jobs, opened, total=len(jobs), workers=workers, progress=report)
    papers.tell(made, str(folder), typed.quiet, typed.no_color)
    for result, group in zip(results, printed, strict=True):
        tell(result, group, typed)
    finish(results, made)


def levels(text: str) -> tuple[MinutesLevel, ...]:
    """The levels named, from the village up."""
    words = [word.strip().lower() for word in text.split(",") if word.strip()]
    if words == ["semua"]:
        return LEVELS
    if not words or (strangers := [word for word in words if word not in LEVELS]):
        named = ", ".join(strangers) if words else "kosong"
        raise UsageError(f"--level {named} tidak dikenal", f"Pilih: {', '.join(LEVELS)}, atau semua.")
    return tuple(level for level in LEVELS if level in words)


def one_of(text: str | None, known: Sequence[str], option: str) -> str | None:
    """A word among those known."""
    word = text.strip().lower() if text is not None else None
    if word is not None and word not in known:
        raise UsageError(f"{option} {text} tidak dikenal", f"Pilih: {', '.join(known)}.")
    return word


def refuse_missing(results: Sequence[MinutesResult], edisi: str) -> None:
    """With --strict nothing is left to be filled in by hand; no number is given before that is sure.

    Raises:
        UsageError: something is missing.
    """
    documents = (minutes_context(unit, own, 0, edisi=edisi) for result in results for unit, own in result.papers)
    lacking = [f"{one['wilayah']}: {', '.join(one['kosong'])}" for one in documents if one["kosong"]]
    if lacking:
        raise UsageError(
            f"Belum lengkap ({whole(len(lacking))} berita acara): {listed(lacking, 3)}",
            "Lengkapi idm.toml atau --pejabat, atau jalankan tanpa --strict.",
        )


def tell(result: MinutesResult, printed: Sequence[Printed], typed: Typed) -> None:
    """What is held back, drafted or to be filled in, on stderr."""
    console = stderr(typed.no_color)
    minutes = result.minutes
    stopped = minutes.unit_tertahan
    if not stopped.is_empty():
        console.print(f"[bold red]Tanpa berita acara[/]: {whole(stopped.height)} {minutes.level}")
        for row in stopped.head(LISTED).iter_rows(named=True):
            item(console, f"{row['kode']} {row['nama'] or ''}: {row['alasan']}")
        rest(stopped.height, typed.no_color)
    if typed.quiet:
        return
    drafts = [document for _, _, document in printed if document["draf"]]
    if drafts:
        console.print(f"[yellow]Bertanda DRAF[/]: {whole(len(drafts))} {minutes.level}, tanpa nomor")
    for line in result.notes:
        item(console, line)
    blank = [document for _, _, document in printed if document["kosong"]]
    if blank:
        what = listed(tuple(dict.fromkeys(word for document in blank for word in document["kosong"])), 6)
        console.print(escape(f"Titik-titik untuk diisi tangan pada {whole(len(blank))} berita acara: {what}"))


def rest(total: int, no_color: bool) -> None:
    """How many a list leaves out."""
    if total > LISTED:
        stderr(no_color).print(f"  … dan {whole(total - LISTED)} lagi")


def finish(results: Sequence[MinutesResult], made: Made) -> None:
    """The exit code."""
    if made.gagal:
        raise typer.Exit(5)
    if any(result.held for result in results):
        raise typer.Exit(1)
