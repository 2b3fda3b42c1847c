"""Sheets that offices combine: last year beside this year, the same villages twice, instructions, group headings."""

from collections.abc import Sequence

import pytest

from idmcli import columns as col
from idmcli.normalise.rows import EXAMPLE, GROUP, SUMMARY
from tests.tata_letak import LABELS, RUBRIC, Cells, grid, recap, table

CODES = ("6501012005", "6501012006", "6501012007")
HEADER = ["KODE DESA", "TAHUN", *LABELS]
FIGURES = [0.8571, 0.6333, 0.6667]
STATED = ["IKS", "IKE", "IKL", "IDM", "STATUS"]
SHORT = [label.removeprefix("Skor ") for label in LABELS]
SCORES = [index % 6 for index in range(50)]


def scores(codes: Sequence[str], *, year: int | None = 2024, score: int = 5) -> list[list[object]]:
    rows: list[list[object]] = [[code, year, *[score] * 50] for code in codes]
    return [[*HEADER], *rows]


@pytest.mark.parametrize("title", ["SKOR IDM TAHUN 2024", "SKOR IDM"])
def test_last_years_status_beside_this_years_figures_is_not_this_years(title: str) -> None:
    header = ["KODE DESA", "STATUS 2023", *STATED]
    got = table(grid([[title], header, [CODES[0], "TERTINGGAL", *FIGURES, 0.719, "MAJU"]], lembar="Data"))
    assert got.desa.get_column(col.STATED_STATUS).to_list() == ["MAJU"]
    assert got.desa.get_column(col.TAHUN).to_list() == [2024 if "2024" in title else None]
    assert any("STATUS 2023" in line for line in got.assumptions)


def test_last_years_idm_beside_scores_does_not_date_them() -> None:
    rows: Cells = [["SKOR TAHUN 2024"], ["KODE DESA", "IDM 2023", *LABELS], [CODES[0], 0.5, *[5] * 50]]
    got = table(grid(rows))
    assert got.desa.select(col.TAHUN, "IKS01").row(0) == (2024, 5)
    assert "idm_terbit" not in got.desa.columns
    before = table(grid(rows), tahun=2023)
    assert before.desa.select(col.TAHUN, "idm_terbit").row(0) == (2023, 0.5)
    assert "IKS01" not in before.desa.columns


def test_scores_without_a_year_are_never_those_of_an_earlier_year_asked_for() -> None:
    header = ["KODE DESA", "IDM 2023", "IDM 2024", *LABELS]
    rows = grid([header, [CODES[0], 0.5, 0.6, *[5] * 50]])
    assert table(rows).desa.select(col.TAHUN, "idm_terbit", "IKS01").row(0) == (2024, 0.6, 5)
    assert "IKS01" not in table(rows, tahun=2023).desa.columns


def test_the_totals_of_the_scores_keep_their_year_whatever_the_title_says() -> None:
    header = ["KODE DESA", *LABELS, "IKS 2024", "IKE 2024", "IKL 2024", "STATUS IDM 2024"]
    got = table(grid([["UNTUK RKP DESA TAHUN 2025"], header, [CODES[0], *[5] * 50, 1, 1, 1, "MANDIRI"]]))
    assert got.desa.select(col.TAHUN, "iks_terbit", "IKS01").row(0) == (2024, 1.0, 5)


@pytest.mark.parametrize(
    ("above", "below", "values"),
    [
        (SHORT, ["Keterangan", "Skor"], ["jarak 2 km", None]),
        (SHORT, ["Jumlah", "Skor"], [2, None]),
        (LABELS, ["Jawaban", "Nilai"], [2, None]),
        (LABELS, ["Skor", "Nilai"], [None, 3]),
    ],
)
def test_small_headers_below_an_indicator_tell_its_score(
    above: Sequence[str], below: list[str], values: list[object]
) -> None:
    top: list[object] = ["NO", "KODE DESA"]
    small: list[object] = [None, None]
    row: list[object] = [1, CODES[0]]
    for name, score in zip(above, SCORES, strict=True):
        top += [name, None]
        small += below
        row += [score if value is None else value for value in values]
    got = table(grid([top, small, row]))
    assert got.desa.select(RUBRIC.codes).row(0) == tuple(SCORES)
    assert got.layouts[0].header_rows == (1, 2)
    assert len(got.layouts[0].extra) == 50


