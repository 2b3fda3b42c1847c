"""Names and lists as a narrative writes them."""

import re
from collections.abc import Sequence
from typing import Final

_KEPT: Final = re.compile(r"(?:DKI|DI|[IVX]+)")
"""Words that keep their capitals: Daerah Istimewa, Daerah Khusus Ibukota, Roman numbers."""
_LETTERS: Final = re.compile(r"[^\W\d_]+")


def titled(name: str | None, otherwise: str) -> str:
    """`TANA TIDUNG` → `Tana Tidung`; a name typed with small letters stays as it was; `otherwise` for none."""
    if not name or not name.strip():
        return otherwise
    if name != name.upper():
        return name.strip()
    return _LETTERS.sub(lambda word: _cased(name, word), name.strip())


def _cased(name: str, word: re.Match[str]) -> str:
    text = word.group()
    glued = word.start() > 0 and name[word.start() - 1] in "'’`"
    if glued:
        return text.lower() if len(text) < 3 else text.capitalize()
    return text if _KEPT.fullmatch(text) else text.capitalize()


def status_name(nama: str) -> str:
    """`SANGAT TERTINGGAL` → `Sangat Tertinggal`."""
    return nama.title()


def enumerated(items: Sequence[str]) -> str:
    """`a`, `a dan b`, `a, b, dan c`."""
    if len(items) < 3:
        return " dan ".join(items)
    return f"{', '.join(items[:-1])}, dan {items[-1]}"


def begun(text: str) -> str:
    """A sentence with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]
