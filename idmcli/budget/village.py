"""Whose budget a sheet is: by code, by name inside the kecamatan, by a mapping; never by guessing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import polars as pl

from idmcli.budget.source import Budget
from idmcli.budget.text import words
from idmcli.regions import fold_name

_CODE: Final = re.compile(r"(?<!\d)(\d\d)[. ]?(\d\d)[. ]?(\d\d)[. ]?([23]\d{3})(?!\d)", re.ASCII)
_LINE: Final = re.compile(r"\b(desa|kecamatan|kec|kabupaten|kab)\b[\s.:]*", re.IGNORECASE)
_STOP: Final = re.compile(
    r"\b(?:desa|kecamatan|kec|kabupaten|kab|provinsi|prov|tahun|thn|ta|anggaran|rancangan|rapbdes|apbdes|pemerintah|"
    r"draf|draft)\b",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(r"\(.*?\)|\d[\d. ]{3,}")
"""What may stand behind a name in a title: its code, a remark in brackets."""
_NOISE: Final = re.compile(
    r"\b(?:rancangan|rapbdes\w*|apbdes\w*|rapb|apb|desa|pemerintah|tahun|thn|ta|anggaran|murni|perubahan|final|revisi|draft?|"
    r"rev|fix|kecamatan|kec|kabupaten|kab|lampiran|perdes|no|nomor|rab|belanja|20\d\d|\d{1,3}|csv|xlsx?|xlsb|xlsm|ods)\b"
)


@dataclass(frozen=True)
class Found:
    """The village of a budget: its code, or None, how it was found, and what contradicts it (may be empty)."""

    kode_desa: str | None
    cara: str
    bertentangan: str = ""


UNKNOWN: Final = Found(None, "tidak diketahui")


@dataclass(frozen=True)
class Mapped:
    """What the office's mapping file says: per file and sheet, per file, per short code of Siskeudes."""

    sheets: Mapping[tuple[str, str], str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    short: Mapping[str, str] = field(default_factory=dict)

    def village(self, budget: Budget) -> str | None:
        """The code that the mapping gives a budget."""
        names = _names_of(budget.berkas)
        if budget.siskeudes is not None:
            return self.short.get(short_code(budget.siskeudes))
        for name in names:
            if code := self.sheets.get((name, (budget.lembar or "").casefold())) or self.files.get(name):
                return code
        return None


@dataclass(frozen=True)
class Places:
    """The villages that a budget can belong to.

    Attributes:
        frame: `kode_desa, desa, kecamatan, kabupaten`, codes unique: those of the IDM file, then all of the reference.
        areas: codes of the kabupaten in which names are looked up; empty for everywhere.
        names: further names of villages (code, name).
    """

    frame: pl.DataFrame
    areas: frozenset[str] = frozenset()
    names: tuple[tuple[str, str], ...] = ()

    @cached_property
    def by_code(self) -> Mapping[str, tuple[str, str, str]]:
        """Desa, kecamatan, kabupaten by code."""
        return {kode: (desa, kec, kab) for kode, desa, kec, kab in self.frame.iter_rows()}

    @cached_property
    def by_name(self) -> Mapping[str, list[str]]:
        """Codes by folded name, in the kabupaten of `areas`."""
        found: dict[str, list[str]] = {}
        own = ((kode, places[0]) for kode, places in self.by_code.items())
        for kode, desa in (*own, *self.names):
            codes = found.setdefault(fold_name(desa), [])
            if kode not in codes and (not self.areas or kode[:4] in self.areas):
                codes.append(kode)
        return found

    @cached_property
    def districts(self) -> Mapping[str, set[str]]:
        """Folded names of kecamatan and kabupaten by code of village: what may stand beside a village's name."""
        return {kode: {fold_name(kec), fold_name(kab)} for kode, (_, kec, kab) in self.by_code.items()}

    @cached_property
    def levels(self) -> tuple[set[str], set[str]]:
        """Folded names of all kecamatan and of all kabupaten."""
        own = self.frame.select("kecamatan", "kabupaten").unique().rows()
        return {fold_name(kec) for kec, _ in own}, {fold_name(kab) for _, kab in own}

    def name(self, kode: str | None) -> str | None:
        """The village's name."""
        return self.by_code[kode][0] if kode is not None and kode in self.by_code else None

    def known(self, names: Sequence[str], level: int) -> str:
        """The first of these names that a place of the level (1 kecamatan, 2 kabupaten) bears, else the first."""
        known = self.levels[level - 1]
        return next((name for name in names if fold_name(name) in known), names[0] if names else "")

    def matching(self, desa: str, kecamatan: str, kabupaten: str) -> list[str]:
        """Codes of the villages of this name, narrowed by kecamatan and kabupaten where these are said."""
        codes = self.by_name.get(fold_name(desa), [])
        for level, said in ((1, kecamatan), (2, kabupaten)):
            if said:
                codes = [kode for kode in codes if fold_name(self.by_code[kode][level]) == fold_name(said)]
        return codes


def find_village(budget: Budget, places: Places, mapping: Mapped) -> Found:
    """The village of a budget.

    The mapping is an officer's word and goes first; then a ten-digit code in the rows, the titles, the sheet's name and
    the file's; then the name inside its kecamatan, from the rows, the titles, the sheet's name and the file's.
    """
    stated = _stated(budget, places)
    if mapped := mapping.village(budget):
        clash = _clash(stated, mapped, places)
        return Found(mapped, "pemetaan", clash)
    for cara, text in _texts(budget):
        for parts in _CODE.findall(text):
            kode = "".join(parts)
            if kode in places.by_code:
                return Found(kode, f"kode di {cara}", _clash(_named(budget, places), kode, places))
    return _named(budget, places) or UNKNOWN


def short_code(text: str) -> str:
    """The short code of Siskeudes in one form: ` 01.2001. ` → `01.2001`."""
    parts = [part for part in re.split(r"[.\s]+", text.strip().strip("'")) if part]
    return ".".join([parts[0].zfill(2), *parts[1:]]) if parts else ""


def _texts(budget: Budget) -> list[tuple[str, str]]:
    """Where a code may stand, the surest first."""
    titles = [("judul", text) for text in budget.judul]
    rows = [("kolom kode_desa", budget.kode)] if budget.kode else []
    names = [("nama lembar", budget.lembar)] if budget.lembar else []
    return [*rows, *titles, *names, ("nama berkas", _base(budget.berkas))]


def _stated(budget: Budget, places: Places) -> Found | None:
    codes = ["".join(parts) for _, text in _texts(budget) for parts in _CODE.findall(text)]
    known = [kode for kode in codes if kode in places.by_code]
    return Found(known[0], "kode") if known else _named(budget, places)


def _named(budget: Budget, places: Places) -> Found | None:
    """By names, where exactly one village has them."""
    if budget.siskeudes is not None and "desa" not in budget.tempat:
        return None
    said = {level: [name] for level, name in budget.tempat.items()} or titled(budget.judul)
    kecamatan = places.known(said.get("kecamatan", []), 1)
    kabupaten = places.known(said.get("kabupaten", []), 2)
    codes = [kode for desa in said.get("desa", []) for kode in places.matching(desa, kecamatan, kabupaten)]
    if codes or (budget.tempat and "desa" in said):
        where = "nama di baris" if budget.tempat else "nama di judul"
        return _one(list(dict.fromkeys(codes)), where, kecamatan, places)
    if budget.siskeudes is not None or budget.tempat:
        return None
    folder = [words(part) for part in re.split(r"[\\/]", budget.berkas)[:-1]]
    for where, text in (("nama lembar", budget.lembar or ""), ("nama berkas", _stem(_base(budget.berkas)))):
        found = _in_name(words(text), kecamatan, kabupaten, folder, places)
        if found:
            return _one(found, where, kecamatan, places)
    return None


def _in_name(folded: str, kecamatan: str, kabupaten: str, folder: Sequence[str], places: Places) -> list[str]:
    """Villages that a sheet or a file is named after: what is left without the usual words, or it and its kecamatan."""
    left = fold_name(" ".join(_NOISE.sub(" ", folded).split()))
    if not left:
        return []
    whole = places.matching(left, kecamatan, kabupaten)
    if not whole:
        whole = [
            kode
            for kode, names in places.districts.items()
            if (not places.areas or kode[:4] in places.areas)
            and any(
                left in (fold_name(places.by_code[kode][0]) + name, name + fold_name(places.by_code[kode][0]))
                for name in names
            )
        ]
    if len(whole) > 1:
        near = [kode for kode in whole if any(fold_name(part) in places.districts[kode] for part in folder)]
        return near or whole
    return whole


def _one(codes: Sequence[str], where: str, kecamatan: str, places: Places) -> Found | None:
    if len(codes) != 1:
        return None
    unique = len(places.by_name[fold_name(places.by_code[codes[0]][0])]) == 1
    how = "dan kecamatan" if kecamatan else "yang hanya satu" if unique else "dan kecamatan dari foldernya"
    return Found(codes[0], f"{where} {how}")


def titled(titles: Sequence[str]) -> dict[str, list[str]]:
    """What the titles of a table call desa, kecamatan, kabupaten: `DESA SEBAWANG KEC. SESAYAP` → both names."""
    found: dict[str, list[str]] = {}
    for title in titles:
        for mark in _LINE.finditer(title):
            level = {"kec": "kecamatan", "kab": "kabupaten"}.get(mark[1].lower(), mark[1].lower())
            rest = title[mark.end() :]
            stop = _STOP.search(rest)
            text = " ".join(_NUMBERED.sub(" ", rest[: stop.start()] if stop else rest).split()).strip(" .,:;-–")
            if text and not text[0].isdigit():
                found.setdefault(level, []).append(text)
    return found


def _clash(found: Found | None, kode: str, places: Places) -> str:
    """What is said of another village than this one, in words; empty where nothing is."""
    if found is None or found.kode_desa in (None, kode):
        return ""
    return f"{found.cara} menunjuk {places.name(found.kode_desa)} ({found.kode_desa})"


def _base(berkas: str) -> str:
    return re.split(r"[\\/]", berkas)[-1]


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name


def _names_of(berkas: str) -> list[str]:
    """A file as a mapping may name it: as the command did, or by its own name."""
    return [berkas.replace("\\", "/").casefold(), _base(berkas).casefold()]
