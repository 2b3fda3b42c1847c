"""Budgets against indicators, paths and rules: small cases worked out by hand, and sums that must always hold."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from idmcli.budget.works import works
from idmcli.errors import ConfigError
from idmcli.parameters.budget_rules import FILE, load_budget_rules
from idmcli.parameters.crosswalk import load_crosswalk
from tests.rapbdes_cases import NAMES, RUBRIC, budget, income, spent, steps, verified_by_hand, weak

MILLION = 1_000_000


def states(hasil: Any) -> dict[str, str]:
    return dict(hasil.indikator.select("kode", "keadaan").iter_rows())


def outcome(hasil: Any, rule: str) -> dict[str, Any]:
    found: dict[str, Any] = hasil.formal.filter(pl.col("aturan") == rule).row(0, named=True)
    return found


def test_every_state_of_a_weak_indicator() -> None:
    lines = budget(
        spent("2.1.08", 5 * MILLION),  # running a library: IKS14 direct
        spent("2.2.03", 3 * MILLION),  # health education: IKS04 supported
        spent("2.3.01", 9 * MILLION),  # village road: supports the way to school, which others must build
    )
    hasil = verified_by_hand(lines, weak(IKS14=1, IKS04=0, IKS23=1, IKS08=1, IKS20=1))
    assert states(hasil) == {
        "IKS14": "dianggarkan",
        "IKS04": "hanya pendukung",
        "IKS23": "belum dianggarkan",
        "IKS08": "pihak lain",
        "IKS20": "fakta",
    }
    row = hasil.desa.row(0, named=True)
    assert (row["lemah"], row["lemah_desa"], row["dianggarkan"], row["belum_dianggarkan"]) == (5, 3, 1, 1)
    assert (row["terkait"], row["terkait_langsung"], row["belum_persen"]) == (17 * MILLION, 5 * MILLION, 33)


def test_nothing_is_budgeted_with_an_amount_of_zero_or_by_a_subtotal() -> None:
    lines = budget(spent("2.1.08", 0), spent("2.1.07", 4 * MILLION, daun=False), spent("1.1.01", MILLION))
    assert states(verified_by_hand(lines, weak(IKS14=1))) == {"IKS14": "belum dianggarkan"}


def test_words_support_but_never_replace_a_code() -> None:
    lines = budget(
        spent("4.2.05", MILLION, "Kursus menjahit bagi pemuda"),  # IKS13 by its word only
        spent("3.1.01", 2 * MILLION, "Pembangunan pos ronda"),  # IKS23 by code; its word adds nothing
        spent("1.1.04", 3 * MILLION, "Pelatihan keterampilan menjahit perangkat"),  # government: words are not heard
        spent("2.2.91", 4 * MILLION, "Penataan kursi"),  # kursi is no kursus
        spent(None, 5 * MILLION, "KEJAR   PAKET C"),
    )
    linked = verified_by_hand(lines, weak(IKS13=1, IKS23=1, IKS12=1)).tautan
    assert set(linked.select("kode", "kekuatan", "dasar", "anggaran").iter_rows()) == {
        ("IKS13", "pendukung", "uraian", MILLION),
        ("IKS23", "langsung", "kode", 2 * MILLION),
        ("IKS12", "pendukung", "uraian", 5 * MILLION),
    }


def test_the_official_name_of_an_activity_says_nothing_of_its_own() -> None:
    other = "4.7.91"
    named = budget(spent(other, MILLION, NAMES[other]))
    assert verified_by_hand(named, weak(IKE09=1, IKS33=1)).tautan.is_empty()
    own = budget(spent(other, MILLION, "Jumlah", daun=False) | {"uraian": "Rapat koperasi"}, spent(other, MILLION, "x"))
    linked = verified_by_hand(own, weak(IKE09=1)).tautan
    assert linked.select("kode", "dasar", "sel").row(0) == ("IKE09", "uraian", "S!E2"), "the activity's own text counts"


def test_expected_index_counts_the_steps_that_are_budgeted_directly() -> None:
    """IDM 4400/6300; path IKS14 1→5 (48) and IKE09 1→3 (70); only IKS14 is direct: 4448. 4518 would be MAJU."""
    lines = budget(spent("2.1.08", MILLION), spent("4.6.02", MILLION), spent("3.1.01", MILLION))
    path = steps(IKS14=(1, 5), IKE09=(1, 3))
    hasil = verified_by_hand(lines, weak(IKS14=1, IKE09=1, IKS23=1), path, k=4400)
    row = hasil.desa.row(0, named=True)
    assert (row["idm_k_harapan"], row["status_harapan"]) == (4448, "BERKEMBANG")
    assert row["idm_harapan"] == 4448 / 6300
    assert (row["idm_k_paling"], row["status_paling"]) == (4496, "MAJU"), "IKS23 is direct too, outside the path"
    assert (row["langkah"], row["langkah_dianggarkan"], row["langkah_pendukung"]) == (2, 1, 1)
    assert row["langkah_pendukung_daftar"] == "IKE09 Lembaga ekonomi 1→3"
    assert (row["biaya_jalur"], row["biaya_dianggarkan"]) == (20, 10)
    both = budget(spent("2.1.08", MILLION), spent("4.6.01", MILLION))
    row = verified_by_hand(both, weak(IKS14=1, IKE09=1), path, k=4400).desa.row(0, named=True)
    assert (row["idm_k_harapan"], row["status_harapan"]) == (4518, "MAJU")


@pytest.mark.parametrize(
    ("pay", "other", "hasil"),
    [(30, 70, "sesuai"), (30 * MILLION + 1, 70 * MILLION - 1, "tidak"), (0, 1, "sesuai"), (100, 0, "tidak")],
)
def test_thirty_per_cent_exactly(pay: int, other: int, hasil: str) -> None:
    found = verified_by_hand(budget(spent("1.1.01", pay), spent("2.3.10", other)), weak(IKS14=1))
    assert outcome(found, "belanja-30")["hasil"] == hasil
    assert outcome(found, "belanja-70")["hasil"] == hasil


def test_what_the_regulation_leaves_open_is_not_guessed() -> None:
    lines = budget(spent("1.1.01", 25), spent("1.1.03", 10), spent("2.3.10", 65))
    row = outcome(verified_by_hand(lines, weak(IKS14=1)), "belanja-30")
    assert (row["hasil"], row["jumlah"], row["ragu"], row["dari"]) == ("tidak dapat diperiksa", 25, 10, 100)
    assert row["angka"] == "25,0 %–35,0 %"
    uncoded = budget(spent("1.1.01", 29), spent(None, 2), spent("2.3.10", 69))
    assert outcome(verified_by_hand(uncoded, weak(IKS14=1)), "belanja-30")["hasil"] == "tidak dapat diperiksa"
    harmless = budget(spent("1.1.01", 10), spent(None, 2), spent("2.3.10", 88))
    assert outcome(verified_by_hand(harmless, weak(IKS14=1)), "belanja-30")["hasil"] == "sesuai"


@pytest.mark.parametrize(
    ("rows", "hasil", "angka"),
    [
        ([income(100)], "sesuai", "selisih Rp0"),
        (
            [income(90), income(15, "penerimaan_pembiayaan"), income(5, "pengeluaran_pembiayaan")],
            "sesuai",
            "selisih Rp0",
        ),
        ([income(60)], "tidak", "kurang Rp40"),
        ([income(100), income(7, "penerimaan_pembiayaan")], "tidak", "sisa Rp7"),
        ([], "tidak dapat diperiksa", "–"),
    ],
)
def test_income_spending_and_financing_balance(rows: list[dict[str, Any]], hasil: str, angka: str) -> None:
    row = outcome(verified_by_hand(budget(spent("2.1.08", 100), *rows), weak(IKS14=1)), "imbang")
    assert (row["hasil"], row["angka"]) == (hasil, angka)


def test_the_share_of_dana_desa_is_printed_and_not_judged() -> None:
    lines = budget(spent("2.1.08", 75), spent("1.1.04", 25), spent("2.1.08", 900, sumber_dana="ADD"))
    row = outcome(verified_by_hand(lines, weak(IKS14=1)), "dana-desa")
    assert (row["angka"], row["hasil"]) == ("75,0 %", "tidak dapat diperiksa")


def test_verdicts_follow_the_rules_and_the_gravest_counts() -> None:
    path = steps(IKS14=(1, 5), IKS23=(1, 5))
    fine = budget(spent("2.1.08", 100), spent("3.1.01", 100), income(200))
    found = verified_by_hand(fine, weak(IKS14=1, IKS23=1), path)
    assert found.desa["putusan"].item() == "sesuai"
    assert set(found.aspek["putusan"]) == {"sesuai"}
    half = budget(spent("2.1.08", 100), spent("1.1.04", 100), income(200))
    row = verified_by_hand(half, weak(IKS14=1, IKS23=1), path).desa.row(0, named=True)
    assert row["putusan"] == "perlu perbaikan"
    assert row["alasan"][0] == "Langkah jalur belum dianggarkan: IKS23 Poskamling 1→5."
    broken = budget(spent("2.1.08", 100), spent("3.1.01", 100), income(150))
    row = verified_by_hand(broken, weak(IKS14=1, IKS23=1), path).desa.row(0, named=True)
    assert (row["putusan"], row["alasan"]) == ("tidak sesuai", ["Tidak seimbang: kurang Rp50."])


def test_what_cannot_be_checked_changes_no_verdict_but_is_said() -> None:
    found = verified_by_hand(budget(spent("2.1.08", 100)), weak(IKS14=1))
    row = found.aspek.filter(pl.col("aspek") == "imbang").row(0, named=True)
    assert row["putusan"] == "sesuai"
    assert row["alasan"] == [
        "Periksa pada dokumennya: Pendapatan dikurangi belanja ditambah pembiayaan neto sama dengan nol. "
        "Berkas tidak memuat pendapatan."
    ]


def test_lines_become_activities_with_their_output() -> None:
    lines = budget(
        spent("2.3.10", 100, "Jalan ke dermaga", daun=False, volume=500.0, satuan="m"),
        spent("2.3.10", 60, "Belanja modal", kode_rekening="5.3.5"),
        spent("2.3.10", 40, "Belanja barang", kode_rekening="5.2.1", sumber_dana="ADD"),
        spent(None, 5, "Jembatan gantung", volume=1.0, satuan="unit"),
    )
    hasil = verified_by_hand(lines, weak(IKE12=3))
    row = works(hasil.tautan, hasil.lines, NAMES).row(0, named=True)
    assert (row["uraian"], row["volume"], row["satuan"], row["anggaran"]) == ("Jalan ke dermaga", 500.0, "m", 100)
    assert (row["sumber"], row["sel"], row["banyak_baris"]) == (["DDS", "ADD"], "S!E1", 2)


AMOUNTS = st.integers(min_value=0, max_value=10**13)
LINES = st.lists(
    st.tuples(
        st.sampled_from(
            [None, "1.1.01", "1.1.03", "1.1.04", "2.1.08", "2.2.09", "2.3.10", "3.1.01", "4.7.02", "5.1.01"]
        ),
        AMOUNTS,
        st.sampled_from([None, "DDS", "ADD"]),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=25, deadline=None)
@given(LINES, AMOUNTS)
def test_sums_hold_whatever_the_lines(rows: list[tuple[str | None, int, str | None]], earned: int) -> None:
    lines = budget(*(spent(kode, amount, sumber_dana=source) for kode, amount, source in rows), income(earned))
    hasil = verified_by_hand(lines, weak(IKS14=1, IKS06=1, IKE12=3, IKE11=1, IKS23=1, IKE03=1, IKL03=0))
    row = hasil.desa.row(0, named=True)
    total = sum(amount for _, amount, _ in rows)
    assert row["belanja"] == total
    for by in ("bidang", "sumber"):
        part = hasil.uang.filter(pl.col("menurut") == by)
        assert part["anggaran"].sum() == total
        assert (part["terkait"].sum(), part["terkait_langsung"].sum()) == (row["terkait"], row["terkait_langsung"])
    assert 0 <= row["terkait_langsung"] <= row["terkait"] <= total
    assert outcome(hasil, "imbang")["jumlah"] == earned - total
    pay = sum(amount for kode, amount, _ in rows if kode == "1.1.01")
    open_ = sum(amount for kode, amount, _ in rows if kode in (None, "1.1.03"))
    limit = outcome(hasil, "belanja-30")
    assert (limit["jumlah"], limit["ragu"]) == (pay, open_)
    if total and 10 * pay > 3 * total:
        assert limit["hasil"] == "tidak"
    elif total and 10 * (pay + open_) <= 3 * total:
        assert limit["hasil"] == "sesuai"
    else:
        assert limit["hasil"] == "tidak dapat diperiksa"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("2.9.77,IKS14,langsung,sebab", "bukan kode kegiatan yang dikenal"),
        ("2.1.08,IKS99,langsung,sebab", "bukan indikator"),
        ("2.1.08,IKS14,kuat,sebab", "tidak dikenal"),
        ("2.1.08,IKS14,langsung,", "kosong"),
        ("02.01.08.,IKS14,langsung,a\n2.1.08,IKS14,pendukung,b", "sudah ada pada baris 2"),
    ],
)
def test_an_office_is_told_what_is_wrong_with_its_crosswalk(tmp_path: Path, line: str, fault: str) -> None:
    file = tmp_path / "silang.csv"
    file.write_text(f"kode_kegiatan,indikator,kekuatan,alasan\n{line}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=fault):
        load_crosswalk(RUBRIC, file)


def test_an_office_has_its_own_crosswalk(tmp_path: Path) -> None:
    file = tmp_path / "silang.csv"
    file.write_text("kode_kegiatan;indikator;kekuatan;alasan\n02.01.08.;iks23;Langsung;uji\n", encoding="utf-8")
    lines = budget(spent("2.1.08", 100))
    hasil = verified_by_hand(lines, weak(IKS14=1, IKS23=1), crosswalk=load_crosswalk(RUBRIC, file))
    assert states(hasil) == {"IKS14": "belum dianggarkan", "IKS23": "dianggarkan"}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('jenis = "imbang"', 'jenis = "seimbang"', "tidak dikenal"),
        ("paling_banyak = 30", "paling_banyak = 130", "di luar 0–100"),
        ('bila = "langkah_belum > 0"', 'bila = "langkah_blm > 0"', "langkah_belum"),
        ('bila = "imbang = tidak"', 'bila = "imbang = salah"', "tidak dapat diperiksa"),
        ("{langkah_belum_daftar}", "{langkah}", "tidak dikenal"),
        ('acuan = "kopdar"', 'acuan = "entah"', "acuan"),
        ('putusan = "perlu perbaikan"', 'putusan = "buruk"', "buruk"),
        ('kegiatan = ["2", "4", "5"]', 'kegiatan = ["6"]', "memuat '6'"),
    ],
)
def test_an_office_is_told_what_is_wrong_with_its_rules(tmp_path: Path, old: str, new: str, fault: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "aturan.toml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        load_budget_rules(file)
    assert fault in str(error.value)
    assert str(file) in str(error.value)


def test_the_crosswalk_names_real_activities_and_who_else_acts() -> None:
    crosswalk = load_crosswalk(RUBRIC)
    assert set(crosswalk.kegiatan["kode_kegiatan"]) <= set(NAMES)
    assert {"IKS02", "IKS08", "IKS09", "IKS10", "IKE07"} <= {
        kode for kode, (who, _) in crosswalk.kewenangan.items() if who == "pihak lain"
    }
    assert {kode for kode, (who, _) in crosswalk.kewenangan.items() if who == "fakta"} == {
        row.kode for row in RUBRIC.indikator if not row.dapat_digerakkan
    }
    reachable = set(crosswalk.kegiatan["indikator"])
    assert [kode for kode in RUBRIC.codes if crosswalk.authority(kode) == "desa" and kode not in reachable] == []
