"""Who acts, which works are shared, and how they are counted."""

from dataclasses import replace

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from idmcli.plan.assign import ActorRule, rule_text
from idmcli.plan.shared import counted
from idmcli.rubric import ACTORS
from tests.plan_steps import CHOSEN, RUBRIC, assigned


def who(rule: ActorRule, kode: str) -> list[tuple[str, str]]:
    return assigned((0, kode, 0, 5, 1), rule=rule).select("pelaku", "instansi").rows()


def test_lead_is_the_offices_decision_then_the_rubrics_then_the_first_allowed_in_order() -> None:
    assert who(ActorRule(), "IKL03") == [("kabupaten", "BPBD")]
    assert who(ActorRule(khusus={"IKL03": ("csr", "PT Contoh")}), "IKL03") == [("csr", "PT Contoh")]
    nearest = ActorRule(boleh=frozenset({"provinsi", "desa"}), khusus={"IKL03": ("csr", "PT Contoh")})
    assert who(nearest, "IKL03") == [("desa", "Pemerintah Desa")], "what is not allowed is not assigned either"
    assert who(replace(nearest, urutan=("provinsi",)), "IKL03") == [("provinsi", "Dishut")]
    assert who(replace(nearest, urutan=("pusat",)), "IKL03") == [("desa", "Pemerintah Desa")], "the rest in usual order"
    assert who(nearest, "IKS02") == [], "only kabupaten may place a doctor"


def test_free_actors_are_all_offered_lead_first_but_a_decision_stays() -> None:
    free = ActorRule(bebas=True)
    assert who(free, "IKS29") == [
        ("pusat", "Komdigi"),
        ("kabupaten", "Diskominfo"),
        ("provinsi", "Diskominfo"),
        ("lainnya", "Operator seluler"),
    ]
    assert who(replace(free, khusus={"IKS29": ("lainnya", "Operator seluler")}), "IKS29") == [
        ("lainnya", "Operator seluler")
    ]
    rows = assigned((1, "IKS29", 0, 5, 1), (0, "IKL03", 0, 3, 1), rule=replace(free, boleh=frozenset({"pusat", "csr"})))
    assert rows.select("no", "kode", "pelaku", "kerja").rows() == [
        *((1, "IKS29", "pusat", 0), (0, "IKL03", "pusat", 1), (0, "IKL03", "csr", 2))
    ]


def test_the_others_are_named_and_the_reason_is_said() -> None:
    row = assigned((0, "IKL03", 0, 3, 1), rule=ActorRule(boleh=frozenset({"kabupaten", "desa", "csr"}))).row(
        0, named=True
    )
    assert row["pendukung"] == "kabupaten: Dinsos; desa: Pemerintah Desa; swasta (CSR): Perusahaan (CSR)"
    assert row["alasan_pelaku"] == "pelaku utama menurut rubrik"
    row = assigned((0, "IKL03", 0, 3, 1), rule=ActorRule(boleh=frozenset({"csr"}))).row(0, named=True)
    assert (row["pelaku"], row["pendukung"]) == ("csr", "")
    assert "BPBD" in row["alasan_pelaku"]
    text = "\n".join(rule_text(ActorRule(khusus={"IKS02": ("kabupaten", "RSUD")}, boleh=frozenset(ACTORS)), RUBRIC))
    assert "IKS02 Dokter ditetapkan untuk kabupaten: RSUD." in text
    assert "IKS29" in text
    assert "IKE06" in text


def test_groups_follow_kawasan_then_kecamatan() -> None:
    groups = assigned(*CHOSEN).select("no", "kode", "bersama", "kelompok").rows()
    assert groups == [
        (0, "IKS29", "kecamatan", "kecamatan 650102"),
        (0, "IKS02", None, None),
        (1, "IKS29", "kawasan", "kawasan PESISIR"),
        (1, "IKE06", "kawasan", "kawasan PESISIR"),
        (2, "IKS29", "kawasan", "kawasan PESISIR"),
        (2, "IKL03", None, None),
        (3, "IKE06", None, None),  # outside a kawasan a BUM Desa Bersama has no partners
    ]
    assert assigned((3, "IKS29", 0, 5, 1))["kelompok"].to_list() == [None], "D has no code"


@given(st.lists(st.tuples(st.sampled_from([None, "x", "y"]), st.sampled_from("ab"), st.integers(0, 9)), max_size=12))
def test_counting_once_equals_counting_by_hand(rows: list[tuple[str | None, str, int]]) -> None:
    schema = {"kelompok": pl.String, "kode": pl.String, "biaya": pl.Int64}
    chosen = pl.DataFrame(rows, schema=schema, orient="row").with_columns(pelaku=pl.lit("desa"), instansi=pl.lit("D"))
    dearest: dict[object, int] = {}
    for number, (group, kode, cost) in enumerate(rows):
        key = number if group is None else (group, kode)
        dearest[key] = max(cost, dearest.get(key, 0))
    totals = counted(chosen).select(pl.col("pekerjaan", "biaya_dihitung").sum()).row(0)
    assert totals == (len(dearest), sum(dearest.values()))
