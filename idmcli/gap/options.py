"""The single steps that villages may take, and the indicators that they may not touch."""

from typing import Final

import numpy as np
import polars as pl

from idmcli.gap.bars import in_words
from idmcli.gap.board import NEVER, board
from idmcli.gap.choice import Choice
from idmcli.gap.grid import NO
from idmcli.rubric.model import FULL_SCORE, Rubric

_BLOCK: Final = 4096
"""Villages whose prices are laid out at a time: a national file would take hundreds of megabytes."""


def options(scored: pl.DataFrame, rubric: Rubric, choice: Choice) -> pl.DataFrame:
    """Every step that a path may take, one row each: of all villages with scores, whatever their target.

    Columns: `no` (UInt32), `kode`, `dari, ke, poin` (Int8), `tambahan_k` (Int32, units of 1/scale), `biaya` (Int64, in
    the unit of the prices). Ordered by row, official order of indicators, score. At most one step per village and
    indicator can be taken.
    """
    table = board(scored, rubric, choice)
    blocks = np.split(np.arange(len(table.rows)), range(_BLOCK, len(table.rows), _BLOCK))
    found = [np.nonzero(table.part(block).allowed() < NEVER) for block in blocks]
    villages = np.concatenate([block[part[0]] for block, part in zip(blocks, found, strict=True)])
    indicators, points = (np.concatenate([part[axis] for part in found]) for axis in (1, 2))
    dari = table.scores[villages, indicators]
    return pl.DataFrame(
        {
            NO: pl.Series(table.rows[villages], dtype=pl.UInt32),
            "kode": pl.Series(rubric.codes, dtype=pl.String).gather(indicators),
            "dari": pl.Series(dari, dtype=pl.Int8),
            "ke": pl.Series(dari + points, dtype=pl.Int8),
            "poin": pl.Series(points, dtype=pl.Int8),
            "tambahan_k": pl.Series(points * table.units[indicators], dtype=pl.Int32),
            "biaya": pl.Series(table.prices[indicators, dari, points], dtype=pl.Int64),
        }
    )


def locks(scored: pl.DataFrame, rubric: Rubric, choice: Choice) -> pl.DataFrame:
    """The indicators below full score that no step may touch: `no` (UInt32), `kode`, `alasan_kunci` (why, in words)."""
    table = board(scored, rubric, choice)
    villages, indicators = np.nonzero((table.bars > 0) & (table.scores < FULL_SCORE))
    cases, case = np.unique(
        np.stack([indicators, table.scores[villages, indicators], table.bars[villages, indicators]]),
        axis=1,
        return_inverse=True,
    )
    texts = [in_words(int(bits), int(skor), rubric.indikator[i], choice) for i, skor, bits in cases.T]
    return pl.DataFrame(
        {
            NO: pl.Series(table.rows[villages], dtype=pl.UInt32),
            "kode": pl.Series(rubric.codes, dtype=pl.String).gather(indicators),
            "alasan_kunci": pl.Series(texts, dtype=pl.String).gather(case.ravel()),
        }
    )
