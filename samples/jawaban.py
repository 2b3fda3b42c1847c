"""Raw answers that lead to given scores: for every score an answer drawn within its condition in the rubric.

A variable that several indicators share (households above all) is drawn once per village, so that all of them hold.
"""

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from simulasi import Draw, Scores

from idmcli.rubric.model import Bounds, Indicator, Rubric

Answers = dict[str, int | str]

HOUSEHOLDS = ("jumlah_kk", 60, 900)
PEOPLE = ("jumlah_penduduk", 3, 4)
"""People per household, from and to."""
TOPS = {
    "industri_mikro": 24,
    "jumlah_agama": 4,
    "jenis_kedai_penginapan": 2,
    "jenis_pos_logistik": 2,
    "jenis_bank_bpr": 3,
    "jenis_kredit": 4,
    "fasilitas_mitigasi": 4,
}
"""The most that can be, where a condition has no upper end (kinds to choose from) or a numerator is no part of its
denominator."""


def answers_for(scores: Scores, rubric: Rubric, draw: Draw) -> Answers:
    """One village's answers by variable name: whole numbers, or the first word of a choice."""
    answers = _shared(scores, rubric, draw)
    for indicator in rubric.indikator:
        if indicator.jawaban.jenis == "rasio":
            _ratio(indicator, scores[indicator.kode], answers, draw)
        else:
            answers |= _single(indicator, scores[indicator.kode], draw)
    return answers


def variables(rubric: Rubric) -> list[str]:
    """Names of all variables in the order of the indicators, each once."""
    return list(dict.fromkeys(v.nama for indicator in rubric.indikator for v in indicator.jawaban.variabel))


def _shared(scores: Scores, rubric: Rubric, draw: Draw) -> Answers:
    """Households and people for which every ratio that rests on them has a whole-number answer."""
    name, low, high = HOUSEHOLDS
    ratios = [i for i in rubric.indikator if i.jawaban.jenis == "rasio"]
    for _ in range(10_000):
        households = draw.integer(low, high)
        answers: Answers = {name: households, PEOPLE[0]: households * PEOPLE[1] + draw.integer(0, households)}
        if all(_possible(i, scores[i.kode], answers) for i in ratios):
            return answers
    raise ValueError(f"no number of households from {low} to {high} fits the scores {scores}")


def _ratio(indicator: Indicator, skor: int, answers: Answers, draw: Draw) -> None:
    """Draw whatever of numerator and denominator is not yet known."""
    above, below = (variable.nama for variable in indicator.jawaban.variabel)
    if below not in answers:
        if skor == indicator.jawaban.skor_penyebut_nol and above in answers:
            answers[below] = 0
            return
        answers[below] = _pick(_below(indicator, skor, answers.get(above)), draw)
    if above not in answers:
        answers[above] = _pick(_above(indicator, skor, int(answers[below])), draw)


def _possible(indicator: Indicator, skor: int, answers: Answers) -> bool:
    above, below = (variable.nama for variable in indicator.jawaban.variabel)
    if below in answers:
        return bool(_above(indicator, skor, int(answers[below])))
    return (
        above not in answers
        or skor == indicator.jawaban.skor_penyebut_nol
        or bool(_below(indicator, skor, answers[above]))
    )


def _above(indicator: Indicator, skor: int, below: int) -> Sequence[int]:
    """Numerators that give the score over this denominator; a part never exceeds its whole."""
    top = TOPS.get(indicator.jawaban.variabel[0].nama, below)
    return whole(_bounds(indicator, skor), Decimal(below), top)


def _below(indicator: Indicator, skor: int, above: int | str | None) -> Sequence[int]:
    """Denominators from 1 to 6 that give the score under this numerator, or under any."""
    if above is None:
        return [d for d in range(1, 7) if _above(indicator, skor, d)]
    bounds = _bounds(indicator, skor)
    return [d for d in range(1, 7) if int(above) in whole(bounds, Decimal(d), int(above))]


def _single(indicator: Indicator, skor: int, draw: Draw) -> Answers:
    row, names = indicator.row(skor), [variable.nama for variable in indicator.jawaban.variabel]
    if row.pilihan:
        return {names[0]: row.pilihan[0]}
    bounds = _bounds(indicator, skor)
    low = whole(bounds, Decimal(1), 10**9)[0]
    if indicator.jawaban.jenis == "jumlah":
        total = _pick(whole(bounds, Decimal(1), max(low, len(names))), draw)
        present = draw.pick(names, min(total, len(names)))
        answers: Answers = {name: int(name in present) for name in names}
        if total > len(names):
            answers[names[0]] = total - len(names) + 1
        return answers
    top = TOPS.get(names[0], low + 3 if low < 20 else 2 * low)
    asked = indicator.jawaban.variabel[0]
    least, most = asked.terkecil or 0, top if asked.terbesar is None else asked.terbesar
    number = _pick([number for number in whole(bounds, Decimal(1), top) if least <= number <= most], draw)
    rounded = number // 50 * 50
    return {names[0]: rounded if number >= 500 and rounded >= low else number}


def whole(bounds: Bounds, unit: Decimal, top: int) -> range:
    """The whole numbers from 0 within bounds × unit; `top` closes an open upper end."""
    low, high = 0, top
    if bounds.bawah is not None:
        edge = bounds.bawah * unit
        low = max(0, int(edge.to_integral_value(ROUND_CEILING)))
        low += low == edge and not bounds.bawah_termasuk
    if bounds.atas is not None:
        edge = bounds.atas * unit
        high = int(edge.to_integral_value(ROUND_FLOOR))
        high -= high == edge and not bounds.atas_termasuk
    return range(low, high + 1)


def _bounds(indicator: Indicator, skor: int) -> Bounds:
    bounds = indicator.row(skor).batas
    if bounds is None:
        raise ValueError(f"{indicator.kode} score {skor}: a numeric answer without bounds")
    return bounds


def _pick(numbers: Sequence[int], draw: Draw) -> int:
    return numbers[draw.integer(0, len(numbers) - 1)]
