"""Scores to indices, status, agreement and reasons, through `score`, `score_recap` and `explain`."""

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from idmcli.rubric import load_rubric
from idmcli.scoring import explain, score, score_recap

RUBRIC = load_rubric()
TYPES = dict.fromkeys(RUBRIC.codes, pl.Int8)


def villages(*rows: dict[str, object]) -> pl.DataFrame:
    """Villages with full scores but for what each row says."""
    full: dict[str, object] = {**dict.fromkeys(RUBRIC.codes, 5), "kode_desa": "6501012005", "tahun": 2024}
    return pl.DataFrame([{**full, **row} for row in rows], schema_overrides=TYPES)


def recapped(*points: tuple[int, int, int], **stated: object) -> pl.DataFrame:
    """Villages of a recap, from points out of 175, 60 and 15, printed with four decimals."""
    columns = {"iks_terbit": 175, "ike_terbit": 60, "ikl_terbit": 15}
    rows = [{name: round(n / most, 4) for n, (name, most) in zip(row, columns.items(), strict=True)} for row in points]
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.Float64)).with_columns(
        pl.lit(value).alias(name) for name, value in stated.items()
    )


# By hand: IKS 175 − 2·4 = 167, IKE 60 − 5 − 5 − 4 = 46, IKL 5 + 4 + 0 = 9;
# k = 167·12 + 46·35 + 9·140 = 2004 + 1610 + 1260 = 4874, IDM = 4874/6300 = 0.773651, between 0.7072 and 0.8155.
BY_HAND: dict[str, object] = {"IKS11": 1, "IKS12": 1, "IKE06": 0, "IKE07": 0, "IKE08": 1, "IKL02": 4, "IKL03": 0}


def test_village_computed_by_hand() -> None:
    row = score(villages(BY_HAND), RUBRIC).row(0, named=True)
    assert row["iks"] == 167 / 175
    assert row["ike"] == 46 / 60
    assert row["ikl"] == 9 / 15
    assert row["idm_k"] == 4874
    assert row["idm"] == pytest.approx(0.773650794, abs=5e-10)
    assert row["status"] == "MAJU"
    assert row["cocok"] is None
    assert row["alasan"] is None


@st.composite
def legal_scores(draw: st.DrawFn) -> dict[str, int]:
    return {row.kode: draw(st.sampled_from(row.allowed)) for row in RUBRIC.indikator}


@settings(max_examples=40, deadline=None)
@given(st.lists(legal_scores(), min_size=1, max_size=4))
def test_any_legal_scores_give_the_mean_of_three_sub_indices(rows: list[dict[str, int]]) -> None:
    scored = score(pl.DataFrame(rows, schema=TYPES), RUBRIC)
    thresholds = {row.nama: Fraction(row.ambang) for row in RUBRIC.status if row.ambang is not None}
    for scores, got in zip(rows, scored.iter_rows(named=True), strict=True):
        sums = {
            kode: [value for name, value in scores.items() if name.startswith(kode)] for kode in ("IKS", "IKE", "IKL")
        }
        shares = [Fraction(sum(values), 5 * len(values)) for values in sums.values()]
        idm = sum(shares, Fraction(0)) / 3
        passed = [name for name, threshold in thresholds.items() if idm > threshold]
        assert Fraction(got["idm_k"], 6300) == idm
        assert [got["iks"], got["ike"], got["ikl"], got["idm"]] == [float(value) for value in (*shares, idm)]
        assert got["status"] == (passed[-1] if passed else "SANGAT TERTINGGAL")


EDGES = [  # points of IKS, IKE, IKL that give exactly the last integer below a threshold and the first above it
    (3091, "SANGAT TERTINGGAL"),
    (3092, "TERTINGGAL"),
    (3773, "TERTINGGAL"),
    (3774, "BERKEMBANG"),
    (4455, "BERKEMBANG"),
    (4456, "MAJU"),
    (5137, "MAJU"),
    (5138, "MANDIRI"),
]


@pytest.mark.parametrize(("k", "status"), EDGES)
def test_status_turns_at_the_official_integer(k: int, status: str) -> None:
    points = next(
        (iks, ike, ikl)
        for ikl in range(16)
        for ike in range(8, 61)
        for iks in range(60, 176)
        if iks * 12 + ike * 35 + ikl * 140 == k
    )
    row = score_recap(recapped(points), RUBRIC).row(0, named=True)
    assert (row["idm_k"], row["status"]) == (k, status)


