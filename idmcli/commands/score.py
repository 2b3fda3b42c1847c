"""`idm score`: indices and status of every village."""

import typer

from idmcli.commands.options import (
    AcceptProposals,
    AsJson,
    Config,
    Edition,
    Files,
    Force,
    NoColor,
    Output,
    Quiet,
    Sheet,
    Strict,
    Year,
)

EXAMPLES = """
    idm score kaltara.xlsx
    idm score bulungan.xlsx malinau.csv -o skor.xlsx
    idm score rumusan/ --tahun 2024 -o skor.parquet
    idm score kaltara.xlsx --json > skor.json
"""


def run(
    files: Files,
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
    """Hitung IKS, IKE, IKL, IDM, dan status tiap desa dari skor, isian, atau dokumen kementerian.

    Angka yang tertulis dalam berkas disandingkan dengan hasil hitungan. Desa yang tidak dapat dihitung disebut beserta
    alasannya (kode keluar 1); yang lain tetap dihitung.
    """
    from idmcli import pipeline
    from idmcli.commands import save, show_score
    from idmcli.commands.console import print_json, say_assumptions, stdout, working
    from idmcli.settings import load_settings

    settings = load_settings(config, edisi)
    save.check(output, force, files, as_json)
    with working("Membaca dan menghitung …", quiet or as_json, no_color):
        loaded = pipeline.load_scores(pipeline.Request(tuple(files), tahun, sheet, terima_usulan), settings)
    say_assumptions(loaded.notes, quiet or as_json, no_color)
    totals = show_score.totals(loaded)
    show_score.warn_repeated(totals, quiet or as_json, no_color)
    if output:
        with working(f"Menulis {output} …", quiet or as_json, no_color):
            save.scores(loaded, output, force)
        save.tell(output, loaded.scored.height, quiet or as_json, no_color)
    if as_json:
        print_json(show_score.document(loaded, totals))
    elif not quiet and output != "-":
        show_score.print_scores(stdout(no_color), loaded, totals)
    if totals.unscored or totals.repeated or (strict and totals.disagree):
        raise typer.Exit(1)


run.__name__ = "score"
