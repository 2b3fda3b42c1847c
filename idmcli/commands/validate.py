"""`idm validate`: what is wrong in the data, where, and what to do."""

from typing import Annotated

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
    Quiet,
    Sheet,
    Strict,
    Year,
    not_negative,
)

EXAMPLES = """
    idm validate kaltara.xlsx
    idm validate kaltara.xlsx --annotate kaltara-temuan.xlsx
    idm validate kaltara.xlsx --baseline kaltara-2023.xlsx --report temuan.xlsx
    idm validate rumusan/ --strict --quiet
"""


def run(
    files: Files,
    report: Annotated[
        str | None,
        typer.Option("--report", "-o", metavar="FILE", help="Tulis semua temuan ke .xlsx, .csv, .json atau .html."),
    ] = None,
    annotate: Annotated[
        str | None,
        typer.Option(
            "--annotate", metavar="FILE", help="Salin buku kerja Anda (.xlsx) dengan sel bermasalah ditandai."
        ),
    ] = None,
    baseline: Baseline = None,
    tahun_baseline: BaselineYear = None,
    banyak: Annotated[
        int,
        typer.Option(
            "--banyak",
            metavar="N",
            callback=not_negative,
            help="Temuan yang ditampilkan per aturan (bawaan: 3).",
            show_default=False,
        ),
    ] = 3,
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
    """Periksa data: tiap temuan dengan aturan, tingkat, alamat sel, isi, pesan, dan apa yang harus dilakukan.

    Kode keluar 0 bila tidak ada galat, 1 bila ada (dengan --strict: bila ada peringatan).
    """
    from idmcli import pipeline
    from idmcli.commands import save, show_findings
    from idmcli.commands.console import print_json, say_assumptions, stdout, working
    from idmcli.findings import count
    from idmcli.settings import load_settings

    settings = load_settings(config, edisi)
    silent = quiet or as_json
    save.check_baseline_year(baseline, tahun_baseline)
    save.check_report(report, force, [*files, baseline], as_json)
    save.check_annotate(annotate, report, files, force)
    with working("Membaca dan memeriksa …", silent, no_color):
        loaded = pipeline.load(pipeline.Request(tuple(files), tahun, sheet, terima_usulan), settings)
        earlier = pipeline.load_baseline(baseline, tahun_baseline, loaded, settings) if baseline else None
        result = pipeline.validate(loaded, earlier)
    say_assumptions(loaded.notes, silent, no_color)
    if report:
        save.findings(result, report, force)
        save.tell(report, result.findings.height, silent, no_color, "temuan")
    if annotate:
        with working(f"Menandai {annotate} …", silent, no_color):
            notes = save.annotated(result, files[0], annotate, force)
        save.tell(annotate, result.findings.height, silent, no_color, "temuan")
        say_assumptions(notes, silent, no_color)
    if as_json:
        print_json(show_findings.document(result))
    elif not quiet and report != "-":
        show_findings.print_findings(stdout(no_color), result, banyak)
    if count(result.findings, "galat") or (strict and count(result.findings, "peringatan")):
        raise typer.Exit(1)


run.__name__ = "validate"
