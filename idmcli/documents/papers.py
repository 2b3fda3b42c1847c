"""One paper: what it is made from, and how it becomes HTML, PDF or Word."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path, PurePath
from typing import Any, Final, Literal

from idmcli import __version__
from idmcli.documents.fonts import FONTS
from idmcli.documents.templates import TEMPLATES, render

Jenis = Literal["html", "pdf", "docx"]
ENDINGS: Final[Mapping[Jenis, str]] = {"html": ".html.j2", "pdf": ".typ.j2", "docx": ".docx"}
"""Kind of paper → how the names of its templates end."""
ENGINES: Final = ("jinja2", "typst", "docxtpl", "python-docx")


@dataclass(frozen=True)
class PaperJob:
    """A paper to make.

    Attributes:
        nama: where it goes, below the folder.
        jenis: html, pdf or docx.
        context: what the template may use.
        templat: the office's folder of templates.
        fingerprint: of everything it is made from; equal means that the paper would be the same, byte for byte.
        lembar: which paper: the template's name without its ending.
    """

    nama: PurePath
    jenis: Jenis
    context: Mapping[str, Any]
    templat: Path | None
    fingerprint: str
    lembar: str = "lembar"


def paper_job(
    nama: PurePath, jenis: Jenis, context: Mapping[str, Any], *, templat: Path | None = None, lembar: str = "lembar"
) -> PaperJob:
    """A paper to make, with the fingerprint of its context, its templates and the programs that make it."""
    templat = templat.resolve() if templat else None
    content = json.dumps([lembar, context], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    fingerprint = hashlib.sha256(f"{_makers(jenis, templat)}{content}".encode()).hexdigest()
    return PaperJob(nama, jenis, context, templat, fingerprint, lembar)


def make_paper(job: PaperJob) -> bytes:
    """The finished paper.

    Raises:
        ConfigError: its template is missing or invalid, or asks for something that is not there.
    """
    template = f"{job.lembar}{ENDINGS[job.jenis]}"
    match job.jenis:
        case "html":
            return render(template, job.context, job.templat).encode()
        case "pdf":
            from idmcli.documents.typeset import pdf

            return pdf(template, job.context, job.templat)
        case "docx":
            from idmcli.documents.word import docx

            return docx(template, job.context, job.templat)


@lru_cache(maxsize=32)
def _makers(jenis: Jenis, templat: Path | None) -> str:
    """SHA-256 of what stands behind every paper of a kind: program, engines, typeface, templates and their pictures."""
    digest = hashlib.sha256(f"{__version__} {jenis}".encode())
    for engine in ENGINES:
        digest.update(f"{engine} {version(engine)}\n".encode())
    others = tuple(ending for kind, ending in ENDINGS.items() if kind != jenis)
    for folder in [TEMPLATES, FONTS, *([templat] if templat else [])]:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            if not path.name.endswith(others):
                digest.update(f"{path.relative_to(folder).as_posix()}\n".encode() + path.read_bytes())
    return digest.hexdigest()
