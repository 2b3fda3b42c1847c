"""Recognise BPS codes, which have ten digits like Kemendagri codes and often belong to another village there."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import polars as pl

from idmcli import columns as col
from idmcli.errors import ConfigError
from idmcli.normalise.datafile import DATA, day, load_toml, require_keys, table, text
from idmcli.regions import Regions, fold_expr, fold_name

_PREFIX_LENGTH = 4


@lru_cache
def bps_kabupaten(folder: Path = DATA / "wilayah") -> Mapping[str, str]:
    """BPS prefix of four digits → kabupaten in comparable form, for the provinces of the reference.

    Raises:
        ConfigError: a file `bps-*.toml` is not of the right form.
    """
    found: dict[str, str] = {}
    for path in sorted(folder.glob("bps-*.toml")):
        content = load_toml(path)
        require_keys(path, content, needed=("sumber", "diperiksa", "kabupaten"))
        text(path, content, "sumber")
        day(path, content, "diperiksa")
        names = table(path, content, "kabupaten")
        for prefix in names:
            if len(prefix) != _PREFIX_LENGTH or not prefix.isdigit() or prefix in found:
                raise ConfigError(f"{path.name}: awalan '{prefix}' bukan empat angka atau ganda", f"Perbaiki {path}.")
            found[prefix] = fold_name(text(path, names, prefix))
    return found


def uses_bps(places: pl.DataFrame, regions: Regions) -> bool:
    """Whether the codes of a table are BPS codes: the names beside them fit the BPS order better than Kemendagri's.

    Args:
        places: `kode_desa` (ten digits or null) and the places as typed.
        regions: the reference; codes of other provinces tell nothing.
    """
    covered = places.filter(pl.col(col.KODE_DESA).str.head(2).is_in(list(regions.provinces)))
    if covered.is_empty():
        return False
    villages = regions.frame.select(
        col.KODE_DESA, fold_expr(pl.col("desa")).alias("desa_acuan"), fold_expr(pl.col("kabupaten")).alias("kab_acuan")
    )
    pairs = regions.frame.select(
        fold_expr(pl.col("kecamatan")).alias("kec"),
        fold_expr(pl.col("desa")).alias("nama"),
        fold_expr(pl.col("kabupaten")).alias("kab_nama"),
    ).unique(["kec", "nama"], keep="none")
    prefixes = regions.frame.select(
        pl.col("kode_kabupaten").alias("awalan"), fold_expr(pl.col("kabupaten")).alias("kab_kemendagri")
    ).unique()
    fits = (
        covered.select(
            col.KODE_DESA,
            pl.col(col.KODE_DESA).str.head(_PREFIX_LENGTH).alias("awalan"),
            fold_expr(pl.col("desa")).alias("nama"),
            fold_expr(pl.col("kecamatan")).alias("kec"),
            fold_expr(pl.col("kabupaten")).alias("kab_tertulis"),
        )
        .join(villages, on=col.KODE_DESA, how="left")
        .join(prefixes, on="awalan", how="left")
        .join(pairs, on=["kec", "nama"], how="left")
        .with_columns(
            kab=pl.coalesce("kab_tertulis", "kab_nama"),
            kab_bps=pl.col("awalan").replace_strict(bps_kabupaten(), default=None, return_dtype=pl.String),
        )
        .select(
            kemendagri=(pl.col("kab") == pl.col("kab_kemendagri")) | (pl.col("nama") == pl.col("desa_acuan")),
            bps=pl.col("kab") == pl.col("kab_bps"),
        )
        .sum()
        .row(0)
    )
    kemendagri, bps = fits
    return bool(bps > kemendagri)
