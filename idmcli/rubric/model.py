"""An edition of the rubric in memory: what the data files under `data/rubrik/<edisi>/` say, checked and frozen.

Arithmetic stays in integers: with scale 6300 (idm-2016) one point is worth 12 (IKS), 35 (IKE) or 140 (IKL) units, a
status begins at the smallest integer above its threshold, and nothing is rounded before it is compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from math import lcm
from typing import Final, Literal

FULL_SCORE: Final = 5
"""What every indicator can reach; an edition in which one cannot is refused."""

AnswerKind = Literal["angka", "rasio", "jumlah", "ada", "pilihan"]
"""`angka` one number; `rasio` first variable ÷ second; `jumlah` sum; `ada` yes/no; `pilihan` one of the choices."""

Actor = Literal["pusat", "provinsi", "kabupaten", "desa", "csr", "lainnya"]
ACTORS: Final[tuple[Actor, ...]] = ("pusat", "provinsi", "kabupaten", "desa", "csr", "lainnya")


@dataclass(frozen=True)
class Reference:
    """A regulation, official document or measurement that a row rests on."""

    kode: str
    judul: str
    catatan: str


@dataclass(frozen=True)
class Variable:
    """One question of the questionnaire: column name in answer files, words, unit (empty for yes/no and choices).

    `bulat`: the answer counts things, so it is a whole number. `terkecil`, `terbesar`: the least and the most that can
    be true (four kinds are named: no answer above 4); None where the question sets no limit but zero.
    """

    nama: str
    pertanyaan: str
    satuan: str
    bulat: bool = False
    terkecil: int | None = None
    terbesar: int | None = None


@dataclass(frozen=True)
class Answer:
    """The raw answer behind an indicator.

    `skor_penyebut_nol` is the score when a ratio's denominator is 0 (no market, no posyandu); None: cannot be scored.
    """

    jenis: AnswerKind
    variabel: tuple[Variable, ...]
    skor_penyebut_nol: int | None = None


@dataclass(frozen=True)
class Bounds:
    """An interval of the answer's unit; None is open-ended. Exact decimals, because 0.004 is not a float."""

    bawah: Decimal | None
    bawah_termasuk: bool
    atas: Decimal | None
    atas_termasuk: bool


@dataclass(frozen=True)
class ScoreRow:
    """One allowed score of an indicator and what it takes.

    Attributes:
        skor: 0–5.
        batas: the numeric condition (angka, rasio, jumlah); None for choices and yes/no.
        pilihan: the accepted words of a choice (`ada`/`tidak` for yes/no), first one canonical; empty for numbers.
        syarat: the condition in our own words.
        kegiatan: recommended activity to rise from here; empty only at the highest score.
        catatan: what the official text leaves out or gets wrong here, and what we do; may be empty.
        acuan: code of the reference.
        diperiksa: the day somebody last checked this row against the reference.
    """

    skor: int
    batas: Bounds | None
    pilihan: tuple[str, ...]
    syarat: str
    kegiatan: str
    catatan: str
    acuan: str
    diperiksa: date


@dataclass(frozen=True)
class LockRule:
    """An indicator is locked where the village's own score of `kode` compares so: `IKL02=5`, `IKS29<3`."""

    kode: str
    banding: Literal["<", "=", ">="]
    skor: int

    def holds(self, skor: int) -> bool:
        """Whether a village with this score of `kode` is locked out."""
        if self.banding == "<":
            return skor < self.skor
        return skor == self.skor if self.banding == "=" else skor >= self.skor

    def __str__(self) -> str:
        """As `rencana.csv` writes it."""
        return f"{self.kode}{self.banding}{self.skor}"


@dataclass(frozen=True)
class PlanRule:
    """What raising an indicator takes and who leads: the project's judgement, meant to be changed by an office.

    Attributes:
        beban: effort of one point; 10 is ordinary work that a village does itself within a year.
        mulai: effort charged once for an indicator that is touched at all.
        terkunci: no plan raises it, in any village, unless the officer unlocks it.
        kunci_bila: locked in the villages where any of these holds, unless the officer unlocks it.
        bersama: one work serves the villages of a kecamatan or of a kawasan; empty: every village needs its own.
        setara: as how many ordinary works of one village a shared one counts where works have no price in rupiah.
        pelaku: who leads unless told otherwise, with `instansi`; both stand among the indicator's own actors.
        naik_setahun: share (0–1) of the villages below full score that stood higher a year later; None: not measured.
        alasan: why this effort, lock, sharing and lead, for the officer.
        acuan: code of the reference.
        diperiksa: the day somebody last checked this row.
    """

    beban: int
    mulai: int
    terkunci: bool
    kunci_bila: tuple[LockRule, ...]
    bersama: Literal["", "kecamatan", "kawasan"]
    setara: int
    pelaku: Actor
    instansi: str
    naik_setahun: float | None
    alasan: str
    acuan: str
    diperiksa: date


