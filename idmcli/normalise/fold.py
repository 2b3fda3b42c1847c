"""The comparable form of a header or word: what remains when case, accents, punctuation and spaces do not count."""

import re
import unicodedata
from functools import lru_cache

_SEPARATORS = re.compile(r"[^0-9A-Z]+")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_YEAR_WORDS = re.compile(r"\b(?:(?:TAHUN|THN|TH) ?)?(?<!\d)20\d\d(?!\d)")


@lru_cache(maxsize=65536)
def spaced(text: str) -> str:
    """Upper case letters and digits, everything else one space: `Skor POS &\\nLogistik` → `SKOR POS LOGISTIK`."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(char for char in plain if not unicodedata.combining(char)).upper()
    return _SEPARATORS.sub(" ", plain).strip()


def key(text: str) -> str:
    """As `spaced`, without the spaces: `IKS_01`, `IKS 01` and `iks-01` are all `IKS01`."""
    return spaced(text).replace(" ", "")


@lru_cache(maxsize=65536)
def without_year(text: str) -> tuple[str, int | None]:
    """The spaced form without its year, and the year: `IKS_2024` and `IKS Tahun 2024` → (`IKS`, 2024).

    A text with no year, or with several, comes back whole with None.
    """
    folded = spaced(text)
    years = _YEAR.findall(folded)
    if len(years) != 1:
        return folded, None
    return " ".join(_YEAR_WORDS.sub(" ", folded).split()), int(years[0])


def years_in(text: str) -> tuple[int, ...]:
    """All years 2000–2099 in a text, in order."""
    return tuple(int(year) for year in _YEAR.findall(spaced(text)))


def tidy(text: str) -> str:
    """The text as typed on one line: line breaks, no-break and repeated spaces become one space."""
    return " ".join(text.split())
