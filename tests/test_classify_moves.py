"""Moves between two years, through `moves`."""

import polars as pl

from idmcli.classify import moves
from idmcli.rubric import load_rubric
from idmcli.scoring import score, score_recap

RUBRIC = load_rubric()


def year(tahun: int | None, rows: dict[str | None, dict[str, int | None]]) -> pl.DataFrame:
    """Scored villages of one year: full scores but for what is said of each code."""
    full = {**dict.fromkeys(RUBRIC.codes, 5), "provinsi": "P", "kabupaten": "K", "kecamatan": "C", "tahun": tahun}
    table = [{**full, "kode_desa": kode, "desa": f"DESA {kode}", **scores} for kode, scores in rows.items()]
    types = {**dict.fromkeys(RUBRIC.codes, pl.Int8), "tahun": pl.Int32}
    return score(pl.DataFrame(table, schema_overrides=types), RUBRIC)


# IKS 171, IKE 17, IKL 10: k = 171·12 + 17·35 + 10·140 = 4047, BERKEMBANG
ABSENT_SERVICES = dict.fromkeys(("IKE05", "IKE06", "IKE07", "IKL03"), 0)
LOWEST = dict.fromkeys(("IKE01", "IKE02", "IKE03", "IKE04", "IKE08", "IKE09", "IKE10", "IKS11"), 1)
WEAK: dict[str, int | None] = {**ABSENT_SERVICES, **LOWEST}
LESS_WEAK = WEAK | {"IKL03": 5, "IKS11": 5, "IKE01": 3, "IKS13": 1}


def test_risers_and_fallers_with_the_indicators_that_did_it() -> None:
    before = year(2023, {"1": WEAK, "2": {}, "3": WEAK, "4": {}})
    after = year(2024, {"1": LESS_WEAK, "2": WEAK, "3": WEAK, "5": {"IKS01": None}})
    result = moves(before, after, RUBRIC)
    assert (result.tahun_sebelum, result.tahun) == (2023, 2024)
    rises = result.naik.row(0, named=True)
    assert (rises["kode_desa"], rises["status_sebelum"], rises["status"]) == ("1", "BERKEMBANG", "MAJU")
    assert rises["selisih_k"] == 700 + 70 + 48 - 48
    assert rises["penyebab"] == "IKL03 0→5 (+0,1111), IKE01 1→3 (+0,0111), IKS11 1→5 (+0,0076)"
    falls = result.turun.row(0, named=True)
    assert (result.naik.height, result.turun.height, falls["kode_desa"]) == (1, 1, "2")
    assert falls["penyebab"].startswith(
        "IKL03 5→0 (−0,1111), IKE05 5→0 (−0,0278), IKE06 5→0 (−0,0278), IKE07 5→0 (−0,0278), IKE01 5→1 (−0,0222)"
    )
    assert falls["penyebab"].endswith(", dan 7 lain")
    causes = result.penyebab.filter(pl.col("kode_desa") == "2")
    assert causes.height == 12
    assert causes["selisih_k"].sum() == falls["selisih_k"]


def test_matrix_counts_every_village_once() -> None:
    before = year(2023, {"1": WEAK, "2": {}, "3": WEAK, "4": {}})
    after = year(2024, {"1": LESS_WEAK, "2": WEAK, "3": WEAK, "5": {"IKS01": None}})
    matrix = moves(before, after, RUBRIC).matriks
    cells = {
        (row["dari"], name): count
        for row in matrix.iter_rows(named=True)
        for name, count in row.items()
        if name != "dari" and count
    }
    assert cells == {
        ("BERKEMBANG", "MAJU"): 1,
        ("BERKEMBANG", "BERKEMBANG"): 1,
        ("MANDIRI", "BERKEMBANG"): 1,
        ("MANDIRI", "TIDAK ADA"): 1,
        ("TIDAK ADA", "TIDAK DIHITUNG"): 1,
    }
    assert matrix["dari"].to_list() == matrix.columns[1:]


def test_years_are_chosen_and_unmatchable_rows_counted() -> None:
    several = pl.concat([year(tahun, {"1": WEAK}) for tahun in (2021, 2022, 2024)])
    after = pl.concat([year(2023, {"1": WEAK}), year(2024, {"1": {}, None: {}}), year(2024, {"1": WEAK})])
    result = moves(several, after, RUBRIC)
    assert (result.tahun_sebelum, result.tahun) == (2022, 2024)
    assert (result.naik.height, result.tanpa_kode, result.kode_ganda) == (1, 1, 1)
    revised = moves(year(2024, {"1": WEAK}), year(2024, {"1": {}}), RUBRIC)
    assert (revised.tahun_sebelum, revised.tahun, revised.naik.height) == (2024, 2024, 1)
    undated = moves(year(None, {"1": WEAK}), year(None, {"1": {}}), RUBRIC)
    assert (undated.tahun_sebelum, undated.tahun, undated.naik.height) == (None, None, 1)


def test_a_recap_names_dimensions_as_causes() -> None:
    scored = year(2024, {"1": {}})
    stated = year(2023, {"1": WEAK})
    columns = [
        name for name in stated.columns if name in {"kode_desa", "provinsi", "kabupaten", "kecamatan", "desa", "tahun"}
    ]
    before = score_recap(
        stated.select(*columns, *(pl.col(name).round(4).alias(f"{name}_terbit") for name in ("iks", "ike", "ikl"))),
        RUBRIC,
    )
    result = moves(before, scored, RUBRIC)
    assert result.naik["penyebab"].to_list() == ["IKE 17→60 (+0,2389), IKL 10→15 (+0,1111), IKS 171→175 (+0,0076)"]


def test_nobody_moved() -> None:
    frame = year(2024, {"1": {}})
    result = moves(frame.with_columns(tahun=pl.lit(2023, dtype=pl.Int32)), frame, RUBRIC)
    assert (result.naik.height, result.turun.height, result.penyebab.height) == (0, 0, 0)
    assert "penyebab" in result.naik.columns
