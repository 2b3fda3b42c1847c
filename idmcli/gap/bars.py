"""What keeps an indicator of a village from being touched, as bits, and in words.

The rubric bars what no plan can move and what it judges no plan should (`rencana.csv`); the officer bars by code, by
actor, and by leaving a step without a price.
"""

from typing import Final, overload

import numpy as np
import numpy.typing as npt

from idmcli.gap.choice import Choice
from idmcli.rubric.actors import actor_words
from idmcli.rubric.model import Indicator, LockRule, Rubric

UNMOVABLE: Final = 1
RUBRIC: Final = 2
OFFICER: Final = 4
ACTOR: Final = 8
PRICE: Final = 16
_FIRST_CONDITION: Final = 32
"""The bit of an indicator's first condition (`kunci_bila`); the next ones take the bits above."""

_SIGNS: Final = {"<": "di bawah", "=": "sudah", ">=": "sudah sedikitnya"}


def bars(scores: npt.NDArray[np.int64], rubric: Rubric, choice: Choice) -> npt.NDArray[np.int64]:
    """`[v, i]` bits for villages with these scores `[v, i]`; PRICE is left to who knows the prices."""
    barred = np.zeros_like(scores)
    columns = {kode: i for i, kode in enumerate(rubric.codes)}
    for i, indicator in enumerate(rubric.indikator):
        if not indicator.dapat_digerakkan:
            barred[:, i] |= UNMOVABLE
        if indicator.kode in choice.kunci:
            barred[:, i] |= OFFICER
        if choice.pelaku is not None and choice.pelaku.isdisjoint(indicator.pelaku):
            barred[:, i] |= ACTOR
        if indicator.kode in choice.buka:
            continue
        if indicator.rencana.terkunci and indicator.dapat_digerakkan:
            barred[:, i] |= RUBRIC
        for number, rule in enumerate(indicator.rencana.kunci_bila):
            held = np.array([rule.holds(skor) for skor in range(scores.max(initial=0) + 1)], dtype=np.int64)
            barred[:, i] |= held[scores[:, columns[rule.kode]]] * (_FIRST_CONDITION << number)
    return barred


@overload
def by_rubric(bits: int) -> bool: ...
@overload
def by_rubric(bits: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]: ...
def by_rubric(bits: int | npt.NDArray[np.int64]) -> bool | npt.NDArray[np.bool_]:
    """Whether (or where) the rubric's own judgement is among the bits."""
    return ((bits & RUBRIC) > 0) | (bits >= _FIRST_CONDITION)


def in_words(bits: int, skor: int, indicator: Indicator, choice: Choice) -> str:
    """Why an indicator is not touched; empty for no bits.

    Args:
        bits: of one village and this indicator.
        skor: its score there.
        indicator: the indicator.
        choice: what the officer asked for.
    """
    if bits & UNMOVABLE:
        return f"tidak dapat dinaikkan oleh rencana apa pun: {indicator.alasan}"
    rules = [rule for n, rule in enumerate(indicator.rencana.kunci_bila) if bits & (_FIRST_CONDITION << n)]
    allowed = actor_words(choice.pelaku or ())
    reasons = {
        OFFICER: "dikunci kantor",
        RUBRIC: f"dikunci rubrik: {indicator.rencana.alasan.split('. ')[0].rstrip('.')}",
        ACTOR: f"bukan pekerjaan {' atau '.join(allowed)}; pelakunya {', '.join(actor_words(indicator.pelaku))}",
        PRICE: f"tidak ada biaya untuk naik dari skor {skor}",
    }
    said = [text for bit, text in reasons.items() if bits & bit]
    if rules:
        said.insert(0, f"dikunci rubrik karena {', '.join(map(_condition, rules))}")
    return "; ".join(said)


def _condition(rule: LockRule) -> str:
    return f"skor {rule.kode} {_SIGNS[rule.banding]} {rule.skor}"
