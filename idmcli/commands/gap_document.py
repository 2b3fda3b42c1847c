"""Gaps and paths as one JSON document."""

from typing import Any

import polars as pl

from idmcli import __version__
from idmcli.commands.console import SCHEMA_VERSION
from idmcli.pipeline.gap import Gapped, RecapGap


def document(result: Gapped | RecapGap, chosen: pl.DataFrame | None) -> dict[str, Any]:
    """The whole result; of the chosen village's rows only where one was chosen, then with all it lacks."""
    loaded = result.loaded
    head = {
        "idm": __version__,
        "skema": SCHEMA_VERSION,
        "perintah": "gap",
        "edisi": loaded.rubric.edisi,
        "sumber": [{"berkas": source.berkas, "sha256": source.sha256} for source in loaded.sources],
        "andaian": list(loaded.notes),
    }
    numbers = None if chosen is None else chosen.get_column("no").to_list()
    if isinstance(result, RecapGap):
        rows = result.villages.with_row_index("no")
        return {**head, "tingkat": "dimensi", "desa": of(rows, numbers), "dimensi": of(result.points, numbers)}
    choice = result.choice
    asked = {
        "target": choice.target,
        "satuan_biaya": choice.biaya.satuan,
        "arti_biaya": choice.biaya.arti,
        "sumber_biaya": choice.biaya.sumber,
        "kunci": sorted(choice.kunci),
        "buka": sorted(choice.buka),
        "pelaku": sorted(choice.pelaku) if choice.pelaku is not None else None,
        "maks_indikator": choice.maks_indikator,
    }
    tables = {
        "desa": result.villages.drop(loaded.rubric.codes, strict=False),
        "langkah": result.paths.langkah,
        "alternatif": result.paths.alternatif,
    }
    document = {**head, "tingkat": "indikator", "permintaan": asked}
    document |= {name: of(frame, numbers) for name, frame in tables.items()}
    if numbers is not None:
        beside = {
            "kekurangan": result.deficits.filter(pl.col("kurang") > 0),
            "kekuatan": result.strengths,
            "kelemahan": result.weaknesses,
            "desa_mirip": result.similar,
        }
        return document | {name: of(frame, numbers) for name, frame in beside.items()}
    return document | {
        "langkah_pertama": result.first_steps.to_dicts(),
        "indikator": {level: result.recap(level).to_dicts() for level in ("provinsi", "kabupaten")},
    }


def of(frame: pl.DataFrame, numbers: list[int] | None) -> list[dict[str, Any]]:
    """Rows as objects; those of the chosen villages only, where any are."""
    return (frame if numbers is None else frame.filter(pl.col("no").is_in(numbers))).to_dicts()
