"""Cells of a budget made comparable: words, amounts, volumes."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

MOST: Final = 10**15
"""More rupiah than any budget of a village, and few enough that sums stay within 64 bits."""

_FEWEST_WITH_SEN: Final = 1_000
"""Rupiah: below this nobody writes sen."""

_OTHER: Final = re.compile(r"[^0-9a-z]+")
_YEAR: Final = re.compile(r"\b(?:tahun |thn |ta )*20\d\d\b")
_UNITS: Final = re.compile(r"\b(?:dalam )?(?:rp|rupiah)\b")
_MARKS: Final = re.compile(r"[\s\xa0\u200b\ufeff]+")
_RUPIAH: Final = re.compile(r"^(?:rp\.?|idr)|(?:,-|\.-|,--)$", re.IGNORECASE)
_DOTS: Final = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?", re.ASCII)
_COMMAS: Final = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_PLAIN: Final = re.compile(r"\d+([.,]\d+)?(e\+?\d{1,2})?", re.ASCII | re.IGNORECASE)
_VOLUME: Final = re.compile(r"([\d.,]+)\s*(.*)", re.ASCII | re.DOTALL)
_NOTHING: Final = frozenset({"", "-", "--", "–", "—", "_", "nihil", "0"})


@lru_cache(maxsize=65536)
def words(text: str) -> str:
    """Lower case letters and digits, everything else one space: `SUB-BIDANG  Kesehatan:` → `sub bidang kesehatan`."""
    plain = unicodedata.normalize("NFKD", text)
    return _OTHER.sub(" ", "".join(char for char in plain if not unicodedata.combining(char)).lower()).strip()


@lru_cache(maxsize=16384)
def header_words(text: str) -> str:
    """As `words`, without year and unit: `ANGGARAN (Rp) TA 2025` → `anggaran`."""
    return " ".join(_UNITS.sub(" ", _YEAR.sub(" ", words(text))).split())


def tidy(text: str) -> str:
    """The text as typed, on one line."""
    return " ".join(text.split())


@dataclass(frozen=True)
class Amount:
    """A cell of money.

    Attributes:
        rupiah: the whole amount; None where the cell holds none.
        fault: `anggaran_bukan_angka` or `anggaran_negatif`, None for a good or empty cell.
        rounded: whether the cell had sen.
    """

    rupiah: int | None
    fault: str | None = None
    rounded: bool = False


EMPTY: Final = Amount(None)
NO_NUMBER: Final = Amount(None, "anggaran_bukan_angka")


@lru_cache(maxsize=65536)
def parse_amount(text: str, times: int = 1) -> Amount:
    """Rupiah as offices write them: `889.478.000`, `Rp 1.500.000,00`, `889478000.0`, `(1.000)` for less than nothing.

    Three digits behind a single mark are a thousand; zero and `-` are no amount. Sen round half up; `12.5` is no rupiah
    but a figure in thousands or millions that nothing announces.

    Args:
        text: the cell.
        times: what a table in thousands or millions multiplies by.
    """
    bare = _MARKS.sub("", text).lstrip("'’")
    bracketed = bare.startswith("(") and bare.endswith(")")
    bare = bare[1:-1] if bracketed else bare
    bare = bare.replace("−", "-")
    negative = bracketed or bare.startswith("-")
    bare = bare[1:] if bare.startswith("-") else bare
    bare = _RUPIAH.sub("", _RUPIAH.sub("", bare))
    bare = bare.strip("-") if bare.startswith("-") else bare
    if bare.lower() in _NOTHING:
        return EMPTY
    if _DOTS.fullmatch(bare):
        number = bare.replace(".", "").replace(",", ".")
    elif _COMMAS.fullmatch(bare):
        number = bare.replace(",", "")
    elif _PLAIN.fullmatch(bare):
        number = bare.replace(",", ".")
    else:
        return NO_NUMBER
    exact = Decimal(number) * times
    if exact >= MOST:
        return NO_NUMBER
    if exact < _FEWEST_WITH_SEN and exact != exact.to_integral_value():
        return NO_NUMBER
    rupiah = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    if not rupiah:
        return EMPTY
    if negative:
        return Amount(-rupiah, "anggaran_negatif")
    return Amount(rupiah, rounded=exact != rupiah)


@lru_cache(maxsize=16384)
def parse_volume(text: str) -> tuple[float | None, str | None]:
    """An output: `12 Bulan` → (12.0, `Bulan`), `1.250 m` → (1250.0, `m`), `2,5` → (2.5, None); words are all unit."""
    found = _VOLUME.fullmatch(tidy(text))
    if not found:
        return None, tidy(text) or None
    digits, unit = found[1].strip(".,"), found[2].strip() or None
    if _DOTS.fullmatch(digits):
        return float(digits.replace(".", "").replace(",", ".")), unit
    if _COMMAS.fullmatch(digits) and digits.count(",") > 1:
        return float(digits.replace(",", "")), unit
    if not _PLAIN.fullmatch(digits):
        return None, tidy(text)
    return float(digits.replace(",", ".")), unit
