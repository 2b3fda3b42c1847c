"""The files of an edition as rows that know their place, so that every fault names file, row and key.

TOML and CSV give the same `Row`. Keys are checked when a row is made: what is not expected stops the run, because a
misspelt key would otherwise be a rule silently left out.
"""

import csv
import hashlib
import io
import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path

from idmcli.errors import RubricError

_DECIMAL = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_TOML_PLACE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True)
class Row:
    """One row of a file: a CSV line, a TOML table, or the top level of a TOML file.

    Attributes:
        file: edition folder and file name, as messages name it.
        place: `baris 12`, `indikator IKS05`; empty for the top level.
        values: text for CSV, whatever TOML holds for TOML. Every expected key of a CSV row is present.
    """

    file: str
    place: str
    values: Mapping[str, object]

    def fail(self, key: str, pesan: str, saran: str) -> RubricError:
        """The error for one key of this row, to be raised by the caller."""
        where = f"{self.file} {self.place}".strip()
        return RubricError(f'{where}, kunci "{key}": {pesan}', saran)

    def text(self, key: str, *, optional: bool = False) -> str:
        """A text without outer spaces; empty only if `optional`."""
        value = self.values.get(key, "")
        if not isinstance(value, str):
            raise self.fail(key, "harus berupa teks", "Tulis isinya di antara tanda kutip")
        if not value.strip() and not optional:
            raise self.fail(key, "wajib diisi tetapi kosong atau tidak ada", "Isi kunci itu")
        return value.strip()

    def one_of(self, key: str, allowed: Collection[str]) -> str:
        """A text that must be one of `allowed`."""
        value = self.text(key)
        if value not in allowed:
            raise self.fail(key, f'"{value}" tidak dikenal', _advice(value, allowed))
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts: a TOML array, or a CSV cell with the words separated by `|`; may be empty."""
        value = self.values.get(key, "")
        parts = value.split("|") if isinstance(value, str) and value else value or []
        if not isinstance(parts, list) or not all(isinstance(part, str) and part.strip() for part in parts):
            raise self.fail(key, "harus berupa daftar kata tanpa kata kosong", "Pisahkan kata dengan | (CSV)")
        return tuple(part.strip() for part in parts)

    def whole(self, key: str) -> int:
        """A whole number."""
        value = self.values.get(key)
        if isinstance(value, str) and re.fullmatch(r"-?\d{1,6}", value.strip(), re.ASCII):
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fail(key, f"{_shown(value)} bukan bilangan bulat", "Tulis bilangan bulat")
        return value

    def decimal(self, key: str) -> Decimal | None:
        """An exact decimal written as text with a point; None if empty or absent."""
        if not (value := self.text(key, optional=True)):
            return None
        if not _DECIMAL.fullmatch(value):
            raise self.fail(key, f'"{value}" bukan bilangan', "Tulis angka dengan titik desimal, misalnya 0.25")
        return Decimal(value)

    def flag(self, key: str) -> bool:
        """`true`/`false` in TOML, `ya`/`tidak` in CSV."""
        value = self.values.get(key)
        if isinstance(value, bool):
            return value
        if value not in ("ya", "tidak"):
            raise self.fail(key, f"{_shown(value)} bukan ya atau tidak", "Isi true/false (TOML) atau ya/tidak (CSV)")
        return value == "ya"

    def day(self, key: str) -> date:
        """A date: TOML date, or `2026-11-21` in CSV."""
        value = self.values.get(key)
        if type(value) is date:
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            raise self.fail(
                key, f"{_shown(value)} bukan tanggal", "Tulis hari pemeriksaan terakhir, misalnya 2026-11-21"
            ) from None


Sourced = Callable[[Row], tuple[str, date]]
"""Reads a row's reference and the day of its last check."""


def read_edition(folder: Path, names: Collection[str]) -> tuple[dict[str, str], str]:
    """The texts of an edition's files by name, and the SHA-256 over them in name order.

    Byte order marks and Windows line ends are dropped first: the same rules have the same hash on every machine.
    """
    texts: dict[str, str] = {}
    digest = hashlib.sha256()
    for name in sorted(names):
        file = f"{folder.name}/{name}"
        try:
            data = (folder / name).read_bytes()
        except FileNotFoundError:
            raise RubricError(
                f"{file} tidak ada", f"Satu edisi terdiri atas {', '.join(sorted(names))}; lengkapi folder {folder}"
            ) from None
        except OSError as error:
            raise RubricError(f"{file} tidak dapat dibaca ({error.strerror})", "Periksa izin berkas itu") from error
        try:
            text = data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise RubricError(f"{file} baris {line}: bukan teks UTF-8", "Simpan ulang sebagai UTF-8") from error
        texts[name] = text
        digest.update(f"{name}\n{text}".encode())
    return texts, digest.hexdigest()


