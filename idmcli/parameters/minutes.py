"""`[berita_acara]` of `idm.toml`: what differs between offices; what it does not say is in `data/berita_acara.toml`.

```toml
[berita_acara]                                # holds for all levels
nomor = "{nomor:03}/BA-IDM/{kode}/{tahun}"
tanggal = 2024-06-14
pejabat = "pejabat.csv"                       # kode, peran, nama, nip, saksi

[berita_acara.kabupaten]                      # of one level
kop = ["PEMERINTAH KABUPATEN BULUNGAN", "DINAS PEMBERDAYAAN MASYARAKAT DAN DESA"]
alamat = "Jalan Kolonel Soetadji, Tanjung Selor"
logo = "logo.png"
tempat = "Tanjung Selor"
penandatangan = [{ peran = "Kepala DPMD", nama = "…", nip = "…" }, { peran = "Saksi", saksi = true }]

[berita_acara.unit."6501012006"]              # of one desa, kecamatan, kabupaten or provinsi
tempat = "Balai Adat Desa Pejalin"
```

The nearest wins, key by key: unit, level, all levels; then the program's level, and the program's all levels. What
places a text may name is said at the top of `data/berita_acara.toml`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal, cast

from idmcli.errors import ConfigError
from idmcli.parameters.patterns import NO_PLACE, NUMBER_PLACES, Pattern, check_pattern, check_words
from idmcli.parameters.source import check_keys, read_toml

UnitLevel = Literal["desa", "kecamatan", "kabupaten", "provinsi"]
DIGITS: Final[Mapping[UnitLevel, int]] = {"desa": 10, "kecamatan": 6, "kabupaten": 4, "provinsi": 2}
DATA: Final = Path(__file__).resolve().parents[1] / "data" / "berita_acara.toml"

_TEXTS: Final = ("judul", "anak_judul", "nomor", "tempat", "kota", "alamat", "pembuka", "penutup")
_LISTS: Final = ("kop", "dasar_hukum", "pernyataan", "penetapan")
OWN: Final[Mapping[str, type | tuple[type, ...]]] = {
    **dict.fromkeys(_TEXTS, str),
    **dict.fromkeys(_LISTS, list),
    "tanggal": (date, str),
    "logo": str,
    "penandatangan": list,
}
KNOWN: Final[Mapping[str, type | tuple[type, ...]]] = {
    **OWN,
    **dict.fromkeys(DIGITS, dict),
    "unit": dict,
    "kata": dict,
    "pejabat": str,
}
KNOWN_SIGNATORY: Final[Mapping[str, type | tuple[type, ...]]] = {"peran": str, "nama": str, "nip": str, "saksi": bool}


@dataclass(frozen=True)
class Signatory:
    """Who signs.

    Attributes:
        peran: role; may name places, as `Kepala Desa {desa}`.
        nama: empty: a dotted line.
        nip: empty: no such line; `…`: a dotted one.
        saksi: signs as a witness.
    """

    peran: str
    nama: str = ""
    nip: str = ""
    saksi: bool = False


@dataclass(frozen=True)
class UnitSettings:
    """What an office decides for one berita acara; all texts may name places such as `{desa}`.

    Attributes:
        tanggal: None: dotted lines.
        tempat: where it was made, in the opening; empty: a dotted line.
        kota: the place in front of the date above the signatures.
        nomor: pattern of the number.
        kop: lines of the letterhead, the office itself last; () for none.
        alamat: line below the letterhead; empty for none.
        logo: picture file; None for none.
        pembuka: opening sentence.
        dasar_hukum: legal basis.
        pernyataan: paragraphs above the result.
        penetapan: paragraphs of the determination.
        penandatangan: who signs, by role.
        pejabat: who holds these roles, from the file of officials; see `officials.signing`.
        kata: fixed words of tables and labels.
    """

    judul: str
    anak_judul: str
    tanggal: date | None
    tempat: str
    kota: str
    nomor: str
    kop: tuple[str, ...]
    alamat: str
    logo: Path | None
    pembuka: str
    dasar_hukum: tuple[str, ...]
    pernyataan: tuple[str, ...]
    penetapan: tuple[str, ...]
    penutup: str
    penandatangan: tuple[Signatory, ...]
    pejabat: tuple[Signatory, ...] = ()
    kata: Mapping[str, Pattern] = field(default_factory=dict)

    @property
    def counted(self) -> bool:
        """Whether the number has a counter, and so a place in the register."""
        return "{nomor" in self.nomor


Said = Mapping[str, Any]
"""Fields of `UnitSettings` that one table says."""


@dataclass(frozen=True)
class MinutesSettings:
    """What `[berita_acara]` says, table by table.

    Attributes:
        umum: for all levels.
        tingkat: per level.
        unit: per code of a unit.
        kata: fixed words in place of the program's.
        pejabat: file of officials.
    """

    umum: Said = field(default_factory=dict)
    tingkat: Mapping[UnitLevel, Said] = field(default_factory=dict)
    unit: Mapping[str, Said] = field(default_factory=dict)
    kata: Mapping[str, Pattern] = field(default_factory=dict)
    pejabat: Path | None = None

    def for_unit(self, level: UnitLevel, kode: str, *, typed: Said = MappingProxyType({})) -> UnitSettings:
        """The settings of one unit.

        Args:
            level: its level.
            kode: its code, digits only.
            typed: fields from the command line, which beat everything.
        """
        ours = _program()
        said = [ours.umum, ours.tingkat[level], self.umum, self.tingkat.get(level, {}), self.unit.get(kode, {}), typed]
        fields: dict[str, Any] = {"tanggal": None, "logo": None}
        for layer in said:
            fields |= layer
        return UnitSettings(**fields, kata={**ours.kata, **self.kata})


def minutes_settings(table: Mapping[str, Any], file: Path) -> MinutesSettings:
    """What a table `[berita_acara]` says.

    Args:
        table: the table.
        file: the file it stands in; paths in it are relative to this file.

    Raises:
        ConfigError: an unknown key, a wrong type, a code that is none, or a text that names an unknown place.
    """
    read = _tables(table, file, "berita_acara.")
    return MinutesSettings(
        read.umum, read.tingkat, read.unit, check_words(read.kata, _program().kata, file), read.pejabat
    )


def number_pattern(text: str, where: str) -> str:
    """A pattern of numbers as typed, checked.

    Raises:
        ConfigError: it names a place that there is not.
    """
    return check_pattern(text, where, NUMBER_PLACES)


@lru_cache(maxsize=1)
def _program() -> MinutesSettings:
    return _tables(read_toml(DATA), DATA, "")


def _tables(table: Mapping[str, Any], file: Path, prefix: str) -> MinutesSettings:
    check_keys({key: value for key, value in table.items() if value != ""}, KNOWN, file, prefix)
    levels: dict[UnitLevel, Said] = {}
    for level in DIGITS:
        if level in table:
            levels[level] = _said(table[level], file, f"{prefix}{level}.")
    units: dict[str, Said] = {}
    for kode, own in table.get("unit", {}).items():
        code = re.sub(r"[.\s]", "", kode)
        where = f"{prefix}unit.{kode}"
        if not (code.isascii() and code.isdigit() and len(code) in DIGITS.values()) or not isinstance(own, dict):
            raise ConfigError(
                f"{file}: {where} bukan wilayah",
                'Tulis [berita_acara.unit."KODE"] dengan kode 2, 4, 6, atau 10 angka.',
            )
        if code in units:
            raise ConfigError(f"{file}: {where} tertulis dua kali", "Hapus salah satu.")
        units[code] = _said(own, file, f"{where}.")
    general = _said({key: value for key, value in table.items() if key in OWN}, file, prefix)
    words = {key: tuple(value) if isinstance(value, list) else value for key, value in table.get("kata", {}).items()}
    officials = file.parent / table["pejabat"] if "pejabat" in table else None
    return MinutesSettings(general, levels, units, words, officials)


def _said(table: Mapping[str, Any], file: Path, prefix: str) -> Said:
    """One table's keys as fields of `UnitSettings`. An empty text says: nothing there."""
    check_keys({key: value for key, value in table.items() if value != ""}, OWN, file, prefix)
    said: dict[str, Any] = {}
    for key, value in table.items():
        where = f"{file}: {prefix}{key}"
        if key in _TEXTS:
            said[key] = check_pattern(value, where, {"nomor": NUMBER_PLACES, "tempat": NO_PLACE}.get(key))
        elif key in _LISTS:
            said[key] = tuple(check_pattern(text, where) for text in _all_text(value, where))
        elif key == "tanggal":
            said[key] = _day(value, where)
        elif key == "logo":
            said[key] = file.parent / value if value else None
        else:
            said[key] = tuple(_signatory(one, file, f"{prefix}{key}") for one in value)
    return said


