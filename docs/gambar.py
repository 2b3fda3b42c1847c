"""Draw the pictures of the README from the sample province: the screen of `idm score` and a village's sheet.

Run by `make docs`. `docs/ringkasan.png` is a photograph of the workbook in LibreOffice, which not every machine has.
"""

import io
import os
import re
from pathlib import Path

import typst
from PIL import Image
from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME

from idmcli import pipeline
from idmcli.commands.show_score import print_scores, totals
from idmcli.documents.context import sheet_context
from idmcli.documents.fonts import fonts
from idmcli.documents.typeset import source
from idmcli.documents.villages import sheet_inputs
from idmcli.pipeline.planning import PlanWishes, plan_province
from idmcli.settings import Settings

ROOT = Path(__file__).parents[1]
COMMAND = "idm score samples/kaltara.xlsx"
VILLAGE = "6501012005"
GAP = 24
"""Pixels between and around the two pages."""


def main() -> None:
    """Draw all pictures."""
    os.chdir(ROOT)  # the papers name the file as it was typed
    loaded = pipeline.load(pipeline.Request(("samples/kaltara.xlsx",)), Settings())
    draw_screen(loaded)
    draw_sheet(loaded)


def draw_screen(loaded: pipeline.Loaded) -> None:
    """The real output of `idm score`, without web fonts, so that it looks the same without a network."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=80, file=nowhere, force_terminal=True, highlight=False)
        console.print(f"$ {COMMAND}\n")
        print_scores(console, loaded, totals(loaded))
    picture = console.export_svg(title="idm score", theme=DEFAULT_TERMINAL_THEME, unique_id="skor")
    picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
    picture = picture.replace("Fira Code, monospace", "Consolas, Menlo, DejaVu Sans Mono, monospace")
    (ROOT / "docs" / "skor.svg").write_text(picture, encoding="utf-8", newline="\n")


def draw_sheet(loaded: pipeline.Loaded) -> None:
    """Both pages of a village's sheet, as the PDF shows them."""
    planned = plan_province(loaded, PlanWishes(), Settings()).plan
    one = next(given for _, given in sheet_inputs(planned) if given.desa["kode_desa"] == VILLAGE)
    text = source("lembar.typ.j2", sheet_context(one, planned.gapped.rubric))
    pages = typst.Compiler(font_paths=fonts()).compile(text.encode(), format="png", ppi=80.0)
    assert isinstance(pages, list)
    images = [Image.open(io.BytesIO(page)).convert("L") for page in pages]
    width = sum(image.width + GAP for image in images) + GAP
    sheet = Image.new("L", (width, max(image.height for image in images) + 2 * GAP), 205)
    left = GAP
    for image in images:
        sheet.paste(image, (left, GAP))
        left += image.width + GAP
    sheet.quantize(16).save(ROOT / "docs" / "lembar.png", optimize=True)


if __name__ == "__main__":
    main()
