"""`idm gap`: what every village lacks, and the smallest way to the next status."""

from typing import Annotated

import typer

from idmcli.commands.options import (
    AcceptProposals,
    Actors,
    AsJson,
    Config,
    Costs,
    Edition,
    Files,
    Force,
    Listed,
    Lock,
    MostIndicators,
    NoColor,
    Output,
    Quiet,
    Sheet,
    Strict,
    Target,
    Unlock,
    Year,
)

EXAMPLES = """
    idm gap kaltara.xlsx
    idm gap kaltara.xlsx --desa 6503172008
    idm gap kaltara.xlsx --target MANDIRI --pelaku desa,kabupaten
    idm gap kaltara.xlsx --biaya biaya.csv --maks-indikator 3 -o jalur.xlsx
    idm gap kaltara-rekap.xlsx --tahun 2024
"""


def at_most_three(value: int) -> int:
    """How many alternatives are sought."""
    if not 0 <= value <= 3:
        raise typer.BadParameter("harus 0 sampai 3")
    return value


def run(
    files: Files,
    desa: Annotated[
        str | None,
        typer.Option("--desa", metavar="KODE|NAMA", help="Tampilkan satu desa selengkapnya."),
    ] = None,
    target: Target = None,
    biaya: Costs = None,
    kunci: Lock = None,
    buka: Unlock = None,
    pelaku: Actors = None,
    maks_indikator: MostIndicators = None,
    alternatif: Annotated[
        int,
        typer.Option("--alternatif", metavar="N", callback=at_most_three, help="Jalur lain per desa: 0 sampai 3."),
    ] = 3,
    banyak: Listed = 10,
    output: Output = None,
    force: Force = False,
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
    """Tunjukkan kekurangan tiap desa dan jalur terkecil ke status berikutnya: indikator apa, ke skor berapa, siapa.

    Jalur dihitung tepat: tidak ada pilihan langkah lain yang lebih ringan. Ukuran bawaan ialah beban kerja menurut
    rubrik; dengan --biaya: rupiah. Yang tidak patut direncanakan dikunci rubrik. Dari rekap: kekurangan per dimensi.
    """
    from idmcli import pipeline
    from idmcli.commands import gap_document, save, save_gap, show_gap, show_score
    from idmcli.commands.console import print_json, say_assumptions, stdout, working
    from idmcli.pipeline.choosing import Wishes
    from idmcli.pipeline.gap import find_gap
    from idmcli.settings import load_settings

    settings = load_settings(config, edisi)
    silent = quiet or as_json
    save.check(output, force, files, as_json)
    wishes = Wishes(target, biaya, kunci, buka, pelaku, maks_indikator, alternatif)
    with working("Membaca dan mencari jalur …", silent, no_color):
        loaded = pipeline.load(pipeline.Request(tuple(files), tahun, sheet, terima_usulan), settings)
        result = find_gap(loaded, wishes, settings)
        chosen = pipeline.rows_of(loaded, desa) if desa else None
    say_assumptions(loaded.notes, silent, no_color)
    counted = show_score.totals(loaded)
    show_score.warn_repeated(counted, silent, no_color)
    if output:
        with working(f"Menulis {output} …", silent, no_color):
            written = save_gap.write(result, output, force)
        save.tell(output, written, silent, no_color)
    if as_json:
        print_json(gap_document.document(result, chosen))
    elif not quiet and output != "-":
        show_gap.show(stdout(no_color), result, chosen, banyak)
    if counted.unscored or counted.repeated or (strict and counted.disagree):
        raise typer.Exit(1)


run.__name__ = "gap"