def _all_text(value: Sequence[object], where: str) -> Sequence[str]:
    if not all(isinstance(text, str) for text in value):
        raise ConfigError(f"{where} bukan deretan teks", 'Tulis seperti ["baris pertama", "baris kedua"].')
    return cast(Sequence[str], value)


def _day(value: date | str, where: str) -> date | None:
    """A date of TOML, or a text such as `14-06-2024`; an empty one says: none."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if value == "":
        return None
    if isinstance(value, str) and (found := re.fullmatch(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})", value.strip())):
        try:
            return date(int(found[3]), int(found[2]), int(found[1]))
        except ValueError:
            pass
    raise ConfigError(f"{where} = {value} bukan tanggal", "Tulis seperti 2024-06-14, tanpa tanda petik.")


def _signatory(value: object, file: Path, prefix: str) -> Signatory:
    if not isinstance(value, dict) or not str(value.get("peran", "")).strip():
        raise ConfigError(f"{file}: {prefix} tanpa peran", 'Tulis seperti { peran = "Camat", nama = "…", nip = "…" }.')
    check_keys({key: one for key, one in value.items() if one != ""}, KNOWN_SIGNATORY, file, f"{prefix}.")
    role = check_pattern(value["peran"], f"{file}: {prefix}.peran")
    return Signatory(role, value.get("nama", "").strip(), value.get("nip", "").strip(), value.get("saksi", False))
