"""The sheet SAMPUL: key figures, villages by status, and what is in the book."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import polars as pl
from xlsxwriter.worksheet import Worksheet

from idmcli import __version__
from idmcli import columns as col
from idmcli.workbook.catalogue import Column
from idmcli.workbook.cells import write_text
from idmcli.workbook.charts import Bars, add_columns
from idmcli.workbook.printing import set_page
from idmcli.workbook.sheets import SheetSpec, placed_at, write_table
from idmcli.workbook.styles import INK
from idmcli.workbook.summary.places import Base
from idmcli.workbook.summary.tables import SummaryTables

SHEET: Final = "SAMPUL"
COLUMNS: Final = 8
WIDTH: Final = 18.5
TILE_TOP: Final = 4
TILES_PER_LINE: Final = 4
CHART_HEIGHT: Final = 380
LEFT_HALF: Final = 4
"""Columns beside which the chart stands."""


@dataclass(frozen=True)
class Tile:
    """A key figure: its name, the formula, its result, how it is shown."""

    judul: str
    rumus: str
    isi: Any
    form: str = "#,##0"


def add_cover(
    base: Base, sheet: Worksheet, judul: str, guide: Sequence[tuple[str, str]], tables: SummaryTables
) -> None:
    """Fill in the cover.

    Args:
        base: the villages and where they stand.
        sheet: the empty sheet.
        judul: title.
        guide: name and purpose of each sheet.
        tables: plan, changes and targets.
    """
    styles = base.styles
    sheet.set_column(0, COLUMNS - 1, WIDTH)
    sheet.merge_range(0, 0, 0, COLUMNS - 1, "", styles.get())
    write_text(sheet, 0, 0, judul, styles.get(bold=True, font_size=22, font_color=INK))
    sheet.set_row(0, 36)
    edition = f"Indeks Desa Membangun, edisi {base.rubric.edisi}. Dibuat dengan idm {__version__}."
    write_text(sheet, 1, 0, edition, styles.subtitle)
    write_text(sheet, 2, 0, "Angka tahun ini berisi rumus: ikut berubah bila lembar DESA diubah.", styles.subtitle)
    line = _write_tiles(base, sheet, _tiles(base, tables))
    line = _write_statuses(base, sheet, line, tables)
    _write_guide(base, sheet, line, guide)
    set_page(sheet, judul, base.kertas)
    sheet.fit_to_pages(1, 1)
    sheet.hide_gridlines(2)


def _tiles(base: Base, tables: SummaryTables) -> list[Tile]:
    """The key figures that the data allow, the most telling first."""
    rows, area = base.rows, base.where.area
    mean = rows.get_column("idm").mean()
    lowest = base.statuses[: len(base.statuses) // 2]
    low = "+".join(f'COUNTIFS({area(col.STATUS)},"{name}")' for name in lowest)
    high = base.statuses[-1]
    tiles = [
        Tile("Desa", f"=ROWS({area(col.KODE_DESA)})", rows.height),
        Tile("Rata-rata IDM", f'=IFERROR(AVERAGE({area("idm")}),"")', "" if mean is None else mean, "0.0000"),
        _count(base, f"Desa {high}", col.STATUS, high),
        Tile(
            f"Desa {' dan '.join(reversed(lowest))}",
            f"={low}",
            int(rows.get_column(col.STATUS).is_in(lowest).sum()),
        ),
        _count(base, "Dalam daftar pantau", "pantau", "ya"),
    ]
    if "jumlah_langkah" in base.where.letters:
        one = int((rows.get_column("jumlah_langkah") == 1).sum())
        tiles.append(Tile("Naik dengan satu indikator", f"=COUNTIFS({area('jumlah_langkah')},1)", one))
    if "naik" in base.where.letters:
        year = f" {tables.tahun_rencana}" if tables.tahun_rencana else ""
        tiles.append(_count(base, f"Naik menurut rencana{year}", "naik", "ya"))
    if tables.perubahan is not None:
        since = tables.perubahan.tahun_sebelum or "pembanding"
        net = tables.perubahan.naik.height - tables.perubahan.turun.height
        tiles.append(Tile(f"Naik dikurangi turun sejak {since}", "", net, "+#,##0;-#,##0;0"))
    return tiles


def _count(base: Base, judul: str, column: str, value: str) -> Tile:
    found = int((base.rows.get_column(column) == value).sum())
    return Tile(judul, f'=COUNTIFS({base.where.area(column)},"{value}")', found)


def _write_tiles(base: Base, sheet: Worksheet, tiles: Sequence[Tile]) -> int:
    """Four tiles to a line, each over two columns; gives the next free 0-based row."""
    small = base.styles.get(
        font_size=10, align="center", text_wrap=True, font_color="#40525C", top=2, left=2, right=2, bg_color="#F3F6F8"
    )
    for number, tile in enumerate(tiles):
        row = TILE_TOP + 3 * (number // TILES_PER_LINE)
        left = 2 * (number % TILES_PER_LINE)
        big = base.styles.get(
            bold=True,
            font_size=22,
            align="center",
            font_color=INK,
            bottom=2,
            left=2,
            right=2,
            bg_color="#F3F6F8",
            num_format=tile.form,
        )
        sheet.merge_range(row, left, row, left + 1, "", small)
        write_text(sheet, row, left, tile.judul, small)
        sheet.merge_range(row + 1, left, row + 1, left + 1, "", big)
        if tile.rumus:
            sheet.write_formula(row + 1, left, tile.rumus, big, tile.isi)
        else:
            sheet.write_number(row + 1, left, tile.isi, big)
        sheet.set_row(row, 30)
        sheet.set_row(row + 1, 36)
        sheet.set_row(row + 2, 8)
    return TILE_TOP + 3 * -(-len(tiles) // TILES_PER_LINE)


def _write_statuses(base: Base, sheet: Worksheet, line: int, tables: SummaryTables) -> int:
    """Villages by status, now and (where known) before, as planned and as aimed at, with a chart beside it."""
    order = list(reversed(base.statuses))
    moves = tables.perubahan
    now = {name: int((base.rows.get_column(col.STATUS) == name).sum()) for name in order}
    data: dict[str, list[Any]] = {"status": order}
    heads: list[Column] = [Column("status", "Status", "status")]
    if moves is not None:
        before = {
            row["dari"]: sum(value for key, value in row.items() if key != "dari") for row in moves.matriks.to_dicts()
        }
        data["sebelum"] = [before.get(name, 0) for name in order]
        heads.append(Column("sebelum", str(moves.tahun_sebelum or "Sebelum"), "bulat"))
    data["kini"] = [now[name] for name in order]
    heads.append(Column("kini", "Kini", "bulat"))
    if "status_rencana" in base.where.letters:
        data["rencana"] = [int((base.rows.get_column("status_rencana") == name).sum()) for name in order]
        heads.append(Column("rencana", "Menurut rencana", "bulat"))
    series = len(heads) - 1
    data["bagian"] = [now[name] / max(base.rows.height, 1) for name in order]
    spec = SheetSpec(SHEET, "", pl.DataFrame(data), kolom=(*heads, Column("bagian", "Bagian kini", "persen")))
    here = placed_at(spec, line)
    letter = here.letters

    def counted(column: str) -> Callable[[int], str]:
        return lambda row: f"=COUNTIFS({base.where.area(column)},${letter['status']}{row})"

    formulas: dict[str, Callable[[int], str]] = {
        "kini": counted(col.STATUS),
        "bagian": lambda row: f"={letter['kini']}{row}/MAX(1,ROWS({base.where.area(col.KODE_DESA)}))",
    }
    if "rencana" in letter:
        formulas["rencana"] = counted("status_rencana")
    write_table(sheet, base.styles, replace(spec, rumus=formulas), line, base.statuses)
    bars = Bars(SHEET, here.first - 2, here.first - 1, here.last - 1, (0, 0), 1)
    half = (COLUMNS - LEFT_HALF) * (int(WIDTH * 7) + 5)
    left = max(LEFT_HALF, len(spec.entries))
    size = (half - 20 - (left - LEFT_HALF) * (int(WIDTH * 7) + 5), CHART_HEIGHT)
    add_columns(base.book, sheet, bars, series, "Desa menurut status", (line, left), size=size)
    return here.last + 1


def _write_guide(base: Base, sheet: Worksheet, line: int, guide: Sequence[tuple[str, str]]) -> None:
    """The sheets of the book, each with a link."""
    for column in range(LEFT_HALF):
        sheet.write_blank(line, column, None, base.styles.heading)
    write_text(sheet, line, 0, "Isi buku", base.styles.heading)
    link = base.styles.get(font_color="#1F5F99", underline=1)
    for number, (nama, text) in enumerate(guide[1:], line + 1):
        sheet.write_url(number, 0, f"internal:'{nama}'!A1", link, nama)
        write_text(sheet, number, 1, text, base.styles.get())
