"""Sentences from figures: what the data hold and no more, with a wording of its own for none and for one."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from idmcli.columns import IDM_K, STATUS
from idmcli.findings import LEVELS, count
from idmcli.report.facts import Facts
from idmcli.report.phrases import begun, enumerated, status_name
from idmcli.words import decimal, percent, signed, whole

NAMED = 3
"""So many indicators are named in a sentence."""


def coverage(facts: Facts) -> str:
    """Which villages the report is about."""
    parts: dict[str, str | int] = {
        "desa": whole(facts.villages.height),
        "kecamatan": whole(facts.kecamatan),
        "kabupaten": whole(len(facts.kabupaten)),
        "wilayah": facts.wilayah,
        "tahun": facts.tahun,
    }
    one = "_kecamatan" if facts.kecamatan == 1 else "_kabupaten" if len(facts.kabupaten) == 1 else ""
    return facts.words(f"ringkasan.cakupan{one}", **parts)


def unscored(facts: Facts) -> list[str]:
    """Villages without a figure, if there are any."""
    missing = facts.villages.height - facts.counted.height
    if not missing:
        return []
    if not facts.counted.height:
        return [facts.words("ringkasan.tak_satu_pun")]
    return [facts.words("ringkasan.tak_dihitung", jumlah=whole(missing))]


def means(facts: Facts) -> list[str]:
    """Mean IDM and the lowest index."""
    if not facts.counted.height:
        return []
    found = [(facts.mean(facts.counted, row.kolom), row) for row in facts.rubric.dimensi]
    value, lowest = min((pair for pair in found if pair[0] is not None), key=lambda pair: pair[0] or 0.0)
    idm = decimal(facts.mean(facts.counted))
    return [facts.words("ringkasan.rata", idm=idm, dimensi=f"{lowest.kode}, {lowest.nama}", rendah=decimal(value))]


def by_status(facts: Facts, villages: pl.DataFrame) -> list[str]:
    """How many villages have which status, the highest first; those that none has are named apart."""
    words, counts = facts.words, facts.counts(villages)
    total = sum(counts)
    if not total:
        return []
    pairs = [(status_name(name), number) for name, number in zip(facts.statuses, counts, strict=True)][::-1]
    held = [
        words("ringkasan.status_satu", jumlah=whole(number), status=name, bagian=percent(number, total))
        for name, number in pairs
        if number
    ]
    sentences = [words("ringkasan.status", daftar=enumerated(held))]
    none = [name for name, number in pairs if not number]
    if none:
        sentences.append(words("ringkasan.status_nihil", daftar=_alternatives(none)))
    return sentences


def moved(facts: Facts, villages: pl.DataFrame) -> list[str]:
    """Who rose and fell since the year before among some of this year's villages."""
    if facts.pair is None:
        return []
    ways = villages["arah"]
    up, down, same = (int((ways == way).sum()) for way in ("naik", "turun", "tetap"))
    years = {"dari": facts.pair[0], "ke": facts.pair[1]}
    total = up + down + same
    if not total:
        return [facts.words("perpindahan.tanpa_pasangan", **years)]
    if same == total:
        return [facts.words("perpindahan.semua_tetap", **years, jumlah=whole(total))]
    counts = (("naik", up), ("turun", down), ("tetap", same))
    told = [facts.words(f"perpindahan.desa_{way}", jumlah=whole(count)) for way, count in counts if count]
    told += [facts.words(f"perpindahan.tanpa_{way}") for way, count in counts[:2] if not count]
    return [facts.words("perpindahan.berubah", **years, jumlah=whole(total), daftar=enumerated(told))]


def mean_change(facts: Facts, villages: pl.DataFrame) -> list[str]:
    """How the mean IDM of the villages of both years has moved."""
    both = villages.filter(pl.col("selisih_idm").is_not_null())
    if facts.pair is None or not both.height:
        return []
    scale = facts.rubric.scale
    change = sum(round(value * scale) for value in both["selisih_idm"].to_list())
    now = int(both[IDM_K].cast(pl.Int64).sum())
    if change == 0:
        return [facts.words("perpindahan.rata_tetap", kini=decimal(now / scale / both.height))]
    way = "naik" if change > 0 else "turun"
    return [
        facts.words(
            "perpindahan.rata",
            kata=facts.words(f"tren.{way}"),
            selisih=decimal(abs(change) / scale / both.height),
            dulu=decimal((now - change) / scale / both.height),
            kini=decimal(now / scale / both.height),
        )
    ]


