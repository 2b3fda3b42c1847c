"""The sheets of the gap workbook that go village by village: paths, alternatives, deficits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import polars as pl

from idmcli import columns as col
from idmcli.rubric.model import Rubric
from idmcli.sentences import said
from idmcli.words import whole
from idmcli.workbook.catalogue import Column, columns
from idmcli.workbook.gap_views import first_sheet, indicator_sheet, similar_sheet, standing_sheet
from idmcli.workbook.sheets import SheetSpec
from idmcli.workbook.steps import WHO, described, with_actors, with_words, years
from idmcli.workbook.works import cost_column, narrowed

STATES: Final = {
    "tercapai": "sudah tercapai",
    "ada_jalur": "ada jalur",
    "tak_terjangkau": "tidak terjangkau",
    "tidak_dihitung": "tidak dihitung",
}


def _tables() -> pl.DataFrame:
    return pl.DataFrame()


@dataclass(frozen=True)
class GapTables:
    """What the workbook shows beside the villages; a table without rows has no sheet.

    Attributes:
        langkah: `Paths.langkah`.
        alternatif: `Paths.alternatif`.
        kesenjangan: `gap.deficits`; only rows that lack something are shown.
        indikator: level (`provinsi`, `kabupaten`) to `gap.indicator_recap`.
        langkah_pertama: `gap.first_steps`.
        kekuatan: `gap.strengths`.
        kelemahan: `gap.weaknesses`.
        mirip: `gap.similar`.
    """

    langkah: pl.DataFrame = field(default_factory=_tables)
    alternatif: pl.DataFrame = field(default_factory=_tables)
    kesenjangan: pl.DataFrame = field(default_factory=_tables)
    indikator: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    langkah_pertama: pl.DataFrame = field(default_factory=_tables)
    kekuatan: pl.DataFrame = field(default_factory=_tables)
    kelemahan: pl.DataFrame = field(default_factory=_tables)
    mirip: pl.DataFrame = field(default_factory=_tables)


def gap_sheets(
    villages: pl.DataFrame, rubric: Rubric, satuan: str, where: str, tables: GapTables
) -> Iterator[SheetSpec]:
    """All sheets in order; the first one always stands."""
    yield village_sheet(villages, rubric, satuan, where)
    if tables.langkah.height:
        yield _path_sheet(villages, tables.langkah, rubric, satuan, where)
    if tables.alternatif.height:
        yield _alternative_sheet(villages, tables.alternatif, rubric, satuan, where)
    if tables.kesenjangan.height:
        yield _deficit_sheet(tables.kesenjangan, where)
    for level, frame in tables.indikator.items():
        yield indicator_sheet(level, frame, where)
    if tables.langkah_pertama.height:
        yield first_sheet(tables.langkah_pertama, where)
    if tables.kekuatan.height or tables.kelemahan.height:
        yield standing_sheet(villages, tables.kekuatan, tables.kelemahan, rubric, where)
    if tables.mirip.height:
        yield similar_sheet(villages, tables.mirip, where)


def village_sheet(villages: pl.DataFrame, rubric: Rubric, satuan: str, where: str) -> SheetSpec:
    """DESA: what each village is, what it lacks, the path or why there is none, and where it leads."""
    shown = villages.with_columns(
        pl.col("keadaan").replace(STATES),
        (pl.col("butuh_k") / rubric.scale).alias("butuh"),
        (pl.col("tambahan_k") / rubric.scale).alias("tambahan"),
        pl.coalesce("jalur", "alasan_jalur").alias("jalur"),
    )
    entries = (
        *columns(shown, [*WHO, *years(villages), "idm", col.STATUS, "target", "keadaan", "butuh"]),
        *(replace(entry, judul="Jalur terkecil, atau mengapa tidak ada") for entry in columns(shown, ["jalur"])),
        *columns(shown, ["jumlah_langkah"]),
        *cost_column(satuan),
        *columns(shown, ["idm_baru", "status_baru", "tambahan", "jalur_setara"]),
    )
    printed = next(number for number, entry in enumerate(entries, 1) if entry.nama == "idm_baru")
    return SheetSpec(
        "DESA",
        f"Jalur terkecil tiap desa – {where}",
        shown,
        (
            f"{whole(shown.height)} baris; edisi {rubric.edisi}. Jalur dibaca: indikator skor kini→skor tujuan; "
            "rinciannya di lembar JALUR.",
            "Jalur setara: banyaknya jalur yang sama ringannya, termasuk yang ini; 1 berarti hanya ini.",
        ),
        kolom=tuple(entries),
        beku=2,
        cetak_kolom=printed,
        jumlah=_sums(satuan, "jumlah_langkah"),
    )


def _sums(satuan: str, *names: str) -> frozenset[str]:
    """The columns to sum: these, and the cost where it is shown."""
    return frozenset({*names, *(entry.nama for entry in cost_column(satuan))})


def _path_sheet(villages: pl.DataFrame, langkah: pl.DataFrame, rubric: Rubric, satuan: str, where: str) -> SheetSpec:
    """JALUR: the steps of every village's best path, with what must be reached and who can do it."""
    best = described(langkah.filter(pl.col("pilihan") == 0), villages, (col.STATUS, "target"))
    shown = with_words(best, rubric).with_columns(
        said("{} → {}", "dari", "ke").alias("langkah"), (pl.col("tambahan_k") / rubric.scale).alias("tambahan")
    )
    front = [*WHO, *years(shown), "urutan", "kode", "indikator", "langkah", "syarat_kini", "syarat_tujuan"]
    entries = (
        *narrowed(columns(shown, [*front, "kegiatan", "tambahan"])),
        *cost_column(satuan),
        *(replace(entry, kind="panjang", judul="Yang berwenang", width=20) for entry in columns(shown, ["pelaku"])),
        *columns(shown, [col.STATUS, "target"]),
    )
    return SheetSpec(
        "JALUR",
        f"Langkah pada jalur terkecil tiap desa – {where}",
        shown,
        (
            "Urutan 1 ialah langkah yang paling banyak menambah IDM desa itu. Kegiatan ialah anjuran untuk naik sampai "
            "skor tertinggi; yang wajib bagi langkah ini ada di kolom Yang harus tercapai.",
        ),
        kolom=entries,
        beku=2,
        cetak_kolom=len(entries) - 2,
        jumlah=_sums(satuan),
    )


