"""The figures that a berita acara states: computed ones, or those that the file states, never a mixture."""

from typing import Final, Literal

import polars as pl

from idmcli.columns import IDM_K, INDICES, KODE_DESA, PLACES, STATED_STATUS, STATUS, TAHUN
from idmcli.regions import LEVELS as PLACE_LEVELS
from idmcli.regions import place_keys
from idmcli.rubric.model import Rubric

MinutesLevel = Literal["desa", "kecamatan", "kabupaten", "provinsi"]
LEVELS: Final[tuple[MinutesLevel, ...]] = ("desa", "kecamatan", "kabupaten", "provinsi")
"""Smallest first."""

Basis = Literal["terbit", "hitung"]
BASES: Final[tuple[Basis, ...]] = ("terbit", "hitung")

CODES: Final[dict[MinutesLevel, str]] = {
    "desa": KODE_DESA,
    "kecamatan": "kode_kecamatan",
    "kabupaten": "kode_kabupaten",
    "provinsi": "kode_provinsi",
}
"""Level → column with the code of the village's unit."""
UNSCORED: Final = "tidak_dihitung"


def year_of(frame: pl.DataFrame, earlier_than: int | None = None) -> int | None:
    """The latest year; with `earlier_than` the latest one before it, if there is one. None where no year is known."""
    years = frame.get_column(TAHUN).drop_nulls().unique().to_list() if TAHUN in frame.columns else []
    earlier = [year for year in years if earlier_than is not None and year < earlier_than]
    return max(earlier or years, default=None)


def rows_of_year(frame: pl.DataFrame, year: int | None) -> pl.DataFrame:
    """The rows of a year; one without a year belongs to any."""
    return frame if year is None else frame.filter(pl.col(TAHUN).is_null() | (pl.col(TAHUN) == year))


def with_codes(frame: pl.DataFrame) -> pl.DataFrame:
    """The same rows with the codes of the levels above, taken from `kode_desa`, else from namesakes."""
    return frame.with_columns(
        place_keys(frame, level).get_column(f"kode_{level}").alias(f"kode_{level}") for level in PLACE_LEVELS
    )


def chosen(frame: pl.DataFrame, basis: Basis | None) -> pl.DataFrame:
    """Identity, codes, indices, `idm_k` and status of a frame `with_codes`: computed, or with `terbit` as stated.

    A stated frame has no `idm_k`: it is null throughout. What a row does not state is null, not computed.
    """
    have = frame.columns
    if basis != "terbit":
        figures = [pl.col(INDICES).cast(pl.Float64), pl.col(IDM_K), pl.col(STATUS).cast(pl.String)]
    else:
        figures = [
            *(
                pl.col(f"{name}_terbit").cast(pl.Float64).alias(name)
                if f"{name}_terbit" in have
                else pl.lit(None, dtype=pl.Float64).alias(name)
                for name in INDICES
            ),
            pl.lit(None, dtype=pl.Int32).alias(IDM_K),
            pl.col(STATED_STATUS).cast(pl.String).str.to_uppercase().alias(STATUS)
            if STATED_STATUS in have
            else pl.lit(None, dtype=pl.String).alias(STATUS),
        ]
    return frame.select(KODE_DESA, *PLACES, *(code for code in CODES.values() if code != KODE_DESA), *figures)


def counted(villages: pl.DataFrame, level: MinutesLevel, rubric: Rubric) -> pl.DataFrame:
    """One row per unit of `level`, by code.

    Args:
        villages: as `chosen` gives them; rows without the unit's code are left out.
        level: what a unit is.
        rubric: gives the statuses.

    Returns:
        `kode`, place names down to the level and codes (null below it), `jumlah_desa`, one Int64 count per status
        (named by it, lowest first), `tidak_dihitung`, and the means `iks, ike, ikl, idm` of the villages that have one:
        exact sums of computed figures, the mean of stated ones.
    """
    code = CODES[level]
    down_to = LEVELS[LEVELS.index(level) :]
    codes = [CODES[one] for one in down_to if one != "desa"]
    computed = villages.get_column(IDM_K).count() > 0
    means = _exact(rubric) if computed else [pl.col(INDICES).mean()]
    return (
        villages.filter(pl.col(code).is_not_null())
        .sort(code, KODE_DESA, maintain_order=True)
        .group_by(pl.col(code).alias("kode"), maintain_order=True)
        .agg(
            *(
                pl.col(name).drop_nulls().first() if name in down_to else pl.lit(None, dtype=pl.String).alias(name)
                for name in PLACES
            ),
            *(pl.col(one).first().alias(f"_{one}") for one in codes),
            pl.len().cast(pl.Int64).alias("jumlah_desa"),
            *((pl.col(STATUS) == status.nama).sum().cast(pl.Int64).alias(status.nama) for status in rubric.status),
            pl.col(STATUS).is_null().sum().cast(pl.Int64).alias(UNSCORED),
            *means,
        )
        .rename({f"_{one}": one for one in codes})
    )


def _exact(rubric: Rubric) -> list[pl.Expr]:
    """Means from whole points: the same whatever the order of rows."""
    whole = {
        dimension.kolom: ((pl.col(dimension.kolom) * dimension.maksimum).round().cast(pl.Int64), dimension.maksimum)
        for dimension in rubric.dimensi
    }
    whole["idm"] = (pl.col(IDM_K).cast(pl.Int64), rubric.scale)
    return [(_total(points) / (most * points.count())).alias(name) for name, (points, most) in whole.items()]


def _total(values: pl.Expr) -> pl.Expr:
    """The sum, null instead of 0 where there is no value."""
    return pl.when(values.count() > 0).then(values.sum())
