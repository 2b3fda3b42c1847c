"""The poster for the village's information board: the status, three things to do and who does them."""

from typing import Any, Final

from idmcli.columns import TAHUN
from idmcli.documents.sheet_facts import Facts, Step
from idmcli.documents.sheet_path import actors
from idmcli.documents.sheet_status import heading, minimal
from idmcli.documents.sheet_words import Words
from idmcli.rubric.model import FULL_SCORE
from idmcli.words import decimal

THINGS: Final = 3


def poster(facts: Facts, words: Words) -> dict[str, Any]:
    """`poster`: few words, readable from two metres."""
    head, year = heading(facts, words), facts.given.desa.get(TAHUN)
    return {
        "jenis": words("poster.jenis"),
        "nama": head["nama"],
        "tempat": head["tempat"],
        "label_status": words("poster.status", tahun=year) if year is not None else words("poster.status_tanpa_tahun"),
        "status": facts.status.nama if facts.status else words("status.tak_dihitung"),
        "kalimat": [_sentence(facts, words)],
        "judul_hal": _title(facts, words),
        "hal": _things(facts, words),
        "penutup": words("poster.penutup"),
        "kaki": [words("poster.kaki", jumlah=len(facts.rubric.indikator)), head["keterangan"]],
    }


def _title(facts: Facts, words: Words) -> str:
    """What the list is; that it is not all, where the path has more steps than it."""
    if facts.situation == "tak_dihitung":
        return words("poster.judul_lengkapi")
    if len(facts.steps) > THINGS:
        return words("poster.judul_naik_sebagian", tampak=THINGS, jumlah=len(facts.steps))
    return words("poster.judul_naik" if facts.missing else "poster.judul_jaga")


def _sentence(facts: Facts, words: Words) -> str:
    if facts.status is None:
        return words("poster.tak_dihitung")
    if facts.target is None or not facts.missing:
        return words("poster.jaga", idm=decimal(facts.idm))
    key = "poster.naik" if facts.situation == "jalur" else "poster.buntu"
    least = minimal(facts.target, facts.rubric)
    return words(key, tujuan=facts.target.nama, idm=decimal(facts.idm), minimal=least)


def _things(facts: Facts, words: Words) -> list[dict[str, str]]:
    """The first steps of the path, filled up with what helps besides."""
    if facts.situation == "tak_dihitung":
        return [{"nomor": "1", "judul": words("poster.hal_lengkapi"), "isi": words("poster.lengkapi"), "siapa": ""}]
    own = facts.steps[:THINGS]
    besides = facts.further(THINGS - len(own))
    keys = ["poster.hal_wajib"] * len(own)
    keys += ["poster.hal_tambahan" if own else "poster.hal_wajib"] * len(besides)
    things = zip(keys, [*own, *besides], strict=True)
    return [_thing(number, key, step, words) for number, (key, step) in enumerate(things, start=1)]


def _thing(number: int, key: str, step: Step, words: Words) -> dict[str, str]:
    indicator = step.indikator
    partly = step.ke < FULL_SCORE
    return {
        "nomor": str(number),
        "judul": words(key, indikator=indicator.singkat),
        "isi": words("poster.isi_sebagian", syarat=indicator.row(step.ke).syarat)
        if partly
        else indicator.row(step.dari).kegiatan,
        "siapa": words("poster.siapa", pelaku=actors(step, words, most=0)),
    }
