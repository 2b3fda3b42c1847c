"""The styles of the berita acara in Word: letters, spaces, places and lines, each by a name that officers see."""

from typing import Any, Final

from bagian_word import CENTER, INK, LEFT, RIGHT, draw_edge
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm
from gaya_word import add_style, keep_few, set_base, set_level, set_margins

from idmcli.documents.word_tables import EVEN, FITTED

WIDTH: Final = 160.0
"""Of the text, in millimetres: A4 with margins of 25 mm."""
BOTH: Final = WD_ALIGN_PARAGRAPH.JUSTIFY

STYLES: Final = {
    # name: size in points, bold, space before and after in points, place, stays with the next paragraph
    "Kop Instansi": (12, True, 0, 0, CENTER, True),
    "Kop Kantor": (14, True, 0, 0, CENTER, True),
    "Kop Alamat": (9, False, 1, 0, CENTER, True),
    "Kop Garis": (2, False, 1, 8, LEFT, True),
    "Judul": (12, True, 0, 0, CENTER, True),
    "Nomor": (11, False, 0, 8, CENTER, True),
    "Catatan Draf": (9, False, 0, 6, LEFT, False),
    "Isi": (11, False, 0, 5, BOTH, False),
    "Penutup": (11, False, 0, 5, BOTH, True),
    "Daftar": (11, False, 0, 1.5, BOTH, False),
    "Judul Tabel": (10.5, True, 5, 3, LEFT, True),
    "Kalimat Tabel": (11, False, 0, 3, BOTH, True),
    "Sel Kepala": (10, True, 1, 1, CENTER, True),
    "Sel Kiri": (10, False, 1, 1, LEFT, False),
    "Sel Tengah": (10, False, 1, 1, CENTER, False),
    "Sel Kanan": (10, False, 1, 1, RIGHT, False),
    "Jeda Tabel": (3, False, 0, 3, LEFT, False),
    "Tempat Tanggal": (11, False, 4, 6, RIGHT, True),
    "Pihak": (11, False, 0, 0, CENTER, True),
    "Nama Pihak": (11, True, 0, 0, CENTER, True),
    "NIP Pihak": (10, False, 0, 0, CENTER, False),
    "Saksi": (11, False, 2, 4, LEFT, True),
    "Lampiran": (11, True, 0, 6, CENTER, True),
    "Sela": (1, False, 0, 0, LEFT, False),
}


def add_styles(document: Any) -> None:
    """Put them into a new document, and take out what python-docx brings along."""
    keep_few(document)
    set_base(document, 11, 8)
    set_margins(document, WIDTH, 8, INK)
    for name, (size, bold, before, after, place, stays) in STYLES.items():
        settings = add_style(document, name, size, bold, INK, before, after).paragraph_format
        settings.line_spacing = 1.08 if place == BOTH else 1.0
        settings.keep_with_next = stays or None
        settings.alignment = place if place != LEFT else None
    document.styles["Nama Pihak"].font.underline = True
    document.styles["Daftar"].paragraph_format.left_indent = Mm(7)
    document.styles["Daftar"].paragraph_format.first_line_indent = Mm(-7)
    document.styles["Lampiran"].paragraph_format.page_break_before = True
    edge = document.styles["Kop Garis"].element.get_or_add_pPr()
    draw_edge(edge, "w:pBdr", "bottom", INK, 18)
    box = document.styles["Catatan Draf"].element.get_or_add_pPr()
    for side in ("top", "left", "bottom", "right"):
        draw_edge(box, "w:pBdr", side, INK, 6)
    for name, level in (("Judul", 0), ("Lampiran", 0), ("Judul Tabel", 1)):
        set_level(document.styles[name], level)
    _table_styles(document)


def _table_styles(document: Any) -> None:
    """Styles of tables with lines and of those with signatures; their names tell how wide their columns are."""
    for name in (FITTED, EVEN):
        style = document.styles.add_style(name, WD_STYLE_TYPE.TABLE)
        style.base_style, style.quick_style = document.styles["Normal Table"], True
        settings = OxmlElement("w:tblPr")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV") if name == FITTED else ():
            draw_edge(settings, "w:tblBorders", side, INK, 4)
        style.element.append(settings)
