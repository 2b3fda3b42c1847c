"""The ladder of statuses as a picture: where a village stands, where it wants to, and how far that is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import floor
from typing import Final

from idmcli.documents.svg import FONT, INK, hatch, line, picture, polygon, rect, text, text_width

LIGHT: Final = "#e9e9e9"
DARK: Final = "#222222"
EDGE: Final = "#555555"

LEAST: Final = 0.4
"""IDM at the left edge of the stairs; further left only for a village so low that its words need the room."""
ROOM: Final = 0.115
WIDE: Final = 720.0
BASE: Final = 148.0
FIRST: Final = 35.0
RISE: Final = 12.0
ARROW: Final = 46.0
NAME_SIZE: Final = 11.5
NARROW: Final = 360.0


@dataclass(frozen=True)
class LadderStep:
    """A status: it begins at the IDM `mulai` (0 for the lowest), printed as `kata` (empty for the lowest)."""

    nama: str
    mulai: float
    kata: str


@dataclass(frozen=True)
class Ladder:
    """What the picture shows.

    Attributes:
        tangga: the statuses from the lowest up.
        idm: where the village stands (0–1); None draws the ladder alone.
        tujuan: name of the status it wants; None where it wants none.
        sesudah: IDM when the steps are done; None without steps.
        kata_idm, kata_sekarang: written beside the village's mark, two lines.
        kata_hasil, kata_sesudah: written beside the mark of `sesudah`, two lines.
        kata: the whole picture in words.
    """

    tangga: Sequence[LadderStep]
    idm: float | None
    tujuan: str | None
    sesudah: float | None
    kata_idm: str
    kata_sekarang: str
    kata_hasil: str
    kata_sesudah: str
    kata: str

    def rank(self, idm: float | None) -> int | None:
        """Which step an IDM stands on, counted from the lowest."""
        return None if idm is None else max(0, sum(idm >= step.mulai for step in self.tangga) - 1)


def staircase(ladder: Ladder, *, font: str = FONT) -> str:
    """The ladder as stairs to scale, 720 × 166: for paper and wide screens."""
    least = LEAST
    if ladder.idm is not None and ladder.idm < LEAST + ROOM:
        least = max(0.0, floor((ladder.idm - ROOM) * 20) / 20)

    def place(idm: float) -> float:
        return 1 + (max(idm, least) - least) / (1 - least) * (WIDE - 2)

    edges = [*(place(step.mulai) for step in ladder.tangga), place(1.0)]
    parts = []
    for rank, step in enumerate(ladder.tangga):
        parts += _tread(ladder, rank, edges[rank], edges[rank + 1] - edges[rank])
        if step.kata:
            parts.append(text(edges[rank], BASE + 14, step.kata, 11, anchor="middle"))
    top = _top(len(ladder.tangga) - 1) - 2 if ladder.idm is None else 0.0
    return picture(WIDE, BASE + 18, [*parts, *_marks(ladder, place)], ladder.kata, font, top)


def _top(rank: int) -> float:
    return BASE - FIRST - RISE * rank


def _tread(ladder: Ladder, rank: int, x: float, width: float) -> list[str]:
    """One step of the stairs: dark where the village stands, hatched where it wants to."""
    name, top = ladder.tangga[rank].nama, _top(rank)
    here = ladder.rank(ladder.idm) == rank
    wanted = ladder.tujuan == name and not here
    parts = [rect(x, top, width, BASE - top, fill=DARK if here else "#ffffff" if wanted else LIGHT)]
    lines = _wrapped(name, width - 8)
    if wanted:
        wide = max(text_width(words, NAME_SIZE, bold=True) for words in lines) + 10
        high = 12 * len(lines) + 4
        parts.append(hatch(x, top, width, BASE - top))
        parts.append(rect(x + (width - wide) / 2, BASE - 5 - high, wide, high, fill="#ffffff"))
    parts.append(rect(x, top, width, BASE - top, stroke=EDGE))
    fill = "#ffffff" if here else INK
    for number, words in enumerate(reversed(lines)):
        y = BASE - 9 - 12 * number
        parts.append(text(x + width / 2, y, words, NAME_SIZE, anchor="middle", bold=here or wanted, fill=fill))
    return parts


def _wrapped(name: str, width: float) -> list[str]:
    """The name on one line, or a word on each where it is too wide."""
    return [name] if text_width(name, NAME_SIZE, bold=True) <= width else name.split()


def _marks(ladder: Ladder, place: Callable[[float], float]) -> list[str]:
    """The village's mark, the arrow to the status it wants, and where its steps would bring it."""
    rank = ladder.rank(ladder.idm)
    if ladder.idm is None or rank is None:
        return []
    x = place(ladder.idm)
    own = max(text_width(ladder.kata_idm, 14, bold=True), text_width(ladder.kata_sekarang, 11.5))
    here = min(max(x + 5, own + 2), WIDE - 1)
    parts = [
        line(x, ARROW - 8, x, _top(rank), width=1.5),
        polygon([(x, _top(rank)), (x - 6, _top(rank) - 10), (x + 6, _top(rank) - 10)]),
        text(here, 14, ladder.kata_idm, 14, anchor="end", bold=True),
        text(here, 29, ladder.kata_sekarang, 11.5, anchor="end"),
    ]
    goal = next((step for step in ladder.tangga if step.nama == ladder.tujuan and step.mulai > (ladder.idm or 0)), None)
    if goal:
        end = place(goal.mulai)
        parts += [
            line(min(x, end - 7), ARROW, end - 7, ARROW, width=2),
            polygon([(end, ARROW), (end - 9, ARROW - 4.5), (end - 9, ARROW + 4.5)]),
            line(end, ARROW - 6, end, _top(ladder.tangga.index(goal)), dash="3 3"),
        ]
    after = ladder.rank(ladder.sesudah)
    if ladder.sesudah is not None and after is not None:
        x_after = place(ladder.sesudah)
        wide = text_width(ladder.kata_sesudah, 11.5)
        top = _top(after)
        parts.append(
            polygon([(x_after, top), (x_after - 6, top - 10), (x_after + 6, top - 10)], fill="#ffffff", stroke=INK)
        )
        left = max(x_after - 5, here + 7)
        if left + wide < WIDE:
            parts.append(text(left, 14, ladder.kata_hasil, 14, bold=True))
            parts.append(text(left, 29, ladder.kata_sesudah, 11.5))
    return parts


