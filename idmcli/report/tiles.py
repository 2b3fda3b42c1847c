"""A map without borders: every village one tile, in rows of its kecamatan, shaded and marked by how it moved."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from idmcli.columns import IDM_K
from idmcli.documents.svg import INK, picture, polygon, rect, text, text_width
from idmcli.report.charts import DEEP, RUST, Chart, dark, shade
from idmcli.report.facts import KECAMATAN, Facts, Place
from idmcli.report.phrases import begun
from idmcli.words import decimal, whole

WAYS: Final = ("naik", "turun", "tetap", "baru", "kosong")
"""How a village can have moved: up, down, not, nothing to compare with, not scored."""
MARKS: Final[Mapping[str, str]] = {"naik": "▲", "turun": "▼", "tetap": "", "baru": "+", "kosong": "?"}
FILLS: Final[Mapping[str, str]] = {
    "naik": DEEP,
    "turun": RUST,
    "tetap": "#d5dcdb",
    "baru": "#ffffff",
    "kosong": "#ffffff",
}
WHITE: Final = "#ffffff"
TILE: Final = 17.0
STEP: Final = 19.5
LINE: Final = 22.0
LABEL: Final = 150.0
WIDTH: Final = 640.0
TALLEST: Final = 760.0
"""Units of a picture; a kabupaten with more kecamatan takes several."""
EDGE: Final = "#8a9494"


@dataclass(frozen=True)
class Look:
    """How a tile is drawn: its kind, mark, ground and letters."""

    jenis: str
    tanda: str
    latar: str
    huruf: str


def tile_map(facts: Facts) -> dict[str, Any]:
    """`peta` for screens: the tiles by kabupaten and kecamatan, and what their looks mean."""
    words = facts.words
    if facts.pair:
        said = words("peta.kalimat", dari=facts.pair[0], ke=facts.pair[1])
    else:
        said = words("peta.kalimat_status", tahun=facts.tahun)
    looks = [look for look, _ in _looks(facts)]
    return {
        "judul": words("peta.judul" if facts.pair else "peta.judul_status"),
        "kalimat": said,
        "legenda": [
            {"jenis": look.jenis, "tanda": look.tanda, "latar": look.latar, "huruf": look.huruf, "kata": name}
            | {"jumlah": whole(looks_of(facts, facts.villages).count(look))}
            for look, name in _looks(facts)
            if look in looks
        ],
        "kabupaten": [
            {"nama": place.wilayah, "kecamatan": [_row(facts, row) for row in _rows(facts, place)]}
            for place in facts.kabupaten
        ],
    }


def pictures(facts: Facts, place: Place) -> list[Chart]:
    """The tiles of a kabupaten for paper."""
    judul = facts.words("peta.gambar", wilayah=place.wilayah)
    found = looks_of(facts, place.villages)
    counted = ", ".join(
        f"{found.count(look)} desa {name.lower() if facts.pair else name}"
        for look, name in _looks(facts)
        if look in found
    )
    words = f"{judul}. {counted}."
    return [
        Chart(judul, drawing, drawing, words)
        for drawing in (_drawn(facts, rows, words) for rows in _pages(_rows(facts, place)))
    ]


def looks_of(facts: Facts, villages: pl.DataFrame) -> list[Look]:
    """The look of every village."""
    return [_look(facts, row) for row in villages.iter_rows(named=True)]


def _rows(facts: Facts, place: Place) -> tuple[Place, ...]:
    return facts.places(place.villages, KECAMATAN)


def _row(facts: Facts, place: Place) -> dict[str, Any]:
    rows = place.villages.rows(named=True)
    return {
        "nama": place.nama,
        "petak": [
            {"no": row["no"], "jenis": look.jenis, "tanda": look.tanda, "latar": look.latar, "huruf": look.huruf}
            | {"kata": _told(facts, row, look)}
            for row, look in zip(rows, looks_of(facts, place.villages), strict=True)
        ],
    }


def _told(facts: Facts, row: dict[str, Any], look: Look) -> str:
    said = {"desa": facts.desa(row["desa"]), "kini": facts.status(row["status"]), "idm": decimal(row["idm"])}
    if row[IDM_K] is None:
        return facts.words("peta.petak_kosong", **said)
    if row["arah"] is None:
        return facts.words("peta.petak_status", **said)
    if row["arah"] == "tetap":
        return facts.words("peta.petak_tetap", **said)
    state = facts.words(f"peta.{look.jenis}")
    return facts.words("peta.petak_arah", **said, keadaan=state, dulu=facts.status(row["status_lalu"]))


def _look(facts: Facts, row: dict[str, Any]) -> Look:
    if row[IDM_K] is None:
        return _way("kosong")
    if facts.pair:
        return _way(row["arah"] or "baru")
    return _status(facts, facts.statuses.index(row["status"]))


def _way(way: str) -> Look:
    return Look(way, MARKS[way], FILLS[way], WHITE if way in {"naik", "turun"} else INK)


def _status(facts: Facts, rank: int) -> Look:
    name, total = facts.shown[rank], len(facts.shown)
    letters = "".join(word[0] for word in name.split())
    if (
        sum(other.startswith(name[0]) and len(other.split()) == 1 for other in facts.shown) > 1
        and len(name.split()) == 1
    ):
        letters = name[:2]
    return Look(f"status-{rank}", letters, shade(rank, total), WHITE if dark(rank, total) else INK)


def _looks(facts: Facts) -> Iterator[tuple[Look, str]]:
    """Every look that occurs, and what it means."""
    found = set(looks_of(facts, facts.villages))
    if facts.pair:
        named = [(_way(way), facts.words(f"peta.{way}")) for way in WAYS]
    else:
        named = [(_status(facts, rank), facts.shown[rank]) for rank in reversed(range(len(facts.shown)))]
        named.append((_way("kosong"), facts.words("peta.kosong")))
    yield from ((look, begun(name)) for look, name in named if look in found)


def _pages(places: Sequence[Place]) -> Iterator[list[Place]]:
    """Kecamatan as they fit into one picture."""
    page: list[Place] = []
    height = 0.0
    for place in places:
        needed = LINE * _lines(place)
        if page and height + needed > TALLEST:
            yield page
            page, height = [], 0.0
        page.append(place)
        height += needed
    if page:
        yield page


def _lines(place: Place) -> int:
    return max(1, -(-place.villages.height // _per_line()))


def _per_line() -> int:
    return int((WIDTH - LABEL) // STEP)


def _drawn(facts: Facts, places: Sequence[Place], words: str) -> str:
    parts: list[str] = []
    x, top = LABEL, 4.0
    for look, name in _looks(facts):
        parts += [*_tile(x, top, look), text(x + TILE + 5, top + 13, name, 11)]
        x += TILE + 18 + text_width(name, 11)
    top += LINE + 6
    for place in places:
        parts.append(text(0, top + 13, _short(place.nama), 11))
        for number, look in enumerate(looks_of(facts, place.villages)):
            down, across = divmod(number, _per_line())
            parts += _tile(LABEL + across * STEP, top + down * LINE, look)
        top += LINE * _lines(place)
    return picture(WIDTH, top, parts, words)


def _tile(x: float, y: float, look: Look) -> list[str]:
    square = rect(x, y, TILE, TILE, fill=look.latar, stroke=EDGE, width=0.6)
    middle, half = x + TILE / 2, 4.6
    if look.jenis in {"naik", "turun"}:
        base, tip = (y + 12.5, y + 4.5) if look.jenis == "naik" else (y + 4.5, y + 12.5)
        corners = [(middle - half, base), (middle + half, base), (middle, tip)]
        return [square, polygon(corners, fill=look.huruf)]
    if not look.tanda:
        return [square]
    size = 9 if len(look.tanda) > 1 else 10.5
    return [square, text(middle, y + 12.3, look.tanda, size, anchor="middle", bold=True, fill=look.huruf)]


def _short(name: str) -> str:
    """A name as long as its column."""
    while text_width(name, 11) > LABEL - 8:
        name = name[:-2].rstrip() + "…"
    return name
