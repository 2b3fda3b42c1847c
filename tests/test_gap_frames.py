"""The frames around the paths: gaps by indicator and dimension, standing, strengths, similar villages, recaps."""

from collections.abc import Mapping

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from idmcli.classify import classify
from idmcli.gap import (
    by_dimension,
    deficits,
    first_steps,
    indicator_recap,
    need_words,
    points_for,
    similar,
    standing,
    strengths,
    unknown_words,
    weaknesses,
    weight_words,
)
from idmcli.rubric import load_rubric
from idmcli.scoring import score, score_recap

RUBRIC = load_rubric()
PLACE = {"provinsi": "KALIMANTAN UTARA", "kabupaten": "BULUNGAN", "kecamatan": "TANJUNG PALAS"}
UNITS = {"IKS": 12, "IKE": 35, "IKL": 140}
UNMOVABLE = {"IKS20", "IKS21", "IKS22"}


def villages(*rows: Mapping[str, object]) -> pl.DataFrame:
    """Scored villages: every indicator full but for what a row says; codes count up within the kecamatan."""
    full: dict[str, object] = {**PLACE, "desa": "A", "tahun": 2024, **dict.fromkeys(RUBRIC.codes, 5)}
    types = {"kode_desa": pl.String, "tahun": pl.Int32, **dict.fromkeys(RUBRIC.codes, pl.Int8)}
    coded = [{"kode_desa": f"65010120{number:02d}", **full, **row} for number, row in enumerate(rows, 1)]
    return score(pl.DataFrame(coded, schema_overrides=types), RUBRIC)


def random_villages(count: int, seed: int) -> pl.DataFrame:
    """Villages with allowed scores drawn from a seed, spread over places, years and (some) without a code."""
    draw = np.random.default_rng(seed)
    rows: list[dict[str, object]] = []
    for number in range(count):
        kabupaten, kecamatan = (int(n) for n in draw.integers(1, 3, size=2))
        scores = {row.kode: int(draw.choice(row.allowed)) for row in RUBRIC.indikator}
        rows.append(
            {
                "kode_desa": None if draw.random() < 0.1 else f"65{kabupaten:02d}{kecamatan:02d}2{number:03d}",
                "kabupaten": f"KAB {kabupaten}",
                "kecamatan": f"KEC {kecamatan}",
                "tahun": int(draw.integers(2023, 2025)),
                **scores,
            }
        )
    return villages(*rows)


def test_deficits_by_hand() -> None:
    """IKL03 0→5: 5·140 = 700; IKE06 0→5: 175; IKS02 0→5: 60; IKS20 1→5: 48, but nobody can move it."""
    frame = villages(
        {"IKS02": 0, "IKS20": 1, "IKE06": 0, "IKL03": 0},
        {"IKS01": None},
        {"IKS02": 0, "IKS14": 1},
    )
    table = deficits(frame, RUBRIC)
    assert table["no"].to_list() == [0] * 50 + [2] * 50, "the row without figures has none"
    first = table.head(5).select("kode", "kurang", "tambahan_k", "tambahan").rows()
    assert first == [
        ("IKL03", 5, 700, 700 / 6300),
        ("IKE06", 5, 175, 175 / 6300),
        ("IKS02", 5, 60, 60 / 6300),
        ("IKS20", 4, 48, 48 / 6300),
        ("IKS01", 0, 0, 0.0),
    ]
    doctor = table.row(2, named=True)
    assert doctor["syarat_kini"] == RUBRIC.by_code["IKS02"].row(0).syarat
    assert doctor["syarat_tujuan"] == RUBRIC.by_code["IKS02"].row(5).syarat
    assert doctor["kegiatan"] == RUBRIC.by_code["IKS02"].row(0).kegiatan
    assert (doctor["pelaku"], doctor["terkunci"]) == (["kabupaten"], None)
    assert table.row(3, named=True)["terkunci"] == RUBRIC.by_code["IKS20"].alasan
    done = table.row(4, named=True)
    assert (done["syarat_tujuan"], done["kegiatan"], done["terkunci"]) == (None, None, None)


def test_locks_of_a_choice_are_named_beside_the_deficit() -> None:
    frame = villages({"IKS02": 0}, {"IKS02": 0, "IKS20": 1})
    locked = pl.DataFrame({"no": [1], "kode": ["IKS02"], "alasan_kunci": ["dikunci lewat --kunci"]})
    told = deficits(frame, RUBRIC, locked).filter(pl.col("kurang") > 0).select("no", "kode", "terkunci").rows()
    assert told == [
        (0, "IKS02", None),
        (1, "IKS02", "dikunci lewat --kunci"),
        (1, "IKS20", RUBRIC.by_code["IKS20"].alasan),
    ]


