"""Numbers and dates in Indonesian words, against num2words and the calendar of the standard library."""

from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idmcli.calendar import DateWords, date_words, long_date, number_words
from idmcli.words import whole

DAYS = {0: "Minggu", 1: "Senin", 2: "Selasa", 3: "Rabu", 4: "Kamis", 5: "Jumat", 6: "Sabtu"}
MONTHS = [
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
]


@cache
def spoken(n: int) -> str:
    """The independent computation."""
    num2words: Any = pytest.importorskip("num2words", reason="num2words is not installed")
    return str(num2words.num2words(n, lang="id"))


def test_every_number_that_a_date_can_hold() -> None:
    wrong = [(n, number_words(n), spoken(n)) for n in range(10_000) if number_words(n) != spoken(n)]
    assert not wrong, wrong[:5]


@pytest.mark.parametrize("n", [-1, 10_000])
def test_other_numbers_are_refused(n: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        number_words(n)


def test_every_day_of_leap_and_common_years() -> None:
    day, last = date(2015, 1, 1), date(2040, 12, 31)
    while day <= last:
        told = date_words(day)
        expected = DateWords(
            DAYS[int(day.strftime("%w"))],
            spoken(day.day),
            MONTHS[int(day.strftime("%m")) - 1],
            spoken(day.year),
            day.strftime("%d/%m/%Y"),
        )
        assert told == expected, day
        day += timedelta(1)


def test_a_known_day() -> None:
    day = date(2026, 11, 21)
    assert date_words(day) == ("Sabtu", "dua puluh satu", "November", "dua ribu dua puluh enam", "21/11/2026")
    assert long_date(day) == "21 November 2026"
    assert date_words(date(2024, 2, 29))[:2] == ("Kamis", "dua puluh sembilan")


@given(st.dates())
def test_digits_and_words_say_the_same_day(day: date) -> None:
    told = date_words(day)
    assert told.angka == f"{day.day:02}/{day.month:02}/{day.year:04}"
    assert (told.tanggal, told.tahun) == (spoken(day.day), spoken(day.year))


def test_amounts_below_zero_carry_a_minus_and_not_a_hyphen() -> None:
    assert [whole(number) for number in (-2_000_000, 0, 75_265)] == ["−2.000.000", "0", "75.265"]
