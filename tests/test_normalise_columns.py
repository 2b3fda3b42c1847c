"""What the columns of a sheet mean: indicators, raw answers, extra columns, years."""

from collections.abc import Callable, Sequence

import polars as pl
import pytest

from idmcli import columns as col
from idmcli.errors import UsageError
from tests.tata_letak import RUBRIC, grid, recap, table

SPELLINGS: dict[str, Callable[[str, str], str]] = {
    "label": lambda kode, label: label,
    "label besar": lambda kode, label: f" {label.upper()}\u00a0",
    "kode": lambda kode, label: kode,
    "kode tanpa nol": lambda kode, label: f"{kode[:3]} {int(kode[3:])}",
    "kode berstrip": lambda kode, label: f"{kode[:3].lower()}-{kode[3:]}",
    "kode dan label": lambda kode, label: f"{kode}_{label.removeprefix('Skor ').upper().replace(' ', '_')}",
    "bernomor": lambda kode, label: f"{int(kode[3:])}. {label}",
    "bertahun": lambda kode, label: f"{label} 2024",
    "tanpa kata skor": lambda kode, label: label.removeprefix("Skor "),
}


@pytest.mark.parametrize("style", SPELLINGS)
def test_indicators_under_any_spelling(style: str) -> None:
    headers = [SPELLINGS[style](indicator.kode, indicator.label) for indicator in RUBRIC.indikator]
    scores = [index % 6 for index in range(50)]
    got = table(grid([["Kode Desa", "Jumlah Penduduk", *headers], ["6501012005", "1.250", *scores]]))
    assert got.shape == "skor"
    assert got.desa.select(RUBRIC.codes).row(0) == tuple(scores)
    assert set(got.desa.select(RUBRIC.codes).dtypes) == {pl.Int8}
    assert got.layouts[0].missing == ()
    assert got.layouts[0].extra == ()


def test_indicator_numbers_under_merged_dimension_headers() -> None:
    top: list[object] = ["NO", "KODE DESA", "NAMA DESA"]
    below: list[object] = [None, None, None]
    for dimension in RUBRIC.dimensi:
        top += [dimension.kode, *[None] * (len(dimension.indikator) - 1)]
        below += list(range(1, len(dimension.indikator) + 1))
    got = table(grid([["DATA IDM 2024"], top, below, [1, "6501012005", "GUNUNG PUTIH", *[5] * 50]]))
    assert got.layouts[0].header_rows == (2, 3)
    assert got.layouts[0].missing == ()
    assert got.desa.get_column(col.TAHUN).to_list() == [2024]
    assert got.layouts[0].address("IKE01", 4) == "Data!AM4"


def test_raw_answers_by_name_and_by_question_with_words_of_any_spelling() -> None:
    variables = [variable for indicator in RUBRIC.indikator for variable in indicator.jawaban.variabel]
    for headers in ([one.nama for one in variables], [one.pertanyaan for one in variables]):
        unique = list(dict.fromkeys(headers))
        got = table(grid([["KODE DESA", *unique], ["6501012005", *["2"] * len(unique)]]))
        assert got.shape == "isian"
        assert got.layouts[0].missing == (), headers
    words = {"taman_baca": "Ya", "konflik": " TIDAK  ADA ", "jumlah_penduduk": "1.250", "jarak_pertokoan": "7,5"}
    words |= {"sinyal_telepon": "Kuat", "jamban": "Di sungai", "poskamling": "-"}
    got = table(grid([["KODE DESA", *words], ["6501012005", *words.values()]]))
    assert got.desa.select(*words).row(0) == ("ada", "tidak", 1250.0, 7.5, "kuat", "di sungai", None)


def test_scores_that_are_not_whole_or_not_numbers_are_null_but_stay_as_typed() -> None:
    typed = ["5,0", " 3 ", "7", "3.5", "lima", "-"]
    codes = list(RUBRIC.codes[: len(typed)])
    got = table(grid([["KODE DESA", *codes], ["6501012005", *typed]]))
    assert got.desa.select(codes).row(0) == (5, 3, 7, None, None, None)
    assert got.mentah.select(codes).row(0) == tuple(typed)
    assert len(got.layouts[0].missing) == 50 - len(typed)


def test_unknown_duplicate_and_headerless_columns_are_kept_and_reported() -> None:
    header = ["KODE DESA", "Skor Dokter", "IKS02", "Skor Bidn", "status", "Nama Camat", None, "NO"]
    got = table(grid([header, ["6501012005", 5, 0, 3, "x", "=1+1", "tersesat", 1]]))
    layout = got.layouts[0]
    assert [(use.judul, use.letter) for use in layout.duplicates] == [("IKS02", "C")]
    assert [(use.nama, use.dekat) for use in layout.extra] == [
        ("Skor Bidn", ("Skor Bidan",)),
        ("Nama Camat", ()),
        ("kolom G", ()),
    ]
    assert got.desa.select("IKS02", "Skor Bidn", "Nama Camat", "kolom G").row(0) == (5, "3", "=1+1", "tersesat")


