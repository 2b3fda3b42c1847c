"""The program as typer knows it: the commands, `--version`, and typer's English complaints in Indonesian."""

import sys
from typing import Annotated, Any, Final

import typer

from idmcli import __version__
from idmcli.commands import (
    annual_report,
    berita_acara,
    classify,
    compare,
    explain,
    gap,
    import_,
    kopdar_plan,
    merge,
    rapbdes,
    rubric,
    score,
    template,
    validate,
    verify,
)
from idmcli.commands.helptext import IdmCommand, IdmGroup
from idmcli.errors import UsageError

HELP_NAMES: Final = {"help_option_names": ["-h", "--help"]}
INTERRUPTED: Final = 130

app = typer.Typer(
    name="idm",
    cls=IdmGroup,
    help=(
        "Alat kerja Indeks Desa Membangun (IDM) bagi semua desa satu provinsi: memeriksa berkas dari kabupaten, "
        "menghitung dan menetapkan status, mencari jalur naik, menyusun rencana dan dokumennya.\n\n"
        "Kode keluar: 0 baik; 1 selesai, tetapi ada temuan galat atau desa tak terhitung; "
        "2 perintah salah; 3 masukan tidak terbaca; 4 konfigurasi, rubrik, atau templat salah; "
        "5 hasil tidak tertulis, seluruhnya atau sebagian."
    ),
    epilog="""
        idm score kaltara.xlsx
        idm validate kaltara.xlsx --annotate kaltara-temuan.xlsx
        idm classify kaltara.xlsx --baseline kaltara-2023.xlsx
        idm gap kaltara.xlsx
        idm kopdar-plan kaltara.xlsx --dokumen dokumen-2025
        idm score --help
    """,
    context_settings=HELP_NAMES,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
)
COMMANDS: Final = (
    validate,
    score,
    explain,
    classify,
    compare,
    gap,
    kopdar_plan,
    berita_acara,
    rapbdes,
    template,
    merge,
    import_,
    annual_report,
    verify,
    rubric,
)
for command in COMMANDS:
    app.command(command.run.__name__, cls=IdmCommand, epilog=command.EXAMPLES, context_settings=HELP_NAMES)(command.run)


def print_version(wanted: bool) -> None:
    """`--version`, then stop."""
    if wanted:
        typer.echo(f"idm {__version__}")
        raise typer.Exit


@app.callback()
def program(
    version: Annotated[
        bool, typer.Option("--version", callback=print_version, is_eager=True, help="Tampilkan versi program.")
    ] = False,
) -> None:
    """Options of the program itself."""


def run() -> int:
    """The command line as typed, run; returns its exit code.

    Raises:
        UsageError: typer does not understand it.
    """
    try:
        code = app(prog_name="idm", standalone_mode=False)
    except typer.Abort:
        return INTERRUPTED
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            print(error.format_message(), flush=True)
            raise UsageError("Perintah belum disebut", "Pilih satu dari daftar di atas.") from error
        raise UsageError(*usage_problem(error)) from error
    sys.stdout.flush()
    return code if isinstance(code, int) else 0


def usage_problem(error: Any) -> tuple[str, str]:
    """typer's English complaint as a sentence in Indonesian, and the next thing to type."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "idm"
    kind = type(error).__name__
    name = parameter_name(getattr(error, "param", None))
    advice = f"Lihat: {path} --help"
    if kind == "NoSuchOption":
        near = f"Mungkin maksudnya {' atau '.join(error.possibilities)}. " if error.possibilities else ""
        return f"Opsi {error.option_name} tidak dikenal", near + advice
    if kind == "MissingParameter":
        return f"{name} belum disebut", advice
    if kind == "BadParameter":
        # the only English left here is that of numbers: every other check has its own words
        why = "harus bilangan bulat" if error.message.startswith("Input should") else error.message
        return f"Isi {name} tidak sah: {why}", advice
    if kind == "BadOptionUsage":
        wants = "tidak memerlukan isi" if "does not take" in error.message else "memerlukan isi"
        return f"Opsi {error.option_name} {wants}", advice
    if error.message.startswith("No such command"):
        typed = error.message.split("'")[1]
        near = error.message.partition("Did you mean ")[2].rstrip("?").replace("'", "")
        return f"Perintah {typed} tidak dikenal", f"Mungkin maksudnya: {near}. {advice}" if near else advice
    if error.message.startswith("Got unexpected extra argument"):
        return f"Kelebihan masukan: {error.message.partition('(')[2].rstrip(')')}", advice
    return f"Perintah tidak dipahami: {error.message.rstrip('.')}", advice


def parameter_name(parameter: Any) -> str:
    """How the officer knows a parameter: `--tahun`, or FILE for an argument."""
    if parameter is None:
        return "Masukan"
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name).strip("[]…")
    return str(max(parameter.opts, key=len))
