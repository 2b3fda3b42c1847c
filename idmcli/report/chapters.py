"""A chapter per kabupaten: where it stands, how it moved, what is weak, what the plan does there."""

from typing import Any, Final

import polars as pl

from idmcli.columns import IDM_K
from idmcli.report import narrative, part_plan, tiles
from idmcli.report.charts import Chart
from idmcli.report.facts import KECAMATAN, Facts, Place
from idmcli.report.part_moves import movers
from idmcli.report.part_status import place_table
from idmcli.report.part_trend import over_years, status_chart
from idmcli.report.parts import LEFT, RIGHT, Part, Table, part, table
from idmcli.report.phrases import begun, enumerated
from idmcli.words import decimal, whole

WEAK: Final = 5
BEHIND: Final = 3
NOTICED: Final = 0.25
"""Points of the mean score; what lies behind by less is not worth a sentence."""


def chapters(facts: Facts) -> list[Part]:
    """One part per kabupaten; none where there is only one, of which the whole report speaks."""
    if len(facts.kabupaten) < 2:
        return []
    whole_table = facts.indicators(facts.villages) if narrative.has_scores(facts) else None
    return [_chapter(facts, place, whole_table) for place in facts.kabupaten]


def _chapter(facts: Facts, place: Place, everywhere: pl.DataFrame | None) -> Part:
    words, rows = facts.words, place.villages
    counted = rows.filter(pl.col(IDM_K).is_not_null())
    own = facts.indicators(rows) if everywhere is not None and counted.height else None
    sentences = [
        _coverage(facts, place),
        *_mean(facts, place),
        *narrative.by_status(facts, counted),
        *narrative.moved(facts, rows),
        *narrative.mean_change(facts, rows),
        *(narrative.weakest(facts, own, "bab.lemah") if own is not None else []),
        *(_behind(facts, own, everywhere) if own is not None and everywhere is not None else []),
        *part_plan.told(facts, place),
    ]
    kecamatan = facts.places(rows, KECAMATAN)
    tables: list[Table | None] = []
    if len(kecamatan) > 1:
        title = words("bab.tabel_kecamatan", wilayah=place.wilayah)
        tables.append(place_table(facts, kecamatan, "kecamatan", judul=title))
    if own is not None and everywhere is not None:
        tables.append(_weak(facts, place, own, everywhere))
    if facts.pair:
        years = {"dari": facts.pair[0], "ke": facts.pair[1]}
        for way in ("naik", "turun"):
            tables.append(movers(facts, rows, way, judul=words(f"bab.tabel_{way}", wilayah=place.wilayah, **years)))
    id = f"bab-{place.kode or facts.kabupaten.index(place) + 1}"
    return part(
        id, place.wilayah, list(map(begun, sentences)), [*_trend(facts, place), *tiles.pictures(facts, place)], tables
    )


def _coverage(facts: Facts, place: Place) -> str:
    kecamatan = place.villages[KECAMATAN].n_unique()
    key = "cakupan" if kecamatan > 1 else "cakupan_kecamatan"
    desa = whole(place.villages.height)
    return facts.words(f"bab.{key}", wilayah=place.wilayah, desa=desa, kecamatan=whole(kecamatan))


def _mean(facts: Facts, place: Place) -> list[str]:
    here, there = facts.mean(place.villages), facts.mean(facts.villages)
    if here is None or there is None:
        return []
    gap = here - there
    key = "setara" if decimal(here) == decimal(there) else "lebih" if gap > 0 else "kurang"
    return [facts.words(f"bab.{key}", idm=decimal(here), selisih=decimal(abs(gap)), induk=facts.wilayah)]


def _behind(facts: Facts, own: pl.DataFrame, everywhere: pl.DataFrame) -> list[str]:
    """Indicators that lie furthest behind the mean of the whole."""
    both = own.join(everywhere.select("kode", pl.col("rata_skor").alias("rata")), on="kode", maintain_order="left")
    gaps = both.with_columns((pl.col("rata") - pl.col("rata_skor")).alias("jarak"))
    far = gaps.filter(pl.col("jarak") >= NOTICED).sort("jarak", "kode", descending=[True, False]).head(BEHIND)
    named = [
        facts.words(
            "bab.tertinggal_satu",
            nama=row["singkat"],
            skor=decimal(row["rata_skor"], 2),
            rata=decimal(row["rata"], 2),
        )
        for row in far.iter_rows(named=True)
    ]
    return [facts.words("bab.tertinggal", induk=facts.wilayah, daftar=enumerated(named))] if named else []


def _weak(facts: Facts, place: Place, own: pl.DataFrame, everywhere: pl.DataFrame) -> Table:
    words, means = facts.words, dict(everywhere.select("kode", "rata_skor").iter_rows())
    lines = [_weak_line(row, means) for row in own.filter(pl.col("kurang") > 0).head(WEAK).iter_rows(named=True)]
    heads = words.all("bab.kepala_lemah", induk=facts.wilayah)
    title = words("bab.tabel_lemah", wilayah=place.wilayah)
    return table(title, heads, (LEFT, LEFT, RIGHT, RIGHT, RIGHT), lines)


def _weak_line(row: dict[str, Any], means: dict[str, float]) -> list[str]:
    scores = (decimal(row["rata_skor"], 2), decimal(means.get(row["kode"]), 2))
    return [row["kode"], row["singkat"], *scores, whole(row["desa_kurang"])]


def _trend(facts: Facts, place: Place) -> list[Chart]:
    if facts.compared is None or place.kode is None:
        return []
    rows = over_years(facts, facts.compared, place.kode)
    judul = facts.words("bab.gambar_tren", wilayah=place.wilayah)
    return [status_chart(facts, rows, judul)] if len(rows) > 1 else []
