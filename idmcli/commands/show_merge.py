"""A merge on the screen and as JSON: what became of the files, what contradicts, what is missing."""

from collections.abc import Sequence
from typing import Any

import polars as pl
from rich.console import Console
from rich.markup import escape

from idmcli import __version__
from idmcli import columns as col
from idmcli.commands.console import SCHEMA_VERSION, item, table
from idmcli.commands.show_score import LISTED, more, village
from idmcli.merge import LATEST, Merged
from idmcli.pipeline.importing import Imported, Refused
from idmcli.pipeline.merging import Joined
from idmcli.words import listed, whole

_CELLS = 3
"""How many differing columns of a village are shown."""
_FILES = 12
"""How many files are shown where nothing is the matter with them."""


def print_merge(console: Console, joined: Joined) -> None:
    """Totals, files, contradictions, and everything that is missing."""
    merged = joined.merged
    print_totals(console, merged)
    print_files(console, merged)
    print_conflicts(console, merged)
    print_structure(console, merged)
    print_absent(console, merged)
    print_empty(console, merged)


def print_import(console: Console, result: Imported) -> None:
    """Totals, documents left out, contradictions, and what is missing by year."""
    merged = result.joined.merged
    print_totals(console, merged)
    if result.lama:
        console.print(f"{whole(result.lama)} baris dipertahankan dari hasil impor sebelumnya.\n")
    print_refused(console, result.ditolak)
    print_conflicts(console, merged)
    print_absent(console, merged)


def print_totals(console: Console, merged: Merged) -> None:
    """Villages by year, and the rows that were not needed."""
    console.print(
        f"[bold]{whole(merged.desa.height)} baris[/] dari {whole(merged.berkas.height)} berkas ({merged.shape})"
    )
    for tahun in merged.tahun:
        years = merged.desa.get_column(col.TAHUN)
        count = int((years.is_null() if tahun is None else years == tahun).sum())
        console.print(f"  {tahun or 'tahun tidak diketahui'}: {whole(count)} desa")
    same, less, other = (
        int(merged.berkas.get_column(name).sum()) for name in ("sama", "kalah_lengkap", "tidak_dipilih")
    )
    for count, why in (
        (same, "baris berisi sama dengan baris lain; dipakai satu"),
        (less, "baris kalah lengkap: semua isinya ada di baris lain yang lebih lengkap"),
        (other, "baris tidak dipilih (--pilih)"),
        (merged.tanpa_kode, "baris tanpa kode desa yang pasti, tetap ditulis; periksa dengan idm validate"),
    ):
        if count:
            item(console, f"{whole(count)} {why}")
    console.print()


def print_files(console: Console, merged: Merged) -> None:
    """What became of each file; of many, those in which something was not used."""
    notable = merged.berkas.filter(pl.col("dipakai") < pl.col("baris") | (pl.col("konflik") > 0))
    shown = merged.berkas if merged.berkas.height <= _FILES else notable
    if shown.is_empty():
        return
    made = table("Berkas", "Baris", "Dipakai", "Sama", "Kurang", "Ditolak", "Konflik", tight=True)
    for row in shown.head(4 * LISTED).iter_rows():
        made.add_row(escape(row[0]), *(whole(count) if count else "–" for count in row[1:]))
    console.print(made)
    if shown.height > 4 * LISTED:
        more(console, shown.height - 3 * LISTED)
    console.print()


def print_conflicts(console: Console, merged: Merged) -> None:
    """The villages whose rows contradict each other, with the cells that differ."""
    undecided = merged.terbuka
    decided = merged.konflik.height - undecided.height
    if decided:
        console.print(f"{whole(decided)} sel yang bertentangan diputuskan dengan --pilih (lembar KONFLIK).\n")
    if undecided.is_empty():
        return
    groups = undecided.group_by(col.TAHUN, col.KODE_DESA, "desa", maintain_order=True)
    villages = [part for _, part in groups]
    console.print(f"[bold red]Isinya bertentangan: {whole(len(villages))} desa[/]; semua barisnya ditulis")
    for part in villages[:LISTED]:
        item(console, village(part.row(0, named=True)) + _newest(part))
        for row in part.head(_CELLS).iter_rows(named=True):
            item(console, f"{row['kolom']}: {' ↔ '.join(row['isi'])}", indent=4)
        if part.height > _CELLS:
            item(console, f"dan {whole(part.height - _CELLS)} kolom lagi", indent=4)
    more(console, len(villages))
    console.print(
        f"Putuskan dengan --pilih {LATEST} atau --pilih NAMA-BERKAS, atau betulkan berkasnya lalu ulangi.\n",
        style="dim",
    )


def _newest(part: pl.DataFrame) -> str:
    newest = part.get_column("terbaru")[0]
    if newest is not None:
        return f" – disimpan terakhir: {newest}"
    inside = part.get_column("letak")[0] == "satu berkas"
    return " – dua baris dalam satu berkas: betulkan berkas itu" if inside else ""


