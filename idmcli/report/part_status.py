"""This year: key figures, method, statuses by place."""

from decimal import Decimal
from typing import Any

import polars as pl

from idmcli.columns import IDM_K
from idmcli.report import drawings, scales
from idmcli.report.charts import Chart
from idmcli.report.facts import KABUPATEN, KECAMATAN, Facts, Place
from idmcli.report.narrative import difference
from idmcli.report.parts import LEFT, RIGHT, Part, Table, part, table
from idmcli.report.phrases import enumerated
from idmcli.words import decimal, percent, signed, whole

CHARTED = 20
"""A chart with more bars than this would not fit a page."""


def figures(facts: Facts) -> dict[str, Any]:
    """`pokok`: the key figures, each with its name and a line below it; `nada` says which one stands out."""
    words, rows = facts.words, facts.villages
    missing = rows.height - facts.counted.height
    if missing:
        below = words("pokok.desa_tak_dihitung", jumlah=whole(missing))
    elif len(facts.kabupaten) > 1:
        below = words("pokok.desa_ket", kecamatan=whole(facts.kecamatan), kabupaten=whole(len(facts.kabupaten)))
    else:
        below = words("pokok.desa_ket_kecamatan", kecamatan=whole(facts.kecamatan))
    cards = [_card(words("pokok.desa"), whole(rows.height), below), _mean_card(facts)]
    before = _before_counts(facts)
    counts = facts.counts(rows)
    for rank in reversed(range(len(counts))) if facts.counted.height else ():
        share = percent(counts[rank], sum(counts))
        line = words("pokok.status_ket", bagian=share)
        if before is not None and facts.pair:
            change = signed(counts[rank] - before[rank], 0) if counts[rank] != before[rank] else words("tren.tetap")
            line = words("pokok.status_lalu", bagian=share, selisih=change, tahun=facts.pair[0])
        cards.append(_card(facts.shown[rank], whole(counts[rank]), line, f"status-{rank}"))
    if facts.pair and (rows["arah"].count()):
        up, down, same = (int((rows["arah"] == way).sum()) for way in ("naik", "turun", "tetap"))
        line = words("pokok.naik_ket", turun=whole(down), tetap=whole(same), tahun=facts.pair[0])
        cards.append(_card(words("pokok.naik"), whole(up), line))
    if facts.planned:
        risen = int(facts.planned.solution.desa["naik"].sum())
        year, works = facts.planned.tahun, whole(int(facts.planned.worklist["pekerjaan"].sum()))
        name = words("pokok.rencana", tahun=year) if year else words("pokok.rencana_tanpa_tahun")
        cards.append(_card(name, whole(risen), words("pokok.rencana_ket", pekerjaan=works)))
    return {"judul": words("pokok.judul"), "kartu": cards}


def _card(label: str, angka: str, ket: str, nada: str = "") -> dict[str, str]:
    return {"label": label, "angka": angka, "ket": ket, "nada": nada}


def _mean_card(facts: Facts) -> dict[str, str]:
    both = facts.villages["selisih_idm"].drop_nulls()
    if facts.pair and both.len():
        change = difference(float(both.sum()) / both.len())
        line = facts.words("pokok.idm_ket", selisih=change, tahun=facts.pair[0])
    else:
        means = {row.kolom: decimal(facts.mean(facts.counted, row.kolom), 3) for row in facts.rubric.dimensi}
        line = facts.words("pokok.indeks_ket", **{name: means.get(name, "–") for name in ("iks", "ike", "ikl")})
    return _card(facts.words("pokok.idm"), decimal(facts.mean(facts.counted)), line)


def _before_counts(facts: Facts) -> tuple[int, ...] | None:
    """Villages per status in the year before."""
    if facts.pair is None or facts.compared is None:
        return None
    states = facts.compared.desa[f"status_{facts.pair[0]}"]
    return tuple(int((states == name).sum()) for name in facts.statuses)


