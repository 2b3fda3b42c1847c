"""Targets, distances, recaps and targets of a plan, through `classify`, `recap` and `targets`."""

import polars as pl
import pytest

from idmcli.classify import classify, recap, targets
from idmcli.columns import STATED_INDICES
from idmcli.errors import ConfigError
from idmcli.rubric import load_rubric
from idmcli.scoring import score_recap

RUBRIC = load_rubric()
BULUNGAN = {"provinsi": "KALIMANTAN UTARA", "kabupaten": "BULUNGAN", "kecamatan": "TANJUNG PALAS"}


def villages(*rows: dict[str, object]) -> pl.DataFrame:
    """Scored villages of a recap, each as `points` gives it."""
    plain: dict[str, object] = {"kode_desa": "6501012005", **BULUNGAN, "desa": "A", "tahun": 2024}
    types = {"kode_desa": pl.String, "tahun": pl.Int32, **dict.fromkeys(STATED_INDICES[:3], pl.Float64)}
    return score_recap(pl.DataFrame([plain | row for row in rows], schema_overrides=types), RUBRIC)


def points(iks: int | None, ike: int, ikl: int, **identity: object) -> dict[str, object]:
    """Points of 175, 60 and 15 as stated sub-indices; without IKS a village cannot be scored."""
    share = None if iks is None else iks / 175
    return {"iks_terbit": share, "ike_terbit": ike / 60, "ikl_terbit": ikl / 15, **identity}


def test_distances_by_hand() -> None:
    """k = 167·12 + 46·35 + 9·140 = 4874: MAJU, 264 units below 5138 and 418 above 4456."""
    row = classify(villages(points(167, 46, 9)), RUBRIC).row(0, named=True)
    assert (row["target_status"], row["skor_minimal"]) == ("MANDIRI", 0.8156)
    assert row["penambahan"] == pytest.approx(0.8156 - 4874 / 6300, abs=1e-12)
    assert (row["poin_iks"], row["poin_ike"], row["poin_ikl"]) == (None, 8, 2)  # IKS lacks 8 of the 22 points needed
    assert (row["sisa_k"], row["sisa_poin_iks"], row["sisa_poin_ike"], row["sisa_poin_ikl"]) == (418, 34, 11, 2)
    assert row["pantau"] is False


def test_next_to_the_top_at_the_bottom_and_unscored() -> None:
    """k = 164·12 + 46·35 + 11·140 = 5118, 20 units below MANDIRI; 60·12 + 10·35 + 2·140 = 1350."""
    near, bottom, unscored = classify(
        villages(points(164, 46, 11), points(60, 10, 2), points(None, 10, 2)), RUBRIC
    ).iter_rows(named=True)
    assert (near["idm_k"], near["status"], near["target_status"]) == (5118, "MAJU", "MANDIRI")
    assert (near["poin_iks"], near["poin_ike"], near["poin_ikl"]) == (2, 1, 1)
    assert (bottom["idm_k"], bottom["target_status"], bottom["skor_minimal"]) == (1350, "TERTINGGAL", 0.4908)
    assert (bottom["sisa_k"], bottom["sisa_poin_iks"], bottom["pantau"]) == (None, None, False)
    names = ["target_status", "skor_minimal", "penambahan", "poin_iks", "sisa_k", "sisa_poin_ikl", "pantau"]
    assert [unscored[name] for name in names] == [None] * len(names)


def test_first_integer_of_mandiri_keeps_the_ministrys_contradiction() -> None:
    """154·12 + 50·35 + 11·140 = 5138: MANDIRI, yet below the printed least score of MANDIRI."""
    row = classify(villages(points(154, 50, 11)), RUBRIC).row(0, named=True)
    assert (row["idm_k"], row["status"], row["target_status"], row["sisa_k"]) == (5138, "MANDIRI", "MANDIRI", 0)
    assert row["penambahan"] == pytest.approx(0.000044, abs=5e-7)
    assert (row["poin_iks"], row["poin_ike"], row["poin_ikl"]) == (None, None, None)
    assert row["pantau"] is True


def test_watch_list_follows_the_number_of_points_asked_for() -> None:
    """k = 142·12 + 48·35 + 8·140 = 4504, 48 units above MAJU: four IKS points can go, the fifth costs the status."""
    village = villages(points(142, 48, 8))
    assert village["idm_k"].to_list() == [4504]
    assert classify(village, RUBRIC)["sisa_poin_iks"].item() == 4
    assert {n: classify(village, RUBRIC, pantau_poin=n)["pantau"].item() for n in (4, 5)} == {4: False, 5: True}