def print_structure(console: Console, merged: Merged) -> None:
    """Columns that not all files have."""
    if merged.struktur.is_empty():
        return
    console.print("[bold]Susunan kolom tidak sama[/]")
    for row in merged.struktur.head(LISTED).iter_rows(named=True):
        need = "" if row["wajib"] else " (kolom tambahan)"
        item(console, f"{row['kolom']}{need}: tidak ada di {listed(row['tidak_ada'], 3)}")
    more(console, merged.struktur.height)
    console.print()


def print_absent(console: Console, merged: Merged) -> None:
    """Villages that are missing, by year and kabupaten; whole kecamatan are named as such."""
    if not merged.wilayah:
        console.print("Acuan wilayahnya tidak ada, jadi kelengkapan desa tidak diperiksa.")
    if merged.tidak_ada.is_empty():
        if merged.wilayah:
            console.print(f"[green]Lengkap[/]: semua desa wilayah {', '.join(merged.wilayah)} ada.")
        return
    total = merged.tidak_ada.height
    console.print(f"[bold yellow]Belum ada: {whole(total)} desa[/] (wilayah {', '.join(merged.wilayah) or 'yang ada'})")
    for (tahun, kabupaten), part in merged.tidak_ada.group_by(col.TAHUN, "kabupaten", maintain_order=True):
        names = _missing_names(merged, part)
        year = f"{tahun} " if tahun else ""
        item(
            console, f"{year}{kabupaten or '(kabupaten tidak disebut)'}: {whole(part.height)} desa – {listed(names, 4)}"
        )
    console.print()


def _missing_names(merged: Merged, part: pl.DataFrame) -> list[str]:
    """Whole kecamatan first, then villages."""
    beside = merged.desa.join(part, on=["kabupaten", col.TAHUN], how="semi", nulls_equal=True)
    if beside.is_empty():
        return ["seluruhnya"]
    there = beside.join(part, on=["kecamatan", "kabupaten", col.TAHUN], how="semi", nulls_equal=True)
    met = set(there.get_column("kecamatan").to_list())
    entire = [
        f"seluruh Kec. {name} ({whole(rows.height)})"
        for (name,), rows in part.group_by("kecamatan", maintain_order=True)
        if name is not None and name not in met
    ]
    single = [f"{row['kode_desa']} {row['desa']}" for row in part.iter_rows(named=True) if row["kecamatan"] in met]
    return [*entire, *single]


def print_empty(console: Console, merged: Merged) -> None:
    """Villages that are listed and have nothing filled in."""
    if merged.kosong.is_empty():
        return
    console.print(f"[bold yellow]Belum diisi: {whole(merged.kosong.height)} desa[/]")
    for row in merged.kosong.head(LISTED).iter_rows(named=True):
        item(console, village(row))
    more(console, merged.kosong.height)
    console.print()


def print_refused(console: Console, refused: Sequence[Refused]) -> None:
    """Documents that are no village, those first whose village has no good one."""
    if not refused:
        return
    without = [one for one in refused if not one.tertutup]
    console.print(f"[bold yellow]Dokumen tanpa isi: {whole(len(refused))}[/]; tidak menggantikan baris yang baik")
    for one in without[:LISTED]:
        item(console, f"{one.berkas}: {one.alasan}")
    more(console, len(without))
    if len(without) < len(refused):
        item(
            console,
            f"{whole(len(refused) - len(without))} di antaranya punya dokumen baik untuk desa dan tahun yang sama",
        )
    console.print()


def document(joined: Joined, command: str, **further: Any) -> dict[str, Any]:
    """The merge as one JSON document."""
    merged = joined.merged
    return {
        "idm": __version__,
        "skema": SCHEMA_VERSION,
        "perintah": command,
        "edisi": joined.rubric.edisi,
        "sumber": [{"berkas": source.berkas, "sha256": source.sha256} for source in joined.sources],
        "andaian": list(joined.notes),
        "ringkasan": {
            "baris": merged.desa.height,
            "bentuk": merged.shape,
            "tahun": list(merged.tahun),
            "konflik": merged.terbuka.select(col.KODE_DESA, col.TAHUN).n_unique(),
            "belum_ada": merged.tidak_ada.height,
            "belum_diisi": merged.kosong.height,
            "tanpa_kode": merged.tanpa_kode,
            "wilayah": list(merged.wilayah),
        },
        "berkas": [
            {**row, "disimpan": str(saved.disimpan) if saved else None}
            for row in merged.berkas.to_dicts()
            for saved in [merged.versions.get(row[col.BERKAS])]
        ],
        "konflik": merged.konflik.to_dicts(),
        "belum_ada": merged.tidak_ada.to_dicts(),
        "belum_diisi": merged.kosong.to_dicts(),
        "struktur": merged.struktur.to_dicts(),
        "tidak_dipakai": merged.dilepas.to_dicts(),
        **further,
        "baris": merged.written().to_dicts(),
    }
