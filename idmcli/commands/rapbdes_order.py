"""What goes into a pack of RAPBDes papers, for `rapbdes` and for the annual report."""

from codecs import BOM_UTF8
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from idmcli.commands import method, save
from idmcli.documents.budget_pack import PackOrder
from idmcli.documents.papers import Jenis
from idmcli.errors import OutputError, UsageError
from idmcli.export import atomic, reason
from idmcli.parameters.budget_rules import FILE as RULES_FILE
from idmcli.parameters.officials import load_officials
from idmcli.pipeline.budget_files import Budgets
from idmcli.pipeline.rapbdes import Verified, budget_sources
from idmcli.settings import Settings
from idmcli.words import listed

RULES_FOLDER: Final = RULES_FILE.parent
RULES: Final = ("silang.csv", RULES_FILE.name)
"""What an office may lay its own copy over, see `[rapbdes]`."""


def pack_order(
    verified: Verified,
    budgets: Budgets,
    settings: Settings,
    *,
    formats: tuple[Jenis, ...],
    templat: Path | None,
    tanggal: date | None,
    workers: int,
) -> PackOrder:
    """The papers of every village that was verified.

    Raises:
        ConfigError: the file of officials is invalid.
    """
    officials = settings.rapbdes.pejabat or settings.berita_acara.pejabat
    files = budgets.lines.get_column("berkas").unique(maintain_order=True).to_list()
    return PackOrder(
        formats=formats,
        chosen=villages_of(verified),
        templat=templat,
        tanggal=tanggal,
        settings=settings.rapbdes,
        officials=load_officials(officials) if officials else {},
        sumber=budget_sources(files),
        idm=tuple(save.sources(verified.gapped.loaded)),
        cara=how(verified, settings),
        workers=workers,
    )


def only(order: PackOrder, chosen: Verified) -> PackOrder:
    """The same papers for fewer villages."""
    return replace(order, chosen=villages_of(chosen))


def villages_of(verified: Verified) -> frozenset[str]:
    """Codes of the villages that were verified."""
    return frozenset(verified.hasil.desa.get_column("kode_desa"))


def how(verified: Verified, settings: Settings) -> tuple[tuple[str, str], ...]:
    """How indicators and lines were tied, in pairs for the workbooks."""
    own = settings.rapbdes
    return (
        *method.of_paths(verified.gapped.choice, verified.rubric),
        ("Kaitan kegiatan", str(own.silang) if own.silang else "silang.csv bawaan idm"),
        ("Aturan", f"{own.aturan or 'aturan.toml bawaan idm'}, diperiksa {verified.rules.diperiksa}"),
        (
            "IDM diharapkan",
            "IDM kini ditambah langkah jalur terkecil yang indikatornya dianggarkan langsung, masing-masing sampai "
            "skor yang dituju jalur; kegiatan pendukung tidak menambah apa-apa",
        ),
        ("Keadaan", "dianggarkan: ada baris yang menjawab langsung; hanya pendukung: hanya kegiatan pendukung"),
    )


def copy_rules(named: str) -> tuple[Path, ...]:
    """Put the crosswalk and the rules of the program into a folder of the office, to be edited.

    Raises:
        UsageError: one of them stands there already, or a file bears the folder's name; nothing is written.
        OutputError: the folder cannot be written.
    """
    folder = Path(named)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"--salin-aturan {named} bukan folder", "Sebut folder baru atau folder yang sudah ada.")
    if there := [name for name in RULES if (folder / name).exists()]:
        raise UsageError(
            f"{listed(there)} sudah ada di {named}, tidak ditimpa", "Sebut folder lain, atau pindahkan berkas itu."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"Folder {named} tidak dapat dibuat: {reason(error)}", "Sebut folder lain.") from error
    for name in RULES:
        data = (RULES_FOLDER / name).read_bytes()
        with atomic(folder / name, force=False) as path:
            path.write_bytes(BOM_UTF8 + data if name.endswith(".csv") else data)  # Excel then reads it as UTF-8
    return tuple(folder / name for name in RULES)
