"""Budgets put together by hand, and the sample kabupaten read once."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from idmcli import pipeline
from idmcli.budget.lines import LINES
from idmcli.budget.verify import Verification, verify
from idmcli.findings import no_findings
from idmcli.parameters.activities import load_activities
from idmcli.parameters.budget_rules import BudgetRules, load_budget_rules
from idmcli.parameters.crosswalk import Crosswalk, load_crosswalk
from idmcli.pipeline.budget_files import Budgets, read_budgets
from idmcli.pipeline.choosing import Wishes, choose
from idmcli.pipeline.gap import Gapped, find_paths
from idmcli.pipeline.rapbdes import Verified, scored_villages, verify_budgets
from idmcli.rubric import load_rubric
from idmcli.settings import Settings

SAMPLES = Path(__file__).parents[1] / "samples"
VILLAGE = "6504012001"
RUBRIC = load_rubric()
CROSSWALK = load_crosswalk(RUBRIC)
RULES = load_budget_rules()
NAMES = {kode: one.nama for kode, one in load_activities().by_code.items()}


def budget(*rows: dict[str, Any]) -> pl.DataFrame:
    """Lines of a budget: spending of VILLAGE from Dana Desa unless a row says otherwise."""
    filled = []
    for number, row in enumerate(rows, 1):
        kode = row.get("kode_kegiatan")
        line = {"kode_desa": VILLAGE, "tahun": 2025, "berkas": "a.xlsx", "lembar": "S", "baris": number}
        line |= {"sel": f"S!E{number}", "jenis": "belanja", "bidang": int(kode[0]) if kode else None}
        filled.append({**dict.fromkeys(LINES), **line, "uraian": "", "sumber_dana": "DDS", "daun": True, **row})
    return pl.DataFrame(filled, schema=LINES)


def spent(kode: str | None, anggaran: int, uraian: str = "", **more: Any) -> dict[str, Any]:
    """A line of spending."""
    return {"kode_kegiatan": kode, "anggaran": anggaran, "uraian": uraian, **more}


def income(anggaran: int, jenis: str = "pendapatan") -> dict[str, Any]:
    """A line of income or financing."""
    return {"anggaran": anggaran, "jenis": jenis}


def village(k: int, target: str = "MAJU") -> pl.DataFrame:
    """One village as `verify` wants it."""
    status = RUBRIC.status_at(k).nama
    need = max(0, next(one.k_min for one in RUBRIC.status if one.nama == target) - k)
    row = {
        **{"kode_desa": VILLAGE, "provinsi": "P", "kabupaten": "K", "kecamatan": "C", "desa": "D", "tahun": 2024},
        **{"idm": k / RUBRIC.scale, "idm_k": k, "status": status, "target": target, "butuh_k": need},
        **{"keadaan_jalur": "ada_jalur", "jalur": "", "idm_k_jalur": k, "status_jalur": target, "alasan_jalur": None},
    }
    return pl.DataFrame([row], schema_overrides={"idm_k": pl.Int32, "butuh_k": pl.Int32, "tahun": pl.Int32})


def weak(**scores: int) -> pl.DataFrame:
    """Deficits of VILLAGE as `gap` gives them: indicator → score."""
    rows = []
    for kode, skor in scores.items():
        unit = RUBRIC.unit(RUBRIC.dimension_of(kode))
        rows.append(
            {
                **{"kode_desa": VILLAGE, "kode": kode, "dimensi": RUBRIC.dimension_of(kode).kode},
                **{"singkat": RUBRIC.by_code[kode].singkat, "skor": skor, "kurang": 5 - skor},
                **{"tambahan_k": unit * (5 - skor), "tambahan": unit * (5 - skor) / RUBRIC.scale},
                **{"syarat_kini": "a", "syarat_tujuan": "b", "kegiatan": "c"},
            }
        )
    return pl.DataFrame(rows, schema_overrides={"skor": pl.Int8, "kurang": pl.Int8, "tambahan_k": pl.Int32})


def steps(**path: tuple[int, int]) -> pl.DataFrame:
    """The smallest path of VILLAGE: indicator → score now and then."""
    rows = [
        (VILLAGE, kode, ke, RUBRIC.unit(RUBRIC.dimension_of(kode)) * (ke - dari), 10)
        for kode, (dari, ke) in path.items()
    ]
    schema = {"kode_desa": pl.String, "kode": pl.String, "ke": pl.Int8, "tambahan_k": pl.Int32, "biaya": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def verified_by_hand(
    lines: pl.DataFrame,
    deficits: pl.DataFrame,
    path: pl.DataFrame | None = None,
    *,
    k: int = 4000,
    crosswalk: Crosswalk | None = None,
    rules: BudgetRules | None = None,
) -> Verification:
    """`verify` of one village."""
    return verify(
        village(k),
        deficits,
        steps() if path is None else path,
        lines,
        no_findings(),
        crosswalk=crosswalk or CROSSWALK,
        rules=rules or RULES,
        rubric=RUBRIC,
        names=NAMES,
    )


@lru_cache(maxsize=1)
def sample_gapped() -> Gapped:
    """Indicators and paths of the sample province."""
    loaded = pipeline.load_scores(pipeline.Request((str(SAMPLES / "kaltara.xlsx"),)), Settings())
    return find_paths(loaded, choose(Wishes(alternatif=0), loaded.rubric, Settings()), 4)


@lru_cache(maxsize=1)
def sample_budgets() -> Budgets:
    """The sample budgets with their mapping."""
    gapped = sample_gapped()
    return read_budgets(
        [str(SAMPLES / "rapbdes")],
        regions=gapped.loaded.regions,
        villages=scored_villages(gapped),
        pemetaan=SAMPLES / "rapbdes" / "pemetaan.csv",
    )


@lru_cache(maxsize=1)
def sample_verified() -> Verified:
    """The sample kabupaten verified."""
    return verify_budgets(sample_gapped(), sample_budgets(), Settings())
