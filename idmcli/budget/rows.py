"""What all layouts share: the year in a title, the source of money of a row, the finding for an unknown code."""

import re
from collections.abc import Sequence
from typing import Final

from idmcli.budget.header import Row
from idmcli.budget.layout import Layout
from idmcli.budget.source import Draft, Sheet
from idmcli.budget.text import Amount, parse_volume, tidy
from idmcli.budget.tree import Node

_YEAR: Final = re.compile(r"(?<!\d)20\d\d(?!\d)")


def year_of(texts: Sequence[str]) -> int | None:
    """The one year that stands in these texts, the latest where a range does."""
    years = [int(year) for text in texts for year in _YEAR.findall(text)]
    return max(years) if years else None


def put_output(sheet: Sheet, row: Row, node: Node) -> None:
    """Volume and unit of a row, in two columns or in one."""
    header = sheet.header
    if written := header.cell(row, "volume") or header.cell(row, "keluaran"):
        node.volume, node.satuan = parse_volume(written)
    node.satuan = tidy(header.cell(row, "satuan") or "") or node.satuan


def put_source(sheet: Sheet, at: int, node: Node, layout: Layout) -> None:
    """The source of money of a row, as typed and in normal form."""
    if "sumber_dana" in sheet.header.columns:
        node.sel_sumber = sheet.address(at, sheet.header.columns["sumber_dana"])
        if text := sheet.header.cell(sheet.rows[at], "sumber_dana"):
            node.sumber_teks, node.sumber = tidy(text), layout.source(text)


def unknown_activity(sheet: Sheet, at: int, kode: str, uraian: str) -> Draft:
    """The finding for a code that no activity has."""
    place = sheet.header.codes[0][0] if sheet.header.codes else None
    place = next((one for one, _ in sheet.header.codes if sheet.rows[at][one]), place)
    about = f" ({uraian})" if uraian else ""
    return Draft(
        "kode_kegiatan_tak_dikenal",
        f"Kode {kode}{about} bukan kegiatan yang dikenal",
        sheet.line(at),
        sheet.address(at, place),
        "kode_kegiatan",
        kode,
        (sheet.grid.berkas, sheet.grid.lembar),
    )


def bad_amount(sheet: Sheet, at: int, amount: Amount, text: str | None, place: int | None) -> Draft | None:
    """The finding for an amount that is no number, or below zero; None for a good one."""
    if amount.fault is None:
        return None
    typed = tidy(text or "")
    what = "bukan angka rupiah" if amount.rupiah is None else "di bawah nol"
    asal = (sheet.grid.berkas, sheet.grid.lembar)
    cell = sheet.address(at, place)
    return Draft(amount.fault, f"Anggaran “{typed}” {what}", sheet.line(at), cell, "anggaran", typed, asal)