def test_the_guard_against_formulas_in_a_csv_is_taken_off_once() -> None:
    cells: list[list[object]] = [["KODE DESA", "DESA", "IKS01", "Camat"], ["6501012005", "'=1+1", 5, "''@x"]]
    cells.append(["6501012006", "'A", 5, "'B"])
    got = table(grid(cells, kind="teks", lembar=None))
    assert got.desa.select("desa", "Camat").rows() == [("=1+1", "'@x"), ("'A", "'B")]
    assert got.mentah.item(0, "desa") == "'=1+1"


def test_an_extra_column_never_takes_the_name_of_one_of_ours() -> None:
    got = table(grid([["KODE DESA", "IKS01", "Cocok?", "IKS99", "iks99"], ["6501012005", 5, "a", "b", "c"]]))
    assert got.desa.columns[-2:] == ["IKS99", "iks99 (2)"]
    assert "Cocok?" not in got.desa.columns


def test_own_output_is_read_back_by_its_stated_figures() -> None:
    header = ["kode_desa", "tahun", *RUBRIC.codes, "iks", "status", "idm_k", "iks_terbit", "status_terbit", "cocok"]
    row = ["6501012005", 2024, *[5] * 50, "0.9", "MAJU", 6300, "1.0", "MANDIRI", "false"]
    got = table(grid([header, row]))
    assert got.desa.select("iks_terbit", "status_terbit").row(0) == (1.0, "MANDIRI")
    assert not {"iks", "status", "idm_k", "cocok"} & set(got.desa.columns)
    assert (got.layouts[0].extra, got.layouts[0].duplicates) == ((), ())


def test_answers_and_scores_side_by_side_are_not_mixed_up() -> None:
    header = ["KODE DESA", "gotong_royong", "skor_slb", "Dokter", "IKS15", "IKS27", "IKS02", "IKS03"]
    got = table(grid([header, ["6501012005", "ada", 4, "dr. Ani", 5, 3, 0, 5]]))
    assert got.desa.select("gotong_royong", "skor_slb", "IKS15", "IKS27", "IKS02").row(0) == ("ada", 4.0, 5, 3, 0)
    assert got.desa.get_column("Dokter").to_list() == ["dr. Ani"]
    assert got.layouts[0].duplicates == ()


def test_recap_of_several_years_takes_the_latest_unless_asked() -> None:
    header = ["KODE DESA", "IKS 2022", "IKE 2022", "IKL 2022", "IKS 2023", "IKE 2023", "IKL 2023"]
    years = recap(["6501012005", 0.1, 0.2, 0.3, 0.4, 0.5, 0.6], header=header)
    latest = table(years)
    assert latest.desa.select("tahun", "iks_terbit").row(0) == (2023, 0.4)
    assert any("--tahun" in line for line in latest.assumptions)
    assert latest.layouts[0].years == (2022, 2023)
    assert table(years, tahun=2022).desa.select("tahun", "iks_terbit").row(0) == (2022, 0.1)
    with pytest.raises(UsageError, match="2022, 2023"):
        table(years, tahun=2019)


def test_a_long_table_keeps_all_years_unless_one_is_asked_for() -> None:
    header = ["KODE DESA", "TAHUN", "IKS01"]
    rows = grid([header, ["6501012005", "2023", 5], ["6501012005", "2024.0", 3], ["6501012005", "", 1]])
    assert table(rows).desa.get_column(col.TAHUN).to_list() == [2023, 2024, None]
    assert table(rows, tahun=2024).desa.get_column("IKS01").to_list() == [3, 1]
    with pytest.raises(UsageError, match="tahun yang ada: 2023, 2024"):
        table(rows, tahun=2021)


@pytest.mark.parametrize(
    ("lembar", "berkas", "titles", "want"),
    [
        ("IDM 2023", "idm_2022.xlsx", ["REKAP SE-KABUPATEN TAHUN 2024"], 2024),
        ("IDM 2023", "idm_2022.xlsx", ["MENURUT PERMENDESA NOMOR 2 TAHUN 2016"], 2023),
        ("Sheet1", "idm_2022.xlsx", [], 2022),
        ("Sheet1", "idm.xlsx", [], None),
    ],
)
def test_year_from_title_sheet_or_file_name(lembar: str, berkas: str, titles: list[str], want: int | None) -> None:
    cells: list[Sequence[object]] = [*[[title] for title in titles], ["KODE DESA", "IKS01"], ["6501012005", 5]]
    got = table(grid(cells, lembar=lembar, berkas=f"2019/{berkas}"))
    assert got.desa.get_column(col.TAHUN).to_list() == [want]
