"""The workbooks of gap and plan: what stands in them, what is counted once, and that they print."""

import re
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import polars as pl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from idmcli import gap
from idmcli.workbook import (
    A4,
    F4,
    GapTables,
    Paper,
    PlanTables,
    write_csr_book,
    write_gap_book,
    write_office_book,
    write_plan_book,
    write_points_book,
)
from tests.buku import SOURCES, WAYS, Sample, header_of, sample, sheets, shown_length, table, widths


@pytest.fixture(scope="module")
def data() -> Sample:
    return sample()


@pytest.fixture(scope="module")
def paths(data: Sample, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Worksheet]:
    """The sheets of the gap workbook."""
    return sheets(gap_book(data, tmp_path_factory.mktemp("buku") / "jalur.xlsx"))


def gap_book(data: Sample, path: Path, tables: GapTables | None = None, kertas: Paper = A4) -> Path:
    write_gap_book(
        data.villages,
        path,
        rubric=data.rubric,
        satuan="beban",
        tables=data.gap_tables if tables is None else tables,
        cara=WAYS,
        sumber=SOURCES,
        kertas=kertas,
    )
    return path


def plan_book(data: Sample, path: Path, satuan: str = "beban", tables: PlanTables | None = None) -> Path:
    write_plan_book(
        data.planned,
        data.works,
        path,
        rubric=data.rubric,
        satuan=satuan,
        tahun=2025,
        tables=tables or PlanTables(bersama=data.shared),
        cara=WAYS,
    )
    return path


def test_every_village_has_its_path_or_the_reason_why_not(paths: dict[str, Worksheet], data: Sample) -> None:
    rows = table(paths["DESA"], header_of(paths["DESA"], "Kode desa"))
    assert len(rows) == data.villages.height
    for ours, row in zip(data.villages.iter_rows(named=True), rows, strict=True):
        path = row["Jalur terkecil, atau mengapa tidak ada"]
        assert path == (ours["jalur"] or ours["alasan_jalur"]), ours["desa"]
        assert row["Beban kerja"] == ours["biaya"]
        assert row["Target"] == ours["target"]
    assert [row["Keadaan"] for row in rows][-1] == "tidak dihitung"
    assert "TIDAK DIHITUNG" in paths


def test_steps_say_what_to_reach_and_deficits_are_those_of_the_ministry(
    paths: dict[str, Worksheet], data: Sample
) -> None:
    steps = table(paths["JALUR"], header_of(paths["JALUR"], "Kode desa"))
    best = data.gap_tables.langkah.filter(pl.col("pilihan") == 0)
    assert len(steps) == best.height
    for ours, row in zip(best.iter_rows(named=True), steps, strict=True):
        indicator = data.rubric.by_code[ours["kode"]]
        assert row["Langkah"] == f"{ours['dari']} → {ours['ke']}"
        assert row["Yang harus tercapai"] == indicator.row(ours["ke"]).syarat
        assert row["Keadaan kini"] == indicator.row(ours["dari"]).syarat
    lacking = table(paths["KESENJANGAN"], header_of(paths["KESENJANGAN"], "Kode desa"))
    assert lacking
    for row in lacking:
        dimension = data.rubric.dimension_of(str(row["Kode indikator"]))
        short = row["Poin kurang"]
        assert isinstance(short, int)
        assert short + int(str(row["Skor"])) == 5
        assert row["Tambahan IDM"] == pytest.approx(short / dimension.maksimum / 3, abs=1e-12)


