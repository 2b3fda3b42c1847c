"""The one context of the annual report: everything that its pages print, in words, ready for any template.

`report_context` gives texts, whole numbers, lists and dictionaries only: all sentences are built (Indonesian, decimal
comma), so that HTML, PDF and Word say the same. Every key is always there; a list may be empty, a text may be "".

```
judul           title of the report
jenis, wilayah  "Laporan tahunan", "Provinsi Kalimantan Utara"
tahun           2024
tanggal         "31 Desember 2024"; tanggal_iso "2024-12-31"; kata_tanggal "Tanggal laporan: …"
bahasa, versi   "id", the program's version
istilah         words of the pages themselves: {daftar_isi, tabel, gambar, bab, versi,
                cari: {…}, kartu: {…}}
pokok           key figures: {judul, kartu: [{label, angka, ket, nada}]}
peringatan      the box about the data: {ada, berat, judul, kalimat: [text], tabel}
ringkasan, metode, status, kecamatan, tren, perpindahan, indikator, sasaran, rencana, mutu, lampiran, dasar
                parts: {id, judul, ada, kalimat: [sentence], alinea: [the same sentences as paragraphs],
                gambar: [picture], tabel: [table]}; leave out those whose `ada` is False. mutu also has
                catatan_judul and catatan: [text]
bab             a part per kabupaten, in the order of codes; empty where there is only one
petak           for paper: a part with the tile map where there are no chapters to hold it
peta            for screens: {judul, kalimat, legenda: [{jenis, tanda, latar, huruf, kata, jumlah}],
                kabupaten: [{nama, kecamatan: [{nama, petak: [{no, jenis, tanda, latar, huruf, kata}]}]}]}
kartu           the villages' cards as data, see `idmcli.report.cards`
indeks          of index.html: {judul, laporan, bentuk: {html, pdf, docx: {judul, keterangan}},
                kelompok: [{judul, banyak, berkas: [{nama, judul, keterangan}]}]}

picture         {judul, svg (wide), sempit (for a phone), kata (what it shows), nomor}
table           {judul, kalimat, kepala: [text], rata: [kiri|kanan|tengah], baris: [[text]], nomor,
                jumlah (the last row is a total), saring (long: a screen may offer to filter it)}
```
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from idmcli import __version__
from idmcli.calendar import long_date
from idmcli.compare import Compared
from idmcli.documents.sheet_words import Words, words_of
from idmcli.pipeline.annual import Annual
from idmcli.report import part_data, part_indicators, part_moves, part_plan, part_status, part_trend, tiles
from idmcli.report.cards import cards
from idmcli.report.chapters import chapters
from idmcli.report.facts import Facts
from idmcli.report.links import PaperLink
from idmcli.report.narrative import summary
from idmcli.report.parts import numbered, part
from idmcli.words import whole

WORDS_FILE: Final = "laporan.toml"
CARD: Final = (
    *(
        "kode",
        "idm",
        "status",
        "tahun",
        "riwayat",
        "indeks",
        "poin",
        "dimensi",
        "jalan",
        "jalan_rencana",
        "tanpa_jalan",
    ),
    *(
        "syarat",
        "kegiatan",
        "pelaku",
        "dapat",
        "lemah",
        "semua",
        "indikator",
        "skor",
        "keadaan",
        "tambah",
        "tanpa_skor",
    ),
    *("tak_dihitung", "tak_ada", "naik", "turun", "tetap", "tautan", "saring", "tampak", "ditemukan", "sebagian"),
    *("nihil", "urutkan"),
)
"""Words that the page's own script writes."""
PLACES: Final = {"tampak": "{tampak}", "jumlah": "{jumlah}", "kolom": "{kolom}"}
"""What the script fills in itself stays as it is."""


