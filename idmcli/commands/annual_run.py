"""A run of `idm annual-report`: from the configuration to a published folder, or to a line that says why not."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from idmcli.cli import INTERRUPTED, Stopped, refusal
from idmcli.commands.annual_make import Making, fill
from idmcli.commands.annual_papers import Progress
from idmcli.errors import ConfigError, IdmError, InputError, WithheldError
from idmcli.parameters.report_settings import ReportSettings
from idmcli.pipeline.annual import Annual, make_annual
from idmcli.report.inputs import Input, check_places, inputs_of, made_from
from idmcli.report.journal import ENDED, STARTED, STOPPED, Journal
from idmcli.report.manifest import read_manifest
from idmcli.report.publish import Publication
from idmcli.report.shelf import touched
from idmcli.rubric import load_rubric
from idmcli.settings import FILE_NAME, Settings, load_settings, nearest
from idmcli.words import listed, whole

State = Literal["terbit", "mutakhir"]


@dataclass(frozen=True)
class Order:
    """What was typed.

    Attributes:
        force: make the report even where the published one is up to date.
        strict: a peringatan counts as a galat.
        workers: processes for papers; 0: as many as help.
    """

    force: bool = False
    strict: bool = False
    workers: int = 0


@dataclass(frozen=True)
class Ended:
    """What became of a run.

    Attributes:
        keadaan: published now, or up to date already.
        folder: the published folder.
        manifest: of the report that stands there.
        waktu: seconds per stage of this run.
        notes: what happened to folders, one line each.
        galat: whether findings ask for exit code 1.
    """

    keadaan: State
    folder: Path
    manifest: dict[str, Any]
    waktu: dict[str, float]
    notes: tuple[str, ...]
    galat: bool


@contextlib.contextmanager
def configured(config: str | None) -> Iterator[tuple[Settings, ReportSettings]]:
    """The settings, from inside their own folder: names stay as short in papers and log as the office wrote them.

    Raises:
        ConfigError: there is no configuration, it is invalid, or it has no `[laporan]`.
    """
    named = config or os.environ.get("IDM_CONFIG")
    path = Path(named) if named else nearest()
    if path is None:
        raise ConfigError(
            f"Tidak ada {FILE_NAME} di folder ini atau di atasnya", "Sebut berkasnya: idm annual-report -c idm.toml"
        )
    if not path.is_file():
        load_settings(str(path))
    with inside(path.parent):
        settings = load_settings(path.name)
        if settings.laporan is None:
            raise ConfigError(
                f"{path} tidak memuat [laporan]",
                'Tulis [laporan] dengan masukan = ["kaltara.xlsx"] dan keluaran = "laporan-2024".',
            )
        yield settings, settings.laporan


@contextlib.contextmanager
def inside(folder: Path) -> Iterator[None]:
    """Work in a folder; unlike `contextlib.chdir` also where the folder that we come from is gone."""
    before = None
    with contextlib.suppress(OSError):
        before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        if before is not None:
            with contextlib.suppress(OSError):
                os.chdir(before)


def run(settings: Settings, wanted: ReportSettings, order: Order, progress: Progress) -> Ended:
    """Make the report and publish it.

    Raises:
        WithheldError: findings of tingkat galat, and the policy is to stop.
        InputError, ConfigError, OutputError: see `idmcli.errors`; the published report stands.
    """
    check_places(settings, wanted)
    with Journal(wanted.log) as journal:
        before = journal.unfinished()
        with told(journal):
            journal.write(f"Laporan {wanted.keluaran} dibuat dari {settings.path}", tahap=STARTED)
            with Publication(wanted.keluaran, keep=wanted.simpan_lama) as place:
                if before:
                    journal.write(before, tingkat="peringatan", tahap=STARTED)
                ended = published(settings, wanted, order, place, journal, progress)
            for note in ended.notes:
                journal.write(note, tingkat="peringatan")
            journal.write(
                "Laporan terbit" if ended.keadaan == "terbit" else "Laporan yang terbit sudah mutakhir",
                tahap=ENDED,
                folder=str(ended.folder),
                sidik=ended.manifest["sidik"],
                berkas=len(ended.manifest["berkas"]),
                temuan=ended.manifest["hitungan"]["temuan"],
                durasi=round(sum(ended.waktu.values()), 3),
            )
    return ended


def published(
    settings: Settings,
    wanted: ReportSettings,
    order: Order,
    place: Publication,
    journal: Journal,
    progress: Progress,
) -> Ended:
    """From the locked place to the published report."""
    with journal.timed("masukan"):
        inputs = inputs_of(settings, wanted)
        key = made_from(settings, inputs, load_rubric(settings.edisi).hash)
    standing = read_manifest(place.place)
    # numbers of berita acara stand in a register that an office may edit: only a run can tell
    settled = not order.force and "berita-acara" not in wanted.dokumen
    if standing and standing.get("dari") == key and settled and not touched(place.place):
        return ended("mutakhir", place, standing, journal, order)
    annual = make_annual(settings, journal.timed)
    say_findings(annual, journal)
    obey_policy(annual, wanted, order)
    if place.begin(key):
        journal.write("Jalan yang terputus dilanjutkan")
    fill(Making(annual, wanted, inputs, key, order.workers, progress), place, journal)
    refuse_changed(settings, wanted, inputs)
    with journal.timed("terbit"):
        new = place.publish()
    manifest = read_manifest(place.place)
    if manifest is None:
        raise ConfigError(f"{place.place} berubah selagi diterbitkan", "Ulangi, dan cari tahu siapa yang mengubahnya.")
    return ended("terbit" if new else "mutakhir", place, manifest, journal, order)


def ended(keadaan: State, place: Publication, manifest: dict[str, Any], journal: Journal, order: Order) -> Ended:
    """The outcome, with its exit code."""
    found = manifest["hitungan"]["temuan"]
    grave = order.strict and bool(found["galat"] or found["peringatan"])
    return Ended(keadaan, place.place, manifest, dict(journal.times), tuple(place.notes), grave)


def say_findings(annual: Annual, journal: Journal) -> None:
    """The findings by rule, and the notes, into the log."""
    for note in annual.catatan:
        journal.write(note)
    for rule, grade, number in annual.validated.summary.select("aturan", "tingkat", "jumlah").iter_rows():
        journal.write(f"{whole(number)} temuan {rule}", tingkat=grade, tahap="periksa", aturan=rule, jumlah=number)


def obey_policy(annual: Annual, wanted: ReportSettings, order: Order) -> None:
    """Stop where the configuration says so.

    Raises:
        WithheldError: it does.
    """
    grades = ("galat", "peringatan") if order.strict else ("galat",)
    stopping = annual.validated.summary.filter(annual.validated.summary.get_column("tingkat").is_in(grades))
    if wanted.kebijakan_temuan == "terbitkan" or stopping.is_empty():
        return
    rules = [f"{rule} {whole(number)}" for rule, number in stopping.select("aturan", "jumlah").iter_rows()]
    files = " ".join(str(path) for path in wanted.masukan)
    raise WithheldError(
        f"Laporan tidak diterbitkan: {whole(int(stopping.get_column('jumlah').sum()))} temuan "
        f"{' dan '.join(grades)} ({listed(rules)})",
        f'Lihat: idm validate {files}. Untuk tetap menerbitkan: kebijakan_temuan = "terbitkan" pada [laporan].',
    )


def refuse_changed(settings: Settings, wanted: ReportSettings, inputs: tuple[Input, ...]) -> None:
    """A report that was made from two states of a file is none.

    Raises:
        InputError: an input changed while the report was made.
    """
    now = inputs_of(settings, wanted)
    if now != inputs:
        changed = sorted({one.berkas for one in {*now} ^ {*inputs}})
        raise InputError(
            f"Masukan berubah selagi laporan dibuat: {listed(changed)}", "Ulangi bila berkasnya sudah lengkap."
        )


@contextlib.contextmanager
def told(journal: Journal) -> Iterator[None]:
    """Whatever ends the run is said in the log, and goes on to where it becomes a line and an exit code."""
    try:
        yield
    except IdmError as error:
        journal.write(str(error), tingkat="galat", tahap=STOPPED, pada=journal.stage, kode=error.exit_code)
        raise
    except (KeyboardInterrupt, Stopped) as error:
        code = error.exit_code if isinstance(error, Stopped) else INTERRUPTED
        journal.write("Dihentikan dari luar", tingkat="galat", tahap=STOPPED, pada=journal.stage, kode=code)
        raise
    except OSError as error:
        journal.write(refusal(error), tingkat="galat", tahap=STOPPED, pada=journal.stage, kode=5)
        raise
    except BaseException as error:
        text = f"{type(error).__name__}: {error}"
        journal.write(text, tingkat="galat", tahap=STOPPED, pada=journal.stage, kode=70)
        raise
