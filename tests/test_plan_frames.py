"""The frames that report a plan: worklist, totals, shared works, steps for companies, scenarios, years."""

from dataclasses import dataclass

import polars as pl
import pytest

from idmcli.errors import ConfigError
from idmcli.parameters.areas import load_area
from idmcli.plan.csr import csr_steps, csr_totals
from idmcli.plan.scenario import compare
from idmcli.plan.shared import shared_works
from idmcli.plan.worklist import COLUMNS, by_office, worklist
from idmcli.plan.years import plan_year
from tests.plan_steps import CHOSEN, RUBRIC, VILLAGES, assigned


def test_worklist_by_hand() -> None:
    """A 4400 + 120 passes 4456 (56 missing); B 3760 + 141 passes 3774 (14); C 3700 + 200 passes 3774 (74); D is top.

    So TERTINGGAL first, B before C; A next; D, whose step lifts nothing, last.
    """
    works = worklist(assigned(*CHOSEN), VILLAGES, RUBRIC)
    assert tuple(works.columns) == COLUMNS
    assert works.select("prioritas", "desa", "urutan", "kode", "target", "tambahan_k").rows() == [
        (1, "B", 1, "IKE06", "BERKEMBANG", 105),
        (1, "B", 2, "IKS29", "BERKEMBANG", 36),
        (2, "C", 1, "IKL03", "BERKEMBANG", 140),
        (2, "C", 2, "IKS29", "BERKEMBANG", 60),
        (3, "A", 1, "IKS02", "MAJU", 60),
        (3, "A", 2, "IKS29", "MAJU", 60),
        (4, "D", 1, "IKE06", "MANDIRI", 105),
    ]
    first = works.row(2, named=True)
    scores = RUBRIC.by_code["IKL03"]
    assert (first["syarat_kini"], first["syarat_tujuan"]) == (scores.row(3).syarat, scores.row(4).syarat)
    assert first["kegiatan"] == f"{scores.row(3).kegiatan} (bertahap, kali ini sampai skor 4)"
    assert works.row(4, named=True)["kegiatan"] == RUBRIC.by_code["IKS02"].row(0).kegiatan
    assert first["tambahan"] == 140 / 6300
    assert works["tahun_rencana"].unique().to_list() == [2025]
    assert worklist(assigned(*CHOSEN), VILLAGES, RUBRIC, tahun=2027)["tahun_rencana"].unique().to_list() == [2027]


def test_steps_that_do_not_complete_a_rise_come_last_by_what_still_lacks() -> None:
    """B lacks 14 and gets 12; C lacks 74 and gets 60, so both keep their status and 2 and 14 are missing."""
    works = worklist(assigned((2, "IKS29", 0, 5, 1), (1, "IKS29", 4, 5, 1), (0, "IKS02", 0, 5, 1)), VILLAGES, RUBRIC)
    assert works.select("desa", "prioritas", "target").rows() == [
        ("A", 1, "MAJU"),
        ("B", 2, "BERKEMBANG"),
        ("C", 3, "BERKEMBANG"),
    ]


def test_equal_villages_share_a_priority_in_code_order() -> None:
    twins = VILLAGES.with_columns(status=pl.lit("TERTINGGAL"), idm_k=pl.lit(3760, dtype=pl.Int32))
    chosen = assigned((2, "IKS02", 0, 5, 1), (0, "IKS02", 0, 5, 1), (1, "IKS02", 0, 5, 1))
    works = worklist(chosen, twins, RUBRIC)
    assert works.select("prioritas", "desa").rows() == [(1, "A"), (1, "B"), (1, "C")]


def test_shared_works_count_once_at_their_dearest_member() -> None:
    works = worklist(assigned(*CHOSEN), VILLAGES, RUBRIC)
    assert works.select("desa", "kode", "pekerjaan", "biaya_dihitung").filter(kode="IKS29").rows() == [
        ("B", "IKS29", 0, 0),
        ("C", "IKS29", 1, 250),
        ("A", "IKS29", 1, 300),
    ]
    columns = ("nama_kelompok", "kode", "instansi", "jumlah_desa", "anggota", "kode_anggota", "biaya", "tambahan_k")
    assert shared_works(works, RUBRIC).select(columns).rows() == [
        ("Kawasan PESISIR", "IKS29", "Komdigi", 2, ["B", "C"], ["6501022002", "6502012003"], 250, 96),
        ("Kawasan PESISIR", "IKE06", "BUM Desa", 1, ["B"], ["6501022002"], 90, 105),
        ("Kecamatan PESO", "IKS29", "Komdigi", 1, ["A"], ["6501022001"], 300, 60),
    ]


