"""Every console example of README and panduan is run and compared, so that the docs cannot drift from the program."""

import re
from pathlib import Path

import pytest
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from idmcli.cli import app
from tests.console_examples import FOLDERS, ROOT, copy_samples, examples, matches, run

PROGRAM = get_command(app)
assert isinstance(PROGRAM, TyperGroup)
COMMANDS = tuple(PROGRAM.commands.values())


@pytest.mark.parametrize("document", FOLDERS)
def test_examples_show_what_the_program_prints(document: str, tmp_path: Path) -> None:
    copy_samples(tmp_path)
    found = examples((ROOT / document).read_text(encoding="utf-8"))
    assert found, f"{document} has no console example"
    for prompt, expected in found:
        printed = run(prompt, tmp_path / FOLDERS[document])
        assert matches(expected, printed), (
            f"{document}: {prompt}\nprints\n" + "\n".join(printed) + "\ninstead of\n" + "\n".join(expected)
        )


@pytest.mark.parametrize("document", FOLDERS)
def test_every_command_is_documented(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    commands = {command.callback.__name__ for command in app.registered_commands if command.callback}
    missing = {name for name in commands if f"idm {name}" not in text}
    assert not missing, f"{document} does not show {missing}"


def test_the_failures_that_panduan_explains_are_said_by_the_program() -> None:
    text = (ROOT / "docs/panduan.md").read_text(encoding="utf-8").partition("| Pesan | Yang dilakukan |")[2]
    rows = [line.split("|")[1].strip(" …") for line in text.partition("\n\n")[0].splitlines() if line.startswith("| ")]
    said = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "idmcli").rglob("*.py"))
    assert len(rows) > 5
    assert [row for row in rows if row not in said] == []


@pytest.mark.parametrize("command", COMMANDS, ids=str)
def test_panduan_says_which_command_takes_which_option(command: TyperCommand) -> None:
    text = (ROOT / "docs/panduan.md").read_text(encoding="utf-8").partition("| Opsi | Arti |")[2].partition("\n\n")[0]
    declared = {option for parameter in command.params for option in parameter.opts}
    for line in text.splitlines()[2:]:
        options, _, commands = (cell.strip() for cell in line.strip("|").split("|"))
        named = set(re.findall(r"`(-[^` ]+)", options))
        of_all, _, exception = commands.partition("semua kecuali ")
        own = f"`{command.name}`"
        takes = own not in exception if exception else commands == "semua" or own in of_all
        fits = named <= declared
        assert fits if takes else not fits or "-o" in named, f"{command.name}: {line}"
