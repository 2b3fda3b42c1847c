"""A plan of the province on the screen."""

from collections.abc import Sequence

import polars as pl
from rich.console import Console
from rich.markup import escape

from idmcli import columns as col
from idmcli.commands.console import STATUS_STYLE, bar, item, table
from idmcli.commands.show_gap import left_out, unit_of
from idmcli.commands.show_score import SHORT_STATUS, print_provinces
from idmcli.parameters.areas import Area
from idmcli.pipeline.plan import Planned
from idmcli.pipeline.planning import Result
from idmcli.words import decimal, percent, signed, whole

PURPOSES = {
    "hemat": "intervensi paling sedikit yang menaikkan setiap desa yang dapat naik",
    "naik": "desa terbanyak yang naik status dalam batas anggaran dan kapasitas",
    "sasaran": "rencana termurah yang mencapai sasaran",
}
"""What was sought, in words; without prices `hemat` counts interventions, with prices rupiah."""


def show(console: Console, result: Result, most: int) -> None:
    """The plan, scenarios beside it, and what a company can do."""
    print_plan(console, result.plan, most)
    for line in result.notes:
        item(console, line)
    if result.comparison is not None:
        console.print("[bold]Skenario[/]")
        print_comparison(console, result.comparison, [name for name, _ in result.scenarios])
    if result.csr is not None and result.area is not None:
        print_company(console, result.area, result.csr, most)


def print_plan(console: Console, planned: Planned, most: int) -> None:
    """What was sought and found, who rises where, who does it, what is shared, and the first works of the list."""
    print_provinces(console, planned.villages, planned.gapped.rubric)
    print_summary(console, planned)
    print_rises(console, planned)
    print_offices(console, planned)
    print_use(console, planned)
    print_shared(console, planned, most)
    print_mix(console, planned, most)
    print_works(console, planned, most)


def purpose(planned: Planned) -> str:
    """What was sought, in words."""
    if planned.tujuan == "hemat" and planned.gapped.choice.biaya.satuan != "intervensi":
        return f"{unit_of(planned.gapped.choice)} paling sedikit yang menaikkan setiap desa yang dapat naik"
    return PURPOSES[planned.tujuan]


def proof(planned: Planned) -> str:
    """How sure the solver is, in words."""
    if planned.solution.terbukti:
        return "terbukti terbaik: tidak ada rencana lain yang lebih baik"
    return f"celah {decimal(100 * planned.solution.celah, 2)} %: rencana terbaik tidak lebih baik dari itu"


def print_summary(console: Console, planned: Planned) -> None:
    """The plan in three lines, and what the solver has to say."""
    solution, rows = planned.solution, planned.worklist
    rising = int(planned.villages.get_column("naik_rencana").sum())
    year = f" {planned.tahun}" if planned.tahun else ""
    console.print(f"[bold]Rencana{year}[/]: {escape(purpose(planned))}")
    works = int(rows.get_column("pekerjaan").sum()) if rows.height else 0
    cost = f", {unit_of(planned.gapped.choice)} {whole(solution.biaya)}" if counts_cost(planned) else ""
    console.print(f"[bold]{whole(rising)} desa[/] naik status dengan {whole(works)} pekerjaan{cost}")
    console.print(proof(planned).capitalize(), style="dim")
    for line in (*planned.notes, *solution.catatan):
        item(console, line)
    console.print()


def counts_cost(planned: Planned) -> bool:
    """Whether the cost means something to the reader: interventions are counted by works already."""
    return planned.gapped.choice.biaya.satuan != "intervensi"


def print_rises(console: Console, planned: Planned) -> None:
    """Per kabupaten: villages that rise, and the counts of statuses after the plan."""
    rubric = planned.gapped.rubric
    names = [status.nama for status in reversed(rubric.status)]
    heads = ["Kabupaten", "Desa", "Naik", *(SHORT_STATUS.get(name, name) for name in names)]
    made = table(*heads)
    groups = planned.villages.group_by("kode_kabupaten", maintain_order=True).agg(
        pl.col("kabupaten").drop_nulls().first(),
        pl.len(),
        pl.col("naik_rencana").sum(),
        *((pl.col("status_rencana") == name).sum().alias(name) for name in names),
    )
    for row in groups.sort("kode_kabupaten", nulls_last=True).iter_rows(named=True):
        counts = [whole(row[name]) if row[name] else "–" for name in names]
        made.add_row(escape(row["kabupaten"] or "–"), whole(row["len"]), whole(row["naik_rencana"]), *counts)
    before = {name: planned.villages.filter(pl.col(col.STATUS) == name).height for name in names}
    after = {name: planned.villages.filter(pl.col("status_rencana") == name).height for name in names}
    total = whole(planned.villages.height), whole(int(planned.villages.get_column("naik_rencana").sum()))
    made.add_section()
    made.add_row("Semua", *total, *(whole(after[name]) for name in names), style="bold")
    made.add_row("Sekarang", "", "", *(whole(before[name]) for name in names), style="dim")
    console.print(made)
    console.print()


def print_offices(console: Console, planned: Planned) -> None:
    """Who does how much."""
    rows = planned.offices
    if rows.is_empty():
        return
    cost = counts_cost(planned)
    price = [unit_of(planned.gapped.choice).capitalize()] if cost else []
    heads = ["Pelaku", "Instansi", "Desa", "Pekerjaan", "Bersama", *price]
    made = table(*heads, left=2)
    for row in rows.iter_rows(named=True):
        money = [whole(row["biaya"])] if cost else []
        shared = whole(row["pekerjaan_bersama"]) if row["pekerjaan_bersama"] else "–"
        counts = whole(row["jumlah_desa"]), whole(row["pekerjaan"]), shared
        made.add_row(row["pelaku"], escape(row["instansi"]), *counts, *money)
    console.print(made)
    console.print()


