"""Groups of villages that an office names: kawasan perdesaan, and the working area of a company."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from idmcli.errors import UsageError
from idmcli.parameters.source import Line, no_double, read_csv

KAWASAN_COLUMNS: Final = ("kode_desa", "kawasan", "provinsi", "kabupaten", "kecamatan", "desa")
AREA_COLUMNS: Final = ("kode_desa", "kode_kecamatan", "kabupaten", "kecamatan", "desa", "kode_kabupaten", "provinsi")

Names = tuple[str, str, str]
"""Kabupaten, kecamatan, desa as written; empty: any."""


@dataclass(frozen=True)
class Area:
    """The villages of a working area: those whose code or names it holds.

    Attributes:
        nama: how the area is called: the file's stem, or the text as typed.
        kode_desa: codes of 10 digits.
        kode_kecamatan: codes of 6 digits.
        kode_kabupaten: codes of 4 digits.
        tempat: (kabupaten, kecamatan, desa) as written; an empty part holds everywhere.
    """

    nama: str
    kode_desa: frozenset[str] = frozenset()
    kode_kecamatan: frozenset[str] = frozenset()
    kode_kabupaten: frozenset[str] = frozenset()
    tempat: tuple[Names, ...] = ()
    _folded: frozenset[Names] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the names in comparable form beside the written ones."""
        object.__setattr__(self, "_folded", frozenset(map(_folded, self.tempat)))

    def holds(self, kode_desa: str | None, kabupaten: str | None, kecamatan: str | None, desa: str | None) -> bool:
        """Whether a village belongs to the area."""
        code = kode_desa or ""
        if code in self.kode_desa or code[:6] in self.kode_kecamatan or code[:4] in self.kode_kabupaten:
            return True
        kab, kec, des = _folded((kabupaten or "", kecamatan or "", desa or ""))
        return any(place in self._folded for a in ("", kab) for b in ("", kec) for place in ((a, b, ""), (a, b, des)))

    def unmatched(self, villages: Iterable[tuple[str | None, str | None, str | None, str | None]]) -> tuple[str, ...]:
        """The codes and names of the area that none of the villages has, as written.

        Args:
            villages: kode_desa, kabupaten, kecamatan, desa of each.
        """
        codes: set[str] = set()
        places: set[Names] = set()
        for kode, *names in villages:
            codes |= {(kode or "")[:4], (kode or "")[:6], kode or ""}
            kab, kec, des = _folded((names[0] or "", names[1] or "", names[2] or ""))
            places |= {(a, b, c) for a in ("", kab) for b in ("", kec) for c in ("", des)}
        missing = sorted((self.kode_desa | self.kode_kecamatan | self.kode_kabupaten) - codes)
        return (*missing, *(_shown(names) for names in self.tempat if _folded(names) not in places))


def load_kawasan(file: str | Path) -> Mapping[str, str]:
    """Village code → kawasan perdesaan, from a CSV file with the columns kode_desa and kawasan.

    Raises:
        ConfigError: the file is wrong, or a village stands in it twice; the message names line and column.
    """
    kawasan: dict[str, str] = {}
    spelled: dict[str, str] = {}
    first: dict[str, Line] = {}
    for line in read_csv(file, KAWASAN_COLUMNS, ("kode_desa", "kawasan")):
        code = _code(line, "kode_desa", 10)
        if (earlier := first.setdefault(code, line)) is not line:
            no_double(earlier, line, "kode_desa", f"Desa {code}")
        name = " ".join(line.filled("kawasan", "Isi nama kawasan, atau hapus baris ini.").split())
        kawasan[code] = spelled.setdefault(name.casefold(), name)
    return kawasan


def load_area(file_or_text: str) -> Area:
    """A working area from a CSV file, or from text such as `6501012005, 650102, SESAYAP HILIR`.

    CSV has the column kode_desa, or kode_kecamatan, or kabupaten and kecamatan (and desa). In text, 4 digits are a
    kabupaten, 6 a kecamatan, 10 a desa, and a name is a kecamatan.

    Raises:
        ConfigError: the file is wrong; the message names line and column.
        UsageError: the text names nothing, or a code of another length.
    """
    if _is_file(file_or_text):
        return _area_of_file(file_or_text)
    codes: dict[int, set[str]] = {4: set(), 6: set(), 10: set()}
    names: dict[Names, None] = {}
    for word in filter(None, (part.strip() for part in re.split(r"[,;\n]", file_or_text))):
        digits = re.sub(r"[.\s]", "", word)
        if not (digits.isascii() and digits.isdigit()):
            if not _fold(word):
                raise UsageError(f'Wilayah kerja: "{word}" bukan kode atau nama kecamatan', "Perbaiki wilayah itu.")
            names[("", word, "")] = None
        elif len(digits) in codes:
            codes[len(digits)].add(digits)
        else:
            raise UsageError(
                f"Wilayah kerja: kode {word} terdiri atas {len(digits)} angka",
                "Kode kabupaten 4 angka, kecamatan 6, desa 10.",
            )
    if not names and not any(codes.values()):
        raise UsageError("Wilayah kerja kosong", "Sebut kode atau nama kecamatan, atau berkas CSV.")
    return Area(
        " ".join(file_or_text.split()), frozenset(codes[10]), frozenset(codes[6]), frozenset(codes[4]), tuple(names)
    )


def _is_file(text: str) -> bool:
    try:
        return Path(text).suffix.lower() in (".csv", ".tsv", ".txt", ".xlsx", ".xls") or Path(text).is_file()
    except (OSError, ValueError):  # a list of villages longer than a path may be
        return False


def _area_of_file(file: str) -> Area:
    codes: dict[str, set[str]] = {"kode_desa": set(), "kode_kecamatan": set(), "kode_kabupaten": set()}
    names: dict[Names, None] = {}
    for line in read_csv(file, AREA_COLUMNS, ()):
        key, digits = next(
            ((k, n) for k, n in (("kode_desa", 10), ("kode_kecamatan", 6), ("kode_kabupaten", 4)) if line.text(k)),
            ("", 0),
        )
        if key:
            codes[key].add(_code(line, key, digits))
            continue
        place = (line.text("kabupaten"), line.text("kecamatan"), line.text("desa"))
        if not any(map(_fold, place)):
            raise line.fail("kode_desa", "baris tanpa kode dan nama", "Isi kode_desa, kode_kecamatan, atau kecamatan.")
        if place[2] and not place[1]:
            raise line.fail("kecamatan", f'kosong pada desa "{place[2]}"', "Isi: nama desa sering berulang.")
        names[place] = None
    return Area(
        Path(file).stem,
        frozenset(codes["kode_desa"]),
        frozenset(codes["kode_kecamatan"]),
        frozenset(codes["kode_kabupaten"]),
        tuple(names),
    )


def _code(line: Line, key: str, digits: int) -> str:
    """A code as Excel and people write it: with dots, an apostrophe before it, `.0` after it."""
    written = line.filled(key, f"Isi kode {digits} angka.")
    code = re.sub(r"[.\s'’]", "", re.sub(r"\.0$", "", written))
    if not (code.isascii() and code.isdigit() and len(code) == digits):
        raise line.fail(key, f'"{written}" bukan kode {digits} angka', "Simpan kolom kode sebagai teks di Excel.")
    return code


def _fold(name: str) -> str:
    # here, because the reference of places brings polars, which commands without places do not need
    from idmcli.regions import fold_name

    return fold_name(name)


def _folded(names: Names) -> Names:
    return _fold(names[0]), _fold(names[1]), _fold(names[2])


def _shown(names: Names) -> str:
    return " / ".join(filter(None, reversed(names)))