def test_answers_and_scores_in_two_blocks_or_side_by_side() -> None:
    blocks = [["KODE DESA", "JAWABAN", *[None] * 49, "SKOR", *[None] * 49], [None, *SHORT, *SHORT]]
    got = table(grid([*blocks, [CODES[0], *[2] * 50, *SCORES]]))
    assert got.desa.select(RUBRIC.codes).row(0) == tuple(SCORES)
    header = [text for name in SHORT for text in (name, "Skor")]
    row = [value for score in SCORES for value in (2, score)]
    assert table(grid([["KODE DESA", *header], [CODES[0], *row]])).desa.select(RUBRIC.codes).row(0) == tuple(SCORES)


def test_a_sheet_that_repeats_others_is_left_and_said() -> None:
    everything = grid(scores(CODES), lembar="GABUNGAN")
    parts = [grid(scores(CODES[:1]), lembar="A"), grid(scores(CODES[1:]), lembar="B")]
    got = table(everything, *parts)
    assert got.desa.get_column("lembar").to_list() == ["A", "B", "B"]
    assert any("(GABUNGAN): dilewati, 3 barisnya sama" in line for line in got.assumptions)
    undated = table(grid(scores(CODES, year=None), lembar="SALINAN"), *parts)
    assert undated.desa.height == 3


@pytest.mark.parametrize("other", [{"score": 3}, {"year": 2023}])
def test_the_same_village_with_other_figures_or_another_year_stays(other: dict[str, int]) -> None:
    got = table(grid(scores(CODES), lembar="A"), grid(scores(CODES[:1], **other), lembar="B"))
    assert got.desa.height == 4
    assert any("lebih dari satu lembar" in line for line in got.assumptions) == ("score" in other)


def test_a_poorer_sheet_with_villages_of_its_own_says_how_many_are_left_out() -> None:
    alone = recap([CODES[2], "BULUNGAN", "TANJUNG PALAS", "ANTUTAN", *FIGURES])
    got = table(grid(scores(CODES[:2]), lembar="Skor"), alone)
    assert got.desa.height == 2
    assert any("1 desa hanya ada di lembar ini" in line for line in got.assumptions)


def test_a_sheet_of_instructions_with_an_example_is_no_data() -> None:
    guide = grid([["KODE DESA", "Skor Dokter"], [CODES[0], 5]], lembar="Petunjuk Pengisian")
    got = table(guide, grid(scores(CODES[1:]), lembar="Data"))
    assert got.desa.get_column(col.KODE_DESA).to_list() == list(CODES[1:])
    assert any("Petunjuk Pengisian" in line for line in got.assumptions)
    assert table(guide).desa.height == 1


def test_group_headings_totals_and_an_example_are_no_villages() -> None:
    header = ["NO", "DESA", "IKS 2024", "IKE 2024", "IKL 2024"]
    rows: Cells = [
        header,
        ["contoh", "ANTUTAN", *FIGURES],
        ["KABUPATEN NUNUKAN", None, None, None, None],
        ["A", "Kecamatan : Sembakung", None, None, None],
        [1, "LABUK", *FIGURES],
        ["B", "Kec. Lumbis", *FIGURES],
        [1, "MANSALONG", *FIGURES],
        [None, "Lumbis Total", *FIGURES],
        [None, "TERTINGGI", *FIGURES],
    ]
    got = table(grid(rows))
    assert got.desa.get_column("baris").to_list() == [5, 7]
    assert got.desa.select("kabupaten", "kecamatan").rows() == [("NUNUKAN", "SEMBAKUNG"), ("NUNUKAN", "LUMBIS")]
    reasons = [row.alasan for row in got.layouts[0].dropped]
    assert [reasons[0], *reasons[2:]] == [EXAMPLE, GROUP, GROUP, SUMMARY, SUMMARY]
    assert any("kecamatan dari judul kelompok" in line for line in got.assumptions)


def test_tables_below_each_other_each_with_its_kabupaten_above() -> None:
    header = ["KECAMATAN", "DESA", "IKS 2024", "IKE 2024", "IKL 2024"]
    rows: Cells = [
        ["KABUPATEN BULUNGAN"],
        header,
        ["TANJUNG PALAS", "ANTUTAN", *FIGURES],
        ["KABUPATEN NUNUKAN"],
        header,
        ["LUMBIS", "MANSALONG", *FIGURES],
    ]
    assert table(grid(rows)).desa.get_column("kabupaten").to_list() == ["BULUNGAN", "NUNUKAN"]


