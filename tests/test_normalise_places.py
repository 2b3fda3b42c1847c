"""Which village a row is: by its code, by BPS code and names, by names alone, or as a proposal."""

import pytest

from idmcli import columns as col
from idmcli.tables import VillageTable
from tests.tata_letak import REGIONS, grid, recap, table

FIGURES = [0.8571, 0.6333, 0.6667]
NAMES = ["BULUNGAN", "TANJUNG PALAS", "GUNUNG PUTIH"]
NO_CODE = ["KABUPATEN", "KECAMATAN", "DESA", "IKS 2024", "IKE 2024", "IKL 2024"]


def found(got: VillageTable) -> list[tuple[object, ...]]:
    return got.desa.select(col.KODE_DESA, "cara_kode", "usulan_kode").rows()


@pytest.mark.parametrize(
    "names",
    [
        ["Kab. Bulungan", "Kec. Tanjung Palas", "Desa Gunung Putih"],
        [" BULUNGAN", "TANJUNG  PALAS", "GUNUNG\u00a0PUTIH"],
        [None, "TANJUNG PALAS", "GUNUNG PUTIH"],
        ["BULUNGAN", None, "GUNUNG PUTIH"],
    ],
)
def test_exact_names_give_the_code(names: list[object]) -> None:
    assert found(table(recap([*names, *FIGURES], header=NO_CODE))) == [("6501012005", "nama", None)]


def test_names_are_no_key() -> None:
    twice = REGIONS.frame.filter(REGIONS.frame.get_column("desa") == "LABUK").select("kabupaten", "kecamatan", "desa")
    assert found(table(recap(["NUNUKAN", None, "LABUK", *FIGURES], header=NO_CODE))) == [(None, None, None)]
    alone = recap([None, None, "GUNUNG PUTIH", *FIGURES], header=NO_CODE)
    assert found(table(alone)) == [(None, None, "6501012005")]
    full = table(recap(*([*names, *FIGURES] for names in twice.rows()), header=NO_CODE))
    assert full.desa.get_column(col.KODE_DESA).n_unique() == twice.height == 2


def test_a_similar_name_is_a_proposal_that_must_be_accepted() -> None:
    rows = recap(["BULUNGAN", "TANJUNG PALAS", "GUNUNG PUTEH", *FIGURES], header=NO_CODE)
    proposed = table(rows)
    assert found(proposed) == [(None, None, "6501012005")]
    assert any("--terima-usulan" in line for line in proposed.assumptions)
    accepted = table(rows, terima_usulan=True)
    assert found(accepted) == [("6501012005", "usulan", None)]
    assert accepted.desa.get_column("desa").to_list() == ["GUNUNG PUTEH"]


def test_a_broken_code_beside_good_names_is_a_proposal_too() -> None:
    got = table(recap(["65010120", *NAMES, *FIGURES]))
    assert found(got) == [(None, None, "6501012005")]
    assert got.mentah.get_column(col.KODE_DESA).to_list() == ["65010120"]


def test_the_very_name_is_proposed_although_another_is_near() -> None:
    village = ["NUNUKAN", "TULIN ONSOI", "TINAMPAK I"]
    got = table(recap(["6,50308E+09", *village, *FIGURES]))
    code = REGIONS.frame.filter(REGIONS.frame.get_column("desa") == "TINAMPAK I").get_column(col.KODE_DESA)[0]
    assert found(got) == [(None, None, code)]
    assert "TINAMPAK II" in REGIONS.frame.get_column("desa")


def test_no_proposal_for_a_village_that_is_there_already() -> None:
    got = table(recap(["6501012005", *NAMES, *FIGURES], ["", "BULUNGAN", "TANJUNG PALAS", "GUNUNG PUTEH", *FIGURES]))
    assert found(got) == [("6501012005", "kode", None), (None, None, None)]


