"""The years side by side: villages per status and mean indices over time."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from idmcli.columns import TAHUN
from idmcli.compare import Compared
from idmcli.report import drawings, scales
from idmcli.report.charts import Chart
from idmcli.report.facts import Facts
from idmcli.report.parts import LEFT, RIGHT, Part, Table, part, table
from idmcli.report.phrases import enumerated
from idmcli.words import decimal, signed, whole


def trend(facts: Facts) -> Part:
    """Counts per status and mean indices, year by year."""
    words, compared = facts.words, facts.compared
    if compared is None:
        return part("tren", words("tren.judul"))
    rows = over_years(facts, compared)
    if len(rows) < 2:
        return part("tren", words("tren.judul"))
    first, last = rows[0], rows[-1]
    years = {"awal": first[TAHUN], "akhir": last[TAHUN]}
    changes = [
        _count_change(facts, name, first, last) for name in reversed(facts.statuses) if first[name] or last[name]
    ]
    sentences = [words("tren.status", **years, daftar=enumerated(changes))] if changes else []
    sentences += _mean_change(facts, first, last)
    if len({row["jumlah_desa"] for row in rows}) > 1:
        sentences.append(words("tren.jumlah_berbeda"))
    return part(
        "tren",
        words("tren.judul"),
        sentences,
        [status_chart(facts, rows, words("tren.gambar_status", **years)), _mean_chart(facts, rows, years)],
        [_trend_table(facts, rows)],
    )


def over_years(facts: Facts, compared: Compared, kode: str | None = None) -> list[dict[str, Any]]:
    """A row per year: villages, counts per status, means; of one kabupaten by its code, or of everything."""
    level = "kabupaten" if kode else "provinsi"
    rows = compared.tren_wilayah.filter(pl.col("tingkat_wilayah") == level)
    if kode:
        return rows.filter(pl.col("kode_wilayah") == kode).sort(TAHUN).rows(named=True)
    if rows["kode_wilayah"].n_unique() == 1:
        return rows.sort(TAHUN).rows(named=True)
    return [_together(facts, compared, year) for year in compared.tahun]


def _together(facts: Facts, compared: Compared, year: int) -> dict[str, Any]:
    """A year of several provinces in one row; its sub-indices are not known here."""
    states, units = compared.desa[f"status_{year}"], compared.desa[f"idm_k_{year}"].drop_nulls()
    counts = {name: int((states == name).sum()) for name in facts.statuses}
    total = int(units.cast(pl.Int64).sum())
    mean = total / (facts.rubric.scale * units.len()) if units.len() else None
    villages = int(compared.desa[f"ada_{year}"].sum())
    missing = {row.kolom: None for row in facts.rubric.dimensi}
    return {TAHUN: year, "jumlah_desa": villages, **counts, **missing, "idm": mean}


def status_chart(facts: Facts, rows: Sequence[dict[str, Any]], judul: str) -> Chart:
    """Villages per status, a bar per year."""
    bars = [(str(row[TAHUN]), tuple(row[name] for name in facts.statuses)) for row in rows]
    told = "; ".join(
        f"{year}: " + ", ".join(f"{name} {number}" for name, number in zip(facts.shown, counts, strict=True) if number)
        for year, counts in bars
    )
    label = facts.words("status.bagian_desa")
    return drawings.stacked(judul, f"{judul}. {told}.", bars, facts.shown, label=label)


def _mean_chart(facts: Facts, rows: Sequence[dict[str, Any]], years: dict[str, Any]) -> Chart:
    names = [*((row.kode, row.kolom) for row in facts.rubric.dimensi), ("IDM", "idm")]
    series = [(name, [(str(row[TAHUN]), row[column]) for row in rows]) for name, column in names]
    series = [(name, points) for name, points in series if any(value is not None for _, value in points)]
    told = "; ".join(
        f"{name} {', '.join(f'{year}: {decimal(value, 3)}' for year, value in points)}" for name, points in series
    )
    judul = facts.words("tren.gambar_indeks", **years)
    return scales.lines(judul, f"{judul}. {told}.", series, label=facts.words("tren.rata"))


def _trend_table(facts: Facts, rows: Sequence[dict[str, Any]]) -> Table:
    indices = [*((row.kode, row.kolom) for row in facts.rubric.dimensi), ("IDM", "idm")]
    heads = [facts.words("tren.tahun"), facts.words("status.desa"), *reversed(facts.shown)]
    heads += [name for name, _ in indices]
    lines = [
        [
            str(row[TAHUN]),
            whole(row["jumlah_desa"]),
            *(whole(row[name]) if row[name] else "–" for name in reversed(facts.statuses)),
            *(decimal(row[column], 3 if column != "idm" else 4) for _, column in indices),
        ]
        for row in rows
    ]
    return table(facts.words("tren.tabel"), heads, [LEFT, *[RIGHT] * (len(heads) - 1)], lines)


def _count_change(facts: Facts, name: str, first: dict[str, Any], last: dict[str, Any]) -> str:
    before, now = first[name], last[name]
    said = {"status": facts.status(name), "dulu": whole(before), "kini": whole(now)}
    if before == now:
        return facts.words("tren.status_tetap", **said)
    return facts.words(
        "tren.status_satu", **said, kata=facts.words("tren.bertambah" if now > before else "tren.berkurang")
    )


def _mean_change(facts: Facts, first: dict[str, Any], last: dict[str, Any]) -> list[str]:
    before, now = first["idm"], last["idm"]
    if before is None or now is None:
        return []
    if decimal(before) == decimal(now):
        return [facts.words("tren.rata_tetap", kini=decimal(now))]
    moves = [
        (abs(last[row.kolom] - first[row.kolom]), row.kode, last[row.kolom] - first[row.kolom])
        for row in facts.rubric.dimensi
        if first[row.kolom] is not None and last[row.kolom] is not None
    ]
    if not moves:
        return []
    _, kode, change = max(moves, key=lambda move: move[0])
    way = facts.words("tren.naik" if now > before else "tren.turun")
    said = {"kata": way, "dulu": decimal(before), "kini": decimal(now)}
    return [facts.words("tren.rata_berubah", **said, dimensi=kode, selisih=signed(change))]
