"""Rules about the cells of scores and stated indices: empty, no number, or a score that the indicator does not have.

A column that the sheet lacks is one finding about the sheet (`kolom_kurang`), not one per cell.
"""

from collections.abc import Iterator
from typing import Final

import polars as pl

from idmcli.columns import STATED_INDICES, SUB_INDICES
from idmcli.rubric.model import Indicator
from idmcli.sentences import said
from idmcli.validate.cells import number
from idmcli.validate.subject import ROW, TYPED, Subject

NAMES: Final = ("skor_kosong", "skor_bukan_angka", "skor_tak_berlaku", "indeks_kosong", "indeks_bukan_angka")

_WORD: Final = r"\p{L}{3,}"
"""Three letters in a row make a text, not a mistyped number."""
_ROUNDED: Final = 0.00006
"""A sub-index published with four decimals lies within this of its whole number of points."""


def check(subject: Subject) -> list[pl.DataFrame]:
    """Findings about cells of scores and indices."""
    return [*_scores(subject), *_indices(subject)]


def _scores(subject: Subject) -> Iterator[pl.DataFrame]:
    """Counts faulty cells of all indicators in one pass, then looks only at the columns that have some."""
    if not subject.codes:
        return
    wrong = {code: _wrong(subject, code) for code in subject.codes}
    counts = subject.desa.select(expression.sum().alias(code) for code, expression in wrong.items()).row(0, named=True)
    for code in (code for code in subject.codes if counts[code]):
        indicator = subject.rubric.by_code[code]
        cells = subject.cells(code, wrong[code]).join(
            _implied(subject, indicator, wrong), on=ROW, how="left", maintain_order="left"
        )
        blank, figure = subject.is_blank(pl.col(TYPED)), number(pl.col(TYPED)).is_not_null()
        # a total that is a live sum counts an empty cell as 0, so a 0 is reported and not recommended
        implied = (
            pl.when(pl.col("seharusnya") == "0")
            .then(said("; {} yang tertulis menghitungnya 0", pl.lit(indicator.dimensi)))
            .otherwise(said("; menurut {} yang tertulis seharusnya {}", pl.lit(indicator.dimensi), "seharusnya"))
        )
        told = pl.concat_str(
            pl.lit("; yang berlaku: " + ", ".join(map(str, indicator.allowed))),
            pl.when(pl.col("seharusnya").is_null()).then(pl.lit("")).otherwise(implied),
        )
        title = pl.lit(f"{code} ({indicator.singkat})")
        for rule, which, pesan in (
            ("skor_kosong", blank, said("{} kosong{}", title, told)),
            ("skor_tak_berlaku", ~blank & figure, said("{} berisi {}{}", title, TYPED, told)),
            ("skor_bukan_angka", ~blank & ~figure, said("{} berisi “{}”, bukan angka{}", title, TYPED, told)),
        ):
            yield subject.at_rows(rule, cells.filter(which).with_columns(pesan=pesan))


def _wrong(subject: Subject, code: str) -> pl.Expr:
    """Whether a score is missing or not among the allowed ones; with raw answers beside it, only if these give none."""
    value = pl.col(code)
    wrong = value.is_null() | ~value.is_in(subject.rubric.by_code[code].allowed)
    if subject.table.shape != "isian":
        return wrong
    return wrong & pl.lit(subject.computed.get_column(code).is_null())


def _implied(subject: Subject, indicator: Indicator, wrong: dict[str, pl.Expr]) -> pl.DataFrame:
    """What a faulty score must be by the stated sub-index, where it is the only faulty one of its dimension."""
    dimension = subject.rubric.dimension_of(indicator.kode)
    stated = f"{dimension.kolom}_terbit"
    others = [code for code in dimension.indikator if code != indicator.kode]
    if stated not in subject.desa.columns or not set(others) <= set(subject.codes):
        return pl.DataFrame(schema={ROW: pl.UInt32, "seharusnya": pl.String})
    points = pl.col(stated) * dimension.maksimum
    rest = points.round().cast(pl.Int64) - pl.sum_horizontal(pl.col(others).cast(pl.Int64))
    fits = (points - points.round()).abs() < dimension.maksimum * _ROUNDED
    sound = pl.all_horizontal(~wrong[code] for code in others) & fits & rest.is_in(indicator.allowed)
    return subject.desa.filter(wrong[indicator.kode] & sound).select(ROW, seharusnya=rest.cast(pl.String))


def _indices(subject: Subject) -> Iterator[pl.DataFrame]:
    """Stated indices that are no number; in a recap also sub-indices that are empty."""
    needed = {f"{name}_terbit" for name in SUB_INDICES} if subject.table.shape == "rekap" else set()
    for name in (name for name in STATED_INDICES if name in subject.desa.columns):
        title = pl.lit(name.removesuffix("_terbit").upper())
        cells = subject.cells(name, pl.col(name).is_null())
        blank, word = subject.is_blank(pl.col(TYPED)), pl.col(TYPED).str.contains(_WORD)
        if name in needed:
            yield subject.at_rows("indeks_kosong", cells.filter(blank).with_columns(pesan=said("{} kosong", title)))
        for rule, which in (("alasan_di_sel_angka", word), ("indeks_bukan_angka", ~word)):
            pesan = said("{} berisi “{}”, bukan angka", title, TYPED)
            yield subject.at_rows(rule, cells.filter(~blank & which).with_columns(pesan=pesan))
