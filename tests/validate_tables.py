"""Village tables built by hand for the tests of `validate`: one sheet, a row per village, as normalise gives it."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import polars as pl

from idmcli.columns import IDENTITY, PROVENANCE, STATED_INDICES
from idmcli.regions import Regions, load_regions
from idmcli.rubric import load_rubric
from idmcli.rubric.model import Rubric
from idmcli.scoring import score, score_recap, scores_from_answers
from idmcli.tables import ColumnUse, Layout, Shape, VillageTable, column_letter
from idmcli.validate import validate

ORACLE = Path(__file__).parents[1] / "../shared/oracle"
HOW = ("cara_kode", "usulan_kode")


@cache
def rubric() -> Rubric:
    return load_rubric()


@cache
def regions() -> Regions:
    return load_regions()


def villages(number: int, *, skip: int = 0) -> list[dict[str, object]]:
    """The first villages of the reference, every score its highest, everything stated right."""
    rows = regions().frame.slice(skip, number).iter_rows(named=True)
    best: dict[str, object] = {code: max(rubric().by_code[code].allowed) for code in rubric().codes}
    stated = dict.fromkeys(STATED_INDICES, 1.0)
    return [
        {
            **{name: row[name] for name in IDENTITY if name != "tahun"},
            "tahun": 2024,
            **best,
            **stated,
            "status_terbit": "MANDIRI",
        }
        for row in rows
    ]


def table(
    rows: Sequence[Mapping[str, object]],
    typed: Mapping[tuple[int, str], str | None] | None = None,
    *,
    shape: Shape = "skor",
    sheet: str | None = "Data",
    missing: Sequence[str] = (),
    extra: Sequence[str] = (),
) -> VillageTable:
    """A table from rows as understood; `typed` says what stands in a cell (row from 0, column) that was not understood.

    Row 0 is row 2 of the sheet; columns stand from A in the order of the first row's keys.
    """
    names = [name for name in rows[0] if name not in HOW]
    answers = {one.nama: each.jawaban.jenis for each in rubric().indikator for one in each.jawaban.variabel}
    kinds: dict[str, type[pl.DataType] | pl.DataType] = {}
    for name in names:
        if name in rubric().codes:
            kinds[name] = pl.Int8
        elif name == "tahun":
            kinds[name] = pl.Int32
        elif name in STATED_INDICES or answers.get(name, "ada") not in {"ada", "pilihan"}:
            kinds[name] = pl.Float64
        else:
            kinds[name] = pl.String
    desa = pl.DataFrame([{name: row.get(name) for name in names} for row in rows], schema=kinds)
    place = {
        "berkas": pl.Series(["data.xlsx"] * len(rows)),
        "lembar": pl.Series([sheet] * len(rows), dtype=pl.String),
        "baris": pl.Series(range(2, len(rows) + 2), dtype=pl.Int64),
    }
    how = {
        name: pl.Series([row.get(name, "kode" if name == HOW[0] else None) for row in rows], dtype=pl.String)
        for name in HOW
    }
    raw = desa.with_columns(pl.all().cast(pl.String))
    for (row, name), text in (typed or {}).items():
        column = raw.get_column(name).to_list()
        column[row] = text
        raw = raw.with_columns(pl.Series(name, column, dtype=pl.String))
    uses = tuple(ColumnUse(name, name, column_letter(place)) for place, name in enumerate(names))
    layout = Layout(
        "data.xlsx",
        sheet,
        shape,
        (1,),
        tuple(use for use in uses if use.nama not in extra),
        extra=tuple(use for use in uses if use.nama in extra),
        missing=tuple(missing),
    )
    ordered = [*PROVENANCE, *names]
    return VillageTable(
        desa.with_columns(**place, **how).select(*ordered, *HOW),
        raw.with_columns(**place).select(ordered),
        shape,
        (layout,),
    )


def scored(data: VillageTable) -> pl.DataFrame:
    if data.shape == "rekap":
        return score_recap(data.desa, rubric())
    if data.shape == "isian":
        return score(scores_from_answers(data.desa, rubric()), rubric())
    return score(data.desa, rubric())


def judged(data: VillageTable, baseline: VillageTable | None = None) -> pl.DataFrame:
    before = scored(baseline) if baseline is not None else None
    return validate(data, scored(data), rubric=rubric(), regions=regions(), baseline=before)


def told(findings: pl.DataFrame) -> list[tuple[str, str | None]]:
    """Rule and cell of every finding."""
    return [(str(rule), cell) for rule, cell in findings.select("aturan", "sel").iter_rows()]
