"""How much fits on two A4 pages: sizes and lengths chosen from estimated heights, since no template measures itself.

The estimate follows the print rules of `lembar.html.j2` (text area 186 × 277 mm, margins 10 and 12 mm); the Word and
PDF templates keep to the same widths and sizes. Sizes of `padat`:

| | 0 | 1 | 2 |
|---|---|---|---|
| page one, text (its tables and lists: 88 %) | 9 pt | 8.2 pt | 7.4 pt |
| page two, table | 7.2 pt | 6.7 pt | 6.2 pt |
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from idmcli.documents.sheet_path import brief
from idmcli.documents.sheet_words import Words
from idmcli.documents.svg import text_width

MM: Final = 0.3528
"""Millimetres of a point."""
CAUTION: Final = 1.03
"""Letters are taken for a little wider than estimated."""
WIDTH: Final = 186.0
HEIGHT: Final = 270.0
"""Of 277 mm; the rest is for letters that another font draws wider."""

PAGE_ONE: Final = ((9.0, 1.25), (8.2, 1.25), (7.4, 1.2))
PAGE_TWO: Final = ((7.2, 1.15, 0.86), (6.7, 1.15, 0.56), (6.2, 1.1, 0.56))
"""Text size in points, line height, and for the table what lines and padding of a row take, in mm."""
SMALL: Final = 0.88
PATH_COLUMNS: Final = (0.032, 0.16, 0.064, 0.26, 0.224, 0.17, 0.09)
LENGTHS: Final = (
    ((5, 3), (4, 3), (4, 2), (3, 2)),
    ((5, 3), (4, 3), (4, 2), (3, 2), (3, 1)),
    ((4, 3), (4, 2), (3, 2), (3, 1), (2, 1)),
)
"""By size of the letters: how many strengths and weaknesses, and how many similar villages; the first that fits."""
HEAD: Final = 19.0
LADDER: Final = 43.0
INDICES: Final = 42.0
SIGNATURES: Final = 21.0


def fitted(context: dict[str, Any], words: Words) -> dict[str, Any]:
    """The context with `padat`, and with page one no longer than a page.

    Lists are shortened before the letters shrink; steps that even then find no room move to `jalan.lainnya`.
    """
    for size, lengths in [(size, lengths) for size, choices in enumerate(LENGTHS) for lengths in choices]:
        tried = _shortened(context, *lengths)
        if _page_one(tried, size) <= HEIGHT:
            break
    else:
        while _page_one(tried, size) > HEIGHT and len(tried["jalan"]["tabel"]["baris"]) > 1:
            tried = _one_step_less(tried, words)
    second = next((one for one in range(len(PAGE_TWO)) if _page_two(tried, one) <= HEIGHT), len(PAGE_TWO) - 1)
    return {**tried, "padat": {"muka": size, "tabel": second}}


def _shortened(context: dict[str, Any], compared: int, alike: int) -> dict[str, Any]:
    """The same context with shorter lists at the foot of page one."""
    cut = {name: {**context[name], "daftar": context[name]["daftar"][:compared]} for name in ("kekuatan", "kelemahan")}
    return {**context, **cut, "mirip": {**context["mirip"], "daftar": context["mirip"]["daftar"][:alike]}}


def _one_step_less(context: dict[str, Any], words: Words) -> dict[str, Any]:
    """The last step of the table said in one line below it."""
    path = context["jalan"]
    *lines, last = path["tabel"]["baris"]
    rest = [brief(last, words), *path["lainnya"]]
    return {**context, "jalan": {**path, "tabel": {**path["tabel"], "baris": lines}, "lainnya": rest}}


def _page_one(context: dict[str, Any], size: int) -> float:
    points, spacing = PAGE_ONE[size]
    small = points * SMALL
    title = 8.2 if size == 0 else 7.4

    def high(text: str, width: float, at: float = points) -> float:
        return _lines(text, width, at) * at * spacing * MM

    status, path, others = context["status"], context["jalan"], context["pilihan"]
    boxes = sum(text_width(status[key], 13, bold=True) * MM + 8 for key in ("kini", "idm", "tujuan") if status[key])
    total = HEAD + 3.5 + max(12.5, high(" ".join(status["kalimat"]), WIDTH - boxes))
    notes = sum(high(text, 74, small) + 1 for text in context["indeks"]["kalimat"])
    total += LADDER + title + max(INDICES, 5 * (small * spacing * MM + 1.3) + notes)
    total += title + high(" ".join(path["kalimat"]), WIDTH)
    total += sum(
        _row(line, small, spacing)
        for line in [path["tabel"]["kepala"], *path["tabel"]["baris"]][: 99 if path["tabel"]["baris"] else 0]
    )
    total += sum(high(text, WIDTH - 3, small) + 0.5 for text in path["lainnya"])
    foot = [" ".join(path["catatan"]), f"{others['judul']}: {'; '.join(others['daftar'])}" if others["daftar"] else ""]
    total += sum(high(text, WIDTH, small) + 0.8 for text in foot if text)
    return total + title + max([0.0, *_columns(context, small, spacing)])


def _columns(context: dict[str, Any], points: float, spacing: float) -> list[float]:
    """Heights of the lists at the foot of page one, which stand side by side."""
    lists = [(1.0, context[name]["daftar"]) for name in ("kekuatan", "kelemahan") if context[name]["daftar"]]
    alike = context["mirip"]
    if alike["daftar"]:
        lists.append((1.25, [*alike["kalimat"], *(f"{row['nama']}: {row['isi']}" for row in alike["daftar"])]))
    shares = sum(share for share, _ in lists)
    room = WIDTH - 4 * (len(lists) - 1)
    return [
        sum(_lines(text, room * share / shares - 2.6, points) * points * spacing * MM + 0.5 for text in texts)
        for share, texts in lists
    ]


def _row(cells: Sequence[str], points: float, spacing: float) -> float:
    """Height of a line of the path's table."""
    lines = max(_lines(cell, WIDTH * share - 2, points) for cell, share in zip(cells, PATH_COLUMNS, strict=True))
    return lines * points * spacing * MM + 1.3


