"""Villages that came, went, or bear another name; suspected changes of code are told, never followed."""

import polars as pl

from idmcli.columns import KODE_DESA, PLACES, STATUS
from idmcli.compare.result import FROM, OTHER_CODE, OTHER_NAME, SCHEMAS, TO
from idmcli.regions import fold_expr

_KABUPATEN_DIGITS = 4
_NAMES = "_nama"


def gone(then: pl.DataFrame, now: pl.DataFrame, pair: tuple[int, int]) -> pl.DataFrame:
    """Villages of `then` that `now` lacks, by code (see `Compared.hilang`); swapped, the new ones.

    Args:
        then: rows of one year, `kode_desa`, places, `idm, status`; those without a code match no other.
        now: rows of the other year; those without a code still say which kabupaten it holds.
        pair: the two years, in calendar order.
    """
    coded, known = then.drop_nulls(KODE_DESA), now.drop_nulls(KODE_DESA)
    missing = coded.join(known, on=KODE_DESA, how="anti")
    others = known.join(coded, on=KODE_DESA, how="anti")
    covered = known.get_column(KODE_DESA).str.head(_KABUPATEN_DIGITS).unique()
    named = now.filter(pl.col(KODE_DESA).is_null()).select(_kabupaten()).to_series().drop_nulls().unique()
    twins = _by_names(missing).join(
        _by_names(others).select(_NAMES, pl.col(KODE_DESA).alias("kode_dugaan")), on=_NAMES, how="inner"
    )
    return (
        missing.join(twins.select(KODE_DESA, "kode_dugaan"), on=KODE_DESA, how="left", maintain_order="left")
        .with_columns(
            pl.lit(pair[0], pl.Int32).alias(FROM),
            pl.lit(pair[1], pl.Int32).alias(TO),
            (
                pl.col(KODE_DESA).str.head(_KABUPATEN_DIGITS).is_in(covered.implode())
                | _kabupaten().is_in(named.implode()).fill_null(value=False)
            ).alias("tercakup"),
        )
        .select(list(SCHEMAS["hilang"]))
        .sort(KODE_DESA)
    )


def renamed(then: pl.DataFrame, now: pl.DataFrame, hilang: pl.DataFrame, pair: tuple[int, int]) -> pl.DataFrame:
    """Same code under another name, and (suspected) the same names under another code; see `Compared.ganti_nama`."""
    years = (pl.lit(pair[0], pl.Int32).alias(FROM), pl.lit(pair[1], pl.Int32).alias(TO))
    before = then.select(KODE_DESA, pl.col("desa").alias("desa_dari"))
    both = now.join(before, on=KODE_DESA, how="inner", maintain_order="left")
    names = both.filter(fold_expr(pl.col("desa")) != fold_expr(pl.col("desa_dari"))).select(
        *years,
        pl.lit(OTHER_NAME).alias("jenis"),
        pl.col(KODE_DESA).alias("kode_dari"),
        pl.col(KODE_DESA).alias("kode_ke"),
        "desa_dari",
        pl.col("desa").alias("desa_ke"),
        *PLACES[:-1],
    )
    later = now.select(pl.col(KODE_DESA).alias("kode_dugaan"), pl.col("desa").alias("desa_ke"))
    codes = (
        hilang.drop_nulls("kode_dugaan")
        .join(later, on="kode_dugaan", how="inner", maintain_order="left")
        .select(
            *years,
            pl.lit(OTHER_CODE).alias("jenis"),
            pl.col(KODE_DESA).alias("kode_dari"),
            pl.col("kode_dugaan").alias("kode_ke"),
            pl.col("desa").alias("desa_dari"),
            "desa_ke",
            *PLACES[:-1],
        )
    )
    return (
        pl.concat([names, codes])
        .select(list(SCHEMAS["ganti_nama"]))
        .sort("jenis", "kode_dari", descending=[True, False])
    )


def places_of(rows: pl.DataFrame, years: tuple[int, ...]) -> pl.DataFrame:
    """`Compared.desa`: one row per code, places as its latest year names them, and the figures of every year."""
    latest = rows.sort("tahun", descending=True, maintain_order=True).unique(
        KODE_DESA, keep="first", maintain_order=True
    )
    frame = latest.select(KODE_DESA, *PLACES).sort(KODE_DESA)
    for year in years:
        figures = rows.filter(pl.col("tahun") == year).select(
            KODE_DESA,
            pl.lit(value=True).alias(f"ada_{year}"),
            pl.col("idm").alias(f"idm_{year}"),
            pl.col(STATUS).alias(f"status_{year}"),
            pl.col("idm_k").cast(pl.Int32).alias(f"idm_k_{year}"),
        )
        frame = frame.join(figures, on=KODE_DESA, how="left", maintain_order="left").with_columns(
            pl.col(f"ada_{year}").fill_null(value=False)
        )
    return frame


def _kabupaten() -> pl.Expr:
    """The kabupaten by name, within its province; null where either is not named."""
    return pl.concat_str([fold_expr(pl.col("provinsi")), fold_expr(pl.col("kabupaten"))], separator="/")


def _by_names(frame: pl.DataFrame) -> pl.DataFrame:
    """Code and names of the villages whose desa and kecamatan, within their province, are those of no other here."""
    key = pl.concat_str(
        [pl.col(KODE_DESA).str.head(2), fold_expr(pl.col("kecamatan")), fold_expr(pl.col("desa"))], separator="/"
    )
    return frame.select(KODE_DESA, key.alias(_NAMES)).drop_nulls(_NAMES).filter(pl.col(_NAMES).is_duplicated().not_())
