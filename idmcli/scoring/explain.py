"""One village's computation line by line, from its row of a scored frame."""

from collections.abc import Mapping, Sequence

from idmcli.columns import AGREES, IDENTITY, IDM_K, PROVENANCE, REASON, STATED
from idmcli.rubric.model import FULL_SCORE, Dimension, Indicator, Rubric
from idmcli.scoring.explanation import AnswerLine, Cell, DimensionLine, Distance, Explanation, IndicatorLine


def explain(row: Mapping[str, Cell], rubric: Rubric) -> Explanation:
    """The computation of one row of a frame that `score` or `score_recap` gave (`frame.row(i, named=True)`).

    Indicator lines are there if the row has score columns, with the raw answers whose columns stand in the row.
    """
    dimensions = tuple(_dimension(row, dimension, rubric) for dimension in rubric.dimensi)
    k = _whole(row.get(IDM_K))
    here = rubric.status_at(k) if k is not None else None
    used = [line.acuan for dimension in dimensions for line in dimension.indikator]
    used += [here.acuan] if here else []
    return Explanation(
        identitas={name: row[name] for name in (*PROVENANCE, *IDENTITY) if name in row},
        edisi=rubric.edisi,
        skala=rubric.scale,
        dimensi=dimensions,
        k=k,
        idm=k / rubric.scale if k is not None else None,
        status=here.nama if here else None,
        naik=_rise(k, dimensions, rubric) if k is not None else None,
        turun=_fall(k, dimensions, rubric) if k is not None else None,
        terbit={name: row[name] for name in STATED if row.get(name) is not None},
        cocok=_flag(row.get(AGREES)),
        alasan=_text(row.get(REASON)),
        acuan=tuple(rubric.acuan[kode] for kode in dict.fromkeys(used)),
    )


def _dimension(row: Mapping[str, Cell], dimension: Dimension, rubric: Rubric) -> DimensionLine:
    unit = rubric.unit(dimension)
    index = _number(row.get(dimension.kolom))
    points = round(index * dimension.maksimum) if index is not None else None
    return DimensionLine(
        kode=dimension.kode,
        nama=dimension.nama,
        poin=points,
        maksimum=dimension.maksimum,
        satuan_per_poin=unit,
        satuan=points * unit if points is not None else None,
        indeks=index,
        terbit=_number(row.get(f"{dimension.kolom}_terbit")),
        indikator=tuple(_indicator(row, rubric.by_code[kode], unit) for kode in dimension.indikator if kode in row),
    )


def _indicator(row: Mapping[str, Cell], indicator: Indicator, unit: int) -> IndicatorLine:
    score = row[indicator.kode]
    met = indicator.row(score) if isinstance(score, int) and score in indicator.allowed else None
    return IndicatorLine(
        kode=indicator.kode,
        nama=indicator.nama,
        jawaban=tuple(
            AnswerLine(variable.nama, variable.pertanyaan, variable.satuan, _answer(row[variable.nama]))
            for variable in indicator.jawaban.variabel
            if variable.nama in row
        ),
        skor=met.skor if met else None,
        syarat=met.syarat if met else None,
        catatan=met.catatan if met else "",
        satuan=met.skor * unit if met else None,
        tambahan=(FULL_SCORE - met.skor) * unit if met else None,
        acuan=met.acuan if met else indicator.acuan,
    )


def _rise(k: int, dimensions: Sequence[DimensionLine], rubric: Rubric) -> Distance | None:
    """To the nearest threshold above, counted against the points a dimension still lacks."""
    above = [status for status in rubric.status if status.k_min > k]
    if not above:
        return None
    goal = above[0]
    room = {line.kode: line.maksimum - line.poin for line in dimensions if line.poin is not None}
    return _distance(goal.nama, goal.k_min, goal.k_min - k, room, dimensions, rubric)


def _fall(k: int, dimensions: Sequence[DimensionLine], rubric: Rubric) -> Distance | None:
    """To the first integer below this status, counted against the points a dimension has."""
    here = rubric.status_at(k)
    below = [status for status in rubric.status if status.k_min < here.k_min]
    if not below:
        return None
    room = {line.kode: line.poin for line in dimensions if line.poin is not None}
    return _distance(below[-1].nama, here.k_min, k - here.k_min + 1, room, dimensions, rubric)


def _distance(
    status: str, k_min: int, units: int, room: Mapping[str, int], dimensions: Sequence[DimensionLine], rubric: Rubric
) -> Distance:
    needed = {line.kode: -(-units // line.satuan_per_poin) for line in dimensions}
    return Distance(
        status=status,
        k_min=k_min,
        satuan=units,
        idm=units / rubric.scale,
        poin={kode: points if points <= room.get(kode, 0) else None for kode, points in needed.items()},
    )


def _whole(value: Cell) -> int | None:
    return value if isinstance(value, int) else None


def _number(value: Cell) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _text(value: Cell) -> str | None:
    return value if isinstance(value, str) else None


def _flag(value: Cell) -> bool | None:
    return value if isinstance(value, bool) else None


def _answer(value: Cell) -> float | str | None:
    return value if isinstance(value, str) else _number(value)
