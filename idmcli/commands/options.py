"""Options that mean the same in every command, declared once."""

from typing import Annotated

import typer


def four_digits(value: int | None) -> int | None:
    """A year as people write it."""
    if value is not None and not 1000 <= value <= 9999:
        raise typer.BadParameter("harus tahun empat angka, misalnya 2024")
    return value


def not_negative(value: int) -> int:
    """A number to count with."""
    if value < 0:
        raise typer.BadParameter("harus bilangan bulat mulai 0")
    return value


def positive(value: int | None) -> int | None:
    """A limit that leaves something."""
    if value is not None and value < 1:
        raise typer.BadParameter("harus bilangan bulat mulai 1")
    return value


Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE…",
        help="Berkas .xlsx .xls .xlsb .ods .csv .tsv .parquet atau .json, folder, atau - untuk CSV dari stdin.",
        show_default=False,
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "-o", "--output", metavar="FILE", help="Tulis hasil ke .xlsx, .csv, .parquet atau .json; - ke layar (CSV)."
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Ganti berkas hasil yang sudah ada.")]
AsJson = Annotated[bool, typer.Option("--json", help="Cetak satu dokumen JSON, tanpa yang lain.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Jangan cetak apa-apa selain pesan kegagalan.")]
Year = Annotated[
    int | None,
    typer.Option(
        "--tahun",
        metavar="TAHUN",
        callback=four_digits,
        help="Tahun data yang dipakai (bawaan: semua, atau kolom tahun terakhir).",
    ),
]
Edition = Annotated[
    str | None,
    typer.Option("--edisi", metavar="NAMA|FOLDER", help="Edisi rubrik, atau folder rubrik sendiri (bawaan: idm-2016)."),
]
Sheet = Annotated[
    str | None, typer.Option("--sheet", metavar="LEMBAR", help="Baca lembar ini saja (nama atau nomor urut).")
]
Strict = Annotated[bool, typer.Option("--strict", help="Peringatan pun membuat kode keluar 1.")]
NoColor = Annotated[bool, typer.Option("--no-color", help="Tanpa warna (juga bila NO_COLOR diatur).")]
Config = Annotated[
    str | None,
    typer.Option("--config", metavar="FILE", help="Berkas idm.toml (bawaan: dicari dari folder ini ke atas)."),
]
AcceptProposals = Annotated[
    bool, typer.Option("--terima-usulan", help="Pakai padanan nama desa yang diusulkan (ejaan mirip).")
]
Baseline = Annotated[
    str | None, typer.Option("--baseline", metavar="FILE", help="Data tahun sebelumnya sebagai pembanding.")
]
BaselineYear = Annotated[
    int | None,
    typer.Option(
        "--tahun-baseline",
        metavar="TAHUN",
        callback=four_digits,
        help="Tahun pembanding (bawaan: terakhir sebelumnya).",
    ),
]
Target = Annotated[
    str | None,
    typer.Option("--target", metavar="STATUS", help="Status yang dituju (bawaan: status berikutnya tiap desa)."),
]
Costs = Annotated[
    str | None,
    typer.Option(
        "--biaya",
        metavar="FILE|CARA",
        help="Rupiah per langkah (.csv, .toml); atau kata beban, atau intervensi.",
    ),
]
Lock = Annotated[
    str | None, typer.Option("--kunci", metavar="KODE,…", help="Indikator yang tidak boleh dipakai, misalnya IKS27.")
]
Unlock = Annotated[
    str | None, typer.Option("--buka", metavar="KODE,…", help="Indikator yang dikunci rubrik, tetapi boleh dipakai.")
]
Actors = Annotated[
    str | None,
    typer.Option(
        "--pelaku", metavar="PELAKU,…", help="Hanya yang dapat dikerjakan pelaku ini, misalnya desa,kabupaten."
    ),
]
MostIndicators = Annotated[
    int | None,
    typer.Option(
        "--maks-indikator",
        metavar="N",
        callback=positive,
        help="Paling banyak sekian indikator per desa.",
    ),
]
Listed = Annotated[int, typer.Option("--banyak", metavar="N", callback=not_negative, help="Panjang daftar di layar.")]
OwnTemplates = Annotated[
    str | None, typer.Option("--templat", metavar="FOLDER", help="Templat kantor sendiri sebagai pengganti bawaan.")
]
Jobs = Annotated[
    int,
    typer.Option(
        "--jobs",
        metavar="N",
        callback=not_negative,
        help="Proses bersamaan (bawaan: sebanyak inti prosesor).",
        show_default=False,
    ),
]
