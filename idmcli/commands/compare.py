"""`idm compare`: several years side by side."""

from typing import Annotated

import typer

from idmcli.commands.options import (
    AcceptProposals,
    AsJson,
    Config,
    Edition,
    Files,
    Force,
    Listed,
    NoColor,
    Output,
    Quiet,
    Sheet,
    four_digits,
)

EXAMPLES = """
    idm compare kaltara-2023.xlsx kaltara.xlsx
    idm compare kaltara-2021.xlsx kaltara-2022.xlsx kaltara.xlsx -o banding.xlsx
    idm compare kaltara-rekap.xlsx --wilayah NUNUKAN
    idm compare rumusan/ --desa 6504022001
    idm compare data/ --tahun 2021,2024 --json
"""


def years(value: str | None) -> str | None:
    """`2021,2024`: years as people write them."""
    for part in (value or "").split(",") if value else []:
        if not part.strip().isdecimal():
            raise typer.BadParameter("harus tahun empat angka, dipisah koma, misalnya 2021,2024")
        four_digits(int(part))
    return value


def run(
    files: Files,
    tahun: Annotated[
        str | None,
        typer.Option(
            "--tahun", metavar="TAHUN,…", callback=years, help="Hanya tahun-tahun ini (bawaan: semua yang ada)."
        ),
    ] = None,
    wilayah: Annotated[
        str | None,
        typer.Option("--wilayah", metavar="KODE|NAMA", help="Hanya provinsi, kabupaten, atau kecamatan ini."),
    ] = None,
    desa: Annotated[
        str | None,
        typer.Option("--desa", metavar="KODE|NAMA", help="Tampilkan satu desa selengkapnya dari tahun ke tahun."),
    ] = None,
    banyak: Listed = 5,
    output: Output = None,
    force: Force = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    edisi: Edition = None,
    sheet: Sheet = None,
    terima_usulan: AcceptProposals = False,
    no_color: NoColor = False,
    config: Config = None,
) -> None:
    """Bandingkan beberapa tahun: perpindahan status, perubahan terbesar dan sebabnya, kiriman yang sama, tren, sasaran.

    Tiap masukan memuat satu tahun atau lebih; tahunnya dibaca dari data. Desa dipasangkan menurut kodenya. Desa yang
    hilang, baru, atau berganti nama disebut; capaian dibandingkan dengan [sasaran] dalam idm.toml. Rekap tanpa 50 skor
    ikut dibandingkan: status dan IDM, tanpa indikator.
    """
    from idmcli.commands import compare_document, save, save_compare, show_compare
    from idmcli.commands.console import print_json, say_assumptions, stdout, working
    from idmcli.pipeline.comparing import CompareRequest, compare_files
    from idmcli.settings import load_settings

    settings = load_settings(config, edisi)
    silent = quiet or as_json
    save.check(output, force, files, as_json)
    wanted = tuple(int(year) for year in tahun.split(",")) if tahun else ()
    with working("Membaca dan membandingkan …", silent, no_color):
        result = compare_files(CompareRequest(tuple(files), wanted, sheet, terima_usulan, wilayah), settings)
        chosen = show_compare.village_of(result, desa) if desa else None
    say_assumptions(result.notes, silent, no_color)
    if output:
        with working(f"Menulis {output} …", silent, no_color):
            rows = save_compare.write(result, output, force)
        save.tell(output, rows, silent, no_color)
    if as_json:
        print_json(compare_document.document(result, chosen))
    elif not quiet and output != "-":
        show_compare.show(stdout(no_color), result, chosen, banyak)
    if result.compared.baris_ganda or result.compared.tak_terhitung:
        raise typer.Exit(1)


run.__name__ = "compare"
