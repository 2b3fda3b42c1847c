"""RAPBDes files in, lines of budgets out: every village's amounts with their cells, and all doubts about them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import polars as pl

from idmcli.budget.judge import findings_frame, finish, kinds, lines_frame
from idmcli.budget.layout import Layout, load_layout
from idmcli.budget.read import is_mapping, read_grids
from idmcli.budget.rows import year_of
from idmcli.budget.source import Budget, Draft
from idmcli.budget.village import Found, Mapped, Places, find_village, short_code
from idmcli.findings import gather
from idmcli.pipeline.budget_mapping import MAPPING_COLUMNS, Unknown, load_mapping, pemetaan_template
from idmcli.reading.bundle import Piece, read_pieces
from idmcli.regions import Regions
from idmcli.words import listed, whole

__all__ = ["FILES", "MAPPING_COLUMNS", "Budgets", "Unknown", "pemetaan_template", "read_budgets"]

FILES: Final[dict[str, pl.DataType]] = dict.fromkeys(("berkas", "lembar", "susunan", "kode_desa", "cara"), pl.String())
"""Columns of `Budgets.files`: one row per budget found; `susunan` is `cetakan`, `siskeudes`, `daftar` or `tidak
dikenal`, `cara` says how the village was found."""


@dataclass(frozen=True)
class Budgets:
    """Everything that was read.

    Attributes:
        lines: see `idmcli.budget.lines.LINES`; lines of unknown villages have no `kode_desa`.
        findings: see `idmcli.findings.SCHEMA`.
        files: see `FILES`.
        unknown: budgets whose village is not known.
        notes: what was assumed, in words.
    """

    lines: pl.DataFrame
    findings: pl.DataFrame
    files: pl.DataFrame
    unknown: tuple[Unknown, ...]
    notes: tuple[str, ...]


@dataclass
class _Owned:
    budget: Budget
    found: Found
    lines: list[dict[str, Any]]
    counted: bool = True


def read_budgets(
    paths: Sequence[str],
    *,
    regions: Regions,
    villages: pl.DataFrame,
    pemetaan: Path | None = None,
    tahun: int | None = None,
) -> Budgets:
    """Read RAPBDes: printed tables, Siskeudes exports and plain lists, in files, folders and zip archives.

    A file that cannot be read is a finding and stops no other. A village counts once: of two budgets for the same part
    the one of the right year, else the first, is kept, and the other is a finding.

    Args:
        paths: files and folders as the user named them.
        regions: the regional reference.
        villages: the villages of the IDM file (`kode_desa, desa, kecamatan, kabupaten` at least); names are looked up
            among the villages of their kabupaten.
        pemetaan: a CSV with `MAPPING_COLUMNS` that says whose a file, sheet or short code is.
        tahun: the fiscal year asked for; default the one that most budgets state.

    Raises:
        InputError: a path does not exist, or not one file can be read.
        ConfigError: the mapping or the program's layouts are invalid.
    """
    layout = load_layout()
    places = _places(regions, villages)
    mapping = load_mapping(pemetaan, places) if pemetaan is not None else Mapped()
    pieces = list(read_pieces(paths, skip=[pemetaan] if pemetaan is not None else []))
    failed = [piece for piece in pieces if piece.galat is not None]
    passed = [piece for piece in pieces if piece.dilewati]
    if failed and len(failed) + len(passed) == len(pieces) and failed[0].galat is not None:
        raise failed[0].galat
    owned = [_owned(budget, places, mapping, layout) for budget in _budgets(pieces, layout)]
    year = tahun or _usual_year(owned)
    drafts: list[tuple[Draft, Mapping[str, str | None]]] = [
        (Draft("berkas_tak_terbaca", piece.galat.pesan), {"berkas": piece.berkas})
        for piece in failed
        if piece.galat is not None
    ]
    drafts += [
        (Draft("berkas_dilewati", f"{piece.berkas} bukan tabel dan tidak dibaca"), {"berkas": piece.berkas})
        for piece in passed
    ]
    for one in owned:
        _check_year(one, year)
    _once_each(owned, year, places)
    drafts += [(draft, _place(one, places)) for one in owned for draft in _drafts(one)]
    lines = [line for one in owned if one.counted for line in one.lines]
    files = [
        (one.budget.berkas, one.budget.lembar, one.budget.susunan, one.found.kode_desa, one.found.cara) for one in owned
    ]
    return Budgets(
        lines=lines_frame(lines),
        findings=gather([findings_frame(drafts, layout)]),
        files=pl.DataFrame(files, schema=FILES, orient="row"),
        unknown=tuple(_unknown(one.budget, places) for one in owned if one.found.kode_desa is None and one.lines),
        notes=tuple(_notes(pieces, owned, places, year, tahun)),
    )


def _places(regions: Regions, villages: pl.DataFrame) -> Places:
    columns = ("kode_desa", "desa", "kecamatan", "kabupaten")
    own = villages.select(pl.col(columns).cast(pl.String)).drop_nulls("kode_desa").with_columns(pl.all().fill_null(""))
    own = own.unique("kode_desa", keep="first", maintain_order=True)
    areas = frozenset(own.get_column("kode_desa").str.head(4).to_list())
    others = regions.frame.select(columns).join(own, on="kode_desa", how="anti")
    return Places(pl.concat([own, others]), areas, tuple(regions.frame.select("kode_desa", "desa").rows()))


def _budgets(pieces: Sequence[Piece], layout: Layout) -> Iterator[Budget]:
    """Budgets of the files, those of one folder or archive of texts together."""
    good = [piece for piece in pieces if piece.galat is None]
    for _, together in groupby(good, key=lambda piece: piece.induk):
        yield from read_grids([grid for piece in together for grid in piece.grids], layout)


def _owned(budget: Budget, places: Places, mapping: Mapped, layout: Layout) -> _Owned:
    found = find_village(budget, places, mapping)
    lines = finish(budget, layout)
    budget.tahun = budget.tahun or year_of([budget.lembar or "", budget.berkas.replace("\\", "/").rpartition("/")[2]])
    about = {"kode_desa": found.kode_desa, "tahun": budget.tahun, "berkas": budget.berkas, "lembar": budget.lembar}
    return _Owned(budget, found, [about | line for line in lines])


def _usual_year(owned: Sequence[_Owned]) -> int | None:
    years = Counter(one.budget.tahun for one in owned if one.budget.tahun is not None and one.lines)
    return max(years, key=lambda year: (years[year], year)) if years else None


def _check_year(one: _Owned, year: int | None) -> None:
    if one.lines and one.budget.tahun is not None and year is not None and one.budget.tahun != year:
        pesan = f"Tahun anggaran {one.budget.tahun}, sedangkan yang diperiksa {year}"
        one.budget.drafts.append(Draft("tahun_berbeda", pesan, kolom="tahun", isi=str(one.budget.tahun)))


def _once_each(owned: Sequence[_Owned], year: int | None, places: Places) -> None:
    """Leave out what a village hands in a second time."""
    known = [one for one in owned if one.found.kode_desa is not None and one.lines]
    taken: dict[str, list[_Owned]] = {}
    for one in sorted(known, key=lambda one: year is not None and one.budget.tahun not in (None, year)):
        before = taken.setdefault(one.found.kode_desa or "", [])
        same = next((other for other in before if _overlap(other, one)), None)
        if same is None:
            before.append(one)
            continue
        one.counted = False
        name = places.name(one.found.kode_desa) or one.found.kode_desa
        pesan = f"RAPBDes {name} sudah dibaca dari {_where(same.budget)}; {_where(one.budget)} tidak dihitung"
        one.budget.drafts.append(Draft("rapbdes_ganda", pesan))


def _overlap(one: _Owned, other: _Owned) -> bool:
    """Whether two budgets of a village say the same thing twice.

    Sheets of one workbook may share a section, one bidang on each, as long as no activity or account is on both.
    """
    if one.budget.berkas == other.budget.berkas:
        return bool(_parts(one) & _parts(other))
    return bool(kinds(one.budget) & kinds(other.budget))


def _parts(one: _Owned) -> set[tuple[str, str]]:
    return {(line["jenis"], line["kode_kegiatan"] or line["kode_rekening"] or "") for line in one.lines if line["daun"]}


def _drafts(one: _Owned) -> list[Draft]:
    """A budget's findings, and what is doubtful about its village."""
    drafts = list(one.budget.drafts)
    if one.found.bertentangan:
        name = f"{one.found.cara} menunjuk {one.found.kode_desa}"
        drafts.append(Draft("desa_bertentangan", f"{_where(one.budget)}: {name}, tetapi {one.found.bertentangan}"))
    if one.found.kode_desa is None and one.lines:
        hint = _hint(one.budget)
        about = f" ({hint})" if hint else ""
        drafts.append(Draft("desa_tak_dikenal", f"Desa pemilik {_where(one.budget)} tidak diketahui{about}"))
    return drafts