def method(facts: Facts) -> Part:
    """How the figures are found."""
    words, rubric = facts.words, facts.rubric
    named = [words("metode.indeks", nama=row.nama, kode=row.kode) for row in rubric.dimensi]
    scored = [
        words("metode.skor_satu", kode=row.kode, jumlah=len(row.indikator), maksimum=row.maksimum)
        for row in rubric.dimensi
    ]
    way = {"rekap": "hitung_rekap", "isian": "hitung_isian"}.get(facts.annual.loaded.table.shape, "hitung_skor")
    sentences = [
        words("metode.idm", jumlah=len(rubric.dimensi), daftar=enumerated(named)),
        words("metode.skor", daftar=enumerated(scored)),
        words(f"metode.{way}"),
    ]
    if facts.pair:
        sentences.append(words("metode.banding"))
    if facts.annual.gapped:
        measure = facts.annual.gapped.choice.biaya.satuan
        sentences.append(words("metode.jalur" if measure == "beban" else f"metode.jalur_{measure}"))
    sentences.append(words("metode.status"))
    return part("metode", words("metode.judul"), sentences, tabel=[_thresholds(facts)])


def _thresholds(facts: Facts) -> Table:
    words, rows = facts.words, list(facts.rubric.status)
    lines = []
    for rank, status in reversed(list(enumerate(rows))):
        below = _comma(status.ambang)
        above = _comma(rows[rank + 1].ambang) if rank + 1 < len(rows) else ""
        key = "bawah" if not below else "tengah" if above else "atas"
        lines.append([facts.shown[rank], words(f"metode.{key}", bawah=below, atas=above)])
    return table(words("metode.tabel"), words.all("metode.kepala"), (LEFT, LEFT), lines)


def _comma(value: Decimal | None) -> str:
    return "" if value is None else str(value).replace(".", ",")


def statuses(facts: Facts) -> Part:
    """Statuses and means by kabupaten, or by kecamatan where there is one kabupaten."""
    words, rows = facts.words, facts.counted
    if not rows.height:
        return part("status", words("status.judul"))
    several = len(facts.kabupaten) > 1
    places = facts.kabupaten if several else facts.places(facts.villages, KECAMATAN)
    level = "kabupaten" if several else "kecamatan"
    sentences = [*_range(facts), *_extremes(facts, places), *_watched(facts)]
    charts = [_spread(facts)]
    if 1 < len(places) <= CHARTED:
        charts.insert(0, _places_chart(facts, places, level))
    return part("status", words("status.judul"), sentences, charts, [place_table(facts, places, level)])


def kecamatan_table(facts: Facts) -> Table | None:
    """All kecamatan with their kabupaten, for screens; None where `statuses` has them already."""
    if len(facts.kabupaten) < 2:
        return None
    words = facts.words
    places = facts.places(facts.villages, KECAMATAN)
    found = place_table(facts, places, "kecamatan", total=False)
    kabupaten = {place.villages[KABUPATEN][0]: place.nama for place in facts.kabupaten}
    lines = [
        [row[0], kabupaten[place.villages[KABUPATEN][0]], *row[1:]]
        for row, place in zip(found["baris"], places, strict=True)
    ]
    kepala = [found["kepala"][0], words("status.kabupaten"), *found["kepala"][1:]]
    return table(found["judul"], kepala, [LEFT, LEFT, *found["rata"][1:]], lines, saring=True)


def place_table(facts: Facts, places: tuple[Place, ...], level: str, *, judul: str = "", total: bool = True) -> Table:
    """Villages per status, mean indices and change of each place."""
    words = facts.words
    heads = [words(f"status.{level}"), words("status.desa"), *reversed(facts.shown)]
    missing = facts.counted.height < facts.villages.height
    heads += [words("status.tak_dihitung")] if missing else []
    heads += [*(row.kode for row in facts.rubric.dimensi), "IDM"]
    heads += [words("status.selisih", tahun=facts.pair[0])] if facts.pair else []
    lines = [_place_line(facts, place.nama, place.villages, missing) for place in places]
    summed = total and len(places) > 1
    if summed:
        everyone = pl.concat([place.villages for place in places])
        lines.append(_place_line(facts, words("status.jumlah"), everyone, missing))
    rata = [LEFT, *[RIGHT] * (len(heads) - 1)]
    return table(judul or words(f"status.tabel_{level}"), heads, rata, lines, jumlah=summed, saring=len(places) > 12)


