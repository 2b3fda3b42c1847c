"""Village codes as they are typed: ten digits, whatever a spreadsheet or a typist did to them.

A Kemendagri code is PP KK CC DDDD (province, kabupaten, kecamatan, village), a BPS code PP KK CCC DDD: both have ten
digits, so the form alone does not tell them apart; `places` does, by the names beside them.
"""

import re
from decimal import Decimal, InvalidOperation
from typing import Final

import polars as pl

CODE_LENGTH: Final = 10
_TEN_DIGITS: Final = r"^\d{10}$"
_FLOAT: Final = r"^(\d{10})\.0+$"
_DOTTED: Final = r"^(\d\d)\.(\d\d)\.(\d\d)\.(\d{4})$"
_EXPONENT = re.compile(r"\d([.,]\d+)?[eE]\+?\d{1,2}")
_SEPARATORS = re.compile(r"[\s.,\-/\u200b\ufeff]+")
_DECIMAL = re.compile(r"\d+[.,](\d{1,3}|\d{5,})")
_ZERO_DECIMALS = re.compile(r"[.,]0+$")
_FEWEST_EXACT_DIGITS: Final = CODE_LENGTH - 1


def parse_code(text: str) -> str | None:
    """Ten digits, or None.

    Understood: `6501012005`, `65.01.01.2005`, `65 01 01 2005`, `'6501012005`, `6501012005.0`, `6.501.012.005`,
    `6.501012005E9`. No code is guessed where digits are lost (`6,50101E+09`) or stand behind a decimal mark.
    """
    bare = text.strip().lstrip("'’`").strip()
    if _EXPONENT.fullmatch(bare):
        return _from_exponent(bare.replace(",", "."))
    if _DECIMAL.fullmatch(bare):
        bare = _ZERO_DECIMALS.sub("", bare)
    for candidate in (bare, _ZERO_DECIMALS.sub("", bare)):
        digits = _SEPARATORS.sub("", candidate)
        if len(digits) == CODE_LENGTH and digits.isascii() and digits.isdigit():
            return None if _DECIMAL.fullmatch(candidate) else digits
    return None


def parse_codes(texts: pl.Series) -> pl.Series:
    """A String column of codes: ten digits or null."""
    if texts.str.contains(_TEN_DIGITS).all():
        return texts
    # the two common forms for the whole column at once: text by text costs a second on a national file
    usual = texts.str.replace(_FLOAT, "$1").str.replace(_DOTTED, "${1}${2}${3}${4}")
    typed = usual.filter(~usual.str.contains(_TEN_DIGITS).fill_null(value=True)).unique().to_list()
    if not typed:
        return usual
    found = {text: parse_code(text) for text in typed}
    return usual.replace_strict(found, default=usual, return_dtype=pl.String)


def join_code(province: str, kabupaten: str, kecamatan: str, desa: str) -> str | None:
    """The code whose levels stand in up to four columns, each alone (`65`, `01`, `01`, `2005`) or with those above it.

    An empty level is one that the next one holds: `6501.01` and `2005`. Lost leading zeros of kabupaten and kecamatan
    are put back; three digits each for kecamatan and village are BPS.
    """
    own = ""
    for level, width in ((province, (2,)), (kabupaten, (2,)), (kecamatan, (2, 3)), (desa, (4, 3))):
        digits = _SEPARATORS.sub("", _ZERO_DECIMALS.sub("", level.strip().lstrip("'’`")))
        if not digits:
            continue
        if not digits.isascii() or not digits.isdigit():
            return None
        if len(digits) > max(width) and digits.startswith(own):
            own = digits
        elif len(digits) in width:
            own += digits
        elif len(digits) == 1 and len(own) in {2, 4}:
            own += digits.zfill(2)
        else:
            return None
    return own if len(own) == CODE_LENGTH else None


def _from_exponent(text: str) -> str | None:
    """Scientific notation, if it still holds all digits of a code."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if number != number.to_integral_value() or len(number.as_tuple().digits) < _FEWEST_EXACT_DIGITS:
        return None
    digits = str(int(number))
    return digits if len(digits) == CODE_LENGTH else None
