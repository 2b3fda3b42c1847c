"""The pack of a verification: sheets and workbooks per village, recaps per kecamatan and kabupaten, and archives."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path, PurePath
from typing import Final

import polars as pl

from idmcli.documents.budget_archives import VILLAGES, write_archives
from idmcli.documents.budget_sheet import budget_sheet
from idmcli.documents.budget_villages import village_budgets
from idmcli.documents.folder import PaperFolder
from idmcli.documents.make import Made, make_papers
from idmcli.documents.names import paper_paths, safe_name
from idmcli.documents.papers import Jenis, PaperJob, paper_job
from idmcli.documents.pool import usual_workers
from idmcli.documents.province import Book, Books, joined, write_books
from idmcli.parameters.minutes import Signatory
from idmcli.parameters.rapbdes_settings import BudgetSettings
from idmcli.pipeline.rapbdes import Verified
from idmcli.workbook.budget_book import Origin, write_region_budget, write_village_budget
from idmcli.workbook.findings_book import write_findings_book

TEMPLATE: Final = "rapbdes"
DISTRICTS, REGENCIES = PurePath("kecamatan"), PurePath("kabupaten")
FINDINGS: Final = PurePath("temuan.xlsx")
DISTRICT_DIGITS, REGENCY_DIGITS = 6, 4
BOOK: Final = "xlsx"


@dataclass(frozen=True)
class PackOrder:
    """Which papers are made, and how.

    Attributes:
        formats: forms of the verification sheet.
        chosen: codes of the villages that get papers.
        templat: the office's own templates.
        tanggal: the date to print.
        settings: letterhead and signatories.
        officials: code of a place → who holds which office there.
        sumber: file of a village's lines → (name, SHA-256) of what it was read from.
        idm: (name, SHA-256) of the IDM file or files.
        cara: how the verification was made, in pairs.
        workers: processes; 0: as many as help.
    """

    formats: tuple[Jenis, ...]
    chosen: frozenset[str]
    templat: Path | None
    tanggal: date | None
    settings: BudgetSettings
    officials: Mapping[str, tuple[Signatory, ...]]
    sumber: Mapping[str, tuple[str, str]]
    idm: tuple[tuple[str, str], ...]
    cara: tuple[tuple[str, str], ...]
    workers: int = 0


def write_pack(
    verified: Verified,
    folder: PaperFolder,
    order: PackOrder,
    notes: Sequence[str],
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Made:
    """Make what is missing or out of date. Archives come last and hold the papers as they then stand.

    Args:
        verified: the verification of all villages; recaps are about all of them.
        folder: an open folder.
        order: which papers.
        notes: what was assumed and must be known, for the recaps.
        progress: called with papers done and all papers.

    Raises:
        ConfigError: a template or logo is invalid.
        OutputError: the disk is full or cannot be written at all.
    """
    places = village_places(verified)
    regions = region_books(verified, order, notes)
    jobs = len(order.chosen) * len(order.formats)
    districts = district_names(verified)
    total = jobs + len(order.chosen) + len(regions.tulis) + len(districts)
    sheets = make_papers(
        paper_jobs(verified, order, places),
        folder,
        total=total,
        workers=order.workers or usual_workers(jobs),
        progress=progress,
    )
    done = jobs
    books = []
    for name, one in village_books(verified, order, places):
        books.append(write_books(folder, Books({name: one.tulis[name]}, one.dasar), lambda _done: None))
        done += 1
        progress(done, total)
    recaps = write_books(folder, regions, lambda more: progress(done + more, total))
    made = joined(sheets, *books, recaps)
    archives = write_archives(
        folder,
        archive_parts(verified, order, places, made),
        lambda more: progress(total - len(districts) + more, total),
    )
    return joined(made, archives)


def village_places(verified: Verified) -> Mapping[str, PurePath]:
    """Code → where a village's papers go, without an ending."""
    villages = verified.hasil.desa.with_row_index("no").with_columns(
        pl.coalesce("tahun_anggaran", pl.lit(verified.tahun, dtype=pl.Int32)).alias("tahun")
    )
    paths = paper_paths(villages)
    return {code: VILLAGES / paths[number] for number, code in villages.select("no", "kode_desa").iter_rows()}


def paper_jobs(verified: Verified, order: PackOrder, places: Mapping[str, PurePath]) -> Iterator[PaperJob]:
    """The sheets of the chosen villages."""
    for one in village_budgets(verified):
        code = one.desa["kode_desa"]
        if code not in order.chosen:
            continue
        officials = [
            official
            for digits in (10, DISTRICT_DIGITS, REGENCY_DIGITS, 2)
            for official in order.officials.get(code[:digits], ())
        ]
        context = budget_sheet(one, order.settings, officials, order.tanggal)
        for kind in order.formats:
            yield paper_job(_ending(places[code], kind), kind, context, templat=order.templat, lembar=TEMPLATE)


