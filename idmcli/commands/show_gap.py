"""Gaps and paths of a province on the screen."""

import polars as pl
from rich.console import Console
from rich.markup import escape

from idmcli import columns as col
from idmcli.commands.console import STATUS_STYLE, bar, item, table
from idmcli.commands.show_score import latest_only, print_provinces, print_unscored, totals, village
from idmcli.gap import Choice, unknown_words, weight_words
from idmcli.pipeline.gap import Gapped, RecapGap
from idmcli.rubric import Rubric, actor_words
from idmcli.words import decimal, percent, plain, signed, whole

STATES = {
    "ada_jalur": "ada jalur",
    "tercapai": "target sudah tercapai",
    "tak_terjangkau": "tak terjangkau",
    "tidak_dihitung": "tidak dapat dihitung",
}
"""How a village stands towards its target, in the words of the screen."""
MEASURES = {"rupiah": "rupiah", "beban": "beban kerja", "intervensi": "jumlah langkah, lalu beban kerja"}
COST_HEADS = {"rupiah": "Biaya (Rp)", "beban": "Beban"}
"""What prices are called above a column, by their unit; interventions are counted by steps already."""


def show(console: Console, result: Gapped | RecapGap, chosen: pl.DataFrame | None, most: int) -> None:
    """One village in full where one was chosen, else the province."""
    if isinstance(result, RecapGap):
        print_recap_gap(console, result, chosen, most)
    elif chosen is None:
        print_gap(console, result, most)
    else:
        from idmcli.commands.show_village import print_village

        for number in chosen.get_column("no").to_list():
            print_village(console, result, number)


def print_gap(console: Console, result: Gapped, most: int) -> None:
    """What paths there are, what holds villages back, with what they begin, and who is nearest to a rise."""
    print_provinces(console, result.villages, result.rubric)
    latest = result.latest
    print_states(console, latest, result.choice, result.rubric)
    print_holding_back(console, result, most)
    print_first_steps(console, result, most)
    print_nearest(console, latest, result.rubric, most)
    print_unreachable(console, latest, most)
    print_unscored(console, result.villages, totals(result.loaded))
    console.print("Satu desa selengkapnya: tambahkan --desa KODE. Semua desa: -o jalur.xlsx", style="dim")


def print_states(console: Console, frame: pl.DataFrame, choice: Choice, rubric: Rubric) -> None:
    """How many villages have a path, and what it costs them on average."""
    console.print(f"[bold]{escape(asked(choice, rubric))}[/]")
    priced = COST_HEADS.get(choice.biaya.satuan)
    heads = ["Menuju", "Desa", "Indikator", "Tambahan IDM", *([priced] if priced else [])]
    rows = table(*heads)
    for status in reversed(rubric.status):
        aiming = frame.filter((pl.col("target") == status.nama) & (pl.col("keadaan") == "ada_jalur"))
        if aiming.height:
            touched, gain, cost = (float(aiming[name].sum()) for name in ("jumlah_langkah", "tambahan_k", "biaya"))
            rows.add_row(
                f"[{STATUS_STYLE.get(status.nama, 'default')}]{status.nama}[/]",
                whole(aiming.height),
                decimal(touched / aiming.height, 1),
                signed(gain / aiming.height / rubric.scale),
                *([whole(round(cost / aiming.height))] if priced else []),
            )
    if rows.row_count:
        console.print(rows)
        console.print(f"Desa: yang punya jalur. {', '.join(heads[2:])}: rata-rata per desa.", style="dim")
    for state in ("tercapai", "tak_terjangkau"):
        number = frame.filter(pl.col("keadaan") == state).height
        if number:
            console.print(f"{STATES[state].capitalize()}: {whole(number)} desa")
    console.print()


def asked(choice: Choice, rubric: Rubric) -> str:
    """What the paths were asked for, in one line."""
    parts = [
        f"Jalur terkecil ke {choice.target or 'status berikutnya'}",
        f"ukuran: {MEASURES[choice.biaya.satuan]} ({choice.biaya.sumber})",
    ]
    if choice.pelaku is not None:
        parts.append(f"pelaku: {', '.join(actor_words(choice.pelaku))}")
    if choice.kunci:
        parts.append(f"dikunci: {', '.join(sorted(choice.kunci))}")
    if choice.buka:
        parts.append(f"dibuka: {', '.join(sorted(choice.buka))}")
    if choice.maks_indikator:
        parts.append(f"paling banyak {choice.maks_indikator} indikator")
    return " · ".join(parts)


def cost_words(choice: Choice, cost: int) -> str:
    """What a path or plan costs; empty where steps are only counted."""
    return {"rupiah": f"biaya Rp{whole(cost)}", "beban": f"beban {whole(cost)}"}.get(choice.biaya.satuan, "")