def test_units_are_said_in_points() -> None:
    assert weight_words(RUBRIC) == "Satu poin IKL sama bobotnya dengan 4 poin IKE atau 11⅔ poin IKS."
    assert points_for(148, RUBRIC) == {"IKS": 13, "IKE": 5, "IKL": 2}  # 148/12 = 12,3; 148/35 = 4,2; 148/140 = 1,06
    assert points_for(0, RUBRIC) == {"IKS": 0, "IKE": 0, "IKL": 0}
    assert need_words(148, RUBRIC) == "13 poin IKS, atau 5 poin IKE, atau 2 poin IKL"
    assert need_words(148, RUBRIC, {"IKS": 12, "IKE": 5, "IKL": 1}) == "5 poin IKE"
    assert need_words(148, RUBRIC, {"IKS": 12, "IKE": 4, "IKL": 1}) == "tidak cukup dengan satu dimensi saja"


def test_standing_by_hand() -> None:
    """Scores 5, 3, 3, 0 of IKE06 in one kecamatan: the two in the tie share rank 2 and the middle of the group."""
    frame = villages({}, {"IKE06": 3}, {"IKE06": 3}, {"IKE06": 0}, {"IKE06": 0, "tahun": 2023})
    table = standing(frame, RUBRIC).filter(kode="IKE06", kelompok="kecamatan")
    assert table.select("no", "skor", "anggota", "peringkat", "sama", "persentil", "rata_kelompok").rows() == [
        (0, 5, 4, 1, 1, 0.875, 2.75),
        (1, 3, 4, 2, 2, 0.5, 2.75),
        (2, 3, 4, 2, 2, 0.5, 2.75),
        (3, 0, 4, 4, 1, 0.125, 2.75),
    ], "the village of another year is alone, and left out"


@settings(max_examples=10, deadline=None)
@given(st.integers(1, 16), st.integers(0, 2**32 - 1))
def test_standing_is_that_of_a_plain_count(count: int, seed: int) -> None:
    frame = random_villages(count, seed)
    rows = frame.rows(named=True)
    got = {(row["no"], row["kode"], row["kelompok"]): row for row in standing(frame, RUBRIC).iter_rows(named=True)}
    expected = 0
    for no, row in enumerate(rows):
        groups = {
            "kecamatan": [o for o in rows if (o["kabupaten"], o["kecamatan"]) == (row["kabupaten"], row["kecamatan"])],
            "kabupaten": [o for o in rows if o["kabupaten"] == row["kabupaten"]],
            "status": [o for o in rows if o["status"] == row["status"]],
        }
        for name, everybody in groups.items():
            peers = [other for other in everybody if other["tahun"] == row["tahun"]]
            if len(peers) < 2:
                continue
            for kode in RUBRIC.codes:
                expected += 1
                scores = [peer[kode] for peer in peers]
                above, level = (sum(s > row[kode] for s in scores), scores.count(row[kode]))
                told = got[no, kode, name]
                assert (told["anggota"], told["peringkat"], told["sama"]) == (len(peers), above + 1, level)
                below = len(peers) - above - level
                assert told["persentil"] == pytest.approx((below + level / 2) / len(peers))
                assert told["rata_kelompok"] == pytest.approx(sum(scores) / len(peers))
    assert len(got) == expected


def test_what_distinguishes_a_village() -> None:
    """Of ten villages the first alone has a doctor and the best market; all but one have a midwife."""
    plain: dict[str, object] = {"IKS02": 0, "IKE03": 3, "IKS20": 1}
    first: dict[str, object] = plain | {"IKS02": 5, "IKE03": 5, "IKS20": 5}
    last: dict[str, object] = plain | {"IKS03": 1, "IKE03": 1}
    frame = villages(first, *[plain] * 8, last)
    told = standing(frame, RUBRIC)
    strong = strengths(told, frame, RUBRIC)
    # equally rare: two points above a mean of 3 in IKE03 (70 units) against 4.5 in IKS02 (54); IKS20 nobody can move
    assert strong.filter(no=0).select("urutan", "kode", "keterangan").rows() == [
        (1, "IKE03", "tertinggi dari 10 desa sekecamatan"),
        (2, "IKS02", "tertinggi dari 10 desa sekecamatan"),
    ]
    assert set(strong["no"]) == {0}, "what most villages have is nobody's strength"
    weak = weaknesses(told, frame, RUBRIC, most=1)
    assert weak.select("no", "kode", "kelompok", "nama_kelompok", "keterangan").rows() == [
        (9, "IKE03", "kecamatan", "TANJUNG PALAS", "terendah dari 10 desa sekecamatan")
    ]


