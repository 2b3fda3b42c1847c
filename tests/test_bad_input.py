"""Files that cannot be read end in one clear sentence: no traceback, no frozen laptop, no other output."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from idmcli.errors import IdmError, InputError
from idmcli.reading import read
from idmcli.tables import Reading
from tests.berkas import (
    CONTOH,
    compound_of,
    lying_about,
    ods_of,
    workbook,
    xlsb_of,
    xlsx_of,
    zipped,
)

ROOT = Path(__file__).parents[1]
HTML = b"\xef\xbb\xbf  <html xmlns:x='urn:schemas-microsoft-com:office:excel'><table><tr><td>kode</td></tr></table>"
LAST = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
STRAY = b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>' + LAST + b"</sheetData>"
UNNAMED = b"<sheetData>" + b"<row>" + b"<c><v>1</v></c>" * 3000 + b"</row>" + b"<row><c><v>1</v></c></row>" * 20_000
WIDE_ODS = (
    '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="float"'
    ' table:number-columns-repeated="16384"><text:p>1</text:p></table:table-cell></table:table-row>'
)
STRINGS = b"<sst>" + b"<si><t>0</t></si>" * 6_000_000 + b"</sst>"


def put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def truncated(path: Path) -> Path:
    data = workbook(path, {"Data": [["kode", "iks"]]}).read_bytes()
    return put(path, data[: len(data) // 2])


def xls_with_column_400(path: Path) -> Path:
    data = bytearray((CONTOH / "lama.xls").read_bytes())
    at = data.find(b"\xfd\x00\x0a\x00")
    data[at + 6 : at + 8] = (400).to_bytes(2, "little")
    return put(path, bytes(data))


def xls_with_password(path: Path) -> Path:
    """The record after the first says from here on: encrypted."""
    data = bytearray((CONTOH / "lama.xls").read_bytes())
    at = data.find(b"\xe1\x00\x02\x00")
    data[at] = 0x2F
    return put(path, bytes(data))


BAD: dict[str, tuple[str, Callable[[Path], Path], str]] = {
    "empty": ("a.csv", lambda p: put(p, b""), "kosong"),
    "empty workbook": ("a.xlsx", lambda p: put(p, b""), "kosong"),
    "only blanks": ("a.csv", lambda p: put(p, b" \r\n\r\n"), "tidak berisi apa pun"),
    "only separators": ("a.csv", lambda p: put(p, b";;;\n;;;\n"), "tidak berisi apa pun"),
    "truncated zip": ("a.xlsx", truncated, "rusak atau terpotong"),
    "no zip at all": ("a.xlsx", lambda p: put(p, b"\x01\x02\x03\x04" * 99), "bukan berkas .xlsx yang sah"),
    "encrypted": ("a.xlsx", lambda p: compound_of(p, "EncryptedPackage", b"\x07" * 5000), "dikunci kata sandi"),
    "encrypted xls": ("a.xls", xls_with_password, "dikunci kata sandi"),
    "html": ("a.xls", lambda p: put(p, HTML), "halaman web"),
    "html in utf-16": ("a.xls", lambda p: put(p, HTML.decode().encode("utf-16")), "halaman web"),
    "xml of Excel 2003": ("a.xls", lambda p: put(p, b'<?xml version="1.0"?><Workbook/>'), "berkas XML"),
    "picture": ("a.xlsx", lambda p: put(p, b"\x89PNG\r\n\x1a\n" + b"\0" * 99), "gambar PNG"),
    "pdf": ("a.csv", lambda p: put(p, b"%PDF-1.7\n"), "dokumen PDF"),
    "word": ("a.xlsx", lambda p: zipped(p, {"word/document.xml": b"<w/>"}), "dokumen Word"),
    "zip of files": ("a.xlsx", lambda p: zipped(p, {"data.csv": b"a;b"}), "arsip zip"),
    "garbage": ("a.csv", lambda p: put(p, bytes(range(32)) * 99), "bukan teks"),
    "broken parquet": ("a.parquet", lambda p: put(p, b"PAR1" + b"\x15\x04" * 99 + b"PAR1"), "rusak"),
    "no parquet": ("a.parquet", lambda p: put(p, b"kode;iks\n"), "bukan berkas .parquet yang sah"),
    "broken json": ("a.json", lambda p: put(p, b'{"status": 200,\n'), "JSON rusak di baris 2"),
    "deep json": ("a.json", lambda p: put(p, b"[" * 100_000), "JSON rusak"),
    "all hidden": ("a.xlsx", lambda p: workbook(p, {"A": [], "B": [["x"]]}, hidden=["B"]), "disembunyikan (B)"),
    "no cell": ("a.xlsx", lambda p: workbook(p, {"A": []}), "tidak berisi satu sel pun"),
    "too wide a text": ("a.csv", lambda p: put(p, b"a;b\n" + b";" * 20_000), "terlalu besar"),
    "impossible xls": ("a.xls", xls_with_column_400, "rusak atau terpotong"),
    "broken compound file": ("a.xls", lambda p: put(p, (CONTOH / "lama.xls").read_bytes()[:3000]), "rusak"),
    "stray xlsx cell": ("a.xlsx", lambda p: xlsx_of(p, STRAY), "XFD1048576"),
    "stray xlsb cell": ("a.xlsb", lambda p: xlsb_of(p, {(0, 0): 1.0, (1048575, 16383): 1.0}), "XFD1048576"),
    "repeated ods cells": ("a.ods", lambda p: ods_of(p, WIDE_ODS), "XFD1048576"),
    "cells without places": ("a.xlsx", lambda p: xlsx_of(p, UNNAMED + b"</sheetData>"), "DKJ20001"),
    "bomb": ("a.xlsx", lambda p: xlsx_of(p, b"", xl__sharedStrings_xml=b"<sst>" + b" " * (70 << 20)), "mengembang"),
    "bomb that lies": (
        "a.xlsx",
        lambda p: lying_about(xlsx_of(p, STRAY, **{"xl__sharedStrings.xml": STRINGS}), "xl/sharedStrings.xml", 900),
        "rusak",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_in_one_line(tmp_path: Path, case: str, capfd: pytest.CaptureFixture[str]) -> None:
    name, make, words = BAD[case]
    path = make(tmp_path / name)
    with pytest.raises(InputError) as caught:
        read([str(path)])
    line = str(caught.value)
    assert words in line
    assert path.name in line
    assert "\n" not in line
    assert caught.value.saran.endswith("."), "what to do next is missing"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("kaltra.xlsx", "Maksud Anda"),
        ("tiada/kaltara.xlsx", "Folder"),
        ("kosong", "tidak berisi berkas data"),
        ("*.ods", "tidak ada"),
        ("a\0b", "bukan alamat berkas"),
    ],
)
def test_a_name_that_leads_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, words: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kaltara.xlsx").write_bytes(b"x")
    (tmp_path / "kosong").mkdir()
    with pytest.raises(InputError, match=words) as caught:
        read([typed])
    assert "kaltara.xlsx" in str(caught.value) or typed != "kaltra.xlsx"


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path / "a.csv", b"a;b\n")

    def denied(*_: object, **__: object) -> io.BytesIO:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(InputError, match="izin ditolak"):
        read([str(path)])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="perlu berkas perangkat")
def test_a_device_is_no_data_file() -> None:
    with pytest.raises(InputError, match="bukan berkas data"):
        read(["/dev/zero"])


def test_standard_input_closed_or_empty() -> None:
    closed = io.BytesIO()
    closed.close()
    with pytest.raises(InputError, match="tertutup"):
        read(["-"], stdin=closed)
    with pytest.raises(InputError, match="kosong"):
        read(["-"], stdin=io.BytesIO())


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
from idmcli.errors import InputError
from idmcli.reading import read
for path in sys.argv[1:]:
    try:
        print("ok", *(grid.cells.shape for grid in read([path]).grids))
    except InputError as error:
        print("InputError")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="batas memori hanya dapat diuji di Linux")
def test_huge_sheets_stay_within_memory(tmp_path: Path) -> None:
    empty = b'<row r="1"><c r="B1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (row, row) for row in range(1, 1_048_577))
    files = [
        xlsx_of(tmp_path / "stray.xlsx", STRAY),
        xlsx_of(tmp_path / "formatted.xlsx", b"<sheetData>" + empty + b"</sheetData>"),
        xlsx_of(tmp_path / "tall.xlsx", b"<sheetData>" + rows + b"</sheetData>"),
        ods_of(tmp_path / "wide.ods", WIDE_ODS),
        xlsb_of(tmp_path / "stray.xlsb", {(0, 0): 1.0, (1048575, 16383): 1.0}),
    ]
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, *map(str, files)], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr
    *results, peak = done.stdout.splitlines()
    assert results == ["InputError", "ok (1, 1)", "ok (1048576, 1)", "InputError", "InputError"]
    assert int(peak) < 900, f"{peak} MB"


def attempt(name: str, data: bytes, folder: Path) -> Reading | IdmError:
    try:
        return read([str(put(folder / name, data))])
    except IdmError as error:
        return error


fuzzing = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80)
starts = st.sampled_from(
    [b"", b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{", b"[", b"\xff\xfe", b'"']
)


@fuzzing
@given(starts, st.binary(max_size=600), st.sampled_from(["a.xlsx", "a.csv", "a.xls", "a.json", "a.parquet", "a.txt"]))
def test_random_bytes_give_a_reading_or_an_error(tmp_path: Path, start: bytes, rest: bytes, name: str) -> None:
    attempt(name, start + rest, tmp_path)


@fuzzing
@given(st.text(st.sampled_from("a1é\"';,\t|\r\n= \x00"), max_size=200))
def test_random_tables_give_a_reading_or_an_error(tmp_path: Path, text: str) -> None:
    attempt("a.csv", text.encode(), tmp_path)


@fuzzing
@given(
    st.sampled_from(["lama.xls", "terbuka.ods"]),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=20),
)
def test_damaged_workbooks_give_a_reading_or_an_error(
    tmp_path: Path, name: str, changes: list[tuple[float, int]]
) -> None:
    data = bytearray((CONTOH / name).read_bytes())
    for place, byte in changes:
        data[int(place * len(data))] = byte
    attempt(name, bytes(data), tmp_path)
