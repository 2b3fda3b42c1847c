"""One recognised grid to its part of the village table."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

import polars as pl

from idmcli import columns as col
from idmcli.normalise.codes import join_code, parse_codes
from idmcli.normalise.groups import groups
from idmcli.normalise.headers import Header, is_number_row
from idmcli.normalise.layouts import BPS_CODE
from idmcli.normalise.places import Villages, identify
from idmcli.normalise.rows import villages
from idmcli.normalise.schema import CODE_METHOD, CODE_PROPOSAL, Schema
from idmcli.normalise.selection import Selection, missing
from idmcli.normalise.values import typed_columns
from idmcli.normalise.vocabulary import Vocabulary
from idmcli.normalise.years import Years, years_of
from idmcli.regions import Regions
from idmcli.tables import Grid, Layout

_GUARDED = r"^'('*[=+\-@\t\r])"


@dataclass(frozen=True)
class Context:
    """What every grid is read with."""

    schema: Schema
    vocabulary: Vocabulary
    regions: Regions
    tahun: int | None
    terima_usulan: bool


@dataclass(frozen=True)
class Part:
    """The villages of one grid, as understood and as typed, its layout, and what was assumed."""

    grid: Grid
    desa: pl.DataFrame
    mentah: pl.DataFrame
    layout: Layout
    notes: tuple[str, ...]


def build(grid: Grid, header: Header, selection: Selection, context: Context) -> Part:
    """The part of one grid; it has no rows where the year asked for is not in it."""
    head = grid.cells.slice(header.start, header.depth).rows()
    cells = grid.cells.slice(header.start + header.depth)
    skipped = _rows_before_data(cells)
    cells = cells.slice(skipped)
    first = grid.first_row + header.start + header.depth + skipped
    names = {**selection.used, **selection.extra}
    raw = cells.select(pl.col(source).alias(name) for name, source in names.items())
    codes = _codes(raw)
    keep, dropped = villages(
        cells,
        raw,
        codes if codes.null_count() < raw.height or BPS_CODE not in raw.columns else parse_codes(raw[BPS_CODE]),
        measures=[name for name in selection.used if name in context.schema.measures],
        header=head,
        vocabulary=context.vocabulary,
        number_of=lambda position: first + position,
    )
    headed = {
        level: headings.filter(keep)
        for level, headings in groups(cells, keep, header.titles, context.vocabulary).items()
        if level not in raw.columns or raw.get_column(level).filter(keep).null_count() == keep.sum()
    }
    raw, codes = raw.filter(keep), codes.filter(keep)
    place = _provenance(grid, keep, first)
    years = years_of(
        grid,
        raw.select(name for name in selection.used if name == col.TAHUN),
        height=raw.height,
        header_years=selection.years,
        header_year=selection.tahun,
        titles=header.titles,
        tahun=context.tahun,
    )
    wanted = _wanted(years, context.tahun)
    raw, codes, place = raw.filter(wanted), codes.filter(wanted), place.filter(wanted)
    years = replace(years, values=years.values.filter(wanted))
    plain = _without_guards(raw, selection, context.schema) if grid.kind == "teks" else raw
    own = plain.select(name for name in raw.columns if name in selection.used)
    found = identify(
        own.with_columns(headed[level].filter(wanted) for level in headed),
        codes,
        years.values,
        grid=grid,
        titles=header.titles,
        regions=context.regions,
        terima_usulan=context.terima_usulan,
    )
    values, assumed = typed_columns(
        own, context.schema, context.vocabulary, typed_source=grid.kind in {"parquet", "rumusan"}
    )
    layout = Layout(
        berkas=grid.berkas,
        lembar=grid.lembar,
        shape=selection.shape,
        header_rows=tuple(range(grid.first_row + header.start, grid.first_row + header.start + header.depth)),
        columns=selection.columns,
        extra=selection.extras,
        duplicates=selection.duplicates,
        missing=missing(selection, context.schema),
        dropped=dropped,
        years=years.seen,
    )
    return Part(
        grid,
        _understood(place, found, years, plain, values, context.schema),
        _typed(place, raw),
        layout,
        tuple(_notes(headed, selection, years, context.tahun, found, assumed)),
    )


def codes_of(grid: Grid, header: Header, selection: Selection) -> list[str]:
    """The ten-digit codes in a grid that is not built."""
    cells = grid.cells.slice(header.start + header.depth)
    return (
        _codes(cells.select(pl.col(source).alias(name) for name, source in selection.used.items()))
        .drop_nulls()
        .to_list()
    )


def _rows_before_data(cells: pl.DataFrame) -> int:
    """How many rows below the header are blank or only number the columns."""
    top = cells.head(5).rows()
    blank = len(list(takewhile(lambda row: not any(cell and cell.strip() for cell in row), top)))
    return blank + 1 if blank < len(top) and is_number_row(top[blank]) else 0


def _codes(raw: pl.DataFrame) -> pl.Series:
    """Ten-digit codes of the rows, from one column or from up to four."""
    none = pl.Series(col.KODE_DESA, [None], dtype=pl.String).new_from_index(0, raw.height)
    if col.KODE_DESA not in raw.columns:
        return none
    codes = parse_codes(raw.get_column(col.KODE_DESA))
    if not set(col.CODE_PARTS).intersection(raw.columns) or not codes.null_count():
        return codes
    open_rows = codes.is_null()
    levels = raw.filter(open_rows).select(
        *(pl.col(name).fill_null("") if name in raw.columns else pl.lit("").alias(name) for name in col.CODE_PARTS),
        pl.col(col.KODE_DESA).fill_null(""),
    )
    joined = [join_code(*level) for level in levels.rows()]
    return codes.scatter(open_rows.arg_true(), pl.Series(joined, dtype=pl.String))


def _without_guards(raw: pl.DataFrame, selection: Selection, schema: Schema) -> pl.DataFrame:
    """The apostrophe taken off that a CSV has before texts which a spreadsheet would run as a formula."""
    texts = [name for name in raw.columns if name in selection.extra or name not in schema.measures]
    return raw.with_columns(pl.col(texts).str.replace(_GUARDED, "$1"))


def _provenance(grid: Grid, keep: pl.Series, first: int) -> pl.DataFrame:
    """File, sheet and row of each village; a ministry document counts by its place among the documents, from 1."""
    positions = keep.arg_true().cast(pl.Int64)
    if grid.berkas_per_baris is None:
        berkas = pl.Series(col.BERKAS, [grid.berkas], dtype=pl.String).new_from_index(0, len(positions))
        rows = positions + first
    else:
        documents = pl.Series(col.BERKAS, grid.berkas_per_baris, dtype=pl.String)
        skipped = grid.cells.height - len(documents)
        rows = positions + first - grid.first_row - skipped + 1
        berkas = documents.gather(rows - 1)
    lembar = pl.Series(col.LEMBAR, [grid.lembar], dtype=pl.String).new_from_index(0, len(positions))
    return pl.DataFrame([berkas.alias(col.BERKAS), lembar, rows.alias(col.BARIS)])


def _wanted(years: Years, tahun: int | None) -> pl.Series:
    """The rows of the year asked for; rows without a year stay, to be reported."""
    if tahun is None:
        return years.values.is_null() | years.values.is_not_null()
    return (years.values == tahun).fill_null(value=tahun in years.seen)


def _understood(
    place: pl.DataFrame,
    found: Villages,
    years: Years,
    raw: pl.DataFrame,
    values: Sequence[pl.Series],
    schema: Schema,
) -> pl.DataFrame:
    """The table as understood: canonical columns in their order, then extra columns as typed."""
    frame = pl.DataFrame([*place, *found.frame, years.values.alias(col.TAHUN)])
    taken = {*frame.columns, *(series.name for series in values)}
    others = raw.select(name for name in raw.columns if name not in taken)
    frame = frame.hstack([*values, *others.get_columns()])
    own = [name for name in schema.order if name in frame.columns]
    return frame.select(*own, *(name for name in frame.columns if name not in set(own)))


def _typed(place: pl.DataFrame, raw: pl.DataFrame) -> pl.DataFrame:
    """The table as typed."""
    identity = [name for name in (*col.IDENTITY, CODE_METHOD, CODE_PROPOSAL) if name not in raw.columns]
    return place.hstack(raw).with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in identity)


def _notes(
    headed: Collection[str],
    selection: Selection,
    years: Years,
    tahun: int | None,
    found: Villages,
    assumed: dict[str, tuple[str, ...]],
) -> list[str]:
    """What was assumed about the grid, in words."""
    notes = [years.source] if years.source else []
    if len(years.seen) > 1 and (len(selection.years) > 1 or tahun is not None):
        taken = selection.tahun if len(selection.years) > 1 else tahun
        others = ", ".join(str(year) for year in years.seen if year != taken)
        notes.append(f"dipakai tahun {taken}; tahun lain ({others}) dipilih dengan --tahun")
    notes += selection.notes
    notes += [f"{level} dari judul kelompok di antara baris desa" for level in headed]
    notes += found.notes
    notes += [f"{text} ({_columns(names)})" for text, names in assumed.items()]
    return notes


def _columns(names: Sequence[str], most: int = 4) -> str:
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown}, dan {len(names) - most} kolom lagi"
