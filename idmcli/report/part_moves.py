"""Moves between statuses: who moved, why, and which villages came or went."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from idmcli.classify import ABSENT, UNSCORED
from idmcli.columns import KODE_DESA
from idmcli.compare import OTHER_CODE, Compared, matrix_of, of_pair
from idmcli.report import narrative
from idmcli.report.facts import Facts
from idmcli.report.parts import CENTER, LEFT, RIGHT, Part, Table, part, table
from idmcli.report.phrases import begun, enumerated, titled
from idmcli.words import decimal, listed, signed, whole

LISTED: Final = 15
"""So many risers and so many fallers stand in the main part; chapters have all of their own."""
NAMED: Final = 3


def moves(facts: Facts) -> Part:
    """Moves between the year before and this one, and from the first year where there are more."""
    words, compared = facts.words, facts.compared
    if compared is None or facts.pair is None:
        return part("perpindahan", words("perpindahan.judul"))
    sentences = [
        *narrative.moved(facts, facts.villages),
        *narrative.mean_change(facts, facts.villages),
        *_pair_sentences(facts, compared, facts.pair),
        *_drivers(facts, compared, facts.pair),
    ]
    tables: list[Table | None] = [_matrix(facts, of_pair(compared.perpindahan, *facts.pair), facts.pair)]
    if compared.ujung != facts.pair:
        tables.append(_matrix(facts, compared.perpindahan_ujung, compared.ujung))
    most = LISTED if len(facts.kabupaten) > 1 else None
    tables += [movers(facts, facts.villages, way, most=most) for way in ("naik", "turun")]
    return part("perpindahan", words("perpindahan.judul"), list(map(begun, sentences)), tabel=tables)


def _pair_sentences(facts: Facts, compared: Compared, pair: tuple[int, int]) -> list[str]:
    rows = of_pair(compared.ringkasan, *pair).rows(named=True)
    if not rows:
        return []
    row, words = rows[0], facts.words
    said = {"dari": pair[0], "ke": pair[1]}
    sentences = []
    ways = [
        words("perpindahan.idm_satu", jumlah=whole(row[f"idm_{way}"]), kata=words(f"tren.{way}"))
        for way in ("naik", "turun", "tetap")
        if row[f"idm_{way}"]
    ]
    if ways:
        sentences.append(words("perpindahan.idm", daftar=enumerated(ways)))
    names = {key: _named(facts, of_pair(frame, *pair)) for key, frame in _lists(compared)}
    for column, key in (("kiriman_sama", "sama"), ("lonjakan", "lonjakan"), *((key, key) for key in names)):
        if row[column]:
            told = {"jumlah": whole(row[column]), "daftar": listed(names.get(key, []))}
            sentences.append(words(f"perpindahan.{key}", **said, **told))
    return sentences


def _lists(compared: Compared) -> Iterator[tuple[str, pl.DataFrame]]:
    yield from (("hilang", compared.hilang), ("baru", compared.baru), ("ganti_nama", compared.ganti_nama))


def _named(facts: Facts, rows: pl.DataFrame) -> list[str]:
    """Villages that came, went or changed name or code."""
    names = []
    for row in rows.iter_rows(named=True):
        if "jenis" not in row:
            place = titled(row["kecamatan"], "–")
            names.append(facts.words("perpindahan.desa_di", desa=facts.desa(row["desa"]), kecamatan=place))
        elif row["jenis"] == OTHER_CODE:
            codes = {"lama": row["kode_dari"], "baru": row["kode_ke"]}
            names.append(facts.words("perpindahan.ganti_kode", desa=facts.desa(row["desa_ke"]), **codes))
        else:
            said = {"lama": facts.desa(row["desa_dari"]), "baru": facts.desa(row["desa_ke"])}
            names.append(facts.words("perpindahan.ganti_bernama", **said))
    return names


def _drivers(facts: Facts, compared: Compared, pair: tuple[int, int]) -> list[str]:
    """The indicators that moved the mean most, up and down."""
    rows = of_pair(compared.penggerak, *pair)
    sentences = []
    for key, chosen in (
        ("penggerak", rows.filter(pl.col("sumbangan") > 0).sort("sumbangan", descending=True, maintain_order=True)),
        ("penghambat", rows.filter(pl.col("sumbangan") < 0).sort("sumbangan", maintain_order=True)),
    ):
        named = [
            facts.words("perpindahan.penggerak_satu", nama=row["nama"], sumbangan=signed(row["sumbangan"]))
            for row in chosen.head(NAMED).iter_rows(named=True)
        ]
        if named:
            sentences.append(facts.words(f"perpindahan.{key}", daftar=enumerated(named)))
    return sentences


def _matrix(facts: Facts, perpindahan: pl.DataFrame, pair: tuple[int, int]) -> Table:
    """Statuses of the earlier year against those of the later; what nobody has is left out at the end."""
    words = facts.words
    square = matrix_of(perpindahan, *pair)
    extra = {UNSCORED: words("perpindahan.tak_dihitung"), ABSENT: words("perpindahan.tak_ada")}
    sums = {name: int(square[name].sum()) for name in extra}
    rows = {row["dari"]: row for row in square.iter_rows(named=True)}
    names = list(facts.statuses)
    names += [name for name in extra if sums[name] or any(rows[name][column] for column in square.columns[1:])]
    shown = [extra.get(name) or facts.status(name) for name in names]
    lines = [
        [label, *(whole(rows[name][column]) if rows[name][column] else "·" for column in names)]
        for name, label in zip(names, shown, strict=True)
    ]
    made = table(
        words("perpindahan.matriks", dari=pair[0], ke=pair[1]),
        [words("perpindahan.dari_ke", dari=pair[0], ke=pair[1]), *shown],
        [LEFT, *[CENTER] * len(names)],
        lines,
        kalimat=words("perpindahan.matriks_kalimat", dari=pair[0], ke=pair[1]),
    )
    return {**made, "diagonal": True}


def movers(facts: Facts, villages: pl.DataFrame, way: str, *, most: int | None = None, judul: str = "") -> Table | None:
    """The villages whose status rose or fell, the largest change first, with the indicators behind it."""
    if facts.pair is None:
        return None
    rows = villages.filter(pl.col("arah") == way).sort(
        "selisih_idm", KODE_DESA, descending=[way == "naik", False], maintain_order=True
    )
    years = {"dari": facts.pair[0], "ke": facts.pair[1]}
    some = rows.head(most) if most else rows
    cut = "_sebagian" if some.height < rows.height else ""
    title = facts.words(f"perpindahan.tabel_{way}{cut}", **years, tampak=whole(some.height), jumlah=whole(rows.height))
    lines = [
        [
            facts.desa(row["desa"]),
            titled(row["kecamatan"], "–"),
            facts.status(row["status_lalu"]),
            facts.status(row["status"]),
            decimal(row["idm"]),
            signed(row["selisih_idm"]),
            row["penyebab"] or "–",
        ]
        for row in some.iter_rows(named=True)
    ]
    heads = facts.words.all("perpindahan.kepala", **years)
    return table(judul or title, heads, (LEFT, LEFT, LEFT, LEFT, RIGHT, RIGHT, LEFT), lines, saring=len(lines) > 12)
