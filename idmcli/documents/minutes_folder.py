"""Berita acara into a folder: numbers from the register first, then the papers, one per unit or merged per office."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Final, cast

from idmcli.documents.minutes import minutes_context, minutes_paper
from idmcli.documents.names import safe_name
from idmcli.documents.papers import Jenis, PaperJob, paper_job
from idmcli.documents.register import Register
from idmcli.minutes import UnitMinutes
from idmcli.parameters.minutes import DIGITS, UnitLevel, UnitSettings
from idmcli.pipeline.minutes import MinutesResult

TEMPLATE: Final = "berita-acara"
REGISTER: Final = "register-berita-acara.csv"
"""Beside the papers: whoever keeps the folder keeps the numbers."""
GROUPS: Final = {"kecamatan": 6, "kabupaten": 4, "provinsi": 2}
"""Digits of the code of an office that prints a merged file."""
Printed = tuple[UnitMinutes, UnitSettings, Mapping[str, Any]]


@dataclass(frozen=True)
class MinutesOrder:
    """How the berita acara are printed.

    Attributes:
        formats: forms of each paper.
        gabung: one file per this level instead of one per unit; None: no merging.
        templat: the office's own templates.
        edisi: name of the rubric's edition.
    """

    formats: tuple[Jenis, ...]
    gabung: str | None
    templat: Path | None
    edisi: str


def numbered(result: MinutesResult, folder: Path, order: MinutesOrder) -> tuple[Printed, ...]:
    """Every unit with its document; those that are no drafts get their number, and keep it for ever.

    Raises:
        ConfigError: the register or a logo is unreadable.
        OutputError: another run holds the register, or it cannot be written.
    """
    level = result.minutes.level
    final = [unit.unit["kode"] for unit, own in result.papers if own.counted and not unit.unit["draf"]]
    folder.mkdir(parents=True, exist_ok=True)
    with Register(folder / REGISTER) as register:
        numbers = register.numbers(result.tahun, level, final)
    return tuple(
        (unit, own, minutes_context(unit, own, numbers.get(unit.unit["kode"]), edisi=order.edisi))
        for unit, own in result.papers
    )


def minutes_jobs(printed: Sequence[Printed], tahun: int, level: str, order: MinutesOrder) -> Iterator[PaperJob]:
    """The papers to make."""
    for name, group in grouped(printed, tahun, level, order.gabung):
        context = minutes_paper([document for _, _, document in group], group[0][1], tahun)
        for kind in order.formats:
            yield paper_job(
                name.with_name(f"{name.name}.{kind}"), kind, context, templat=order.templat, lembar=TEMPLATE
            )


def grouped(
    printed: Sequence[Printed], tahun: int, level: str, gabung: str | None
) -> Iterator[tuple[PurePath, Sequence[Printed]]]:
    """Name without ending and documents of every file; what lies above the level of merging stays by itself."""
    if gabung is None or GROUPS[gabung] > DIGITS[cast(UnitLevel, level)]:
        for one in printed:
            unit = one[0].unit
            yield PurePath(level, *folders(unit, level), f"{unit['kode']} {named(unit, level)} {tahun}"), [one]
        return
    parts: dict[str, list[Printed]] = {}
    for one in printed:
        parts.setdefault(one[0].unit["kode"][: GROUPS[gabung]], []).append(one)
    for code, group in parts.items():
        title = f"{code} {gabung.upper()} {named(group[0][0].unit, gabung)} {tahun}"
        yield PurePath("gabungan", level, title), group


def folders(unit: Mapping[str, Any], level: str) -> Iterator[str]:
    """Folders above a village's paper; higher levels have few enough to stand together."""
    if level == "desa":
        yield from (named(unit, "kabupaten"), named(unit, "kecamatan"))


def named(unit: Mapping[str, Any], level: str) -> str:
    """A place's name as a file name."""
    return safe_name(unit.get(level), level.upper())
