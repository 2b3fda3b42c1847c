"""Years in, what changed between them out: where reading, scoring, statuses and comparison meet."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import polars as pl

from idmcli import classify as classify_step
from idmcli import columns as col
from idmcli import compare as step
from idmcli.compare import Compared
from idmcli.errors import ConfigError
from idmcli.pipeline.comparing_checks import copied, refuse_conflicts, refuse_years
from idmcli.pipeline.judge import watch_points
from idmcli.pipeline.loading import Loaded, Request
from idmcli.pipeline.loading_years import load_years, notes_of
from idmcli.pipeline.prefilling import within
from idmcli.pipeline.sources import Source
from idmcli.rubric import Rubric
from idmcli.settings import Settings
from idmcli.validate.catalog import load_catalog


@dataclass(frozen=True)
class CompareRequest:
    """What the user asked to be compared.

    Attributes:
        files: inputs in the order typed, each a file or folder of one or more years.
        tahun: only these years; () for all that the inputs hold.
        sheet: read this sheet only.
        terima_usulan: use the codes that similar names propose.
        wilayah: code or name of the area whose villages are compared; None for all.
    """

    files: tuple[str, ...]
    tahun: tuple[int, ...] = ()
    sheet: str | None = None
    terima_usulan: bool = False
    wilayah: str | None = None


@dataclass(frozen=True)
class Comparison:
    """The comparison with what it was made from; `notes` are the assumptions and what took no part."""

    compared: Compared
    rubric: Rubric
    sources: tuple[Source, ...]
    notes: tuple[str, ...]


def compare_files(request: CompareRequest, settings: Settings) -> Comparison:
    """Read every input with all its years, and compare them.

    Raises:
        InputError: a file cannot be read or nothing in it is recognised.
        UsageError: fewer than two years, a year that is not there, or inputs that differ on the same village and year.
        ConfigError: edition, targets, layouts or reference are invalid.
    """
    inputs = [
        load_years(Request((file,), sheet=request.sheet, terima_usulan=request.terima_usulan), settings)
        for file in request.files
    ]
    loaded = [one for results in inputs for one in results]
    compared = _compare(
        [pl.concat([one.scored for one in results], how="diagonal_relaxed") for results in inputs],
        loaded[0].rubric,
        settings,
        tahun=request.tahun,
        wilayah=request.wilayah,
    )
    return Comparison(
        compared,
        loaded[0].rubric,
        tuple(dict.fromkeys(source for one in loaded for source in one.sources)),
        (*notes_of(loaded), *compared.catatan),
    )


def compare_loaded(loaded: Sequence[Loaded], settings: Settings, *, tahun: Sequence[int] = ()) -> Compared:
    """Compare what has been read already (all by the same edition); a `Loaded` may hold several years.

    Raises:
        UsageError: fewer than two years, a year that is not there, or inputs that differ on the same village and year.
        ConfigError: a target of `idm.toml` names no status or no number.
    """
    return _compare([one.scored for one in loaded], loaded[0].rubric, settings, tahun=tahun)


def _compare(
    inputs: Sequence[pl.DataFrame],
    rubric: Rubric,
    settings: Settings,
    *,
    tahun: Sequence[int] = (),
    wilayah: str | None = None,
) -> Compared:
    frames = [_in_area(frame, wilayah, inputs) for frame in inputs]
    rows = step.gather(frames, rubric, tahun)
    refuse_conflicts(rows)
    refuse_years(rows, frames, tahun)
    years = rows.tahun
    points = watch_points(settings)
    goals = {year: _targets(rows.of(year), rubric, settings) for year in years}
    rise = classify_step.units_to_rise(rubric)
    classified = {year: classify_step.classify(rows.of(year), rubric, pantau_poin=points) for year in years}
    pairs = [_pair(rows, pair, rubric) for pair in pairwise(years)]
    ends = _pair(rows, (years[0], years[-1]), rubric)
    near = {year: step.near(frame, rise, points, rubric) for year, frame in classified.items()}

    def together(name: str) -> pl.DataFrame:
        return pl.concat([pair[name] for pair in pairs])

    return Compared(
        tahun=years,
        desa=step.places_of(rows.desa.drop_nulls(col.KODE_DESA), years),
        ringkasan=together("ringkasan"),
        perpindahan=together("perpindahan"),
        perubahan=together("perubahan"),
        indikator=together("indikator"),
        penggerak=together("penggerak"),
        hilang=together("hilang"),
        baru=together("baru"),
        ganti_nama=together("ganti_nama"),
        tren_wilayah=step.place_trend(
            {
                level: [classify_step.recap(rows.of(year), rubric, level) for year in years]
                for level in classify_step.LEVELS
            },
            years,
        ),
        tren_indikator=step.indicator_trend(rows.desa, years, rubric),
        sasaran=step.goals(goals, near),
        dekat=step.near(classified[years[-1]], rise, points, rubric, pairs[-1]["perubahan"]),
        ringkasan_ujung=ends["ringkasan"],
        perpindahan_ujung=ends["perpindahan"],
        perubahan_ujung=ends["perubahan"],
        indikator_ujung=ends["indikator"],
        penggerak_ujung=ends["penggerak"],
        dekat_poin=points,
        lonjakan_idm=load_catalog().lonjakan_idm,
        catatan=(*rows.catatan, *copied(rows, load_catalog().salinan)),
        baris_ganda=rows.ganda,
        tak_terhitung=rows.tak_terhitung,
    )


def _pair(rows: step.Rows, pair: tuple[int, int], rubric: Rubric) -> dict[str, pl.DataFrame]:
    """Everything about two years, by the names of `Compared`."""
    then, now = rows.coded(pair[0]), rows.coded(pair[1])
    by_score, by_dimension = _contributions(then, now, rubric)
    told = classify_step.described(pl.concat([by_score, by_dimension]), rubric)
    perubahan = step.changes(then, now, pair, told, rubric)
    indikator = step.by_indicator(by_score, pair, rubric.scale)
    first, second = rows.of(pair[0]), rows.of(pair[1])
    gone, new = step.gone(first, second, pair), step.gone(second, first, pair)
    renamed = step.renamed(then, now, gone, pair)
    summary = step.summary(
        then,
        now,
        perubahan,
        pair,
        (gone.height, new.height, renamed.height),
        leap=load_catalog().lonjakan_idm,
        rubric=rubric,
    )
    return {
        "ringkasan": summary,
        "perpindahan": step.long_moves(classify_step.matrix(then, now, rubric), pair),
        "perubahan": perubahan,
        "indikator": indikator,
        "penggerak": step.drivers(indikator, pair, summary.item(0, "berskor"), rubric),
        "hilang": gone,
        "baru": new,
        "ganti_nama": renamed,
    }


def _contributions(then: pl.DataFrame, now: pl.DataFrame, rubric: Rubric) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What changed by indicator where both years have scores, and by dimension where one has sub-indices only."""
    scored = [frame.filter(step.SCORED).select(col.KODE_DESA) for frame in (then, now)]
    codes = scored[0].join(scored[1], on=col.KODE_DESA, how="semi")
    full = [frame.join(codes, on=col.KODE_DESA, how="semi") for frame in (then, now)]
    rest = [
        frame.filter(pl.col(col.IDM_K).is_not_null()).join(codes, on=col.KODE_DESA, how="anti").drop(rubric.codes)
        for frame in (then, now)
    ]
    by_score, by_dimension = (classify_step.contributions(before, after, rubric) for before, after in (full, rest))
    return by_score, by_dimension


def _in_area(frame: pl.DataFrame, wilayah: str | None, inputs: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """The rows of the area asked for; it must exist in one of the inputs."""
    if wilayah is None:
        return frame
    everywhere = pl.concat([one.select(col.KODE_DESA, *col.PLACES) for one in inputs])
    codes = within(everywhere.drop_nulls(col.KODE_DESA), wilayah).select(col.KODE_DESA)
    return frame.join(codes, on=col.KODE_DESA, how="semi")


def _targets(rows: pl.DataFrame, rubric: Rubric, settings: Settings) -> pl.DataFrame:
    """The targets of `idm.toml` against a year; without any, what was reached."""
    try:
        return classify_step.targets(rows, rubric, settings.sasaran)
    except ConfigError as error:
        raise ConfigError(f"{settings.path}: {error.pesan}", error.saran) from error
