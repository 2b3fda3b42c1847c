"""The shape of one village's computation: what a screen or a paper needs to show how its IDM came about."""

from collections.abc import Mapping
from dataclasses import dataclass

from idmcli.rubric.model import Reference

Cell = object
"""A value of a village frame: text, number, boolean or None."""


@dataclass(frozen=True)
class AnswerLine:
    """One raw answer as it stands in the frame; `isi` is None where it is empty."""

    nama: str
    pertanyaan: str
    satuan: str
    isi: float | str | None


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator: answers (empty if the input has none), score, the condition met, and its worth.

    `skor` and `syarat` are None where the score is missing or not allowed. `satuan` is what the score gives and
    `tambahan` what a full score would add, both in units of 1/scale (the ministry's "+NILAI" is tambahan ÷ scale).
    """

    kode: str
    nama: str
    jawaban: tuple[AnswerLine, ...]
    skor: int | None
    syarat: str | None
    catatan: str
    satuan: int | None
    tambahan: int | None
    acuan: str


@dataclass(frozen=True)
class DimensionLine:
    """One sub-index: `poin` of `maksimum`, as index (0–1) and in units of 1/scale; `terbit` is the stated index.

    `satuan_per_poin` is what one point is worth. For a recap `indikator` is empty.
    """

    kode: str
    nama: str
    poin: int | None
    maksimum: int
    satuan_per_poin: int
    satuan: int | None
    indeks: float | None
    terbit: float | None
    indikator: tuple[IndicatorLine, ...]


@dataclass(frozen=True)
class Distance:
    """How far a village stands from a threshold.

    `satuan` is the distance in units of 1/scale, `idm` the same as an index; `poin` gives, per dimension code, the
    least whole points that cross the threshold in that dimension alone, None where the dimension has not so many.
    """

    status: str
    k_min: int
    satuan: int
    idm: float
    poin: Mapping[str, int | None]


@dataclass(frozen=True)
class Explanation:
    """A whole computation.

    Attributes:
        identitas: provenance and identity columns of the row, as far as it has them.
        edisi: the edition, `skala` its 1/scale.
        k: the IDM in units of 1/scale; with `idm` and `status` None where the row could not be scored (`alasan`).
        naik: to the next status; None at the highest.
        turun: to the status below; None at the lowest. Crossing means falling below this status' own threshold.
        terbit: what the input states (`iks_terbit` …), only what is not empty; `cocok` whether all of it agrees.
        acuan: references in the order of their first use.
    """

    identitas: Mapping[str, Cell]
    edisi: str
    skala: int
    dimensi: tuple[DimensionLine, ...]
    k: int | None
    idm: float | None
    status: str | None
    naik: Distance | None
    turun: Distance | None
    terbit: Mapping[str, Cell]
    cocok: bool | None
    alasan: str | None
    acuan: tuple[Reference, ...]