@dataclass(frozen=True)
class Indicator:
    """One of the 50 indicators.

    `label` is the ministry's column label (`Skor Akses Sarkes`), `singkat` the short name for tables, `nama` the full
    one. `skor` stands from the lowest score up.
    `sifat` is `statis` or `dinamis` (SOP IDM: facts that seldom change against facts to be collected anew each year).
    `dapat_digerakkan` is False where no plan can raise the score (IKS20–22); `alasan` then says why.
    `rencana` says what a plan must reckon with: effort, locks, shared works, who leads.
    """

    kode: str
    label: str
    singkat: str
    nama: str
    dimensi: str
    subdimensi: str
    sifat: Literal["statis", "dinamis"]
    jawaban: Answer
    skor: tuple[ScoreRow, ...]
    pelaku: Mapping[Actor, tuple[str, ...]]
    dapat_digerakkan: bool
    alasan: str
    rencana: PlanRule
    acuan: str
    diperiksa: date

    @cached_property
    def allowed(self) -> tuple[int, ...]:
        """The scores that may occur, ascending."""
        return tuple(row.skor for row in self.skor)

    def row(self, skor: int) -> ScoreRow:
        """The row of one allowed score; KeyError for any other."""
        for row in self.skor:
            if row.skor == skor:
                return row
        raise KeyError(skor)


@dataclass(frozen=True)
class Dimension:
    """IKS, IKE or IKL: `kolom` is its column (`iks`), `maksimum` the most points its indicators give (175, 60, 15)."""

    kode: str
    nama: str
    indikator: tuple[str, ...]
    maksimum: int

    @property
    def kolom(self) -> str:
        """The index column's name."""
        return self.kode.lower()


@dataclass(frozen=True)
class Status:
    """One status: it begins at integer `k_min`; `ambang` is the official threshold below it (None for the lowest).

    `skor_minimal` is what the ministry prints as the least score of this status (threshold + 0.0001; None for the
    lowest).
    """

    nama: str
    k_min: int
    ambang: Decimal | None
    skor_minimal: Decimal | None
    acuan: str
    diperiksa: date


@dataclass(frozen=True)
class Rubric:
    """A whole edition.

    Attributes:
        edisi: its name; a changed copy of an edition of ours that kept the name is called `idm-2016 diubah (folder)`.
        hash: SHA-256 over the edition's files in name order, so that a paper can say by which text it was made.
        dimensi: IKS, IKE, IKL, in this order.
        status: from the lowest to the highest, each beginning at its own integer.
        instansi: short to full names of offices.
    """

    edisi: str
    judul: str
    catatan: str
    hash: str
    indikator: tuple[Indicator, ...]
    dimensi: tuple[Dimension, ...]
    status: tuple[Status, ...]
    acuan: Mapping[str, Reference]
    instansi: Mapping[str, str]

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The indicator codes in official order."""
        return tuple(indicator.kode for indicator in self.indikator)

    @cached_property
    def by_code(self) -> Mapping[str, Indicator]:
        """Indicators by code."""
        return {indicator.kode: indicator for indicator in self.indikator}

    @cached_property
    def scale(self) -> int:
        """The integer that stands for IDM = 1 (6300): every IDM is a multiple of 1/scale."""
        return lcm(*(dimension.maksimum for dimension in self.dimensi)) * len(self.dimensi)

    def unit(self, dimension: Dimension) -> int:
        """What one point of the dimension is worth in units of 1/scale (12, 35, 140)."""
        return self.scale // (dimension.maksimum * len(self.dimensi))

    def reach(self, dimension: Dimension) -> tuple[int, int]:
        """The least and the most points that allowed scores give in a dimension."""
        allowed = [self.by_code[kode].allowed for kode in dimension.indikator]
        return sum(scores[0] for scores in allowed), sum(scores[-1] for scores in allowed)

    def dimension_of(self, kode: str) -> Dimension:
        """The dimension an indicator belongs to."""
        return next(dimension for dimension in self.dimensi if kode in dimension.indikator)

    def status_at(self, k: int) -> Status:
        """The status of an IDM of k/scale."""
        return [status for status in self.status if k >= status.k_min][-1]
