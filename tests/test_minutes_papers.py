"""Berita acara in Word, PDF and HTML: every form says the same, pages and marks are right, logos are pictures."""

import html
import io
import re
import runpy
import zipfile
import zlib
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from idmcli.documents import typeset, word
from idmcli.documents.logo import LARGEST, logo
from idmcli.documents.markup import literal
from idmcli.documents.svg import text_width
from idmcli.documents.table_widths import MM, fitted
from idmcli.documents.templates import render
from idmcli.errors import ConfigError
from tests.conftest import ROOT

SCRIPT = ROOT / "docs" / "buat_templat_berita_acara.py"
NASTY = 'LONG <A> & "B" PA\' {{ x }} #set $y$ *c* _d_'
DOTS = "……………"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="30"><rect width="20" height="30"/></svg>'
PAGES = re.compile(rb"/Type/Pages/Count (\d+)")

Paper = dict[str, Any]


def table(columns: int, rows: int, *, total: bool = False) -> Paper:
    lines = [[f"isi {row}.{column}" for column in range(columns)] for row in range(rows)]
    sides = ["kiri", "tengah", "kanan"]
    return {
        "kepala": [f"Kolom {column}" for column in range(columns)],
        "rata": [sides[column % 3] for column in range(columns)],
        "baris": [*lines, ["Jumlah"] * columns] if total else lines,
    }


def document(name: str = "PEJALIN", *, draft: bool = False, villages: int = 0, signing: int = 2) -> Paper:
    """One document of the shape that `idmcli/documents/minutes.py` describes."""
    parties = [
        {"peran": f"Jabatan {n}", "nama": DOTS if n % 2 else f"Nama {n}, S.E.", "nip": "" if n % 2 else f"NIP {n}"}
        for n in range(signing)
    ]
    return {
        "judul": "BERITA ACARA PENETAPAN STATUS DESA",
        "anak_judul": f"DESA {name} TAHUN 2024",
        "level": "desa",
        "kode": "6501012006",
        "draf": draft,
        "catatan_draf": [f"Skor IKS02 {name} bukan skor yang sah."] if draft else [],
        "kop": {"baris": ["PEMERINTAH KABUPATEN BULUNGAN", f"DESA {name}"], "alamat": "", "logo": "", "sidik_logo": ""},
        "nomor": f"Nomor: 001/BA-IDM/{name}/2024",
        "pembuka": f"Pada hari ini, Sabtu, bertempat di {name}, kami menyatakan hal-hal berikut.",
        "dasar_judul": "Dasar hukum:",
        "dasar_hukum": ["Undang-Undang Nomor 6 Tahun 2014 tentang Desa;", "SOP IDM 2020."],
        "pernyataan": ["Pengukuran telah dilaksanakan dengan hasil sebagai berikut."],
        "tabel": table(3, 5),
        "rekap": {"judul": "Rekapitulasi", **table(3, 5, total=True)} if villages else None,
        "rincian": {"judul": "Rincian", **table(8, 9, total=True)} if villages else None,
        "perbandingan": {"judul": "Banding", "kalimat": "Tiga naik.", **table(4, 5, total=True)} if villages else None,
        "penetapan": [f"Desa {name} ditetapkan dengan status MAJU."],
        "penutup": "Demikian berita acara ini dibuat.",
        "tempat_tanggal": f"{name}, 21 November 2026",
        "tanda_tangan": [parties[start : start + 2] for start in range(0, signing, 2)],
        "saksi_judul": "Saksi-saksi:" if villages else "",
        "saksi": [[{"peran": "Saksi", "nama": f"Saksi {name}", "nip": ""}]] if villages else [],
        "lampiran": [{"judul": f"Lampiran: {name}", "kalimat": "", **table(8, villages)}] if villages else [],
        "kaki": f"Berita acara IDM tahun 2024 · {name}",
        "kosong": [],
    }


def paper(*documents: Paper) -> Paper:
    return {"judul": "Berita acara", "bahasa": "id", "tanggal_iso": "2026-11-21", "dokumen": list(documents)}


def texts(value: Any, key: str = "") -> list[str]:
    """Every text of a document that is to be read on paper."""
    if key in {"rata", "kode", "level", "logo", "sidik_logo", "kosong"}:
        return []
    if isinstance(value, dict):
        return [text for name, item in value.items() for text in texts(item, name)]
    if isinstance(value, list):
        return [text for item in value for text in texts(item)]
    return [value] if isinstance(value, str) and value else []


def read(made: bytes) -> Any:
    return Document(io.BytesIO(made))


def lines(root: Any) -> list[str]:
    return ["".join(node.text or "" for node in paragraph.iter(qn("w:t"))) for paragraph in root.iter(qn("w:p"))]


