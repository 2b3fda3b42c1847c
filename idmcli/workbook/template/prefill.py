"""Last year's static answers beside this year's villages: kept where they can be true, everything else empty."""

from collections.abc import Sequence

import polars as pl

from idmcli.columns import KODE_DESA
from idmcli.parameters.evidence import Question, questions
from idmcli.rubric.model import Rubric
from idmcli.workbook.template.fields import Field

Value = str | int | float | None


def kept(
    villages: pl.DataFrame, isi: pl.DataFrame | None, columns: Sequence[Field], rubric: Rubric
) -> dict[str, list[Value]]:
    """By field, one value per village in order; None where the village is to fill it in.

    A village that stands twice in `isi` has no answer that can be trusted.
    """
    empty: list[Value] = [None] * villages.height
    values = {one.nama: empty for one in columns}
    if isi is None:
        return values
    static = [one for one in columns if one.statis and one.nama in isi.columns]
    known = isi.select(KODE_DESA, *(one.nama for one in static)).filter(pl.col(KODE_DESA).is_not_null())
    known = known.unique(KODE_DESA, keep="none")
    beside = villages.select(KODE_DESA).join(known, KODE_DESA, "left", maintain_order="left")
    asked = {one.variabel.nama: one for one in questions(rubric)}
    for one in static:
        values[one.nama] = [_usable(value, one, asked.get(one.nama)) for value in beside.get_column(one.nama).to_list()]
    return values


def _usable(value: object, one: Field, question: Question | None) -> Value:
    """The value as this book offers it; None where it offers no such one."""
    if isinstance(value, str) and question is not None:
        return question.word(value)
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    if question is None:
        return int(value) if value in one.pilihan else None
    if one.pilihan or not question.fits(value):
        return None
    return int(value) if value == int(value) else value
