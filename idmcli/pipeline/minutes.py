"""From scored villages to berita acara: what is determined, for whom, with which words and names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from idmcli.columns import KODE_DESA, PLACES, STATED_STATUS
from idmcli.errors import UsageError
from idmcli.minutes import Basis, Minutes, MinutesLevel, UnitMinutes, determine, unit_minutes
from idmcli.minutes.figures import rows_of_year
from idmcli.parameters.minutes import DIGITS, MinutesSettings, Signatory, UnitSettings, number_pattern
from idmcli.parameters.officials import load_officials
from idmcli.pipeline.loading import Loaded
from idmcli.pipeline.minutes_choice import narrowed
from idmcli.regions import Regions, fold_expr
from idmcli.rubric import Rubric
from idmcli.settings import Settings
from idmcli.words import listed, whole

LEVEL_WORD: Final = r"(?i)^(?:PROVINSI|PROV|KABUPATEN|KAB|KECAMATAN|KEC|DESA|DS)\b\.?\s+"
"""What people type before a name and what the papers put there themselves."""


@dataclass(frozen=True)
class MinutesRequest:
    """What is asked for; None where `idm.toml` or a default decides.

    Attributes:
        level: whose berita acara.
        dasar: stated or computed figures where they differ.
        paksa: drafts of units with held-back villages.
        hanya: codes (of what a unit lies in, or of what lies in it) or names of units; () for all.
        tanggal: date of the berita acara.
        tempat: place.
        nomor: pattern of the number.
        pejabat: file of officials.
    """

    level: MinutesLevel
    dasar: Basis | None = None
    paksa: bool = False
    hanya: tuple[str, ...] = ()
    tanggal: date | None = None
    tempat: str | None = None
    nomor: str | None = None
    pejabat: str | None = None


@dataclass(frozen=True)
class MinutesResult:
    """What can be printed, what is held back, and what must be known.

    Attributes:
        minutes: what is determined; `units` and all that belongs to them narrowed to `hanya`.
        papers: unit and settings of every berita acara, by code.
        tahun: the year of number and register: of the data, else of the date.
        notes: what the officer must know, one line each.
        tidak_lengkap: units that lack villages of the reference: `kode`, `nama`, `kurang` (count), `desa` (names).
    """

    minutes: Minutes
    papers: tuple[tuple[UnitMinutes, UnitSettings], ...]
    tahun: int
    notes: tuple[str, ...]
    tidak_lengkap: pl.DataFrame

    @property
    def held(self) -> bool:
        """Whether anything is held back, printed as a draft or not."""
        return not self.minutes.tertahan.is_empty()


def make_minutes(
    loaded: Loaded, findings: pl.DataFrame, settings: Settings, request: MinutesRequest, before: Loaded | None = None
) -> MinutesResult:
    """Determine the statuses of the data's latest year.

    Args:
        loaded: the data.
        findings: of `validate`.
        settings: `berita_acara` of `idm.toml`.
        request: what is asked for.
        before: an earlier year to compare with.

    Raises:
        UsageError: no unit as asked for, no year, or stated figures where the file states none.
        ConfigError: the file of officials or the pattern is invalid.
    """
    office = settings.berita_acara
    typed = _typed(request)
    if request.dasar == "terbit" and (
        STATED_STATUS not in loaded.scored.columns or loaded.scored.get_column(STATED_STATUS).count() == 0
    ):
        raise UsageError("--dasar terbit: berkas ini tidak menyebut status desa", "Pakai --dasar hitung.")
    named = with_names(loaded.scored, loaded.regions)
    minutes = determine(
        named,
        findings,
        loaded.rubric,
        request.level,
        request.dasar,
        request.paksa,
        with_names(before.scored, before.regions) if before else None,
    )
    if request.hanya:
        minutes = narrowed(minutes, request.hanya, named)
    officials = _officials(request, office)
    papers = tuple(_papers(minutes, loaded.rubric, office, typed, officials))
    missing = incomplete(minutes, named, loaded.regions)
    year = minutes.tahun or next((own.tanggal.year for _, own in papers if own.tanggal), None)
    if year is None:
        raise UsageError("Tahun data tidak diketahui, sehingga berita acara tidak dapat dinomori", "Sebut --tahun.")
    return MinutesResult(
        minutes, papers, year, tuple(_notes(minutes, loaded, missing, officials, everything=not request.hanya)), missing
    )


def with_names(villages: pl.DataFrame, regions: Regions) -> pl.DataFrame:
    """The same rows with names ready for a sentence: without `Kec.` and the like, from the reference where empty.

    `Desa Baru` keeps its first word where the reference says that this is the village's name.
    """
    known = regions.frame.select(KODE_DESA, *(pl.col(name).alias(f"_{name}") for name in PLACES))
    joined = villages.join(known, on=KODE_DESA, how="left", maintain_order="left")
    return joined.with_columns(_name(name) for name in PLACES).drop(f"_{name}" for name in PLACES)


def _name(level: str) -> pl.Expr:
    written, official = pl.col(level), pl.col(f"_{level}")
    bare = written.str.replace(LEVEL_WORD, "")
    official_too = (written != bare) & (fold_expr(written) == fold_expr(official))
    return pl.when(official_too).then(official).otherwise(pl.coalesce(bare, official)).alias(level)


def incomplete(minutes: Minutes, villages: pl.DataFrame, regions: Regions) -> pl.DataFrame:
    """Units above the village that lack villages of the reference."""
    schema = {"kode": pl.String, "nama": pl.String, "kurang": pl.Int64, "desa": pl.String}
    if minutes.level == "desa":
        return pl.DataFrame(schema=schema)
    digits = DIGITS[minutes.level]
    present = rows_of_year(villages, minutes.tahun)
    absent = regions.frame.join(present, on=KODE_DESA, how="anti").with_columns(
        pl.col(KODE_DESA).str.head(digits).alias("kode")
    )
    lines = []
    for kode, name in minutes.units.select("kode", minutes.level).iter_rows():
        lacking = absent.filter(pl.col("kode") == kode).sort(KODE_DESA)
        if not lacking.is_empty():
            shown = listed(lacking.get_column("desa").to_list())
            lines.append((kode, name or kode, lacking.height, shown))
    return pl.DataFrame(lines, schema=schema, orient="row")


def _typed(request: MinutesRequest) -> Mapping[str, Any]:
    """Fields of the settings that the command line overrules."""
    typed: dict[str, Any] = {}
    if request.tanggal is not None:
        typed["tanggal"] = request.tanggal
    if request.tempat is not None:
        typed["tempat"] = request.tempat.replace("{", "{{").replace("}", "}}")
    if request.nomor is not None:
        typed["nomor"] = number_pattern(request.nomor, "--nomor")
    return typed


def _officials(request: MinutesRequest, office: MinutesSettings) -> Mapping[str, tuple[Signatory, ...]]:
    file = Path(request.pejabat) if request.pejabat else office.pejabat
    return load_officials(file) if file else {}


def _papers(
    minutes: Minutes,
    rubric: Rubric,
    office: MinutesSettings,
    typed: Mapping[str, Any],
    officials: Mapping[str, tuple[Signatory, ...]],
) -> Iterator[tuple[UnitMinutes, UnitSettings]]:
    for unit in unit_minutes(minutes, rubric):
        code = unit.unit["kode"]
        own = office.for_unit(minutes.level, code, typed=typed)
        yield unit, replace(own, pejabat=officials.get(code, ()))


def _notes(
    minutes: Minutes,
    loaded: Loaded,
    missing: pl.DataFrame,
    officials: Mapping[str, Sequence[Signatory]],
    *,
    everything: bool,
) -> Iterator[str]:
    years = loaded.scored.get_column("tahun").drop_nulls().n_unique()
    if years > 1:
        yield f"Status ditetapkan dari data tahun {minutes.tahun}; tahun lain dalam berkas tidak ikut"
    for row in missing.iter_rows(named=True):
        yield (
            f"{minutes.level.capitalize()} {row['nama']}: {whole(row['kurang'])} desa menurut acuan wilayah tidak ada "
            f"dalam data ({row['desa']})"
        )
    digits = DIGITS[minutes.level]
    known = {row[0] for row in minutes.units.select("kode").iter_rows()}
    known |= {row[0] for row in minutes.unit_tertahan.select("kode").iter_rows()}
    if not everything:  # officials of other places are no mistake then, unless there are no such places
        codes = pl.concat([loaded.regions.frame.get_column(KODE_DESA), loaded.scored.get_column(KODE_DESA)])
        known |= set(codes.drop_nulls().str.head(digits).to_list())
    strangers = sorted(code for code in officials if len(code) == digits and code not in known)
    if strangers:
        yield f"Pejabat untuk {listed(strangers)} tidak dipakai: wilayah itu tidak ikut dicetak"
