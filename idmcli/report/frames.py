"""The tables that a report gives to programs: narrow, named, with keys between them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

import polars as pl

from idmcli import columns as col
from idmcli.pipeline.annual import Annual
from idmcli.rubric import Rubric

ROW: Final = "no"
NUMBER: Final = "nomor"
VILLAGE: Final[Mapping[str, pl.DataType]] = {
    ROW: pl.UInt32(),
    col.KODE_DESA: pl.String(),
    **{name: pl.String() for name in col.PLACES},
    col.TAHUN: pl.Int32(),
    **{name: pl.Float64() for name in col.INDICES},
    col.IDM_K: pl.Int32(),
    col.STATUS: pl.String(),
    "target_status": pl.String(),
    "skor_minimal": pl.Float64(),
    "penambahan": pl.Float64(),
    "pantau": pl.Boolean(),
    **{name: pl.Float64() for name in col.STATED_INDICES},
    col.STATED_STATUS: pl.String(),
    col.AGREES: pl.Boolean(),
    col.REASON: pl.String(),
    **{name: pl.Int64() if name == col.BARIS else pl.String() for name in col.PROVENANCE},
}
"""Columns of `desa`: the same every year, null where the input does not state them."""
PATH: Final = (
    *(ROW, col.KODE_DESA, "target", "butuh_k", "keadaan", "biaya", "jumlah_langkah", "tambahan_k", "idm_k_baru"),
    *("idm_baru", "status_baru", "jalur", "jalur_setara", "alasan_jalur"),
)
WORK: Final = (
    *(ROW, col.KODE_DESA, "prioritas", "urutan", "kode", "dari", "ke", "poin", "tambahan_k", "tambahan", "biaya"),
    *("biaya_dihitung", "pekerjaan", "pelaku", "instansi", "pendukung", "alasan_pelaku", "bersama", "kelompok"),
    *("syarat_kini", "syarat_tujuan", "kegiatan", "tahun_rencana"),
)
PLANNED: Final = (ROW, col.KODE_DESA, "dalam_rencana", "naik_rencana", "status_rencana", "idm_k_rencana")


def report_frames(annual: Annual) -> dict[str, pl.DataFrame]:
    """Every table that the report has data for, by name; an empty text is null, as it is in CSV."""
    return {
        name: frame.with_columns(pl.col(pl.String).replace("", None)) for part in PARTS for name, frame in part(annual)
    }


def _villages(annual: Annual) -> Iterator[tuple[str, pl.DataFrame]]:
    villages = annual.classified.villages.with_row_index(ROW)
    absent = [pl.lit(None, dtype).alias(name) for name, dtype in VILLAGE.items() if name not in villages.columns]
    yield "desa", villages.with_columns(absent).select(pl.col(name).cast(kind) for name, kind in VILLAGE.items())
    if annual.loaded.table.shape != "rekap":
        scores = [_valid(code, annual.rubric) for code in annual.rubric.codes]
        yield "skor", villages.select(ROW, col.KODE_DESA, col.TAHUN, *scores)
        yield "indikator", _indicators(villages, annual.rubric)
    yield "temuan", annual.validated.findings.with_row_index(NUMBER, offset=1)
    for level in ("kabupaten", "kecamatan"):
        yield f"rekap_{level}", annual.classified.recaps[level].with_row_index(NUMBER, offset=1)
    if annual.classified.targets is not None:
        yield "sasaran", annual.classified.targets


def _paths(annual: Annual) -> Iterator[tuple[str, pl.DataFrame]]:
    if annual.gapped is None:
        return
    yield "jalur", annual.gapped.villages.select(PATH)
    codes = annual.gapped.villages.select(ROW, col.KODE_DESA)
    steps = annual.gapped.paths.langkah.join(codes, on=ROW, how="left", maintain_order="left")
    yield "langkah", steps.select(ROW, col.KODE_DESA, pl.exclude(ROW, col.KODE_DESA))
    if annual.planned is not None:
        yield "rencana", annual.planned.plan.worklist.select(WORK)
        yield "rencana_desa", annual.planned.plan.villages.select(PLANNED)


def _years(annual: Annual) -> Iterator[tuple[str, pl.DataFrame]]:
    compared = annual.compared
    if compared is None:
        return
    yield "perubahan", compared.perubahan
    yield "perpindahan", compared.perpindahan
    yield "tren_wilayah", compared.tren_wilayah.with_row_index(NUMBER, offset=1)
    if annual.loaded.table.shape != "rekap":
        yield "tren_indikator", compared.tren_indikator.drop("nama", "dimensi")


PARTS: Final[tuple[Callable[[Annual], Iterator[tuple[str, pl.DataFrame]]], ...]] = (_villages, _paths, _years)


def _valid(code: str, rubric: Rubric) -> pl.Expr:
    """The scores of an indicator that the rubric knows; null for any other."""
    return pl.when(pl.col(code).is_in(rubric.by_code[code].allowed)).then(pl.col(code)).alias(code)


def _indicators(villages: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """What each indicator is, and how the villages stand with it."""
    rows = []
    for one in rubric.indikator:
        scores = villages.select(_valid(one.kode, rubric)).to_series().drop_nulls()
        mean = scores.cast(pl.Int64).sum() / len(scores) if len(scores) else None
        full = int((scores == one.allowed[-1]).sum())
        known = ";".join(map(str, one.allowed))
        worth = rubric.unit(rubric.dimension_of(one.kode))
        about = (one.kode, one.nama, one.singkat, one.dimensi, known, worth, one.dapat_digerakkan)
        rows.append((*about, mean, len(scores), full))
    schema = {
        **dict.fromkeys(("kode", "nama", "singkat", "dimensi", "skor_berlaku"), pl.String()),
        "nilai_poin": pl.Int32(),
        "dapat_digerakkan": pl.Boolean(),
        "rata_skor": pl.Float64(),
        "desa_berskor": pl.Int64(),
        "desa_penuh": pl.Int64(),
    }
    return pl.DataFrame(rows, schema=schema, orient="row")
