"""The few shapes that travel between rooms: a sheet as text, what was recognised in it, and the village frames.

`reading` makes a `Grid` of each sheet, `normalise` makes one `VillageTable` of all grids, every later step takes and
gives polars frames. Nothing here reads, prints or decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

Kind = Literal["lembar", "teks", "parquet", "rumusan"]
"""Where a grid comes from: a workbook's sheet, a delimited text, a parquet file, ministry JSON documents."""

Shape = Literal["skor", "isian", "rekap", "rumusan"]
"""What a grid holds: 50 scores, raw answers, sub-indices only, ministry documents (scores with stated figures)."""


@dataclass(frozen=True)
class Grid:
    """One sheet as it stands, every cell as text, nothing dropped.

    Attributes:
        berkas: the file as the user named it (for a folder: the folder joined with the file's name).
        lembar: the sheet's name; None for text, parquet and JSON.
        cells: String columns `"0"`, `"1"`, …; null for an empty cell. Row i of the frame is row `first_row + i` of the
            sheet, column j is column `first_column + j` (0-based: 0 is A).
        kind: what it was read from.
        first_row: 1-based row number of the frame's first row.
        first_column: 0-based number of the frame's first column.
        berkas_per_baris: for `rumusan` one file name per data row (a row is one document); else None.
        addresses: for `rumusan` the path inside the document per column name; else empty.
        assumptions: what reading had to assume (encoding, separator, …), in words for the officer.
    """

    berkas: str
    lembar: str | None
    cells: pl.DataFrame
    kind: Kind
    first_row: int = 1
    first_column: int = 0
    berkas_per_baris: tuple[str, ...] | None = None
    addresses: Mapping[str, str] = field(default_factory=dict)
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True)
class SkippedDocument:
    """A ministry document that is no village: an error answer, broken JSON, or another document altogether."""

    berkas: str
    alasan: str


@dataclass(frozen=True)
class Reading:
    """Everything that was read: the visible grids in order, the JSON documents left out, and what was assumed."""

    grids: tuple[Grid, ...]
    skipped: tuple[SkippedDocument, ...] = ()
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True)
class ColumnUse:
    """One column of a grid and what it was taken for.

    Attributes:
        nama: canonical column name (`kode_desa`, `IKS01`, `iks_terbit`, a raw answer's name); for an extra column the
            name under which it is kept.
        judul: the header as typed (parts of a two-row header joined by a space).
        letter: the column's letter in the sheet (`E`), or the path inside a ministry document.
        dekat: for an unknown header, the nearest known headers (may be empty).
    """

    nama: str
    judul: str
    letter: str
    dekat: tuple[str, ...] = ()


@dataclass(frozen=True)
class DroppedRow:
    """A row inside the data that is no village (TOTAL, JUMLAH, a footnote, a repeated header)."""

    baris: int
    isi: str
    alasan: str


@dataclass(frozen=True)
class Layout:
    """What was recognised in one grid."""

    berkas: str
    lembar: str | None
    shape: Shape
    header_rows: tuple[int, ...]
    columns: tuple[ColumnUse, ...]
    extra: tuple[ColumnUse, ...] = ()
    duplicates: tuple[ColumnUse, ...] = ()
    missing: tuple[str, ...] = ()
    dropped: tuple[DroppedRow, ...] = ()
    years: tuple[int, ...] = ()

    def address(self, nama: str, baris: int | None = None) -> str | None:
        """The cell of column `nama` in `baris`, as `Sheet!E12`; the column alone (`Sheet!E`) without a row."""
        for use in (*self.columns, *self.extra, *self.duplicates):
            if use.nama == nama:
                return use.letter if not use.letter.isalpha() else cell_address(self.lembar, use.letter, baris)
        return None


@dataclass(frozen=True)
class VillageTable:
    """All rows of all grids in one table, twice: as understood and as typed.

    Attributes:
        desa: one row per village-year. Provenance (`berkas`, `lembar`, `baris`), identity (`kode_desa` 10 digits or
            null, places, `tahun` Int32), then whatever the input holds: scores (Int8), raw answers (Float64, or String
            for choices), stated figures (Float64; statuses upper case), `keterangan`, extra columns (String, as typed).
            A value that could not be understood is null. `cara_kode` and `usulan_kode` (see `columns`) tell where the
            code comes from.
        mentah: the same rows and columns, in the same order, as typed (String; provenance as in `desa`).
        shape: the shape of the table as a whole.
        layouts: one per grid used.
        skipped: documents left out, each with its reason.
        assumptions: everything assumed, in words for the officer, one line each.
    """

    desa: pl.DataFrame
    mentah: pl.DataFrame
    shape: Shape
    layouts: tuple[Layout, ...]
    skipped: tuple[SkippedDocument, ...] = ()
    assumptions: tuple[str, ...] = ()


def column_letter(index: int) -> str:
    """0-based column number to letters: 0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_address(lembar: str | None, letter: str, baris: int | None = None) -> str:
    """`Sheet!E12` as a spreadsheet writes it: quoted where the name needs it; `E12` where there is no sheet."""
    place = letter if baris is None else f"{letter}{baris}"
    if lembar is None:
        return place
    plain = lembar.replace("_", "").isalnum() and not lembar[0].isdigit()
    quoted = lembar if plain else "'" + lembar.replace("'", "''") + "'"
    return f"{quoted}!{place}"
