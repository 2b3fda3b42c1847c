"""What a village's papers say, before it becomes words: situation, points, steps, who acts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, cast

from idmcli.documents.sheet_input import Row, SheetInput
from idmcli.rubric.model import ACTORS, FULL_SCORE, Actor, Indicator, Rubric, Status

Situation = Literal["jalur", "buntu", "tercapai", "tak_dihitung"]

NEAR_FIRST: Final[tuple[Actor, ...]] = ("desa", "kabupaten", "provinsi", "pusat", "csr", "lainnya")
"""Supporters are named from the village outward."""


@dataclass(frozen=True)
class Step:
    """One rise of one indicator: points and units it adds, and the actors with their offices, the lead first."""

    indikator: Indicator
    dari: int
    ke: int
    tambahan_k: int
    pelaku: tuple[tuple[Actor, str], ...]
    kelompok: str | None = None


@dataclass(frozen=True)
class Facts:
    """A village's input read against the rubric."""

    given: SheetInput
    rubric: Rubric

    @cached_property
    def scores(self) -> Mapping[str, int | None]:
        """Score by indicator, as the data has it; None where it is empty."""
        return {kode: self.given.desa.get(kode) for kode in self.rubric.codes}

    @cached_property
    def k(self) -> int | None:
        """IDM in units of 1/scale."""
        return cast("int | None", self.given.desa.get("idm_k"))

    @cached_property
    def idm(self) -> float | None:
        """IDM, 0–1."""
        return None if self.k is None else self.k / self.rubric.scale

    @cached_property
    def status(self) -> Status | None:
        """The village's status."""
        return None if self.k is None else self.rubric.status_at(self.k)

    @cached_property
    def target(self) -> Status | None:
        """The status to reach: the one asked for, else the next one; None at the top and where nothing is known."""
        if self.k is None:
            return None
        asked = self.given.desa.get("target")
        wanted = [row for row in self.rubric.status if row.nama == asked] if asked else []
        wanted = wanted or [row for row in self.rubric.status if row.k_min > self.k][:1]
        return wanted[0] if wanted else None

    @cached_property
    def missing(self) -> int:
        """Units of 1/scale that lack to the target; 0 where it is reached."""
        return max(0, self.target.k_min - self.k) if self.target and self.k is not None else 0

    @cached_property
    def situation(self) -> Situation:
        """Which kind of sheet this is."""
        if self.k is None:
            return "tak_dihitung"
        if self.steps:
            return "jalur"
        return "buntu" if self.missing else "tercapai"

    @cached_property
    def k_after(self) -> int | None:
        """IDM in units when the steps are done; None without steps."""
        if self.k is None or not self.steps:
            return None
        return self.k + sum(step.tambahan_k for step in self.steps)

    @cached_property
    def points(self) -> Mapping[str, int | None]:
        """Points of each dimension by its code; None where a score is missing or not allowed."""
        found: dict[str, int | None] = {}
        for dimension in self.rubric.dimensi:
            scores = [self.scores[kode] for kode in dimension.indikator]
            known = [score for score in scores if score is not None]
            found[dimension.kode] = sum(known) if self.k is not None and len(known) == len(scores) else None
        return found

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The chosen steps in the order given."""
        return tuple(self._step(row) for row in self.given.langkah) if self.k is not None else ()

    @cached_property
    def raised(self) -> Mapping[str, Step]:
        """The chosen steps by indicator."""
        return {step.indikator.kode: step for step in self.steps}

    @cached_property
    def locked(self) -> Mapping[str, str]:
        """Why no step may touch an indicator; without an answer from the paths, the rubric's own fixed locks."""
        if self.given.kunci is not None:
            return self.given.kunci
        return {
            row.kode: row.rencana.alasan
            for row in self.rubric.indikator
            if row.rencana.terkunci and row.kode not in self.raised
        }

    @cached_property
    def held_back(self) -> bool:
        """Whether an indicator below full score could be raised, were it not locked."""
        return any(
            (score := self.scores[row.kode]) is not None and score < FULL_SCORE
            for row in self.rubric.indikator
            if row.dapat_digerakkan and row.kode in self.locked
        )

    def further(self, most: int) -> list[Step]:
        """What else is worth doing: full rises of open indicators, most gain for the effort first."""
        if self.k is None:
            return []
        open_steps = [
            self._step({"kode": row.kode, "dari": score, "ke": FULL_SCORE})
            for row in self.rubric.indikator
            if (score := self.scores[row.kode]) is not None and score < FULL_SCORE
            if row.dapat_digerakkan and row.kode not in self.locked and row.kode not in self.raised
        ]
        return sorted(open_steps, key=_worth, reverse=True)[:most]

    def _step(self, row: Row) -> Step:
        indicator = self.rubric.by_code[row["kode"]]
        dari, ke = int(row["dari"]), int(row["ke"])
        unit = self.rubric.unit(self.rubric.dimension_of(indicator.kode))
        return Step(indicator, dari, ke, (ke - dari) * unit, _actors(row, indicator), row.get("kelompok"))


def _worth(step: Step) -> float:
    """Gain per effort of a step."""
    rule = step.indikator.rencana
    return step.tambahan_k / (rule.beban * (step.ke - step.dari) + rule.mulai)


def _actors(row: Row, indicator: Indicator) -> tuple[tuple[Actor, str], ...]:
    """Who leads and who supports: as the plan says, else the rubric's lead and all others that it names."""
    own = indicator.rencana
    lead = (row["pelaku"], row["instansi"]) if row.get("instansi") else (own.pelaku, own.instansi)
    stated = row.get("pendukung")
    if stated is None:
        near = (lead[0], *(actor for actor in NEAR_FIRST if actor != lead[0]))
        others = ((actor, office) for actor in near for office in indicator.pelaku.get(actor, ()))
        return (lead, *(one for one in others if one != lead))
    return (lead, *_supporters(stated))


def _supporters(stated: str) -> Iterator[tuple[Actor, str]]:
    """`kabupaten: Dinas PU, Dinkes; desa: Karang Taruna` in pairs."""
    for group in stated.split("; "):
        actor, _, offices = group.partition(": ")
        if actor in ACTORS:
            yield from ((actor, office) for office in offices.split(", "))
