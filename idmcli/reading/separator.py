"""Which character separates the columns of a text."""

import re
from collections import Counter
from typing import Final

SEPARATORS: Final = (";", "\t", "|", ",")
"""In order of preference where two fit equally well: a comma is also the decimal mark."""
NAMES: Final = {";": "titik koma", "\t": "tab", "|": "garis tegak", ",": "koma"}
_LINES = 200
_QUOTED: Final = re.compile(r'"[^"]*"')
_DECLARED: Final = re.compile(rb'\A"?sep=(.)"?\r?(?:\n|\Z)', re.IGNORECASE | re.DOTALL)


def declared_separator(data: bytes) -> tuple[str | None, bytes]:
    """The separator of a first line `sep=;` and the text after it, as Excel opens it; None without one."""
    match = _DECLARED.match(data)
    if match is None or match[1].decode("latin-1") not in SEPARATORS:
        return None, data
    return match[1].decode("latin-1"), data[match.end() :]


def find_separator(data: bytes) -> str | None:
    """The separator that most of the first lines hold equally often outside quotes; None if no line holds any.

    Decimal commas do not fool it: the header has none of them, so the comma fits fewer lines than the true separator.
    """
    head = data[: 1 << 18].decode("utf-8", "replace")
    lines = [line for line in _QUOTED.sub("", head).splitlines()[:_LINES] if line.strip(" ")]
    best, most = None, 0
    for candidate in SEPARATORS:
        counts = Counter(line.count(candidate) for line in lines)
        counts.pop(0, None)
        fitting = max(counts.values(), default=0)
        if fitting > most:
            best, most = candidate, fitting
    return best