def _page_two(context: dict[str, Any], size: int) -> float:
    points, spacing, padding = PAGE_TWO[size]
    table = context["indikator"]
    code, score, name = 4.2 * points * MM, 3.6 * points * MM, 0.18 * WIDTH
    half = (WIDTH - code - score - name) / 2 - 2
    total = 8.2 + _lines(" ".join(table["kalimat"]), WIDTH, 7) * 7 * spacing * MM + 0.6
    total += (1 + len(table["kelompok"])) * (points * spacing * MM + 1.3)
    for group in table["kelompok"]:
        for row in group["baris"]:
            named = _lines(f"{row['tanda']} {row['nama']}", name - 2, points)
            met = _lines(row["kini"], half if row["tujuan"] else 2 * half + 2, points)
            lines = max(named, met, _lines(row["tujuan"], half, points))
            total += lines * points * spacing * MM + padding
    total += 1.5 + (1 + _lines(" ".join(context["dasar"]["kalimat"]), WIDTH, 6.2)) * 6.2 * 1.2 * MM
    return total + SIGNATURES


@lru_cache(maxsize=1 << 15)
def _lines(text: str, width: float, points: float) -> int:
    """About how many lines a text takes; most texts come again in other villages.

    Args:
        text: words, kept whole.
        width: room in mm.
        points: size of the letters.
    """
    room = width / (points * MM * CAUTION)
    count, used, blank = 1, 0.0, text_width(" ", 1)
    for word in text.split():
        wide = text_width(word, 1)
        if used and used + blank + wide > room:
            count, used = count + 1, 0.0
        used += wide + (blank if used else 0)
        if used > room:
            count, used = count + int(used // room), used % room
    return count if text else 0
