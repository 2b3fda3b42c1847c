"""Every official figure, from the official scores: 2,127 village-years of 8 provinces and the 447 desa of Kaltara 2024.

The two sets hold 123 and 1 rows whose published IKS contradicts their own published scores; everything else is equal.
"""

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from idmcli.classify import classify, moves, recap
from idmcli.rubric import load_rubric
from idmcli.scoring import explain, score, score_recap

ORACLE = Path(__file__).parents[1] / "../shared/oracle"
if not ORACLE.is_dir():
    pytest.skip(f"official figures are not here: {ORACLE}", allow_module_level=True)

RUBRIC = load_rubric()
PA_MILAU = "6503172008"
STATUSES = ("SANGAT TERTINGGAL", "TERTINGGAL", "BERKEMBANG", "MAJU", "MANDIRI")
THRESHOLDS = tuple(Fraction(value) for value in ("0.4907", "0.5989", "0.7072", "0.8155"))
MAXIMA = {"iks": 175, "ike": 60, "ikl": 15}


def official(name: str) -> pl.DataFrame:
    """A file of official figures with our column names."""
    frame = pl.read_csv(ORACLE / name, infer_schema=False)
    codes = {row.label: row.kode for row in RUBRIC.indikator}
    frame = frame.rename(lambda title: codes.get(title.strip(), title.replace("_resmi", "_terbit")))
    numbers = [f"{column}_terbit" for column in ("iks", "ike", "ikl", "idm", "skor_minimal", "penambahan")]
    return frame.with_columns(
        pl.col(RUBRIC.codes).cast(pl.Int8),
        pl.col("tahun").cast(pl.Int32),
        pl.col([column for column in numbers if column in frame.columns]).cast(pl.Float64),
    )


@pytest.fixture(scope="module")
def years() -> pl.DataFrame:
    return classify(score(official("village-years.csv"), RUBRIC), RUBRIC)


@pytest.fixture(scope="module")
def kaltara() -> pl.DataFrame:
    return classify(score(official("kaltara-2024.csv"), RUBRIC), RUBRIC)


def apart(column: str, tolerance: float) -> pl.Expr:
    """Rows in which a computed figure is not the official one."""
    return (pl.col(column) - pl.col(f"{column}_terbit")).abs() > tolerance


def test_all_village_years_but_the_123_equal_the_official_figures(years: pl.DataFrame) -> None:
    assert years.height == 2127
    assert years["alasan"].null_count() == 2127
    faulty = years.filter(~pl.col("cocok"))
    points = ((faulty["iks_terbit"] - faulty["iks"]) * 175).round(6).abs()
    assert (faulty.height, faulty["tahun"].unique().to_list(), points.unique().to_list()) == (123, [2024], [4.0])
    wrong = years.select(apart("ike", 1e-9).sum(), apart("ikl", 1e-9).sum())
    assert wrong.row(0) == (0, 0), "IKE and IKL are right everywhere"
    sound = years.filter("cocok")
    differing = sound.filter(
        apart("iks", 1e-9)
        | apart("idm", 1e-9)
        | apart("skor_minimal", 1e-12)
        | apart("penambahan", 1e-9)
        | (pl.col("status") != pl.col("status_terbit"))
        | (pl.col("target_status") != pl.col("target_status_terbit"))
    )
    assert differing.height == 0, differing.select("kode_desa", "tahun", "^.*(idm|status|penambahan).*$")


def test_all_desa_of_kaltara_but_one_equal_the_official_figures(kaltara: pl.DataFrame) -> None:
    assert kaltara.height == 447
    assert kaltara.filter(~pl.col("cocok"))["kode_desa"].to_list() == [PA_MILAU]
    pa_milau = kaltara.row(by_predicate=pl.col("kode_desa") == PA_MILAU, named=True)
    assert (round(pa_milau["idm"], 4), pa_milau["idm_terbit"]) == (0.6949, 0.6873)
    assert kaltara.filter(pl.col("status") != pl.col("status_terbit")).height == 0