def _place_line(facts: Facts, name: str, rows: pl.DataFrame, missing: bool) -> list[str]:
    counts = facts.counts(rows)
    line = [name, whole(rows.height), *(whole(number) if number else "–" for number in reversed(counts))]
    line += [whole(rows.height - sum(counts))] if missing else []
    known = rows.filter(pl.col(IDM_K).is_not_null())
    line += [decimal(facts.mean(known, row.kolom), 3) for row in facts.rubric.dimensi]
    line.append(decimal(facts.mean(known)))
    if facts.pair:
        change = rows["selisih_idm"].drop_nulls()
        line.append(signed(float(change.sum()) / change.len()) if change.len() else "–")
    return line


def _places_chart(facts: Facts, places: tuple[Place, ...], level: str) -> Chart:
    words = facts.words
    bars = [(place.nama, facts.counts(place.villages)) for place in places]
    told = "; ".join(
        f"{name}: "
        + ", ".join(f"{shown} {number}" for shown, number in zip(facts.shown, counts, strict=True) if number)
        for name, counts in bars
    )
    judul = words(f"status.gambar_{level}", tahun=facts.tahun)
    return drawings.stacked(judul, f"{judul}. {told}.", bars, facts.shown, label=words("status.bagian_desa"))


def _spread(facts: Facts) -> Chart:
    words, values = facts.words, facts.counted["idm"].to_list()
    begins = [
        (name, status.k_min / facts.rubric.scale if rank else 0.0)
        for rank, (name, status) in enumerate(zip(facts.shown, facts.rubric.status, strict=True))
    ]
    middle = facts.counted["idm"].median()
    told = words(
        "status.sebaran_kata",
        terendah=decimal(min(values)),
        tertinggi=decimal(max(values)),
        tengah=decimal(float(str(middle))),
    )
    judul = words("status.gambar_sebaran", tahun=facts.tahun)
    labels = {"label": words("status.nilai"), "count": words("status.jumlah_desa")}
    return scales.histogram(judul, f"{judul}. {told}", values, begins, **labels)


def _range(facts: Facts) -> list[str]:
    """Lowest, middle and highest village."""
    rows = facts.counted.sort(IDM_K, maintain_order=True)
    if rows.height < 2:
        return []
    low, middle, high = (rows.row(at, named=True) for at in (0, (rows.height - 1) // 2, -1))
    return [
        facts.words(
            "status.sebaran",
            terendah=decimal(low["idm"]),
            desa_terendah=facts.desa(low["desa"]),
            tertinggi=decimal(high["idm"]),
            desa_tertinggi=facts.desa(high["desa"]),
            tengah=decimal(middle["idm"]),
        )
    ]


def _extremes(facts: Facts, places: tuple[Place, ...]) -> list[str]:
    found = [(facts.mean(place.villages), place.wilayah) for place in places]
    ranked = sorted(((mean, name) for mean, name in found if mean is not None), key=lambda pair: pair[0])
    if len(ranked) < 2 or ranked[0][0] == ranked[-1][0]:
        return []
    (low, lowest), (high, highest) = ranked[0], ranked[-1]
    return [
        facts.words(
            "status.urutan",
            tertinggi=highest,
            angka_tertinggi=decimal(high),
            terendah=lowest,
            angka_terendah=decimal(low),
        )
    ]


def _watched(facts: Facts) -> list[str]:
    watched = int(facts.counted["pantau"].sum())
    points = facts.annual.classified.pantau_poin
    key = "pantau" if watched else "pantau_nihil"
    return [facts.words(f"status.{key}", jumlah=whole(watched), poin=points)] if points else []
