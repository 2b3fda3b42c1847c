"""`[laporan]` of `idm.toml`: what the annual report is made from, what it holds, and where it stands.

```toml
[laporan]
masukan = ["kaltara-2024.xlsx"]               # files or folders of this year
sebelumnya = ["kaltara-2023.xlsx"]            # of earlier years, for trend and moves
keluaran = "laporan-2024"                     # the published folder
tahun = 2024                                  # default: the latest year of the input
tanggal = 2024-12-31                          # printed date; default: 31 December of the data's year
judul = "Laporan IDM Kalimantan Utara 2024"
format = ["html", "pdf", "docx"]              # forms of the report
dokumen = ["lembar", "poster", "pelaku", "berita-acara", "rapbdes"]  # further papers; default: none
bentuk_dokumen = ["pdf"]                      # forms of these papers
tingkat_berita_acara = ["desa"]               # default: all four levels
register = "berita-acara"                     # folder of the register of numbers; default: beside this file
rapbdes = ["rapbdes"]                         # files or folders of RAPBDes
pemetaan = "pemetaan.csv"                     # which village an RAPBDes file belongs to
templat = "templat"                           # the office's own templates
rencana = true                                # false: no plan
target_rpjmd = false                          # true: the cheapest plan that reaches [sasaran]
kebijakan_temuan = "terbitkan"                # publish with a warning in spite of galat; default: "berhenti"
log = "laporan-2024.log.jsonl"                # default: beside the folder
simpan_lama = 0                               # so many replaced reports are kept
kertas = "a4"                                 # or "f4": paper of the workbooks
lisensi = "CC-BY-4.0"                         # of the data files; default: nothing is said
```

Budgets, prices and kawasan are those of `[rencana]`, officials those of `[berita_acara]`, targets those of `[sasaran]`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, Literal, TypeVar, cast

from idmcli.errors import ConfigError
from idmcli.parameters.minutes import DIGITS, UnitLevel
from idmcli.parameters.source import advice, check_keys

ReportForm = Literal["html", "pdf", "docx"]
FORMS: Final[tuple[ReportForm, ...]] = ("html", "pdf", "docx")
PaperKind = Literal["lembar", "poster", "pelaku", "berita-acara", "rapbdes"]
PAPER_KINDS: Final[tuple[PaperKind, ...]] = ("lembar", "poster", "pelaku", "berita-acara", "rapbdes")
Policy = Literal["berhenti", "terbitkan"]
POLICIES: Final[tuple[Policy, ...]] = ("berhenti", "terbitkan")
SIZES: Final = ("a4", "f4")
MOST_KEPT: Final = 99
Word = TypeVar("Word", bound=str)

KNOWN: Final[Mapping[str, type | tuple[type, ...]]] = {
    "masukan": (str, list),
    "sebelumnya": (str, list),
    "keluaran": str,
    "tahun": int,
    "tanggal": date,
    "judul": str,
    "format": (str, list),
    "dokumen": (str, list),
    "bentuk_dokumen": (str, list),
    "tingkat_berita_acara": (str, list),
    "register": str,
    "rapbdes": (str, list),
    "pemetaan": str,
    "templat": str,
    "rencana": bool,
    "target_rpjmd": bool,
    "kebijakan_temuan": str,
    "log": str,
    "simpan_lama": int,
    "kertas": str,
    "lisensi": str,
}


@dataclass(frozen=True)
class ReportSettings:
    """What `[laporan]` says; paths are relative to the folder of `idm.toml`, joined with it.

    Attributes:
        masukan: files or folders of the report's year; never empty.
        keluaran: the folder that is published.
        sebelumnya: files or folders of earlier years.
        tahun: the report's year; None: the latest of `masukan`.
        tanggal: the printed date; None: 31 December of the report's year.
        judul: title; empty: the program's.
        format: forms of the report.
        dokumen: which further papers, in the order of `PAPER_KINDS`.
        bentuk_dokumen: forms of the papers.
        tingkat_berita_acara: levels of the berita acara, from the village up.
        register: folder of the register of their numbers.
        rapbdes: files or folders of RAPBDes.
        pemetaan: file that says which village an RAPBDes file belongs to.
        templat: folder of the office's templates.
        rencana: whether a plan is made.
        target_rpjmd: whether that plan is the cheapest one that reaches the targets.
        kebijakan_temuan: what happens where the data have findings of tingkat galat.
        log: file of the log.
        simpan_lama: how many replaced reports are kept.
        kertas: paper of the workbooks, one of `SIZES`.
        lisensi: name of the licence of the data files; empty: not said.
    """

    masukan: tuple[Path, ...]
    keluaran: Path
    sebelumnya: tuple[Path, ...] = ()
    tahun: int | None = None
    tanggal: date | None = None
    judul: str = ""
    format: tuple[ReportForm, ...] = FORMS
    dokumen: tuple[PaperKind, ...] = ()
    bentuk_dokumen: tuple[ReportForm, ...] = ("pdf",)
    tingkat_berita_acara: tuple[UnitLevel, ...] = tuple(DIGITS)
    register: Path = Path()
    rapbdes: tuple[Path, ...] = ()
    pemetaan: Path | None = None
    templat: Path | None = None
    rencana: bool = True
    target_rpjmd: bool = False
    kebijakan_temuan: Policy = "berhenti"
    log: Path = Path("laporan.log.jsonl")
    simpan_lama: int = 0
    kertas: str = "a4"
    lisensi: str = ""


def report_settings(table: Mapping[str, Any], file: Path) -> ReportSettings:
    """What a table `[laporan]` says.

    Args:
        table: the table.
        file: the file it stands in; paths in it are relative to this file.

    Raises:
        ConfigError: an unknown key, a wrong type, an unknown word, a number out of reach, or no input or target.
    """
    check_keys(table, KNOWN, file, "laporan.")
    where = f"{file}: laporan"
    inputs = _paths(table.get("masukan", []), file, f"{where}.masukan")
    if not inputs or "keluaran" not in table:
        lacking = "keluaran" if inputs else "masukan"
        raise ConfigError(
            f"{where}.{lacking} belum disebut",
            'Tulis seperti masukan = ["kaltara.xlsx"] dan keluaran = "laporan-2024".',
        )
    target = file.parent / table["keluaran"]
    if not target.name or target.name == "..":
        raise ConfigError(
            f"{where}.keluaran = {table['keluaran']!r} bukan nama folder", 'Tulis seperti "laporan-2024".'
        )
    kinds = _words(table.get("dokumen", []), PAPER_KINDS, f"{where}.dokumen")
    budgets = _paths(table.get("rapbdes", []), file, f"{where}.rapbdes")
    if "rapbdes" in kinds and not budgets:
        raise ConfigError(
            f"{where}.dokumen meminta rapbdes, tetapi berkas RAPBDes belum disebut",
            'Tulis seperti rapbdes = ["rapbdes"], yaitu folder berisi berkas dari desa.',
        )
    plan = table.get("rencana", True)
    if needs := [kind for kind in kinds if kind in ("lembar", "poster", "pelaku") and not plan]:
        raise ConfigError(
            f"{where}.dokumen meminta {', '.join(needs)}, yang dibuat dari rencana, sedangkan rencana = false",
            "Hapus dari dokumen, atau tulis rencana = true.",
        )
    return ReportSettings(
        masukan=inputs,
        keluaran=target,
        sebelumnya=_paths(table.get("sebelumnya", []), file, f"{where}.sebelumnya"),
        tahun=_number(table.get("tahun"), f"{where}.tahun", 1000, 9999),
        tanggal=_day(table.get("tanggal"), f"{where}.tanggal"),
        judul=" ".join(table.get("judul", "").split()),
        format=_words(table.get("format", FORMS), FORMS, f"{where}.format"),
        dokumen=kinds,
        bentuk_dokumen=_words(table.get("bentuk_dokumen", ["pdf"]), FORMS, f"{where}.bentuk_dokumen"),
        tingkat_berita_acara=_words(
            table.get("tingkat_berita_acara", tuple(DIGITS)), tuple(DIGITS), f"{where}.tingkat_berita_acara"
        ),
        register=file.parent / table.get("register", "."),
        rapbdes=budgets,
        pemetaan=file.parent / table["pemetaan"] if "pemetaan" in table else None,
        templat=file.parent / table["templat"] if "templat" in table else None,
        rencana=plan,
        target_rpjmd=table.get("target_rpjmd", False),
        kebijakan_temuan=_word(table.get("kebijakan_temuan", "berhenti"), POLICIES, f"{where}.kebijakan_temuan"),
        log=file.parent / table["log"] if "log" in table else target.with_name(f"{target.name}.log.jsonl"),
        simpan_lama=_number(table.get("simpan_lama"), f"{where}.simpan_lama", 0, MOST_KEPT) or 0,
        kertas=_word(table.get("kertas", "a4"), SIZES, f"{where}.kertas"),
        lisensi=table.get("lisensi", "").strip(),
    )


def _paths(value: str | Sequence[object], file: Path, where: str) -> tuple[Path, ...]:
    """File names, joined with the folder of `idm.toml`, each once."""
    names = [value] if isinstance(value, str) else value
    for name in names:
        if not isinstance(name, str) or name.strip() in ("", "-"):  # nobody fills the stdin of a server
            raise ConfigError(f"{where}: {name!r} bukan nama berkas", 'Tulis seperti ["kaltara.xlsx"].')
    return tuple(dict.fromkeys(file.parent / str(name) for name in names))


def _words(value: str | Sequence[object], known: Sequence[Word], where: str) -> tuple[Word, ...]:
    """The words named, each once, in the program's order."""
    named = {_word(one, known, where) for one in ([value] if isinstance(value, str) else value)}
    return tuple(word for word in known if word in named)


def _word(value: object, known: Sequence[Word], where: str) -> Word:
    word = str(value).strip().lower().replace("_", "-")
    if word not in known:
        raise ConfigError(f"{where}: {value!r} tidak dikenal", advice(word, known))
    return cast(Word, word)


def _number(value: object, where: str, least: int, most: int) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or not least <= value <= most:
        raise ConfigError(f"{where} = {value!r} di luar jangkauan", f"Tulis bilangan bulat {least} sampai {most}.")
    return value


def _day(value: object, where: str) -> date | None:
    if value is None:
        return None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ConfigError(f"{where} = {value} bukan tanggal", "Tulis seperti 2024-12-31, tanpa tanda petik.")
    return value
