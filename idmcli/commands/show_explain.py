"""One village's computation on the screen and as JSON."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from idmcli import columns as col
from idmcli.commands.console import SCHEMA_VERSION, STATUS_STYLE
from idmcli.scoring.explanation import AnswerLine, DimensionLine, Distance, Explanation, IndicatorLine
from idmcli.words import decimal, plain


def print_explanation(console: Console, told: Explanation) -> None:
    """Identity, every indicator, the sums, the status and how far both thresholds are."""
    who = told.identitas
    place = " · ".join(str(who[name]) for name in ("kecamatan", "kabupaten", "provinsi") if who.get(name))
    year = f" · tahun {who[col.TAHUN]}" if who.get(col.TAHUN) else ""
    console.print(
        f"[bold]{escape(str(who.get('desa') or '(tanpa nama)'))}[/]  {who.get(col.KODE_DESA) or '(tanpa kode)'}"
    )
    console.print(escape(f"{place}{year} · edisi {told.edisi}"))
    console.print(escape(f"Sumber: {where(who)}"), style="dim")
    for dimension in told.dimensi:
        console.print()
        print_dimension(console, dimension, told.skala)
    console.print()
    if told.k is None:
        console.print(f"[bold red]Tidak dapat dihitung:[/] {escape(told.alasan or '')}")
        return
    units = " + ".join(str(line.satuan) for line in told.dimensi)
    style = STATUS_STYLE.get(told.status or "", "bold")
    console.print(f"IDM = ({units}) ÷ {told.skala} = {told.k}/{told.skala} = [bold]{decimal(told.idm)}[/]")
    console.print(f"Status: [bold {style}]{told.status}[/]")
    print_distance(console, "Naik ke", told.naik, "+")
    print_distance(console, "Turun ke", told.turun, "−")
    print_stated(console, told)
    console.print("\n[bold]Acuan[/]")
    for reference in told.acuan:
        console.print(escape(f"  {reference.judul}"))
    console.print()


def print_dimension(console: Console, line: DimensionLine, scale: int) -> None:
    """The indicators of a dimension, then its sum."""
    console.print(f"[bold]{line.kode}  {escape(line.nama)}[/]")
    if line.indikator:
        rows = Table(box=None, pad_edge=False, show_edge=False, header_style="bold", padding=(0, 2, 0, 0))
        answered = any(answer.isi is not None for indicator in line.indikator for answer in indicator.jawaban)
        rows.add_column("Kode", no_wrap=True)
        rows.add_column("Indikator")
        if answered:
            rows.add_column("Jawaban")
        rows.add_column("Syarat yang dipenuhi")
        rows.add_column("Skor", justify="right", no_wrap=True)
        for indicator in line.indikator:
            cells = [indicator.kode, escape(indicator.nama)]
            if answered:
                cells.append(escape(answers(indicator)))
            score = "–" if indicator.skor is None else str(indicator.skor)
            rows.add_row(*cells, escape(indicator.syarat or "(skor kosong atau tidak berlaku)"), score)
        console.print(rows)
    if line.poin is None:
        console.print(f"  {line.kode}: belum dapat dijumlahkan")
        return
    console.print(
        f"  {line.kode} = {line.poin} ÷ {line.maksimum} = [bold]{decimal(line.indeks)}[/]   "
        f"({line.poin} poin × {line.satuan_per_poin} = {line.satuan} dari {scale} satuan)"
    )


def print_distance(console: Console, word: str, distance: Distance | None, sign: str) -> None:
    """How far a threshold is, in IDM and in points per dimension."""
    if distance is None:
        return
    ways = [f"{points} poin {kode}" for kode, points in distance.poin.items() if points is not None]
    means = f" (setara {' atau '.join(ways)})" if ways else ""
    console.print(f"{word} {distance.status}: {sign}{decimal(distance.idm)} IDM{means}")


def print_stated(console: Console, told: Explanation) -> None:
    """What the file states, beside what was computed."""
    if not told.terbit:
        return
    stated = ", ".join(
        f"{name.removesuffix('_terbit').upper()} {decimal(value) if isinstance(value, float) else value}"
        for name, value in told.terbit.items()
        if name in (*col.STATED_INDICES, col.STATED_STATUS)
    )
    verdict = {True: "[green]cocok[/]", False: "[bold red]tidak cocok[/]", None: "tidak dibandingkan"}[told.cocok]
    console.print(f"Terbit dalam berkas: {escape(stated)}: {verdict}")


def answers(indicator: IndicatorLine) -> str:
    """The raw answers in words: `posyandu aktif 3, posyandu 4`."""
    return ", ".join(answer_words(answer) for answer in indicator.jawaban)


def answer_words(answer: AnswerLine) -> str:
    """One raw answer with its unit."""
    if answer.isi is None:
        return "(kosong)"
    value = plain(answer.isi) if isinstance(answer.isi, float) else str(answer.isi)
    return f"{value} {answer.satuan}".strip()


def where(who: Any) -> str:
    """File, sheet and row of a village."""
    sheet = f", lembar {who[col.LEMBAR]}" if who.get(col.LEMBAR) else ""
    row = f", baris {who[col.BARIS]}" if who.get(col.BARIS) else ""
    return f"{who.get(col.BERKAS)}{sheet}{row}"


def document(explanations: Sequence[Explanation]) -> dict[str, Any]:
    """The computations as one JSON document."""
    return {"skema": SCHEMA_VERSION, "perintah": "explain", "desa": [asdict(told) for told in explanations]}
