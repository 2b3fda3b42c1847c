"""The file of officials: who holds which office where; CSV or a workbook with `kode, peran, nama, nip, saksi`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from idmcli.errors import ConfigError
from idmcli.parameters.minutes import DIGITS, Signatory
from idmcli.parameters.source import Line, advice, no_double, read_csv, table_lines

COLUMNS: Final = ("kode", "peran", "nama", "nip", "saksi")
NEEDED: Final = ("kode", "peran", "nama")
WORKBOOKS: Final = (".xlsx", ".xlsm")
EXACT_DIGITS: Final = 15
"""Excel keeps so many digits of a number; a NIP has 18."""

_YES: Final = ("ya", "y", "x", "v", "saksi", "1", "true", "benar")
_NO: Final = ("", "tidak", "t", "0", "false", "-", "bukan")
_POWER: Final = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d+")
_ACTING: Final = re.compile(r"^(?:PJ|PJS|PLT|PLH|PENJABAT|PELAKSANA TUGAS|PELAKSANA HARIAN) ")


def load_officials(file: str | Path) -> Mapping[str, tuple[Signatory, ...]]:
    """Code of a unit (2, 4, 6 or 10 digits) → its officials, in the order of the file.

    Raises:
        ConfigError: the file is wrong, or the same role stands twice for a unit; the message names line and column.
    """
    found: dict[str, list[Signatory]] = {}
    first: dict[tuple[str, ...], Line] = {}
    for line in _lines(Path(file)):
        code = _code(line)
        official = Signatory(
            line.filled("peran", "Tulis perannya, misalnya Kepala Desa.").replace("{", "{{").replace("}", "}}"),
            line.text("nama"),
            _nip(line),
            _witness(line),
        )
        key = (code, _folded(official.peran), _folded(official.nama) if official.saksi else "")
        if (earlier := first.setdefault(key, line)) is not line:
            no_double(earlier, line, "peran", f"{line.text('peran')} untuk {code}")
        found.setdefault(code, []).append(official)
    return {code: tuple(people) for code, people in found.items()}


def signing(roles: Sequence[Signatory], officials: Sequence[Signatory]) -> tuple[Signatory, ...]:
    """The roles with the names of who holds them; officials of other roles follow.

    `Pj. Kepala Desa` and `Kepala Desa Pejalin` hold the role `Kepala Desa PEJALIN`, and it is printed as the file has
    it. A dotted NIP of the role stays dotted where the file gives none; `-` says that there is none.

    Args:
        roles: with places filled in.
        officials: of the same unit.
    """
    left = list(officials)
    signatories = []
    for role in roles:
        holder = next((one for one in left if one.saksi == role.saksi and _same(one.peran, role.peran)), None)
        if holder is None or role.nama:
            signatories.append(role)
            continue
        left.remove(holder)
        nip = "" if holder.nip == "-" else holder.nip or role.nip
        signatories.append(replace(holder, nip=nip, peran=_longer(holder.peran, role.peran)))
    return (*signatories, *(replace(one, nip="" if one.nip == "-" else one.nip) for one in left))


def _same(held: str, role: str) -> bool:
    """Whether one role begins with the other, acting or not."""
    one, other = (_ACTING.sub("", f"{_folded(text)} ") for text in (held, role))
    return one.startswith(other) or other.startswith(one)


def _longer(held: str, role: str) -> str:
    """The role as it is printed: with the place where the file leaves it out."""
    return role if f"{_folded(role)} ".startswith(f"{_folded(held)} ") else held


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[^A-Z0-9]+", " ", text.upper()).split())


def _lines(path: Path) -> list[Line]:
    if path.suffix.lower() in WORKBOOKS:
        return table_lines(str(path), _rows(path), COLUMNS, NEEDED)
    return read_csv(path, COLUMNS, NEEDED)


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet from the header on, as text; titles above it are left out."""
    from openpyxl import load_workbook  # here, because only offices with such a file need it

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except FileNotFoundError:
        raise ConfigError(f"Berkas {path} tidak ada", "Periksa nama dan foldernya.") from None
    except Exception as error:  # openpyxl passes on whatever zip and XML say of a damaged file
        raise ConfigError(f"Berkas {path} tidak bisa dibaca sebagai buku kerja Excel", "Simpan ulang.") from error
    try:
        rows = [[_text(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    finally:
        book.close()
    start = next((at for at, cells in enumerate(rows) if "kode" in [cell.strip().lower() for cell in cells]), 0)
    yield from ((number, cells) for number, cells in enumerate(rows[start:], start + 1))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, int | float) and value == int(value):
        digits = str(int(value))
        return digits if len(digits) <= EXACT_DIGITS else f"{float(value):e}"
    return str(value)


def _code(line: Line) -> str:
    written = line.filled("kode", "Isi kode wilayahnya.")
    code = re.sub(r"[.\s'’]", "", re.sub(r"\.0$", "", written))
    if not (code.isascii() and code.isdigit() and len(code) in DIGITS.values()):
        raise line.fail(
            "kode", f'"{written}" bukan kode wilayah', "Kode provinsi 2 angka, kabupaten 4, kecamatan 6, desa 10."
        )
    return code


def _nip(line: Line) -> str:
    nip = line.text("nip").lstrip("'’")
    if _POWER.fullmatch(nip):
        raise line.fail(
            "nip",
            f'"{nip}" tersimpan sebagai angka, sehingga angka terakhirnya hilang',
            "Ubah kolom nip menjadi teks, lalu ketik ulang.",
        )
    return nip


def _witness(line: Line) -> bool:
    word = line.text("saksi").lower()
    if word not in (*_YES, *_NO):
        raise line.fail("saksi", f'"{line.text("saksi")}" bukan ya atau tidak', advice(word, ("ya", "tidak")))
    return word in _YES
