"""The chosen steps as sheets: the list of works with totals of what is in view, totals by office and by place."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from idmcli import columns as col
from idmcli.rubric.actors import ACTOR_NAMES
from idmcli.sentences import said
from idmcli.words import whole
from idmcli.workbook.catalogue import Column, columns
from idmcli.workbook.paper import A4, Paper
from idmcli.workbook.sheets import Placed, SheetSpec
from idmcli.workbook.tally import Measure, Tally, tally

COST_NAMES: Final = {"rupiah": "Biaya (Rp)", "beban": "Beban kerja"}
"""What the price of a step is called by the unit of its costs; other units count steps and are not shown."""
SUM_BAND: Final = "Untuk penjumlahan"
ONCE: Final = "biaya_dihitung"
FIRST: Final = "hitung_desa"
FIRST_OF_OFFICE: Final = "hitung_desa_pelaku"
SHARED_NOTE: Final = (
    "Pekerjaan bersama (satu untuk beberapa desa) dihitung sekali: pada satu desa ditulis 1 pekerjaan dengan biayanya, "
    "pada desa lainnya 0."
)
PRINTED: Final = (
    *("prioritas", col.KODE_DESA, "desa", "kecamatan", "kabupaten", col.STATUS, "kode", "indikator", "langkah"),
    *("syarat_tujuan", "kegiatan", "tambahan"),
)
BEHIND: Final = ("target", "syarat_kini", "pendukung", "kelompok", "alasan_pelaku", "tahun_rencana")
NARROW: Final = {"desa": 17.0, "kecamatan": 16.0, "kabupaten": 13.0}
"""Widths at which names of places wrap, so that texts beside them find room on paper."""


def cost_column(satuan: str, nama: str = "biaya", *, grup: str = "") -> tuple[Column, ...]:
    """The column of prices in this unit; none where the price only counts steps."""
    title = COST_NAMES.get(satuan)
    return (Column(nama, title, "bulat", 17 if satuan == "rupiah" else 9, grup),) if title else ()


def named(works: pl.DataFrame) -> pl.DataFrame:
    """A worklist in words: step as `0 → 5`, actors and groups by name; and what tells a village's first row.

    Adds `hitung_desa` and `hitung_desa_pelaku` (1 on the first row of a village, and of a village with an office, else
    0): their sums count villages once, in any order of rows.
    """
    group = pl.col("kelompok")
    return works.with_columns(
        said("{} → {}", "dari", "ke").alias("langkah"),
        actor("pelaku").alias("pelaku"),
        pl.when(group.str.starts_with("kecamatan "))
        .then(said("Kecamatan {}", pl.coalesce("kecamatan", group.str.strip_prefix("kecamatan "))))
        .when(group.is_not_null())
        .then(said("Kawasan {}", group.str.strip_prefix("kawasan ")))
        .alias("kelompok"),
        pl.col("no").is_first_distinct().cast(pl.Int64).alias(FIRST),
        pl.struct("no", "pelaku", "instansi").is_first_distinct().cast(pl.Int64).alias(FIRST_OF_OFFICE),
    )


def narrowed(entries: Sequence[Column]) -> tuple[Column, ...]:
    """The entries, names of places (also of similar villages) in narrow wrapped columns."""
    return tuple(
        replace(entry, kind="panjang", width=NARROW[place])
        if (place := entry.nama.removesuffix("_mirip")) in NARROW
        else entry
        for entry in entries
    )


def actor(column: str) -> pl.Expr:
    """The names of actors instead of their codes."""
    return pl.col(column).replace(dict(ACTOR_NAMES))


def work_sheet(
    nama: str,
    judul: str,
    works: pl.DataFrame,
    satuan: str,
    keterangan: Sequence[str] = (),
    *,
    offices: bool = True,
    kertas: Paper = A4,
) -> SheetSpec:
    """The list of works: printed columns first, then what else is known, then what totals are made of.

    Args:
        nama: sheet name.
        judul: first line.
        works: as `named` gives them.
        satuan: unit of the costs.
        keterangan: further lines under the title.
        offices: whether actor and office stand in it (a list for one office does without).
        kertas: paper to print on.
    """
    who = ("pelaku", "instansi") if offices else ()
    shown = narrowed(columns(works, (*PRINTED, *who)))
    cost = cost_column(satuan, ONCE)
    alone = [replace(entry, judul=f"{entry.judul} bila sendiri") for entry in cost_column(satuan)]
    counts = (
        Column(FIRST, "Desa", "bulat", 7, SUM_BAND),
        *((Column(FIRST_OF_OFFICE, "Desa per instansi", "bulat", 9, SUM_BAND),) if offices else ()),
    )
    # Texts off the paper stay on one line, so that rows are only as tall as what is printed needs.
    behind = [replace(entry, kind="teks") if entry.kind == "panjang" else entry for entry in columns(works, BEHIND)]
    entries = (*shown, Column("pekerjaan", "Pekerjaan", "bulat", 11), *cost, *behind, *alone, *counts)
    once = works.get_column("kelompok").count() > 0
    return SheetSpec(
        nama=nama,
        judul=judul,
        frame=works,
        keterangan=(
            f"{whole(works.height)} langkah di {whole(works.get_column('no').n_unique())} desa.",
            *keterangan,
            *((SHARED_NOTE,) if once else ()),
        ),
        kolom=entries,
        beku=3,
        cetak_kolom=len(shown) + 1 + len(cost),
        kosong="Tidak ada langkah.",
        jumlah=frozenset({"pekerjaan", *(entry.nama for entry in cost)}),
        kertas=kertas,
    )


def totals(lembar: str, works: pl.DataFrame, where: Placed, keys: Sequence[str], satuan: str) -> Callable[[int], Tally]:
    """Villages, steps, works, gain and cost per actor and office or per place, by formulas over the list of works.

    Args:
        lembar: name of the sheet on which the totals stand.
        works: rows of the list, as `named` gives them.
        where: where the list stands.
        keys: columns of the list that a row stands for.
        satuan: unit of the costs.

    Returns:
        What makes the table once its 0-based first row is known, for `Stack.tally`.
    """
    count = Column("jumlah_desa", "Desa", "bulat")
    if "indikator" in keys:  # a village has one step per indicator
        villages = Measure(count, "banyak")
    else:
        villages = Measure(count, "jumlah", FIRST_OF_OFFICE if "instansi" in keys else FIRST)
    measures = [
        villages,
        Measure(Column("jumlah_baris", "Langkah", "bulat"), "banyak"),
        Measure(Column("jumlah_pekerjaan", "Pekerjaan", "bulat"), "jumlah", "pekerjaan"),
        Measure(Column("jumlah_tambahan", "Jumlah tambahan IDM", "selisih"), "jumlah", "tambahan"),
        *(Measure(entry, "jumlah", ONCE) for entry in cost_column(satuan, "biaya_jumlah")),
    ]
    entries = [replace(entry, kind="teks") for entry in columns(works, keys)]

    rows = _ordered(works, keys)

    def build(top: int) -> Tally:
        table = tally(SheetSpec(lembar, "", rows), rows, where, entries, measures, top)
        # A village with steps of two offices or two indicators counts once in the line of all together.
        once = pl.lit(int(works.get_column(FIRST).sum())).alias("jumlah_desa")
        formula = f"=SUM({where.area(FIRST)})"
        return replace(table, total=table.total.with_columns(once), rumus=table.rumus | {"jumlah_desa": formula})

    return build


def _ordered(works: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """The list in the order in which its totals stand: actors from pusat on, places by code, others by frequency."""
    if "pelaku" in keys:
        ranks = {name: rank for rank, name in enumerate(ACTOR_NAMES.values())}
        rank = pl.col("pelaku").replace_strict(ranks, default=len(ranks), return_dtype=pl.Int32)
        return works.sort(rank, "instansi", maintain_order=True)
    if "kabupaten" in keys:
        return works.sort(col.KODE_DESA, nulls_last=True, maintain_order=True)
    return works.sort(pl.len().over(*keys), descending=True, maintain_order=True)
