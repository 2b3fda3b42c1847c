"""`idm classify`: status, target and distance of every village, recaps, moves, targets."""

import typer

from idmcli.commands.options import (
    AcceptProposals,
    AsJson,
    Baseline,
    BaselineYear,
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
    idm classify kaltara.xlsx
    idm classify kaltara-rekap.xlsx --tahun 2024
    idm classify kaltara.xlsx --baseline kaltara-2023.xlsx -o status.xlsx
    idm classify kaltara.xlsx --json
"""


def run(
    files: Files,
    output: Output = None,
    baseline: Baseline = None,
    tahun_baseline: BaselineYear = None,
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
    """Tetapkan status tiap desa, target berikutnya, dan jaraknya; dari skor, isian, dokumen kementerian, atau rekap.

    Beserta rekap per provinsi, kabupaten, dan kecamatan, daftar pantau (desa yang hampir turun), perubahan sejak
    --baseline, dan capaian atas [sasaran] dalam idm.toml.
    """
    from idmcli import pipeline
    from idmcli.commands import save, show_classify, show_score
    from idmcli.commands.console import print_json, say_assumptions, stdout, working
    from idmcli.settings import load_settings

    settings = load_settings(config, edisi)
    silent = quiet or as_json
    save.check_baseline_year(baseline, tahun_baseline)
    save.check(output, force, [*files, baseline], as_json)
    with working("Membaca dan menetapkan status …", silent, no_color):
        loaded = pipeline.load(pipeline.Request(tuple(files), tahun, sheet, terima_usulan), settings)
        earlier = pipeline.load_baseline(baseline, tahun_baseline, loaded, settings) if baseline else None
        result = pipeline.classify(loaded, settings, earlier)
    say_assumptions(loaded.notes, silent, no_color)
    counted = show_score.totals(loaded)
    show_score.warn_repeated(counted, silent, no_color)
    if output:
        with working(f"Menulis {output} …", silent, no_color):
            save.classification(result, output, force)
        save.tell(output, result.villages.height, silent, no_color)
    if as_json:
        print_json(show_classify.document(result))
    elif not quiet and output != "-":
        show_classify.print_classification(stdout(no_color), result)
    if counted.unscored or counted.repeated or (strict and counted.disagree):
        raise typer.Exit(1)


run.__name__ = "classify"
