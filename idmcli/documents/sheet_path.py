"""The middle of a sheet: the steps, who takes them, other ways, and how the village stands among its like."""

import re
from collections.abc import Iterator
from typing import Any, Final

from idmcli.documents.sheet_facts import Facts, Step
from idmcli.documents.sheet_status import plan_year
from idmcli.documents.sheet_words import Words
from idmcli.gap.knapsack import MANY
from idmcli.rubric.model import FULL_SCORE, Actor
from idmcli.words import decimal, listed, signed, whole

STEP_TEXT: Final = re.compile(r"([A-Z]{3}\d{2}) (\d)→(\d)")
"""A step as `Paths` writes it: `IKE06 0→5`."""
CODE: Final = re.compile(r"[A-Z]{3}\d{2}")
SHOWN: Final = 3
"""So many steps of another path are named."""
SUPPORTERS: Final = 2
"""So many supporters are named beside the lead; a cell has no room for the disaster agencies of four levels."""
SUGGESTED: Final = 5
"""So many further steps stand on the sheet of a village that has no path."""


def path(facts: Facts, words: Words) -> dict[str, Any]:
    """`jalan`: the path; for a village without one, what else is worth doing."""
    steps = facts.steps or facts.further(SUGGESTED)
    return {
        "judul": _title(facts, words),
        "kalimat": list(_sentences(facts, words, bool(steps))),
        "tabel": {
            "kepala": words.all("jalan.kepala"),
            "baris": [_line(number, step, facts, words) for number, step in enumerate(steps, start=1)],
        },
        "lainnya": [],
        "catatan": list(_notes(facts, words)),
    }


def brief(line: list[str], words: Words) -> str:
    """A line of the path's table as one sentence, for steps that the page has no room for."""
    _, indicator, score, _, _, actors, gain = line
    return words("jalan.lainnya", indikator=indicator, skor=score, pelaku=actors, tambahan=gain)


def alternatives(facts: Facts, words: Words) -> dict[str, Any]:
    """`pilihan`: the other paths, each in one line; of a long one its first steps and what it does without."""
    names = {row.kode: row.singkat for row in facts.rubric.indikator}
    lines = []
    for row in facts.given.alternatif if facts.situation == "jalur" else ():
        steps = [f"{names[kode]} {dari}→{ke}" for kode, dari, ke in STEP_TEXT.findall(row["jalur"])]
        gain = signed(row["tambahan_k"] / facts.rubric.scale)
        shown = words("pilihan.sambung").join(steps[:SHOWN])
        if len(steps) <= SHOWN:
            lines.append(words("pilihan.butir", langkah=shown, tambahan=gain))
            continue
        apart = CODE.sub(lambda found: names.get(found[0], found[0]), row["beda"])
        lines.append(words("pilihan.butir_panjang", beda=apart, jumlah=len(steps), langkah=shown, tambahan=gain))
    return {"judul": words("pilihan.judul"), "daftar": lines}


def compared(facts: Facts, words: Words, which: str) -> dict[str, Any]:
    """`kekuatan` or `kelemahan`: the indicators that set the village apart from its neighbours.

    One that is high in one group and low in another (its kecamatan, its status) says neither.
    """
    rows, others = facts.given.kekuatan, facts.given.kelemahan
    if which == "kelemahan":
        rows, others = others, rows
    both = {row["kode"] for row in others}
    return {
        "judul": words(f"{which}.judul"),
        "daftar": [
            words(
                "banding.butir",
                indikator=facts.rubric.by_code[row["kode"]].singkat,
                skor=str(facts.scores[row["kode"]]),
                keterangan=row["keterangan"],
            )
            for row in rows
            if row["kode"] not in both
        ],
    }


def alike(facts: Facts, words: Words) -> dict[str, Any]:
    """`mirip`: similar villages one status higher, and what they have that this one lacks."""
    found = []
    for row in facts.given.mirip:
        if not row["punya"]:
            continue
        had = [text.split() for text in row["punya"]]
        has = [words("mirip.punya", indikator=facts.rubric.by_code[kode].singkat, skor=skor) for kode, skor in had]
        near = row.get("kabupaten_mirip") == facts.given.desa.get("kabupaten")
        levels = ("kecamatan",) if near else ("kecamatan", "kabupaten")
        where = ", ".join(
            words(f"dokumen.{level}", **{level: row[f"{level}_mirip"]}) for level in levels if row.get(f"{level}_mirip")
        )
        key = "mirip.nama" if where else "mirip.nama_saja"
        name = words(
            key, desa=row["desa_mirip"] or words("dokumen.nama_kosong"), tempat=where, status=row["status_mirip"]
        )
        found.append({"nama": name, "isi": words("mirip.isi", punya=listed(has, 4))})
    return {"judul": words("mirip.judul"), "kalimat": [words("mirip.kalimat")], "daftar": found}


