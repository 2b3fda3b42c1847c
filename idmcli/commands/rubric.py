"""`idm rubric`: the editions, the 50 indicators, and one indicator in full."""

from typing import Annotated, Any

import typer

from idmcli.commands.options import AsJson, Config, Edition, NoColor

EXAMPLES = """
    idm rubric
    idm rubric IKS05
    idm rubric IKL03 --json
    idm rubric --edisi rubrik-kantor/
"""


def run(
    kode: Annotated[
        str | None, typer.Argument(metavar="[KODE]", help="Kode indikator, misalnya IKS05.", show_default=False)
    ] = None,
    edisi: Edition = None,
    as_json: AsJson = False,
    no_color: NoColor = False,
    config: Config = None,
) -> None:
    """Tampilkan rubrik: daftar indikator, atau satu indikator dengan syarat, kegiatan, pelaku, dan acuannya."""
    from idmcli.commands import show_rubric
    from idmcli.commands.console import print_json, stdout
    from idmcli.errors import UsageError
    from idmcli.rubric import list_editions, load_rubric
    from idmcli.settings import load_settings

    rubric = load_rubric(load_settings(config, edisi).edisi)
    if kode is None:
        document: dict[str, Any] = show_rubric.edition_document(rubric, list_editions())
        if as_json:
            print_json(document)
        else:
            show_rubric.print_edition(stdout(no_color), rubric, list_editions())
        return
    indicator = rubric.by_code.get(kode.upper().replace(" ", ""))
    if indicator is None:
        raise UsageError(
            f"Indikator {kode} tidak ada dalam edisi {rubric.edisi}",
            f"Kode yang ada: {rubric.codes[0]} sampai {rubric.codes[-1]}. Daftar lengkap: idm rubric",
        )
    if as_json:
        print_json(show_rubric.indicator_document(rubric, indicator))
    else:
        show_rubric.print_indicator(stdout(no_color), rubric, indicator)


run.__name__ = "rubric"