def test_totals_by_office_and_kabupaten_agree() -> None:
    works = worklist(assigned(*CHOSEN), VILLAGES, RUBRIC)
    offices = by_office(works, RUBRIC)
    columns = ("pelaku", "instansi", "jumlah_desa", "langkah", "pekerjaan", "pekerjaan_bersama", "biaya", "tambahan_k")
    assert offices.select(columns).rows() == [
        ("pusat", "Komdigi", 3, 3, 2, 2, 550, 156),
        ("kabupaten", "BPBD", 1, 1, 1, 0, 70, 140),
        ("kabupaten", "Dinkes", 1, 1, 1, 0, 50, 60),
        ("desa", "BUM Desa", 2, 2, 2, 1, 130, 210),
    ]
    assert offices["tambahan"].to_list() == [156 / 6300, 140 / 6300, 60 / 6300, 210 / 6300]
    places = by_office(works, RUBRIC, "kabupaten")
    assert places.filter(instansi="Komdigi").select("kode_kabupaten", "kabupaten", "langkah", "biaya").rows() == [
        ("6501", "BULUNGAN", 2, 300),
        ("6502", "MALINAU", 1, 250),
    ]
    for column in ("langkah", "pekerjaan", "biaya", "tambahan_k"):
        assert places[column].sum() == offices[column].sum(), column


def test_what_a_company_can_do_in_its_area() -> None:
    """B lacks 14 to BERKEMBANG, A 56 to MAJU; D, at the top, lacks nothing. C stands outside the area."""
    rows = [
        (0, "IKS11", 1, "desa csr", None, 48),
        (0, "IKL03", 3, "kabupaten csr", None, 280),
        (0, "IKS02", 0, "kabupaten", None, 60),
        (1, "IKE12", 5, "csr", None, 0),
        (1, "IKS30", 1, "desa csr", "sinyal belum ada", 48),
        (1, "IKS14", 4, "csr", None, 12),
        (2, "IKL03", 3, "csr", None, 280),
        (3, "IKS14", 1, "csr", None, 48),
    ]
    schema = {"no": pl.UInt32, "kode": pl.String, "skor": pl.Int8, "pelaku": pl.String, "terkunci": pl.String}
    lacking = pl.DataFrame(rows, schema=schema | {"tambahan_k": pl.Int32}, orient="row").with_columns(
        pl.col("pelaku").str.split(" "),
        maksimum=pl.lit(5, dtype=pl.Int8),
        kurang=5 - pl.col("skor"),
        tambahan=pl.lit(0.5),
        **{name: pl.lit("-") for name in ("singkat", "syarat_kini", "syarat_tujuan", "kegiatan")},
    )
    plan = assigned((0, "IKL03", 3, 4, 70), (0, "IKS02", 0, 5, 50))
    found = csr_steps(lacking, VILLAGES, load_area("Kec. Peso"), RUBRIC, plan)
    columns = ("nomor", "desa", "kode", "dari", "ke", "butuh_k", "target", "menaikkan", "pelaku_rencana")
    assert found.select(columns).rows() == [
        (1, "A", "IKL03", 3, 5, 56, "MAJU", True, "kabupaten: BPBD, skor 3→4"),
        (2, "A", "IKS11", 1, 5, 56, "MAJU", False, None),
        (3, "B", "IKS14", 4, 5, 14, "BERKEMBANG", False, None),
        (4, "D", "IKS14", 1, 5, None, None, False, None),
    ]
    totals = csr_totals(found, RUBRIC)
    assert totals.select(
        "kode_kecamatan", "kecamatan", "jumlah_desa", "langkah", "desa_naik", "dalam_rencana", "tambahan_k"
    ).rows() == [("650102", "PESO", 3, 4, 1, 1, 388)]
    assert csr_steps(lacking, VILLAGES, load_area("6503"), RUBRIC, plan).height == 0


