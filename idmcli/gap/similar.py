"""Villages much like this one that already stand one status higher, and what they have that it lacks.

The distance of two villages is the weighted mean over the indicators of the difference between their scores (points per
indicator, 0–5). What seldom changes (`sifat` statis: distances to schools and health care, who lives there) counts
double, so that a remote village is compared with remote ones.

A score is written as five yes/no marks (at least 1, at least 2, …): the difference of two scores is then the number of
marks in which they differ, and all differences of two sets of villages are one product of matrices, exact in float32.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from idmcli.columns import KODE_DESA, STATUS, TAHUN
from idmcli.gap.grid import NO, ScoreGrid, score_grid, unit_per_indicator
from idmcli.regions import PLACE, place_keys
from idmcli.rubric.model import FULL_SCORE, Rubric

NAMED: Final = 6
"""So many indicators of the higher village are named."""

_STATIC_WEIGHT: Final = 2
_CHUNK: Final = 1024

_ITSELF: Final = 1_000_000
"""Stands for the distance to another row of the same village (a code that occurs twice): never taken."""

_Block = npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Villages:
    """Scores (village × indicator), and per village a number for its code (in their order) and for its kabupaten."""

    scores: npt.NDArray[np.int8]
    code: _Block
    home: _Block


def similar(scored: pl.DataFrame, rubric: Rubric, most: int = 3) -> pl.DataFrame:
    """The nearest villages of the next status, nearest first, at most so many per village.

    Compared are villages of the same province and year. Among equally near ones those of the same kabupaten stand
    first, then by village code. Villages of the highest status, and rows without figures, have none.

    Returns:
        `no, urutan` (Int32, from 1), `kode_desa_mirip, desa_mirip, kecamatan_mirip, kabupaten_mirip, status_mirip`,
        `jarak` (Float64, mean difference in points per indicator), `punya` (List(String), `IKE06 3`: indicators in
        which the other one stands higher, with its score, largest gain in the IDM first, at most `NAMED`; facts that
        nobody can move are not named).
    """
    grid = score_grid(scored, rubric)
    weights = np.array([_STATIC_WEIGHT if row.sifat == "statis" else 1 for row in rubric.indikator], dtype=np.int64)
    villages = _Villages(
        grid.scores,
        _code_numbers(grid.rows[KODE_DESA]),
        place_keys(grid.rows, "kabupaten")[PLACE].rank("dense").to_numpy().astype(np.int64),
    )
    found = [_nearest(here, above, villages, weights, most) for here, above in _pairs(grid, rubric)]
    village, other, place, distance = (
        np.concatenate([np.zeros(0, dtype=np.int64), *(part[column] for part in found)]) for column in range(4)
    )
    order = np.lexsort((place, village))
    village, other, place, distance = village[order], other[order], place[order], distance[order]
    named = grid.rows.select(
        pl.col(name).alias(f"{name}_mirip") for name in (KODE_DESA, "desa", "kecamatan", "kabupaten", STATUS)
    )
    return pl.concat(
        [
            pl.DataFrame({NO: grid.rows[NO].gather(village), "urutan": (place + 1).astype(np.int32)}),
            named[other],
            pl.DataFrame(
                {
                    "jarak": distance / int(weights.sum()),
                    "punya": pl.Series(_what_it_has(grid, village, other, rubric), dtype=pl.List(pl.String)),
                }
            ),
        ],
        how="horizontal",
    )


def _code_numbers(codes: pl.Series) -> _Block:
    """Numbers in the order of the codes, equal for equal codes; rows without a code come last, each on its own."""
    apart = pl.int_range(codes.len(), 2 * codes.len(), eager=True).cast(pl.UInt32)
    return codes.rank("dense").fill_null(apart).to_numpy().astype(np.int64)


def _pairs(grid: ScoreGrid, rubric: Rubric) -> list[tuple[_Block, _Block]]:
    """Rows of one status and rows of the next one, of the same province and year, where there are both."""
    keys = pl.concat_str(place_keys(grid.rows, "provinsi")[PLACE], grid.rows[TAHUN].cast(pl.String).fill_null(""))
    status = grid.rows[STATUS].to_numpy()
    together = pl.select(keys.alias("key")).with_row_index().group_by("key", maintain_order=True).agg("index")
    pairs = []
    for rows in together["index"]:
        members = rows.to_numpy().astype(np.int64)
        by_status = [members[status[members] == one.nama] for one in rubric.status]
        pairs += [pair for pair in pairwise(by_status) if all(side.size for side in pair)]
    return pairs


def _nearest(
    here: _Block, above: _Block, villages: _Villages, weights: _Block, most: int
) -> tuple[_Block, _Block, _Block, _Block]:
    """Village, other village, place in the order (from 0) and weighted distance, one entry per pair."""
    scores = villages.scores
    above = above[np.argsort(villages.code[above], kind="stable")]
    marks = _marks(scores[above], np.ones_like(weights))
    most = min(most, above.size)
    taken: list[_Block] = []
    for start in range(0, here.size, _CHUNK):
        part = here[start : start + _CHUNK]
        common = (_marks(scores[part], weights) @ marks.T).astype(np.int64)
        distance = (scores[part] @ weights)[:, None] + (scores[above] @ weights)[None, :] - 2 * common
        distance[villages.code[part][:, None] == villages.code[above][None, :]] = _ITSELF
        elsewhere = villages.home[part][:, None] != villages.home[above][None, :]
        key = (2 * distance + elsewhere) * above.size + np.arange(above.size)
        nearest = np.sort(np.partition(key, most - 1, axis=1)[:, :most], axis=1) % above.size
        place = np.tile(np.arange(most), part.size)
        found = np.take_along_axis(distance, nearest, axis=1).ravel()
        taken.append(np.stack([np.repeat(part, most), above[nearest].ravel(), place, found])[:, found < _ITSELF])
    village, other, place, distance = np.concatenate(taken, axis=1)
    return village, other, place, distance


def _marks(scores: npt.NDArray[np.int8], weights: _Block) -> npt.NDArray[np.float32]:
    """Per village and indicator whether its score is at least 1, 2, … 5, times the indicator's weight."""
    marks = scores[:, :, None] >= np.arange(1, FULL_SCORE + 1, dtype=np.int8)
    return (marks * weights[:, None]).reshape(scores.shape[0], -1).astype(np.float32)


def _what_it_has(grid: ScoreGrid, village: _Block, other: _Block, rubric: Rubric) -> list[list[str]]:
    """Where the other one stands higher."""
    movable = np.array([row.dapat_digerakkan for row in rubric.indikator])
    ahead = (grid.scores[other].astype(np.int64) - grid.scores[village]) * unit_per_indicator(rubric) * movable
    order = np.argsort(-ahead, axis=1, kind="stable")[:, :NAMED]
    gains = np.take_along_axis(ahead, order, axis=1)
    reached = np.take_along_axis(grid.scores[other], order, axis=1)
    return [
        [f"{rubric.codes[kode]} {skor}" for kode, skor, gain in zip(*line, strict=True) if gain > 0]
        for line in zip(order.tolist(), reached.tolist(), gains.tolist(), strict=True)
    ]
