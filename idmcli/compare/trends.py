"""How places, indicators and targets went from year to year."""

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from idmcli.columns import KODE_DESA, PLACES, STATUS, TAHUN
from idmcli.compare.result import NEAR_FALL, NEAR_RISE, SCHEMAS
from idmcli.compare.rows import SCORED
from idmcli.rubric.model import FULL_SCORE, Rubric

HORIZON: Final = 25
"""Years after which a pace says nothing any more."""
_LEVEL: Final = "tingkat_wilayah"
_CODE: Final = "kode_wilayah"


def place_trend(recaps: Mapping[str, Sequence[pl.DataFrame]], years: Sequence[int]) -> pl.DataFrame:
    """`Compared.tren_wilayah` from the recaps of each year.

    Args:
        recaps: level to its recaps (`classify.recap` of one year each), in the order of `years`.
        years: the years.
    """
    frames = [
        recap.with_columns(
            pl.lit(level).alias(_LEVEL),
            pl.col(f"kode_{level}").alias(_CODE),
            pl.col(level).alias("wilayah"),
            pl.lit(year, pl.Int32).alias(TAHUN),
            *(pl.lit(None, pl.String).alias(name) for name in PLACES[:2] if name not in recap.columns),
        ).drop([f"kode_{level}", *(name for name in ("kecamatan",) if name in recap.columns)])
        for level, of_years in recaps.items()
        for recap, year in zip(of_years, years, strict=True)
    ]
    order = {level: rank for rank, level in enumerate(recaps)}
    head = [_LEVEL, _CODE, "wilayah", *PLACES[:2], TAHUN]
    key = [_LEVEL, pl.coalesce(_CODE, "wilayah")]
    stacked = pl.concat([frame.select(*head, pl.exclude(head)) for frame in frames])
    ordered = stacked.sort(
        pl.col(_LEVEL).replace_strict(order, return_dtype=pl.Int8),
        _CODE,
        "wilayah",
        TAHUN,
        nulls_last=True,
        maintain_order=True,
    )
    return ordered.with_columns(
        *(pl.col(name).drop_nulls().last().over(key) for name in ("wilayah", *PLACES[:2])),
        (pl.col("idm") - pl.col("idm").shift().over(key)).alias("selisih_idm"),
    )


def indicator_trend(rows: pl.DataFrame, years: Sequence[int], rubric: Rubric) -> pl.DataFrame:
    """`Compared.tren_indikator` of the rows that have scores; indicators in official order, each by year."""
    table = []
    by_year = {year: rows.filter(pl.col(SCORED) & (pl.col(TAHUN) == year)) for year in years}
    for row in rubric.indikator:
        for year, frame in by_year.items():
            if frame.height:
                scores = frame.get_column(row.kode)
                full = int((scores == FULL_SCORE).sum())
                table.append(
                    {
                        "kode": row.kode,
                        "nama": row.singkat,
                        "dimensi": rubric.dimension_of(row.kode).kode,
                        TAHUN: year,
                        "desa": frame.height,
                        "rata_skor": int(scores.cast(pl.Int64).sum()) / frame.height,
                        "desa_penuh": full,
                        "bagian_penuh": full / frame.height,
                    }
                )
    return pl.DataFrame(table, schema=SCHEMAS["tren_indikator"])


def near(
    classified: pl.DataFrame, rise: pl.Expr, points: int, rubric: Rubric, since: pl.DataFrame | None = None
) -> pl.DataFrame:
    """The villages of a year that a few points would move (see `Compared.dekat`).

    Args:
        classified: the villages as `classify.classify` gives them.
        rise: units of 1/scale that a row lacks to the next status (`classify.units_to_rise`).
        points: how many points of the lightest dimension are few.
        rubric: the edition.
        since: `kode_desa, selisih_idm` since the year before.
    """
    lightest = min(rubric.unit(dimension) for dimension in rubric.dimensi)
    names = [status.nama for status in rubric.status]
    below = pl.col(STATUS).replace_strict(names, [None, *names[:-1]], return_dtype=pl.String)
    moved = pl.DataFrame(schema={KODE_DESA: pl.String, "selisih_idm": pl.Float64}) if since is None else since
    up = classified.filter(rise <= points * lightest).with_columns(
        pl.lit(NEAR_RISE).alias("keadaan"),
        pl.col("target_status").alias("status_dekat"),
        rise.alias("jarak_k"),
    )
    down = classified.filter(pl.col("sisa_k") < points * lightest).with_columns(
        pl.lit(NEAR_FALL).alias("keadaan"),
        below.alias("status_dekat"),
        (pl.col("sisa_k") + 1).alias("jarak_k"),
    )
    return (
        pl.concat([up, down])
        .with_columns(((pl.col("jarak_k") + (lightest - 1)) // lightest).alias("poin"))
        .join(moved.select(KODE_DESA, "selisih_idm"), on=KODE_DESA, how="left", maintain_order="left")
        .sort("keadaan", "jarak_k", KODE_DESA, nulls_last=True, maintain_order=True)
        .select(
            KODE_DESA,
            *PLACES,
            "keadaan",
            STATUS,
            "status_dekat",
            pl.col("jarak_k").cast(pl.Int32),
            pl.col("poin").cast(pl.Int32),
            "idm",
            "selisih_idm",
        )
    )


def goals(targets: Mapping[int, pl.DataFrame], near_by_year: Mapping[int, pl.DataFrame]) -> pl.DataFrame:
    """`Compared.sasaran` from the targets (`classify.targets`) and the villages close to a threshold of every year."""
    first, last = min(targets), max(targets)
    begun = dict(targets[first].select(STATUS, "capaian").iter_rows())
    rows = []
    for year, frame in targets.items():
        close = near_by_year[year]
        for row in frame.iter_rows(named=True):
            name, gained, span = row[STATUS], row["capaian"] - begun[row[STATUS]], year - first
            rows.append(
                {
                    TAHUN: year,
                    **row,
                    "laju": gained / span if span else None,
                    "tahun_tercapai": reached_in(row, gained, span, year) if year == last else None,
                    "naik_masuk": _count(close, NEAR_RISE, "status_dekat", name),
                    "naik_keluar": _count(close, NEAR_RISE, STATUS, name),
                    "turun_masuk": _count(close, NEAR_FALL, "status_dekat", name),
                    "turun_keluar": _count(close, NEAR_FALL, STATUS, name),
                }
            )
    return pl.DataFrame(rows, schema=SCHEMAS["sasaran"])


def reached_in(target: Mapping[str, object], gained: int, span: int, year: int) -> int | None:
    """The year in which a target is reached if statuses go on changing as since `span` years; None if not soon.

    Soon is within `HORIZON` years.

    Args:
        target: a row of `classify.targets`.
        gained: how many more (or fewer, if negative) villages have the status than `span` years before `year`.
        span: calendar years between.
        year: the year of `target`.
    """
    missing, sign = target["kurang"], target["arah"]
    if not isinstance(missing, int):
        return None
    if missing == 0:
        return year
    towards = gained if sign == "≥" else -gained
    if towards <= 0 or not span:
        return None
    waiting = -(-missing * span // towards)
    return year + waiting if waiting <= HORIZON else None


def _count(close: pl.DataFrame, keadaan: str, column: str, status: str) -> int:
    return close.filter((pl.col("keadaan") == keadaan) & (pl.col(column) == status)).height
