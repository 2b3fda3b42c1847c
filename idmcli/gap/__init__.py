"""What each village lacks: paths to the next status, single steps, locks, deficits, standing, neighbours ahead."""

from idmcli.gap.choice import Choice
from idmcli.gap.deficits import deficits
from idmcli.gap.dimension import by_dimension, unknown_words
from idmcli.gap.leverage import need_words, points_for, weight_words
from idmcli.gap.options import locks, options
from idmcli.gap.paths import Paths, find_paths
from idmcli.gap.recap import first_steps, indicator_recap
from idmcli.gap.similar import similar
from idmcli.gap.standing import standing
from idmcli.gap.strengths import strengths, weaknesses

__all__ = [
    "Choice",
    "Paths",
    "by_dimension",
    "deficits",
    "find_paths",
    "first_steps",
    "indicator_recap",
    "locks",
    "need_words",
    "options",
    "points_for",
    "similar",
    "standing",
    "strengths",
    "unknown_words",
    "weaknesses",
    "weight_words",
]
