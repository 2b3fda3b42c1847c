"""The parts a Word template is built from: paragraphs, tables, lines and tags, as python-docx does not offer them."""

import io
from collections.abc import Iterable
from typing import Any, Final

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from idmcli.documents.typeset import UNDATED
from idmcli.documents.word import repacked

INK, DIM, SHADE, LINE = "1A1A1A", "5C5C5C", "F1F1F1", "B9B9B9"
LEFT, CENTER, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
ORDERS: Final = {
    kind: names.split()
    for kind, names in {
        "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
        "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
        "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign",
        "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
        "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
        "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    }.items()
}
"""Properties of tables, cells, paragraphs and sections in the order in which they must stand."""
UNUSED: Final = ("/stylesWithEffects", "/customXml", "/thumbnail")
PLAIN: Final = "Normal Table"


def put_in_order(root: Any) -> None:
    """Word calls a file damaged whose properties do not stand in the order of its schema (ISO/IEC 29500-1)."""
    for kind, order in ORDERS.items():
        for settings in root.iter(qn(f"w:{kind}")):
            settings[:] = sorted(settings, key=lambda child: order.index(child.tag.split("}")[1]))


def finished(document: Any, judul: str, parts: Iterable[Any]) -> bytes:
    """The template as a file: properties in order, nothing in it that the clock or the machine decides.

    Args:
        document: the python-docx document.
        judul: title in its properties.
        parts: headers and footers.
    """
    for root in (document.element, document.styles.element, *(part._element for part in parts)):
        put_in_order(root)
    about = document.core_properties
    about.title, about.author, about.language, about.comments = judul, "idm", "id-ID", ""
    about.last_modified_by, about.revision = "idm", 1
    about.created = about.modified = UNDATED.replace(tzinfo=None)
    made = io.BytesIO()
    document.save(made)
    return repacked(made)


def strip(document: Any) -> None:
    """Leave out what python-docx's own template brings along: a hundred table styles, twice, and a picture."""
    part = document.part
    for rels in (part.rels, part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(UNUSED)]:
            del rels[key]
    for style in [style for style in document.styles if style.type == WD_STYLE_TYPE.TABLE and style.name != PLAIN]:
        style.element.getparent().remove(style.element)


def say(place: Any, text: str, style: str, align: Any = LEFT) -> Any:
    """A paragraph at the end of a document or cell."""
    paragraph = place.add_paragraph(text, style=style)
    if align != LEFT:
        paragraph.alignment = align
    return paragraph


def fill(cell: Any, text: str, style: str, *, bold: bool = False, align: Any = LEFT) -> None:
    """The first paragraph of a cell."""
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    run = paragraph.add_run(text)
    run.bold = True if bold else None
    if align != LEFT:
        paragraph.alignment = align


def say_each(place: Any, name: str, items: str, text: str, style: str) -> None:
    """A paragraph per item of a list."""
    say(place, f"{{%p for {name} in {items} %}}", "Sela")
    say(place, text, style)
    say(place, "{%p endfor %}", "Sela")


def say_when(place: Any, condition: str, texts: list[str], style: str) -> None:
    """Paragraphs that stand only where a condition holds."""
    say(place, f"{{%p if {condition} %}}", "Sela")
    for text in texts:
        say(place, text, style)
    say(place, "{%p endif %}", "Sela")


def add_table(place: Any, widths: list[float], rows: int) -> Any:
    """A table of fixed column widths in millimetres, without lines."""
    table = place.add_table(rows, len(widths))
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.LEFT
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(Mm(0.9).twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)
    return table


def add_row(
    table: Any, texts: list[str], style: str, *, bold: Any = (), center: Any = (), right: Any = (), repeat: bool = True
) -> Any:
    """A row that stays on one page; the first of a table is repeated on the next page unless `repeat` says no."""
    row = table.add_row()
    settings = row._tr.get_or_add_trPr()
    settings.append(OxmlElement("w:cantSplit"))
    if len(table.rows) == 1 and repeat:
        settings.append(OxmlElement("w:tblHeader"))
    for number, (cell, column, text) in enumerate(zip(row.cells, table.columns, texts, strict=True)):
        cell.width = column.width
        align = CENTER if number in center else RIGHT if number in right else LEFT
        fill(cell, text, style, bold=number in bold, align=align)
    return row


def add_tag(table: Any, tag: str, style: str = "Tabel Legenda") -> None:
    """A row that only holds a tag and vanishes with it."""
    row = table.add_row()
    fill(row.cells[0], tag, style)


def rule(table: Any) -> None:
    """Thin lines between the rows."""
    settings = table._tbl.tblPr
    for side in ("bottom", "insideH"):
        draw_edge(settings, "w:tblBorders", side, LINE, 4)
    for cell in table.rows[0].cells:
        draw_edge(cell._tc.get_or_add_tcPr(), "w:tcBorders", "bottom", INK, 8)


def merge(row: Any, first: int, last: int) -> Any:
    """Cells of a row as one, without the empty paragraphs of the others."""
    merged = row.cells[first].merge(row.cells[last])
    for empty in merged.paragraphs[1:]:
        empty._p.getparent().remove(empty._p)
    return merged


def draw_edge(settings: Any, group: str, side: str, colour: str, eighths: int) -> None:
    """A line on one side of a paragraph, a cell or a table; `eighths` of a point thick."""
    borders = settings.find(qn(group))
    if borders is None:
        borders = OxmlElement(group)
        settings.append(borders)
    edge = OxmlElement(f"w:{side}")
    for key, value in (("val", "single"), ("sz", str(eighths)), ("space", "1"), ("color", colour)):
        edge.set(qn(f"w:{key}"), value)
    borders.append(edge)


def shade(cell: Any, colour: str = SHADE) -> None:
    """Colour the ground of a cell."""
    ground = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        ground.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(ground)


def set_font(style: Any, size: float, bold: bool, colour: str) -> None:
    """Letters of a style: size in points, weight, colour."""
    style.font.name, style.font.size, style.font.bold = "Arial", Pt(size), bold or None
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), "Arial")


def add_field(paragraph: Any, code: str, shown: str = "") -> None:
    """What Word computes: PAGE, NUMPAGES, STYLEREF; `shown` stands there in programs that cannot."""
    for kind, text in (
        ("begin", ""),
        ("", code),
        *((("separate", ""), ("shown", shown)) if shown else ()),
        ("end", ""),
    ):
        run = paragraph.add_run()
        if kind == "shown":
            run.text = text
            continue
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)
