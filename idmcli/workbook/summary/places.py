"""The sheets KABUPATEN and KECAMATAN, and the heat maps of indicators: counts and means over the sheet DESA."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import polars as pl
from xlsxwriter.workbook import Workbook

from idmcli import columns as col
from idmcli.rubric.model import Rubric
from idmcli.workbook.catalogue import Column, columns
from idmcli.workbook.charts import STATUS_BAR, STATUS_FRAME, Bars, add_status_bars
from idmcli.workbook.paper import Paper
from idmcli.workbook.printing import HEADING, room, row_below
from idmcli.workbook.sheets import Placed, SheetSpec, add_table
from idmcli.workbook.styles import BANDS, Styles, colour_scores
from idmcli.workbook.tally import Measure, tally, write_total

STATUS_BAND: Final = "Desa menurut status"
MEAN_BAND: Final = "Rata-rata"
MOST_BARS: Final = 60
SHORTEST_BAR: Final = 11
WIDEST: Final = 1150
"""Pixels; a chart on a wide page need not be wider."""
ONE_PAGE: Final = 60
"""So many rows of a heat map still read on one page."""
CELL: Final = 3.4
LEVELS: Final = ("provinsi", "kabupaten", "kecamatan")


@dataclass(frozen=True)
class Base:
    """What the sheets of a summary are made from.

    Attributes:
        book: the workbook.
        styles: its formats.
        rows: the villages as `villages.told` gives them.
        where: where they stand.
        rubric: the edition in force.
        tempat: province and year, for the titles.
        kertas: paper to print on.
    """

    book: Workbook
    styles: Styles
    rows: pl.DataFrame
    where: Placed
    rubric: Rubric
    tempat: str
    kertas: Paper

    @property
    def statuses(self) -> list[str]:
        """From the lowest to the highest."""
        return [status.nama for status in self.rubric.status]

    @property
    def by_place(self) -> pl.DataFrame:
        """The villages in the order of their codes."""
        return self.rows.sort(col.KODE_DESA, nulls_last=True, maintain_order=True)

    def keys(self, level: str) -> list[str]:
        """What a row of a recap stands for: the place, and what is wider where there are several of it."""
        wanted = LEVELS[: LEVELS.index(level) + 1]
        several = [name for name in wanted[:-1] if self.rows.get_column(name).n_unique() > 1]
        years = [col.TAHUN] if self.rows.get_column(col.TAHUN).n_unique() > 1 else []
        return [*years, *several, level]


def add_recap(base: Base, level: str) -> None:
    """Add the sheet KABUPATEN or KECAMATAN: statuses counted, indices averaged, and a chart of the mix of statuses."""
    order = list(reversed(base.statuses))
    keys = base.keys(level)
    nama = level.upper()
    table = tally(
        SheetSpec(
            nama,
            f"Status desa per {level} – {base.tempat}",
            base.rows,
            ("Dihitung dengan rumus dari lembar DESA.",),
            beku=len(keys),
            kertas=base.kertas,
        ),
        base.by_place,
        base.where,
        [replace(entry, kind="teks", width=max(entry.width or 0, 16)) for entry in columns(base.rows, keys)],
        _measures(base, order),
    )
    sheet = add_table(base.book, base.styles, table.spec, base.statuses)
    end = write_total(sheet, base.styles, table)
    count = table.where.last - table.where.first + 1
    if not 1 < count <= MOST_BARS:
        return
    widths = [entry.width or 12 for entry in table.spec.entries]
    width, height = room(widths, base.kertas)
    each = max(SHORTEST_BAR, min(STATUS_BAR, (height - STATUS_FRAME - 2 * HEADING) // count))
    first = [entry.nama for entry in table.spec.entries].index(order[0])
    label = len(keys) - 1
    bars = Bars(nama, table.where.first - 2, table.where.first - 1, table.where.last - 1, (label, label), first)
    line = row_below(sheet, end, STATUS_FRAME + each * count, widths, base.kertas)
    title = f"Status desa per {level} – {base.tempat}"
    add_status_bars(base.book, sheet, bars, order, title, (line, 0), width=min(width, WIDEST), each=each)


def add_heat(base: Base, level: str) -> None:
    """Add the sheet PETA …: mean score per place and indicator, the weaker the darker."""
    codes = [kode for kode in base.rubric.codes if kode in base.rows.columns]
    dimensions = {kode: dimension.kode for dimension in base.rubric.dimensi for kode in dimension.indikator}
    keys = base.keys(level)
    measures = [
        Measure(
            Column(f"rata_{kode}", f"{kode} {base.rubric.by_code[kode].singkat}", "satu", CELL, dimensions[kode]),
            "rata",
            kode,
        )
        for kode in codes
    ]
    table = tally(
        SheetSpec(
            f"PETA {level}".upper(),
            f"Rata-rata skor indikator per {level} – {base.tempat}",
            base.rows,
            ("Skor 0–5; makin gelap makin lemah. Dihitung dengan rumus dari lembar DESA.",),
            band={dimension.kode: BANDS[number % len(BANDS)] for number, dimension in enumerate(base.rubric.dimensi)},
            tegak=frozenset(measure.entry.nama for measure in measures),
            beku=len(keys),
            kertas=base.kertas,
        ),
        base.by_place,
        base.where,
        [replace(entry, kind="teks", width=min(entry.width or 12, 22)) for entry in columns(base.rows, keys)],
        measures,
    )
    sheet = add_table(base.book, base.styles, table.spec, base.statuses)
    end = write_total(sheet, base.styles, replace(table, label="Semua desa"))
    if end - table.where.first < ONE_PAGE:
        sheet.fit_to_pages(1, 1)
    colour_scores(sheet, (table.where.first - 1, len(keys), end, len(table.spec.entries) - 1))


def _measures(base: Base, order: Sequence[str]) -> list[Measure]:
    left_out = base.rows.get_column(col.STATUS).null_count()
    counts = [
        Measure(Column(nama, nama.title(), "bulat", 11.5, STATUS_BAND), "banyak", syarat=((col.STATUS, "=", nama),))
        for nama in order
    ]
    means = [
        Measure(Column(f"rata_{name}", name.upper(), "indeks", 9, MEAN_BAND), "rata", name) for name in col.INDICES
    ]
    empty = Measure(
        Column("tidak_dihitung", "Tidak dihitung", "bulat", 10), "banyak", syarat=((col.STATUS, "=", None),)
    )
    watch = Measure(Column("banyak_pantau", "Dalam pantau", "bulat", 9), "banyak", syarat=(("pantau", "=", "ya"),))
    rises = Measure(Column("banyak_naik", "Naik menurut rencana", "bulat", 10), "banyak", syarat=(("naik", "=", "ya"),))
    return [
        Measure(Column("jumlah_desa", "Jumlah desa", "bulat", 9), "banyak"),
        *counts,
        *([empty] if left_out else []),
        *means,
        watch,
        *([rises] if "naik" in base.rows.columns else []),
    ]