@pytest.mark.parametrize("name", ["village-years.csv", "kaltara-2024.csv"])
@pytest.mark.parametrize("decimals", [3, 4, 6, 14])
def test_published_sub_indices_alone_give_every_official_status(name: str, decimals: int) -> None:
    stated = official(name).with_columns(pl.col("iks_terbit", "ike_terbit", "ikl_terbit", "idm_terbit").round(decimals))
    scored = score_recap(stated.drop(RUBRIC.codes), RUBRIC)
    assert scored["alasan"].drop_nulls().to_list() == []
    differing = scored.filter(~pl.col("cocok"))
    assert differing.height == 0, differing.select("kode_desa", "tahun", "idm", "idm_terbit", "status", "status_terbit")


def test_recap_by_kabupaten_is_the_published_one(kaltara: pl.DataFrame) -> None:
    table = recap(kaltara, RUBRIC, "kabupaten")
    counts = table.select("kabupaten", "MANDIRI", "MAJU", "BERKEMBANG", "TERTINGGAL", "SANGAT TERTINGGAL")
    assert counts.rows() == [
        ("BULUNGAN", 11, 21, 42, 0, 0),
        ("MALINAU", 27, 24, 52, 6, 0),
        ("NUNUKAN", 23, 20, 140, 49, 0),
        ("TANA TIDUNG", 11, 14, 7, 0, 0),
    ]
    stated = score_recap(kaltara, RUBRIC)  # the published means hold the published figure of the one faulty row
    means = recap(stated, RUBRIC, "provinsi").select("jumlah_desa", "idm", "iks", "ike", "ikl").row(0)
    assert [round(mean, 4) for mean in means] == [447, 0.6876, 0.7815, 0.5639, 0.7174]


def test_gain_of_every_indicator_in_every_ministry_document() -> None:
    documents = sorted((ORACLE / "rumusan-json").glob("*.json"))
    assert len(documents) == 28
    codes = {row.label: row.kode for row in RUBRIC.indikator}
    for document in documents:
        rows = {row["INDIKATOR"].strip(): row for row in json.loads(document.read_text("utf-8"))["mapData"]["ROW"]}
        scores = {codes[label]: row["SKOR"] for label, row in rows.items() if label in codes}
        frame = score(pl.DataFrame([scores], schema_overrides=dict.fromkeys(RUBRIC.codes, pl.Int8)), RUBRIC)
        told = explain(frame.row(0, named=True), RUBRIC)
        gains = {line.kode: line.tambahan for dimension in told.dimensi for line in dimension.indikator}
        stated = {codes[label]: float(row["NILAI"]) for label, row in rows.items() if label in codes}
        wrong = {
            kode: (gains[kode], gain)
            for kode, gain in stated.items()
            if abs((gains[kode] or 0) / told.skala - gain) > 5.1e-9
        }
        assert (len(stated), wrong) == (50, {}), document.name


def rank(idm: Fraction) -> int:
    """The SOP's rule on the exact value: a status begins above its threshold."""
    return sum(idm > threshold for threshold in THRESHOLDS)


@pytest.mark.parametrize("data", ["years", "kaltara"])
def test_distances_are_the_first_whole_points_that_really_change_the_status(
    data: str, request: pytest.FixtureRequest
) -> None:
    frame: pl.DataFrame = request.getfixturevalue(data)
    for row in frame.iter_rows(named=True):
        points = {name: sum(row[code] for code in RUBRIC.codes if code.lower().startswith(name)) for name in MAXIMA}
        idm = sum((Fraction(points[name], most) for name, most in MAXIMA.items()), Fraction(0)) / 3
        here = rank(idm)
        assert (row["idm_k"], row["status"]) == (idm * 6300, STATUSES[here])
        for name, most in MAXIMA.items():
            step = Fraction(1, 3 * most)
            up = next((n for n in range(1, most - points[name] + 1) if rank(idm + n * step) > here), None)
            down = next(n for n in range(1, 3 * most) if rank(idm - n * step) < here) - 1 if here else None
            assert (row[f"poin_{name}"], row[f"sisa_poin_{name}"]) == (up, down), (row["kode_desa"], row["tahun"], name)
        assert row["pantau"] == (rank(idm - Fraction(4, 525)) < here), (row["kode_desa"], row["tahun"])


