"""Villages, steps and an edition of known leads, for the tests of plans."""

from dataclasses import replace
from typing import Any

import polars as pl

from idmcli.plan.assign import ActorRule, assign
from idmcli.rubric import Actor, Rubric, load_rubric

LEADS: dict[str, tuple[Actor, str, Any]] = {
    "IKS02": ("kabupaten", "Dinkes", ""),
    "IKS11": ("desa", "Pemerintah Desa", ""),
    "IKS29": ("pusat", "Komdigi", "kecamatan"),
    "IKE06": ("desa", "BUM Desa", "kawasan"),
    "IKL03": ("kabupaten", "BPBD", ""),
}
"""Lead and sharing that these tests rely on, whatever the edition's judgement is."""


def judged(rubric: Rubric) -> Rubric:
    """The edition with these leads, and nothing else shared."""
    changed = []
    for row in rubric.indikator:
        pelaku, instansi, bersama = LEADS.get(row.kode, (row.rencana.pelaku, row.rencana.instansi, ""))
        rule = replace(row.rencana, pelaku=pelaku, instansi=instansi, bersama=bersama)
        changed.append(replace(row, rencana=rule))
    return replace(rubric, indikator=tuple(changed))


RUBRIC = judged(load_rubric())
NORTH = {"provinsi": "KALIMANTAN UTARA", "kabupaten": "BULUNGAN", "kecamatan": "PESO"}
VILLAGES = pl.DataFrame(
    [
        {"no": 0, "kode_desa": "6501022001", **NORTH, "desa": "A", "status": "BERKEMBANG", "idm_k": 4400},
        {"no": 1, "kode_desa": "6501022002", **NORTH, "desa": "B", "status": "TERTINGGAL", "idm_k": 3760},
        {"no": 2, "kode_desa": "6502012003", **NORTH, "kabupaten": "MALINAU", "kecamatan": "MALINAU KOTA"}
        | {"desa": "C", "status": "TERTINGGAL", "idm_k": 3700},
        {"no": 3, "kode_desa": None, **NORTH, "desa": "D", "status": "MANDIRI", "idm_k": 6000},
    ],
    schema_overrides={"no": pl.UInt32, "idm_k": pl.Int32},
).with_columns(tahun=pl.lit(2024, dtype=pl.Int32))
KAWASAN = {"6501022002": "PESISIR", "6502012003": "PESISIR"}


def steps(*rows: tuple[int, str, int, int, int]) -> pl.DataFrame:
    """Steps as `gap.options` gives them: no, kode, dari, ke, biaya."""
    columns = {"no": pl.UInt32, "kode": pl.String, "dari": pl.Int8, "ke": pl.Int8, "biaya": pl.Int64}
    units = {row.kode: RUBRIC.unit(RUBRIC.dimension_of(row.kode)) for row in RUBRIC.indikator}
    points = pl.col("ke") - pl.col("dari")
    return pl.DataFrame(rows, schema=columns, orient="row").with_columns(
        poin=points, tambahan_k=points.cast(pl.Int32) * pl.col("kode").replace_strict(units, return_dtype=pl.Int32)
    )


def assigned(*rows: tuple[int, str, int, int, int], rule: ActorRule | None = None) -> pl.DataFrame:
    return assign(steps(*rows), VILLAGES, RUBRIC, rule or ActorRule(), KAWASAN)


CHOSEN = (
    (0, "IKS29", 0, 5, 300),  # shared by kecamatan PESO: alone, since B's kawasan takes B
    (0, "IKS02", 0, 5, 50),
    (1, "IKS29", 0, 3, 200),  # shared with C in the kawasan
    (1, "IKE06", 0, 3, 90),
    (2, "IKS29", 0, 5, 250),
    (2, "IKL03", 3, 4, 70),
    (3, "IKE06", 0, 3, 40),
)
