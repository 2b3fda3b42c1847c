"""The sheet DESA of the summary: every village with live formulas; all other sheets count and average it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import polars as pl
from xlsxwriter.workbook import Workbook

from idmcli import columns as col
from idmcli.rubric.model import Rubric
from idmcli.words import whole
from idmcli.workbook.catalogue import Column, columns
from idmcli.workbook.notes import NAME_K, NAME_LEAST, NAME_STATUS
from idmcli.workbook.paper import Paper
from idmcli.workbook.score_book import has_scores, identity, index_formulas
from idmcli.workbook.sheets import Placed, SheetSpec, place
from idmcli.workbook.styles import BANDS
from idmcli.workbook.summary.tables import SummaryTables
from idmcli.workbook.works import cost_column

SHEET: Final = "DESA"
RESULT_BAND: Final = "Hasil hitung"
TARGET_BAND: Final = "Status berikutnya"
RISE_BAND: Final = "Poin untuk naik"
PATH_BAND: Final = "Jalur terkecil"
PLAN_BAND: Final = "Rencana"
NAMED: Final = (col.KODE_DESA, "provinsi", "kabupaten", "kecamatan", *col.INDICES, col.IDM_K, col.STATUS)
STATES: Final = ("jumlah_langkah", "target_status", "pantau", "naik", "status_rencana")
SCORE_WIDTH: Final = 6.2


def told(villages: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """The villages as the sheets show them: ya/tidak as words, the IDM after the plan."""
    words = [
        pl.when(name).then(pl.lit("ya")).when(pl.col(name).is_not_null()).then(pl.lit("tidak")).alias(alias)
        for name, alias in (("pantau", "pantau"), ("naik_rencana", "naik"))
        if name in villages.columns
    ]
    shown = villages.with_columns(words)
    if "idm_k_rencana" in shown.columns:
        shown = shown.with_columns((pl.col("idm_k_rencana") / rubric.scale).alias("idm_rencana"))
    if {"jalur", "alasan_jalur"} <= set(shown.columns):
        shown = shown.with_columns(pl.coalesce("jalur", "alasan_jalur").alias("jalur"))
    return shown


def village_sheet(rows: pl.DataFrame, rubric: Rubric, where: str, tables: SummaryTables, kertas: Paper) -> SheetSpec:
    """The sheet, with what is printed first and the scores behind it.

    Args:
        rows: as `told` gives them.
        rubric: the edition in force.
        where: province and year.
        tables: the unit of costs, and what puts a village on the watch list.
        kertas: paper to print on.
    """
    bands = {dimension.kode: BANDS[number % len(BANDS)] for number, dimension in enumerate(rubric.dimensi)}
    rise = [Column(f"poin_{row.kolom}", row.kode, "bulat", 6.5, RISE_BAND) for row in rubric.dimensi]
    first = (
        *columns(rows, who(rows)),
        *_banded(rows, [*col.INDICES, col.IDM_K, col.STATUS], RESULT_BAND),
        *_banded(rows, col.TARGET, TARGET_BAND),
        *(entry for entry in rise if entry.nama in rows.columns),
        *columns(rows, ["pantau"]),
    )
    path = [*_banded(rows, ["jalur", "jumlah_langkah"], PATH_BAND)]
    if "biaya" in rows.columns:
        path += cost_column(tables.satuan, grup=PATH_BAND)
    plan = _banded(rows, ["naik", "status_rencana", "idm_rencana"], PLAN_BAND)
    scores = [
        Column(kode, kode, "nomor", SCORE_WIDTH, dimension.kode)
        for dimension in rubric.dimensi
        for kode in dimension.indikator
        if kode in rows.columns
    ]
    behind = [*path, *plan]
    spec = SheetSpec(
        SHEET,
        f"Semua desa – {where}",
        rows,
        (
            f"{whole(rows.height)} desa; edisi {rubric.edisi}. Indeks, status, target, dan pantau berisi rumus: ubah "
            "satu skor di kanan, dan semua lembar ikut berubah.",
            "Poin untuk naik: skor yang kurang bila hanya dimensi itu yang dinaikkan; kosong bila tidak mungkin. "
            f"Pantau: kehilangan {tables.pantau_poin} poin dimensi teringan sudah menurunkan status.",
        ),
        kolom=(*first, *behind, *scores),
        band=bands,
        beku=2,
        cetak_kolom=len(first) + len(behind),
        pisah=(len(first),) if behind else (),
        jumlah=frozenset(),
        kertas=kertas,
    )
    here = place(spec)
    formulas = {
        **index_formulas(here, rubric, has_scores(rows, rubric)),
        **_target_formulas(here, rubric, tables.pantau_poin),
    }
    live = {nama: formula for nama, formula in formulas.items() if nama in here.letters}
    return replace(spec, rumus=live, hidup=frozenset(nama for nama in live if nama.startswith("poin_")))


def who(rows: pl.DataFrame) -> list[str]:
    """The columns that say which village a row is; a year that all share stands in the title already."""
    one_year = rows.get_column(col.TAHUN).n_unique() == 1
    return [name for name in identity(rows) if name != col.TAHUN or not one_year]


def placed(spec: SheetSpec, rubric: Rubric) -> Placed:
    """Where the villages stand, their columns by name: `desa_status`, `skor_IKS01`."""
    where = place(spec)
    names = {nama: f"desa_{nama}" for nama in (*NAMED, *STATES) if nama in where.letters}
    names |= {kode: f"skor_{kode}" for kode in rubric.codes if kode in where.letters}
    return replace(where, names=names)


def define_names(book: Workbook, where: Placed) -> None:
    """Make the names known to the workbook."""
    for nama, name in where.names.items():
        book.define_name(name, f"='{where.lembar}'!{where.span(nama)}")


def _banded(rows: pl.DataFrame, names: Sequence[str], band: str) -> list[Column]:
    return [replace(entry, grup=band) for entry in columns(rows, names)]


def _target_formulas(where: Placed, rubric: Rubric, pantau_poin: int) -> dict[str, Callable[[int], str]]:
    """Formula makers for what follows from the status: the next one, how far it is, whether this one is at risk."""
    k, idm, target, least = (where.letters[name] for name in (col.IDM_K, "idm", "target_status", "skor_minimal"))
    risk = pantau_poin * min(rubric.unit(dimension) for dimension in rubric.dimensi)
    formulas: dict[str, Callable[[int], str]] = {
        "target_status": lambda row: (
            f'=IF({k}{row}="","",INDEX({NAME_STATUS},MIN(MATCH({k}{row},{NAME_K},1)+1,ROWS({NAME_K}))))'
        ),
        "skor_minimal": lambda row: f'=IF({k}{row}="","",INDEX({NAME_LEAST},MATCH({target}{row},{NAME_STATUS},0)))',
        "penambahan": lambda row: f'=IF({k}{row}="","",{least}{row}-{idm}{row})',
        "pantau": lambda row: (
            f'=IF({k}{row}="","",IF(MATCH({k}{row},{NAME_K},1)=1,"tidak",'
            f'IF({k}{row}-LOOKUP({k}{row},{NAME_K})<{risk},"ya","tidak")))'
        ),
    }
    for dimension in rubric.dimensi:
        sub = where.letters[dimension.kolom]
        formulas[f"poin_{dimension.kolom}"] = _points(k, sub, rubric.unit(dimension), dimension.maksimum)
    return formulas


def _points(k: str, sub: str, unit: int, most: int) -> Callable[[int], str]:
    """Least points of one dimension that reach the next status; empty where it lacks fewer or none is higher."""

    def formula(row: int) -> str:
        need = f"ROUNDUP((INDEX({NAME_K},MATCH({k}{row},{NAME_K},1)+1)-{k}{row})/{unit},0)"
        return (
            f'=IF({k}{row}="","",IF(MATCH({k}{row},{NAME_K},1)=ROWS({NAME_K}),"",'
            f'IF({need}<={most}-ROUND({sub}{row}*{most},0),{need},"")))'
        )

    return formula
