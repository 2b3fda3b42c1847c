"""Make `idmcli/templates/lembar.docx`, the Word template of the village sheet, with its tags, styles and tables.

Run by `make templat`. An office changes a copy of the result in Word; this file only keeps ours reproducible.
"""

import io
from pathlib import Path
from typing import Any, Final

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from idmcli.documents.typeset import UNDATED
from idmcli.documents.word import repacked

TARGET: Final = Path(__file__).parents[1] / "idmcli" / "templates" / "lembar.docx"
WIDTH: Final = 186.0
"""Of the text, in millimetres: A4 with margins of 12 mm."""
INK, DIM, SHADE, LINE = "1A1A1A", "5C5C5C", "F1F1F1", "B9B9B9"
LEFT, CENTER, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT

STYLES: Final = {
    # name: size in points, bold, colour, space before and after in points
    "Kepala Jenis": (7.5, False, DIM, 0, 0),
    "Kepala Nama": (17, True, INK, 0, 1),
    "Kepala Tempat": (9, False, INK, 0, 0),
    "Muka Isi": (9, False, INK, 0, 2),
    "Muka Judul": (9.5, True, INK, 6, 2),
    "Muka Kotak": (13, True, INK, 0, 0),
    "Muka Label": (7, False, INK, 0, 0),
    "Muka Tabel": (8, False, INK, 0.5, 0.5),
    "Muka Daftar": (8, False, INK, 0, 1),
    "Tabel Judul": (9.5, True, INK, 0, 2),
    "Tabel Legenda": (7, False, DIM, 0, 1),
    "Tabel Isi": (7.5, False, INK, 0, 0),
    "Tabel Penuh": (7.5, False, DIM, 0, 0),
    "Tabel Dasar": (6, False, DIM, 2, 2),
    "Tanda Tangan": (8, False, INK, 2, 0),
    "Sela": (1, False, INK, 0, 0),
}


def main() -> None:
    """Build the template and write it."""
    document = Document()
    _page(document)
    _styles(document)
    _front(document)
    _indicators(document)
    _signatures(document)
    about = document.core_properties
    about.title, about.author, about.language, about.comments = "Templat lembar rekomendasi desa", "idm", "id-ID", ""
    about.last_modified_by, about.revision = "idm", 1
    about.created = about.modified = UNDATED.replace(tzinfo=None)
    made = io.BytesIO()
    document.save(made)
    TARGET.write_bytes(repacked(made))


def _page(document: Any) -> None:
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(12)
    section.top_margin, section.bottom_margin = Mm(10), Mm(12)
    section.header_distance, section.footer_distance = Mm(5), Mm(6)
    footer = section.footer.paragraphs[0]
    document.styles["Footer"].paragraph_format.tab_stops.clear_all()
    footer.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    footer.add_run("{{ judul }}\t")
    _field(footer, "PAGE")
    footer.add_run("/")
    _field(footer, "NUMPAGES")


def _styles(document: Any) -> None:
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    language = defaults.find(qn("w:lang"))
    language.set(qn("w:val"), "id-ID")
    normal = document.styles["Normal"]
    _font(normal, 9, False, INK)
    normal.paragraph_format.space_after = Pt(0)
    _font(document.styles["Footer"], 6.5, False, DIM)
    for name, (size, bold, colour, before, after) in STYLES.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = normal, True
        _font(style, size, bold, colour)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.line_spacing = 1.0
        if name.endswith(("Judul", "Nama")):
            _edge(style.element.get_or_add_pPr(), "w:pBdr", "bottom", INK, 8) if name.endswith("Judul") else None
            level = OxmlElement("w:outlineLvl")
            level.set(qn("w:val"), "1" if name.endswith("Judul") else "0")
            style.element.get_or_add_pPr().append(level)
            style.paragraph_format.keep_with_next = True
    document.styles["Muka Daftar"].paragraph_format.left_indent = Mm(2.2)
    document.styles["Muka Daftar"].paragraph_format.first_line_indent = Mm(-2.2)


