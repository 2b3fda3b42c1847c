"""A run of `idm berita-acara`: determine, number, print, and say what is held back or missing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import cast

import typer
from rich.markup import escape

from idmcli import pipeline
from idmcli.commands import papers, save, show_minutes
from idmcli.commands.console import say_assumptions, stdout, table, working
from idmcli.documents.folder import PaperFolder
from idmcli.documents.logo import logo
from idmcli.documents.make import Made, make_papers
from idmcli.documents.minutes import minutes_context
from idmcli.documents.minutes_folder import GROUPS, MinutesOrder, minutes_jobs, numbered
from idmcli.documents.minutes_variables import variables
from idmcli.documents.pool import usual_workers
from idmcli.documents.province import Order
from idmcli.errors import ConfigError, UsageError
from idmcli.minutes import Basis, MinutesLevel
from idmcli.parameters.minutes import DIGITS
from idmcli.pipeline.minutes import MinutesRequest, MinutesResult, make_minutes
from idmcli.settings import load_settings
from idmcli.words import whole

LEVELS: tuple[MinutesLevel, ...] = ("desa", "kecamatan", "kabupaten", "provinsi")
FILES = {"docx": "berita-acara.docx", "pdf": "berita-acara.typ.j2", "html": "berita-acara.html.j2"}
"""Template of each form."""


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
        ConfigError: a logo that is none; with --strict, anything left to be filled in by hand.
        Exit: 1 where something is held back, 5 where papers failed.
    """
    settings = load_settings(typed.config, typed.edisi)
    save.check_baseline_year(typed.baseline, typed.tahun_baseline)
    wanted = levels(typed.level)
    order = papers.order(typed.formats, False, None, typed.templat, typed.tanggal, typed.jobs)
    merged = one_of(typed.gabung, tuple(GROUPS), "--gabung")
    check_merging(merged, wanted)
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
    check_logos(results)
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
    show_minutes.tell(results, printed, own_templates(order), typed.quiet, typed.no_color)
    finish(results, made)


def levels(text: str) -> tuple[MinutesLevel, ...]:
    """The levels named, from the village up.

    Raises:
        UsageError: none, or one that there is not.
    """
    words = [word.strip().lower() for word in text.split(",") if word.strip()]
    if words == ["semua"]:
        return LEVELS
    if not words or (strangers := [word for word in words if word not in LEVELS]):
        named = ", ".join(strangers) if words else "kosong"
        near = get_close_matches(strangers[0], LEVELS, n=1) if words else []
        hint = f'Mungkin maksudnya "{near[0]}". ' if near else ""
        raise UsageError(f"--level {named} tidak dikenal", f"{hint}Pilih: {', '.join(LEVELS)}, atau semua.")
    return tuple(level for level in LEVELS if level in words)


def one_of(text: str | None, known: Sequence[str], option: str) -> str | None:
    """A word among those known."""
    word = text.strip().lower() if text is not None else None
    if word is not None and word not in known:
        raise UsageError(f"{option} {text} tidak dikenal", f"Pilih: {', '.join(known)}.")
    return word


def own_templates(order: Order) -> list[str]:
    """Which forms the office's folder says nothing about."""
    lacking = [name for kind, name in FILES.items() if kind in order.formats] if order.templat else []
    return [
        f"{name} tidak ada di {order.templat}: dipakai templat bawaan"
        for name in lacking
        if order.templat and not (order.templat / name).is_file()
    ]


def check_merging(gabung: str | None, levels: Sequence[MinutesLevel]) -> None:
    """Something can be merged per office.

    Raises:
        UsageError: every level lies above that office.
    """
    if gabung and all(DIGITS[level] < GROUPS[gabung] for level in levels):
        named = ", ".join(levels)
        raise UsageError(
            f"--gabung {gabung}: berita acara {named} tidak terbagi per {gabung}",
            "Hapus --gabung, atau pilih --level yang lebih rendah.",
        )


def check_logos(results: Sequence[MinutesResult]) -> None:
    """Every logo is a picture, before any number is given.

    Raises:
        ConfigError: one is missing or none.
    """
    for path in dict.fromkeys(own.logo for result in results for _, own in result.papers if own.logo):
        logo(str(path))


def refuse_missing(results: Sequence[MinutesResult], edisi: str) -> None:
    """With --strict nothing is left to be filled in by hand; no number is given before that is sure.

    Raises:
        ConfigError: something is missing.
    """
    documents = [
        minutes_context(unit, replace(own, logo=None), 0, edisi=edisi)
        for result in results
        for unit, own in result.papers
    ]
    lacking = show_minutes.missing(documents)
    if lacking:
        number = sum(bool(document["kosong"]) for document in documents)
        raise ConfigError(
            f"Belum lengkap ({whole(number)} berita acara): {'; '.join(lacking)}",
            "Lengkapi idm.toml atau --pejabat, atau jalankan tanpa --strict.",
        )


def finish(results: Sequence[MinutesResult], made: Made) -> None:
    """The exit code."""
    if made.gagal:
        raise typer.Exit(5)
    if any(result.held for result in results):
        raise typer.Exit(1)
