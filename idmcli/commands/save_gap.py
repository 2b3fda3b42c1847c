"""Gaps and paths to files: a workbook with everything, or the village × indicator rows as data."""

from pathlib import Path

import polars as pl

from idmcli.commands import method
from idmcli.commands.save import about, sources
from idmcli.export import write_frame
from idmcli.gap import unknown_words
from idmcli.pipeline.gap import Gapped, RecapGap


def write(result: Gapped | RecapGap, output: str, force: bool) -> int:
    """Write in the format of the ending; returns the number of rows of the main table."""
    if isinstance(result, RecapGap):
        return write_points(result, output, force)
    rows = result.villages if output.lower().endswith(".xlsx") else path_beside_deficits(result)

    def workbook(path: Path) -> None:
        from idmcli.workbook import GapTables, write_gap_book

        write_gap_book(
            result.villages,
            path,
            rubric=result.rubric,
            satuan=result.choice.biaya.satuan,
            tables=GapTables(
                langkah=result.paths.langkah,
                alternatif=result.paths.alternatif,
                kesenjangan=result.deficits,
                indikator={level: result.recap(level) for level in ("provinsi", "kabupaten")},
                langkah_pertama=result.first_steps,
                kekuatan=result.strengths,
                kelemahan=result.weaknesses,
                mirip=result.similar,
            ),
            cara=method.of_paths(result.choice, result.rubric),
            sumber=sources(result.loaded),
            peringatan=result.loaded.notes,
        )

    write_frame(rows, output, force=force, meta=about(result.loaded), workbook=workbook)
    return rows.height


def path_beside_deficits(result: Gapped) -> pl.DataFrame:
    """Village × indicator with `jalur_ke`: the score to which the smallest path raises it, null where it does not."""
    steps = result.paths.langkah.filter(pl.col("pilihan") == 0).select("no", "kode", pl.col("ke").alias("jalur_ke"))
    return result.deficits.join(steps, on=["no", "kode"], how="left", maintain_order="left").drop("no")


def write_points(result: RecapGap, output: str, force: bool) -> int:
    """Points per dimension."""
    loaded = result.loaded

    def workbook(path: Path) -> None:
        from idmcli.workbook import write_points_book

        write_points_book(
            result.points,
            path,
            rubric=loaded.rubric,
            sumber=sources(loaded),
            peringatan=(*unknown_words(loaded.rubric), *loaded.notes),
        )

    write_frame(result.points.drop("no"), output, force=force, meta=about(loaded), workbook=workbook)
    return result.points.height