def _front(document: Any) -> None:
    _say(document, "{{ kepala.jenis | upper }}", "Kepala Jenis")
    _say(document, "{{ kepala.nama }}", "Kepala Nama")
    _say(document, "{{ kepala.tempat }}", "Kepala Tempat")
    _edge(_say(document, "{{ kepala.keterangan }}", "Kepala Tempat")._p.get_or_add_pPr(), "w:pBdr", "bottom", INK, 16)
    _say(document, "", "Sela")

    _say(document, "{%p if status.tujuan %}", "Sela")
    _boxes(document, [44, 1.5, 24, 1.5, 36, 1.5, 77.5])
    _say(document, "{%p else %}", "Sela")
    _boxes(document, [58, 1.5, 24, 1.5, 101])
    _say(document, "{%p endif %}", "Sela")
    _say(document, "{{ gambar.tangga | gambar(186, gambar.tangga_kata) }}", "Muka Isi")

    _say(document, "{{ indeks.judul }}", "Muka Judul")
    _numbers(document)

    _say(document, "{{ jalan.judul }}", "Muka Judul")
    _say(document, '{{ jalan.kalimat | join(" ") }}', "Muka Isi")
    _say(document, "{%p if jalan.tabel.baris %}", "Sela")
    path = _table(document, [7, 29, 12, 48, 42, 31, 17], rows=0)
    _row(path, [f"{{{{ jalan.tabel.kepala[{n}] }}}}" for n in range(7)], "Muka Tabel", bold=range(7), center=[2, 6])
    _tag(path, "{%tr for baris in jalan.tabel.baris %}")
    _row(path, [f"{{{{ baris[{n}] }}}}" for n in range(7)], "Muka Tabel", bold=[1, 2, 6], center=[2, 6])
    _tag(path, "{%tr endfor %}")
    _ruled(path)
    _say(document, "{%p endif %}", "Sela")
    _each(document, "isi", "jalan.lainnya", "•\t{{ isi }}", "Muka Daftar")
    _when(document, "jalan.catatan", ['{{ jalan.catatan | join(" ") }}'], "Muka Tabel")
    _when(document, "pilihan.daftar", ['{{ pilihan.judul }}: {{ pilihan.daftar | join("; ") }}.'], "Muka Tabel")

    three = _table(document, [55, 55, 76], rows=1)
    for cell, part in zip(three.rows[0].cells, ("kekuatan", "kelemahan"), strict=False):
        _fill(cell, f"{{%p if {part}.daftar %}}", "Sela")
        _say(cell, f"{{{{ {part}.judul }}}}", "Muka Judul")
        _each(cell, "isi", f"{part}.daftar", "•\t{{ isi }}", "Muka Daftar")
        _say(cell, "{%p endif %}", "Sela")
        _say(cell, "", "Sela")
    last = three.rows[0].cells[2]
    _fill(last, "{%p if mirip.daftar %}", "Sela")
    _say(last, "{{ mirip.judul }}", "Muka Judul")
    _say(last, '{{ mirip.kalimat | join(" ") }}', "Muka Tabel")
    _each(last, "desa", "mirip.daftar", "•\t{{ desa.nama }}: {{ desa.isi }}", "Muka Daftar")
    _say(last, "{%p endif %}", "Sela")
    _say(last, "", "Sela")


def _numbers(document: Any) -> None:
    """The picture of the dimensions, merged down the left of their table; docxtpl cannot count nested tables."""
    table = _table(document, [98, 13, 11.5, 17, 17.5, 12.5, 16.5], rows=0)
    picture = "{{ gambar.indeks | gambar(95, gambar.indeks_kata) }}"
    heads = [f"{{{{ indeks.tabel.kepala[{n}] }}}}" for n in range(6)]
    head = _row(table, [picture, *heads], "Muka Tabel", bold=range(1, 7), right=range(2, 7), repeat=False)
    _tag(table, "{%tr for baris in indeks.tabel.baris %}")
    line = _row(table, ["", *(f"{{{{ baris[{n}] }}}}" for n in range(6))], "Muka Tabel", bold=[1], right=range(2, 7))
    _tag(table, "{%tr endfor %}")
    said = _row(table, ["", '{{ indeks.kalimat | join(" ") }}', "", "", "", "", ""], "Muka Tabel")
    _merge(said, 1, 6)
    for row, kind in ((head, "restart"), (line, "continue"), (said, "continue")):
        merge = OxmlElement("w:vMerge")
        merge.set(qn("w:val"), kind)
        row.cells[0]._tc.get_or_add_tcPr().append(merge)
    for row in (head, line):
        for cell in row.cells[1:]:
            _edge(
                cell._tc.get_or_add_tcPr(),
                "w:tcBorders",
                "bottom",
                INK if row is head else LINE,
                8 if row is head else 4,
            )


def _merge(row: Any, first: int, last: int) -> Any:
    """Cells of a row as one, without the empty paragraphs of the others."""
    merged = row.cells[first].merge(row.cells[last])
    for empty in merged.paragraphs[1:]:
        empty._p.getparent().remove(empty._p)
    return merged


def _boxes(document: Any, widths: list[float]) -> None:
    """Status, value and, where there is one, the target, side by side; then what to say about them."""
    keys = [("label_kini", "kini"), ("label_idm", "idm"), ("label_tujuan", "tujuan")]
    *boxes, sentences = _table(document, widths, rows=1).rows[0].cells[::2]
    for cell, (label, content) in zip(boxes, keys, strict=False):
        _fill(cell, f"{{{{ status.{label} }}}}", "Muka Label")
        _say(cell, f"{{{{ status.{content} }}}}", "Muka Kotak")
        for side in ("top", "left", "bottom", "right"):
            _edge(cell._tc.get_or_add_tcPr(), "w:tcBorders", side, INK, 8)
    _shade(boxes[0], INK)
    for paragraph in boxes[0].paragraphs:
        paragraph.runs[0].font.color.rgb = RGBColor(255, 255, 255)
    _fill(sentences, '{{ status.kalimat | join(" ") }}', "Muka Isi")