def _alternative_sheet(
    villages: pl.DataFrame, alternatif: pl.DataFrame, rubric: Rubric, satuan: str, where: str
) -> SheetSpec:
    """ALTERNATIF: other paths that really differ, beside the best one."""
    best = villages.select("no", pl.col("jalur").alias("jalur_utama"))
    shown = (
        described(alternatif, villages, (col.STATUS, "target"))
        .with_columns((pl.col("tambahan_k") / rubric.scale).alias("tambahan"))
        .join(best, on="no", how="left", maintain_order="left")
    )
    entries = (
        *columns(shown, [*WHO, *years(shown), col.STATUS, "target", "pilihan", "jalur"]),
        *columns(shown, ["beda", "jumlah_langkah"]),
        *cost_column(satuan),
        *columns(shown, ["tambahan"]),
        *(Column(name, "Jalur utama", "panjang", 46) for name in ["jalur_utama"]),
    )
    return SheetSpec(
        "ALTERNATIF",
        f"Jalur lain tiap desa – {where}",
        shown,
        ("Setiap jalur lain ialah yang paling ringan di antara jalur tanpa langkah utama jalur sebelumnya.",),
        kolom=entries,
        beku=2,
        cetak_kolom=len(entries) - 1,
        jumlah=frozenset(),
    )


def _deficit_sheet(kesenjangan: pl.DataFrame, where: str) -> SheetSpec:
    """KESENJANGAN: every indicator below the full score, village by village, largest gain first."""
    shown = with_actors(kesenjangan.filter(pl.col("kurang") > 0))
    front = [*WHO, *years(shown), col.STATUS, "kode", "singkat", "skor", "kurang", "tambahan"]
    entries = (
        *narrowed(columns(shown, [*front, "syarat_kini", "syarat_tujuan", "kegiatan"])),
        *(replace(entry, kind="panjang", judul="Yang berwenang", width=20) for entry in columns(shown, ["pelaku"])),
        *columns(shown, ["terkunci", "dimensi"]),
    )
    return SheetSpec(
        "KESENJANGAN",
        f"Indikator yang belum penuh tiap desa – {where}",
        shown,
        (
            f"{whole(shown.height)} baris: hanya indikator yang skornya di bawah skor tertinggi. Tambahan IDM: bila "
            "dinaikkan sampai penuh (sama dengan NILAI pada dokumen kementerian).",
        ),
        kolom=entries,
        beku=2,
        cetak_kolom=len(entries) - 2,
        jumlah=frozenset({"kurang"}),
    )
