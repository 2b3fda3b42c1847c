"""PDF: a typst template filled in by jinja, then set by typst; the same input gives the same bytes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import typst
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.sandbox import ImmutableSandboxedEnvironment

from idmcli.documents.fonts import fonts
from idmcli.documents.markup import literal, written
from idmcli.documents.templates import TEMPLATES, fill, new_environment, template_fault

UNDATED: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""The time that a paper without a date carries inside: the clock would make every file a different one."""
PIXELS_PER_INCH: Final = 180.0
"""Of pictures in Word: sharp on an office printer, about 25 KB each."""
_MARK: Final = re.compile("\x00(\\d+):(.*?)\x00")
_LINE: Final = re.compile(r"─ (?:.*[\\/])?__typst_py_bytes__\.typ:(\d+):")


def pdf(template: str, context: Mapping[str, Any], templat: Path | None = None) -> bytes:
    """A paper as PDF: tagged, fonts embedded, no trace of clock or machine.

    Args:
        template: file name of the `.typ.j2`, in the office's folder or in `idmcli/templates`.
        context: what the template may use; `tanggal_iso` dates the document.
        templat: the office's folder of templates; the template may use the pictures in it.

    Raises:
        ConfigError: the template is missing or invalid, asks for something that is not there, or is no typst.
    """
    text = source(template, context, templat)
    try:
        made = _compiler(templat or TEMPLATES).compile(text.encode(), format="pdf", timestamp=moment(context))
    except typst.TypstError as error:
        file, line = _fault(template, context, templat, error.diagnostic)
        raise template_fault(file, line, f"typst menolaknya ({error.message})") from error
    assert isinstance(made, bytes)
    return made


def source(template: str, context: Mapping[str, Any], templat: Path | None = None) -> str:
    """The finished typst text of a paper.

    Raises:
        ConfigError: the template is missing or invalid, or asks for something that is not there.
    """
    return fill(_environment(templat), template, context)


def png(svg: str, width: float | None = None) -> bytes:
    """A picture as PNG, so many millimetres wide or of the size it was drawn in, for programs that cannot show SVG.

    Raises:
        typst.TypstError: it is no SVG, or holds a picture that is damaged.
    """
    size = f"{width:g}mm" if width else "auto"
    text = "#set page(width: auto, height: auto, margin: 0pt)\n"
    text += f'#image(bytes({literal(svg)}), format: "svg", width: {size})\n'
    made = _compiler(TEMPLATES).compile(text.encode(), format="png", ppi=PIXELS_PER_INCH)
    assert isinstance(made, bytes)
    return made


def moment(context: Mapping[str, Any]) -> datetime:
    """The time that a paper carries inside: midnight of its date."""
    day = context.get("tanggal_iso")
    return datetime.fromisoformat(day).replace(tzinfo=UTC) if day else UNDATED


@lru_cache(maxsize=8)
def _environment(templat: Path | None, *extensions: type[Extension]) -> ImmutableSandboxedEnvironment:
    environment = new_environment(templat, autoescape=False, finalize=written, extensions=extensions)
    environment.filters["teks"] = literal
    environment.filters["logo"] = _logo
    return environment


def _logo(path: str) -> str:
    """`image(bytes({{ kop.logo | logo }}), format: "svg")`: a picture file from outside the folder of templates."""
    from idmcli.documents.logo import logo

    return literal(logo(path).svg)


@lru_cache(maxsize=8)
def _compiler(root: Path) -> typst.Compiler:
    """One per folder and process: reading fonts takes longer than a page."""
    return typst.Compiler(root=root.resolve(), font_paths=fonts(), ignore_system_fonts=True)


def _fault(template: str, context: Mapping[str, Any], templat: Path | None, diagnostic: str) -> tuple[str, int | None]:
    """The line of the template behind the line of the finished text that typst complains about."""
    found = _LINE.search(diagnostic, max(diagnostic.find("error:"), 0))
    if not found:
        return template, None
    using = _environment(templat, _Marking)
    before = fill(using, template, context).split("\n")[: int(found[1])]
    marks = _MARK.findall("\n".join(before))
    return (marks[-1][1], int(marks[-1][0])) if marks else (template, None)


class _Marking(Extension):
    """Writes in front of each line of a template where it stands; only to find the place of a fault."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """Every piece of constant text, line by line, with its place in front."""
        return self._marked(stream)

    @staticmethod
    def _marked(stream: TokenStream) -> Iterator[Token]:
        file = stream.filename or stream.name or ""
        for token in stream:
            if token.type == "data":
                lines = enumerate(token.value.split("\n"), token.lineno)
                text = "\n".join(f"\x00{number}:{file}\x00{line}" for number, line in lines)
                yield Token(token.lineno, token.type, text)
            else:
                yield token
