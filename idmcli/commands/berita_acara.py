"""`idm berita-acara`: the determination of statuses at four levels, ready to sign."""

from typing import Annotated

import typer

from idmcli.commands.options import (
    AcceptProposals,
    Baseline,
    BaselineYear,
    Config,
    Edition,
    Force,
    Jobs,
    NoColor,
    OwnTemplates,
    Quiet,
    Sheet,
    Year,
)

EXAMPLES = """
    idm berita-acara kaltara.xlsx --dokumen berita-acara --tanggal 2025-06-14
    idm berita-acara kaltara.xlsx --level kecamatan,kabupaten --dokumen berita-acara --format docx,pdf
    idm berita-acara kaltara.xlsx --hanya 650101 --gabung kecamatan --dokumen berita-acara
    idm berita-acara kaltara.xlsx --level provinsi --baseline kaltara-2023.xlsx --dokumen berita-acara
    idm berita-acara --daftar-variabel
"""


def run(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE…", help="Berkas skor, isian, rekap, atau dokumen kementerian.", show_default=False
        ),
    ] = None,
    level: Annotated[
        str,
        typer.Option("--level", metavar="TINGKAT,…", help="desa, kecamatan, kabupaten, provinsi, atau semua."),
    ] = "desa",
    dokumen: Annotated[
        str | None, typer.Option("--dokumen", metavar="FOLDER", help="Folder hasil; register nomor juga di sini.")
    ] = None,
    formats: Annotated[str, typer.Option("--format", metavar="FORMAT,…", help="Bentuk: docx, pdf, html.")] = "docx",
    hanya: Annotated[
        str | None,
        typer.Option("--hanya", metavar="KODE|NAMA,…", help="Wilayah ini saja, dengan yang di dalam dan di atasnya."),
    ] = None,
    gabung: Annotated[
        str | None,
        typer.Option("--gabung", metavar="TINGKAT", help="Satu berkas cetak per kecamatan, kabupaten, atau provinsi."),
    ] = None,
    dasar: Annotated[
        str | None,
        typer.Option("--dasar", metavar="terbit|hitung", help="Angka mana bila status terbit dan hitungan berbeda."),
    ] = None,
    paksa: Annotated[
        bool, typer.Option("--paksa", help="Cetak juga yang tertahan, dengan tanda DRAF dan tanpa nomor.")
    ] = False,
    pejabat: Annotated[
        str | None, typer.Option("--pejabat", metavar="FILE", help="Daftar pejabat per kode wilayah (.csv, .xlsx).")
    ] = None,
    tanggal: Annotated[
        str | None, typer.Option("--tanggal", metavar="TANGGAL", help="Tanggal berita acara, misalnya 2025-06-14.")
    ] = None,
    tempat: Annotated[str | None, typer.Option("--tempat", metavar="TEMPAT", help="Tempat musyawarah.")] = None,
    nomor: Annotated[
        str | None, typer.Option("--nomor", metavar="POLA", help="Pola nomor: {nomor:03}/BA-IDM/{kode}/{tahun}.")
    ] = None,
    templat: OwnTemplates = None,
    daftar_variabel: Annotated[
        bool, typer.Option("--daftar-variabel", help="Cetak variabel templat dengan contohnya, lalu selesai.")
    ] = False,
    jobs: Jobs = 0,
    baseline: Baseline = None,
    tahun_baseline: BaselineYear = None,
    force: Force = False,
    quiet: Quiet = False,
    tahun: Year = None,
    edisi: Edition = None,
    sheet: Sheet = None,
    terima_usulan: AcceptProposals = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Nama, tanggal, atau tempat yang kosong menjadi kesalahan.")
    ] = False,
    no_color: NoColor = False,
    config: Config = None,
) -> None:
    """Buat berita acara penetapan status desa untuk desa, kecamatan, kabupaten, atau provinsi, siap ditandatangani.

    Desa dengan temuan galat, atau yang status terbitnya berbeda dari hitungan, tertahan dan disebut alasannya. Nomor
    dicatat dalam register, sehingga wilayah yang sama tetap bernomor sama. Yang belum diketahui dicetak sebagai
    titik-titik.
    """
    from idmcli.commands import minutes_run

    if daftar_variabel:
        minutes_run.print_variables(no_color)
        return
    minutes_run.make(
        minutes_run.Typed(
            files=tuple(files or ()),
            level=level,
            dokumen=dokumen,
            formats=formats,
            hanya=hanya,
            gabung=gabung,
            dasar=dasar,
            paksa=paksa,
            pejabat=pejabat,
            tanggal=tanggal,
            tempat=tempat,
            nomor=nomor,
            templat=templat,
            jobs=jobs,
            baseline=baseline,
            tahun_baseline=tahun_baseline,
            force=force,
            quiet=quiet,
            tahun=tahun,
            edisi=edisi,
            sheet=sheet,
            terima_usulan=terima_usulan,
            strict=strict,
            no_color=no_color,
            config=config,
        )
    )


run.__name__ = "berita-acara"
