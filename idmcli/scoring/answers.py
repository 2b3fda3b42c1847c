"""Raw answers to scores, by the bounds and choices of the rubric.

How a boundary is kept exact although answers are floats:

- One number (`angka`): a typed decimal and a bound that mean the same number are the same float, and up to 15
  significant digits different decimals are different floats in the same order; so plain comparison is right.
- A quotient (`rasio`) is never divided: a ÷ b is compared with the bound p/q as a·q with b·p, q and p whole. Counts are
  whole too, so both products are exact up to 2⁵³: 225 of 900 meets 0.25, 3 of 3000 meets 0.001, 54 of 90 meets 0.6.
- A sum (`jumlah`) of counts is exact in the same range.
"""

from decimal import Decimal
from functools import reduce

import polars as pl

from idmcli.rubric.model import Bounds, Indicator, Rubric


def scores_from_answers(desa: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """The frame with a score column (Int8) for every indicator, set from the raw answers where these are complete.

    An answer that cannot be (negative, not finite, a choice the rubric does not know, a zero denominator for which the
    rubric has no score) gives null. A score column that is there already counts only where an answer behind the
    indicator is absent; where there is neither, the score is null. Rows and their order stay.
    """
    present = frozenset(desa.columns)
    return desa.with_columns(_score(indicator, present).alias(indicator.kode) for indicator in rubric.indikator)


def _score(indicator: Indicator, present: frozenset[str]) -> pl.Expr:
    """One indicator's score from its answers, else as stated."""
    stated = pl.col(indicator.kode).cast(pl.Int8) if indicator.kode in present else pl.lit(None, dtype=pl.Int8)
    names = [variable.nama for variable in indicator.jawaban.variabel]
    if not present.issuperset(names):
        return stated
    complete = pl.all_horizontal(pl.col(name).is_not_null() for name in names)
    if indicator.jawaban.jenis in {"ada", "pilihan"}:
        return pl.when(complete).then(_by_choice(indicator, pl.col(names[0]))).otherwise(stated)
    sound = pl.all_horizontal((pl.col(name) >= 0) & pl.col(name).is_finite() for name in names)
    by_number = pl.when(sound).then(_by_number(indicator, names))
    if indicator.jawaban.jenis != "rasio":
        return pl.when(complete).then(by_number).otherwise(stated)
    without_denominator = pl.lit(indicator.jawaban.skor_penyebut_nol, dtype=pl.Int8)
    nothing = (pl.col(names[1]) == 0) & (pl.col(names[0]).fill_null(0) >= 0)
    return pl.when(nothing).then(without_denominator).when(complete).then(by_number).otherwise(stated)


def _by_choice(indicator: Indicator, answer: pl.Expr) -> pl.Expr:
    """The score of the choice whose words hold the answer; null for any other word."""
    words = {word: row.skor for row in indicator.skor for word in row.pilihan}
    return answer.replace_strict(list(words), list(words.values()), default=None, return_dtype=pl.Int8)


def _by_number(indicator: Indicator, names: list[str]) -> pl.Expr:
    """The score of the bounds that hold the answer; null outside all of them."""
    banded = [(row.skor, row.batas) for row in indicator.skor if row.batas is not None]
    return pl.coalesce(
        pl.when(_within(indicator, names, bounds)).then(pl.lit(skor, dtype=pl.Int8)) for skor, bounds in banded
    )


def _within(indicator: Indicator, names: list[str], bounds: Bounds) -> pl.Expr:
    """Whether the answer lies within the bounds."""
    conditions: list[pl.Expr] = []
    if bounds.bawah is not None:
        left, right = _sides(indicator, names, bounds.bawah)
        conditions.append(left >= right if bounds.bawah_termasuk else left > right)
    if bounds.atas is not None:
        left, right = _sides(indicator, names, bounds.atas)
        conditions.append(left <= right if bounds.atas_termasuk else left < right)
    return pl.all_horizontal(conditions) if conditions else pl.lit(value=True)


def _sides(indicator: Indicator, names: list[str], bound: Decimal) -> tuple[pl.Expr, pl.Expr]:
    """The answer and the bound as two numbers that compare exactly."""
    columns = [pl.col(name) for name in names]
    match indicator.jawaban.jenis:
        case "rasio":
            p, q = bound.as_integer_ratio()
            return columns[0] * q, columns[1] * p
        case "jumlah":
            return reduce(lambda one, other: one + other, columns), pl.lit(float(bound))
        case _:
            return columns[0], pl.lit(float(bound))
