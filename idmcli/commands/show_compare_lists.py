"""Villages that came, went or were renamed, targets and who is near them, and one village through the years."""

from typing import Any

import polars as pl
from rich.console import Console
from rich.markup import escape

from idmcli import columns as col
from idmcli.commands.console import STATUS_STYLE, item, table
from idmcli.commands.show_score import village
from idmcli.compare import NEAR_FALL, NEAR_RISE, OTHER_CODE, Compared, of_pair
from idmcli.errors import UsageError
from idmcli.pipeline.comparing import Comparison
from idmcli.regions import fold_expr, fold_name
from idmcli.rubric import Rubric
from idmcli.words import decimal, signed, whole


def print_places(console: Console, compared: Compared, most: int) -> None:
    """Villages gone, new and renamed, of all pairs."""
    for title, frame, told in (
        ("Desa yang hilang", compared.hilang, _gone),
        ("Desa yang baru", compared.baru, _new),
        ("Desa yang berganti nama atau kode", compared.ganti_nama, _renamed),
    ):
        if frame.height:
            console.print(f"[bold]{title}[/]: {whole(frame.height)}")
            for row in frame.head(most).iter_rows(named=True):
                item(console, told(row))
            if frame.height > most:
                console.print(f"  … dan {whole(frame.height - most)} lagi (semua dengan -o)", style="dim")
            console.print()


def _gone(row: dict[str, Any]) -> str:
    return f"{village(row)}: ada {row['dari']}, tidak ada {row['ke']}{_why(row, row['ke'], 'kini')}"


def _new(row: dict[str, Any]) -> str:
    return f"{village(row)}: tidak ada {row['dari']}, ada {row['ke']}{_why(row, row['dari'], 'dulu')}"


def _why(row: dict[str, Any], other: int, when: str) -> str:
    """What explains an absence: another code (suspected), or a kabupaten that the year does not hold at all."""
    if row["kode_dugaan"]:
        return f" (diduga {when} {row['kode_dugaan']}: nama desa dan kecamatannya sama)"
    return "" if row["tercakup"] else f" (kabupatennya tidak ada dalam data {other})"


def _renamed(row: dict[str, Any]) -> str:
    place = f"{row['kecamatan'] or '–'}, {row['dari']} → {row['ke']}"
    if row["jenis"] == OTHER_CODE:
        return f"{row['kode_dari']} → {row['kode_ke']} {row['desa_ke']} ({place}): diduga kodenya yang berganti"
    return f"{row['kode_ke']} {row['desa_dari'] or '–'} → {row['desa_ke'] or '–'} ({place})"


def print_goals(console: Console, compared: Compared) -> None:
    """Targets against every year, the pace, and who is near."""
    frame = compared.sasaran
    last = frame.filter(pl.col(col.TAHUN) == compared.ujung[1])
    asked = last.get_column("sasaran").is_not_null().any()
    console.print(
        "[bold]Menuju sasaran[/]" + ("" if asked else " (idm.toml tidak memuat [sasaran])".replace("[", r"\["))
    )
    years = [str(year) for year in compared.tahun]
    targets = (["Sasaran"], ["Tercapai"]) if asked else ([], [])
    rows = table("Status", *targets[0], *years, "Per tahun", *targets[1], "Dekat")
    counts = {(row[col.TAHUN], row[col.STATUS]): row["capaian"] for row in frame.iter_rows(named=True)}
    for row in last.iter_rows(named=True):
        goal = "–" if row["sasaran"] is None else f"{row['arah'] or ''} {whole(row['sasaran'])}".strip()
        comes, goes = row["naik_masuk"] + row["turun_masuk"], row["naik_keluar"] + row["turun_keluar"]
        rows.add_row(
            f"[{STATUS_STYLE.get(row[col.STATUS], 'default')}]{row[col.STATUS]}[/]",
            *([goal] if asked else []),
            *(whole(counts[year, row[col.STATUS]]) for year in compared.tahun),
            signed(row["laju"], 1) if row["laju"] is not None else "–",
            *([_reached(row)] if asked else []),
            f"+{whole(comes)} −{whole(goes)}" if comes or goes else "–",
        )
    console.print(rows)
    console.print(
        f"Dekat: desa yang akan masuk (+) atau keluar (−) bila IDM-nya berubah setara {compared.dekat_poin} poin IKS."
        + (" Tercapai: tahunnya bila laju sejak tahun pertama bertahan." if asked else "")
        + "\n",
        style="dim",
    )


