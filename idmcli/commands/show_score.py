"""A scored province on the screen and as JSON."""

from dataclasses import dataclass
from typing import Any

import polars as pl
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from idmcli import __version__
from idmcli import columns as col
from idmcli.classify import recap
from idmcli.commands.console import SCHEMA_VERSION, STATUS_STYLE, bar, item, stderr, table
from idmcli.pipeline import Loaded
from idmcli.rubric.model import Rubric
from idmcli.words import decimal, percent, whole

SHORT_STATUS = {
    "SANGAT TERTINGGAL": "S.Tert",
    "TERTINGGAL": "Tert",
    "BERKEMBANG": "Berk",
    "MAJU": "Maju",
    "MANDIRI": "Mand",
}
"""Heads of the count columns, so that a province fits 80 columns; an edition's other names are shown whole."""
LISTED = 10
"""How many villages a list on the screen names before it says how many more there are."""


@dataclass(frozen=True)
class Totals:
    """How many rows there are, could not be scored, agree or disagree with what the file states, or come again.

    `repeated` counts the rows whose village and year an earlier row has already: they count twice in every recap.
    """

    rows: int
    unscored: int
    agree: int
    disagree: int
    repeated: int


def totals(loaded: Loaded) -> Totals:
    """Count the rows of a scored table."""
    agrees = loaded.scored.get_column(col.AGREES)
    known = loaded.scored.select(col.KODE_DESA, col.TAHUN).drop_nulls(col.KODE_DESA)
    return Totals(
        rows=loaded.scored.height,
        unscored=int(loaded.scored.get_column(col.IDM_K).is_null().sum()),
        agree=int(agrees.sum()),
        disagree=int(agrees.not_().sum()),
        repeated=known.height - known.n_unique(),
    )


def warn_repeated(counted: Totals, quiet: bool, no_color: bool) -> None:
    """Say on stderr that villages are counted more than once."""
    if counted.repeated and not quiet:
        many = f"{whole(counted.repeated)} baris memuat desa dan tahun yang sudah ada di baris lain"
        advice = "Desa itu terhitung lebih dari sekali; lihat aturan desa_ganda dengan idm validate."
        stderr(no_color).print(escape(f"Perhatian: {many}. {advice}\n"), style="yellow")


def print_scores(console: Console, loaded: Loaded, counted: Totals) -> None:
    """Province lines, table by kabupaten, status bars, agreement, and what could not be scored."""
    frame, rubric = loaded.scored, loaded.rubric
    latest = latest_only(frame)
    print_provinces(console, frame, rubric)
    console.print(recap_table(recap(latest, rubric, "kabupaten"), rubric, "kabupaten"))
    console.print()
    console.print(status_bars(latest, rubric))
    console.print()
    print_agreement(console, frame, counted)
    print_unscored(console, frame, counted)


def print_provinces(console: Console, frame: pl.DataFrame, rubric: Rubric) -> None:
    """One line for a province and year; a table where there are several, and then which year the rest is about."""
    provinces = recap(frame, rubric, "provinsi")
    if provinces.height > 1:
        console.print(f"[bold]{whole(frame.height)} baris[/] · edisi {rubric.edisi}\n")
        console.print(recap_table(provinces, rubric, "provinsi"))
        console.print()
        years = frame.get_column(col.TAHUN).drop_nulls()
        if years.n_unique() > 1:
            console.print(f"[bold]Tahun {max(years.to_list())}[/]\n")
        return
    for row in provinces.iter_rows(named=True):
        year = single_year(frame)
        title = f"{row['provinsi'] or 'Provinsi tidak disebut'} · {whole(row['jumlah_desa'])} desa"
        console.print(f"[bold]{escape(title)}[/]" + (f" · tahun {year}" if year else "") + f" · edisi {rubric.edisi}")
        means = " · ".join(f"{d.kode} {decimal(row[d.kolom])}" for d in rubric.dimensi)
        console.print(f"Rata-rata IDM [bold]{decimal(row['idm'])}[/]   {means}\n")


