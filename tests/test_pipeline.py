"""The steps together, on small tables made here: what one step hands to the next."""

from pathlib import Path

import polars as pl
import pytest

from idmcli import pipeline
from idmcli.rubric import load_rubric
from idmcli.settings import Settings

ANSWERS = {
    "kode_desa": "6501012005",
    "kabupaten": "BULUNGAN",
    "kecamatan": "TANJUNG PALAS",
    "desa": "GUNUNG PUTIH",
    "tahun": 2024,
}


def answers(path: Path, **changed: object) -> Path:
    """A file with the raw answers of two villages, the first of them changed."""
    rubric = load_rubric()
    usual: dict[str, object] = {}
    for indicator in rubric.indikator:
        for variable in indicator.jawaban.variabel:
            words = indicator.skor[-1].pilihan
            usual[variable.nama] = words[0] if words else max(variable.terkecil or 0, 1)
    second = {**ANSWERS, "kode_desa": "6501012006", "desa": "PEJALIN"}
    rows = [{**ANSWERS, **usual, **changed}, {**second, **usual}]
    pl.DataFrame(rows, strict=False).with_columns(pl.all().cast(pl.String)).write_csv(path, separator=";")
    return path


@pytest.mark.parametrize("typed", ["7.125", "7,125"])
def test_a_distance_in_km_is_never_in_thousands(tmp_path: Path, typed: str) -> None:
    file = answers(tmp_path / "isian.csv", jarak_pertokoan=typed)
    loaded = pipeline.load(pipeline.Request((str(file),)), Settings())
    assert loaded.scored["jarak_pertokoan"].to_list() == [7.125, 1.0]
    assert loaded.scored["IKE02"].to_list() == [4, 5]


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("peserta_bpjs", "0,25", "seharusnya bilangan bulat"),
        ("jenis_kredit", "5", "seharusnya paling banyak 4"),
        ("jumlah_agama", "0", "seharusnya paling sedikit 1"),
    ],
)
def test_answers_that_no_village_can_give_are_found(tmp_path: Path, name: str, typed: str, told: str) -> None:
    file = answers(tmp_path / "isian.csv", **{name: typed})
    result = pipeline.validate(pipeline.load(pipeline.Request((str(file),)), Settings()))
    found = result.findings.filter(pl.col("aturan") == "jawaban_mustahil")
    assert found["kolom"].to_list() == [name], result.findings.select("aturan", "pesan")
    assert told in found["pesan"][0]
    assert found["desa"].to_list() == ["GUNUNG PUTIH"]


def test_a_recap_serves_as_baseline_of_scores() -> None:
    """The samples: scores of 2024 against a recap with 2023 and 2024 side by side."""
    samples = Path(__file__).parents[1] / "samples"
    settings = Settings()
    loaded = pipeline.load(pipeline.Request((str(samples / "kaltara.xlsx"),)), settings)
    earlier = pipeline.load_baseline(str(samples / "kaltara-rekap.xlsx"), None, loaded, settings)
    assert earlier.scored["tahun"].unique().to_list() == [2023]
    rules = set(pipeline.validate(loaded, earlier).findings["aturan"])
    assert "status_turun" in rules
    moves = pipeline.classify(loaded, settings, earlier).moves
    assert moves is not None
    assert (moves.tahun_sebelum, moves.tahun) == (2023, 2024)


def test_a_file_with_several_years_is_its_own_baseline() -> None:
    """Each row is compared with the year before its own; the first year has none."""
    oracle = Path(__file__).parents[2] / "shared" / "oracle" / "village-years.csv"
    if not oracle.is_file():
        pytest.skip("official figures (../shared/oracle) are not here")
    settings = Settings()
    loaded = pipeline.load(pipeline.Request((str(oracle),)), settings)
    moves = pipeline.classify(loaded, settings, pipeline.load_baseline(str(oracle), None, loaded, settings)).moves
    assert moves is not None
    assert (moves.tahun_sebelum, moves.tahun) == (2023, 2024)


def test_what_is_left_out_is_said() -> None:
    samples = Path(__file__).parents[1] / "samples"
    documents = pipeline.load(pipeline.Request((str(samples / "rumusan"),)), Settings())
    assert any("1 dokumen dilewati" in note for note in documents.notes), documents.notes
    faulty = pipeline.load(pipeline.Request((str(samples / "kaltara-salah.xlsx"),)), Settings())
    assert any("tidak dibaca sebagai desa" in note for note in faulty.notes), faulty.notes
