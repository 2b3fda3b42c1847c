"""Where the steps meet: files in, scored villages, findings and recaps out. Nothing here prints or writes."""

import hashlib
import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from idmcli import classify as classify_step
from idmcli import columns as col
from idmcli import validate as validate_step
from idmcli.errors import ConfigError, InputError, UsageError
from idmcli.normalise import normalise
from idmcli.reading import read
from idmcli.reading.sources import STDIN, find_sources
from idmcli.regions import Regions, fold_expr, fold_name, load_regions
from idmcli.rubric import Rubric, load_rubric
from idmcli.scoring import explain as explain_row
from idmcli.scoring import score, score_recap, scores_from_answers
from idmcli.scoring.explanation import Explanation
from idmcli.settings import Settings
from idmcli.tables import VillageTable
from idmcli.words import listed, whole

NO_DIGEST: Final = "tidak dihitung: pipa, bukan berkas"


@dataclass(frozen=True)
class Request:
    """What the user asked to be read: files or folders (`-` is stdin), and how to choose among what is in them."""

    files: tuple[str, ...]
    tahun: int | None = None
    sheet: str | None = None
    terima_usulan: bool = False


@dataclass(frozen=True)
class Source:
    """A file that was used and its SHA-256, so that a paper can say what it was made from."""

    berkas: str
    sha256: str


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


@dataclass(frozen=True)
class Validated:
    """Findings, and their counts by rule and kabupaten."""

    loaded: Loaded
    findings: pl.DataFrame
    summary: pl.DataFrame


@dataclass(frozen=True)
class Classified:
    """Villages with status and target, recaps per level, and what was asked beside them (else None)."""

    loaded: Loaded
    villages: pl.DataFrame
    recaps: dict[str, pl.DataFrame]
    moves: classify_step.Moves | None
    targets: pl.DataFrame | None


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


def validate(loaded: Loaded, baseline: Loaded | None = None) -> Validated:
    """Judge the data by every rule."""
    findings = validate_step.validate(
        loaded.table,
        loaded.scored,
        rubric=loaded.rubric,
        regions=loaded.regions,
        baseline=baseline.scored if baseline else None,
    )
    return Validated(loaded, findings, validate_step.summarise(findings, loaded.table.desa))


def classify(loaded: Loaded, settings: Settings, baseline: Loaded | None = None) -> Classified:
    """Statuses, targets, recaps, and the moves since the baseline."""
    rubric = loaded.rubric
    watch = classify_step.WATCH_POINTS if settings.pantau_poin is None else settings.pantau_poin
    villages = classify_step.classify(loaded.scored, rubric, pantau_poin=watch)
    return Classified(
        loaded,
        villages,
        {level: classify_step.recap(villages, rubric, level) for level in classify_step.LEVELS},
        classify_step.moves(baseline.scored, loaded.scored, rubric) if baseline else None,
        targets(villages, rubric, settings),
    )


def targets(villages: pl.DataFrame, rubric: Rubric, settings: Settings) -> pl.DataFrame | None:
    """The targets of `idm.toml` against what was reached; None where it has none."""
    if not settings.sasaran:
        return None
    try:
        return classify_step.targets(villages, rubric, settings.sasaran)
    except ConfigError as error:
        raise ConfigError(f"{settings.path}: {error.pesan}", error.saran) from error


def standard_input() -> io.BytesIO:
    """All of stdin, so that it can be both read and hashed."""
    if sys.stdin is None or sys.stdin.closed:
        raise InputError(
            "stdin tertutup, tidak ada yang dapat dibaca", "Beri nama berkas, atau salurkan CSV: … | idm score -"
        )
    return io.BytesIO(find_sources([STDIN])[0][0].load())


def input_files(names: Sequence[str]) -> tuple[Path, ...]:
    """The files that these names lead to, those inside folders too.

    Raises:
        InputError: one of them leads nowhere.
    """
    return tuple(source.path for source in find_sources(names)[0] if source.path is not None)


def sources(table: VillageTable, stdin: io.BytesIO | None) -> tuple[Source, ...]:
    """The files behind the table, in order, each with its hash."""
    names: Sequence[str] = table.desa.get_column(col.BERKAS).unique(maintain_order=True).to_list()
    return tuple(Source(name, digest(name, stdin)) for name in names)


def digest(name: str, stdin: io.BytesIO | None) -> str:
    """SHA-256 of a file's bytes in hexadecimal, or why there is none."""
    if name == STDIN and stdin is not None:
        return hashlib.sha256(stdin.getvalue()).hexdigest()
    if not Path(name).is_file():  # a pipe (`<(…)`) gives its bytes once, and they have been read
        return NO_DIGEST
    with Path(name).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def explain(loaded: Loaded, desa: str) -> tuple[Explanation, ...]:
    """The computation of one village, per year: by its code, or by its name where only one village bears it.

    Raises:
        UsageError: no such village in the file, or several of that name.
    """
    digits = "".join(desa.replace(".", "").split())
    found = loaded.scored.filter(
        pl.col(col.KODE_DESA) == digits
        if digits.isdigit()
        else fold_expr(pl.col("desa").fill_null("")) == fold_name(desa)
    )
    codes = found.get_column(col.KODE_DESA).unique(maintain_order=True).to_list()
    if not codes:
        raise UsageError(f"Desa {desa} tidak ada dalam berkas ini", "Periksa kode atau ejaan namanya.")
    if len(codes) > 1:
        options = ", ".join(
            f"{row[col.KODE_DESA]} ({row['kecamatan']})" for row in found.unique(col.KODE_DESA).iter_rows(named=True)
        )
        raise UsageError(f"Ada {len(codes)} desa bernama {desa}: {options}", "Sebut kodenya.")
    rows = found.sort(col.TAHUN, maintain_order=True) if col.TAHUN in found.columns else found
    return tuple(explain_row(row, loaded.rubric) for row in rows.iter_rows(named=True))
