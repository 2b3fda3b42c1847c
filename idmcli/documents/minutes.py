"""The one context of berita acara: everything that the papers print, in words, ready for any template.

`minutes_paper` gives text, whole numbers, lists and dictionaries only; all sentences are built (Indonesian, decimal
comma), so that Word, PDF and HTML say the same. Every key is always there; a list may be empty, a text may be "", and
a part that a document does not have is None. Names stand as they are typed: templates escape.

```
judul           title of the file: "Berita acara penetapan status desa: Desa PEJALIN (6501012006), tahun 2024"
bahasa          "id"
tanggal_iso     "2026-11-21" or "": the date of the first document
dokumen         one or several documents (--gabung), each on a new page:
  judul           "BERITA ACARA PENETAPAN STATUS DESA"
  anak_judul      "DESA PEJALIN TAHUN 2024"
  wilayah         "Desa PEJALIN"
  level           "desa", "kecamatan", "kabupaten" or "provinsi"
  kode            "6501012006"
  isi             single values for an office's own template, all text: desa, kecamatan, kabupaten, provinsi,
                  kabupaten_kota, wilayah (and each in capitals: DESA …), kode, tahun, tahun_sebelum, hari,
                  tanggal_kata, bulan, tahun_kata, tanggal_angka, bulan_romawi, tahun_surat, tempat, jumlah_desa,
                  status, iks, ike, ikl, idm; dots where one is missing
  draf            True: the mark DRAF on every page
  catatan_draf    [text]: why it is a draft
  kop             {baris: [text], alamat (text or ""), logo (path as text, or ""), sidik_logo (SHA-256 or "")}; the last
                  line of `baris` is the office itself, printed larger
  nomor           "Nomor: 001/BA-IDM/6501012006/2024"
  pembuka         opening sentence with day, date, month and year in words, and the place; ends before dasar_hukum
  dasar_judul     "Dasar hukum:"
  dasar_hukum     [text], to be numbered
  pernyataan      [text]: paragraphs above the table
  tabel           {kepala: [text], rata: [text], baris: [[text]]}: code and name of the levels, then the results;
                  `rata` is "kiri", "tengah" or "kanan" per column, as in every table below
  rekap           {judul, kepala, rata, baris} or None: villages and share per status; its last line is the total
  rincian         {judul, kepala, rata, baris} or None: per kecamatan (of a kabupaten) or kabupaten (of a provinsi) the
                  counts per status and the mean IDM, 8 columns; its last line is the total
  perbandingan    {judul, kalimat: text, kepala, rata, baris} or None: counts per status then and now
  penetapan       [text]: paragraphs of the determination
  penutup         closing sentence
  tempat_tanggal  "PEJALIN, 21 November 2026"
  tanda_tangan    [[{peran, nama, nip}]]: rows of one or two columns; nama is a dotted line where it is missing, nip is
                  "NIP 19700101 199003 1 001", "NIP …………" or "" (no such line)
  saksi_judul     "Saksi-saksi:" or ""
  saksi           [[{peran, nama, nip}]], as tanda_tangan; empty without witnesses
  lampiran        [{judul, kepala, rata, baris}]: each on a new page, header row repeated: the list of all villages (of
                  a provinsi one per kabupaten; 8 columns, 9 above the kecamatan), then, where years are compared,
                  those whose status changed (7 columns); empty for desa
  kaki            footer: "Berita acara IDM 2024 · Desa PEJALIN (6501012006) · …"
  kosong          [text]: what is missing and printed as dotted lines
```
"""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from idmcli.calendar import long_date
from idmcli.documents.minutes_tables import annexes, comparison, details, recap, result
from idmcli.documents.minutes_words import MinutesWords
from idmcli.errors import ConfigError
from idmcli.minutes import UnitMinutes
from idmcli.parameters.minutes import Signatory, UnitSettings
from idmcli.parameters.officials import signing

COLUMNS: Final = 2
"""Signatures beside each other."""
DOTTED: Final = "…"
"""What stands for a NIP to be filled in by hand."""


