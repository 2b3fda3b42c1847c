"""The workbook of `idm classify`: villages with status and target, recaps per level, and what else was asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl

from idmcli import columns as col
from idmcli.rubric.model import Rubric
from idmcli.words import whole
from idmcli.workbook.book import CREATED, new_book
from idmcli.workbook.catalogue import Column, columns
from idmcli.workbook.notes import Notes, add_notes
from idmcli.workbook.score_book import identity, left_out_sheet, title_place
from idmcli.workbook.sheets import SheetSpec, add_table

SHEET: Final = "DESA"
RISE_BAND: Final = "Poin untuk naik"
SPARE_BAND: Final = "Poin sebelum turun"
POINT_WIDTH: Final = 6.5


def write_classify_book(
    villages: pl.DataFrame,
    target: Path,
    *,
    rubric: Rubric,
    rekap: Mapping[str, pl.DataFrame] | None = None,
    lainnya: Sequence[SheetSpec] = (),
    sumber: Sequence[tuple[str, str]] = (),
    peringatan: Sequence[str] = (),
    created: datetime = CREATED,
) -> None:
    """Write the classified villages to `target` (see `export.atomic` for how it gets there).

    Args:
        villages: as `classify.classify` gives them.
        target: path to write.
        rubric: the edition in force.
        rekap: level (`provinsi`, `kabupaten`, `kecamatan`) to its recap; one sheet each.
        lainnya: further sheets in order: moves, risers, fallers, targets.
        sumber: file and SHA-256 of each source.
        peringatan: what was assumed or must be known when the figures are used, one line each.
        created: creation date in the workbook's properties.

    Raises:
        OutputError: more rows than a sheet can hold.
        OSError: the file cannot be written.
    """
    where = title_place(villages)
    statuses = [status.nama for status in rubric.status]
    recaps = [
        SheetSpec(nama=f"REKAP {level}".upper(), judul=f"Rekap status desa per {level} – {where}", frame=frame)
        for level, frame in (rekap or {}).items()
    ]
    left_out = villages.filter(pl.col(col.IDM_K).is_null())
    rest = [left_out_sheet(left_out)] if left_out.height else []
    sheets = [village_sheet(villages, rubric, where), *recaps, *lainnya, *rest]
    guide = tuple((spec.nama, spec.judul) for spec in sheets)
    with new_book(target, sheets[0].judul, created) as (book, styles):
        for spec in sheets:
            add_table(book, styles, spec, statuses)
        add_notes(book, styles, rubric, Notes(guide, tuple(sumber), tuple(peringatan)))


def village_sheet(villages: pl.DataFrame, rubric: Rubric, where: str) -> SheetSpec:
    """One row per village: what it is, what comes next, how many points away, and how safe its status is."""
    names = [*identity(villages), *col.INDICES, col.STATUS]
    rise = [Column(f"poin_{row.kolom}", row.kode, "bulat", POINT_WIDTH, RISE_BAND) for row in rubric.dimensi]
    spare = [Column(f"sisa_poin_{row.kolom}", row.kode, "bulat", POINT_WIDTH, SPARE_BAND) for row in rubric.dimensi]
    return SheetSpec(
        nama=SHEET,
        judul=f"Status dan target desa – {where}",
        frame=villages,
        keterangan=(
            f"{whole(villages.height)} baris; edisi {rubric.edisi}. "
            "Poin untuk naik: skor yang kurang bila hanya dimensi itu yang "
            "dinaikkan; kosong bila tidak mungkin.",
            "Poin sebelum turun: skor dimensi itu yang masih boleh hilang tanpa mengubah status. "
            "Pantau: kehilangan sedikit skor sudah menurunkan status.",
        ),
        kolom=(
            *columns(villages, names),
            *(replace(entry, grup="Target") for entry in columns(villages, col.TARGET)),
            *(entry for entry in (*rise, *spare) if entry.nama in villages.columns),
            *columns(villages, ["pantau"]),
        ),
        beku=2,
    )
