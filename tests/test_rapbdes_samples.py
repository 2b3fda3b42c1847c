"""The sample kabupaten: every planted gap and broken rule is found, and no other."""

import re

import polars as pl
import pytest

from tests.rapbdes_cases import SAMPLES, sample_verified

README = (SAMPLES / "README.md").read_text(encoding="utf-8")


def rows(name: str) -> list[list[str]]:
    body = README.partition(f"<!-- {name}: begin -->")[2].partition(f"<!-- {name}: end -->")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in body.strip().splitlines()[2:]]


GAPS = rows("rapbdes-celah")


def test_planted_gaps_are_all_the_verified_villages() -> None:
    assert [row[0][1:11] for row in GAPS] == sample_verified().hasil.desa["kode_desa"].to_list()


@pytest.mark.parametrize("row", GAPS, ids=lambda row: row[0][1:11])
def test_planted_gaps_are_found_and_no_false_one(row: list[str]) -> None:
    found = sample_verified().hasil.indikator.filter(pl.col("kode_desa") == row[0][1:11])
    for state, cell in zip(("dianggarkan", "hanya pendukung", "belum dianggarkan"), row[1:], strict=True):
        planted = set(re.findall(r"IK[SEL]\d\d", cell))
        assert set(found.filter(pl.col("keadaan") == state)["kode"]) == planted, f"{row[0]}: {state}"


def test_broken_rules_are_found_and_no_other() -> None:
    verified = sample_verified()
    broken = verified.hasil.formal.filter(pl.col("hasil") == "tidak").join(
        verified.hasil.desa.select("kode_desa", "desa"), on="kode_desa"
    )
    formal = {"belanja-30", "belanja-70", "imbang"}
    faults = [(rule.strip("`"), text.partition(":")[0]) for rule, _, _, text in rows("rapbdes-salah")]
    planted = {(rule, village) for rule, village in faults if rule in formal}
    assert planted, "the table of faults names no formal rule"
    assert set(broken.select("aturan", "desa").iter_rows()) == planted


def test_recaps_add_up_to_the_villages() -> None:
    verified = sample_verified()
    villages = verified.hasil.desa
    for recap in (verified.kecamatan, verified.kabupaten):
        assert recap["jumlah_desa"].sum() == villages.height
        for name in ("belanja", "terkait", "dianggarkan", "belum_dianggarkan"):
            assert recap[name].sum() == villages[name].sum(), name
        verdicts = recap.select(pl.sum_horizontal("sesuai", "perlu_perbaikan", "tidak_sesuai").sum()).item()
        assert verdicts == villages.height
    assert verified.tanpa_berkas["desa"].to_list() == ["KAPUAK", "SAPARI"]
    assert verified.tahun == 2025
