"""Several sheets and files that say the same: which of them count, so that no village counts twice or is lost unsaid.

A workbook often holds the villages by kabupaten and all of them again on one sheet, a recap of the same villages, or a
sheet that explains how to fill in the others. What is left out is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from idmcli import columns as col
from idmcli.normalise.build import Part, codes_of
from idmcli.normalise.fold import spaced
from idmcli.normalise.headers import Header
from idmcli.normalise.schema import Schema
from idmcli.normalise.selection import Selection
from idmcli.normalise.vocabulary import Vocabulary
from idmcli.tables import Grid, Shape
from idmcli.words import listed, whole

RICHEST: Final[tuple[Shape, ...]] = ("rumusan", "skor", "isian", "rekap")
"""The shapes, the one that says most first."""


@dataclass(frozen=True)
class Recognised:
    """A grid whose header was found."""

    grid: Grid
    header: Header
    selection: Selection


def without_guides(recognised: Sequence[Recognised], vocabulary: Vocabulary) -> tuple[list[Recognised], list[str]]:
    """The grids without sheets named as instructions, examples or comparisons, and what is said of these.

    Where all sheets are named so, all stay.
    """
    guides = [one for one in recognised if (spaced(one.grid.lembar or "") + " ").startswith(_begun(vocabulary.guide))]
    used = [one for one in recognised if one not in guides]
    if not used:
        return list(recognised), []
    return used, [f"{where([one.grid])}: dilewati, menurut namanya bukan daftar desa" for one in guides]


def choose(recognised: Sequence[Recognised]) -> tuple[list[Recognised], list[str]]:
    """The grids used, and what is said of those left: of one file only its richest shape is read.

    The others usually say the same villages again; those that they alone hold are counted.
    """
    best: dict[str, int] = {}
    for one in recognised:
        rank = RICHEST.index(one.selection.shape)
        best[one.grid.berkas] = min(rank, best.get(one.grid.berkas, rank))
    used = [one for one in recognised if RICHEST.index(one.selection.shape) == best[one.grid.berkas]]
    left = [one for one in recognised if one not in used]
    said: list[str] = []
    for one in left:
        files = [codes_of(other.grid, other.header, other.selection) for other in used]
        alone = set(codes_of(one.grid, one.header, one.selection)).difference(*files)
        lost = f"; {whole(len(alone))} desa hanya ada di lembar ini, jadi tidak ikut dihitung" if alone else ""
        said.append(
            f"{where([one.grid])}: {one.selection.shape} dilewati karena lembar lain lebih lengkap{lost}; "
            f"untuk memakainya: --sheet '{one.grid.lembar}'"
        )
    return used, said


def without_repeats(parts: Sequence[Part], schema: Schema) -> tuple[list[Part], list[str]]:
    """The parts without sheets whose every village stands elsewhere with the same figures, and what is said of them.

    The largest goes first: of all villages on one sheet and the same by kabupaten, the sheets by kabupaten stay. Where
    a village stands on two sheets with different figures both rows stay, for `validate` to report.
    """
    if len(parts) < 2:
        return list(parts), []
    rows = [_rows(part, schema) for part in parts]
    codes = pl.concat([one.get_column(col.KODE_DESA) for one in rows]).drop_nulls()
    if not codes.is_duplicated().any():
        return list(parts), []
    order = sorted(range(len(parts)), key=lambda place: (-rows[place].height, len(parts[place].layout.columns), -place))
    kept = set(order)
    said: list[str] = []
    for place in order:
        others = [rows[other] for other in sorted(kept - {place})]
        if others and _covered(rows[place], pl.concat(others, how="diagonal_relaxed")):
            kept.remove(place)
            said.append(
                f"{where([parts[place].grid])}: dilewati, {whole(rows[place].height)} barisnya sama dengan yang ada di "
                f"{where([parts[other].grid for other in sorted(kept)])}"
            )
    used = [part for place, part in enumerate(parts) if place in kept]
    return used, [*said, *_twice([rows[place] for place in sorted(kept)], used)]


def _rows(part: Part, schema: Schema) -> pl.DataFrame:
    """Code, year and figures of a part; figures it has no column for are not there."""
    figures = [name for name in schema.expected(part.layout.shape) if name in part.desa.columns]
    return part.desa.select(col.KODE_DESA, col.TAHUN, *(name for name in figures if name != col.KODE_DESA))


def _covered(rows: pl.DataFrame, others: pl.DataFrame) -> bool:
    """Whether every row stands among the others with the same figures; years count where both are known."""
    if rows.width != others.width or rows.get_column(col.KODE_DESA).null_count() or not rows.height:
        return False
    figures = [name for name in rows.columns if name != col.TAHUN]
    numbered = rows.with_row_index("urut")
    pairs = numbered.join(others.select(rows.columns), on=figures, how="inner", nulls_equal=True, suffix="_lain")
    same = (pl.col(col.TAHUN) == pl.col(f"{col.TAHUN}_lain")).fill_null(value=True)
    return pairs.filter(same).get_column("urut").n_unique() == rows.height


def _twice(rows: Sequence[pl.DataFrame], parts: Sequence[Part]) -> list[str]:
    """What is said of villages that stand on more than one of the sheets used, for the same year."""
    marked = [
        one.select(col.KODE_DESA, col.TAHUN).drop_nulls(col.KODE_DESA).unique().with_columns(bagian=pl.lit(place))
        for place, one in enumerate(rows)
    ]
    again = pl.concat(marked).filter(pl.struct(col.KODE_DESA, col.TAHUN).is_duplicated())
    if again.is_empty():
        return []
    places = again.get_column("bagian").unique().sort().to_list()
    number = again.select(col.KODE_DESA, col.TAHUN).n_unique()
    return [
        f"{where([parts[place].grid for place in places])}: {whole(number)} desa ada di lebih dari satu lembar atau "
        "berkas untuk tahun yang sama dan dihitung berulang; periksa dengan idm validate"
    ]


def where(grids: Sequence[Grid]) -> str:
    """Files with their sheets: `kaltara.xlsx (BULUNGAN, MALINAU)`."""
    by_file: dict[str, list[str]] = {}
    for grid in grids:
        by_file.setdefault(grid.berkas, []).extend([grid.lembar] if grid.lembar else [])
    return listed([f"{file} ({listed(sheets)})" if sheets else file for file, sheets in by_file.items()])


def _begun(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word + " " for word in words)
