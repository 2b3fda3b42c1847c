"""Editions found, read and built; what does not hold together stops the run with file, row and key."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final, cast

from idmcli.errors import RubricError
from idmcli.rubric import check, keys, planning
from idmcli.rubric.model import (
    ACTORS,
    Actor,
    Answer,
    AnswerKind,
    Bounds,
    Dimension,
    Indicator,
    PlanRule,
    Reference,
    Rubric,
    ScoreRow,
    Status,
    Variable,
)
from idmcli.rubric.source import Row, Sourced, check_unique, csv_rows, read_edition, toml_rows

_EDITIONS: Final = Path(__file__).resolve().parent.parent / "data" / "rubrik"


def list_editions() -> tuple[str, ...]:
    """The names of the editions that come with the program, sorted."""
    return tuple(sorted(folder.name for folder in _EDITIONS.iterdir() if (folder / "edisi.toml").is_file()))


def load_rubric(edisi: str | Path = "idm-2016") -> Rubric:
    """Read an edition and check that it is whole.

    Args:
        edisi: the name of an edition that comes with the program, or a folder with an office's own.

    Raises:
        RubricError: no such edition, or something in it is wrong; the message names file, row and key.
    """
    folder = _find(edisi)
    texts, digest = read_edition(folder, keys.FILES)
    files = {name: f"{folder.name}/{name}" for name in keys.FILES}
    lines = {name: csv_rows(texts[name], files[name], columns) for name, columns in keys.CSV.items()}

    tables: dict[str, list[Row]] = {}
    heads = {}
    for name, (own, top) in keys.TOML.items():
        heads[name], rows = toml_rows(texts[name], files[name], own, top)
        tables |= rows
    acuan = _references(tables["acuan"])
    check.check_dimensions(tables["dimensi"])

    def sourced(row: Row) -> tuple[str, date]:
        return row.one_of("acuan", acuan), row.day("diperiksa")

    codes = tuple(row.text("kode") for row in tables["indikator"])
    check.check_codes(tables["indikator"], [row.text("kode") for row in tables["dimensi"]])
    variables = _variables(lines["variabel.csv"], sourced)
    instansi = _offices(lines["instansi.csv"], sourced)
    scores = _scores(lines["skor.csv"], codes, sourced)
    actors = _actors(lines["pelaku.csv"], codes, lines["instansi.csv"], sourced)
    rules = planning.plan_rules(lines["rencana.csv"], codes, sourced)
    indikator = tuple(_indicator(row, variables, scores, actors, rules, sourced) for row in tables["indikator"])
    planning.check_plan_rules(lines["rencana.csv"], indikator)
    check.check_variables_used(lines["variabel.csv"], indikator)
    dimensi = _dimensions(tables["dimensi"], codes, sourced)
    head = heads["edisi.toml"]
    rubric = Rubric(
        edisi=_called(head.text("edisi"), folder, digest),
        judul=head.text("judul"),
        catatan=head.text("catatan", optional=True),
        hash=digest,
        indikator=indikator,
        dimensi=dimensi,
        status=(),
        acuan=acuan,
        instansi=instansi,
    )
    return _with_statuses(rubric, tables["status"], sourced)


def _find(edisi: str | Path) -> Path:
    names = list_editions()
    if isinstance(edisi, str) and edisi in names:
        return _EDITIONS / edisi
    if (folder := Path(edisi)).is_dir():
        return folder.resolve()
    raise RubricError(
        f'Edisi "{edisi}" tidak ditemukan', f"Yang tersedia: {', '.join(names)}; atau sebutkan folder edisi sendiri"
    )


def _called(name: str, folder: Path, digest: str) -> str:
    """The edition's name, so that no paper passes off an office's changed copy as our edition."""
    if folder.parent == _EDITIONS or name not in list_editions():
        return name
    ours = read_edition(_EDITIONS / name, keys.FILES)[1]
    return name if digest == ours else f"{name} diubah ({folder.name})"


def _references(rows: Sequence[Row]) -> dict[str, Reference]:
    check_unique(rows, "kode")
    return {
        row.text("kode"): Reference(row.text("kode"), row.text("judul"), row.text("catatan", optional=True))
        for row in rows
    }


def _variables(rows: Sequence[Row], sourced: Sourced) -> dict[str, Variable]:
    check_unique(rows, "nama")
    variables = {}
    for row in rows:
        check.check_variable_name(row)
        sourced(row)
        name, unit = row.text("nama"), row.text("satuan", optional=True)
        variables[name] = Variable(name, row.text("pertanyaan"), unit, *check.limits(row))
    return variables


def _offices(rows: Sequence[Row], sourced: Sourced) -> dict[str, str]:
    check_unique(rows, "singkat")
    for row in rows:
        sourced(row)
        for level in row.words("tingkat"):
            if level not in ACTORS:
                raise row.fail("tingkat", f'pelaku "{level}" tidak dikenal', f"Yang dikenal: {', '.join(ACTORS)}")
    return {row.text("singkat"): row.text("nama") for row in rows}


def _scores(rows: Sequence[Row], codes: Sequence[str], sourced: Sourced) -> dict[str, list[tuple[Row, ScoreRow]]]:
    check_unique(rows, "kode", "skor")
    scores: dict[str, list[tuple[Row, ScoreRow]]] = {code: [] for code in codes}
    for row in rows:
        acuan, diperiksa = sourced(row)
        entry = ScoreRow(
            skor=check.score(row, "skor"),
            batas=_bounds(row),
            pilihan=row.words("pilihan"),
            syarat=row.text("syarat"),
            kegiatan=row.text("kegiatan", optional=True),
            catatan=row.text("catatan", optional=True),
            acuan=acuan,
            diperiksa=diperiksa,
        )
        scores[row.one_of("kode", codes)].append((row, entry))
    return {code: sorted(pairs, key=lambda pair: pair[1].skor) for code, pairs in scores.items()}


def _bounds(row: Row) -> Bounds | None:
    below, above = row.decimal("bawah"), row.decimal("atas")
    for key, value in (("bawah", below), ("atas", above)):
        if value is None and row.text(f"{key}_termasuk", optional=True):
            raise row.fail(f"{key}_termasuk", f"diisi tanpa {key}", f"Isi {key} atau kosongkan {key}_termasuk")
    if below is None and above is None:
        return None
    return Bounds(
        bawah=below,
        bawah_termasuk=below is not None and row.flag("bawah_termasuk"),
        atas=above,
        atas_termasuk=above is not None and row.flag("atas_termasuk"),
    )


def _actors(
    rows: Sequence[Row], codes: Sequence[str], office_rows: Sequence[Row], sourced: Sourced
) -> dict[str, dict[Actor, tuple[str, ...]]]:
    check_unique(rows, "kode", "pelaku", "instansi")
    levels = {row.text("singkat"): row.words("tingkat") for row in office_rows}
    actors: dict[str, dict[Actor, tuple[str, ...]]] = {code: {} for code in codes}
    for row in rows:
        sourced(row)
        own = actors[row.one_of("kode", codes)]
        actor = cast(Actor, row.one_of("pelaku", ACTORS))
        office = row.one_of("instansi", levels)
        if actor not in levels[office]:
            raise row.fail(
                "instansi",
                f'"{office}" tidak ada pada tingkat {actor}',
                f'Perbaiki baris ini atau tambahkan {actor} pada kolom tingkat "{office}" di instansi.csv',
            )
        own[actor] = (*own.get(actor, ()), office)
    return {code: {actor: own[actor] for actor in ACTORS if actor in own} for code, own in actors.items()}


def _indicator(
    row: Row,
    variables: Mapping[str, Variable],
    scores: Mapping[str, list[tuple[Row, ScoreRow]]],
    actors: Mapping[str, Mapping[Actor, tuple[str, ...]]],
    rules: Mapping[str, PlanRule],
    sourced: Sourced,
) -> Indicator:
    acuan, diperiksa = sourced(row)
    code = row.text("kode")
    kind = cast(AnswerKind, row.one_of("jenis", keys.KINDS))
    asked = []
    for name in row.words("variabel"):
        if name not in variables:
            raise row.fail("variabel", f'"{name}" tidak ada di variabel.csv', "Tambahkan barisnya di variabel.csv")
        asked.append(variables[name])
    if code not in rules:
        raise row.fail("kode", "tidak punya baris di rencana.csv", f"Tambahkan baris {code} di rencana.csv")
    zero = check.score(row, "skor_penyebut_nol") if "skor_penyebut_nol" in row.values else None
    indicator = Indicator(
        kode=code,
        label=row.text("label"),
        singkat=row.text("singkat"),
        nama=row.text("nama"),
        dimensi=code[:3],
        subdimensi=row.text("subdimensi"),
        sifat="statis" if row.one_of("sifat", ("statis", "dinamis")) == "statis" else "dinamis",
        jawaban=Answer(kind, tuple(asked), zero),
        skor=tuple(entry for _, entry in scores[code]),
        pelaku=actors[code],
        dapat_digerakkan=row.flag("dapat_digerakkan"),
        alasan=row.text("alasan", optional=True),
        rencana=rules[code],
        acuan=acuan,
        diperiksa=diperiksa,
    )
    check.check_indicator(row, indicator)
    check.check_scores(row, indicator, scores[code])
    return indicator


def _dimensions(rows: Sequence[Row], codes: Sequence[str], sourced: Sourced) -> tuple[Dimension, ...]:
    dimensions = []
    for row in rows:
        sourced(row)
        own = tuple(code for code in codes if code[:3] == row.text("kode"))
        dimension = Dimension(row.text("kode"), row.text("nama"), own, row.whole("maksimum"))
        check.check_dimension(row, dimension)
        dimensions.append(dimension)
    return tuple(dimensions)


def _with_statuses(rubric: Rubric, rows: Sequence[Row], sourced: Sourced) -> Rubric:
    check.check_statuses(rows)
    statuses: list[Status] = []
    for row in rows:
        acuan, diperiksa = sourced(row)
        ambang = row.decimal("ambang")
        # strictly above the threshold: the integer after floor(threshold × scale), in exact decimals
        k_min = 0 if ambang is None else int(ambang * rubric.scale) + 1
        status = Status(row.text("nama"), k_min, ambang, row.decimal("skor_minimal"), acuan, diperiksa)
        check.check_begins(row, status, statuses[-1] if statuses else None, rubric.scale)
        statuses.append(status)
    return replace(rubric, status=tuple(statuses))
