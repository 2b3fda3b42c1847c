"""The top of a sheet: who the village is, its status and the next one, and its dimensions against the kabupaten."""

import re
from collections.abc import Iterator
from typing import Any, Final

from idmcli.columns import KODE_DESA, SUB_INDICES, TAHUN
from idmcli.documents.sheet_facts import Facts
from idmcli.documents.sheet_words import Words
from idmcli.gap.leverage import need_words, points_for, weight_words
from idmcli.rubric.model import Rubric, Status
from idmcli.words import decimal, signed

LEVEL_WORD: Final = re.compile(r"^(?:PROVINSI|PROV|KABUPATEN|KAB|KECAMATAN|KEC|DESA)\b\.?\s+", re.IGNORECASE)
"""Files write `KAB. MALINAU` or `MALINAU`; the sheet puts the level in front itself."""


def heading(facts: Facts, words: Words) -> dict[str, Any]:
    """`kepala`: village, place, code and years."""
    row = facts.given.desa
    particulars = [words("dokumen.kode", kode=row[KODE_DESA]) if row.get(KODE_DESA) else words("dokumen.kode_kosong")]
    if row.get(TAHUN) is not None:
        particulars.append(words("dokumen.tahun_data", tahun=row[TAHUN]))
    if (year := plan_year(facts)) is not None and facts.situation != "tak_dihitung":
        particulars.append(words("dokumen.tahun_rencana", tahun=year))
    return {
        "jenis": words("dokumen.jenis"),
        "nama": words("dokumen.nama", desa=village(facts, words)),
        "tempat": place(facts, words),
        "keterangan": " · ".join(particulars),
    }


def village(facts: Facts, words: Words) -> str:
    """The village's name."""
    return _bare(facts.given.desa.get("desa")) or words("dokumen.nama_kosong")


def place(facts: Facts, words: Words) -> str:
    """`Kecamatan X, Kabupaten Y, Provinsi Z`, without what is not known."""
    levels = []
    for level in ("kecamatan", "kabupaten", "provinsi"):
        name = _bare(facts.given.desa.get(level))
        if name:
            levels.append(name if name.upper().startswith("KOTA ") else words(f"dokumen.{level}", **{level: name}))
    return ", ".join(levels)


def plan_year(facts: Facts) -> int | None:
    """The year the steps are for: the one given, else the year after the data."""
    if facts.given.tahun_rencana is not None:
        return facts.given.tahun_rencana
    year = facts.given.desa.get(TAHUN)
    return None if year is None else int(year) + 1


def standing(facts: Facts, words: Words) -> dict[str, Any]:
    """`status`: now, wanted, and what lies between, in sentences."""
    year = facts.given.desa.get(TAHUN)
    return {
        "judul": words("status.judul"),
        "label_kini": words("status.kini", tahun=year) if year is not None else words("status.kini_tanpa_tahun"),
        "kini": facts.status.nama if facts.status else words("status.tak_dihitung"),
        "label_idm": words("status.idm"),
        "idm": decimal(facts.idm),
        "label_tujuan": words("status.tujuan"),
        "tujuan": facts.target.nama if facts.target and facts.missing else "",
        "kalimat": list(_standing_sentences(facts, words)),
    }


def minimal(status: Status, rubric: Rubric) -> str:
    """The least IDM of a status as the ministry prints it."""
    return decimal(_least(status, rubric))


def distance(facts: Facts) -> str:
    """What lacks to the target's printed minimum, as the ministry computes it."""
    if facts.target is None or facts.idm is None:
        return decimal(None)
    return decimal(_least(facts.target, facts.rubric) - facts.idm)


def _least(status: Status, rubric: Rubric) -> float:
    return float(status.skor_minimal) if status.skor_minimal is not None else status.k_min / rubric.scale


def _standing_sentences(facts: Facts, words: Words) -> Iterator[str]:
    if facts.k is None or facts.status is None:
        reason = str(facts.given.desa.get("alasan") or "").rstrip(". ")
        yield words("status.alasan", alasan=reason) if reason else words("status.tak_dihitung")
        return
    if facts.target and facts.missing:
        yield words(
            "status.kurang",
            tujuan=facts.target.nama,
            minimal=minimal(facts.target, facts.rubric),
            kurang=distance(facts),
        )
        left = {row.kode: row.maksimum - (facts.points[row.kode] or 0) for row in facts.rubric.dimensi}
        if any(needed <= left[kode] for kode, needed in points_for(facts.missing, facts.rubric).items()):
            yield words("status.setara", poin=need_words(facts.missing, facts.rubric, left))
        else:
            yield words("status.setara_bersama")
    elif (
        facts.target
        and facts.target.k_min <= facts.k
        and facts.given.desa.get("target") not in {None, facts.status.nama}
    ):
        yield words("status.tercapai", tujuan=facts.target.nama)
    top = facts.status == facts.rubric.status[-1]
    if top:
        yield words("status.tertinggi", status=facts.status.nama)
    if facts.status != facts.rubric.status[0] and (top or facts.given.desa.get("pantau")):
        lost = need_words(facts.k - facts.status.k_min + 1, facts.rubric)
        yield words("status.jaga" if top else "status.rawan", status=facts.status.nama, poin=lost)


def dimensions(facts: Facts, words: Words) -> dict[str, Any]:
    """`indeks`: the dimensions and the IDM beside the means of the kabupaten's villages."""
    means, row = facts.given.rata_kabupaten, facts.given.desa
    lines = []
    for dimension in facts.rubric.dimensi:
        points = facts.points[dimension.kode]
        lines.append(
            [
                dimension.kode,
                decimal(row.get(dimension.kolom)),
                decimal(means.get(dimension.kolom)),
                words("indeks.poin", poin=points, maksimum=dimension.maksimum) if points is not None else "–",
                str(dimension.maksimum - points) if points is not None else "–",
                decimal(facts.rubric.unit(dimension) / facts.rubric.scale),
            ]
        )
    lines.append(["IDM", decimal(facts.idm), decimal(means.get("idm")), "", "", ""])
    return {
        "judul": words("indeks.judul"),
        "kalimat": [*_comparison(facts, words), words("indeks.bobot", bobot=weight_words(facts.rubric))],
        "tabel": {"kepala": words.all("indeks.kepala"), "baris": lines},
    }


def _comparison(facts: Facts, words: Words) -> Iterator[str]:
    """The dimension furthest below the kabupaten's mean, or that there is none."""
    means, row = facts.given.rata_kabupaten, facts.given.desa
    apart = [
        (row[name] - mean, name.upper())
        for name in SUB_INDICES
        if (mean := means.get(name)) is not None and row.get(name) is not None
    ]
    if len(apart) < len(SUB_INDICES) or facts.given.desa_kabupaten < 2:
        return
    worst, kode = min(apart)
    if round(worst, 4) < 0:
        yield words("indeks.lemah", dimensi=kode, selisih=signed(worst), jumlah=facts.given.desa_kabupaten)
    else:
        yield words("indeks.unggul", jumlah=facts.given.desa_kabupaten)


def _bare(name: object) -> str:
    """A place name without the word of its level."""
    return LEVEL_WORD.sub("", str(name or "").strip())
