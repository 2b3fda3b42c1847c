"""Names of papers: taken by every system, one per row, the same whoever else is in the file."""

import re

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from idmcli.documents.names import LONGEST, paper_paths

SCHEMA = {"no": pl.UInt32, "kode_desa": pl.String, "kabupaten": pl.String, "kecamatan": pl.String, "desa": pl.String}
SCHEMA |= {"tahun": pl.Int32}
ALLOWED = re.compile(r"[A-Z0-9()&,+_ -]+")
RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{name}{digit}" for name in ("COM", "LPT") for digit in range(10))}

Row = tuple[str | None, str | None, str | None, str | None, int | None]
names = st.one_of(
    st.none(),
    st.text(max_size=120),
    st.sampled_from(
        ["LABUK", "labuk", "CON", "Nul", "LONG YIIN/PELAAH", "PA' MILAU", "KEC. A", "..", "A.", " B ", "/"]
    ),
)
codes = st.one_of(st.none(), st.integers(0, 99).map(lambda number: f"65031720{number:02}"))
rows = st.tuples(codes, names, names, names, st.one_of(st.none(), st.integers(2016, 2030)))


def paths(*given_rows: Row) -> list[str]:
    frame = pl.DataFrame([(no, *row) for no, row in enumerate(given_rows)], schema=SCHEMA, orient="row")
    return [path.as_posix() for path in paper_paths(frame).values()]


def test_names_that_occur_in_the_province() -> None:
    assert paths(
        ("6503032007", "NUNUKAN", "SEMBAKUNG", "LABUK", 2024),
        ("6503152027", "NUNUKAN", "LUMBIS OGONG", "LABUK", 2024),
        ("6503172008", "Kab. Nunukan", "Kec. Krayan Tengah", "Pa' Milau", 2024),
        ("6503172008", "NUNUKAN", "KRAYAN TENGAH", "PA' MILAU", 2023),
        ("6502082003", "MALINAU", "BAHAU HULU", "LONG YIIN/PELAAH", None),
        (None, None, "CON", "S.P. 1.", 2024),
        (None, None, "CON", "S.P. 1.", 2024),
    ) == [
        "NUNUKAN/SEMBAKUNG/6503032007 LABUK 2024",
        "NUNUKAN/LUMBIS OGONG/6503152027 LABUK 2024",
        "NUNUKAN/KRAYAN TENGAH/6503172008 PA MILAU 2024",
        "NUNUKAN/KRAYAN TENGAH/6503172008 PA MILAU 2023",
        "MALINAU/BAHAU HULU/6502082003 LONG YIIN-PELAAH",
        "TANPA KABUPATEN/CON_/TANPA KODE SP 1 2024",
        "TANPA KABUPATEN/CON_/TANPA KODE SP 1 2024 (2)",
    ]


@given(st.lists(rows, min_size=1, max_size=6))
def test_names_are_safe_and_no_two_rows_share_one(given_rows: list[Row]) -> None:
    found = paths(*given_rows)
    assert len({path.upper() for path in found}) == len(found)
    for path in found:
        parts = path.split("/")
        assert len(parts) == 3, path
        for part in parts:
            assert ALLOWED.fullmatch(part), repr(part)
            assert part == part.strip(), repr(part)
            assert part not in RESERVED
            assert len(part) <= LONGEST, f"{len(part)}: {part}"


@given(st.lists(rows, min_size=1, max_size=6, unique_by=lambda row: (row[0], row[4])), st.data())
def test_a_name_does_not_depend_on_the_other_rows(given_rows: list[Row], data: st.DataObject) -> None:
    coded = [row for row in given_rows if row[0]]
    if coded:
        row = data.draw(st.sampled_from(coded))
        assert paths(row) == [paths(*coded)[coded.index(row)]]
