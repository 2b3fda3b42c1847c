"""Words that have a meaning inside cells: blanks, summary rows, notes, spellings of statuses and of yes and no."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from idmcli.errors import ConfigError
from idmcli.normalise.datafile import DATA, load_toml, require_keys, table, texts
from idmcli.normalise.fold import key, spaced

WORDS_FILE = DATA / "kata.toml"


@dataclass(frozen=True)
class Vocabulary:
    """The content of `data/kata.toml`, folded.

    Attributes:
        blank: folded texts that stand for an empty cell (the empty text among them: `-`, `–`, `...`).
        summary: spaced beginnings of rows such as TOTAL or RATA RATA.
        note: spaced beginnings of footnotes and signatures.
        status: folded spelling → official name of the status.
        yes_no: folded spelling → `ada` or `tidak`.
    """

    blank: frozenset[str]
    summary: tuple[str, ...]
    note: tuple[str, ...]
    status: Mapping[str, str]
    yes_no: Mapping[str, str]

    def is_blank(self, text: str) -> bool:
        """Whether a typed text means nothing was filled in."""
        return key(text) in self.blank and not any(char in text for char in "✓√")


@lru_cache
def load_vocabulary(path: Path = WORDS_FILE) -> Vocabulary:
    """The packaged words, or those of another file of the same form.

    Raises:
        ConfigError: unknown or missing keys, empty lists, or one spelling under two names.
    """
    content = load_toml(path)
    require_keys(path, content, needed=("kosong", "ringkasan", "catatan", "status", "jawaban"))
    answers = table(path, content, "jawaban")
    require_keys(path, answers, needed=("ada", "tidak"))
    return Vocabulary(
        blank=frozenset({"", *map(key, texts(path, content, "kosong"))}),
        summary=tuple(map(spaced, texts(path, content, "ringkasan"))),
        note=tuple(map(spaced, texts(path, content, "catatan"))),
        status=_spellings(path, table(path, content, "status")),
        yes_no={**_spellings(path, answers), "✓": "ada", "√": "ada"},
    )


def _spellings(path: Path, names: Mapping[str, object]) -> dict[str, str]:
    """Folded spelling → name, the name itself among its spellings."""
    found: dict[str, str] = {}
    for name in names:
        for spelling in (name, *texts(path, names, name)):
            folded = key(spelling)
            if folded and found.setdefault(folded, name) != name:
                raise ConfigError(
                    f"{path.name}: ejaan '{spelling}' tercatat untuk '{found[folded]}' dan '{name}'",
                    f"Hapus salah satu di {path}.",
                )
    return found
