"""What the report rests on: findings, notes, references and sources, and the list of all villages."""

from pathlib import Path
from typing import Any, Final

import polars as pl

from idmcli import __version__
from idmcli.columns import IDM_K, KODE_DESA, STATUS
from idmcli.findings import LEVELS, count
from idmcli.report import narrative
from idmcli.report.facts import Facts, Place
from idmcli.report.parts import LEFT, RIGHT, Part, Table, part, table
from idmcli.report.phrases import begun, enumerated, titled
from idmcli.words import decimal, whole

MISSING: Final = 30
"""So many villages without a figure are named."""
SHORTLIST: Final = 6
SOURCES: Final = 6
"""So many files are named with their hash; the manifest has them all."""
HASH_DIGITS: Final = 16
EXAMPLE: Final = 150
"""Letters of an example."""
ARROWS: Final = {"naik": "▲", "turun": "▼", "tetap": "="}


def warning(facts: Facts) -> dict[str, Any]:
    """`peringatan`: the box at the top that says what is wrong with the data; `ada` is False where nothing is."""
    words, findings = facts.words, facts.annual.validated.findings
    galat, warnings = count(findings, "galat"), count(findings, "peringatan")
    missing = facts.villages.height - facts.counted.height
    sentences = []
    if galat:
        grave = findings.filter(pl.col("tingkat") == "galat")
        villages = grave[KODE_DESA].drop_nulls().n_unique()
        key = "galat" if villages else "galat_lain"
        sentences.append(words(f"peringatan.{key}", galat=whole(galat), desa=whole(villages)))
    if missing:
        sentences.append(words("peringatan.tak_dihitung", jumlah=whole(missing)))
    if warnings:
        sentences.append(words("peringatan.peringatan", peringatan=whole(warnings)))
    grave_first = [row for row in _rules(facts) if row["tingkat"] != "info"][:SHORTLIST]
    lines = [[row["tingkat"], row["judul"], whole(row["jumlah"])] for row in grave_first]
    if sentences:
        sentences.append(words("peringatan.rinci", bagian=words("mutu.judul")))
    return {
        "ada": bool(sentences),
        "berat": bool(galat or missing),
        "judul": words("peringatan.judul" if galat or missing else "peringatan.judul_ringan"),
        "kalimat": sentences,
        "tabel": table("", words.all("peringatan.kepala"), (LEFT, LEFT, RIGHT), lines),
    }


def quality(facts: Facts) -> Part:
    """All findings by rule, villages without a figure, and what was assumed while reading."""
    words = facts.words
    names = narrative.found_counts(facts)
    sentences = [words("mutu.jumlah", daftar=enumerated(names)), words("mutu.rinci")] if names else []
    sentences = sentences or [words("mutu.bersih")]
    made = part("mutu", words("mutu.judul"), sentences, tabel=[_findings(facts), _missing(facts)])
    notes = [*facts.annual.catatan]
    notes += facts.compared.catatan if facts.compared else ()
    if facts.planned:
        notes += facts.planned.notes
    told = dict.fromkeys(_told(facts, note) for note in notes)
    return {**made, "catatan_judul": words("mutu.catatan"), "catatan": list(told)}


def _told(facts: Facts, note: str) -> str:
    """A note with files called by their names: where they lay on the office's disk is nobody's business."""
    names = []
    for one in (facts.annual.loaded, *facts.annual.earlier):
        for source in one.sources:
            names.append(Path(source.berkas).name)
            note = note.replace(source.berkas, names[-1])
    return note if note.startswith(tuple(names)) else begun(note)


def _rules(facts: Facts) -> list[dict[str, Any]]:
    """Rules with findings, the gravest first."""
    rank = {level: number for number, level in enumerate(LEVELS)}
    rows = facts.annual.validated.summary.filter(pl.col("jumlah") > 0).rows(named=True)
    return sorted(rows, key=lambda row: (rank[row["tingkat"]], -row["jumlah"], row["aturan"]))


