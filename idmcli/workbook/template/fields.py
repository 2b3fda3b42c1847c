"""What a village fills in: one field per column, with its header, its limits and what the officer is told about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

from idmcli.parameters.evidence import Question, questions
from idmcli.rubric.model import Indicator, Rubric, Variable

Bentuk = Literal["isian", "skor"]
"""Raw answers to the questions, or the scores themselves."""

LONGEST_TITLE: Final = 32
LONGEST_MESSAGE: Final = 255
"""Letters of an input message that Excel takes; more and it calls the file damaged."""
GUIDE: Final = "PETUNJUK"
"""Name of the sheet of instructions; `normalise` knows such a sheet for what it is."""


@dataclass(frozen=True)
class Field:
    """One column to fill in.

    Attributes:
        nama: column of village frames: a question's name or an indicator's code.
        judul: header; `normalise` recognises it.
        bagian: sub-dimension.
        dimensi: number of the dimension in the rubric's order.
        statis: seldom changes, so last year's value is kept.
        kepala: title of the input message.
        pesan: the input message: question, unit, evidence.
        bukti: documents or offices that the answer comes from.
        pilihan: words or scores to choose from; empty for numbers.
        variabel: limits of a number; None for scores.
    """

    nama: str
    judul: str
    bagian: str
    dimensi: int
    statis: bool
    kepala: str
    pesan: str
    bukti: str
    pilihan: tuple[str | int, ...]
    variabel: Variable | None


@dataclass(frozen=True)
class Part:
    """The fields of one sub-dimension, and the header of the column that counts those filled in."""

    judul: str
    dimensi: int
    fields: tuple[Field, ...]


def fields(rubric: Rubric, bentuk: Bentuk) -> tuple[Field, ...]:
    """Every field, in the order of the indicators.

    Raises:
        ConfigError: `bukti.toml` is invalid or does not fit the edition.
    """
    asked = questions(rubric)
    order = {dimension.kode: number for number, dimension in enumerate(rubric.dimensi)}
    if bentuk == "isian":
        return tuple(_answer(one, order[one.indikator[0].dimensi]) for one in asked)
    return tuple(_score(one, order[one.dimensi], asked) for one in rubric.indikator)


def parts(columns: Sequence[Field]) -> tuple[Part, ...]:
    """The fields by sub-dimension, in their order."""
    grouped = ((nama, tuple(members)) for nama, members in groupby(columns, key=lambda one: one.bagian))
    return tuple(Part(f"Bagian {nama}", members[0].dimensi, members) for nama, members in grouped)


def limit(variable: Variable) -> str:
    """What a number must be, in words."""
    kind = "Bilangan bulat" if variable.bulat else "Angka, paling banyak dua desimal"
    least = variable.terkecil or 0
    if variable.terbesar is not None:
        return f"{kind} dari {least} sampai {variable.terbesar}"
    return f"{kind}, paling sedikit {least}"


def _answer(question: Question, dimensi: int) -> Field:
    variable, indicator = question.variabel, question.indikator[0]
    lines = [variable.pertanyaan]
    lines += [f"Satuan: {variable.satuan}."] if variable.satuan else []
    lines += [f"Bukti: {question.bukti}."] if question.bukti else []
    return Field(
        nama=variable.nama,
        judul=question.text,
        bagian=indicator.subdimensi,
        dimensi=dimensi,
        statis=question.statis,
        kepala=_cut(f"{'/'.join(one.kode for one in question.indikator[:2])} {indicator.singkat}", LONGEST_TITLE),
        pesan=_cut("\n".join(lines), LONGEST_MESSAGE),
        bukti=question.bukti,
        pilihan=tuple(question.pilihan),
        variabel=variable,
    )


def _score(indicator: Indicator, dimensi: int, asked: Sequence[Question]) -> Field:
    evidence = [one.bukti for one in asked if indicator in one.indikator and one.bukti]
    conditions = "\n".join(f"{row.skor} = {row.syarat}" for row in indicator.skor)
    if len(conditions) > LONGEST_MESSAGE:
        allowed = ", ".join(map(str, indicator.allowed))
        conditions = f"{indicator.nama}.\nSkor yang berlaku: {allowed}. Arti tiap skor ada di lembar {GUIDE}."
    return Field(
        nama=indicator.kode,
        judul=f"{indicator.kode} {indicator.singkat}",
        bagian=indicator.subdimensi,
        dimensi=dimensi,
        statis=indicator.sifat == "statis",
        kepala=_cut(f"{indicator.kode} {indicator.singkat}", LONGEST_TITLE),
        pesan=_cut(conditions, LONGEST_MESSAGE),
        bukti="; ".join(dict.fromkeys(evidence)),
        pilihan=indicator.allowed,
        variabel=None,
    )


def _cut(text: str, most: int) -> str:
    """The text, cut between words where it is too long."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;") + "…"
