"""Make `idmcli/templates/lembar.docx`, the Word template of the village sheet, with its tags, styles and tables.

Run by `make templat`. An office changes a copy of the result in Word; this file only keeps ours reproducible.
"""

from pathlib import Path
from typing import Any, Final

from bagian_word import (
    CENTER,
    DIM,
    INK,
    LINE,
    add_row,
    add_table,
    add_tag,
    draw_edge,
    fill,
    finished,
    merge,
    rule,
    say,
    say_each,
    say_when,
    shade,
    strip,
)
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor
from gaya_word import add_style, number_pages, set_base, set_level

TARGET: Final = Path(__file__).parents[1] / "idmcli" / "templates" / "lembar.docx"
WIDTH: Final = 186.0
"""Of the text, in millimetres: A4 with margins of 12 mm."""

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
    strip(document)
    _page(document)
    _styles(document)
    _front(document)
    _indicators(document)
    _signatures(document)
    parts = [document.sections[0].footer]
    TARGET.write_bytes(finished(document, "Templat lembar rekomendasi desa", parts))


def _page(document: Any) -> None:
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(12)
    section.top_margin, section.bottom_margin = Mm(10), Mm(12)
    section.header_distance, section.footer_distance = Mm(5), Mm(6)
    number_pages(document, WIDTH)


def _styles(document: Any) -> None:
    set_base(document, 9, 6.5)
    for name, letters in STYLES.items():
        style = add_style(document, name, *letters)
        if name.endswith(("Judul", "Nama")):
            draw_edge(style.element.get_or_add_pPr(), "w:pBdr", "bottom", INK, 8) if name.endswith("Judul") else None
            set_level(style, 1 if name.endswith("Judul") else 0)
            style.paragraph_format.keep_with_next = True
    document.styles["Muka Daftar"].paragraph_format.left_indent = Mm(2.2)
    document.styles["Muka Daftar"].paragraph_format.first_line_indent = Mm(-2.2)


def _front(document: Any) -> None:
    say(document, "{{ kepala.jenis | upper }}", "Kepala Jenis")
    say(document, "{{ kepala.nama }}", "Kepala Nama")
    say(document, "{{ kepala.tempat }}", "Kepala Tempat")
    draw_edge(
        say(document, "{{ kepala.keterangan }}", "Kepala Tempat")._p.get_or_add_pPr(), "w:pBdr", "bottom", INK, 16
    )
    say(document, "", "Sela")

    say(document, "{%p if status.tujuan %}", "Sela")
    _boxes(document, [44, 1.5, 24, 1.5, 36, 1.5, 77.5])
    say(document, "{%p else %}", "Sela")
    _boxes(document, [64, 1.5, 24, 1.5, 95])
    say(document, "{%p endif %}", "Sela")
    say(document, "{{ gambar.tangga | gambar(186, gambar.tangga_kata) }}", "Muka Isi")

    say(document, "{{ indeks.judul }}", "Muka Judul")
    _numbers(document)

    say(document, "{{ jalan.judul }}", "Muka Judul")
    say(document, '{{ jalan.kalimat | join(" ") }}', "Muka Isi")
    say(document, "{%p if jalan.tabel.baris %}", "Sela")
    path = add_table(document, [7, 29, 12, 48, 42, 31, 17], rows=0)
    add_row(path, [f"{{{{ jalan.tabel.kepala[{n}] }}}}" for n in range(7)], "Muka Tabel", bold=range(7), center=[2, 6])
    add_tag(path, "{%tr for baris in jalan.tabel.baris %}")
    add_row(path, [f"{{{{ baris[{n}] }}}}" for n in range(7)], "Muka Tabel", bold=[1, 2, 6], center=[2, 6])
    add_tag(path, "{%tr endfor %}")
    rule(path)
    say(document, "{%p endif %}", "Sela")
    say_each(document, "isi", "jalan.lainnya", "•\t{{ isi }}", "Muka Daftar")
    say_when(document, "jalan.catatan", ['{{ jalan.catatan | join(" ") }}'], "Muka Tabel")
    say_when(document, "pilihan.daftar", ['{{ pilihan.judul }}: {{ pilihan.daftar | join("; ") }}.'], "Muka Tabel")

    three = add_table(document, [55, 55, 76], rows=1)
    for cell, part in zip(three.rows[0].cells, ("kekuatan", "kelemahan"), strict=False):
        fill(cell, f"{{%p if {part}.daftar %}}", "Sela")
        say(cell, f"{{{{ {part}.judul }}}}", "Muka Judul")
        say_each(cell, "isi", f"{part}.daftar", "•\t{{ isi }}", "Muka Daftar")
        say(cell, "{%p endif %}", "Sela")
        say(cell, "", "Sela")
    last = three.rows[0].cells[2]
    fill(last, "{%p if mirip.daftar %}", "Sela")
    say(last, "{{ mirip.judul }}", "Muka Judul")
    say(last, '{{ mirip.kalimat | join(" ") }}', "Muka Tabel")
    say_each(last, "desa", "mirip.daftar", "•\t{{ desa.nama }}: {{ desa.isi }}", "Muka Daftar")
    say(last, "{%p endif %}", "Sela")
    say(last, "", "Sela")


