"""Workbooks that are zip files (.xlsx, .xlsm, .xlsb, .ods): what is inside, and unpacking it within bounds.

The Rust parser unpacks whatever a zip holds, believing its directory. So the directory is judged first, and every part
that is read is unpacked once here, in pieces, and counted: a part that is larger than it says ends the reading.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from xml.etree import ElementTree as ET

from idmcli.errors import InputError
from idmcli.reading.limits import GIB, MAX_PART, MAX_RATIO, MAX_UNPACKED, RATIO_FROM, damaged, too_large

MAGIC: Final = b"PK"
_SLICE = 1 << 16
_PIECE = 1 << 20
_SMALL = 1 << 24


@dataclass(frozen=True)
class SheetPart:
    """A sheet of an Office Open XML workbook: its name, whether the user sees it, and the part that holds it."""

    nama: str
    hidden: bool
    part: str


class Package:
    """An opened zip; InputError at once if it is truncated, locked, or unpacks beyond the limits."""

    def __init__(self, berkas: str, data: bytes) -> None:
        self.berkas = berkas
        self._data = data
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as opened:
                self._parts = {info.filename.lower(): info for info in opened.infolist()}
        # what zipfile raises for damaged directories, and for versions and ways of packing that it does not know
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
            raise damaged(berkas) from error
        self._refuse_bomb()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, lower case: offices meet `xl/Workbook.xml` too, and Excel does not mind."""
        return tuple(self._parts)

    def pieces(self, name: str) -> Iterator[bytes]:
        """One part unpacked, at most 1 MB at a time; InputError if it is not what the directory says."""
        info = self._parts.get(name.lower())
        if info is None:
            raise damaged(self.berkas)
        start = info.header_offset + 30
        header = self._data[info.header_offset : start]
        if len(header) < 30:
            raise damaged(self.berkas)
        start += int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        packed = self._data[start : start + info.compress_size]
        if info.compress_type == zipfile.ZIP_STORED:
            if len(packed) != info.file_size:
                raise damaged(self.berkas)
            yield from (packed[at : at + _PIECE] for at in range(0, len(packed), _PIECE))
            return
        if info.compress_type != zipfile.ZIP_DEFLATED:
            raise damaged(self.berkas)
        yield from self._inflate(packed, info.file_size)

    def whole(self, name: str) -> bytes:
        """One part in one piece, for small parts."""
        return b"".join(self.pieces(name))

    def verify(self) -> None:
        """Unpack and count every part that a parser holds in memory (all but sheets and pictures)."""
        counted = {"content.xml", *self.linked("worksheet")}
        for name, info in self._parts.items():
            if name in counted or name.startswith(("xl/media/", "pictures/")):
                continue
            if info.file_size > MAX_PART:
                raise self._bomb()
            for _ in self.pieces(name):
                pass

    @cached_property
    def book(self) -> str:
        """The part that lists the sheets of an Office Open XML workbook; empty for other zips."""
        links = self._links("_rels/.rels", "/")
        found = next((link for kind, link in links.values() if kind.endswith("/officeDocument")), "")
        return found if "workbook" in found and found in self._parts else ""

    def linked(self, kind: str) -> tuple[str, ...]:
        """The parts that the workbook refers to as `worksheet`, `sharedStrings`, …"""
        return tuple(part for of, part in self._book_links.values() if of.endswith(f"/{kind}") and part in self._parts)

    @cached_property
    def sheets(self) -> tuple[SheetPart, ...]:
        """The sheets of an .xlsx or .xlsm in the order of the tabs; empty where its list cannot be read."""
        root = self._xml(self.book)
        found = []
        for element in () if root is None else root.iter():
            if not element.tag.endswith("}sheet"):
                continue
            link = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            part = self._book_links.get(link, ("", ""))[1]
            found.append(SheetPart(element.get("name", ""), element.get("state", "visible") != "visible", part))
        return tuple(found)

    @cached_property
    def _book_links(self) -> dict[str, tuple[str, str]]:
        folder, name = posixpath.split(self.book)
        return self._links(f"{folder}/_rels/{name}.rels", f"/{folder}")

    def _links(self, name: str, folder: str) -> dict[str, tuple[str, str]]:
        """The relationships in a part: id → (type, part meant, lower case)."""
        root = self._xml(name)
        links: dict[str, tuple[str, str]] = {}
        for link in () if root is None else root:
            part = posixpath.normpath(posixpath.join(folder, link.get("Target", ""))).strip("/").lower()
            links[link.get("Id", "")] = (link.get("Type", ""), part)
        return links

    def _xml(self, name: str) -> ET.Element | None:
        """A small part parsed; None if it is not there or not XML."""
        info = self._parts.get(name.lower().strip("/"))
        if info is None:
            return None
        if info.file_size > _SMALL:
            raise self._bomb()
        try:
            return ET.fromstring(b"".join(self.pieces(info.filename)))
        except (ET.ParseError, LookupError, ValueError):
            return None

    def _inflate(self, packed: bytes, size: int) -> Iterator[bytes]:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        count = 0
        try:
            for at in range(0, len(packed), _SLICE):
                rest = packed[at : at + _SLICE]
                while rest:
                    piece = unpacker.decompress(rest, _PIECE)
                    rest = unpacker.unconsumed_tail
                    count += len(piece)
                    if count > size:
                        raise damaged(self.berkas)
                    yield piece
            rest = unpacker.flush()
            yield rest
        except zlib.error as error:
            raise damaged(self.berkas) from error
        if count + len(rest) != size:
            raise damaged(self.berkas)

    def _refuse_bomb(self) -> None:
        parts = self._parts.values()
        if any(info.flag_bits & 1 for info in parts):
            raise locked(self.berkas)
        steep = any(info.file_size > max(RATIO_FROM, MAX_RATIO * info.compress_size) for info in parts)
        if steep or sum(info.file_size for info in parts) > MAX_UNPACKED:
            raise self._bomb()

    def _bomb(self) -> InputError:
        return too_large(
            self.berkas,
            f"isinya mengembang melampaui batas wajar buku kerja (lebih dari {MAX_UNPACKED // GIB} GB atau"
            f" {MAX_RATIO} kali ukuran berkas), seperti berkas jebakan",
            "Jangan dibuka; minta pengirim mengekspor ulang datanya.",
        )


def locked(berkas: str) -> InputError:
    """The refusal of a workbook that needs a password."""
    return InputError(
        f"{berkas} dikunci kata sandi",
        "Buka di Excel, hapus kata sandinya (Berkas → Info → Lindungi Buku Kerja), simpan, lalu jalankan lagi.",
    )
