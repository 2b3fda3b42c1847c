"""Sheet and poster as web pages: each one file that needs nothing else, for paper, screen and phone."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from idmcli.documents.templates import render

SHEET: Final = "lembar.html.j2"
POSTER: Final = "poster.html.j2"


def sheet_page(context: Mapping[str, Any], templat: Path | None = None) -> str:
    """A village's sheet from `sheet_context`: two A4 pages when printed.

    Args:
        context: what `sheet_context` gave.
        templat: the office's folder of templates.

    Raises:
        ConfigError: the template is invalid.
    """
    return render(SHEET, context, templat)


def poster_page(context: Mapping[str, Any], templat: Path | None = None) -> str:
    """The poster for the village's information board: one A4 page when printed.

    Raises:
        ConfigError: the template is invalid.
    """
    return render(POSTER, context, templat)
