"""What offices send becomes grids of text, with every cell at its true address."""

import csv
import io
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from idmcli.errors import UsageError
from idmcli.reading import read
from idmcli.tables import Grid
from tests.berkas import CONTOH, Rows, workbook, xlsb_of

TABLE: Rows = [["Kode Desa", "IKS"], [6501012005, 0.75], [None, None], ["6501012006", "0,5714"]]
AS_TEXT = [("Kode Desa", "IKS"), ("6501012005", "0.75"), (None, None), ("6501012006", "0,5714")]


def one(grids: tuple[Grid, ...]) -> Grid:
    assert len(grids) == 1, [(grid.berkas, grid.lembar) for grid in grids]
    return grids[0]


def text_grid(path: Path, data: bytes) -> Grid:
    path.write_bytes(data)
    return one(read([str(path)]).grids)


def test_sheets_in_tab_order_with_true_addresses_and_hidden_ones_named(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {"Bulungan": TABLE, "Lama": TABLE, "Kosong": [], "Malinau": TABLE, "Sandi": TABLE}
    path = workbook(tmp_path / "a.xlsx", sheets, hidden=["Lama"], very_hidden=["Sandi"], start=(3, 2))
    reading = read([str(path)])
    assert [grid.lembar for grid in reading.grids] == ["Bulungan", "Malinau"]
    for grid in reading.grids:
        assert (grid.first_row, grid.first_column, grid.kind) == (1, 2, "lembar")
        assert grid.cells.rows() == [(None, None)] * 3 + AS_TEXT
    assert reading.assumptions == (f"{path}: lembar tersembunyi tidak dibaca (Lama, Sandi)",)


@pytest.mark.parametrize("name", ["lama.xls", "terbuka.ods"])
def test_old_and_open_formats_read_like_xlsx(name: str) -> None:
    reading = read([str(CONTOH / name)])
    grid = one(reading.grids)
    assert (grid.lembar, grid.first_row, grid.first_column) == ("Data", 1, 1)
    assert grid.cells.rows()[2:] == [
        ("Kode Desa", "Nama Desa", "IKS"),
        ("6501012005", "Contoh Satu", "0.75"),
        (None, None, None),
        ("6501012006", "Pa' Dua", "0,5714"),
    ]
    assert "Rahasia" in reading.assumptions[0]


def test_binary_workbook_reads_like_xlsx(tmp_path: Path) -> None:
    path = xlsb_of(tmp_path / "a.xlsb", {(1, 2): "Kode Desa", (1, 3): "IKS", (2, 2): 6501012005.0, (2, 3): 0.75})
    grid = one(read([str(path)]).grids)
    assert (grid.lembar, grid.first_column) == ("Data", 2)
    assert grid.cells.rows() == [(None, None), *AS_TEXT[:2]]


def test_error_cells_are_empty_and_formulas_give_their_cached_value(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet("Data")
    sheet.write_row(0, 0, ["a", "  ", "c"])
    sheet.write_formula(1, 0, "=1/0", None, "#DIV/0!")
    sheet.write_formula(1, 1, "=1+1", None, 2)
    sheet.write_formula(1, 2, '="Ma"&"ju"', None, "Maju")
    book.close()
    assert one(read([str(tmp_path / "a.xlsx")]).grids).cells.rows() == [("a", None, "c"), (None, "2", "Maju")]


@pytest.mark.parametrize(("sheet", "found"), [("malinau", "Malinau"), ("1", "Bulungan"), ("2", "2"), ("Lama", "Lama")])
def test_one_sheet_by_name_or_number_even_hidden(tmp_path: Path, sheet: str, found: str) -> None:
    sheets: dict[str, Rows] = {"Bulungan": TABLE, "Malinau": TABLE, "2": TABLE, "Lama": TABLE}
    path = workbook(tmp_path / "a.xlsx", sheets, hidden=["Lama"])
    assert one(read([str(path)], sheet=sheet).grids).lembar == found


def test_an_unknown_sheet_lists_the_sheets(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Bulungan": TABLE, "Malinau": TABLE})
    with pytest.raises(UsageError, match="1 Bulungan, 2 Malinau"):
        read([str(path)], sheet="Nunukan")
    (tmp_path / "a.csv").write_text("a;b\n")
    with pytest.raises(UsageError, match="--sheet"):
        read([str(tmp_path / "a.csv")], sheet="Data")


@pytest.mark.parametrize(
    ("name", "bom"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b""), ("cp1252", b"")],
)
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_text_in_every_encoding_and_separator(tmp_path: Path, name: str, bom: bytes, separator: str) -> None:
    lines = [["Daftar Désa", "", ""], [], ["kode", "désa", "iks"], ["6501012005", "Pa’ Milau", '"0,75"']]
    text = "\r\n".join(separator.join(line) for line in lines) + "\r\n"
    grid = text_grid(tmp_path / "a.csv", bom + text.encode(name))
    assert grid.cells.rows() == [
        ("Daftar Désa", None, None),
        (None, None, None),
        ("kode", "désa", "iks"),
        ("6501012005", "Pa’ Milau", "0,75"),
    ]
    assert grid.kind == "teks"
    assert len(grid.assumptions) == 1


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        (b"kode;iks;ike\n1;0,75;0,5\n2;0,80;0,6\n3;0,81;0,7\n", [("kode", "iks", "ike"), ("1", "0,75", "0,5")]),
        (b"sep=;\r\na;b\r\n1;2,5\r\n", [("a", "b"), ("1", "2,5")]),
        (b"a;b\n1\n1;2;3;4\n", [("a", "b", None, None), ("1", None, None, None), ("1", "2", "3", "4")]),
        (b'a;b\n"x\ny";2\n3;4\n', [("a", "b"), ("x\ny", "2"), ("3", "4")]),
        (b'a;b\n"";"q""q"\n', [("a", "b"), (None, 'q"q')]),
        (b"a;b\r1;2\r", [("a", "b"), ("1", "2")]),
        (b"kode\n6501012005\n", [("kode",), ("6501012005",)]),
        (b'a;b;c\npipa 5";2;3\n6";5;6\n', [("a", "b", "c"), ('pipa 5"', "2", "3"), ('6"', "5", "6")]),
        (b"a;b;;\n1;2;;\n", [("a", "b"), ("1", "2")]),
        (b"a;b\n1\x00;2\n" + b"3;4\n" * 30, [("a", "b"), ("1", "2")]),
    ],
    ids=[
        "decimal-comma",
        "sep-line",
        "ragged",
        "quoted-break",
        "quotes",
        "old-mac",
        "one-column",
        "inch",
        "tail",
        "nul",
    ],
)
def test_text_oddities(tmp_path: Path, data: bytes, rows: list[tuple[str | None, ...]]) -> None:
    assert text_grid(tmp_path / "a.csv", data).cells.rows()[: len(rows)] == rows


