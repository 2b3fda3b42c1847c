"""The contradictions of `validate` as Excel conditions, so that the officer sees them while filling in.

A rule speaks of scores (`IKS16 > 0`); a sheet of raw answers has none. There each condition becomes what the answer
must be for one of these scores: bounds of numbers, words of choices.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import eq, ge, gt, le, lt
from typing import Final

from idmcli.rubric.model import Bounds, Indicator, Rubric
from idmcli.validate.catalog import Condition, Contradiction, load_catalog
from idmcli.workbook.template.fields import Bentuk, Field

SIGNS: Final = {"=": eq, ">": gt, ">=": ge, "<": lt, "<=": le}
CLASH: Final = "kontradiksi"
"""The rule of what cannot be; the other one, `janggal`, is only uncommon."""

Cell = Callable[[str], str]
"""Column name → reference of its cell in the row at hand."""
Values = Mapping[str, object]
Number = int | Decimal


@dataclass(frozen=True)
class Compare:
    """Factors of columns, summed, against a number or against other such factors; false where a cell is no number."""

    kiri: Mapping[str, int]
    tanda: str
    kanan: Mapping[str, int]
    angka: Number = 0

    def excel(self, cell: Cell) -> str:
        """The condition as Excel writes it; a blank cell counts as zero there, hence the count of numbers."""
        names = [cell(name) for name in (*self.kiri, *self.kanan)]
        right = _sum(self.kanan, cell) if self.kanan else format(self.angka, "f")
        test = f"{_sum(self.kiri, cell)}{self.tanda}{right}"
        return f"AND(COUNT({','.join(names)})={len(names)},{test})"

    def holds(self, values: Values) -> bool:
        """Whether a row meets it."""
        sides = []
        for side in (self.kiri, self.kanan):
            total: Number = 0
            for name, factor in side.items():
                value = values.get(name)
                if not isinstance(value, int | float) or isinstance(value, bool):
                    return False
                total += Decimal(str(value)) * factor
            sides.append(total)
        return bool(SIGNS[self.tanda](sides[0], sides[1] if self.kanan else self.angka))


@dataclass(frozen=True)
class Says:
    """A cell holds one of these words, whatever the case."""

    kolom: str
    kata: tuple[str, ...]

    def excel(self, cell: Cell) -> str:
        """The condition as Excel writes it."""
        equal = [f"{cell(self.kolom)}={quoted(word)}" for word in self.kata]
        return equal[0] if len(equal) == 1 else f"OR({','.join(equal)})"

    def holds(self, values: Values) -> bool:
        """Whether a row meets it."""
        return str(values.get(self.kolom)).casefold() in map(str.casefold, self.kata)


@dataclass(frozen=True)
class Join:
    """All of several conditions, or any of them."""

    semua: bool
    bagian: tuple["Test", ...]

    def excel(self, cell: Cell) -> str:
        """The condition as Excel writes it."""
        inner = [one.excel(cell) for one in self.bagian]
        return inner[0] if len(inner) == 1 else f"{'AND' if self.semua else 'OR'}({','.join(inner)})"

    def holds(self, values: Values) -> bool:
        """Whether a row meets it."""
        held = (one.holds(values) for one in self.bagian)
        return all(held) if self.semua else any(held)


Test = Compare | Says | Join


@dataclass(frozen=True)
class Check:
    """A contradiction: the columns to colour, the condition, what to say, and whether it cannot be or is uncommon."""

    kolom: tuple[str, ...]
    syarat: Test
    pesan: str
    mustahil: bool


def checks(rubric: Rubric, bentuk: Bentuk, columns: Sequence[Field]) -> tuple[Check, ...]:
    """The contradictions that a book with these columns can see.

    Raises:
        ConfigError: the rules are invalid.
    """
    offered = {one.nama: [word for word in one.pilihan if isinstance(word, str)] for one in columns}
    found = (_check(one, rubric, bentuk, offered) for one in load_catalog().kontradiksi)
    return tuple(sorted((one for one in found if one), key=lambda one: not one.mustahil))


def quoted(text: str) -> str:
    """A text inside an Excel formula."""
    return '"' + text.replace('"', '""') + '"'


def _check(rule: Contradiction, rubric: Rubric, bentuk: Bentuk, offered: Mapping[str, list[str]]) -> Check | None:
    tests, names = [], []
    for condition in rule.syarat:
        indicator = rubric.by_code.get(condition.kolom)
        if bentuk == "skor":
            if indicator is None:
                return None
            tests.append(_plain(condition))
            names.append(condition.kolom)
        elif indicator is None:
            tests.append(_plain(condition))
            names += [name for name in (condition.kolom, condition.kolom_lain) if name]
        else:
            tests.append(_behind(indicator, condition, offered))
            names += [variable.nama for variable in indicator.jawaban.variabel]
    return Check(tuple(dict.fromkeys(names)), Join(True, tuple(tests)), rule.pesan, rule.aturan == CLASH)


def _plain(condition: Condition) -> Test:
    """A condition on a column that the sheet has."""
    other = {condition.kolom_lain: 1} if condition.kolom_lain else {}
    number = Decimal(0) if condition.angka is None else Decimal(f"{condition.angka:g}")
    return Compare({condition.kolom: 1}, condition.tanda, other, number)


def _behind(indicator: Indicator, condition: Condition, offered: Mapping[str, list[str]]) -> Test:
    """What the answers must be for a score that meets the condition."""
    assert condition.angka is not None
    wanted = [row for row in indicator.skor if SIGNS[condition.tanda](row.skor, condition.angka)]
    names = [variable.nama for variable in indicator.jawaban.variabel]
    words = {word.casefold() for row in wanted for word in row.pilihan}
    if words:
        return Says(names[0], tuple(word for word in offered[names[0]] if word.casefold() in words))
    bounds = _merged([row.batas for row in wanted if row.batas is not None])
    tests: list[Test] = [Join(True, tuple(_within(indicator, names, one))) for one in bounds]
    if indicator.jawaban.skor_penyebut_nol in {row.skor for row in wanted}:
        tests.append(Compare({names[1]: 1}, "=", {}))
    return Join(False, tuple(tests))


def _merged(bounds: Iterable[Bounds]) -> list[Bounds]:
    """Bounds that touch each other as one: 3–4, 5–6 and more than 6 are more than 2."""
    merged: list[Bounds] = []
    for one in sorted(bounds, key=lambda bound: (bound.bawah is not None, bound.bawah)):
        if merged and merged[-1].atas == one.bawah and merged[-1].atas_termasuk != one.bawah_termasuk:
            merged[-1] = replace(merged[-1], atas=one.atas, atas_termasuk=one.atas_termasuk)
        else:
            merged.append(one)
    return merged


def _within(indicator: Indicator, names: list[str], bounds: Bounds) -> Iterable[Test]:
    """The bounds of one score; a ratio is compared without dividing."""
    below, above = (">=" if bounds.bawah_termasuk else ">"), ("<=" if bounds.atas_termasuk else "<")
    for bound, sign in ((bounds.bawah, below), (bounds.atas, above)):
        if bound is None:
            continue
        if indicator.jawaban.jenis == "rasio":
            part, whole = bound.as_integer_ratio()
            yield Compare({names[0]: whole}, sign, {names[1]: part})
        else:
            yield Compare(dict.fromkeys(names, 1), sign, {}, bound)


def _sum(side: Mapping[str, int], cell: Cell) -> str:
    return "+".join(cell(name) if factor == 1 else f"{cell(name)}*{factor}" for name, factor in side.items())
