"""The fixed words of sheet and poster, from `lembar.toml`: the office's own lines first, then the program's."""

import string
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from idmcli.documents.templates import TEMPLATES
from idmcli.errors import ConfigError
from idmcli.parameters.source import read_toml

WORDS_FILE: Final = "lembar.toml"
Pattern = str | tuple[str, ...]


class Words:
    """Sentences by key (`status.kurang`), their named places filled in."""

    def __init__(self, patterns: Mapping[str, Pattern]) -> None:
        self._patterns = patterns

    def __call__(self, key: str, **parts: str | int) -> str:
        """The text of `key`; a part that the text does not name is not used."""
        pattern = self._patterns[key]
        assert isinstance(pattern, str), key
        return pattern.format_map(parts)

    def all(self, key: str, **parts: str | int) -> list[str]:
        """The texts of a list such as `indeks.kepala`."""
        pattern = self._patterns[key]
        assert isinstance(pattern, tuple), key
        return [text.format_map(parts) for text in pattern]


def sheet_words(templat: Path | None = None) -> Words:
    """The words of sheet and poster; see `words_of`."""
    return words_of(WORDS_FILE, templat)


@lru_cache(maxsize=16)
def words_of(name: str, templat: Path | None = None) -> Words:
    """The words of a paper (`lembar.toml`), with those of the office's file of that name in place of ours.

    Raises:
        ConfigError: the file is no TOML, or it has a key or a named place that ours has not; the message names it.
    """
    patterns = _flat(TEMPLATES / name)
    own = templat / name if templat else None
    if own and own.is_file():
        for key, pattern in _flat(own).items():
            patterns[key] = _fitting(key, pattern, patterns, own)
    return Words(patterns)


def _flat(file: Path) -> dict[str, Pattern]:
    """Patterns by `table.key`."""
    found: dict[str, Pattern] = {}
    for table, lines in read_toml(file).items():
        for key, value in (lines if isinstance(lines, dict) else {"": lines}).items():
            found[f"{table}.{key}".rstrip(".")] = tuple(value) if isinstance(value, list) else value
    return found


def _fitting(key: str, pattern: Any, ours: Mapping[str, Pattern], file: Path) -> Pattern:
    """A pattern that can stand in the place of ours: same kind, same number of texts, no place that ours lacks."""
    if key not in ours:
        raise ConfigError(f"{file}: kunci {key} tidak dikenal", f"Bandingkan dengan {file.name} bawaan idm.")
    expected = ours[key]
    texts = (pattern,) if isinstance(expected, str) else pattern
    if not isinstance(texts, tuple) or not all(isinstance(text, str) for text in texts):
        raise ConfigError(f"{file}: isi {key} salah jenis", "Tulis teks dalam tanda petik, seperti berkas bawaan.")
    if isinstance(expected, tuple) and len(texts) != len(expected):
        raise ConfigError(f"{file}: {key} berisi {len(texts)} teks", f"Tulis {len(expected)} teks.")
    known = _places(expected)
    for text in texts:
        try:
            strange = _places(text) - known
        except ValueError:
            raise ConfigError(
                f"{file}: kurung kurawal {key} tidak berpasangan", "Tulis {{ untuk kurung biasa."
            ) from None
        if strange:
            named = ", ".join(sorted(f"{{{place}}}" for place in strange))
            can = ", ".join(sorted(f"{{{place}}}" for place in known)) or "tidak ada"
            raise ConfigError(f"{file}: {key} menyebut {named}", f"Yang dapat dipakai di sini: {can}.")
    return pattern if isinstance(expected, str) else texts


def _places(pattern: Pattern) -> set[str]:
    """The named places of a pattern."""
    texts = (pattern,) if isinstance(pattern, str) else pattern
    return {
        f"{name}{'!' + conversion if conversion else ''}{':' + form if form else ''}"
        for text in texts
        for _, name, form, conversion in string.Formatter().parse(text)
        if name is not None
    }
