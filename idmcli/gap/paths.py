"""The smallest way up of every village: which indicators to which allowed score, and what else would cost as little."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from idmcli.columns import IDM_K
from idmcli.errors import UsageError
from idmcli.gap.board import Board, Flags, Ints, Points, board
from idmcli.gap.choice import Choice
from idmcli.gap.grid import NO
from idmcli.gap.search import Found, blocks, search
from idmcli.gap.unreachable import explained
from idmcli.rubric.model import Rubric
from idmcli.sentences import said

REACHED = "tercapai"
PATH = "ada_jalur"
NO_PATH = "tak_terjangkau"
NOT_COUNTED = "tidak_dihitung"
"""What a village's path is (`keadaan`): not needed, found, impossible with what is allowed, unknown without scores."""


@dataclass(frozen=True)
class Paths:
    """The paths of a scored frame; `no` (UInt32) is the row of that frame, from 0.

    Attributes:
        desa: one row per scored row, same order. `no`; `target` (status aimed at; null where nothing was scored, the
            highest status where that is reached); `butuh_k` (Int32, units of 1/scale still missing, 0: reached);
            `keadaan`. Of the best path, null where there is none: `biaya` (Int64, in the unit of the prices),
            `jumlah_langkah, tambahan_k, idm_k_baru` (Int32), `idm_baru` (Float64), `status_baru` (at least the target),
            `jalur` (`IKE06 0→5, IKS14 1→5`), `jalur_setara` (Int64, number of paths with the same cost, itself
            included; stops at 1,000,000). `alasan_jalur`: why there is none and what would have to be allowed; else
            null.
        langkah: every step of every path: `no`, `pilihan` (Int8, 0: the best path, 1…: alternatives), `urutan` (Int32,
            from 1, largest gain first, official order among equals), `kode`, `dari, ke, poin` (Int8), `tambahan_k`
            (Int32), `biaya` (Int64).
        alternatif: the further paths: `no, pilihan, biaya, tambahan_k, jumlah_langkah, jalur, beda` (why it is another
            one: `tanpa IKL03`). Each is the best path that does without the first step's indicator of every path before
            it; a village has fewer where none is left.
    """

    desa: pl.DataFrame
    langkah: pl.DataFrame
    alternatif: pl.DataFrame


def find_paths(scored: pl.DataFrame, rubric: Rubric, choice: Choice) -> Paths:
    """The cheapest set of steps that lifts each village to its target, exactly, with what the choice allows.

    Among equally cheap ones: fewest indicators, least gain beyond the need, then `combine`'s fixed order.

    Raises:
        UsageError: the rubric has no such target status.
        ConfigError: a price too high for exact sums.
    """
    table = board(scored, rubric, choice)
    aims = _aims(table, rubric, choice.target)
    need = np.maximum(0, np.array([status.k_min for status in rubric.status])[aims] - table.k)
    found = _found(table, need, rubric, choice)
    leaders = np.stack(found.leaders)
    steps = _step_frame(table, found.taken, rubric)
    sums = _path_frame(steps)
    names = pl.Series([status.nama for status in rubric.status])
    village = pl.DataFrame(
        {
            NO: pl.Series(table.rows, dtype=pl.UInt32),
            "target": names.gather(aims),
            "butuh_k": pl.Series(need, dtype=pl.Int32),
            "keadaan": pl.Series(np.select([need == 0, leaders[0] >= 0], [REACHED, PATH], NO_PATH), dtype=pl.String),
            "k": pl.Series(table.k, dtype=pl.Int32),
            "jalur_setara": pl.Series(found.ways, dtype=pl.Int64),
            "alasan_jalur": _reasons(table, need, leaders[0] < 0, names.gather(aims), rubric, choice),
        }
    )
    best = sums.filter(pl.col("pilihan") == 0).drop("pilihan")
    new_k = pl.col("k") + pl.col("tambahan_k")
    desa = (
        scored.select(pl.int_range(pl.len(), dtype=pl.UInt32).alias(NO))
        .join(village, on=NO, how="left", maintain_order="left")
        .join(best, on=NO, how="left", maintain_order="left")
        .with_columns(pl.col("keadaan").fill_null(NOT_COUNTED), new_k.alias("idm_k_baru"))
    )
    known = desa["idm_k_baru"].to_numpy().astype(np.float64)  # null: nan
    ends = np.searchsorted([status.k_min for status in rubric.status], known, side="right") - 1
    desa = desa.with_columns(
        pl.Series("idm_baru", known / rubric.scale).fill_nan(None),
        pl.when(pl.col("idm_k_baru").is_not_null()).then(names.gather(ends)).alias("status_baru"),
        pl.when(pl.col("keadaan") == PATH).then("jalur_setara").alias("jalur_setara"),
    ).select(
        *(NO, "target", "butuh_k", "keadaan", "biaya", "jumlah_langkah", "tambahan_k", f"{IDM_K}_baru", "idm_baru"),
        *("status_baru", "jalur", "jalur_setara", "alasan_jalur"),
    )
    return Paths(desa, steps, _alternatives(sums, table.rows, leaders, rubric))


