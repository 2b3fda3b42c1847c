"""Make `idmcli/templates/laporan.docx`, the Word template of the annual report.

Run by `make templat`. An office changes a copy of the result in Word; this file only keeps ours reproducible. What the
tags may use is written in `idmcli/report/context.py`.
"""

from pathlib import Path
from typing import Any, Final

from bagian_word import (
    CENTER,
    LEFT,
    RIGHT,
    add_field,
    add_row,
    add_table,
    add_tag,
    draw_edge,
    fill,
    finished,
    say,
    say_each,
    say_when,
    shade,
    strip,
)
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from gaya_word import add_style, keep_few, set_base, set_level, set_margins

from idmcli.documents.word_tables import FITTED

TARGET: Final = Path(__file__).parents[1] / "idmcli" / "templates" / "laporan.docx"
WIDTH: Final = 170.0
"""Of the text, in millimetres: A4 with margins of 20 mm."""
INK, DIM, MAIN, GOLD, WARN, GROUND, LINE, WHITE = (
    *("1A1F20", "55605F", "12504F", "D9B64E", "A8431F"),
    *("F1F4F3", "C4CCCB", "FFFFFF"),
)
STYLES: Final = {
    # name: size in points, bold, colour, space before and after in points, place, stays with the next paragraph
    "Sampul Jenis": (11, False, WHITE, 90, 4, LEFT, True),
    "Sampul Judul": (27, True, WHITE, 0, 6, LEFT, True),
    "Sampul Wilayah": (16, False, WHITE, 0, 40, LEFT, False),
    "Sampul Kaki": (9, False, DIM, 30, 0, LEFT, False),
    "Angka Label": (8.5, False, DIM, 4, 0, LEFT, True),
    "Angka Pokok": (19, True, INK, 0, 0, LEFT, True),
    "Angka Ket": (8, False, DIM, 0, 8, LEFT, False),
    "Judul Bagian": (16, True, MAIN, 20, 8, LEFT, True),
    "Judul Bab": (13, True, MAIN, 14, 6, LEFT, True),
    "Judul Daftar": (16, True, MAIN, 0, 8, LEFT, True),
    "Isi Daftar": (10.5, False, INK, 0, 4, LEFT, False),
    "Isi": (10.5, False, INK, 0, 5, LEFT, False),
    "Judul Kotak": (11.5, True, WARN, 0, 4, LEFT, True),
    "Isi Kotak": (10, False, INK, 0, 3, LEFT, False),
    "Judul Tabel": (9.5, True, INK, 9, 3, LEFT, True),
    "Judul Gambar": (9.5, True, INK, 9, 3, LEFT, True),
    "Gambar": (9.5, False, INK, 0, 8, LEFT, False),
    "Catatan": (8.5, False, DIM, 3, 6, LEFT, False),
    "Sel Kepala": (8.5, True, INK, 1.5, 1.5, LEFT, True),
    "Sel Kiri": (8.5, False, INK, 1, 1, LEFT, False),
    "Sel Tengah": (8.5, False, INK, 1, 1, CENTER, False),
    "Sel Kanan": (8.5, False, INK, 1, 1, RIGHT, False),
    "Sela": (1, False, INK, 0, 0, LEFT, False),
}
PARTS: Final = "[ringkasan, status, tren, perpindahan, petak, indikator, sasaran, rencana, mutu, metode]"
"""The parts of the report in their order."""


def main() -> None:
    """Build the template and write it."""
    document = Document()
    strip(document)
    _styles(document)
    _page(document)
    _cover(document)
    _contents(document)
    _warning(document)
    _parts(document)
    _chapters(document)
    _ending(document)
    parts = [document.sections[0].footer]
    TARGET.write_bytes(finished(document, "Templat laporan tahunan IDM", parts))


def _styles(document: Any) -> None:
    keep_few(document)
    set_base(document, 10.5, 8, INK)
    set_margins(document, WIDTH, 8, DIM)
    for name, (*letters, place, stays) in STYLES.items():
        settings = add_style(document, name, *letters).paragraph_format
        settings.line_spacing = 1.12 if name.startswith("Isi") else 1.0
        settings.keep_with_next = stays or None
        settings.alignment = place if place != LEFT else None
    set_level(document.styles["Judul Bagian"], 0)
    set_level(document.styles["Judul Bab"], 1)
    draw_edge(document.styles["Judul Bagian"].element.get_or_add_pPr(), "w:pBdr", "bottom", MAIN, 12)
    _table_style(document)


