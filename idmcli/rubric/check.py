"""What must hold across the rows of an edition: full coverage, known names, whole dimensions, rising thresholds."""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from idmcli.columns import (
    AGREES,
    CODE_METHOD,
    CODE_PARTS,
    CODE_PROPOSAL,
    IDENTITY,
    IDM_K,
    INDICES,
    PROVENANCE,
    REASON,
    REMARK,
    STATED,
    STATUS,
    SUB_INDICES,
    TARGET,
)
from idmcli.rubric.model import FULL_SCORE, Dimension, Indicator, ScoreRow, Status
from idmcli.rubric.source import Row, check_unique

_RESERVED = frozenset(
    {*PROVENANCE, *IDENTITY, *CODE_PARTS, CODE_METHOD, CODE_PROPOSAL, *INDICES, IDM_K, STATUS, *TARGET, *STATED}
    | {AGREES, REMARK, REASON}
)
_CODE = re.compile(r"[A-Z]{3}\d{2}", re.ASCII)
_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)

Scored = Sequence[tuple[Row, ScoreRow]]
"""The score rows of one indicator, ascending, each with the line it stands on."""


def score(row: Row, key: str) -> int:
    """A score 0–5."""
    value = row.whole(key)
    if not 0 <= value <= FULL_SCORE:
        raise row.fail(key, f"skor {value} di luar 0 sampai {FULL_SCORE}", f"Isi bilangan bulat 0 sampai {FULL_SCORE}")
    return value


def check_codes(rows: Sequence[Row], dimensions: Collection[str]) -> None:
    """Codes are three letters of a known dimension and a number that runs from 01 without a hole."""
    check_unique(rows, "kode")
    seen: dict[str, int] = {}
    for row in rows:
        code = row.text("kode")
        if not _CODE.fullmatch(code) or code[:3] not in dimensions:
            raise row.fail("kode", f'"{code}" bukan kode dimensi dengan dua angka', f"Dimensi: {', '.join(dimensions)}")
        seen[code[:3]] = seen.get(code[:3], 0) + 1
        if int(code[3:]) != seen[code[:3]]:
            expected = f"{code[:3]}{seen[code[:3]]:02d}"
            raise row.fail("kode", f"di sini seharusnya {expected}", "Urutkan indikator tanpa nomor yang terlewat")


def check_variable_name(row: Row) -> None:
    """A variable's name can be a column: lower case, no space, none of the program's own columns."""
    name = row.text("nama")
    if not _NAME.fullmatch(name) or name in _RESERVED:
        raise row.fail("nama", f'"{name}" tidak dapat menjadi nama kolom', "Pakai huruf kecil, angka, dan garis bawah")


def limits(row: Row) -> tuple[bool, int | None, int | None]:
    """Whether an answer is a whole number, the least and the most that it can be (None where the cell is empty)."""
    counted = bool(row.text("satuan", optional=True)) and row.one_of("bulat", ("ya", "tidak")) == "ya"
    least, most = (row.whole(key) if row.text(key, optional=True) else None for key in ("terkecil", "terbesar"))
    if least is not None and most is not None and least > most:
        raise row.fail("terbesar", f"{most} di bawah terkecil {least}", "Perbaiki salah satunya")
    return counted, least, most


def check_variables_used(rows: Sequence[Row], indicators: Sequence[Indicator]) -> None:
    """Every variable serves some indicator: one that serves none is a misspelling or a leftover."""
    used = {variable.nama for indicator in indicators for variable in indicator.jawaban.variabel}
    for row in rows:
        if row.text("nama") not in used:
            raise row.fail("nama", "tidak dipakai indikator mana pun", "Hapus baris ini atau pakai di indikator.toml")


