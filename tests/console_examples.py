"""The console examples of README and panduan; `python -m tests.console_examples` prints them anew.

A block marked `console` holds prompts (`$ ` or `C:\\IDM> `) and, under each, what stands on the screen (stdout and
stderr together, 80 columns). A line `…` stands for any number of lines; printing anew keeps as many lines before and
after it as there were.
"""

import re
import shlex
import shutil
import tempfile
from pathlib import Path

from tests.program import run_here

ROOT = Path(__file__).parents[1]
FOLDERS = {"README.md": ".", "docs/panduan.md": "samples"}
"""Documents, and the folder in which each of them stands while it is read."""
ELISION = "…"
PROMPT = re.compile(r"^(?:\$|C:\\IDM>) (?P<command>.+)$")
BLOCK = re.compile(r"(?<=^```console\n)(?P<body>.*?)(?=^```$)", re.DOTALL | re.MULTILINE)


def examples(text: str) -> list[tuple[str, list[str]]]:
    """The commands of a document in order, each with its expected lines."""
    return [example for block in BLOCK.finditer(text) for example in in_block(block["body"])]


def in_block(body: str) -> list[tuple[str, list[str]]]:
    """The commands of one block, each with its expected lines, blank lines at the end left out."""
    found: list[tuple[str, list[str]]] = []
    for line in body.splitlines():
        prompt = PROMPT.match(line)
        if prompt:
            found.append((line, []))
        else:
            found[-1][1].append(line.rstrip())
    return [(prompt, trimmed(lines)) for prompt, lines in found]


def trimmed(lines: list[str]) -> list[str]:
    """The lines without the blank ones at the end."""
    while lines and not lines[-1]:
        lines = lines[:-1]
    return lines


def run(prompt: str, folder: Path) -> list[str]:
    """What a command prints, as lines."""
    match = PROMPT.match(prompt)
    assert match, prompt
    program, *arguments = shlex.split(match["command"])
    assert program == "idm", f"only idm is shown, not {program}"
    ended = run_here(arguments, folder, together=True, NO_COLOR="1")
    assert ended.returncode in (0, 1), f"{prompt} ended with {ended.returncode}:\n{ended.stdout}"
    return trimmed([line.rstrip() for line in ended.stdout.splitlines()])


def matches(expected: list[str], printed: list[str]) -> bool:
    """Whether the printed lines are the expected ones, elisions allowed for."""
    parts = [r"(?:.*\n)*?" if line == ELISION else re.escape(line) + "\n" for line in expected]
    return re.fullmatch("".join(parts), "".join(f"{line}\n" for line in printed)) is not None


def renewed(expected: list[str], printed: list[str]) -> list[str]:
    """The printed lines, shortened where the expected ones are."""
    if expected.count(ELISION) == 0:
        return printed
    if expected.count(ELISION) > 1:  # picked lines, kept by hand
        return expected
    before = expected.index(ELISION)
    after = len(expected) - before - 1
    return [*printed[:before], ELISION, *printed[len(printed) - after :]] if after else [*printed[:before], ELISION]


def copy_samples(folder: Path) -> None:
    """The files that the examples use, where they may also write."""
    shutil.copytree(ROOT / "samples", folder / "samples")


def print_anew() -> None:
    """Write what the program prints now into both documents."""
    for document, place in FOLDERS.items():
        path = ROOT / document
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            copy_samples(folder)

            def block(match: re.Match[str], folder: Path = folder / place) -> str:
                lines = []
                for prompt, expected in in_block(match["body"]):
                    lines += [prompt, *renewed(expected, run(prompt, folder))]
                return "".join(f"{line}\n" for line in lines)

            path.write_text(BLOCK.sub(block, path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    print_anew()
