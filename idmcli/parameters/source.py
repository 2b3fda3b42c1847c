"""Files that an office keeps in Excel or a text editor, as lines and tables that know their place.

CSV is read as offices save it: separated by `;`, `,` or tab, UTF-8 or Windows text; lines that begin with `#` and empty
lines are left out, and columns `keterangan` and `catatan` may hold anything. Every other column must be known: a
misspelt one would be a limit silently left out.
"""

import csv
import io
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, NoReturn

from idmcli.errors import ConfigError

NOTES: Final = ("keterangan", "catatan")
MOST_DIGITS: Final = 15
"""More digits than any budget has, and few enough that sums stay within 64 bits."""

_WORKBOOKS: Final = (".xlsx", ".xls", ".xlsb", ".xlsm", ".ods")
_AMOUNT: Final = re.compile(r"(?:rp\.?\s*)?(\d{1,3}(?:\.\d{3})+|\d+)(?:,00?|,-)?", re.ASCII | re.IGNORECASE)
_SEPARATORS: Final = (";", ",", "\t")


@dataclass(frozen=True)
class Line:
    """One line of a CSV file: its texts by column, stripped; a column that the file lacks reads as empty."""

    file: str
    number: int
    values: Mapping[str, str]

    def fail(self, key: str, pesan: str, saran: str) -> ConfigError:
        """The error for one column of this line, to be raised by the caller."""
        return ConfigError(f'{self.file} baris {self.number}, kolom "{key}": {pesan}', saran)

    def text(self, key: str) -> str:
        """The cell's text; empty if there is none."""
        return self.values.get(key, "")

    def filled(self, key: str, saran: str) -> str:
        """The cell's text, which must not be empty."""
        if not (value := self.text(key)):
            raise self.fail(key, "kosong", saran)
        return value

    def amount(self, key: str) -> int | None:
        """A whole number ≥ 0 of villages, works or rupiah (`Rp1.500.000`); None if empty."""
        if not (value := self.text(key)):
            return None
        if (number := amount(value)) is None:
            raise self.fail(key, f'"{value}" bukan bilangan bulat mulai 0', "Tulis seperti 150000000 atau 150.000.000.")
        return number


def amount(text: str) -> int | None:
    """A whole number ≥ 0 as people write it: `1500000`, `1.500.000`, `Rp 1.500.000,00`; None if it is none."""
    found = _AMOUNT.fullmatch(text.strip())
    digits = found[1].replace(".", "") if found else ""
    return int(digits) if digits and len(digits.lstrip("0")) <= MOST_DIGITS else None


