"""PDF and Word: any text is shown as it is, the same input gives the same bytes, faults name file and line."""

import io
import json
import re
import runpy
import zipfile
from pathlib import Path
from typing import Any

import pytest
import typst
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from idmcli.documents import typeset, word
from idmcli.documents.fonts import FAMILY, FONTS, fonts
from idmcli.documents.markup import literal, written
from idmcli.errors import ConfigError
from tests.conftest import ROOT
from tests.village_papers import contexts, remarkable

SCRIPT = ROOT / "docs" / "buat_templat_word.py"
PAGES = re.compile(rb"/Type/Pages/Count (\d+)")
PRINTABLE = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cn"], exclude_characters="\ufeff")
NASTY = ["= judul", "- daftar", "+ 1", "#set page(fill: red)", "$x$", "*a* _b_ `c`", "<a> @b", "// c", "/* d", "a -- b"]
NASTY += [
    '"',
    "\\",
    "]",
    "[",
    "~",
    "...",
    "'petik'",
    "https://desa.id",
    "1. satu",
    "/ a: b",
    "{{ x }}",
    "{% x %}",
    "&amp;",
]
texts = st.one_of(st.sampled_from(NASTY), st.text(PRINTABLE, min_size=1, max_size=30))


def pages(data: bytes) -> int:
    found = PAGES.search(data)
    assert found, "no page tree"
    return int(found[1])


def compiler(source: str) -> typst.Compiler:
    return typst.Compiler(source.encode(), font_paths=fonts(), ignore_system_fonts=True)


def shown(text: str) -> Any:
    """What typst makes of a value in running text, between letters and before what could continue it as code."""
    source = f"#box[a{written(text)}(b).c[d]]<uji>"
    box = json.loads(compiler(source).query("<uji>", one=True))
    return "".join(_plain(box["body"]))


def _plain(node: dict[str, Any]) -> list[str]:
    match node["func"]:
        case "sequence":
            return [text for child in node["children"] for text in _plain(child)]
        case "text":
            return [node["text"]]
        case other:
            pytest.fail(f"{other} was made of a text")


@given(texts)
def test_any_text_is_shown_as_it_is_in_typst(text: str) -> None:
    assert shown(text) == f"a{text}(b).c[d]"


@given(st.lists(texts, min_size=1, max_size=3))
def test_any_text_is_one_value_in_typst_code(values: list[str]) -> None:
    source = f"#metadata(({', '.join(literal(value) for value in values)},))<uji>"
    found = json.loads(compiler(source).query("<uji>", field="value", one=True))
    assert found == values


