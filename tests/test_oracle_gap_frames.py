"""The frames around the paths on official data: 28 ministry documents and the 447 desa of Kaltara 2024."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from idmcli.classify import classify
from idmcli.gap import by_dimension, deficits, indicator_recap, similar, standing, strengths, weaknesses
from idmcli.rubric import load_rubric
from idmcli.scoring import score

ORACLE = Path(__file__).parents[1] / "../shared/oracle"
if not ORACLE.is_dir():
    pytest.skip(f"official figures are not here: {ORACLE}", allow_module_level=True)

RUBRIC = load_rubric()
UNMOVABLE = ["IKS20", "IKS21", "IKS22"]


@pytest.fixture(scope="module")
def kaltara() -> pl.DataFrame:
    frame = pl.read_csv(ORACLE / "kaltara-2024.csv", infer_schema=False)
    codes = {row.label: row.kode for row in RUBRIC.indikator}
    frame = frame.rename(lambda title: codes.get(title.strip(), title))
    return score(frame.with_columns(pl.col(RUBRIC.codes).cast(pl.Int8), pl.col("tahun").cast(pl.Int32)), RUBRIC)


def test_gain_of_every_indicator_is_the_ministrys_nilai() -> None:
    documents = sorted((ORACLE / "rumusan-json").glob("*.json"))
    assert len(documents) == 28
    codes = {row.label: row.kode for row in RUBRIC.indikator}
    rows: list[dict[str, object]] = []
    stated: dict[tuple[int, str], float] = {}
    for no, document in enumerate(documents):
        told = {row["INDIKATOR"].strip(): row for row in json.loads(document.read_text("utf-8"))["mapData"]["ROW"]}
        named = {codes[label]: row for label, row in told.items() if label in codes}
        identity = dict.fromkeys(("provinsi", "kabupaten", "kecamatan", "desa"), "A")
        scores = {kode: row["SKOR"] for kode, row in named.items()}
        rows.append({"kode_desa": document.stem[:10], **identity, "tahun": 2024, **scores})
        stated |= {(no, kode): float(row["NILAI"]) for kode, row in named.items()}
    frame = score(pl.DataFrame(rows, schema_overrides=dict.fromkeys(RUBRIC.codes, pl.Int8)), RUBRIC)
    gaps = deficits(frame, RUBRIC)
    gains = {(no, kode): gain for no, kode, gain in gaps.select("no", "kode", "tambahan").iter_rows()}
    assert gains.keys() == stated.keys()
    assert len(gains) == 28 * 50
    wrong = {key: (gains[key], gain) for key, gain in stated.items() if abs(gains[key] - gain) > 5.1e-9}
    assert not wrong


def test_gaps_add_up_to_the_full_index_and_stand_in_order(kaltara: pl.DataFrame) -> None:
    gaps = deficits(kaltara, RUBRIC)
    sums = gaps.group_by("no", maintain_order=True).agg(pl.col("tambahan_k").sum())["tambahan_k"]
    assert (sums + kaltara["idm_k"]).unique().to_list() == [6300]
    assert gaps.filter(pl.col("tambahan_k") > pl.col("tambahan_k").shift(1).over("no")).is_empty()
    assert gaps.filter(pl.col("terkunci").is_not_null())["kode"].unique().sort().to_list() == UNMOVABLE
    silent = gaps.filter(pl.col("kurang") > 0).select(pl.col("syarat_tujuan", "kegiatan").null_count()).row(0)
    assert silent == (0, 0)
    points = by_dimension(classify(kaltara, RUBRIC), RUBRIC)
    assert points.group_by("no", maintain_order=True).agg(pl.col("tambahan_k").sum())["tambahan_k"].equals(sums)


def test_weakest_indicators_and_the_share_that_one_indicator_lifts_are_the_known_ones(kaltara: pl.DataFrame) -> None:
    table = indicator_recap(kaltara, RUBRIC, "provinsi").sort("rata_skor")
    weakest = [(kode, round(mean, 2)) for kode, mean in table.select("kode", "rata_skor").head(5).rows()]
    assert weakest == [("IKE06", 1.04), ("IKE07", 1.16), ("IKL03", 1.42), ("IKS02", 1.47), ("IKS13", 1.7)]
    begins = {status.nama: after.k_min for status, after in zip(RUBRIC.status, RUBRIC.status[1:], strict=False)}
    need = pl.Series([begins.get(row["status"], 10_000) - row["idm_k"] for row in kaltara.iter_rows(named=True)])
    best = deficits(kaltara, RUBRIC).group_by("no", maintain_order=True).agg(pl.col("tambahan_k").max())["tambahan_k"]
    below = kaltara.filter(pl.col("status") != "MANDIRI").height
    assert int((best >= need).sum()) / below == pytest.approx(0.8, abs=0.01)


def test_every_distinction_of_a_village_holds(kaltara: pl.DataFrame) -> None:
    told = standing(kaltara, RUBRIC)
    middle = told.group_by("kode", "kelompok", "anggota", "rata_kelompok").agg(pl.len(), pl.col("persentil").sum())
    assert middle.filter((pl.col("persentil") - pl.col("len") / 2).abs() > 1e-9).is_empty(), "percentiles average ½"
    place = kaltara.with_row_index("no").select("no", "kabupaten", "kecamatan", "status")
    for frame, better in ((strengths(told, kaltara, RUBRIC), True), (weaknesses(told, kaltara, RUBRIC), False)):
        assert frame.filter(pl.col("kode").is_in(UNMOVABLE)).is_empty()
        listed = frame.group_by("no", maintain_order=True).agg("urutan", "kode")
        assert all(row["urutan"] == list(range(1, len(set(row["kode"])) + 1)) for row in listed.iter_rows(named=True))
        assert listed.height == 447
        for row in frame.join(place, on="no").sample(300, seed=7).iter_rows(named=True):
            same = {"kecamatan": ["kabupaten", "kecamatan"], "kabupaten": ["kabupaten"], "status": ["status"]}
            here = pl.all_horizontal(pl.col(name) == row[name] for name in same[row["kelompok"]])
            scores = kaltara.filter(here)[row["kode"]].to_list()
            company = sum(s >= row["skor"] if better else s <= row["skor"] for s in scores)
            assert len(scores) == row["anggota"] >= 5
            assert company * 2 <= len(scores), row
            assert f"{company} {'tertinggi' if better else 'terendah'} dari {len(scores)} desa" in (
                row["keterangan"] if company > 1 else f"1 {row['keterangan']}"
            )


def test_similar_villages_are_the_nearest_of_the_next_status(kaltara: pl.DataFrame) -> None:
    scores = kaltara.select(RUBRIC.codes).to_numpy().astype(int)
    weights = np.array([2 if row.sifat == "statis" else 1 for row in RUBRIC.indikator])
    names = [status.nama for status in RUBRIC.status]
    rank = np.array([names.index(status) for status in kaltara["status"]])
    codes = kaltara["kode_desa"].to_list()
    nearest = similar(kaltara, RUBRIC).group_by("no").agg("kode_desa_mirip")
    got: dict[int, list[str]] = dict(nearest.iter_rows())
    for no, kode in enumerate(codes):
        distance = (np.abs(scores - scores[no]) * weights).sum(axis=1)
        near = sorted((distance[o], codes[o][:4] != kode[:4], codes[o]) for o in np.flatnonzero(rank == rank[no] + 1))
        assert got.get(no, []) == [other for _, _, other in near[:3]], kode
