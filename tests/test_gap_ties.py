"""Which of several equally cheap paths is taken, and how many there are."""

import pytest

from idmcli.gap import Choice, find_paths
from tests.gap_checks import beginning_at, rupiah, scored


@pytest.mark.parametrize(
    ("row", "costs", "need", "path", "equal"),
    [
        ({"IKS18": 0, "IKS14": 1, "IKS23": 1}, {"IKS18": 40, "IKS14": 20, "IKS23": 20}, 50, "IKS18 0→5", 2),
        ({"IKS18": 0, "IKS14": 1}, {"IKS18": 20, "IKS14": 20}, 40, "IKS14 1→5", 2),
        ({"IKL01": 4, "IKE08": 1}, {"IKL01": 9, "IKE08": 9}, 140, "IKE08 1→5", 2),
        ({"IKS23": 1, "IKS14": 1}, {"IKS23": 9, "IKS14": 9}, 48, "IKS14 1→5", 2),
        ({"IKS23": 1, "IKS14": 1}, {"IKS23": 0, "IKS14": 0}, 12, "IKS14 1→5", 3),
    ],
    ids=["fewer indicators", "less beyond the need", "the earlier dimension", "the earlier indicator", "both are free"],
)
def test_ties_by_hand(row: dict[str, int], costs: dict[str, int], need: int, path: str, equal: int) -> None:
    prices = rupiah({(kode, row[kode], 5): cost for kode, cost in costs.items()})
    rubric = beginning_at(scored(row)["idm_k"].item() + need)
    told = find_paths(scored(row, rubric=rubric), rubric, Choice(prices)).desa
    assert told.select("jalur", "jalur_setara").row(0) == (path, equal)


def test_of_equal_ways_the_one_that_raises_the_earlier_indicator_more() -> None:
    """Four points of the six that IKS18 and IKS19 lack, at 10 a point: 3 + 1, 2 + 2 or 1 + 3."""
    row = {"IKS18": 2, "IKS19": 2}
    prices = rupiah({(kode, 2, 2 + points): 10 * points for kode in row for points in (1, 2, 3)})
    rubric = beginning_at(scored(row)["idm_k"].item() + 48)
    told = find_paths(scored(row, rubric=rubric), rubric, Choice(prices)).desa
    assert told.select("jalur", "jalur_setara").row(0) == ("IKS18 2→5, IKS19 2→3", 3)
