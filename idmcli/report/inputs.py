"""What a report is made from: every file with its hash, the programs at work, and one fingerprint of it all."""

import hashlib
import platform
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final, NamedTuple

from idmcli import __version__
from idmcli.documents.fingerprint import fingerprint
from idmcli.documents.minutes_folder import REGISTER
from idmcli.errors import ConfigError
from idmcli.parameters.plan_settings import COST_WORDS
from idmcli.parameters.report_settings import ReportSettings
from idmcli.pipeline.sources import input_files
from idmcli.report.manifest import sha256, walked
from idmcli.settings import Settings

PACKAGES: Final = (
    *("docxtpl", "fastexcel", "highspy", "jinja2", "numpy", "openpyxl", "pillow", "polars", "python-docx"),
    *("rapidfuzz", "typst", "vl-convert-python", "xlsxwriter"),
)
"""Those that have a hand in what a report looks like."""
PROGRAM: Final = Path(__file__).resolve().parents[1]


class Input(NamedTuple):
    """A file that the report is made from.

    Attributes:
        berkas: its name, relative to the folder of `idm.toml`.
        sha256: SHA-256 of its bytes.
        guna: what for: `masukan`, `sebelumnya`, `konfigurasi`, `rapbdes`, `templat`, or a key of `idm.toml`.
    """

    berkas: str
    sha256: str
    guna: str


def inputs_of(settings: Settings, wanted: ReportSettings) -> tuple[Input, ...]:
    """Every file that the report depends on, each once, in a fixed order.

    Raises:
        InputError: an input is missing.
        ConfigError: a file that the configuration names is missing.
    """
    found = dict.fromkeys(named_files(settings, wanted))
    return tuple(Input(path.as_posix(), _digest(path, use), use) for use, path in found)


def named_files(settings: Settings, wanted: ReportSettings) -> Iterator[tuple[str, Path]]:
    """What each file is for, and where it is."""
    for use, paths in (("masukan", wanted.masukan), ("sebelumnya", wanted.sebelumnya)):
        if paths:
            yield from ((use, path) for path in input_files([str(path) for path in paths]))
    yield from single_files(settings, wanted)
    for use, folders in (("rapbdes", wanted.rapbdes), ("templat", (wanted.templat,) if wanted.templat else ())):
        for folder in folders:
            inside = [path for _, path in walked(folder)] if folder.is_dir() else [folder]
            yield from ((use, path) for path in inside)


def single_files(settings: Settings, wanted: ReportSettings) -> Iterator[tuple[str, Path]]:
    """The configuration, and every file that it names one by one."""
    plan = settings.rencana
    costs = plan.biaya if plan.biaya and str(plan.biaya) not in COST_WORDS else None
    named = {"konfigurasi": settings.path, "rencana.biaya": costs}
    named |= {"rencana.anggaran": plan.berkas_anggaran, "rencana.kawasan": plan.kawasan}
    if "berita-acara" in wanted.dokumen:
        office = settings.berita_acara
        named["berita_acara.pejabat"] = office.pejabat
        for number, said in enumerate([office.umum, *office.tingkat.values(), *office.unit.values()]):
            named[f"berita_acara.logo{number or ''}"] = said.get("logo")
    if "rapbdes" in wanted.dokumen:
        own = settings.rapbdes
        named |= {"rapbdes.silang": own.silang, "rapbdes.aturan": own.aturan, "rapbdes.logo": own.logo}
        named |= {"rapbdes.pejabat": own.pejabat or settings.berita_acara.pejabat, "laporan.pemetaan": wanted.pemetaan}
    yield from ((use, path) for use, path in named.items() if path is not None)


def made_from(settings: Settings, inputs: Sequence[Input], edition: str) -> str:
    """One fingerprint of files, settings, edition (its hash) and programs: equal means that the report is the same."""
    return fingerprint(settings, tuple(inputs), edition, versions(), program_hash())


def versions() -> dict[str, str]:
    """The program, Python, and the packages that have a hand in the report."""
    found = {"idm": __version__, "python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


@lru_cache(maxsize=1)
def program_hash() -> str:
    """SHA-256 over the program's own files, so that a changed template or rule counts even under the same version."""
    digest = hashlib.sha256()
    for name, path in walked(PROGRAM):
        if "__pycache__" not in name:
            digest.update(f"{name}\n{sha256(path)}\n".encode())
    return digest.hexdigest()


def check_places(settings: Settings, wanted: ReportSettings) -> None:
    """Refuse a target or log that cannot be, holds what the report is made from, or lies in a folder that is read.

    Raises:
        ConfigError: it does.
    """
    target = wanted.keluaran.resolve()
    named: dict[str, Path] = {"konfigurasi": settings.path or Path("idm.toml"), "log": wanted.log}
    named["register"] = wanted.register / REGISTER
    read: dict[str, Path] = {}
    for use, paths in (("masukan", wanted.masukan), ("sebelumnya", wanted.sebelumnya), ("rapbdes", wanted.rapbdes)):
        read |= {f"{use} {path}": path for path in paths}
    if wanted.templat:
        read["templat"] = wanted.templat
    for use, path in {**named, **read}.items():
        if path.resolve().is_relative_to(target):
            raise ConfigError(
                f"laporan.keluaran {wanted.keluaran} memuat {use}, sedangkan folder itu diganti seluruhnya",
                "Pilih folder lain untuk laporan.",
            )
    for use, path in (*single_files(settings, wanted), ("register", named["register"]), *read.items()):
        if path.resolve() == wanted.log.resolve():
            raise ConfigError(
                f"laporan.log = {wanted.log} adalah berkas {use}, dan log akan ditambahkan ke dalamnya",
                "Sebut berkas lain pada laporan.log.",
            )
    for use, path in read.items():
        folder = path.resolve()
        if path.is_dir() and any(one.is_relative_to(folder) for one in (target, wanted.log.resolve())):
            raise ConfigError(
                f"laporan.keluaran atau laporan.log berada di dalam {use}, yang dibaca seluruhnya",
                "Pilih folder di luarnya.",
            )
    for key, path in (("keluaran", wanted.keluaran), ("log", wanted.log)):
        if not path.resolve().parent.is_dir():
            raise ConfigError(
                f"laporan.{key} = {path}: folder {path.parent} tidak ada",
                f"Buat dulu folder itu, atau ubah laporan.{key}.",
            )
    if wanted.log.is_dir():
        raise ConfigError(f"laporan.log = {wanted.log} adalah folder", "Sebut nama berkas di dalamnya.")
    if wanted.templat and wanted.templat.is_file():
        raise ConfigError(f"laporan.templat = {wanted.templat} bukan folder", "Sebut folder yang memuat templat.")


def _digest(path: Path, use: str) -> str:
    try:
        return sha256(path)
    except OSError as error:
        why = "tidak ada" if not path.exists() else f"tidak dapat dibaca ({error.strerror})"
        raise ConfigError(f"Berkas {path} ({use}) {why}", "Periksa nama dan izinnya.") from error


def listing(inputs: Sequence[Input]) -> list[Mapping[str, Any]]:
    """The inputs for the manifest."""
    return [one._asdict() for one in inputs]