def _place(one: _Owned, places: Places) -> Mapping[str, str | None]:
    kode = one.found.kode_desa
    return {"berkas": one.budget.berkas, "lembar": one.budget.lembar, "kode_desa": kode, "desa": places.name(kode)}


def _where(budget: Budget) -> str:
    if budget.siskeudes is not None:
        return f"{budget.berkas} kode {budget.siskeudes}"
    return f"{budget.berkas} lembar {budget.lembar}" if budget.lembar else budget.berkas


def _hint(budget: Budget) -> str:
    """What a budget says of its village."""
    titles = [title for title in budget.judul if "desa" in title.lower()]
    said = [budget.kode or "", *budget.tempat.values(), *titles[:2]]
    return "; ".join(part for part in said if part)


def _unknown(budget: Budget, places: Places) -> Unknown:
    """A budget without a village; for a short code the villages with its number are named, never taken."""
    hint = _hint(budget)
    if budget.siskeudes is not None:
        digits = short_code(budget.siskeudes).replace(".", "")
        near = [kode for kode in places.by_code if kode[4:] == digits and kode[:4] in places.areas]
        kemendagri = [f"nomor Kemendagri ini milik {places.name(kode)}, nomor Siskeudes dapat lain" for kode in near]
        hint = "; ".join(part for part in (hint, *(kemendagri if len(near) == 1 else ())) if part)
    short = short_code(budget.siskeudes) if budget.siskeudes is not None else None
    return Unknown(budget.berkas, budget.lembar, short, hint)


