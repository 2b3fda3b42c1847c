"""This year's statuses beside those of a year before."""

import polars as pl

from idmcli.columns import KODE_DESA, PLACES, STATUS
from idmcli.minutes.figures import UNSCORED, MinutesLevel, counted
from idmcli.rubric.model import Rubric

COUNT_SCHEMA = {"kode": pl.String(), "status": pl.String(), "dulu": pl.Int64(), "kini": pl.Int64()}
NOT_SCORED = "TIDAK DIHITUNG"


def changes(then: pl.DataFrame | None, now: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """Villages whose status differs, risen ones first, by code; matched by `kode_desa`.

    Args:
        then: the year before, as `figures.chosen` gives it; None: nothing to compare.
        now: the printed villages with `kode` of their unit.
        rubric: gives the order of statuses.
    """
    ranks = {status.nama: rank for rank, status in enumerate(rubric.status)}
    earlier = now.clear() if then is None else then
    once = earlier.drop_nulls(KODE_DESA).unique(KODE_DESA, keep="first", maintain_order=True)
    known = once.select(KODE_DESA, pl.col(STATUS).alias("status_sebelum"), pl.col("idm").alias("idm_sebelum"))
    rank = {
        name: pl.col(name).replace_strict(ranks, default=None, return_dtype=pl.Int8)
        for name in (STATUS, "status_sebelum")
    }
    return (
        now.join(known, on=KODE_DESA, how="inner", maintain_order="left")
        .with_columns((rank[STATUS] - rank["status_sebelum"]).alias("_arah"))
        .filter(pl.col("_arah") != 0)
        .with_columns((pl.col("_arah") > 0).alias("naik"))
        .sort("kode", "naik", KODE_DESA, descending=[False, True, False])
        .select("kode", KODE_DESA, *PLACES, "status_sebelum", STATUS, "idm_sebelum", "idm", "naik")
    )


def compared(then: pl.DataFrame | None, units: pl.DataFrame, level: MinutesLevel, rubric: Rubric) -> pl.DataFrame:
    """Counts per unit and status then and now, highest status first."""
    if then is None:
        return pl.DataFrame(schema=COUNT_SCHEMA)
    once = then.filter(pl.col(KODE_DESA).is_null() | pl.col(KODE_DESA).is_first_distinct())
    before = {row["kode"]: row for row in counted(once, level, rubric).iter_rows(named=True)}
    lines = []
    for unit in units.iter_rows(named=True):
        old = before.get(unit["kode"], {})
        for status in reversed(rubric.status):
            lines.append((unit["kode"], status.nama, old.get(status.nama, 0), unit[status.nama]))
        if old.get(UNSCORED, 0) or unit[UNSCORED]:
            lines.append((unit["kode"], NOT_SCORED, old.get(UNSCORED, 0), unit[UNSCORED]))
    return pl.DataFrame(lines, schema=COUNT_SCHEMA, orient="row")
