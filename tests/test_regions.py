"""The regional reference is whole and strict, and names fold alike one by one and by column."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from idmcli.errors import ConfigError
from idmcli.regions import fold_expr, fold_name, load_regions

REGIONS = load_regions()
HEADER = "kode_desa,desa,kecamatan,kabupaten,provinsi"
ROW = "6501012005,GUNUNG PUTIH,TANJUNG PALAS,BULUNGAN,KALIMANTAN UTARA"


def test_kalimantan_utara_is_complete() -> None:
    assert REGIONS.provinces == {"65"}
    counts = REGIONS.frame.group_by("kabupaten", "kode_kabupaten").len().sort("kode_kabupaten").rows()
    assert counts == [
        ("BULUNGAN", "6501", 74),
        ("MALINAU", "6502", 109),
        ("NUNUKAN", "6503", 232),
        ("TANA TIDUNG", "6504", 32),
    ]
    assert REGIONS.frame["kode_kecamatan"].n_unique() == 50
    assert REGIONS.frame.filter(kode_desa="6503172008").rows() == [
        ("6503172008", "PA' MILAU", "KRAYAN TENGAH", "NUNUKAN", "KALIMANTAN UTARA", "650317", "6503")
    ]


def test_folded_names_are_a_key_only_within_kecamatan() -> None:
    folded = REGIONS.frame.select("kecamatan", nama=fold_expr(pl.col("desa")))
    assert set(folded.filter(pl.col("nama").is_duplicated())["nama"]) == {"LABUK", "LONGNAWANG"}
    assert not folded.is_duplicated().any()
    assert not folded.filter(pl.col("nama") == "").height


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Pa' Milau", "PAMILAU"), ("PA’MILAU", "PAMILAU"), ("pa `milau ", "PAMILAU"), ("Desa Pa Milau", "PAMILAU"),
        ("LONG YIIN/PELAAH", "LONGYIINPELAAH"), ("Kab. Bulungan", "BULUNGAN"), ("KABUPATEN  BULUNGAN", "BULUNGAN"),
        ("Kec.Krayan", "KRAYAN"), ("Désa", "DESA"), ("Kota Bandung", "KOTABANDUNG"), ("Desa", "DESA"),
        ("Kabanjahe", "KABANJAHE"), ("–", ""), ("", ""),
    ],
)  # fmt: skip
def test_spellings_met_in_the_wild(text: str, folded: str) -> None:
    assert fold_name(text) == folded


# unassigned characters may be known to one Unicode version and not to the other
@given(st.lists(st.text(st.characters(exclude_categories=("Cn", "Cs"))) | st.sampled_from(["Desa X", "KAB ", "kec."])))
def test_one_name_and_a_column_of_names_fold_alike(names: list[str]) -> None:
    column = pl.Series("nama", names, dtype=pl.String)
    assert column.to_frame().select(fold_expr(pl.col("nama"))).to_series().to_list() == [fold_name(n) for n in names]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("kode_desa,desa\n6501012005,GUNUNG PUTIH", "baris 1: kolomnya kode_desa, desa"),
        (f"{HEADER}\n65.01.01.2005,A,B,C,D", r"baris 2 \(65\.01\.01\.2005\): kode desa tidak berbentuk benar"),
        (f"{HEADER}\n6501011005,A,B,C,D", "kode desa tidak berbentuk benar"),
        (f"{HEADER}\n6401012005,A,B,C,D", "kode desa tidak berbentuk benar"),
        (f"{HEADER}\n{ROW}\n{ROW}", "kode desa tertulis dua kali"),
        (f"{HEADER}\n{ROW}\n6501012006,,TANJUNG PALAS,BULUNGAN,KALIMANTAN UTARA", r"baris 3 .*desa kosong"),
        (f"{HEADER}\n{ROW}\n6501012006,PEJALIN,PESO,BULUNGAN,KALIMANTAN UTARA", "nama kecamatan yang berbeda"),
        ("", "tidak dapat dibaca"),
    ],
)
def test_a_faulty_reference_is_refused(rows: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "65-uji.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(ConfigError, match=message) as caught:
        load_regions(tmp_path)
    assert "65-uji.csv" in str(caught.value)


def test_no_reference_at_all(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="Tidak ada acuan wilayah"):
        load_regions(tmp_path)
