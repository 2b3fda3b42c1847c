"""Numbers and codes survive every way of typing them."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from idmcli.normalise.codes import join_code, parse_code, parse_codes
from idmcli.normalise.numbers import parse_numbers, parse_scores
from idmcli.normalise.vocabulary import load_vocabulary

QUICK = settings(deadline=None, max_examples=50)
WORDS = load_vocabulary()
CODES = st.from_regex(r"[1-9][0-9]{4}[1-9][123][0-9]{2}[1-9]", fullmatch=True)
INDICES = st.integers(0, 10_000).map(lambda n: n / 10_000)


def texts(*cells: str | None) -> pl.Series:
    return pl.Series("x", list(cells), dtype=pl.String)


def read(*cells: str | None, counts: bool = False, percent: bool = False) -> list[float | None]:
    return parse_numbers(texts(*cells), WORDS, counts=counts, percent=percent).values.to_list()


def grouped(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


@QUICK
@given(st.lists(INDICES, min_size=1, max_size=8), st.sampled_from([".", ","]), st.sampled_from(["", " ", "\u00a0"]))
def test_indices_in_either_decimal_mark(numbers: list[float], mark: str, space: str) -> None:
    typed = [f"{space}{number:.4f}{space}".replace(".", mark) for number in numbers]
    assert read(*typed) == numbers


@QUICK
@given(st.lists(INDICES, min_size=1, max_size=8))
def test_percentages_are_fractions_of_one_for_indices_only(numbers: list[float]) -> None:
    typed = [f"{100 * number:.2f} %".replace(".", ",") for number in numbers]
    assert read(*typed, percent=True) == pytest.approx(numbers, abs=1e-12)
    assert read(*typed) == [None] * len(typed)


@QUICK
@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=8), st.sampled_from([".", ","]))
def test_counts_with_thousands_marks(numbers: list[int], mark: str) -> None:
    assert read(*(grouped(number, mark) for number in numbers), counts=True) == numbers


@QUICK
@given(st.lists(st.integers(1000, 10**9), min_size=1, max_size=8))
def test_counts_with_thousands_dots_and_decimal_comma(numbers: list[int]) -> None:
    assert read(*(f"{grouped(number, '.')},5" for number in numbers), counts=True) == [n + 0.5 for n in numbers]


@pytest.mark.parametrize(
    ("cells", "counts", "want"),
    [
        (["1.250"], False, [1.25]),
        (["1.250"], True, [1250.0]),
        (["1.250", "0.5"], True, [1.25, 0.5]),
        (["1.250", "7,5"], True, [1250.0, 7.5]),
        (["1,250", "7,5"], True, [1.25, 7.5]),
        (["889.478.000", "0.250"], True, [889478000.0, 0.25]),
        (["1,250,000.5"], True, [1250000.5]),
        (["'5", "+5", "−0,03", "-0.03"], False, [5.0, 5.0, -0.03, -0.03]),
        (["-", "–", "n/a", "Kosong", " ", "NaN", "#N/A"], False, [None] * 7),
        (["1.25.5", "1,2,3", "5 (lima)", "inf", "1.250.00", "--5"], False, [None] * 6),
    ],
)
def test_numbers_by_hand(cells: list[str], counts: bool, want: list[float | None]) -> None:
    assert read(*cells, counts=counts) == want


def test_what_was_assumed_is_said_only_where_it_mattered() -> None:
    assert parse_numbers(texts("0.5", "1", None), WORDS).assumptions == ()
    assert len(parse_numbers(texts("1.250", "3"), WORDS, counts=True).assumptions) == 1
    assert len(parse_numbers(texts("0,5"), WORDS).assumptions) == 1


def test_scores_are_small_whole_numbers() -> None:
    got = parse_scores(texts("5", "3.0", "4,0", " 2", "7", "3.5", "1000", None, "x"), WORDS)
    assert got.dtype == pl.Int8
    assert got.to_list() == [5, 3, 4, 2, 7, None, None, None, None]


@QUICK
@given(CODES)
def test_a_code_survives_every_form(code: str) -> None:
    parts = (code[:2], code[2:4], code[4:6], code[6:])
    forms = [code, f"{code}.0", f"{code},00", f"'{code}", f" {code}\u00a0", ".".join(parts), " ".join(parts)]
    forms += [f"{code[0]}.{code[1:]}E9", f"{code[0]},{code[1:]}e+09", grouped(int(code), ".")]
    assert [parse_code(form) for form in forms] == [code] * len(forms)
    assert parse_codes(texts(*forms, None)).to_list() == [*[code] * len(forms), None]
    assert join_code(*parts) == join_code(parts[0], code[:4], code[:6], code) == code
    assert join_code(parts[0], str(int(parts[1]) or "00"), parts[2], parts[3]) in {code, None}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "65010120",
        "6,50101E+09",
        "650101200.0",
        "65010120051",
        "6501012005 (baru)",
        "6501012.005",
        "٦٥٠١٠١٢٠٠٥",
    ],
)
def test_no_code_is_guessed(text: str) -> None:
    assert parse_code(text) is None


@QUICK
@given(st.text(max_size=30))
def test_any_text_is_ten_digits_or_none(text: str) -> None:
    code = parse_code(text)
    assert code is None or (len(code) == 10 and code.isascii() and code.isdigit())
    assert parse_codes(texts(text)).to_list() == [code]


@QUICK
@given(st.lists(st.one_of(st.none(), st.text(max_size=12), st.from_regex(r"[-+0-9.,% ]{0,9}")), max_size=6))
def test_any_column_gives_finite_numbers_or_null(cells: list[str | None]) -> None:
    for counts in (False, True):
        values = parse_numbers(texts(*cells), WORDS, counts=counts, percent=True).values
        assert len(values) == len(cells)
        assert values.drop_nulls().is_finite().all()