def test_control_characters_and_lone_surrogates_do_not_stop_a_paper() -> None:
    assert shown("a\x00b\x1b\ud800c") == "aa\ufffdb\ufffd\ufffdc(b).c[d]"
    assert written(3) == "3"
    with pytest.raises(TypeError, match="list tidak dapat ditulis"):
        written(["a"])


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office's folder of templates."""
    (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>')
    return tmp_path


def test_a_missing_value_is_named_with_file_and_line(office: Path) -> None:
    (office / "surat.typ.j2").write_text("Halo\n\n{{ nama }} {{ tak_ada }}")
    with pytest.raises(ConfigError, match=r"surat\.typ\.j2 baris 3 .*tak_ada"):
        typeset.pdf("surat.typ.j2", {"nama": "x"}, office)


def test_what_typst_refuses_is_named_with_the_line_of_the_template(office: Path) -> None:
    (office / "isi.typ.j2").write_text("{# dua baris\n#}\n{{ nama }}\n\n#salah(1)\n")
    lines = [
        '#image("logo.svg")',
        "{% for n in daftar %}",
        "baris {{ n }}",
        "{% endfor %}",
        '{% include "isi.typ.j2" %}',
    ]
    (office / "surat.typ.j2").write_text("\n".join(lines))
    with pytest.raises(ConfigError, match=r"isi\.typ\.j2 baris 5 .*unknown variable: salah"):
        typeset.pdf("surat.typ.j2", {"nama": "x", "daftar": ["a\nb", "c"]}, office)


def test_an_office_can_use_its_own_pictures_but_nothing_outside(office: Path) -> None:
    (office / "surat.typ.j2").write_text('#image("logo.svg")')
    assert pages(typeset.pdf("surat.typ.j2", {}, office)) == 1
    (office / "surat.typ.j2").write_text('#read("../rahasia.txt")')
    with pytest.raises(ConfigError, match=r"surat\.typ\.j2 baris 1"):
        typeset.pdf("surat.typ.j2", {}, office)


def test_the_typeface_travels_with_its_licence() -> None:
    assert fonts().families() == [FAMILY]
    assert "SIL OPEN FONT LICENSE" in (FONTS / "LISENSI.txt").read_text(encoding="utf-8")


def test_sheets_and_posters_keep_to_their_pages_and_repeat_byte_for_byte() -> None:
    for context in remarkable(contexts()):
        first = typeset.pdf("lembar.typ.j2", context)
        assert pages(first) == 2, context["judul"]
        assert pages(typeset.pdf("poster.typ.j2", context)) == 1, context["judul"]
        assert b"/Lang" in first
        assert b"LiberationSans" in first
    assert typeset.pdf("lembar.typ.j2", context) == first


def test_a_poster_without_anything_to_do_has_no_empty_heading() -> None:
    context = contexts()[0]
    text = typeset.source("poster.typ.j2", {**context, "poster": {**context["poster"], "hal": []}})
    assert context["poster"]["judul_hal"] not in text


def test_every_village_can_be_typeset() -> None:
    """The finished typst text of all; the PDFs of some are made above."""
    for context in contexts():
        text = typeset.source("lembar.typ.j2", context)
        assert context["kepala"]["nama"] in text
        typeset.source("poster.typ.j2", context)


def test_a_word_sheet_opens_says_the_same_and_repeats_byte_for_byte() -> None:
    for context in remarkable(contexts())[:3]:
        made = word.docx("lembar.docx", context)
        document = Document(io.BytesIO(made))
        said = "\n".join(node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t"))
        for text in (context["kepala"]["nama"], *context["status"]["kalimat"], *context["jalan"]["kalimat"]):
            assert text in said
        assert said.count("IKS35") == 1
        assert "{" not in said
        about = document.core_properties
        assert (about.title, about.language) == (context["judul"], "id-ID")
        assert about.created is not None
        assert about.created.date().isoformat() == context["tanggal_iso"]
        assert len(document.inline_shapes) == 2
        header = document.tables[-2].rows[0]._tr
        assert "w:tblHeader" in header.xml, "the head of the 50 indicators repeats"
        assert word.docx("lembar.docx", context) == made


def test_values_are_escaped_in_word() -> None:
    context = contexts()[0]
    name = 'DESA <A> & "B" {{ x }} \x0b\''
    made = word.docx("lembar.docx", {**context, "kepala": {**context["kepala"], "nama": name}})
    paragraphs = [paragraph.text for paragraph in Document(io.BytesIO(made)).paragraphs]
    assert name.replace("\x0b", "\ufffd") in paragraphs


def test_a_fault_in_a_word_template_is_named_with_its_tag(office: Path) -> None:
    document = Document()
    document.add_paragraph("Halo {{ kepala.nama }} dan {{ tak_ada }}")
    document.save(str(office / "lembar.docx"))
    with pytest.raises(ConfigError, match=r"lembar\.docx pada \{\{ kepala.nama \}\} \{\{ tak_ada \}\} .*tak_ada"):
        word.docx("lembar.docx", contexts()[0], office)
    (office / "lembar.docx").write_bytes(b"bukan")
    word._bytes.cache_clear()  # within one run templates stand still
    with pytest.raises(ConfigError, match="bukan dokumen Word"):
        word.docx("lembar.docx", contexts()[0], office)


def test_properties_stand_in_the_order_that_word_asks_for() -> None:
    orders = runpy.run_path(str(SCRIPT.with_name("bagian_word.py")))["ORDERS"]
    body = Document(io.BytesIO(word.docx("lembar.docx", contexts()[0]))).element.body
    for kind, order in orders.items():
        for settings in body.iter(f"{{{body.nsmap['w']}}}{kind}"):
            names = [child.tag.split("}")[1] for child in settings]
            assert names == sorted(set(names), key=order.index), kind


def test_the_word_template_is_what_its_script_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(SCRIPT.parent)
    script = runpy.run_path(str(SCRIPT))
    made = tmp_path / "lembar.docx"
    monkeypatch.setitem(script["main"].__globals__, "TARGET", made)
    script["main"]()
    kept = ROOT / "idmcli" / "templates" / "lembar.docx"
    with zipfile.ZipFile(made) as new, zipfile.ZipFile(kept) as old:
        for part in ("word/document.xml", "word/styles.xml", "word/footer1.xml"):
            assert new.read(part) == old.read(part), f"{part} differs: run make templat"