def _table_style(document: Any) -> None:
    """Thin lines between rows; columns as wide as what they hold."""
    style = document.styles.add_style(FITTED, WD_STYLE_TYPE.TABLE)
    style.base_style, style.quick_style = document.styles["Normal Table"], True
    settings = OxmlElement("w:tblPr")
    for side in ("bottom", "insideH"):
        draw_edge(settings, "w:tblBorders", side, LINE, 4)
    style.element.append(settings)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)
    section.header_distance, section.footer_distance = Mm(10), Mm(10)
    section.different_first_page_header_footer = True
    footer = section.footer.paragraphs[0]
    footer.style = "Footer"
    footer.add_run("{{ judul }} · {{ wilayah }}\t")
    add_field(footer, "PAGE")


def _cover(document: Any) -> None:
    band = add_table(document, [WIDTH], rows=1).rows[0].cells[0]
    shade(band, MAIN)
    fill(band, "{{ jenis | upper }}", "Sampul Jenis")
    say(band, "{{ judul }}", "Sampul Judul")
    say(band, "{{ wilayah }}", "Sampul Wilayah")
    draw_edge(band._tc.get_or_add_tcPr(), "w:tcBorders", "bottom", GOLD, 48)
    for paragraph in band.paragraphs:
        paragraph.paragraph_format.left_indent = Mm(8)
    say(document, "", "Sampul Kaki")
    figures = add_table(document, [WIDTH / 3] * 3, rows=0)
    add_tag(figures, "{%tr for deret in pokok.kartu[:9] | batch(3) %}", "Sela")
    row = add_row(figures, ["", "", ""], "Angka Label", repeat=False)
    for number, cell in enumerate(row.cells):
        for name, style in (("label", "Angka Label"), ("angka", "Angka Pokok"), ("ket", "Angka Ket")):
            tag = f"{{% if deret | length > {number} %}}{{{{ deret[{number}].{name} }}}}{{% endif %}}"
            fill(cell, tag, style) if name == "label" else say(cell, tag, style)
        draw_edge(cell._tc.get_or_add_tcPr(), "w:tcBorders", "top", MAIN, 16)
    add_tag(figures, "{%tr endfor %}", "Sela")
    say(document, "{{ kata_tanggal }}", "Sampul Kaki")
    last = say(document, "{{ istilah.versi }}", "Catatan")
    last.paragraph_format.space_before = Pt(0)


def _contents(document: Any) -> None:
    """A table of contents that Word fills in with page numbers; until then it names the parts."""
    heading = say(document, "{{ istilah.daftar_isi }}", "Judul Daftar")
    heading.paragraph_format.page_break_before = True
    first = say(document, "", "Isi Daftar")
    for kind, text in (("begin", ""), ("", 'TOC \\o "1-2" \\h \\z \\u'), ("separate", "")):
        run = first.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            if kind == "begin":
                mark.set(qn("w:dirty"), "true")
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)
    say_each(document, "bagian", f"{PARTS} | selectattr('ada')", "{{ bagian.judul }}", "Isi Daftar")
    say(document, "{%p if bab %}", "Sela")
    say(document, "{{ istilah.bab }}", "Isi Daftar")
    say_each(document, "bagian", "bab", "     {{ bagian.judul }}", "Isi Daftar")
    say(document, "{%p endif %}", "Sela")
    say(document, "{{ lampiran.judul }}", "Isi Daftar")
    last = say(document, "{{ dasar.judul }}", "Isi Daftar")
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), "end")
    last.add_run()._r.append(mark)
    _new_page(document)


def _new_page(document: Any) -> None:
    document.add_page_break()
    document.paragraphs[-1].style = "Sela"


def _warning(document: Any) -> None:
    say(document, "{%p if peringatan.ada %}", "Sela")
    box = add_table(document, [WIDTH], rows=1).rows[0].cells[0]
    shade(box, "FFF7E0")
    draw_edge(box._tc.get_or_add_tcPr(), "w:tcBorders", "left", WARN, 48)
    fill(box, "{{ peringatan.judul }}", "Judul Kotak")
    say_each(box, "kalimat", "peringatan.kalimat", "{{ kalimat }}", "Isi Kotak")
    box.paragraphs[-1].style = "Sela"
    for paragraph in box.paragraphs:
        paragraph.paragraph_format.left_indent = Mm(3)
    say(document, "{%p endif %}", "Sela")


