"""Each room knows only the rooms to its left; only the skin knows typer and rich."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "idmcli"
ROOMS = {
    0: {"__init__", "errors", "columns", "tables", "findings", "words", "sentences", "settings", "calendar"}
    | {"rubric", "regions", "parameters"},
    1: {"reading", "normalise", "validate", "scoring", "classify", "gap", "plan", "minutes", "merge"}
    | {"budget", "compare"},
    2: {"pipeline"},
    3: {"workbook", "documents", "annotate", "export", "report"},
    4: {"commands", "cli", "__main__"},
}
STEPS = ROOMS[1]
FILELESS = STEPS - {"reading"}
SKIN_ONLY = {"typer", "rich"}


@cache
def nodes() -> tuple[tuple[Path, str, tuple[ast.Import | ast.ImportFrom | ast.Call, ...]], ...]:
    """Every file of the package, the room it stands in, its imports and calls."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        kept = tuple(node for node in tree if isinstance(node, ast.Import | ast.ImportFrom | ast.Call))
        found.append((path, path.relative_to(PACKAGE).parts[0].removesuffix(".py"), kept))
    return tuple(found)


def modules() -> Iterator[tuple[Path, str, str]]:
    """Every import of the package: file, the room it stands in, the dotted name it imports."""
    for path, room, inside_file in nodes():
        for node in inside_file:
            if isinstance(node, ast.Import):
                yield from ((path, room, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{path}: relative import"
                inside = node.module == "idmcli"
                yield from (
                    (path, room, f"{node.module}.{alias.name}" if inside else str(node.module)) for alias in node.names
                )


def rank(room: str) -> int:
    return next((number for number, names in ROOMS.items() if room in names), 0 if room.startswith("__") else -1)


def test_every_file_stands_in_a_known_room() -> None:
    strangers = {room for _, room, _ in modules() if rank(room) < 0}
    assert not strangers, f"rooms without a place in the design: {strangers}"


def test_imports_point_left() -> None:
    wrong = []
    for path, room, name in modules():
        parts = name.split(".")
        if parts[0] != "idmcli" or len(parts) == 1 or parts[1] == room:
            continue
        target = parts[1]
        if rank(target) > rank(room) or (room in STEPS and target in STEPS):
            wrong.append(f"{path.relative_to(PACKAGE)} imports {name}")
    assert not wrong, "\n".join(wrong)


def test_only_the_skin_knows_typer_and_rich() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path, room, name in modules()
        if name.split(".")[0] in SKIN_ONLY and rank(room) < 4
    ]
    assert not wrong, "\n".join(wrong)


def test_steps_print_nothing_and_open_no_files() -> None:
    """Steps are pure; only `reading` opens files (layouts and rules are read through the loaders of their data)."""
    wrong = []
    for path, room, inside_file in nodes():
        for node in inside_file:
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if room in FILELESS and node.func.id in {"print", "open"}:
                wrong.append(f"{path.relative_to(PACKAGE)}:{node.lineno} calls {node.func.id}")
    assert not wrong, "\n".join(wrong)
