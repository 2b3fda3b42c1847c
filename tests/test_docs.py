"""Every console example of README and panduan is run and compared, so that the docs cannot drift from the program."""

from pathlib import Path

import pytest

from idmcli.cli import app
from tests.console_examples import FOLDERS, ROOT, copy_samples, examples, matches, run


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
