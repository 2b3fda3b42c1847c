"""Which column of a sheet serves which canonical column, and what becomes of all the others."""

from collections.abc import Mapping
from dataclasses import dataclass

from idmcli import columns as col
from idmcli.normalise.aliases import Aliases
from idmcli.normalise.fold import key
from idmcli.normalise.headers import Header
from idmcli.normalise.layouts import Strength
from idmcli.normalise.schema import Schema
from idmcli.normalise.side_by_side import columns_of_year
from idmcli.tables import ColumnUse, Grid, Shape, column_letter


@dataclass(frozen=True)
class Selection:
    """The columns of one grid, sorted out.

    Attributes:
        used: canonical name → the frame's column name.
        extra: name under which an unknown column is kept → the frame's column name.
        columns, extras, duplicates: the same with header and letter, for the layout.
        shape: what the grid holds.
        years: the years in the headers, ascending (several in a recap of several years).
        tahun: the year whose columns were taken; None where headers name no year.
        notes: what was assumed, in words.
    """

    used: Mapping[str, str]
    extra: Mapping[str, str]
    columns: tuple[ColumnUse, ...]
    extras: tuple[ColumnUse, ...]
    duplicates: tuple[ColumnUse, ...]
    shape: Shape
    years: tuple[int, ...]
    tahun: int | None
    notes: tuple[str, ...] = ()


def select(grid: Grid, header: Header, aliases: Aliases, schema: Schema, tahun: int | None) -> Selection:
    """Sort out the columns; of several years side by side take `tahun`, else the latest."""
    matches = header.matches
    columns = columns_of_year(grid, header, schema, tahun)
    years, year = columns.years, columns.tahun
    wanted: dict[str, list[tuple[bool, Strength, int]]] = {}
    losers: list[tuple[str, Strength, int]] = []
    for index, match in enumerate(matches):
        if match and not match.ignored and columns.serves(match, schema):
            wanted.setdefault(match.nama, []).append((match.tahun is None and bool(years), match.strength, index))
    used: dict[str, int] = {}
    for nama, found in wanted.items():
        (_, _, first), *others = sorted(found)
        used[nama] = first
        losers += [(nama, strength, index) for _, strength, index in others]
    unknown = [index for index, match in enumerate(matches) if match is None and _filled(grid, header, index)]
    unknown += [index for _, strength, index in losers if strength == Strength.WEAK]
    names = _extra_names(grid, header, sorted(unknown), schema)

    def use(nama: str, index: int) -> ColumnUse:
        dekat = aliases.near(header.labels[index], used) if index in names else ()
        return ColumnUse(nama, header.labels[index], _letter(grid, index), dekat)

    shape: Shape = "rumusan" if grid.kind == "rumusan" else schema.shape(used)
    frame = grid.cells.columns
    return Selection(
        used={nama: frame[index] for nama, index in used.items()},
        extra={name: frame[index] for index, name in names.items()},
        columns=tuple(use(nama, index) for nama, index in sorted(used.items(), key=lambda item: item[1])),
        extras=tuple(use(name, index) for index, name in names.items()),
        duplicates=tuple(use(nama, index) for nama, strength, index in losers if strength == Strength.CLEAR),
        shape=shape,
        years=years,
        tahun=year,
        notes=columns.notes,
    )


def missing(selection: Selection, schema: Schema) -> tuple[str, ...]:
    """The columns that a table of this shape should have and this one has not."""
    split = selection.used.keys() >= set(col.CODE_PARTS)
    return tuple(
        nama
        for nama in schema.expected(selection.shape)
        if nama not in selection.used and not (nama == col.KODE_DESA and split)
    )


def _filled(grid: Grid, header: Header, index: int) -> bool:
    """Whether a column is worth keeping: it has a header, or something stands below."""
    if header.labels[index]:
        return True
    below = grid.cells.get_column(grid.cells.columns[index]).slice(header.start + header.depth)
    return below.null_count() < len(below) and bool(below.drop_nulls().str.strip_chars().ne("").any())


def _extra_names(grid: Grid, header: Header, indexes: list[int], schema: Schema) -> dict[int, str]:
    """The names under which unknown columns are kept: their own headers, made different from every other column."""
    taken = set(schema.reserved)
    names: dict[int, str] = {}
    for index in indexes:
        own = header.labels[index] or f"kolom {_letter(grid, index)}"
        name, number = own, 1
        while key(name) in taken or name in names.values():
            number += 1
            name = f"{own} ({number})"
        taken.add(key(name) or name)
        names[index] = name
    return names


def _letter(grid: Grid, index: int) -> str:
    """The column's letter, or its path inside a ministry document."""
    if grid.kind == "rumusan":
        head = grid.cells.row(0)[index] or ""
        return grid.addresses.get(head, head)
    return column_letter(grid.first_column + index)
