"""The one context of a verification sheet: everything that it prints, in words, ready for any template.

`budget_sheet` gives text, lists and dictionaries only; templates escape. Every key is always there.

```
judul           title of the file
bahasa          "id"
tanggal_iso     "2025-11-21" or ""
kop             {baris: [text], alamat, logo (path as text, or ""), sidik_logo}; the last line is the office itself
kepala          "LEMBAR VERIFIKASI RAPBDES"
anak_kepala     "DESA PEJALIN – TAHUN ANGGARAN 2025"
isi             single values, all text: desa, kecamatan, kabupaten, kabupaten_kota, provinsi, kode, tahun,
                tahun_data, status, idm, target, putusan
ringkasan       {kepala: [text], rata, baris: [[label, text]]}: status and target, path, expected IDM, spending
bagian          [{judul, kalimat (text or ""), kepala: [text], rata: [text], baris: [[text]], jumlah}]: A weak
                indicators that are funded, B not funded, C carried by others, D money, E formal checks; `rata` is
                "kiri", "tengah" or "kanan" per column; jumlah: the last row is a total; no rows: kalimat says so
centang_judul   "F. Diperiksa pada dokumen"
centang         [{kelompok, butir: [text]}]: to be ticked by hand
putusan_judul   "G. Putusan"
putusan_kepala  [text]: heads of the columns of `aspek`
aspek           [{judul, pilihan: [bool, bool, bool], alasan}]: which of sesuai, perlu perbaikan, tidak sesuai is
                proposed, and why; the last one is the whole
catatan_judul   "Catatan pemeriksa"
catatan_baris   [""…]: dotted lines to write on
tempat_tanggal  "Tideng Pale, 21 November 2025", dots where something is missing
tanda_tangan    [[{peran, nama, nip}]]: rows of up to three columns; nama is dotted where it is missing
kaki            footer
```
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from idmcli.calendar import long_date
from idmcli.documents.budget_tables import formal_table, funded, missing, money_table, others, summary
from idmcli.errors import ConfigError
from idmcli.parameters.budget_rules import VERDICTS
from idmcli.parameters.minutes import Signatory
from idmcli.parameters.officials import signing
from idmcli.parameters.rapbdes_settings import BudgetSettings
from idmcli.words import decimal

DOTS: Final = "……………………………………"
SHORT_DOTS: Final = "……………"
DOTTED_NIP: Final = "…"
COLUMNS: Final = 3
NOTE_LINES: Final = 4
CITY: Final = "KOTA "
Row = Mapping[str, Any]


@dataclass(frozen=True)
class VillageBudget:
    """What is known of one village: one row of each frame of `budget.verify.Verification` that is about it.

    Attributes:
        desa: row of `Verification.desa`.
        indikator: rows of `Verification.indikator`.
        kegiatan: rows of `budget.works`.
        uang: rows of `Verification.uang`.
        formal: rows of `Verification.formal`.
        aspek: rows of `Verification.aspek`.
        centang: groups of lines to tick.
        kode_kegiatan: indicator → codes of activities that would address it, the direct ones first.
        bidang: names of bidang by number.
        dimensi: names of dimensions by code.
        tahun: fiscal year.
        edisi: edition of the rubric.
    """

    desa: Row
    indikator: Sequence[Row]
    kegiatan: Sequence[Row]
    uang: Sequence[Row]
    formal: Sequence[Row]
    aspek: Sequence[Row]
    centang: Sequence[tuple[str, Sequence[str]]]
    kode_kegiatan: Mapping[str, Sequence[str]]
    bidang: Mapping[str, str]
    dimensi: Mapping[str, str]
    tahun: int | None
    edisi: str


def budget_sheet(
    one: VillageBudget, settings: BudgetSettings, officials: Sequence[Signatory], tanggal: date | None
) -> dict[str, Any]:
    """What one sheet prints; see the top of this file.

    Args:
        one: the village.
        settings: letterhead and signatories.
        officials: of the village, its kecamatan and its kabupaten.
        tanggal: None: dots.

    Raises:
        ConfigError: the logo cannot be read.
    """
    values = _values(one)
    village, year = values["desa"], values["tahun"]
    return {
        "judul": f"Lembar verifikasi RAPBDes {year}: Desa {village} ({values['kode']})",
        "bahasa": "id",
        "tanggal_iso": tanggal.isoformat() if tanggal else "",
        "kop": {
            "baris": [line.format_map(values) for line in settings.kop],
            "alamat": settings.alamat.format_map(values),
            "logo": str(settings.logo) if settings.logo else "",
            "sidik_logo": _fingerprint(settings.logo) if settings.logo else "",
        },
        "kepala": "LEMBAR VERIFIKASI RAPBDES",
        "anak_kepala": f"DESA {village} – TAHUN ANGGARAN {year}",
        "isi": values,
        "ringkasan": summary(one),
        "bagian": [funded(one), missing(one), others(one), money_table(one), formal_table(one)],
        "centang_judul": "F. Diperiksa pada dokumen (tidak ada dalam berkas anggaran)",
        "centang": [{"kelompok": group, "butir": list(lines)} for group, lines in one.centang],
        "putusan_judul": "G. Usulan putusan",
        "putusan_kepala": ["Aspek", *(verdict.capitalize() for verdict in VERDICTS), "Alasan"],
        "aspek": [*(_line(row["judul"], row) for row in one.aspek), _line("Putusan", one.desa, whole=True)],
        "catatan_judul": "Catatan pemeriksa",
        "catatan_baris": [""] * NOTE_LINES,
        "tempat_tanggal": f"{settings.tempat.format_map(values) or SHORT_DOTS}, "
        f"{long_date(tanggal) if tanggal else DOTS}",
        "tanda_tangan": _signatures(settings.penandatangan, officials, values),
        "kaki": f"Verifikasi RAPBDes {year} · Desa {village} ({values['kode']}) · IDM {values['tahun_data']}, "
        f"edisi {one.edisi}",
    }


def _values(one: VillageBudget) -> dict[str, str]:
    row = one.desa
    regency = row["kabupaten"] or SHORT_DOTS
    return {
        **{name: row[name] or SHORT_DOTS for name in ("desa", "kecamatan", "kabupaten", "provinsi")},
        "kabupaten_kota": regency if regency.startswith(CITY) else f"KABUPATEN {regency}",
        "kode": row["kode_desa"],
        "tahun": str(one.tahun or SHORT_DOTS),
        "tahun_data": str(row["tahun"] or SHORT_DOTS),
        "status": row["status"],
        "idm": decimal(row["idm"]),
        "target": row["target"] or "–",
        "putusan": row["putusan"],
    }


def _line(title: str, row: Row, *, whole: bool = False) -> dict[str, Any]:
    reasons = "Terberat dari aspek di atas; keputusan ada pada pemeriksa." if whole else " ".join(row["alasan"])
    return {"judul": title, "pilihan": [row["putusan"] == verdict for verdict in VERDICTS], "alasan": reasons}


def _signatures(
    roles: Sequence[Signatory], officials: Sequence[Signatory], values: Mapping[str, str]
) -> list[list[dict[str, str]]]:
    filled = [Signatory(role.peran.format_map(values), role.nama, role.nip) for role in roles]
    blocks = []
    for one in signing(filled, officials)[: len(filled)]:
        nip = SHORT_DOTS * 2 if one.nip == DOTTED_NIP else one.nip
        blocks.append({"peran": one.peran, "nama": one.nama or DOTS, "nip": f"NIP {nip}" if nip else ""})
    return [blocks[start : start + COLUMNS] for start in range(0, len(blocks), COLUMNS)]


def _fingerprint(logo: Path) -> str:
    try:
        return hashlib.sha256(logo.read_bytes()).hexdigest()
    except OSError as error:
        why = "tidak ada" if isinstance(error, FileNotFoundError) else "tidak dapat dibaca"
        raise ConfigError(f"Logo {logo} {why}", "Periksa kunci logo dalam [rapbdes] di idm.toml.") from error