def print_use(console: Console, planned: Planned) -> None:
    """Budgets and capacities, and how much of them the plan uses."""
    use = planned.solution.pemakaian
    if use.is_empty():
        return
    console.print("[bold]Anggaran dan kapasitas[/]")
    made = table("Pelaku", "Instansi", "Wilayah", "Batas", "Terpakai", "Bagian", left=3)
    for row in use.iter_rows(named=True):
        who = row["pelaku"] or "semua", escape(row["instansi"] or "semua"), row["wilayah"] or "semua"
        for limit, used, unit in (("anggaran", "terpakai", ""), ("kapasitas", "pekerjaan", " pekerjaan")):
            if row[limit] is not None:
                share = percent(row[used], row[limit])
                made.add_row(*who, f"{whole(row[limit])}{unit}", whole(row[used]), share)
    console.print(made)
    console.print()


def print_shared(console: Console, planned: Planned, most: int) -> None:
    """Works that serve several villages."""
    shared = planned.shared.filter(pl.col("jumlah_desa") > 1).sort("jumlah_desa", descending=True, maintain_order=True)
    if shared.is_empty():
        return
    console.print("[bold]Pekerjaan bersama[/], dihitung sekali untuk semua desanya")
    for row in shared.head(most).iter_rows(named=True):
        work = f"{row['nama_kelompok']}: {row['kode']} {row['indikator']}"
        item(console, f"{work} untuk {row['jumlah_desa']} desa ({', '.join(row['anggota'])})")
    left_out(console, shared.height, most)
    console.print()


def print_mix(console: Console, planned: Planned, most: int) -> None:
    """How often each indicator is used."""
    rows = planned.worklist.group_by("kode", "indikator", maintain_order=True).agg(pl.len())
    if rows.is_empty():
        return
    total = planned.worklist.get_column("no").n_unique()
    made = table("Kode", "Indikator", "Desa", "Bagian", "", left=2)
    made.columns[4].justify = "left"
    for kode, name, number in rows.sort("len", "kode", descending=[True, False]).head(most).iter_rows():
        made.add_row(kode, escape(name), whole(number), percent(number, total), bar(number, total))
    console.print("[bold]Langkah dalam rencana[/]")
    console.print(made)
    left_out(console, rows.height, most)
    console.print()


def print_works(console: Console, planned: Planned, most: int) -> None:
    """The most urgent works."""
    if planned.worklist.is_empty() or not most:
        return
    console.print("[bold]Yang paling mendesak[/]")
    made = table("No", "Desa", "Menuju", "Langkah", "Pelaku", left=5)
    for row in planned.worklist.head(most).iter_rows(named=True):
        step = f"{row['kode']} {row['indikator']} {row['dari']}→{row['ke']}"
        who = f"{row['pelaku']}: {row['instansi']}"
        village = f"{row['desa'] or '–'} ({row['kecamatan'] or '–'})"
        style = STATUS_STYLE.get(row["target"], "default")
        made.add_row(str(row["prioritas"]), escape(village), f"[{style}]{row['target']}[/]", escape(step), escape(who))
    console.print(made)
    left_out(console, planned.worklist.height, most)
    console.print()


def print_comparison(console: Console, compared: pl.DataFrame, names: Sequence[str]) -> None:
    """Scenarios side by side."""
    made = table("Ukuran", *names)
    part = None
    for row in compared.iter_rows(named=True):
        if row["bagian"] != part:
            part = row["bagian"]
            made.add_row(f"[bold]{escape(part.capitalize())}[/]", *("" for _ in names))
        made.add_row(f"  {escape(row['ukuran'])}", *(figure(row[name], row["satuan"]) for name in names))
    console.print(made)
    console.print()


def figure(value: float, unit: str) -> str:
    """A measure of a scenario as people read it."""
    if unit == "1 = ya":
        return "ya" if value else "tidak"
    if unit == "persen":
        return f"{decimal(value, 2)} %"
    return whole(round(value))


def print_company(console: Console, area: Area, steps: pl.DataFrame, most: int) -> None:
    """The steps open to a company in its working area; those that lift a village at once come first."""
    lifting = steps.filter("menaikkan").get_column("no").n_unique()
    villages = steps.get_column("no").n_unique()
    console.print(
        f"[bold]Terbuka bagi perusahaan[/] di {escape(area.nama)}: {whole(steps.height)} langkah di "
        f"{whole(villages)} desa; {whole(lifting)} desa dapat naik status dengan satu langkah saja"
    )
    made = table("Desa", "Langkah", "Tambahan", "Menaikkan", left=2)
    made.columns[3].justify = "left"
    ordered = steps.sort(pl.col("menaikkan").not_(), "nomor")
    for row in ordered.head(most).iter_rows(named=True):
        step = f"{row['kode']} {row['indikator']} {row['dari']}→{row['ke']}"
        lifts = f"menjadi {row['target']}" if row["menaikkan"] else ""
        made.add_row(escape(row["desa"] or "–"), escape(step), signed(row["tambahan"]), lifts)
    console.print(made)
    left_out(console, steps.height, most)
    console.print()
