"""The provincial summary: every figure is counted from the list of villages; every sheet is found and printed."""

import re
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import polars as pl
import pytest
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from idmcli.workbook import F4, SummaryTables, write_summary_book
from tests.buku import SOURCES, WAYS, Sample, cells, header_of, sample, sheets, table

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


@pytest.fixture(scope="module")
def data() -> Sample:
    return sample()


@pytest.fixture(scope="module")
def book(data: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("buku") / "ringkasan.xlsx"
    write(data, path)
    return path


@pytest.fixture(scope="module")
def found(book: Path) -> dict[str, Worksheet]:
    return sheets(book)


def write(data: Sample, path: Path, tables: SummaryTables | None = None) -> None:
    write_summary_book(
        data.villages,
        path,
        rubric=data.rubric,
        tables=data.summary_tables if tables is None else tables,
        cara=WAYS,
        sumber=SOURCES,
        peringatan=("Tahun dari judul.",),
    )


def test_the_cover_leads_to_every_sheet_and_its_figures_are_counted(found: dict[str, Worksheet], data: Sample) -> None:
    assert list(found) == [
        *("SAMPUL", "KABUPATEN", "KECAMATAN", "DESA", "PANTAU", "INDIKATOR", "PETA KABUPATEN", "PETA KECAMATAN"),
        *("RENCANA", "PELAKU", "PERUBAHAN", "NAIK TURUN", "SASARAN", "TIDAK DIHITUNG", "KETERANGAN"),
    ]
    cover = found["SAMPUL"]
    links = {cell.hyperlink.location for row in cover.iter_rows() for cell in row if cell.hyperlink}
    assert links == {f"'{name}'!A1" for name in list(found)[1:]}
    figures = {
        str(cell.value): cover.cell(cell.row + 1, cell.column).value
        for row in cover.iter_rows(max_row=9)
        for cell in row
        if isinstance(cell.value, str)
    }
    rows = data.villages
    assert figures["Desa"] == rows.height
    assert figures["Rata-rata IDM"] == pytest.approx(rows.get_column("idm").mean(), abs=1e-12)
    assert figures["Desa MANDIRI"] == (rows.get_column("status") == "MANDIRI").sum()
    assert figures["Naik menurut rencana 2025"] == rows.get_column("naik_rencana").sum()
    assert figures["Naik dengan satu indikator"] == (rows.get_column("jumlah_langkah") == 1).sum()


def test_recaps_and_heat_maps_show_the_means(found: dict[str, Worksheet], data: Sample) -> None:
    counted = data.villages.filter(pl.col("idm_k").is_not_null())
    recap = {row["Kabupaten"]: row for row in table(found["KABUPATEN"], header_of(found["KABUPATEN"], "Kabupaten"))}
    heat = {
        row["Kabupaten"]: row for row in table(found["PETA KABUPATEN"], header_of(found["PETA KABUPATEN"], "Kabupaten"))
    }
    label = f"IKL03 {data.rubric.by_code['IKL03'].singkat}"
    for kabupaten in counted.get_column("kabupaten").unique():
        part = counted.filter(pl.col("kabupaten") == kabupaten)
        assert recap[kabupaten]["IDM"] == pytest.approx(part.get_column("idm").mean(), abs=1e-12)
        assert recap[kabupaten]["Maju"] == (part.get_column("status") == "MAJU").sum()
    whole = [row for name, row in heat.items() if name == "Semua desa"]
    assert whole[0][label] == pytest.approx(data.villages.get_column("IKL03").mean(), abs=1e-12)
    weakest = table(found["INDIKATOR"], header_of(found["INDIKATOR"], "Kode"))
    means = [float(str(row["Rata-rata skor"])) for row in weakest]
    assert len(weakest) == len(data.rubric.codes)
    assert means == sorted(means)


def test_targets_and_changes_add_up(found: dict[str, Worksheet], data: Sample) -> None:
    goals = {row["Status"]: row for row in table(found["SASARAN"], header_of(found["SASARAN"], "Status"))}
    now = (data.villages.get_column("status") == "MANDIRI").sum()
    planned = (data.villages.get_column("status_rencana") == "MANDIRI").sum()
    assert (goals["MANDIRI"]["Capaian kini"], goals["MANDIRI"]["Selisih kini"]) == (now, 10 - now)
    assert goals["MANDIRI"]["Menurut rencana"] == planned
    moves = data.summary_tables.perubahan
    assert moves
    listed = table(found["NAIK TURUN"], header_of(found["NAIK TURUN"], "Kode desa"))
    assert len(listed) == moves.naik.height + moves.turun.height
    years = table(found["PERUBAHAN"], header_of(found["PERUBAHAN"], "Tahun"))
    assert [row["Tahun"] for row in years[:2]] == ["2023", "2024"]
    assert years[1]["Mandiri"] == (moves.matriks.get_column("MANDIRI").sum())


def test_names_point_at_whole_columns_and_charts_cover_no_data(book: Path, data: Sample) -> None:
    loaded = load_workbook(book)
    areas = {name: str(defined.attr_text) for name, defined in loaded.defined_names.items()}
    assert {"batas_k", "nama_status", "desa_status", "desa_idm", "skor_IKL03"} <= set(areas)
    sheet = loaded["DESA"]
    first, last = header_of(sheet, "Kode desa") + 1, header_of(sheet, "Kode desa") + data.villages.height
    for name, area in areas.items():
        if name.startswith(("desa_", "skor_I")):
            _, top, _, bottom = range_boundaries(area.partition("!")[2].replace("$", ""))
            assert (top, bottom) == (first, last), name
    charts = 0
    with ZipFile(book) as zipped:
        for number, worksheet in enumerate(loaded.worksheets, 1):
            relations = f"xl/worksheets/_rels/sheet{number}.xml.rels"
            drawing = relations in zipped.namelist() and re.search(r"drawing\d+\.xml", zipped.read(relations).decode())
            if not drawing:
                continue
            tree = ElementTree.fromstring(zipped.read(f"xl/drawings/{drawing[0]}"))
            for anchor in tree.iter(f"{DRAWING}twoCellAnchor"):
                box = [
                    int(anchor.findtext(f"{DRAWING}{end}/{DRAWING}{side}", "0")) + 1
                    for end in ("from", "to")
                    for side in ("row", "col")
                ]
                under = [
                    cell.coordinate
                    for row in worksheet.iter_rows(min_row=box[0], min_col=box[1], max_row=box[2], max_col=box[3])
                    for cell in row
                    if cell.value is not None
                ]
                assert not under, f"the chart on {worksheet.title} covers {under[:5]}"
                charts += 1
    assert charts == 7


def test_sheets_print_with_repeated_headers_and_stay_readable(found: dict[str, Worksheet]) -> None:
    for name, sheet in found.items():
        if name in {"SAMPUL", "KETERANGAN", "PELAKU", "PERUBAHAN"}:
            continue
        assert sheet.freeze_panes, name
        assert sheet.print_title_rows, name
        assert sheet.auto_filter.ref, name
        assert sheet.page_setup.orientation == "landscape", name


def test_without_plan_changes_and_targets_their_sheets_are_absent(tmp_path: Path, data: Sample) -> None:
    plain = Sample(
        data.rubric,
        data.scored,
        data.villages.drop("naik_rencana", "status_rencana", "idm_k_rencana", "jalur", "jumlah_langkah", "biaya"),
        data.works,
        data.gap_tables,
        data.summary_tables,
    )
    write(plain, tmp_path / "a.xlsx", SummaryTables())
    found = sheets(tmp_path / "a.xlsx")
    assert not {"RENCANA", "PELAKU", "PERUBAHAN", "NAIK TURUN", "SASARAN"} & set(found)
    texts = {cell.value for sheet in found.values() for row in sheet.iter_rows() for cell in row}
    assert not [text for text in texts if isinstance(text, str) and "menurut rencana" in text.lower()]


def test_a_heat_map_that_would_take_too_long_holds_plain_figures(
    tmp_path: Path, data: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("idmcli.workbook.tally.MOST_WORK", 0)
    write(data, tmp_path / "a.xlsx")
    found = [row for row in cells(tmp_path / "a.xlsx") if row[0] == "PETA KECAMATAN"]
    assert not [formula for _, _, formula, _ in found if formula]
    means = [value for *_, value in found if isinstance(value, float)]
    places = data.villages.select("kabupaten", "kecamatan").n_unique()
    assert len(means) == (places + 1) * len(data.rubric.codes)


def test_the_summary_is_the_same_bytes(tmp_path: Path, book: Path, data: Sample) -> None:
    write(data, tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == book.read_bytes()
    write_summary_book(data.villages, tmp_path / "b.xlsx", rubric=data.rubric, tables=data.summary_tables, kertas=F4)
    with ZipFile(tmp_path / "b.xlsx") as zipped:
        pages = [zipped.read(name).decode() for name in zipped.namelist() if name.startswith("xl/worksheets/sheet")]
    assert all('paperSize="14"' in page for page in pages)