def weakest(facts: Facts, table: pl.DataFrame, key: str) -> list[str]:
    """The indicators that stand lowest in a table of `Facts.indicators`; those at full score are not weak."""
    low = table.filter(pl.col("kurang") > 0).head(NAMED)
    if not low.height:
        return []
    return [facts.words(key, daftar=enumerated(indicator_names(facts, low.rows(named=True))))]


def indicator_names(facts: Facts, rows: Sequence[dict[str, Any]]) -> list[str]:
    """Indicators with their mean scores."""
    return [
        facts.words("ringkasan.indikator_satu", nama=row["singkat"], skor=decimal(row["rata_skor"], 2)) for row in rows
    ]


def paths(facts: Facts) -> list[str]:
    """How many villages have a way up, and how many a way of one step."""
    found = single = 0
    if facts.annual.gapped:
        reached = facts.annual.gapped.latest.filter(pl.col("keadaan") == "ada_jalur")["jumlah_langkah"]
        found, single = reached.len(), int((reached == 1).sum())
    if not found:
        return []
    key = "jalur" if single else "jalur_saja"
    return [facts.words(f"ringkasan.{key}", ada=whole(found), satu=whole(single))]


def plan(facts: Facts) -> list[str]:
    """What the plan lifts."""
    if facts.planned is None:
        return []
    risen = int(facts.planned.solution.desa["naik"].sum())
    if not risen:
        return [facts.words("rencana.tanpa")]
    year = facts.planned.tahun
    key = "rencana" if year else "rencana_tanpa_tahun"
    works = whole(int(facts.planned.worklist["pekerjaan"].sum()))
    return [facts.words(f"ringkasan.{key}", tahun=year or "", naik=whole(risen), pekerjaan=works)]


def goals(facts: Facts) -> list[str]:
    """Whether the targets are reached."""
    targets = facts.annual.classified.targets
    if targets is None:
        return []
    asked = targets.filter(pl.col("tercapai").is_not_null())
    missed = asked.filter(~pl.col("tercapai")).rows(named=True)
    if not asked.height:
        return []
    if not missed:
        return [facts.words("ringkasan.sasaran_tercapai")]
    named = [
        facts.words(
            "ringkasan.sasaran_satu",
            status=facts.status(row[STATUS]),
            capaian=whole(row["capaian"]),
            arah=row["arah"],
            sasaran=whole(row["sasaran"]),
        )
        for row in missed
    ]
    return [facts.words("ringkasan.sasaran_belum", daftar=enumerated(named))]


def found(facts: Facts) -> list[str]:
    """How many findings of which tingkat."""
    names = found_counts(facts)
    if not names:
        return [facts.words("ringkasan.temuan_bersih")]
    return [facts.words("ringkasan.temuan", daftar=enumerated(names))]


def found_counts(facts: Facts) -> list[str]:
    """`3 galat`, `12 peringatan`: what there is, gravest first."""
    counts = [(level, count(facts.annual.validated.findings, level)) for level in LEVELS]
    return [facts.words(f"ringkasan.temuan_{level}", jumlah=whole(number)) for level, number in counts if number]


def unchanged(facts: Facts) -> list[str]:
    """Villages that sent all scores of the year before once more."""
    if facts.pair is None or facts.compared is None:
        return []
    row = facts.compared.ringkasan.filter((pl.col("dari") == facts.pair[0]) & (pl.col("ke") == facts.pair[1]))
    same = int(row["kiriman_sama"].sum())
    return [facts.words("ringkasan.sama", jumlah=whole(same), tahun=facts.pair[0])] if same else []


def summary(facts: Facts) -> list[str]:
    """The whole report in a few sentences."""
    weak = weakest(facts, facts.indicators(facts.villages), "ringkasan.indikator") if has_scores(facts) else []
    sentences = [
        coverage(facts),
        *unscored(facts),
        *means(facts),
        *by_status(facts, facts.counted),
        *moved(facts, facts.villages),
        *mean_change(facts, facts.villages),
        *unchanged(facts),
        *weak,
        *paths(facts),
        *plan(facts),
        *goals(facts),
        *found(facts),
    ]
    return [begun(sentence) for sentence in sentences]


def has_scores(facts: Facts) -> bool:
    """Whether anything can be said of indicators."""
    return facts.scored and facts.counted.height > 0


def difference(value: float, digits: int = 4) -> str:
    """A difference with its sign, `0` for none."""
    return "0" if round(value, digits) == 0 else signed(value, digits)


def _alternatives(items: Sequence[str]) -> str:
    """`a`, `a atau b`, `a, b, atau c`."""
    if len(items) < 3:
        return " atau ".join(items)
    return f"{', '.join(items[:-1])}, atau {items[-1]}"
