"""From the text of one header to the canonical column it means: the layouts' headers and the rubric's own words."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from idmcli.errors import ConfigError
from idmcli.normalise.fold import key, spaced, without_year
from idmcli.normalise.layouts import IGNORED, Alias, HeaderLayout, Strength
from idmcli.rubric.model import Indicator, Rubric, Variable

_LEADING_NUMBER = re.compile(r"\d{1,2} (?=\D)")
_SCORE_WORD = "SKOR"
_NEAR_ENOUGH = 82.0
_SAME_NAME = 85.0


@dataclass(frozen=True)
class Match:
    """What a header means.

    Attributes:
        nama: canonical column, or `IGNORED`.
        strength: how clearly the header says so.
        tahun: the year in the header.
        indikator: the indicator that the same words name, where they also name a raw answer; or, equal to `nama`, an
            indicator whose bare name, without the word "Skor", is all that was found.
    """

    nama: str
    strength: Strength = Strength.CLEAR
    tahun: int | None = None
    indikator: str | None = None

    @property
    def ignored(self) -> bool:
        """Whether the column carries nothing."""
        return self.nama == IGNORED

    @property
    def bare(self) -> bool:
        """Whether only an indicator's bare name was found."""
        return self.indikator is not None and self.indikator == self.nama


class Aliases:
    """All headers that are known under one rubric."""

    def __init__(self, layouts: Collection[HeaderLayout], rubric: Rubric) -> None:
        self._plain: dict[str, Match] = {}
        self._yearly: dict[str, Match] = {}
        self._bare: dict[str, str | None] = {}
        self._names: dict[str, set[str]] = {}
        self._shown: dict[str, tuple[str, str]] = {}
        self._found: dict[str, Match | None] = {}
        for layout in layouts:
            for alias in layout.aliases:
                self._add_alias(alias)
        for indicator in rubric.indikator:
            self._add_indicator(indicator)
        for indicator in rubric.indikator:
            self._add_answers(indicator)
        codes = sorted({re.sub(r"\d+$", "", kode) for kode in rubric.codes})
        self._code = re.compile(rf"(?:SKOR )?({'|'.join(codes)}) ?0*(\d{{1,2}})(?!\d) ?(.*)")

    def find(self, label: str) -> Match | None:
        """The column a header means; None where it is unknown."""
        if label not in self._found:
            self._found[label] = self._search(label)
        return self._found[label]

    def near(self, label: str, taken: Collection[str], limit: int = 3) -> tuple[str, ...]:
        """Known headers that look like an unknown one, nearest first, without those whose column is already found."""
        wanted = key(label)
        if len(wanted) < 3:
            return ()
        choices = {text: text for text, (nama, _) in self._shown.items() if nama not in taken}
        hits = process.extract(wanted, choices, scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH, limit=10)
        by_column = {self._shown[text][0]: self._shown[text][1] for text, _, _ in reversed(hits)}
        return tuple(reversed(by_column.values()))[:limit]

    def _search(self, label: str) -> Match | None:
        whole = spaced(label)
        base, tahun = without_year(label)
        for text in (whole, _LEADING_NUMBER.sub("", whole, count=1)):
            found = self._lookup(text, self._plain)
            if found is not None:
                return found
        if tahun is not None:
            for text in (base, _LEADING_NUMBER.sub("", base, count=1)):
                found = self._lookup(text, self._yearly)
                if found is not None:
                    return replace(found, tahun=tahun)
        return self._by_code(base, tahun)

    def _lookup(self, text: str, table: Mapping[str, Match]) -> Match | None:
        folded = text.replace(" ", "")
        found = table.get(folded)
        bare = self._bare.get(folded)
        if found is not None:
            return replace(found, indikator=bare) if bare else found
        return Match(bare, indikator=bare) if bare else None

    def _by_code(self, text: str, tahun: int | None) -> Match | None:
        """`IKS01`, `IKS 1`, `SKOR IKS01`, `IKS01 AKSES SARKES`: after the code only its own name may follow."""
        parts = self._code.fullmatch(text)
        if parts is None:
            return None
        kode = f"{parts[1]}{int(parts[2]):02d}"
        names = self._names.get(kode)
        if names is None:
            return None
        rest = parts[3].replace(" ", "")
        if rest and rest != _SCORE_WORD and process.extractOne(rest, names, score_cutoff=_SAME_NAME) is None:
            return None
        return Match(kode, tahun=tahun)

    def _add_alias(self, alias: Alias) -> None:
        folded = key(alias.judul)
        table = self._yearly if alias.with_year else self._plain
        table[folded] = Match(alias.nama, alias.strength)
        if alias.nama != IGNORED:
            self._shown.setdefault(folded, (alias.nama, alias.judul))

    def _add_indicator(self, indicator: Indicator) -> None:
        short = re.sub(r"^\s*skor\s+", "", indicator.label, flags=re.IGNORECASE)
        bare = {key(name) for name in (short, indicator.singkat, indicator.nama)}
        self._names[indicator.kode] = bare | {_SCORE_WORD + name for name in bare}
        self._add(indicator.kode, indicator.label)
        for name in (short, indicator.singkat, indicator.nama):
            self._add(indicator.kode, f"Skor {name}")
            folded = key(name)
            self._bare[folded] = indicator.kode if self._bare.get(folded, indicator.kode) == indicator.kode else None

    def _add_answers(self, indicator: Indicator) -> None:
        for variable in indicator.jawaban.variabel:
            for text in _variable_headers(variable):
                self._add(variable.nama, text)

    def _add(self, nama: str, text: str) -> None:
        """One clear header of the rubric, with and without a year; a layout may not use it for something else."""
        folded = key(text)
        for table in (self._plain, self._yearly):
            known = table.setdefault(folded, Match(nama))
            if known.nama in self._names and nama not in self._names:
                table[folded] = Match(nama, indikator=known.nama)
            elif known.nama != nama:
                raise ConfigError(
                    f"judul '{text}' berarti '{nama}' menurut rubrik "
                    f"tetapi '{known.nama or 'abaikan'}' menurut judul lain",
                    "Ubah salah satunya di data/kolom atau di rubrik.",
                )
        self._shown.setdefault(folded, (nama, text))


def _variable_headers(variable: Variable) -> Iterator[str]:
    """The name and the question of a raw answer, each with and without its unit."""
    for text in (variable.nama, variable.pertanyaan):
        yield text
        if variable.satuan:
            yield f"{text} {variable.satuan}"