@pytest.mark.parametrize(("before", "after"), [(2021, 2022), (2022, 2023), (2023, 2024), (2021, 2024)])
def test_moves_are_those_of_a_plain_comparison_and_their_causes_add_up(
    years: pl.DataFrame, before: int, after: int
) -> None:
    then, now = (
        {row["kode_desa"]: row for row in years.filter(pl.col("tahun") == year).iter_rows(named=True)}
        for year in (before, after)
    )
    told = moves(years.filter(pl.col("tahun") == before), years.filter(pl.col("tahun") == after), RUBRIC)
    matrix = {name: dict.fromkeys((*STATUSES, "TIDAK DIHITUNG", "TIDAK ADA"), 0) for name in told.matriks["dari"]}
    for kode in then.keys() | now.keys():
        pair = [side[kode]["status"] if kode in side else "TIDAK ADA" for side in (then, now)]
        matrix[pair[0]][pair[1]] += 1
    assert told.matriks.rows_by_key("dari", named=True, unique=True) == matrix
    for direction, listed in ((1, told.naik), (-1, told.turun)):
        moved = {
            kode
            for kode in then.keys() & now.keys()
            if direction * (STATUSES.index(now[kode]["status"]) - STATUSES.index(then[kode]["status"])) > 0
        }
        assert set(listed["kode_desa"]) == moved
        assert listed.height == len(moved)
        for row in listed.iter_rows(named=True):
            kode = row["kode_desa"]
            changes = {
                code: (now[kode][code] - then[kode][code]) * {"IKS": 12, "IKE": 35, "IKL": 140}[code[:3]]
                for code in RUBRIC.codes
            }
            assert row["selisih_k"] == sum(changes.values()) == now[kode]["idm_k"] - then[kode]["idm_k"]
            causes = told.penyebab.filter(pl.col("kode_desa") == kode).select("kode", "selisih_k").rows()
            assert dict(causes) == {code: units for code, units in changes.items() if units * direction > 0}


def test_the_command_reads_the_ministry_documents_as_they_are_and_gives_their_summaries() -> None:
    folder = ORACLE / "rumusan-json"
    done = subprocess.run(
        [sys.executable, "-m", "idmcli", "classify", str(folder), "--json"],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        check=True,
    )
    rows: list[dict[str, Any]] = json.loads(done.stdout)["baris"]
    computed = {f"{row['kode_desa']}-{row['tahun']}.json": row for row in rows}
    assert len(rows) == len(computed) == 28
    off: list[str] = []
    for document in sorted(folder.glob("*.json")):
        row, told = computed[document.name], json.loads(document.read_text("utf-8"))["mapData"]["SUMMARIES"]
        stated = [row[f"{name}_terbit"] for name in ("idm", "status", "target_status", "skor_minimal", "penambahan")]
        given = [told[name] for name in ("SKOR_SAAT_INI", "STATUS", "TARGET_STATUS", "SKOR_MINIMAL", "PENAMBAHAN")]
        assert stated == [
            pytest.approx(float(given[0])),
            *given[1:3],
            *(pytest.approx(float(one)) for one in given[3:]),
        ]
        assert (row["status"], row["target_status"], row["skor_minimal"]) == (given[1], given[2], float(given[3]))
        if abs(row["idm"] - float(given[0])) > 1e-9 or abs(row["penambahan"] - float(given[4])) > 1e-9:
            off.append(document.name)
            assert round((row["iks_terbit"] - row["iks"]) * 175, 6) in {4, -4}, document.name
    assert off == ["6504022003-2024.json", "6504022007-2024.json"]
