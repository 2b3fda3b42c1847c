"""Make `idmcli/templates/formulir.docx`, the Word template of the form of one village, with its tags and tables.

Run by `make templat`. An office changes a copy of the result in Word; this file only keeps ours reproducible.
"""

from pathlib import Path
from typing import Any, Final

from bagian_word import (
    CENTER,
    DIM,
    INK,
    add_row,
    add_table,
    add_tag,
    draw_edge,
    fill,
    finished,
    merge,
    say,
    say_each,
    shade,
    strip,
)
from docx import Document
from docx.oxml import OxmlElement
from docx.shared import Mm
from gaya_word import add_style, number_pages, set_base, set_level

TARGET: Final = Path(__file__).parents[1] / "idmcli" / "templates" / "formulir.docx"
WIDTH: Final = 186.0
"""Of the text, in millimetres: A4 with margins of 12 mm."""
COLUMNS: Final = [9.0, 18.0, 58.0, 58.0, 43.0]
GRID: Final = "8F8F8F"
STYLES: Final = {
    # name: size in points, bold, colour, space before and after in points
    "Kepala Jenis": (8, False, DIM, 0, 0),
    "Kepala Nama": (15, True, INK, 1, 1),
    "Kepala Tempat": (9, False, INK, 0, 0),
    "Tabel Legenda": (8.5, False, INK, 1, 1),
    "Tabel Isi": (8.5, False, INK, 3, 3),
    "Tabel Kecil": (7, False, DIM, 3, 3),
    "Tanda Tangan": (8.5, False, INK, 5, 0),
    "Sela": (1, False, INK, 0, 0),
}


def main() -> None:
    """Build the template and write it."""
    document = Document()
    strip(document)
    _page(document)
    _styles(document)
    _heading(document)
    _questions(document)
    _signatures(document)
    parts = [document.sections[0].footer]
    TARGET.write_bytes(finished(document, "Templat formulir isian desa", parts))


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(12)
    section.top_margin, section.bottom_margin = Mm(11), Mm(13)
    section.header_distance, section.footer_distance = Mm(5), Mm(6)
    number_pages(document, WIDTH)


def _styles(document: Any) -> None:
    set_base(document, 9, 7)
    for name, letters in STYLES.items():
        style = add_style(document, name, *letters)
        if name == "Kepala Nama":
            set_level(style, 0)


def _heading(document: Any) -> None:
    say(document, "{{ kepala.jenis | upper }}", "Kepala Jenis")
    say(document, "{{ kepala.nama }}", "Kepala Nama")
    say(document, "{{ kepala.tempat }}", "Kepala Tempat")
    last = say(document, "{{ kepala.keterangan }}", "Kepala Tempat")
    draw_edge(last._p.get_or_add_pPr(), "w:pBdr", "bottom", INK, 16)
    say_each(document, "kalimat", "petunjuk", "•  {{ kalimat }}", "Tabel Legenda")
    say(document, "", "Sela")


def _questions(document: Any) -> None:
    table = add_table(document, COLUMNS, rows=0)
    add_row(table, [f"{{{{ tabel.kepala[{n}] }}}}" for n in range(5)], "Tabel Isi", bold=range(5), center=[0])
    add_tag(table, "{%tr for bagian in tabel.bagian %}")
    part = merge(add_row(table, ["{{ bagian.judul }}", "", "", "", ""], "Tabel Isi", bold=[0]), 0, 4)
    part.paragraphs[0].paragraph_format.keep_with_next = True
    shade(part, "EBEBEB")
    add_tag(table, "{%tr for baris in bagian.baris %}")
    texts = ["{{ baris.nomor }}", "{{ baris.kode }}", "{{ baris.tanya }}", "{{ baris.jawab }}", "{{ baris.bukti }}"]
    row = add_row(table, texts, "Tabel Isi", center=[0])
    for cell in (row.cells[1], row.cells[4]):
        cell.paragraphs[0].style = "Tabel Kecil"
    add_tag(table, "{%tr endfor %}")
    add_tag(table, "{%tr endfor %}")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        draw_edge(table._tbl.tblPr, "w:tblBorders", side, GRID, 4)
    say(document, "{{ kaki }}", "Tabel Kecil")


def _signatures(document: Any) -> None:
    sentence = say(document, "{{ pengesahan.kalimat }}", "Tanda Tangan")
    sentence.paragraph_format.keep_with_next = True
    table = add_table(document, [62, 62, 62], rows=1)
    cells = table.rows[0].cells
    for cell, text in zip(cells, ["{%tc for nama in pengesahan.pihak %}", "{{ nama }}", "{%tc endfor %}"], strict=True):
        fill(cell, text, "Tanda Tangan", align=CENTER)
    cells[1].paragraphs[0].paragraph_format.space_after = Mm(15)
    cells[1].paragraphs[0].paragraph_format.keep_with_next = True
    say(cells[1], "....................................................", "Tanda Tangan", align=CENTER)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


if __name__ == "__main__":
    main()
