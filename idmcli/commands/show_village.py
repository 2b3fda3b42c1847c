"""One village's way up on the screen: path, alternatives, all that it lacks, and how it stands among others."""

from collections.abc import Mapping
from typing import Any

import polars as pl
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from idmcli import columns as col
from idmcli.commands.console import STATUS_STYLE, item, table
from idmcli.commands.show_gap import asked, cost_words
from idmcli.gap import need_words
from idmcli.pipeline.gap import Gapped
from idmcli.rubric import Rubric, actor_words
from idmcli.words import decimal, signed, whole


def print_village(console: Console, result: Gapped, number: int) -> None:
    """The village in row `number` of the scored frame."""
    row = result.villages.row(number, named=True)
    place = " · ".join(str(row[name]) for name in ("kecamatan", "kabupaten", "provinsi") if row.get(name))
    year = f" · tahun {row[col.TAHUN]}" if row.get(col.TAHUN) else ""
    console.print(f"[bold]{escape(str(row['desa'] or '(tanpa nama)'))}[/]  {row[col.KODE_DESA] or '(tanpa kode)'}")
    console.print(escape(f"{place}{year} · edisi {result.rubric.edisi}"))
    if row[col.IDM_K] is None:
        console.print(f"[bold red]Tidak dapat dihitung:[/] {escape(row[col.REASON] or '')}")
        return
    style = STATUS_STYLE.get(row[col.STATUS], "bold")
    console.print(f"IDM [bold]{decimal(row['idm'])}[/], status [bold {style}]{row[col.STATUS]}[/]")
    console.print(escape(asked(result.choice, result.rubric)), style="dim")
    console.print()
    print_path(console, result, row, number)
    print_alternatives(console, result, number)
    print_deficits(console, result, number)
    print_standing(console, result, number)
    print_similar(console, result, number)


def print_path(console: Console, result: Gapped, row: Mapping[str, Any], number: int) -> None:
    """The path step by step, or why there is none."""
    if row["keadaan"] == "tercapai":
        console.print(f"Target {row['target'] or row[col.STATUS]} sudah tercapai.\n")
        return
    if row["keadaan"] == "tak_terjangkau":
        item(console, f"Tak terjangkau: {row['alasan_jalur']}", indent=0)
        console.print()
        return
    need = signed(row["butuh_k"] / result.rubric.scale)
    points = need_words(row["butuh_k"], result.rubric, left(row, result.rubric))
    console.print(f"Menuju [bold]{row['target']}[/] perlu {need} IDM: {points}")
    after = f"IDM menjadi {decimal(row['idm_baru'])}, {row['status_baru']}"
    console.print(f"[bold]Jalur terkecil[/] ({together(cost_words(result.choice, row['biaya']), after)})")
    deficits = {line["kode"]: line for line in of(result.deficits, number).iter_rows(named=True)}
    for step in of(result.paths.langkah, number).filter(pl.col("pilihan") == 0).iter_rows(named=True):
        print_step(console, result, step, deficits[step["kode"]])
    if row["jalur_setara"] and row["jalur_setara"] > 1:
        item(
            console,
            f"Ada {whole(row['jalur_setara'] - 1)} jalur lain yang sama ringannya; yang dipilih menyentuh indikator "
            "paling sedikit, lalu yang kelebihannya paling kecil, lalu menurut urutan resmi indikator.",
        )
    console.print()


def together(*parts: str) -> str:
    """The parts that say something, one after the other."""
    return "; ".join(part for part in parts if part)


def left(row: Mapping[str, Any], rubric: Rubric) -> dict[str, int]:
    """Points that each dimension still lacks."""
    return {d.kode: d.maksimum - round(row[d.kolom] * d.maksimum) for d in rubric.dimensi}


def print_step(console: Console, result: Gapped, step: Mapping[str, Any], line: Mapping[str, Any]) -> None:
    """One step: from where to where, by whom."""
    indicator = result.rubric.by_code[step["kode"]]
    gain = signed(step["tambahan_k"] / result.rubric.scale)
    head = f"{step['urutan']}. {step['kode']} {indicator.singkat}: skor {step['dari']} → {step['ke']} ({gain})"
    console.print(escape(head), style="bold")
    for label, text in (
        ("Kini", line["syarat_kini"]),
        ("Agar", indicator.row(step["ke"]).syarat),
        ("Kegiatan" if step["ke"] == line["maksimum"] else "Kegiatan hingga skor penuh", line["kegiatan"]),
        ("Pelaku", ", ".join(actor_words(line["pelaku"]))),
    ):
        console.print(Padding(escape(f"{label}: {text or '–'}"), (0, 0, 0, 5)))


def print_alternatives(console: Console, result: Gapped, number: int) -> None:
    """Other ways to the same target."""
    others = of(result.paths.alternatif, number)
    if others.is_empty():
        return
    console.print("[bold]Jalur lain[/]")
    for row in others.iter_rows(named=True):
        told = together(cost_words(result.choice, row["biaya"]), row["beda"])
        item(console, f"{row['jalur']} ({told})", mark=f"{row['pilihan']}. ")
    console.print()


def print_deficits(console: Console, result: Gapped, number: int) -> None:
    """Everything below full score, largest gain first."""
    lacking = of(result.deficits, number).filter(pl.col("kurang") > 0)
    console.print(f"[bold]Semua kekurangan[/]: {lacking.height} indikator")
    if lacking.is_empty():
        return
    rows = table("Kode", "Indikator", "Skor", "Kurang", "Tambahan", "Yang dapat bertindak", left=2)
    rows.columns[0].no_wrap = True
    rows.columns[5].justify, rows.columns[5].no_wrap = "left", False
    for row in lacking.iter_rows(named=True):
        who = ", ".join(actor_words(row["pelaku"])) if row["terkunci"] is None else row["terkunci"].partition(":")[0]
        figures = str(row["skor"]), str(row["kurang"]), signed(row["tambahan"])
        rows.add_row(row["kode"], escape(row["singkat"]), *figures, escape(who))
    console.print(rows)
    console.print()


def print_standing(console: Console, result: Gapped, number: int) -> None:
    """Where the village is ahead of its neighbours, and where behind."""
    for title, frame in (("Kekuatan", result.strengths), ("Kelemahan", result.weaknesses)):
        own = of(frame, number)
        if own.is_empty():
            continue
        console.print(f"[bold]{title}[/] di antara desa lain")
        for row in own.iter_rows(named=True):
            name = result.rubric.by_code[row["kode"]].singkat
            item(console, f"{row['kode']} {name} (skor {row['skor']}): {row['keterangan']}")
    console.print()


def print_similar(console: Console, result: Gapped, number: int) -> None:
    """Villages alike that stand one status higher, and what they have."""
    alike = of(result.similar, number)
    if alike.is_empty():
        return
    console.print("[bold]Desa mirip yang satu status di atasnya[/]")
    for row in alike.iter_rows(named=True):
        where = f"{row['desa_mirip']} ({row['kecamatan_mirip']}, {row['kabupaten_mirip']}), {row['status_mirip']}"
        item(console, f"{where}: punya {', '.join(row['punya']) or '–'}")
    console.print()


def of(frame: pl.DataFrame, number: int) -> pl.DataFrame:
    """The rows of one village."""
    return frame.filter(pl.col("no") == number)
