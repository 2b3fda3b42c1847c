"""Berita acara of the 447 real villages at four levels, held against the official and published figures."""

import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from idmcli.documents.minutes import minutes_context
from idmcli.minutes import LEVELS, Basis, MinutesLevel
from idmcli.pipeline import Loaded, Request, load, validate
from idmcli.pipeline.minutes import MinutesRequest, MinutesResult, make_minutes
from idmcli.settings import Settings

ORACLE = Path(__file__).parents[1] / "../shared/oracle"
if not ORACLE.is_dir():
    pytest.skip(f"official figures are not here: {ORACLE}", allow_module_level=True)

PA_MILAU = "6503172008"
SHOWN = {"MANDIRI": 72, "MAJU": 79, "BERKEMBANG": 241, "TERTINGGAL": 55, "SANGAT TERTINGGAL": 0}


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(Request((str(ORACLE / "kaltara-2024.csv"),)), Settings())


@pytest.fixture(scope="module")
def findings(loaded: Loaded) -> pl.DataFrame:
    return validate(loaded).findings


def made(loaded: Loaded, findings: pl.DataFrame, level: MinutesLevel, dasar: Basis | None = None) -> MinutesResult:
    return make_minutes(loaded, findings, Settings(), MinutesRequest(level, dasar))


def test_the_one_village_in_doubt_holds_back_itself_and_all_above_it(loaded: Loaded, findings: pl.DataFrame) -> None:
    for level, units in zip(LEVELS, (446, 49, 3, 0), strict=True):
        result = made(loaded, findings, level)
        assert len(result.papers) == units, level
        assert result.minutes.tertahan["kode_desa"].to_list() == [PA_MILAU]
        (held,) = result.minutes.unit_tertahan["kode"].to_list()
        assert PA_MILAU.startswith(held)


@pytest.mark.parametrize("dasar", ["terbit", "hitung"])
def test_every_village_bears_the_official_status_and_figures(
    loaded: Loaded, findings: pl.DataFrame, dasar: Basis
) -> None:
    official = {row["kode_desa"]: row for row in loaded.table.desa.iter_rows(named=True)}
    seen: Counter[str] = Counter()
    for unit, own in made(loaded, findings, "desa", dasar).papers:
        told = minutes_context(unit, own, 1, edisi="idm-2016")
        row = official[told["kode"]]
        lines = {title: value for title, _, value in told["tabel"]["baris"]}
        assert lines["Desa"] == row["desa"]
        assert told["penetapan"][0].endswith(f"ditetapkan dengan status {row['status_terbit']}.")
        stated = [f"{row[f'{name}_terbit']:.4f}".replace(".", ",") for name in ("iks", "ike", "ikl")]
        printed = [value for title, code, value in told["tabel"]["baris"] if code in ("IKS", "IKE", "IKL")]
        if dasar == "terbit" or told["kode"] != PA_MILAU:
            assert printed == stated, told["kode"]
        seen[lines["Status desa"]] += 1
    assert seen == Counter({name: count for name, count in SHOWN.items() if count})


def test_counts_of_every_level_add_up_to_the_published_ones(loaded: Loaded, findings: pl.DataFrame) -> None:
    for level, units in zip(LEVELS[1:], (50, 4, 1), strict=True):
        result = made(loaded, findings, level, "terbit")
        assert len(result.papers) == units
        totals = {name: sum(unit.unit[name] for unit, _ in result.papers) for name in SHOWN}
        assert totals == SHOWN, level
        listed = [row["kode_desa"] for unit, _ in result.papers for row in unit.desa]
        assert len(listed) == len(set(listed)) == 447
    ((unit, own),) = result.papers
    told = minutes_context(unit, own, 1, edisi="idm-2016")
    means = [value for _, code, value in told["tabel"]["baris"] if code in ("IKS", "IKE", "IKL", "IDM")]
    assert means == ["0,7815", "0,5639", "0,7174", "0,6876"]
    assert told["rincian"]["baris"][2] == ["NUNUKAN", "232", "23", "20", "140", "49", "0", "0,6567"]
    assert [len(annex["baris"]) for annex in told["lampiran"]] == [74, 109, 232, 32]


def test_a_village_missing_from_the_data_is_told(loaded: Loaded, findings: pl.DataFrame) -> None:
    short = replace(loaded, scored=loaded.scored.filter(pl.col("kode_desa") != "6501012006"))
    result = made(short, findings, "kabupaten", "terbit")
    assert result.tidak_lengkap.rows() == [("6501", "BULUNGAN", 1, "PEJALIN")]
    told = "Kabupaten BULUNGAN: 1 desa menurut acuan wilayah tidak ada dalam data (PEJALIN)"
    assert result.notes == (told,)


def test_all_levels_are_determined_and_worded_in_two_seconds(loaded: Loaded, findings: pl.DataFrame) -> None:
    start = time.process_time()
    for level in LEVELS:
        for unit, own in made(loaded, findings, level, "terbit").papers:
            minutes_context(unit, own, 1, edisi="idm-2016")
    assert time.process_time() - start < 2
