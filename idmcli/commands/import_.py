"""`idm import`: the ministry's documents to workbooks, one sheet or one file per year."""

from pathlib import Path
from typing import Annotated

import typer

from idmcli.commands.merge import Area, Choose
from idmcli.commands.options import AsJson, Config, Edition, Force, NoColor, Quiet, Year
from idmcli.errors import UsageError

EXAMPLES = """
    idm import rumusan/ -o rumusan.xlsx
    idm import rumusan/ -o rumusan-{tahun}.xlsx
    idm import unduhan-baru/ -o rumusan.xlsx --tambah --pilih terbaru
"""
YEAR_MARK = "{tahun}"


def run(
    files: Annotated[
        list[str],
        typer.Argument(metavar="DIR|FILE…", help="Folder atau berkas dokumen kementerian (.json).", show_default=False),
    ],
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Tulis ke .xlsx (satu lembar per tahun), .csv, .parquet atau .json; {tahun} dalam nama: satu berkas "
            "per tahun.",
        ),
    ] = None,
    tambah: Annotated[
        bool, typer.Option("--tambah", help="Pertahankan isi berkas hasil yang sudah ada, dan tambahkan yang baru.")
    ] = False,
    pilih: Choose = None,
    wilayah: Area = None,
    force: Force = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    tahun: Year = None,
    edisi: Edition = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Desa atau tahun yang belum ada pun membuat kode keluar 1.")
    ] = False,
    no_color: NoColor = False,
    config: Config = None,
) -> None:
    """Ubah dokumen JSON kementerian menjadi buku kerja, satu lembar per tahun.

    Jawaban galat dari kementerian tidak pernah menggantikan baris yang baik, juga tidak baris dari impor sebelumnya.
    Desa dan tahun yang belum ada disebut. Tanpa -o hanya dilaporkan.
    """
    from idmcli.commands import save, save_merge, show_merge
    from idmcli.commands.console import print_json, say_assumptions, stdout, working
    from idmcli.pipeline.importing import import_documents, lost
    from idmcli.pipeline.merging import MergeRequest
    from idmcli.settings import load_settings

    settings = load_settings(config, edisi)
    silent = quiet or as_json
    if tambah and output in {None, "-"}:
        raise UsageError("--tambah memerlukan berkas hasil", "Sebut berkasnya: -o FILE.xlsx.")
    replaces = force or tambah
    save.check(output, replaces, files, as_json)
    request = MergeRequest(tuple(files), tahun, None, False, tuple(pilih or ()), wilayah)
    with working("Membaca dokumen …", silent, no_color):
        result = import_documents(request, settings)
        targets = targets_of(output, result.joined.merged.tahun)
        for target in targets:
            save.check(target, replaces, files, as_json)
        existing = [target for target in targets if Path(target).is_file()]
        if existing and tambah:
            result = import_documents(request, settings, existing)
            targets = targets_of(output, result.joined.merged.tahun)
        gone = lost(result, existing) if existing else None
    if gone is not None and gone.height:
        first = " ".join(str(value) for value in gone.row(0) if value is not None)
        raise UsageError(
            f"{gone.height} baris baik di {', '.join(existing)} akan hilang (misalnya {first})",
            "Tambahkan --tambah untuk mempertahankannya, atau tulis ke nama lain.",
        )
    say_assumptions(result.joined.notes, silent, no_color)
    for target, year in targets.items():
        with working(f"Menulis {target} …", silent, no_color):
            rows = save_merge.write(result.joined, target, replaces, tahun=year)
        save.tell(target, rows, silent, no_color)
    if as_json:
        print_json(show_merge.document(result.joined, "import", ditolak=[vars(one) for one in result.ditolak]))
    elif not quiet and output != "-":
        show_merge.print_import(stdout(no_color), result)
    merged = result.joined.merged
    if merged.terbuka.height or (
        strict and (merged.tidak_ada.height or any(not one.tertutup for one in result.ditolak))
    ):
        raise typer.Exit(1)


def targets_of(output: str | None, years: tuple[int | None, ...]) -> dict[str, int | None]:
    """The files to write, each with the year whose rows it takes (None: all).

    Raises:
        UsageError: one file per year, and documents without a year.
    """
    if output is None:
        return {}
    if YEAR_MARK not in output:
        return {output: None}
    if None in years:
        raise UsageError(
            f"Ada dokumen tanpa tahun, yang tidak punya tempat dalam {output}",
            "Sebut --tahun, atau tulis ke satu berkas tanpa {tahun}.",
        )
    return {output.replace(YEAR_MARK, str(year)): year for year in years}


run.__name__ = "import"