def rungs(ladder: Ladder, *, font: str = FONT) -> str:
    """The ladder as a list of statuses, the highest on top, 360 wide: for a phone."""
    here, after = ladder.rank(ladder.idm), ladder.rank(ladder.sesudah)
    parts, y = [], 1.0
    for rank, step in reversed(list(enumerate(ladder.tangga))):
        notes = []
        if rank == here:
            notes.append(f"{ladder.kata_idm} {ladder.kata_sekarang}".strip())
        if rank == after and ladder.kata_sesudah:
            notes.append(f"{ladder.kata_hasil} {ladder.kata_sesudah}".strip())
        wanted = step.nama == ladder.tujuan and rank != here
        high = 30 + 18 * len(notes)
        parts.append(rect(1, y, NARROW - 2, high, fill=DARK if rank == here else "#ffffff" if wanted else LIGHT))
        parts.append(rect(1, y, NARROW - 2, high, stroke=INK if wanted else EDGE, width=2.5 if wanted else 1))
        fill = "#ffffff" if rank == here else INK
        parts.append(text(12, y + 20, step.nama, 14, bold=rank == here or wanted, fill=fill))
        if step.kata:
            parts.append(text(NARROW - 12, y + 20, f"≥ {step.kata}", 13, anchor="end", fill=fill))
        for number, words in enumerate(notes):
            parts.append(text(12, y + 38 + 18 * number, words, 13, fill=fill))
        y += high + 4
    return picture(NARROW, y - 3, parts, ladder.kata, font)
