"""Draft budgets of villages held against their indicators and paths."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Protocol

import polars as pl

from idmcli import columns as col
from idmcli.budget.recap import by_indicator, recap
from idmcli.budget.verify import NOW, Verification, verify
from idmcli.errors import UsageError
from idmcli.parameters.activities import load_activities
from idmcli.parameters.budget_rules import BudgetRules, load_budget_rules
from idmcli.parameters.crosswalk import Crosswalk, load_crosswalk
from idmcli.pipeline.gap import Gapped
from idmcli.pipeline.minutes import with_names
from idmcli.pipeline.sources import digest
from idmcli.regions import fold_name
from idmcli.rubric import Rubric
from idmcli.settings import Settings
from idmcli.words import listed, whole

KABUPATEN_DIGITS = 4


class BudgetLines(Protocol):
    """What was read of the draft budgets."""

    @property
    def lines(self) -> pl.DataFrame:
        """`budget.lines`; lines of unknown villages have no code."""

    @property
    def findings(self) -> pl.DataFrame:
        """`findings.SCHEMA`."""


@dataclass(frozen=True)
class Verified:
    """The verification of all villages with a file, and what surrounds it.

    Attributes:
        gapped: indicators and paths.
        findings: what is wrong in the files, also of villages that are not verified.
        hasil: the verification, village by village.
        tanpa_berkas: villages of the same kabupaten without any line: `kode_desa`, places, `status`.
        tanpa_skor: villages with lines that the IDM file does not know or could not score: `kode_desa, berkas, lembar`.
        crosswalk, rules: what was in force.
        tahun: the fiscal year asked for, else that of most villages; None where no file states it.
        notes: what the officer must know, one line each.
    """

    gapped: Gapped
    findings: pl.DataFrame
    hasil: Verification
    tanpa_berkas: pl.DataFrame
    tanpa_skor: pl.DataFrame
    crosswalk: Crosswalk
    rules: BudgetRules
    tahun: int | None
    notes: tuple[str, ...]

    @property
    def rubric(self) -> Rubric:
        """The edition in force."""
        return self.gapped.rubric

    @property
    def activities(self) -> Mapping[str, str]:
        """Official names of activities by code."""
        return activity_names()

    @cached_property
    def kecamatan(self) -> pl.DataFrame:
        """See `budget.recap.recap`."""
        return recap(self.hasil.desa, self.tanpa_berkas, "kecamatan")

    @cached_property
    def kabupaten(self) -> pl.DataFrame:
        """See `budget.recap.recap`."""
        return recap(self.hasil.desa, self.tanpa_berkas, "kabupaten")

    @cached_property
    def indikator(self) -> pl.DataFrame:
        """See `budget.recap.by_indicator`."""
        return by_indicator(self.hasil.indikator, self.rubric)

    def within(self, codes: str) -> "Verified":
        """The same for the villages whose codes begin so."""
        return _narrowed(self, pl.col("kode_desa").str.starts_with(codes))


def verify_budgets(gapped: Gapped, budgets: BudgetLines, settings: Settings, tahun: int | None = None) -> Verified:
    """Verify the budgets of the villages that the IDM file scores, with the latest year of its data.

    Args:
        gapped: indicators and paths.
        budgets: what was read.
        settings: `rapbdes` of `idm.toml`.
        tahun: the fiscal year; None: that of most villages.

    Raises:
        ConfigError: the office's crosswalk or rules are wrong.
    """
    rubric = gapped.rubric
    crosswalk = load_crosswalk(rubric, settings.rapbdes.silang)
    rules = load_budget_rules(settings.rapbdes.aturan)
    villages = scored_villages(gapped)
    numbers = villages.select("no", "kode_desa")
    steps = gapped.paths.langkah.filter(pl.col("pilihan") == 0).join(numbers, on="no")
    deficits = gapped.deficits.drop("kode_desa").join(numbers, on="no", maintain_order="left")
    hasil = verify(
        villages.select(NOW),
        deficits,
        steps,
        budgets.lines,
        budgets.findings,
        crosswalk=crosswalk,
        rules=rules,
        rubric=rubric,
        names=activity_names(),
    )
    found = budgets.lines.select("kode_desa").drop_nulls().unique()
    kabupaten = found.get_column("kode_desa").str.head(KABUPATEN_DIGITS).unique().to_list()
    absent = (
        villages.filter(pl.col("kode_desa").str.head(KABUPATEN_DIGITS).is_in(kabupaten))
        .join(hasil.desa.select("kode_desa"), on="kode_desa", how="anti")
        .select("kode_desa", "kabupaten", "kecamatan", "desa", "status")
        .sort("kode_desa")
    )
    strangers = (
        budgets.lines.filter(pl.col("kode_desa").is_not_null())
        .join(villages.select("kode_desa"), on="kode_desa", how="anti")
        .select("kode_desa", "berkas", "lembar")
        .unique("kode_desa", keep="first", maintain_order=True)
    )
    years = hasil.desa.get_column("tahun_anggaran").drop_nulls().to_list()
    usual = max(sorted(set(years), reverse=True), key=years.count) if years else None
    return Verified(
        gapped,
        budgets.findings,
        hasil,
        absent,
        strangers,
        crosswalk,
        rules,
        tahun or usual,
        tuple(_notes(gapped, villages, strangers)),
    )


def narrowed(verified: Verified, only: Sequence[str]) -> Verified:
    """Only the villages of these codes (or within them), or of these names of desa, kecamatan or kabupaten.

    Raises:
        UsageError: one names no verified village.
    """
    villages = verified.hasil.desa
    chosen: set[str] = set()
    for word in only:
        code = word.replace(".", "").replace(" ", "")
        if code.isascii() and code.isdigit():
            found = villages.filter(pl.col("kode_desa").str.starts_with(code))
        else:
            wanted = fold_name(word)
            rows = villages.select("kode_desa", "desa", "kecamatan", "kabupaten").iter_rows()
            codes = [row[0] for row in rows if wanted in {fold_name(name or "") for name in row[1:]}]
            found = villages.filter(pl.col("kode_desa").is_in(codes))
        if found.is_empty():
            raise UsageError(
                f"--hanya {word}: tidak ada desa itu yang diverifikasi", "Periksa kode atau ejaan namanya."
            )
        chosen |= set(found.get_column("kode_desa"))
    return _narrowed(verified, pl.col("kode_desa").is_in(sorted(chosen)))


def scored_villages(gapped: Gapped) -> pl.DataFrame:
    """The villages of the latest year that have figures, one row per code, with names ready for a sentence.

    The columns of `budget.verify.NOW`, and `no`.
    """
    rows = gapped.latest.filter(pl.col(col.KODE_DESA).is_not_null() & pl.col(col.IDM_K).is_not_null())
    return (
        with_names(rows, gapped.loaded.regions)
        .unique(col.KODE_DESA, keep="last", maintain_order=True)
        .rename({"keadaan": "keadaan_jalur", "idm_k_baru": "idm_k_jalur", "status_baru": "status_jalur"})
        .select("no", *NOW)
    )


def budget_sources(files: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """File of lines → name and SHA-256 of the file that it was read from (a zip archive for what lies in it)."""
    hashes: dict[str, str] = {}
    found = {}
    for name in files:
        path = next((path for path in (Path(name), *Path(name).parents) if path.is_file()), Path(name))
        hashes.setdefault(str(path), digest(str(path), None))
        found[name] = (str(path), hashes[str(path)])
    return found


def activity_names() -> Mapping[str, str]:
    """Official names of activities by code."""
    return {kode: activity.nama for kode, activity in load_activities().by_code.items()}


def _narrowed(verified: Verified, chosen: pl.Expr) -> Verified:
    hasil = verified.hasil
    parts = ("lines", "tautan", "indikator", "uang", "formal", "aspek", "desa")
    return replace(
        verified,
        hasil=Verification(**{part: getattr(hasil, part).filter(chosen) for part in parts}),
        tanpa_berkas=verified.tanpa_berkas.filter(chosen),
    )


def _notes(gapped: Gapped, villages: pl.DataFrame, strangers: pl.DataFrame) -> list[str]:
    notes = []
    rows = gapped.latest.filter(pl.col(col.KODE_DESA).is_not_null() & pl.col(col.IDM_K).is_not_null())
    if twice := rows.height - villages.height:
        notes.append(f"{whole(twice)} baris desa yang tertulis lebih dari sekali: yang terakhir dipakai")
    years = sorted(gapped.villages.get_column(col.TAHUN).drop_nulls().unique().to_list())
    if len(years) > 1:
        notes.append(f"Indikator diambil dari data tahun {years[-1]}; tahun lain dalam berkas tidak ikut")
    if not strangers.is_empty():
        codes = strangers.get_column("kode_desa").to_list()
        notes.append(f"RAPBDes tanpa skor IDM, tidak diverifikasi: {listed(codes)}")
    return notes
