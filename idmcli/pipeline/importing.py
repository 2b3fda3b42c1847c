"""Ministry documents to one table of all villages and years; what is good already stays good."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import polars as pl

from idmcli import columns as col
from idmcli.errors import InputError, UsageError
from idmcli.pipeline.merging import Joined, MergeRequest, check_area, joined, read_each
from idmcli.reading.sources import Source as Input
from idmcli.reading.sources import find_sources
from idmcli.regions import load_regions
from idmcli.rubric import load_rubric
from idmcli.settings import Settings
from idmcli.tables import SkippedDocument
from idmcli.words import listed, whole

_DOCUMENT: Final = ".json"
_NAMED: Final = re.compile(r"(?<!\d)(\d{10})(?!\d)(?:.*?(?<!\d)(20\d\d)(?!\d))?")
"""A village's code in a file's name, and the year behind it."""


@dataclass(frozen=True)
class Refused:
    """A document that is no village: why, the village and year that its name tells, and whether another one is good."""

    berkas: str
    alasan: str
    kode_desa: str | None
    tahun: int | None
    tertutup: bool


@dataclass(frozen=True)
class Imported:
    """The documents as one table; `ditolak` are those left out, `lama` how many rows come from the older workbook."""

    joined: Joined
    ditolak: tuple[Refused, ...]
    lama: int = 0


def import_documents(request: MergeRequest, settings: Settings, older: Sequence[str] = ()) -> Imported:
    """Read the documents, and the workbooks of an earlier import to be kept.

    Every village of the area should be there in every year from the first to the last one met.

    Raises:
        InputError: no document is good, or an older workbook cannot be read.
        UsageError: a file named is no JSON.
        ConfigError: edition, layouts or reference are invalid.
    """
    inputs, said = find_sources(request.files)
    documents = _documents(inputs, request.files)
    others = [one.berkas for one in inputs if one not in documents]
    if others:
        said.append(f"{whole(len(others))} berkas bukan JSON tidak ikut diimpor: {listed(others, 3)}")
    rubric, regions = load_rubric(settings.edisi), load_regions()
    check_area(request.wilayah, regions)
    tables = read_each(documents, request, rubric, regions)
    tables += read_each(
        [Input(name, Path(name)) for name in older], replace(request, sheet=None, tahun=None), rubric, regions
    )
    met = pl.concat([table.desa.get_column(col.TAHUN) for table in tables]).drop_nulls()
    years = sorted(met.unique().to_list())
    every = range(years[0], years[-1] + 1) if years else ()
    result = joined(tables, request, rubric, regions, said, years=tuple(every))
    kept = result.merged.desa.get_column(col.BERKAS).is_in(list(older)).sum()
    return Imported(result, refused(result.skipped, result.merged.desa), int(kept))


def refused(skipped: Sequence[SkippedDocument], desa: pl.DataFrame) -> tuple[Refused, ...]:
    """What is known of the documents left out; `tertutup`: the village and year stand in the result all the same."""
    there = set(desa.select(col.KODE_DESA, col.TAHUN).rows())
    found: list[Refused] = []
    for one in skipped:
        name = _NAMED.search(Path(one.berkas).name)
        kode, tahun = (name[1], int(name[2]) if name[2] else None) if name else (None, None)
        good = (kode, tahun) in there if tahun else any(code == kode for code, _ in there)
        found.append(Refused(one.berkas, one.alasan, kode, tahun, kode is not None and good))
    return tuple(found)


def lost(result: Imported, older: Sequence[str]) -> pl.DataFrame:
    """Village-years of older workbooks that the result lacks; none where a workbook holds no villages.

    Returns:
        `kode_desa`, `desa`, `tahun`.
    """
    frames = [result.joined.merged.desa.clear().select(col.KODE_DESA, "desa", col.TAHUN)]
    for name in older:
        try:
            plain = MergeRequest((name,))
            tables = read_each([Input(name, Path(name))], plain, result.joined.rubric, result.joined.regions)
        except (InputError, UsageError):  # what is no table of villages cannot lose any
            continue
        frames += [table.desa.select(col.KODE_DESA, "desa", col.TAHUN) for table in tables]
    before = pl.concat(frames).drop_nulls(col.KODE_DESA).unique(maintain_order=True)
    return before.join(result.joined.merged.desa, on=[col.KODE_DESA, col.TAHUN], how="anti", nulls_equal=True)


def _documents(inputs: Sequence[Input], named: Sequence[str]) -> list[Input]:
    """The JSON files among the inputs.

    Raises:
        UsageError: a file that was named itself is none.
        InputError: there are none.
    """
    for one in inputs:
        if one.ending != _DOCUMENT and one.berkas in named:
            raise UsageError(
                f"{one.berkas} bukan dokumen JSON kementerian",
                "Untuk menggabungkan buku kerja: idm merge; untuk menambah ke hasil impor lama: --tambah.",
            )
    documents = [one for one in inputs if one.ending == _DOCUMENT]
    if not documents:
        raise InputError(
            f"Tidak ada dokumen JSON di {listed(list(named), 3)}", "Sebutkan folder tempat dokumennya diunduh."
        )
    return documents
