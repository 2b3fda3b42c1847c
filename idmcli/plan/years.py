"""The year in which a plan is carried out."""

import polars as pl

from idmcli.columns import TAHUN


def plan_year(villages: pl.DataFrame, tahun: int | None = None) -> int | None:
    """`tahun` if it is set, else the year after the latest year of data; None where no village has a year.

    The villages are measured in one year and the steps budgeted for the next, so all villages share one plan year even
    if some carry older figures.
    """
    if tahun is not None:
        return tahun
    latest = villages[TAHUN].drop_nulls().to_list()
    return max(latest) + 1 if latest else None
