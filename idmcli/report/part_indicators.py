"""The indicators of this year, the weakest first, and how they moved."""

from typing import Any, Final

import polars as pl

from idmcli.columns import TAHUN
from idmcli.report import drawings, narrative
from idmcli.report.charts import Chart
from idmcli.report.facts import Facts
from idmcli.report.parts import LEFT, RIGHT, Part, Table, part, table
from idmcli.report.phrases import enumerated
from idmcli.rubric.model import FULL_SCORE
from idmcli.words import decimal, percent, signed, whole

CHARTED: Final = 15
MOVED: Final = 12
NEARLY_ALL: Final = 0.9


def indicators(facts: Facts) -> Part:
    """Every indicator by its mean score; empty for data without scores."""
    words = facts.words
    if not narrative.has_scores(facts):
        return part("indikator", words("indikator.judul"))
    rows = facts.indicators(facts.villages)
    full = int(((rows["jumlah_desa"] - rows["desa_kurang"]) / rows["jumlah_desa"] >= NEARLY_ALL).sum())
    sentences = narrative.weakest(facts, rows, "indikator.lemah")
    gains = rows.filter((pl.col("tambahan_k") > 0) & pl.col("dapat_digerakkan"))
    gains = gains.sort("tambahan_k", descending=True, maintain_order=True).head(narrative.NAMED)
    named = [
        words("perpindahan.penggerak_satu", nama=row["singkat"], sumbangan=signed(row["tambahan"]))
        for row in gains.iter_rows(named=True)
    ]
    sentences += [words("indikator.tambahan", daftar=enumerated(named))] if named else []
    sentences += [words("indikator.penuh", jumlah=whole(full))] if full else []
    fixed = rows.filter(~pl.col("dapat_digerakkan") & (pl.col("kurang") > 0))["singkat"].to_list()
    sentences += [words("indikator.fakta", daftar=enumerated(fixed))] if fixed else []
    charts = [_weak_chart(facts, rows), *_moved_charts(facts)]
    return part("indikator", words("indikator.judul"), sentences, charts, [_table(facts, rows)])


def _weak_chart(facts: Facts, rows: pl.DataFrame) -> Chart:
    words = facts.words
    bars = [(row["singkat"], round(row["rata_skor"], 6)) for row in rows.head(CHARTED).iter_rows(named=True)]
    judul = words("indikator.gambar", tahun=facts.tahun)
    return drawings.bars(judul, _told(judul, bars), bars, label=words("indikator.rata_skor"), most=float(FULL_SCORE))


def _moved_charts(facts: Facts) -> list[Chart]:
    """How the means of indicators moved since the year before, where both years have scores."""
    if facts.compared is None or facts.pair is None:
        return []
    then, now = (facts.compared.tren_indikator.filter(pl.col(TAHUN) == year) for year in facts.pair)
    both = now.join(then, on="kode", how="inner", suffix="_lalu", maintain_order="left")
    names = {row.kode: row.singkat for row in facts.rubric.indikator}
    changes = [
        (names.get(kode, kode), round(mean - before, 6))
        for kode, mean, before in both.select("kode", "rata_skor", "rata_skor_lalu").iter_rows()
        if mean is not None and before is not None and round(mean - before, 2) != 0
    ]
    largest = sorted(changes, key=lambda change: -abs(change[1]))[:MOVED]
    if not largest:
        return []
    judul = facts.words("indikator.gambar_perubahan", dari=facts.pair[0], ke=facts.pair[1])
    ordered = sorted(largest, key=lambda change: -change[1])
    label = facts.words("indikator.perubahan")
    return [drawings.bars(judul, _told(judul, ordered, sign=True), ordered, label=label, signed=True)]


def _told(judul: str, bars: list[tuple[str, float]], *, sign: bool = False) -> str:
    shown = signed if sign else decimal
    return f"{judul}. " + "; ".join(f"{name} {shown(value, 2)}" for name, value in bars) + "."


def _table(facts: Facts, rows: pl.DataFrame) -> Table:
    lines = [_line(row) for row in rows.iter_rows(named=True)]
    heads = facts.words.all("indikator.kepala")
    rata = (LEFT, LEFT, RIGHT, RIGHT, RIGHT, RIGHT)
    return table(facts.words("indikator.tabel"), heads, rata, lines, saring=True)


def _line(row: dict[str, Any]) -> list[str]:
    short = row["desa_kurang"]
    gain = signed(row["tambahan"]) if row["tambahan_k"] else "–"
    share = percent(short, row["jumlah_desa"])
    return [row["kode"], row["singkat"], decimal(row["rata_skor"], 2), whole(short) if short else "–", share, gain]
