"""A province's indicators: how many villages each holds back and what it would give, and where the best paths begin."""

import numpy as np
import polars as pl

from idmcli.columns import IDM_K, STATUS, TAHUN
from idmcli.gap.grid import NO, score_grid, unit_per_indicator
from idmcli.regions import LEVELS, PLACE, Level, place_keys
from idmcli.rubric.model import FULL_SCORE, Rubric

_COUNTS = ("kurang", "desa_kurang", "desa_naik")


def indicator_recap(scored: pl.DataFrame, rubric: Rubric, level: Level) -> pl.DataFrame:
    """One row per place of `level` (per year if the frame has several) and indicator.

    Places stand in the order of their codes; within a place the indicator with the most to gain stands first. Villages
    without figures are not counted, and a place that has no others is left out.

    Returns:
        `kode_<level>`, the place names down to `level`, `tahun` if several, then `kode, dimensi, singkat`,
        `dapat_digerakkan`; `jumlah_desa` (Int64, villages counted), `rata_skor` (Float64), `desa_kurang` (Int64,
        villages below the full score), `desa_naik` (Int64, villages that the full score of this indicator alone would
        lift to the next status; 0 for what nobody can move), `kurang` (Int64, points missing in all), `tambahan_k`
        (Int64, units of 1/scale they would give in all) and `tambahan` (Float64, what they would add to the mean IDM).
    """
    rows = score_grid(scored, rubric).rows
    names = LEVELS[: LEVELS.index(level) + 1]
    code, years = f"kode_{level}", [TAHUN] if rows[TAHUN].drop_nulls().n_unique() > 1 else []
    keys = [PLACE, *years]
    groups = (
        rows.with_columns(place_keys(rows, level))
        .group_by(keys, maintain_order=True)
        .agg(
            pl.col(code).first(),
            *(pl.col(name).drop_nulls().first() for name in names),
            pl.len().cast(pl.Int64).alias("jumlah_desa"),
            *_counted(rubric),
        )
        .sort(code, *keys, nulls_last=True)
    )
    missing, below, lifted = (
        groups.select(f"{name} {kode}" for kode in rubric.codes).to_numpy().astype(np.int64) for name in _COUNTS
    )
    gains = missing * unit_per_indicator(rubric)
    order = np.argsort(-gains, axis=1, kind="stable")
    place = np.repeat(np.arange(groups.height), len(rubric.codes))
    indicator = order.ravel()
    villages = groups["jumlah_desa"].to_numpy()
    return pl.concat(
        [
            groups.select(code, *names, *years)[place],
            _about(rubric)[indicator],
            pl.DataFrame(
                {
                    "jumlah_desa": villages[place],
                    "rata_skor": (FULL_SCORE * villages[place] - missing[place, indicator]) / villages[place],
                    "desa_kurang": below[place, indicator],
                    "desa_naik": lifted[place, indicator],
                    "kurang": missing[place, indicator],
                    "tambahan_k": gains[place, indicator],
                    "tambahan": gains[place, indicator] / (rubric.scale * villages[place]),
                }
            ),
        ],
        how="horizontal",
    )


def first_steps(langkah: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """Where the best paths begin and what they use, over all villages that have one: the mix of a province's steps.

    Args:
        langkah: the steps of `find_paths` (of its alternatives, `pilihan` above 0, nothing is counted).
        rubric: the edition.

    Returns:
        One row per indicator that some best path uses, the most frequent first step on top: `kode, dimensi, singkat`,
        `desa_mulai` (Int64, paths whose largest gain it is), `bagian_mulai` (Float64, share of all paths, 0–1),
        `desa_memakai`, `bagian_memakai` (the same for any place in the path).
    """
    best = langkah.filter(pl.col("pilihan") == 0)
    paths = best[NO].n_unique()
    counted = best.group_by("kode").agg(
        (pl.col("urutan") == 1).sum().cast(pl.Int64).alias("desa_mulai"), pl.len().cast(pl.Int64).alias("desa_memakai")
    )
    about = _about(rubric).drop("dapat_digerakkan").join(counted, on="kode", how="inner", maintain_order="left")
    shares = {name: about[f"desa_{name}"].to_numpy() / max(paths, 1) for name in ("mulai", "memakai")}
    return (
        about.with_columns(pl.Series(f"bagian_{name}", share, dtype=pl.Float64) for name, share in shares.items())
        .sort("desa_mulai", "desa_memakai", descending=True, maintain_order=True)
        .select("kode", "dimensi", "singkat", "desa_mulai", "bagian_mulai", "desa_memakai", "bagian_memakai")
    )


def _counted(rubric: Rubric) -> list[pl.Expr]:
    """The sums of a place, per indicator: points missing, villages below the full score, villages it alone lifts."""
    begins: list[int | None] = [*(status.k_min for status in rubric.status[1:]), None]
    names = [status.nama for status in rubric.status]
    need = pl.col(STATUS).replace_strict(names, begins, return_dtype=pl.Int32) - pl.col(IDM_K)
    sums = []
    for row in rubric.indikator:
        missing = FULL_SCORE - pl.col(row.kode).cast(pl.Int32)
        enough = missing * rubric.unit(rubric.dimension_of(row.kode)) >= need
        counts = (missing, missing > 0, enough & pl.lit(row.dapat_digerakkan))
        sums += [count.sum().alias(f"{name} {row.kode}") for name, count in zip(_COUNTS, counts, strict=True)]
    return sums


def _about(rubric: Rubric) -> pl.DataFrame:
    """The indicators in official order, as tables name them."""
    return pl.DataFrame(
        {
            "kode": rubric.codes,
            "dimensi": [rubric.dimension_of(kode).kode for kode in rubric.codes],
            "singkat": [row.singkat for row in rubric.indikator],
            "dapat_digerakkan": [row.dapat_digerakkan for row in rubric.indikator],
        }
    )
