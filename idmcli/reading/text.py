"""Delimited text (.csv, .tsv, .txt, standard input): one grid, every field as text, a record a row."""

import csv
import io
from collections.abc import Sequence

import polars as pl

from idmcli.errors import InputError
from idmcli.reading.encoding import to_utf8
from idmcli.reading.limits import MAX_CELLS, MAX_COLUMNS, thousands, too_large
from idmcli.reading.separator import NAMES, declared_separator, find_separator
from idmcli.tables import Grid

_SHOWN = 5
_FIRST = 1 << 16


def read_text(berkas: str, data: bytes) -> Grid:
    """A text as it stands: blank lines kept, ragged lines filled up with nulls.

    A record's row number is the one Excel shows: quoted line breaks do not count, a first line `sep=;` neither.
    InputError if the bytes are no text or hold no table of a size that can be read.
    """
    decoded = to_utf8(berkas, data)
    declared, text = declared_separator(decoded.data)
    if b"\n" not in text:
        text = text.replace(b"\r", b"\n")
    separator = declared or find_separator(text)
    cells, broken = _parse(berkas, text, separator or ",")
    if not cells.width:
        raise InputError(f"{berkas} tidak berisi apa pun", "Minta atau ekspor ulang berkasnya.")
    columns = f"pemisah {NAMES[separator]}" if separator else "tanpa pemisah (satu kolom)"
    notes = [f"{berkas}: teks {decoded.encoding}, {columns}"]
    if decoded.nul:
        notes.append(f"{berkas}: {thousands(decoded.nul)} karakter NUL dibuang")
    if broken:
        rows = ", ".join(map(str, broken[:_SHOWN])) + (", …" if len(broken) > _SHOWN else "")
        notes.append(f"{berkas}: tanda kutip tidak berpasangan di baris {rows}; dibaca baris demi baris")
    return Grid(berkas, None, cells, "teks", assumptions=tuple(notes))


def _parse(berkas: str, text: bytes, separator: str) -> tuple[pl.DataFrame, list[int]]:
    """The cells, and the 1-based rows whose quotes do not match (only then is every line taken for a record)."""
    lines = text.count(b"\n") + 1
    cells = _fast(berkas, text, separator, lines, _width(text[:_FIRST], separator))
    if cells is None:
        cells = _fast(berkas, text, separator, lines, _width(text, separator))
    if cells is None:
        cells = _careful(text, separator)
    if cells is None or (b'"' in text and _swallowed(cells, separator)):
        return _line_by_line(text, separator)
    return _tidy(cells), []


def _width(text: bytes, separator: str) -> int:
    """The most fields that a line may have; quoted separators counted too, so never too few."""
    mark = separator.encode()
    return 1 + max(line.count(mark) for line in text.split(b"\n"))


def _fast(berkas: str, text: bytes, separator: str, lines: int, width: int) -> pl.DataFrame | None:
    """The cells as polars reads them; None if a line is wider than `width` or the quotes make no sense to it."""
    if width > MAX_COLUMNS or lines * width > MAX_CELLS:
        raise too_large(
            berkas,
            f"{thousands(lines)} baris × {thousands(width)} kolom (paling banyak {thousands(MAX_COLUMNS)} kolom dan"
            f" {thousands(MAX_CELLS)} sel)",
            "Bagi menurut kabupaten, atau buang kolom yang tidak dipakai.",
        )
    try:
        return pl.read_csv(
            text,
            has_header=False,
            schema={str(number): pl.String() for number in range(width)},
            missing_columns="insert",
            separator=separator,
            quote_char='"' if b'"' in text else None,
        )
    except pl.exceptions.PolarsError:
        return None


def _careful(text: bytes, separator: str) -> pl.DataFrame | None:
    """The cells as the standard library reads them, which takes a quote inside a field as it stands; None if broken."""
    lines = io.StringIO(text.decode("utf-8", "replace"), newline="")
    try:
        return _frame(list(csv.reader(lines, delimiter=separator, strict=True)))
    except csv.Error:
        return None


def _line_by_line(text: bytes, separator: str) -> tuple[pl.DataFrame, list[int]]:
    rows: list[list[str]] = []
    broken: list[int] = []
    for number, line in enumerate(text.decode("utf-8", "replace").removesuffix("\n").split("\n"), 1):
        plain = line.removesuffix("\r")
        try:
            rows.extend(list(csv.reader([plain], delimiter=separator, strict=True)) or [[]])
        except csv.Error:
            broken.append(number)
            rows.append([field.strip().strip('"') for field in plain.split(separator)])
    return _tidy(_frame(rows)), broken


def _swallowed(cells: pl.DataFrame, separator: str) -> bool:
    """Whether a field holds a whole line of the table: the mark of a quote that was opened and never closed."""
    several = pl.all().str.contains("\n", literal=True)
    broken = cells.select(several.any()).row(0) if cells.height else ()
    lines = [
        column.filter(column.str.contains("\n", literal=True))
        for column, suspect in zip(cells.get_columns(), broken, strict=False)
        if suspect
    ]
    fields = max(cells.width - 1, 1)
    return any((column.str.count_matches(separator, literal=True) >= fields).any() for column in lines)


def _frame(rows: Sequence[Sequence[str]]) -> pl.DataFrame:
    width = max((len(row) for row in rows), default=0)
    filled = [[*row, *[None] * (width - len(row))] for row in rows]
    return pl.DataFrame(filled, schema={str(number): pl.String() for number in range(width)}, orient="row")


def _tidy(cells: pl.DataFrame) -> pl.DataFrame:
    """Empty fields as null, and no empty columns at the right end."""
    cleaned = cells.with_columns(pl.when(pl.all().str.len_bytes() > 0).then(pl.all()))
    empty = [count == cells.height for count in cleaned.null_count().row(0)] if cells.width else []
    width = max((number for number, blank in enumerate(empty, 1) if not blank), default=0)
    return cleaned.select(cleaned.columns[:width])