def _notes(
    pieces: Sequence[Piece], owned: Sequence[_Owned], places: Places, year: int | None, asked: int | None
) -> Iterator[str]:
    """What was assumed, a line for each kind of thing."""
    filled = [one for one in owned if one.lines]
    by_layout = Counter(one.budget.susunan for one in filled)
    layouts = ", ".join(f"{whole(number)} {name}" for name, number in sorted(by_layout.items()))
    files = len({piece.asal for piece in pieces if not piece.dilewati})
    yield f"RAPBDes: {whole(files)} berkas, {whole(len(filled))} anggaran desa{f' ({layouts})' if layouts else ''}"
    if asked is None and year is not None:
        yield f"tahun anggaran {year} menurut sebagian besar RAPBDes"
    named = [one for one in filled if one.found.cara.startswith("nama")]
    if named:
        names = [f"{places.name(one.found.kode_desa)} dari {one.found.cara}" for one in named]
        yield f"{whole(len(named))} desa dikenali dari nama, bukan kode: {listed(names)}"
    left = [_where(one.budget) for one in filled if not one.counted]
    if left:
        yield f"tidak dihitung karena desanya sudah dibaca: {listed(left)}"
    for piece in pieces:
        if any(is_mapping(grid) for grid in piece.grids):
            yield f"{piece.berkas} tampaknya berkas pemetaan dan tidak dibaca; untuk memakainya: --pemetaan"
    yield from _some([note for piece in pieces for note in piece.notes])


def _some(notes: Sequence[str], most: int = 5) -> Iterator[str]:
    """The first few remarks on single files, and how many more there are."""
    yield from notes[:most]
    if len(notes) > most:
        yield f"dan {whole(len(notes) - most)} catatan serupa tentang berkas lain"
