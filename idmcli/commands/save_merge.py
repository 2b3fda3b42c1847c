"""A merge to a file: the rows, and in a workbook also the sheets about them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from idmcli import columns as col
from idmcli.export import write_frame
from idmcli.pipeline.merging import Joined


def about(joined: Joined) -> dict[str, Any]:
    """What a data file says about itself."""
    return {
        "edisi": joined.rubric.edisi,
        "edisi_sha256": joined.rubric.hash,
        "sumber": [{"berkas": source.berkas, "sha256": source.sha256} for source in joined.sources],
        "andaian": list(joined.notes),
    }


def write(joined: Joined, output: str, force: bool, notes: Sequence[str] = (), tahun: int | None = None) -> int:
    """Write in the format of the ending, all rows or those of a year; returns their number."""
    merged = joined.merged

    def workbook(path: Path) -> None:
        from idmcli.workbook.merge_book import write_merge_book

        write_merge_book(
            merged,
            path,
            rubric=joined.rubric,
            sumber=[(source.berkas, source.sha256) for source in joined.sources],
            catatan=(*joined.notes, *notes),
            tahun=tahun,
        )

    rows = merged.written()
    if tahun is not None:
        rows = rows.filter(merged.desa.get_column(col.TAHUN) == tahun)
    write_frame(rows, output, force=force, meta=about(joined), workbook=workbook)
    return rows.height
