"""The styles of a Word template: what stays of python-docx's own, letters, spaces, levels for Word's navigation."""

from typing import Any, Final

from bagian_word import DIM, INK, add_field, set_font
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

KEPT: Final = {"Normal", "Header", "Footer", "Default Paragraph Font", "Normal Table", "No List"}
"""Styles that stay of python-docx's own template: each further one costs time in every document."""


def keep_few(document: Any) -> None:
    """Take out every style but those that a new one builds on."""
    root = document.styles.element
    for style in [style for style in document.styles if style.name not in KEPT]:
        root.remove(style.element)
    root.find(qn("w:latentStyles"))[:] = []


def set_base(document: Any, size: float, footer_size: float, ink: str = INK) -> None:
    """Indonesian for the spelling check; letters of the text, in points, and smaller grey ones at the foot."""
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    defaults.find(qn("w:lang")).set(qn("w:val"), "id-ID")
    normal = document.styles["Normal"]
    set_font(normal, size, False, ink)
    normal.paragraph_format.space_after = Pt(0)
    set_font(document.styles["Footer"], footer_size, False, DIM)


def set_margins(document: Any, width: float, size: float, colour: str) -> None:
    """Header and footer: letters in points and colour, and a stop at the right end of the text, in millimetres."""
    for name in ("Header", "Footer"):
        set_font(document.styles[name], size, False, colour)
        document.styles[name].paragraph_format.tab_stops.clear_all()
    document.styles["Footer"].paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)


def add_style(document: Any, name: str, size: float, bold: bool, colour: str, before: float, after: float) -> Any:
    """A style of paragraphs by the name that officers see: letters and spaces in points."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style, style.quick_style = document.styles["Normal"], True
    set_font(style, size, bold, colour)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.0
    return style


def set_level(style: Any, level: int) -> None:
    """Where paragraphs of a style stand in Word's navigation: 0 for the highest."""
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(level))
    style.element.get_or_add_pPr().append(outline)


def number_pages(document: Any, width: float) -> None:
    """A footer with the title at the left, page and number of pages at the right end of the text (millimetres)."""
    footer = document.sections[0].footer.paragraphs[0]
    document.styles["Footer"].paragraph_format.tab_stops.clear_all()
    footer.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
    footer.add_run("{{ judul }}\t")
    add_field(footer, "PAGE")
    footer.add_run("/")
    add_field(footer, "NUMPAGES")
