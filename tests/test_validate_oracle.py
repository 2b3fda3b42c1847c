"""The faults that the official data are known to have, found and named; nothing else called a mismatch."""

import polars as pl
import pytest

from idmcli.columns import STATED_INDICES
from idmcli.normalise import normalise
from idmcli.reading import read
from idmcli.scoring import score, score_recap
from idmcli.tables import Layout, VillageTable
from idmcli.validate import validate
from tests.validate_tables import ORACLE, regions, rubric

MISMATCH = ("salinan_internet", "indeks_luar_grid", "iks_tidak_cocok", "ike_tidak_cocok", "ikl_tidak_cocok",
            "idm_tidak_cocok", "status_tidak_cocok")  # fmt: skip

pytestmark = pytest.mark.skipif(not ORACLE.is_dir(), reason=f"no official data at {ORACLE}")


def oracle(name: str) -> VillageTable:
    return normalise(read([str(ORACLE / name)]), rubric=rubric(), regions=regions())


def mismatches(table: VillageTable) -> pl.DataFrame:
    findings = validate(table, score(table.desa, rubric()), rubric=rubric(), regions=regions())
    return findings.filter(pl.col("aturan").is_in(MISMATCH))


def test_the_copied_internet_column_of_2024_is_found_in_exactly_its_123_rows() -> None:
    table = oracle("village-years.csv")
    found = mismatches(table)
    assert found.get_column("aturan").unique().to_list() == ["salinan_internet"]
    assert found.get_column("kolom").unique().to_list() == ["IKS31"]
    assert found.height == 123
    assert found.get_column("pesan").str.contains("530 dari 530 baris tahun 2024").all()
    years = table.desa.filter(pl.col("baris").is_in(found.get_column("baris").implode())).get_column("tahun")
    assert set(years) == {2024}


def test_the_one_wrong_village_of_kaltara_is_found_with_the_scores_as_suspects() -> None:
    found = mismatches(oracle("kaltara-2024.csv"))
    assert found.select("kode_desa", "aturan").rows() == [("6503172008", "iks_tidak_cocok")]
    pesan = str(found.get_column("pesan")[0])
    assert "0,8286" in pesan
    assert "0,8514" in pesan
    assert "−4 poin" in pesan
    assert "yang dicurigai satu skor" in pesan
    assert "dari 4 menjadi 0: IKS18" in pesan


@pytest.mark.parametrize("digits", [3, 4, 5])
def test_rounding_of_published_figures_is_never_a_finding(digits: int) -> None:
    table = oracle("village-years.csv")
    sound = pl.col("tahun") < 2024
    desa = table.desa.filter(sound).with_columns(pl.col(STATED_INDICES).round(digits))
    rounded = VillageTable(desa, table.mentah.filter(table.desa.select(sound).to_series()), "skor", table.layouts)
    assert mismatches(rounded).rows() == []


def test_a_recap_of_official_figures_has_no_mismatch() -> None:
    for name in ("village-years.csv", "kaltara-2024.csv"):
        table = oracle(name)
        layouts = tuple(Layout(one.berkas, one.lembar, "rekap", one.header_rows, one.columns) for one in table.layouts)
        desa = table.desa.drop(rubric().codes)
        recap = VillageTable(desa, table.mentah.drop(rubric().codes), "rekap", layouts)
        findings = validate(recap, score_recap(desa, rubric()), rubric=rubric(), regions=regions())
        assert findings.filter(pl.col("aturan").is_in(MISMATCH)).rows() == []


def test_ministry_documents_are_judged_one_by_one_with_the_path_of_the_cell() -> None:
    table = oracle("rumusan-json")
    found = mismatches(table)
    assert set(found.get_column("aturan")) <= {"salinan_internet"}
    assert found.get_column("berkas").str.ends_with("-2024.json").all()
    assert found.get_column("sel").str.contains("ROW").all()
