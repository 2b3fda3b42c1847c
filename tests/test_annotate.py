"""The officer's own workbook comes back marked, and otherwise as it was."""

import struct
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from unittest.mock import patch
from zipfile import ZipFile

import fastexcel
import polars as pl
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter import Workbook as Writer

from idmcli.annotate import annotate
from idmcli.errors import InputError, OutputError, UsageError
from idmcli.findings import SCHEMA

GALAT, PERINGATAN = "FFF6B8B8", "FFFFE699"


def findings(*rows: Mapping[str, object]) -> pl.DataFrame:
    common = {"berkas": "data.xlsx", "lembar": "Data", "tingkat": "galat", "aturan": "skor_kosong", "pesan": "Kosong"}
    filled = [{**dict.fromkeys(SCHEMA), **common, "saran": "Isi skornya.", **row} for row in rows]
    return pl.DataFrame(filled, schema=SCHEMA)


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")
    )


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workbook as an office keeps it: title, merged cells, formulas with results, comments, lists, hidden sheet."""
    monkeypatch.chdir(tmp_path)
    path = Path("data.xlsx")
    with Writer(path) as book:
        bold = book.add_format({"bold": True, "bg_color": "#C6EFCE", "num_format": "0.0000"})
        sheet = book.add_worksheet("Data")
        sheet.merge_range("A1:D1", "REKAP DESA", bold)
        sheet.write_row("A3", ["KODE DESA", "IKS01", "IKS02", "JUMLAH"], bold)
        sheet.write_row("A4", ["6501012005", 5, 3])
        sheet.write_formula("D4", "=SUM(B4:C4)", bold, 8)
        sheet.write_formula("E4", '=IF(D4>5,"a<b","c")', None, "a<b")
        sheet.write_formula("F4", "=D4>5", None, True)
        sheet.write_formula("G4", "=1/0", None, "#DIV/0!")
        sheet.write_comment("B4", "Sudah dicek Pak Budi", {"author": "Budi"})
        sheet.merge_range("A6:B7", "gabungan")
        sheet.data_validation("C4", {"validate": "list", "source": ["0", "5"]})
        sheet.conditional_format("B4:C4", {"type": "cell", "criteria": "<", "value": 2, "format": bold})
        sheet.set_column("A:A", 33)
        sheet.freeze_panes(3, 0)
        hidden = book.add_worksheet("Catatan lama")
        hidden.write("A1", "rahasia")
        hidden.hide()
        book.define_name("batas", "=Data!$B$4")
    return path


def cell(sheet: Worksheet, place: str) -> Cell:
    found = sheet[place]
    assert isinstance(found, Cell), place
    return found


def links(sheet: Worksheet) -> list[str | None]:
    found = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell, Cell)]
    return [cell.hyperlink.location for cell in found if cell.hyperlink]


def opened(path: Path | str, **options: bool) -> dict[str, Worksheet]:
    return {sheet.title: sheet for sheet in load_workbook(path, **options).worksheets}


def text_of(sheet: Worksheet, place: str) -> str:
    comment = cell(sheet, place).comment
    assert comment is not None, f"no comment at {place}"
    return str(comment.text)


def test_marks_cells_and_keeps_everything_else(office: Path) -> None:
    before = office.read_bytes()
    found = findings(
        {"sel": "Data!B4", "baris": 4, "kode_desa": "6501012005", "isi": "5", "pesan": "Pesan satu"},
        {"sel": "Data!B4", "baris": 4, "tingkat": "peringatan", "aturan": "kontradiksi", "pesan": "Pesan dua"},
        {"sel": "Data!C4", "baris": 4, "tingkat": "peringatan", "isi": "=HYPERLINK(1)"},
        {"sel": "Data!B7", "baris": 7, "pesan": "Di dalam gabungan"},
        {"sel": "Data!C", "aturan": "kolom_tak_dikenal"},
        {"sel": None, "lembar": None, "aturan": "desa_tidak_ada", "pesan": "Desa X tidak ada"},
        {"sel": "Data!D4", "berkas": "lain.xlsx", "pesan": "Berkas lain"},
    )
    lost = annotate(office, found, Path("hasil.xlsx"), force=False)
    book = load_workbook("hasil.xlsx")
    sheet, temuan = opened("hasil.xlsx")["Data"], opened("hasil.xlsx")["TEMUAN"]

    assert lost == ()
    assert office.read_bytes() == before
    assert book.sheetnames == ["TEMUAN", "Data", "Catatan lama"]
    assert book.active is book["TEMUAN"]
    assert not sheet.sheet_view.tabSelected
    assert cell(sheet, "B4").fill.fgColor.rgb == GALAT
    assert cell(sheet, "C4").fill.fgColor.rgb == PERINGATAN
    assert cell(sheet, "A6").fill.fgColor.rgb == GALAT, "of a merged range the first cell is marked"
    assert text_of(sheet, "B4").startswith("Sudah dicek Pak Budi\n\nTemuan idm")
    assert "Pesan satu" in text_of(sheet, "B4")
    assert "Pesan dua" in text_of(sheet, "B4")
    assert cell(sheet, "D4").comment is None, "a finding of another file"

    assert cell(sheet, "D4").value == "=SUM(B4:C4)"
    assert cell(sheet, "D4").font.bold
    assert cell(sheet, "D4").number_format == "0.0000"
    assert sheet.column_dimensions["A"].width == pytest.approx(33, abs=1)
    assert sheet.freeze_panes == "A4"
    assert len(sheet.data_validations.dataValidation) == 1
    assert len(sheet.conditional_formatting) == 1
    assert book["Catatan lama"].sheet_state == "hidden"
    assert book.defined_names["batas"].attr_text == "Data!$B$4"

    rows = list(temuan.iter_rows(min_row=5, max_col=10, values_only=True))
    assert len(rows) == 6
    assert rows[5][2:8] == (None, None, None, None, None, "Desa X tidak ada")
    assert links(temuan) == [f"'Data'!{place}" for place in ("B4", "B4", "C4", "B7", "C:C")]
    assert cell(temuan, "G7").value == "=HYPERLINK(1)"
    assert cell(temuan, "G7").data_type == "s", "what the officer typed must not become a formula"
    assert links(sheet) == ["'TEMUAN'!A1"], "the title leads back"
    assert cell(sheet, "A1").value == "REKAP DESA"


def test_formulas_keep_their_last_results(office: Path) -> None:
    annotate(office, findings({"sel": "Data!B4"}), Path("hasil.xlsx"), force=False)
    sheet = opened("hasil.xlsx", data_only=True)["Data"]
    assert [cell(sheet, place).value for place in ("D4", "E4", "F4", "G4")] == [8, "a<b", True, "#DIV/0!"]
    read = fastexcel.read_excel("hasil.xlsx").load_sheet("Data", header_row=None, dtypes="string").to_polars()
    assert read.row(3)[3] == "8", read


def test_marking_again_leaves_only_the_new_marks(office: Path) -> None:
    found = findings({"sel": "Data!B4"}, {"sel": "Data!D4"}, {"sel": "Data!C9"})
    annotate(office, found, Path("satu.xlsx"), force=False)
    again = findings({"sel": "Data!C4", "berkas": "satu.xlsx"})
    annotate(Path("satu.xlsx"), again, Path("dua.xlsx"), force=False)
    book = opened("dua.xlsx")
    sheet = book["Data"]
    assert list(book) == ["TEMUAN", "Data", "Catatan lama"]
    assert text_of(sheet, "B4") == "Sudah dicek Pak Budi"
    assert cell(sheet, "B4").fill.fill_type is None
    assert cell(sheet, "D4").fill.fgColor.rgb == "FFC6EFCE", "the officer's own background is back"
    assert cell(sheet, "D4").comment is None
    assert cell(sheet, "C4").fill.fgColor.rgb == GALAT
    assert book["TEMUAN"].max_row == 5


def test_another_sheet_named_temuan_stays(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("Temuan")
    sheet["A1"] = "milik kantor"
    book.save(tmp_path / "a.xlsx")
    found = findings({"berkas": str(tmp_path / "a.xlsx"), "lembar": "Temuan", "sel": "Temuan!A1"})
    annotate(tmp_path / "a.xlsx", found, tmp_path / "b.xlsx", force=False)
    marked = opened(tmp_path / "b.xlsx")
    assert list(marked) == ["TEMUAN (2)", "Sheet", "Temuan"]
    assert cell(marked["Temuan"], "A1").value == "milik kantor"


def test_quoted_sheet_names_and_broken_addresses(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].title = "Kab. Tana 'Tidung'!"
    book.save(tmp_path / "a.xlsx")
    quoted = "'Kab. Tana ''Tidung''!'"
    places = [f"{quoted}!AB12", f"{quoted}!A9999999", f"{quoted}!??", "TidakAda!A1", "mapData.ROW[3].SKOR"]
    found = findings(*[{"berkas": str(tmp_path / "a.xlsx"), "sel": place} for place in places])
    annotate(tmp_path / "a.xlsx", found, tmp_path / "b.xlsx", force=False)
    marked = opened(tmp_path / "b.xlsx")
    assert cell(marked["Kab. Tana 'Tidung'!"], "AB12").fill.fgColor.rgb == GALAT
    assert links(marked["TEMUAN"]) == [f"{quoted}!AB12"]
    assert marked["TEMUAN"].max_row == 4 + len(places)


def test_what_cannot_be_kept_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with Writer(path) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row("A1", [1, 2, 3])
        sheet.insert_textbox("C5", "Catatan kepala dinas")
        sheet.add_sparkline("D1", {"range": "Data!A1:C1"})
        sheet.insert_image("F5", "logo.png", {"image_data": BytesIO(png())})
    (told,) = annotate(path, findings({"berkas": str(path), "sel": "Data!A1"}), tmp_path / "b.xlsx", force=False)
    assert "1 kotak teks dan bentuk" in told
    assert "1 grafik mini (sparkline)" in told
    with ZipFile(tmp_path / "b.xlsx") as saved:
        images = sum(name.startswith("xl/media/") for name in saved.namelist())
    assert ("1 gambar" in told) == (images == 0), told


def test_macros_stay_and_lost_buttons_are_told(tmp_path: Path) -> None:
    (tmp_path / "vba.bin").write_bytes(b"makro")
    path = tmp_path / "a.xlsm"
    with Writer(path) as book:
        book.add_vba_project(tmp_path / "vba.bin")
        sheet = book.add_worksheet("Data")
        sheet.write_comment("A1", "milik kantor")
        sheet.insert_button("D3", {"macro": "hitung", "caption": "Hitung"})
    lost = annotate(path, findings({"berkas": str(path), "sel": "Data!A1"}), tmp_path / "b.xlsm", force=False)
    with ZipFile(tmp_path / "b.xlsm") as saved:
        assert saved.read("xl/vbaProject.bin") == b"makro"
        kept = sum(saved.read(name).count(b"Hitung") for name in saved.namelist() if name.endswith(".vml"))
    assert ("1 tombol dan kontrol formulir" in "".join(lost)) == (kept == 0), lost
    sheet_again = opened(tmp_path / "b.xlsm")["Data"]
    assert text_of(sheet_again, "A1").startswith("milik kantor\n\nTemuan idm")


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("data.csv", "hasil.csv", "hanya .xlsx dan .xlsm"),
        ("data.xlsx", "hasil.xls", "harus berakhiran .xlsx"),
        ("data.xlsx", "./data.xlsx", "berkas asli tidak ditimpa"),
        ("data.xlsx", "ada.xlsx", "sudah ada"),
    ],
)
def test_refusals_write_nothing(office: Path, source: str, target: str, said: str) -> None:
    Path("ada.xlsx").write_text("lama")
    before = {path: path.read_bytes() for path in Path().iterdir()}
    with pytest.raises(UsageError, match=said):
        annotate(Path(source), findings({"sel": "Data!B4"}), Path(target), force=False)
    assert {path: path.read_bytes() for path in Path().iterdir()} == before


def test_a_broken_workbook_is_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04rusak")
    with pytest.raises(InputError, match="tidak dapat dibuka untuk ditandai"):
        annotate(tmp_path / "a.xlsx", findings(), tmp_path / "b.xlsx", force=False)
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_failing_disk_leaves_the_old_copy(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("hasil.xlsx").write_text("lama")

    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError, match="disk penuh"):
        annotate(office, findings({"sel": "Data!B4"}), Path("hasil.xlsx"), force=True)
    assert Path("hasil.xlsx").read_text() == "lama"


def test_marking_twice_gives_the_same_bytes(office: Path) -> None:
    made: list[bytes] = []
    for name in ("satu.xlsx", "dua.xlsx"):
        with patch("openpyxl.writer.excel.datetime") as clock:
            clock.datetime.now.return_value = datetime(2024 + len(made), 1, 1, tzinfo=UTC)
            annotate(office, findings({"sel": "Data!B4"}), Path(name), force=False)
        made.append(Path(name).read_bytes())
    assert made[0] == made[1]
