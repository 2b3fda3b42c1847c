"""Help pages in Indonesian: typer's own words are English, so its command classes are given ours here.

Plain text, wrapped to the terminal; examples (the epilog) keep their line breaks. No rich: `idm --help` must be quick.
"""

import inspect
import io
import shutil
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from textwrap import wrap
from typing import Any, Final

from typer import Context, Exit, TyperException
from typer.core import TyperCommand, TyperGroup

from idmcli.errors import UsageError

OWN_HELP: Final = {
    "help": "Tampilkan bantuan ini.",
    "install_completion": "Pasang pelengkap tombol Tab untuk shell ini.",
    "show_completion": "Tampilkan naskah pelengkap tombol Tab.",
}
"""Words for the options that typer adds by itself."""

Row = tuple[str, str]


def page(usage: str, text: str, sections: Sequence[tuple[str, Sequence[Row]]], epilog: str) -> str:
    """A help page: usage line, paragraphs, definition lists, then the examples as they stand."""
    width = max(50, min(shutil.get_terminal_size().columns, 100) - 2)
    lines = wrap(usage, width, initial_indent="Pemakaian: ", subsequent_indent=" " * 11, break_on_hyphens=False)
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        lines += ["", *wrap(" ".join(paragraph.split()), width, initial_indent="  ", subsequent_indent="  ")]
    for title, rows in sections:
        if rows:
            lines += ["", f"{title}:", *definition_list(rows, width)]
    if epilog:
        lines += ["", "Contoh:", *(f"  {line}" for line in inspect.cleandoc(epilog).splitlines())]
    return "\n".join(lines)


def definition_list(rows: Sequence[Row], width: int) -> list[str]:
    """Terms in a left column of at most 26 characters, explanations wrapped beside them."""
    left = min(26, max(len(term) for term, _ in rows)) + 2
    lines: list[str] = []
    for term, meaning in rows:
        body = wrap(meaning, max(20, width - left - 2), break_on_hyphens=False) or [""]
        first = f"  {term}"
        if len(term) <= left - 2:
            lines.append(f"{first:<{left + 2}}{body.pop(0)}".rstrip())
        else:
            lines.append(first)
        lines += [" " * (left + 2) + line for line in body]
    return lines


def parameter_rows(command: "IdmCommand | IdmGroup", ctx: Context) -> tuple[list[Row], list[Row]]:
    """The help records of a command's arguments and of its options."""
    arguments: list[Row] = []
    options: list[Row] = []
    parameters: list[Any] = command.get_params(ctx)
    for parameter in parameters:
        if parameter.name in OWN_HELP and isinstance(getattr(parameter, "help", None), str):
            parameter.help = OWN_HELP[parameter.name]
        if parameter.param_type_name == "argument":
            arguments.append((argument_name(parameter), str(getattr(parameter, "help", None) or "")))
        elif (record := parameter.get_help_record(ctx)) is not None:
            options.append((record[0], record[1].replace("[default: ", "[bawaan: ")))
    return arguments, options


def argument_name(parameter: Any) -> str:
    """An argument as the usage line shows it: `FILE…`, `[KODE]`."""
    return str(parameter.metavar or parameter.name.upper())


class IdmCommand(TyperCommand):
    """A command whose help page is ours, and that takes no empty text for an answer."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """As typer does; a complaint always knows its command."""
        try:
            return super().parse_args(ctx, args)
        except TyperException as error:
            if getattr(error, "ctx", ctx) is None:  # typer leaves it out where an option lacks its value
                vars(error)["ctx"] = ctx
            raise

    def invoke(self, ctx: Any) -> Any:
        """Refuse `-o "$HASIL"` of a script whose variable is empty: nothing would be written, and nobody told."""
        for parameter in self.get_params(ctx):
            value = ctx.params.get(parameter.name)
            texts = value if isinstance(value, list | tuple) else (value,)
            if any(isinstance(text, str) and not text.strip() for text in texts):
                argument = parameter.param_type_name == "argument"
                name = argument_name(parameter) if argument else max(parameter.opts, key=len)
                raise UsageError(
                    f"Isi {name.strip('[]…')} kosong",
                    f"Di dalam skrip: periksa apakah variabelnya berisi. Lihat: {ctx.command_path} --help",
                )
        return super().invoke(ctx)

    def get_help(self, ctx: Any) -> str:
        """The whole help page as text."""
        arguments, options = parameter_rows(self, ctx)
        usage = " ".join([ctx.command_path, *(name for name, _ in arguments), "[OPSI]"])
        return page(usage, self.help or "", [("Masukan", arguments), ("Opsi", options)], self.epilog or "")


class Completion:
    """typer's ways to install or show the completion of the Tab key, its English words kept off the screen."""

    def __init__(self, original: Callable[..., Any]) -> None:
        self.original = original

    def __call__(self, ctx: Any, param: Any, value: Any) -> Any:
        """Do it where asked to, say what was installed where, and stop."""
        said = io.StringIO()
        try:
            with redirect_stdout(said), redirect_stderr(io.StringIO()):
                return self.original(ctx, param, value)
        except Exit:
            raise UsageError(
                "Pelengkap tombol Tab tidak tersedia untuk shell ini", "Jalankan di PowerShell, bash, zsh, atau fish."
            ) from None
        except SystemExit:
            script, installed, place = said.getvalue().partition(" completion installed in ")
            if installed:
                script = f"Pelengkap tombol Tab terpasang di {place.splitlines()[0]}. Buka jendela terminal baru.\n"
            print(script, end="")
            raise Exit from None


class IdmGroup(TyperGroup):
    """The program: its help page lists the commands in the order in which they were added."""

    def get_params(self, ctx: Any) -> list[Any]:
        """As typer does; the options that it adds by itself speak Indonesian."""
        parameters = super().get_params(ctx)
        for parameter in parameters:
            callback = parameter.callback
            ours = parameter.name in {"install_completion", "show_completion"}
            if ours and callback and not isinstance(callback, Completion):
                parameter.callback = Completion(callback)
        return parameters

    def get_help(self, ctx: Any) -> str:
        """The whole help page as text."""
        _, options = parameter_rows(self, ctx)
        commands = [(name, self.commands[name].get_short_help_str(200)) for name in self.list_commands(ctx)]
        usage = f"{ctx.command_path} [OPSI] PERINTAH …"
        return page(usage, self.help or "", [("Perintah", commands), ("Opsi", options)], self.epilog or "")