def check_indicator(row: Row, indicator: Indicator) -> None:
    """Answer kind, variables, units, zero denominators, reasons and actors fit each other."""
    answer, count = indicator.jawaban, len(indicator.jawaban.variabel)
    if (answer.jenis == "rasio" and count != 2) or (answer.jenis == "jumlah" and count < 2):
        raise row.fail(
            "variabel", f"jenis {answer.jenis} dengan {count} variabel", "Rasio perlu 2, jumlah 2 atau lebih"
        )
    if answer.jenis in ("angka", "ada", "pilihan") and count != 1:
        raise row.fail("variabel", f"jenis {answer.jenis} dengan {count} variabel", "Sebutkan tepat satu variabel")
    numeric = answer.jenis not in ("ada", "pilihan")
    for variable in answer.variabel:
        if bool(variable.satuan) is not numeric:
            found = f'bersatuan "{variable.satuan}"' if variable.satuan else "tanpa satuan"
            raise row.fail(
                "variabel",
                f'jenis {answer.jenis} dengan variabel "{variable.nama}" {found}',
                "Bilangan wajib bersatuan; ada dan pilihan tidak bersatuan (variabel.csv)",
            )
    if answer.skor_penyebut_nol is not None and (
        answer.jenis != "rasio" or answer.skor_penyebut_nol not in indicator.allowed
    ):
        raise row.fail(
            "skor_penyebut_nol",
            "hanya untuk rasio dan harus salah satu skor indikator",
            "Perbaiki atau hapus kunci itu",
        )
    if indicator.dapat_digerakkan is bool(indicator.alasan):
        raise row.fail("alasan", "wajib ada bila dapat_digerakkan = false, dan hanya saat itu", "Isi atau hapus alasan")
    if not indicator.pelaku:
        raise row.fail("kode", "tidak punya baris di pelaku.csv", f"Tambahkan baris {indicator.kode} di pelaku.csv")


def check_scores(row: Row, indicator: Indicator, scored: Scored) -> None:
    """Every answer has exactly one score, the highest is 5, and every score below it says what to do."""
    if not scored:
        raise row.fail("kode", "tidak punya baris di skor.csv", f"Tambahkan baris {indicator.kode} di skor.csv")
    last, highest = scored[-1]
    if len(scored) < 2 or highest.skor != FULL_SCORE:
        raise last.fail(
            "skor",
            f"skor tertinggi {indicator.kode} {highest.skor} dari {len(scored)} baris",
            f"Setiap indikator perlu sedikitnya dua skor, yang tertinggi {FULL_SCORE}",
        )
    for line, entry in scored:
        if entry.skor < FULL_SCORE and not entry.kegiatan:
            raise line.fail("kegiatan", f"kosong pada skor {entry.skor}", "Isi kegiatan untuk menaikkan skor ini")
        if entry.skor == FULL_SCORE and entry.kegiatan:
            raise line.fail("kegiatan", "terisi pada skor tertinggi", "Kosongkan: tidak ada lagi yang perlu dinaikkan")
    if indicator.jawaban.jenis in ("ada", "pilihan"):
        _check_choices(indicator, scored)
    else:
        _check_bounds(scored)


def _check_choices(indicator: Indicator, scored: Scored) -> None:
    seen: dict[str, Row] = {}
    for line, entry in scored:
        if entry.batas is not None:
            raise line.fail("bawah", "batas angka pada indikator pilihan", "Kosongkan bawah dan atas, isi pilihan")
        if not entry.pilihan:
            raise line.fail("pilihan", "kosong", "Isi kata jawaban, dipisah dengan |")
        for word in entry.pilihan:
            if word != word.lower():
                raise line.fail("pilihan", f'"{word}" memakai huruf besar', "Tulis dengan huruf kecil")
            if (earlier := seen.get(word)) is not None:
                raise line.fail("pilihan", f'"{word}" sudah ada pada {earlier.place}', "Hapus salah satu")
            seen[word] = line
    if indicator.jawaban.jenis == "ada" and sorted(seen) != ["ada", "tidak"]:
        raise scored[0][0].fail("pilihan", "indikator ada/tidak", "Isi satu baris dengan ada, satu baris dengan tidak")


