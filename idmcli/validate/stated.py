"""What a row states (IKS, IKE, IKL, IDM, status) against what follows from it: one finding per cause.

The causes are looked for in this order, and what an earlier one explains is not reported again:

1. A sub-index that no sum of allowed scores can give: the cell itself is wrong.
2. A known copied column (2024: IKS31 is a copy of IKS30): the stated total still holds the true score.
3. A sub-index that differs from the sum of the scores. Where the stated indices agree among themselves the suspect is a
   score, and every single change that would explain the difference is named; where the stated IDM agrees with the
   scores, the suspect is the sub-index.
4. An IDM that is the mean neither of the stated nor of the computed sub-indices: the suspect is the IDM.
5. A status that follows neither from the computed IDM nor, where a cause above is at work, from the stated figures.
"""

from typing import Final

import polars as pl

from idmcli.columns import (
    BERKAS,
    IDM_K,
    INDICES,
    KODE_DESA,
    LEMBAR,
    STATED_INDICES,
    STATED_STATUS,
    SUB_INDICES,
    TAHUN,
)
from idmcli.rubric.model import Dimension, Rubric
from idmcli.validate.catalog import Copy
from idmcli.validate.judge import Judge, reach
from idmcli.validate.precision import with_tolerances
from idmcli.validate.subject import BEFORE, DRAFT, ROW, Subject
from idmcli.words import whole

NAMES: Final = (
    "indeks_luar_grid",
    "salinan_internet",
    *(f"{name}_tidak_cocok" for name in INDICES),
    "status_tidak_cocok",
)


def check(subject: Subject) -> list[pl.DataFrame]:
    """Findings about stated figures."""
    if not any(name in subject.computed.columns for name in (*STATED_INDICES, STATED_STATUS)):
        return []
    judge = Judge(subject.rubric, copied_years(subject), subject.catalog.calon_terbanyak)
    found: dict[str, list[tuple[int, str, str]]] = {name: [] for name in NAMES}
    for row in suspicious(subject).iter_rows(named=True):
        for draft in judge.judge(row):
            found.setdefault(draft.aturan, []).append((row[ROW], draft.kolom, draft.pesan))
    return [subject.at_rows(name, pl.DataFrame(rows, DRAFT, orient="row")) for name, rows in found.items()]


def suspicious(subject: Subject) -> pl.DataFrame:
    """The rows where something stated is off its grid or differs, with tolerances; all else agrees."""
    have = subject.computed.columns
    stated = [
        *(pl.col(name) if name in have else pl.lit(None, dtype=pl.Float64).alias(name) for name in STATED_INDICES),
        pl.col(STATED_STATUS) if STATED_STATUS in have else pl.lit(None, dtype=pl.String).alias(STATED_STATUS),
    ]
    names = (ROW, BERKAS, LEMBAR, KODE_DESA, TAHUN, *INDICES, IDM_K, "status", *subject.codes)
    frame = with_tolerances(subject.computed.select(*names, *stated))
    mean = pl.sum_horizontal((f"{name}_terbit" for name in SUB_INDICES), ignore_nulls=False) / len(SUB_INDICES)
    odd = [(pl.col(f"{name}_terbit") - pl.col(name)).abs() > pl.col(f"{name}_tol") for name in INDICES]
    odd += [~on_grid(dimension, subject.rubric) for dimension in subject.rubric.dimensi]
    odd.append((pl.col("idm_terbit") - mean).abs() > pl.col("idm_tol"))
    odd.append(pl.col(STATED_STATUS) != pl.col("status"))
    odd.append(pl.col("idm").is_null() & pl.col(STATED_STATUS).is_not_null())
    rows = frame.filter(pl.any_horizontal(one.fill_null(value=False) for one in odd))
    if subject.previous is None:
        return rows
    before = subject.previous.select(ROW, pl.col(_held(subject)).name.suffix(BEFORE))
    return rows.join(before, on=ROW, how="left", maintain_order="left")


def _held(subject: Subject) -> list[str]:
    """The scores that both this year and the year before hold."""
    have = subject.previous.columns if subject.previous is not None else []
    return [code for code in subject.codes if code in have]


def on_grid(dimension: Dimension, rubric: Rubric) -> pl.Expr:
    """Whether the stated sub-index is a whole number of points that scores can give, as far as its decimals tell."""
    least, most = reach(dimension, rubric)
    value = pl.col(f"{dimension.kolom}_terbit")
    points = (value * dimension.maksimum).round().clip(least, most)
    return (value - points / dimension.maksimum).abs() <= pl.col(f"{dimension.kolom}_tol")


TOLD_IF_EQUAL: Final = 2
TOLD: Final = 3
"""So many mismatches must fit a known copy before it is accused (fewer if the columns are equal in every row), and so
many times more than those that do not fit: measured on 2,127 official village-years and Kaltara 2024."""


def copied_years(subject: Subject) -> dict[int | None, list[tuple[Copy, str]]]:
    """Per year the copied columns that the data show, each with the evidence in words.

    Either the two columns are equal in every row of the year (in enough rows to be no chance), or, in a year that is
    known for it, the totals themselves tell: nearly every mismatch is explained by the copy. The second holds also
    where somebody has corrected some of the rows.
    """
    found: dict[int | None, list[tuple[Copy, str]]] = {}
    documents = subject.table.shape == "rumusan"
    for copy in subject.catalog.salinan:
        if not {copy.asal, copy.salinan} <= set(subject.codes):
            continue
        for year, rows, same, told, other in _copy_counts(subject, copy).iter_rows():
            known = year in copy.tahun
            everywhere = same == rows and (rows >= copy.baris or (documents and known))
            by_totals = known and told >= (TOLD_IF_EQUAL if same == rows else TOLD) and told > TOLD * other
            if everywhere or by_totals:
                evidence = f"{whole(same)} dari {whole(rows)} baris" + (f" tahun {year}" if year else "")
                found.setdefault(year, []).append((copy, evidence))
    return found


def _copy_counts(subject: Subject, copy: Copy) -> pl.DataFrame:
    """Per year: rows, rows in which both columns are equal, mismatches that the copy explains, and other mismatches."""
    dimension = subject.rubric.dimension_of(copy.salinan)
    stated = f"{dimension.kolom}_terbit"
    value = pl.col(stated) if stated in subject.computed.columns else pl.lit(None, dtype=pl.Float64)
    off = ((value - pl.col(dimension.kolom)) * dimension.maksimum).round().cast(pl.Int32).fill_null(0)
    same = pl.col(copy.asal) == pl.col(copy.salinan)
    true = (pl.col(copy.salinan) + off).is_in(subject.rubric.by_code[copy.salinan].allowed)
    return (
        subject.computed.select(TAHUN, same=same, told=(off != 0) & same & true, other=(off != 0) & ~(same & true))
        .drop_nulls("same")
        .group_by(TAHUN)
        .agg(pl.len(), pl.col("same", "told", "other").sum())
    )
