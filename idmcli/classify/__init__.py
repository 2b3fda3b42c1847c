"""From scored villages to decisions: next status and distance to it, recaps, moves between years, targets."""

from idmcli.classify.causes import contributions, described
from idmcli.classify.distance import WATCH_POINTS, classify, units_to_rise
from idmcli.classify.moves import ABSENT, UNSCORED, Moves, matrix, moves
from idmcli.classify.recap import recap
from idmcli.classify.targets import targets
from idmcli.regions import LEVELS

__all__ = [
    "ABSENT",
    "LEVELS",
    "UNSCORED",
    "WATCH_POINTS",
    "Moves",
    "classify",
    "contributions",
    "described",
    "matrix",
    "moves",
    "recap",
    "targets",
    "units_to_rise",
]
