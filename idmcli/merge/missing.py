"""Villages that should be there and are not, by the reference and by the other years of the same data."""

from collections.abc import Sequence

import polars as pl

from idmcli import columns as col
from idmcli.merge.result import PLACE_SCHEMA
from idmcli.regions import Regions

_LENGTHS = (6, 4, 2)


def area_of(desa: pl.DataFrame, regions: Regions) -> tuple[str, ...]:
    """Code prefixes of the smallest area of the reference that holds all villages met: one kecamatan, one kabupaten,
    one province, else all provinces met. Empty where none of the villages stands in the reference.
    """
    known = regions.frame.join(desa.select(col.KODE_DESA).unique(), on=col.KODE_DESA, how="semi")
    for length in _LENGTHS:
        prefixes = known.get_column(col.KODE_DESA).str.head(length).unique().sort().to_list()
        if len(prefixes) == 1:
            break
    return tuple(prefixes)


def absent(desa: pl.DataFrame, regions: Regions, area: Sequence[str], years: Sequence[int] = ()) -> pl.DataFrame:
    """Village-years that are missing: every village of the area, and every other one met, in each year.

    Args:
        desa: the rows there are.
        regions: the reference.
        area: code prefixes whose villages should all be there.
        years: the years; default those met, or none at all where no row has a year.

    Returns:
        The village's places and `tahun`, by year and code.
    """
    places = [col.KODE_DESA, *reversed(col.PLACES)]
    inside = pl.any_horizontal(pl.lit(value=False), *(pl.col(col.KODE_DESA).str.starts_with(one) for one in area))
    met = desa.filter(pl.col(col.KODE_DESA).is_not_null()).select(places).unique(col.KODE_DESA, maintain_order=True)
    expected = pl.concat([regions.frame.filter(inside).select(places), met]).unique(col.KODE_DESA, keep="first")
    wanted: list[int | None] = [*years] or sorted(desa.get_column(col.TAHUN).drop_nulls().unique().to_list()) or [None]
    every = expected.join(pl.DataFrame({col.TAHUN: wanted}, schema={col.TAHUN: pl.Int32()}), how="cross")
    missing = every.join(desa, on=[col.KODE_DESA, col.TAHUN], how="anti", nulls_equal=True)
    return missing.select(list(PLACE_SCHEMA)).sort(col.TAHUN, col.KODE_DESA)