def latest_only(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows of the latest year (all rows where no year is known)."""
    years = frame.get_column(col.TAHUN)
    return frame if years.drop_nulls().n_unique() < 2 else frame.filter(years == years.max())


def single_year(frame: pl.DataFrame) -> int | None:
    """The year of a table that has one."""
    years = frame.get_column(col.TAHUN).drop_nulls().unique().to_list()
    return years[0] if len(years) == 1 else None


def recap_table(counts: pl.DataFrame, rubric: Rubric, level: str) -> Table:
    """Places with means and status counts; `tahun` where there are several."""
    several = col.TAHUN in counts.columns
    heads = [level.capitalize(), *(["Tahun"] if several else []), "Desa"]
    heads += [dimension.kode for dimension in rubric.dimensi] + ["IDM"]
    names = [status.nama for status in reversed(rubric.status)]
    made = table(*heads, *(SHORT_STATUS.get(name, name) for name in names), tight=True)
    made.columns[0].min_width = 12
    shown = None
    for row in counts.iter_rows(named=True):
        figures = [decimal(row[d.kolom]) for d in rubric.dimensi] + [decimal(row["idm"])]
        made.add_row(
            "" if several and row[level] == shown else escape(row[level] or "(tidak disebut)"),
            *([str(row[col.TAHUN] or "–")] if several else []),
            whole(row["jumlah_desa"]),
            *figures,
            *(whole(row[name]) if row[name] else "–" for name in names),
        )
        shown = row[level]
    return made


def status_bars(frame: pl.DataFrame, rubric: Rubric) -> Table:
    """One bar per status, highest first."""
    statuses = frame.get_column(col.STATUS)
    known = frame.height - int(statuses.is_null().sum())
    made = table("Status", "Desa", "Bagian", "", left=1)
    made.columns[3].justify = "left"
    for status in reversed(rubric.status):
        number = int((statuses == status.nama).sum())
        style = STATUS_STYLE.get(status.nama, "default")
        made.add_row(status.nama, whole(number), percent(number, known), f"[{style}]{bar(number, known)}[/]")
    return made


def print_agreement(console: Console, frame: pl.DataFrame, counted: Totals) -> None:
    """How many rows agree with the figures that the file states, and which do not."""
    compared = counted.agree + counted.disagree
    if not compared:
        console.print("Berkas tidak memuat angka terbit (IKS, IKE, IKL, IDM, status) untuk dibandingkan.")
        return
    if not counted.disagree:
        console.print(f"Cocok dengan angka terbit: [green]semua {whole(compared)} baris[/].")
        return
    console.print(
        f"Cocok dengan angka terbit: {whole(counted.agree)} dari {whole(compared)} baris. "
        f"[bold red]Tidak cocok: {whole(counted.disagree)}[/]"
    )
    wrong = frame.filter(pl.col(col.AGREES).not_())
    stated = col.STATED_INDICES[-1] in frame.columns
    for row in wrong.head(LISTED).iter_rows(named=True):
        told = f", terbit {decimal(row['idm_terbit'])}" if stated and row["idm_terbit"] is not None else ""
        told += f" {row[col.STATED_STATUS]}" if row.get(col.STATED_STATUS) else ""
        item(console, f"{village(row)}: hitungan {decimal(row['idm'])} {row[col.STATUS]}{told}")
    more(console, wrong.height)
    console.print("Sebabnya: idm validate", style="dim")


def print_unscored(console: Console, frame: pl.DataFrame, counted: Totals) -> None:
    """The rows that have no figures, each with its reason."""
    if not counted.unscored:
        return
    console.print(f"[bold red]Tidak dapat dihitung: {whole(counted.unscored)} baris[/]")
    rows = frame.filter(pl.col(col.IDM_K).is_null())
    for row in rows.head(LISTED).iter_rows(named=True):
        item(console, f"{village(row)}: {row[col.REASON]}")
    more(console, rows.height)


def more(console: Console, total: int) -> None:
    """Say how many a list leaves out."""
    if total > LISTED:
        console.print(f"  … dan {whole(total - LISTED)} lagi (semua ada dalam hasil -o dan --json)", style="dim")


def village(row: dict[str, Any]) -> str:
    """A village as a list names it: code, name, kecamatan, year."""
    code = row.get(col.KODE_DESA) or f"baris {row.get(col.BARIS)}"
    year = f" {row[col.TAHUN]}" if row.get(col.TAHUN) else ""
    place = f" ({row['kecamatan']})" if row.get("kecamatan") else ""
    return f"{code} {row.get('desa') or '(tanpa nama)'}{place}{year}"


def document(loaded: Loaded, counted: Totals) -> dict[str, Any]:
    """The scored table as one JSON document."""
    frame, rubric = loaded.scored, loaded.rubric
    return {
        "idm": __version__,
        "skema": SCHEMA_VERSION,
        "perintah": "score",
        "edisi": rubric.edisi,
        "sumber": [{"berkas": source.berkas, "sha256": source.sha256} for source in loaded.sources],
        "andaian": list(loaded.notes),
        "ringkasan": {
            "baris": counted.rows,
            "dihitung": counted.rows - counted.unscored,
            "tidak_dihitung": counted.unscored,
            "cocok": counted.agree,
            "tidak_cocok": counted.disagree,
            "ganda": counted.repeated,
            "status": {s.nama: int((frame.get_column(col.STATUS) == s.nama).sum()) for s in reversed(rubric.status)},
        },
        "provinsi": recap(frame, rubric, "provinsi").to_dicts(),
        "kabupaten": recap(frame, rubric, "kabupaten").to_dicts(),
        "baris": frame.to_dicts(),
    }
