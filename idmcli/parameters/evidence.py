"""The questions of an edition as a village answers them: each once, with the wording of its choices and its evidence.

Evidence and wording are data (`data/bukti.toml`): table `[bukti]` has a text per question, `[pilihan]` a list of words
for questions of choices. An edition that asks more than the file knows takes the rubric's own words and no evidence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from pathlib import Path
from typing import Any, Final

from idmcli.errors import ConfigError
from idmcli.parameters.source import check_keys, read_toml
from idmcli.rubric.model import Indicator, Rubric, Variable

FILE: Final = Path(__file__).resolve().parents[1] / "data" / "bukti.toml"
CHOICES: Final = frozenset({"ada", "pilihan"})
"""Kinds of answers that are words."""


@dataclass(frozen=True)
class Question:
    """One question of the questionnaire.

    Attributes:
        nomor: from 1, in the order of the indicators.
        variabel: name, words, unit and limits.
        indikator: the indicators that rest on it, the first one asks it.
        pilihan: word to offer → the score it gives; empty for numbers.
        bukti: documents or offices that the answer comes from; may be empty.
        statis: nothing that rests on it is collected anew each year.
    """

    nomor: int
    variabel: Variable
    indikator: tuple[Indicator, ...]
    pilihan: Mapping[str, int]
    bukti: str
    statis: bool

    @cached_property
    def text(self) -> str:
        """The question with number and unit: what stands above its column, and is recognised there."""
        unit = f" ({self.variabel.satuan})" if self.variabel.satuan else ""
        return f"{self.nomor}. {self.variabel.pertanyaan}{unit}"

    def word(self, answer: str) -> str | None:
        """The word offered for an answer: itself, or the first one that scores the same; None for a strange answer."""
        folded = answer.casefold()
        same = [offered for offered in self.pilihan if offered.casefold() == folded]
        scores = {row.skor for row in self.indikator[0].skor if folded in map(str.casefold, row.pilihan)}
        return next(iter(same or [offered for offered, skor in self.pilihan.items() if skor in scores]), None)

    def fits(self, number: float) -> bool:
        """Whether a number can be true: within the limits, whole where things are counted, else two decimals."""
        least, most = self.variabel.terkecil or 0, self.variabel.terbesar
        if not (isfinite(number) and least <= number <= (number if most is None else most)):
            return False
        return number == (int(number) if self.variabel.bulat else round(number, 2))


def questions(rubric: Rubric, file: Path = FILE) -> tuple[Question, ...]:
    """Every question of an edition, each once.

    Raises:
        ConfigError: the file is invalid, or offers a word that the edition does not know, or none for some score.
    """
    data = read_toml(file)
    check_keys(data, {"bukti": dict, "pilihan": dict}, file.name, "")
    evidence, words = data.get("bukti", {}), data.get("pilihan", {})
    check_keys(evidence, dict.fromkeys(evidence, str), file.name, "bukti.")
    check_keys(words, dict.fromkeys(words, list), file.name, "pilihan.")
    asked: dict[str, list[Indicator]] = {}
    variables: dict[str, Variable] = {}
    for indicator in rubric.indikator:
        for variable in indicator.jawaban.variabel:
            asked.setdefault(variable.nama, []).append(indicator)
            variables[variable.nama] = variable
    return tuple(
        Question(
            nomor=number,
            variabel=variables[nama],
            indikator=tuple(indicators),
            pilihan=_offered(nama, indicators[0], words.get(nama), file),
            bukti=evidence.get(nama, ""),
            statis=all(indicator.sifat == "statis" for indicator in indicators),
        )
        for number, (nama, indicators) in enumerate(asked.items(), 1)
    )


def _offered(nama: str, indicator: Indicator, own: Any, file: Path) -> dict[str, int]:
    """The words to offer and their scores; where the file has none: `ada` before `tidak`, else the highest first."""
    if indicator.jawaban.jenis not in CHOICES:
        return {}
    known = {word.casefold(): row.skor for row in indicator.skor for word in row.pilihan}
    if own is None:
        offered = {row.pilihan[0]: row.skor for row in reversed(indicator.skor)}
        return dict(sorted(offered.items())) if indicator.jawaban.jenis == "ada" else offered
    where = f"{file.name}: pilihan.{nama}"
    for word in own:
        if not isinstance(word, str) or word.casefold() not in known or "," in word:
            raise ConfigError(f"{where} memuat {word!r}, yang tidak dikenal", f"Yang dikenal: {'; '.join(known)}.")
    offered = {word: known[word.casefold()] for word in own}
    lost = [str(row.skor) for row in indicator.skor if row.skor not in offered.values()]
    if lost:
        raise ConfigError(f"{where}: tidak ada kata untuk skor {', '.join(lost)}", "Tambahkan satu kata dari skor.csv.")
    return offered
