"""Bytes of a delimited text to UTF-8: byte order marks, UTF-16 without one, UTF-8, and what older Excel writes."""

import codecs
from dataclasses import dataclass

from idmcli.errors import InputError

_HEAD = 1 << 16


@dataclass(frozen=True)
class Decoded:
    """A text as UTF-8 bytes without a byte order mark, the encoding it came in, and how many NUL were taken out."""

    data: bytes
    encoding: str
    nul: int = 0


def to_utf8(berkas: str, data: bytes) -> Decoded:
    """The text in UTF-8; InputError if the bytes are no text."""
    if data.startswith(codecs.BOM_UTF8):
        return _checked(berkas, data.removeprefix(codecs.BOM_UTF8), "UTF-8")
    for bom, name in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(bom):
            return _checked(berkas, _utf16(data.removeprefix(bom), name), "UTF-16")
    head = data[:_HEAD]
    if b"\0" in head:
        low, high = head[::2].count(0), head[1::2].count(0)
        half = max(len(head) // 2, 1)
        if high * 10 >= half * 4 and low * 20 <= half:
            return _checked(berkas, _utf16(data, "utf-16-le"), "UTF-16")
        if low * 10 >= half * 4 and high * 20 <= half:
            return _checked(berkas, _utf16(data, "utf-16-be"), "UTF-16")
    try:
        if not data.isascii():
            data.decode("utf-8")
    except UnicodeDecodeError:
        return _checked(berkas, _windows(data).encode(), "Windows-1252")
    return _checked(berkas, data, "UTF-8")


def _utf16(data: bytes, name: str) -> bytes:
    return data.decode(name, "replace").encode("utf-8", "replace")


def _windows(data: bytes) -> str:
    """cp1252, and the five bytes it leaves undefined as the control characters they stand for in Latin-1."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _checked(berkas: str, text: bytes, encoding: str) -> Decoded:
    """Refuse control characters beyond a stray few; take NUL out, which some exports leave in padded fields."""
    head = text[:_HEAD]
    odd = sum(head.count(byte) for byte in range(32) if byte not in b"\t\n\r\f\x1a")
    nul = text.count(0)
    if odd * 50 > len(head) or nul * 50 > len(text):
        raise InputError(
            f"{berkas} bukan teks yang dapat dibaca sebagai tabel", "Ekspor ulang datanya sebagai .xlsx atau .csv."
        )
    clean = text.replace(b"\0", b"") if nul else text
    if not clean.strip():
        raise InputError(f"{berkas} tidak berisi apa pun", "Minta atau ekspor ulang berkasnya.")
    return Decoded(clean, encoding, nul)
