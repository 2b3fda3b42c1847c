"""What is judged, and how a rule's result becomes findings with provenance, cell address, tingkat and advice.

A rule yields drafts: `row` (number of the row in the table), `kolom` (the column it is about) and `pesan`. So that
75,000 rows without findings cost next to nothing, every rule first looks at whole columns and builds words for findings
only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import polars as pl

from idmcli.columns import BARIS, BERKAS, KODE_DESA, LEMBAR, STATED_INDICES, TAHUN
from idmcli.findings import SCHEMA, no_findings
from idmcli.regions import Regions
from idmcli.rubric.model import Indicator, Rubric
from idmcli.tables import Layout, VillageTable, cell_address
from idmcli.validate.catalog import Catalog

ROW: Final = "row"
TYPED: Final = "typed"
BEFORE: Final = "_lalu"
"""Suffix of a column of the year before beside this year's."""

_SHEET: Final = (BERKAS, LEMBAR)
_CELLS: Final = pl.Schema(
    {BERKAS: pl.String, LEMBAR: pl.String, "kolom": pl.String, "depan": pl.String, "huruf": pl.String}
)


@dataclass(frozen=True)
class Subject:
    """The table to judge with everything a rule may look at.

    `scored` holds the rows of `table.desa` in the same order with the computed columns; `baseline` is the scored frame
    of earlier years, or None.
    """

    table: VillageTable
    scored: pl.DataFrame
    rubric: Rubric
    regions: Regions
    catalog: Catalog
    baseline: pl.DataFrame | None = None

    @cached_property
    def desa(self) -> pl.DataFrame:
        """The rows as understood, numbered."""
        return self.table.desa.with_row_index(ROW)

    @cached_property
    def computed(self) -> pl.DataFrame:
        """The rows with computed figures, numbered."""
        return self.scored.with_row_index(ROW)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The indicators that the input holds as scores."""
        return tuple(code for code in self.rubric.codes if code in self.table.desa.columns)

    @cached_property
    def answers(self) -> dict[str, list[Indicator]]:
        """The raw answers that the input holds, each with the indicators that rest on it."""
        found: dict[str, list[Indicator]] = {}
        for indicator in self.rubric.indikator:
            for variable in indicator.jawaban.variabel:
                if variable.nama in self.table.desa.columns:
                    found.setdefault(variable.nama, []).append(indicator)
        return found

    def column_of(self, kode: str) -> str:
        """The column of the input where an indicator's score stands, or else the first answer behind it."""
        if kode in self.codes or kode not in self.rubric.by_code:
            return kode
        names = (variable.nama for variable in self.rubric.by_code[kode].jawaban.variabel)
        return next((name for name in names if name in self.answers), kode)

    @cached_property
    def figures(self) -> tuple[str, ...]:
        """Every column of the input that should hold a score, an answer or an index."""
        stated = (name for name in STATED_INDICES if name in self.table.desa.columns)
        return (*self.codes, *self.answers, *stated)

    @cached_property
    def bare(self) -> pl.Series:
        """Numbers of the rows without a single figure: one finding each, none about their cells."""
        empty = [pl.col(name).is_null() for name in self.figures]
        return self.desa.filter(pl.all_horizontal(empty) if empty else pl.lit(value=False)).get_column(ROW)

    @cached_property
    def previous(self) -> pl.DataFrame | None:
        """Per row the same village in the latest baseline year before its own: `row`, and the baseline's columns.

        Rows of unknown year are compared with the latest year there is. Only rows with such a village are in it.
        """
        if self.baseline is None:
            return None
        latest, earliest = 9999, 0
        now = self.desa.select(ROW, KODE_DESA, pl.col(TAHUN).fill_null(latest).cast(pl.Int32).alias("_tahun"))
        before = (
            self.baseline.filter(pl.col(KODE_DESA).is_not_null())
            .with_columns(pl.col(TAHUN).fill_null(earliest).cast(pl.Int32).alias("_tahun"))
            .unique([KODE_DESA, "_tahun"], keep="first", maintain_order=True)
            .sort("_tahun")
        )
        return (
            now.filter(pl.col(KODE_DESA).is_not_null())
            .sort("_tahun")
            .join_asof(
                before.with_columns(pl.lit(value=True).alias("_ada")),
                on="_tahun",
                by=KODE_DESA,
                allow_exact_matches=False,
                check_sortedness=False,
            )
            .filter(pl.col("_ada"))
            .drop("_tahun", "_ada", KODE_DESA)
            .sort(ROW)
        )

    def is_blank(self, text: pl.Expr) -> pl.Expr:
        """Whether a cell as typed holds nothing, or a word that offices write for nothing."""
        left = text.str.to_uppercase().str.replace_all(r"[^\p{L}\p{N}]", "")
        return text.is_null() | (left == "") | left.is_in(list(self.catalog.kosong))

    def typed(self, rows: pl.Series, kolom: str) -> pl.Series:
        """What stands in column `kolom` of these rows, as typed; null where the input has no such column."""
        if kolom not in self.table.mentah.columns:
            return pl.Series(TYPED, [None] * len(rows), dtype=pl.String)
        return self.table.mentah.get_column(kolom).cast(pl.String).gather(rows).alias(TYPED)

    def cells(self, kolom: str, wrong: pl.Expr) -> pl.DataFrame:
        """Wrong cells of a column: `row`, `kolom`, `typed`; none of bare rows or of sheets without the column."""
        rows = self.desa.filter(wrong & ~pl.col(ROW).is_in(self.bare.implode()) & ~self.absent(kolom)).get_column(ROW)
        return pl.DataFrame([rows, self.typed(rows, kolom)]).with_columns(kolom=pl.lit(kolom))

    def absent(self, kolom: str) -> pl.Expr:
        """Whether the sheet of a row lacks the column: its cells are unknown then, not empty."""
        sheets = [layout for layout in self.table.layouts if kolom in layout.missing]
        return pl.any_horizontal(
            pl.lit(value=False),
            *((pl.col(BERKAS) == sheet.berkas) & pl.col(LEMBAR).eq_missing(pl.lit(sheet.lembar)) for sheet in sheets),
        )

    @cached_property
    def _cells(self) -> pl.DataFrame:
        """Where every column of every sheet stands: prefix (`Sheet!`) and letter, or the path inside a document."""
        found = [
            (layout.berkas, layout.lembar, use.nama, cell_address(layout.lembar, ""), use.letter)
            for layout in self.table.layouts
            for use in (*layout.columns, *layout.extra, *layout.duplicates)
        ]
        return pl.DataFrame(found, schema=_CELLS, orient="row").unique(
            [*_SHEET, "kolom"], keep="first", maintain_order=True
        )

    @cached_property
    def _documents(self) -> pl.DataFrame:
        """The same for ministry documents, whose rows carry their own file name."""
        files = [layout.berkas for layout in self.table.layouts if layout.shape == "rumusan"]
        cells = self._cells.filter(pl.col(BERKAS).is_in(files))
        return cells.select("kolom", depan_dok="depan", huruf_dok="huruf").unique("kolom", keep="first")

    @cached_property
    def _anchors(self) -> pl.DataFrame:
        """Per sheet the column that stands for the whole row: the code, else the name, else the first one."""
        rank = {KODE_DESA: 0, "desa": 1}
        order = pl.col("kolom").replace_strict(rank, default=2, return_dtype=pl.Int8)
        cells = self._cells.filter(pl.col("huruf").str.contains(r"^[A-Z]+$"))
        return (
            cells.sort(order, maintain_order=True)
            .unique(list(_SHEET), keep="first", maintain_order=True)
            .select(*_SHEET, depan_baris="depan", huruf_baris="huruf")
        )

    def addresses(self, cells: pl.DataFrame) -> pl.Series:
        """Cell addresses (`Sheet!E12`) of frame `cells` with `row` and `kolom`, in its order."""
        letter = pl.coalesce("huruf", "huruf_dok", "huruf_baris")
        prefix = pl.coalesce("depan", "depan_dok", "depan_baris")
        place = self.desa.select(ROW, *_SHEET, BARIS)
        return (
            cells.select(ROW, "kolom")
            .join(place, on=ROW, how="left", maintain_order="left")
            .join(self._cells, on=[*_SHEET, "kolom"], how="left", nulls_equal=True, maintain_order="left")
            .join(self._documents, on="kolom", how="left", maintain_order="left")
            .join(self._anchors, on=list(_SHEET), how="left", nulls_equal=True, maintain_order="left")
            .select(
                pl.when(letter.str.contains(r"^[A-Z]+$"))
                .then(pl.concat_str(prefix, letter, pl.col(BARIS).cast(pl.String)))
                .otherwise(letter)
                .alias("sel")
            )
            .to_series()
        )

    def at_rows(self, aturan: str, drafts: pl.DataFrame) -> pl.DataFrame:
        """Findings of one rule about rows of the table.

        Args:
            aturan: the rule's name.
            drafts: `row`, `kolom`, `pesan`.
        """
        if drafts.is_empty():
            return no_findings()
        drafts = drafts.select(pl.col(ROW).cast(pl.UInt32), pl.col("kolom").cast(pl.String), "pesan")
        parts = [
            part.with_columns(self.typed(part.get_column(ROW), str(kolom)).alias("isi"))
            for (kolom,), part in drafts.group_by("kolom", maintain_order=True)
        ]
        cells = pl.concat(parts)
        return self._complete(
            aturan,
            cells.with_columns(self.addresses(cells)).join(
                self.desa.select(ROW, *_SHEET, BARIS, KODE_DESA, "desa"), on=ROW, how="left", maintain_order="left"
            ),
        )

    def elsewhere(self, aturan: str, records: Sequence[Mapping[str, object]]) -> pl.DataFrame:
        """Findings of one rule that are about no village row: a sheet, a column, a document, a missing village.

        Args:
            aturan: the rule's name.
            records: what is known of `berkas, lembar, baris, sel, kode_desa, desa, kolom, isi`, and `pesan`.
        """
        if not records:
            return no_findings()
        return self._complete(
            aturan, pl.DataFrame([{name: one.get(name) for name in SCHEMA} for one in records], SCHEMA)
        )

    def _complete(self, aturan: str, frame: pl.DataFrame) -> pl.DataFrame:
        """The contract's columns, with what the rule's data say."""
        rule = self.catalog.by_name[aturan]
        return frame.with_columns(aturan=pl.lit(aturan), tingkat=pl.lit(rule.tingkat), saran=pl.lit(rule.saran)).select(
            pl.col(name).cast(kind) for name, kind in SCHEMA.items()
        )


def layout_record(layout: Layout, **more: object) -> dict[str, object]:
    """A record for `Subject.elsewhere` about a sheet."""
    return {BERKAS: layout.berkas, LEMBAR: layout.lembar, **more}


DRAFT: Final = {ROW: pl.UInt32, "kolom": pl.String, "pesan": pl.String}