def test_bps_codes_are_told_by_the_order_of_kabupaten() -> None:
    rows = [
        ["6502040001", "BULUNGAN", "TANJUNG PALAS", "GUNUNG PUTIH", *FIGURES],
        ["6502040009", "BULUNGAN", "TANJUNG PALAS", "PEJALIN BARU SEKALI", *FIGURES],
        ["6504022001", "NUNUKAN", "LABUK TIDAK ADA", "X", *FIGURES],
    ]
    got = table(recap(*rows))
    assert found(got) == [("6501012005", "bps", None), (None, None, None), (None, None, None)]
    assert any("kode BPS" in line and "1 dari 3" in line for line in got.assumptions)
    assert got.mentah.get_column(col.KODE_DESA).to_list()[0] == "6502040001"


def test_a_wrong_name_does_not_make_a_code_a_bps_code() -> None:
    rows = [
        ["6501012005", "BULUNGAN", "TANJUNG PALAS", "GUNUNG PUTIH", *FIGURES],
        ["6502012001", "BULUNGAN", "TANJUNG PALAS", "PEJALIN", *FIGURES],
    ]
    assert found(table(recap(*rows))) == [("6501012005", "kode", None), ("6502012001", "kode", None)]


def test_kemendagri_code_wins_over_bps_code_and_bps_code_alone_needs_names() -> None:
    header = ["bps_kode_desa_kelurahan", "kemendagri_kode_desa_kelurahan", "bps_desa_kelurahan", "iks", "ike", "ikl"]
    got = table(recap(["6502040001", "65.01.01.2005", "GN PUTIH", *FIGURES], header=header))
    assert got.desa.select(col.KODE_DESA, "kode_desa_bps", "desa").row(0) == ("6501012005", "6502040001", "GN PUTIH")
    header = ["bps_kode_desa", "kabupaten", "kecamatan", "desa", "iks", "ike", "ikl"]
    got = table(recap(["6502040001", *NAMES, *FIGURES], ["3201010001", "BOGOR", "X", "Y", *FIGURES], header=header))
    assert got.desa.select(col.KODE_DESA, "cara_kode").rows() == [("6501012005", "bps"), (None, None)]


def test_codes_of_other_provinces_and_of_kelurahan_are_kept() -> None:
    got = table(recap(["3201012001", "Kab. Bogor", "Nanggung", "Parakan Muncang", *FIGURES]))
    assert found(got) == [("3201012001", "kode", None)]
    assert got.desa.select(col.PLACES).row(0) == (None, "BOGOR", "NANGGUNG", "PARAKAN MUNCANG")
    assert found(table(recap(["6571011001", "TARAKAN", None, "X", *FIGURES])))[0][0] == "6571011001"


def test_missing_names_are_filled_and_typed_ones_are_kept() -> None:
    got = table(recap(["6501012005", None, "Sungai Deras", None, *FIGURES]))
    assert got.desa.select(col.PLACES).row(0) == ("KALIMANTAN UTARA", "BULUNGAN", "SUNGAI DERAS", "GUNUNG PUTIH")
    assert got.mentah.select(col.PLACES[1:]).row(0) == (None, "Sungai Deras", None)


def test_kabupaten_from_the_sheet_or_the_title_where_no_column_has_it() -> None:
    header = ["KECAMATAN", "DESA", "IKS 2024", "IKE 2024", "IKL 2024"]
    row = ["TANJUNG PALAS", "GUNUNG PUTIH", *FIGURES]
    sheets: list[tuple[list[list[object]], str]] = [([[*header], row], "Bulungan")]
    sheets.append(([["DATA KAB. BULUNGAN"], [*header], row], "Sheet1"))
    for cells, lembar in sheets:
        got = table(grid(cells, lembar=lembar))
        assert got.desa.select(col.KODE_DESA, "kabupaten").row(0) == ("6501012005", "BULUNGAN")
        assert any("kabupaten BULUNGAN" in line for line in got.assumptions)
    other = table(grid([["KODE DESA", "IKS01"], ["3201012001", 5]], lembar="Kab. Bogor"))
    assert other.desa.get_column("kabupaten").to_list() == ["BOGOR"]
    malinau = REGIONS.frame.filter(REGIONS.frame.get_column("kabupaten") == "MALINAU").item(0, col.KODE_DESA)
    wrong_sheet = table(grid([["KODE DESA", "IKS01"], [malinau, 5]], lembar="Bulungan"))
    assert wrong_sheet.desa.get_column("kabupaten").to_list() == ["MALINAU"]