def test_rows_that_cannot_be_scored_stay_with_the_reason() -> None:
    desa = villages({}, {"IKS01": None, "IKE05": None}, {"IKS02": 3}, {"IKS01": None, "IKL01": 1}, BY_HAND)
    scored = score(desa, RUBRIC)
    assert scored["alasan"].to_list() == [
        None,
        "Skor kosong: IKS01, IKE05",
        "Skor tidak berlaku: IKS02 = 3 (yang berlaku 0, 5)",
        "Skor kosong: IKS01. Skor tidak berlaku: IKL01 = 1 (yang berlaku 0, 2, 3, 4, 5)",
        None,
    ]
    assert scored["idm_k"].to_list() == [6300, None, None, None, 4874]
    unscored = scored.filter(pl.col("alasan").is_not_null()).select("iks", "ike", "ikl", "idm", "status", "cocok")
    assert unscored.null_count().sum_horizontal().item() == 6 * 3
    assert scored.select(desa.columns).equals(desa)


def test_missing_columns_and_empty_rows_and_no_rows_have_their_say() -> None:
    without = score(villages({}, {}).drop("IKS34", "IKS35"), RUBRIC)
    assert without["alasan"].to_list() == ["Skor kosong: IKS34, IKS35"] * 2
    empty: dict[str, object] = dict.fromkeys(RUBRIC.codes)
    assert score(villages(empty), RUBRIC)["alasan"].to_list() == ["Semua skor kosong"]
    assert score(pl.DataFrame({"kode_desa": ["1"]}), RUBRIC)["alasan"].to_list() == ["Semua skor kosong"]
    assert score(villages({}).clear(), RUBRIC).height == 0


PUBLISHED = {
    "iks_terbit": 0.9543,
    "ike_terbit": 0.7667,
    "ikl_terbit": 0.6,
    "idm_terbit": 0.7737,
    "status_terbit": "Maju",
}


@pytest.mark.parametrize(
    ("stated", "agrees"),
    [
        (PUBLISHED, True),
        ({**PUBLISHED, "ikl_terbit": 0.6667}, False),
        ({**PUBLISHED, "iks_terbit": 0.9544}, False),
        ({**PUBLISHED, "idm_terbit": 0.77376}, True),  # mean of rounded sub-indices
        ({**PUBLISHED, "idm_terbit": 0.7735}, False),
        ({**PUBLISHED, "status_terbit": "MANDIRI"}, False),
        ({"idm_terbit": 4874 / 6300}, True),
        ({"ikl_terbit": 0.6, "idm_terbit": None}, True),
        ({"status_terbit": "MAJU"}, True),
        ({"iks_terbit": None, "status_terbit": None}, None),
    ],
)
def test_stated_figures_agree_within_what_their_printing_allows(stated: dict[str, object], agrees: bool | None) -> None:
    types = {name: pl.String if name == "status_terbit" else pl.Float64 for name in stated}
    desa = villages(BY_HAND).with_columns(
        pl.lit(value, dtype=types[name]).alias(name) for name, value in stated.items()
    )
    assert score(desa, RUBRIC)["cocok"].to_list() == [agrees]


def test_a_sub_index_agrees_within_the_half_unit_that_rounding_needs() -> None:
    """171/175 = 0.9771429 is printed 0.9771: three sevenths of a unit, the most that rounding moves a 175th."""
    rows: list[dict[str, object]] = [{"IKS11": 1, "iks_terbit": printed} for printed in (0.9770, 0.9771, 0.9772)]
    assert score(villages(*rows), RUBRIC)["cocok"].to_list() == [False, True, False]


def test_a_round_value_is_judged_by_the_printing_of_its_file() -> None:
    """0.9 beside 0.9543 has four decimals: two points off in IKE are not forgiven."""
    rows = [{**BY_HAND, "berkas": name, "ike_terbit": ike} for name in ("a", "b") for ike in (0.9, 0.7667)]
    coarse = {"berkas": "c", **BY_HAND, "ike_terbit": 0.77}
    assert score(villages(*rows, coarse), RUBRIC)["cocok"].to_list() == [False, True, False, True, True]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(28, 175), st.integers(9, 60), st.integers(0, 15)), min_size=1, max_size=30))
