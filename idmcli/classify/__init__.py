"""From scored villages to decisions: next status and distance to it, recaps, moves between years, targets."""

from idmcli.classify.distance import WATCH_POINTS, classify
from idmcli.classify.moves import Moves, moves
from idmcli.classify.recap import recap
from idmcli.classify.targets import targets
from idmcli.regions import LEVELS

__all__ = ["LEVELS", "WATCH_POINTS", "Moves", "classify", "moves", "recap", "targets"]
