"""The places of a berita acara's texts filled in, and what was missing."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from idmcli.calendar import ROMAN, date_words
from idmcli.minutes import UnitMinutes
from idmcli.parameters.minutes import UnitLevel, UnitSettings
from idmcli.words import decimal, whole

LEVEL_NAMES: Final[Mapping[UnitLevel, str]] = {
    "desa": "Desa",
    "kecamatan": "Kecamatan",
    "kabupaten": "Kabupaten",
    "provinsi": "Provinsi",
}
CITY: Final = "KOTA"
"""A kabupaten whose name begins with this word is no kabupaten."""
INDICES: Final = ("iks", "ike", "ikl", "idm")


class MinutesWords:
    """Texts of one document.

    Attributes:
        values: what a text may name.
        missing: what was missing and is a dotted line, each once, in the order in which it was met.
        dots: a dotted line.
        short: a short one, within a sentence.
    """

    def __init__(self, unit: UnitMinutes, settings: UnitSettings) -> None:
        self._kata = settings.kata
        self.missing: dict[str, None] = {}
        self.dots, self.short = self._text("titik"), self._text("titik_pendek")
        self.values: dict[str, str] = {}
        self.values |= self._places(unit) | self._date(settings) | self._figures(unit)
        self.values["tempat"] = self.fill(settings.tempat) or self._absent("tempat")

    def fill(self, text: str) -> str:
        """An office's text with its places filled in; what is missing is dotted and noted."""
        return text.format_map(_Noting(self.values, self))

    def plain(self) -> dict[str, str]:
        """Every value by itself, dots where it is missing."""
        return {name: self.short if value.startswith("\x00") else value for name, value in self.values.items()}

    def label(self, key: str, **parts: object) -> str:
        """A fixed word."""
        return self._text(key).format_map(_Noting({**self.values, **parts}, self))

    def labels(self, key: str, **parts: object) -> list[str]:
        """A list of fixed words, such as the heads of a table."""
        texts = self._kata[key]
        assert not isinstance(texts, str), key
        return [text.format_map(_Noting({**self.values, **parts}, self)) for text in texts]

    def gap(self, key: str, **parts: object) -> str:
        """A dotted line for what `key` says is missing."""
        self.missing[self.label(key, **parts)] = None
        return self.dots

    def short_gap(self, key: str, **parts: object) -> str:
        """As `gap`, within a line."""
        self.gap(key, **parts)
        return self.short

    def number(self, pattern: str, number: int | None) -> str:
        """The document's number by its pattern; dots where the register gave none."""
        if number is None and "{nomor" in pattern:
            pattern = _dotted_number(pattern, self.short_gap("kosong_nomor"))
        return pattern.format_map(_Noting({**self.values, "nomor": number}, self))

    def city(self, pattern: str) -> str:
        """The place in front of the date; a whole dotted line where it is missing."""
        return self.fill(pattern) or self.gap("kosong_tempat")

    def _text(self, key: str) -> str:
        text = self._kata[key]
        assert isinstance(text, str), key
        return text

    def _absent(self, what: str) -> str:
        """A value that is noted as missing when a text names it."""
        return f"\x00{what}"

    def _places(self, unit: UnitMinutes) -> dict[str, str]:
        names: dict[str, str] = {level: unit.unit[level] or self._absent(level) for level in LEVEL_NAMES}
        names["kabupaten_kota"] = regency(unit.unit["kabupaten"]) or names["kabupaten"]
        own = names["kabupaten_kota"] if unit.level == "kabupaten" else f"{LEVEL_NAMES[unit.level]} {names[unit.level]}"
        names["wilayah"] = own if unit.unit[unit.level] else f"{LEVEL_NAMES[unit.level]} {unit.unit['kode']}"
        return {**names, **{key.upper(): _capitals(name) for key, name in names.items()}, "kode": unit.unit["kode"]}

    def _date(self, settings: UnitSettings) -> dict[str, str]:
        if settings.tanggal is None:
            keys = ("hari", "tanggal_kata", "bulan", "tahun_kata", "tanggal_angka", "bulan_romawi", "tahun_surat")
            return dict.fromkeys(keys, self._absent("tanggal"))
        told = date_words(settings.tanggal)
        return {
            "hari": told.hari,
            "tanggal_kata": told.tanggal,
            "bulan": told.bulan,
            "tahun_kata": told.tahun,
            "tanggal_angka": told.angka,
            "bulan_romawi": ROMAN[settings.tanggal.month - 1],
            "tahun_surat": str(settings.tanggal.year),
        }

    def _figures(self, unit: UnitMinutes) -> dict[str, str]:
        row = unit.unit
        counts = {name: row[name] for name in unit.status} | {self._text("tidak_dihitung"): row["tidak_dihitung"]}
        pattern = self._text("jumlah_status")
        status = [pattern.format(jumlah=whole(count), status=name) for name, count in counts.items() if count]
        single = next((name for name in unit.status if row[name]), self._text("status_kosong"))
        return {
            "tahun": str(unit.tahun) if unit.tahun else self._absent("tahun"),
            "tahun_sebelum": str(unit.tahun_sebelum) if unit.tahun_sebelum else self._absent("tahun"),
            "jumlah_desa": whole(row["jumlah_desa"]),
            "status": single if unit.level == "desa" else _enumerated(status),
            **{name: decimal(row[name]) for name in INDICES},
        }


class _Noting(dict[str, Any]):
    """Values that leave dots, and a note, where they are missing."""

    def __init__(self, values: Mapping[str, Any], words: MinutesWords) -> None:
        super().__init__(values)
        self._words = words

    def __getitem__(self, key: str) -> Any:
        value = super().__getitem__(key)
        if isinstance(value, str) and value.startswith("\x00"):
            return _dots(value[1:], self._words)
        return value


def _dots(what: str, words: MinutesWords) -> str:
    if what in LEVEL_NAMES:
        return words.short_gap("kosong_wilayah", tingkat=what)
    return words.short_gap(f"kosong_{what}")


def _dotted_number(pattern: str, dots: str) -> str:
    """The pattern with dots in the place of its counter."""
    start = pattern.index("{nomor")
    return pattern[:start] + dots + pattern[pattern.index("}", start) + 1 :]


def _enumerated(parts: Sequence[str]) -> str:
    """`a`, `a dan b`, `a, b, dan c`."""
    if len(parts) < 2:
        return "".join(parts)
    comma = "," if len(parts) > 2 else ""
    return f"{', '.join(parts[:-1])}{comma} dan {parts[-1]}"


def _capitals(name: str) -> str:
    return name if name.startswith("\x00") else name.upper()


def regency(name: str | None) -> str:
    """`BULUNGAN` → `Kabupaten BULUNGAN`, `KOTA BATU` → `Kota BATU`; empty for nothing."""
    if not name:
        return ""
    first, _, rest = name.partition(" ")
    return f"Kota {rest}" if first.upper() == CITY and rest else f"{LEVEL_NAMES['kabupaten']} {name}"
