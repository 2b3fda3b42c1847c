"""What a file is, by its content: the ending is only what somebody typed."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from idmcli.errors import InputError
from idmcli.reading import ole
from idmcli.reading.limits import AGAIN, damaged
from idmcli.reading.package import MAGIC as ZIP_MAGIC
from idmcli.reading.package import Package, locked

Kind = Literal["xlsx", "xlsb", "ods", "xls", "parquet", "json", "teks"]

_HEAD = 4096
_FOREIGN: Final = (
    (b"\x89PNG", "gambar PNG"),
    (b"\xff\xd8\xff", "gambar JPEG"),
    (b"GIF8", "gambar GIF"),
    (b"II*\0", "gambar TIFF"),
    (b"MM\0*", "gambar TIFF"),
    (b"RIFF", "berkas gambar atau media"),
    (b"%PDF", "dokumen PDF"),
    (b"{\\rtf", "dokumen RTF"),
    (b"Rar!", "arsip RAR"),
    (b"7z\xbc\xaf\x27\x1c", "arsip 7z"),
    (b"\x1f\x8b", "arsip gzip"),
    (b"SQLite format 3", "basis data SQLite"),
    (b"\x00\x01\x00\x00Standard", "basis data Access"),
)
_WEB: Final = re.compile(rb"<(!doctype\s+html|html|head|body|meta|style|table|div|script)\b")
_MARKED: Final = re.compile(rb"<[?!a-z]")
_ENDINGS: Final[dict[Kind, frozenset[str]]] = {
    "xlsx": frozenset({".xlsx", ".xlsm"}),
    "xlsb": frozenset({".xlsb"}),
    "ods": frozenset({".ods"}),
    "xls": frozenset({".xls"}),
    "parquet": frozenset({".parquet"}),
    "json": frozenset({".json"}),
    "teks": frozenset({".csv", ".tsv", ".txt"}),
}
_NAMES: Final[dict[Kind, str]] = {
    "xlsx": "buku kerja Excel (.xlsx)",
    "xlsb": "buku kerja Excel biner (.xlsb)",
    "ods": "lembar OpenDocument (.ods)",
    "xls": "buku kerja Excel lama (.xls)",
    "parquet": "parquet",
    "json": "JSON",
    "teks": "teks berpemisah (CSV)",
}


@dataclass(frozen=True)
class Content:
    """What a file holds: its kind, and the opened package where it is a zip."""

    kind: Kind
    package: Package | None = None


def recognise(berkas: str, ending: str, data: bytes) -> Content:
    """The kind of a file's content; InputError, in words for the officer, for what is no data."""
    head = data[:_HEAD]
    if head.startswith(b"PAR1"):
        return Content("parquet")
    if head.startswith(ZIP_MAGIC) and len(data) > 3 and data[2] < 9:
        package = Package(berkas, data)
        return Content(_zip_kind(berkas, package), package)
    if head.startswith(ole.MAGIC):
        return Content(_ole_kind(berkas, data))
    foreign = next((name for magic, name in _FOREIGN if head.startswith(magic)), None)
    if foreign is None and head[4:12] in (b"ftypheic", b"ftypmif1", b"ftypisom", b"ftypmp42"):
        foreign = "gambar atau video"
    if foreign:
        raise InputError(
            f"{berkas} sebenarnya {foreign}, bukan tabel",
            "Kirim berkas data aslinya (.xlsx atau .csv), bukan foto, cetakan, atau arsipnya.",
        )
    # zeros of UTF-16 and a byte order mark do not hide what a text begins with
    words = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe").lstrip().lower()
    if _MARKED.match(words) and ending not in _ENDINGS["json"]:
        web = "halaman web (HTML)" if _WEB.search(words) else "berkas XML"
        raise InputError(
            f"{berkas} sebenarnya {web}, bukan tabel",
            "Buka di Excel, pilih Simpan Sebagai → Buku Kerja Excel (.xlsx), lalu jalankan lagi dengan berkas itu.",
        )
    if words.startswith((b"{", b"[")) or ending == ".json":
        return Content("json")
    if ending in _ENDINGS["parquet"] or (ending in _BOOKS and not _is_text(head)):
        raise InputError(f"{berkas} bukan berkas {ending} yang sah", AGAIN)
    return Content("teks")


def disguise(berkas: str, ending: str, kind: Kind) -> str | None:
    """What to tell the officer where the ending and the content differ; None where they agree or there is no ending."""
    if not ending or ending in _ENDINGS[kind]:
        return None
    return f"{berkas}: isinya {_NAMES[kind]} walau berakhiran {ending}; dibaca menurut isinya"


_BOOKS: Final = frozenset.union(*(_ENDINGS[kind] for kind in ("xlsx", "xlsb", "ods", "xls")))


def _is_text(head: bytes) -> bool:
    odd = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in head.replace(b"\0", b""))
    return odd * 50 <= len(head)


def _zip_kind(berkas: str, package: Package) -> Kind:
    names = package.names
    if "encryptedpackage" in names:
        raise locked(berkas)
    if package.book:
        return "xlsb" if package.book.endswith(".bin") else "xlsx"
    if "content.xml" in names:
        if "meta-inf/manifest.xml" in names and b"encryption-data" in package.whole("meta-inf/manifest.xml"):
            raise locked(berkas)
        return "ods"
    if any(name.startswith("xl/") for name in names):
        raise damaged(berkas)
    what = "dokumen Word" if "word/document.xml" in names else "arsip zip"
    what = "presentasi PowerPoint" if "ppt/presentation.xml" in names else what
    raise InputError(
        f"{berkas} sebenarnya {what}, bukan tabel",
        "Ekstrak arsipnya dahulu, atau salin tabelnya ke Excel dan simpan sebagai .xlsx.",
    )


def _ole_kind(berkas: str, data: bytes) -> Kind:
    try:
        names = ole.Compound(data).entries
    except ole.CompoundError as error:
        raise damaged(berkas) from error
    if "EncryptedPackage" in names:
        raise locked(berkas)
    if "Workbook" in names or "Book" in names:
        return "xls"
    what = "dokumen Word lama" if "WordDocument" in names else "bukan buku kerja Excel"
    raise InputError(
        f"{berkas} sebenarnya {what}" if what.startswith("dokumen") else f"{berkas} {what}",
        "Salin tabelnya ke Excel dan simpan sebagai .xlsx.",
    )
