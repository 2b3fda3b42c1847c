"""Where the villages are going: targets, paths and the plan."""

from typing import Any, Final

import polars as pl

from idmcli.columns import STATUS, TAHUN
from idmcli.compare import NEAR_FALL, NEAR_RISE
from idmcli.pipeline.gap import Gapped
from idmcli.pipeline.plan import Planned
from idmcli.regions import PLACE, place_keys
from idmcli.report import drawings
from idmcli.report.charts import Chart
from idmcli.report.facts import KABUPATEN, Facts, Place
from idmcli.report.parts import LEFT, RIGHT, Part, Table, part, table
from idmcli.report.phrases import enumerated, titled
from idmcli.rubric.actors import ACTOR_NAMES
from idmcli.words import decimal, percent, whole

STEPS: Final = 12
NEAR: Final = 20
BEGUN: Final = 4
HUNDRED_PER_CENT: Final = 10_000
"""Parts of a whole, for a gap shown in per cent with one decimal."""


def goals(facts: Facts) -> Part:
    """Targets of the office against what is reached, and the villages closest to a rise."""
    words, targets = facts.words, facts.annual.classified.targets
    if targets is None:
        return part("sasaran", words("sasaran.judul"))
    sentences = [words("sasaran.kalimat", tahun=facts.tahun)]
    for row in targets.iter_rows(named=True):
        if row["tercapai"] is None:
            continue
        key = "tercapai" if row["tercapai"] else "kurang" if row["arah"] == "≥" else "lebih"
        said = {name: whole(row[name]) for name in ("capaian", "sasaran", "kurang")}
        sentences.append(words(f"sasaran.{key}", **said, arah=row["arah"], status=facts.status(row[STATUS])))
    sentences += [*_pace(facts), *_near_counts(facts)]
    lines = [_goal(facts, row) for row in targets.iter_rows(named=True)]
    heads = words.all("sasaran.kepala")
    main = table(words("sasaran.tabel"), heads, (LEFT, RIGHT, RIGHT, RIGHT, LEFT), lines)
    return part("sasaran", words("sasaran.judul"), sentences, tabel=[main, _near(facts)], terpisah=True)


def _goal(facts: Facts, row: dict[str, Any]) -> list[str]:
    reached, missed, without_way, without = facts.words.all("sasaran.keadaan")
    goal = row["sasaran"]
    state = without if goal is None else without_way
    if row["tercapai"] is not None:
        state = reached if row["tercapai"] else missed
    asked = "–" if goal is None else f"{row['arah'] or ''} {whole(goal)}".strip()
    lacking = "–" if not row["kurang"] else whole(row["kurang"])
    return [facts.status(row[STATUS]), asked, whole(row["capaian"]), lacking, state]


def _pace(facts: Facts) -> list[str]:
    """When the targets that are not reached will be, at the pace since the first year."""
    if facts.compared is None or not facts.compared.sasaran.height:
        return []
    last = facts.compared.sasaran.filter((pl.col(TAHUN) == facts.tahun) & ~pl.col("tercapai"))
    start = facts.compared.tahun[0]
    sentences = []
    for row in last.iter_rows(named=True):
        if row["laju"] is None:
            continue
        year = row["tahun_tercapai"]
        key = "laju_tidak" if year is None else "laju"
        sentences.append(facts.words(f"sasaran.{key}", awal=start, status=facts.status(row[STATUS]), tahun=year or ""))
    return sentences


def _near_counts(facts: Facts) -> list[str]:
    if facts.compared is None:
        return []
    states = facts.compared.dekat["keadaan"]
    up, down = (int((states == name).sum()) for name in (NEAR_RISE, NEAR_FALL))
    if not up and not down:
        return []
    key = "dekat" if up and down else "dekat_naik" if up else "dekat_turun"
    points = facts.compared.dekat_poin
    return [facts.words(f"sasaran.{key}", naik=whole(up), turun=whole(down), poin=points)]


