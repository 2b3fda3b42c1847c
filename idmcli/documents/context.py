"""The one context of a village's papers: everything that sheet and poster print, in words, ready for any template.

`sheet_context` gives text, whole numbers, lists and dictionaries only: all sentences are built (Indonesian, decimal
comma), so that HTML, PDF and Word say the same. Every key is always there; a list may be empty, a text may be "".

```
judul           title of the document: "Lembar rekomendasi desa PEJALIN (6501012005), data tahun 2024"
bahasa          "id"
versi           of the program
tanggal         "21 November 2026" or ""
tanggal_iso     "2026-11-21" or ""
padat           {muka, tabel}: 0 roomy, 1 dense, 2 densest setting of page one and of the table of page two
kepala          {jenis, nama, tempat, keterangan}
status          {judul, label_kini, kini, label_idm, idm, label_tujuan, tujuan ("" without one), kalimat: [text]}
gambar          SVG text: {tangga, indeks} about 190 mm wide, {tangga_sempit, indeks_sempit} for a phone;
                {tangga_kata, indeks_kata}: what they show, in words
indeks          {judul, kalimat: [text], tabel: {kepala: [text], baris: [[text]]}}: IKS, IKE, IKL, IDM
jalan           the path, or for a village without one what else is worth doing:
                {judul, kalimat: [text], tabel: {kepala: [7 texts], baris: [[7 texts]]}, lainnya: [text],
                 catatan: [text]}; columns: number, indicator, score "0 → 5", what to do, condition to reach, who acts,
                 gain; `lainnya`: steps for which the page has no room, one line each
pilihan         other paths: {judul, daftar: [text]}
kekuatan        {judul, daftar: [text]}; with an empty list the section is left out
kelemahan       {judul, daftar: [text]}
mirip           {judul, kalimat: [text], daftar: [{nama, isi}]}
indikator       page two: {judul, kalimat: [text], kepala: [5 texts], kelompok: [{judul, keterangan, baris}]}, one
                kelompok per dimension; each of baris:
                {kode, nama, skor ("3", "–"), kini, tujuan ("" at full score), jenis, tanda}; columns of kepala: code,
                name, score, condition now, condition to reach. jenis: "penuh" (nothing to reach, print it lighter),
                "kurang", "jalur" (part of the path, tanda "►"), "terkunci" (no step may touch it), "kosong"
dasar           references, edition, sources, date: {judul, kalimat: [text]}
pengesahan      {kalimat, pihak: [text]}: who signs
poster          {jenis, nama, tempat, label_status, status, kalimat: [text], judul_hal,
                 hal: [{nomor, judul, isi, siapa}] (at most 3), penutup, kaki: [text]}
```
"""

from pathlib import Path
from typing import Any, Final

from idmcli import __version__
from idmcli.columns import KODE_DESA, TAHUN
from idmcli.documents.sheet_facts import Facts
from idmcli.documents.sheet_input import SheetInput
from idmcli.documents.sheet_path import alike, alternatives, compared, path
from idmcli.documents.sheet_pictures import pictures
from idmcli.documents.sheet_poster import poster
from idmcli.documents.sheet_room import fitted
from idmcli.documents.sheet_status import dimensions, heading, standing, village
from idmcli.documents.sheet_table import table
from idmcli.documents.sheet_words import Words, sheet_words
from idmcli.documents.svg import FONT
from idmcli.rubric.model import Rubric

MONTHS: Final = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
SOURCES: Final = 2
"""So many sources are named with their hash; a folder of fifty files would push the signatures off the page."""
HASH_DIGITS: Final = 16


def sheet_context(
    given: SheetInput, rubric: Rubric, *, templat: Path | None = None, font: str = FONT
) -> dict[str, Any]:
    """Everything that the papers of one village print; see the top of this file for the keys.

    Args:
        given: the village's rows.
        rubric: the edition that gives conditions, activities and thresholds.
        templat: the office's folder, whose `lembar.toml` may change the words.
        font: font families of the pictures, as SVG writes them.

    Raises:
        ConfigError: the office's `lembar.toml` is invalid.
    """
    words, facts = sheet_words(templat), Facts(given, rubric)
    date = given.tanggal
    said = f"{date.day} {MONTHS[date.month - 1]} {date.year}" if date else ""
    context = {
        "judul": _title(facts, words),
        "bahasa": "id",
        "versi": __version__,
        "tanggal": said,
        "tanggal_iso": date.isoformat() if date else "",
        "kepala": heading(facts, words),
        "status": standing(facts, words),
        "gambar": pictures(facts, words, font),
        "indeks": dimensions(facts, words),
        "jalan": path(facts, words),
        "pilihan": alternatives(facts, words),
        "kekuatan": compared(facts, words, "kekuatan"),
        "kelemahan": compared(facts, words, "kelemahan"),
        "mirip": alike(facts, words),
        "indikator": table(facts, words),
        "dasar": _sources(facts, words, said),
        "pengesahan": {
            "kalimat": words("pengesahan.kalimat"),
            "pihak": words.all("pengesahan.pihak", desa=village(facts, words)),
        },
        "poster": poster(facts, words),
    }
    return fitted(context, words)


def _title(facts: Facts, words: Words) -> str:
    row = facts.given.desa
    name, code, year = village(facts, words), row.get(KODE_DESA) or words("dokumen.kode_kosong"), row.get(TAHUN)
    if year is None:
        return words("dokumen.judul_tanpa_tahun", desa=name, kode=code)
    return words("dokumen.judul", desa=name, kode=code, tahun=year)


def _sources(facts: Facts, words: Words, date: str) -> dict[str, Any]:
    """`dasar`: what the sheet rests on."""
    given, rubric = facts.given, facts.rubric
    used = [row.acuan for row in rubric.status]
    used += [row.acuan for indicator in rubric.indikator for row in indicator.skor]
    titles = "; ".join([rubric.judul, *(rubric.acuan[kode].judul for kode in dict.fromkeys(used))])
    lines = [
        words("dasar.acuan", acuan=titles),
        words("dasar.edisi", edisi=rubric.edisi, sidik=rubric.hash[:HASH_DIGITS], versi=__version__),
        words("dasar.penilaian"),
    ]
    if given.desa_kabupaten > 1:
        lines.append(words("dasar.kabupaten", jumlah=given.desa_kabupaten))
    lines += [words("dasar.sumber", berkas=file, sha256=sha256) for file, sha256 in given.sumber[:SOURCES]]
    if len(given.sumber) > SOURCES:
        lines.append(words("dasar.sumber_lain", jumlah=len(given.sumber) - SOURCES))
    if date:
        lines.append(words("dasar.tanggal", tanggal=date))
    return {"judul": words("dasar.judul"), "kalimat": lines}
