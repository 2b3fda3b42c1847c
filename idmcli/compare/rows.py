"""The villages of all inputs as one frame: one row per village and year, whatever holds the most."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from idmcli.columns import BERKAS, IDM_K, INDICES, KODE_DESA, PLACES, STATUS, TAHUN
from idmcli.rubric.model import Rubric
from idmcli.words import whole

SCORED: Final = "berskor"
"""Column: the row has an IDM and all its scores."""
_INPUT: Final = "_masukan"
_KEY: Final = [TAHUN, KODE_DESA]

CONFLICT_SCHEMA: Final[dict[str, pl.DataType]] = {
    KODE_DESA: pl.String(),
    "desa": pl.String(),
    TAHUN: pl.Int32(),
    BERKAS: pl.String(),
    "idm": pl.Float64(),
}


@dataclass(frozen=True)
class Rows:
    """The rows of all years.

    Attributes:
        desa: provenance of the file, identity, `IKS01…` (Int8, null where a row has sub-indices only), indices,
            `idm_k, status`, and `berskor` (Boolean: has an IDM and all scores). One row per village and year; rows
            without a code stand too, but match no other.
        tahun: the years, ascending.
        bertentangan: the rows of village-years on which several inputs differ (`CONFLICT_SCHEMA`).
        ganda: rows left out because another one of the same input has their village and year.
        tak_terhitung: rows without an IDM.
        catatan: what took no part, in words.
    """

    desa: pl.DataFrame
    tahun: tuple[int, ...]
    bertentangan: pl.DataFrame
    ganda: int
    tak_terhitung: int
    catatan: tuple[str, ...]

    def of(self, tahun: int) -> pl.DataFrame:
        """The rows of a year."""
        return self.desa.filter(pl.col(TAHUN) == tahun)

    def coded(self, tahun: int) -> pl.DataFrame:
        """The rows of a year that can be matched: one per code."""
        return self.of(tahun).drop_nulls(KODE_DESA)


def gather(inputs: Sequence[pl.DataFrame], rubric: Rubric, tahun: Sequence[int] = ()) -> Rows:
    """Put the scored villages of all inputs together.

    Rows of one village and year that say the same count once: the one with 50 scores before one with sub-indices only,
    a scored one before one without figures, else the first.

    Args:
        inputs: one scored frame per input, in the order of the command line.
        rubric: the edition they were scored by.
        tahun: only these years; () for all.
    """
    stacked = pl.concat([_uniform(frame, number, rubric) for number, frame in enumerate(inputs)])
    undated = stacked.get_column(TAHUN).null_count()
    dated = stacked.drop_nulls(TAHUN)
    if tahun:
        dated = dated.filter(pl.col(TAHUN).is_in(list(tahun)))
    known, unknown = dated.drop_nulls(KODE_DESA), dated.filter(pl.col(KODE_DESA).is_null())
    fullest = known.sort(SCORED, pl.col(IDM_K).is_not_null(), descending=True, maintain_order=True)
    best = fullest.unique(_KEY, keep="first", maintain_order=True)
    twice = fullest.filter(pl.struct(_KEY).is_duplicated())
    within = known.height - known.select(*_KEY, _INPUT).n_unique()
    notes = []
    if undated:
        notes.append(f"{whole(undated)} baris tanpa tahun tidak dibandingkan")
    if unknown.height:
        notes.append(
            f"{whole(unknown.height)} baris tanpa kode desa: ikut dalam jumlah per tahun, tetapi tanpa pembanding, "
            "sehingga desanya tampak hilang atau baru"
        )
    uncounted = dated.filter(pl.col(IDM_K).is_null()).group_by(TAHUN).len().sort(TAHUN).rows()
    if uncounted:
        told = ", ".join(f"{whole(number)} pada {year}" for year, number in uncounted)
        notes.append(f"baris tanpa IDM, sebabnya disebut idm score: {told}")
    repeated = known.select(*_KEY, _INPUT).n_unique() - best.height
    if repeated:
        notes.append(f"{whole(repeated)} desa-tahun ada di beberapa masukan dengan isi sama; dipakai satu kali")
    if within:
        notes.append(f"{whole(within)} baris memuat desa dan tahun yang sudah ada di baris lain; dipakai satu kali")
    return Rows(
        desa=pl.concat([best, unknown]).sort(TAHUN, KODE_DESA, nulls_last=True, maintain_order=True).drop(_INPUT),
        tahun=tuple(dated.get_column(TAHUN).unique().sort().to_list()),
        bertentangan=_conflicts(twice, rubric),
        ganda=within,
        tak_terhitung=sum(number for _, number in uncounted),
        catatan=tuple(notes),
    )


def _uniform(frame: pl.DataFrame, number: int, rubric: Rubric) -> pl.DataFrame:
    """The columns that a comparison needs, the same for every shape of input."""
    complete = set(frame.columns).issuperset(rubric.codes)
    scores = [pl.col(code).cast(pl.Int8) if complete else pl.lit(None, pl.Int8).alias(code) for code in rubric.codes]
    return frame.select(
        BERKAS, KODE_DESA, *PLACES, pl.col(TAHUN).cast(pl.Int32), *scores, *INDICES, IDM_K, STATUS
    ).with_columns(
        (pl.col(IDM_K).is_not_null() & pl.all_horizontal(pl.col(rubric.codes).is_not_null())).alias(SCORED),
        pl.lit(number, pl.Int32).alias(_INPUT),
    )


def _conflicts(twice: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """The rows of village-years on which several inputs differ, in figures that both have."""
    points = pl.struct((pl.col(row.kolom) * row.maksimum).round().cast(pl.Int32) for row in rubric.dimensi)
    figures = points.filter(pl.col(IDM_K).is_not_null()).n_unique().over(_KEY)
    scores = pl.struct(rubric.codes).filter(pl.col(SCORED)).n_unique().over(_KEY)
    several = pl.col(_INPUT).n_unique().over(_KEY) > 1
    return (
        twice.filter(several & ((figures > 1) | (scores > 1)))
        .sort(*_KEY, _INPUT, maintain_order=True)
        .select(list(CONFLICT_SCHEMA))
    )
