"""The sheets RINGKASAN and PERPINDAHAN: every year's statuses, and from which to which, counted on the sheet DESA."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import polars as pl

from idmcli import columns as col
from idmcli.classify import ABSENT
from idmcli.compare import Compared, matrix_of
from idmcli.words import plain
from idmcli.workbook.catalogue import Column
from idmcli.workbook.charts import STATUS_BAR, STATUS_FRAME, Bars, add_status_bars
from idmcli.workbook.compare_villages import Paper
from idmcli.workbook.sheets import Placed, SheetSpec, placed_at
from idmcli.workbook.stack import Stack
from idmcli.workbook.summary.moves import TOTAL, used_moves
from idmcli.workbook.tally import quoted

SUMMARY: Final = "RINGKASAN"
MOVES: Final = "PERPINDAHAN"


def add_summary(paper: Paper, where: Placed) -> None:
    """Add the sheet RINGKASAN; `where` is the place of the sheet DESA."""
    compared = paper.compared
    stack = Stack(
        paper.book,
        paper.styles,
        SUMMARY,
        f"Perbandingan tahun – {paper.tempat}",
        (
            "Status per tahun dihitung dengan rumus dari lembar DESA.",
            f"Lonjakan: IDM berubah lebih dari {plain(compared.lonjakan_idm)}. Kiriman sama: semua skor persis sama "
            "dengan tahun sebelumnya. Ganti nama: termasuk kode yang diduga berganti.",
        ),
        (34, *(13 for _ in range(8))),
        paper.statuses,
    )
    here = stack.table("Desa menurut status", _years(paper, where, stack.line + 1))
    stack.line += 1
    stack.table("Dari tahun ke tahun", _pairs(compared))
    stack.line += 1
    stack.table("Rata-rata IDM desa yang dibandingkan", _means(compared))
    stack.line += 1
    height = STATUS_FRAME + STATUS_BAR * len(compared.tahun)
    bars = Bars(SUMMARY, here.first - 2, here.first - 1, here.last - 1, (0, 0), 2)
    line = stack.row_below(height)
    add_status_bars(paper.book, stack.sheet, bars, paper.order, "Status desa per tahun", (line, 0))


def _years(paper: Paper, where: Placed, top: int) -> SheetSpec:
    """One row per year: villages, statuses from the highest, mean IDM."""
    provinces = paper.compared.tren_wilayah.filter(pl.col("tingkat_wilayah") == "provinsi")
    counted = provinces.group_by(col.TAHUN, maintain_order=True).agg(
        pl.col("jumlah_desa").sum(), pl.col(paper.order).sum(), pl.col("tidak_dihitung").sum()
    )
    figures = {year: paper.compared.desa.get_column(f"idm_{year}").mean() for year in paper.compared.tahun}
    frame = counted.sort(col.TAHUN).with_columns(
        pl.Series("idm", [figures[year] for year in sorted(figures)], dtype=pl.Float64)
    )
    entries = (
        Column(col.TAHUN, "Tahun", "nomor"),
        Column("jumlah_desa", "Desa", "bulat"),
        *(Column(name, name.title(), "bulat") for name in paper.order),
        Column("tidak_dihitung", "Tidak dihitung", "bulat"),
        Column("idm", "Rata-rata IDM", "indeks"),
    )
    spec = SheetSpec(SUMMARY, "", frame, kolom=entries)
    here = placed_at(spec, top)
    years: list[int] = frame.get_column(col.TAHUN).to_list()
    coded = {
        (year, name): int((paper.compared.desa.get_column(f"status_{year}") == name).sum())
        for year in years
        for name in paper.order
    }

    def counts(name: str) -> Callable[[int], str]:
        def formula(row: int) -> str:
            number = row - here.first
            if frame.get_column(name)[number] != coded[years[number], name]:
                return ""  # villages without a code are counted, but stand on no row of DESA
            return f"=COUNTIFS({where.area(f'status_{years[number]}')},{quoted(name)})"

        return formula

    def mean(row: int) -> str:
        return f'=IFERROR(AVERAGE({where.area(f"idm_{years[row - here.first]}")}),"")'

    return replace(spec, rumus={**{name: counts(name) for name in paper.order}, "idm": mean})


def _pairs(compared: Compared) -> SheetSpec:
    """Counts from year to year, one column per pair, first to last behind them."""
    titles = {
        "dibandingkan": "Desa yang terhitung pada kedua tahun",
        "naik": "Naik status",
        "turun": "Turun status",
        "tetap": "Tetap",
        "idm_naik": "IDM naik",
        "idm_turun": "IDM turun",
        "lonjakan": "Lonjakan IDM",
        "kiriman_sama": "Kiriman sama",
        "hilang": "Desa yang hilang",
        "baru": "Desa yang baru",
        "ganti_nama": "Ganti nama",
    }
    pairs = _all_pairs(compared).with_columns(pl.when(pl.col("berskor") > 0).then(pl.col("kiriman_sama")))
    columns_of = {f"{row['dari']} → {row['ke']}": [row[name] for name in titles] for row in pairs.iter_rows(named=True)}
    frame = pl.DataFrame(
        {"perihal": list(titles.values()), **columns_of}, schema_overrides=dict.fromkeys(columns_of, pl.Int64)
    )
    entries = (Column("perihal", "Perihal"), *(Column(name, name, "bulat") for name in columns_of))
    return SheetSpec(SUMMARY, "", frame, kolom=entries)


def _means(compared: Compared) -> SheetSpec:
    """Mean IDM of the villages that both years of a pair have."""
    frame = _all_pairs(compared).with_columns(
        pl.concat_str([pl.col("dari").cast(pl.String), pl.col("ke").cast(pl.String)], separator=" → ").alias("tahun")
    )
    entries = (
        Column("tahun", "Tahun"),
        Column("dibandingkan", "Desa", "bulat"),
        Column("idm_dari", "Tahun pertama", "indeks"),
        Column("idm_ke", "Tahun kedua", "indeks"),
        Column("selisih_idm", "Selisih", "selisih"),
    )
    return SheetSpec(SUMMARY, "", frame, kolom=entries)


def _all_pairs(compared: Compared) -> pl.DataFrame:
    """The summaries of the pairs, and of first to last where that is another one."""
    return pl.concat([compared.ringkasan, *([compared.ringkasan_ujung] if len(compared.tahun) > 2 else [])])


def add_moves(paper: Paper, where: Placed) -> None:
    """Add the sheet PERPINDAHAN: a matrix per pair of years, and of the first to the last."""
    compared = paper.compared
    pairs = [(pair, compared.perpindahan, "") for pair in compared.pasangan]
    if len(compared.tahun) > 2:
        pairs.append((compared.ujung, compared.perpindahan_ujung, " (tahun pertama ke tahun terakhir)"))
    stack = Stack(
        paper.book,
        paper.styles,
        MOVES,
        f"Perpindahan status – {paper.tempat}",
        ("Baris: status tahun pertama; kolom: status tahun kedua. Dihitung dengan rumus dari lembar DESA.",),
        (24, *(14 for _ in range(len(paper.statuses) + 2)), 11),
        paper.statuses,
    )
    for pair, frame, note in pairs:
        matrix = matrix_of(frame, *pair)
        top = stack.line + 1
        stack.table(f"{pair[0]} → {pair[1]}{note}", _matrix(matrix, pair, where, top, paper.statuses))
        stack.line += 1


def _matrix(matrix: pl.DataFrame, pair: tuple[int, int], where: Placed, top: int, statuses: list[str]) -> SheetSpec:
    """One matrix with the sum of each row."""
    frame = used_moves(matrix, statuses)
    rows: list[str] = frame.get_column("dari").to_list()
    names = [name for name in frame.columns if name not in {"dari", TOTAL}]
    entries = (
        Column("dari", "Dari \\ ke", "status"),
        *(Column(name, name.title(), "bulat") for name in names),
        Column(TOTAL, "Jumlah", "bulat"),
    )
    spec = SheetSpec(MOVES, "", frame, kolom=entries)
    here = placed_at(spec, top)

    def counts(name: str) -> Callable[[int], str]:
        def formula(row: int) -> str:
            came = rows[row - here.first]
            if came == name == ABSENT:
                return ""  # villages of other years only
            return (
                f"=COUNTIFS({where.area(f'status_{pair[0]}')},{quoted(came)},"
                f"{where.area(f'status_{pair[1]}')},{quoted(name)})"
            )

        return formula

    first, last = here.letters[names[0]], here.letters[names[-1]]
    sums: dict[str, Callable[[int], str]] = {TOTAL: lambda row: f"=SUM({first}{row}:{last}{row})"}
    return replace(spec, rumus={**{name: counts(name) for name in names}, **sums})
