"""The officer's own workbook, marked: faulty cells coloured with a comment, and a sheet TEMUAN that links to them.

The original file is never touched; a marked copy is written. What was there stays: formats, formulas with their last
results, other sheets, hidden ones too, macros, the officer's own comments. What openpyxl cannot carry over (images
without Pillow, text boxes, slicers, …) is counted before and after, and told. A copy that was marked before is unmarked
first, so that marks never pile up.
"""

import warnings
from collections import defaultdict
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

import polars as pl
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from idmcli.annotate.keep import losses, with_cached_results
from idmcli.annotate.marks import Finding, as_findings, link_back, mark
from idmcli.annotate.sheet import add_sheet, free_name, unmark
from idmcli.errors import InputError, UsageError
from idmcli.export import atomic

ENDINGS: Final = (".xlsx", ".xlsm")


def check_annotate(source: Path, target: Path) -> None:
    """Find out before the work whether `source` can be marked and `target` can be its copy.

    Raises:
        UsageError: not an .xlsx or .xlsm file, another ending for the copy, or both are the same file.
    """
    if source.suffix.lower() not in ENDINGS:
        raise UsageError(
            f"{source} tidak dapat ditandai: hanya .xlsx dan .xlsm yang bisa",
            "Buka di Excel, Simpan Sebagai .xlsx, lalu periksa berkas itu; atau pakai --report untuk daftar temuan.",
        )
    if target.suffix.lower() != source.suffix.lower():
        raise UsageError(
            f"{target}: salinan {source.name} harus berakhiran {source.suffix}",
            f"Pakai nama seperti {source.stem}-temuan{source.suffix}.",
        )
    if target.resolve() == source.resolve():
        raise UsageError(
            f"{target} adalah berkas asli, dan berkas asli tidak ditimpa",
            f"Pakai nama lain, misalnya {source.stem}-temuan{source.suffix}.",
        )


def annotate(source: Path, findings: pl.DataFrame, target: Path, *, force: bool) -> tuple[str, ...]:
    """Write a marked copy of `source` to `target`.

    Args:
        source: the workbook that was validated, .xlsx or .xlsm.
        findings: the frame of `findings.SCHEMA`. Those of other files are left out; those of no file, sheet or cell
            are listed on TEMUAN without a link.
        target: where the copy goes; must have the same ending.
        force: replace an existing file.

    Returns:
        What the copy lacks compared with the original, in words for the officer; empty if nothing.

    Raises:
        UsageError: as `check_annotate`, or `target` exists and `force` is not given.
        InputError: `source` cannot be read as a workbook.
        OutputError: `target` cannot be written.
    """
    check_annotate(source, target)
    with atomic(target, force=force) as temporary:
        original = _bytes_of(source)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's remarks on what it drops: `losses` says it in Indonesian
            book = _load(source, original)
            _mark_book(book, as_findings(findings, source), source.name)
            saved = BytesIO()
            book.save(saved)
        with ZipFile(BytesIO(original)) as before, ZipFile(saved) as after:
            missing = losses(before, after)
            temporary.write_bytes(with_cached_results(before, after))
    return missing


def _mark_book(book: Workbook, found: list[Finding], berkas: str) -> None:
    unmark(book)
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    cells: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in found:
        if finding.cell and finding.lembar in sheets:
            cells[finding.lembar, finding.cell].append(finding)
    name = free_name(book)
    before = {place: mark(sheets[place[0]], place[1], here, name) for place, here in cells.items()}
    for lembar in dict.fromkeys(lembar for lembar, _ in cells):
        link_back(sheets[lembar], name)
    add_sheet(book, name, found, before, berkas)


def _bytes_of(source: Path) -> bytes:
    try:
        return source.read_bytes()
    except OSError as error:
        raise InputError(
            f"{source} tidak dapat dibaca: {error.strerror}", "Periksa nama dan izin berkas itu."
        ) from error


def _load(source: Path, data: bytes) -> Workbook:
    try:
        return load_workbook(BytesIO(data), rich_text=True, keep_vba=source.suffix.lower() == ".xlsm")
    except (BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError) as error:
        # What openpyxl lets through from broken parts; XML errors are SyntaxErrors.
        raise InputError(
            f"{source} tidak dapat dibuka untuk ditandai ({error})",
            "Buka di Excel, Simpan Sebagai .xlsx dengan nama baru, lalu periksa berkas itu.",
        ) from error


__all__ = ["annotate", "check_annotate"]