@pytest.fixture(scope="module")
def merged() -> Paper:
    return paper(document(NASTY), document(draft=True, villages=120, signing=6), document("AKHIR", signing=3))


def test_every_form_says_every_text(merged: Paper) -> None:
    written = "\n".join(lines(read(word.docx("berita-acara.docx", merged)).element.body))
    page = html.unescape(render("berita-acara.html.j2", merged))
    source = typeset.source("berita-acara.typ.j2", merged)
    for text in texts(merged["dokumen"]):
        assert text in page, f"not in HTML: {text}"
        assert literal(text)[1:-1] in source, f"not in PDF: {text}"
        assert text in written or text.startswith("Berita acara IDM tahun"), f"not in Word: {text}"
    assert "{%" not in written


def test_values_are_only_text(merged: Paper) -> None:
    page = render("berita-acara.html.j2", merged)
    assert "<A>" not in page
    assert "DESA LONG &lt;A&gt; &amp; &#34;B&#34; PA&#39;" in page
    assert 'LONG <A> & \\"B\\" PA\'' in typeset.source("berita-acara.typ.j2", merged)


def test_in_word_each_document_is_a_section_and_only_drafts_are_marked(merged: Paper) -> None:
    for drafts in ([False, True, False], [False, False, True]):
        changed = deepcopy(merged)
        for one, draft in zip(changed["dokumen"], drafts, strict=True):
            one["draf"] = draft
        sections = list(read(word.docx("berita-acara.docx", changed)).sections)
        assert ["DRAF" in "".join(lines(one.header._element)) for one in sections] == drafts
        assert all("BA-IDM" not in "".join(lines(one.footer._element)) for one in sections)
        assert all(one._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1" for one in sections)
        assert all('STYLEREF "Nomor"' in one.footer._element.xml for one in sections)
    alone = read(word.docx("berita-acara.docx", paper(merged["dokumen"][1])))
    assert len(alone.sections) == 1
    assert "Berita acara IDM tahun 2024" in "".join(lines(alone.sections[0].footer._element))
    assert "PowerPlus" not in alone.sections[0].header._element.xml
    assert 'string="DRAF"' in alone.sections[0].header._element.xml


def test_word_tables_repeat_their_heads_and_fill_the_page(merged: Paper) -> None:
    made = read(word.docx("berita-acara.docx", merged))
    for one in made.tables:
        grid = [int(column.get(qn("w:w"))) for column in one._tbl.tblGrid]
        assert abs(sum(grid) / 1440 * 25.4 - 160) < 0.5, one.style.name
        rows = one._tbl.findall(qn("w:tr"))
        assert all(
            row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None
            for row in rows
            if one.style.name != "Normal Table"
        )
        for row in rows:
            cells = row.findall(qn("w:tc"))
            assert [int(cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}").get(qn("w:w"))) for cell in cells] == grid
        heads = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
        assert heads[0] == (one.style.name == "Tabel IDM")
        assert not any(heads[1:])
    signing = [len(one.columns) for one in made.tables if one.style.name == "Tabel Pihak"]
    assert signing == [2, 2, 2, 2, 1, 2, 1]
    bold = [run.text for one in made.tables for cell in one.rows[-1].cells for run in _runs(cell) if run.bold]
    assert set(bold) == {"Jumlah"}


def _runs(cell: Any) -> list[Any]:
    return [run for paragraph in cell.paragraphs for run in paragraph.runs]


def test_in_pdf_each_document_begins_a_page_and_attachments_run_over_several(merged: Paper) -> None:
    counts = []
    for one in [*(paper(document) for document in merged["dokumen"]), merged]:
        found = PAGES.search(typeset.pdf("berita-acara.typ.j2", one))
        assert found
        counts.append(int(found[1]))
    assert counts[0] == counts[2] == 1
    assert counts[1] >= 4, "two pages of text, two of the attachment"
    assert counts[3] == sum(counts[:3])


def test_the_same_context_gives_the_same_bytes(merged: Paper) -> None:
    for make in (word.docx, typeset.pdf):
        template = "berita-acara.docx" if make is word.docx else "berita-acara.typ.j2"
        assert make(template, merged) == make(template, deepcopy(merged))


def test_a_document_without_letterhead_law_or_signatories_is_a_document() -> None:
    bare = document() | {"dasar_hukum": [], "pernyataan": [], "tanda_tangan": [], "anak_judul": "", "penutup": ""}
    bare["kop"] = {"baris": [], "alamat": "", "logo": "", "sidik_logo": ""}
    assert "BERITA ACARA PENETAPAN STATUS DESA" in lines(read(word.docx("berita-acara.docx", paper(bare))).element.body)
    assert typeset.pdf("berita-acara.typ.j2", paper(bare))
    assert "<header" not in render("berita-acara.html.j2", paper(bare))


def png(width: int, height: int) -> bytes:
    """A black picture."""

    def part(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    size = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    rows = zlib.compress(b"\x00" * (width + 1) * height)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", size) + part(b"IDAT", rows) + part(b"IEND", b"")


@pytest.mark.parametrize(("name", "data"), [("logo & 1.png", png(20, 30)), ("logo.svg", SVG.encode())])
def test_a_logo_stands_in_every_form_and_keeps_its_proportions(tmp_path: Path, name: str, data: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    one = document()
    one["kop"]["logo"] = str(file)
    made = read(word.docx("berita-acara.docx", paper(one, one)))
    assert len(made.inline_shapes) == 2
    for shape in made.inline_shapes:
        assert shape.height.mm == pytest.approx(26, abs=0.1), "the box is 20 × 26 mm"
        assert shape.width / shape.height == pytest.approx(2 / 3, abs=0.01)
    plain = typeset.pdf("berita-acara.typ.j2", paper(document()))
    assert typeset.pdf("berita-acara.typ.j2", paper(one)) != plain
    assert 'src="data:image/' in render("berita-acara.html.j2", paper(one))


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("tidak-ada.png", None, "tidak ada"),
        ("catatan.png", b"bukan gambar", "bukan gambar yang utuh"),
        ("potong.png", png(60, 60)[:50], "bukan gambar yang utuh"),
        ("kosong.jpg", b"", "bukan gambar yang utuh"),
        ("rusak.svg", b"<svg <", "bukan gambar yang utuh"),
        ("besar.png", png(9, 9) + bytes(LARGEST), "terlalu besar"),
    ],
)
def test_what_is_no_logo_is_named(tmp_path: Path, name: str, data: bytes | None, why: str) -> None:
    file = tmp_path / name
    if data is not None:
        file.write_bytes(data)
    one = document()
    one["kop"]["logo"] = str(file)
    makers = (
        lambda: word.docx("berita-acara.docx", paper(one)),
        lambda: typeset.pdf("berita-acara.typ.j2", paper(one)),
        lambda: render("berita-acara.html.j2", paper(one)),
    )
    for make in makers:
        with pytest.raises(ConfigError, match=rf"Logo .*{re.escape(name)} {why}") as caught:
            make()
        assert caught.value.saran


def test_a_folder_is_no_logo(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="tidak bisa dibaca"):
        logo(str(tmp_path))


cells = st.text(st.characters(codec="latin-1", categories=["L", "N", "Zs"]), max_size=40)


@settings(max_examples=60)
@given(
    st.integers(1, 9).flatmap(
        lambda columns: st.lists(st.lists(cells, min_size=columns, max_size=columns), min_size=1, max_size=30)
    )
)
def test_columns_fill_the_page_and_break_no_word_that_fits(rows: list[list[str]]) -> None:
    found = fitted(rows[:1], rows[1:], 160)
    assert sum(found.kolom) == pytest.approx(160, abs=0.1)
    for width, column in zip(found.kolom, zip(*rows, strict=True), strict=True):
        widest = max((text_width(word, MM) for text in column for word in text.split()), default=0) * found.huruf
        assert width >= widest or found.huruf == 6, f"{width} mm for {widest} mm"


def test_one_long_name_takes_nothing_from_short_columns() -> None:
    rows = [["Desa", "LONG YIIN PELAAH SUNGAI PENGHULU ULU HILIR BARAT TIMUR UTARA DAN SELATAN RAYA BARU", "MAJU"]]
    found = fitted([["Uraian", "Hasil", "Status"]], rows, 100)
    assert found.huruf == 10
    assert found.kolom[0] > text_width("Desa", 10) * MM
    assert found.kolom[1] > 60


def test_properties_stand_in_the_order_that_word_asks_for(merged: Paper) -> None:
    orders = runpy.run_path(str(SCRIPT.with_name("bagian_word.py")))["ORDERS"]
    made = read(word.docx("berita-acara.docx", merged))
    for root in (made.element.body, made.styles.element, *(one.header._element for one in made.sections)):
        for kind, order in orders.items():
            for node in root.iter(qn(f"w:{kind}")):
                names = [child.tag.split("}")[1] for child in node]
                assert names == sorted(names, key=order.index), kind


def test_the_word_template_is_what_its_script_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(SCRIPT.parent)
    script = runpy.run_path(str(SCRIPT))
    made = tmp_path / "berita-acara.docx"
    monkeypatch.setitem(script["main"].__globals__, "TARGET", made)
    script["main"]()
    with zipfile.ZipFile(made) as new, zipfile.ZipFile(ROOT / "idmcli" / "templates" / "berita-acara.docx") as old:
        assert new.namelist() == old.namelist()
        for part in new.namelist():
            assert part == "docProps/core.xml" or new.read(part) == old.read(part), f"{part} differs: run make templat"
