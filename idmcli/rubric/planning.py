"""`rencana.csv`: what raising each indicator takes, what locks it, who leads; checked against the indicators."""

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal, cast

from idmcli.rubric.model import ACTORS, Actor, Indicator, LockRule, PlanRule
from idmcli.rubric.source import Row, Sourced, check_unique

MOST_EFFORT: Final = 1000
"""The most effort of a point or a start: a plan that counts interventions first stays ruled by their number."""

_LOCK: Final = re.compile(r"([A-Z]{3}\d{2})(<|=|>=)(\d)", re.ASCII)


def plan_rules(rows: Sequence[Row], codes: Sequence[str], sourced: Sourced) -> dict[str, PlanRule]:
    """The rules by indicator; what needs the indicators themselves is left to `check_plan_rules`.

    Args:
        rows: the lines of `rencana.csv`.
        codes: the edition's indicators.
        sourced: reads a row's reference and the day of its last check.

    Raises:
        RubricError: a line stands twice there or holds what it cannot; the message names line and key.
    """
    check_unique(rows, "kode")
    rules = {}
    for row in rows:
        acuan, diperiksa = sourced(row)
        terkunci, kunci_bila = _locks(row)
        rules[row.one_of("kode", codes)] = PlanRule(
            beban=_effort(row, "beban", least=1),
            mulai=_effort(row, "mulai", least=0),
            terkunci=terkunci,
            kunci_bila=kunci_bila,
            bersama=_shared(row),
            setara=_equal(row),
            pelaku=cast(Actor, row.one_of("pelaku", ACTORS)),
            instansi=row.text("instansi"),
            naik_setahun=_share(row, "naik_setahun"),
            alasan=row.text("alasan"),
            acuan=acuan,
            diperiksa=diperiksa,
        )
    return rules


def check_plan_rules(rows: Sequence[Row], indicators: Sequence[Indicator]) -> None:
    """Leads are actors of their indicator, what cannot be moved is locked, and every condition tells villages apart."""
    by_code = {indicator.kode: indicator for indicator in indicators}
    for row in rows:
        indicator = by_code[row.text("kode")]
        rule = indicator.rencana
        if rule.instansi not in (own := indicator.pelaku.get(rule.pelaku, ())):
            known = "; ".join(f"{actor}: {', '.join(offices)}" for actor, offices in indicator.pelaku.items())
            key = "instansi" if own else "pelaku"
            said = rule.instansi if own else rule.pelaku
            raise row.fail(key, f'"{said}" bukan pelaku {indicator.kode}', f"Menurut pelaku.csv {known}")
        if not indicator.dapat_digerakkan and not rule.terkunci:
            raise row.fail("kunci", f"{indicator.kode} tidak dapat digerakkan menurut indikator.toml", "Isi ya")
        for lock in rule.kunci_bila:
            _check_lock(row, lock, by_code)


def _check_lock(row: Row, lock: LockRule, by_code: Mapping[str, Indicator]) -> None:
    if lock.kode not in by_code:
        raise row.fail("kunci", f'"{lock}" menyebut indikator yang tidak ada', "Perbaiki kode pada syarat itu")
    allowed = by_code[lock.kode].allowed
    if len({lock.holds(skor) for skor in allowed}) == 1:
        raise row.fail(
            "kunci",
            f'"{lock}" berlaku bagi semua desa atau tidak satu pun',
            f"Skor {lock.kode} ialah {', '.join(map(str, allowed))}; perbaiki syarat itu atau isi ya atau tidak",
        )


def _locks(row: Row) -> tuple[bool, tuple[LockRule, ...]]:
    """`tidak`, `ya`, or conditions: `IKS29<3|IKS30<5`."""
    value = row.text("kunci")
    if value in ("ya", "tidak"):
        return value == "ya", ()
    rules = []
    for part in row.words("kunci"):
        found = _LOCK.fullmatch(part.replace(" ", ""))
        if not found:
            raise row.fail(
                "kunci", f'"{part}" tidak dikenal', "Isi ya, tidak, atau syarat seperti IKL02=5 atau IKS29<3"
            )
        rules.append(LockRule(found[1], cast(Literal["<", "=", ">="], found[2]), int(found[3])))
    return False, tuple(rules)


def _effort(row: Row, key: str, least: int) -> int:
    value = row.whole(key)
    if not least <= value <= MOST_EFFORT:
        raise row.fail(
            key,
            f"{value} di luar {least} sampai {MOST_EFFORT}",
            "10 ialah pekerjaan biasa yang selesai setahun di desa",
        )
    return value


def _shared(row: Row) -> Literal["", "kecamatan", "kawasan"]:
    if not row.text("bersama", optional=True):
        return ""
    return "kecamatan" if row.one_of("bersama", ("kecamatan", "kawasan")) == "kecamatan" else "kawasan"


def _equal(row: Row) -> int:
    """How many ordinary works a shared one equals; 1 where nothing is shared."""
    number = row.whole("setara")
    if not 1 <= number <= MOST_EFFORT:
        raise row.fail("setara", f"{number} di luar 1 sampai {MOST_EFFORT}", "1 ialah pekerjaan biasa satu desa")
    if number > 1 and not row.text("bersama", optional=True):
        raise row.fail("setara", f"{number} tanpa bersama", "Isi 1, atau isi bersama")
    return number


def _share(row: Row, key: str) -> float | None:
    value = row.decimal(key)
    if value is not None and not 0 <= value <= 1:
        raise row.fail(key, f"{value} bukan bagian dari 0 sampai 1", "Tulis misalnya 0.25 untuk seperempat")
    return None if value is None else float(value)
