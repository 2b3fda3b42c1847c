"""The year of a frame that counts."""

import polars as pl

from idmcli.columns import TAHUN


def latest_year(frame: pl.DataFrame, *, before: int | None = None) -> int | None:
    """The latest year in the frame; with `before` the latest one earlier than that, if there is any."""
    years = frame[TAHUN].drop_nulls().unique().to_list()
    earlier = [year for year in years if before is not None and year < before]
    return max(earlier or years, default=None)


def of_year(frame: pl.DataFrame, year: int | None) -> pl.DataFrame:
    """The rows of one year; all rows if it is None. A row without a year counts to whatever year is asked for."""
    return frame if year is None else frame.filter(pl.col(TAHUN).is_null() | (pl.col(TAHUN) == year))
