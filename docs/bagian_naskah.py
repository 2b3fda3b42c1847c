"""Parts that several signed papers share in Word: letterhead, tables of any number of columns, signatures."""

from typing import Any, Final

from bagian_word import LEFT, SHADE, add_row, add_table, add_tag, fill, say, say_when, shade
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from gaya_berita_acara import WIDTH

from idmcli.documents.table_widths import MARGIN
from idmcli.documents.word_tables import EVEN, FITTED

LOGO: Final = 24.0


def letterhead(document: Any, kop: str, width: float = WIDTH) -> None:
    """Logo and lines of `kop`, the name of what the template calls the letterhead."""
    say(document, f"{{%p if {kop}.logo %}}", "Sela")
    table = add_table(document, [LOGO, width - LOGO], rows=1)
    picture, lines = table.rows[0].cells
    fill(picture, f"{{{{ {kop}.logo | logo({LOGO - 4:g}, 26) }}}}", "Kop Alamat", align=LEFT)
    for cell in (picture, lines):
        middle = OxmlElement("w:vAlign")
        middle.set(qn("w:val"), "center")
        cell._tc.get_or_add_tcPr().append(middle)
    fill(lines, f"{{%p for baris in {kop}.baris %}}", "Sela")
    _letterhead_lines(lines, kop)
    say(document, "{%p else %}", "Sela")
    say(document, f"{{%p for baris in {kop}.baris %}}", "Sela")
    _letterhead_lines(document, kop)
    say(document, "{%p endif %}", "Sela")
    say_when(document, f"{kop}.baris or {kop}.logo", [""], "Kop Garis")


def _letterhead_lines(place: Any, kop: str) -> None:
    """After the tag that begins the loop: a cell needs a paragraph that is there already."""
    say(place, "{%p if loop.last %}", "Sela")
    say(place, "{{ baris }}", "Kop Kantor")
    say(place, "{%p else %}", "Sela")
    say(place, "{{ baris }}", "Kop Instansi")
    for tag in ("{%p endif %}", "{%p endfor %}", f"{{%p if {kop}.alamat %}}"):
        say(place, tag, "Sela")
    say(place, f"{{{{ {kop}.alamat }}}}", "Kop Alamat")
    say(place, "{%p endif %}", "Sela")


def lined_table(document: Any, total: str = "", width: float = WIDTH) -> None:
    """`tabel` with any number of columns; its first row is repeated on every page."""
    table = add_table(document, [width / 2, width / 4, width / 4], rows=0)
    table.style = FITTED
    for margin in table._tbl.tblPr.find(qn("w:tblCellMar")):
        margin.set(qn("w:w"), str(Mm(MARGIN).twips))
    indent = OxmlElement("w:tblInd")  # Word puts the text of a table at the margin, and its line outside
    indent.set(qn("w:w"), str(Mm(MARGIN).twips))
    indent.set(qn("w:type"), "dxa")
    table._tbl.tblPr.append(indent)
    head = add_row(table, ["{%tc for teks in tabel.kepala %}", "{{ teks }}", "{%tc endfor %}"], "Sel Kepala")
    shade(head.cells[1], SHADE)
    _tag(table, "{%tr for baris in tabel.baris %}")
    if total:
        _tag(table, f"{{%tr if loop.last and {total} %}}")
        _cells(table, bold=True)
        _tag(table, "{%tr else %}")
    _cells(table)
    for tag in (["{%tr endif %}"] if total else []) + ["{%tr endfor %}"]:
        _tag(table, tag)


def _tag(table: Any, tag: str) -> None:
    add_tag(table, tag, "Sela")


def _cells(table: Any, *, bold: bool = False) -> None:
    row = add_row(table, ["{%tc for teks in baris %}", "", "{%tc endfor %}"], "Sel Kiri")
    cell = row.cells[1]
    cell.paragraphs[0].add_run('{%p if tabel.rata[loop.index0] == "kanan" %}')
    for style, tag in (
        ("Sel Kanan", '{%p elif tabel.rata[loop.index0] == "tengah" %}'),
        ("Sel Tengah", "{%p else %}"),
        ("Sel Kiri", "{%p endif %}"),
    ):
        say(cell, "", style).add_run("{{ teks }}").bold = bold or None
        say(cell, tag, "Sel Kiri")


def parties(document: Any, rows: str, width: float = WIDTH) -> None:
    """A table without lines per row of parties: as many columns as there are parties."""
    say(document, f"{{%p for deret in {rows} %}}", "Sela")
    table = add_table(document, [width / 2, width / 4, width / 4], rows=0)
    table.style = EVEN
    cells = ["{%tc for pihak in deret %}", "", "{%tc endfor %}"]
    role = add_row(table, cells, "Pihak", repeat=False).cells[1]
    role.paragraphs[0].add_run("{{ pihak.peran }}")
    role.paragraphs[0].paragraph_format.space_after = Mm(17)
    name = add_row(table, cells, "Pihak", repeat=False).cells[1]
    name.paragraphs[0].add_run('{%p if pihak.nama | trim(". …") %}')
    say(name, "{{ pihak.nama }}", "Nama Pihak")
    say(name, "{%p else %}", "Sela")
    say(name, "{{ pihak.nama }}", "Pihak")
    say(name, "{%p endif %}", "Sela")
    say(name, "{{ pihak.nip }}", "NIP Pihak")
    say(document, "", "Jeda Tabel")
    say(document, "{%p endfor %}", "Sela")
