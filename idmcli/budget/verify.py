"""A village's draft budget held against its weak indicators, its path to the next status, and the formal rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from idmcli.budget.formal import formal_checks
from idmcli.budget.links import LINE, links
from idmcli.budget.money import shares, totals
from idmcli.budget.verdict import overall, verdicts
from idmcli.budget.weak import FUNDED, MISSING, SUPPORTED, weak_indicators, with_money
from idmcli.parameters.budget_rules import BudgetRules
from idmcli.parameters.crosswalk import FACT, OTHERS, VILLAGE, Crosswalk
from idmcli.rubric.model import Rubric
from idmcli.sentences import said

NOW: Final = (
    *("kode_desa", "provinsi", "kabupaten", "kecamatan", "desa", "tahun", "idm", "idm_k", "status"),
    *("target", "butuh_k", "keadaan_jalur", "jalur", "idm_k_jalur", "status_jalur", "alasan_jalur"),
)
"""What is known of a village before its budget is looked at."""


@dataclass(frozen=True)
class Verification:
    """What was found, per village with lines and scores.

    Attributes:
        lines: `budget.lines` of these villages, numbered in `_baris` as `tautan` numbers them.
        tautan: `budget.links`.
        indikator: `budget.weak.with_money`.
        uang: `budget.money.shares`.
        formal: `budget.formal.formal_checks`.
        aspek: `budget.verdict.verdicts`.
        desa: one row per village, by code: the columns of `NOW` and of `budget.money.totals`; counts `lemah` (weak
            indicators), `lemah_desa` (of these within the village's authority), `dianggarkan, hanya_pendukung,
            belum_dianggarkan` (of those), `belum_persen` (whole per cent, rounded down), `pihak_lain, fakta`; steps of
            the path `langkah, langkah_desa, langkah_dianggarkan, langkah_pendukung, langkah_belum, langkah_lain`, with
            `langkah_belum_daftar, langkah_pendukung_daftar` in words and `biaya_jalur, biaya_dianggarkan` in the unit
            of the path's prices; `kurang_idm` (`butuh_k` as an index); `idm_k_harapan, idm_harapan, status_harapan`: if
            the steps of the path that the budget addresses directly succeed; `idm_k_paling, idm_paling, status_paling`:
            if every indicator that it addresses directly reaches the full score; `temuan_galat, temuan_peringatan`;
            `putusan, alasan`.
    """

    lines: pl.DataFrame
    tautan: pl.DataFrame
    indikator: pl.DataFrame
    uang: pl.DataFrame
    formal: pl.DataFrame
    aspek: pl.DataFrame
    desa: pl.DataFrame


def verify(
    villages: pl.DataFrame,
    deficits: pl.DataFrame,
    steps: pl.DataFrame,
    lines: pl.DataFrame,
    findings: pl.DataFrame,
    *,
    crosswalk: Crosswalk,
    rules: BudgetRules,
    rubric: Rubric,
    names: Mapping[str, str],
) -> Verification:
    """Verify the budgets of the villages that have lines.

    Args:
        villages: the columns of `NOW`, one row per village.
        deficits: `gap.deficits` of these villages.
        steps: `kode_desa, kode, ke, tambahan_k, biaya` of their smallest paths.
        lines: `budget.lines`; those of other villages are left out.
        findings: about these lines (`findings.SCHEMA`).
        crosswalk: what addresses what.
        rules: formal rules and verdicts.
        rubric: the edition in force.
        names: official names of activities by code.
    """
    here = villages.join(lines.filter("daun").select("kode_desa"), on="kode_desa", how="semi").sort("kode_desa")
    known = lines.join(here.select("kode_desa"), on="kode_desa", how="semi", maintain_order="left")
    weak = weak_indicators(
        deficits.join(here.select("kode_desa"), on="kode_desa", how="semi", maintain_order="left"),
        steps,
        crosswalk,
        rubric,
    )
    linked = links(known, weak, crosswalk, names)
    weak = with_money(weak, linked)
    money = totals(known, linked)
    formal = formal_checks(known, money, rules.aturan)
    dimensions = pl.DataFrame(
        {"kode": rubric.codes, "dimensi": [rubric.dimension_of(kode).kode for kode in rubric.codes]}
    )
    table = (
        here.select(NOW)
        .join(money, on="kode_desa", how="left", maintain_order="left")
        .join(_counts(weak), on="kode_desa", how="left", maintain_order="left")
        .join(_faults(findings), on="kode_desa", how="left", maintain_order="left")
        .with_columns(pl.col(pl.Int64).fill_null(0), pl.col("^.*_daftar$").fill_null(""))
        .with_columns(
            (100 * pl.col("belum_dianggarkan") // pl.when(pl.col("lemah_desa") > 0).then("lemah_desa"))
            .fill_null(0)
            .alias("belum_persen")
        )
    )
    table = _expected(table, rubric)
    judged = verdicts(table, formal, rules.aspek)
    return Verification(
        known.with_row_index(LINE),
        linked,
        weak,
        shares(known, linked, dimensions),
        formal,
        judged,
        table.join(overall(judged), on="kode_desa", how="left", maintain_order="left"),
    )


def _counts(weak: pl.DataFrame) -> pl.DataFrame:
    """Indicators and steps per village; every count is Int64."""
    state, step = pl.col("keadaan"), pl.col("langkah")
    step_words = said("{} {} {}→{}", "kode", "singkat", "skor", "ke")

    def many(condition: pl.Expr, name: str) -> pl.Expr:
        return condition.sum().cast(pl.Int64).alias(name)

    return weak.group_by("kode_desa", maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("lemah"),
        many(pl.col("kewenangan") == VILLAGE, "lemah_desa"),
        many(state == FUNDED, "dianggarkan"),
        many(state == SUPPORTED, "hanya_pendukung"),
        many(state == MISSING, "belum_dianggarkan"),
        many(state == OTHERS, "pihak_lain"),
        many(state == FACT, "fakta"),
        many(step, "langkah"),
        many(step & (pl.col("kewenangan") == VILLAGE), "langkah_desa"),
        many(step & (state == FUNDED), "langkah_dianggarkan"),
        many(step & (state == SUPPORTED), "langkah_pendukung"),
        many(step & (state == MISSING), "langkah_belum"),
        many(step & (state == OTHERS), "langkah_lain"),
        step_words.filter(step & (state == MISSING)).str.join(", ").alias("langkah_belum_daftar"),
        step_words.filter(step & (state == SUPPORTED)).str.join(", ").alias("langkah_pendukung_daftar"),
        pl.col("biaya").sum().cast(pl.Int64).alias("biaya_jalur"),
        pl.col("biaya").filter(state == FUNDED).sum().cast(pl.Int64).alias("biaya_dianggarkan"),
        pl.col("langkah_k").filter(state == FUNDED).sum().cast(pl.Int64).alias("_tambah_jalur"),
        pl.col("tambahan_k").filter(state == FUNDED).sum().cast(pl.Int64).alias("_tambah_semua"),
    )


def _faults(findings: pl.DataFrame) -> pl.DataFrame:
    level = pl.col("tingkat")
    return findings.group_by("kode_desa").agg(
        (level == "galat").sum().cast(pl.Int64).alias("temuan_galat"),
        (level == "peringatan").sum().cast(pl.Int64).alias("temuan_peringatan"),
    )


def _expected(table: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """IDM and status that the budget can bring, on whole numbers of 1/scale."""
    missing = table.get_column("butuh_k").to_list()
    added = [pl.Series("kurang_idm", [None if k is None else k / rubric.scale for k in missing], dtype=pl.Float64)]
    for name, gain in (("harapan", "_tambah_jalur"), ("paling", "_tambah_semua")):
        numbers = [k + more for k, more in table.select("idm_k", gain).iter_rows()]
        added += [
            pl.Series(f"idm_k_{name}", numbers, dtype=pl.Int32),
            pl.Series(f"idm_{name}", [k / rubric.scale for k in numbers], dtype=pl.Float64),
            pl.Series(f"status_{name}", [rubric.status_at(k).nama for k in numbers], dtype=pl.String),
        ]
    return table.with_columns(added).drop("_tambah_jalur", "_tambah_semua")
