"""Files in, scored villages out, with everything that was assumed on the way."""

from dataclasses import dataclass

import polars as pl

from idmcli import columns as col
from idmcli.errors import InputError, UsageError
from idmcli.normalise import normalise
from idmcli.pipeline.sources import Source, sources, standard_input
from idmcli.reading import read
from idmcli.reading.sources import STDIN
from idmcli.regions import Regions, load_regions
from idmcli.rubric import Rubric, load_rubric
from idmcli.scoring import score, score_recap, scores_from_answers
from idmcli.settings import Settings
from idmcli.tables import VillageTable
from idmcli.words import listed, whole


@dataclass(frozen=True)
class Request:
    """What the user asked to be read: files or folders (`-` is stdin), and how to choose among what is in them."""

    files: tuple[str, ...]
    tahun: int | None = None
    sheet: str | None = None
    terima_usulan: bool = False


@dataclass(frozen=True)
class Loaded:
    """Everything known after reading and scoring; `notes` are its assumptions and what was left out, for the officer.

    `scored` has the rows of `table.desa` in the same order, with the computed columns added; rows that could not be
    scored carry null figures and their `alasan`.
    """

    table: VillageTable
    scored: pl.DataFrame
    rubric: Rubric
    regions: Regions
    sources: tuple[Source, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """What was assumed while reading, and which rows and documents were left out."""
        return (*self.table.assumptions, *left_out(self.table))


def load(request: Request, settings: Settings) -> Loaded:
    """Read, normalise and score the files of a request.

    Raises:
        InputError: a file cannot be read or nothing in it is recognised.
        UsageError: the year or sheet asked for is not there.
        ConfigError: edition, layouts or reference are invalid.
    """
    rubric = load_rubric(settings.edisi)
    regions = load_regions()
    stdin = standard_input() if STDIN in request.files else None
    reading = read(request.files, sheet=request.sheet, stdin=stdin)
    table = normalise(reading, rubric=rubric, regions=regions, tahun=request.tahun, terima_usulan=request.terima_usulan)
    return Loaded(table, scored(table, rubric), rubric, regions, sources(table, stdin))


def left_out(table: VillageTable) -> list[str]:
    """One line for rows that are no villages, one for documents that are none."""
    rows = [
        f"{layout.lembar or layout.berkas} baris {', '.join(str(row.baris) for row in layout.dropped[:5])}"
        + (" …" if len(layout.dropped) > 5 else "")
        for layout in table.layouts
        if layout.dropped
    ]
    total = sum(len(layout.dropped) for layout in table.layouts)
    lines = [f"{whole(total)} baris tidak dibaca sebagai desa (jumlah, catatan): {listed(rows)}"] if rows else []
    if table.skipped:
        names = [f"{document.berkas} ({document.alasan})" for document in table.skipped]
        lines.append(f"{whole(len(names))} dokumen dilewati: {listed(names, 3)}")
    return lines


def scored(table: VillageTable, rubric: Rubric) -> pl.DataFrame:
    """The table's villages with every computed figure that its shape allows."""
    if table.shape == "rekap":
        return score_recap(table.desa, rubric)
    if table.shape == "isian":
        return score(scores_from_answers(table.desa, rubric), rubric)
    return score(table.desa, rubric)


def load_scores(request: Request, settings: Settings) -> Loaded:
    """As `load`, for commands that need the 50 scores: a recap is refused, with what to do instead."""
    loaded = load(request, settings)
    if loaded.table.shape == "rekap":
        files = " ".join(request.files)
        raise InputError(
            f"{files} berisi rekap (IKS, IKE, IKL, IDM saja), tanpa skor 50 indikator yang dihitung perintah ini",
            f"Untuk status dan target dari rekap: idm classify {files}",
        )
    return loaded


def load_baseline(file: str, tahun: int | None, current: Loaded, settings: Settings) -> Loaded:
    """Earlier years to compare with: `tahun`, else whatever the file holds from before the current data's latest year.

    A recap with several years side by side is read anew for its latest earlier year. A file whose years are all unknown
    is taken as it is.

    Raises:
        UsageError: the file holds no year before the current one.
    """
    baseline = load(Request((file,), tahun), settings)
    now = current.scored.get_column(col.TAHUN).drop_nulls().max()
    years = sorted({year for layout in baseline.table.layouts for year in layout.years})
    if tahun is not None or not isinstance(now, int) or not years:
        return baseline
    read_years = baseline.scored.get_column(col.TAHUN).drop_nulls().to_list()
    if any(year < now for year in read_years):
        return baseline
    earlier = [year for year in years if year < now]
    if not earlier:
        found = ", ".join(map(str, years))
        raise UsageError(
            f"{file} tidak memuat tahun sebelum {now} (yang ada: {found})",
            "Beri berkas tahun sebelumnya, atau sebut --tahun-baseline.",
        )
    return load(Request((file,), earlier[-1]), settings)