def _aims(table: Board, rubric: Rubric, target: str | None) -> Ints:
    """`[v]` the status each village aims at, as place among the statuses."""
    names = [status.nama for status in rubric.status]
    if target is None:
        own = np.searchsorted([status.k_min for status in rubric.status], table.k, side="right") - 1
        return np.minimum(own + 1, len(names) - 1)
    if target not in names:
        raise UsageError(f"Status {target} tidak dikenal dalam {rubric.edisi}", f"Pilih: {', '.join(names)}.")
    return np.full(len(table.k), names.index(target), dtype=np.int64)


def _found(table: Board, need: Ints, rubric: Rubric, choice: Choice) -> Found:
    paths = range(choice.alternatif + 1)
    taken = tuple(np.zeros(table.scores.shape, dtype=np.int8) for _ in paths)
    leaders = tuple(np.full(len(need), -1, dtype=np.int64) for _ in paths)
    ways = np.zeros(len(need), dtype=np.int64)
    for villages in blocks(need, rubric, choice.maks_indikator):
        prices = table.part(villages).allowed()
        found = search(prices, need[villages], rubric, choice.maks_indikator, choice.alternatif)
        ways[villages] = found.ways
        for number in paths:
            taken[number][villages] = found.taken[number]
            leaders[number][villages] = found.leaders[number]
    return Found(taken, leaders, ways)


def _step_frame(table: Board, taken: Sequence[Points], rubric: Rubric) -> pl.DataFrame:
    """The steps of all paths, see `Paths.langkah`."""
    parts = [np.nonzero(one) for one in taken]
    number = np.repeat(np.arange(len(taken)), [len(villages) for villages, _ in parts])
    villages, indicators = (np.concatenate([part[axis] for part in parts]) for axis in (0, 1))
    points = np.concatenate([one[part] for one, part in zip(taken, parts, strict=True)]).astype(np.int64)
    gain = points * table.units[indicators]
    order = np.lexsort((indicators, -gain, number, villages))
    villages, indicators, points, gain, number = (
        column[order] for column in (villages, indicators, points, gain, number)
    )
    dari = table.scores[villages, indicators]
    return pl.DataFrame(
        {
            NO: pl.Series(table.rows[villages], dtype=pl.UInt32),
            "pilihan": pl.Series(number, dtype=pl.Int8),
            "urutan": pl.Series(_place_in_path(villages * len(taken) + number), dtype=pl.Int32),
            "kode": pl.Series(rubric.codes, dtype=pl.String).gather(indicators),
            "dari": pl.Series(dari, dtype=pl.Int8),
            "ke": pl.Series(dari + points, dtype=pl.Int8),
            "poin": pl.Series(points, dtype=pl.Int8),
            "tambahan_k": pl.Series(gain, dtype=pl.Int32),
            "biaya": pl.Series(table.prices[indicators, dari, points], dtype=pl.Int64),
        }
    )


def _place_in_path(path: Ints) -> Ints:
    """1, 2, 3 … within every run of the same path."""
    position = np.arange(len(path))
    begins = np.r_[True, path[1:] != path[:-1]] if len(path) else np.zeros(0, dtype=np.bool_)
    return position - np.maximum.accumulate(np.where(begins, position, 0)) + 1


def _path_frame(steps: pl.DataFrame) -> pl.DataFrame:
    """One row per path: its sums, and itself in one line."""
    return steps.group_by(NO, "pilihan", maintain_order=True).agg(
        pl.col("biaya").sum(),
        pl.len().cast(pl.Int32).alias("jumlah_langkah"),
        pl.col("tambahan_k").sum().cast(pl.Int32),
        said("{} {}→{}", "kode", "dari", "ke").str.join(", ").alias("jalur"),
    )


def _reasons(
    table: Board, need: Ints, pathless: Flags, targets: pl.Series, rubric: Rubric, choice: Choice
) -> pl.Series:
    """Why there is no path, null where there is one or none is needed."""
    stuck = np.flatnonzero(pathless & (need > 0))
    texts: list[str | None] = [None] * len(need)
    if len(stuck):
        told = explained(table.part(stuck), need[stuck], targets.gather(stuck).to_list(), rubric, choice)
        for village, text in zip(stuck, told, strict=True):
            texts[village] = text
    return pl.Series(texts, dtype=pl.String)


def _alternatives(sums: pl.DataFrame, rows: Ints, leaders: Ints, rubric: Rubric) -> pl.DataFrame:
    """See `Paths.alternatif`."""
    codes = pl.Series(rubric.codes, dtype=pl.String)
    lines = [
        pl.DataFrame(
            {
                NO: pl.Series(rows[had], dtype=pl.UInt32),
                "pilihan": pl.repeat(number, int(had.sum()), dtype=pl.Int8, eager=True),
                **{f"_{j}": codes.gather(leaders[j, had]) for j in range(number)},
            }
        ).select(
            NO,
            "pilihan",
            (pl.lit("tanpa ") + pl.concat_str([f"_{j}" for j in range(number)], separator=", ")).alias("beda"),
        )
        for number in range(1, len(leaders))
        if (had := leaders[number] >= 0).any()
    ]
    schema = {NO: pl.UInt32(), "pilihan": pl.Int8(), "beda": pl.String()}
    why = pl.concat(lines) if lines else pl.DataFrame(schema=schema)
    return (
        sums.filter(pl.col("pilihan") > 0)
        .join(why, on=[NO, "pilihan"], how="left", maintain_order="left")
        .select(NO, "pilihan", "biaya", "tambahan_k", "jumlah_langkah", "jalur", "beda")
    )
