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
    before = subject.previous.select(ROW, pl.col(*_held(subject)).name.suffix(BEFORE))
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


def copied_years(subject: Subject) -> dict[int | None, list[tuple[Copy, str]]]:
    """Per year the copied columns that the data show, each with the evidence in words."""
    found: dict[int | None, list[tuple[Copy, str]]] = {}
    documents = subject.table.shape == "rumusan"
    for copy in subject.catalog.salinan:
        if not {copy.asal, copy.salinan} <= set(subject.codes):
            continue
        both = subject.computed.select(TAHUN, same=pl.col(copy.asal) == pl.col(copy.salinan)).drop_nulls("same")
        for year, rows, same in both.group_by(TAHUN).agg(pl.len(), pl.col("same").sum()).iter_rows():
            if same == rows and (rows >= copy.baris or (documents and year in copy.tahun)):
                evidence = f"{whole(same)} dari {whole(rows)} baris" + (f" tahun {year}" if year else "")
                found.setdefault(year, []).append((copy, evidence))
    return found
