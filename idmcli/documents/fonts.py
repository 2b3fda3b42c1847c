"""The typeface that travels with the program: papers look the same on every machine, whatever is installed there."""

from functools import cache
from pathlib import Path
from typing import Final

import typst

FONTS: Final = Path(__file__).resolve().parents[1] / "data" / "huruf"
"""Liberation Sans, regular and bold, unmodified, with its licence (SIL OFL 1.1) beside it."""
FAMILY: Final = "Liberation Sans"
"""Its name in templates and pictures; as wide as Arial, which Word takes in its place where it is missing."""


@cache
def fonts() -> typst.Fonts:
    """Our typeface alone: neither the system's fonts nor those inside typst, read once per process."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
