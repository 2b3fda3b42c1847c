"""Years side by side on the screen."""

import polars as pl
from rich.console import Console
from rich.markup import escape

from idmcli import columns as col
from idmcli.commands.console import item, table
from idmcli.commands.show_classify import matrix_table
from idmcli.commands.show_compare_lists import print_goals, print_near, print_places, print_village, village_of
from idmcli.commands.show_score import SHORT_STATUS, village
from idmcli.compare import Compared, matrix_of, of_pair
from idmcli.pipeline.comparing import Comparison
from idmcli.rubric import Rubric
from idmcli.words import decimal, percent, plain, signed, whole

__all__ = ["show", "village_of"]

LEAST = 0.005
"""A mean score that moved less is shown with two decimals as not moved."""


def show(console: Console, result: Comparison, chosen: str | None, most: int) -> None:
    """One village in full where one was chosen, else all years."""
    compared, rubric = result.compared, result.rubric
    if chosen is not None:
        print_village(console, compared, rubric, chosen)
        return
    print_years(console, compared, rubric)
    print_pairs(console, compared)
    print_matrices(console, compared)
    print_largest(console, compared, rubric, most)
    print_drivers(console, compared, most)
    print_resubmitted(console, compared, most)
    print_places(console, compared, most)
    print_areas(console, compared, rubric)
    print_indicators(console, compared, most)
    print_goals(console, compared)
    print_near(console, compared, rubric, most)
    console.print("Satu desa selengkapnya: tambahkan --desa KODE. Semua desa dan tahun: -o banding.xlsx", style="dim")


def print_years(console: Console, compared: Compared, rubric: Rubric) -> None:
    """How many villages of each status there were in each year."""
    provinces = compared.tren_wilayah.filter(pl.col("tingkat_wilayah") == "provinsi")
    names = provinces.get_column("wilayah").unique(maintain_order=True).to_list()
    title = names[0] or "Provinsi tidak disebut" if len(names) == 1 else f"{len(names)} provinsi"
    years = ", ".join(map(str, compared.tahun))
    console.print(f"[bold]{escape(title)}[/] · tahun {years} · edisi {rubric.edisi}\n")
    statuses = [status.nama for status in reversed(rubric.status)]
    rows = table("Tahun", "Desa", "IDM", "Selisih", *(SHORT_STATUS.get(name, name) for name in statuses))
    before: float | None = None
    for year in compared.tahun:
        of_year = provinces.filter(pl.col(col.TAHUN) == year)
        counted = of_year.with_columns((pl.col("jumlah_desa") - pl.col("tidak_dihitung")).alias("n"))
        number = int(counted.get_column("n").sum())
        mean = float((counted.get_column("idm") * counted.get_column("n")).sum()) / number if number else None
        rows.add_row(
            str(year),
            whole(int(of_year.get_column("jumlah_desa").sum())),
            decimal(mean),
            signed(mean - before) if mean is not None and before is not None else "–",
            *(whole(int(of_year.get_column(name).sum())) or "–" for name in statuses),
        )
        before = mean
    console.print(rows)
    console.print("IDM: rata-rata semua desa tahun itu.\n", style="dim")


def print_pairs(console: Console, compared: Compared) -> None:
    """Each pair of years in one line, first and last below."""
    console.print("[bold]Dari tahun ke tahun[/]")
    heads = ("Tahun", "Desa", "Naik", "Turun", "IDM+", "IDM−", "Lonjak", "Sama", "Hilang", "Baru", "Ganti")
    rows = table(*heads, tight=True)
    frames = [compared.ringkasan, *([compared.ringkasan_ujung] if len(compared.tahun) > 2 else [])]
    for row in pl.concat(frames).iter_rows(named=True):
        names = ("dibandingkan", "naik", "turun", "idm_naik", "idm_turun", "lonjakan", "kiriman_sama")
        rows.add_row(
            f"{row['dari']}→{row['ke']}",
            *(whole(row[name]) if row["berskor"] or name != "kiriman_sama" else "–" for name in names),
            *(whole(row[name]) for name in ("hilang", "baru", "ganti_nama")),
        )
    console.print(rows)
    console.print(
        "Desa: terhitung pada kedua tahun. Naik, Turun: statusnya. IDM+, IDM−: IDM-nya. Lonjak: IDM berubah lebih "
        f"dari {plain(compared.lonjakan_idm)}. Sama: semua 50 skor persis sama. Ganti: nama atau (diduga) kode.\n",
        style="dim",
    )


