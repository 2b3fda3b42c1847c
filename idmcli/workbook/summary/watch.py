"""The sheet PANTAU: villages whose status hangs by a few points, the nearest to a fall first."""

from typing import Final

import polars as pl

from idmcli import columns as col
from idmcli.words import whole
from idmcli.workbook.catalogue import Column, columns
from idmcli.workbook.sheets import SheetSpec, add_table
from idmcli.workbook.summary.places import Base
from idmcli.workbook.summary.villages import who

SHEET: Final = "PANTAU"


def add_watch(base: Base) -> bool:
    """Add the sheet; whether there is any village on it."""
    rows = base.rows.filter(pl.col("pantau") == "ya").sort("sisa_k", col.KODE_DESA, nulls_last=True)
    lower = dict(zip(base.statuses[1:], base.statuses, strict=False))
    shown = rows.with_columns(
        pl.col(col.STATUS).replace_strict(lower, default=None, return_dtype=pl.String).alias("status_di_bawah"),
        ((pl.col("sisa_k") + 1) / base.rubric.scale).alias("boleh_hilang"),
    )
    if not shown.height:
        return False
    spare = [
        Column(f"sisa_poin_{row.kolom}", row.kode, "bulat", 7, "Poin yang masih boleh hilang")
        for row in base.rubric.dimensi
    ]
    spec = SheetSpec(
        SHEET,
        f"Daftar pantau: desa yang hampir turun – {base.tempat}",
        shown,
        (
            f"{whole(shown.height)} desa. Turun: penurunan IDM yang sudah cukup untuk menurunkan status. Keadaan saat "
            "buku ini dibuat; kolom Pantau pada lembar DESA ikut berubah bila skor diubah.",
        ),
        kolom=(
            *columns(shown, [*who(shown), "idm", col.STATUS]),
            Column("status_di_bawah", "Status bila turun", "status", 19),
            Column("boleh_hilang", "Turun bila IDM berkurang", "indeks", 11),
            *spare,
        ),
        beku=2,
        jumlah=frozenset(),
        kertas=base.kertas,
    )
    add_table(base.book, base.styles, spec, base.statuses)
    return True
