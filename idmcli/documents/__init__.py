"""Papers for people: the report of the findings, and the sheets and posters of villages.

Each is loaded when somebody asks for it: the workers that fill in templates need neither polars nor xlsxwriter, and
start in a third of the time without.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from idmcli.documents.context import sheet_context
    from idmcli.documents.findings_report import REPORT_ENDINGS, findings_page, write_findings_report
    from idmcli.documents.html import poster_page, sheet_page
    from idmcli.documents.names import paper_paths
    from idmcli.documents.sheet_input import SheetInput
    from idmcli.documents.templates import render

PLACES: Final = {
    "sheet_context": "context",
    "REPORT_ENDINGS": "findings_report",
    "findings_page": "findings_report",
    "write_findings_report": "findings_report",
    "poster_page": "html",
    "sheet_page": "html",
    "paper_paths": "names",
    "SheetInput": "sheet_input",
    "render": "templates",
}
"""Public name → the module of this package that holds it."""

__all__ = [
    "REPORT_ENDINGS",
    "SheetInput",
    "findings_page",
    "paper_paths",
    "poster_page",
    "render",
    "sheet_context",
    "sheet_page",
    "write_findings_report",
]


def __getattr__(name: str) -> Any:
    """A public name, loaded with its module."""
    if name in PLACES:
        return getattr(import_module(f"{__name__}.{PLACES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