@pytest.mark.parametrize("later", ['"3";4\n5;6\n', '3;4\n5;"6"\n', "3;4\n5;6\n"], ids=["next", "later", "never"])
def test_a_quote_never_closed_swallows_nothing(tmp_path: Path, later: str) -> None:
    grid = text_grid(tmp_path / "a.csv", f'a;b\n"x;2\n{later}'.encode())
    assert grid.cells.rows() == [("a", "b"), ("x", "2"), ("3", "4"), ("5", "6")]
    assert "baris 2" in grid.assumptions[-1]


cells = st.text(st.sampled_from('aé1" ,;\n'), max_size=5).filter(lambda text: not ("\n" in text and len(text) > 3))


@given(st.lists(st.lists(cells, min_size=4, max_size=4), min_size=3, max_size=8), st.sampled_from(";,\t|"))
def test_whatever_a_csv_writer_writes_comes_back(rows: list[list[str]], separator: str) -> None:
    table = [["kode", "desa", "iks", "ike"], ["6501012005", "Contoh", "0,75", "0,5"], *rows, ["1", "2", "3", "4"]]
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(table)
    grid = one(read(["-"], stdin=io.BytesIO(file.getvalue().encode())).grids)
    assert grid.cells.rows() == [tuple(value or None for value in row) for row in table]


def test_parquet_keeps_every_digit_and_leaves_out_structures(tmp_path: Path) -> None:
    frame = pl.DataFrame({"kode": ["6501012005", None], "iks": [0.1 + 0.2, None], "skor": [5, 1], "x": [[1], [2]]})
    frame.write_parquet(tmp_path / "a.parquet")
    grid = one(read([str(tmp_path / "a.parquet")]).grids)
    assert grid.cells.rows() == [
        ("kode", "iks", "skor"),
        ("6501012005", "0.30000000000000004", "5"),
        (None, None, "1"),
    ]
    assert grid.kind == "parquet"
    assert "(x)" in grid.assumptions[0]


def test_a_folder_gives_its_data_files_by_name(tmp_path: Path) -> None:
    workbook(tmp_path / "b.xlsx", {"Data": TABLE})
    (tmp_path / "a.csv").write_text("a;b\n1;2\n")
    for name in ("~$b.xlsx", ".rahasia.csv", "surat.docx"):
        (tmp_path / name).write_text("x")
    (tmp_path / "arsip").mkdir()
    (tmp_path / "arsip" / "lama.csv").write_text("a;b\n1;2\n")
    reading = read([str(tmp_path), str(tmp_path / "a.csv")])
    assert [Path(grid.berkas).name for grid in reading.grids] == ["a.csv", "b.xlsx"]
    said = "\n".join(reading.assumptions)
    for part in ("surat.docx", "~$b.xlsx", "(arsip)", "dua kali"):
        assert part in said, said
    assert ".rahasia" not in said


def test_a_folder_of_folders_and_wildcards(tmp_path: Path) -> None:
    for name in ("malinau", "bulungan"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "data.csv").write_text("a;b\n1;2\n")
    assert [grid.berkas for grid in read([str(tmp_path)]).grids] == [
        str(tmp_path / name / "data.csv") for name in ("bulungan", "malinau")
    ]
    assert len(read([str(tmp_path / "malinau" / "*.csv")]).grids) == 1


def test_content_counts_more_than_the_ending(tmp_path: Path) -> None:
    (tmp_path / "teks.xls").write_text("kode;iks\n6501012005;0,75\n")
    workbook(tmp_path / "buku.xlsx", {"Data": TABLE}).rename(tmp_path / "buku.csv")
    reading = read([str(tmp_path / "teks.xls"), str(tmp_path / "buku.csv")])
    assert [grid.kind for grid in reading.grids] == ["teks", "lembar"]
    assert "walau berakhiran .xls" in reading.assumptions[0]
    assert "walau berakhiran .csv" in reading.assumptions[1]
