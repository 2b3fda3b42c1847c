"""The sheets of the gap workbook, one function each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import polars as pl

from idmcli import columns as col
from idmcli.rubric.model import Rubric
from idmcli.sentences import said
from idmcli.words import whole
from idmcli.workbook.catalogue import Column, columns
from idmcli.workbook.sheets import SheetSpec
from idmcli.workbook.steps import WHO, described, with_actors, with_names, with_words
from idmcli.workbook.works import NARROW, cost_column

FIRST_STEPS: Final = "LANGKAH PERTAMA"
STATES: Final = {
    "tercapai": "sudah tercapai",
    "ada_jalur": "ada jalur",
    "tak_terjangkau": "tidak terjangkau",
    "tidak_dihitung": "tidak dihitung",
}
SEEN: Final = frozenset[str]()
"""Columns summed where a sheet only counts the rows in view."""
LEVELS: Final = ("provinsi", "kabupaten", "kecamatan")


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
        yield _indicator_sheet(level, frame, where)
    if tables.langkah_pertama.height:
        yield _first_sheet(tables.langkah_pertama, where)
    if tables.kekuatan.height or tables.kelemahan.height:
        yield _standing_sheet(villages, tables, rubric, where)
    if tables.mirip.height:
        yield _similar_sheet(villages, tables.mirip, where)


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
            "Jalur sebiaya: banyaknya jalur yang sama biayanya, termasuk yang ini; 1 berarti hanya ini.",
        ),
        kolom=tuple(entries),
        beku=2,
        cetak_kolom=printed,
        jumlah=_sums(satuan, "jumlah_langkah"),
    )


def years(frame: pl.DataFrame) -> list[str]:
    """The column of years where there are several."""
    return [col.TAHUN] if col.TAHUN in frame.columns and frame.get_column(col.TAHUN).n_unique() > 1 else []


def _sums(satuan: str, *names: str) -> frozenset[str]:
    """The columns to sum: these, and the cost where it is shown."""
    return frozenset({*names, *(entry.nama for entry in cost_column(satuan))})


def _narrow(frame: pl.DataFrame, names: list[str]) -> list[Column]:
    """Entries of which the names of places wrap, so that wide texts find room beside them."""
    return [
        replace(entry, kind="panjang", width=NARROW[entry.nama]) if entry.nama in NARROW else entry
        for entry in columns(frame, names)
    ]


def _path_sheet(villages: pl.DataFrame, langkah: pl.DataFrame, rubric: Rubric, satuan: str, where: str) -> SheetSpec:
    """JALUR: the steps of every village's best path, with what must be reached and who can do it."""
    best = described(langkah.filter(pl.col("pilihan") == 0), villages, (col.STATUS, "target"))
    shown = with_words(best, rubric).with_columns(
        said("{} → {}", "dari", "ke").alias("langkah"), (pl.col("tambahan_k") / rubric.scale).alias("tambahan")
    )
    front = [*WHO, *years(shown), "urutan", "kode", "indikator", "langkah", "syarat_kini", "syarat_tujuan"]
    entries = (
        *_narrow(shown, [*front, "kegiatan", "tambahan"]),
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
        ("Setiap jalur lain ialah yang termurah di antara jalur yang tidak memakai langkah utama jalur sebelumnya.",),
        kolom=entries,
        beku=2,
        cetak_kolom=len(entries) - 1,
        jumlah=SEEN,
    )


def _deficit_sheet(kesenjangan: pl.DataFrame, where: str) -> SheetSpec:
    """KESENJANGAN: every indicator below the full score, village by village, largest gain first."""
    shown = with_actors(kesenjangan.filter(pl.col("kurang") > 0))
    front = [*WHO, *years(shown), col.STATUS, "kode", "singkat", "skor", "kurang", "tambahan"]
    entries = (
        *_narrow(shown, [*front, "syarat_kini", "syarat_tujuan", "kegiatan"]),
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


def _indicator_sheet(level: str, frame: pl.DataFrame, where: str) -> SheetSpec:
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


def _first_sheet(frame: pl.DataFrame, where: str) -> SheetSpec:
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


def _standing_sheet(villages: pl.DataFrame, tables: GapTables, rubric: Rubric, where: str) -> SheetSpec:
    """KEKUATAN: what sets a village apart from its neighbours, for better and for worse."""
    kinds = (("kekuatan", tables.kekuatan), ("kelemahan", tables.kelemahan))
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
        jumlah=SEEN,
    )


def _similar_sheet(villages: pl.DataFrame, mirip: pl.DataFrame, where: str) -> SheetSpec:
    """MIRIP: villages much alike that stand one status higher."""
    joined = pl.col("punya").list.join(", ") if mirip.schema["punya"] == pl.List(pl.String) else pl.col("punya")
    shown = described(mirip, villages, (col.STATUS,)).with_columns(joined)
    others = ["kode_desa_mirip", "desa_mirip", "kecamatan_mirip", "kabupaten_mirip", "status_mirip"]
    return SheetSpec(
        "MIRIP",
        f"Desa mirip yang sudah satu status lebih tinggi – {where}",
        shown,
        ("Tempat belajar: desa yang skor 50 indikatornya paling dekat, dan di mana skornya lebih tinggi.",),
        kolom=_short(columns(shown, [*WHO, *years(shown), col.STATUS, "urutan", *others, "jarak", "punya"])),
        beku=2,
        jumlah=SEEN,
    )


def _short(entries: tuple[Column, ...]) -> tuple[Column, ...]:
    """Names of places in wrapped columns."""
    wrapped = {**NARROW, **{f"{name}_mirip": width for name, width in NARROW.items()}}
    return tuple(
        replace(entry, kind="panjang", width=wrapped[entry.nama]) if entry.nama in wrapped else entry
        for entry in entries
    )
