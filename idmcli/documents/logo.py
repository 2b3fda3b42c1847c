"""Logos of offices: picture files beside `idm.toml`, made fit for every kind of paper."""

import base64
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image
from typst import TypstError

from idmcli.documents.typeset import png
from idmcli.errors import ConfigError
from idmcli.export import reason
from idmcli.words import decimal

LARGEST: Final = 2_000_000
"""Bytes; every Word document carries its logo, and a province has hundreds of them."""
SVG: Final = "image/svg+xml"
KNOWN: Final = ("image/png", "image/jpeg", "image/gif")
DRAWN: Final = 60
"""Millimetres for which an SVG is drawn where SVG cannot be shown; logos stand in a third of that."""
_ADVICE: Final = "Pakai berkas PNG, JPG, GIF, atau SVG yang utuh, atau hapus logo dari pengaturan."


@dataclass(frozen=True)
class Logo:
    """A picture and its size in its own units (pixels).

    Attributes:
        gambar: the picture as PNG, JPEG or GIF.
        svg: the picture as SVG; what was none before holds the other.
        uri: an address that holds the picture, for web pages.
    """

    gambar: bytes
    svg: str
    uri: str
    lebar: float
    tinggi: float

    def within(self, width: float, height: float) -> tuple[float, float]:
        """Width and height of the largest picture of the same proportions within a box."""
        scale = min(width / self.lebar, height / self.tinggi)
        return self.lebar * scale, self.tinggi * scale


@lru_cache(maxsize=64)
def logo(path: str) -> Logo:
    """The picture in a file; read once per process.

    Raises:
        ConfigError: it is missing, unreadable, too large, or no whole picture of a known kind; the message names it.
    """
    try:
        size = Path(path).stat().st_size
        data = Path(path).read_bytes() if size <= LARGEST else b""
    except FileNotFoundError:
        raise ConfigError(
            f"Logo {path} tidak ada", "Periksa nama berkasnya, atau hapus logo dari pengaturan."
        ) from None
    except OSError as error:
        raise ConfigError(f"Logo {path} tidak bisa dibaca: {reason(error)}", _ADVICE) from None
    if size > LARGEST:
        most = f"Kecilkan gambarnya sampai paling besar {LARGEST // 1_000_000} MB."
        raise ConfigError(f"Logo {path} terlalu besar ({decimal(size / 1e6, 1)} MB)", most)
    try:
        return _vector(data) if re.search(rb"<svg[\s>]", data[:4000]) else _raster(data)
    except (TypstError, UnicodeDecodeError, ValueError, *_UNREADABLE) as error:
        raise ConfigError(f"Logo {path} bukan gambar yang utuh", _ADVICE) from error


_UNREADABLE: Final = (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError)
"""What python-docx says of pictures that it does not know, or that end early."""


def _vector(data: bytes) -> Logo:
    svg = data.decode("utf-8-sig")
    drawn = png(svg, DRAWN)
    size = Image.from_blob(drawn)
    return Logo(drawn, svg, _uri(SVG, data), size.px_width, size.px_height)


def _raster(data: bytes) -> Logo:
    found = Image.from_blob(data)
    if found.content_type not in KNOWN or not found.px_width or not found.px_height:
        raise ValueError(found.content_type)
    uri = _uri(found.content_type, data)
    size = f'width="{found.px_width}" height="{found.px_height}"'
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    svg = f'<svg {names} {size}><image {size} xlink:href="{uri}"/></svg>'
    png(svg, DRAWN)  # typst unpacks the whole picture, and says so where it cannot
    return Logo(data, svg, uri, found.px_width, found.px_height)


def _uri(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"
