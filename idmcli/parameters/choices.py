"""Lists as people type them after an option, turned into codes and actors."""

import re
from difflib import get_close_matches
from typing import Final

from idmcli.errors import UsageError
from idmcli.rubric.model import ACTORS, Actor, Rubric

SPOKEN: Final = {"swasta": "csr"}
"""Names under which results speak of an actor."""


def indicators(text: str, rubric: Rubric, option: str) -> frozenset[str]:
    """`IKS20, iks27` → the codes of these indicators.

    Args:
        text: codes separated by commas, semicolons or spaces, in any case.
        rubric: the edition in force.
        option: where it was said, for the message: `--kunci`.

    Raises:
        UsageError: nothing is named, or a code is not in the edition.
    """
    found = set()
    for word in _words(text, option):
        code = word.upper()
        if code not in rubric.by_code:
            near = get_close_matches(code, rubric.codes, n=3)
            hint = f"Mungkin maksudnya {' atau '.join(near)}." if near else "Daftar kode: idm rubric"
            raise UsageError(f"{option}: indikator {word} tidak ada dalam edisi {rubric.edisi}", hint)
        found.add(code)
    return frozenset(found)


def actors(text: str, option: str) -> frozenset[Actor]:
    """`desa, kabupaten` → these actors.

    Args:
        text: actors separated by commas, semicolons or spaces, in any case.
        option: where it was said, for the message: `--pelaku`.

    Raises:
        UsageError: nothing is named, or no such actor.
    """
    return frozenset(_actor(word, option) for word in _words(text, option))


def ordered_actors(text: str, option: str) -> tuple[Actor, ...]:
    """As `actors`, in the order they are typed; each only once."""
    return tuple(dict.fromkeys(_actor(word, option) for word in _words(text, option)))


def _actor(word: str, option: str) -> Actor:
    known = SPOKEN.get(word.lower(), word.lower())
    if known not in ACTORS:
        near = get_close_matches(word.lower(), ACTORS, n=1)
        hint = f"Mungkin maksudnya {near[0]}." if near else f"Yang dikenal: {', '.join(ACTORS)}."
        raise UsageError(f"{option}: pelaku {word} tidak dikenal", hint)
    return known


def _words(text: str, option: str) -> list[str]:
    words = [word for word in re.split(r"[,;\s]+", text) if word]
    if not words:
        raise UsageError(f"{option} kosong", f"Sebut sedikitnya satu, atau jangan pakai {option}.")
    return words
