"""What a file states beside what we compute: how finely it is printed, and whether the two agree.

Published recaps print four decimals, and a value that ends in a zero (0.9000) comes back as 0.9. So the number of
decimals is taken from all stated indices of a file together, never from one value.
"""

from typing import Final

import polars as pl

from idmcli.columns import BERKAS, INDICES, STATED_INDICES, STATED_STATUS, STATUS, SUB_INDICES

MOST_DECIMALS: Final = 4
"""More are not needed: the smallest step of an IDM is 1/6300, about 0.00016."""

_FEWEST_DECIMALS: Final = 2

_SUB_INDEX_TOLERANCE: Final = 0.5
"""In units of the last decimal: a rounded sub-index."""

_IDM_TOLERANCE: Final = 1.2
"""In units of the last decimal: a published IDM may be the mean of rounded sub-indices; measured: at most 0.00012."""

_FLOAT_NOISE: Final = 1e-9


def last_decimal(columns: frozenset[str], fewest: int = _FEWEST_DECIMALS) -> pl.Expr:
    """The unit of the last decimal (0.01 … 0.0001) with which the stated indices of a row's file are printed.

    Files are told apart by column `berkas`; without it the frame counts as one file. 0.0001 where nothing is stated.
    """
    stated = [pl.col(name) for name in STATED_INDICES if name in columns]
    if not stated:
        return pl.lit(10.0**-MOST_DECIMALS)
    unit = pl.lit(10.0**-fewest)
    for places in range(fewest, MOST_DECIMALS):
        scaled = [value * 10**places for value in stated]
        longer = pl.any_horizontal((value - value.round()).abs() > 1e-7 for value in scaled)
        unit = pl.when(longer).then(10.0 ** -(places + 1)).otherwise(unit)
    finest = pl.when(pl.any_horizontal(value.is_not_null() for value in stated)).then(unit).min()
    return (finest.over(BERKAS) if BERKAS in columns else finest).fill_null(10.0**-MOST_DECIMALS)


def agrees(scored: pl.DataFrame) -> pl.Series:
    """Whether all stated indices and the stated status of a row agree with the computed ones beside them.

    Null where nothing is stated or nothing could be computed.
    """
    columns = frozenset(scored.columns)
    unit = pl.lit(scored.select(last_decimal(columns)).to_series())
    checks = [
        (pl.col(stated) - pl.col(name)).abs()
        <= unit * (_SUB_INDEX_TOLERANCE if name in SUB_INDICES else _IDM_TOLERANCE) + _FLOAT_NOISE
        for stated, name in zip(STATED_INDICES, INDICES, strict=True)
        if stated in columns
    ]
    if STATED_STATUS in columns:
        checks.append(pl.col(STATED_STATUS).str.to_uppercase() == pl.col(STATUS))
    if not checks:
        return pl.repeat(None, scored.height, dtype=pl.Boolean, eager=True)
    judged = scored.select(check.alias(str(number)) for number, check in enumerate(checks))
    every = pl.all_horizontal(pl.all().fill_null(value=True))
    return judged.select(pl.when(pl.any_horizontal(pl.all().is_not_null())).then(every)).to_series()
