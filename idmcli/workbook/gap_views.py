"""The sheets of the gap workbook that compare: indicators over places, villages among others and beside like ones."""

from dataclasses import replace
from typing import Final

import polars as pl

from idmcli import columns as col
from idmcli.rubric.model import Rubric
from idmcli.workbook.catalogue import Column, columns
from idmcli.workbook.sheets import SheetSpec
from idmcli.workbook.steps import WHO, described, with_names, years
from idmcli.workbook.works import narrowed

FIRST_STEPS: Final = "LANGKAH PERTAMA"
LEVELS: Final = ("provinsi", "kabupaten", "kecamatan")


def indicator_sheet(level: str, frame: pl.DataFrame, where: str) -> SheetSpec:
    """INDIKATOR …: how many villages each indicator holds back, per place."""
    places = [name for name in LEVELS[: LEVELS.index(level) + 1] if name != "provinsi" or level == "provinsi"]
    names = [*places, *years(frame), "kode", "singkat", "dimensi", "jumlah_desa", "rata_skor", "desa_kurang"]
    entries = columns(frame, [*names, "desa_naik", "kurang", "tambahan", "dapat_digerakkan"])
    shown = tuple(replace(entry, width=34) if entry.nama == "singkat" else entry for entry in entries)
    return SheetSpec(
        f"INDIKATOR {level}".upper(),
        f"Indikator yang menahan desa, per {level} – {where}",
        frame,
        (
            "Desa naik bila penuh: desa yang statusnya naik bila indikator itu saja dijadikan penuh. Tambahan IDM: "
            "kenaikan rata-rata IDM wilayah bila penuh di semua desa.",
        ),
        kolom=shown,
        beku=len(places),
    )


def first_sheet(frame: pl.DataFrame, where: str) -> SheetSpec:
    """LANGKAH PERTAMA: where the best paths begin, and what they use."""
    counts = (
        Column("desa_mulai", "Desa yang mulai di sini", "bulat", 12),
        Column("bagian_mulai", "Bagian", "persen", 9),
        Column("desa_memakai", "Desa yang memakainya", "bulat", 12),
        Column("bagian_memakai", "Bagian", "persen", 9),
    )
    names = (replace(entry, width=40) if entry.nama == "singkat" else entry for entry in columns(frame, ["singkat"]))
    return SheetSpec(
        FIRST_STEPS,
        f"Langkah pertama jalur terkecil – {where}",
        frame,
        ("Mulai di sini: indikator yang paling banyak menambah IDM dalam jalur desa itu.",),
        kolom=(*columns(frame, ["kode"]), *names, *columns(frame, ["dimensi"]), *counts),
        beku=2,
    )


def standing_sheet(
    villages: pl.DataFrame, kekuatan: pl.DataFrame, kelemahan: pl.DataFrame, rubric: Rubric, where: str
) -> SheetSpec:
    """KEKUATAN: what sets a village apart from its neighbours, for better and for worse."""
    kinds = (("kekuatan", kekuatan), ("kelemahan", kelemahan))
    parts = [frame.with_columns(pl.lit(kind).alias("jenis")) for kind, frame in kinds if frame.height]
    both = pl.concat(parts).sort("no", "jenis", "urutan", maintain_order=True)
    shown = described(with_names(both, rubric), villages, (col.STATUS,))
    return SheetSpec(
        "KEKUATAN",
        f"Kekuatan dan kelemahan desa di antara tetangganya – {where}",
        shown,
        ("Dibandingkan dengan desa sekecamatan, sekabupaten, dan yang sama statusnya.",),
        kolom=(
            *columns(shown, [*WHO, *years(shown), col.STATUS]),
            Column("jenis", "Jenis", "teks", 11),
            *columns(shown, ["urutan", "kode", "indikator", "skor", "rata_kelompok"]),
            Column("keterangan", "Keterangan", "panjang", 48),
        ),
        beku=2,
        jumlah=frozenset(),
    )


def similar_sheet(villages: pl.DataFrame, mirip: pl.DataFrame, where: str) -> SheetSpec:
    """MIRIP: villages much alike that stand one status higher."""
    joined = pl.col("punya").list.join(", ") if mirip.schema["punya"] == pl.List(pl.String) else pl.col("punya")
    shown = described(mirip, villages, (col.STATUS,)).with_columns(joined)
    others = ["kode_desa_mirip", "desa_mirip", "kecamatan_mirip", "kabupaten_mirip", "status_mirip"]
    return SheetSpec(
        "MIRIP",
        f"Desa mirip yang sudah satu status lebih tinggi – {where}",
        shown,
        ("Tempat belajar: desa yang skor 50 indikatornya paling dekat, dan di mana skornya lebih tinggi.",),
        kolom=narrowed(columns(shown, [*WHO, *years(shown), col.STATUS, "urutan", *others, "jarak", "punya"])),
        beku=2,
        jumlah=frozenset(),
    )
