"""The villages of a plan as the inputs of their sheets."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from idmcli.columns import IDM_K, INDICES
from idmcli.documents.sheet_input import Row, SheetInput
from idmcli.pipeline.plan import NUMBER, Planned
from idmcli.regions import PLACE, place_keys

Rows = Mapping[int, Sequence[Row]]


@dataclass(frozen=True)
class Means:
    """Mean indices of a kabupaten and the number of villages behind them."""

    rata: Mapping[str, float | None]
    desa: int


def sheet_inputs(planned: Planned, tanggal: date | None = None) -> Iterator[tuple[int, SheetInput]]:
    """Row number and sheet input of every village of `paper_villages`, in the order of the data.

    The steps are those of the plan where the village is in it, else its own smallest path.
    """
    gapped = planned.gapped
    chosen, own = by_village(planned.worklist), by_village(planned.own_paths)
    others = by_village(gapped.paths.alternatif)
    locks = by_village(gapped.locks)
    strengths, weaknesses = by_village(gapped.strengths), by_village(gapped.weaknesses)
    alike = by_village(gapped.similar)
    villages = paper_villages(planned)
    means = kabupaten_means(villages)
    sources = [(source.berkas, source.sha256) for source in gapped.loaded.sources]
    for row in villages.iter_rows(named=True):
        number = row[NUMBER]
        mean = means[number]
        yield (
            number,
            SheetInput(
                desa=row,
                langkah=chosen.get(number) or own.get(number, ()),
                alternatif=() if number in chosen else others.get(number, ()),
                kunci={line["kode"]: line["alasan_kunci"] for line in locks.get(number, ())},
                kekuatan=strengths.get(number, ()),
                kelemahan=weaknesses.get(number, ()),
                mirip=alike.get(number, ()),
                rata_kabupaten=mean.rata,
                desa_kabupaten=mean.desa,
                tahun_rencana=planned.tahun,
                dalam_rencana=number in chosen,
                satuan_biaya=gapped.choice.biaya.satuan,
                sumber=sources,
                tanggal=tanggal,
            ),
        )


def paper_villages(planned: Planned) -> pl.DataFrame:
    """The planned villages, and those of the same year without a figure: their papers say what is to be completed."""
    unknown = planned.gapped.latest.filter(pl.col(IDM_K).is_null())
    return pl.concat([planned.villages, unknown], how="diagonal").sort(NUMBER)


def by_village(frame: pl.DataFrame) -> Rows:
    """The rows of a frame per village."""
    rows: dict[int, list[dict[str, Any]]] = {}
    for row in frame.iter_rows(named=True):
        rows.setdefault(row[NUMBER], []).append(row)
    return rows


def kabupaten_means(villages: pl.DataFrame) -> Mapping[int, Means]:
    """Per village the means of its kabupaten; villages without any known kabupaten stand for themselves."""
    keyed = villages.with_columns(place_keys(villages, "kabupaten"))
    means = keyed.group_by(PLACE).agg(pl.col(INDICES).mean(), pl.col(IDM_K).count().alias("desa"))
    found = {
        row[PLACE]: Means({name: row[name] for name in INDICES}, row["desa"]) for row in means.iter_rows(named=True)
    }
    return {number: found[place] for number, place in keyed.select(NUMBER, PLACE).iter_rows()}
