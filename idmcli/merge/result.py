"""What comes out of a merge: the rows that stay, and one frame for each thing that the officer must know."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import polars as pl

from idmcli import columns as col
from idmcli.merge.choice import Version
from idmcli.tables import Layout, Shape

ORIGIN: Final = "asal"
"""Where a row of the result comes from: file, sheet and row."""
IDENTICAL, FULLER, OTHER_CHOSEN = "isinya sama", "kalah lengkap", "tidak dipilih"
"""Why a row is not in the result."""
PLACE_SCHEMA: Final[dict[str, pl.DataType]] = {
    col.KODE_DESA: pl.String(),
    **{name: pl.String() for name in reversed(col.PLACES)},
    col.TAHUN: pl.Int32(),
}
"""Which village and year a row of a report is about, in the order in which people read it."""
LEFT_SCHEMA: Final = {**PLACE_SCHEMA, ORIGIN: pl.String(), "berkas": pl.String(), "karena": pl.String()} | {
    "dipakai": pl.String()
}
CONFLICT_SCHEMA: Final = {**PLACE_SCHEMA, "kolom": pl.String(), "isi": pl.List(pl.String()), "terbaru": pl.String()} | {
    "dipakai": pl.String(),
    "letak": pl.String(),
}


@dataclass(frozen=True)
class Merged:
    """The result of a merge; every frame is ordered by year, village and then as the files were named.

    Attributes:
        desa: the rows that stay, typed as in `VillageTable.desa`, with `asal`; a village stands twice only where its
            rows contradict each other and none was chosen.
        mentah: the same rows as typed, for cells that could not be understood.
        shape: `skor` (ministry documents too), `isian` or `rekap`.
        layouts: of every file, for the columns.
        versions: when each file was saved.
        dilepas: rows that are not in the result: place, `asal`, `berkas`, `karena` (same content, less complete, not
            chosen) and the `asal` of the row used instead.
        konflik: one row per village-year and column in which rows contradict each other: `isi` one text per row
            (`v1.xlsx, lembar ISIAN, baris 7: 5`), the file saved last, the `asal` used (null while nothing was chosen)
            and `letak` (`antarberkas`, or `satu berkas` where one file holds several of these rows).
        kosong: rows of the result in which no score, answer or figure is filled in.
        tidak_ada: villages that should be there and are not, with their year (null where no year is known).
        wilayah: the code prefixes whose villages should be there; empty where no reference is kept.
        struktur: columns that some files have and others lack: `kolom`, `wajib` (needed for the shape), `tidak_ada`
            (files), `ada` (number of files).
        berkas: per file `baris`, `dipakai`, `sama`, `kalah_lengkap`, `tidak_dipilih`, `konflik` (rows undecided).
        tahun_diisi: files without a year, whose rows took the only year that the others name.
    """

    desa: pl.DataFrame
    mentah: pl.DataFrame
    shape: Shape
    layouts: tuple[Layout, ...]
    versions: Mapping[str, Version]
    dilepas: pl.DataFrame
    konflik: pl.DataFrame
    kosong: pl.DataFrame
    tidak_ada: pl.DataFrame
    wilayah: tuple[str, ...]
    struktur: pl.DataFrame
    berkas: pl.DataFrame
    tahun_diisi: tuple[str, ...] = ()

    @cached_property
    def terbuka(self) -> pl.DataFrame:
        """The contradictions that nobody has decided."""
        return self.konflik.filter(pl.col("dipakai").is_null())

    @cached_property
    def tanpa_kode(self) -> int:
        """Rows of the result whose village is unknown."""
        return self.desa.get_column(col.KODE_DESA).null_count()

    @cached_property
    def tahun(self) -> tuple[int | None, ...]:
        """The years of the result, ascending; None last, where some rows have none."""
        years = self.desa.get_column(col.TAHUN).unique().to_list()
        return (*sorted(year for year in years if year is not None), *([None] if None in years else []))

    @cached_property
    def leftovers(self) -> Mapping[str, pl.Series]:
        """What was typed in the cells that could not be understood, for the columns that have such cells.

        Written beside the understood values, nothing that an office typed is lost, and `validate` finds it again.
        """
        found: dict[str, pl.Series] = {}
        for name in self.desa.columns:
            if name in self.mentah.columns and name not in col.PROVENANCE:
                typed = self.mentah.get_column(name)
                left = pl.select(pl.when(self.desa.get_column(name).is_null()).then(typed)).to_series()
                if left.null_count() < left.len():
                    found[name] = left.alias(name)
        return found

    def written(self) -> pl.DataFrame:
        """The rows as a data file holds them, without provenance but `asal`.

        A column with cells that were not understood becomes text, its other cells as the numbers they are.
        """
        shown = self.desa.drop(name for name in col.PROVENANCE if name in self.desa.columns)
        return shown.with_columns(
            pl.coalesce(pl.col(name).cast(pl.String), left).alias(name)
            for name, left in self.leftovers.items()
            if name in shown.columns
        )
