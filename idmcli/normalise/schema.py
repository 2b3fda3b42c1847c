"""The canonical columns that an edition allows, their kinds and their order in the village table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from idmcli import columns as col
from idmcli.normalise.fold import key
from idmcli.normalise.layouts import BPS_CODE, BPS_PLACES
from idmcli.normalise.vocabulary import Vocabulary
from idmcli.rubric.model import Rubric
from idmcli.tables import Shape

CODE_METHOD: Final = "cara_kode"
CODE_PROPOSAL: Final = "usulan_kode"

STATUS_COLUMNS: Final = (col.STATED_STATUS, "target_status_terbit")
COMPUTED: Final = (*col.INDICES, col.IDM_K, col.STATUS, *col.TARGET, col.AGREES, col.REASON)
"""Columns that later steps add; an extra column may not take their names."""

_NEVER_THOUSANDS = frozenset({"km"})
"""Units in which no answer about a village reaches a thousand."""


@dataclass(frozen=True)
class Schema:
    """What a column may be called and hold under one rubric.

    Attributes:
        scores: indicator codes (Int8).
        numbers: raw answers that are numbers (Float64).
        choices: raw answers that are words: variable → folded spelling → the word kept.
        small: numbers among these that never reach a thousand, so that `7.125` is seven and a bit.
    """

    scores: tuple[str, ...]
    numbers: tuple[str, ...]
    choices: Mapping[str, Mapping[str, str]]
    small: frozenset[str] = frozenset()

    @cached_property
    def answers(self) -> tuple[str, ...]:
        """All raw answers."""
        return (*self.numbers, *self.choices)

    @cached_property
    def stated_numbers(self) -> tuple[str, ...]:
        """Stated figures that are numbers."""
        return tuple(name for name in col.STATED if name not in STATUS_COLUMNS)

    @cached_property
    def measures(self) -> frozenset[str]:
        """Everything that says something about a village rather than which village it is."""
        return frozenset((*self.scores, *self.answers, *col.STATED))

    @cached_property
    def order(self) -> tuple[str, ...]:
        """All canonical columns in the order of the village table."""
        own = (*col.PROVENANCE, *col.IDENTITY, CODE_METHOD, CODE_PROPOSAL)
        rest = (*col.CODE_PARTS, BPS_CODE, *BPS_PLACES, *self.scores, *self.answers, *col.STATED, col.REMARK)
        return (*own, *rest)

    @cached_property
    def reserved(self) -> frozenset[str]:
        """Folded names that an extra column may not take."""
        return frozenset(map(key, (*self.order, *COMPUTED)))

    def shape(self, names: Iterable[str]) -> Shape:
        """`skor`, `isian` or `rekap`, by what there is more of.

        A few raw answers, such as the number of inhabitants, do not make a recap a table of answers.
        """
        present = set(names)
        scores = len(present.intersection(self.scores))
        answers = len(present.intersection(self.answers))
        if scores and scores >= answers:
            return "skor"
        recap = present.issuperset(col.STATED[: len(col.SUB_INDICES)])
        return "isian" if answers and (not recap or answers > len(col.STATED)) else "rekap"

    def expected(self, shape: Shape) -> tuple[str, ...]:
        """The columns without which a table of this shape is not complete."""
        match shape:
            case "isian":
                return (col.KODE_DESA, *self.answers)
            case "rekap":
                return (col.KODE_DESA, *col.STATED[: len(col.SUB_INDICES)])
            case _:
                return (col.KODE_DESA, *self.scores)


def schema_of(rubric: Rubric, vocabulary: Vocabulary) -> Schema:
    """The columns of an edition."""
    numbers: list[str] = []
    small: list[str] = []
    choices: dict[str, dict[str, str]] = {}
    for indicator in rubric.indikator:
        answer = indicator.jawaban
        for variable in answer.variabel:
            if answer.jenis not in {"ada", "pilihan"}:
                numbers.append(variable.nama)
                small += [variable.nama] if variable.satuan in _NEVER_THOUSANDS else []
                continue
            words = choices.setdefault(variable.nama, {})
            if answer.jenis == "ada":
                words.update(vocabulary.yes_no)
            words.update({key(word): row.pilihan[0] for row in indicator.skor for word in row.pilihan})
    return Schema(rubric.codes, tuple(dict.fromkeys(numbers)), choices, frozenset(small))
