"""`idm explain`: one village's computation, line by line."""

from typing import Annotated

import typer

from idmcli.commands.options import AcceptProposals, AsJson, Config, Edition, NoColor, Sheet, Year

EXAMPLES = """
    idm explain kaltara.xlsx 6503172008
    idm explain kaltara.xlsx "PA' MILAU"
    idm explain rumusan/ 6504022001 --tahun 2023
    idm explain isian.xlsx 6501012005 --json
"""


def run(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Berkas atau folder data.", show_default=False)],
    kode: Annotated[
        str,
        typer.Argument(metavar="KODE", help="Kode desa (dengan atau tanpa titik) atau namanya.", show_default=False),
    ],
    tahun: Year = None,
    edisi: Edition = None,
    sheet: Sheet = None,
    terima_usulan: AcceptProposals = False,
    as_json: AsJson = False,
    no_color: NoColor = False,
    config: Config = None,
) -> None:
    """Jelaskan perhitungan satu desa: jawaban, syarat, skor, poin, subindeks, IDM, jarak ke ambang, dan acuannya."""
    from idmcli import pipeline
    from idmcli.commands import show_explain
    from idmcli.commands.console import print_json, say_assumptions, stdout
    from idmcli.settings import load_settings

    loaded = pipeline.load(pipeline.Request((file,), tahun, sheet, terima_usulan), load_settings(config, edisi))
    explanations = pipeline.explain(loaded, kode)
    say_assumptions(loaded.notes, as_json, no_color)
    if as_json:
        print_json(show_explain.document(explanations))
    else:
        console = stdout(no_color)
        for explanation in explanations:
            show_explain.print_explanation(console, explanation)


run.__name__ = "explain"