def test_rows_that_close_a_group_name_nothing_below_them() -> None:
    rows: Cells = [[1, "LABUK", *FIGURES], ["JUMLAH", "Kec. Sembakung", *FIGURES], [1, "MANSALONG", *FIGURES]]
    got = table(grid([["NO", "DESA", "IKS 2024", "IKE 2024", "IKL 2024"], *rows, ["Kec. Lumbis", None, *FIGURES]]))
    assert got.desa.get_column("kecamatan").to_list() == [None, None]
    assert len(got.layouts[0].dropped) == 2


@pytest.mark.parametrize("dotted", [True, False])
def test_rows_of_higher_levels_in_one_code_column_are_no_villages(dotted: bool) -> None:
    upper = ["65", "65.01", "65.01.01"] if dotted else ["65.0", "6501", "650101"]
    rows = [[code, "WILAYAH", 0.7, 0.6, 0.7] for code in upper] + [[code, "DESA", *FIGURES] for code in CODES]
    got = table(grid([["KODE", "NAMA", "IKS 2024", "IKE 2024", "IKL 2024"], *rows]))
    assert got.desa.get_column(col.KODE_DESA).to_list() == list(CODES)
    assert {row.alasan for row in got.layouts[0].dropped} == {GROUP}


def test_village_codes_cut_short_to_their_kecamatan_are_kept_as_faulty_rows() -> None:
    rows = [["650101", "ANTUTAN", *FIGURES], ["650101", "PEJALIN", *FIGURES], [CODES[0], "GUNUNG PUTIH", *FIGURES]]
    got = table(grid([["KODE DESA", "DESA", "IKS 2024", "IKE 2024", "IKL 2024"], *rows]))
    assert got.desa.get_column("baris").to_list() == [2, 3, 4]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        (
            [["KODE WILAYAH", None, None, None, "NAMA"], ["PROV", "KAB", "KEC", "DESA", None]],
            ["65", "01", "01", "2005"],
        ),
        ([["KODE KECAMATAN", "KODE DESA", "NAMA"]], ["65.01.01", "2005"]),
        ([["KODE KAB", "KODE KEC", "KODE DESA", "NAMA"]], ["6501", "1", "2005"]),
    ],
)
def test_codes_in_several_columns(header: list[list[str | None]], cells: list[object]) -> None:
    blank: list[str | None] = [None] * 3
    names = ["IKS 2024", "IKE 2024", "IKL 2024"]
    block = [[*header[0], *names], *([*line, *blank] for line in header[1:])]
    got = table(grid([*block, [*cells, "GUNUNG PUTIH", *FIGURES]]))
    assert got.desa.select(col.KODE_DESA, "iks_terbit").row(0) == ("6501012005", 0.8571)


@pytest.mark.parametrize("style", ["{} TAHUN 2024", "{} TH. 2024", "{} (Tahun 2024)", "2024 {}", "Indeks {} 2024"])
def test_a_year_in_a_header_in_any_dress(style: str) -> None:
    header = ["KODE DESA", *(style.format(name) for name in STATED[:3])]
    got = table(grid([header, [CODES[0], *FIGURES]]))
    assert got.desa.select(col.TAHUN, "iks_terbit", "ikl_terbit").row(0) == (2024, 0.8571, 0.6667)


def test_indices_printed_from_0_to_100() -> None:
    header = ["KODE DESA", "IKS 2024", "IKE 2024", "IKL 2024"]
    got = table(grid([header, [CODES[0], "85,71", "63,33", "66,67"], [CODES[1], "100", "60", "0"]]))
    assert got.desa.get_column("iks_terbit").to_list() == pytest.approx([0.8571, 1.0])
    assert got.desa.get_column("ikl_terbit").to_list() == pytest.approx([0.6667, 0.0])
    assert any("persen" in line for line in got.assumptions)
    points = table(grid([header, [CODES[0], 150, 38, 10], [CODES[1], 140, 36, 9]]))
    assert points.desa.get_column("ike_terbit").to_list() == [38.0, 36.0]