def _reached(row: dict[str, Any]) -> str:
    """When a target is reached, or that it is not at this pace."""
    if row["tercapai"] is None:
        return "–"
    if row["tercapai"]:
        return "[green]ya[/]"
    return str(row["tahun_tercapai"]) if row["tahun_tercapai"] else f"[red]belum, {whole(row['kurang'])} lagi[/]"


def print_near(console: Console, compared: Compared, rubric: Rubric, most: int) -> None:
    """Villages a few points below the next status, and those that would fall."""
    for title, state, sign in (("Hampir naik", NEAR_RISE, "+"), ("Hampir turun", NEAR_FALL, "−")):
        frame = compared.dekat.filter(pl.col("keadaan") == state)
        console.print(f"[bold]{title}[/]: {whole(frame.height)} desa pada {compared.ujung[1]}")
        for row in frame.head(most).iter_rows(named=True):
            since = row["selisih_idm"]
            trend = "" if since is None else f"; sejak {compared.tahun[-2]} {signed(since) if since else 'tetap'}"
            item(
                console,
                f"{village(row)}: {row[col.STATUS]} → {row['status_dekat']} dengan "
                f"{sign}{decimal(row['jarak_k'] / rubric.scale)} IDM{trend}",
            )
        if frame.height > most:
            console.print(f"  … dan {whole(frame.height - most)} lagi (semua dengan -o)", style="dim")
    console.print()


def village_of(result: Comparison, desa: str) -> str:
    """The code of one village, by code or by its name where only one bears it.

    Raises:
        UsageError: no such village, or several of that name.
    """
    frame = result.compared.desa
    digits = "".join(desa.replace(".", "").split())
    named = pl.col(col.KODE_DESA) == digits if digits.isdigit() else fold_expr(pl.col("desa")) == fold_name(desa)
    found = frame.filter(named)
    if found.is_empty():
        raise UsageError(f"Desa {desa} tidak ada pada tahun mana pun", "Periksa kode atau ejaan namanya.")
    if found.height > 1:
        options = ", ".join(f"{row[col.KODE_DESA]} ({row['kecamatan']})" for row in found.iter_rows(named=True))
        raise UsageError(f"Ada {found.height} desa bernama {desa}: {options}", "Sebut kodenya.")
    return str(found.item(0, col.KODE_DESA))


def print_village(console: Console, compared: Compared, rubric: Rubric, kode: str) -> None:
    """One village: status and IDM of every year, and every indicator that changed in between."""
    row = compared.desa.filter(pl.col(col.KODE_DESA) == kode).row(0, named=True)
    console.print(f"[bold]{escape(row['desa'] or '(tanpa nama)')}[/]  {kode}")
    places = " · ".join(row[name] or "–" for name in ("kecamatan", "kabupaten", "provinsi"))
    console.print(escape(f"{places} · edisi {rubric.edisi}") + "\n")
    rows = table("Tahun", "Status", "IDM", "Selisih", left=2)
    before: int | None = None
    for year in compared.tahun:
        k = row[f"idm_k_{year}"]
        status = row[f"status_{year}"] or ("tidak dihitung" if row[f"ada_{year}"] else "tidak ada")
        step = signed((k - before) / rubric.scale) if k is not None and before is not None else "–"
        style = STATUS_STYLE.get(status, "default")
        rows.add_row(str(year), f"[{style}]{status}[/]", decimal(row[f"idm_{year}"]), step)
        before = k
    console.print(rows)
    console.print()
    for pair in compared.pasangan:
        change = of_pair(compared.perubahan, *pair).filter(pl.col(col.KODE_DESA) == kode)
        if change.is_empty():
            continue
        _print_changes(console, compared, change.row(0, named=True))


def _print_changes(console: Console, compared: Compared, change: dict[str, Any]) -> None:
    """What changed in one village between two years."""
    years = f"{change['dari']} → {change['ke']}"
    if change["kiriman_sama"]:
        console.print(f"[bold]{years}[/]: kiriman sama, 50 skor tidak berubah\n")
        return
    frame = of_pair(compared.indikator, change["dari"], change["ke"]).filter(
        pl.col(col.KODE_DESA) == change[col.KODE_DESA]
    )
    if frame.is_empty():
        console.print(f"[bold]{years}[/]: {escape(change['penyebab'] or 'tidak dapat dibandingkan')}\n")
        return
    console.print(f"[bold]{years}[/]: {whole(frame.height)} indikator berubah, IDM {signed(change['selisih_idm'])}")
    rows = table("Kode", "Indikator", "Skor", "Sumbangan IDM", left=2)
    for row in frame.iter_rows(named=True):
        rows.add_row(row["kode"], row["nama"], f"{row['skor_dari']} → {row['skor_ke']}", signed(row["sumbangan"]))
    console.print(rows)
    console.print()
