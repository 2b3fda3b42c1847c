"""What is said about scored villages: findings, statuses and targets, and one village's computation."""

from dataclasses import dataclass

import polars as pl

from idmcli import classify as classify_step
from idmcli import validate as validate_step
from idmcli.pipeline.loading import Loaded
from idmcli.pipeline.lookup import rows_of
from idmcli.pipeline.targets import targets
from idmcli.scoring import explain as explain_row
from idmcli.scoring.explanation import Explanation
from idmcli.settings import Settings


@dataclass(frozen=True)
class Validated:
    """Findings, and their counts by rule and kabupaten."""

    loaded: Loaded
    findings: pl.DataFrame
    summary: pl.DataFrame


@dataclass(frozen=True)
class Classified:
    """Villages with status and target, recaps per level, and what was asked beside them (else None)."""

    loaded: Loaded
    villages: pl.DataFrame
    recaps: dict[str, pl.DataFrame]
    moves: classify_step.Moves | None
    targets: pl.DataFrame | None
    pantau_poin: int = classify_step.WATCH_POINTS


def validate(loaded: Loaded, baseline: Loaded | None = None) -> Validated:
    """Judge the data by every rule."""
    findings = validate_step.validate(
        loaded.table,
        loaded.scored,
        rubric=loaded.rubric,
        regions=loaded.regions,
        baseline=baseline.scored if baseline else None,
    )
    return Validated(loaded, findings, validate_step.summarise(findings, loaded.table.desa))


def classify(loaded: Loaded, settings: Settings, baseline: Loaded | None = None) -> Classified:
    """Statuses, targets, recaps, and the moves since the baseline."""
    rubric = loaded.rubric
    watch = watch_points(settings)
    villages = classify_step.classify(loaded.scored, rubric, pantau_poin=watch)
    return Classified(
        loaded,
        villages,
        {level: classify_step.recap(villages, rubric, level) for level in classify_step.LEVELS},
        classify_step.moves(baseline.scored, loaded.scored, rubric) if baseline else None,
        targets(villages, rubric, settings),
        watch,
    )


def watch_points(settings: Settings) -> int:
    """The points whose loss puts a village on the watch list."""
    return classify_step.WATCH_POINTS if settings.pantau_poin is None else settings.pantau_poin


def explain(loaded: Loaded, desa: str) -> tuple[Explanation, ...]:
    """The computation of one village, per year: by its code, or by its name where only one village bears it.

    Raises:
        UsageError: no such village in the file, or several of that name.
    """
    return tuple(explain_row(row, loaded.rubric) for row in rows_of(loaded, desa).iter_rows(named=True))
