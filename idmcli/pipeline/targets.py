"""Targets of `idm.toml` against what was reached."""

import polars as pl

from idmcli import classify as classify_step
from idmcli.errors import ConfigError
from idmcli.rubric import Rubric
from idmcli.settings import Settings


def targets(villages: pl.DataFrame, rubric: Rubric, settings: Settings) -> pl.DataFrame | None:
    """The targets of `idm.toml` against what was reached; None where it has none."""
    if not settings.sasaran:
        return None
    try:
        return classify_step.targets(villages, rubric, settings.sasaran)
    except ConfigError as error:
        raise ConfigError(f"{settings.path}: {error.pesan}", error.saran) from error
