"""All that the annual report says: this year judged, compared with the years before, with paths and plan."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import polars as pl

from idmcli.columns import TAHUN
from idmcli.compare import Compared
from idmcli.errors import ConfigError, InputError, UsageError
from idmcli.findings import count
from idmcli.parameters.report_settings import ReportSettings
from idmcli.pipeline.choosing import Wishes, choose
from idmcli.pipeline.comparing import compare_loaded
from idmcli.pipeline.gap import Gapped, find_paths
from idmcli.pipeline.judge import Classified, Validated, classify, validate, watch_points
from idmcli.pipeline.loading import Loaded, Request, load
from idmcli.pipeline.loading_years import load_years, notes_of
from idmcli.pipeline.plan import make_plan
from idmcli.pipeline.planning import PlanWishes, Result, overruled, paths_for
from idmcli.rubric import Rubric
from idmcli.settings import Settings
from idmcli.words import listed, whole

Timed = Callable[[str], AbstractContextManager[object]]
"""Encloses a stage, by its name: for timing, log and progress."""
LAST_DAY: Final = (12, 31)
STAGES: Final = ("baca", "periksa", "status", "banding", "jalur", "rencana")
"""What `make_annual` goes through; reading scores what it reads."""


@dataclass(frozen=True)
class Annual:
    """What the annual report is written from; frames as the steps document them.

    Attributes:
        tahun: the report's year.
        tanggal: the printed date, from the configuration or the data, never from the clock.
        settings: of the run; `settings.laporan` is never None here.
        rubric: the edition in force.
        loaded: the villages of `tahun` alone, scored.
        earlier: what the inputs hold of earlier years, input by input; each may hold several. Empty without any.
        validated: findings, judged beside the earlier years where there are any.
        classified: statuses, recaps, watch list, targets of `[sasaran]`, moves since the latest earlier year.
        compared: all years side by side; None where there is one year only.
        gapped: paths of all villages; None where the data are a recap without indicators.
        planned: the plan; None where the configuration wants none, or nothing can be planned.
        catatan: what must be known about the data and the plan, one line each.
    """

    tahun: int
    tanggal: date
    settings: Settings
    rubric: Rubric
    loaded: Loaded
    earlier: tuple[Loaded, ...]
    validated: Validated
    classified: Classified
    compared: Compared | None
    gapped: Gapped | None
    planned: Result | None
    catatan: tuple[str, ...] = ()

    @property
    def galat(self) -> int:
        """How many findings stop a decision."""
        return count(self.validated.findings, "galat")


def make_annual(settings: Settings, timed: Timed = lambda _stage: nullcontext()) -> Annual:
    """Read, judge, compare and plan as `[laporan]` of the settings says.

    Args:
        settings: with `laporan`.
        timed: encloses every stage of `STAGES` that is gone through.

    Raises:
        InputError: a file cannot be read, or nothing in it is recognised.
        ConfigError: there is no `[laporan]`, the year is unknown, or something else in the settings is invalid.
    """
    wanted = settings.laporan
    if wanted is None:
        raise ConfigError(
            f"{settings.path or 'idm.toml'} tidak memuat [laporan]",
            'Tulis [laporan] dengan masukan = ["kaltara.xlsx"] dan keluaran = "laporan-2024".',
        )
    with timed("baca"):
        loaded, beside = this_year(wanted, settings)
        tahun = the_year(loaded, wanted, settings)
        earlier, notes = years_before(wanted, settings, tahun, beside)
    before = together(earlier)
    with timed("periksa"):
        validated = validate(loaded, before)
    with timed("status"):
        classified = classify(loaded, settings, before)
    with timed("banding"):
        compared = compare(loaded, earlier, settings)
    with timed("jalur"):
        gapped = find(loaded, wanted, settings)
    with timed("rencana"):
        planned, unplanned = plan(gapped, classified, wanted, settings)
    told = (*notes_of((loaded, *earlier)), *notes, *(compared.catatan if compared else ()), *unplanned)
    return Annual(
        tahun=tahun,
        tanggal=wanted.tanggal or date(tahun, *LAST_DAY),
        settings=settings,
        rubric=loaded.rubric,
        loaded=loaded,
        earlier=earlier,
        validated=validated,
        classified=classified,
        compared=compared,
        gapped=gapped,
        planned=planned,
        catatan=tuple(dict.fromkeys(told)),
    )


def this_year(wanted: ReportSettings, settings: Settings) -> tuple[Loaded, tuple[int, ...]]:
    """The villages of the report's year, and the other years that stand in the same files, ascending."""
    files = tuple(map(str, wanted.masukan))
    try:
        loaded = load(Request(files, wanted.tahun), settings)
    except UsageError as error:  # the only thing that it can refuse here is the year
        raise ConfigError(
            f"{settings.path}: laporan.tahun: {error.pesan}", "Perbaiki tahun atau masukan pada [laporan]."
        ) from error
    years = years_in(loaded)
    tahun = wanted.tahun or (years[-1] if years else None)
    if len(years) > 1 and wanted.tahun is None:
        loaded = load(Request(files, tahun), settings)
    return loaded, tuple(year for year in years if year != tahun)