def read_text(file: str | Path) -> str:
    """The text of a file, whatever its encoding.

    Raises:
        ConfigError: it does not exist, cannot be read, or is a workbook.
    """
    path = Path(file)
    if path.suffix.lower() in _WORKBOOKS:
        raise ConfigError(f"{file} berkas Excel, sedangkan di sini perlu CSV", "Simpan sebagai CSV dari Excel.")
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ConfigError(f"Berkas {file} tidak ada", "Periksa nama dan foldernya.") from None
    except (OSError, ValueError) as error:
        why = "itu folder" if path.is_dir() else "periksa izinnya" if isinstance(error, OSError) else "nama tidak sah"
        raise ConfigError(f"Berkas {file} tidak bisa dibaca: {why}", "Periksa nama dan foldernya.") from None
    try:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_csv(file: str | Path, columns: Sequence[str], needed: Collection[str]) -> list[Line]:
    """The lines of a CSV file with at least one.

    Args:
        file: the path; messages name it as it is given.
        columns: the columns that the file may have.
        needed: those that it must have.

    Raises:
        ConfigError: the file cannot be read, lacks a column, has an unknown one, or holds no line.
    """
    name = str(file)
    text = read_text(file).replace("\x00", "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        return table_lines(name, ((reader.line_num, cells) for cells in reader), columns, needed)
    except csv.Error:
        raise ConfigError(
            f"{name} baris {reader.line_num}: tanda kutip tidak berpasangan", "Periksa tanda kutip pada baris itu."
        ) from None


def table_lines(
    name: str, rows: Iterable[tuple[int, Sequence[str]]], columns: Sequence[str], needed: Collection[str]
) -> list[Line]:
    """The lines of a table with at least one, below its header.

    Args:
        name: how messages name the file.
        rows: line number and cells.
        columns: the columns that the table may have.
        needed: those that it must have.

    Raises:
        ConfigError: the table lacks a column, has an unknown one, or holds no line.
    """
    header: list[str] | None = None
    lines = []
    for number, texts in rows:
        cells = [cell.strip().strip("\ufeff\xa0") for cell in texts]
        if not any(cells) or cells[0].startswith("#") or (header is None and cells[0].lower().startswith("sep=")):
            continue
        if header is None:
            header = _header(name, number, cells, columns, needed)
            continue
        if any(cells[len(header) :]) or any(value for key, value in zip(header, cells, strict=False) if not key):
            raise ConfigError(
                f"{name} baris {number}: ada isi di luar kolom yang berjudul",
                "Beri judul catatan pada kolom itu, atau kosongkan.",
            )
        lines.append(Line(name, number, {key: value for key, value in zip(header, cells, strict=False) if key}))
    if not lines:
        raise ConfigError(f"{name} tidak berisi baris", f"Judul kolomnya: {', '.join(columns)}; isi di bawahnya.")
    return lines


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file.

    Raises:
        ConfigError: it cannot be read or is no TOML; the message names the line.
    """
    try:
        data = path.read_bytes()
    except (OSError, ValueError):
        data = read_text(path).encode()
    return parse_toml(data, path)


def parse_toml(data: bytes, path: Path) -> dict[str, Any]:
    """The tables in the bytes of a TOML file; `path` is named in complaints.

    Raises:
        ConfigError: it is no UTF-8 or no TOML (the message names the line), or holds a NUL, which no path may.
    """
    try:
        tables = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ConfigError(f"{path} bukan TOML yang sah: bukan teks UTF-8", "Simpan ulang sebagai UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        place = f"baris {line[1]}" if line else "baris terakhir"
        raise ConfigError(f"{path} bukan TOML yang sah: {place}", "Perbaiki baris itu, lalu ulangi.") from None
    if _holds_nul(tables):
        raise ConfigError(f"{path} memuat karakter NUL dalam suatu teks", "Hapus \\u0000 dari teks itu.")
    return tables


def _holds_nul(value: object) -> bool:
    if isinstance(value, Mapping):
        return any(_holds_nul(part) for pair in value.items() for part in pair)
    if isinstance(value, list):
        return any(map(_holds_nul, value))
    return isinstance(value, str) and "\x00" in value


def check_keys(
    data: Mapping[str, Any], known: Mapping[str, type | tuple[type, ...]], file: object, prefix: str
) -> None:
    """Every key of a TOML table is known and of its type.

    Args:
        data: the table.
        known: the keys that it may have, with their types; `bool` is no number.
        file: how messages name the file.
        prefix: the table's name with a point, or empty for the top level.

    Raises:
        ConfigError: one is not.
    """
    for key, value in data.items():
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"Mungkin maksudnya {prefix}{near[0]}." if near else f"Yang dikenal: {', '.join(known)}."
            raise ConfigError(f"{file}: kunci {prefix}{key} tidak dikenal", hint)
        right = isinstance(value, known[key]) and (known[key] is bool or not isinstance(value, bool))
        if not right or value == "":
            raise ConfigError(f"{file}: isi {prefix}{key} salah jenis ({value!r})", "Periksa tanda kutipnya.")


def advice(value: str, known: Collection[str]) -> str:
    """What the officer may have meant."""
    near = get_close_matches(value, known, n=1)
    return f'Mungkin maksudnya "{near[0]}".' if near else f"Yang dikenal: {', '.join(known)}."


def no_double(earlier: Line, line: Line, key: str, what: str) -> NoReturn:
    """Stop at a line that says again what an earlier one says."""
    raise line.fail(key, f"{what} sudah ada pada baris {earlier.number}", "Hapus salah satu.")


def _separator(text: str) -> str:
    for line in text.splitlines():
        if line.lower().startswith("sep=") and line[4:5] in _SEPARATORS:
            return line[4]
        if line.strip(" ;,\t\xa0") and not line.lstrip('"').startswith("#"):
            return max(_SEPARATORS, key=line.count)
    return ","


def _header(name: str, number: int, cells: Sequence[str], columns: Sequence[str], needed: Collection[str]) -> list[str]:
    header = ["_".join(cell.lower().split()) for cell in cells]
    for at, key in enumerate(header):
        if key and key not in (*columns, *NOTES):
            raise ConfigError(f'{name} baris {number}: kolom "{cells[at]}" tidak dikenal', advice(key, columns))
        if key and key in header[:at]:
            raise ConfigError(f'{name} baris {number}: kolom "{cells[at]}" tertulis dua kali', "Hapus salah satu.")
    for key in needed:
        if key not in header:
            raise ConfigError(f'{name} baris {number}: kolom "{key}" tidak ada', f"Judul: {', '.join(columns)}.")
    return header
