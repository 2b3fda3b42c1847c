"""Page two of a sheet: every indicator with its score, the condition met, and the condition to reach."""

from typing import Any, Final

from idmcli.documents.sheet_facts import Facts
from idmcli.documents.sheet_words import Words
from idmcli.rubric.model import FULL_SCORE, Dimension, Indicator
from idmcli.words import decimal

IN_PATH: Final = "►"
LOCKED: Final = "■"


def table(facts: Facts, words: Words) -> dict[str, Any]:
    """`indikator`: legend, and one group of lines per dimension."""
    groups = [_group(dimension, facts, words) for dimension in facts.rubric.dimensi]
    lines = [line for group in groups for line in group["baris"]]
    legend = [words("indikator.jalur")] if any(line["jenis"] == "jalur" for line in lines) else []
    if any(line["jenis"] == "terkunci" for line in lines):
        legend.append(words("indikator.terkunci"))
    if any(line["jenis"] == "penuh" for line in lines):
        legend.append(words("indikator.lain"))
    return {
        "judul": words("indikator.judul", jumlah=len(facts.rubric.indikator)),
        "kalimat": legend,
        "kepala": words.all("indikator.kepala"),
        "kelompok": groups,
    }


def _group(dimension: Dimension, facts: Facts, words: Words) -> dict[str, Any]:
    points = facts.points[dimension.kode]
    known = words(
        "indikator.keterangan",
        poin=points if points is not None else "–",
        maksimum=dimension.maksimum,
        kode=dimension.kode,
        angka=decimal(facts.given.desa.get(dimension.kolom)),
    )
    return {
        "judul": f"{dimension.kode} {dimension.nama}",
        "keterangan": known if points is not None else words("indikator.keterangan_kosong"),
        "baris": [_line(facts.rubric.by_code[kode], facts, words) for kode in dimension.indikator],
    }


def _line(indicator: Indicator, facts: Facts, words: Words) -> dict[str, str]:
    score = facts.scores[indicator.kode]
    if score is None or score not in indicator.allowed:
        allowed = ", ".join(map(str, indicator.allowed))
        fault = words("indikator.kosong") if score is None else words("indikator.tak_berlaku", berlaku=allowed)
        return _row(indicator, "–" if score is None else str(score), fault, "", "kosong")
    met = indicator.row(score).syarat
    step = facts.raised.get(indicator.kode)
    if step:
        reach = indicator.row(step.ke).syarat
        if step.ke < FULL_SCORE:
            reach = words("indikator.syarat_skor", skor=step.ke, syarat=reach)
        return _row(indicator, str(score), met, reach, "jalur", IN_PATH)
    if score == FULL_SCORE:
        return _row(indicator, str(score), met, "", "penuh")
    locked = indicator.kode in facts.locked or not indicator.dapat_digerakkan
    kind, mark = ("terkunci", LOCKED) if locked else ("kurang", "")
    return _row(indicator, str(score), met, indicator.row(FULL_SCORE).syarat, kind, mark)


def _row(indicator: Indicator, score: str, now: str, reach: str, kind: str, mark: str = "") -> dict[str, str]:
    return {
        "kode": indicator.kode,
        "nama": indicator.singkat,
        "skor": score,
        "kini": now,
        "tujuan": reach,
        "jenis": kind,
        "tanda": mark,
    }
