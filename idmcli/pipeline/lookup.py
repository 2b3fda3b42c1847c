"""One village among all: by its code, or by its name where only one bears it."""

import polars as pl

from idmcli import columns as col
from idmcli.errors import UsageError
from idmcli.pipeline.loading import Loaded
from idmcli.regions import fold_expr, fold_name

NUMBER = "no"


def rows_of(loaded: Loaded, desa: str) -> pl.DataFrame:
    """The scored rows of one village by year, with their row number `no`.

    Args:
        loaded: the data.
        desa: code, with or without points, or name.

    Raises:
        UsageError: no such village in the file, or several of that name.
    """
    digits = "".join(desa.replace(".", "").split())
    found = loaded.scored.with_row_index(NUMBER).filter(
        pl.col(col.KODE_DESA) == digits
        if digits.isdigit()
        else fold_expr(pl.col("desa").fill_null("")) == fold_name(desa)
    )
    codes = found.get_column(col.KODE_DESA).unique(maintain_order=True).to_list()
    if not codes:
        raise UsageError(f"Desa {desa} tidak ada dalam berkas ini", "Periksa kode atau ejaan namanya.")
    if len(codes) > 1:
        options = ", ".join(
            f"{row[col.KODE_DESA]} ({row['kecamatan']})" for row in found.unique(col.KODE_DESA).iter_rows(named=True)
        )
        raise UsageError(f"Ada {len(codes)} desa bernama {desa}: {options}", "Sebut kodenya.")
    return found.sort(col.TAHUN, maintain_order=True) if col.TAHUN in found.columns else found