def actors(step: Step, words: Words, most: int = SUPPORTERS) -> str:
    """`Dinkes kabupaten, bersama Dinas PU kabupaten, dan 3 lagi`: the lead and the nearest supporters."""
    lead, *others = [office(actor, name, words) for actor, name in step.pelaku]
    return f"{lead}, {words('jalan.dukungan', pelaku=listed(others, most))}" if others and most else lead


def office(actor: Actor, name: str, words: Words) -> str:
    """An office with its level: `Dinkes kabupaten`."""
    return words(f"pelaku.{actor}", instansi=name)


def _line(number: int, step: Step, facts: Facts, words: Words) -> list[str]:
    indicator = step.indikator
    activity = indicator.row(step.dari).kegiatan
    return [
        str(number),
        f"{indicator.kode} {indicator.singkat}",
        f"{step.dari} → {step.ke}",
        activity if step.ke == FULL_SCORE else words("jalan.sebagian", kegiatan=activity),
        indicator.row(step.ke).syarat,
        actors(step, words),
        signed(step.tambahan_k / facts.rubric.scale),
    ]


def _title(facts: Facts, words: Words) -> str:
    if facts.situation == "tak_dihitung":
        return words("jalan.judul_lengkapi")
    if facts.situation == "tercapai":
        return words("jalan.judul_jaga")
    reached = facts.rubric.status_at(facts.k_after) if facts.k_after is not None else facts.target
    wanted = facts.target if facts.target and facts.missing else reached
    assert wanted is not None
    return words("jalan.judul" if facts.situation == "jalur" else "jalan.judul_buntu", tujuan=wanted.nama)


def _sentences(facts: Facts, words: Words, anything: bool) -> Iterator[str]:
    year = plan_year(facts)
    nothing = "jalan.terkunci" if facts.held_back else "jalan.penuh"
    if facts.situation == "tak_dihitung":
        yield words("jalan.lengkapi")
    elif facts.situation == "buntu":
        reason = str(facts.given.desa.get("alasan_jalur") or "").strip()
        if reason:
            yield words("jalan.buntu", alasan=reason if reason.endswith(".") else f"{reason}.")
        yield words("jalan.buntu_lain" if anything else nothing)
    elif facts.situation == "tercapai":
        yield words("jalan.jaga" if anything else nothing)
    elif facts.k_after is not None and facts.k is not None:
        yield _outcome(facts, facts.k, facts.k_after, words)
        if facts.given.dalam_rencana:
            yield words("jalan.rencana", tahun=year if year is not None else "–")
        else:
            yield words(f"jalan.ringan_{facts.given.satuan_biaya}")
            if facts.given.dalam_rencana is False:
                yield words("jalan.luar_rencana", tahun=year if year is not None else "–")


def _outcome(facts: Facts, before: int, after: int, words: Words) -> str:
    """Where the steps bring the village."""
    reached = facts.rubric.status_at(after)
    rises = reached.k_min > before
    one = len(facts.steps) == 1
    key = ("jalan.cukup_satu" if one else "jalan.cukup") if rises else "jalan.belum_cukup"
    return words(key, jumlah=len(facts.steps), idm=decimal(after / facts.rubric.scale), status=reached.nama)


def _notes(facts: Facts, words: Words) -> Iterator[str]:
    """Ties, and works that serve several villages."""
    ties = facts.given.desa.get("jalur_setara")
    if facts.situation == "jalur" and not facts.given.dalam_rencana and ties is not None and ties > 1:
        yield words("jalan.setara" if ties < MANY else "jalan.setara_banyak", jumlah=whole(ties))
    for step in facts.steps:
        if step.kelompok:
            shared = "kawasan" if step.kelompok.startswith("kawasan ") else "kecamatan"
            yield words(f"jalan.bersama_{shared}", indikator=step.indikator.singkat, kawasan=step.kelompok)
