"""How exactly a stated index can be held against a computed one, given how it is printed.

Recaps print four decimals, documents all of them, and a zero at the end gets lost (0.9000 is stored as 0.9): so the
decimals of a sheet are those of its longest value, at least two and at most four; a value that itself shows more is
held to its own.

- A sub-index agrees within half a unit of its last decimal.
- A published IDM may be the rounded mean of rounded sub-indices: measured, within 1.2 units of the fourth decimal. It
  is held to the coarsest of the four values it belongs with.
"""

from typing import Final

import polars as pl

from idmcli.columns import BERKAS, LEMBAR, STATED_INDICES, SUB_INDICES

_FULL: Final = 15
"""Decimals of a value that is not rounded at all."""
_PUBLISHED: Final = 4
_COARSEST: Final = 2
_LEAST: Final = 1e-6
_NOISE: Final = 1e-9


def decimals(value: pl.Expr) -> pl.Expr:
    """How many decimals a value has: 0–6, or 15 for more. Null for null."""
    found: pl.Expr = pl.when(value.is_not_null()).then(pl.lit(_FULL))
    for places in range(6, -1, -1):
        found = pl.when((value - value.round(places)).abs() < _NOISE).then(pl.lit(places)).otherwise(found)
    return found


def with_tolerances(frame: pl.DataFrame) -> pl.DataFrame:
    """Adds `iks_tol, ike_tol, ikl_tol, idm_tol` (units of the index) for the stated indices of `frame`."""
    own = {name: pl.col(f"{name}_des") for name in STATED_INDICES}
    sheet = pl.max_horizontal(own.values()).max().over(BERKAS, LEMBAR).clip(_COARSEST, _PUBLISHED)
    shown = {name: pl.when(one >= _PUBLISHED).then(one).otherwise(sheet) for name, one in own.items()}
    coarsest = pl.min_horizontal(pl.when(own[name].is_not_null()).then(shown[name]) for name in STATED_INDICES)
    unit = pl.lit(10.0)
    return (
        frame.with_columns(decimals(pl.col(name)).alias(f"{name}_des") for name in STATED_INDICES)
        .with_columns(
            *(
                (0.5 * unit.pow(-shown[f"{name}_terbit"]) + _NOISE).clip(lower_bound=_LEAST).alias(f"{name}_tol")
                for name in SUB_INDICES
            ),
            (1.2 * unit.pow(-coarsest)).clip(lower_bound=_LEAST).alias("idm_tol"),
        )
        .drop(f"{name}_des" for name in STATED_INDICES)
    )