def test_a_sheet_without_rows_or_with_too_many_is_left_out(
    tmp_path: Path, data: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(sheets(gap_book(data, tmp_path / "a.xlsx", GapTables()))) == ["DESA", "TIDAK DIHITUNG", "KETERANGAN"]
    monkeypatch.setattr("idmcli.workbook.gap_book.MOST_ROWS", 100)
    book = sheets(gap_book(data, tmp_path / "b.xlsx"))
    assert "KESENJANGAN" not in book
    notes = " ".join(str(cell.value) for row in book["KETERANGAN"].iter_rows() for cell in row)
    assert "Lembar KESENJANGAN tidak dimuat" in notes


def test_totals_follow_the_filter_and_count_shared_works_once(tmp_path: Path, data: Sample) -> None:
    plan_book(data, tmp_path / "a.xlsx")
    live, cached = sheets(tmp_path / "a.xlsx", cached=False)["RENCANA"], sheets(tmp_path / "a.xlsx")["RENCANA"]
    header = header_of(cached, "Prioritas")
    line = next(row for row in range(1, header) if cached.cell(row, 1).value == "Tampak:")
    found = {
        str(cached.cell(header, int(cell.column or 0)).value): (
            cell.value,
            cached.cell(line, int(cell.column or 0)).value,
        )
        for cell in live[line]
        if cell.data_type == "f"
    }
    assert found["Kode desa"][1] == data.works.height
    assert str(found["Kode desa"][0]).startswith("=SUBTOTAL(103,")
    assert found["Beban kerja"][1] == data.works.get_column("biaya_dihitung").sum()
    assert found["Pekerjaan"][1] == data.works.get_column("pekerjaan").sum()
    assert data.shared.get_column("jumlah_desa").max() != 1, "the sample needs a work that several villages share"
    assert data.works.get_column("biaya_dihitung").sum() < data.works.get_column("biaya").sum()


def test_the_plan_says_who_rises_who_does_it_and_what_is_shared(tmp_path: Path, data: Sample) -> None:
    use = pl.DataFrame(
        {
            "pelaku": ["csr", None],
            "instansi": [None, "Dinkes"],
            "wilayah": ["", "6504"],
            "anggaran": [200, None],
            "biaya": [50, 7],
            "kapasitas": [None, 4],
            "pekerjaan": [1, 3],
        },
        schema_overrides={"kapasitas": pl.Int64},
    )
    scenarios = pl.DataFrame(
        [("hasil", "desa naik status", "desa", 3.0, None), ("bukti", "terbukti terbaik", "1 = ya", 1.0, 0.0)],
        schema=["bagian", "ukuran", "satuan", "pagu", "=dua"],
        orient="row",
    )
    tables = PlanTables((("Tujuan", "=1+1"),), (), use, data.shared, scenarios)
    book = sheets(plan_book(data, tmp_path / "a.xlsx", tables=tables))
    assert list(book) == ["RINGKASAN", "RENCANA", "DESA", "PELAKU", "BERSAMA", "SKENARIO", "KETERANGAN"]
    summary = book["RINGKASAN"]
    rows = table(summary, header_of(summary, "Kabupaten"))
    risen = int(data.planned.get_column("naik_rencana").sum())
    assert [(row["Kabupaten"], row["Naik"]) for row in rows][-1] == ("JUMLAH", risen)
    line = header_of(summary, "Instansi")
    assert [[cell.value for cell in row[:8]] for row in summary.iter_rows(min_row=line + 1, max_row=line + 2)] == [
        ["semua", "Swasta (CSR)", "semua", "anggaran", 200, 50, 150, 0.25],
        ["Dinkes", "semua", "6504", "kapasitas", 4, 3, 1, 0.75],
    ]
    offices = table(book["PELAKU"], header_of(book["PELAKU"], "Pelaku"))
    assert offices[-1]["Desa"] == data.works.get_column("no").n_unique(), "a village of two offices counts once"
    assert sum(int(str(row["Desa"])) for row in offices[:-1]) > int(str(offices[-1]["Desa"]))
    texts = [cell.value for sheet in book.values() for row in sheet.iter_rows() for cell in row if cell.value]
    assert "=1+1" in texts
    assert "=dua" in texts


def test_a_village_outside_the_plan_has_no_steps_in_it(tmp_path: Path, data: Sample) -> None:
    chosen = data.works.filter(pl.col("no") % 2 == 0)
    book = sheets(plan_book(replace(data, works=chosen), tmp_path / "a.xlsx"))
    told = {row["Kode desa"]: row["Langkah"] for row in table(book["DESA"], header_of(book["DESA"], "Kode desa"))}
    steps = dict(chosen.group_by("kode_desa").len().iter_rows())
    assert told == {code: steps.get(str(code), 0) for code in told}


def test_an_office_gets_its_list_its_recap_and_its_matrix(tmp_path: Path, data: Sample) -> None:
    office = str(data.works.filter(pl.col("pelaku") == "desa").get_column("instansi")[0])
    own = data.works.filter(pl.col("pelaku") == "desa", pl.col("instansi") == office)
    write_office_book(own, tmp_path / "a.xlsx", rubric=data.rubric, pelaku="desa", instansi=office, satuan="beban")
    book = sheets(tmp_path / "a.xlsx")
    assert list(book) == ["DAFTAR", "REKAP", "MATRIKS", "KETERANGAN"]
    recap = table(book["REKAP"], header_of(book["REKAP"], "Kabupaten"))
    counts = {row["Kabupaten"]: (row["Desa"], row["Langkah"]) for row in recap}
    for kabupaten in own.get_column("kabupaten").unique():
        part = own.filter(pl.col("kabupaten") == kabupaten)
        assert counts[kabupaten] == (part.get_column("no").n_unique(), part.height)
    indicators = table(book["REKAP"], header_of(book["REKAP"], "Indikator"))
    assert [row["Desa"] for row in indicators[:-1]] == [row["Langkah"] for row in indicators[:-1]]
    matrix = table(book["MATRIKS"], header_of(book["MATRIKS"], "Kode desa"))
    step = own.row(0, named=True)
    line = next(row for row in matrix if row["Kode desa"] == step["kode_desa"])
    assert line[f"{step['kode']} {step['indikator']}"] == f"{step['dari']}→{step['ke']}"
    assert matrix[-1]["Langkah"] == own.height


def test_the_annex_for_a_company_leaves_room_to_sign(tmp_path: Path, data: Sample) -> None:
    assert data.csr.height
    write_csr_book(data.csr, tmp_path / "a.xlsx", rubric=data.rubric, perusahaan="=PT Contoh", wilayah="SESAYAP HILIR")
    book = sheets(tmp_path / "a.xlsx")
    annex = book["LAMPIRAN"]
    rows = table(annex, header_of(annex, "No."))
    for ours, row in zip(data.csr.iter_rows(named=True), rows, strict=True):
        lifted = f"menjadi {ours['target']}" if ours["menaikkan"] else "belum naik"
        assert row["Status desa bila hanya ini"] == (lifted if ours["target"] else "sudah tertinggi")
    places = [cell.row for row in annex.iter_rows() for cell in row if cell.value == "Nama, jabatan, tanggal"]
    assert len(places) == 2
    printed = re.search(r"\$(\d+)$", str(annex.print_area))
    assert printed
    assert int(printed[1]) == places[0]
    assert {cell.value for row in annex.iter_rows() for cell in row} >= {"=PT Contoh"}


def test_a_recap_shows_points_per_dimension(tmp_path: Path, data: Sample) -> None:
    points = gap.by_dimension(data.villages.drop("no", "butuh_k"), data.rubric)
    write_points_book(points, tmp_path / "a.xlsx", rubric=data.rubric, sumber=SOURCES)
    sheet = sheets(tmp_path / "a.xlsx")["KESENJANGAN"]
    assert len(table(sheet, header_of(sheet, "Kode desa"))) == points.height


def test_amounts_in_rupiah_fit_their_columns(tmp_path: Path, data: Sample) -> None:
    rich = data.works.with_columns(pl.col("biaya", "biaya_dihitung") * 1_000_000_000)
    dear = Sample(data.rubric, data.scored, data.villages, rich, data.gap_tables, data.summary_tables)
    plan_book(dear, tmp_path / "a.xlsx", "rupiah")
    tight = []
    for name, sheet in sheets(tmp_path / "a.xlsx").items():
        room = widths(sheet)
        for row in sheet.iter_rows():
            for cell in row:
                value, form = cell.value, cell.number_format
                if isinstance(value, int | float) and form != "General" and cell.column:
                    need = shown_length(float(value), form)
                    if need > room[cell.column] + 0.8:
                        tight.append(f"{name}!{cell.coordinate}: {need} characters in {room[cell.column]}")
    assert not tight, tight[:5]


def test_books_are_the_same_bytes_and_know_their_paper(tmp_path: Path, data: Sample) -> None:
    for kertas, code in ((A4, 9), (F4, 14)):
        few = GapTables(langkah_pertama=data.gap_tables.langkah_pertama)
        first = gap_book(data, tmp_path / "a.xlsx", few, kertas).read_bytes()
        assert first == gap_book(data, tmp_path / "b.xlsx", few, kertas).read_bytes()
        with ZipFile(tmp_path / "a.xlsx") as book:
            pages = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert all(f'paperSize="{code}"' in page for page in pages)
        assert all('orientation="landscape"' in page for page in pages[:-1])
    notes = " ".join(str(c.value) for row in sheets(tmp_path / "a.xlsx")["KETERANGAN"].iter_rows() for c in row)
    assert "Folio" in notes
    for name in ("c", "d"):
        plan_book(data, tmp_path / f"{name}.xlsx")
    assert (tmp_path / "c.xlsx").read_bytes() == (tmp_path / "d.xlsx").read_bytes()
