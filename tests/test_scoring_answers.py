"""Raw answers to scores, through `scores_from_answers`."""

from collections.abc import Mapping
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from idmcli.rubric import load_rubric
from idmcli.rubric.model import Bounds
from idmcli.scoring import score, scores_from_answers

RUBRIC = load_rubric()


def scored(kode: str, answers: Mapping[str, object]) -> int | None:
    """The score of one indicator of a village that gave these answers."""
    types = {name: pl.String if isinstance(value, str) else pl.Float64 for name, value in answers.items()}
    score: int | None = scores_from_answers(pl.DataFrame([answers], schema=types), RUBRIC)[kode].item()
    return score


@pytest.mark.parametrize(
    ("kode", "answers", "expected"),
    [
        ("IKS01", {"waktu_sarkes": 30}, 5),
        ("IKS01", {"waktu_sarkes": 30.5}, 4),
        ("IKS01", {"waktu_sarkes": 121}, 1),
        ("IKS04", {"jumlah_nakes_lain": 4}, 4),
        ("IKS05", {"peserta_bpjs": 225, "jumlah_penduduk": 900}, 2),
        ("IKS05", {"peserta_bpjs": 226, "jumlah_penduduk": 900}, 3),
        ("IKS05", {"peserta_bpjs": 90, "jumlah_penduduk": 900}, 2),
        ("IKS05", {"peserta_bpjs": 10, "jumlah_penduduk": 0}, None),
        ("IKS05", {"peserta_bpjs": -1, "jumlah_penduduk": 900}, None),
        ("IKS05", {"peserta_bpjs": None, "jumlah_penduduk": 900}, None),
        ("IKS07", {"posyandu_aktif": 0, "posyandu": 0}, 1),
        ("IKS07", {"posyandu_aktif": None, "posyandu": 0}, 1),
        ("IKS07", {"posyandu_aktif": -1, "posyandu": 0}, None),
        ("IKS09", {"jarak_smp": 12000}, 2),
        ("IKS15", {"gotong_royong": "ada"}, 5),
        ("IKS15", {"gotong_royong": "kadang"}, None),
        ("IKS25", {"konflik": "ada"}, 1),
        ("IKS28", {"kk_listrik": 54, "jumlah_kk": 90}, 3),  # 0.6 exactly: 54/90 < 0.6 as floats would be a guess
        ("IKS28", {"kk_listrik": 53, "jumlah_kk": 90}, 2),
        ("IKS29", {"sinyal_telepon": "lemah"}, 3),
        ("IKE01", {"industri_mikro": 3, "jumlah_kk": 3000}, 3),
        ("IKE01", {"industri_mikro": 4, "jumlah_kk": 1000}, 5),
        ("IKE01", {"industri_mikro": 0, "jumlah_kk": 400}, 1),
        ("IKE03", {"jumlah_kk": 400, "jumlah_pasar": 0}, 1),
        ("IKE03", {"jumlah_kk": 499, "jumlah_pasar": 2}, 3),
        ("IKE03", {"jumlah_kk": 500, "jumlah_pasar": 2}, 5),
        ("IKE09", {"koperasi_aktif": 1, "bum_desa": 1}, 5),
        ("IKE09", {"koperasi_aktif": 1, "bum_desa": None}, None),
        ("IKE09", {"koperasi_aktif": -1, "bum_desa": 2}, None),
        ("IKL01", {"jenis_pencemaran": 4}, 0),
        ("IKL02", {"jenis_bencana": float("nan")}, None),
    ],
)
def test_answers_by_hand(kode: str, answers: dict[str, object], expected: int | None) -> None:
    assert scored(kode, answers) == expected


def holds(bounds: Bounds, answer: Fraction) -> bool:
    above = bounds.bawah is None or answer > bounds.bawah or (bounds.bawah_termasuk and answer == bounds.bawah)
    below = bounds.atas is None or answer < bounds.atas or (bounds.atas_termasuk and answer == bounds.atas)
    return above and below


