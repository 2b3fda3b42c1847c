import pytest
from hypothesis import given
from hypothesis import strategies as st

from idmcli.budget.layout import load_layout
from idmcli.budget.lines import SOURCES
from idmcli.budget.text import parse_amount, parse_volume


@given(
    st.integers(1, 10**14), st.sampled_from(("", "Rp", "Rp ", "Rp. ", "IDR ")), st.sampled_from(("", ",00", ",-", " "))
)
def test_every_way_to_write_rupiah_gives_the_same(rupiah: int, sign: str, end: str) -> None:
    dotted = f"{rupiah:,}".replace(",", ".")
    for digits in (dotted, str(rupiah)):
        assert parse_amount(f"{sign}{digits}{end}").rupiah == rupiah, f"{sign}{digits}{end}"
    assert parse_amount(f"{rupiah:,}.00").rupiah == rupiah
    assert parse_amount(f"{rupiah}.0").rupiah == rupiah
    below = parse_amount(f"({dotted})")
    assert (below.rupiah, below.fault) == (-rupiah, "anggaran_negatif")


@pytest.mark.parametrize("text", ["", "-", "0", "Rp -", "Rp. 0,00", "nihil", "–"])
def test_nothing_is_no_amount_and_no_fault(text: str) -> None:
    assert parse_amount(text) == parse_amount("-")
    assert parse_amount(text).fault is None


@pytest.mark.parametrize("text", ["dua juta", "12,5 juta", "12.5", "1.00.000", "#REF!", "9" * 30, "1/2", "12.5.2025"])
def test_what_is_no_amount_is_a_fault(text: str) -> None:
    assert parse_amount(text).fault == "anggaran_bukan_angka", parse_amount(text)


def test_thousands_and_sen() -> None:
    assert parse_amount("12,5", 1_000_000).rupiah == 12_500_000
    assert parse_amount("889.478", 1_000).rupiah == 889_478_000
    assert (parse_amount("1.500,50").rupiah, parse_amount("1.500,50").rounded) == (1501, True)


@pytest.mark.parametrize(
    ("text", "volume"),
    [
        ("12 Bulan", (12.0, "Bulan")), ("1.250 m", (1250.0, "m")), ("2,5", (2.5, None)), ("1 Paket", (1.0, "Paket")),
        ("Paket", (None, "Paket")), ("12.0", (12.0, None)), ("3 x 4 m", (3.0, "x 4 m")), ("250.5 m2", (250.5, "m2")),
    ],
)  # fmt: skip
def test_volumes(text: str, volume: tuple[float | None, str | None]) -> None:
    assert parse_volume(text) == volume


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("DDS", "DDS"), ("DD-APBN 2025", "DDS"), ("Dana Desa", "DDS"), ("SiLPA DDS 2024", "DDS"), ("A.D.D", None),
        ("ADD", "ADD"), ("PADes", "PAD"), ("BHP", "PBH"), ("Ban-Prov", "PBP"), ("Bankeu Kab.", "PBK"), ("Hibah", "DLL"),
        ("DD + ADD", None), ("xyz", None),
    ],
)  # fmt: skip
def test_sources(text: str, source: str | None) -> None:
    assert load_layout().source(text) == source


def test_layouts_are_sound() -> None:
    layout = load_layout()
    assert set(layout.sources.values()) == set(SOURCES)
    assert {rule.tingkat for rule in layout.rules.values()} <= {"galat", "peringatan", "info"}
