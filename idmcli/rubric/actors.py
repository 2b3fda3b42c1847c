"""The actors as people call them."""

from collections.abc import Collection, Mapping
from typing import Final

from idmcli.rubric.model import ACTORS, Actor

ACTOR_NAMES: Final[Mapping[Actor, str]] = {
    "pusat": "Pusat",
    "provinsi": "Provinsi",
    "kabupaten": "Kabupaten",
    "desa": "Desa",
    "csr": "Swasta (CSR)",
    "lainnya": "Lainnya",
}
ACTOR_WORDS: Final[Mapping[str, str]] = {actor: name[0].lower() + name[1:] for actor, name in ACTOR_NAMES.items()}
"""As they stand inside a sentence: `desa`, `swasta (CSR)`."""


def actor_words(actors: Collection[str]) -> list[str]:
    """These actors as they stand inside a sentence, in the official order."""
    return [ACTOR_WORDS[actor] for actor in ACTORS if actor in actors]
