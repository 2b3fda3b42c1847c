"""`validate`: every doubt about the data as a row of a frame, with its cell, the figures, and what to do.

Rules are data (`data/aturan.toml`: name, tingkat, title, advice); what they look for is one module per kind of doubt.
A value that could not be understood is one finding and makes the rules that need it unknown, not a cascade.
"""

from typing import Final

import polars as pl

from idmcli.findings import gather
from idmcli.regions import Regions
from idmcli.rubric.model import Rubric
from idmcli.tables import VillageTable
from idmcli.validate import answers, codes, contradictions, places, rows, scores, stated, structure
from idmcli.validate import baseline as against
from idmcli.validate.catalog import Rule, load_catalog, rules
from idmcli.validate.subject import Subject
from idmcli.validate.summary import summarise

__all__ = ["IMPLEMENTED", "Rule", "rules", "summarise", "validate"]

MODULES: Final = (structure, codes, places, rows, scores, answers, stated, contradictions, against)

EXPLAINING: Final = (*rows.NAMES, *scores.NAMES, *answers.NAMES, *stated.NAMES)
"""A row with one of these needs no further reason why it was not scored."""

IMPLEMENTED: Final[tuple[str, ...]] = tuple(name for module in MODULES for name in module.NAMES)
"""Names of the rules that the code applies; a test holds them against the data."""


def validate(
    table: VillageTable,
    scored: pl.DataFrame,
    *,
    rubric: Rubric,
    regions: Regions,
    baseline: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Judge a village table by every rule.

    Args:
        table: the input as understood and as typed.
        scored: the rows of `table.desa` in the same order, with the computed columns.
        rubric: the edition in force.
        regions: the regional reference.
        baseline: the scored frame of one or more earlier years, or None.

    Returns:
        Findings (see `idmcli.findings.SCHEMA`), gravest first.

    Raises:
        ConfigError: the rules' data are invalid.
    """
    subject = Subject(table, scored, rubric, regions, load_catalog(), baseline)
    found = gather(frame for module in MODULES for frame in module.check(subject))
    reasons = found.filter(pl.col("aturan").is_in(EXPLAINING))
    return gather([found, rows.unexplained(subject, reasons)])