def _parts(document: Any) -> None:
    say(document, f"{{%p for bagian in {PARTS} if bagian.ada %}}", "Sela")
    say(document, "{{ bagian.judul }}", "Judul Bagian")
    _content(document)
    say(document, "{%p if bagian.catatan is defined and bagian.catatan %}", "Sela")
    say(document, "{{ bagian.catatan_judul }}", "Judul Tabel")
    say_each(document, "kalimat", "bagian.catatan", "•  {{ kalimat }}", "Catatan")
    say(document, "{%p endif %}", "Sela")
    say(document, "{%p endfor %}", "Sela")


def _chapters(document: Any) -> None:
    say(document, "{%p if bab %}", "Sela")
    heading = say(document, "{{ istilah.bab }}", "Judul Bagian")
    heading.paragraph_format.page_break_before = True
    say(document, "{%p for bagian in bab %}", "Sela")
    say(document, "{%p if not loop.first %}", "Sela")
    later = say(document, "{{ bagian.judul }}", "Judul Bab")
    later.paragraph_format.page_break_before = True
    say(document, "{%p else %}", "Sela")
    say(document, "{{ bagian.judul }}", "Judul Bab")
    say(document, "{%p endif %}", "Sela")
    _content(document)
    say(document, "{%p endfor %}", "Sela")
    say(document, "{%p endif %}", "Sela")


def _ending(document: Any) -> None:
    say(document, "{%p for bagian in [lampiran] %}", "Sela")
    heading = say(document, "{{ bagian.judul }}", "Judul Bagian")
    heading.paragraph_format.page_break_before = True
    _content(document)
    say(document, "{%p endfor %}", "Sela")
    say(document, "{{ dasar.judul }}", "Judul Bagian")
    say_each(document, "kalimat", "dasar.kalimat", "{{ kalimat }}", "Catatan")


def _content(document: Any) -> None:
    """Sentences, pictures and tables of `bagian`."""
    say_each(document, "alinea", "bagian.alinea", "{{ alinea }}", "Isi")
    say(document, "{%p for satu in bagian.gambar %}", "Sela")
    say(document, "{{ istilah.gambar }} {{ satu.nomor }}. {{ satu.judul }}", "Judul Gambar")
    say(document, f"{{{{ satu.svg | gambar({WIDTH:g}, satu.kata) }}}}", "Gambar")
    say(document, "{%p endfor %}", "Sela")
    say(document, "{%p for tabel in bagian.tabel %}", "Sela")
    say(document, "{{ istilah.tabel }} {{ tabel.nomor }}. {{ tabel.judul }}", "Judul Tabel")
    _table(document)
    say_when(document, "tabel.kalimat", ["{{ tabel.kalimat }}"], "Catatan")
    say(document, "{%p endfor %}", "Sela")


def _table(document: Any) -> None:
    """`tabel` with any number of columns; its first row is repeated on every page, a total is bold."""
    table = add_table(document, [WIDTH / 2, WIDTH / 4, WIDTH / 4], rows=0)
    table.style = FITTED
    head = add_row(table, ["{%tc for teks in tabel.kepala %}", "", "{%tc endfor %}"], "Sel Kepala")
    _aligned(head.cells[1], "Sel Kepala", bold=True)
    shade(head.cells[1], GROUND)
    draw_edge(head.cells[1]._tc.get_or_add_tcPr(), "w:tcBorders", "bottom", MAIN, 12)
    add_tag(table, "{%tr for baris in tabel.baris %}", "Sela")
    add_tag(table, "{%tr if loop.last and tabel.jumlah %}", "Sela")
    _cells(table, bold=True)
    add_tag(table, "{%tr else %}", "Sela")
    _cells(table)
    add_tag(table, "{%tr endif %}", "Sela")
    add_tag(table, "{%tr endfor %}", "Sela")


def _cells(table: Any, *, bold: bool = False) -> None:
    row = add_row(table, ["{%tc for teks in baris %}", "", "{%tc endfor %}"], "Sel Kiri")
    _aligned(row.cells[1], "Sel Kiri", bold=bold)


def _aligned(cell: Any, left: str, *, bold: bool = False) -> None:
    """`teks` on the side that the table asks for."""
    cell.paragraphs[0].add_run('{%p if tabel.rata[loop.index0] == "kanan" %}')
    for style, tag in (
        ("Sel Kanan", '{%p elif tabel.rata[loop.index0] == "tengah" %}'),
        ("Sel Tengah", "{%p else %}"),
        (left, "{%p endif %}"),
    ):
        say(cell, "", style).add_run("{{ teks }}").bold = bold or None
        say(cell, tag, "Sela")


if __name__ == "__main__":
    main()
