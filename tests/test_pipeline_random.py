"""Random tables and bytes through the whole pipeline: a result or a sentence, and no row without a trace."""

import csv
import io
import os
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from idmcli import columns as col
from idmcli.errors import IdmError, InputError, UsageError
from idmcli.pipeline import Loaded, Request, classify, load, validate
from idmcli.rubric import load_rubric
from idmcli.settings import Settings

EXAMPLES = int(os.environ.get("IDM_ACAK") or 8)
"""Few, since each runs the whole pipeline; `IDM_ACAK=500` looks longer."""
fuzzing = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=EXAMPLES)
RUBRIC = load_rubric()
PLACES = ("KODE DESA", "NAMA DESA", "KECAMATAN", "KABUPATEN", "TAHUN", "NO")
SCORES = (*RUBRIC.codes, *(indicator.label for indicator in RUBRIC.indikator))
OTHERS = ("IKS", "IKE", "IKL", "IDM 2024", "STATUS", "IKS 2023", "Luas", "", "KODE DESA", "=1+1", "IKS99", "Skor")
CODES = ("6501012005", "65.01.01.2005", "6501012005.0", "6501012", "650101200A", "1234567890", "", "-", "6.501012005E9")
VALUES = (
    "0",
    "3",
    "5",
    "5,0",
    "7",
    "-1",
    "",
    " ",
    "-",
    "ada",
    "0,6914",
    "1e400",
    "NaN",
    "#REF!",
    "2024",
    "TOTAL",
    "9" * 40,
)
ODD_VALUES = ("MAJU", "=A1", "\u00a05", "５", "JUMLAH", "catatan: sementara")

codes = st.sampled_from(CODES) | st.integers(6501012001, 6501012020).map(str)
names = st.sampled_from(("GUNUNG PUTIH", "TANJUNG PALAS", "", "TOTAL", "Jumlah", "Ket.", "desa", "5"))
values = st.sampled_from(VALUES + ODD_VALUES) | st.text(st.sampled_from("05,. abI-%"), max_size=6)
headers = st.tuples(
    st.lists(st.sampled_from(PLACES), max_size=6), st.lists(st.sampled_from(SCORES + OTHERS), min_size=1, max_size=56)
).map(lambda parts: [*parts[0], *parts[1]])
whole = st.just([*PLACES[:2], *RUBRIC.codes])


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Title rows, a header that is whole or broken, and rows of good and bad cells."""
    header = draw(headers | whole)
    rows = [[title] for title in draw(st.lists(st.sampled_from(("DATA IDM", "", "TAHUN 2024")), max_size=3))]
    rows.append(header)
    for _ in range(draw(st.integers(0, 8))):
        cells = {"KODE DESA": codes, "NAMA DESA": names}
        good = st.sampled_from("012345") if draw(st.booleans()) else values
        rows.append([draw(cells.get(name, good)) for name in header])
    return rows


def outcome(path: Path, data: bytes) -> Loaded | IdmError:
    """What the pipeline says to these bytes; every later step runs too."""
    path.write_bytes(data)
    try:
        loaded = load(Request((str(path),)), Settings())
    except IdmError as error:
        if not isinstance(error, InputError | UsageError) or "\n" in str(error):
            raise
        return error
    assert loaded.scored.height == loaded.table.desa.height == loaded.table.mentah.height
    validate(loaded)
    classify(loaded, Settings())
    return loaded


def as_csv(rows: list[list[str]], separator: str) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue().encode()


@fuzzing
@given(tables(), st.sampled_from(",;\t"))
def test_every_row_is_kept_or_recorded(tmp_path: Path, rows: list[list[str]], separator: str) -> None:
    loaded = outcome(tmp_path / "a.csv", as_csv(rows, separator))
    if isinstance(loaded, IdmError):
        return
    layout = loaded.table.layouts[0]
    kept = loaded.table.desa.get_column(col.BARIS).to_list()
    left_out = {row.baris for row in layout.dropped}
    assert not left_out & set(kept)
    below = max(layout.header_rows)
    filled = {number for number, row in enumerate(rows, start=1) if number > below and any(map(str.strip, row))}
    assert filled <= set(kept) | left_out, f"no trace of rows {sorted(filled - set(kept) - left_out)}"


@fuzzing
@given(st.lists(st.lists(st.sampled_from("012345"), min_size=50, max_size=50), min_size=1, max_size=6))
def test_whole_rows_are_scored_exactly(tmp_path: Path, scores: list[list[str]]) -> None:
    header = ["KODE DESA", "TAHUN", *RUBRIC.codes]
    rows = [[f"65010120{number:02}", "2024", *row] for number, row in enumerate(scores, start=1)]
    path = tmp_path / "a.csv"
    path.write_bytes(as_csv([header, *rows], ";"))
    loaded = load(Request((str(path),)), Settings())
    allowed = {indicator.kode: {str(level.skor) for level in indicator.skor} for indicator in RUBRIC.indikator}
    for row, scored in zip(scores, loaded.scored.iter_rows(named=True), strict=True):
        points = [int(score) for score in row]
        k = 12 * sum(points[:35]) + 35 * sum(points[35:47]) + 140 * sum(points[47:])
        fits = all(score in allowed[code] for score, code in zip(row, RUBRIC.codes, strict=True))
        assert scored[col.IDM_K] == (k if fits else None)
        assert fits or scored[col.REASON]


@fuzzing
@given(
    st.sampled_from((b"", b"KODE DESA;IKS;IKE;IKL\n", b"\xff\xfe", b"PK\x03\x04", b"{", b'[{"kode_desa":', b"PAR1")),
    st.binary(max_size=400),
    st.sampled_from(("a.csv", "a.xlsx", "a.json", "a.parquet", "a.xls")),
)
def test_random_bytes_give_a_result_or_a_sentence(tmp_path: Path, start: bytes, rest: bytes, name: str) -> None:
    outcome(tmp_path / name, start + rest)


@pytest.mark.parametrize("kind", [pl.Int64, pl.Float64, pl.String, pl.Boolean, pl.Date, pl.Null, pl.List(pl.Int8)])
def test_a_parquet_of_any_type_gives_a_result_or_a_sentence(tmp_path: Path, kind: pl.DataType) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"kode_desa": [None, None], "iks": [None, None], "x": [None, None]}).cast(kind).write_parquet(path)
    outcome(path, path.read_bytes())
