"""Reading files: whatever offices send becomes grids of text, and nothing is decided about what they mean."""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from idmcli.errors import InputError, UsageError
from idmcli.reading.columnar import read_parquet
from idmcli.reading.documents import Village, documents_grid, read_documents
from idmcli.reading.kinds import disguise, recognise
from idmcli.reading.limits import MAX_PART, too_large
from idmcli.reading.sources import find_sources
from idmcli.reading.text import read_text
from idmcli.reading.workbook import read_workbook
from idmcli.tables import Grid, Reading, SkippedDocument

__all__ = ["read"]


def read(paths: Sequence[str], *, sheet: str | None = None, stdin: BinaryIO | None = None) -> Reading:
    """Every table in the files, folders and standard input (`-`) named, as grids in the order named.

    A sheet is one grid, a text, a parquet file or a list of JSON records is one, and all ministry documents together
    are one, in the place of the first. Documents that are no village are listed, never in the way of the others; any
    other file that cannot be read ends the run, because a kabupaten missing from the result would go unseen.

    Args:
        paths: files, folders (see `find_sources`), wildcards, or `-` for a text on standard input.
        sheet: the one sheet to read of each workbook, by name or 1-based number; default every visible one.
        stdin: where `-` is read from; default the process's standard input.

    Raises:
        InputError: a file is missing, unreadable, broken, locked, no table, or beyond the limits; or nothing is left.
        UsageError: the sheet is not there, or no workbook is.
    """
    sources, assumptions = find_sources(paths)
    grids: list[Grid] = []
    skipped: list[SkippedDocument] = []
    villages: list[Village] = []
    place = workbooks = 0
    for source in sources:
        data = source.load(stdin)
        content = recognise(source.berkas, source.ending, data)
        note = disguise(source.berkas, source.ending, content.kind)
        assumptions += [note] if note else []
        if content.kind == "teks":
            grids.append(read_text(source.berkas, data))
        elif content.kind == "parquet":
            grids.append(read_parquet(source.berkas, data))
        elif content.kind == "json":
            if len(data) > MAX_PART:
                raise too_large(source.berkas, "JSON lebih dari 512 MB", "Ekspor datanya sebagai .csv atau .parquet.")
            documents = read_documents(source.berkas, data)
            place = place if villages else len(grids)
            villages += documents.villages
            skipped += documents.skipped
            grids += documents.grids
        else:
            sheets, notes = read_workbook(source.berkas, data, content, sheet)
            grids += sheets
            assumptions += notes
            workbooks += 1
    if sheet is not None and not workbooks:
        raise UsageError("--sheet hanya berlaku untuk buku kerja Excel atau ODS", "Hapus pilihan --sheet.")
    if villages:
        grids.insert(place, documents_grid(_together(villages), villages))
    if not grids:
        raise _nothing(skipped)
    return Reading(tuple(grids), tuple(skipped), tuple(assumptions))


def _together(villages: Sequence[Village]) -> str:
    """One name for all documents: the file, their common folder, or the first and how many more."""
    files = list(dict.fromkeys(village.file for village in villages))
    if len(files) == 1:
        return files[0]
    folders = {str(Path(file).parent) for file in files}
    return folders.pop() if len(folders) == 1 and "." not in folders else f"{files[0]} dan {len(files) - 1} lainnya"


def _nothing(skipped: Sequence[SkippedDocument]) -> InputError:
    first = f"{skipped[0].berkas}: {skipped[0].alasan}"
    advice = "Unduh ulang dokumennya dari laman IDM, atau pakai rekap .xlsx atau .csv."
    if len(skipped) == 1:
        return InputError(first, advice)
    return InputError(f"Tidak satu pun dari {len(skipped)} dokumen JSON dapat dipakai (misalnya {first})", advice)
