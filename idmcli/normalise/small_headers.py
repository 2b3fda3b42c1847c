"""Small headers below or beside an indicator's: "Jawaban | Skor" for each of the 50, one of which is the score."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from idmcli.normalise.aliases import Match
from idmcli.normalise.fold import key
from idmcli.normalise.vocabulary import Vocabulary


@dataclass(frozen=True)
class SmallHeaders:
    """The words that tell an indicator's columns apart, folded: those of its score, and those of anything else."""

    score: frozenset[str]
    other: frozenset[str]

    @property
    def words(self) -> frozenset[str]:
        """All of them."""
        return self.score | self.other

    @classmethod
    def of(cls, block: Sequence[Sequence[str]], words: Vocabulary) -> "SmallHeaders":
        """For one header: "Nilai" is the score only where nothing says "Skor"."""
        says = {key(cell) for row in block for cell in row if cell} & words.score_words
        if says:
            return cls(words.score_words, words.detail_words | words.worth_words)
        return cls(words.score_words | words.worth_words, words.detail_words)

    def beside(self, parts: Sequence[tuple[str, ...]], matches: Sequence[Match | None]) -> list[Match | None]:
        """What the columns mean, given their neighbours.

        An indicator's name and then "Skor" alone in the next column: that next one is the score. Where group headings
        ("Jawaban", "Skor") stand above the same indicators twice, each column is what its heading says.
        """
        decided = list(matches)
        for index, (left, match) in enumerate(pairwise(matches)):
            own = parts[index + 1]
            if match is None and left and left.indikator and len(own) == 1 and key(own[0]) in self.score:
                decided[index], decided[index + 1] = _as_answer(left), Match(left.indikator, tahun=left.tahun)
        answers = [bool(self.other.intersection(map(key, part[:-1]))) for part in parts]
        scores = [bool(self.score.intersection(map(key, part[:-1]))) for part in parts]
        decided = [
            Match(match.indikator, tahun=match.tahun) if score and match and match.indikator else match
            for match, score in zip(decided, scores, strict=True)
        ]
        elsewhere = {match.nama for match, raw in zip(decided, answers, strict=True) if match and not raw}
        return [
            _as_answer(match) if match and raw and {match.nama, match.indikator} & elsewhere else match
            for match, raw in zip(decided, answers, strict=True)
        ]


def _as_answer(match: Match) -> Match | None:
    """What a header means where it cannot be a score: the raw answer that the same words name, if any."""
    return None if match.indikator in {None, match.nama} else Match(match.nama, match.strength, match.tahun)
