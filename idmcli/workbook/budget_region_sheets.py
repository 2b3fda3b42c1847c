"""The sheets of the verified budgets of a kecamatan or kabupaten: ranking, recaps, what nobody budgets for."""

from typing import Final

import polars as pl

from idmcli.budget.recap import VERDICT_COLUMNS
from idmcli.budget.verify import Verification
from idmcli.sentences import said
from idmcli.words import whole
from idmcli.workbook.budget_sheets import MONEY, PEOPLE
from idmcli.workbook.catalogue import Column
from idmcli.workbook.sheets import SheetSpec

RULE: Final = (
    "Diharapkan: bila langkah jalur terkecil yang dianggarkan langsung berhasil. Terkait: belanja yang menjawab "
    "sedikitnya satu indikator lemah, setiap baris dihitung sekali."
)


def ranking_sheet(hasil: Verification, judul: str) -> SheetSpec:
    """The villages, those whose budgets answer the fewest of their weak indicators last."""
    share = pl.col("dianggarkan") / pl.when(pl.col("lemah_desa") > 0).then("lemah_desa")
    rows = (
        hasil.desa.with_columns(
            share.alias("cakupan"),
            (pl.col("terkait") / pl.when(pl.col("belanja") > 0).then("belanja")).alias("bagian_terkait"),
            (pl.col("terkait_langsung") / pl.when(pl.col("belanja") > 0).then("belanja")).alias("bagian_langsung"),
            said("{} dari {}", "langkah_dianggarkan", "langkah").alias("jalur_dianggarkan"),
        )
        .sort("cakupan", "bagian_langsung", "kode_desa", descending=[True, True, False], nulls_last=True)
        .with_row_index("peringkat", 1)
        .with_columns(pl.col("peringkat").cast(pl.Int64))
    )
    entries = (
        Column("peringkat", "Peringkat", "nomor", 9),
        *PEOPLE[1:],
        Column("status", "Status kini", "status", 19),
        Column("putusan", "Usulan putusan", "teks", 16),
        Column("cakupan", "Cakupan indikator lemah", "persen", 10),
        Column("lemah_desa", "Lemah, kewenangan desa", "bulat", 11),
        Column("dianggarkan", "Dianggarkan", "bulat", 12),
        Column("hanya_pendukung", "Hanya pendukung", "bulat", 10),
        Column("belum_dianggarkan", "Belum dianggarkan", "bulat", 12),
        Column("belanja", "Belanja (Rp)", "bulat", MONEY),
        Column("terkait_langsung", "Terkait langsung (Rp)", "bulat", MONEY),
        Column("bagian_langsung", "Bagian langsung", "persen", 9),
        Column("terkait", "Terkait (Rp)", "bulat", MONEY),
        Column("bagian_terkait", "Bagian terkait", "persen", 9),
        Column("jalur_dianggarkan", "Langkah jalur dianggarkan", "teks", 11),
        Column("status_harapan", "Status diharapkan", "status", 19),
        Column("idm_harapan", "IDM diharapkan", "indeks", 11),
        Column("temuan_galat", "Kesalahan berkas", "bulat", 9),
        PEOPLE[0],
    )
    return SheetSpec(
        "DESA",
        judul,
        rows,
        (f"{whole(rows.height)} desa dengan RAPBDes, menurut cakupan: bagian indikator lemah yang dianggarkan.", RULE),
        kolom=entries,
        beku=2,
        cetak_kolom=[entry.nama for entry in entries].index("terkait"),
        kosong="Tidak ada desa dengan RAPBDes.",
        jumlah=frozenset({"belanja", "terkait", "terkait_langsung", "belum_dianggarkan"}),
    )


