"""The tables of a verification sheet, every cell in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from idmcli.words import decimal, percent, plain, whole

if TYPE_CHECKING:
    from idmcli.documents.budget_sheet import VillageBudget

Table = dict[str, Any]
Row = Mapping[str, Any]
LEFT, MIDDLE, RIGHT = "kiri", "tengah", "kanan"
SUPPORTS_SHOWN: Final = 2
"""Supporting activities of an indicator named one by one; the workbook names them all."""
CODES_SHOWN: Final = 4
LONGEST: Final = 90
FUNDED_STATES: Final = ("dianggarkan", "hanya pendukung")
FIELDS: Final = {"bidang": "Bidang", "sumber": "Sumber dana", "dimensi": "Dimensi IDM"}
SOURCES: Final = {
    "DDS": "Dana Desa (DDS)",
    "ADD": "Alokasi Dana Desa (ADD)",
    "PAD": "Pendapatan Asli Desa (PAD)",
    "PBH": "Bagi hasil pajak dan retribusi (PBH)",
    "PBP": "Bantuan keuangan provinsi (PBP)",
    "PBK": "Bantuan keuangan kabupaten (PBK)",
    "DLL": "Lain-lain (DLL)",
}
OUTCOMES: Final = {"sesuai": "Sesuai", "tidak": "Tidak sesuai", "tidak dapat diperiksa": "Tidak dapat diperiksa"}


def summary(one: "VillageBudget") -> Table:
    """Where the village stands, its path, and what the budget can bring."""
    row = one.desa
    spent, tied, direct = row["belanja"], row["terkait"], row["terkait_langsung"]
    lines = [
        ["Status kini", f"{row['status']}, IDM {decimal(row['idm'])}" + (f" ({row['tahun']})" if row["tahun"] else "")],
        ["Menuju", _aim(row)],
        ["Jalur terkecil", row["jalur"] or row["alasan_jalur"] or "tidak diperlukan"],
        ["Langkah jalur", _steps(row)],
        [
            "Bila langkah yang dianggarkan berhasil",
            f"IDM {decimal(row['idm_harapan'])}, status {row['status_harapan']}",
        ],
        [
            "Bila semua indikator yang dianggarkan langsung mencapai skor penuh",
            f"paling tinggi IDM {decimal(row['idm_paling'])}, status {row['status_paling']}",
        ],
        ["Belanja", f"Rp{whole(spent)}"],
        [
            "Terkait indikator lemah",
            f"Rp{whole(tied)} ({percent(tied, spent)}); langsung Rp{whole(direct)} ({percent(direct, spent)})",
        ],
    ]
    return {"kepala": ["Hal", "Keadaan"], "rata": [LEFT, LEFT], "baris": lines}


def funded(one: "VillageBudget") -> Table:
    """Weak indicators with the activities that address them: direct ones all, supporting ones the largest."""
    by_indicator: dict[str, list[Row]] = {}
    for work in one.kegiatan:
        by_indicator.setdefault(work["kode"], []).append(work)
    rows: list[list[str]] = []
    chosen = [row for row in one.indikator if row["keadaan"] in FUNDED_STATES]
    for row in chosen:
        first = True
        for line in _work_lines(by_indicator.get(row["kode"], [])):
            rows.append([_name(row) if first else "", _score(row) if first else "", *line])
            first = False
    worded = any(work["dasar"] == "uraian" for row in chosen for work in by_indicator.get(row["kode"], []))
    note = "Langsung: kegiatan itu mengadakan yang dihitung indikator. Pendukung: menolong, skor belum tentu naik."
    if worded:
        note += " Uraian: hanya kata dalam uraian yang menunjuk ke indikator ini, bukan kode kegiatannya."
    return _table(
        "A. Indikator lemah yang dianggarkan",
        note if rows else "Tidak ada indikator lemah yang mendapat anggaran.",
        ("Indikator", "Skor", "Kegiatan RAPBDes", "Keluaran", "Sumber", "Anggaran (Rp)", "Kaitan"),
        (LEFT, MIDDLE, LEFT, LEFT, LEFT, RIGHT, LEFT),
        rows,
    )


def missing(one: "VillageBudget") -> Table:
    """Weak indicators within the village's authority without any money, and what would address them."""
    rows = [
        [_name(row), _score(row), row["kegiatan"] or row["syarat_tujuan"] or "–", _codes(one, row["kode"])]
        for row in one.indikator
        if row["keadaan"] == "belum dianggarkan"
    ]
    return _table(
        "B. Belum dianggarkan (lemah dan dalam kewenangan desa)",
        "" if rows else "Semua indikator lemah dalam kewenangan desa mendapat anggaran.",
        ("Indikator", "Skor", "Kegiatan yang dianjurkan", "Kode kegiatan"),
        (LEFT, MIDDLE, LEFT, LEFT),
        rows,
    )


def others(one: "VillageBudget") -> Table:
    """Weak indicators that no village budget can raise, and who can."""
    rows = [
        [_name(row), _score(row), row["kegiatan"] or "–", row["siapa"] or "–"]
        for row in one.indikator
        if row["keadaan"] == "pihak lain"
    ]
    facts = [f"{row['kode']} {row['singkat']}" for row in one.indikator if row["keadaan"] == "fakta"]
    note = "" if rows else "Tidak ada indikator lemah yang harus dipikul pihak lain."
    if facts:
        note = f"{note} Keadaan penduduk, tidak dinaikkan rencana apa pun: {', '.join(facts)}.".strip()
    return _table(
        "C. Harus dipikul pihak lain (diusulkan melalui musrenbang)",
        note,
        ("Indikator", "Skor", "Yang perlu dilakukan", "Siapa"),
        (LEFT, MIDDLE, LEFT, LEFT),
        rows,
    )


