"""The workbook of `idm compare`: LibreOffice computes what we cached, and the same input gives the same bytes."""

from pathlib import Path

import pytest

from idmcli.pipeline.comparing import CompareRequest, compare_files
from idmcli.settings import Settings
from idmcli.workbook.compare_book import write_compare_book
from tests.buku import cells, recalculated, sheets
from tests.test_compare import three_years


@pytest.mark.tampak
def test_every_formula_gives_what_is_cached(tmp_path: Path) -> None:
    result = compare_files(CompareRequest(tuple(three_years(tmp_path))), Settings())
    books = [tmp_path / "banding.xlsx", tmp_path / "lagi.xlsx"]
    for book in books:
        write_compare_book(result.compared, book, rubric=result.rubric, sumber=[("a.csv", "0" * 64)])
    assert books[0].read_bytes() == books[1].read_bytes()
    names = list(sheets(books[0]))
    assert (names[0], names[-1]) == ("RINGKASAN", "KETERANGAN")
    assert {"PERPINDAHAN", "SASARAN", "TREN WILAYAH", "TREN INDIKATOR", "PENGGERAK", "PERUBAHAN", "DESA"} < set(names)
    computed = recalculated(books[:1], tmp_path)[0]
    fresh = {(name, address): value for name, address, _, value in cells(computed)}
    formulas = [(name, address, formula, ours) for name, address, formula, ours in cells(books[0]) if formula]
    assert len(formulas) > 80
    for name, address, formula, ours in formulas:
        theirs = fresh.get((name, address))
        same = ours == pytest.approx(theirs, abs=1e-9) if isinstance(ours, float) else (ours or "") == (theirs or "")
        assert same, f"{name}!{address} {formula}: {ours!r} cached, {theirs!r} computed"