@dataclass(frozen=True)
class Solved:
    """A plan as the comparison needs it."""

    langkah: pl.DataFrame
    desa: pl.DataFrame
    nilai: float
    batas: float
    celah: float
    terbukti: bool


def test_scenarios_side_by_side() -> None:
    desa = {"no": [0, 1, 2, 3], "status_baru": ["BERKEMBANG", "BERKEMBANG", "BERKEMBANG", "MANDIRI"]}
    lifted = pl.DataFrame(desa | {"naik": [False, True, True, False]}, schema_overrides={"no": pl.UInt32})
    nobody = VILLAGES.select("no", naik=pl.lit(value=False), status_baru="status")
    plans = [
        ("hemat", Solved(assigned(*CHOSEN[2:6]), lifted, 2, 2, 0.0, terbukti=True)),
        ("nihil", Solved(assigned(), nobody, 0, 1, 1.0, terbukti=False)),
    ]
    paths = {"naik": pl.lit(value=True), "status_baru": pl.lit("MANDIRI")}  # what villages could be, not what they are
    table = compare(plans, VILLAGES.with_columns(**paths), RUBRIC)
    assert table.columns == ["bagian", "ukuran", "satuan", "hemat", "nihil"]
    rows = {(part, measure): values for part, measure, _, *values in table.iter_rows()}
    assert rows == {
        ("hasil", "desa naik status"): [2, 0],
        ("hasil", "langkah"): [4, 0],
        ("hasil", "pekerjaan"): [3, 0],
        ("hasil", "pekerjaan bersama"): [2, 0],
        ("hasil", "biaya"): [250 + 90 + 70, 0],
        ("naik per kabupaten", "BULUNGAN"): [1, 0],
        ("naik per kabupaten", "MALINAU"): [1, 0],
        **{("naik dari status", row.nama): [2 * (row.nama == "TERTINGGAL"), 0] for row in RUBRIC.status},
        ("desa per status sesudah rencana", "SANGAT TERTINGGAL"): [0, 0],
        ("desa per status sesudah rencana", "TERTINGGAL"): [0, 2],
        ("desa per status sesudah rencana", "BERKEMBANG"): [3, 1],
        ("desa per status sesudah rencana", "MAJU"): [0, 0],
        ("desa per status sesudah rencana", "MANDIRI"): [1, 1],
        ("biaya per pelaku", "pusat"): [250, 0],
        ("biaya per pelaku", "kabupaten"): [70, 0],
        ("biaya per pelaku", "desa"): [90, 0],
        ("pekerjaan per pelaku", "pusat"): [1, 0],
        ("pekerjaan per pelaku", "kabupaten"): [1, 0],
        ("pekerjaan per pelaku", "desa"): [1, 0],
        ("bukti", "nilai rencana"): [2, 0],
        ("bukti", "nilai terbaik yang mungkin"): [2, 1],
        ("bukti", "celah"): [0, 100],
        ("bukti", "terbukti terbaik"): [1, 0],
    }


@pytest.mark.parametrize("names", [("sama", "sama"), ("ukuran",)])
def test_scenarios_that_cannot_be_told_apart_are_refused(names: tuple[str, ...]) -> None:
    nobody = VILLAGES.select("no", naik=pl.lit(value=False), status_baru="status")
    plan = Solved(assigned(), nobody, 0, 0, 0.0, terbukti=True)
    with pytest.raises(ConfigError, match=names[0]):
        compare([(name, plan) for name in names], VILLAGES, RUBRIC)


def test_empty_plan_gives_empty_frames() -> None:
    works = worklist(assigned(), VILLAGES, RUBRIC)
    assert (works.height, tuple(works.columns)) == (0, COLUMNS)
    assert by_office(works, RUBRIC, "kabupaten").height == 0
    assert shared_works(works, RUBRIC).height == 0


def test_plan_year_follows_the_latest_data() -> None:
    years = pl.DataFrame({"tahun": [2023, None, 2024]})
    assert (plan_year(years), plan_year(years, 2030), plan_year(years.head(0))) == (2025, 2030, None)