def the_year(loaded: Loaded, wanted: ReportSettings, settings: Settings) -> int:
    """The report's year.

    Raises:
        ConfigError: nobody says it.
    """
    year = wanted.tahun or loaded.scored.get_column(TAHUN).drop_nulls().max()
    if not isinstance(year, int):
        raise ConfigError(
            f"Tahun data dalam {listed([*map(str, wanted.masukan)])} tidak diketahui",
            f"Tulis tahun = … pada [laporan] dalam {settings.path}.",
        )
    return year


def years_before(
    wanted: ReportSettings, settings: Settings, tahun: int, beside: Sequence[int]
) -> tuple[tuple[Loaded, ...], tuple[str, ...]]:
    """What the inputs hold of earlier years, input by input, each once; and what was left aside.

    Raises:
        ConfigError: an input says nothing of its year.
    """
    own = tuple(map(str, wanted.masukan))
    found: list[Loaded] = []
    later: set[int] = set()
    undated = 0
    for files in (*([own] if beside else []), *((str(path),) for path in wanted.sebelumnya)):
        for one in load_years(Request(files), settings):
            years = one.scored.get_column(TAHUN)
            if years.null_count() == len(years):
                raise ConfigError(
                    f"Tahun data dalam {listed(files)} tidak diketahui",
                    "Beri kolom tahun, atau sebut tahunnya dalam nama berkas.",
                )
            undated += years.null_count()
            later |= {year for year in years.drop_nulls() if year > tahun or (year == tahun and files != own)}
            if (years < tahun).any():
                found.append(replace(one, scored=one.scored.filter(years < tahun)))
    notes = []
    if later:
        aside = listed([str(year) for year in sorted(later)])
        notes.append(f"Data tahun {aside} di antara tahun sebelumnya tidak ikut: laporan ini tentang tahun {tahun}")
    if undated:
        notes.append(f"{whole(undated)} baris tanpa tahun tidak ikut dibandingkan")
    return tuple(found), tuple(notes)


def together(earlier: Sequence[Loaded]) -> Loaded | None:
    """All earlier years as one, to judge this year beside them."""
    if not earlier:
        return None
    return replace(earlier[0], scored=pl.concat([one.scored for one in earlier], how="diagonal_relaxed"))


def compare(loaded: Loaded, earlier: Sequence[Loaded], settings: Settings) -> Compared | None:
    """All years side by side.

    Raises:
        ConfigError: two inputs differ on the same village and year.
    """
    if not earlier:
        return None
    try:
        return compare_loaded([*earlier, loaded], settings)
    except UsageError as error:  # what it refuses stands in the configuration
        raise ConfigError(error.pesan, error.saran) from error


def find(loaded: Loaded, wanted: ReportSettings, settings: Settings) -> Gapped | None:
    """The paths: those that the plan starts from where there is one, else those of `idm gap`; none from a recap."""
    if loaded.table.shape == "rekap":
        return None
    if wanted.rencana:
        return paths_for(loaded, PlanWishes(), settings, overruled(settings.rencana, PlanWishes(), loaded.rubric))
    return find_paths(loaded, choose(Wishes(), loaded.rubric, settings), watch_points(settings))


def plan(
    gapped: Gapped | None, classified: Classified, wanted: ReportSettings, settings: Settings
) -> tuple[Result | None, tuple[str, ...]]:
    """The plan, or why there is none."""
    if not wanted.rencana:
        return None, ()
    if gapped is None:
        return None, ("Tanpa jalur dan rencana: masukan berupa rekap, tanpa skor 50 indikator",)
    base = overruled(settings.rencana, PlanWishes(), gapped.rubric)
    try:
        made = make_plan(gapped, base, settings, rpjmd=wanted.target_rpjmd)
    except InputError as error:
        return None, (f"Tanpa rencana: {error.pesan}",)
    return Result(plan=made, scenarios=(), area=None, csr=None, classified=classified), made.notes


def years_in(loaded: Loaded) -> tuple[int, ...]:
    """All years that the files hold, ascending: of rows, and of columns beside those that were read."""
    rows = set(loaded.scored.get_column(TAHUN).drop_nulls().to_list())
    return tuple(sorted(rows | {year for layout in loaded.table.layouts for year in layout.years}))
