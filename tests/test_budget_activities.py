import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idmcli.parameters.activities import Activity, load_activities, parse_activity

FACTS = Path(__file__).parents[1] / "../shared/facts/kegiatan-apbdes.csv"
KNOWN = sorted(load_activities().by_code)
known_codes = st.sampled_from(KNOWN)


def test_the_reference_is_the_official_list() -> None:
    if not FACTS.exists():
        pytest.skip(f"list of activities not at {FACTS}")
    with FACTS.open(encoding="utf-8", newline="") as file:
        facts = list(csv.DictReader(file))
    assert len(facts) == len(KNOWN) == 247
    for row in facts:
        found = parse_activity(row["kode"])
        assert found is not None
        assert (found.nama, found.jenis) == (" ".join(row["nama"].split()), row["jenis"])


@given(known_codes, st.sampled_from((".", "-", " ", ". ")), st.booleans(), st.booleans(), st.sampled_from(("", ".")))
def test_every_spelling_of_a_code_means_it(kode: str, mark: str, padded: bool, prefixed: bool, end: str) -> None:
    bidang, sub, number = kode.split(".")
    parts = [bidang.zfill(2), sub.zfill(2), number] if padded else [bidang, sub, number]
    text = ("01.2001." if prefixed else "") + mark.join(parts) + end
    found = parse_activity(text)
    assert found is not None, text
    assert found.kode == kode, text


@given(known_codes)
def test_what_excel_makes_of_a_code_is_understood(kode: str) -> None:
    bidang, sub, number = kode.split(".")
    spellings: tuple[str | list[str], ...] = (
        f"{bidang}0{sub}{number}", f"{bidang}0{sub}{number}.0", f"{bidang}.0{sub}{number}", f"{bidang}{sub}{number}",
        [bidang, sub, number], [f"{bidang}.0", f"{sub}.0", f"{int(number)}.0"], f"'{kode}", f"\xa0{kode} ",
    )  # fmt: skip
    for written in spellings:
        found = parse_activity(written)
        assert found is not None, written
        assert found.kode == kode, written


@given(st.integers(1, 12), st.integers(1, 28), st.integers(1930, 2029))
def test_a_date_is_never_guessed(month: int, day: int, year: int) -> None:
    found = parse_activity(f"{year}-{month:02}-{day:02} 00:00:00")
    readings = {f"{day}.{month}.{year % 100:02}", f"{month}.{day}.{year % 100:02}"}
    assert found is None or found.kode in readings
    if len(readings & set(KNOWN)) == 2:
        assert found is None


@pytest.mark.parametrize(
    ("written", "uraian", "kode"),
    [
        ("2002-02-02 00:00:00", "", "2.2.02"),
        ("2015-03-02", "", "2.3.15"),
        ("1990-02-02", "", "2.2.90"),
        ("2001-02-03", "", None),
        ("2001-02-03", "Pemeliharaan Jalan Desa", "2.3.01"),
        ("2001-02-03", "Pembinaan Group Kesenian dan Kebudayaan Tingkat Desa", "3.2.01"),
        ("2019-12-25", "", None),
    ],
)
def test_dates(written: str, uraian: str, kode: str | None) -> None:
    found = parse_activity(written, uraian)
    assert (found.kode if found else None) == kode


@pytest.mark.parametrize(
    "written", ["", "-", "2.2", "2", "5.2.1.01", "6.1.01", "0.1.01", "2.0.01", "Jumlah", "2.2.O1", "12.3.2024.01"]
)
def test_what_is_no_activity_is_none(written: str) -> None:
    assert parse_activity(written) is None


def test_numbers_of_an_office_are_local_and_others_are_unknown() -> None:
    assert parse_activity("2.1.95") == Activity("2.1.95", "", "lokal")
    strange = parse_activity("2.1.45")
    assert strange is not None
    assert not strange.known
    beyond = parse_activity("2.9.95")
    assert beyond is not None
    assert not beyond.known, "sub-bidang 2.9 does not exist, not even locally"


def test_the_two_spellings_of_bidang_5_are_one() -> None:
    assert parse_activity("05.01.00") == parse_activity("5.1.01") != parse_activity("5.2.00")
