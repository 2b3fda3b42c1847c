"""Draw `docs/skor.svg`, the picture in the README: the real output of `idm score samples/kaltara.xlsx`.

Run by `make docs`. The drawing names no web font, so that it looks the same without a network.
"""

import os
import re
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME

from idmcli import pipeline
from idmcli.commands.show_score import print_scores, totals
from idmcli.settings import Settings

ROOT = Path(__file__).parents[1]
COMMAND = "idm score samples/kaltara.xlsx"


def main() -> None:
    """Score the sample, record the screen, write the picture."""
    loaded = pipeline.load(pipeline.Request((str(ROOT / "samples" / "kaltara.xlsx"),)), Settings())
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=80, file=nowhere, force_terminal=True, highlight=False)
        console.print(f"$ {COMMAND}\n")
        print_scores(console, loaded, totals(loaded))
    picture = console.export_svg(title="idm score", theme=DEFAULT_TERMINAL_THEME, unique_id="skor")
    picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
    picture = picture.replace("Fira Code, monospace", "Consolas, Menlo, DejaVu Sans Mono, monospace")
    (ROOT / "docs" / "skor.svg").write_text(picture, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
