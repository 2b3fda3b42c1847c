"""Rules about answers or scores that should not stand together; which ones is data (`aturan.toml`)."""

from operator import eq, ge, gt, le, lt
from typing import Any, Final

import polars as pl

from idmcli.sentences import said
from idmcli.validate.catalog import Condition, Contradiction
from idmcli.validate.subject import ROW, Subject

NAMES: Final = ("kontradiksi", "janggal")
_SIGNS: Final = {"=": eq, ">": gt, ">=": ge, "<": lt, "<=": le}


def check(subject: Subject) -> list[pl.DataFrame]:
    """Findings of every contradiction whose columns the input holds."""
    have = set(subject.computed.columns)
    return [_one(subject, each) for each in subject.catalog.kontradiksi if have.issuperset(each.columns)]


def _one(subject: Subject, each: Contradiction) -> pl.DataFrame:
    """The rows where all conditions hold, on the last column named, with what both say."""
    rows = subject.computed.select(ROW, *each.columns).filter(_holds(condition) for condition in each.syarat)
    shown = [said("{} = {}", pl.lit(name), _plain(rows, name)) for name in each.columns]
    sentence = each.pesan[0].upper() + each.pesan[1:]
    pesan = said("{} ({})", pl.lit(sentence), pl.concat_str(shown, separator=", "))
    return subject.at_rows(
        each.aturan, rows.with_columns(kolom=pl.lit(subject.column_of(each.columns[-1])), pesan=pesan)
    )


def _holds(condition: Condition) -> pl.Expr:
    """One condition; unknown (null) where a value is."""
    other: Any = condition.angka if condition.kolom_lain is None else pl.col(condition.kolom_lain)
    holds: pl.Expr = _SIGNS[condition.tanda](pl.col(condition.kolom), other)
    return holds


def _plain(rows: pl.DataFrame, name: str) -> pl.Expr:
    """A figure as people write it: `12`, `2,5`."""
    if not rows.schema[name].is_float():
        return pl.col(name).cast(pl.String)
    return pl.col(name).cast(pl.String).str.strip_suffix(".0").str.replace(".", ",", literal=True)
