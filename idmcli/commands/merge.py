"""`idm merge`: many returned workbooks to one, nothing chosen silently."""

from typing import Annotated

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
    Year,
)

EXAMPLES = """
    idm merge kiriman/ -o kaltara-isian.xlsx
    idm merge bulungan.xlsx malinau.xlsx nunukan.xlsx
    idm merge kiriman/ -o kaltara.xlsx --pilih terbaru
    idm merge kiriman/ -o bulungan.xlsx --wilayah 6501 --strict
"""

Choose = Annotated[
    list[str] | None,
    typer.Option(
        "--pilih",
        metavar="terbaru|BERKAS",
        help="Bila isi bertentangan: pakai berkas yang disimpan terakhir, atau berkas ini (dapat diulang).",
        show_default=False,
    ),
]
Area = Annotated[
    str | None,
    typer.Option(
        "--wilayah",
        metavar="KODE",
        help="Wilayah yang desanya harus lengkap: kode 2, 4, atau 6 angka (bawaan: yang terkecil yang memuat semua).",
    ),
]
Complete = Annotated[
    bool, typer.Option("--strict", help="Desa yang belum ada atau belum diisi pun membuat kode keluar 1.")
]


def run(
    files: Files,
    output: Output = None,
    pilih: Choose = None,
    wilayah: Area = None,
    force: Force = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    tahun: Year = None,
    edisi: Edition = None,
    sheet: Sheet = None,
    terima_usulan: AcceptProposals = False,
    strict: Complete = False,
    no_color: NoColor = False,
    config: Config = None,
) -> None:
    """Gabungkan banyak berkas menjadi satu, dengan asal tiap baris.

    Baris yang sama dipakai satu kali; isi yang bertentangan tidak dipilih diam-diam: semua barisnya ditulis dan
    disebut, sampai --pilih memutuskan (kode keluar 1). Desa yang belum ada dan kolom yang tidak sama dilaporkan. Tanpa
    -o hanya dilaporkan.
    """
    from idmcli.commands import save, save_merge, show_merge
    from idmcli.commands.console import print_json, say_assumptions, stdout, working
    from idmcli.pipeline.merging import MergeRequest, merge_files
    from idmcli.settings import load_settings

    settings = load_settings(config, edisi)
    silent = quiet or as_json
    save.check(output, force, files, as_json)
    request = MergeRequest(tuple(files), tahun, sheet, terima_usulan, tuple(pilih or ()), wilayah)
    with working("Membaca dan menggabungkan …", silent, no_color):
        joined = merge_files(request, settings)
    say_assumptions(joined.notes, silent, no_color)
    if output:
        with working(f"Menulis {output} …", silent, no_color):
            rows = save_merge.write(joined, output, force)
        save.tell(output, rows, silent, no_color)
    if as_json:
        print_json(show_merge.document(joined, "merge"))
    elif not quiet and output != "-":
        show_merge.print_merge(stdout(no_color), joined)
    merged = joined.merged
    if merged.terbuka.height or (strict and (merged.tidak_ada.height or merged.kosong.height)):
        raise typer.Exit(1)


run.__name__ = "merge"
