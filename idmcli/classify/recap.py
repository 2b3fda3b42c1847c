"""Villages counted by status, and mean indices, for provinces, kabupaten or kecamatan."""

import polars as pl

from idmcli.columns import IDM_K, STATUS, TAHUN
from idmcli.regions import LEVELS, PLACE, Level, place_keys
from idmcli.rubric.model import Rubric


def recap(frame: pl.DataFrame, rubric: Rubric, level: Level) -> pl.DataFrame:
    """One row per place of `level` (and per year if the frame has several), in the order of codes.

    Columns: `kode_<level>`, the place names down to `level`, `tahun` if several, `jumlah_desa`, one count per status in
    ascending order (named by the status), `tidak_dihitung` (rows without a status), and the means `iks, ike, ikl, idm`
    of the villages that have one (exact sums, so the same whatever the order of rows; null if there is none).

    Villages belong together by the first digits of `kode_desa`; a row without a code joins its namesakes, or stands for
    its own place (`kode_<level>` null). The name shown is the first one typed.
    """
    names = LEVELS[: LEVELS.index(level) + 1]
    code = f"kode_{level}"
    several = frame[TAHUN].drop_nulls().n_unique() > 1
    keys = [PLACE, TAHUN] if several else [PLACE]
    return (
        frame.with_columns(place_keys(frame, level))
        .group_by(keys, maintain_order=True)
        .agg(
            pl.col(code).first(),
            *(pl.col(name).drop_nulls().first() for name in names),
            pl.len().cast(pl.Int64).alias("jumlah_desa"),
            *((pl.col(STATUS) == status.nama).sum().cast(pl.Int64).alias(status.nama) for status in rubric.status),
            pl.col(STATUS).is_null().sum().cast(pl.Int64).alias("tidak_dihitung"),
            *(_mean(dimension.kolom, dimension.maksimum) for dimension in rubric.dimensi),
            (_total(pl.col(IDM_K)) / (rubric.scale * pl.col(IDM_K).count())).alias("idm"),
        )
        .sort(code, PLACE, *keys[1:], nulls_last=True)
        .select(code, *names, *keys[1:], pl.exclude(code, *names, *keys))
    )


def _mean(column: str, maximum: int) -> pl.Expr:
    """The mean of a sub-index, from its whole points."""
    points = (pl.col(column) * maximum).round().cast(pl.Int64)
    return (_total(points) / (maximum * points.count())).alias(column)


def _total(values: pl.Expr) -> pl.Expr:
    """The sum, null instead of 0 where there is no value."""
    return pl.when(values.count() > 0).then(values.cast(pl.Int64).sum())
