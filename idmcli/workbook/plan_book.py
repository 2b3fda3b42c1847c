"""The workbook of `idm kopdar-plan`: what was asked and found, every work, every village, who does how much."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl
from xlsxwriter.workbook import Workbook

from idmcli.rubric.model import Rubric
from idmcli.workbook.book import CREATED, new_book
from idmcli.workbook.charts import PLAIN_BAR, PLAIN_FRAME, Bars, add_bars
from idmcli.workbook.notes import Notes, add_notes
from idmcli.workbook.paper import A4, Paper
from idmcli.workbook.plan_sheets import budget_table, planned, rises, shared_sheet, village_sheet
from idmcli.workbook.scenario_sheet import add_scenarios
from idmcli.workbook.score_book import title_place
from idmcli.workbook.sheets import Placed, SheetSpec, add_table, place
from idmcli.workbook.stack import Stack
from idmcli.workbook.styles import Styles
from idmcli.workbook.works import named, totals, work_sheet

SUMMARY: Final = "RINGKASAN"
OFFICES: Final = "PELAKU"
OFFICE_WIDTHS: Final = (16, 34, 11, 11, 11, 14, 20)
MOST_BARS: Final = 20


@dataclass(frozen=True)
class PlanTables:
    """What the workbook shows beside villages and works; a table without rows has no sheet.

    Attributes:
        diminta: what was asked of the plan, in pairs of words.
        hasil: what was found and how sure it is, in pairs of words.
        pemakaian: budgets and capacities with their use: `pelaku, instansi, wilayah, anggaran, biaya, kapasitas,
            pekerjaan`.
        bersama: `plan.shared_works`.
        skenario: `plan.compare`.
    """

    diminta: Sequence[tuple[str, str]] = ()
    hasil: Sequence[tuple[str, str]] = ()
    pemakaian: pl.DataFrame = field(default_factory=pl.DataFrame)
    bersama: pl.DataFrame = field(default_factory=pl.DataFrame)
    skenario: pl.DataFrame = field(default_factory=pl.DataFrame)


def write_plan_book(
    villages: pl.DataFrame,
    works: pl.DataFrame,
    target: Path,
    *,
    rubric: Rubric,
    satuan: str,
    tahun: int | None,
    tables: PlanTables,
    cara: Sequence[tuple[str, str]] = (),
    sumber: Sequence[tuple[str, str]] = (),
    peringatan: Sequence[str] = (),
    kertas: Paper = A4,
    created: datetime = CREATED,
) -> None:
    """Write a plan of the province to `target` (see `export.atomic` for how it gets there).

    Args:
        villages: the planned villages: identity, `no, idm, idm_k, status`, and after the plan `naik_rencana`
            (Boolean), `status_rencana, idm_k_rencana`.
        works: `plan.worklist`.
        target: path to write.
        rubric: the edition in force.
        satuan: unit of the costs (`beban`, `rupiah`, `intervensi`).
        tahun: year in which the plan is carried out.
        tables: what else is shown.
        cara: the rules by which actors, costs and locks were chosen, in pairs.
        sumber: file and SHA-256 of each source.
        peringatan: what was assumed or must be known, one line each.
        kertas: paper to print on.
        created: creation date in the workbook's properties.

    Raises:
        OutputError: more works than a sheet can hold.
        OSError: the file cannot be written.
    """
    where = title_place(villages)
    year = f" tahun {tahun}" if tahun else ""
    about = f"rencana{year} dari data {where}"
    rows, people = named(works), planned(villages, works, rubric)
    list_spec = work_sheet("RENCANA", f"Daftar pekerjaan {about}", rows, satuan, kertas=kertas)
    village_spec = village_sheet(people, f"Desa dalam {about}", satuan, kertas)
    shared = [shared_sheet(tables.bersama, rubric, satuan, about, kertas)] if tables.bersama.height else []
    statuses = [status.nama for status in rubric.status]
    guide = [
        (SUMMARY, "Apa yang diminta, apa yang didapat dan seberapa pasti, desa yang naik, anggaran dan pemakaiannya."),
        (list_spec.nama, "Semua langkah, yang paling mendesak lebih dahulu; siap disaring."),
        (village_spec.nama, "Semua desa: status kini dan menurut rencana."),
        (OFFICES, "Jumlah desa, pekerjaan, dan biaya tiap pelaku dan instansi, dengan rumus dari RENCANA."),
        *((spec.nama, "Pekerjaan yang melayani beberapa desa sekaligus, dihitung sekali.") for spec in shared),
        *([("SKENARIO", "Beberapa rencana berdampingan.")] if tables.skenario.height else []),
    ]
    with new_book(target, f"Rencana KOPDAR IDAMAN{year} – {where}", created) as (book, styles):
        stack = _add_summary(book, styles, f"Ringkasan {about}", people, place(village_spec), tables, rubric, kertas)
        if rows.height:
            stack.tally("Pekerjaan per kabupaten", totals(SUMMARY, rows, place(list_spec), ["kabupaten"], satuan))
        for spec in (list_spec, village_spec):
            add_table(book, styles, spec, statuses)
        add_offices(book, styles, f"Pelaku dalam {about}", rows, list_spec, satuan, kertas)
        for spec in shared:
            add_table(book, styles, spec, statuses)
        if tables.skenario.height:
            add_scenarios(book, styles, tables.skenario, kertas)
        add_notes(book, styles, rubric, Notes(tuple(guide), tuple(sumber), tuple(peringatan), tuple(cara), kertas))


def add_offices(
    book: Workbook, styles: Styles, judul: str, rows: pl.DataFrame, spec: SheetSpec, satuan: str, kertas: Paper
) -> None:
    """The sheet PELAKU: totals per actor and office over the list of works, and a chart.

    Args:
        book: the workbook.
        styles: its formats.
        judul: first line.
        rows: as `works.named` gives them.
        spec: the sheet on which they stand.
        satuan: unit of the costs.
        kertas: paper to print on.
    """
    stack = Stack(book, styles, OFFICES, judul, (), OFFICE_WIDTHS, (), kertas)
    if not rows.height:
        stack.pairs("Tidak ada pekerjaan", [("", "Rencana ini tidak memuat satu pun langkah.")])
        return
    where = place(spec)
    table = stack.tally("Per pelaku dan instansi", totals(OFFICES, rows, where, ["pelaku", "instansi"], satuan))
    first = table.where.first - 1
    last = min(table.where.last, first + MOST_BARS) - 1
    works_column = [entry.nama for entry in table.spec.entries].index("jumlah_pekerjaan")
    bars = Bars(OFFICES, first - 1, first, last, (1, 1), works_column)
    line = stack.row_below(PLAIN_FRAME + PLAIN_BAR * bars.count)
    add_bars(book, stack.sheet, bars, "Pekerjaan tiap pelaku dan instansi", (line, 0), form="#,##0")


def _add_summary(
    book: Workbook,
    styles: Styles,
    judul: str,
    people: pl.DataFrame,
    where: Placed,
    tables: PlanTables,
    rubric: Rubric,
    kertas: Paper,
) -> Stack:
    """The sheet RINGKASAN, with room below."""
    statuses = [status.nama for status in rubric.status]
    widths = (26, 10, 10, *(17 for _ in range(2 * len(statuses))))
    stack = Stack(book, styles, SUMMARY, judul, (), widths, statuses, kertas)
    stack.pairs("Yang diminta", tables.diminta)
    stack.pairs("Yang didapat", tables.hasil)
    stack.tally("Desa yang naik per kabupaten", rises(SUMMARY, people, where, list(reversed(statuses))))
    if tables.pemakaian.height:
        stack.table("Anggaran dan kapasitas, dan pemakaiannya", budget_table(SUMMARY, tables.pemakaian, stack.line + 1))
        stack.line += 1
    return stack
