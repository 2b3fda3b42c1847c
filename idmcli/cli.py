"""The way in: UTF-8 streams, the commands, and the one boundary that turns errors into a line and an exit code."""

import os
import sys
from contextlib import suppress
from typing import Annotated, Any, Final

import typer

from idmcli import __version__
from idmcli.commands import classify, explain, rubric, score, validate
from idmcli.commands.helptext import IdmCommand, IdmGroup
from idmcli.errors import IdmError

HELP_NAMES: Final = {"help_option_names": ["-h", "--help"]}

app = typer.Typer(
    name="idm",
    cls=IdmGroup,
    help=(
        "Alat kerja Indeks Desa Membangun (IDM): memeriksa, menghitung, dan menetapkan status semua desa satu provinsi "
        "dari berkas yang dikirim kabupaten.\n\n"
        "Kode keluar: 0 baik; 1 selesai tetapi ada temuan galat; 2 perintah salah; 3 masukan tidak terbaca; "
        "4 konfigurasi atau rubrik salah; 5 hasil tidak tertulis (seluruhnya)."
    ),
    epilog="""
        idm score kaltara.xlsx
        idm validate kaltara.xlsx --annotate kaltara-temuan.xlsx
        idm classify kaltara.xlsx --baseline kaltara-2023.xlsx
        idm score --help
    """,
    context_settings=HELP_NAMES,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
)
for command in (validate, score, explain, classify, rubric):
    app.command(cls=IdmCommand, epilog=command.EXAMPLES, context_settings=HELP_NAMES)(command.run)


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


def main() -> None:
    """Run `idm` and leave with its exit code; never a traceback (set IDM_DEBUG=1 to see one)."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # the official texts hold ≥ and ≤; a cp1252 pipe would stop at them
            reconfigure(encoding="utf-8", errors="replace")
    sys.exit(guarded())


def guarded() -> int:
    """The commands inside the boundary; returns the exit code."""
    try:
        code = app(prog_name="idm", standalone_mode=False)
    except IdmError as error:
        return complain(str(error), error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        code = 130
    except typer.TyperException as error:
        return complain(*usage_problem(error))
    except BrokenPipeError:
        # the reader of our pipe has gone (`| head`): that is its right, and Python must not complain at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if os.environ.get("IDM_DEBUG"):
            raise
        place = f" ({error.filename})" if error.filename else ""
        return complain(f"Sistem menolak: {error.strerror or error}{place}.", 5)
    except MemoryError:
        return complain("Memori tidak cukup untuk data ini. Pecah berkas per kabupaten, lalu ulangi.", 3)
    except BaseException as error:
        # a panic inside a compiled package arrives as a BaseException of pyo3; SystemExit keeps its way out
        panic = type(error).__module__.startswith("pyo3")
        if os.environ.get("IDM_DEBUG") or not (panic or isinstance(error, Exception)):
            raise
        return complain(
            f"Kesalahan program ({type(error).__name__}: {error}). Ini bukan salah Anda: kirim perintah dan berkasnya "
            "ke pengembang; IDM_DEBUG=1 menampilkan rinciannya.",
            70,
        )
    if code == 130:
        return complain("Dihentikan. Berkas hasil yang belum selesai tidak ditulis.", 130)
    return code if isinstance(code, int) else 0


def complain(message: str, exit_code: int) -> int:
    """One line on stderr, whatever state stderr is in."""
    with suppress(OSError, ValueError, AttributeError):  # stderr closed or absent: the exit code must still tell
        print(f"idm: {' '.join(message.split())}", file=sys.stderr)
    return exit_code


def usage_problem(error: Any) -> tuple[str, int]:
    """typer's English complaint in Indonesian, with the next thing to type, and its exit code."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "idm"
    kind = type(error).__name__
    parameter = getattr(error, "param", None)
    name = parameter_name(parameter)
    advice = f"Lihat: {path} --help"
    if kind == "NoArgsIsHelpError":
        typer.echo(error.format_message())
        return "Perintah belum disebut. Pilih satu dari daftar di atas.", 2
    if kind == "NoSuchOption":
        near = f" Mungkin maksudnya {' atau '.join(error.possibilities)}." if error.possibilities else ""
        return f"Opsi {error.option_name} tidak dikenal.{near} {advice}", 2
    if kind == "MissingParameter":
        return f"{name} belum disebut. {advice}", 2
    if kind == "BadParameter":
        return f"Isi {name} tidak sah: {error.message}. {advice}", 2
    if kind == "BadOptionUsage":
        wants = "tidak memerlukan isi" if "does not take" in error.message else "memerlukan isi"
        return f"Opsi {error.option_name} {wants}. {advice}", 2
    if error.message.startswith("No such command"):
        typed = error.message.split("'")[1]
        near = error.message.partition("Did you mean ")[2].rstrip("?").replace("'", "")
        hint = f"Mungkin maksudnya: {near}. " if near else ""
        return f"Perintah {typed} tidak dikenal. {hint}{advice}", 2
    if error.message.startswith("Got unexpected extra argument"):
        extra = error.message.partition("(")[2].rstrip(")")
        return f"Kelebihan masukan: {extra}. {advice}", 2
    return f"Perintah tidak dipahami: {error.message} {advice}", getattr(error, "exit_code", 2)


def parameter_name(parameter: Any) -> str:
    """How the officer knows a parameter: `--tahun`, or FILE for an argument."""
    if parameter is None:
        return "Masukan"
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name).rstrip("…")
    return str(max(parameter.opts, key=len))
