"""When files were saved, and which of them are copies of each other."""

import hashlib
import re
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from idmcli.merge import Version
from idmcli.reading.sources import Source as Input

_CORE: Final = "docProps/core.xml"
_TERMS: Final = "{http://purl.org/dc/terms/}"
_MOST_CORE: Final = 1 << 20
"""Bytes of a workbook's properties; more are none."""
_PLACE: Final = re.compile(r"\[\d+\]$")
"""The place of a document in a JSON list, behind the file's name."""


def versions(rows_of: Sequence[str]) -> dict[str, Version]:
    """When each file was saved, by the name that its rows carry; a pipe has no date and is left out."""
    found: dict[str, Version] = {}
    for name in rows_of:
        path = Path(_PLACE.sub("", name))
        if path.is_file():
            found[name] = version(path)
    return found


def version(path: Path) -> Version:
    """The date inside a workbook, where a program wrote it upon saving; else the date of the file on this disk.

    A workbook whose date of saving is that of its making was written by a machine that knows no better.
    """
    # no workbook, a damaged one, or a date that is none: the file's own date then tells all that can be known; zipfile
    # says NotImplementedError of ways of packing that it does not know
    with suppress(OSError, KeyError, zipfile.BadZipFile, ElementTree.ParseError, ValueError, NotImplementedError):
        saved, made = _dates(path)
        if saved and saved != made:
            moment = datetime.fromisoformat(saved)
            aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            return Version(aware.astimezone(UTC), "isi berkas")
    return Version(datetime.fromtimestamp(int(path.stat().st_mtime), UTC), "tanggal berkas")


def without_copies(inputs: Sequence[Input]) -> tuple[list[Input], list[str]]:
    """The inputs without files whose bytes an earlier one has too, and what is said of them.

    Ministry documents stay: error answers are all alike, and each names its village by its file's name.
    """
    first: dict[str, Input] = {}
    kept: list[Input] = []
    said: list[str] = []
    for one in inputs:
        if one.path is None or not one.path.is_file() or one.ending == ".json":
            kept.append(one)
            continue
        with one.path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        known = first.setdefault(digest, one)
        if known is one:
            kept.append(one)
        else:
            said.append(f"{one.berkas} sama persis dengan {known.berkas}; dibaca satu kali")
    return kept, said


def _dates(path: Path) -> tuple[str, str]:
    """When a workbook says that it was saved and made."""
    with zipfile.ZipFile(path) as package:
        if package.getinfo(_CORE).file_size > _MOST_CORE:
            return "", ""
        data = package.read(_CORE)
    if b"<!" in data:  # a document type, which no program writes there
        return "", ""
    core = ElementTree.fromstring(data)
    return core.findtext(f"{_TERMS}modified", "").strip(), core.findtext(f"{_TERMS}created", "").strip()