def print_holding_back(console: Console, result: Gapped, most: int) -> None:
    """Indicators by the villages they hold back, per kabupaten."""
    recap = result.recap("provinsi")
    if recap.is_empty():
        return
    by_place = result.recap("kabupaten")
    names = by_place.get_column("kabupaten").unique(maintain_order=True).to_list()
    shown = names if len(names) <= 5 else []
    console.print("[bold]Indikator yang paling menahan[/]")
    heads = ("Kode", "Indikator", "Skor", "Desa", "Tambahan", *(heading(name) for name in shown))
    rows = table(*heads, left=2, tight=True)
    rows.columns[0].no_wrap = True
    lost = recap.group_by("kode", "singkat", maintain_order=True).agg(
        pl.col("desa_kurang").sum(),
        pl.col("tambahan_k").sum(),
        pl.col("jumlah_desa").sum(),
        ((pl.col("rata_skor") * pl.col("jumlah_desa")).sum() / pl.col("jumlah_desa").sum()).alias("rata_skor"),
    )
    counts = {(row["kode"], row["kabupaten"]): row["desa_kurang"] for row in by_place.iter_rows(named=True)}
    for row in lost.sort("tambahan_k", descending=True, maintain_order=True).head(most).iter_rows(named=True):
        rows.add_row(
            row["kode"],
            escape(row["singkat"]),
            decimal(row["rata_skor"], 2),
            whole(row["desa_kurang"]),
            signed(row["tambahan_k"] / result.rubric.scale / row["jumlah_desa"]),
            *(whole(counts.get((row["kode"], name), 0)) for name in shown),
        )
    console.print(rows)
    note = "Desa: yang belum berskor penuh. Tambahan: pada rata-rata IDM, bila semuanya berskor penuh."
    console.print(note, style="dim")
    console.print()


def heading(name: str | None) -> str:
    """A kabupaten as the head of a narrow column."""
    return escape((name or "–").split()[-1].capitalize()[:8])


def print_first_steps(console: Console, result: Gapped, most: int) -> None:
    """The mix of first steps: a plan that tells everybody the same is none."""
    steps = result.first_steps
    total = int(steps.get_column("desa_mulai").sum()) if steps.height else 0
    if not total:
        return
    console.print(f"[bold]Langkah pertama[/] pada {whole(total)} jalur")
    rows = table("Kode", "Indikator", "Pertama", "Bagian", "", "Dipakai", left=2)
    rows.columns[4].justify = "left"
    for row in steps.head(most).iter_rows(named=True):
        rows.add_row(
            row["kode"],
            escape(row["singkat"]),
            whole(row["desa_mulai"]),
            percent(row["desa_mulai"], total),
            bar(row["desa_mulai"], total),
            whole(row["desa_memakai"]),
        )
    console.print(rows)
    console.print()


def print_nearest(console: Console, frame: pl.DataFrame, rubric: Rubric, most: int) -> None:
    """The villages whose path costs least, and what they lack to the status that it leads to."""
    near = frame.filter(pl.col("keadaan") == "ada_jalur").sort("biaya", "butuh_k", col.KODE_DESA)
    if near.is_empty() or not most:
        return
    console.print("[bold]Jalur paling ringan[/]")
    rows = table("Kode", "Desa", "Menuju", "Kurang", "Jalur", left=3)
    rows.columns[0].no_wrap = True
    rows.columns[4].justify, rows.columns[4].no_wrap = "left", False
    for row in near.head(most).iter_rows(named=True):
        names = row[col.KODE_DESA] or "", escape(row["desa"] or ""), row["target"]
        rows.add_row(*names, decimal(row["butuh_k"] / rubric.scale), escape(row["jalur"]))
    console.print(rows)
    left_out(console, near.height, most)
    console.print()


def print_unreachable(console: Console, frame: pl.DataFrame, most: int) -> None:
    """The villages for which no allowed steps suffice, and what would have to be unlocked."""
    beyond = frame.filter(pl.col("keadaan") == "tak_terjangkau")
    if beyond.is_empty():
        return
    console.print(f"[bold]Tak terjangkau[/]: {whole(beyond.height)} desa")
    for row in beyond.head(most).iter_rows(named=True):
        item(console, f"{village(row)}: {row['alasan_jalur']}")
    left_out(console, beyond.height, most)
    console.print()


def left_out(console: Console, total: int, most: int) -> None:
    """How many a list of the screen leaves out."""
    if total > most:
        console.print(f"  … dan {whole(total - most)} lagi (--banyak {total}, atau -o)", style="dim")


def print_recap_gap(console: Console, result: RecapGap, chosen: pl.DataFrame | None, most: int) -> None:
    """Points per dimension; and what cannot be known without the scores."""
    rubric = result.loaded.rubric
    console.print(escape(" ".join(unknown_words(rubric))), style="yellow")
    console.print()
    if chosen is not None:
        for row in result.villages.with_row_index("no").join(chosen, on="no", how="semi").iter_rows(named=True):
            console.print(f"[bold]{escape(village(row))}[/], status {row[col.STATUS] or '–'}")
            for line in result.points.filter(pl.col("no") == row["no"]).get_column("keterangan"):
                item(console, line)
        return
    print_provinces(console, result.villages, rubric)
    console.print("[bold]Poin yang kurang ke status berikutnya[/], bila hanya satu dimensi yang dinaikkan")
    console.print(weight_words(rubric), style="dim")
    frame = latest_only(result.villages).filter(pl.col("target_status") != pl.col(col.STATUS))
    rows = table("Kode", "Desa", "Status", "Menuju", "Kurang", *(d.kode for d in rubric.dimensi), left=4)
    rows.columns[0].no_wrap = True
    for row in frame.sort("penambahan", col.KODE_DESA).head(most).iter_rows(named=True):
        names = row[col.KODE_DESA] or "", escape(row["desa"] or ""), row[col.STATUS], row["target_status"]
        points = (row[f"poin_{dimension.kolom}"] for dimension in rubric.dimensi)
        rows.add_row(*names, decimal(row["penambahan"]), *("–" if one is None else plain(one) for one in points))
    console.print(rows)
    left_out(console, frame.height, most)
    console.print()
