"""`idm kopdar-plan`: who does what where next year, within budgets, and the papers for desa and offices."""

from typing import Annotated

import typer

from idmcli.commands.options import (
    AcceptProposals,
    Actors,
    AsJson,
    Baseline,
    BaselineYear,
    Config,
    Costs,
    Edition,
    Files,
    Force,
    Jobs,
    Listed,
    Lock,
    NoColor,
    Output,
    OwnTemplates,
    Quiet,
    Sheet,
    Strict,
    Target,
    Unlock,
    Year,
    four_digits,
    positive,
)

EXAMPLES = """
    idm kopdar-plan kaltara.xlsx
    idm kopdar-plan kaltara.xlsx --biaya biaya.csv --anggaran anggaran.csv
    idm kopdar-plan kaltara.xlsx --target-rpjmd
    idm kopdar-plan kaltara.xlsx --dokumen papan --format pdf,docx --poster
    idm kopdar-plan kaltara.xlsx --csr "SESAYAP HILIR" --dokumen mou
"""


def run(
    files: Files,
    target: Target = None,
    biaya: Costs = None,
    anggaran: Annotated[
        str | None,
        typer.Option(
            "--anggaran", metavar="FILE", help="Anggaran atau kapasitas per pelaku, instansi, wilayah (.csv)."
        ),
    ] = None,
    kunci: Lock = None,
    buka: Unlock = None,
    pelaku: Actors = None,
    kawasan: Annotated[
        str | None, typer.Option("--kawasan", metavar="FILE", help="Kawasan perdesaan: CSV kode_desa,kawasan.")
    ] = None,
    target_rpjmd: Annotated[
        bool, typer.Option("--target-rpjmd", help="Rencana termurah yang mencapai [sasaran] dalam idm.toml.")
    ] = False,
    skenario: Annotated[
        str | None, typer.Option("--skenario", metavar="FILE", help="Bandingkan beberapa rencana (.toml).")
    ] = None,
    csr: Annotated[
        str | None,
        typer.Option("--csr", metavar="WILAYAH|FILE", help="Langkah yang terbuka bagi perusahaan di wilayah kerjanya."),
    ] = None,
    perusahaan: Annotated[
        str, typer.Option("--perusahaan", metavar="NAMA", help="Nama perusahaan pada lampiran MoU.")
    ] = "Perusahaan",
    tahun_rencana: Annotated[
        int | None,
        typer.Option(
            "--tahun-rencana", metavar="TAHUN", callback=four_digits, help="Tahun pelaksanaan (bawaan: tahun data + 1)."
        ),
    ] = None,
    detik: Annotated[
        int | None,
        typer.Option("--detik", metavar="N", callback=positive, help="Batas waktu mencari rencana (bawaan: 60)."),
    ] = None,
    baseline: Baseline = None,
    tahun_baseline: BaselineYear = None,
    output: Output = None,
    dokumen: Annotated[
        str | None,
        typer.Option("--dokumen", metavar="FOLDER", help="Buat dokumen desa, instansi, provinsi di sini."),
    ] = None,
    formats: Annotated[
        str, typer.Option("--format", metavar="FORMAT,…", help="Bentuk lembar desa: html, pdf, docx.")
    ] = "pdf",
    poster: Annotated[bool, typer.Option("--poster", help="Buat juga poster papan informasi tiap desa.")] = False,
    hanya: Annotated[
        str | None,
        typer.Option("--hanya", metavar="KODE,…", help="Dokumen desa untuk desa atau wilayah berkode ini saja."),
    ] = None,
    templat: OwnTemplates = None,
    kertas: Annotated[str, typer.Option("--kertas", metavar="UKURAN", help="Kertas buku kerja: a4 atau f4.")] = "a4",
    tanggal: Annotated[
        str | None, typer.Option("--tanggal", metavar="TANGGAL", help="Tanggal pada dokumen, misalnya 2026-11-21.")
    ] = None,
    jobs: Jobs = 0,
    banyak: Listed = 10,
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
    """Susun rencana satu provinsi: langkah mana, di desa mana, oleh siapa, tahun berapa; dan buat dokumennya.

    Tanpa biaya dan anggaran: intervensi paling sedikit yang menaikkan setiap desa yang dapat naik. Dengan anggaran atau
    kapasitas: desa terbanyak yang naik, terbukti terbaik atau dengan celah yang disebut. Pekerjaan bersama (pasar,
    pertokoan, menara telepon) dihitung sekali per kecamatan atau kawasan.
    """
    from idmcli import pipeline
    from idmcli.commands import papers, plan_document, save, save_plan, show_plan, show_score
    from idmcli.commands.console import print_json, say_assumptions, stdout, working
    from idmcli.documents.folder import PaperFolder
    from idmcli.documents.province import write_papers
    from idmcli.pipeline.choosing import Wishes
    from idmcli.pipeline.planning import PlanWishes, plan_province
    from idmcli.settings import load_settings

    settings = load_settings(config, edisi)
    silent = quiet or as_json
    save.check_baseline_year(baseline, tahun_baseline)
    save.check(output, force, [*files, baseline], as_json)
    order = papers.order(formats, poster, hanya, templat, tanggal, jobs)
    paper = save_plan.paper(kertas)
    folder = papers.folder(dokumen, files)
    request = PlanWishes(
        jalur=Wishes(target, biaya, kunci, buka, pelaku),
        anggaran=anggaran,
        kawasan=kawasan,
        target_rpjmd=target_rpjmd,
        skenario=skenario,
        csr=csr,
        tahun=tahun_rencana,
        detik=detik,
    )
    with working("Membaca dan menyusun rencana …", silent, no_color):
        loaded = pipeline.load_scores(pipeline.Request(tuple(files), tahun, sheet, terima_usulan), settings)
        earlier = pipeline.load_baseline(baseline, tahun_baseline, loaded, settings) if baseline else None
        result = plan_province(loaded, request, settings, earlier)
    say_assumptions(loaded.notes, silent, no_color)
    counted = show_score.totals(loaded)
    show_score.warn_repeated(counted, silent, no_color)
    if output:
        with working(f"Menulis {output} …", silent, no_color):
            rows = save_plan.write(result, output, force, paper)
        save.tell(output, rows, silent, no_color)
    failed = False
    if folder:
        books = save_plan.books(result, perusahaan, paper)
        with PaperFolder(folder, force=force) as opened, papers.progress(silent, no_color) as report:
            made = write_papers(result.plan, opened, order, books, report)
        papers.tell(made, str(folder), silent, no_color)
        failed = bool(made.gagal)
    if as_json:
        print_json(plan_document.document(result))
    elif not quiet and output != "-":
        show_plan.show(stdout(no_color), result, banyak)
    if failed:
        raise typer.Exit(5)
    if counted.unscored or counted.repeated or (strict and counted.disagree):
        raise typer.Exit(1)


run.__name__ = "kopdar-plan"