def _findings(facts: Facts) -> Table:
    words, findings = facts.words, facts.annual.validated.findings
    lines = []
    for row in _rules(facts):
        example = findings.filter(pl.col("aturan") == row["aturan"]).row(0, named=True)
        place = (example["desa"] and facts.desa(example["desa"])) or example["sel"] or example["lembar"] or ""
        said = words("mutu.contoh", tempat=place, pesan=example["pesan"]) if place else example["pesan"]
        short = said if len(said) <= EXAMPLE else said[:EXAMPLE].rsplit(" ", 1)[0] + " …"
        lines.append([row["tingkat"], row["judul"], whole(row["jumlah"]), short])
    return table(words("mutu.tabel"), words.all("mutu.kepala"), (LEFT, LEFT, RIGHT, LEFT), lines)


def _missing(facts: Facts) -> Table:
    rows = facts.villages.filter(pl.col(IDM_K).is_null())
    lines = [
        [row[KODE_DESA] or "–", facts.desa(row["desa"]), titled(row["kecamatan"], "–"), row["alasan"] or "–"]
        for row in rows.head(MISSING).iter_rows(named=True)
    ]
    words = facts.words
    heads = words.all("mutu.kepala_tak_dihitung")
    return table(words("mutu.tak_dihitung"), heads, (LEFT, LEFT, LEFT, LEFT), lines)


def sources(facts: Facts) -> Part:
    """Law, edition, program, files."""
    words, rubric = facts.words, facts.rubric
    used = [row.acuan for row in rubric.status]
    used += [row.acuan for indicator in rubric.indikator for row in indicator.skor]
    titles = "; ".join([rubric.judul, *(rubric.acuan[kode].judul for kode in dict.fromkeys(used))])
    lines = [
        words("dasar.acuan", acuan=titles),
        words("dasar.edisi", edisi=rubric.edisi, sidik=rubric.hash[:HASH_DIGITS], versi=__version__),
    ]
    if facts.annual.gapped:
        lines.append(words("dasar.penilaian"))
    files = [("sumber", source) for source in facts.annual.loaded.sources]
    files += [("sumber_lalu", source) for one in facts.annual.earlier for source in one.sources]
    files = list(dict.fromkeys(files))
    lines += [words(f"dasar.{key}", berkas=Path(one.berkas).name, sha256=one.sha256) for key, one in files[:SOURCES]]
    if len(files) > SOURCES:
        lines.append(words("dasar.sumber_lain", jumlah=len(files) - SOURCES))
    return part("dasar", words("dasar.judul"), lines, terpisah=True)


def appendix(facts: Facts) -> Part:
    """Every village, a table per kabupaten."""
    words = facts.words
    tables = [village_table(facts, place) for place in facts.kabupaten]
    return part("lampiran", words("lampiran.judul"), [words("lampiran.kalimat")], tabel=tables)


def village_table(facts: Facts, place: Place) -> Table:
    """The villages of a kabupaten with their figures."""
    words = facts.words
    heads, rata = words.all("lampiran.kepala"), [LEFT, LEFT, LEFT, RIGHT, RIGHT, RIGHT, RIGHT, LEFT]
    if facts.pair:
        heads += [words("lampiran.lalu", tahun=facts.pair[0]), words("lampiran.arah")]
        rata += [LEFT, LEFT]
    lines = []
    for row in place.villages.iter_rows(named=True):
        line = [row[KODE_DESA] or "–", facts.desa(row["desa"]), titled(row["kecamatan"], "–")]
        line += [decimal(row[name], 3) for name in ("iks", "ike", "ikl")]
        line += [decimal(row["idm"]), facts.status(row[STATUS])]
        if facts.pair:
            line += [facts.status(row["status_lalu"]), ARROWS.get(row["arah"], "–")]
        lines.append(line)
    return table(words("lampiran.tabel", wilayah=place.wilayah), heads, rata, lines, saring=True)