def _near(facts: Facts) -> Table | None:
    if facts.compared is None:
        return None
    words = facts.words
    rows = facts.compared.dekat.filter(pl.col("keadaan") == NEAR_RISE).sort("jarak_k", "kode_desa", maintain_order=True)
    some = rows.head(NEAR)
    lines = [
        [
            facts.desa(row["desa"]),
            titled(row["kecamatan"], "–"),
            facts.status(row[STATUS]),
            facts.status(row["status_dekat"]),
            decimal(row["idm"]),
            whole(row["poin"]),
        ]
        for row in some.iter_rows(named=True)
    ]
    cut = "_sebagian" if some.height < rows.height else ""
    title = words(f"sasaran.tabel_dekat{cut}", tampak=whole(some.height), jumlah=whole(rows.height))
    return table(title, words.all("sasaran.kepala_dekat"), (LEFT, LEFT, LEFT, LEFT, RIGHT, RIGHT), lines)


def plan(facts: Facts) -> Part:
    """The plan, or without one the paths alone; empty for data without scores."""
    words, gapped, planned = facts.words, facts.annual.gapped, facts.planned
    if gapped is None:
        return part("rencana", words("rencana.judul"))
    judul = words("rencana.judul_jalur")
    sentences = [*_paths(facts, gapped), *_begun(facts, gapped)]
    tables: list[Table | None] = [_steps(facts, gapped)]
    if planned:
        judul = words("rencana.judul_tahun", tahun=planned.tahun) if planned.tahun else words("rencana.judul")
        sentences = [*_planned(facts, planned), *sentences]
        tables = [_by_place(facts, planned), _by_office(facts, planned), *tables]
    return part("rencana", judul, sentences, _step_charts(facts, gapped), tables)


def _planned(facts: Facts, planned: Planned) -> list[str]:
    words, solution = facts.words, planned.solution
    risen = int(solution.desa["naik"].sum())
    if not risen:
        return [words("rencana.tanpa"), *solution.catatan]
    works = planned.worklist
    counts = {"pekerjaan": whole(int(works["pekerjaan"].sum())), "langkah": whole(works.height)}
    sentences = [words("rencana.naik", naik=whole(risen), jumlah=whole(planned.villages.height), **counts)]
    if planned.gapped.choice.biaya.satuan == "rupiah":
        sentences.append(words("rencana.biaya", biaya=f"Rp{whole(solution.biaya)}"))
    if solution.terbukti:
        sentences.append(words("rencana.terbukti"))
    else:
        gap = percent(round(solution.celah * HUNDRED_PER_CENT), HUNDRED_PER_CENT)
        sentences.append(words("rencana.celah", celah=gap))
    after = planned.villages["status_rencana"]
    held = [
        words("rencana.akibat_satu", jumlah=whole(number), status=facts.status(name))
        for name in reversed(facts.statuses)
        if (number := int((after == name).sum()))
    ]
    sentences += [words("rencana.akibat", daftar=enumerated(held))] if held else []
    shared = int(planned.offices["pekerjaan_bersama"].sum())
    sentences += [words("rencana.bersama", jumlah=whole(shared))] if shared else []
    return [*sentences, *solution.catatan]


def _paths(facts: Facts, gapped: Gapped) -> list[str]:
    rows = gapped.latest
    steps = rows.filter(pl.col("keadaan") == "ada_jalur")["jumlah_langkah"]
    stuck = int((rows["keadaan"] == "tak_terjangkau").sum())
    sentences = []
    if steps.len():
        counts = [int(count) for count in ((steps == 1).sum(), (steps == 2).sum(), (steps > 2).sum())]
        named = [
            facts.words.all("rencana.jalur_langkah", jumlah=whole(count))[at]
            for at, count in enumerate(counts)
            if count
        ]
        sentences.append(facts.words("rencana.jalur", ada=whole(steps.len()), daftar=enumerated(named)))
    if stuck:
        sentences.append(facts.words("rencana.buntu", jumlah=whole(stuck)))
    return sentences


