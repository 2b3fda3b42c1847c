"""Several years side by side: who moved and why, who sent the same again, which villages came, went or were renamed."""

from idmcli.compare.pairs import by_indicator, changes, drivers
from idmcli.compare.places import gone, places_of, renamed
from idmcli.compare.result import FROM, NEAR_FALL, NEAR_RISE, OTHER_CODE, OTHER_NAME, TO, Compared, matrix_of, of_pair
from idmcli.compare.rows import SCORED, Rows, gather
from idmcli.compare.summary import long_moves, summary
from idmcli.compare.trends import goals, indicator_trend, near, place_trend

__all__ = [
    "FROM",
    "NEAR_FALL",
    "NEAR_RISE",
    "OTHER_CODE",
    "OTHER_NAME",
    "SCORED",
    "TO",
    "Compared",
    "Rows",
    "by_indicator",
    "changes",
    "drivers",
    "gather",
    "goals",
    "gone",
    "indicator_trend",
    "long_moves",
    "matrix_of",
    "near",
    "of_pair",
    "place_trend",
    "places_of",
    "renamed",
    "summary",
]