def village_books(
    verified: Verified, order: PackOrder, places: Mapping[str, PurePath]
) -> Iterator[tuple[PurePath, Books]]:
    """The workbook of each chosen village, with what it is made from."""
    parts = _by_village(verified)
    for village in verified.hasil.desa.iter_rows(named=True):
        code = village["kode_desa"]
        if code not in order.chosen:
            continue
        hasil = replace(verified.hasil, **{name: frames[code] for name, frames in parts.items() if code in frames})
        hasil = replace(
            hasil, **{name: getattr(hasil, name).clear() for name, frames in parts.items() if code not in frames}
        )
        files = hasil.lines.get_column("berkas").unique(maintain_order=True).to_list()
        sources = dict.fromkeys((*order.idm, *(order.sumber[name] for name in files if name in order.sumber)))
        origin = Origin(verified.rubric, tuple(sources), (), order.cara)
        judul = f"RAPBDes {village['desa'] or code} {village['tahun_anggaran'] or verified.tahun or ''}".strip()
        name = _ending(places[code], BOOK)
        write = partial(write_village_budget, hasil, verified.activities, judul, origin)
        yield name, Books({name: write}, (hasil, judul, *_basis(origin)))


def region_books(verified: Verified, order: PackOrder, notes: Sequence[str]) -> Books:
    """The recaps of kecamatan and kabupaten, and the findings."""
    origin = Origin(
        verified.rubric, tuple(dict.fromkeys((*order.idm, *order.sumber.values()))), tuple(notes), order.cara
    )
    made: dict[PurePath, Book] = {FINDINGS: partial(findings_book, verified, origin)}
    for code, name in district_names(verified).items():
        part = verified.within(code)
        judul = f"Verifikasi RAPBDes Kecamatan {part.kecamatan.row(0, named=True)['kecamatan'] or code}"
        made[_ending(name, BOOK)] = partial(region_book, part, judul, origin, recap=False)
    for code, place in verified.kabupaten.select("kode", "kabupaten").iter_rows():
        part = verified.within(code)
        name = REGENCIES / _titled(verified, code, place, "KABUPATEN")
        judul = f"Verifikasi RAPBDes Kabupaten {place or code}"
        made[_ending(name, BOOK)] = partial(region_book, part, judul, origin, recap=True)
    return Books(made, (verified.hasil, verified.tanpa_berkas, verified.findings, *_basis(origin)))


def region_book(part: Verified, judul: str, origin: Origin, target: Path, *, recap: bool) -> None:
    """The workbook of the villages of `part`."""
    write_region_budget(
        part.hasil, part.indikator, part.kecamatan if recap else None, part.tanpa_berkas, judul, origin, target
    )


def findings_book(verified: Verified, origin: Origin, target: Path) -> None:
    """What is wrong in the files, with their cells."""
    findings = verified.findings
    summary = findings.group_by("aturan", "tingkat", "saran", maintain_order=True).agg(pl.len().alias("jumlah"))
    columns = ("aturan", "tingkat", "jumlah", "saran")
    write_findings_book(findings, summary.select(columns), target, sumber=origin.sumber)


def district_names(verified: Verified) -> Mapping[str, PurePath]:
    """Code of each kecamatan with a verified village → where its recap and archive go, without an ending."""
    rows = verified.kecamatan.filter(pl.col("jumlah_desa") > 0).select("kode", "kabupaten", "kecamatan")
    return {
        code: DISTRICTS / safe_name(kabupaten, "TANPA KABUPATEN") / _titled(verified, code, kecamatan, "KECAMATAN")
        for code, kabupaten, kecamatan in rows.iter_rows()
    }


def archive_parts(
    verified: Verified, order: PackOrder, places: Mapping[str, PurePath], made: Made
) -> Iterator[tuple[PurePath, Sequence[PurePath]]]:
    """Name of each archive and the papers it holds: all those of this order that did not fail."""
    failed = {name for name, _ in made.gagal}
    for code, name in district_names(verified).items():
        villages = sorted(place for village, place in places.items() if village.startswith(code))
        papers = [_ending(place, kind) for place in villages for kind in (*order.formats, BOOK)]
        papers.append(_ending(name, BOOK))
        yield _ending(name, "zip"), [paper for paper in papers if paper not in failed]


def _basis(origin: Origin) -> tuple[object, ...]:
    """What `origin` is made of; of the edition its hash, because going through all of it takes longer than a book."""
    return origin.sumber, origin.peringatan, origin.cara, origin.rubric.edisi, origin.rubric.hash


def _by_village(verified: Verified) -> Mapping[str, Mapping[str, pl.DataFrame]]:
    """Each frame of the verification, split by village."""
    names = ("lines", "tautan", "indikator", "uang", "formal", "aspek", "desa")
    return {
        name: {
            str(key[0]): frame
            for key, frame in getattr(verified.hasil, name)
            .partition_by("kode_desa", as_dict=True, maintain_order=True)
            .items()
        }
        for name in names
    }


def _titled(verified: Verified, code: str, place: str | None, level: str) -> str:
    year = f" {verified.tahun}" if verified.tahun else ""
    return f"{code} {safe_name(place, level)}{year}"


def _ending(name: PurePath, kind: str) -> PurePath:
    return name.with_name(f"{name.name}.{kind}")
