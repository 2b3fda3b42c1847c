"""What is said about scored villages: findings, statuses and targets, and one village's computation."""

from dataclasses import dataclass

import polars as pl

from idmcli import classify as classify_step
from idmcli import columns as col
from idmcli import validate as validate_step
from idmcli.errors import ConfigError, UsageError
from idmcli.pipeline.loading import Loaded
from idmcli.regions import fold_expr, fold_name
from idmcli.rubric import Rubric
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
    watch = classify_step.WATCH_POINTS if settings.pantau_poin is None else settings.pantau_poin
    villages = classify_step.classify(loaded.scored, rubric, pantau_poin=watch)
    return Classified(
        loaded,
        villages,
        {level: classify_step.recap(villages, rubric, level) for level in classify_step.LEVELS},
        classify_step.moves(baseline.scored, loaded.scored, rubric) if baseline else None,
        targets(villages, rubric, settings),
    )


def targets(villages: pl.DataFrame, rubric: Rubric, settings: Settings) -> pl.DataFrame | None:
    """The targets of `idm.toml` against what was reached; None where it has none."""
    if not settings.sasaran:
        return None
    try:
        return classify_step.targets(villages, rubric, settings.sasaran)
    except ConfigError as error:
        raise ConfigError(f"{settings.path}: {error.pesan}", error.saran) from error


def explain(loaded: Loaded, desa: str) -> tuple[Explanation, ...]:
    """The computation of one village, per year: by its code, or by its name where only one village bears it.

    Raises:
        UsageError: no such village in the file, or several of that name.
    """
    digits = "".join(desa.replace(".", "").split())
    found = loaded.scored.filter(
        pl.col(col.KODE_DESA) == digits
        if digits.isdigit()
        else fold_expr(pl.col("desa").fill_null("")) == fold_name(desa)
    )
    codes = found.get_column(col.KODE_DESA).unique(maintain_order=True).to_list()
    if not codes:
        raise UsageError(f"Desa {desa} tidak ada dalam berkas ini", "Periksa kode atau ejaan namanya.")
    if len(codes) > 1:
        options = ", ".join(
            f"{row[col.KODE_DESA]} ({row['kecamatan']})" for row in found.unique(col.KODE_DESA).iter_rows(named=True)
        )
        raise UsageError(f"Ada {len(codes)} desa bernama {desa}: {options}", "Sebut kodenya.")
    rows = found.sort(col.TAHUN, maintain_order=True) if col.TAHUN in found.columns else found
    return tuple(explain_row(row, loaded.rubric) for row in rows.iter_rows(named=True))