def print_matrices(console: Console, compared: Compared) -> None:
    """From which status to which, for each pair and for first to last."""
    for pair in compared.pasangan:
        console.print(f"[bold]Perpindahan status {pair[0]} → {pair[1]}[/] (baris: dari, kolom: ke)")
        console.print(matrix_table(matrix_of(compared.perpindahan, *pair)))
        console.print()
    if len(compared.tahun) > 2:
        first, last = compared.ujung
        console.print(f"[bold]Perpindahan status {first} → {last}[/] (tahun pertama ke tahun terakhir)")
        console.print(matrix_table(matrix_of(compared.perpindahan_ujung, first, last)))
        console.print()


def print_largest(console: Console, compared: Compared, rubric: Rubric, most: int) -> None:
    """The villages whose IDM changed most between the last two years, and why."""
    pair = compared.pasangan[-1]
    changed = of_pair(compared.perubahan, *pair).filter(pl.col("selisih_k") != 0)
    for word, up in (("Kenaikan", True), ("Penurunan", False)):
        frame = changed.filter((pl.col("selisih_k") > 0) == up)
        frame = frame.sort("selisih_k", col.KODE_DESA, descending=[up, False])
        console.print(f"[bold]{word} IDM terbesar {pair[0]} → {pair[1]}[/] ({whole(frame.height)} desa)")
        for row in frame.head(most).iter_rows(named=True):
            moved = row["status_dari"] if row["arah"] == "tetap" else f"{row['status_dari']} → {row['status_ke']}"
            item(console, f"{village(row)}: {signed(row['selisih_k'] / rubric.scale)}, {moved}")
            if row["penyebab"]:
                item(console, row["penyebab"], indent=4)
        more(console, frame.height, most)
    console.print()


def print_drivers(console: Console, compared: Compared, most: int) -> None:
    """Which indicators moved the mean IDM most, first year to last."""
    frame = compared.penggerak_ujung
    first, last = compared.ujung
    if frame.is_empty():
        ends = compared.ringkasan_ujung.row(0, named=True)
        if ends["berskor"]:
            told = f"Tidak satu skor pun berubah {first} → {last}."
        elif ends["dibandingkan"]:
            told = "Tanpa 50 skor pada kedua tahun (rekap): indikator dan kiriman yang sama tidak dapat dibandingkan."
        else:
            told = f"Tidak satu desa pun terhitung pada {first} dan {last}: perubahannya tidak dapat disebut."
        console.print(f"{told}\n", style="dim")
        return
    console.print(f"[bold]Indikator yang paling mengubah rata-rata IDM {first} → {last}[/]")
    rows = table("Kode", "Indikator", "Desa naik", "Desa turun", "Sumbangan", left=2)
    for row in frame.head(most).iter_rows(named=True):
        rows.add_row(
            row["kode"], row["nama"], whole(row["desa_naik"]), whole(row["desa_turun"]), signed(row["sumbangan"])
        )
    console.print(rows)
    console.print()