def money_table(one: "VillageBudget") -> Table:
    """Spending by bidang, source and dimension."""
    spent = one.desa["belanja"]
    rows, group = [], ""
    order = [*one.bidang, *SOURCES, *one.dimensi]
    groups = list(FIELDS)
    for row in sorted(one.uang, key=lambda row: (groups.index(row["menurut"]), _place(order, row["kunci"]))):
        title = FIELDS[row["menurut"]]
        rows.append(
            [
                title if title != group else "",
                _key(one, row),
                whole(row["anggaran"]) if row["menurut"] != "dimensi" else "",
                percent(row["anggaran"], spent) if row["menurut"] != "dimensi" else "",
                whole(row["terkait_langsung"]),
                whole(row["terkait"]),
            ]
        )
        group = title
    direct, tied = one.desa["terkait_langsung"], one.desa["terkait"]
    rows.append(["Jumlah belanja", "", whole(spent), percent(spent, spent), whole(direct), whole(tied)])
    note = "Kegiatan yang menjawab dua dimensi dihitung pada keduanya, sehingga baris dimensi tidak dijumlahkan."
    heads = ("Menurut", "", "Anggaran (Rp)", "Bagian", "Terkait langsung (Rp)", "Terkait seluruhnya (Rp)")
    made = _table("D. Belanja dan indikator lemah", note, heads, (LEFT, LEFT, RIGHT, RIGHT, RIGHT, RIGHT), rows)
    return {**made, "jumlah": True}


def formal_table(one: "VillageBudget") -> Table:
    """What the figures allow to be checked."""
    rows = [
        [row["judul"], row["angka"], OUTCOMES[row["hasil"]], " ".join(filter(None, (row["catatan"], row["acuan"])))]
        for row in one.formal
    ]
    heads = ("Pemeriksaan", "Angka", "Hasil", "Catatan dan acuan")
    return _table("E. Pemeriksaan formal dari angka", "", heads, (LEFT, RIGHT, LEFT, LEFT), rows)


def _work_lines(works: Sequence[Row]) -> Iterator[list[str]]:
    supports = 0
    left: list[Row] = []
    for work in works:
        if work["kekuatan"] != "langsung":
            supports += 1
            if supports > SUPPORTS_SHOWN:
                left.append(work)
                continue
        text = " ".join(filter(None, (work["kode_kegiatan"], shortened(work["uraian"] or ""))))
        link = work["kekuatan"] if work["dasar"] == "kode" else "pendukung (uraian)"
        yield [text, output(work), ", ".join(work["sumber"]) or "–", whole(work["anggaran"]), link]
    if left:
        total = whole(sum(work["anggaran"] for work in left))
        yield [f"… dan {whole(len(left))} kegiatan pendukung lain (buku kerja, RINCIAN)", "", "", total, "pendukung"]


def output(work: Row) -> str:
    """`500 m`; a dash where the budget does not say."""
    if work["volume"] is None:
        return "–"
    return f"{plain(work['volume'])} {work['satuan'] or ''}".strip()


def shortened(text: str) -> str:
    """A text that a cell of a printed table can hold."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def _aim(row: Row) -> str:
    if not row["butuh_k"]:
        return f"{row['target']} (sudah tercapai)"
    return f"{row['target']}, kurang IDM {decimal(row['kurang_idm'])}"


def _steps(row: Row) -> str:
    if not row["langkah"]:
        return "tidak ada"
    parts = [
        f"{whole(row['langkah_dianggarkan'])} dianggarkan langsung",
        f"{whole(row['langkah_pendukung'])} hanya pendukung",
        f"{whole(row['langkah_belum'])} belum dianggarkan",
        f"{whole(row['langkah_lain'])} pihak lain",
    ]
    return f"{whole(row['langkah'])} langkah: {', '.join(part for part in parts if not part.startswith('0 '))}"


def _name(row: Row) -> str:
    return f"{row['kode']} {row['singkat']}{' (jalur)' if row['langkah'] else ''}"


def _score(row: Row) -> str:
    return f"{row['skor']}→{row['ke']}" if row["langkah"] else str(row["skor"])


def _codes(one: "VillageBudget", kode: str) -> str:
    codes = list(one.kode_kegiatan.get(kode, ()))
    more = f" dan {len(codes) - CODES_SHOWN} lagi" if len(codes) > CODES_SHOWN else ""
    return ", ".join(codes[:CODES_SHOWN]) + more or "–"


def _key(one: "VillageBudget", row: Row) -> str:
    key = row["kunci"]
    if row["menurut"] == "bidang":
        return f"{key} {one.bidang[key]}" if key in one.bidang else "Tanpa kode kegiatan"
    if row["menurut"] == "sumber":
        return SOURCES.get(key, "Tanpa sumber dana")
    return f"{one.dimensi.get(key, key)} ({key})"


def _place(order: Sequence[str], key: str) -> int:
    """Where a key stands in an order; behind all others where it does not."""
    return order.index(key) if key in order else len(order)


def _table(
    judul: str, kalimat: str, kepala: Sequence[str], rata: Sequence[str], baris: Sequence[Sequence[str]]
) -> Table:
    return {
        "judul": judul,
        "kalimat": kalimat,
        "kepala": list(kepala),
        "rata": list(rata),
        "baris": [list(row) for row in baris],
        "jumlah": False,
    }