def test_ties_are_counted_in_the_sentence_and_small_groups_say_nothing() -> None:
    frame = villages(*[{"IKE06": 5}] * 2, *[{"IKE06": 0}] * 4)
    strong = strengths(standing(frame, RUBRIC), frame, RUBRIC)
    assert strong["keterangan"].to_list() == ["termasuk 2 tertinggi dari 6 desa sekecamatan"] * 2
    few = frame.head(4)
    assert strengths(standing(few, RUBRIC), few, RUBRIC).is_empty(), "four villages are too few"


def test_similar_village_by_hand() -> None:
    """Static IKS01 counts double: one point there is as far as two points of IKS05."""
    low: dict[str, object] = {"IKL01": 0, "IKL02": 0, "IKS01": 4}  # 6300 − 1400 − 12 = 4888: MAJU
    frame = villages(
        low,
        {"IKL03": 4, "IKS01": 4},
        {"IKL01": 4, "IKS01": 4, "kecamatan": "PESO", "kode_desa": "6501022001"},
        {"IKL01": 4, "IKS01": 4, "kabupaten": "MALINAU", "kode_desa": "6502012001"},
        {"IKL01": 0, "IKL02": 0, "IKS01": 5, "tahun": 2023},
        {"IKS02": None},
    )
    assert frame["status"].to_list() == ["MAJU", "MANDIRI", "MANDIRI", "MANDIRI", "MAJU", None]
    table = similar(frame, RUBRIC)
    weight = sum(2 if row.sifat == "statis" else 1 for row in RUBRIC.indikator)
    assert table.select("no", "urutan", "kode_desa_mirip", "jarak", "punya").rows() == [
        (0, 1, "6501022001", 9 / weight, ["IKL02 5", "IKL01 4"]),
        (0, 2, "6502012001", 9 / weight, ["IKL02 5", "IKL01 4"]),
        (0, 3, "6501012002", 11 / weight, ["IKL01 5", "IKL02 5"]),
    ]
    assert table["status_mirip"].unique().to_list() == ["MANDIRI"]


@settings(max_examples=10, deadline=None)
@given(st.integers(1, 40), st.integers(0, 2**32 - 1))
def test_similar_villages_are_those_of_a_plain_search(count: int, seed: int) -> None:
    frame = random_villages(count, seed)
    rows = frame.rows(named=True)
    names = [status.nama for status in RUBRIC.status]
    got = similar(frame, RUBRIC, most=2)
    weights = {row.kode: 2 if row.sifat == "statis" else 1 for row in RUBRIC.indikator}
    for no, row in enumerate(rows):
        near = sorted(
            (
                sum(weight * abs(row[kode] - other[kode]) for kode, weight in weights.items()),
                other["kabupaten"] != row["kabupaten"],
                other["kode_desa"] or "9",
                place,
            )
            for place, other in enumerate(rows)
            if other["tahun"] == row["tahun"] and names.index(other["status"]) == names.index(row["status"]) + 1
        )[:2]
        told = got.filter(no=no)
        assert told["jarak"].to_list() == [pytest.approx(one[0] / sum(weights.values())) for one in near]
        assert told["kode_desa_mirip"].to_list() == [rows[one[3]]["kode_desa"] for one in near]
        for one, has in zip(near, told["punya"], strict=True):
            other = rows[one[3]]
            ahead = {kode: (other[kode] - row[kode]) * UNITS[kode[:3]] for kode in RUBRIC.codes}
            best = sorted(
                (kode for kode in ahead if ahead[kode] > 0 and kode not in UNMOVABLE), key=lambda k: -ahead[k]
            )
            assert has.to_list() == [f"{kode} {other[kode]}" for kode in best[:6]]


def test_a_village_is_not_its_own_neighbour() -> None:
    frame = villages({"IKL01": 0, "IKL02": 0, "kode_desa": "6501012001"}, {"kode_desa": "6501012001"})
    assert similar(frame, RUBRIC).is_empty()


def test_nothing_scored_gives_empty_frames_with_their_columns() -> None:
    some = villages({"IKL01": 0, "IKL02": 0}, {})
    told = standing(some, RUBRIC)
    for nothing in (
        some.head(0),
        villages({"IKS02": None}),
        score(some.select("kode_desa", *PLACE, "desa", "tahun"), RUBRIC),
    ):
        none = standing(nothing, RUBRIC)
        pairs = [
            (deficits(some, RUBRIC), deficits(nothing, RUBRIC)),
            (told, none),
            (strengths(told, some, RUBRIC), strengths(none, nothing, RUBRIC)),
            (similar(some, RUBRIC), similar(nothing, RUBRIC)),
            (indicator_recap(some, RUBRIC, "kecamatan"), indicator_recap(nothing, RUBRIC, "kecamatan")),
        ]
        assert [(one.height, one.schema) for _, one in pairs] == [(0, full.schema) for full, _ in pairs]


