"""`idm annual-report`: the annual report of the province as one configuration file says, made to be run by cron."""

from typing import Annotated

import typer

from idmcli.commands.options import AsJson, Jobs, NoColor, Quiet

EXAMPLES = """
    idm annual-report -c idm.toml
    idm annual-report -c /srv/idm/idm.toml --quiet
    idm annual-report -c idm.toml --dry-run
    idm verify laporan-2024
"""


def run(
    config: Annotated[
        str | None,
        typer.Option(
            "-c", "--config", metavar="FILE", help="Berkas idm.toml (bawaan: dicari dari folder ini ke atas)."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Baca dan hitung, katakan apa yang akan dibuat; tidak menulis apa-apa.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Buat lagi walau laporan yang terbit sudah mutakhir.")] = False,
    jobs: Jobs = 0,
    as_json: AsJson = False,
    quiet: Quiet = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Peringatan pun dianggap galat, dan terbit dengan temuan berkode keluar 1.")
    ] = False,
    no_color: NoColor = False,
) -> None:
    """Buat laporan tahunan menurut [laporan] dalam idm.toml, dan terbitkan dalam satu langkah.

    Dibuat untuk dijalankan cron: semua masukan, tujuan, dan bentuk disebut dalam satu berkas. Laporan baru disusun di
    samping yang lama dan menggantikannya sekaligus pada akhirnya; bila terputus di mana pun, yang lama tetap utuh,
    dan jalan berikutnya melanjutkan. Log di samping folder laporan mengatakan apa yang terjadi.
    """
    from idmcli.commands import papers, show_annual
    from idmcli.commands.annual_run import Order, configured
    from idmcli.commands.annual_run import run as make
    from idmcli.commands.console import print_json, stdout

    silent = quiet or as_json
    order = Order(force, strict, jobs)
    with configured(config) as (settings, wanted):
        if dry_run:
            foreseen = show_annual.foresee(settings, wanted, order)
            if as_json:
                print_json(show_annual.foreseen_document(foreseen))
            elif not quiet:
                show_annual.show_foreseen(stdout(no_color), foreseen)
            raise typer.Exit(1 if foreseen.tertahan else 0)
        with papers.progress(silent, no_color) as report:
            ended = make(settings, wanted, order, report)
    if as_json:
        print_json(show_annual.document(ended))
    elif not quiet:
        show_annual.show(stdout(no_color), ended)
    if ended.galat:
        raise typer.Exit(1)


run.__name__ = "annual-report"