def toml_rows(
    text: str, file: str, tables: Mapping[str, tuple[str, Collection[str]]], top: Collection[str] = ()
) -> tuple[Row, dict[str, list[Row]]]:
    """A TOML file as rows: its top level, and by name the arrays of tables in the order they stand.

    Args:
        text: what the file holds.
        file: how messages name it.
        tables: per array of tables (`indikator`) the key that names a row (`kode`) and the keys it may have.
        top: keys of the top level besides the tables.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _toml_error(text, file, str(error)) from error
    head = Row(file, "", {key: value for key, value in values.items() if key not in tables})
    _check_keys(head, top)
    rows: dict[str, list[Row]] = {}
    for table, (naming, keys) in tables.items():
        entries = values.get(table)
        if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
            raise head.fail(
                table, "harus berupa deretan tabel yang tidak kosong", f"Awali tiap baris dengan [[{table}]]"
            )
        rows[table] = [
            Row(file, f"{table} {entry.get(naming, f'ke-{number}')}", entry) for number, entry in enumerate(entries, 1)
        ]
        for row in rows[table]:
            _check_keys(row, keys)
    return head, rows


def csv_rows(text: str, file: str, keys: Collection[str]) -> list[Row]:
    """A comma-separated file as rows; the header must hold exactly `keys`, in any order."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        _check_header(Row(file, "baris 1", {}), header, keys)
        rows = []
        for cells in reader:
            if not any(cells):
                continue
            place = Row(file, f"baris {reader.line_num}", dict(zip(header, cells, strict=False)))
            if len(cells) != len(header):
                raise place.fail(
                    header[min(len(cells), len(header)) - 1],
                    f"baris ini punya {len(cells)} kolom, judulnya {len(header)}",
                    "Tulis isi yang memuat koma di antara tanda kutip",
                )
            rows.append(place)
    except csv.Error as error:
        raise RubricError(
            f"{file} baris {reader.line_num}: tanda kutip tidak berpasangan",
            'Isi yang memuat " diapit tanda kutip dan kutip di dalamnya ditulis dua kali',
        ) from error
    return rows


def check_unique(rows: Iterable[Row], *keys: str) -> None:
    """Stop at the first row that repeats an earlier one in all `keys`."""
    seen: dict[tuple[object, ...], Row] = {}
    for row in rows:
        value = tuple(str(row.values.get(key, "")).strip() for key in keys)
        if (earlier := seen.setdefault(value, row)) is not row:
            shown = " ".join(map(str, value))
            raise row.fail(keys[-1], f'"{shown}" sudah ada pada {earlier.place}', "Hapus salah satu")


def _check_keys(row: Row, allowed: Collection[str]) -> None:
    for key in row.values:
        if key not in allowed:
            raise row.fail(key, "kunci tidak dikenal", _advice(key, allowed))


def _check_header(row: Row, header: list[str], keys: Collection[str]) -> None:
    for number, name in enumerate(header):
        if ";" in name:
            raise row.fail(name, "kolom dipisah titik koma", "Simpan ulang sebagai CSV dengan pemisah koma")
        if name not in keys:
            raise row.fail(name, "kolom tidak dikenal", _advice(name, keys))
        if name in header[:number]:
            raise row.fail(name, "kolom tertulis dua kali", "Hapus salah satu")
    for key in keys:
        if key not in header:
            raise row.fail(key, "kolom tidak ada", "Tambahkan kolom itu")


def _toml_error(text: str, file: str, message: str) -> RubricError:
    place = _TOML_PLACE.search(message)
    number = int(place[1]) if place else text.rstrip().count("\n") + 1
    line = text.split("\n")[number - 1].strip()
    # tomllib says "Cannot overwrite a value" or "Cannot declare (…) twice" for what stands there already
    twice = message.startswith("Cannot")
    pesan = "kunci atau tabel ini tertulis dua kali" if twice else "tulisan ini bukan TOML yang sah"
    key = line.partition("=")[0].strip()
    return Row(file, f"baris {number}", {}).fail(
        key, pesan, "Hapus salah satu" if twice else "Periksa tanda kutip, tanda kurung, dan tanda sama dengan di sana"
    )


def _advice(value: str, allowed: Collection[str]) -> str:
    near = get_close_matches(value, allowed, n=1)
    return f'Maksudnya "{near[0]}"?' if near else f"Yang dikenal: {', '.join(allowed)}"


def _shown(value: object) -> str:
    return "kosong" if value in (None, "") else f'"{value}"'
