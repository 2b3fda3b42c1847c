"""Which activities of a village budget can raise which indicators: the project's own judgement, kept as data.

`silang.csv` ties codes of activities to indicators, `kata.csv` words of an activity's text, `kewenangan.csv` says which
indicators no village budget can raise. An office lays its own crosswalk over the first (`[rapbdes] silang`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import polars as pl

from idmcli.parameters.activities import parse_activity
from idmcli.parameters.source import Line, advice, no_double, read_csv
from idmcli.rubric.model import Rubric

FOLDER: Final = Path(__file__).resolve().parents[1] / "data" / "apbdes"
DIRECT: Final = "langsung"
SUPPORT: Final = "pendukung"
STRENGTHS: Final = (DIRECT, SUPPORT)
VILLAGE: Final = "desa"
OTHERS: Final = "pihak lain"
FACT: Final = "fakta"
Authority = Literal["desa", "pihak lain", "fakta"]
SCHEMA: Final = {
    "kode_kegiatan": pl.String(),
    "indikator": pl.String(),
    "kekuatan": pl.String(),
    "alasan": pl.String(),
}


@dataclass(frozen=True)
class Word:
    """A word, or several in a row, that in an activity's text stands for support of an indicator."""

    kata: str
    indikator: str
    alasan: str

    @property
    def pattern(self) -> str:
        """What finds it: whole words, whatever their case, with any spaces between."""
        return r"(?i)\b" + r"\s+".join(re.escape(part) for part in self.kata.split()) + r"\b"


@dataclass(frozen=True)
class Crosswalk:
    """The crosswalk in force.

    Attributes:
        kegiatan: `kode_kegiatan` (normal form), `indikator`, `kekuatan` (`langsung`, `pendukung`), `alasan`; sorted.
        kata: words of texts, in the order of their file.
        kewenangan: indicator → who can raise it by a budget, and why; those not named are the village's.
    """

    kegiatan: pl.DataFrame
    kata: tuple[Word, ...]
    kewenangan: Mapping[str, tuple[Authority, str]]

    def authority(self, kode: str) -> Authority:
        """Whether a village budget can raise an indicator."""
        return self.kewenangan[kode][0] if kode in self.kewenangan else VILLAGE


def load_crosswalk(rubric: Rubric, file: Path | None = None) -> Crosswalk:
    """The program's crosswalk, its activities replaced by those of an office's `file`.

    Raises:
        ConfigError: a file is wrong; the message names line and column.
    """
    return Crosswalk(
        _activities(file or FOLDER / "silang.csv", rubric),
        _words(FOLDER / "kata.csv", rubric),
        _authorities(FOLDER / "kewenangan.csv", rubric),
    )


def _activities(file: Path, rubric: Rubric) -> pl.DataFrame:
    columns = tuple(SCHEMA)
    rows: dict[tuple[str, str], tuple[str, ...]] = {}
    first: dict[tuple[str, str], Line] = {}
    for line in read_csv(file, columns, columns):
        written = line.filled("kode_kegiatan", "Isi kode seperti 2.2.01.")
        activity = parse_activity(written)
        if activity is None or not activity.known:
            raise line.fail("kode_kegiatan", f'"{written}" bukan kode kegiatan yang dikenal', "Tulis seperti 2.2.01.")
        kode = _indicator(line, rubric)
        strength = line.filled("kekuatan", "Isi langsung atau pendukung.").lower()
        if strength not in STRENGTHS:
            raise line.fail("kekuatan", f'"{strength}" tidak dikenal', advice(strength, STRENGTHS))
        key = activity.kode, kode
        if (earlier := first.setdefault(key, line)) is not line:
            no_double(earlier, line, "indikator", f"{activity.kode} dan {kode}")
        rows[key] = (*key, strength, line.filled("alasan", "Isi alasannya: orang lain akan bertanya."))
    return pl.DataFrame([rows[key] for key in sorted(rows)], schema=SCHEMA, orient="row")


def _words(file: Path, rubric: Rubric) -> tuple[Word, ...]:
    columns = ("kata", "indikator", "alasan")
    first: dict[tuple[str, str], Line] = {}
    words = []
    for line in read_csv(file, columns, columns):
        word = " ".join(line.filled("kata", "Isi kata yang dicari.").lower().split())
        kode = _indicator(line, rubric)
        if (earlier := first.setdefault((word, kode), line)) is not line:
            no_double(earlier, line, "kata", f"{word} untuk {kode}")
        words.append(Word(word, kode, line.filled("alasan", "Isi alasannya.")))
    return tuple(words)


def _authorities(file: Path, rubric: Rubric) -> Mapping[str, tuple[Authority, str]]:
    columns = ("indikator", "kewenangan", "alasan")
    known: Mapping[str, Authority] = {"desa": "desa", "pihak lain": "pihak lain", "fakta": "fakta"}
    found: dict[str, tuple[Authority, str]] = {}
    first: dict[str, Line] = {}
    for line in read_csv(file, columns, columns):
        kode = _indicator(line, rubric)
        who = line.filled("kewenangan", f"Pilih: {', '.join(known)}.").lower()
        if who not in known:
            raise line.fail("kewenangan", f'"{who}" tidak dikenal', advice(who, tuple(known)))
        if (earlier := first.setdefault(kode, line)) is not line:
            no_double(earlier, line, "indikator", kode)
        found[kode] = known[who], line.filled("alasan", "Isi alasannya.")
    return found


def _indicator(line: Line, rubric: Rubric) -> str:
    kode = line.filled("indikator", "Isi kode indikator.").upper()
    if kode not in rubric.by_code:
        raise line.fail(
            "indikator", f'"{kode}" bukan indikator edisi {rubric.edisi}', advice(kode, tuple(rubric.codes))
        )
    return kode
