"""The findings for people: as a web page in one file, as a workbook, or as data."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import polars as pl

from idmcli import __version__
from idmcli.documents.templates import render
from idmcli.export import atomic, check_target, write_frame
from idmcli.findings import LEVELS, TITLE, count, narrowed
from idmcli.workbook import columns, write_findings_book

REPORT_ENDINGS: Final = (".xlsx", ".csv", ".json", ".html")


def write_findings_report(
    findings: pl.DataFrame,
    summary: pl.DataFrame,
    target: str,
    *,
    force: bool,
    sumber: Sequence[tuple[str, str]] = (),
    meta: Mapping[str, Any] | None = None,
) -> None:
    """Write the findings in the form that the ending of `target` asks for: .xlsx, .csv, .json or .html.

    Args:
        findings: the frame of `findings.SCHEMA`, in the order to show.
        summary: as `validate.summarise` gives it; `aturan` and `judul` name the rules, other columns are shown as they
            are.
        target: file name.
        force: replace an existing file.
        sumber: file and SHA-256 of each source.
        meta: what a JSON document says about itself (`edisi`, …).

    Raises:
        UsageError: unknown ending, missing folder, or the file exists and `force` is not given.
        OutputError: the file cannot be written.
        ConfigError: the template is invalid.
    """
    check_target(target, force=force, endings=REPORT_ENDINGS)
    if Path(target).suffix.lower() == ".html":
        page = findings_page(findings, summary, sumber=sumber)
        with atomic(Path(target), force=force) as path:
            path.write_text(page, encoding="utf-8")
        return
    sources = [{"berkas": berkas, "sha256": sha256} for berkas, sha256 in sumber]
    write_frame(
        findings,
        target,
        force=force,
        meta={**(meta or {}), "sumber": sources, "ringkasan": summary.to_dicts()},
        workbook=lambda path: write_findings_book(findings, summary, path, sumber=sumber),
    )


def findings_page(findings: pl.DataFrame, summary: pl.DataFrame, *, sumber: Sequence[tuple[str, str]] = ()) -> str:
    """The findings as one HTML page that needs nothing else: for the screen, a phone, and A4 paper.

    Raises:
        ConfigError: the template is invalid.
    """
    titles = dict(summary.select("aturan", "judul").iter_rows())
    shown = narrowed(summary)
    several = findings.get_column("berkas").drop_nulls().n_unique() > 1
    file = pl.col("berkas").fill_null("")
    cell = pl.coalesce("sel", pl.when(pl.lit(not several)).then(pl.col("berkas"))).fill_null("")
    place = pl.concat_str(file, cell, separator=" ").str.strip_chars() if several else cell
    placed = findings.with_columns(place.alias("tempat"))
    return render(
        "temuan.html.j2",
        {
            "judul": TITLE,
            "versi": __version__,
            "sumber": [{"berkas": berkas, "sha256": sha256} for berkas, sha256 in sumber],
            "jumlah": findings.height,
            "tingkat": {level: count(findings, level) for level in LEVELS},
            "kepala": [column.judul for column in columns(shown)],
            "ringkasan": shown.rows(),
            "kelompok": [_group(group, titles) for group in placed.partition_by("aturan", maintain_order=True)],
        },
    )


def _group(rows: pl.DataFrame, titles: Mapping[str, str]) -> dict[str, Any]:
    """The findings of one rule; the advice stands at the top where it is the same for all."""
    aturan, tingkat = rows.row(0, named=True)["aturan"], rows.row(0, named=True)["tingkat"]
    advice = rows.get_column("saran").unique(maintain_order=True).to_list()
    return {
        "aturan": aturan,
        "judul": titles[aturan],
        "tingkat": tingkat,
        "saran": advice[0] if len(advice) == 1 else None,
        "baris": rows.rows(named=True),
    }
