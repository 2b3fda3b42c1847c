"""What holds a village back: gross faults found in its row, two statuses that differ, a code that names no one."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from idmcli.columns import BARIS, BERKAS, KODE_DESA, LEMBAR, REASON, STATED_STATUS, STATUS
from idmcli.minutes.figures import BASES, CODES, Basis, MinutesLevel
from idmcli.words import listed

ROW: Final = "_urutan"
UNDECIDED: Final = "_dua_status"
STATUS_RULE: Final = "status_tidak_cocok"
BASIS_ADVICE: Final = "pilih --dasar terbit atau --dasar hitung"
ANSWERED: Final[Mapping[Basis, frozenset[str]]] = {
    "hitung": frozenset(f"{name}_tidak_cocok" for name in ("iks", "ike", "ikl", "idm", "status"))
    | {"indeks_luar_grid"},
    "terbit": frozenset(f"{name}_tidak_cocok" for name in ("iks", "ike", "ikl", "idm", "status"))
    | {"salinan_internet"},
}
"""Findings about stated against computed figures that the officer answers by choosing one of them. A stated index that
no scores can give (`indeks_luar_grid`) cannot be chosen, nor figures computed from a copied column."""
MOST: Final = 3
"""So many findings are told of one village; `idm validate` tells all."""

HELD_SCHEMA: Final[dict[str, pl.DataType]] = {
    ROW: pl.UInt32(),
    "alasan": pl.String(),
    "dapat_dicetak": pl.Boolean(),
    UNDECIDED: pl.Boolean(),
}


def held_back(
    villages: pl.DataFrame, figures: pl.DataFrame, findings: pl.DataFrame, level: MinutesLevel, basis: Basis | None
) -> pl.DataFrame:
    """The villages that cannot be determined.

    Args:
        villages: scored rows of one year with provenance and codes.
        figures: the figures chosen of the same rows.
        findings: as `validate` gives them.
        level: the level of the berita acara.
        basis: what the officer chose where stated and computed figures differ.

    Returns:
        `_urutan` (row number), `alasan` (all reasons of a row), `dapat_dicetak` (a draft can be made), `_dua_status`
        (two statuses, and nobody has chosen: a draft states none): rows in order.
    """
    reasons: dict[int, list[str]] = {}
    hopeless: set[int] = set()
    for number in villages.get_column(KODE_DESA).is_null().arg_true().to_list():
        reasons[number] = ["kode desa kosong"]
    undecided: set[int] = set()
    hopeless |= set(villages.get_column(CODES[level]).is_null().arg_true().to_list())
    for number, repeated in _doubled(villages).items():
        reasons.setdefault(number, []).append("kodenya dipakai beberapa baris; sisakan satu baris yang benar")
        if repeated:
            hopeless.add(number)
    grave = _grave(villages, findings, basis)
    for number, told in grave.items():
        reasons.setdefault(number, []).append(listed([text for _, text in told], MOST))
    rows = zip(villages.iter_rows(named=True), figures.get_column(STATUS).to_list(), strict=True)
    for number, (row, status) in enumerate(rows):
        if basis is None and row.get(STATED_STATUS) and status and row[STATED_STATUS].upper() != status:
            undecided.add(number)
            if STATUS_RULE not in [rule for rule, _ in grave.get(number, ())]:
                told_status = f"status tertulis {row[STATED_STATUS]}, menurut hitungan {status}; {BASIS_ADVICE}"
                reasons.setdefault(number, []).append(told_status)
        if status is None and number not in reasons:
            empty = "berkas tidak menyebut statusnya; pakai --dasar hitung"
            reasons[number] = [empty if basis == "terbit" else row.get(REASON) or "IDM tidak dapat dihitung"]
    lines = [
        (number, "; ".join(told), number not in hopeless, number in undecided)
        for number, told in sorted(reasons.items())
    ]
    return pl.DataFrame(lines, schema=HELD_SCHEMA, orient="row")


def _doubled(villages: pl.DataFrame) -> dict[int, bool]:
    """Rows of villages that stand there several times → whether an earlier row has the same code."""
    code = villages.get_column(KODE_DESA)
    several = (code.is_duplicated() & code.is_not_null()).arg_true().to_list()
    first = code.is_first_distinct()
    return {number: not first[number] for number in several}


def _grave(villages: pl.DataFrame, findings: pl.DataFrame, basis: Basis | None) -> dict[int, list[tuple[str, str]]]:
    """Row number → rule and text of its findings of tingkat galat, without those that the choice of a basis answers."""
    answered = ANSWERED[basis] if basis else frozenset[str]()
    grave = findings.filter(pl.col("tingkat") == "galat", ~pl.col("aturan").is_in(sorted(answered)))
    if grave.is_empty():
        return {}
    rows = villages.select(BERKAS, LEMBAR, pl.col(BARIS).cast(pl.Int64)).with_row_index(ROW)
    of_rows = grave.filter(pl.col(BARIS).is_not_null()).join(
        rows, on=[BERKAS, LEMBAR, BARIS], how="inner", nulls_equal=True, maintain_order="left"
    )
    of_sheets = grave.filter(pl.col(BARIS).is_null(), pl.col(BERKAS).is_not_null()).join(
        rows.drop(BARIS), on=[BERKAS, LEMBAR], how="inner", nulls_equal=True, maintain_order="left"
    )
    told: dict[int, list[tuple[str, str]]] = {}
    differing = ANSWERED["hitung"] | ANSWERED["terbit"]
    for frame in (of_rows, of_sheets):
        for number, rule, message in frame.select(ROW, "aturan", "pesan").iter_rows():
            text = message.rstrip(".")
            if basis is None and rule in differing:
                text = f"{text} ({_choice(rule)})"
            told.setdefault(number, []).append((rule, text))
    return told


def _choice(rule: str) -> str:
    """What the officer may choose to go on in spite of a finding."""
    able = [basis for basis in BASES if rule in ANSWERED[basis]]
    return "pilih " + " atau ".join(f"--dasar {basis}" for basis in able)