def print_resubmitted(console: Console, compared: Compared, most: int) -> None:
    """Villages that sent the same 50 scores again in the last pair of years."""
    row = compared.ringkasan.row(-1, named=True)
    if not row["berskor"]:
        return
    share = percent(row["kiriman_sama"], row["berskor"])
    console.print(
        f"[bold]Kiriman sama {row['dari']} → {row['ke']}[/]: {whole(row['kiriman_sama'])} dari "
        f"{whole(row['berskor'])} desa ({share}) mengirim 50 skor yang persis sama"
    )
    same = of_pair(compared.perubahan, row["dari"], row["ke"]).filter(pl.col("kiriman_sama"))
    for one in same.head(most).iter_rows(named=True):
        item(console, f"{village(one)}: {one['status_ke']} {decimal(one['idm_ke'])}")
    more(console, same.height, most)
    console.print()


def print_areas(console: Console, compared: Compared, rubric: Rubric) -> None:
    """Mean IDM of each kabupaten in every year, and its villages of the highest status."""
    frame = compared.tren_wilayah.filter(pl.col("tingkat_wilayah") == "kabupaten")
    highest = rubric.status[-1].nama
    first, last = compared.ujung
    console.print(f"[bold]Tren per kabupaten[/] (rata-rata IDM; {highest}: desa {first} dan {last})")
    short = SHORT_STATUS.get(highest, highest)
    rows = table("Kabupaten", *map(str, compared.tahun), "Selisih", f"{short} {first}", str(last))
    rows.columns[0].min_width = 12
    for _, group in frame.group_by(pl.coalesce("kode_wilayah", "wilayah"), maintain_order=True):
        by_year = {row[col.TAHUN]: row for row in group.iter_rows(named=True)}
        means = [by_year[year]["idm"] if year in by_year else None for year in compared.tahun]
        ends = [(year, year in by_year and by_year[year]["idm"] is not None) for year in (first, last)]
        rows.add_row(
            escape(group.item(0, "wilayah") or "(tidak disebut)"),
            *map(decimal, means),
            signed(means[-1] - means[0]) if means[0] is not None and means[-1] is not None else "–",
            *(whole(by_year[year][highest]) if known else "–" for year, known in ends),
        )
    console.print(rows)
    console.print()


def print_indicators(console: Console, compared: Compared, most: int) -> None:
    """Indicators whose mean score rose and fell most."""
    frame = compared.tren_indikator
    years = frame.get_column(col.TAHUN).unique().sort().to_list()
    if len(years) < 2 or not most:
        return
    wide = frame.select("kode", "nama", col.TAHUN, "rata_skor").pivot(
        on=col.TAHUN, index=["kode", "nama"], values="rata_skor", maintain_order=True
    )
    first, last = str(years[0]), str(years[-1])
    full = {(row["kode"], row[col.TAHUN]): row["bagian_penuh"] for row in frame.iter_rows(named=True)}
    ordered = wide.with_columns((pl.col(last) - pl.col(first)).alias("selisih")).sort(
        "selisih", descending=True, maintain_order=True
    )
    console.print("[bold]Tren indikator[/] (rata-rata skor 0–5: yang paling naik, lalu yang paling turun)")
    rows = table("Kode", "Indikator", *map(str, years), "Selisih", f"Penuh {first}", last, left=2)
    up = ordered.filter(pl.col("selisih") >= LEAST).head(most)
    down = ordered.filter(pl.col("selisih") <= -LEAST).tail(most)
    for row in [*up.iter_rows(named=True), *down.iter_rows(named=True)]:
        rows.add_row(
            row["kode"],
            row["nama"],
            *(decimal(row[str(year)], 2) for year in years),
            signed(row["selisih"], 2),
            *(f"{100 * full[row['kode'], year]:.0f} %" for year in (years[0], years[-1])),
        )
    console.print(rows)
    console.print("Penuh: bagian desa dengan skor 5.\n", style="dim")


def more(console: Console, total: int, most: int) -> None:
    """Say how many a list leaves out."""
    if total > most:
        console.print(f"  … dan {whole(total - most)} lagi (--banyak N, atau semua dengan -o)", style="dim")
