"""The provincial summary workbook: `ringkasan.xlsx`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl

from idmcli import columns as col
from idmcli.rubric.model import Rubric
from idmcli.workbook.book import CREATED, new_book
from idmcli.workbook.notes import Notes, add_notes
from idmcli.workbook.paper import A4, Paper
from idmcli.workbook.plan_book import add_offices
from idmcli.workbook.score_book import has_scores, left_out_sheet, title_place
from idmcli.workbook.sheets import add_table
from idmcli.workbook.summary.cover import SHEET as COVER
from idmcli.workbook.summary.cover import add_cover
from idmcli.workbook.summary.goals import add_goals
from idmcli.workbook.summary.indicators import add_indicators
from idmcli.workbook.summary.moves import add_moves
from idmcli.workbook.summary.places import Base, add_heat, add_recap
from idmcli.workbook.summary.tables import SummaryTables
from idmcli.workbook.summary.villages import define_names, placed, told, village_sheet
from idmcli.workbook.summary.watch import add_watch
from idmcli.workbook.works import named, work_sheet

LEVELS: Final = ("kabupaten", "kecamatan")


def write_summary_book(
    villages: pl.DataFrame,
    target: Path,
    *,
    rubric: Rubric,
    tables: SummaryTables,
    cara: Sequence[tuple[str, str]] = (),
    sumber: Sequence[tuple[str, str]] = (),
    peringatan: Sequence[str] = (),
    kertas: Paper = A4,
    created: datetime = CREATED,
) -> None:
    """Write the summary of one province and year to `target` (see `export.atomic` for how it gets there).

    Args:
        villages: `classify.classify`, with the columns of `Paths.desa` and of the plan where there are any.
        target: path to write.
        rubric: the edition in force.
        tables: plan, changes and targets.
        cara: how costs, locks and actors were chosen, in pairs.
        sumber: file and SHA-256 of each source.
        peringatan: what was assumed or must be known, one line each.
        kertas: paper to print on.
        created: creation date in the workbook's properties.

    Raises:
        OutputError: more villages than a sheet can hold.
        OSError: the file cannot be written.
    """
    rows = told(villages, rubric)
    tempat = title_place(villages)
    spec = village_sheet(rows, rubric, tempat, tables, kertas)
    where = placed(spec, rubric)
    left_out = villages.filter(pl.col(col.IDM_K).is_null())
    judul = f"Ringkasan IDM – {tempat}"
    with new_book(target, judul, created) as (book, styles):
        base = Base(book, styles, rows, where, rubric, tempat, kertas)
        cover = book.add_worksheet(COVER)
        guide = [(COVER, "Angka kunci, desa menurut status, dan isi buku ini.")]
        for level in LEVELS:
            add_recap(base, level)
            guide.append((level.upper(), f"Jumlah desa tiap status dan rata-rata indeks per {level}, dengan diagram."))
        add_table(book, styles, spec, base.statuses)
        define_names(book, where)
        guide.append((spec.nama, "Semua desa: indeks, status, target, jarak, jalur, rencana, dan 50 skor."))
        if add_watch(base):
            guide.append(("PANTAU", "Desa yang hampir turun status."))
        if has_scores(villages, rubric):
            add_indicators(base, tables.langkah_pertama)
            guide.append(("INDIKATOR", "50 indikator dari yang terlemah, per kabupaten, dengan diagram."))
            for level in LEVELS:
                add_heat(base, level)
                guide.append((f"PETA {level}".upper(), f"Rata-rata skor tiap indikator per {level}."))
        if tables.pekerjaan.height:
            works = named(tables.pekerjaan)
            year = f" tahun {tables.tahun_rencana}" if tables.tahun_rencana else ""
            plan = work_sheet("RENCANA", f"Rencana{year} – {tempat}", works, tables.satuan, kertas=kertas)
            add_table(book, styles, plan, base.statuses)
            add_offices(book, styles, f"Pelaku rencana{year} – {tempat}", works, plan, tables.satuan, kertas)
            guide.append(("RENCANA", "Semua langkah dalam rencana, yang paling mendesak lebih dahulu."))
            guide.append(("PELAKU", "Jumlah desa, pekerjaan, dan biaya tiap pelaku dan instansi, dengan diagram."))
        if tables.perubahan is not None:
            guide.append(("PERUBAHAN", "Perpindahan status sejak tahun pembanding, dengan diagram."))
            if add_moves(base, tables.perubahan):
                guide.append(("NAIK TURUN", "Desa yang naik dan turun, dan indikator penyebabnya."))
        if tables.sasaran is not None:
            add_goals(base, tables.sasaran)
            guide.append(("SASARAN", "Sasaran dan capaian, dengan diagram."))
        if left_out.height:
            add_table(book, styles, replace(left_out_sheet(left_out), kertas=kertas))
            guide.append(("TIDAK DIHITUNG", "Desa tanpa hitungan IDM, dan sebabnya."))
        guide.append(("KETERANGAN", "Edisi, cara menghitung, acuan, dan sidik jari berkas sumber."))
        add_cover(base, cover, judul, guide, tables)
        add_notes(book, styles, rubric, Notes(tuple(guide), tuple(sumber), tuple(peringatan), tuple(cara), kertas))
