"""Dates as an Indonesian document writes them out: `Sabtu`, `dua puluh satu`, `November`, `dua ribu dua puluh enam`."""

from datetime import date
from typing import Final, NamedTuple

MONTHS: Final = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
DAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
MOST: Final = 9999

_UNITS: Final = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_POWERS: Final = ((1000, "ribu"), (100, "ratus"), (10, "puluh"))


class DateWords(NamedTuple):
    """A date in words: day of the week, day, month and year, and `angka`, the same in digits (`21/11/2026`)."""

    hari: str
    tanggal: str
    bulan: str
    tahun: str
    angka: str


def number_words(n: int) -> str:
    """A whole number 0–9999 in words: `0` nol, `11` sebelas, `1100` seribu seratus.

    Raises:
        ValueError: the number lies outside.
    """
    if not 0 <= n <= MOST:
        raise ValueError(f"{n} lies outside 0–{MOST}")
    if n < len(_UNITS):
        return _UNITS[n]
    if 11 <= n <= 19:
        return "sebelas" if n == 11 else f"{_UNITS[n - 10]} belas"
    size, name = next((size, name) for size, name in _POWERS if n >= size)
    many, rest = divmod(n, size)
    head = f"se{name}" if many == 1 else f"{_UNITS[many]} {name}"
    return f"{head} {number_words(rest)}" if rest else head


def day_name(day: date) -> str:
    """`Senin` … `Minggu`."""
    return DAYS[day.weekday()]


def month_name(day: date) -> str:
    """`Januari` … `Desember`."""
    return MONTHS[day.month - 1]


def long_date(day: date) -> str:
    """`21 November 2026`."""
    return f"{day.day} {month_name(day)} {day.year}"


def date_words(day: date) -> DateWords:
    """A date as a berita acara opens with it."""
    return DateWords(
        hari=day_name(day),
        tanggal=number_words(day.day),
        bulan=month_name(day),
        tahun=number_words(day.year),
        angka=f"{day:%d/%m}/{day.year:04}",  # Word breaks a line at a hyphen, never at a slash
    )
