"""What the words of a printed row are: a description and its depth, the heading of a section, the foot of a page."""

import re
from typing import Final

from idmcli.budget.header import Header, Row
from idmcli.budget.layout import Layout
from idmcli.budget.text import tidy, words

_LEAD: Final = re.compile(r"^[\s\xa0]*")
_BULLET: Final = re.compile(r"^[\s\xa0]*(?:[-–•*]|[a-z]\)|\d{1,2}\)|[a-z]\.)\s+", re.IGNORECASE)
_NUMBERS: Final = frozenset(("a", "b", "c", "d", "i", "ii", "iii", "iv", "1", "2", "3", "4", "5", "6"))
_OF_SECTIONS: Final = ("4", "5", "6")
_SIGNERS: Final = re.compile(
    r"(?:a n |an |pj |pjs |plt |penjabat )?(?:kepala desa|kades|ketua (?:bpd|badan)|sekretaris desa|mengetahui|"
    r"menyetujui|disetujui|ditetapkan|disusun|dibuat)\b"
)


def described(row: Row, header: Header) -> tuple[str, int]:
    """The words of a row and how deep they stand: columns first, then spaces and bullets."""
    for depth, place in enumerate(header.words):
        if text := row[place]:
            spaces = len((_LEAD.match(text) or [""])[0].replace("\t", "    "))
            bullet = _BULLET.match(text)
            return tidy(text), depth * 100 + spaces + (1 if bullet else 0)
    return "", 0


def section_named(row: Row, folded: str, header: Header, layout: Layout) -> str | None:
    """The section that a row is the heading of; `folded` are the words of its description."""
    name = layout.sections.get(folded) or _numbered(row, folded, header, layout)
    if name is None and not folded:
        texts = [words(cell) for cell in row if cell]
        name = layout.sections.get(texts[0]) if len(texts) == 1 else None
    return name


def signs(text: str) -> bool:
    """Whether a text in the column of amounts is an office of a signature block."""
    return bool(_SIGNERS.match(words(text)))


def _numbered(row: Row, folded: str, header: Header, layout: Layout) -> str | None:
    """The section of a heading with a letter or number before it: `A. PENDAPATAN DESA`; not of a detail below one."""
    number, _, rest = folded.partition(" ")
    if number not in _NUMBERS or rest not in layout.sections:
        return None
    code = next((cell.strip() for place, _ in header.codes if (cell := row[place])), "")
    capitals = all(cell == cell.upper() for place in header.words if (cell := row[place]))
    heads = code.startswith(_OF_SECTIONS) or words(code) == number or (not code and capitals)
    return layout.sections[rest] if heads else None
