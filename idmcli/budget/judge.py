"""A budget that was read as lines and findings: what counts, and what is doubtful about it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import polars as pl

from idmcli.budget.layout import Foreign, Layout
from idmcli.budget.lines import FINANCING_IN, INCOME, LINES, SPENDING
from idmcli.budget.source import Budget, Draft
from idmcli.budget.text import words
from idmcli.budget.tree import Node, shape, twins, wrong_sums
from idmcli.findings import SCHEMA
from idmcli.parameters.activities import load_activities
from idmcli.words import listed, whole

LEAST: Final = 5_000_000
"""Rupiah: the spending of a whole village is hundreds of times as much; a bidang on a sheet of its own may be small."""


def finish(budget: Budget, layout: Layout) -> list[dict[str, Any]]:
    """Put the tree in order and give its lines (`LINES` without village and file); its findings join `drafts`."""
    shape(budget.root)
    lines: list[dict[str, Any]] = []
    for section in budget.root.children:
        lines += _lines(section, section.path[0], None, None, None, layout)
    budget.drafts += [_wrong(wrong.node, wrong.jumlah, wrong.rows) for wrong in wrong_sums(budget.root)]
    budget.drafts += [_twin(first, second) for first, second in twins(budget.root)]
    budget.drafts += _sources(budget, layout)
    budget.drafts += _foreign(budget, layout)
    budget.drafts += _tiny(budget)
    return lines


def lines_frame(rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Lines as a frame."""
    columns = {name: [row.get(name) for row in rows] for name in LINES}
    return pl.DataFrame(columns, schema=LINES)


def findings_frame(drafts: Sequence[tuple[Draft, Mapping[str, str | None]]], layout: Layout) -> pl.DataFrame:
    """Findings as a frame: each draft with its file, sheet and village (`berkas, lembar, kode_desa, desa`)."""
    rows = []
    for draft, own in drafts:
        place = {**own, **dict(zip(("berkas", "lembar"), draft.asal, strict=True))} if draft.asal else own
        rule = layout.rules[draft.aturan]
        rows.append(
            {
                **{name: place.get(name) for name in ("berkas", "lembar")},
                **{name: None if draft.umum else place.get(name) for name in ("kode_desa", "desa")},
                **{"baris": draft.baris, "sel": draft.sel, "kolom": draft.kolom, "aturan": draft.aturan},
                **{"tingkat": rule.tingkat, "isi": draft.isi, "pesan": draft.pesan, "saran": rule.saran},
            }
        )
    return pl.DataFrame({name: [row[name] for row in rows] for name in SCHEMA}, schema=SCHEMA)


def _lines(
    node: Node, jenis: str, kode: str | None, rekening: str | None, sumber: str | None, layout: Layout
) -> Iterator[dict[str, Any]]:
    """Lines of a node and all below; code, account and source go down to rows that have none of their own."""
    kode, rekening = node.kode or kode, node.rekening or rekening
    sumber = node.sumber or (None if node.sumber_teks else sumber)
    if jenis == INCOME and rekening and not node.sumber_teks:
        sumber = sumber or layout.account_source(rekening)
    if node.anggaran is not None:
        yield {
            **{"baris": node.baris, "sel": node.sel, "jenis": jenis, "kode_kegiatan": kode},
            **{"bidang": _bidang(node, jenis), "kode_rekening": rekening, "uraian": node.uraian},
            **{"volume": node.volume, "satuan": node.satuan, "anggaran": node.anggaran, "sumber_dana": sumber},
            "daun": not node.stated,
        } | (dict(zip(("berkas", "lembar"), node.asal, strict=True)) if node.asal else {})
    for child in node.children:
        yield from _lines(child, jenis, kode, rekening, sumber, layout)


def _bidang(node: Node, jenis: str) -> int | None:
    own = node.path[1] if jenis == SPENDING and len(node.path) > 1 else ""
    return int(own) if own in ("1", "2", "3", "4", "5") else None


def _wrong(node: Node, total: int, rows: Sequence[Node]) -> Draft:
    name = " ".join(part for part in (_label(node), f"“{node.uraian}”" if node.uraian else "") if part)
    cells = listed([_cell(row, node) for row in rows], 6)
    stated = node.anggaran or 0
    pesan = (
        f"{name or 'Jumlah'} tertulis {whole(stated)}, sedangkan rinciannya ({cells}) berjumlah {whole(total)}: "
        f"selisih {whole(stated - total)}"
    )
    return Draft("jumlah_tidak_cocok", pesan, node.baris, node.sel, "anggaran", whole(stated), node.asal)


def _cell(row: Node, head: Node) -> str:
    """A cell as the reader of its head finds it: with its file where that is another one."""
    cell = row.sel.rpartition("!")[2]
    return cell if row.asal == head.asal or row.asal is None else f"{row.asal[0].rpartition('/')[2]} {cell}"