def report_context(
    annual: Annual,
    compared: Compared | None,
    *,
    tanggal: date,
    judul: str = "",
    dokumen: Sequence[PaperLink] = (),
    templat: Path | None = None,
) -> dict[str, Any]:
    """Everything that the pages print; see the top of this file for the keys.

    Args:
        annual: what the run computed.
        compared: the years side by side; None where there is only one.
        tanggal: the date to print.
        judul: title of the report; "" for the program's own.
        dokumen: what else lies in the folder, for the index page.
        templat: the office's folder, whose `laporan.toml` may change the words.

    Raises:
        ConfigError: the office's `laporan.toml` is invalid.
    """
    words = words_of(WORDS_FILE, templat)
    facts = Facts(annual, compared, words)
    said = long_date(tanggal)
    ringkasan = part("ringkasan", words("ringkasan.judul"), summary(facts), terpisah=True)
    bab = chapters(facts)
    petak = part("petak", words("peta.judul" if facts.pair else "peta.judul_status"))
    if not bab:
        pictures = [one for place in facts.kabupaten for one in tiles.pictures(facts, place)]
        petak = part("petak", petak["judul"], [tiles.tile_map(facts)["kalimat"]], pictures)
    parts = {
        "ringkasan": ringkasan,
        "status": part_status.statuses(facts),
        "tren": part_trend.trend(facts),
        "perpindahan": part_moves.moves(facts),
        "petak": petak,
        "indikator": part_indicators.indicators(facts),
        "sasaran": part_plan.goals(facts),
        "rencana": part_plan.plan(facts),
        "mutu": part_data.quality(facts),
        "metode": part_status.method(facts),
    }
    lampiran, dasar = part_data.appendix(facts), part_data.sources(facts)
    numbered([*parts.values(), *bab, lampiran])
    kecamatan = part_status.kecamatan_table(facts)
    return {
        "judul": judul or words("dokumen.judul", tahun=annual.tahun),
        "jenis": words("dokumen.jenis"),
        "wilayah": facts.wilayah,
        "tahun": annual.tahun,
        "tanggal": said,
        "tanggal_iso": tanggal.isoformat(),
        "kata_tanggal": words("dokumen.tanggal", tanggal=said),
        "bahasa": "id",
        "versi": __version__,
        "istilah": _terms(words, annual),
        "pokok": part_status.figures(facts),
        "peringatan": part_data.warning(facts),
        **parts,
        "kecamatan": part("kecamatan", words("status.tabel_kecamatan"), tabel=[kecamatan]),
        "bab": bab,
        "peta": tiles.tile_map(facts),
        "lampiran": lampiran,
        "dasar": dasar,
        "kartu": cards(facts),
        "indeks": _index(words, dokumen),
    }


def _terms(words: Words, annual: Annual) -> dict[str, Any]:
    """Words of the pages themselves."""
    named = {name: words(f"dokumen.{name}") for name in ("daftar_isi", "tabel", "gambar", "bab")}
    search = {name: words(f"cari.{name}") for name in ("judul", "petunjuk", "isi", "lewati", "tabel", "tanpa_skrip")}
    card = {name: words(f"kartu.{name}", **PLACES) for name in CARD}
    return {
        **named,
        "kartu": card,
        "versi": words("dokumen.versi", versi=__version__, edisi=annual.rubric.edisi),
        "cari": search,
    }


def _index(words: Words, dokumen: Sequence[PaperLink]) -> dict[str, Any]:
    """What index.html lists; the pages themselves come first, as `write_report` makes them."""
    groups: dict[str, list[dict[str, str]]] = {}
    for link in dokumen:
        entry = {"nama": link.nama, "judul": link.judul or link.nama, "keterangan": link.keterangan}
        groups.setdefault(link.kelompok or words("indeks.lainnya"), []).append(entry)
    return {
        "judul": words("indeks.judul"),
        "laporan": words("indeks.laporan"),
        "bentuk": {
            kind: {"judul": words(f"indeks.{kind}"), "keterangan": words(f"indeks.{kind}_ket")}
            for kind in ("html", "pdf", "docx")
        },
        "kelompok": [
            {"judul": name, "berkas": files, "banyak": words("indeks.banyak", jumlah=whole(len(files)))}
            for name, files in groups.items()
        ],
    }
