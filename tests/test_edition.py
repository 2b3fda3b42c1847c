"""An office's own edition: other bounds, thresholds and dimensions reach every result, and no code knows of it."""

import shutil
from pathlib import Path

import polars as pl
import pytest
from openpyxl import load_workbook

import idmcli
from idmcli.classify import classify
from idmcli.pipeline import Request, load
from idmcli.rubric import Rubric, load_rubric
from idmcli.scoring import explain, score, scores_from_answers
from idmcli.settings import Settings
from idmcli.workbook import write_classify_book, write_score_book

PACKAGED = Path(idmcli.__file__).parent / "data/rubrik/idm-2016"
SAMPLE = Path(__file__).parents[1] / "samples/kaltara.xlsx"


def rewritten(file: Path, *pairs: tuple[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, f"{file.name} no longer holds {old!r}"
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """IKS01 is full up to 45 minutes, BERKEMBANG begins above 0.65, and the road surface counts as IKS36."""
    made = shutil.copytree(PACKAGED, tmp_path_factory.mktemp("edisi") / "kantor")
    rewritten(made / "skor.csv", ("IKS01,4,30,", "IKS01,4,45,"), ("IKS01,5,0,ya,30,", "IKS01,5,0,ya,45,"))
    for name in ("skor.csv", "pelaku.csv", "rencana.csv"):
        rewritten(made / name, ("IKE12,", "IKS36,"))
    tables = (made / "indikator.toml").read_text(encoding="utf-8").split("[[indikator]]\n")
    road = tables.pop(next(n for n, table in enumerate(tables) if '"IKE12"' in table))
    first_of_ike = next(n for n, table in enumerate(tables) if '"IKE01"' in table)
    tables.insert(first_of_ike, road.replace("IKE12", "IKS36"))
    (made / "indikator.toml").write_text("[[indikator]]\n".join(tables), encoding="utf-8")
    rewritten(
        made / "edisi.toml",
        *(('edisi = "idm-2016"', 'edisi = "kantor-2027"'), ("maksimum = 175", "maksimum = 180")),
        *(("maksimum = 60", "maksimum = 55"), ('"0.5989"', '"0.65"'), ('"0.5990"', '"0.6501"')),
    )
    return made


@pytest.fixture(scope="module")
def rubric(folder: Path) -> Rubric:
    return load_rubric(folder)


def village(rubric: Rubric) -> pl.DataFrame:
    """Full but for a 40 minutes' way, another road surface, no lodging, post, bank, and a poor environment.

    By hand: IKS 180 − 4 = 176, IKE 55 − 15 = 40, IKL 2; scale lcm(180, 55, 15) · 3 = 5940, a point 11, 36 or 132;
    k = 176·11 + 40·36 + 2·132 = 3640, IDM 0.6128. BERKEMBANG begins after 0.65 · 5940 = 3861: 222 units to go.
    """
    scores: dict[str, object] = dict.fromkeys(rubric.codes, 5)
    scores |= {"IKS01": None, "IKS36": None, "IKL01": 2} | dict.fromkeys(
        ("IKE05", "IKE06", "IKE07", "IKL02", "IKL03"), 0
    )
    answers = {"waktu_sarkes": 40.0, "permukaan_jalan": "lainnya"}
    places = {"provinsi": "P", "kabupaten": "K", "kecamatan": "C", "desa": "D"}
    row = {"berkas": "a.csv", "lembar": None, "baris": 2, "kode_desa": "6501012005", **places, "tahun": 2027}
    frame = pl.DataFrame([{**row, **scores, **answers}], schema_overrides=dict.fromkeys(rubric.codes, pl.Int8))
    return scores_from_answers(frame.with_columns(cara_kode=pl.lit("kode")), rubric)


def test_scores_status_and_distance_follow_the_edition(rubric: Rubric) -> None:
    assert (rubric.edisi, rubric.scale, [rubric.unit(one) for one in rubric.dimensi]) == (
        "kantor-2027",
        5940,
        [11, 36, 132],
    )
    row = classify(score(village(rubric), rubric), rubric).row(0, named=True)
    assert (row["IKS01"], row["IKS36"], row["idm_k"], row["status"]) == (5, 1, 3640, "TERTINGGAL")
    assert (row["target_status"], row["skor_minimal"], row["sisa_k"]) == ("BERKEMBANG", 0.6501, 3640 - 2915)
    assert (row["poin_iks"], row["poin_ike"], row["poin_ikl"]) == (None, 7, 2)
    assert row["penambahan"] == pytest.approx(0.6501 - 3640 / 5940, abs=1e-12)


def test_the_explanation_follows_the_edition(rubric: Rubric) -> None:
    told = explain(score(village(rubric), rubric).row(0, named=True), rubric)
    assert [(line.kode, line.poin, line.maksimum, line.satuan_per_poin) for line in told.dimensi] == [
        ("IKS", 176, 180, 11),
        ("IKE", 40, 55, 36),
        ("IKL", 2, 15, 132),
    ]
    road = told.dimensi[0].indikator[-1]
    assert (road.kode, road.skor, road.satuan, road.tambahan) == ("IKS36", 1, 11, 44)
    assert told.naik is not None
    assert (told.naik.status, told.naik.k_min, told.naik.satuan) == ("BERKEMBANG", 3862, 222)


def test_the_workbooks_follow_the_edition(rubric: Rubric, tmp_path: Path) -> None:
    scored = score(village(rubric), rubric)
    write_score_book(scored, tmp_path / "skor.xlsx", rubric=rubric)
    write_classify_book(classify(scored, rubric), tmp_path / "status.xlsx", rubric=rubric)
    book = load_workbook(tmp_path / "skor.xlsx")
    (row,) = book["SKOR"].iter_rows(min_row=6, values_only=True)
    texts = [str(value) for value in row]
    formulas = [text.partition("SUM")[2].partition(")")[2] for text in texts if text.startswith("=IF(COUNT(")]
    assert formulas == ['/180,"")', '/55,"")', '/15,"")', '/3,"")']
    bands = [value for value in next(book["SKOR"].iter_rows(min_row=4, max_row=4, values_only=True)) if value]
    assert "Kolom lain dari berkas" not in bands, "how a code was found is none of the officer's columns"
    for name in ("skor.xlsx", "status.xlsx"):
        told = load_workbook(tmp_path / name, data_only=True)["KETERANGAN"]
        area = {value for line in told.iter_rows(values_only=True) for value in line}
        assert {"IDM × 5940 mulai", 3862, 0.65, 0.6501} <= area, name


def test_a_ministry_export_is_read_under_the_edition(folder: Path) -> None:
    """The label `Skor Kualitas Jalan` leads to IKS36; every IDM is recomputed here from the scores alone."""
    loaded = load(Request((str(SAMPLE),)), Settings(edisi=str(folder)))
    points = [pl.sum_horizontal(pl.col(dimension.indikator).cast(pl.Int32)) for dimension in loaded.rubric.dimensi]
    again = loaded.scored.select(points[0] * 11 + points[1] * 36 + points[2] * 132).to_series()
    assert len(loaded.rubric.dimensi[0].indikator) == 36
    assert loaded.scored["idm_k"].to_list() == again.to_list()
    assert loaded.scored["status"].null_count() == 0