def _label(node: Node) -> str:
    """A row's code as its reader knows it."""
    if node.rekening:
        return node.rekening
    return ".".join(node.path[1:]) if node.keyed else ""


def _twin(first: Node, second: Node) -> Draft:
    pesan = (
        f"“{second.uraian}” {whole(second.counted)} sama dengan baris {first.baris} ({first.sel}): kode, uraian, "
        "anggaran, dan sumber dananya sama"
    )
    return Draft("baris_anggaran_ganda", pesan, second.baris, second.sel, "uraian", second.uraian, second.asal)


def _sources(budget: Budget, layout: Layout) -> list[Draft]:
    """Sources that are not known, wherever they stand, and spending without one, once per activity."""
    found = [
        Draft(
            "sumber_dana_tak_dikenal",
            f"Sumber dana “{node.sumber_teks}” pada “{node.uraian}” tidak dikenal",
            *(node.baris, node.sel_sumber, "sumber_dana", node.sumber_teks, node.asal),
        )
        for node in budget.root.walk()
        if node.sumber_teks and node.sumber is None
    ]
    spending = next((one for one in budget.root.children if one.path == (SPENDING,)), None)
    if spending is None:
        return found
    if not any(node.sel_sumber or node.sumber_teks for node in spending.walk()):
        pesan = "Tidak ada kolom sumber dana, jadi bagian Dana Desa tidak dapat dihitung"
        return [*found, Draft("sumber_dana_kosong", pesan, None, None, "sumber_dana")]
    return [*found, *_unfunded(spending, covered=False)]


def _unfunded(node: Node, *, covered: bool) -> Iterator[Draft]:
    """Activities (or rows without one) with an amount that no source above or below pays."""
    covered = covered or bool(node.sumber_teks)
    if covered or not node.counted:
        return
    if node.kode is None and node.children:
        for child in node.children:
            yield from _unfunded(child, covered=covered)
        return
    bare = list(_leaves(node, covered=False))
    if bare:
        total = sum(leaf.anggaran or 0 for leaf in bare)
        name = f"{node.kode} " if node.kode else ""
        pesan = f"{name}“{node.uraian}”: {whole(total)} tanpa sumber dana"
        place = bare[0] if len(bare) < len(list(_leaves(node, covered=False, everything=True))) else node
        cell = place.sel_sumber or place.sel
        yield Draft("sumber_dana_kosong", pesan, place.baris, cell, "sumber_dana", asal=place.asal)


def _tiny(budget: Budget) -> Iterator[Draft]:
    """Spending that no village lives on: most likely in thousands, and nothing says so."""
    spent = sum(section.counted for section in budget.root.children if section.path == (SPENDING,))
    if 0 < spent < LEAST:
        pesan = f"Seluruh belanja hanya Rp{whole(spent)}: mungkin tertulis dalam ribuan"
        yield Draft("belanja_terlalu_kecil", pesan, None, None, "anggaran", whole(spent))


def _leaves(node: Node, *, covered: bool, everything: bool = False) -> Iterator[Node]:
    """Rows below that count: those without a source, or all."""
    covered = covered or bool(node.sumber_teks)
    if node.anggaran is not None and not node.stated:
        if everything or not covered:
            yield node
        return
    for child in node.children:
        yield from _leaves(child, covered=covered, everything=everything)


def _foreign(budget: Budget, layout: Layout) -> list[Draft]:
    """Spending that its words give to others than the village; the head of several such rows speaks for them."""
    found: list[Draft] = []
    spending = next((one for one in budget.root.children if one.path == (SPENDING,)), None)
    stack = list(spending.children) if spending is not None else []
    reference = load_activities()
    while stack:
        node = stack.pop(0)
        standard = reference.by_code.get(node.kode or "")
        own = standard is None or words(node.uraian) != words(standard.nama)
        meant = _meant(words(node.uraian), layout) if own and node.counted else None
        if meant is None:
            stack = [*node.children, *stack]
            continue
        pesan = (
            f"“{node.uraian}” {whole(node.counted)} menyangkut {meant.urusan}, wewenang {meant.pelaku} ({meant.acuan})"
        )
        found.append(Draft("luar_kewenangan", pesan, node.baris, node.sel, "uraian", node.uraian, node.asal))
    return found


@lru_cache(maxsize=65536)
def _meant(folded: str, layout: Layout) -> Foreign | None:
    """Whose business these words name, if it is not the village's."""
    return next((one for one in layout.foreign if one.meant(folded)), None)


def kinds(budget: Budget) -> frozenset[str]:
    """The sections in which a budget has amounts; financing is one."""
    found = {child.path[0] for child in budget.root.children if child.counted}
    return frozenset(FINANCING_IN if "pembiayaan" in kind else kind for kind in found)
