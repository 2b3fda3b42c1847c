"""The sheets of a comparison that have years side by side: targets, kabupaten, indicators, and what moved the mean."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from idmcli import columns as col
from idmcli.compare import FROM, TO
from idmcli.workbook.catalogue import Column
from idmcli.workbook.charts import LINES_HEIGHT, PLAIN_BAR, PLAIN_FRAME, Bars, add_bars, add_columns, add_lines
from idmcli.workbook.compare_villages import Paper
from idmcli.workbook.printing import row_below
from idmcli.workbook.sheets import SheetSpec, add_table, place

GOALS: Final = "SASARAN"
AREAS: Final = "TREN WILAYAH"
INDICATORS: Final = "TREN INDIKATOR"
DRIVERS: Final = "PENGGERAK"
CHARTED: Final = 15
MOST_LINES: Final = 12
"""More kabupaten than this make a knot of a chart."""
DIFFERENCE: Final = "selisih"


def add_goals(paper: Paper) -> None:
    """Add the sheet SASARAN: the villages of each status in every year, the target, the pace, and who is near."""
    compared = paper.compared
    years = [str(year) for year in compared.tahun]
    frame = compared.sasaran
    last = frame.filter(pl.col(col.TAHUN) == compared.ujung[1])
    reached = frame.pivot(on=col.TAHUN, index=col.STATUS, values="capaian", maintain_order=True)
    rows = last.drop("capaian", col.TAHUN).join(reached, on=col.STATUS, how="left", maintain_order="left")
    near = (
        Column("naik_masuk", "Naik masuk", "bulat", 9, "Desa yang dekat"),
        Column("turun_masuk", "Turun masuk", "bulat", 9, "Desa yang dekat"),
        Column("naik_keluar", "Naik keluar", "bulat", 9, "Desa yang dekat"),
        Column("turun_keluar", "Turun keluar", "bulat", 9, "Desa yang dekat"),
    )
    spec = SheetSpec(
        GOALS,
        f"Menuju sasaran – {paper.tempat}",
        rows,
        (
            "≥: paling sedikit; ≤: paling banyak. Laju: desa per tahun sejak tahun pertama. Tahun tercapai: "
            "bila laju itu bertahan.",
            f"Desa yang dekat: akan masuk ke status itu atau keluar darinya bila IDM-nya berubah setara "
            f"{compared.dekat_poin} poin IKS.",
        ),
        kolom=(
            Column(col.STATUS, "Status", "status", 22),
            *(Column(year, year, "bulat", 9, "Desa") for year in years),
            Column("laju", "Laju per tahun", "satu", 9),
            Column("arah", "Arah", "ya", 7),
            Column("sasaran", "Sasaran", "bulat", 9),
            Column("kurang", "Kurang atau lebih", "bulat", 9),
            Column("tercapai", "Tercapai", "ya", 9),
            Column("tahun_tercapai", "Tahun tercapai", "nomor", 9),
            *near,
        ),
        beku=1,
    )
    where = place(spec)
    sheet = add_table(paper.book, paper.styles, spec, paper.statuses)
    bars = Bars(GOALS, where.first - 2, where.first - 1, where.last - 1, (0, 0), 1)
    add_columns(paper.book, sheet, bars, len(years), "Desa menurut status per tahun", (where.last + 1, 0))


def add_areas(paper: Paper) -> None:
    """Add the sheet TREN WILAYAH: mean IDM and villages of the highest status, per place and year."""
    compared, highest = paper.compared, paper.statuses[-1]
    frame = compared.tren_wilayah
    key = ["tingkat_wilayah", "kode_wilayah", "wilayah", "provinsi", "kabupaten"]
    years = compared.tahun
    wide = by_year(frame, key, ("idm", "jumlah_desa", highest), years)
    entries = (
        Column("wilayah", "Wilayah", "teks", 22),
        Column("tingkat_wilayah", "Tingkat", "teks", 11),
        Column("kode_wilayah", "Kode", "teks", 9),
        Column("kabupaten", "Kabupaten", "teks", 18),
        *(Column(f"idm_{year}", str(year), "indeks", 8, "Rata-rata IDM") for year in years),
        Column(DIFFERENCE, f"Selisih {years[0]}–{years[-1]}", "selisih", 11, "Rata-rata IDM"),
        *(Column(f"jumlah_desa_{year}", str(year), "bulat", 7, "Desa") for year in years),
        *(Column(f"{highest}_{year}", str(year), "bulat", 7, f"Desa {highest.title()}") for year in years),
    )
    spec = SheetSpec(
        AREAS,
        f"Tren per provinsi, kabupaten, dan kecamatan – {paper.tempat}",
        wide,
        ("Rata-rata semua desa yang terhitung tahun itu; desa yang hilang atau baru ikut mengubahnya.",),
        kolom=entries,
        beku=1,
        jumlah=frozenset(),
    )
    spec = with_difference(spec, "idm", years)
    where = place(spec)
    sheet = add_table(paper.book, paper.styles, spec, paper.statuses)
    levels: list[str] = wide.get_column("tingkat_wilayah").to_list()
    kabupaten = [number for number, level in enumerate(levels) if level == "kabupaten"]
    if kabupaten and len(kabupaten) <= MOST_LINES:
        left = [entry.nama for entry in entries].index(f"idm_{years[0]}")
        bars = Bars(
            AREAS, where.first - 2, where.first - 1 + kabupaten[0], where.first - 1 + kabupaten[-1], (0, 0), left
        )
        widths = [entry.width or 12 for entry in entries]
        line = row_below(sheet, where.last - 1, LINES_HEIGHT, widths, spec.kertas)
        add_lines(paper.book, sheet, bars, (left, left + len(years) - 1), "Rata-rata IDM per kabupaten", (line, 0))


def by_year(frame: pl.DataFrame, key: Sequence[str], names: Sequence[str], years: Sequence[int]) -> pl.DataFrame:
    """A row per key, a column per name and year (`idm_2024`), and the change of the first name from end to end."""
    wide = frame.select(key).unique(maintain_order=True)
    for year in years:
        figures = frame.filter(pl.col(col.TAHUN) == year).select(
            *key, *(pl.col(name).alias(f"{name}_{year}") for name in names)
        )
        wide = wide.join(figures, on=key, how="left", maintain_order="left", nulls_equal=True)
    first, last = (pl.col(f"{names[0]}_{year}") for year in (years[0], years[-1]))
    return wide.with_columns((last - first).alias(DIFFERENCE))


def with_difference(spec: SheetSpec, name: str, years: Sequence[int]) -> SheetSpec:
    """The sheet with its change from the first to the last year as a formula."""
    letters = place(spec).letters
    first, last = letters[f"{name}_{years[0]}"], letters[f"{name}_{years[-1]}"]
    formula: dict[str, Callable[[int], str]] = {DIFFERENCE: lambda row: f"={last}{row}-{first}{row}"}
    return replace(spec, rumus=formula)


def add_indicators(paper: Paper) -> None:
    """Add the sheet TREN INDIKATOR: mean score and share at full score of every indicator and year that has scores."""
    frame = paper.compared.tren_indikator
    years = frame.get_column(col.TAHUN).unique().sort().to_list()
    key = ["kode", "nama", "dimensi"]
    wide = by_year(frame, key, ("rata_skor", "bagian_penuh"), years)
    entries = (
        Column("kode", "Kode", "teks", 8),
        Column("nama", "Indikator", "teks", 28),
        Column("dimensi", "Dimensi", "teks", 9),
        *(Column(f"rata_skor_{year}", str(year), "rata", 8, "Rata-rata skor (0–5)") for year in years),
        Column(DIFFERENCE, f"Selisih {years[0]}–{years[-1]}", "rata", 11, "Rata-rata skor (0–5)"),
        *(Column(f"bagian_penuh_{year}", str(year), "persen", 8, "Desa skor 5") for year in years),
    )
    spec = SheetSpec(
        INDICATORS,
        f"Tren indikator – {paper.tempat}",
        wide,
        ("Rata-rata semua desa tahun itu yang memiliki skor.",),
        kolom=entries,
        beku=2,
        jumlah=frozenset(),
    )
    add_table(paper.book, paper.styles, with_difference(spec, "rata_skor", years), paper.statuses)


def add_drivers(paper: Paper) -> None:
    """Add the sheet PENGGERAK: what each indicator added to the mean IDM, first year to last, then per pair."""
    compared = paper.compared
    pairs = [compared.penggerak] if len(compared.tahun) > 2 else []
    frame = pl.concat([compared.penggerak_ujung, *pairs])
    entries = (
        Column(FROM, "Dari tahun", "nomor", 7),
        Column(TO, "Ke tahun", "nomor", 7),
        Column("kode", "Kode", "teks", 8),
        Column("nama", "Indikator", "teks", 28),
        Column("desa_naik", "Desa naik", "bulat", 9),
        Column("desa_turun", "Desa turun", "bulat", 9),
        Column("sumbangan", "Sumbangan pada rata-rata IDM", "selisih", 14),
    )
    spec = SheetSpec(
        DRIVERS,
        f"Indikator yang mengubah rata-rata IDM – {paper.tempat}",
        frame,
        ("Jumlah sumbangan per pasangan tahun tepat sama dengan perubahan rata-rata IDM desa yang dibandingkan.",),
        kolom=entries,
        beku=4,
        jumlah=frozenset({"sumbangan"}),
    )
    where = place(spec)
    sheet = add_table(paper.book, paper.styles, spec, paper.statuses)
    shown = min(CHARTED, compared.penggerak_ujung.height)
    bars = Bars(DRIVERS, where.first - 2, where.first - 1, where.first + shown - 2, (3, 3), 6)
    widths = [entry.width or 12 for entry in entries]
    line = row_below(sheet, where.last - 1, PLAIN_FRAME + PLAIN_BAR * shown, widths, spec.kertas)
    first, last = compared.ujung
    title = f"Sumbangan terbesar pada rata-rata IDM {first}–{last}"
    add_bars(paper.book, sheet, bars, title, (line, 0), form="+0.0000;-0.0000;0", least=None)
