"""Makes files for tests: small workbooks, workbooks broken in a named way, and binary ones."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

Value = str | float | bool | None
Rows = Sequence[Sequence[Value]]
CONTOH = Path(__file__).parent / "contoh"


def workbook(
    path: Path,
    sheets: Mapping[str, Rows],
    *,
    hidden: Sequence[str] = (),
    very_hidden: Sequence[str] = (),
    start: tuple[int, int] = (0, 0),
) -> Path:
    """An .xlsx with these sheets; `start` is the 0-based row and column of the first value."""
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(start[0] + at, start[1], row)
        if name in hidden:
            sheet.hide()
        if name in very_hidden:
            sheet.very_hidden()
    book.close()
    return path


def zipped(path: Path, parts: Mapping[str, bytes]) -> Path:
    """A zip of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def xlsx_of(path: Path, sheet_xml: bytes, **more: bytes) -> Path:
    """An .xlsx with one sheet `Data`, its XML as given; `more` replaces parts (`__` stands for `/`)."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": (
            f'<Relationships xmlns="{links}"><Relationship Id="rId1" Type="{office}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>'
        ).encode(),
        "xl/workbook.xml": (
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/>'
            "</sheets></workbook>"
        ).encode(),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{links}"><Relationship Id="rId1" Type="{office}/worksheet"'
            ' Target="worksheets/sheet1.xml"/></Relationships>'
        ).encode(),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}">'.encode() + sheet_xml + b"</worksheet>",
    }
    parts.update({name.replace("__", "/"): content for name, content in more.items()})
    return zipped(path, parts)


def ods_of(path: Path, table_xml: str) -> Path:
    """An .ods with one table `Data`, its rows as given."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="Data">'
        f"{table_xml}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = b'<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zipped(path, {"mimetype": mimetype, "META-INF/manifest.xml": manifest, "content.xml": content.encode()})


def lying_about(path: Path, part: str, size: int) -> Path:
    """Rewrite a zip's directory so that `part` claims to unpack to `size` bytes."""
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as package:
        name = package.getinfo(part).filename.encode()
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        if data[at + 46 : at + 46 + len(name)] == name:
            data[at + 24 : at + 28] = struct.pack("<I", size)
        at = data.find(b"PK\x01\x02", at + 4)
    path.write_bytes(data)
    return path


def xlsb_of(path: Path, cells: Mapping[tuple[int, int], str | float]) -> Path:
    """A binary workbook with one sheet `Data` holding texts and numbers at 0-based (row, column)."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    sheet = io.BytesIO()
    sheet.write(_record(129) + _record(148, struct.pack("<4I", 0, 0, 0, 0)) + _record(145))
    row = -1
    for (at, column), value in sorted(cells.items()):
        if at != row:
            sheet.write(_record(0, struct.pack("<IIHBBBI", at, 0, 300, 0, 0, 0, 0)))
            row = at
        head = struct.pack("<II", column, 0)
        if isinstance(value, str):
            sheet.write(_record(6, head + _wide(value)))
        else:
            sheet.write(_record(5, head + struct.pack("<d", value)))
    sheet.write(_record(146) + _record(130))
    listed = _record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Data"))
    book = _record(131) + _record(143) + listed + _record(144) + _record(132)

    def link(kind: str, target: str) -> bytes:
        one = f'<Relationship Id="rId1" Type="{office}/{kind}" Target="{target}"/>'
        return f'<Relationships xmlns="{package}">{one}</Relationships>'.encode()

    return zipped(
        path,
        {
            "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": link("officeDocument", "xl/workbook.bin"),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": link("worksheet", "worksheets/sheet1.bin"),
            "xl/worksheets/sheet1.bin": sheet.getvalue(),
        },
    )


def compound_of(path: Path, stream: str, content: bytes) -> Path:
    """A compound file (OLE) holding one stream of at least 4,096 bytes, as around a workbook with a password."""
    content = content.ljust(4096, b"\0")
    sectors = -(-len(content) // 512)
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0,
        end, 0, 0,
    )  # fmt: skip
    header += struct.pack("<108I", *[free] * 108)
    chain = [0xFFFFFFFD, end, *range(3, 2 + sectors), end]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    directory = _entry("Root Entry", 5, end, 0) + _entry(stream, 2, 2, len(content))
    path.write_bytes(header + table + directory.ljust(512, b"\0") + content.ljust(sectors * 512, b"\0"))
    return path


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    none = 0xFFFFFFFF
    child = 1 if kind == 5 else none
    return struct.pack("<64sHBBIII36xIQ", text, len(text) + 2, kind, 1, none, none, child, start, size)


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = bytearray(), len(content)
    while True:
        size.append(length & 0x7F | (0x80 if length > 0x7F else 0))
        length >>= 7
        if not length:
            return head + bytes(size) + content


def rumusan(kode: str, tahun: int, *, skor: int = 5) -> dict[str, object]:
    """A ministry document in its own structure, with invented places and two indicators."""
    rows: list[dict[str, object]] = [
        {"NO": 1, "INDIKATOR": "Skor Akses Sarkes", "SKOR": skor},
        {"NO": 2, "INDIKATOR": "Skor Bidan ", "SKOR": skor},
        {"NO": None, "INDIKATOR": f"IKS {tahun}", "SKOR": 0.86857142857143},
        {"NO": None, "INDIKATOR": f"STATUS IDM {tahun}", "SKOR": "Maju"},
    ]
    place = {"id_desa": kode, "nama_desa": "CONTOH", "nama_kecamatan": "C", "nama_kab_kota": "B", "nama_provinsi": "A"}
    summary = {
        "STATUS": "MAJU",
        "TARGET_STATUS": "MANDIRI",
        "SKOR_MINIMAL": "0.8156",
        "PENAMBAHAN": 0.02,
        "TAHUN": tahun,
    }
    return {"status": 200, "error": False, "mapData": {"SUMMARIES": summary, "ROW": rows, "IDENTITAS": [place]}}
