"""Where a village stands among its like, indicator by indicator: in its kecamatan, its kabupaten, its status.

Ranks compare scores within one year. Ties share the best rank among them, and the percentile is the middle of the tie
(share of the group below, plus half of those level): having what nearly everybody has gives a percentile near one half,
so that yes/no indicators that most villages answer alike do not drown the rest.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from idmcli.columns import STATUS, TAHUN
from idmcli.gap.grid import NO, score_grid
from idmcli.regions import PLACE, Level, place_keys
from idmcli.rubric.model import FULL_SCORE, Rubric

GROUPS: Final = ("kecamatan", "kabupaten", "status")
"""What a village is compared with; `status` means the villages of its province that have the same status."""

_PLACE_OF: Final[dict[str, Level]] = {"kecamatan": "kecamatan", "kabupaten": "kabupaten", "status": "provinsi"}


def standing(scored: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """One row per scored village, indicator (official order) and group (order of `GROUPS`); groups of one are left out.

    Columns: `no` (UInt32), `kode`, `skor` (Int8), `kelompok`, `anggota` (Int32, scored villages of the group),
    `peringkat` (Int32, 1 is best, ties share it), `sama` (Int32, members with this very score, itself included),
    `persentil` (Float64 between 0 and 1, middle of the tie), `rata_kelompok` (Float64, mean score of the group).
    """
    grid = score_grid(scored, rubric)
    shape = (grid.rows.height, len(rubric.codes), len(GROUPS))
    members, rank, level = (np.zeros(shape, dtype=np.int32) for _ in range(3))
    mean = np.zeros(shape)
    for number, name in enumerate(GROUPS):
        group = _groups(grid.rows, name)
        counts = _counts(grid.scores, group)
        below_or_level = counts.cumsum(axis=2)
        sums = counts @ np.arange(FULL_SCORE + 1)
        at = (group[:, None], np.arange(shape[1])[None, :], grid.scores)
        members[:, :, number] = below_or_level[:, :, -1][group]
        level[:, :, number] = counts[at]
        rank[:, :, number] = members[:, :, number] - below_or_level[at] + 1
        mean[:, :, number] = (sums / below_or_level[:, :, -1])[group]
    compared = members > 1
    village, indicator, group = np.nonzero(compared)
    members, rank, level = members[compared], rank[compared], level[compared]
    return pl.DataFrame(
        {
            NO: grid.rows[NO].gather(village),
            "kode": pl.Series(rubric.codes, dtype=pl.String).gather(indicator),
            "skor": grid.scores[village, indicator],
            "kelompok": pl.Series(GROUPS, dtype=pl.String).gather(group),
            "anggota": members,
            "peringkat": rank,
            "sama": level,
            "persentil": (2 * (members - rank - level + 1) + level) / (2 * members),
            "rata_kelompok": mean[compared],
        }
    )


def _groups(rows: pl.DataFrame, name: str) -> npt.NDArray[np.int64]:
    """The number of the group each row belongs to, from 0; never two years in one group."""
    keys = [place_keys(rows, _PLACE_OF[name])[PLACE], rows[TAHUN].cast(pl.String).fill_null("")]
    keys += [rows[STATUS]] if name == STATUS else []
    key = pl.DataFrame({str(number): column for number, column in enumerate(keys)})
    return key.select(pl.concat_str(pl.all(), separator="\t").rank("dense")).to_series().to_numpy().astype(np.int64) - 1


def _counts(scores: npt.NDArray[np.int8], group: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """How many members have each score 0–5: group × indicator × score."""
    groups, indicators = int(group.max(initial=-1)) + 1, scores.shape[1]
    cell = (group[:, None] * indicators + np.arange(indicators)[None, :]) * (FULL_SCORE + 1) + scores
    counts = np.bincount(cell.ravel(), minlength=groups * indicators * (FULL_SCORE + 1))
    return counts.reshape(groups, indicators, FULL_SCORE + 1)
