"""Binary workbooks: the places and counts in their records, checked before a parser lays out memory by them.

.xls holds records of [MS-XLS], .xlsb those of [MS-XLSB]. Only the records that say how large something is are looked
at; every other one is stepped over.
"""

import struct
from collections.abc import Iterable
from typing import Final

from idmcli.reading.extent import Extent

XLS_ROWS: Final = 65_536
XLS_COLUMNS: Final = 256
_XLS_CELLS: Final = frozenset({0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6, 0x0201, 0x00BD, 0x00BE})
_XLS_STRINGS: Final = 0x00FC
_XLS_PASSWORD: Final = 0x002F
_XLS_EXTENT: Final = 0x0200
_XLSB_ROW: Final = 0x0000
_XLSB_CELLS: Final = frozenset(range(0x0002, 0x000C))
"""Cells with content; 0x0001 is a formatted but empty one."""
_XLSB_STRINGS: Final = 0x009F
_MAX_STRINGS: Final = 100_000_000
"""More references to strings than any workbook within our limits holds."""


class RecordError(ValueError):
    """A record reaches beyond its file, or claims what cannot be."""


class LockedError(ValueError):
    """What follows is encrypted."""


def check_xls(stream: bytes) -> None:
    """Walk a workbook stream; LockedError if it needs a password.

    RecordError for cells beyond IV65536, and for more shared strings than there are bytes.
    """
    at, end = 0, len(stream)
    while at + 4 <= end:
        kind, size = struct.unpack_from("<HH", stream, at)
        at += 4
        if at + size > end:
            raise RecordError
        if kind == _XLS_PASSWORD:
            raise LockedError
        if kind in _XLS_CELLS and size >= 6:
            if struct.unpack_from("<H", stream, at + 2)[0] >= XLS_COLUMNS:
                raise RecordError
        elif kind == _XLS_EXTENT and size >= 10:
            # 14 bytes since Excel 97, 10 before
            top, bottom, left, right = struct.unpack_from("<IIHH" if size >= 14 else "<HHHH", stream, at)
            if not (top <= bottom <= XLS_ROWS and left <= right <= XLS_COLUMNS):
                raise RecordError
        elif kind == _XLS_STRINGS and size >= 8 and struct.unpack_from("<I", stream, at + 4)[0] > end:
            raise RecordError
        at += size


def xlsb_extent(pieces: Iterable[bytes]) -> Extent:
    """The rectangle of the filled cells of a binary sheet; RecordError where its records make no sense."""
    data = b"".join(pieces)
    at, end = 0, len(data)
    row = rows = columns = 0
    while at < end:
        kind, at = _variable(data, at, 2)
        size, at = _variable(data, at, 4)
        if at + size > end:
            raise RecordError
        if kind == _XLSB_ROW and size >= 4:
            row = struct.unpack_from("<I", data, at)[0] + 1
        elif kind in _XLSB_CELLS and size >= 4:
            rows, columns = max(rows, row), max(columns, struct.unpack_from("<I", data, at)[0] + 1)
        at += size
    return Extent(rows, columns)


def check_xlsb_strings(data: bytes) -> None:
    """RecordError if the shared strings claim to be more than their bytes could hold."""
    kind, at = _variable(data, 0, 2)
    size, at = _variable(data, at, 4)
    if kind == _XLSB_STRINGS and size >= 8 and max(struct.unpack_from("<II", data, at)) > _MAX_STRINGS:
        raise RecordError


def _variable(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of up to `most` bytes, seven bits each, lowest first; and where it ends."""
    number = 0
    for i in range(most):
        if at >= len(data):
            raise RecordError
        byte = data[at]
        at += 1
        number |= (byte & 0x7F) << (7 * i)
        if byte < 0x80:
            break
    return number, at
