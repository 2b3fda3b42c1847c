"""A run of `idm rapbdes`: read, verify, write the pack, and say what was found."""

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final

import polars as pl
import typer
from rich.markup import escape

from idmcli import pipeline
from idmcli.commands import papers, rapbdes_document, show_rapbdes
from idmcli.commands.console import print_json, say_assumptions, stderr, stdout, working
from idmcli.commands.rapbdes_order import only, pack_order
from idmcli.documents.budget_pack import write_pack
from idmcli.documents.folder import PaperFolder
from idmcli.documents.make import Made
from idmcli.errors import UsageError
from idmcli.export import safe_csv
from idmcli.findings import count
from idmcli.pipeline.budget_files import Budgets, pemetaan_template, read_budgets
from idmcli.pipeline.choosing import Wishes, choose
from idmcli.pipeline.gap import find_paths
from idmcli.pipeline.judge import watch_points
from idmcli.pipeline.rapbdes import Verified, narrowed, scored_villages, verify_budgets
from idmcli.settings import load_settings
from idmcli.words import whole

MAPPING: Final = "pemetaan.csv"
FURTHER: Final = "pemetaan-tambahan.csv"
"""Beside a mapping that somebody has edited: what it does not say yet."""


@dataclass(frozen=True)
class Typed:
    """The options as typed; see the command."""

    idm_file: str
    files: tuple[str, ...]
    output: str | None
    formats: str
    hanya: str | None
    pemetaan: str | None
    tahun_anggaran: int | None
    target: str | None
    biaya: str | None
    kunci: str | None
    buka: str | None
    templat: str | None
    tanggal: str | None
    jobs: int
    banyak: int
    force: bool
    as_json: bool
    quiet: bool
    tahun: int | None
    edisi: str | None
    sheet: str | None
    terima_usulan: bool
    strict: bool
    no_color: bool
    config: str | None

    @property
    def silent(self) -> bool:
        """Whether only failures are told."""
        return self.quiet or self.as_json


def verify(typed: Typed) -> None:
    """Everything the command does.

    Raises:
        UsageError: options that cannot be heeded.
        Exit: 1 where the files have faults, 5 where papers failed.
    """
    settings = load_settings(typed.config, typed.edisi)
    order = papers.order(typed.formats, False, typed.hanya, typed.templat, typed.tanggal, typed.jobs)
    folder = pack_folder(typed)
    mapping = mapping_file(typed, folder)
    with working("Membaca dan memeriksa RAPBDes …", typed.silent, typed.no_color):
        request = pipeline.Request((typed.idm_file,), typed.tahun, typed.sheet, typed.terima_usulan)
        loaded = pipeline.load_scores(request, settings)
        choice = choose(
            Wishes(typed.target, typed.biaya, typed.kunci, typed.buka, alternatif=0), loaded.rubric, settings
        )
        gapped = find_paths(loaded, choice, watch_points(settings))
        budgets = read_budgets(
            typed.files,
            regions=loaded.regions,
            villages=scored_villages(gapped),
            pemetaan=mapping,
            tahun=typed.tahun_anggaran,
        )
        verified = verify_budgets(gapped, budgets, settings, typed.tahun_anggaran)
        pack = pack_order(
            verified,
            budgets,
            settings,
            formats=order.formats,
            templat=order.templat,
            tanggal=order.tanggal,
            workers=order.workers,
        )
        if order.hanya:
            pack = only(pack, narrowed(verified, order.hanya))
    notes = (*loaded.notes, *budgets.notes, *verified.notes)
    say_assumptions(notes, typed.silent, typed.no_color)
    made = None
    if folder is not None:
        with PaperFolder(folder, force=typed.force) as opened:
            written = write_mapping(opened, budgets) if budgets.unknown else None
            with papers.progress(typed.silent, typed.no_color) as report:
                made = write_pack(verified, opened, pack, notes, report)
        papers.tell(made, str(folder), typed.silent, typed.no_color)
        tell_mapping(written, folder, budgets, typed)
    elif budgets.unknown and not typed.silent:
        tell_mapping(None, None, budgets, typed)
    if typed.as_json:
        print_json(rapbdes_document.document(verified, budgets, notes, made))
    elif not typed.quiet:
        show_rapbdes.show(stdout(typed.no_color), verified, typed.banyak)
    finish(verified, made, typed.strict)


def pack_folder(typed: Typed) -> Path | None:
    """The folder of the pack; not one that is read.

    Raises:
        UsageError: it is a file, or among the inputs.
    """
    if typed.output is None:
        return None
    path = Path(typed.output)
    if path.exists() and not path.is_dir():
        raise UsageError(f"-o {typed.output} bukan folder", "Sebut folder baru atau folder yang sudah ada.")
    for name in (typed.idm_file, *typed.files):
        if Path(name).is_dir() and path.resolve().is_relative_to(Path(name).resolve()):
            raise UsageError(f"-o {typed.output} di dalam folder masukan {name}", "Pilih folder lain untuk paket.")
    return path


def mapping_file(typed: Typed, folder: Path | None) -> Path | None:
    """The mapping named, else the one that an earlier run put into the pack to be filled in."""
    if typed.pemetaan is not None:
        return Path(typed.pemetaan)
    if folder is not None and (folder / MAPPING).is_file():
        if not typed.silent:
            stderr(typed.no_color).print(f"Pemetaan desa dari {escape(str(folder / MAPPING))}", soft_wrap=True)
        return folder / MAPPING
    return None


def write_mapping(folder: PaperFolder, budgets: Budgets) -> PurePath | None:
    """The template of a mapping, beside one that somebody has edited; None where both stand edited already."""
    rows = pemetaan_template(budgets.unknown)
    data = b"\xef\xbb\xbf" + safe_csv(pl.DataFrame(rows))
    mark = hashlib.sha256(data).hexdigest()
    for name in (PurePath(MAPPING), PurePath(FURTHER)):
        if folder.state(name, mark) not in {
            "disunting",
            "asing",
        }:  # not even with --force: it is the officer's own work
            folder.write(name, data, mark)
            return name
    return None


def tell_mapping(written: PurePath | None, folder: Path | None, budgets: Budgets, typed: Typed) -> None:
    """Which budgets belong to no known village, and what to do."""
    if not budgets.unknown:
        return
    console = stderr(typed.no_color)
    console.print(f"Desa tidak dikenali pada {whole(len(budgets.unknown))} anggaran", style="bold yellow")
    papers.listed(
        [f"{one.berkas}{f' lembar {one.lembar}' if one.lembar else ''}: {one.petunjuk}" for one in budgets.unknown],
        console,
    )
    if folder is None:
        console.print("Dengan -o PAKET, berkas pemetaan untuk diisi dibuat di sana.")
    elif written is None:
        console.print(escape(f"Lengkapi {folder / MAPPING} yang sudah Anda sunting, lalu ulangi."), soft_wrap=True)
    else:
        into = typed.pemetaan or (folder / MAPPING if written.name != MAPPING else None)
        then = f", salin barisnya ke {into}" if into else ""
        console.print(
            escape(f"Isi kolom kode_desa dalam {folder / written}{then}, lalu ulangi perintah ini."), soft_wrap=True
        )


def finish(verified: Verified, made: Made | None, strict: bool) -> None:
    """The exit code."""
    if made is not None and made.gagal:
        raise typer.Exit(5)
    faults = count(verified.findings, "galat") + (count(verified.findings, "peringatan") if strict else 0)
    if faults or not verified.tanpa_skor.is_empty():
        raise typer.Exit(1)
