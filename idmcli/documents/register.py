"""The register of berita acara: which number which unit has, once given never lost and never given again.

A CSV file `tahun,level,kode,nomor` that an office may read, and continue by hand; gaps stay gaps. It is written whole
and in one step, before any paper bears the new numbers, so that a run that is interrupted leaves either the old
register or the new one. One run at a time may hold it.
"""

import csv
import io
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

from idmcli.documents.lock import only_one
from idmcli.errors import ConfigError, OutputError
from idmcli.export import atomic, reason
from idmcli.parameters.minutes import DIGITS
from idmcli.parameters.source import NOTES, Line, advice, read_csv

COLUMNS: Final = ("tahun", "level", "kode", "nomor")
LOCK_ENDING: Final = ".kunci"
MOST: Final = 999_999
REPAIR: Final = "Betulkan baris itu, atau pakai salinan cadangannya: nomor yang sudah dipakai tercatat di sini saja."


class Unit(NamedTuple):
    """Whose number it is: year, level and code."""

    tahun: int
    level: str
    kode: str


class Register:
    """The numbers of an office; use with `with`.

    Args:
        path: the file; it is made where it is missing. Its folder must exist.

    Raises:
        ConfigError: the file is there, but is no register, or contradicts itself; nothing is written.
        OutputError: another run holds it, or it cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._numbers: dict[Unit, int] = {}
        self._notes: dict[Unit, dict[str, str]] = {}
        self._stack = ExitStack()
        self._open = False

    def __enter__(self) -> Self:
        """Take the register and read it."""
        with self._stack:
            try:
                self._stack.enter_context(only_one(self.path.with_name(self.path.name + LOCK_ENDING)))
                there = self.path.exists()
            except OSError as error:
                raise OutputError(
                    f"Register {self.path} tidak dapat dipakai: {reason(error)}", "Pilih folder yang dapat ditulis."
                ) from error
            if there:
                self._read()
            self._stack = self._stack.pop_all()
        self._open = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the register back; everything is written already."""
        self._open = False
        self._stack.close()

    def number(self, tahun: int, level: str, kode: str) -> int:
        """The number of one unit; a new one is written down before it is given."""
        return self.numbers(tahun, level, [kode])[kode]

    def numbers(self, tahun: int, level: str, kode: Iterable[str]) -> dict[str, int]:
        """The numbers of several units; new ones follow the highest of their year and level, in the order given.

        Args:
            tahun: the year that the berita acara is about.
            level: desa, kecamatan, kabupaten or provinsi.
            kode: codes of the units.

        Raises:
            OutputError: new numbers cannot be written; none of them is given.
        """
        assert self._open, "the register is not open"
        wanted = [Unit(tahun, level, one) for one in dict.fromkeys(kode)]
        highest = max((n for unit, n in self._numbers.items() if unit[:2] == (tahun, level)), default=0)
        fresh = [unit for unit in wanted if unit not in self._numbers]
        if fresh:
            grown = {**self._numbers, **{unit: number for number, unit in enumerate(fresh, highest + 1)}}
            self._write(grown)
            self._numbers = grown
        return {unit.kode: self._numbers[unit] for unit in wanted}

    def _read(self) -> None:
        seen: dict[object, Line] = {}
        for line in read_csv(self.path, (*COLUMNS, *NOTES), COLUMNS):
            unit = Unit(_whole(line, "tahun", 9999), _level(line), _code(line))
            number = _whole(line, "nomor", MOST)
            _once(seen, line, unit, f"{unit.level} {unit.kode} tahun {unit.tahun}")
            _once(seen, line, (unit.tahun, unit.level, number), f"nomor {number} {unit.level} tahun {unit.tahun}")
            self._numbers[unit] = number
            self._notes[unit] = {key: line.text(key) for key in NOTES if key in line.values}

    def _write(self, numbers: dict[Unit, int]) -> None:
        notes = [key for key in NOTES if any(key in row for row in self._notes.values())]
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([*COLUMNS, *notes])
        for unit, number in numbers.items():
            row = self._notes.get(unit, {})
            writer.writerow([*unit, number, *(row.get(key, "") for key in notes)])
        with atomic(self.path, force=True) as path:
            path.write_bytes(text.getvalue().encode())


def _once(seen: dict[object, Line], line: Line, key: object, what: str) -> None:
    if (earlier := seen.setdefault(key, line)) is not line:
        raise ConfigError(f"{line.file} baris {line.number}: {what} sudah ada di baris {earlier.number}", REPAIR)


def _whole(line: Line, key: str, most: int) -> int:
    value = line.filled(key, REPAIR)
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= most):
        raise line.fail(key, f'"{value}" bukan bilangan bulat 1 sampai {most}', REPAIR)
    return int(value)


def _level(line: Line) -> str:
    level = line.filled("level", REPAIR).lower()
    if level not in DIGITS:
        raise line.fail("level", f'"{level}" bukan tingkat wilayah', advice(level, DIGITS))
    return level


def _code(line: Line) -> str:
    code = line.filled("kode", REPAIR).replace(".", "")
    wanted = next(digits for level, digits in DIGITS.items() if level == _level(line))
    if not (code.isascii() and code.isdigit() and len(code) == wanted):
        raise line.fail("kode", f'"{line.text("kode")}" bukan kode {wanted} angka', REPAIR)
    return code
