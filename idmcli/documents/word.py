"""Word: a .docx with jinja tags filled in by docxtpl; the same input gives the same bytes.

Beside docxtpl's own tags (`{{ … }}`, `{%tr for … %}`, `{%p if … %}`) a template may use the filters `gambar` and
`logo`, which put in a picture. Tables of the style `Tabel IDM` get the widths of their columns from what they hold.
Styles whose names begin with a page of `padat` (`Muka …`, `Tabel …`) get smaller where that page is full.
"""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from docx.opc.exceptions import OpcError
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.styles.styles import Styles
from docxtpl.template import DocxTemplate
from jinja2 import Template, TemplateSyntaxError, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from idmcli import __version__
from idmcli.documents.logo import logo
from idmcli.documents.templates import REINSTALL, TEMPLATES, fault_place, new_environment, template_fault
from idmcli.documents.typeset import moment, png
from idmcli.documents.word_tables import fit_tables
from idmcli.errors import ConfigError

PACKED: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every part inside the file: the earliest that zip knows."""
SIZES: Final = (1.0, 0.93, 0.88)
"""What is left of a style's size at each level of `padat`."""
PAPER: Final = "dokumen_word"
"""Where the filter `gambar` finds the document that is being filled in."""
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_PATCHED: Final[dict[str, str]] = {}
_TAG: Final = re.compile(r"\{[{%#].*?[}%#]\}")


def docx(template: str, context: Mapping[str, Any], templat: Path | None = None) -> bytes:
    """A paper as a Word document.

    Args:
        template: file name of the .docx, in the office's folder or in `idmcli/templates`.
        context: what the template may use; `judul` and `tanggal_iso` become properties of the document.
        templat: the office's folder of templates.

    Raises:
        ConfigError: the template is missing or no Word document, or a tag in it is invalid or asks for something that
            is not there; the message names the file and what stands in that line.
    """
    path = _path(template, templat)
    try:
        paper = _Paper(io.BytesIO(_bytes(path)))
        paper.render({**context, PAPER: paper}, _environment())
    except (OpcError, zipfile.BadZipFile, SyntaxError, OSError) as error:
        raise template_fault(str(path), None, f"bukan dokumen Word yang utuh ({error})") from error
    except _TagError as error:
        raise template_fault(f"{path}{error.near}", None, str(error)) from error
    return _finished(paper, context)


class _TagError(Exception):
    """A tag that jinja cannot use, and the paragraph it stands in."""

    def __init__(self, error: Exception, near: str) -> None:
        super().__init__(str(error))
        self.near = near


class _Paper(DocxTemplate):
    """docxtpl, which keeps what it made of a template from one paper to the next."""

    def patch_xml(self, src_xml: str) -> str:
        """The text of a part with its tags put together, a paragraph per line."""
        patch: Callable[[str], str] = super().patch_xml
        if src_xml not in _PATCHED:
            _PATCHED[src_xml] = re.sub(r"<w:p([ >])", r"\n<w:p\1", patch(src_xml))
        return _PATCHED[src_xml]

    def fix_tables(self, xml: str) -> Any:
        """The document as a tree, its tables in order."""
        in_order: Callable[[str], Any] = super().fix_tables
        tree = in_order(xml)
        opened: Any = self.docx
        fit_tables(tree, _letters(opened.styles))
        return tree

    def render_xml_part(self, src_xml: str, part: Any, context: dict[str, Any], jinja_env: Any = None) -> str:
        """A part filled in."""
        breaks: Callable[[str], str] = self.resolve_listing
        self.current_rendering_part = part
        try:
            text = _compiled(src_xml).render(context)
        except TemplateSyntaxError as error:
            raise _TagError(error, _near(src_xml, error.lineno)) from error
        except ConfigError:  # of a filter: a logo, which the message names
            raise
        except Exception as error:  # a template computes: whatever it does wrong is the template's fault
            place = fault_place(error.__traceback__)
            raise _TagError(error, _near(src_xml, place[1]) if place else "") from error
        return breaks(text)


def _letters(styles: Styles) -> dict[str, float]:
    """Points of the letters by the id of a paragraph style, where the style says it."""
    paragraphs = [style for style in styles if isinstance(style, ParagraphStyle)]
    return {style.style_id: style.font.size.pt for style in paragraphs if style.font.size}


