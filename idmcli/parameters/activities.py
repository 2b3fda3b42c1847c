"""The activities of a village budget (Permendagri 20/2018) and every spelling of their codes.

The normal form is `2.2.01`: bidang, sub-bidang, and two digits for the activity. Names are data
(`data/apbdes/kegiatan.csv`, `bidang.csv`); the numbers 90–99 are an office's own (Siskeudes), known or not.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from idmcli.errors import ConfigError
from idmcli.parameters.source import Line, no_double, read_csv

FOLDER: Final = Path(__file__).resolve().parents[1] / "data" / "apbdes"
FILE: Final = FOLDER / "kegiatan.csv"
FIELDS_FILE: Final = FOLDER / "bidang.csv"

ActivityKind = Literal["nasional", "lokal", "tidak dikenal"]

MOST_FIELDS: Final = 5
MOST_SUBFIELDS: Final = 9
LOCAL: Final = range(90, 100)
_NORMAL: Final = re.compile(r"[1-5]\.[1-9]\.\d\d", re.ASCII)
_FIELD: Final = re.compile(r"[1-5](\.[1-9])?", re.ASCII)
_SISKEUDES: Final = re.compile(r"^0?\d{1,2}[.\s]+\d{4}[.\s]+(?=\d)", re.ASCII)
_ZERO_DECIMALS: Final = re.compile(r"[.,]0+", re.ASCII)
_PACKED: Final = re.compile(r"0?([1-5])0?([1-9])(\d\d)|0?([1-5])[.,]0?([1-9])(\d\d)", re.ASCII)
_DATE: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T]00:00:00(?:\.0+)?)?", re.ASCII)
_GLUED: Final = re.compile(r"[.,\-\s/]+", re.ASCII)


@dataclass(frozen=True)
class Activity:
    """One activity code.

    Attributes:
        kode: normal form, `2.2.01`.
        nama: the name in the reference; empty for a number that the reference lacks.
        jenis: `nasional`, `lokal` (90–99, in the reference or not), or `tidak dikenal`.
    """

    kode: str
    nama: str
    jenis: ActivityKind

    @property
    def known(self) -> bool:
        """Whether the code may stand in a budget."""
        return self.jenis != "tidak dikenal"

    @property
    def bidang(self) -> int:
        """The field, 1–5."""
        return int(self.kode[0])

    @property
    def sub_bidang(self) -> str:
        """Field and sub-field: `2.2`."""
        return self.kode[:3]


@dataclass(frozen=True)
class Activities:
    """The reference: activities by normal code, names of bidang and sub-bidang by `2` and `2.2`, other spellings."""

    by_code: Mapping[str, Activity]
    fields: Mapping[str, str]
    aliases: Mapping[str, str]

    def at(self, bidang: int, sub: int, number: int) -> Activity:
        """The activity with these three numbers, known or not."""
        written = f"{bidang}.{sub}.{number:02}"
        kode = self.aliases.get(written, written)
        if kode in self.by_code:
            return self.by_code[kode]
        local = number in LOCAL and f"{bidang}.{sub}" in self.fields
        return Activity(kode, "", "lokal" if local else "tidak dikenal")


@cache
def load_activities(file: Path = FILE, fields_file: Path = FIELDS_FILE) -> Activities:
    """Read the reference.

    Raises:
        ConfigError: a file cannot be read, or a code is malformed, stands twice, or belongs to no sub-bidang.
    """
    fields: dict[str, str] = {}
    for line in read_csv(fields_file, ("kode", "nama"), ("kode", "nama")):
        kode = _code(line, "kode", _FIELD, "2 atau 2.2")
        if kode in fields or (len(kode) > 1 and kode[0] not in fields):
            raise line.fail("kode", f"{kode} tertulis dua kali atau bidangnya belum disebut", "Perbaiki baris itu.")
        fields[kode] = line.filled("nama", "Isi namanya.")
    by_code: dict[str, Activity] = {}
    aliases: dict[str, str] = {}
    lines: dict[str, Line] = {}
    for line in read_csv(file, ("kode", "nama", "jenis", "ejaan_lain"), ("kode", "nama", "jenis")):
        kode = _code(line, "kode", _NORMAL, "2.2.01")
        if (earlier := lines.setdefault(kode, line)) is not line:
            no_double(earlier, line, "kode", kode)
        if kode[:3] not in fields:
            raise line.fail("kode", f"sub-bidang {kode[:3]} tidak ada di {fields_file.name}", "Tambahkan di sana.")
        kind = line.text("jenis")
        if kind not in ("nasional", "lokal"):
            raise line.fail("jenis", f'"{kind}" tidak dikenal', "Isi nasional atau lokal.")
        by_code[kode] = Activity(
            kode, line.filled("nama", "Isi namanya."), "nasional" if kind == "nasional" else "lokal"
        )
        if line.text("ejaan_lain"):
            aliases[_code(line, "ejaan_lain", _NORMAL, "5.1.00")] = kode
    if both := aliases.keys() & by_code.keys():
        raise ConfigError(f"{file.name}: {', '.join(sorted(both))} kode sekaligus ejaan lain", "Hapus salah satu.")
    return Activities(by_code, fields, aliases)


def parse_activity(written: str | Sequence[str], uraian: str = "", *, within: Sequence[str] = ()) -> Activity | None:
    """The activity that a code means, however it is spelled; None where it is no activity code.

    Understood: `2.2.01`, `02.02.01`, `02.02.01.`, `2 2 01`, `2-2-1`, three cells (`2`, `2`, `01`), the Siskeudes prefix
    (`01.2001.02.02.01.`), and what Excel makes of a code: a number (`20201`, `2.0201`, `2201`), each cell a float
    (`2.0`), or a date (`2001-02-02 00:00:00`). A date whose day and month could both be the bidang is only understood
    where both readings agree, one alone is a known code, `uraian` names the activity of one, or one lies `within`.

    Args:
        written: the cell, or the cells of a code split over columns, as text.
        uraian: the words beside it, used for nothing but such dates.
        within: bidang and sub-bidang of the rows above, likewise.
    """
    known = load_activities()
    cells = [written] if isinstance(written, str) else list(written)
    texts = [text for cell in cells if (text := cell.strip().strip("'’`\xa0").strip())]
    if len(texts) == 1 and (dated := _DATE.fullmatch(texts[0])):
        return _from_date(known, *(int(part) for part in dated.groups()), uraian=uraian, within=within)
    if len(texts) == 1:
        packed = _PACKED.fullmatch(_without_zero_decimals(texts[0]))
        if packed:
            bidang, sub, number = (part for part in packed.groups() if part)
            return known.at(int(bidang), int(sub), int(number))
        texts = [_SISKEUDES.sub("", texts[0])]
    else:
        texts = [_without_zero_decimals(text) for text in texts]
    parts = [part for text in texts for part in _GLUED.split(text.strip(" .")) if part]
    if len(parts) == 5 and len(parts[1]) == 4:
        parts = parts[2:]
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) <= 2 for part in parts):
        return None
    bidang, sub, number = (int(part) for part in parts)
    if not (1 <= bidang <= MOST_FIELDS and 1 <= sub <= MOST_SUBFIELDS):
        return None
    return known.at(bidang, sub, number)


def _without_zero_decimals(text: str) -> str:
    """`2.0` → `2`: what a number cell adds; `2.01` stays."""
    whole, mark, rest = text.partition("." if "." in text else ",")
    return whole if mark and whole.isdigit() and _ZERO_DECIMALS.fullmatch(mark + rest) else text


def _from_date(
    known: Activities, year: int, month: int, day: int, *, uraian: str, within: Sequence[str]
) -> Activity | None:
    """`2.3.01` typed where Excel takes it for a date: day, month and the year's last two digits, or month first."""
    found = {
        known.at(bidang, sub, year % 100)
        for bidang, sub in ((day, month), (month, day))
        if bidang <= MOST_FIELDS and sub <= MOST_SUBFIELDS and f"{bidang}.{sub}" in known.fields
    }
    if len(found) > 1:
        found = {one for one in found if one.known} or found
    if len(found) > 1 and uraian:
        found = {one for one in found if one.nama and _folded(one.nama) == _folded(uraian)} or found
    if len(found) > 1:
        found = {one for one in found if one.sub_bidang == ".".join(within)}
    return found.pop() if len(found) == 1 else None


def _folded(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _code(line: Line, key: str, pattern: re.Pattern[str], example: str) -> str:
    kode = line.text(key)
    if not pattern.fullmatch(kode):
        raise line.fail(key, f'"{kode}" bukan kode', f"Tulis seperti {example}.")
    return kode
