"""The worklist of one office: its villages and works, totals by place and by indicator, villages against indicators."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl

from idmcli.rubric.actors import ACTOR_NAMES
from idmcli.rubric.model import Actor, Rubric
from idmcli.workbook.book import CREATED, new_book
from idmcli.workbook.matrix import add_matrix
from idmcli.workbook.notes import Notes, add_notes
from idmcli.workbook.paper import A4, Paper
from idmcli.workbook.sheets import add_table, place
from idmcli.workbook.stack import Stack
from idmcli.workbook.works import named, totals, work_sheet

LIST: Final = "DAFTAR"
RECAP: Final = "REKAP"
MATRIX: Final = "MATRIKS"
WIDTHS: Final = (34, 12, 12, 12, 16, 20)
GUIDE: Final = (
    (LIST, "Langkah yang dipimpin instansi ini, yang paling mendesak lebih dahulu; siap disaring."),
    (RECAP, "Jumlah desa, langkah, pekerjaan, dan biaya per kabupaten dan per indikator, dengan rumus dari DAFTAR."),
    (MATRIX, "Desa menurut baris, indikator menurut kolom; isinya skor kini → skor yang harus tercapai."),
)


def write_office_book(
    works: pl.DataFrame,
    target: Path,
    *,
    rubric: Rubric,
    pelaku: Actor,
    instansi: str,
    satuan: str,
    tempat: str = "",
    cara: Sequence[tuple[str, str]] = (),
    sumber: Sequence[tuple[str, str]] = (),
    peringatan: Sequence[str] = (),
    kertas: Paper = A4,
    created: datetime = CREATED,
) -> None:
    """Write the worklist of one office to `target` (see `export.atomic` for how it gets there).

    Args:
        works: rows of `plan.worklist` of this office.
        target: path to write.
        rubric: the edition in force.
        pelaku: the actor.
        instansi: the office, as the rubric calls it for short.
        satuan: unit of the costs (`beban`, `rupiah`, `intervensi`).
        tempat: province and plan year, for the titles; may be empty.
        cara: how the plan was made, in pairs.
        sumber: file and SHA-256 of each source.
        peringatan: what was assumed or must be known, one line each.
        kertas: paper to print on.
        created: creation date in the workbook's properties.

    Raises:
        OutputError: more works than a sheet can hold.
        OSError: the file cannot be written.
    """
    about = f"{instansi} – {tempat}" if tempat else instansi
    office = f"{ACTOR_NAMES[pelaku]}: {rubric.instansi.get(instansi, instansi)}."
    rows = named(works)
    statuses = [status.nama for status in rubric.status]
    spec = work_sheet(LIST, f"Daftar pekerjaan {about}", rows, satuan, (office,), offices=False, kertas=kertas)
    with new_book(target, spec.judul, created) as (book, styles):
        add_table(book, styles, spec, statuses)
        recap = Stack(book, styles, RECAP, f"Rekap pekerjaan {about}", (office,), WIDTHS, statuses, kertas)
        if rows.height:
            recap.tally("Per kabupaten", totals(RECAP, rows, place(spec), ["kabupaten"], satuan))
            recap.tally("Per indikator", totals(RECAP, rows, place(spec), ["indikator"], satuan))
        add_matrix(book, styles, MATRIX, f"Desa dan indikator: {about}", rows, rubric, kertas)
        add_notes(book, styles, rubric, Notes(GUIDE, tuple(sumber), tuple(peringatan), tuple(cara), kertas))
