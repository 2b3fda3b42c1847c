"""A comparison of years as one JSON document."""

from dataclasses import fields
from typing import Any

import polars as pl

from idmcli import __version__
from idmcli.columns import KODE_DESA
from idmcli.commands.console import SCHEMA_VERSION
from idmcli.pipeline.comparing import Comparison


def about(result: Comparison) -> dict[str, Any]:
    """What a document or data file says about itself."""
    return {
        "edisi": result.rubric.edisi,
        "edisi_sha256": result.rubric.hash,
        "sumber": [{"berkas": source.berkas, "sha256": source.sha256} for source in result.sources],
        "andaian": list(result.notes),
        "tahun": list(result.compared.tahun),
    }


def document(result: Comparison, chosen: str | None) -> dict[str, Any]:
    """Every frame of the comparison under its name; of one village only what is about it, where one was chosen."""
    compared = result.compared
    frames = {
        field.name: value
        for field in fields(compared)
        if isinstance(value := getattr(compared, field.name), pl.DataFrame)
    }
    if chosen is not None:
        frames = {
            name: frame.filter(pl.col(KODE_DESA) == chosen)
            for name, frame in frames.items()
            if KODE_DESA in frame.columns
        }
    return {
        "idm": __version__,
        "skema": SCHEMA_VERSION,
        "perintah": "compare",
        **about(result),
        "dekat_poin": compared.dekat_poin,
        **{name: frame.to_dicts() for name, frame in frames.items()},
    }
