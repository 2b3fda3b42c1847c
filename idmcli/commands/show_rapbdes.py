"""A verification on the screen: verdicts, coverage, what nobody budgets for, and what is wrong in the files."""

import polars as pl
from rich.console import Console
from rich.markup import escape

from idmcli.commands.console import STATUS_STYLE, bar, item, table
from idmcli.findings import LEVELS, count
from idmcli.parameters.budget_rules import BREAKS, VERDICTS
from idmcli.pipeline.rapbdes import Verified
from idmcli.words import listed, percent, whole

VERDICT_STYLE = dict(zip(VERDICTS, ("green", "yellow", "red"), strict=True))
MILLION = 1_000_000


def show(console: Console, verified: Verified, most: int) -> None:
    """The whole summary, at most `most` lines per list."""
    print_head(console, verified)
    print_verdicts(console, verified)
    print_rules(console, verified, most)
    print_villages(console, verified, most)
    print_indicators(console, verified, most)
    print_absent(console, verified, most)
    print_findings(console, verified, most)


def print_head(console: Console, verified: Verified) -> None:
    """How many villages, and how much money meets weak indicators."""
    villages = verified.hasil.desa
    spent, tied, direct = (int(villages.get_column(name).sum()) for name in ("belanja", "terkait", "terkait_langsung"))
    year = f" {verified.tahun}" if verified.tahun else ""
    console.print(
        f"[bold]RAPBDes{year}[/]: {whole(villages.height)} desa diverifikasi, "
        f"{whole(verified.tanpa_berkas.height)} desa sekabupaten tanpa berkas"
    )
    if villages.is_empty():
        console.print()
        return
    console.print(
        f"Belanja Rp{whole(spent)}; menjawab indikator lemah {percent(tied, spent)}, di antaranya langsung "
        f"{percent(direct, spent)}"
    )
    steps, funded = (int(villages.get_column(name).sum()) for name in ("langkah", "langkah_dianggarkan"))
    rise = villages.filter(pl.col("status_harapan") != pl.col("status")).height
    console.print(
        f"Langkah jalur terkecil yang dianggarkan langsung: {whole(funded)} dari {whole(steps)}; bila berhasil, "
        f"{whole(rise)} desa naik status"
    )
    console.print()


def print_verdicts(console: Console, verified: Verified) -> None:
    """How many villages get which verdict."""
    villages = verified.hasil.desa
    if villages.is_empty():
        return
    console.print("[bold]Usulan putusan[/]")
    made = table("Putusan", "Desa", "Bagian", "")
    made.columns[3].justify = "left"
    for verdict in VERDICTS:
        number = villages.filter(pl.col("putusan") == verdict).height
        style = VERDICT_STYLE[verdict]
        share = percent(number, villages.height)
        made.add_row(f"[{style}]{verdict}[/]", whole(number), share, bar(number, villages.height))
    console.print(made)
    console.print()


def print_rules(console: Console, verified: Verified, most: int) -> None:
    """The villages that break a formal rule."""
    broken = verified.hasil.formal.filter(pl.col("hasil") == BREAKS).join(
        verified.hasil.desa.select("kode_desa", "desa"), on="kode_desa", maintain_order="left"
    )
    if broken.is_empty():
        return
    console.print("[bold]Melanggar aturan[/]")
    for row in broken.head(most).iter_rows(named=True):
        item(console, f"{row['desa'] or row['kode_desa']}: {row['judul']} ({row['angka']})")
    rest(console, broken.height, most)
    console.print()


def print_villages(console: Console, verified: Verified, most: int) -> None:
    """The villages whose budgets leave out the most, by the share of their weak indicators."""
    villages = verified.hasil.desa.sort("belum_persen", "kode_desa", descending=[True, False])
    if villages.is_empty() or not most:
        return
    console.print("[bold]Paling banyak belum dianggarkan[/]")
    made = table("Desa", "Status", "Belum", "Jalur", "Langsung", "Putusan", left=2)
    made.columns[5].justify = "left"
    for row in villages.head(most).iter_rows(named=True):
        made.add_row(
            escape(row["desa"] or row["kode_desa"]),
            f"[{STATUS_STYLE.get(row['status'], 'default')}]{row['status']}[/]",
            f"{row['belum_dianggarkan']}/{row['lemah_desa']}",
            f"{row['langkah_dianggarkan']}/{row['langkah']}",
            percent(row["terkait_langsung"], row["belanja"]),
            f"[{VERDICT_STYLE[row['putusan']]}]{row['putusan']}[/]",
        )
    console.print(made)
    rest(console, villages.height, most)
    console.print(
        "Belum: indikator belum dianggarkan, dari yang lemah dan dalam kewenangan desa. Jalur: langkah jalur terkecil "
        "yang dianggarkan langsung. Langsung: bagian belanja."
    )
    console.print()


def print_indicators(console: Console, verified: Verified, most: int) -> None:
    """The indicators that most villages leave without money."""
    rows = verified.indikator.filter(pl.col("belum_dianggarkan") > 0).sort(
        "belum_dianggarkan", "desa_lemah", descending=[True, False], maintain_order=True
    )
    if rows.is_empty() or not most:
        return
    console.print("[bold]Indikator lemah yang paling sering belum dianggarkan[/]")
    made = table("Kode", "Indikator", "Belum", "Lemah", "Langsung (juta Rp)", left=2)
    for row in rows.head(most).iter_rows(named=True):
        money = whole(row["anggaran_langsung"] // MILLION)
        made.add_row(row["kode"], row["singkat"], whole(row["belum_dianggarkan"]), whole(row["desa_lemah"]), money)
    console.print(made)
    rest(console, rows.height, most)
    console.print("Belum, Lemah: jumlah desa. Langsung: anggaran yang langsung menjawab indikator itu.")
    console.print()


def print_absent(console: Console, verified: Verified, most: int) -> None:
    """Villages without a file, or without scores."""
    absent = verified.tanpa_berkas
    if not absent.is_empty() and most:
        names = [f"{desa or kode} ({kecamatan or '–'})" for kode, kecamatan, desa in _names(absent)]
        console.print(escape(f"Tanpa berkas RAPBDes: {listed(names, most)}"))
    if not verified.tanpa_skor.is_empty():
        codes = verified.tanpa_skor.get_column("kode_desa").to_list()
        console.print(f"RAPBDes tanpa skor IDM: {listed(codes, max(most, 1))}")


def _names(frame: pl.DataFrame) -> list[tuple[str, str, str]]:
    return frame.select("kode_desa", "kecamatan", "desa").rows()


def print_findings(console: Console, verified: Verified, most: int) -> None:
    """What is wrong in the files, gravest first."""
    findings = verified.findings
    if findings.is_empty():
        return
    console.print()
    counts = ", ".join(f"{whole(count(findings, level))} {level}" for level in LEVELS)
    console.print(f"[bold]Temuan pada berkas RAPBDes[/]: {counts}")
    for row in findings.head(most).iter_rows(named=True):
        place = " ".join(part for part in (row["desa"], row["sel"]) if part)
        item(console, f"{row['tingkat']}{f' {place}' if place else ''}: {row['pesan']}")
    rest(console, findings.height, most)


def rest(console: Console, total: int, most: int) -> None:
    """How many a list leaves out."""
    if total > most:
        console.print(f"  … dan {whole(total - most)} lagi")