def test_points_count_only_as_far_as_a_dimension_goes() -> None:
    """171·12 + 58·35 + 7·140 = 5062, 76 units below MANDIRI: 7 IKS or 3 IKE points, of which 4 and 2 are left."""
    row = classify(villages(points(171, 58, 7)), RUBRIC).row(0, named=True)
    assert (row["poin_iks"], row["poin_ike"], row["poin_ikl"]) == (None, None, 1)
    row = classify(villages(points(165, 51, 9)), RUBRIC).row(0, named=True)
    assert (row["idm_k"], row["poin_iks"], row["poin_ike"], row["poin_ikl"]) == (
        5025,
        10,
        4,
        1,
    )  # all ten that IKS lacks


def test_recap_counts_villages_by_place_and_status() -> None:
    frame = villages(
        points(175, 60, 15, kode_desa="6501012005"),
        points(167, 46, 9, kode_desa="6501022001", kecamatan="PESO", kabupaten="Kab. Bulungan"),
        points(None, 46, 9, kode_desa="6501012006"),
        points(161, 46, 9, kode_desa=None),
        points(60, 10, 2, kode_desa="6502012001", kabupaten="MALINAU", kecamatan="MALINAU KOTA"),
    )
    table = recap(frame, RUBRIC, "kabupaten")
    assert table.columns == [
        *("kode_kabupaten", "provinsi", "kabupaten", "jumlah_desa"),
        *("SANGAT TERTINGGAL", "TERTINGGAL", "BERKEMBANG", "MAJU", "MANDIRI", "tidak_dihitung"),
        *("iks", "ike", "ikl", "idm"),
    ]
    assert table.rows()[0][:10] == ("6501", "KALIMANTAN UTARA", "BULUNGAN", 4, 0, 0, 0, 2, 1, 1)
    assert table.rows()[1][:10] == ("6502", "KALIMANTAN UTARA", "MALINAU", 1, 1, 0, 0, 0, 0, 0)
    assert table["iks"].to_list() == [(175 + 167 + 161) / (175 * 3), 60 / 175]
    assert table["idm"].to_list() == [(6300 + 4874 + 4802) / (6300 * 3), 1350 / 6300]
    assert recap(frame, RUBRIC, "kecamatan")["kecamatan"].to_list() == ["TANJUNG PALAS", "PESO", "MALINAU KOTA"]
    assert recap(frame, RUBRIC, "provinsi")["jumlah_desa"].to_list() == [5]


def test_recap_of_several_years_and_of_places_without_figures() -> None:
    frame = villages(points(175, 60, 15, tahun=2024), points(167, 46, 9, tahun=2023), points(None, 1, 1, tahun=2023))
    table = recap(frame, RUBRIC, "provinsi")
    assert table.select("kode_provinsi", "tahun", "jumlah_desa", "MAJU", "MANDIRI", "tidak_dihitung").rows() == [
        ("65", 2023, 2, 1, 0, 1),
        ("65", 2024, 1, 0, 1, 0),
    ]
    assert recap(villages(points(None, 1, 1)), RUBRIC, "provinsi")["idm"].to_list() == [None]


def test_same_name_in_two_kabupaten_is_two_kecamatan_even_without_codes() -> None:
    frame = villages(points(175, 60, 15, kode_desa=None), points(175, 60, 15, kode_desa=None, kabupaten="MALINAU"))
    table = recap(frame, RUBRIC, "kecamatan")
    assert table.select("kode_kecamatan", "kabupaten", "jumlah_desa").rows() == [
        (None, "BULUNGAN", 1),
        (None, "MALINAU", 1),
    ]


def test_targets_reached_and_missing() -> None:
    frame = villages(points(175, 60, 15), points(167, 46, 9), points(60, 10, 2), points(60, 10, 2, tahun=2023))
    plan = targets(frame, RUBRIC, {"mandiri": 3, "sangat_tertinggal": 0, "Berkembang": 5, "TERTINGGAL": ">= 0"})
    assert plan.rows() == [
        ("MANDIRI", "≥", 3, 1, 2, False),
        ("MAJU", None, None, 1, None, None),
        ("BERKEMBANG", None, 5, 0, None, None),
        ("TERTINGGAL", "≥", 0, 0, 0, True),
        ("SANGAT TERTINGGAL", "≤", 0, 1, 1, False),
    ]


@pytest.mark.parametrize("plan", [{"mandirii": 3}, {"mandiri": "banyak"}, {"maju": -1}, {"maju": True}])
def test_a_target_that_says_nothing_is_refused(plan: dict[str, int | str]) -> None:
    with pytest.raises(ConfigError, match=next(iter(plan))):
        targets(villages(points(175, 60, 15)), RUBRIC, plan)
