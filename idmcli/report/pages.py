"""The pages of the annual report into their folder."""

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any, Final

from idmcli.documents.papers import Jenis, make_paper, paper_job
from idmcli.export import atomic

REPORT: Final = "laporan"
"""Name of the pages and their templates, without ending."""
INDEX: Final = "laporan-indeks"
INDEX_FILE: Final = "index.html"
FORMATS: Final[tuple[Jenis, ...]] = ("html", "pdf", "docx")


def write_report(
    context: Mapping[str, Any], folder: Path, formats: Sequence[Jenis], templat: Path | None
) -> list[Path]:
    """Write `laporan.html`, `laporan.pdf` and `laporan.docx` as asked, and `index.html`, which is always made.

    Args:
        context: what `report_context` gave.
        folder: where to; exists.
        formats: forms of the report.
        templat: the office's own templates.

    Returns:
        The files written, `index.html` last.

    Raises:
        ConfigError: a template is missing or invalid, or asks for something that is not there.
        OutputError: a file cannot be written.
    """
    made = [kind for kind in FORMATS if kind in formats]
    written = [_write(folder, f"{REPORT}.{kind}", kind, REPORT, context, templat) for kind in made]
    index = {**context, "halaman": [{"nama": f"{REPORT}.{kind}", **context["indeks"]["bentuk"][kind]} for kind in made]}
    return [*written, _write(folder, INDEX_FILE, "html", INDEX, index, templat)]


def _write(
    folder: Path, name: str, kind: Jenis, template: str, context: Mapping[str, Any], templat: Path | None
) -> Path:
    job = paper_job(PurePath(name), kind, context, templat=templat, lembar=template)
    data = make_paper(job)
    with atomic(folder / name, force=True) as path:
        path.write_bytes(data)
    return folder / name
