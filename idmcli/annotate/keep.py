"""What openpyxl does not carry over: the last results of formulas are put back, other losses are counted and told."""

import posixpath
import re
from collections.abc import Iterable
from io import BytesIO
from typing import Final
from xml.etree.ElementTree import fromstring, iterparse
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

PARTS: Final = (
    ("xl/media/", "gambar (misalnya logo)"),
    ("xl/charts/chart", "grafik"),
    ("xl/slicers/", "pemilih data (slicer)"),
    ("xl/timelines/", "garis waktu"),
    ("xl/activeX/", "kontrol ActiveX"),
    ("xl/threadedComments/", "utas komentar (isinya tetap ada sebagai catatan)"),
    ("xl/pivotTables/", "tabel pivot"),
    ("xl/queryTables/", "sambungan data"),
    ("xl/richData/", "gambar di dalam sel atau tipe data"),
    ("xl/diagrams/data", "SmartArt"),
    ("xl/model/", "model data"),
    ("_xmlsignatures/", "tanda tangan digital"),
)
"""Kinds of parts of a workbook by how their names begin."""

TAGS: Final = (
    ("xl/drawings/", re.compile(rb"<xdr:sp[ >]"), "kotak teks dan bentuk"),
    ("xl/drawings/", re.compile(rb'ObjectType="(?!Note")'), "tombol dan kontrol formulir"),
    ("xl/worksheets/", re.compile(rb"<x14:sparkline>"), "grafik mini (sparkline)"),
    ("xl/worksheets/", re.compile(rb"<x14:cfRule "), "format bersyarat jenis baru"),
    ("xl/worksheets/", re.compile(rb"<x14:dataValidation "), "daftar pilihan yang merujuk lembar lain"),
)
"""Things inside parts: where, how they begin, what they are called."""

FORMULA_CELL: Final = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"((?: s="[0-9]+")?)>(<f(?:>| [^>]*>)(?:(?!</c>).)*?)(?:<v ?/>|<v></v>)</c>', re.DOTALL
)
"""A formula's cell as openpyxl writes it: no type, no result."""

RESULT_TYPES: Final = frozenset({"n", "str", "b", "e"})

CORE: Final = "docProps/core.xml"
MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)([^<]*)")


def losses(before: ZipFile, after: ZipFile) -> tuple[str, ...]:
    """What `after` has less of than `before`, as one sentence for the officer; empty if nothing."""
    missing = [f"{count} {name}" for name, count in _fewer(before, after)]
    if not missing:
        return ()
    return (f"Salinan bertanda tidak memuat {', '.join(missing)}; berkas asli tidak berubah.",)


def with_cached_results(before: ZipFile, after: ZipFile) -> bytes:
    """The workbook `after` with the last results of the formulas in `before`, sheet by sheet, cell by cell.

    Without them a viewer that does not compute (a phone, our own reader) would find those cells empty. Excel computes
    anew when it opens the file. The date of the last change stays the original's.
    """
    old, new = sheet_parts(before), sheet_parts(after)
    source = {part: old[name] for name, part in new.items() if name in old}
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as result:
        for item in after.infolist():
            data = after.read(item)
            if item.filename in source and b"<f" in data:
                data = _refill(data, _results(before, source[item.filename]))
            elif item.filename == CORE:
                data = MODIFIED.sub(rb"\g<1>" + _modified(before), data)
            result.writestr(ZipInfo(item.filename), data, ZIP_DEFLATED)  # no clock: same input, same bytes
    return out.getvalue()


def _modified(book: ZipFile) -> bytes:
    """When the officer last saved the workbook, as it says itself; nothing where it does not say."""
    found = MODIFIED.search(book.read(CORE)) if CORE in book.namelist() else None
    return found[2] if found else b"2000-01-01T00:00:00Z"


def sheet_parts(book: ZipFile) -> dict[str, str]:
    """Sheet names and the parts that hold them."""
    root = "xl/workbook.xml"
    relations = "xl/_rels/workbook.xml.rels"
    if root not in book.namelist() or relations not in book.namelist():
        return {}
    targets = {
        relation.get("Id"): posixpath.normpath(posixpath.join("/xl", relation.get("Target", ""))).lstrip("/")
        for relation in fromstring(book.read(relations))
    }
    parts: dict[str, str] = {}
    for sheet in fromstring(book.read(root)).iter():
        if _local(sheet.tag) == "sheet":
            key = next((value for name, value in sheet.attrib.items() if _local(name) == "id"), None)
            part = targets.get(key, "")
            if part in book.namelist():
                parts[sheet.get("name", "")] = part
    return parts


def _fewer(before: ZipFile, after: ZipFile) -> Iterable[tuple[str, int]]:
    for start, name in PARTS:
        count = _parts(before, start) - _parts(after, start)
        if count > 0:
            yield name, count
    for start, tag, name in TAGS:
        count = _tags(before, start, tag) - _tags(after, start, tag)
        if count > 0:
            yield name, count


def _parts(book: ZipFile, start: str) -> int:
    return sum(name.startswith(start) and not name.endswith((".rels", "/")) for name in book.namelist())


def _tags(book: ZipFile, start: str, tag: re.Pattern[bytes]) -> int:
    names = [name for name in book.namelist() if name.startswith(start) and name.endswith((".xml", ".vml"))]
    return sum(len(tag.findall(book.read(name))) for name in names)


def _results(book: ZipFile, part: str) -> dict[bytes, tuple[str, str]]:
    """Type and text of the last result of every formula of a sheet, by cell."""
    found: dict[bytes, tuple[str, str]] = {}
    with book.open(part) as file:
        for _, element in iterparse(file):
            tag = _local(element.tag)
            if tag == "c":
                children = {_local(child.tag): child for child in element}
                kind = element.get("t", "n")
                if "f" in children and "v" in children and kind in RESULT_TYPES:
                    found[element.get("r", "").encode()] = kind, children["v"].text or ""
            elif tag == "row":
                element.clear()
    return found


def _refill(data: bytes, results: dict[bytes, tuple[str, str]]) -> bytes:
    def cell(match: re.Match[bytes]) -> bytes:
        place, style, formula = match.groups()
        if place not in results:
            return match[0]
        kind, text = results[place]
        return b'<c r="%s"%s t="%s">%s<v>%s</v></c>' % (place, style, kind.encode(), formula, escape(text).encode())

    return FORMULA_CELL.sub(cell, data)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