def _indicators(document: Any) -> None:
    heading = _say(document, "{{ indikator.judul }} – {{ kepala.nama }}", "Tabel Judul")
    heading.paragraph_format.page_break_before = True
    _say(document, '{{ indikator.kalimat | join(" ") }}', "Tabel Legenda")
    table = _table(document, [11, 34, 9, 70, 62], rows=0)
    _row(table, [f"{{{{ indikator.kepala[{n}] }}}}" for n in range(5)], "Tabel Isi", bold=range(5), center=[2])
    _tag(table, "{%tr for kelompok in indikator.kelompok %}")
    group = _row(table, ["{{ kelompok.judul }}\t{{ kelompok.keterangan }}", "", "", "", ""], "Tabel Isi", bold=[0])
    merged = _merge(group, 0, 4)
    merged.paragraphs[0].paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH - 3), WD_TAB_ALIGNMENT.RIGHT)
    _shade(merged)
    marked = "{% if baris.tanda %}{{ baris.tanda }} {% endif %}{{ baris.nama }}"
    names = ["{{ baris.kode }}", marked, "{{ baris.skor }}"]
    rest = ["{{ baris.kini }}", "{{ baris.tujuan }}"]
    _tag(table, "{%tr for baris in kelompok.baris %}")
    _tag(table, "{%tr if not baris.tujuan %}")
    full = _row(table, [*names, rest[0], ""], "Tabel Penuh", center=[2])
    _merge(full, 3, 4)
    _tag(table, '{%tr elif baris.jenis == "jalur" %}')
    chosen = _row(table, [*names, *rest], "Tabel Isi", bold=[1, 2], center=[2])
    for cell in chosen.cells:
        _shade(cell)
    _tag(table, "{%tr else %}")
    _row(table, [*names, *rest], "Tabel Isi", bold=[2], center=[2])
    for tag in ("{%tr endif %}", "{%tr endfor %}", "{%tr endfor %}"):
        _tag(table, tag)
    _ruled(table)


def _signatures(document: Any) -> None:
    _say(document, '{{ dasar.judul }}. {{ dasar.kalimat | join(" ") }}', "Tabel Dasar")
    _say(document, "{{ pengesahan.kalimat }}", "Tanda Tangan")
    table = _table(document, [62, 62, 62], rows=1)
    cells = table.rows[0].cells
    for cell, text in zip(cells, ["{%tc for nama in pengesahan.pihak %}", "{{ nama }}", "{%tc endfor %}"], strict=True):
        _fill(cell, text, "Tanda Tangan", align=CENTER)
    cells[1].paragraphs[0].paragraph_format.space_after = Mm(11)
    _say(cells[1], "....................................................", "Tanda Tangan", align=CENTER)


def _say(place: Any, text: str, style: str, align: Any = LEFT) -> Any:
    paragraph = place.add_paragraph(text, style=style)
    if align != LEFT:
        paragraph.alignment = align
    return paragraph


def _fill(cell: Any, text: str, style: str, *, bold: bool = False, align: Any = LEFT) -> None:
    """The first paragraph of a cell."""
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    run = paragraph.add_run(text)
    run.bold = True if bold else None
    if align != LEFT:
        paragraph.alignment = align


def _each(place: Any, name: str, items: str, text: str, style: str) -> None:
    _say(place, f"{{%p for {name} in {items} %}}", "Sela")
    _say(place, text, style)
    _say(place, "{%p endfor %}", "Sela")


def _when(place: Any, condition: str, texts: list[str], style: str) -> None:
    _say(place, f"{{%p if {condition} %}}", "Sela")
    for text in texts:
        _say(place, text, style)
    _say(place, "{%p endif %}", "Sela")


def _table(place: Any, widths: list[float], rows: int) -> Any:
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


def _row(
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
        _fill(cell, text, style, bold=number in bold, align=align)
    return row


def _tag(table: Any, tag: str) -> None:
    """A row that only holds a tag and vanishes with it."""
    row = table.add_row()
    _fill(row.cells[0], tag, "Tabel Legenda")


def _ruled(table: Any) -> None:
    """Thin lines between the rows."""
    settings = table._tbl.tblPr
    for side in ("bottom", "insideH"):
        _edge(settings, "w:tblBorders", side, LINE, 4)
    for cell in table.rows[0].cells:
        _edge(cell._tc.get_or_add_tcPr(), "w:tcBorders", "bottom", INK, 8)


def _edge(settings: Any, group: str, side: str, colour: str, eighths: int) -> None:
    """A line on one side of a paragraph, a cell or a table; `eighths` of a point thick."""
    borders = settings.find(qn(group))
    if borders is None:
        borders = OxmlElement(group)
        settings.append(borders)
    edge = OxmlElement(f"w:{side}")
    for key, value in (("val", "single"), ("sz", str(eighths)), ("space", "1"), ("color", colour)):
        edge.set(qn(f"w:{key}"), value)
    borders.append(edge)


def _shade(cell: Any, colour: str = SHADE) -> None:
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _font(style: Any, size: float, bold: bool, colour: str) -> None:
    style.font.name, style.font.size, style.font.bold = "Arial", Pt(size), bold or None
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), "Arial")


def _field(paragraph: Any, code: str) -> None:
    """A number that Word computes: PAGE or NUMPAGES."""
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


if __name__ == "__main__":
    main()
