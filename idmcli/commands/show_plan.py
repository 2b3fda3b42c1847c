"""A plan of the province on the screen."""

import polars as pl
from rich.console import Console
from rich.markup import escape

from idmcli import columns as col
from idmcli.commands.console import STATUS_STYLE, bar, item, table
from idmcli.commands.show_gap import COST_HEADS, cost_words, left_out
from idmcli.commands.show_scenarios import print_comparison
from idmcli.commands.show_score import SHORT_STATUS, print_provinces
from idmcli.parameters.areas import Area
from idmcli.pipeline.plan import Planned
from idmcli.pipeline.planning import Result
from idmcli.rubric import ACTOR_WORDS
from idmcli.words import decimal, percent, signed, whole

PURPOSES = {
    "hemat": (
        "intervensi paling sedikit yang menaikkan setiap desa yang dapat naik (pekerjaan bersama dihitung setara "
        "beberapa pekerjaan desa)"
    ),
    "naik": "desa terbanyak yang naik status dalam batas anggaran dan kapasitas",
    "sasaran": "rencana termurah yang mencapai sasaran",
}
"""What was sought, in words; without prices `hemat` counts interventions."""
CHEAPEST = {"rupiah": "biaya terkecil", "beban": "beban kerja paling ringan"}


def show(console: Console, result: Result, most: int) -> None:
    """The plan, scenarios beside it, and what a company can do."""
    print_plan(console, result.plan, most)
    for line in result.notes:
        item(console, line)
    if result.comparison is not None:
        console.print("[bold]Skenario[/]")
        unit = result.plan.gapped.choice.biaya.satuan
        print_comparison(console, result.comparison, [name for name, _ in result.scenarios], unit)
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
    measure = CHEAPEST.get(planned.gapped.choice.biaya.satuan)
    if planned.tujuan == "hemat" and measure:
        return f"{measure} yang menaikkan setiap desa yang dapat naik"
    return PURPOSES[planned.tujuan]


def proof(planned: Planned) -> str:
    """How sure the solver is, in words."""
    found = planned.solution
    if found.terbukti and found.biaya_celah and planned.gapped.choice.biaya.satuan in COST_HEADS:
        share = decimal(100 * found.biaya_celah, 2)
        return f"terbukti desa terbanyak; biayanya mungkin masih dapat turun, paling banyak {share} %"
    if found.terbukti:
        return "terbukti terbaik: tidak ada rencana lain yang lebih baik"
    share = decimal(100 * found.celah, 2)
    return f"belum terbukti terbaik; celah {share} %: rencana lain paling banyak sekian lebih baik"


def print_summary(console: Console, planned: Planned) -> None:
    """The plan in three lines, and what the solver has to say."""
    solution, rows = planned.solution, planned.worklist
    rising = int(planned.villages.get_column("naik_rencana").sum())
    year = f" {planned.tahun}" if planned.tahun else ""
    console.print(f"[bold]Rencana{year}[/]: {escape(purpose(planned))}")
    works = int(rows.get_column("pekerjaan").sum()) if rows.height else 0
    cost = cost_words(planned.gapped.choice, solution.biaya)
    told = f"{whole(works)} pekerjaan{', ' if cost else ''}{cost}"
    console.print(f"[bold]{whole(rising)} desa[/] naik status dengan {told}")
    console.print(proof(planned).capitalize(), style="dim")
    for line in (*planned.notes, *solution.catatan):
        item(console, line)
    console.print()


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
        counts = [counted(row[name]) for name in ("naik_rencana", *names)]
        made.add_row(escape(row["kabupaten"] or "–"), whole(row["len"]), *counts)
    before = {name: planned.villages.filter(pl.col(col.STATUS) == name).height for name in names}
    after = {name: planned.villages.filter(pl.col("status_rencana") == name).height for name in names}
    total = whole(planned.villages.height), counted(int(planned.villages.get_column("naik_rencana").sum()))
    made.add_section()
    made.add_row("Semua", *total, *(counted(after[name]) for name in names), style="bold")
    made.add_row("Sekarang", "", "", *(counted(before[name]) for name in names), style="dim")
    console.print(made)
    console.print()


def counted(number: int) -> str:
    """A count in a table: `–` for none."""
    return whole(number) if number else "–"


def print_offices(console: Console, planned: Planned) -> None:
    """Who does how much."""
    rows = planned.offices
    if rows.is_empty():
        return
    cost = COST_HEADS.get(planned.gapped.choice.biaya.satuan)
    made = table("Pelaku", "Instansi", "Desa", "Pekerjaan", "Bersama", *([cost] if cost else []), left=2)
    for row in rows.iter_rows(named=True):
        money = [whole(row["biaya"])] if cost else []
        shared = whole(row["pekerjaan_bersama"]) if row["pekerjaan_bersama"] else "–"
        counts = whole(row["jumlah_desa"]), whole(row["pekerjaan"]), shared
        made.add_row(ACTOR_WORDS[row["pelaku"]], escape(row["instansi"]), *counts, *money)
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
        actor = ACTOR_WORDS[row["pelaku"]] if row["pelaku"] else "semua"
        who = actor, escape(row["instansi"] or "semua"), row["wilayah"] or "semua"
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
    made = table("Prioritas", "Desa", "Menuju", "Langkah", "Pelaku", left=5)
    for row in planned.worklist.head(most).iter_rows(named=True):
        step = f"{row['kode']} {row['indikator']} {row['dari']}→{row['ke']}"
        who = f"{ACTOR_WORDS[row['pelaku']]}: {row['instansi']}"
        village = f"{row['desa'] or '–'} ({row['kecamatan'] or '–'})"
        style = STATUS_STYLE.get(row["target"], "default")
        made.add_row(str(row["prioritas"]), escape(village), f"[{style}]{row['target']}[/]", escape(step), escape(who))
    console.print(made)
    left_out(console, planned.worklist.height, most)
    console.print()


def print_company(console: Console, area: Area, steps: pl.DataFrame, most: int) -> None:
    """The steps open to a company in its working area; those that lift a village at once come first."""
    lifting = steps.filter("menaikkan").get_column("no").n_unique()
    villages = steps.get_column("no").n_unique()
    console.print(
        f"[bold]Terbuka bagi perusahaan[/] di {escape(area.nama)}: {whole(steps.height)} langkah di "
        f"{whole(villages)} desa; {whole(lifting)} desa dapat naik status dengan satu langkah saja"
    )
    made = table("Desa", "Langkah", "Tambahan", "Status menjadi", left=2)
    made.columns[3].justify = "left"
    ordered = steps.sort(pl.col("menaikkan").not_(), "nomor")
    for row in ordered.head(most).iter_rows(named=True):
        step = f"{row['kode']} {row['indikator']} {row['dari']}→{row['ke']}"
        lifts = row["target"] if row["menaikkan"] else ""
        made.add_row(escape(row["desa"] or "–"), escape(step), signed(row["tambahan"]), lifts)
    console.print(made)
    left_out(console, steps.height, most)
    console.print()
