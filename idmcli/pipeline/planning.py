"""All that one run of `kopdar-plan` computes: the plan, scenarios beside it, a company's steps, years compared."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import polars as pl

from idmcli import plan as plan_step
from idmcli.errors import UsageError
from idmcli.parameters.areas import Area, load_area
from idmcli.parameters.plan_settings import PlanSettings, complete, load_scenarios
from idmcli.pipeline.choosing import INTERVENTIONS, Wishes, choose
from idmcli.pipeline.gap import Gapped, find_paths
from idmcli.pipeline.judge import Classified, classify, watch_points
from idmcli.pipeline.loading import Loaded
from idmcli.pipeline.plan import Planned, make_plan
from idmcli.rubric import Rubric
from idmcli.settings import Settings
from idmcli.words import listed


@dataclass(frozen=True)
class PlanWishes:
    """Options as typed; None where `idm.toml` or a default decides.

    `jalur` says what paths may use, `csr` names a company's working area, the others overrule `[rencana]`.
    """

    jalur: Wishes = field(default_factory=Wishes)
    anggaran: str | None = None
    kawasan: str | None = None
    target_rpjmd: bool = False
    skenario: str | None = None
    csr: str | None = None
    tahun: int | None = None
    detik: int | None = None


@dataclass(frozen=True)
class Result:
    """What `kopdar-plan` shows and writes.

    Attributes:
        plan: the plan asked for.
        scenarios: name and plan of every scenario, () without any; the plan itself comes first, as `SEKARANG`.
        area: the company's working area, if one was named.
        csr: what a company can do there, see `plan.csr_steps`; None without an area.
        classified: statuses, recaps, targets, and the moves since the baseline where there is one.
        notes: what must be known beside the plan, one line each.
    """

    plan: Planned
    scenarios: tuple[tuple[str, Planned], ...]
    area: Area | None
    csr: pl.DataFrame | None
    classified: Classified
    notes: tuple[str, ...] = ()

    @cached_property
    def comparison(self) -> pl.DataFrame | None:
        """The scenarios side by side."""
        if not self.scenarios:
            return None
        solved = [(name, planned.solution) for name, planned in self.scenarios]
        return plan_step.compare(solved, self.plan.villages, self.plan.gapped.rubric)


PLACE_COLUMNS: Final = ("kode_desa", "kabupaten", "kecamatan", "desa")
SEKARANG: Final = "rencana ini"
"""What the plan itself is called beside its scenarios."""


def plan_province(loaded: Loaded, wishes: PlanWishes, settings: Settings, earlier: Loaded | None = None) -> Result:
    """Plan as asked.

    Raises:
        UsageError: an option that cannot be heeded, or an area without villages.
        ConfigError: a file of costs, budgets, kawasan, area or scenarios is invalid.
        InputError: no village can be planned.
    """
    rubric = loaded.rubric
    if wishes.target_rpjmd and wishes.jalur.target:
        raise UsageError(
            "--target dan --target-rpjmd tidak dapat dipakai bersama: sasaran idm.toml sudah menentukan statusnya",
            "Pakai salah satu.",
        )
    base = overruled(settings.rencana, wishes, rubric)
    area = load_area(wishes.csr) if wishes.csr else None
    further = load_scenarios(wishes.skenario, rubric, base) if wishes.skenario else ()
    gapped = paths_for(loaded, wishes, settings, base)
    plan = make_plan(gapped, base, settings, rpjmd=wishes.target_rpjmd)
    scenarios: list[tuple[str, Planned]] = [(SEKARANG, plan)] if further else []
    for name, own in further:
        same = own.biaya == base.biaya
        paths = gapped if same else paths_for(loaded, wishes, settings, own)
        scenarios.append((name, make_plan(paths, own, settings, rpjmd=wishes.target_rpjmd)))
    return Result(
        plan=plan,
        scenarios=tuple(scenarios),
        area=area,
        csr=company_steps(plan, area) if area else None,
        classified=classify(latest(loaded, plan), settings, earlier),
        notes=strangers(plan, area) if area else (),
    )


def overruled(office: PlanSettings, wishes: PlanWishes, rubric: Rubric) -> PlanSettings:
    """The office's settings with what was typed laid over them, held against the edition."""
    typed: dict[str, Any] = {}
    if wishes.anggaran:
        typed |= {"anggaran": (), "berkas_anggaran": Path(wishes.anggaran)}
    if wishes.kawasan:
        typed["kawasan"] = Path(wishes.kawasan)
    if wishes.tahun is not None:
        typed["tahun"] = wishes.tahun
    if wishes.detik is not None:
        typed["detik"] = wishes.detik
    return complete(replace(office, **typed), rubric)


def paths_for(loaded: Loaded, wishes: PlanWishes, settings: Settings, plan: PlanSettings) -> Gapped:
    """The paths by the prices of a plan; interventions are counted where there are none."""
    own = replace(settings, rencana=plan)
    choice = choose(wishes.jalur, loaded.rubric, own, bawaan=INTERVENTIONS)
    # `[gap] maks_indikator` is about paths told by `idm gap`: a plan does not know it, nor may the papers beside it
    return find_paths(loaded, replace(choice, maks_indikator=None), watch_points(settings))


def latest(loaded: Loaded, plan: Planned) -> Loaded:
    """The data as they are; recaps of the plan's papers count the latest year only where there are several."""
    rows = plan.gapped.latest
    if rows.height == loaded.scored.height:
        return loaded
    return replace(loaded, scored=loaded.scored[rows.get_column("no").to_list()])


def company_steps(plan: Planned, area: Area) -> pl.DataFrame:
    """What is open to companies in the area.

    Raises:
        UsageError: the area holds none of the planned villages.
    """
    steps = plan_step.csr_steps(plan.gapped.deficits, plan.villages, area, plan.gapped.rubric, plan.solution.langkah)
    rows = plan.villages.select(*PLACE_COLUMNS).rows()
    if not any(area.holds(*row) for row in rows):
        raise UsageError(
            f"Wilayah kerja {area.nama} tidak memuat satu desa pun dari data ini",
            "Periksa kode atau nama kecamatannya: idm kopdar-plan --help",
        )
    return steps


def strangers(plan: Planned, area: Area) -> tuple[str, ...]:
    """What of the area no village of the data has."""
    missing = area.unmatched(plan.villages.select(*PLACE_COLUMNS).rows())
    return (f"Tidak ada desa untuk {listed(missing)} dalam data ini",) if missing else ()
