"""How much a file may hold, and how one is refused.

The limits are generous on purpose: 75,265 desa × 60 columns are 4.5 million cells and a sheet of 150–250 MB once
unpacked. They exist so that a broken or hostile file ends in a sentence instead of a frozen laptop.
"""

from typing import Final

from idmcli.errors import InputError

GIB: Final = 1 << 30
MAX_FILE: Final = GIB
"""Bytes of one file on disk."""
MAX_CELLS: Final = 25_000_000
"""Cells of one table, counted as the rectangle up to its last filled cell: what it costs in memory."""
MAX_COLUMNS: Final = 16_384
"""The width of an Excel sheet (XFD)."""
MAX_ROWS: Final = 1_048_576
"""The height of an Excel sheet."""
MAX_UNPACKED: Final = 2 * GIB
"""Bytes of everything in a workbook's zip together, unpacked."""
MAX_PART: Final = GIB // 2
"""Bytes of a workbook's part that is held in memory as a whole (shared strings, styles, the list of sheets)."""
MAX_RATIO: Final = 300
"""How often its packed size a part may be, beyond `RATIO_FROM` bytes; real sheets unpack to 5–100 times."""
RATIO_FROM: Final = 64 << 20

AGAIN: Final = (
    "Minta, unduh, atau ekspor ulang berkasnya; bila masih dapat dibuka di Excel, simpan ulang sebagai .xlsx."
)


def thousands(number: int) -> str:
    """A whole number for people: 25000000 → 25.000.000."""
    return f"{number:,}".replace(",", ".")


def damaged(berkas: str) -> InputError:
    """The refusal of a file that is broken inside."""
    return InputError(f"{berkas} rusak atau terpotong sehingga isinya tidak dapat dibaca", AGAIN)


def too_large(berkas: str, why: str, advice: str) -> InputError:
    """The refusal of a file beyond a limit: `why` completes "terlalu besar: …"."""
    return InputError(f"{berkas} terlalu besar: {why}", advice)
