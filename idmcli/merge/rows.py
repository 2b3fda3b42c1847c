"""All tables as one, each row with its origin, and the content by which rows are compared."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from idmcli import columns as col
from idmcli.errors import InputError
from idmcli.merge.result import ORIGIN
from idmcli.regions import fold_expr
from idmcli.rubric.model import Rubric
from idmcli.tables import Shape, VillageTable
from idmcli.words import listed

THROUGH: Final = " (lewat "
NOT_KEMENDAGRI: Final = " (BPS?)"
_OWN_ORIGIN: Final = ORIGIN.upper()
"""Headers under which our own results carry the origin of a row."""
_HELPERS: Final = frozenset({col.CODE_METHOD, col.CODE_PROPOSAL, *col.CODE_PARTS})
"""Columns that are read again from the code, or say how it was found."""


@dataclass(frozen=True)
class Rows:
    """All rows in the order of the files.

    Attributes:
        desa: as `VillageTable.desa`, with `asal`.
        mentah: the same rows as typed, null where that means nothing.
        isi: String columns, the content that counts: understood values, else what was typed; null for nothing.
            Places are folded, so that spelling does not count.
        shape: of all tables.
        filled_years: files whose rows took the one year that other files name.
    """

    desa: pl.DataFrame
    mentah: pl.DataFrame
    isi: pl.DataFrame
    shape: Shape
    filled_years: tuple[str, ...]


def stack(tables: Sequence[VillageTable], rubric: Rubric, is_blank: Callable[[str], bool]) -> Rows:
    """All rows of all tables.

    Raises:
        InputError: the tables hold different things (scores, answers, recaps).
    """
    shape = _shape(tables)
    desa = pl.concat([table.desa for table in tables], how="diagonal")
    mentah = pl.concat([table.mentah for table in tables], how="diagonal")
    own = [name for name in (_OWN_ORIGIN, ORIGIN) if name in desa.columns]
    desa = desa.with_columns(_origin(own).alias(ORIGIN))
    desa, filled = _with_year(desa)
    order = [name for name in column_order(desa.columns, rubric) if name not in {*_HELPERS, _OWN_ORIGIN}]
    desa = desa.select(order)
    typed = _typed(mentah.select(name for name in order if name in mentah.columns), is_blank)
    return Rows(desa, typed, _content(desa, typed), shape, filled)


def measures(columns: Sequence[str], rubric: Rubric) -> list[str]:
    """The columns that say something about a village: scores, answers, stated figures."""
    answers = (variable.nama for one in rubric.indikator for variable in one.jawaban.variabel)
    known = dict.fromkeys((*rubric.codes, *answers, *col.STATED))
    present = set(columns)
    return [name for name in known if name in present]


def column_order(columns: Sequence[str], rubric: Rubric) -> list[str]:
    """Provenance, identity, measures, remark, whatever else there is, and the origin last."""
    wanted = [*col.PROVENANCE, *col.IDENTITY, *measures(columns, rubric), col.REMARK]
    rest = [name for name in columns if name not in {*wanted, ORIGIN}]
    return [name for name in (*wanted, *rest, ORIGIN) if name in set(columns)]


def _shape(tables: Sequence[VillageTable]) -> Shape:
    """The one shape of all; ministry documents hold scores."""
    by_shape: dict[Shape, list[str]] = {}
    for table in tables:
        shape: Shape = "skor" if table.shape == "rumusan" else table.shape
        by_shape.setdefault(shape, []).append(table.layouts[0].berkas)
    if len(by_shape) > 1:
        told = "; ".join(f"{shape}: {listed(files, 3)}" for shape, files in by_shape.items())
        advice = "Gabungkan per bentuk"
        if "isian" in by_shape and "skor" in by_shape:
            advice += "; isian menjadi skor dengan idm score ISIAN.xlsx -o SKOR.xlsx"
        raise InputError(f"Bentuk berkasnya berbeda, jadi tidak dapat menjadi satu tabel ({told})", f"{advice}.")
    return next(iter(by_shape))


def _origin(own: Sequence[str]) -> pl.Expr:
    """`bulungan.xlsx, lembar ISIAN, baris 7`; a row that was merged before keeps its first origin."""
    place = pl.concat_str(
        pl.col(col.BERKAS),
        pl.when(pl.col(col.LEMBAR).is_null()).then(pl.lit("")).otherwise(pl.lit(", lembar ") + pl.col(col.LEMBAR)),
        pl.lit(", baris ") + pl.col(col.BARIS).cast(pl.String),
    )
    if not own:
        return place
    first = pl.coalesce(own).str.split(THROUGH).list.first()
    through = pl.concat_str(first, pl.lit(THROUGH), pl.col(col.BERKAS), pl.lit(")"))
    return pl.coalesce(through, place)


def _with_year(desa: pl.DataFrame) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Rows without a year take the only one that other rows name; the files that they stand in."""
    years = desa.get_column(col.TAHUN)
    known = years.drop_nulls().unique().to_list()
    if len(known) != 1 or not years.has_nulls():
        return desa, ()
    files = desa.filter(years.is_null()).get_column(col.BERKAS).unique(maintain_order=True).to_list()
    return desa.with_columns(pl.col(col.TAHUN).fill_null(known[0])), tuple(files)


def _typed(mentah: pl.DataFrame, is_blank: Callable[[str], bool]) -> pl.DataFrame:
    """What was typed, without words for nothing.

    A code of ten digits that was not understood is one of BPS: said beside it, because among Kemendagri codes it would
    be taken for one of theirs, and mean another village.
    """
    columns: list[pl.Series] = []
    for name in mentah.columns:
        typed = mentah.get_column(name)
        if name not in col.PROVENANCE:
            typed = typed.str.strip_chars()
            blank = [text for text in typed.drop_nulls().unique().to_list() if is_blank(text)]
            typed = typed.replace(blank, None) if blank else typed
        columns.append(typed)
    code = pl.col(col.KODE_DESA)
    return pl.DataFrame(columns).with_columns(
        pl.when(code.str.replace_all(r"\D", "").str.contains(r"^\d{10}$"))
        .then(pl.concat_str(code, pl.lit(NOT_KEMENDAGRI)))
        .otherwise(code)
        .alias(col.KODE_DESA)
    )


def _content(desa: pl.DataFrame, mentah: pl.DataFrame) -> pl.DataFrame:
    """What is compared: no provenance, no year."""
    compared: list[pl.Series] = []
    for name in desa.columns:
        if name in {*col.PROVENANCE, col.TAHUN, ORIGIN}:
            continue
        value = desa.get_column(name).cast(pl.String)
        compared.append(value.fill_null(mentah.get_column(name)) if name in mentah.columns else value)
    frame = pl.DataFrame(compared)
    return frame.with_columns(fold_expr(pl.col(name)).alias(name) for name in col.PLACES)
