"""Village by indicator: where a village stands, what is missing to the full score, what to do, and who can do it."""

import numpy as np
import polars as pl

from idmcli.columns import IDENTITY, STATUS
from idmcli.gap.grid import NO, score_grid
from idmcli.rubric.model import ACTORS, FULL_SCORE, Indicator, Rubric

_SCHEMA = {
    "kode": pl.String(),
    "dimensi": pl.String(),
    "singkat": pl.String(),
    "skor": pl.Int8(),
    "maksimum": pl.Int8(),
    "kurang": pl.Int8(),
    "tambahan_k": pl.Int32(),
    "tambahan": pl.Float64(),
    "syarat_kini": pl.String(),
    "syarat_tujuan": pl.String(),
    "kegiatan": pl.String(),
    "pelaku": pl.List(pl.String()),
    "terkunci": pl.String(),
}


def deficits(scored: pl.DataFrame, rubric: Rubric, locked: pl.DataFrame | None = None) -> pl.DataFrame:
    """One row per scored village and indicator: villages in the order of `scored`, each with all its indicators.

    Within a village the indicator that would add most to the IDM stands first (official order among equals); those
    with the full score, which add nothing, stand last.

    Args:
        scored: what `scoring.score` gave. Rows without figures are left out.
        rubric: gives conditions, activities and actors.
        locked: what `locks` gave (`no, kode, alasan_kunci`). Without it only what nobody can move is locked.

    Returns:
        `no` (UInt32), the identity columns, `status`, then `kode, dimensi, singkat`; `skor, maksimum, kurang` (Int8,
        points); `tambahan_k` (Int32, units of 1/scale) and `tambahan` (Float64, the ministry's +NILAI), both for a rise
        to the full score; `syarat_kini, syarat_tujuan` (condition met, condition of the full score), `kegiatan`,
        `pelaku` (List(String), in the order of `ACTORS`), `terkunci` (why no step may touch it). `syarat_tujuan` and
        `kegiatan` are null where nothing is missing.
    """
    grid = score_grid(scored, rubric)
    table = pl.DataFrame([_line(row, skor, rubric) for row in rubric.indikator for skor in row.allowed], _SCHEMA)
    line_of = np.zeros((len(rubric.codes), FULL_SCORE + 1), dtype=np.int64)
    for line, (kode, skor) in enumerate(table.select("kode", "skor").iter_rows()):
        line_of[rubric.codes.index(kode), skor] = line
    lines = line_of[np.arange(len(rubric.codes)), grid.scores]
    gains = table["tambahan_k"].to_numpy()[lines]
    lines = np.take_along_axis(lines, np.argsort(-gains, axis=1, kind="stable"), axis=1)
    villages = grid.rows.select(NO, *IDENTITY, STATUS)
    frame = pl.concat(
        [villages[np.repeat(np.arange(villages.height), len(rubric.codes))], table[lines.ravel()]], how="horizontal"
    )
    if locked is None:
        return frame
    return (
        frame.join(
            locked.select(pl.col(NO).cast(pl.UInt32), "kode", "alasan_kunci"),
            on=[NO, "kode"],
            how="left",
            maintain_order="left",
        )
        .with_columns(pl.coalesce("alasan_kunci", "terkunci").alias("terkunci"))
        .drop("alasan_kunci")
    )


def _line(indicator: Indicator, skor: int, rubric: Rubric) -> dict[str, object]:
    """What is said of an indicator at one of its scores."""
    here, full = indicator.row(skor), indicator.row(FULL_SCORE)
    missing = FULL_SCORE - skor
    dimension = rubric.dimension_of(indicator.kode)
    gain = missing * rubric.unit(dimension)
    return {
        "kode": indicator.kode,
        "dimensi": dimension.kode,
        "singkat": indicator.singkat,
        "skor": skor,
        "maksimum": FULL_SCORE,
        "kurang": missing,
        "tambahan_k": gain,
        "tambahan": gain / rubric.scale,
        "syarat_kini": here.syarat,
        "syarat_tujuan": full.syarat if missing else None,
        "kegiatan": here.kegiatan if missing else None,
        "pelaku": [actor for actor in ACTORS if actor in indicator.pelaku],
        "terkunci": None if indicator.dapat_digerakkan or not missing else indicator.alasan,
    }
