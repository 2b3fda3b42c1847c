"""The sheet INDIKATOR: the 50 indicators from the weakest up, for the province and per kabupaten, with a chart."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import polars as pl

from idmcli import columns as col
from idmcli.rubric.model import FULL_SCORE
from idmcli.workbook.catalogue import Column
from idmcli.workbook.charts import PLAIN_BAR, PLAIN_FRAME, Bars, add_bars
from idmcli.workbook.criteria import usable_criteria
from idmcli.workbook.printing import row_below
from idmcli.workbook.sheets import SheetSpec, add_table, place
from idmcli.workbook.styles import colour_scores
from idmcli.workbook.summary.places import Base

SHEET: Final = "INDIKATOR"
KABUPATEN_BAND: Final = "Rata-rata skor per kabupaten"
PATH_BAND: Final = "Jalur terkecil"
MOST_PLACES: Final = 14
"""More kabupaten than this find no room on paper; PETA KABUPATEN has them all."""
CHARTED: Final = 15


def add_indicators(base: Base, first_steps: pl.DataFrame) -> None:
    """Add the sheet.

    Args:
        base: the workbook, the villages and where they stand.
        first_steps: `gap.first_steps`; may be empty.
    """
    places = _places(base)
    frame = _counted(base, places)
    if first_steps.height:
        frame = frame.join(
            first_steps.select("kode", "desa_mulai", "desa_memakai"), on="kode", how="left", maintain_order="left"
        ).with_columns(pl.col("desa_mulai", "desa_memakai").fill_null(0))
    entries = (
        Column("kode", "Kode", "teks", 8),
        Column("indikator", "Indikator", "teks", 30),
        Column("dimensi", "Dimensi", "teks", 9),
        Column("rata_skor", "Rata-rata skor", "rata", 9),
        Column("desa_kurang", f"Desa di bawah {FULL_SCORE}", "bulat", 9),
        Column("bagian", "Bagian desa", "persen", 9),
        Column("tambahan", "Tambahan IDM rata-rata bila penuh", "selisih", 13),
        *(
            Column(name, title, "bulat", 10, PATH_BAND)
            for name, title in (("desa_mulai", "Desa yang mulai di sini"), ("desa_memakai", "Desa yang memakainya"))
            if name in frame.columns
        ),
        *(
            Column(f"rata_{number}", place, "rata", max(9, min(len(place) + 2, 14)), KABUPATEN_BAND)
            for number, place in enumerate(places)
        ),
    )
    spec = SheetSpec(
        SHEET,
        f"Indikator dari yang terlemah – {base.tempat}",
        frame,
        (
            "Dihitung dengan rumus dari lembar DESA; urutan menurut rata-rata skor saat buku ini dibuat. "
            "Makin gelap makin lemah.",
        ),
        kolom=entries,
        beku=2,
        kertas=base.kertas,
    )
    spec = replace(spec, rumus=_formulas(base, spec, places))
    where = place(spec)
    sheet = add_table(base.book, base.styles, spec, base.statuses)
    names = [entry.nama for entry in entries]
    mean = names.index("rata_skor")
    colour_scores(sheet, (where.first - 1, mean, where.last - 1, mean))
    if places:
        left = names.index("rata_0")
        colour_scores(sheet, (where.first - 1, left, where.last - 1, left + len(places) - 1))
    last = where.first - 1 + min(CHARTED, frame.height) - 1
    bars = Bars(SHEET, where.first - 2, where.first - 1, last, (1, 1), mean)
    widths = [entry.width or 12 for entry in entries]
    line = row_below(sheet, where.last - 1, PLAIN_FRAME + PLAIN_BAR * bars.count, widths, base.kertas)
    title = f"{bars.count} indikator terlemah: rata-rata skor (0–5)"
    add_bars(base.book, sheet, bars, title, (line, 0), most=float(FULL_SCORE))


def _places(base: Base) -> list[str]:
    """The kabupaten that get a column: all, if they are few and each name means one of them."""
    if len(base.keys("kabupaten")) > 1:
        return []
    names = base.by_place.select(pl.col("kabupaten").drop_nulls().unique(maintain_order=True))
    return (
        names.to_series().to_list()
        if names.height <= MOST_PLACES and all(usable_criteria(names, ["kabupaten"]))
        else []
    )


def _counted(base: Base, places: list[str]) -> pl.DataFrame:
    """One row per indicator, the weakest first."""
    rows = base.rows.filter(pl.col(col.IDM_K).is_not_null())
    table = []
    for indicator in base.rubric.indikator:
        unit = base.rubric.unit(base.rubric.dimension_of(indicator.kode))
        scores = rows.get_column(indicator.kode).cast(pl.Int64)
        mean = scores.mean()
        average = float(mean) if isinstance(mean, int | float) else None
        short = int((scores < FULL_SCORE).sum())
        table.append(
            {
                "kode": indicator.kode,
                "indikator": indicator.singkat,
                "dimensi": base.rubric.dimension_of(indicator.kode).kode,
                "rata_skor": average,
                "desa_kurang": short,
                "bagian": short / max(rows.height, 1),
                "tambahan": None if average is None else (FULL_SCORE - average) * unit / base.rubric.scale,
                **{
                    f"rata_{number}": rows.filter(pl.col("kabupaten") == place).get_column(indicator.kode).mean()
                    for number, place in enumerate(places)
                },
            }
        )
    floats = {"rata_skor": pl.Float64, "tambahan": pl.Float64, **{f"rata_{n}": pl.Float64 for n in range(len(places))}}
    return pl.DataFrame(table, schema_overrides=floats).sort("rata_skor", maintain_order=True, nulls_last=True)


def _formulas(base: Base, spec: SheetSpec, places: list[str]) -> dict[str, Callable[[int], str]]:
    """Formula makers; each row looks at the scores of its own indicator, of the villages that have an IDM."""
    here = place(spec)
    codes: list[str] = spec.frame.get_column("kode").to_list()
    header = here.first - 1
    counted = f'{base.where.area(col.IDM_K)},">=0"'

    def scores(row: int) -> str:
        return base.where.area(codes[row - here.first])

    def gain(row: int) -> str:
        unit = base.rubric.unit(base.rubric.dimension_of(codes[row - here.first]))
        return f"=({FULL_SCORE}-{here.letters['rata_skor']}{row})*{unit}/{base.rubric.scale}"

    formulas: dict[str, Callable[[int], str]] = {
        "rata_skor": lambda row: f'=IFERROR(AVERAGEIFS({scores(row)},{counted}),"")',
        "desa_kurang": lambda row: f'=COUNTIFS({scores(row)},"<{FULL_SCORE}",{counted})',
        "bagian": lambda row: f"={here.letters['desa_kurang']}{row}/MAX(1,COUNT({base.where.area(col.IDM_K)}))",
        "tambahan": gain,
    }
    kabupaten = base.where.area("kabupaten")
    for number in range(len(places)):
        formulas[f"rata_{number}"] = _mean_of(scores, f"{kabupaten},{here.letters[f'rata_{number}']}${header}", counted)
    return formulas


def _mean_of(scores: Callable[[int], str], place_is: str, counted: str) -> Callable[[int], str]:
    return lambda row: f'=IFERROR(AVERAGEIFS({scores(row)},{place_is},{counted}),"")'
