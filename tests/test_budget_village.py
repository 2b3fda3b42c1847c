from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from idmcli.budget.source import Budget
from idmcli.budget.village import Mapped, Places, find_village, short_code
from idmcli.errors import ConfigError
from idmcli.pipeline.budget_mapping import load_mapping
from idmcli.regions import load_regions

COLUMNS = ("kode_desa", "desa", "kecamatan", "kabupaten")
ALL = Places(load_regions().frame.select(COLUMNS))
ROWS = ALL.frame.rows()
NO_MAPPING = Mapped()


def found(
    berkas: str = "x.xlsx", lembar: str | None = None, *judul: str, mapping: Mapped = NO_MAPPING
) -> tuple[str | None, str]:
    one = find_village(Budget(berkas, lembar, "cetakan", judul), ALL, mapping)
    return one.kode_desa, one.cara


@given(
    st.sampled_from(ROWS),
    st.sampled_from(("DESA {0} KECAMATAN {1}", "Pemerintah Desa {0}, Kec. {1}", "KECAMATAN {1} DESA {0}")),
)
def test_a_title_with_village_and_kecamatan_is_enough(row: tuple[str, str, str, str], title: str) -> None:
    kode, desa, kecamatan, _ = row
    assert found("x.xlsx", None, title.format(desa, kecamatan))[0] == kode


@given(st.sampled_from(ROWS), st.sampled_from(("judul", "lembar", "berkas")), st.booleans())
def test_a_code_is_found_wherever_it_stands(row: tuple[str, str, str, str], where: str, dotted: bool) -> None:
    kode = row[0]
    text = f"{kode[:2]}.{kode[2:4]}.{kode[4:6]}.{kode[6:]}" if dotted else kode
    if where == "judul":
        assert found("x.xlsx", None, f"KODE DESA : {text}") == (kode, "kode di judul")
    elif where == "lembar":
        assert found("x.xlsx", text) == (kode, "kode di nama lembar")
    else:
        assert found(f"RAPBDes_{text}_2025.xlsx") == (kode, "kode di nama berkas")


def test_namesakes_are_not_guessed() -> None:
    twice = [row for row in ROWS if row[1] in ("LABUK", "LONG NAWANG")]
    assert len(twice) == 4
    for kode, desa, kecamatan, _ in twice:
        assert found("x.xlsx", None, f"DESA {desa}")[0] is None
        assert found(f"RAPBDes {desa}.xlsx")[0] is None
        assert found("x.xlsx", None, f"DESA {desa}", f"KECAMATAN {kecamatan}")[0] == kode
        assert found(f"{kecamatan}/RAPBDes {desa} 2025.xlsx")[0] == kode
        assert found(f"RAPBDes {desa} {kecamatan}.xlsx")[0] == kode
        assert found("x.xlsx", desa, f"KECAMATAN {kecamatan}")[0] == kode


def test_a_kecamatan_that_does_not_fit_leaves_the_village_open() -> None:
    assert found("x.xlsx", None, "DESA SEBAWANG", "KECAMATAN NUNUKAN")[0] is None
    assert found("x.xlsx", None, "DESA SEBAWANG KECAMATAN SESAYAP")[0] == "6504012007"
    assert found("x.xlsx", None, "DESA SESAYAP", "KECAMATAN SESAYAP HILIR")[0] == "6504022001"
    assert found("x.xlsx", None, "PERATURAN DESA NOMOR 5 TAHUN 2025", "PEMERINTAH DESA SEBAWANG")[0] == "6504012007"


@pytest.mark.parametrize(
    "name", ["RAPBDes.xlsx", "Desa.xlsx", "RAPBDes 2025 (1).xlsx", "Lembar1.xlsx", "SESAYAPX.xlsx"]
)
def test_a_file_that_names_nobody_is_nobodys(name: str) -> None:
    assert found(name, "Sheet1") == (None, "tidak diketahui")


def test_a_contradiction_is_told_and_the_code_wins() -> None:
    one = find_village(Budget("x.xlsx", None, "cetakan", ("DESA SEBAWANG (6504012006)",)), ALL, Mapped())
    assert one.kode_desa == "6504012006"
    assert "SEBAWANG (6504012007)" in one.bertentangan


def test_the_short_code_of_siskeudes_needs_a_mapping() -> None:
    budget = Budget("Ta_RAB.csv", None, "siskeudes", siskeudes="01.2001.")
    assert find_village(budget, ALL, Mapped()).kode_desa is None
    mapped = Mapped(short={short_code(" 1.2001"): "6504042001"})
    assert find_village(budget, ALL, mapped).kode_desa == "6504042001"
    named = Budget(
        "Ta_RAB.csv", None, "siskeudes", siskeudes="01.2001.", tempat={"desa": "Sebawang", "kecamatan": "Sesayap"}
    )
    assert find_village(named, ALL, Mapped()).kode_desa == "6504012007"


def test_a_mapping_file(tmp_path: Path) -> None:
    file = tmp_path / "p.csv"
    file.write_text(
        "berkas;lembar;kode_siskeudes;kode_desa;keterangan\na.xlsx;Sheet1;;65.04.01.2007;x\nb.xlsx;;;6504012006;\n"
        ";;01.2001.;6504042001;\nc.xlsx;;;;belum\n", encoding="utf-8",
    )  # fmt: skip
    mapping = load_mapping(file, ALL)
    assert found("map/A.xlsx", "SHEET1", mapping=mapping) == ("6504012007", "pemetaan")
    assert found("map/A.xlsx", "Sheet2", mapping=mapping)[0] is None
    assert found("b.xlsx", "Sheet2", mapping=mapping)[0] == "6504012006"
    assert found("c.xlsx", mapping=mapping)[0] is None
    for wrong, word in (
        (";;;6504012006;\n", "kosong"),
        ("a;;;123;\n", "bukan kode desa"),
        ("b.xlsx;;;6504012006;\n" * 2, "sudah ada"),
    ):
        file.write_text("berkas;lembar;kode_siskeudes;kode_desa;keterangan\n" + wrong, encoding="utf-8")
        with pytest.raises(ConfigError, match=word):
            load_mapping(file, ALL)


def test_names_are_looked_up_in_the_kabupaten_of_the_idm_file() -> None:
    inside = Places(pl.DataFrame(ROWS, ALL.frame.schema, orient="row"), frozenset({"6504"}))
    assert find_village(Budget("x.xlsx", "SEBAWANG", "cetakan"), inside, Mapped()).kode_desa == "6504012007"
    assert find_village(Budget("x.xlsx", "GUNUNG PUTIH", "cetakan"), inside, Mapped()).kode_desa is None
