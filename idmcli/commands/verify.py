"""`idm verify`: a report or a folder of papers held against its own list of files."""

from typing import Annotated, Any

import typer

from idmcli.commands.options import AsJson, Listed, NoColor, Quiet

EXAMPLES = """
    idm verify laporan-2024
    idm verify dokumen-2025 --json
"""
WORDS = {"hilang": "hilang", "berubah": "isinya berubah", "lebih": "tidak tercatat"}


def run(
    folder: Annotated[
        str,
        typer.Argument(metavar="FOLDER", help="Folder laporan, atau folder dokumen buatan idm.", show_default=False),
    ],
    banyak: Listed = 10,
    as_json: AsJson = False,
    quiet: Quiet = False,
    no_color: NoColor = False,
) -> None:
    """Periksa apakah isi folder laporan atau dokumen masih seperti saat dibuat, dan sebut yang hilang atau berubah.

    Laporan diperiksa terhadap manifest.json, folder dokumen (kopdar-plan, berita-acara, rapbdes) terhadap
    idm-dokumen.json. Kode keluar 0 bila utuh, 1 bila tidak.
    """
    from pathlib import Path

    from rich.markup import escape

    from idmcli import __version__
    from idmcli.commands.console import SCHEMA_VERSION, item, print_json, stdout
    from idmcli.errors import InputError
    from idmcli.export import reason
    from idmcli.report.manifest import check, counted
    from idmcli.words import listed, whole

    try:
        checked = check(Path(folder))
    except OSError as error:
        what = f"{error.filename or folder} tidak dapat dibaca: {reason(error)}"
        raise InputError(what, "Periksa izinnya.") from error
    if as_json:
        document: dict[str, Any] = {
            "idm": __version__,
            "skema": SCHEMA_VERSION,
            "perintah": "verify",
            "folder": folder,
            "jenis": checked.jenis,
            "utuh": checked.utuh,
            "berkas": checked.berkas,
            "manifest_cocok": checked.sidik_cocok,
            "perubahan": [{"berkas": name, "keadaan": change} for name, change in checked.perubahan],
        }
        print_json(document)
    elif not quiet:
        console = stdout(no_color)
        if checked.utuh:
            console.print(escape(f"{folder} utuh: {whole(checked.berkas)} berkas seperti saat dibuat"), soft_wrap=True)
        else:
            told = [f"{whole(number)} {WORDS[change]}" for change, number in counted(checked.perubahan).items()]
            if checked.sidik_cocok is False:
                told.append("manifest.json sendiri diubah")
            console.print(
                escape(f"{folder} tidak utuh ({whole(checked.berkas)} berkas tercatat): {listed(told)}"), soft_wrap=True
            )
            for name, change in checked.perubahan[:banyak]:
                item(console, f"{name}: {WORDS[change]}")
            if len(checked.perubahan) > banyak:
                console.print(f"  … dan {whole(len(checked.perubahan) - banyak)} lagi (--banyak menambah)")
    if not checked.utuh:
        raise typer.Exit(1)


run.__name__ = "verify"
