"""Help pages in Indonesian: typer's own words are English, so its command classes are given ours here.

Plain text, wrapped to the terminal; examples (the epilog) keep their line breaks. No rich: `idm --help` must be quick.
"""

import inspect
import shutil
from collections.abc import Sequence
from textwrap import wrap
from typing import Any, Final

from typer import Context
from typer.core import TyperCommand, TyperGroup

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
    for parameter in command.get_params(ctx):
        if parameter.name in OWN_HELP and isinstance(getattr(parameter, "help", None), str):
            parameter.help = OWN_HELP[parameter.name]  # type: ignore[attr-defined]  # typer types it on a subclass
        if parameter.param_type_name == "argument":
            arguments.append((argument_name(parameter), str(getattr(parameter, "help", None) or "")))
        elif (record := parameter.get_help_record(ctx)) is not None:
            options.append(record)
    return arguments, options


def argument_name(parameter: Any) -> str:
    """An argument as the usage line shows it: `FILE…`, `[KODE]`."""
    return str(parameter.metavar or parameter.name.upper())


class IdmCommand(TyperCommand):
    """A command whose help page is ours."""

    def get_help(self, ctx: Any) -> str:
        """The whole help page as text."""
        arguments, options = parameter_rows(self, ctx)
        usage = " ".join([ctx.command_path, *(name for name, _ in arguments), "[OPSI]"])
        return page(usage, self.help or "", [("Masukan", arguments), ("Opsi", options)], self.epilog or "")


class IdmGroup(TyperGroup):
    """The program: its help page lists the commands in the order in which they were added."""

    def get_help(self, ctx: Any) -> str:
        """The whole help page as text."""
        _, options = parameter_rows(self, ctx)
        commands = [(name, self.commands[name].get_short_help_str(200)) for name in self.list_commands(ctx)]
        usage = f"{ctx.command_path} [OPSI] PERINTAH …"
        return page(usage, self.help or "", [("Perintah", commands), ("Opsi", options)], self.epilog or "")
