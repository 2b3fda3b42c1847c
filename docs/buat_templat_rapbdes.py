"""Make `idmcli/templates/rapbdes.docx`, the Word template of the verification sheet of a village budget.

Run by `make templat`. An office changes a copy of the result in Word; this file only keeps ours reproducible. What the
tags may use is written in `idmcli/documents/budget_sheet.py`.
"""

from pathlib import Path
from typing import Any, Final

from bagian_naskah import letterhead, lined_table, parties
from bagian_word import (
    SHADE,
    add_field,
    add_row,
    add_table,
    add_tag,
    finished,
    say,
    say_when,
    shade,
    strip,
)
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt
from gaya_berita_acara import add_styles

from idmcli.documents.word_tables import FITTED

TARGET: Final = Path(__file__).parents[1] / "idmcli" / "templates" / "rapbdes.docx"
WIDTH: Final = 174.0
"""Of the text, in millimetres: A4 with margins of 18 mm."""
SIZES: Final = {
    **{"Kop Instansi": 11, "Kop Kantor": 13, "Kop Alamat": 8.5, "Isi": 9.5, "Judul Tabel": 10, "Kalimat Tabel": 8.5},
    **{"Sel Kepala": 9, "Sel Kiri": 9, "Sel Tengah": 9, "Sel Kanan": 9, "Tempat Tanggal": 9.5, "Pihak": 9.5},
    **{"Nama Pihak": 9.5, "NIP Pihak": 8.5, "Penutup": 9.5},
}
"""Points of the styles: a sheet holds more than a berita acara."""
TICK: Final = "{{ '☒' if %s else '☐' }}"


def main() -> None:
    """Build the template and write it."""
    document = Document()
    strip(document)
    add_styles(document)
    for name, size in SIZES.items():
        document.styles[name].font.size = Pt(size)
    _page(document.sections[0])
    letterhead(document, "kop", WIDTH)
    say(document, "{{ kepala }}", "Judul")
    say(document, "{{ anak_kepala }}", "Nomor")
    _tables(document)
    _ticks(document)
    _verdict(document)
    _closing(document)
    footer = document.sections[0].footer
    _footer(footer.paragraphs[0])
    TARGET.write_bytes(finished(document, "Templat lembar verifikasi RAPBDes", [document.sections[0].header, footer]))


def _page(section: Any) -> None:
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.bottom_margin = Mm(18)
    section.top_margin = Mm(16)
    section.header_distance, section.footer_distance = Mm(8), Mm(9)


def _tables(document: Any) -> None:
    say(document, "{%p for tabel in [ringkasan] %}", "Sela")
    lined_table(document, width=WIDTH)
    say(document, "{%p endfor %}", "Sela")
    say(document, "{%p for tabel in bagian %}", "Sela")
    say(document, "{{ tabel.judul }}", "Judul Tabel")
    say_when(document, "tabel.kalimat", ["{{ tabel.kalimat }}"], "Kalimat Tabel")
    say(document, "{%p if tabel.baris %}", "Sela")
    lined_table(document, total="tabel.jumlah", width=WIDTH)
    say(document, "", "Jeda Tabel")
    say(document, "{%p endif %}", "Sela")
    say(document, "{%p endfor %}", "Sela")


def _ticks(document: Any) -> None:
    say(document, "{{ centang_judul }}", "Judul Tabel")
    say(document, "{%p for satu in centang %}", "Sela")
    say(document, "", "Penutup").add_run("{{ satu.kelompok }}").bold = True
    say(document, "{%p for butir in satu.butir %}", "Sela")
    say(document, "☐\t{{ butir }}", "Daftar").paragraph_format.tab_stops.add_tab_stop(Mm(7))
    say(document, "{%p endfor %}", "Sela")
    say(document, "{%p endfor %}", "Sela")
    document.styles["Daftar"].font.size = Pt(9.5)


def _verdict(document: Any) -> None:
    say(document, "{{ putusan_judul }}", "Judul Tabel")
    table = add_table(document, [38, 15, 19, 15, 87], rows=0)
    table.style = FITTED
    head = add_row(table, [f"{{{{ putusan_kepala[{column}] }}}}" for column in range(5)], "Sel Kepala")
    for cell in head.cells:
        shade(cell, SHADE)
    add_tag(table, "{%tr for satu in aspek %}", "Sela")
    ticks = [TICK % f"satu.pilihan[{number}]" for number in range(3)]
    add_row(table, ["{{ satu.judul }}", *ticks, "{{ satu.alasan }}"], "Sel Kiri", center=(1, 2, 3))
    add_tag(table, "{%tr endfor %}", "Sela")
    say(document, "", "Jeda Tabel")


def _closing(document: Any) -> None:
    say(document, "{{ catatan_judul }}", "Judul Tabel")
    say(document, "{%p for _ in catatan_baris %}", "Sela")
    line = say(document, "\t", "Penutup")
    line.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    say(document, "{%p endfor %}", "Sela")
    say(document, "{{ tempat_tanggal }}", "Tempat Tanggal")
    parties(document, "tanda_tangan", WIDTH)


def _footer(paragraph: Any) -> None:
    paragraph.style = "Footer"
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(160), WD_TAB_ALIGNMENT.CLEAR)
    stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run("{{ kaki }}\tHalaman ")
    add_field(paragraph, "PAGE")
    paragraph.add_run(" dari ")
    add_field(paragraph, "NUMPAGES")


if __name__ == "__main__":
    main()
