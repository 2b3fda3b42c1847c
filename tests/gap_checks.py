"""Villages with known scores, and what must hold for the paths of any scored frame."""

import random
from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from idmcli.gap import Choice, Paths, locks, options
from idmcli.parameters.costs import Costs, effort_costs
from idmcli.rubric import Rubric, load_rubric
from idmcli.scoring import score

RUBRIC = load_rubric()
EFFORT = effort_costs(RUBRIC)
UNIT = {kode: {"IKS": 12, "IKE": 35, "IKL": 140}[kode[:3]] for kode in RUBRIC.codes}
FULL = dict.fromkeys(RUBRIC.codes, 5)


def scored(*rows: Mapping[str, int | None], rubric: Rubric = RUBRIC) -> pl.DataFrame:
    """Scored villages; what a row does not name has the full score."""
    return score(pl.DataFrame([{**FULL, **row} for row in rows], schema=dict.fromkeys(RUBRIC.codes, pl.Int8)), rubric)


def rupiah(steps: Mapping[tuple[str, int, int], int]) -> Costs:
    return Costs("rupiah", steps, "biaya.csv")


def beginning_at(k: int) -> Rubric:
    """The edition with its second status at another integer and the rest out of reach: any need can be tried."""
    begins = (0, k, 9990, 9991, 9992)
    return replace(
        RUBRIC,
        status=tuple(replace(status, k_min=begin) for status, begin in zip(RUBRIC.status, begins, strict=True)),
    )


def random_villages(number: int, seed: int) -> pl.DataFrame:
    """Villages of all statuses: scores drawn low, high or anyhow."""
    draw = random.Random(seed)
    lean = [draw.choice((0, 1, 2, 4)) for _ in range(number)]
    return scored(*({row.kode: max(draw.choices(row.allowed, k=1 + n)) for row in RUBRIC.indikator} for n in lean))


def check_paths(frame: pl.DataFrame, choice: Choice, paths: Paths) -> None:
    """What holds for every path: options only, nothing locked, and scores that really give the status."""
    new = paths.langkah.pivot("kode", index=("no", "pilihan"), values="ke", aggregate_function="first")
    old = new.select("no", "pilihan").join(frame.with_row_index("no"), on="no", maintain_order="left")
    raised = [pl.coalesce(new[kode], old[kode]).alias(kode) for kode in RUBRIC.codes if kode in new.columns]
    after = score(old.select("no", "pilihan", *RUBRIC.codes).with_columns(raised), RUBRIC)
    assert after["alasan"].null_count() == after.height, "a score that the rubric does not allow"
    ranks = {status.nama: rank for rank, status in enumerate(RUBRIC.status)}
    said = after.join(paths.desa.select("no", "target", "idm_k_baru", "idm_baru", "status_baru"), on="no")
    short = said.filter(pl.col("status").replace_strict(ranks) < pl.col("target").replace_strict(ranks))
    assert short.height == 0, f"paths that do not reach their target: {short}"
    best = said.filter(pl.col("pilihan") == 0)
    assert best.select("idm_k", "idm", "status").rows() == best.select("idm_k_baru", "idm_baru", "status_baru").rows()
    single, barred = options(frame, RUBRIC, choice), locks(frame, RUBRIC, choice)
    assert paths.langkah.join(single, on=single.columns, how="anti").height == 0, "a step that is no option"
    assert single.join(barred, on=["no", "kode"], how="semi").height == 0, "an option on a locked indicator"
    lines = paths.langkah.group_by("no", "pilihan").agg(pl.len(), pl.col("biaya", "tambahan_k").sum())
    if choice.maks_indikator is not None:
        assert lines.filter(pl.col("len") > choice.maks_indikator).height == 0
    listed = pl.concat(
        [
            paths.desa.drop_nulls("biaya").select("no", pl.lit(0, pl.Int8).alias("pilihan"), "biaya", "tambahan_k"),
            paths.alternatif.select("no", "pilihan", "biaya", "tambahan_k"),
        ]
    )
    assert lines.height == listed.height
    assert lines.join(listed, on=listed.columns, how="anti").height == 0, "sums that are not those of the steps"
