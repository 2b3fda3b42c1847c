"""What a village has that few of its like have, and what it lacks that most of them have."""

from typing import Final, Literal

import polars as pl

from idmcli.columns import STATUS
from idmcli.gap.grid import NO, unit_per_indicator
from idmcli.gap.standing import GROUPS
from idmcli.rubric.model import Rubric
from idmcli.sentences import said

FEWEST: Final = 5
"""A rank among fewer villages than this says little about either of them."""

_AMONG: Final = {
    "kecamatan": pl.lit("desa sekecamatan"),
    "kabupaten": pl.lit("desa sekabupaten"),
    "status": said("desa {} seprovinsi", STATUS),
}


def strengths(standing: pl.DataFrame, scored: pl.DataFrame, rubric: Rubric, most: int = 5) -> pl.DataFrame:
    """What distinguishes each village for the better, at most so many indicators, rarest first.

    An indicator counts where the village stands above the mean of the group and at most half of the group stand as high
    (so a yes/no indicator that more than half of them have is never a strength). It is told in the group that shows it
    best: highest percentile, then the larger group. One that would be a weakness in another group is told on the side
    on which it stands out more, never on both. Ordered by that percentile, then by what the points above the
    group's mean are worth in the IDM, then officially. Groups of fewer than `FEWEST` villages, and facts that nobody
    can move (religions, languages, ethnic groups), are left out.

    Args:
        standing: what `standing` gave.
        scored: the frame it was made from.
        rubric: the edition.
        most: of one village.

    Returns:
        `no, urutan` (Int32, from 1), `kode, skor, kelompok, nama_kelompok, anggota, peringkat, sama, persentil,
        rata_kelompok` and `keterangan` (`termasuk 2 tertinggi dari 18 desa sekecamatan`).
    """
    return _outstanding(standing, scored, rubric, most, "tertinggi")


def weaknesses(standing: pl.DataFrame, scored: pl.DataFrame, rubric: Rubric, most: int = 5) -> pl.DataFrame:
    """The mirror of `strengths`: below the mean, at most half of the group as low, lowest percentile first.

    `keterangan` reads `termasuk 3 terendah dari 55 desa TERTINGGAL seprovinsi`.
    """
    return _outstanding(standing, scored, rubric, most, "terendah")


def _outstanding(
    standing: pl.DataFrame, scored: pl.DataFrame, rubric: Rubric, most: int, side: Literal["tertinggi", "terendah"]
) -> pl.DataFrame:
    order = {kode: rank for rank, kode in enumerate(rubric.codes)}
    movable = [row.kode for row in rubric.indikator if row.dapat_digerakkan]
    units = dict(zip(rubric.codes, unit_per_indicator(rubric).tolist(), strict=True))
    better = pl.col("peringkat") - 1
    both = pl.col("persentil").max().over(NO, "kode") + pl.col("persentil").min().over(NO, "kode")
    if side == "tertinggi":
        rarity, apart, company = pl.col("persentil"), pl.col("skor") - pl.col("rata_kelompok"), better + pl.col("sama")
    else:
        rarity, apart = 1 - pl.col("persentil"), pl.col("rata_kelompok") - pl.col("skor")
        company = pl.col("anggota") - better
    chosen = (
        standing.filter(pl.col("anggota") >= FEWEST, pl.col("kode").is_in(movable))
        .filter(both >= 1 if side == "tertinggi" else both < 1)
        .with_columns(rarity.alias("_jarang"), apart.alias("_jauh"), company.alias("_sekawan"))
        .filter(pl.col("_jauh") > 0, 2 * pl.col("_sekawan") <= pl.col("anggota"))
        .with_columns(
            pl.col("kode").replace_strict(order, return_dtype=pl.Int32).alias("_resmi"),
            pl.col("kelompok").replace_strict({name: rank for rank, name in enumerate(GROUPS)}).alias("_lingkup"),
            (pl.col("_jauh") * pl.col("kode").replace_strict(units, return_dtype=pl.Int64)).alias("_bobot"),
        )
        .sort(NO, "_resmi", "_jarang", "anggota", "_lingkup", descending=[False, False, True, True, False])
        .unique([NO, "kode"], keep="first", maintain_order=True)
        .sort(NO, "_jarang", "_bobot", "_resmi", descending=[False, True, True, False])
        .group_by(NO, maintain_order=True)
        .head(most)
        .with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over(NO).alias("urutan"))
    )
    names = scored.with_row_index(NO).select(NO, *GROUPS[:2], STATUS)
    return (
        chosen.join(names, on=NO, how="left", maintain_order="left")
        .with_columns(_by_group({name: pl.col(name) for name in GROUPS}).alias("nama_kelompok"))
        .with_columns(said("{} dari {} {}", _placed(side), "anggota", _by_group(_AMONG)).alias("keterangan"))
        .select(
            *(NO, "urutan", "kode", "skor", "kelompok", "nama_kelompok", "anggota", "peringkat", "sama", "persentil"),
            *("rata_kelompok", "keterangan"),
        )
    )


def _placed(side: str) -> pl.Expr:
    """`tertinggi`, or `termasuk 3 tertinggi` where two others stand as high or higher."""
    several = said(f"termasuk {{}} {side}", "_sekawan")
    return pl.when(pl.col("_sekawan") == 1).then(pl.lit(side)).otherwise(several)


def _by_group(values: dict[str, pl.Expr]) -> pl.Expr:
    """The value of the row's group."""
    return pl.coalesce(*(pl.when(pl.col("kelompok") == name).then(value) for name, value in values.items()))
