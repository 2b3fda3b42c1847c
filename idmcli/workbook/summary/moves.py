"""The sheets PERUBAHAN and NAIK TURUN: what became of the statuses since an earlier year."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import polars as pl

from idmcli import columns as col
from idmcli.classify import Moves
from idmcli.words import whole
from idmcli.workbook.catalogue import Column, columns
from idmcli.workbook.charts import Bars, add_status_bars
from idmcli.workbook.sheets import Placed, SheetSpec, add_table, placed_at
from idmcli.workbook.stack import Stack
from idmcli.workbook.steps import WHO
from idmcli.workbook.summary.places import Base

SHEET: Final = "PERUBAHAN"
LIST: Final = "NAIK TURUN"
TOTAL: Final = "jumlah"


def add_moves(base: Base, moves: Moves) -> bool:
    """Add both sheets; whether the list of villages is among them.

    The matrix counts villages from a status (row) to a status (column); the table below it adds it up by year.
    """
    years = f"{moves.tahun_sebelum or 'sebelum'} ke {moves.tahun or 'kini'}"
    matrix = used_moves(moves.matriks, base.statuses)
    shown = [name for name in matrix.columns if name not in {"dari", TOTAL}]
    widths = (24, *(14 for _ in shown), 12)
    stack = Stack(
        base.book,
        base.styles,
        SHEET,
        f"Perubahan status {years} – {base.tempat}",
        ("Baris: status sebelum; kolom: status kini. Pada garis miring tidak berubah.",),
        widths,
        base.statuses,
        base.kertas,
    )
    entries = (
        Column("dari", "Dari \\ ke", "status"),
        *(Column(name, name.title(), "bulat") for name in shown),
        Column(TOTAL, "Jumlah", "bulat"),
    )
    spec = SheetSpec(SHEET, "", matrix, kolom=entries)
    letters = placed_at(spec, stack.line + 1).letters
    adds: dict[str, Callable[[int], str]] = {
        TOTAL: lambda row: f"=SUM({letters[shown[0]]}{row}:{letters[shown[-1]]}{row})"
    }
    where = stack.table("Dari status ke status", replace(spec, rumus=adds))
    stack.line += 1
    order = list(reversed(base.statuses))
    below = stack.table("Jumlah desa tiap status", _years(base, moves, matrix, where, order, stack.line + 1))
    stack.line += 1
    bars = Bars(SHEET, below.first - 2, below.first - 1, below.last - 1, (0, 0), 1)
    add_status_bars(base.book, stack.sheet, bars, order, f"Status desa {years}", (stack.line, 0))
    return _add_list(base, moves, years)


def used_moves(matriks: pl.DataFrame, statuses: list[str]) -> pl.DataFrame:
    """The matrix with sums, without the rows and columns for villages missing or not computed where there are none."""
    empty = {
        name
        for name in matriks.columns
        if name not in {"dari", *statuses}
        and not int(matriks.get_column(name).sum())
        and not int(matriks.filter(pl.col("dari") == name).select(pl.exclude("dari")).to_numpy().sum())
    }
    kept = matriks.filter(~pl.col("dari").is_in(sorted(empty))).drop(sorted(empty))
    return kept.with_columns(pl.sum_horizontal(pl.exclude("dari").cast(pl.Int64)).alias(TOTAL))


def _years(base: Base, moves: Moves, matrix: pl.DataFrame, where: Placed, order: list[str], top: int) -> SheetSpec:
    """Both years as rows, the highest status first, adding up the matrix."""
    rank = {name: number for number, name in enumerate(matrix.get_column("dari").to_list())}
    before = {name: int(matrix.get_column(TOTAL)[rank[name]]) for name in order}
    now = {name: int(matrix.get_column(name).sum()) for name in order}
    names = (str(moves.tahun_sebelum or "sebelum"), str(moves.tahun or "kini"))
    frame = pl.DataFrame([{"tahun": names[0], **before}, {"tahun": names[1], **now}])
    entries = (Column("tahun", "Tahun", "teks"), *(Column(name, name.title(), "bulat") for name in order))
    spec = SheetSpec(SHEET, "", frame, kolom=entries)
    first = placed_at(spec, top).first

    def sums(name: str) -> Callable[[int], str]:
        line, letter = where.first + rank[name], where.letters[TOTAL]
        return lambda row: f"={letter}{line}" if row == first else f"=SUM({where.span(name)})"

    return replace(spec, rumus={name: sums(name) for name in order})


def _add_list(base: Base, moves: Moves, years: str) -> bool:
    """The villages that rose or fell, with the indicators that did it."""
    both = pl.concat(
        [
            moves.naik.with_columns(pl.lit("naik").alias("arah")),
            moves.turun.with_columns(pl.lit("turun").alias("arah")),
        ]
    ).with_columns((pl.col("selisih_k") / base.rubric.scale).alias("selisih_idm"))
    if not both.height:
        return False
    counts = f"{whole(moves.naik.height)} desa naik, {whole(moves.turun.height)} desa turun."
    spec = SheetSpec(
        LIST,
        f"Desa yang naik dan turun status {years} – {base.tempat}",
        both,
        (f"{counts} Penyebab: indikator yang skornya berubah searah, yang terbesar lebih dahulu.",),
        kolom=(
            *columns(both, WHO),
            Column("arah", "Arah", "ya", 8),
            *columns(both, ["status_sebelum", col.STATUS, "idm_sebelum", "idm", "selisih_idm", "penyebab"]),
        ),
        beku=2,
        jumlah=frozenset(),
        kertas=base.kertas,
    )
    add_table(base.book, base.styles, spec, base.statuses)
    return True
