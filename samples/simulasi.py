"""Simulated scores of Kalimantan Utara's 447 desa: no row belongs to the village that it names.

Only two public facts go in: how many desa had each score of each indicator in 2024 (`hitungan-skor-2024.csv`), and how
many had each status. The scores of an indicator are dealt out again: every village gets a hidden quality (kabupaten,
kecamatan, own), and the better a village the likelier it gets a good score. So the counts per indicator stay exactly as
published while every row is invented.
"""

import csv
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from idmcli.rubric.model import Rubric

SEED = 20240614
"""Seed of every draw: the closing day of the 2024 village round."""

COUNTS = Path(__file__).with_name("hitungan-skor-2024.csv")

KABUPATEN_EFFECT = {"BULUNGAN": 0.6, "MALINAU": 0.35, "NUNUKAN": -0.3, "TANA TIDUNG": 0.8}
"""Rough order of the kabupaten in the published recap, in standard deviations of the villages' own quality."""

KECAMATAN_EFFECT, OWN_EFFECT = 0.4, 0.8

LOADING = 0.5
"""How closely an indicator follows the hidden quality if its mean score is 0; falls to 0 for a mean of 5.

What few villages have (a bank, a courier, early warning) stands together in the centres; what few villages lack is a
local accident. With equal loadings the province would have Sangat Tertinggal and hardly any Mandiri."""

CENTRE_SHARE, CENTRE_STRETCH = 0.25, 1.7
"""The best quarter of the villages are centres: their lead over the rest is stretched."""

UNCHANGED_SHARE = 0.116
"""Published share of village-years that resubmit all 50 scores of the year before."""

ORDINARY, RISEN, FALLEN = (0.11, 0.03), (0.25, 0.0), (0.02, 0.20)
"""Chance that an indicator has risen, or fallen, by a step since the year before."""
LEAP_SHARE, FALL_SHARE = 0.06, 0.12
STATIC_RATE = 0.03
"""How seldom static facts move beside dynamic ones: hardly ever."""

RENAMED = 2
"""How many villages bear another name in the file of the year before."""

ODDITIES = (
    (("IKS29", {0}), ("IKS31", {5})),  # no telephone signal, internet for residents
    (("IKS01", {1}), ("IKS06", {5})),  # two hours to any health facility, a poskesdes next door
    (("IKS18", {0}), ("IKS19", {3, 4, 5})),  # no sports club, many sports events
    (("IKS34", {5}), ("IKS35", {0, 1, 2})),  # piped drinking water, washing in the river
    (("IKE11", {1}), ("IKE10", {5})),  # a road closed all year, scheduled public transport
)

Scores = dict[str, int]


@dataclass(frozen=True)
class Village:
    """A real code and its names (upper case, as the regional reference gives them)."""

    kode_desa: str
    desa: str
    kecamatan: str
    kabupaten: str
    provinsi: str


class Draw:
    """Draws that come out alike on every Python: built on `random.Random.random` alone, one stream per purpose."""

    def __init__(self, purpose: str) -> None:
        self._random = random.Random(f"{SEED}/{purpose}").random

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self._random() < probability

    def normal(self) -> float:
        """About standard normal: twelve uniforms, because additions round alike everywhere and logarithms do not."""
        return sum(self._random() for _ in range(12)) - 6

    def integer(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self._random() * (high - low + 1))

    def pick(self, things: Sequence[str], number: int) -> list[str]:
        """So many different things, in their own order."""
        chosen = sorted(range(len(things)), key=lambda _: self._random())[:number]
        return [things[i] for i in sorted(chosen)]


def read_counts(path: Path = COUNTS) -> dict[str, list[int]]:
    """Number of desa with score 0…5 per indicator; the first line of the file names the source."""
    with path.open(encoding="utf-8", newline="") as file:
        next(file)
        return {row["indikator"]: [int(row[f"skor_{s}"]) for s in range(6)] for row in csv.DictReader(file)}