@lru_cache(maxsize=32)
def _compiled(src_xml: str) -> Template:
    environment = _environment()
    code = environment.compile(src_xml, filename="word.j2")  # with a name, for `fault_place` to know it by
    return Template.from_code(environment, code, environment.make_globals(None))


@lru_cache(maxsize=1)
def _environment() -> ImmutableSandboxedEnvironment:
    environment = new_environment(None, trim_blocks=False, lstrip_blocks=False, finalize=_writable)
    environment.filters["gambar"] = _picture
    environment.filters["logo"] = _logo
    return environment


def _writable(value: Any) -> Any:
    """Control characters and lone surrogates cannot stand in a Word document."""
    return _UNWRITABLE.sub("\ufffd", value) if isinstance(value, str) and not isinstance(value, Markup) else value


@pass_context
def _picture(context: Context, svg: str, width: float, words: str = "") -> Markup:
    """`{{ gambar.tangga | gambar(180, gambar.tangga_kata) }}`: a picture, so many millimetres wide, and in words."""
    return _drawing(context, _png(svg), words, width, None)


@pass_context
def _logo(context: Context, path: str, width: float, height: float) -> Markup:
    """`{{ kop.logo | logo(20, 26) }}`: a picture file, as large as fits into so many millimetres."""
    picture = logo(path)
    return _drawing(context, picture.gambar, "Logo", *picture.within(width, height))


def _drawing(context: Context, data: bytes, words: str, width: float, height: float | None) -> Markup:
    part = context[PAPER].current_rendering_part
    inline = part.new_pic_inline(io.BytesIO(data), Mm(width), Mm(height) if height else None)
    inline.docPr.set("descr", words)
    for side in "TBLR":  # LibreOffice would leave 3 mm
        inline.set(f"dist{side}", "0")
    drawing = f"<w:drawing>{inline.xml}</w:drawing>"
    return Markup(f'</w:t></w:r><w:r>{drawing}</w:r><w:r><w:t xml:space="preserve">')


@lru_cache(maxsize=16)
def _png(svg: str) -> bytes:
    return png(svg)


def _near(src_xml: str, line: int | None) -> str:
    """The tags of a paragraph, as the office wrote them; "" where none can be named."""
    lines = src_xml.splitlines()
    if line is None or not 0 < line <= len(lines):
        return ""
    text = re.sub(r"<[^>]+>", "", lines[line - 1])
    tags = " ".join(_TAG.findall(text)) or text.strip()
    return f" pada {tags[:120]}" if tags else ""


def _path(template: str, templat: Path | None) -> Path:
    for folder in [*([templat] if templat else []), TEMPLATES]:
        if (folder / template).is_file():
            return folder / template
    raise ConfigError(f"Templat {template} tidak ada", REINSTALL)


@lru_cache(maxsize=8)
def _bytes(path: Path) -> bytes:
    return path.read_bytes()


def _finished(paper: DocxTemplate, context: Mapping[str, Any]) -> bytes:
    """The file, with properties and dates from the context and none from the clock."""
    document: Any = paper.docx
    about = document.core_properties
    about.title, about.language = str(context.get("judul", "")), "id-ID"
    about.author = about.last_modified_by = f"idm {__version__}"
    about.created = about.modified = moment(context).replace(tzinfo=None)
    about.revision = 1
    for page, level in context.get("padat", {}).items():
        _shrink(document, page, SIZES[level])
    made = io.BytesIO()
    document.save(made)
    return repacked(made)


def repacked(made: io.BytesIO) -> bytes:
    """A zip file with the same parts and no trace of clock or machine."""
    packed = io.BytesIO()
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(packed, "w") as target:
        for part in parts.infolist():
            entry = zipfile.ZipInfo(part.filename, PACKED)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(entry, parts.read(part))
    return packed.getvalue()


def _shrink(document: Any, page: str, size: float) -> None:
    """Make the styles of a page (`Muka …`, `Tabel …`) smaller, so that a long sheet keeps to its pages."""
    for style in document.styles if size != 1 else ():
        if style.name.split(" ")[0].lower() == page and style.font.size:
            style.font.size = Pt(round(style.font.size.pt * size * 2) / 2)
