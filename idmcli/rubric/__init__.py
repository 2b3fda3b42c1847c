"""The law as data: editions of the index's rubric, read strictly from `data/rubrik/` or an office's own folder."""

from idmcli.rubric.actors import ACTOR_NAMES, ACTOR_WORDS, actor_words
from idmcli.rubric.load import list_editions, load_rubric
from idmcli.rubric.model import (
    ACTORS,
    Actor,
    Answer,
    AnswerKind,
    Bounds,
    Dimension,
    Indicator,
    LockRule,
    PlanRule,
    Reference,
    Rubric,
    ScoreRow,
    Status,
    Variable,
)

__all__ = [
    "ACTORS",
    "ACTOR_NAMES",
    "ACTOR_WORDS",
    "Actor",
    "Answer",
    "AnswerKind",
    "Bounds",
    "Dimension",
    "Indicator",
    "LockRule",
    "PlanRule",
    "Reference",
    "Rubric",
    "ScoreRow",
    "Status",
    "Variable",
    "actor_words",
    "list_editions",
    "load_rubric",
]
