"""What a merge did to each row, as frames for people."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from idmcli import columns as col
from idmcli.merge.choice import Version, latest
from idmcli.merge.compare import Conflict, Verdict
from idmcli.merge.result import CONFLICT_SCHEMA, FULLER, IDENTICAL, LEFT_SCHEMA, ORIGIN, OTHER_CHOSEN, PLACE_SCHEMA

BLANK = "(kosong)"
SEVERAL, ONE = "antarberkas", "satu berkas"
_BY = [col.TAHUN, col.KODE_DESA]


def left_out(desa: pl.DataFrame, verdict: Verdict) -> pl.DataFrame:
    """The rows that are not in the result, why, and what is used instead."""
    numbers = sorted(verdict.gone)
    origins = desa.get_column(ORIGIN)
    return (
        desa[numbers]
        .with_columns(
            pl.Series("karena", [verdict.gone[number][0] for number in numbers], dtype=pl.String),
            pl.Series("dipakai", [origins[verdict.gone[number][1]] for number in numbers], dtype=pl.String),
        )
        .select(list(LEFT_SCHEMA))
        .sort(_BY, nulls_last=True, maintain_order=True)
    )


def conflicts(
    desa: pl.DataFrame,
    isi: pl.DataFrame,
    verdict: Verdict,
    versions: Mapping[str, Version],
    order: Mapping[str, int],
) -> pl.DataFrame:
    """One row per village-year and column in which its rows differ."""
    known = _Known(desa, isi, versions, order)
    rows = [row for conflict in verdict.conflicts for row in known.differences(conflict)]
    return pl.DataFrame(rows, schema=CONFLICT_SCHEMA).sort(_BY, nulls_last=True, maintain_order=True)


def empty_rows(desa: pl.DataFrame, measures: pl.DataFrame) -> pl.DataFrame:
    """The rows in which nothing is filled in."""
    nothing = measures.select(pl.all_horizontal(pl.all().is_null())).to_series()
    return desa.filter(nothing).select(*PLACE_SCHEMA, ORIGIN)


def per_file(desa: pl.DataFrame, verdict: Verdict) -> pl.DataFrame:
    """What became of the rows of each file."""
    undecided = {row for one in verdict.conflicts if one.chosen is None for row in one.rows}
    why = [verdict.gone[row][0] if row in verdict.gone else "" for row in range(desa.height)]
    marked = desa.select(col.BERKAS).with_columns(
        pl.Series("karena", why, dtype=pl.String),
        pl.Series("terbuka", [row in undecided for row in range(desa.height)], dtype=pl.Boolean),
    )
    return marked.group_by(col.BERKAS, maintain_order=True).agg(
        baris=pl.len(),
        dipakai=(pl.col("karena") == "").sum(),
        sama=(pl.col("karena") == IDENTICAL).sum(),
        kalah_lengkap=(pl.col("karena") == FULLER).sum(),
        tidak_dipilih=(pl.col("karena") == OTHER_CHOSEN).sum(),
        konflik=pl.col("terbuka").sum(),
    )


@dataclass(frozen=True)
class _Known:
    """The rows that conflicts are told from."""

    desa: pl.DataFrame
    isi: pl.DataFrame
    versions: Mapping[str, Version]
    order: Mapping[str, int]

    def differences(self, conflict: Conflict) -> list[dict[str, object]]:
        """The columns in which the rows of a conflict differ, with what each one says."""
        rows = list(conflict.rows)
        there = self.desa[rows]
        origins: list[str] = there.get_column(ORIGIN).to_list()
        files: list[str] = there.get_column(col.BERKAS).to_list()
        place = {name: there.get_column(name)[0] for name in PLACE_SCHEMA}
        said = {
            "terbaru": latest(files, self.versions, self.order) if self._dated(files) else None,
            "dipakai": None if conflict.chosen is None else self.desa.get_column(ORIGIN)[conflict.chosen],
            "letak": SEVERAL if len(set(files)) == len(files) else ONE,
        }
        shown = self.isi[rows].with_columns(there.get_column(name) for name in col.PLACES)
        return [
            {**place, "kolom": name, "isi": [f"{one}: {_plain(text)}" for one, text in pairs], **said}
            for name in self.isi.columns
            if self.isi[rows].get_column(name).n_unique() > 1
            for pairs in [list(zip(origins, shown.get_column(name).to_list(), strict=True))]
        ]

    def _dated(self, files: list[str]) -> bool:
        """Whether one of the files was saved after the others."""
        moments = [self.versions[file].disimpan for file in set(files) if file in self.versions]
        return len(moments) == len(set(files)) > 1 and moments.count(max(moments)) == 1


def _plain(text: str | None) -> str:
    """A content for people: whole numbers without `.0`."""
    return BLANK if text is None else text.removesuffix(".0")
