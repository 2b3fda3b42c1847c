"""What a company can do in its working area: the steps open to private contributions, ready for an MoU annex."""

from typing import Final

import polars as pl

from idmcli.columns import KODE_DESA, PLACES, STATUS
from idmcli.parameters.areas import Area
from idmcli.plan.ladder import above
from idmcli.plan.worklist import share
from idmcli.regions import PLACE, place_keys
from idmcli.rubric.actors import ACTOR_WORDS
from idmcli.rubric.model import Actor, Rubric
from idmcli.sentences import said

COMPANY: Final[Actor] = "csr"

COLUMNS: Final = (
    *("nomor", "no", KODE_DESA, *PLACES, STATUS, "target", "butuh_k", "kode", "indikator", "dari", "ke", "poin"),
    *("syarat_kini", "syarat_tujuan", "kegiatan", "tambahan_k", "tambahan", "menaikkan", "dalam_rencana"),
    "pelaku_rencana",
)


def csr_steps(
    deficits: pl.DataFrame, villages: pl.DataFrame, area: Area, rubric: Rubric, langkah: pl.DataFrame
) -> pl.DataFrame:
    """The deficits in the area that a company may close, by village code, within a village the largest gain first.

    Args:
        deficits: what `gap.deficits` gave, with its locks: what is locked is left out.
        villages: `no, kode_desa, provinsi, kabupaten, kecamatan, desa, status, idm_k`, the planned ones.
        area: the working area.
        rubric: statuses and what stands open to `csr`.
        langkah: the plan's steps: `no, kode, dari, ke, pelaku, instansi`.

    Returns:
        `COLUMNS`: `nomor` 1..; `target` and `butuh_k` (Int32) the next status and the units that lack to it, null at
        the highest; the rise goes from the score `dari` to the full one; `tambahan` Float64; `menaikkan` (Boolean):
        this step alone lifts the village; `dalam_rencana`: the plan has a step for this indicator here, and
        `pelaku_rencana` says by whom and how far (`kabupaten: BPBD, skor 0→3`), null otherwise.
    """
    inside = [area.holds(*row) for row in villages.select(KODE_DESA, *PLACES[1:]).iter_rows()]
    places = above(villages.filter(pl.Series(inside, dtype=pl.Boolean)), rubric).select(
        "no", KODE_DESA, *PLACES, STATUS, "target", "butuh_k"
    )
    planned = langkah.select(
        "no",
        "kode",
        said("{}: {}, skor {}→{}", pl.col("pelaku").replace(dict(ACTOR_WORDS)), "instansi", "dari", "ke").alias(
            "pelaku_rencana"
        ),
    )
    official = {kode: rank for rank, kode in enumerate(rubric.codes)}
    return (
        deficits.filter(pl.col("pelaku").list.contains(COMPANY), pl.col("kurang") > 0, pl.col("terkunci").is_null())
        .select(
            *("no", "kode", "syarat_kini", "syarat_tujuan", "kegiatan", "tambahan_k", "tambahan"),
            pl.col("singkat").alias("indikator"),
            pl.col("skor").alias("dari"),
            pl.col("maksimum").alias("ke"),
            pl.col("kurang").alias("poin"),
        )
        .join(places, on="no", how="inner")
        .join(planned, on=["no", "kode"], how="left")
        .with_columns(
            (pl.col("tambahan_k") >= pl.col("butuh_k")).fill_null(value=False).alias("menaikkan"),
            pl.col("pelaku_rencana").is_not_null().alias("dalam_rencana"),
        )
        .sort(
            *(KODE_DESA, "no", "tambahan_k"),
            pl.col("kode").replace_strict(official, return_dtype=pl.Int32),
            descending=[False, False, True, False],
            nulls_last=True,
        )
        .with_row_index("nomor", offset=1)
        .select(COLUMNS)
    )


def csr_totals(steps: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """Totals of `csr_steps` per kecamatan, by code: Int64 counts, `tambahan` Float64.

    Returns:
        `kode_kecamatan, kabupaten, kecamatan, jumlah_desa` (villages with an open step), `langkah, desa_naik` (villages
        that a single one of these steps lifts), `dalam_rencana` (steps that the plan has too), `tambahan_k, tambahan`.
    """
    totals = (
        steps.with_columns(place_keys(steps, "kecamatan"))
        .group_by(PLACE, maintain_order=True)
        .agg(
            pl.col("kode_kecamatan").first(),
            pl.col("kabupaten", "kecamatan").drop_nulls().first(),
            pl.col("no").n_unique().cast(pl.Int64).alias("jumlah_desa"),
            pl.len().cast(pl.Int64).alias("langkah"),
            pl.col("no").filter("menaikkan").n_unique().cast(pl.Int64).alias("desa_naik"),
            pl.col("dalam_rencana").sum().cast(pl.Int64),
            pl.col("tambahan_k").cast(pl.Int64).sum(),
        )
        .sort("kode_kecamatan", PLACE, nulls_last=True)
        .drop(PLACE)
    )
    return totals.with_columns(share(totals["tambahan_k"], rubric).alias("tambahan"))
