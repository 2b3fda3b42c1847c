"""LibreOffice opens every book and computes its formulas anew: the cached results are what it finds."""

from pathlib import Path

import polars as pl
import pytest
from openpyxl import load_workbook

from idmcli import classify as classify_step
from idmcli.scoring import score
from idmcli.workbook import (
    GapTables,
    PlanTables,
    write_csr_book,
    write_gap_book,
    write_office_book,
    write_plan_book,
    write_summary_book,
)
from tests.buku import Sample, cells, header_of, recalculated, sample

RAISED = "IKL03"


def write_all(data: Sample, folder: Path) -> list[Path]:
    """One of each book."""
    names = ("jalur", "rencana", "instansi", "mou", "ringkasan")
    paths = {name: folder / f"{name}.xlsx" for name in names}
    rubric = data.rubric
    few = GapTables(langkah=data.gap_tables.langkah, langkah_pertama=data.gap_tables.langkah_pertama)
    write_gap_book(data.villages, paths["jalur"], rubric=rubric, satuan="beban", tables=few)
    use = pl.DataFrame(
        {
            "pelaku": ["desa", None],
            "instansi": [None, None],
            "wilayah": ["", "6504"],
            "anggaran": [20_000, 0],
            "biaya": [19_950, 0],
            "kapasitas": [None, 30],
            "pekerjaan": [1, 3],
        }
    )
    tables = PlanTables(pemakaian=use, bersama=data.shared)
    write_plan_book(
        data.planned, data.works, paths["rencana"], rubric=rubric, satuan="beban", tahun=2025, tables=tables
    )
    desa = data.works.filter(pl.col("pelaku") == "desa")
    office = str(desa.get_column("instansi")[0])
    own = desa.filter(pl.col("instansi") == office)
    write_office_book(own, paths["instansi"], rubric=rubric, pelaku="desa", instansi=office, satuan="beban")
    write_csr_book(data.csr, paths["mou"], rubric=rubric, perusahaan="PT Contoh", wilayah="SESAYAP HILIR")
    write_summary_book(data.villages, paths["ringkasan"], rubric=rubric, tables=data.summary_tables)
    return list(paths.values())


def raise_score(source: Path, target: Path) -> str:
    """Copy the summary with one score of the first village that can take it raised to 5; gives its code."""
    book = load_workbook(source)
    sheet = book["DESA"]
    header = header_of(sheet, "Kode desa")
    column = next(cell.column for cell in sheet[header] if cell.value == RAISED)
    row = next(row for row in range(header + 1, header + 20) if sheet.cell(row, column).value == 0)
    sheet.cell(row, column).value = 5
    for name in ("INDIKATOR", "PETA KABUPATEN", "PETA KECAMATAN"):
        del book[name]  # nothing looks there, and LibreOffice is done sooner
    book.save(target)
    return str(sheet.cell(row, 1).value)


@pytest.mark.tampak
def test_what_libreoffice_computes_is_what_we_cached(tmp_path: Path) -> None:
    data = sample()
    books = write_all(data, tmp_path)
    changed = tmp_path / "diubah.xlsx"
    code = raise_score(books[-1], changed)
    *again, edited = recalculated([*books, changed], tmp_path)

    for book, computed in zip(books, again, strict=True):
        fresh = {(name, address): value for name, address, _, value in cells(computed)}
        checked = 0
        for name, address, formula, ours in cells(book):
            if not formula:
                continue
            theirs = fresh.get((name, address))
            same = (
                ours == pytest.approx(theirs, abs=1e-9) if isinstance(ours, float) else (ours or "") == (theirs or "")
            )
            assert same, f"{book.name} {name}!{address} {formula}: {ours!r} cached, {theirs!r} computed"
            checked += 1
        assert checked, f"{book.name} holds no formulas"

    raised = pl.when(pl.col("kode_desa") == code).then(5).otherwise(RAISED).cast(pl.Int8).alias(RAISED)
    raw = data.scored.drop("iks", "ike", "ikl", "idm", "idm_k", "status", "alasan", "cocok", strict=False)
    after = classify_step.classify(score(raw.with_columns(raised), data.rubric), data.rubric)
    want = after.row(by_predicate=pl.col("kode_desa") == code, named=True)
    values = {(name, address): value for name, address, _, value in cells(edited)}
    found = next(address for (name, address), value in values.items() if name == "DESA" and value == code)
    row, header = (
        found.lstrip("A"),
        next(address for (name, address), value in values.items() if name == "DESA" and value == "Kode desa").lstrip(
            "A"
        ),
    )
    letters = {
        value: address.removesuffix(header)
        for (name, address), value in values.items()
        if name == "DESA" and address.endswith(header) and address.removesuffix(header).isalpha()
    }
    got = {title: values.get(("DESA", f"{letters[title]}{row}")) for title in ("Status", "Target status", "Penambahan")}
    assert (got["Status"], got["Target status"]) == (want["status"], want["target_status"])
    assert got["Penambahan"] == pytest.approx(want["penambahan"], abs=1e-9)
    cover = [value for (name, _), value in values.items() if name == "SAMPUL" and isinstance(value, float)]
    mean = after.get_column("idm").mean()
    assert any(value == pytest.approx(mean, abs=1e-9) for value in cover), "the cover does not follow a changed score"
