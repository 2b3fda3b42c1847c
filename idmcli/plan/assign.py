"""Who acts: every step gets an actor and an office, by a rule that is written down and can be set.

The rubric names all who may act on an indicator (the ministry's columns PUSAT … LAINNYA) and one who leads by default.
An office narrows or overrides that; nothing is guessed per village, so the same indicator has the same lead everywhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from idmcli.parameters.plan_settings import ACTOR_ORDER
from idmcli.plan.shared import sharing
from idmcli.rubric.actors import ACTOR_WORDS, actor_words
from idmcli.rubric.model import Actor, Indicator, Rubric


@dataclass(frozen=True)
class ActorRule:
    """How the one who acts is chosen.

    Attributes:
        urutan: actors in the order of preference where the rubric's lead may not act; one that is not named comes
            after those that are, in the order of `ACTOR_ORDER`.
        khusus: indicator code → actor and office that the office has decided on.
        boleh: the only actors that may act; None for all.
        bebas: every actor that may act is offered, so that the plan chooses; what `khusus` decides stays decided.
    """

    urutan: tuple[Actor, ...] = ACTOR_ORDER
    khusus: Mapping[str, tuple[Actor, str]] = field(default_factory=dict)
    boleh: frozenset[Actor] | None = None
    bebas: bool = False

    def allows(self, actor: Actor) -> bool:
        """Whether the actor may act at all."""
        return self.boleh is None or actor in self.boleh

    @property
    def preference(self) -> tuple[Actor, ...]:
        """All actors, the preferred ones first."""
        return tuple(dict.fromkeys((*self.urutan, *ACTOR_ORDER)))


@dataclass(frozen=True)
class Lead:
    """One who may lead the work on an indicator, and by which part of the rule."""

    pelaku: Actor
    instansi: str
    alasan: str


def assign(
    options: pl.DataFrame, villages: pl.DataFrame, rubric: Rubric, rule: ActorRule, kawasan: Mapping[str, str]
) -> pl.DataFrame:
    """The steps with who does them and with whom the work is shared.

    Args:
        options: steps that may be taken, at least `no, kode`.
        villages: `no, kode_desa` (10 digits or null), one row per `no` that occurs in the options.
        rubric: gives actors, leads and sharing.
        rule: the rule that chooses.
        kawasan: kode_desa → name of its kawasan perdesaan.

    Returns:
        The options' columns and `kerja` (UInt32, row id from 0), `pelaku, instansi`, `pendukung` (who else may act:
        `kabupaten: Dinas PU; provinsi: DPMD`; empty if nobody), `alasan_pelaku`, `bersama` ("kecamatan" | "kawasan" |
        null), `kelompok` (key of the villages that share the work, see `sharing`; null: the village's own work).
        Same order; one row per step, or with `rule.bebas` one per actor that may act, the lead first. A step that no
        allowed actor may do is left out.
    """
    rows = [
        (indicator.kode, lead.pelaku, lead.instansi, supporters(indicator, lead, rule), lead.alasan)
        for indicator in rubric.indikator
        for lead in leads(indicator, rule)
    ]
    names = ("kode", "pelaku", "instansi", "pendukung", "alasan_pelaku")
    table = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    works = options.join(table, on="kode", how="inner", maintain_order="left_right")
    return sharing(works, villages, rubric, kawasan).with_columns(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("kerja")
    )


def leads(indicator: Indicator, rule: ActorRule) -> tuple[Lead, ...]:
    """Who may lead under the rule, the one who does first; only this one unless the rule is free, none if none may."""
    decided = rule.khusus.get(indicator.kode)
    if decided is not None and rule.allows(decided[0]):
        return (Lead(*decided, "ditetapkan di pengaturan ([rencana.pelaku])"),)
    found = tuple(_in_order(indicator, rule))
    return found if rule.bebas else found[:1]


def supporters(indicator: Indicator, lead: Lead, rule: ActorRule) -> str:
    """The other allowed actors and offices of the indicator, in words: `kabupaten: Dinas PU, Dinkes; desa: …`."""
    groups: list[str] = []
    for actor in (lead.pelaku, *(actor for actor in rule.preference if actor != lead.pelaku)):
        offices = [
            office
            for office in indicator.pelaku.get(actor, ())
            if rule.allows(actor) and (actor, office) != (lead.pelaku, lead.instansi)
        ]
        if offices:
            groups.append(f"{ACTOR_WORDS[actor]}: {', '.join(offices)}")
    return "; ".join(groups)


def _in_order(indicator: Indicator, rule: ActorRule) -> Iterator[Lead]:
    """The allowed actors of an indicator: the rubric's lead, then by preference, each with its first office."""
    own = indicator.rencana
    if rule.allows(own.pelaku):
        yield Lead(own.pelaku, own.instansi, "pelaku utama menurut rubrik")
        reason = "pelaku lain yang berwenang (pelaku_bebas)"
    else:
        lead = f"{ACTOR_WORDS[own.pelaku]}: {own.instansi}"
        reason = f"pelaku utama menurut rubrik ({lead}) tidak termasuk yang boleh bertindak"
    for actor in rule.preference:
        offices = indicator.pelaku.get(actor, ())
        if offices and actor != own.pelaku and rule.allows(actor):
            yield Lead(actor, offices[0], reason)


def rule_text(rule: ActorRule, rubric: Rubric) -> tuple[str, ...]:
    """The rule in sentences, for papers: who is chosen, what the office has set, and which works are shared."""
    order = ", ".join(ACTOR_WORDS[actor] for actor in rule.preference)
    lines = [
        "Setiap langkah dipimpin satu pelaku. Yang ditetapkan di pengaturan ([rencana.pelaku]) berlaku lebih dahulu; "
        "selain itu pelaku utama indikator menurut rubrik.",
        "Bila pelaku utama tidak boleh bertindak, dipilih pelaku pertama yang berwenang atas indikator itu menurut "
        f"urutan: {order}; instansinya yang pertama disebut rubrik. Pelaku lain yang berwenang "
        "tercantum sebagai pendukung.",
    ]
    if rule.boleh is not None:
        lines.append(f"Hanya pelaku ini yang boleh bertindak: {', '.join(actor_words(rule.boleh))}.")
    if rule.bebas:
        lines.append(
            "Pelaku dibebaskan (pelaku_bebas): rencana boleh menyerahkan langkah kepada pelaku lain yang berwenang, "
            "misalnya bila anggaran pelaku utama habis."
        )
    for indicator in rubric.indikator:
        decided = rule.khusus.get(indicator.kode)
        if decided is not None and rule.allows(decided[0]):
            lines.append(
                f"{indicator.kode} {indicator.singkat} ditetapkan untuk {ACTOR_WORDS[decided[0]]}: {decided[1]}."
            )
    return (*lines, *_sharing_text(rubric))


def _sharing_text(rubric: Rubric) -> Iterator[str]:
    """Which indicators' works serve several villages."""
    shared = {
        kind: [f"{row.kode} {row.singkat}" for row in rubric.indikator if row.rencana.bersama == kind]
        for kind in ("kecamatan", "kawasan")
    }
    if shared["kecamatan"]:
        yield (
            "Satu pekerjaan untuk seluruh desa sekecamatan (atau sekawasan, bila desa itu masuk kawasan perdesaan), "
            f"biayanya dihitung sekali: {', '.join(shared['kecamatan'])}."
        )
    if shared["kawasan"]:
        yield (
            "Satu pekerjaan untuk seluruh desa sekawasan perdesaan, biayanya dihitung sekali; di luar kawasan tiap "
            f"desa mengerjakannya sendiri: {', '.join(shared['kawasan'])}."
        )