def _begun(facts: Facts, gapped: Gapped) -> list[str]:
    rows = gapped.first_steps.filter(pl.col("desa_mulai") > 0).head(BEGUN)
    named = [
        facts.words("rencana.mulai_satu", nama=row["singkat"], jumlah=whole(row["desa_mulai"]))
        for row in rows.iter_rows(named=True)
    ]
    return [facts.words("rencana.mulai", daftar=enumerated(named))] if named else []


def _steps(facts: Facts, gapped: Gapped) -> Table:
    lines = [
        [row["kode"], row["singkat"], whole(row["desa_mulai"]), whole(row["desa_memakai"])]
        for row in gapped.first_steps.head(STEPS).iter_rows(named=True)
    ]
    heads = facts.words.all("rencana.kepala_langkah")
    return table(facts.words("rencana.tabel_langkah"), heads, (LEFT, LEFT, RIGHT, RIGHT), lines)


def _step_charts(facts: Facts, gapped: Gapped) -> list[Chart]:
    rows = gapped.first_steps.sort("desa_memakai", descending=True, maintain_order=True).head(STEPS)
    bars = [(row["singkat"], float(row["desa_memakai"])) for row in rows.iter_rows(named=True)]
    if not bars:
        return []
    judul = facts.words("rencana.gambar_langkah")
    told = f"{judul}. " + "; ".join(f"{name} {whole(int(value))}" for name, value in bars) + "."
    return [drawings.bars(judul, told, bars, label=facts.words("rencana.desa_memakai"), digits=0)]


def risen(facts: Facts, place: Place) -> tuple[int, int, int]:
    """Of a kabupaten: villages in the plan's data, villages lifted, works."""
    planned = facts.planned
    if planned is None:
        return 0, 0, 0
    here = place.villages[KABUPATEN][0]
    keys = place_keys(planned.villages, "kabupaten")[PLACE]
    rows = planned.villages.filter(keys == here)
    works = planned.worklist.join(rows.select("no"), on="no", how="semi")
    return rows.height, int(rows["naik_rencana"].sum()), int(works["pekerjaan"].sum())


def _by_place(facts: Facts, planned: Planned) -> Table | None:
    if len(facts.kabupaten) < 2:
        return None
    names = list(reversed(facts.statuses))
    lines: list[tuple[str, list[int]]] = []
    for place in facts.kabupaten:
        villages, lifted, _ = risen(facts, place)
        keys = place_keys(planned.villages, "kabupaten")[PLACE]
        after = planned.villages.filter(keys == place.villages[KABUPATEN][0])["status_rencana"]
        counts = [int((after == name).sum()) for name in names]
        lines.append((place.nama, [villages, lifted, *counts]))
    sums = [sum(column) for column in zip(*(numbers for _, numbers in lines), strict=True)]
    lines.append((facts.words("status.jumlah"), sums))
    shown = [[name, *(whole(number) if number else "–" for number in numbers)] for name, numbers in lines]
    heads = [*facts.words.all("rencana.kepala_wilayah"), *map(facts.status, names)]
    rata = [LEFT, *[RIGHT] * (len(heads) - 1)]
    return table(facts.words("rencana.tabel_wilayah"), heads, rata, shown, jumlah=True)


def _by_office(facts: Facts, planned: Planned) -> Table:
    money = planned.gapped.choice.biaya.satuan == "rupiah"
    names = ("jumlah_desa", "langkah", "pekerjaan", "pekerjaan_bersama", *(("biaya",) if money else ()))
    lines = [
        [
            ACTOR_NAMES.get(row["pelaku"], row["pelaku"]),
            row["instansi"],
            *(whole(row[name]) if row[name] else "–" for name in names),
        ]
        for row in planned.offices.iter_rows(named=True)
    ]
    heads = [*facts.words.all("rencana.kepala_pelaku"), *([facts.words("rencana.biaya_kolom")] if money else [])]
    return table(facts.words("rencana.tabel_pelaku"), heads, (LEFT, LEFT, *[RIGHT] * len(names)), lines)


def told(facts: Facts, place: Place) -> list[str]:
    """The plan in one kabupaten."""
    _, lifted, works = risen(facts, place)
    return [facts.words("bab.rencana", naik=whole(lifted), pekerjaan=whole(works))] if lifted else []
