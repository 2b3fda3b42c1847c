"""Statuses, distances, moves and targets on the screen and as JSON."""

from typing import Any

import polars as pl
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from idmcli import __version__
from idmcli import columns as col
from idmcli.classify import Moves, recap
from idmcli.commands.console import SCHEMA_VERSION, item, table
from idmcli.commands.show_score import (
    SHORT_STATUS,
    latest_only,
    more,
    print_agreement,
    print_provinces,
    print_unscored,
    recap_table,
    status_bars,
    totals,
    village,
)
from idmcli.pipeline import Classified
from idmcli.rubric.model import Rubric
from idmcli.words import decimal, signed, whole

LISTED = 10


def print_classification(console: Console, result: Classified) -> None:
    """Recap, statuses, the way up, the watch list, and moves and targets where they were asked for."""
    rubric = result.loaded.rubric
    frame = latest_only(result.villages)
    print_provinces(console, result.villages, rubric)
    console.print(recap_table(recap(frame, rubric, "kabupaten"), rubric, "kabupaten"))
    console.print()
    console.print(status_bars(frame, rubric))
    console.print()
    print_ways_up(console, frame, rubric)
    print_watch_list(console, frame, rubric)
    if result.moves is not None:
        print_moves(console, result.moves, rubric)
    if result.targets is not None:
        print_targets(console, result.targets)
    counted = totals(result.loaded)
    print_agreement(console, result.villages, counted)
    print_unscored(console, result.villages, counted)


def print_ways_up(console: Console, frame: pl.DataFrame, rubric: Rubric) -> None:
    """Per target status: how many villages aim at it, and how many are within one indicator's reach."""
    aiming = frame.filter(pl.col("target_status") != pl.col(col.STATUS))
    if aiming.is_empty():
        return
    rows = table("Menuju status", "Desa", "Penambahan terkecil", "Rata-rata", "Terbesar")
    for status in reversed(rubric.status):
        group = aiming.filter(pl.col("target_status") == status.nama).get_column("penambahan")
        if group.len():
            figures = [float(f) for f in (group.min(), group.mean(), group.max()) if isinstance(f, float)]
            rows.add_row(status.nama, whole(group.len()), *map(signed, figures))
    console.print(rows)
    console.print()


def print_watch_list(console: Console, frame: pl.DataFrame, rubric: Rubric) -> None:
    """Villages that stand just above their lower threshold."""
    watched = frame.filter(pl.col("pantau")).sort("sisa_k", col.KODE_DESA)
    console.print(f"[bold]Daftar pantau[/]: {whole(watched.height)} desa hampir turun status")
    lightest = min(rubric.dimensi, key=rubric.unit)
    if watched.height:
        rows = table("Kode", "Desa", "Kecamatan", "Status", "IDM", f"Turun bila −poin {lightest.kode}", left=4)
        rows.columns[0].no_wrap = True
        for row in watched.head(LISTED).iter_rows(named=True):
            spare = row[f"sisa_poin_{lightest.kolom}"]
            place = escape(row["desa"] or ""), escape(row["kecamatan"] or "")
            rows.add_row(row[col.KODE_DESA] or "", *place, row[col.STATUS], decimal(row["idm"]), str(spare + 1))
        console.print(rows)
    more(console, watched.height)
    console.print()


def print_moves(console: Console, moves: Moves, rubric: Rubric) -> None:
    """The matrix of moves, then who rose and who fell and why."""
    before = moves.tahun_sebelum or "pembanding"
    console.print(f"[bold]Perubahan status {before} → {moves.tahun or 'sekarang'}[/] (baris: dari, kolom: ke)")
    console.print(matrix_table(moves.matriks))
    for word, frame in (("Naik", moves.naik), ("Turun", moves.turun)):
        console.print(f"[bold]{word}[/]: {whole(frame.height)} desa")
        for row in frame.head(LISTED).iter_rows(named=True):
            change = signed(row["selisih_k"] / rubric.scale)
            item(console, f"{village(row)}: {row['status_sebelum']} → {row[col.STATUS]} ({change})")
            if row["penyebab"]:
                item(console, row["penyebab"], indent=4)
        more(console, frame.height)
    if moves.kode_ganda:
        console.print(f"{whole(moves.kode_ganda)} baris berkode ganda tidak ikut dibandingkan.", style="yellow")
    if moves.tanpa_kode:
        console.print(f"{whole(moves.tanpa_kode)} baris tanpa kode desa tidak dapat dibandingkan.", style="yellow")
    console.print()


def matrix_table(matrix: pl.DataFrame) -> Table:
    """A matrix of moves (`classify.matrix`), without what it does not need for villages absent or not scored."""
    names = [name for name in matrix.columns if name != "dari"]
    used = [name for name in names if matrix.get_column(name).sum() or name in SHORT_STATUS]
    rows = table("Dari", *(SHORT_STATUS.get(name, name.capitalize()) for name in used))
    for row in matrix.iter_rows(named=True):
        if row["dari"] in SHORT_STATUS or any(row[name] for name in used):
            rows.add_row(row["dari"], *(whole(row[name]) if row[name] else "–" for name in used))
    return rows


def print_targets(console: Console, targets: pl.DataFrame) -> None:
    """Targets against what was reached."""
    rows = table("Sasaran", "Diminta", "Capaian", "Selisih", "Hasil")
    for row in targets.iter_rows(named=True):
        asked = "–" if row["sasaran"] is None else f"{row['arah'] or ''} {whole(row['sasaran'])}".strip()
        verdict = {True: "[green]tercapai[/]", False: "[red]belum[/]", None: "–"}[row["tercapai"]]
        rows.add_row(row[col.STATUS], asked, whole(row["capaian"]), gap(row["arah"], row["kurang"]), verdict)
    console.print(rows)


def gap(direction: str | None, villages: int | None) -> str:
    """How far a target is: `kurang 24` where more villages are wanted, `lebih 44` where fewer are."""
    if not villages:
        return "–"
    return f"{'kurang' if direction == '≥' else 'lebih'} {whole(villages)}"


def document(result: Classified) -> dict[str, Any]:
    """The classification as one JSON document."""
    loaded, moves = result.loaded, result.moves
    return {
        "idm": __version__,
        "skema": SCHEMA_VERSION,
        "perintah": "classify",
        "edisi": loaded.rubric.edisi,
        "sumber": [{"berkas": source.berkas, "sha256": source.sha256} for source in loaded.sources],
        "andaian": list(loaded.notes),
        "rekap": {level: frame.to_dicts() for level, frame in result.recaps.items()},
        "perubahan": moves
        and {
            "tahun_sebelum": moves.tahun_sebelum,
            "tahun": moves.tahun,
            "matriks": moves.matriks.to_dicts(),
            "naik": moves.naik.to_dicts(),
            "turun": moves.turun.to_dicts(),
            "penyebab": moves.penyebab.to_dicts(),
            "tanpa_kode": moves.tanpa_kode,
            "kode_ganda": moves.kode_ganda,
        },
        "sasaran": None if result.targets is None else result.targets.to_dicts(),
        "baris": result.villages.to_dicts(),
    }