def test_published_sub_indices_give_back_their_points(points: list[tuple[int, int, int]]) -> None:
    scored = score_recap(recapped(*points), RUBRIC)
    assert scored["alasan"].null_count() == len(points), scored["alasan"].to_list()
    assert scored["idm_k"].to_list() == [12 * iks + 35 * ike + 140 * ikl for iks, ike, ikl in points]


def test_recap_compares_with_the_stated_idm_and_status() -> None:
    desa = recapped((167, 46, 9), idm_terbit=0.7737, status_terbit="MAJU")
    assert score_recap(desa, RUBRIC)["cocok"].to_list() == [True]
    assert score_recap(desa.with_columns(idm_terbit=0.7637), RUBRIC)["cocok"].to_list() == [False]
    assert score_recap(desa.with_columns(status_terbit=pl.lit("MANDIRI")), RUBRIC)["cocok"].to_list() == [False]


def test_recap_names_what_cannot_be_snapped() -> None:
    desa = recapped((167, 46, 9), (167, 46, 9), (167, 46, 9), (167, 46, 9)).with_columns(
        iks_terbit=pl.Series([0.983, 0.9543, None, 0.0]), ikl_terbit=pl.Series([0.6, 0.65, 0.6, 1.2])
    )
    scored = score_recap(desa, RUBRIC)
    assert scored["alasan"].to_list() == [
        "IKS 0,983 bukan kelipatan 1/175 (terdekat 0,98286)",
        "IKL 0,65 bukan kelipatan 1/15 (terdekat 0,66667)",
        "IKS kosong",
        "IKS 0,0 tidak mungkin: nilai terkecil 0,16, terbesar 1. IKL 1,2 tidak mungkin: nilai terkecil 0, terbesar 1",
    ]
    assert scored["idm_k"].null_count() == 4
    coarse = recapped((170, 45, 9)).with_columns(iks_terbit=0.97)  # two decimals could be 169, 170 or 171 of 175
    assert score_recap(coarse, RUBRIC)["alasan"].to_list() == ["IKS 0,97 bukan kelipatan 1/175 (terdekat 0,97143)"]
    nothing = score_recap(pl.DataFrame({"kode_desa": ["6501012005"]}), RUBRIC)
    assert nothing["alasan"].to_list() == ["IKS kosong. IKE kosong. IKL kosong"]


def test_explanation_of_the_village_computed_by_hand() -> None:
    desa = villages({**BY_HAND, "jumlah_paud": 0.0}).with_columns(idm_terbit=pl.lit(0.7737))
    told = explain(score(desa, RUBRIC).row(0, named=True), RUBRIC)
    assert (told.k, told.skala, told.status, told.cocok) == (4874, 6300, "MAJU", True)
    assert [(line.poin, line.maksimum, line.satuan) for line in told.dimensi] == [
        (167, 175, 2004),
        (46, 60, 1610),
        (9, 15, 1260),
    ]
    paud = next(line for line in told.dimensi[0].indikator if line.kode == "IKS11")
    assert [(answer.nama, answer.isi) for answer in paud.jawaban] == [("jumlah_paud", 0.0)]
    assert (paud.skor, paud.satuan, paud.tambahan) == (1, 12, 48)
    assert paud.syarat == RUBRIC.by_code["IKS11"].row(1).syarat
    assert told.naik is not None
    assert (told.naik.status, told.naik.satuan, told.naik.poin) == ("MANDIRI", 264, {"IKS": None, "IKE": 8, "IKL": 2})
    assert told.turun is not None
    assert (told.turun.status, told.turun.satuan) == ("BERKEMBANG", 419)
    assert told.turun.poin == {"IKS": 35, "IKE": 12, "IKL": 3}
    assert told.terbit == {"idm_terbit": 0.7737}
    assert {reference.kode for reference in told.acuan} >= {"sop-idm-2020"}


def test_explanation_of_a_recap_row_and_of_a_row_without_figures() -> None:
    recap = explain(score_recap(recapped((175, 60, 15)), RUBRIC).row(0, named=True), RUBRIC)
    assert (recap.k, recap.naik) == (6300, None)
    assert all(line.indikator == () for line in recap.dimensi)
    missing = explain(score(villages({"IKS02": 3}), RUBRIC).row(0, named=True), RUBRIC)
    assert (missing.k, missing.status, missing.naik, missing.turun) == (None, None, None, None)
    assert missing.alasan == "Skor tidak berlaku: IKS02 = 3 (yang berlaku 0, 5)"
    assert missing.dimensi[0].indikator[1].skor is None
