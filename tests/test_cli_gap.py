"""`idm gap` as officers run it."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from idmcli.rubric import load_rubric
from tests.conftest import SAMPLE, Run
from tests.program import Ended

RUBRIC = load_rubric()
VILLAGE = "6501012005"


def told(ended: Ended) -> dict[str, Any]:
    assert ended.returncode == 0, ended.stderr
    document: dict[str, Any] = json.loads(ended.stdout)
    return document


def test_every_path_of_the_sample_reaches_its_target_with_allowed_scores(idm: Run) -> None:
    document = told(idm("gap", str(SAMPLE), "--json"))
    villages = {row["no"]: row for row in document["desa"]}
    assert len(villages) == 447
    gained = dict.fromkeys(villages, 0)
    for step in document["langkah"]:
        assert step["dari"] < step["ke"], step
        assert step["ke"] in RUBRIC.by_code[step["kode"]].allowed, step
        if step["pilihan"] == 0:
            unit = RUBRIC.unit(RUBRIC.dimension_of(step["kode"]))
            gained[step["no"]] += unit * (step["ke"] - step["dari"])
    for number, row in villages.items():
        if row["keadaan"] == "ada_jalur":
            assert RUBRIC.status_at(row["idm_k"] + gained[number]).nama == row["status_baru"], row["desa"]
            assert row["idm_k"] + gained[number] >= next(s.k_min for s in RUBRIC.status if s.nama == row["target"])
    states = {row["keadaan"] for row in document["desa"]}
    assert states == {"ada_jalur", "tercapai"}


def test_the_first_steps_of_the_province_are_varied(idm: Run) -> None:
    document = told(idm("gap", str(SAMPLE), "--json"))
    mix = [row["bagian_mulai"] for row in document["langkah_pertama"]]
    assert mix[0] < 0.35, "one answer for everybody is no plan"
    assert sum(share >= 0.05 for share in mix) >= 5


def test_one_village_in_full(idm: Run) -> None:
    ended = idm("gap", str(SAMPLE), "--desa", "65.01.01.2005")
    assert ended.returncode == 0
    for words in ("GUNUNG PUTIH", "Jalur terkecil", "Jalur lain", "Semua kekurangan", "Kekuatan", "Desa mirip"):
        assert words in ended.stdout, words
    document = told(idm("gap", str(SAMPLE), "--desa", VILLAGE, "--json"))
    assert {row["kode_desa"] for row in document["desa"]} == {VILLAGE}
    full = [row for row in document["kekurangan"] if row["kode"] == "IKL03"]
    assert full[0]["tambahan"] == pytest.approx(2 / 15 / 3)


def test_locks_actors_and_limits_are_kept(idm: Run) -> None:
    free = {step["kode"] for step in told(idm("gap", str(SAMPLE), "--json"))["langkah"]}
    assert "IKL03" in free
    asked = ("--kunci", "IKL03, iks18", "--pelaku", "desa", "--maks-indikator", "3")
    document = told(idm("gap", str(SAMPLE), "--json", *asked))
    used = {step["kode"] for step in document["langkah"]}
    assert used
    assert not used & {"IKL03", "IKS18"}
    assert all("desa" in RUBRIC.by_code[kode].pelaku for kode in used)
    assert all((row["jumlah_langkah"] or 0) <= 3 for row in document["desa"])
    beyond = [row for row in document["desa"] if row["keadaan"] == "tak_terjangkau"]
    assert beyond
    assert all(row["alasan_jalur"] for row in beyond)


def test_costs_in_rupiah(idm: Run) -> None:
    costs = SAMPLE.parent / "biaya.csv"
    document = told(idm("gap", str(SAMPLE), "--json", "--biaya", str(costs), "--desa", VILLAGE))
    assert document["permintaan"]["satuan_biaya"] == "rupiah"
    best = [step for step in document["langkah"] if step["pilihan"] == 0]
    assert document["desa"][0]["biaya"] == sum(step["biaya"] for step in best)


def test_a_recap_gives_points_per_dimension_and_says_what_it_cannot_know(idm: Run) -> None:
    recap = str(SAMPLE.parent / "kaltara-rekap.xlsx")
    ended = idm("gap", recap, "--tahun", "2024")
    assert ended.returncode == 0, ended.stderr
    assert "Tidak dapat diketahui" in ended.stdout
    assert "11⅔ poin IKS" in ended.stdout
    document = told(idm("gap", recap, "--tahun", "2024", "--json"))
    assert len(document["dimensi"]) == 3 * 447
    refused = idm("gap", recap, "--tahun", "2024", "--pelaku", "desa")
    assert refused.returncode == 2
    assert "rekap" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--target", "HEBAT"), 2, "MANDIRI"),
        (("--target", "sangat tertinggal"), 2, "bukan status yang dapat dituju"),
        (("--kunci", "IKS99"), 2, "IKS99"),
        (("--buka", "IKS20"), 2, "tidak dapat dinaikkan"),
        (("--kunci", "IKS02", "--buka", "IKS02"), 2, "pada salah satu saja"),
        (("--pelaku", "gubernur"), 2, "gubernur"),
        (("--maks-indikator", "0"), 2, "mulai 1"),
        (("--alternatif", "4"), 2, "0 sampai 3"),
        (("--biaya", "tidak-ada.csv"), 4, "tidak-ada.csv"),
        (("--desa", "TIDAK ADA"), 2, "tidak ada dalam berkas"),
        (("--desa", "LABUK"), 2, "Sebut kodenya"),
    ],
)
def test_what_cannot_be_asked_is_said(idm: Run, arguments: tuple[str, ...], code: int, words: str) -> None:
    ended = idm("gap", str(SAMPLE), *arguments)
    assert (ended.returncode, words in ended.stderr) == (code, True), ended.stderr


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ('kunci = ["IKS10"]\nbuka = ["IKS10"]', "IKS10 disebut pada gap.kunci dan gap.buka"),
        ('buka = ["IKS21"]', "gap.buka IKS21 tidak dapat dinaikkan"),
    ],
)
def test_settings_that_contradict_are_refused_like_options(idm: Run, tmp_path: Path, settings: str, words: str) -> None:
    file = tmp_path / "idm.toml"
    file.write_text(f"[gap]\n{settings}\n")
    ended = idm("gap", str(SAMPLE), "--config", str(file))
    assert (ended.returncode, words in ended.stderr) == (4, True), ended.stderr


def test_what_is_lacking_is_told_for_the_target_asked_for(idm: Run) -> None:
    nearest = told(idm("gap", str(SAMPLE), "--target", "MANDIRI", "--json"))["desa"]
    row = min((row for row in nearest if row["keadaan"] == "ada_jalur"), key=lambda r: (r["biaya"], r["butuh_k"]))
    far = next(r for r in nearest if r["target_status"] == "MAJU" and r["keadaan"] == "ada_jalur")
    screen = idm("gap", str(SAMPLE), "--target", "MANDIRI", "--banyak", "500").stdout
    for one in (row, far):
        lacking = f"{(5138 - one['idm_k']) / 6300:.4f}".replace(".", ",")
        assert any(one["kode_desa"] in line and lacking in line for line in screen.splitlines()), one["desa"]


@pytest.mark.parametrize("ending", ["xlsx", "csv", "parquet", "json"])
def test_results_to_files(idm: Run, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"jalur.{ending}"
    ended = idm("gap", str(SAMPLE), "-o", str(target), "-q")
    assert ended.returncode == 0, ended.stderr
    if ending == "parquet":
        rows = pl.read_parquet(target)
        assert rows.height == 447 * 50
        chosen = rows.filter(pl.col("jalur_ke").is_not_null())
        assert (chosen["jalur_ke"] > chosen["skor"]).all()
        assert chosen["terkunci"].null_count() == chosen.height
    assert idm("gap", str(SAMPLE), "-o", str(target), "-q").returncode == 2, "an existing file is not replaced"
