"""Words that have a meaning inside cells: blanks, summary rows, notes, spellings of statuses and of yes and no."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from idmcli import columns as col
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
        summary_end: spaced endings of such rows.
        note: spaced beginnings of footnotes and signatures.
        status: folded spelling → official name of the status.
        yes_no: folded spelling → `ada` or `tidak`.
        example: spaced beginnings of rows that show how to fill in the others.
        guide: spaced beginnings of names of sheets that explain or show an example.
        score_words, worth_words, detail_words: folded small headers below an indicator's: its score; its score where no
            column says "skor"; anything but its score.
        code_words: spaced words that make the places below them codes.
        groups: level → spaced beginnings of group headings between the villages.
    """

    blank: frozenset[str]
    summary: tuple[str, ...]
    summary_end: tuple[str, ...]
    note: tuple[str, ...]
    status: Mapping[str, str]
    yes_no: Mapping[str, str]
    example: tuple[str, ...]
    guide: tuple[str, ...]
    score_words: frozenset[str]
    worth_words: frozenset[str]
    detail_words: frozenset[str]
    code_words: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]

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
    tables = ("status", "jawaban", "rincian", "kelompok")
    lists = ("kosong", "ringkasan", "ringkasan_akhir", "catatan", "contoh", "petunjuk")
    require_keys(path, content, needed=(*lists, *tables))
    answers, small, groups = (table(path, content, name) for name in tables[1:])
    require_keys(path, answers, needed=("ada", "tidak"))
    require_keys(path, small, needed=("skor", "nilai", "lain", "kode"))
    require_keys(path, groups, needed=col.PLACES[1:3])
    return Vocabulary(
        blank=frozenset({"", *map(key, texts(path, content, "kosong"))}),
        summary=tuple(map(spaced, texts(path, content, "ringkasan"))),
        summary_end=tuple(map(spaced, texts(path, content, "ringkasan_akhir"))),
        note=tuple(map(spaced, texts(path, content, "catatan"))),
        status=_spellings(path, table(path, content, "status")),
        yes_no={**_spellings(path, answers), "✓": "ada", "√": "ada"},
        example=tuple(map(spaced, texts(path, content, "contoh"))),
        guide=tuple(map(spaced, texts(path, content, "petunjuk"))),
        score_words=frozenset(map(key, texts(path, small, "skor"))),
        worth_words=frozenset(map(key, texts(path, small, "nilai"))),
        detail_words=frozenset(map(key, texts(path, small, "lain"))),
        code_words=tuple(map(spaced, texts(path, small, "kode"))),
        groups={level: tuple(map(spaced, texts(path, groups, level))) for level in groups},
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
