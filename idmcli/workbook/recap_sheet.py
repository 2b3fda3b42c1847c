"""The sheet REKAP of the score workbook: statuses counted and indices averaged by formulas over the sheet SKOR."""

from collections.abc import Sequence
from typing import Any, Final

import polars as pl
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from idmcli import columns as col
from idmcli.workbook.cells import write_heading, write_text
from idmcli.workbook.charts import Bars, add_status_bars
from idmcli.workbook.criteria import usable_criteria
from idmcli.workbook.sheets import Placed
from idmcli.workbook.styles import Styles

SHEET: Final = "REKAP"
HEADER: Final = 3
"""0-based row of the header."""
MOST_BARS: Final = 30
COUNT: Final = "jumlah_desa"
LEFT_OUT: Final = "tidak_dihitung"
LABELS: Final = {"kabupaten": "Kabupaten", "provinsi": "Provinsi", col.TAHUN: "Tahun"}


def add_recap(
    book: Workbook, styles: Styles, scored: pl.DataFrame, where: Placed, statuses: Sequence[str], place: str
) -> None:
    """Add the sheet REKAP.

    Args:
        book: the workbook.
        styles: its formats.
        scored: the rows of the sheet SKOR.
        where: where they stand.
        statuses: from the lowest to the highest.
        place: province and year, for the title.
    """
    order = list(reversed(statuses))
    keys = _keys(scored)
    table = _counted(scored, keys, order)
    sheet = book.add_worksheet(SHEET)
    write_heading(sheet, styles, f"Rekap status desa – {place}", ("Dihitung dengan rumus dari lembar SKOR.",))
    _write_header(sheet, styles, keys, order)
    criteria = usable_criteria(table, keys)
    for number, row in enumerate(table.iter_rows(named=True)):
        _write_row(sheet, styles, HEADER + 1 + number, row, keys, order, where if criteria[number] else None)
    _write_totals(sheet, styles, table, keys, order, where, scored)
    end = HEADER + table.height
    if 1 < table.height <= MOST_BARS:
        bars = Bars(SHEET, HEADER, HEADER + 1, end, (0, len(keys) - 1), len(keys) + 1)
        add_status_bars(book, sheet, bars, order, "Status desa per kabupaten", (end + 4, 0))
    sheet.freeze_panes(HEADER + 1, len(keys))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER)


def _keys(scored: pl.DataFrame) -> list[str]:
    """What a row of the recap stands for: kabupaten, with year and province only where there are several."""
    several = [
        name for name in (col.TAHUN, "provinsi") if name in scored.columns and scored.get_column(name).n_unique() > 1
    ]
    return [*several, *(["kabupaten"] if "kabupaten" in scored.columns else [])]


def _counted(scored: pl.DataFrame, keys: Sequence[str], order: Sequence[str]) -> pl.DataFrame:
    sums = [
        pl.len().alias(COUNT),
        *((pl.col(col.STATUS) == nama).sum().alias(nama) for nama in order),
        pl.col(col.STATUS).is_null().sum().alias(LEFT_OUT),
        *(pl.col(name).mean() for name in col.INDICES),
    ]
    return scored.group_by(keys).agg(sums).sort(keys, nulls_last=True) if keys else scored.select(sums)


def _write_header(sheet: Worksheet, styles: Styles, keys: Sequence[str], order: Sequence[str]) -> None:
    indices = [f"Rata-rata {name.upper()}" for name in col.INDICES]
    counted = "Jumlah baris" if col.TAHUN in keys else "Jumlah desa"  # a village counts once a year
    labels = [*(LABELS[key] for key in keys), counted, *order, "Tidak dihitung", *indices]
    for column, label in enumerate(labels):
        write_text(sheet, HEADER, column, label, styles.header())
        sheet.set_column(column, column, 24 if label in {"Kabupaten", "Provinsi"} else 13)
    sheet.set_row(HEADER, 32)


def _write_row(
    sheet: Worksheet,
    styles: Styles,
    line: int,
    row: dict[str, Any],
    keys: Sequence[str],
    order: Sequence[str],
    where: Placed | None,
) -> None:
    """One place; with plain figures instead of formulas where `where` is None."""
    for column, key in enumerate(keys):
        value = row[key]
        if isinstance(value, int):
            sheet.write_number(line, column, value, styles.body("nomor"))
        else:
            write_text(sheet, line, column, "(tidak disebut)" if value is None else value, styles.body("teks"))
    first = len(keys)
    match = "" if where is None else ",".join(f"{where.area(key)},$" + _at(n, line) for n, key in enumerate(keys))
    counts, means = styles.body("bulat"), styles.body("indeks")
    whole = f"=COUNTIFS({match})" if where and keys else f"=ROWS({where.area(col.KODE_DESA)})" if where else ""
    _write(sheet, line, first, whole, row[COUNT], counts)
    for number, nama in enumerate(order, first + 1):
        status = "" if where is None else f"{where.area(col.STATUS)},{xl_col_to_name(number)}${HEADER + 1}"
        comma = "," if match else ""
        _write(sheet, line, number, f"=COUNTIFS({match}{comma}{status})" if where else "", row[nama], counts)
    left = first + 1 + len(order)
    span = f"{_at(first + 1, line)}:{_at(left - 1, line)}"
    _write(sheet, line, left, f"={_at(first, line)}-SUM({span})", row[LEFT_OUT], counts)
    for number, name in enumerate(col.INDICES, left + 1):
        area = "" if where is None else where.area(name)
        mean = f"AVERAGEIFS({area},{match})" if match else f"AVERAGE({area})"
        _write(sheet, line, number, f'=IFERROR({mean},"")' if where else "", row[name], means)


def _write_totals(
    sheet: Worksheet,
    styles: Styles,
    table: pl.DataFrame,
    keys: Sequence[str],
    order: Sequence[str],
    where: Placed,
    scored: pl.DataFrame,
) -> None:
    """The sum of all places, then the share of each status among all villages."""
    if not keys:
        return
    line, first = HEADER + 1 + table.height, len(keys)
    bold: dict[str, Any] = {"bold": True, "top": 2, "bg_color": "#EAF0F4"}
    for column in range(first):
        write_text(sheet, line, column, "" if column else "JUMLAH", styles.body("teks", **bold))
        write_text(sheet, line + 1, column, "" if column else "Persen", styles.body("teks"))
    for column, name in enumerate([COUNT, *order, LEFT_OUT], first):
        total = int(table.get_column(name).sum())
        span = f"{_at(column, HEADER + 1)}:{_at(column, line - 1)}"
        _write(sheet, line, column, f"=SUM({span})", total, styles.body("bulat", **bold))
        share = f'=IFERROR({_at(column, line)}/${_at(first, line)},"")'
        _write(sheet, line + 1, column, share, total / max(scored.height, 1), styles.body("persen"))
    for column, name in enumerate(col.INDICES, first + len(order) + 2):
        mean = scored.get_column(name).mean()
        _write(sheet, line, column, f'=IFERROR(AVERAGE({where.area(name)}),"")', mean, styles.body("indeks", **bold))


def _write(sheet: Worksheet, line: int, column: int, formula: str, value: Any, look: Any) -> None:
    if not formula:
        if value is None:
            sheet.write_blank(line, column, None, look)
        else:
            sheet.write_number(line, column, value, look)
        return
    sheet.write_formula(line, column, formula, look, "" if value is None else value)


def _at(column: int, line: int) -> str:
    return f"{xl_col_to_name(column)}{line + 1}"
