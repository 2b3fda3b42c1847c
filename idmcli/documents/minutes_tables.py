"""The tables of a berita acara: result, counts per status, comparison with the year before, list of villages."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from idmcli.calendar import ROMAN
from idmcli.documents.minutes_words import INDICES, MinutesWords, regency
from idmcli.minutes import UnitMinutes
from idmcli.words import decimal, percent, whole

LEFT, MIDDLE, RIGHT = "kiri", "tengah", "kanan"
LEVELS: Final = ("provinsi", "kabupaten", "kecamatan", "desa")
UNSCORED: Final = "tidak_dihitung"
Table = dict[str, Any]
Row = Mapping[str, Any]


def result(unit: UnitMinutes, words: MinutesWords) -> Table:
    """Code and name of the levels, then the indices (means above the village) and the status or number of villages."""
    row, village = unit.unit, unit.level == "desa"
    lines = []
    for level, title in zip(LEVELS, words.labels("tingkat"), strict=True):
        code = row["kode"] if level == unit.level else row.get(f"kode_{level}")
        if code:
            lines.append([title, code, row[level] or words.short])
    if not village:
        lines.append([words.label("jumlah_desa"), "", whole(row["jumlah_desa"])])
    for name, title in zip(INDICES, words.labels("indeks"), strict=True):
        shown = title if village else words.label("rata_indeks", indeks=title)
        lines.append([shown, name.upper(), decimal(row[name])])
    if village:
        lines.append([words.label("status"), "", words.values["status"]])
    return _table(words.labels("tabel"), (LEFT, MIDDLE, LEFT), lines)


def recap(unit: UnitMinutes, words: MinutesWords) -> Table | None:
    """Villages and share per status, highest first."""
    if unit.level == "desa":
        return None
    row, total = unit.unit, unit.unit["jumlah_desa"]
    lines = [[name, whole(row[name]), percent(row[name], total)] for name in unit.status]
    if row[UNSCORED]:
        lines.append([words.label("tidak_dihitung"), whole(row[UNSCORED]), percent(row[UNSCORED], total)])
    lines.append([words.label("jumlah"), whole(total), percent(total, total)])
    return {"judul": words.label("rekap_judul"), **_table(words.labels("rekap"), (LEFT, RIGHT, RIGHT), lines)}


def details(unit: UnitMinutes, words: MinutesWords) -> Table | None:
    """Counts per status and mean IDM of the kecamatan of a kabupaten, or the kabupaten of a provinsi."""
    if not unit.rincian:
        return None
    below = "kecamatan" if unit.level == "kabupaten" else "kabupaten"
    number, mean = words.labels("rincian")
    names = list(unit.status)
    if unit.unit[UNSCORED]:
        names.append(UNSCORED)
    heads = [words.label(name) if name == UNSCORED else name for name in names]
    lines = []
    for row in (*unit.rincian, unit.unit):
        counts = [whole(row[name]) for name in ("jumlah_desa", *names)]
        lines.append([row[below] or row["kode"], *counts, decimal(row["idm"])])
    lines[-1][0] = words.label("jumlah")
    title = words.labels("tingkat")[LEVELS.index(below)]
    return {
        "judul": words.label(f"rincian_{unit.level}"),
        **_table([title, number, *heads, mean], (LEFT, *[RIGHT] * (len(names) + 2)), lines),
    }


def comparison(unit: UnitMinutes, words: MinutesWords) -> Table | None:
    """Counts per status then and now, above the village."""
    if not unit.pembanding or unit.level == "desa":
        return None
    lines = [
        [row["status"], whole(row["dulu"]), whole(row["kini"]), _difference(row["kini"] - row["dulu"])]
        for row in unit.pembanding
    ]
    before, now = (sum(row[key] for row in unit.pembanding) for key in ("dulu", "kini"))
    lines.append([words.label("jumlah"), whole(before), whole(now), _difference(now - before)])
    risen = sum(row["naik"] for row in unit.perubahan)
    told = words.label("banding_berubah", naik=whole(risen), turun=whole(len(unit.perubahan) - risen))
    more = f" {words.label('banding_daftar')}" if unit.perubahan else ""
    return {
        "judul": words.label("banding_judul"),
        "kalimat": told + more,
        **_table(words.labels("banding"), (LEFT, RIGHT, RIGHT, RIGHT), lines),
    }


def annexes(unit: UnitMinutes, words: MinutesWords) -> list[Table]:
    """The list of villages, of a provinsi one per kabupaten, then those whose status changed."""
    if unit.level == "desa":
        return []
    parts: dict[str, list[Row]] = {}
    for row in unit.desa:
        parts.setdefault(row["kode_kabupaten"] if unit.level == "provinsi" else unit.unit["kode"], []).append(row)
    tables = [("lampiran_judul", _place(unit, rows, words), _villages(unit, rows, words)) for rows in parts.values()]
    if unit.perubahan:
        tables.append(("berubah_judul", words.values["wilayah"], _changed(unit, words)))
    single = len(tables) == 1
    return [
        {"judul": words.label(key, lampiran=_nth(number, single, words), wilayah=place), **table}
        for number, (key, place, table) in enumerate(tables, 1)
    ]


def _place(unit: UnitMinutes, rows: Sequence[Row], words: MinutesWords) -> str:
    if unit.level != "provinsi":
        return words.values["wilayah"]
    name = next((row["kabupaten"] for row in rows if row["kabupaten"]), None)
    return regency(name) or rows[0]["kode_kabupaten"] or words.short


def _nth(number: int, single: bool, words: MinutesWords) -> str:
    roman = ROMAN[number - 1] if number <= len(ROMAN) else str(number)
    return words.label("lampiran_tunggal") if single else words.label("lampiran_ke", nomor=roman)


def _villages(unit: UnitMinutes, rows: Sequence[Row], words: MinutesWords) -> Table:
    heads = words.labels("lampiran")
    above = unit.level in ("kabupaten", "provinsi")
    align = [RIGHT, LEFT, LEFT, *[RIGHT] * len(INDICES), LEFT]
    if above:
        heads.insert(3, words.label("kecamatan"))
        align.insert(3, LEFT)
    lines = []
    for number, row in enumerate(rows, 1):
        line = [whole(number), row["kode_desa"] or words.short, row["desa"] or words.short]
        line += [row["kecamatan"] or words.short] if above else []
        lines.append([*line, *(decimal(row[name]) for name in INDICES), row["status"] or words.label("status_kosong")])
    return _table(heads, align, lines)


def _changed(unit: UnitMinutes, words: MinutesWords) -> Table:
    lines = [
        [
            whole(number),
            row["kode_desa"],
            row["desa"] or words.short,
            row["kecamatan"] or words.short,
            row["status_sebelum"],
            row["status"],
            words.label("naik" if row["naik"] else "turun"),
        ]
        for number, row in enumerate(unit.perubahan, 1)
    ]
    return _table(words.labels("berubah"), (RIGHT, *[LEFT] * 6), lines)


def _difference(number: int) -> str:
    return "0" if number == 0 else f"{'+' if number > 0 else '−'}{whole(abs(number))}"


def _table(heads: Sequence[str], align: Sequence[str], lines: Sequence[Sequence[str]]) -> Table:
    return {"kepala": list(heads), "rata": list(align), "baris": [list(line) for line in lines]}
