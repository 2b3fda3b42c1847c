"""Scores, prices and locks of all villages as arrays: what the search for paths works on.

Axes: `v` villages that have all scores, `i` indicators in official order, `d` points of a step (0–5).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from idmcli.columns import IDM_K
from idmcli.errors import ConfigError
from idmcli.gap.bars import PRICE, bars
from idmcli.gap.choice import Choice
from idmcli.gap.grid import unit_per_indicator
from idmcli.rubric.model import FULL_SCORE, Rubric

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Points = npt.NDArray[np.int8]

NEVER: Final = 1 << 60
"""The price, and the key, of what cannot be done; no sum of real prices reaches it, and two of it still fit 64 bits."""


@dataclass(frozen=True)
class Board:
    """The villages that can have a path.

    Attributes:
        rows: `[v]` row number in the scored frame.
        k: `[v]` IDM in units of 1/scale.
        scores: `[v, i]` 0–5.
        bars: `[v, i]` what keeps an indicator from being touched (bits, see `idmcli.gap.bars`); 0: nothing.
        prices: `[i, score, d]` price of a step by the choice; NEVER where the rubric or the prices know no such step.
        units: `[i]` units of 1/scale that one point is worth.
    """

    rows: Ints
    k: Ints
    scores: Ints
    bars: Ints
    prices: Ints
    units: Ints

    def priced(self) -> Ints:
        """`[v, i, d]` prices from each village's own scores, whatever bars the indicator."""
        return self.prices[np.arange(len(self.units))[None, :], self.scores]

    def allowed(self) -> Ints:
        """`[v, i, d]` prices of the steps that may be taken; NEVER for the others."""
        return np.where((self.bars == 0)[:, :, None], self.priced(), NEVER)

    def part(self, villages: Ints) -> "Board":
        """Some of the villages."""
        return replace(
            self,
            rows=self.rows[villages],
            k=self.k[villages],
            scores=self.scores[villages],
            bars=self.bars[villages],
        )


def board(scored: pl.DataFrame, rubric: Rubric, choice: Choice) -> Board:
    """The rows that have an IDM and all scores of the edition.

    Raises:
        ConfigError: a price so high that sums of prices would not be exact.
    """
    prices = price_table(choice.biaya.langkah, rubric)
    dearest = int(prices[prices < NEVER].max(initial=0))
    if (dearest * len(rubric.codes)) << count_bits(rubric) >= NEVER:
        raise ConfigError(
            f"Biaya {dearest} pada {choice.biaya.sumber} terlalu besar untuk dijumlahkan dengan tepat",
            "Tulis biaya dalam ribu atau juta rupiah.",
        )
    if not set(rubric.codes).issubset(scored.columns):
        scored = scored.clear().with_columns(pl.lit(None, pl.Int8).alias(kode) for kode in rubric.codes)
    complete = scored.select(pl.all_horizontal(pl.col(IDM_K, *rubric.codes).is_not_null())).to_series()
    counted = scored.filter(complete)
    scores = counted.select(rubric.codes).to_numpy().astype(np.int64).reshape(-1, len(rubric.codes))
    barred = bars(scores, rubric, choice)
    own = prices[np.arange(len(rubric.codes))[None, :], scores]
    barred[(own.min(axis=2, initial=NEVER) == NEVER) & (scores < FULL_SCORE)] |= PRICE
    return Board(
        rows=complete.arg_true().to_numpy().astype(np.int64),
        k=counted[IDM_K].to_numpy().astype(np.int64),
        scores=scores,
        bars=barred,
        prices=prices,
        units=unit_per_indicator(rubric),
    )


def price_table(steps: Mapping[tuple[str, int, int], int], rubric: Rubric) -> Ints:
    """`[i, score, d]` the price of raising indicator i from a score by d points; NEVER where there is no such step."""
    table = np.full((len(rubric.codes), FULL_SCORE + 1, FULL_SCORE + 1), NEVER, dtype=np.int64)
    for i, indicator in enumerate(rubric.indikator):
        for start in indicator.allowed:
            for end in indicator.allowed:
                price = steps.get((indicator.kode, start, end))
                if end > start and price is not None:
                    table[i, start, end - start] = price
    return table


def count_bits(rubric: Rubric) -> int:
    """How many low bits of a key hold the number of indicators touched."""
    return len(rubric.codes).bit_length()
