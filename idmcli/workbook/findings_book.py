"""The findings of `idm validate` as a workbook: a summary to begin with, then every finding, ready to filter."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl

from idmcli.findings import LEVELS, TITLE, count, narrowed
from idmcli.words import whole
from idmcli.workbook.book import CREATED
from idmcli.workbook.catalogue import columns
from idmcli.workbook.sheets import SheetSpec, write_tables

ORDER: Final = (
    "tingkat",
    "aturan",
    "sel",
    "kode_desa",
    "desa",
    "kolom",
    "isi",
    "pesan",
    "saran",
    "berkas",
    "lembar",
    "baris",
)
PRINTED: Final = ORDER.index("saran") + 1
"""The columns for filtering at the right end stay off the paper; the cell's address names sheet and row anyway."""


def write_findings_book(
    findings: pl.DataFrame,
    summary: pl.DataFrame,
    target: Path,
    *,
    sumber: Sequence[tuple[str, str]] = (),
    created: datetime = CREATED,
) -> None:
    """Write sheets TEMUAN and RINGKASAN to `target` (see `export.atomic` for how it gets there).

    Args:
        findings: the frame of `findings.SCHEMA`.
        summary: counts by rule (and place), any columns; shown as it is.
        target: path to write.
        sumber: file and SHA-256 of each source, told under the title.
        created: creation date in the workbook's properties.

    Raises:
        OutputError: more findings than a sheet can hold.
        OSError: the file cannot be written.
    """
    counts = ", ".join(f"{whole(count(findings, tingkat))} {tingkat}" for tingkat in LEVELS)
    sources = tuple(f"Sumber: {berkas} (SHA-256 {sha256})" for berkas, sha256 in sumber)
    several = findings.get_column("berkas").drop_nulls().n_unique() > 1
    entries = columns(findings, ORDER)
    shown = tuple(replace(entry, kind="panjang") if entry.nama == "isi" else entry for entry in entries)
    sheets = (
        SheetSpec(
            nama="TEMUAN",
            judul=TITLE,
            frame=findings,
            keterangan=(f"{whole(findings.height)} temuan: {counts}.", *sources),
            kolom=shown,
            beku=3,
            cetak_kolom=0 if several else PRINTED,
            kosong="Tidak ada temuan.",
        ),
        SheetSpec(
            nama="RINGKASAN",
            judul="Ringkasan temuan per aturan",
            frame=narrowed(summary),
            kosong="Tidak ada temuan.",
        ),
    )
    write_tables(target, sheets, judul=TITLE, created=created)
