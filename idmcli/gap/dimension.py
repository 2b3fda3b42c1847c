"""The gap as far as sub-indices show it: points per dimension, to the next status and to the full score."""

from collections.abc import Sequence

import polars as pl

from idmcli.columns import IDENTITY, IDM_K, STATUS
from idmcli.gap.grid import NO
from idmcli.rubric.model import Dimension, Rubric
from idmcli.sentences import said

_ORDER = "_urutan"


def by_dimension(classified: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """One row per village that has figures and dimension, in the order of the frame and of the dimensions.

    Args:
        classified: what `classify.classify` gave, from 50 scores or from a recap's sub-indices: nothing else is used.
        rubric: the edition.

    Returns:
        `no` (UInt32), the identity columns, `status, target_status`, `butuh_k` (Int32, units of 1/scale to the next
        status; null at the highest), `dimensi`, `nama`, `poin, maksimum, kurang` (Int32, points now, at most, and
        missing), `poin_naik` (Int32, least points that reach the next status in this dimension alone; null where
        there is no higher one or the dimension lacks fewer points), `tambahan_k` (Int32), `tambahan` (Float64, what
        all missing points would add to the IDM) and `keterangan` (the same in a sentence).
    """
    rows = classified.with_row_index(NO).filter(pl.col(IDM_K).is_not_null())
    begins: Sequence[int | None] = [*(status.k_min for status in rubric.status[1:]), None]
    names = [status.nama for status in rubric.status]
    need = pl.col(STATUS).replace_strict(names, begins, return_dtype=pl.Int32) - pl.col(IDM_K)
    kept = [NO, *IDENTITY, STATUS, "target_status"]
    parts = [
        rows.select(
            *kept,
            need.alias("butuh_k"),
            *_figures(dimension, rubric),
            pl.lit(rank, dtype=pl.Int8).alias(_ORDER),
        )
        for rank, dimension in enumerate(rubric.dimensi)
    ]
    frame = pl.concat(parts).sort(NO, _ORDER).drop(_ORDER)
    gains = frame["tambahan_k"].to_numpy() / rubric.scale
    return frame.with_columns(pl.Series("tambahan", gains, dtype=pl.Float64), _said().alias("keterangan"))


def unknown_words(rubric: Rubric) -> tuple[str, ...]:
    """What nobody can know from sub-indices alone, for whoever asked for the gap of a recap."""
    total = len(rubric.codes)
    return (
        f"Rekap tidak memuat skor {total} indikator. Yang diketahui hanya berapa poin yang kurang di setiap dimensi.",
        "Tidak dapat diketahui: indikator mana yang lemah, kegiatan dan pelakunya, jalur terkecil ke status berikutnya,"
        " serta kekuatan desa dan desa yang mirip.",
        "Poin naik menurut jenjang skor setiap indikator (misalnya langsung dari 0 ke 3), sehingga jumlah poin persis"
        " itu belum tentu dapat dicapai.",
        f"Untuk itu semua, siapkan berkas dengan skor {total} indikator, lalu jalankan idm gap.",
    )


def _figures(dimension: Dimension, rubric: Rubric) -> tuple[pl.Expr, ...]:
    points = (pl.col(dimension.kolom) * dimension.maksimum).round().cast(pl.Int32)
    missing = dimension.maksimum - points
    return (
        pl.lit(dimension.kode).alias("dimensi"),
        pl.lit(dimension.nama).alias("nama"),
        points.alias("poin"),
        pl.lit(dimension.maksimum, dtype=pl.Int32).alias("maksimum"),
        missing.alias("kurang"),
        pl.col(f"poin_{dimension.kolom}").cast(pl.Int32).alias("poin_naik"),
        (missing * rubric.unit(dimension)).cast(pl.Int32).alias("tambahan_k"),
    )


def _said() -> pl.Expr:
    """`IKE 46 dari 60 poin, kurang 14; tambah 8 poin IKE saja sudah cukup menjadi MANDIRI`."""
    now = said("{} {} dari {} poin, kurang {}", "dimensi", "poin", "maksimum", "kurang")
    then = (
        pl.when(pl.col("butuh_k").is_null())
        .then(pl.lit("; desa ini sudah berstatus tertinggi"))
        .when(pl.col("poin_naik").is_null())
        .then(said("; {} saja tidak cukup untuk menjadi {}", "dimensi", "target_status"))
        .otherwise(said("; tambah {} poin {} saja cukup untuk menjadi {}", "poin_naik", "dimensi", "target_status"))
    )
    full = pl.when(pl.col("kurang") == 0).then(said("{} sudah penuh ({} poin)", "dimensi", "maksimum"))
    return pl.coalesce(full, pl.concat_str(now, then))
