"""From paths to a plan of the province: who does what where, within budgets, and what each village gains by it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import polars as pl

from idmcli import columns as col
from idmcli import gap as gap_step
from idmcli import plan as plan_step
from idmcli.errors import ConfigError, InputError, UsageError
from idmcli.parameters import Bucket, PlanSettings, load_kawasan
from idmcli.pipeline.gap import Gapped
from idmcli.pipeline.targets import targets
from idmcli.plan import ActorRule, Goal, Limits, Purpose, Solution
from idmcli.rubric import Rubric
from idmcli.settings import Settings
from idmcli.words import listed, whole

NUMBER: Final = "no"


@dataclass(frozen=True)
class Planned:
    """A plan of one year for one province (or whatever the files hold).

    Attributes:
        gapped: paths of all villages, without regard to budgets.
        settings: `[rencana]` as it was used.
        rule: who acts where several may.
        limits: budgets, least numbers, priorities and targets.
        tujuan: what was sought: `naik`, `hemat` or `sasaran`, see `plan.solve`.
        tahun: the year in which the plan is carried out; None where the data have no year.
        kawasan: village code to kawasan perdesaan.
        villages: the planned villages (latest year, scored, each once): columns of `Gapped.villages`, `no`,
            `kode_kabupaten`, `dalam_rencana` (Boolean: has steps in the plan), `naik_rencana` (Boolean),
            `status_rencana` and `idm_k_rencana`.
        works: every step that may be planned, with who acts, see `plan.assign`.
        solution: what the solver chose and how sure it is.
        worklist: the chosen steps ready for offices, see `plan.worklist`.
        notes: rows of the data that are not planned and limits that bind nothing, and why, one line each.
    """

    gapped: Gapped
    settings: PlanSettings
    rule: ActorRule
    limits: Limits
    tujuan: Purpose
    tahun: int | None
    kawasan: Mapping[str, str]
    villages: pl.DataFrame
    works: pl.DataFrame
    solution: Solution
    worklist: pl.DataFrame
    notes: tuple[str, ...]

    @cached_property
    def own_paths(self) -> pl.DataFrame:
        """The smallest path of every village as a worklist, whether or not the plan has room for it."""
        best = self.gapped.paths.langkah.filter(pl.col("pilihan") == 0).select(NUMBER, "kode", "ke")
        lead = self.works.unique([NUMBER, "kode", "ke"], keep="first", maintain_order=True)
        chosen = lead.join(best, on=[NUMBER, "kode", "ke"], how="semi", maintain_order="left")
        return plan_step.worklist(chosen, self.villages, self.gapped.rubric, self.tahun)

    @cached_property
    def offices(self) -> pl.DataFrame:
        """Totals per actor and office."""
        return plan_step.by_office(self.worklist, self.gapped.rubric)

    @cached_property
    def shared(self) -> pl.DataFrame:
        """Works that serve several villages."""
        return plan_step.shared_works(self.worklist, self.gapped.rubric)


def make_plan(gapped: Gapped, settings: PlanSettings, office: Settings, *, rpjmd: bool = False) -> Planned:
    """Choose steps over all villages.

    With `rpjmd` the cheapest plan that reaches the targets of `office.sasaran`; else, where there are budgets or
    capacities, the most villages lifted; else every village that can be lifted, at least cost.

    Raises:
        InputError: no village of the data can be planned.
        ConfigError: a file of the settings is invalid, money is given without prices, or there are no targets.
    """
    rubric, choice = gapped.rubric, gapped.choice
    kawasan = load_kawasan(settings.kawasan) if settings.kawasan else {}
    rule = ActorRule(settings.urutan_pelaku, settings.pelaku, choice.pelaku, settings.pelaku_bebas)
    villages, notes = plannable(gapped)
    check_money(settings, gapped)
    limits = Limits(
        buckets=settings.anggaran,
        minimum=settings.minimum,
        bobot=settings.bobot,
        sasaran=goals(villages, rubric, office) if rpjmd else (),
        detik=settings.detik,
    )
    tujuan: Purpose = "sasaran" if rpjmd else "naik" if settings.anggaran or settings.minimum else "hemat"
    steps = gap_step.options(gapped.loaded.scored, rubric, choice)
    steps = steps.join(villages, on=NUMBER, how="semi", maintain_order="left")
    works = plan_step.assign(steps, villages, rubric, rule, kawasan)
    if choice.biaya.satuan != "rupiah":
        works = plan_step.sized(works, rubric)
    try:
        solution = plan_step.solve(villages, works, rubric, limits, tujuan)
    except UsageError as error:  # what it refuses stands in the settings, never on the command line
        raise ConfigError(f"{settings.asal}: {error.pesan}", error.saran) from error
    tahun = plan_step.plan_year(villages, settings.tahun)
    return Planned(
        gapped=gapped,
        settings=settings,
        rule=rule,
        limits=limits,
        tujuan=tujuan,
        tahun=tahun,
        kawasan=kawasan,
        villages=with_outcome(villages, solution),
        works=works,
        solution=solution,
        worklist=plan_step.worklist(solution.langkah, villages, rubric, tahun),
        notes=(*notes, *unused(villages, settings.anggaran, kawasan)),
    )


def plannable(gapped: Gapped) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The rows that a plan can be made for, and what is left out.

    Raises:
        InputError: there is none.
    """
    rows = gapped.latest
    notes: list[str] = []
    if rows.height < gapped.villages.height:
        year = rows.item(0, col.TAHUN)
        notes.append(f"Rencana dibuat dari data tahun {year}; tahun lain dalam berkas tidak ikut direncanakan")
    scored = rows.filter(pl.col(col.IDM_K).is_not_null())
    if scored.height < rows.height:
        notes.append(f"{whole(rows.height - scored.height)} baris tanpa hitungan IDM tidak direncanakan")
    repeated = pl.col(col.KODE_DESA).is_not_null() & ~pl.col(col.KODE_DESA).is_first_distinct()
    once = scored.filter(~repeated)
    if once.height < scored.height:
        notes.append(f"{whole(scored.height - once.height)} baris berkode ganda tidak direncanakan")
    if once.is_empty():
        raise InputError("Tidak ada desa yang dapat direncanakan", "Periksa berkasnya dengan idm validate.")
    return once.with_columns(pl.col(col.KODE_DESA).str.head(4).alias("kode_kabupaten")), tuple(notes)


