"""Findings on the screen and as JSON: a summary by rule and kabupaten, then the first findings of each rule."""

from typing import Any

import polars as pl
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from idmcli import __version__
from idmcli.commands.console import LEVEL_STYLE, SCHEMA_VERSION, item, table
from idmcli.findings import LEVELS, count
from idmcli.pipeline import Validated
from idmcli.words import whole

MOST_PLACES = 5
"""So many kabupaten columns fit beside the rule at 80 columns."""
NO_PLACE = {"di luar desa": "Umum"}
"""Findings about columns and files rather than a village."""


def print_findings(console: Console, result: Validated, most: int) -> None:
    """Totals, the table by rule and kabupaten, then up to `most` findings of each rule."""
    findings = result.findings
    villages = result.loaded.table.desa.height
    if findings.is_empty():
        console.print(f"[green]Tidak ada temuan[/] dalam {whole(villages)} baris.")
        return
    told = ", ".join(
        f"[{LEVEL_STYLE[level]}]{whole(count(findings, level))} {level}[/]"
        for level in LEVELS
        if count(findings, level)
    )
    console.print(f"[bold]{whole(findings.height)} temuan[/] dalam {whole(villages)} baris: {told}\n")
    console.print(summary_table(result.summary))
    console.print()
    titles = dict(result.summary.select("aturan", "judul").iter_rows())
    for (rule,), group in findings.group_by("aturan", maintain_order=True):
        print_rule(console, f"{titles[rule]} · {rule}", group, most)


def summary_table(summary: pl.DataFrame) -> Table:
    """Rules × kabupaten; provinces with many kabupaten show the total only."""
    fixed = {"aturan", "tingkat", "judul", "jumlah"}
    places = [name for name in summary.columns if name not in fixed]
    shown = places if len(places) <= MOST_PLACES else []
    rows = table("Tingkat", "Aturan", "Jumlah", *(NO_PLACE.get(name, name.title()) for name in shown), left=2)
    for number, column in enumerate(rows.columns):
        column.no_wrap = number < 3  # rule names stay whole, names of kabupaten may wrap
        column.min_width = None
    for row in summary.iter_rows(named=True):
        style = LEVEL_STYLE[row["tingkat"]]
        rows.add_row(
            f"[{style}]{row['tingkat']}[/]",
            row["aturan"],
            whole(row["jumlah"]),
            *(whole(row[name]) if row[name] else "–" for name in shown),
        )
    return rows


def print_rule(console: Console, title: str, group: pl.DataFrame, most: int) -> None:
    """The first findings of one rule: where, which village, what is wrong; the advice once."""
    first = group.row(0, named=True)
    console.print(f"[bold {LEVEL_STYLE[first['tingkat']]}]{escape(title)}[/] ({whole(group.height)})")
    for row in group.head(most).iter_rows(named=True):
        place = row["sel"] or (f"baris {row['baris']}" if row["baris"] else "")
        who = row["desa"] if row["desa"] and row["desa"] not in row["pesan"] else None
        where = " ".join(part for part in (row["berkas"], place, who and f"({who})") if part)
        item(console, f"{where}: {row['pesan']}" if where else row["pesan"])
    if group.height > most:
        console.print(
            f"  … dan {whole(group.height - most)} lagi (semua: --banyak {group.height} atau --report)", style="dim"
        )
    console.print(Padding(f"→ {escape(first['saran'])}", (0, 0, 0, 2), expand=False), style="dim")
    console.print()


def document(result: Validated) -> dict[str, Any]:
    """The findings as one JSON document."""
    loaded = result.loaded
    return {
        "idm": __version__,
        "skema": SCHEMA_VERSION,
        "perintah": "validate",
        "edisi": loaded.rubric.edisi,
        "sumber": [{"berkas": source.berkas, "sha256": source.sha256} for source in loaded.sources],
        "andaian": list(loaded.notes),
        "ringkasan": {level: count(result.findings, level) for level in LEVELS},
        "per_aturan": result.summary.to_dicts(),
        "temuan": result.findings.to_dicts(),
    }