def simulate_2024(villages: Sequence[Village], counts: Mapping[str, Sequence[int]]) -> list[Scores]:
    """Scores of every village; each indicator's scores are exactly the published multiset."""
    draw = Draw("2024")
    quality = _quality(villages, draw)
    noise: dict[str, list[float]] = {}
    dealt: dict[str, list[int]] = {}
    for kode, count in counts.items():
        mean = sum(skor * many for skor, many in enumerate(count)) / len(villages)
        loading = LOADING * (1 - mean / 5)
        noise[kode] = [draw.normal() for _ in villages]
        keys = [loading * q + (1 - loading**2) ** 0.5 * e for q, e in zip(quality, noise[kode], strict=True)]
        deck = [skor for skor, many in enumerate(count) for _ in range(many)]
        dealt[kode] = [0] * len(villages)
        for skor, i in zip(deck, sorted(range(len(villages)), key=keys.__getitem__), strict=True):
            dealt[kode][i] = skor
    _part_oddities(dealt)
    return [{kode: dealt[kode][i] for kode in counts} for i in range(len(villages))]


def simulate_2023(after: Sequence[Scores], rubric: Rubric) -> list[Scores]:
    """The year before: a share unchanged, most others a step lower here and there, some a step higher."""
    draw = Draw("2023")
    return [dict(scores) if draw.chance(UNCHANGED_SHARE) else _year_before(scores, rubric, draw) for scores in after]


def rename(villages: Sequence[Village]) -> list[Village]:
    """The villages of the year before: two bear an invented older name."""
    chosen = Draw("names").pick([village.kode_desa for village in villages], RENAMED)
    return [replace(v, desa=f"{v.desa} LAMA") if v.kode_desa in chosen else v for v in villages]


def _year_before(scores: Scores, rubric: Rubric, draw: Draw) -> Scores:
    up, down = RISEN if draw.chance(LEAP_SHARE) else ORDINARY
    if draw.chance(FALL_SHARE):
        up, down = FALLEN
    before: Scores = {}
    for indicator in rubric.indikator:
        skor, allowed = scores[indicator.kode], indicator.allowed
        place = allowed.index(skor)
        calm = STATIC_RATE if indicator.sifat == "statis" else 1.0
        if place > 0 and draw.chance(up * calm):
            place -= 1
        elif place + 1 < len(allowed) and draw.chance(down * calm):
            place += 1
        before[indicator.kode] = allowed[place]
    return before


def _quality(villages: Sequence[Village], draw: Draw) -> list[float]:
    kecamatan: dict[str, float] = {}
    for village in villages:
        kecamatan.setdefault(village.kode_desa[:6], draw.normal())
    raw = [
        KABUPATEN_EFFECT[v.kabupaten] + KECAMATAN_EFFECT * kecamatan[v.kode_desa[:6]] + OWN_EFFECT * draw.normal()
        for v in villages
    ]
    mean = sum(raw) / len(raw)
    spread = (sum((x - mean) ** 2 for x in raw) / len(raw)) ** 0.5
    quality = [(x - mean) / spread for x in raw]
    centre = sorted(quality)[int(len(quality) * (1 - CENTRE_SHARE))]
    return [x + (x - centre + 1) * CENTRE_STRETCH if x > centre else x for x in quality]


def _part_oddities(dealt: Mapping[str, list[int]]) -> None:
    """Take apart scores that hardly occur together: the nearest village in the list swaps one, so that counts stay."""
    for (one, odd_one), (other, odd_other) in ODDITIES:
        for i, skor in enumerate(dealt[other]):
            if dealt[one][i] in odd_one and skor in odd_other:
                free = [j for j, s in enumerate(dealt[other]) if s not in odd_other and dealt[one][j] not in odd_one]
                near = min((abs(j - i), j) for j in free)[1]
                dealt[other][i], dealt[other][near] = dealt[other][near], skor
