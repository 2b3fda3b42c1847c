"""What is proposed to the verifier: a verdict per aspect and for the whole, each with its reasons."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import polars as pl

from idmcli.parameters.budget_rules import GOOD, UNKNOWN, VERDICTS, Aspect
from idmcli.words import whole

SCHEMA: Final = {
    "kode_desa": pl.String(),
    "aspek": pl.String(),
    "judul": pl.String(),
    "putusan": pl.String(),
    "alasan": pl.List(pl.String()),
    "acuan": pl.String(),
}


def verdicts(villages: pl.DataFrame, formal: pl.DataFrame, aspects: Sequence[Aspect]) -> pl.DataFrame:
    """One row per village and aspect, in the order of the rules.

    An aspect is `sesuai` unless one of its conditions holds; then the gravest of those that hold, with the reasons of
    all that do. What a rule could not check is added to the reasons, and changes no verdict.

    Args:
        villages: the measures (`parameters.budget_rules.MEASURES`, `LISTS`) per `kode_desa`.
        formal: `budget.formal.formal_checks`.
        aspects: of the rules.
    """
    checked: dict[str, dict[str, Mapping[str, Any]]] = {}
    for row in formal.iter_rows(named=True):
        checked.setdefault(row["kode_desa"], {})[row["aturan"]] = row
    rows = [
        (village["kode_desa"], *line)
        for village in villages.iter_rows(named=True)
        for line in _judged(village, checked.get(village["kode_desa"], {}), aspects)
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def overall(judged: pl.DataFrame) -> pl.DataFrame:
    """One row per village: `kode_desa`, `putusan` (the gravest of its aspects), `alasan` (of the aspects that are not
    good; of all where all are)."""
    rank = pl.col("putusan").replace_strict({name: n for n, name in enumerate(VERDICTS)}, return_dtype=pl.Int8)
    ranked = judged.with_columns(rank.alias("_berat"))
    worst = pl.col("_berat").max().over("kode_desa")
    return (
        ranked.filter((pl.col("_berat") > 0) | (worst == 0))
        .group_by("kode_desa", maintain_order=True)
        .agg(pl.col("_berat").max(), pl.col("alasan").explode())
        .select(
            "kode_desa",
            pl.col("_berat").replace_strict(dict(enumerate(VERDICTS)), return_dtype=pl.String).alias("putusan"),
            "alasan",
        )
    )


def _judged(
    village: Mapping[str, Any], checked: Mapping[str, Mapping[str, Any]], aspects: Sequence[Aspect]
) -> Iterator[tuple[str, str, str, list[str], str]]:
    words = {key: whole(value) if isinstance(value, int) else value for key, value in village.items()}
    for aspect in aspects:
        holding = []
        unknown: dict[str, None] = {}
        for rule in aspect.putusan:
            name = rule.bila.ukuran
            value = checked[name]["hasil"] if name in checked else village[name]
            if value == UNKNOWN:
                unknown[f"Periksa pada dokumennya: {checked[name]['judul']}. {checked[name]['catatan']}"] = None
            if rule.bila.holds(value):
                holding.append((rule, {**words, "angka": checked[name]["angka"]} if name in checked else words))
        worst = max((VERDICTS.index(rule.putusan) for rule, _ in holding), default=0)
        reasons = [rule.alasan.format_map(known) for rule, known in holding]
        if not reasons and not unknown:
            reasons = [aspect.sesuai.format_map(words)]
        verdict = VERDICTS[worst] if holding else GOOD
        yield aspect.kode, aspect.judul, verdict, [*reasons, *unknown], aspect.acuan