def test_indicators_of_a_place_by_hand() -> None:
    """6300 − 8·140 − 60 = 5120: 18 units below MANDIRI, which either indicator alone makes up; 48 of IKS20 may not."""
    other = {"kabupaten": "MALINAU", "kode_desa": "6502012001"}
    frame = villages({"IKL01": 0, "IKL02": 3, "IKL03": 4, "IKS02": 0}, {"IKS20": 1}, other, {"IKS01": None})
    assert frame["idm_k"].to_list() == [5120, 6252, 6300, None]
    table = indicator_recap(frame, RUBRIC, "kabupaten")
    assert table.height == 100
    columns = ["kode", "jumlah_desa", "rata_skor", "desa_kurang", "desa_naik", "kurang", "tambahan_k", "tambahan"]
    assert table.filter(kabupaten="BULUNGAN").select(columns).head(6).rows() == [
        ("IKL01", 2, 2.5, 1, 1, 5, 700, 700 / 12600),
        ("IKL02", 2, 4.0, 1, 1, 2, 280, 280 / 12600),
        ("IKL03", 2, 4.5, 1, 1, 1, 140, 140 / 12600),
        ("IKS02", 2, 2.5, 1, 1, 5, 60, 60 / 12600),
        ("IKS20", 2, 3.0, 1, 0, 4, 48, 48 / 12600),
        ("IKS01", 2, 5.0, 0, 0, 0, 0, 0.0),
    ]
    assert table.filter(kabupaten="MALINAU").select("kode_kabupaten", "kurang").unique().rows() == [("6502", 0)]


def test_indicators_of_several_years_stay_apart() -> None:
    frame = villages({"IKS02": 0}, {"tahun": 2023}, {"IKS02": 0, "tahun": 2023})
    table = indicator_recap(frame, RUBRIC, "provinsi").filter(kode="IKS02")
    assert table.select("tahun", "jumlah_desa", "desa_kurang").rows() == [(2023, 2, 1), (2024, 1, 1)]


def test_mix_of_first_steps() -> None:
    steps = pl.DataFrame(
        [(0, 0, 1, "IKE06"), (0, 0, 2, "IKS14"), (0, 1, 1, "IKL03"), (1, 0, 1, "IKS14"), (2, 0, 1, "IKS14")],
        schema={"no": pl.UInt32, "pilihan": pl.Int32, "urutan": pl.Int32, "kode": pl.String},
        orient="row",
    )
    table = first_steps(steps, RUBRIC)
    assert table.drop("singkat").rows() == [
        ("IKS14", "IKS", 2, 2 / 3, 3, 1.0),
        ("IKE06", "IKE", 1, 1 / 3, 1, 1 / 3),
    ]
    assert first_steps(steps.head(0), RUBRIC).is_empty()


def test_gap_of_a_recap_in_points() -> None:
    """k = 167·12 + 46·35 + 9·140 = 4874: 264 units below MANDIRI, 22 points of IKS, 8 of IKE, 2 of IKL."""
    stated = {"iks_terbit": 167 / 175, "ike_terbit": 46 / 60, "ikl_terbit": 9 / 15}
    identity = {"kode_desa": "6501012001", **PLACE, "desa": "A", "tahun": 2024}
    full = dict.fromkeys(stated, 1.0)
    frame = pl.DataFrame([identity | stated, identity | full, identity | {"iks_terbit": None}])
    classified = classify(score_recap(frame, RUBRIC), RUBRIC)
    table = by_dimension(classified, RUBRIC)
    columns = ["no", "butuh_k", "dimensi", "poin", "kurang", "poin_naik", "tambahan_k", "tambahan"]
    assert table.select(columns).head(4).rows() == [
        (0, 264, "IKS", 167, 8, None, 96, 96 / 6300),
        (0, 264, "IKE", 46, 14, 8, 490, 490 / 6300),
        (0, 264, "IKL", 9, 6, 2, 840, 840 / 6300),
        (1, None, "IKS", 175, 0, None, 0, 0.0),
    ]
    assert table["keterangan"].to_list()[:4] == [
        "IKS 167 dari 175 poin, kurang 8; IKS saja tidak cukup untuk menjadi MANDIRI",
        "IKE 46 dari 60 poin, kurang 14; tambah 8 poin IKE saja cukup untuk menjadi MANDIRI",
        "IKL 9 dari 15 poin, kurang 6; tambah 2 poin IKL saja cukup untuk menjadi MANDIRI",
        "IKS sudah penuh (175 poin)",
    ]
    assert table.height == 6, "the village without figures has none"
    assert "50 indikator" in unknown_words(RUBRIC)[0]