def _numbers(document: Any) -> None:
    """The picture of the dimensions, merged down the left of their table; docxtpl cannot count nested tables."""
    table = add_table(document, [98, 13, 11.5, 17, 17.5, 12.5, 16.5], rows=0)
    picture = "{{ gambar.indeks | gambar(95, gambar.indeks_kata) }}"
    heads = [f"{{{{ indeks.tabel.kepala[{n}] }}}}" for n in range(6)]
    head = add_row(table, [picture, *heads], "Muka Tabel", bold=range(1, 7), right=range(2, 7), repeat=False)
    add_tag(table, "{%tr for baris in indeks.tabel.baris %}")
    line = add_row(table, ["", *(f"{{{{ baris[{n}] }}}}" for n in range(6))], "Muka Tabel", bold=[1], right=range(2, 7))
    add_tag(table, "{%tr endfor %}")
    said = add_row(table, ["", '{{ indeks.kalimat | join(" ") }}', "", "", "", "", ""], "Muka Tabel")
    merge(said, 1, 6)
    for row, kind in ((head, "restart"), (line, "continue"), (said, "continue")):
        joined = OxmlElement("w:vMerge")
        joined.set(qn("w:val"), kind)
        row.cells[0]._tc.get_or_add_tcPr().append(joined)
    for row in (head, line):
        for cell in row.cells[1:]:
            draw_edge(
                cell._tc.get_or_add_tcPr(),
                "w:tcBorders",
                "bottom",
                INK if row is head else LINE,
                8 if row is head else 4,
            )


def _boxes(document: Any, widths: list[float]) -> None:
    """Status, value and, where there is one, the target, side by side; then what to say about them."""
    keys = [("label_kini", "kini"), ("label_idm", "idm"), ("label_tujuan", "tujuan")]
    *boxes, sentences = add_table(document, widths, rows=1).rows[0].cells[::2]
    for cell, (label, content) in zip(boxes, keys, strict=False):
        fill(cell, f"{{{{ status.{label} }}}}", "Muka Label")
        say(cell, f"{{{{ status.{content} }}}}", "Muka Kotak")
        for side in ("top", "left", "bottom", "right"):
            draw_edge(cell._tc.get_or_add_tcPr(), "w:tcBorders", side, INK, 8)
    shade(boxes[0], INK)
    for paragraph in boxes[0].paragraphs:
        paragraph.runs[0].font.color.rgb = RGBColor(255, 255, 255)
    fill(sentences, '{{ status.kalimat | join(" ") }}', "Muka Isi")


def _indicators(document: Any) -> None:
    heading = say(document, "{{ indikator.judul }} – {{ kepala.nama }}", "Tabel Judul")
    heading.paragraph_format.page_break_before = True
    say(document, '{{ indikator.kalimat | join(" ") }}', "Tabel Legenda")
    table = add_table(document, [11, 34, 9, 70, 62], rows=0)
    add_row(table, [f"{{{{ indikator.kepala[{n}] }}}}" for n in range(5)], "Tabel Isi", bold=range(5), center=[2])
    add_tag(table, "{%tr for kelompok in indikator.kelompok %}")
    group = add_row(table, ["{{ kelompok.judul }}\t{{ kelompok.keterangan }}", "", "", "", ""], "Tabel Isi", bold=[0])
    merged = merge(group, 0, 4)
    merged.paragraphs[0].paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH - 3), WD_TAB_ALIGNMENT.RIGHT)
    shade(merged)
    marked = "{% if baris.tanda %}{{ baris.tanda }} {% endif %}{{ baris.nama }}"
    names = ["{{ baris.kode }}", marked, "{{ baris.skor }}"]
    rest = ["{{ baris.kini }}", "{{ baris.tujuan }}"]
    add_tag(table, "{%tr for baris in kelompok.baris %}")
    add_tag(table, "{%tr if not baris.tujuan %}")
    full = add_row(table, [*names, rest[0], ""], "Tabel Penuh", center=[2])
    merge(full, 3, 4)
    add_tag(table, '{%tr elif baris.jenis == "jalur" %}')
    chosen = add_row(table, [*names, *rest], "Tabel Isi", bold=[1, 2], center=[2])
    for cell in chosen.cells:
        shade(cell)
    add_tag(table, "{%tr else %}")
    add_row(table, [*names, *rest], "Tabel Isi", bold=[2], center=[2])
    for tag in ("{%tr endif %}", "{%tr endfor %}", "{%tr endfor %}"):
        add_tag(table, tag)
    rule(table)


def _signatures(document: Any) -> None:
    say(document, '{{ dasar.judul }}. {{ dasar.kalimat | join(" ") }}', "Tabel Dasar")
    say(document, "{{ pengesahan.kalimat }}", "Tanda Tangan")
    table = add_table(document, [62, 62, 62], rows=1)
    cells = table.rows[0].cells
    for cell, text in zip(cells, ["{%tc for nama in pengesahan.pihak %}", "{{ nama }}", "{%tc endfor %}"], strict=True):
        fill(cell, text, "Tanda Tangan", align=CENTER)
    cells[1].paragraphs[0].paragraph_format.space_after = Mm(11)
    say(cells[1], "....................................................", "Tanda Tangan", align=CENTER)


if __name__ == "__main__":
    main()
