"""The tables of the plan workbook."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import polars as pl

from idmcli import columns as col
from idmcli.rubric.model import Rubric
from idmcli.words import whole
from idmcli.workbook.catalogue import Column, columns
from idmcli.workbook.paper import A4, Paper
from idmcli.workbook.sheets import Placed, SheetSpec, placed_at
from idmcli.workbook.steps import WHO
from idmcli.workbook.tally import Measure, Tally, tally
from idmcli.workbook.works import ONCE, actor, cost_column

NOW_BAND = "Status kini"
THEN_BAND = "Status menurut rencana"
EVERYONE = "semua"


def planned(villages: pl.DataFrame, works: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """The villages with `naik` (ya/tidak), IDM and gain after the plan, and how many steps and what cost they have."""
    shares = works.group_by("no").agg(
        pl.len().cast(pl.Int64).alias("jumlah_langkah"), pl.col(ONCE).sum(), pl.col("prioritas").min()
    )
    others = villages.drop("jumlah_langkah", strict=False)  # of the village's own path, in the plan or not
    return others.join(shares, on="no", how="left", maintain_order="left").with_columns(
        pl.when("naik_rencana").then(pl.lit("ya")).otherwise(pl.lit("tidak")).alias("naik"),
        (pl.col("idm_k_rencana") / rubric.scale).alias("idm_rencana"),
        ((pl.col("idm_k_rencana") - pl.col(col.IDM_K)) / rubric.scale).alias("tambahan"),
        pl.col("jumlah_langkah", ONCE).fill_null(0),
    )


def village_sheet(people: pl.DataFrame, judul: str, satuan: str, kertas: Paper = A4) -> SheetSpec:
    """DESA: every planned village, now and after the plan."""
    entries = (
        *columns(people, [*WHO, "idm", col.STATUS]),
        *columns(people, ["naik", "status_rencana", "idm_rencana", "tambahan"]),
        Column("jumlah_langkah", "Langkah", "bulat", 9),
        *cost_column(satuan, ONCE),
        *columns(people, ["prioritas"]),
    )
    return SheetSpec(
        "DESA",
        judul,
        people,
        (f"{whole(people.height)} desa. Prioritas 1 paling mendesak; kosong: tanpa langkah dalam rencana ini.",),
        kolom=entries,
        beku=2,
        jumlah=frozenset({"jumlah_langkah", *(entry.nama for entry in cost_column(satuan, ONCE))}),
        kertas=kertas,
    )


def rises(lembar: str, people: pl.DataFrame, where: Placed, order: Sequence[str]) -> Callable[[int], Tally]:
    """Villages that rise, and counts of statuses before and after, per kabupaten, by formulas over DESA."""
    now = [
        Measure(
            Column(f"kini_{nama}", nama.title(), "bulat", grup=NOW_BAND), "banyak", syarat=((col.STATUS, "=", nama),)
        )
        for nama in order
    ]
    then = [
        Measure(
            Column(f"nanti_{nama}", nama.title(), "bulat", grup=THEN_BAND),
            "banyak",
            syarat=(("status_rencana", "=", nama),),
        )
        for nama in order
    ]
    measures = [
        Measure(Column("banyak", "Desa", "bulat"), "banyak"),
        Measure(Column("banyak_naik", "Naik", "bulat"), "banyak", syarat=(("naik", "=", "ya"),)),
        *now,
        *then,
    ]
    rows = people.sort(col.KODE_DESA, nulls_last=True, maintain_order=True)
    key = [replace(entry, kind="teks") for entry in columns(people, ["kabupaten"])]
    return lambda top: tally(SheetSpec(lembar, "", rows), rows, where, key, measures, top)


def budget_table(lembar: str, pemakaian: pl.DataFrame, top: int) -> SheetSpec:
    """Budgets and capacities: limit, use, rest and share, one line per limit.

    Args:
        lembar: name of the sheet.
        pemakaian: see `PlanTables`.
        top: 0-based row in which the table begins.
    """
    who = (
        actor("pelaku").fill_null(EVERYONE).alias("pelaku"),
        pl.col("instansi").fill_null(EVERYONE),
        pl.when(pl.col("wilayah").fill_null("") == "").then(pl.lit(EVERYONE)).otherwise("wilayah").alias("wilayah"),
    )
    kinds = (("anggaran", "biaya"), ("kapasitas", "pekerjaan"))
    parts = [
        pemakaian.with_row_index("urut")
        .filter(pl.col(limit).is_not_null())
        .select(
            "urut",
            *who,
            pl.lit(limit).alias("jenis"),
            pl.col(limit).cast(pl.Int64).alias("batas"),
            pl.col(used).cast(pl.Int64).alias("terpakai"),
        )
        for limit, used in kinds
    ]
    frame = (
        pl.concat(parts)
        .sort("urut", "jenis", maintain_order=True)
        .with_columns(
            (pl.col("batas") - pl.col("terpakai")).alias("sisa"),
            pl.when(pl.col("batas") > 0).then(pl.col("terpakai") / pl.col("batas")).alias("bagian"),
        )
    )
    entries = (
        *(Column(nama, judul) for nama, judul in (("instansi", "Instansi"), ("pelaku", "Pelaku"), ("wilayah", "Kode"))),
        Column("jenis", "Batas atas"),
        *(
            Column(nama, judul, "bulat")
            for nama, judul in (("batas", "Batas"), ("terpakai", "Terpakai"), ("sisa", "Sisa"))
        ),
        Column("bagian", "Terpakai", "persen"),
    )
    spec = SheetSpec(lembar, "", frame, kolom=entries)
    letter = placed_at(spec, top).letters
    return replace(
        spec,
        rumus={
            "sisa": lambda row: f"={letter['batas']}{row}-{letter['terpakai']}{row}",
            "bagian": lambda row: f"={letter['terpakai']}{row}/{letter['batas']}{row}",
        },
    )


def shared_sheet(bersama: pl.DataFrame, rubric: Rubric, satuan: str, about: str, kertas: Paper = A4) -> SheetSpec:
    """BERSAMA: works that serve several villages, each once."""
    shown = bersama.with_columns(
        actor("pelaku").alias("pelaku"),
        pl.col("anggota").list.join(", "),
        (pl.col("tambahan_k") / rubric.scale).alias("tambahan"),
    )
    entries = (
        *columns(shown, ["nama_kelompok", "kode", "indikator", "pelaku", "instansi", "jumlah_desa", "anggota"]),
        *cost_column(satuan),
        *(replace(entry, judul="Tambahan IDM semua desa") for entry in columns(shown, ["tambahan"])),
        *columns(shown, ["pendukung"]),
    )
    return SheetSpec(
        "BERSAMA",
        f"Pekerjaan bersama dalam {about}",
        shown,
        (f"{whole(shown.height)} pekerjaan, masing-masing dihitung sekali untuk semua desanya.",),
        kolom=entries,
        beku=1,
        jumlah=frozenset(entry.nama for entry in cost_column(satuan)),
        kertas=kertas,
    )
