"""Make `idmcli/templates/berita-acara.docx`, the Word template of the berita acara of every level.

Run by `make templat`. An office changes a copy of the result in Word; this file only keeps ours reproducible. What the
tags may use is written in `idmcli/documents/minutes.py`. Tables of the style `Tabel IDM` get the widths of their
columns from what they hold (`idmcli/documents/word.py`).
"""

from copy import deepcopy
from pathlib import Path
from typing import Any, Final

from bagian_naskah import letterhead, lined_table, parties
from bagian_word import (
    CENTER,
    add_field,
    finished,
    say,
    say_each,
    say_when,
    strip,
)
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from gaya_berita_acara import add_styles

TARGET: Final = Path(__file__).parents[1] / "idmcli" / "templates" / "berita-acara.docx"
WATERMARK: Final = (
    """
<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
  xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">
<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>
<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>
<v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>
<v:f eqn="sum @6 0 @5"/></v:formulas>
<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"
  o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype>
<v:shape id="DRAF" o:spid="_x0000_s2049" type="#_x0000_t136" alt="DRAF" style="position:absolute;margin-left:0;
margin-top:0;width:400pt;height:130pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;
mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin"
  o:allowincell="f" fillcolor="#e4e4e4" stroked="f">
<v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt;font-weight:bold" string="DRAF"/></v:shape></w:pict>
""".replace("\n", " ")
    .replace("> <", "><")
    .strip()
)
"""The mark of a draft as a shape of letters (VML, which every Word since 2000 draws and LibreOffice too)."""
PARTS: Final = "[(dok.tabel, false), (dok.rekap, true), (dok.rincian, true), (dok.perbandingan, true)]"
"""The tables of the document in their order, and whether the last row of each is a total."""


def main() -> None:
    """Build the template and write it."""
    document = Document()
    strip(document)
    add_styles(document)
    _page(document.sections[0])
    say(document, "{%p for dok in dokumen %}", "Sela")
    letterhead(document, "dok.kop")
    _opening(document)
    _tables(document)
    _signatures(document)
    _attachments(document)
    _breaks(document)
    say(document, "{%p endfor %}", "Sela")
    _finish(document)


def _finish(document: Any) -> None:
    sections = list(document.sections)
    parts = [part for section in sections for part in (section.header, section.footer)]
    TARGET.write_bytes(finished(document, "Templat berita acara IDM", parts))


def _page(section: Any) -> None:
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(25)
    section.header_distance, section.footer_distance = Mm(10), Mm(12)


def _opening(document: Any) -> None:
    say(document, "{{ dok.judul }}", "Judul")
    say_when(document, "dok.anak_judul", ["{{ dok.anak_judul }}"], "Judul")
    say(document, "{{ dok.nomor }}", "Nomor")
    say_when(document, "dok.draf", ['DRAF. {{ dok.catatan_draf | join(" ") }}'], "Catatan Draf")
    say(document, "{{ dok.pembuka }}", "Isi")
    say(document, "{%p if dok.dasar_hukum %}", "Sela")
    say_when(document, "dok.dasar_judul", ["{{ dok.dasar_judul }}"], "Isi")
    say_each(document, "isi", "dok.dasar_hukum", "{{ loop.index }}.\t{{ isi }}", "Daftar")
    say(document, "", "Jeda Tabel")
    say(document, "{%p endif %}", "Sela")
    say_each(document, "isi", "dok.pernyataan", "{{ isi }}", "Isi")


def _tables(document: Any) -> None:
    say(document, f"{{%p for tabel, jumlah in {PARTS} if tabel %}}", "Sela")
    say_when(document, "tabel.judul is defined and tabel.judul", ["{{ tabel.judul }}"], "Judul Tabel")
    say_when(document, "tabel.kalimat is defined and tabel.kalimat", ["{{ tabel.kalimat }}"], "Kalimat Tabel")
    lined_table(document, total="jumlah")
    say(document, "", "Jeda Tabel")
    say(document, "{%p endfor %}", "Sela")
    say_each(document, "isi", "dok.penetapan", "{{ isi }}", "Penutup")
    say_when(document, "dok.penutup", ["{{ dok.penutup }}"], "Penutup")


def _signatures(document: Any) -> None:
    say(document, "{{ dok.tempat_tanggal }}", "Tempat Tanggal")
    parties(document, "dok.tanda_tangan")
    say(document, "{%p if dok.saksi %}", "Sela")
    say_when(document, "dok.saksi_judul", ["{{ dok.saksi_judul }}"], "Saksi")
    parties(document, "dok.saksi")
    say(document, "{%p endif %}", "Sela")


def _attachments(document: Any) -> None:
    say(document, "{%p for tabel in dok.lampiran %}", "Sela")
    say(document, "{{ tabel.judul }}", "Lampiran")
    say_when(document, "tabel.kalimat is defined and tabel.kalimat", ["{{ tabel.kalimat }}"], "Kalimat Tabel")
    lined_table(document)
    say(document, "", "Jeda Tabel")
    say(document, "{%p endfor %}", "Sela")


def _breaks(document: Any) -> None:
    """Each document is a section of its own, with the mark of a draft and page numbers that begin anew.

    The last one takes the section that ends the file, whose header therefore asks whether it is a draft.
    """
    last = document.sections[0]
    numbers = OxmlElement("w:pgNumType")
    numbers.set(qn("w:start"), "1")
    last._sectPr.append(numbers)
    say(document, "{%p if not loop.last %}", "Sela")
    say(document, "{%p if dok.draf %}", "Sela")
    _mark(last.header.paragraphs[0])
    _footer(last.footer)
    _break(document)
    say(document, "{%p else %}", "Sela")
    last.header.is_linked_to_previous = False
    _break(document)
    say(document, "{%p endif %}", "Sela")
    say(document, "{%p endif %}", "Sela")
    last.header.is_linked_to_previous = False
    head = last.header
    head.paragraphs[0].add_run("{%p if dokumen[-1].draf %}")
    _mark(head.add_paragraph())
    head.add_paragraph("{%p else %}")
    head.add_paragraph()
    head.add_paragraph("{%p endif %}")


def _break(document: Any) -> None:
    """End a section here; the next one has the same footer, and no header yet."""
    footer = deepcopy(document.sections[-1]._sectPr.find(qn("w:footerReference")))
    document.add_section()._sectPr.insert(0, footer)
    document.paragraphs[-1].style = "Sela"


def _mark(paragraph: Any) -> None:
    """DRAF across the page, as Word makes its own watermarks, and in letters for programs that do not show those."""
    paragraph.alignment = CENTER
    words = paragraph.add_run("DRAF")
    words.bold, words.font.size = True, Pt(14)
    paragraph.add_run()._r.append(parse_xml(WATERMARK))


def _footer(footer: Any) -> None:
    """What the document is, and its page; documents printed together are told apart by their numbers."""
    footer.paragraphs[0].add_run("{%p if dokumen | length == 1 %}")
    one = footer.add_paragraph("{{ dokumen[0].kaki }}\tHalaman ")
    add_field(one, "PAGE")
    one.add_run(" dari ")
    add_field(one, "NUMPAGES")
    footer.add_paragraph("{%p else %}")
    many = footer.add_paragraph()
    add_field(many, 'STYLEREF "Nomor"', "{{ judul }}")
    many.add_run("\tHalaman ")
    add_field(many, "PAGE")
    footer.add_paragraph("{%p endif %}")
    for paragraph in footer.paragraphs:
        paragraph.style = "Footer"


if __name__ == "__main__":
    main()