@pytest.mark.parametrize("kode", [row.kode for row in RUBRIC.indikator if row.jawaban.jenis == "rasio"])
def test_ratios_are_exact_on_and_beside_every_bound(kode: str) -> None:
    indicator = RUBRIC.by_code[kode]
    upper, lower = (variable.nama for variable in indicator.jawaban.variabel)
    bounds = [(row.skor, row.batas) for row in indicator.skor if row.batas is not None]
    edges = {edge for _, bound in bounds for edge in (bound.bawah, bound.atas) if edge}
    pairs = [
        (int(edge * count) + step, count)
        for edge in edges
        for count in (*range(1, 200), *range(200, 3001, 50), 999_999)
        for step in (-1, 0, 1)
    ]
    pairs = [(part, whole) for part, whole in pairs if part >= 0]
    desa = pl.DataFrame(pairs, schema={upper: pl.Float64, lower: pl.Float64}, orient="row")
    expected = [next(skor for skor, bound in bounds if holds(bound, Fraction(*pair))) for pair in pairs]
    found = scores_from_answers(desa, RUBRIC)[kode].to_list()
    wrong = [row for row in zip(pairs, expected, found, strict=True) if row[1] != row[2]]
    assert (len(pairs) > 500, wrong) == (True, [])


SINGLE = [row for row in RUBRIC.indikator if row.jawaban.jenis in {"angka", "jumlah"}]


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_numbers_and_sums_fall_into_the_bounds_that_hold_them(data: st.DataObject) -> None:
    """On a bound, a thousandth beside it, and anywhere."""
    indicator = data.draw(st.sampled_from(SINGLE), label="indicator")
    bounds = [(row.skor, row.batas) for row in indicator.skor if row.batas is not None]
    edges = [Fraction(edge) for _, bound in bounds for edge in (bound.bawah, bound.atas) if edge is not None]
    beside = st.tuples(st.sampled_from(edges), st.integers(-1, 1)).map(
        lambda pair: abs(pair[0] + Fraction(pair[1], 1000))
    )
    number = beside | st.integers(0, 20_000_000).map(lambda n: Fraction(n, 1000))
    names = [variable.nama for variable in indicator.jawaban.variabel]
    answers = [data.draw(number if len(names) == 1 else st.integers(0, 4).map(Fraction)) for _ in names]
    expected = [skor for skor, bound in bounds if holds(bound, sum(answers, Fraction(0)))]
    typed = {name: float(answer) for name, answer in zip(names, answers, strict=True)}
    assert expected, f"{indicator.kode}: no bounds hold {typed}"
    assert [scored(indicator.kode, typed)] == expected, (indicator.kode, typed)


def test_every_word_of_every_choice_is_scored() -> None:
    for indicator in RUBRIC.indikator:
        for row in indicator.skor:
            for word in row.pilihan:
                assert scored(indicator.kode, {indicator.jawaban.variabel[0].nama: word}) == row.skor, word


def test_a_stated_score_counts_only_where_the_answer_is_absent() -> None:
    desa = pl.DataFrame(
        {
            "jumlah_dokter": pl.Series([1.0, None, -1.0]),
            "IKS02": pl.Series([0, 0, 0], dtype=pl.Int8),
            "IKS03": pl.Series([1, 5, None], dtype=pl.Int8),
        }
    )
    result = scores_from_answers(desa, RUBRIC)
    assert result["IKS02"].to_list() == [5, 0, None]
    assert result["IKS03"].to_list() == [1, 5, None]
    assert result["IKL01"].to_list() == [None, None, None]
    assert {result[kode].dtype for kode in RUBRIC.codes} == {pl.Int8()}


def test_the_reason_says_what_became_of_an_answer() -> None:
    full = {kode: pl.Series([5, 5], dtype=pl.Int8) for kode in RUBRIC.codes if kode not in {"IKS02", "IKS15", "IKL01"}}
    desa = pl.DataFrame(
        {**full, "jumlah_dokter": [None, -1.0], "gotong_royong": ["ada", "kadang"], "jenis_pencemaran": [0.0, 0.0]}
    )
    result = score(scores_from_answers(desa, RUBRIC), RUBRIC)
    assert result["alasan"].to_list() == [
        "Skor kosong: IKS02 (jawaban kosong)",
        "Skor kosong: IKS02 (jawaban tidak dapat diskor), IKS15 (jawaban tidak dapat diskor)",
    ]