def recap_sheet(recap: pl.DataFrame, level: str) -> SheetSpec:
    """Villages, verdicts and coverage per kecamatan or kabupaten."""
    entries = (
        Column("kode", "Kode", "teks", 9),
        *((Column("kecamatan", "Kecamatan", "teks", 22),) if level == "kecamatan" else ()),
        Column("kabupaten", "Kabupaten", "teks", 18),
        Column("jumlah_desa", "Desa dengan RAPBDes", "bulat", 10),
        Column("tanpa_berkas", "Desa tanpa berkas", "bulat", 10),
        *(Column(name, verdict.capitalize(), "bulat", 10) for verdict, name in VERDICT_COLUMNS.items()),
        Column("belanja", "Belanja (Rp)", "bulat", MONEY + 2),
        Column("terkait_langsung", "Terkait langsung (Rp)", "bulat", MONEY + 2),
        Column("terkait", "Terkait (Rp)", "bulat", MONEY + 2),
        Column("lemah_desa", "Indikator lemah, kewenangan desa", "bulat", 12),
        Column("dianggarkan", "Dianggarkan", "bulat", 12),
        Column("belum_dianggarkan", "Belum dianggarkan", "bulat", 12),
        Column("naik", "Desa naik status bila berhasil", "bulat", 12),
        Column("temuan_galat", "Kesalahan berkas", "bulat", 10),
    )
    return SheetSpec(
        level.upper(),
        f"Rekap per {level}",
        recap,
        kolom=entries,
        beku=2,
        jumlah=frozenset(entry.nama for entry in entries if entry.kind == "bulat"),
    )


def neglected_sheet(indicators: pl.DataFrame) -> SheetSpec:
    """Indicators by how many villages lack them without any budget; those that nobody budgets for first."""
    rows = indicators.with_columns(
        (pl.col("dianggarkan") + pl.col("hanya_pendukung") == 0).alias("tanpa_anggaran"),
        (pl.col("belum_dianggarkan") / pl.col("desa_lemah")).alias("bagian_belum"),
    ).sort("tanpa_anggaran", "bagian_belum", "belum_dianggarkan", descending=True, maintain_order=True)
    entries = (
        Column("kode", "Kode indikator", "teks", 9),
        Column("singkat", "Indikator", "panjang", 26),
        Column("dimensi", "Dimensi", "teks", 9),
        Column("desa_lemah", "Desa yang lemah", "bulat", 9),
        Column("belum_dianggarkan", "Belum dianggarkan", "bulat", 12),
        Column("hanya_pendukung", "Hanya pendukung", "bulat", 12),
        Column("dianggarkan", "Dianggarkan", "bulat", 12),
        Column("bagian_belum", "Bagian belum", "persen", 9),
        Column("tanpa_anggaran", "Tidak seorang pun menganggarkan", "ya", 16),
        Column("langkah", "Langkah jalur di desa", "bulat", 10),
        Column("langkah_belum", "di antaranya belum", "bulat", 11),
        Column("anggaran_langsung", "Langsung (Rp)", "bulat", MONEY + 2),
        Column("anggaran_pendukung", "Pendukung (Rp)", "bulat", MONEY + 2),
    )
    return SheetSpec(
        "INDIKATOR",
        "Uang menurut indikator, dan indikator yang tidak dianggarkan",
        rows,
        (
            "Indikator lemah dalam kewenangan desa, yang tidak dianggarkan siapa pun lebih dahulu. Satu kegiatan dapat "
            "menjawab beberapa indikator: jumlah kolom rupiah bukan jumlah belanja.",
        ),
        kolom=entries,
        beku=2,
        jumlah=frozenset(),
    )


def absent_sheet(absent: pl.DataFrame) -> SheetSpec:
    """Villages without a file."""
    return SheetSpec(
        "TANPA BERKAS",
        "Desa tanpa RAPBDes",
        absent,
        ("Desa dalam data IDM yang RAPBDes-nya belum ada di antara berkas yang dibaca.",),
        kolom=(*PEOPLE, Column("kabupaten", "Kabupaten", "teks", 18), Column("status", "Status kini", "status", 19)),
        beku=2,
        kosong="Semua desa menyerahkan RAPBDes.",
        jumlah=frozenset(),
    )
