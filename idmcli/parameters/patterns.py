"""Texts with named places, such as `Kepala Desa {desa}`, that an office may write: only known places, no code."""

import re
import string
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from idmcli.errors import ConfigError
from idmcli.parameters.source import advice

Pattern = str | tuple[str, ...]

_NAMES: Final = ("desa", "kecamatan", "kabupaten", "provinsi", "kabupaten_kota", "wilayah")
PLACES: Final = frozenset(
    {
        *_NAMES,
        *(name.upper() for name in _NAMES),
        *("kode", "tahun", "tahun_sebelum", "hari", "tanggal_kata", "bulan", "tahun_kata", "tanggal_angka", "tempat"),
        *("jumlah_desa", "status", "iks", "ike", "ikl", "idm"),
    }
)
"""What every text of a berita acara may name."""
NO_PLACE: Final = PLACES - {"tempat"}
NUMBER_PLACES: Final = NO_PLACE | {"nomor", "bulan_romawi", "tahun_surat"}

_WIDTH: Final = re.compile(r"0[1-9]")


def check_pattern(text: object, where: str, places: frozenset[str] | None = None) -> str:
    """The text, if it names only places that there are; `{nomor:03}` may have a width of one digit, filled with zeros.

    Args:
        text: as an office writes it.
        where: file and key, for messages.
        places: the names allowed; None: `PLACES`.

    Raises:
        ConfigError: it is no text, its braces do not pair, or it names something else.
    """
    known = PLACES if places is None else places
    if not isinstance(text, str):
        raise ConfigError(f"{where} bukan teks", "Tulis dalam tanda petik.")
    try:
        parts = [part[1:] for part in string.Formatter().parse(text) if part[1] is not None]
    except ValueError:
        raise ConfigError(f"{where}: kurung kurawal tidak berpasangan", "Tulis {{ untuk kurung biasa.") from None
    for name, form, conversion in parts:
        if name not in known:
            raise ConfigError(f"{where} menyebut {{{name}}}, yang tidak ada", advice(str(name), sorted(known)))
        if conversion or (form and not (name == "nomor" and _WIDTH.fullmatch(form))):
            raise ConfigError(f"{where}: bentuk {{{name}}} tidak dikenal", "Tulis {nomor:03} atau nama saja.")
    return text


def check_words(words: Mapping[str, object], ours: Mapping[str, Pattern], file: Path) -> Mapping[str, Pattern]:
    """Fixed words of an office that can stand in the place of ours: same kind, same number, no place that ours lacks.

    Raises:
        ConfigError: one cannot.
    """
    checked: dict[str, Pattern] = {}
    for key, value in words.items():
        where = f"{file}: berita_acara.kata.{key}"
        if key not in ours:
            raise ConfigError(f"{where} tidak dikenal", advice(key, ours))
        own = ours[key]
        places = frozenset(name for text in _texts(own) for _, name, _, _ in string.Formatter().parse(text) if name)
        if isinstance(own, str):
            checked[key] = check_pattern(value, where, places)
            continue
        if not isinstance(value, tuple) or len(value) != len(own):
            raise ConfigError(f"{where} harus berisi {len(own)} teks", "Bandingkan dengan berita_acara.toml bawaan.")
        checked[key] = tuple(check_pattern(text, where, places) for text in value)
    return checked


def _texts(pattern: Pattern) -> tuple[str, ...]:
    return (pattern,) if isinstance(pattern, str) else pattern
