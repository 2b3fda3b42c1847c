"""Scores, indices and status of every village, and one village's computation line by line."""

from idmcli.scoring.answers import scores_from_answers
from idmcli.scoring.explain import explain
from idmcli.scoring.indices import score
from idmcli.scoring.recap import score_recap

__all__ = ["explain", "score", "score_recap", "scores_from_answers"]
