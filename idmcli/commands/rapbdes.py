"""`idm rapbdes`: village budgets held against the weak indicators, and a verification pack for every desa."""

from typing import Annotated

import typer

from idmcli.commands.options import (
    AcceptProposals,
    AsJson,
    Config,
    Costs,
    Edition,
    Jobs,
    Listed,
    Lock,
    NoColor,
    OwnTemplates,
    Quiet,
    Sheet,
    Strict,
    Target,
    Unlock,
    Year,
    four_digits,
)

EXAMPLES = """
    idm rapbdes kaltara.xlsx rapbdes-2025 -o paket --tanggal 2025-11-21
    idm rapbdes kaltara.xlsx rapbdes-2025 -o paket --format pdf --hanya "SESAYAP HILIR"
    idm rapbdes kaltara.xlsx siskeudes.zip daftar.csv -o paket --pemetaan pemetaan.csv
    idm rapbdes kaltara.xlsx rapbdes-2025 -o paket --json
    idm rapbdes --salin-aturan aturan-kantor
"""


def copied(folder: str | None) -> None:
    """Give the office its copy of crosswalk and rules, and end."""
    if folder is None:
        return
    from idmcli.commands.rapbdes_order import copy_rules

    for path in copy_rules(folder):
        typer.echo(f"Tertulis: {path}", err=True)
    raise typer.Exit


def run(
    idm_file: Annotated[
        str,
        typer.Argument(metavar="FILE_IDM", help="Berkas skor IDM, misalnya kaltara.xlsx.", show_default=False),
    ],
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="RAPBDES…",
            help="Berkas, folder, atau zip: tabel APBDes Excel, ekspor Siskeudes, atau daftar polos.",
            show_default=False,
        ),
    ],
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="PAKET", help="Folder paket verifikasi; tanpa ini hanya ke layar."),
    ] = None,
    formats: Annotated[
        str, typer.Option("--format", metavar="FORMAT,…", help="Bentuk lembar verifikasi: docx, pdf, html.")
    ] = "docx,pdf",
    hanya: Annotated[
        str | None,
        typer.Option("--hanya", metavar="KODE|NAMA,…", help="Lembar dan buku kerja untuk wilayah ini saja."),
    ] = None,
    pemetaan: Annotated[
        str | None,
        typer.Option(
            "--pemetaan",
            metavar="FILE",
            help="Berkas mana milik desa mana (.csv); bawaan: PAKET/pemetaan.csv bila ada.",
        ),
    ] = None,
    tahun_anggaran: Annotated[
        int | None,
        typer.Option(
            "--tahun-anggaran",
            metavar="TAHUN",
            callback=four_digits,
            help="Tahun anggaran (bawaan: yang disebut kebanyakan berkas).",
        ),
    ] = None,
    target: Target = None,
    biaya: Costs = None,
    kunci: Lock = None,
    buka: Unlock = None,
    templat: OwnTemplates = None,
    salin_aturan: Annotated[
        str | None,
        typer.Option(
            "--salin-aturan",
            metavar="FOLDER",
            callback=copied,
            is_eager=True,
            help="Salin silang.csv dan aturan.toml ke FOLDER untuk disunting, lalu selesai.",
        ),
    ] = None,
    tanggal: Annotated[
        str | None, typer.Option("--tanggal", metavar="TANGGAL", help="Tanggal pada lembar, misalnya 2025-11-21.")
    ] = None,
    jobs: Jobs = 0,
    banyak: Listed = 10,
    force: Annotated[bool, typer.Option("--force", help="Ganti juga dokumen yang sudah disunting orang.")] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    tahun: Year = None,
    edisi: Edition = None,
    sheet: Sheet = None,
    terima_usulan: AcceptProposals = False,
    strict: Strict = False,
    no_color: NoColor = False,
    config: Config = None,
) -> None:
    """Periksa RAPBDes tiap desa terhadap indikator lemah IDM-nya, dan buat paket verifikasi yang siap ditandatangani.

    Tiap desa: indikator lemah dengan baris anggaran yang menjawabnya, yang belum dianggarkan, yang harus dipikul pihak
    lain, langkah jalur yang dianggarkan, IDM bila berhasil, batas 70/30, keseimbangan, dan usulan putusan.

    Berkas yang desanya tidak dikenali disebut, dan PAKET/pemetaan.csv dibuat untuk diisi. Kode keluar 1: ada temuan
    galat pada berkas RAPBDes, atau desa tanpa skor IDM; putusan tidak mengubah kode keluar.
    """
    from idmcli.commands import rapbdes_run

    del salin_aturan  # its callback has ended the program where it was given
    rapbdes_run.verify(
        rapbdes_run.Typed(
            idm_file=idm_file,
            files=tuple(files),
            output=output,
            formats=formats,
            hanya=hanya,
            pemetaan=pemetaan,
            tahun_anggaran=tahun_anggaran,
            target=target,
            biaya=biaya,
            kunci=kunci,
            buka=buka,
            templat=templat,
            tanggal=tanggal,
            jobs=jobs,
            banyak=banyak,
            force=force,
            as_json=as_json,
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


run.__name__ = "rapbdes"