def _check_bounds(scored: Scored) -> None:
    """The intervals in ascending order touch without gap or overlap, from 0 (or below) to infinity."""
    intervals = []
    for line, entry in scored:
        if entry.pilihan:
            raise line.fail("pilihan", "terisi pada indikator angka", "Kosongkan pilihan, isi bawah dan atas")
        if entry.batas is None:
            raise line.fail("bawah", "batas kosong", "Isi bawah, atas, atau keduanya")
        low, high = entry.batas.bawah, entry.batas.atas
        both = entry.batas.bawah_termasuk and entry.batas.atas_termasuk
        if low is not None and high is not None and (low > high or (low == high and not both)):
            raise line.fail("atas", f"jenjang {low} sampai {high} tidak memuat angka apa pun", "Periksa kedua batasnya")
        intervals.append((line, entry.batas))
    intervals.sort(key=lambda pair: (pair[1].bawah is not None, pair[1].bawah or 0, not pair[1].bawah_termasuk))
    line, first = intervals[0]
    if first.bawah is not None and (first.bawah > 0 or (first.bawah == 0 and not first.bawah_termasuk)):
        raise line.fail("bawah", f"celah: jawaban 0 sampai {first.bawah} tidak punya skor", "Mulai dari 0, termasuk")
    for (_, left), (line, right) in pairwise(intervals):
        if left.atas is None or right.bawah is None or left.atas > right.bawah:
            raise line.fail("bawah", "bertumpang tindih dengan jenjang di bawahnya", "Samakan dengan atas jenjang itu")
        if left.atas < right.bawah:
            raise line.fail(
                "bawah", f"celah: jawaban antara {left.atas} dan {right.bawah} tidak punya skor", "Sambungkan"
            )
        if left.atas_termasuk is right.bawah_termasuk:
            fault = "bertumpang tindih: dua jenjang memuat" if left.atas_termasuk else "celah: tidak ada jenjang memuat"
            raise line.fail("bawah_termasuk", f"{fault} tepat {right.bawah}", "Isi ya pada tepat satu dari keduanya")
    line, last = intervals[-1]
    if last.atas is not None:
        raise line.fail(
            "atas", f"celah: jawaban di atas {last.atas} tidak punya skor", "Kosongkan atas dan atas_termasuk"
        )


def check_dimensions(rows: Sequence[Row]) -> None:
    """The dimensions are those whose indices the program has columns for, in the order of these columns."""
    expected = [name.upper() for name in SUB_INDICES]
    found = [row.text("kode") for row in rows]
    if found != expected:
        wrong = next((row for row, name in zip(rows, expected, strict=False) if row.text("kode") != name), rows[-1])
        raise wrong.fail(
            "kode", f"urutan dimensi {', '.join(found)}, seharusnya {', '.join(expected)}", "Tulis tepat ketiga itu"
        )


def check_dimension(row: Row, dimension: Dimension) -> None:
    """The most points of a dimension are 5 × its indicators."""
    expected = FULL_SCORE * len(dimension.indikator)
    if not expected or dimension.maksimum != expected:
        raise row.fail(
            "maksimum",
            f"{dimension.maksimum}, padahal {len(dimension.indikator)} indikator x {FULL_SCORE} = {expected}",
            "Perbaiki maksimum atau daftar indikatornya",
        )


def check_statuses(rows: Sequence[Row]) -> None:
    """From the lowest up: only the first without threshold, thresholds rise within 0–1, printed least scores above."""
    check_unique(rows, "nama")
    previous = None
    for number, row in enumerate(rows):
        name, ambang, least = row.text("nama"), row.decimal("ambang"), row.decimal("skor_minimal")
        if name != name.upper():
            raise row.fail("nama", f'"{name}" tidak berhuruf besar semua', f'Tulis "{name.upper()}"')
        if number == 0 and (ambang is not None or least is not None):
            raise row.fail("ambang", "status terendah tidak berambang", "Hapus ambang dan skor_minimal di sini")
        if number and (ambang is None or not (previous or 0) < ambang < 1):
            raise row.fail(
                "ambang", "harus naik dari status sebelumnya, antara 0 dan 1", "Urutkan dari status terendah"
            )
        if number and (least is None or ambang is None or not ambang < least < 1):
            raise row.fail("skor_minimal", "harus sedikit di atas ambang", "Isi ambang ditambah satu angka terakhir")
        previous = ambang


def check_begins(row: Row, status: Status, before: Status | None, scale: int) -> None:
    """A status begins at a higher integer than the one below it: otherwise no village could have that one."""
    if before is not None and status.k_min <= before.k_min:
        raise row.fail(
            "ambang",
            f"terlalu dekat dengan ambang {before.nama}: tidak ada kelipatan 1/{scale} di antaranya",
            "Jauhkan kedua ambang itu atau hapus salah satu statusnya",
        )
