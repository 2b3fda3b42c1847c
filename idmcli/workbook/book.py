"""A workbook as a block: opened with our properties and styles, on disk only when everything in it is done."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Final

from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.workbook import Workbook

from idmcli.workbook.styles import FONT, Styles

CREATED: Final = datetime(2024, 1, 1)
"""The creation date in our workbooks: always the same, so that the same input gives the same bytes."""


@contextmanager
def new_book(target: Path, judul: str, created: datetime = CREATED) -> Iterator[tuple[Workbook, Styles]]:
    """A workbook and its styles; written to `target` when the block succeeds.

    Made in memory first: what then can fail on disk is one plain write.

    Raises:
        OSError: the disk is full or the file cannot be written.
    """
    buffer = BytesIO()
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": FONT["font_name"], "font_size": 10},
    }
    book = Workbook(buffer, options)
    book.set_properties({"title": judul, "author": "idm", "created": created})
    book.set_size(2400, 1400)
    yield book, Styles(book)
    try:
        book.close()
    except XlsxWriterException as error:  # its scratch files did not fit on the disk
        raise OSError(str(error)) from error
    target.write_bytes(buffer.getvalue())
