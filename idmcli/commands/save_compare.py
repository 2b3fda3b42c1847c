"""A comparison of years to files: a workbook with everything, a document with everything, or the changes as data."""

import json
from pathlib import Path

from idmcli.commands.compare_document import about, document
from idmcli.export import atomic, write_frame
from idmcli.pipeline.comparing import Comparison


def write(result: Comparison, output: str, force: bool) -> int:
    """Write in the format of the ending: `.csv`, `.parquet` and `-` hold one row per village and pair of years.

    Returns the number of these rows.
    """
    compared = result.compared

    def workbook(path: Path) -> None:
        from idmcli.workbook.compare_book import write_compare_book

        write_compare_book(
            compared,
            path,
            rubric=result.rubric,
            sumber=[(source.berkas, source.sha256) for source in result.sources],
            peringatan=result.notes,
        )

    if output.lower().endswith(".json"):
        text = json.dumps(document(result, None), ensure_ascii=False, indent=1, allow_nan=False)
        with atomic(Path(output), force=force) as path:
            path.write_text(text + "\n", encoding="utf-8")
    else:
        write_frame(compared.perubahan, output, force=force, meta=about(result), workbook=workbook)
    return compared.perubahan.height