def minutes_context(unit: UnitMinutes, settings: UnitSettings, nomor: int | None, *, edisi: str) -> dict[str, Any]:
    """One document; see the top of this file for its keys.

    Args:
        unit: what is determined.
        settings: what the office decides for this unit.
        nomor: from the register; None: a dotted line, for drafts.
        edisi: name of the rubric's edition.

    Raises:
        ConfigError: the logo cannot be read.
    """
    words = MinutesWords(unit, settings)
    say, label = words.fill, words.label
    blocks = [_signature(one, words) for one in _signatories(settings, words)]
    signed, witnessed = ([block for block, witness in blocks if witness == wanted] for wanted in (False, True))
    date = long_date(settings.tanggal) if settings.tanggal else words.dots
    return {
        "judul": say(settings.judul),
        "anak_judul": say(settings.anak_judul),
        "wilayah": words.values["wilayah"],
        "level": unit.level,
        "kode": unit.unit["kode"],
        "isi": words.plain(),
        "draf": unit.unit["draf"],
        "catatan_draf": list(unit.unit["alasan_draf"]),
        "kop": {
            "baris": [say(line) for line in settings.kop],
            "alamat": say(settings.alamat),
            "logo": str(settings.logo) if settings.logo else "",
            "sidik_logo": _fingerprint(settings.logo) if settings.logo else "",
        },
        "nomor": label("nomor", nomor=words.number(settings.nomor, nomor)),
        "pembuka": say(settings.pembuka),
        "dasar_judul": label("dasar_hukum"),
        "dasar_hukum": [say(line) for line in settings.dasar_hukum],
        "pernyataan": [say(line) for line in settings.pernyataan],
        "tabel": result(unit, words),
        "rekap": recap(unit, words),
        "rincian": details(unit, words),
        "perbandingan": comparison(unit, words),
        "penetapan": [say(line) for line in settings.penetapan],
        "penutup": say(settings.penutup),
        "tempat_tanggal": label("tempat_tanggal", kota=words.city(settings.kota), tanggal=date),
        "tanda_tangan": _in_rows(signed),
        "saksi_judul": label("saksi") if witnessed else "",
        "saksi": _in_rows(witnessed),
        "lampiran": annexes(unit, words),
        "kaki": label("kaki", edisi=edisi),
        "kosong": list(words.missing),
    }


def minutes_paper(contexts: Sequence[Mapping[str, Any]], settings: UnitSettings, tahun: int | None) -> dict[str, Any]:
    """What one file prints.

    Args:
        contexts: one or several documents of `minutes_context`, at least one.
        settings: of any of them, for the words of the title.
        tahun: the year of the data.
    """
    year = str(tahun) if tahun else str(settings.kata["titik_pendek"])
    key = "dokumen" if len(contexts) == 1 else "dokumen_gabungan"
    title = str(settings.kata[key]).format_map(
        {"wilayah": contexts[0]["wilayah"], "jumlah": len(contexts), "tahun": year}
    )
    return {
        "judul": title,
        "bahasa": "id",
        "tanggal_iso": settings.tanggal.isoformat() if settings.tanggal else "",
        "dokumen": list(contexts),
    }


def _signatories(settings: UnitSettings, words: MinutesWords) -> Sequence[Signatory]:
    """Roles with places filled in, held by whom the file of officials names."""
    filled = [
        Signatory(words.fill(one.peran), one.nama, one.nip, one.saksi)
        for one in (*settings.penandatangan, *settings.pejabat)
    ]
    return signing(filled[: len(settings.penandatangan)], filled[len(settings.penandatangan) :])


def _signature(one: Signatory, words: MinutesWords) -> tuple[dict[str, str], bool]:
    name = one.nama or words.gap("kosong_nama", peran=one.peran)
    nip = ""
    if one.nip:
        number = words.short_gap("kosong_nip", peran=one.peran) if one.nip == DOTTED else one.nip
        nip = words.label("nip", nip=number)
    return {"peran": one.peran, "nama": name, "nip": nip}, one.saksi


def _in_rows(blocks: Sequence[dict[str, str]]) -> list[list[dict[str, str]]]:
    return [list(blocks[start : start + COLUMNS]) for start in range(0, len(blocks), COLUMNS)]


def _fingerprint(logo: Path) -> str:
    try:
        return hashlib.sha256(logo.read_bytes()).hexdigest()
    except OSError as error:
        why = "tidak ada" if isinstance(error, FileNotFoundError) else "tidak dapat dibaca"
        raise ConfigError(f"Logo {logo} {why}", "Periksa kunci logo dalam [berita_acara] di idm.toml.") from error