def goals(villages: pl.DataFrame, rubric: Rubric, settings: Settings) -> tuple[Goal, ...]:
    """The targets that bind a plan: those with a direction.

    Raises:
        ConfigError: `idm.toml` has none.
    """
    asked = targets(villages, rubric, settings)
    bounds = [] if asked is None else asked.drop_nulls(["arah", "sasaran"]).select("status", "arah", "sasaran").rows()
    if not bounds:
        raise ConfigError(
            f"{settings.path or 'idm.toml'} tidak memuat sasaran yang mengikat rencana",
            "Tulis [sasaran] di idm.toml, misalnya MANDIRI = 90 dan TERTINGGAL = 20.",
        )
    return tuple(
        Goal(status, paling_sedikit=number) if sign == "≥" else Goal(status, paling_banyak=number)
        for status, sign, number in bounds
    )


def check_money(settings: PlanSettings, gapped: Gapped) -> None:
    """Money can only be counted where steps have prices."""
    costs = gapped.choice.biaya
    if costs.satuan != "rupiah" and any(bucket.anggaran is not None for bucket in settings.anggaran):
        raise ConfigError(
            "Anggaran dalam rupiah memerlukan biaya per langkah",
            "Tambahkan --biaya FILE (atau biaya dalam [rencana]), atau pakai kapasitas sebagai ganti anggaran.",
        )


def unused(villages: pl.DataFrame, buckets: Sequence[Bucket], kawasan: Mapping[str, str]) -> tuple[str, ...]:
    """What of budgets and kawasan meets no village here, and villages that no budget of a place meets."""
    codes = villages.get_column(col.KODE_DESA)
    places = sorted({bucket.wilayah for bucket in buckets if bucket.wilayah})
    empty = [place for place in places if not codes.str.starts_with(place).any()]
    notes = []
    if empty:
        notes.append(
            f"Anggaran dan kapasitas untuk wilayah {listed(empty)} tidak dipakai: tidak ada desa berkode itu di sini"
        )
    if places and codes.null_count():
        notes.append(
            f"{whole(codes.null_count())} desa tanpa kode tidak terhitung pada anggaran dan kapasitas per wilayah; "
            "lengkapi kodenya"
        )
    if strange := len(kawasan.keys() - set(codes)):
        notes.append(f"{whole(strange)} desa dalam berkas kawasan tidak ada dalam data ini")
    return tuple(notes)


def with_outcome(villages: pl.DataFrame, solution: Solution) -> pl.DataFrame:
    """The villages with what the plan makes of them."""
    touched = solution.langkah.select(NUMBER).unique()
    outcome = solution.desa.select(
        NUMBER,
        pl.col("naik").alias("naik_rencana"),
        pl.col("status_baru").alias("status_rencana"),
        pl.col("idm_k_baru").alias("_k"),
    )
    joined = villages.join(outcome, on=NUMBER, how="left", maintain_order="left")
    gained = joined.get_column("_k").fill_null(joined.get_column(col.IDM_K))
    return joined.with_columns(
        pl.col(NUMBER).is_in(touched.get_column(NUMBER).implode()).alias("dalam_rencana"),
        pl.col("naik_rencana").fill_null(value=False),
        pl.coalesce("status_rencana", col.STATUS).alias("status_rencana"),
        gained.alias("idm_k_rencana"),
    ).drop("_k")
