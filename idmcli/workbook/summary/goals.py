"""The sheet SASARAN: target counts against what is reached now and what the plan reaches, with a chart."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import polars as pl

from idmcli import columns as col
from idmcli.workbook.catalogue import Column
from idmcli.workbook.charts import Bars, add_columns
from idmcli.workbook.sheets import SheetSpec, add_table, place
from idmcli.workbook.summary.places import Base

SHEET: Final = "SASARAN"
REACHED: Final = "tercapai"


def add_goals(base: Base, sasaran: pl.DataFrame) -> None:
    """Add the sheet; `sasaran` is what `classify.targets` gave."""
    frame = sasaran.select(col.STATUS, "arah", "sasaran", "capaian", "kurang").with_columns(
        _verdict("kurang").alias("hasil")
    )
    planned = "status_rencana" in base.rows.columns
    if planned:
        counts = base.rows.group_by("status_rencana").len()
        frame = (
            frame.join(counts, left_on=col.STATUS, right_on="status_rencana", how="left", maintain_order="left")
            .with_columns(pl.col("len").fill_null(0).cast(pl.Int64).alias("rencana"))
            .with_columns(_missing("rencana").alias("kurang_rencana"))
            .with_columns(_verdict("kurang_rencana").alias("hasil_rencana"))
        )
    plan = (
        Column("rencana", "Menurut rencana", "bulat", 12),
        Column("kurang_rencana", "Selisih", "bulat", 10),
        Column("hasil_rencana", "Hasil rencana", "ya", 16),
    )
    entries = (
        Column(col.STATUS, "Status", "status", 22),
        Column("arah", "Arah", "ya", 8),
        Column("sasaran", "Sasaran", "bulat", 12),
        Column("capaian", "Capaian kini", "bulat", 12),
        *(plan[:1] if planned else ()),
        Column("kurang", "Selisih kini", "bulat", 10),
        Column("hasil", "Hasil kini", "ya", 16),
        *(plan[1:] if planned else ()),
    )
    spec = SheetSpec(
        SHEET,
        f"Sasaran dan capaian – {base.tempat}",
        frame,
        (
            "≥: paling sedikit sekian desa; ≤: paling banyak sekian desa. Selisih: desa yang masih kurang (atau masih "
            "lebih). Capaian dihitung dengan rumus dari lembar DESA.",
        ),
        kolom=entries,
        beku=1,
        kertas=base.kertas,
    )
    spec = replace(spec, rumus=_formulas(base, spec, planned))
    where = place(spec)
    sheet = add_table(base.book, base.styles, spec, base.statuses)
    bars = Bars(SHEET, where.first - 2, where.first - 1, where.last - 1, (0, 0), 2)
    add_columns(base.book, sheet, bars, 3 if planned else 2, "Sasaran dan capaian", (where.last + 1, 0))


def _missing(count: str) -> pl.Expr:
    """Villages that lack to the target, or are too many."""
    rest = pl.col("sasaran") - pl.col(count)
    return pl.when(pl.col("arah") == "≥").then(rest.clip(0)).when(pl.col("arah") == "≤").then((-rest).clip(0))


def _verdict(missing: str) -> pl.Expr:
    return (
        pl.when(pl.col(missing) == 0).then(pl.lit(REACHED)).when(pl.col(missing) > 0).then(pl.lit(f"belum {REACHED}"))
    )


def _formulas(base: Base, spec: SheetSpec, planned: bool) -> dict[str, Callable[[int], str]]:
    letter = place(spec).letters

    def counted(column: str) -> Callable[[int], str]:
        return lambda row: f"=COUNTIFS({base.where.area(column)},${letter[col.STATUS]}{row})"

    def missing(count: str) -> Callable[[int], str]:
        sign, goal, reached = letter["arah"], letter["sasaran"], letter[count]
        return lambda row: f'=IF({sign}{row}="≥",MAX(0,{goal}{row}-{reached}{row}),MAX(0,{reached}{row}-{goal}{row}))'

    def verdict(rest: str) -> Callable[[int], str]:
        return lambda row: f'=IF({letter[rest]}{row}=0,"{REACHED}","belum {REACHED}")'

    formulas = {"capaian": counted(col.STATUS), "kurang": missing("capaian"), "hasil": verdict("kurang")}
    if planned:
        formulas |= {
            "rencana": counted("status_rencana"),
            "kurang_rencana": missing("rencana"),
            "hasil_rencana": verdict("kurang_rencana"),
        }
    return formulas
