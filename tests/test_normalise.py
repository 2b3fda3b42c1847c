"""Sheets as offices send them become one village table: headers, rows, columns and years."""

from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from idmcli import columns as col
from idmcli.errors import InputError, UsageError
from idmcli.normalise import normalise
from idmcli.reading import read
from idmcli.tables import Reading
from tests.tata_letak import LABELS, RECAP, REGIONS, RUBRIC, SAMPLES, grid, recap, table

ORACLE = Path(__file__).parents[1] / "../shared/oracle"
VILLAGE = ["6501012005", "BULUNGAN", "TANJUNG PALAS", "GUNUNG PUTIH"]
FIGURES = [0.8571, 0.6333, 0.6667]


def expected() -> pl.DataFrame:
    """What every sample of `contoh_tata_letak` says, each in its own way."""
    rows = [
        ("6501012005", "GUNUNG PUTIH", 0.8571, 0.6333, 0.6667, 0.7190, "MAJU"),
        ("6501012006", "PEJALIN", 0.7143, 0.5500, 0.5333, 0.5992, "BERKEMBANG"),
        ("6501012007", "ANTUTAN", 0.6857, 0.5000, 0.4667, 0.5508, "TERTINGGAL"),
    ]
    names = (col.KODE_DESA, "desa", *col.STATED_INDICES, col.STATED_STATUS)
    return pl.DataFrame(rows, schema=names, orient="row").with_columns(
        pl.lit(2024, dtype=pl.Int32).alias(col.TAHUN),
        provinsi=pl.lit("KALIMANTAN UTARA"),
        kabupaten=pl.lit("BULUNGAN"),
        kecamatan=pl.lit("TANJUNG PALAS"),
    )


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.csv")), ids=lambda path: path.stem)
def test_every_sample_gives_the_same_three_villages(sample: Path) -> None:
    got = normalise(read([str(sample)]), rubric=RUBRIC, regions=REGIONS)
    want = expected()
    assert got.desa.select(want.columns).to_dicts() == [
        {name: pytest.approx(value, abs=1e-12) if isinstance(value, float) else value for name, value in row.items()}
        for row in want.to_dicts()
    ]
    assert got.shape == "rekap"
    assert got.mentah.columns == [name for name in got.desa.columns if name in got.mentah.columns]
    assert got.mentah.select(col.PROVENANCE).equals(got.desa.select(col.PROVENANCE))


def test_rows_that_are_no_village_are_recorded_with_their_row() -> None:
    got = normalise(read([str(SAMPLES / "baris-jumlah-dan-catatan.csv")]), rubric=RUBRIC, regions=REGIONS)
    assert [(row.baris, row.isi.split(" | ")[0]) for row in got.layouts[0].dropped] == [
        (5, "JUMLAH"),
        (6, "RATA-RATA"),
        (8, "Sumber: Rekapitulasi kabupaten"),
        (9, "Tanjung Selor, 12 Juni 2024"),
        (10, "Kepala Dinas"),
        (11, "NIP. 19700101 199503 1 001"),
    ]


@pytest.mark.parametrize(
    "row",
    [
        ["65010120", *VILLAGE[1:], *FIGURES],
        [None, *VILLAGE[1:], None, None, None],
        [None, None, None, None, *FIGURES],
        ["kode salah", None, None, "Sumber Rejo", None, None, None],
        [None, None, None, "LONG TERTULIS SENDIRI", None, None, None],
    ],
    ids=["kode pendek", "tanpa kode dan angka", "angka saja", "bernama Sumber", "nama saja"],
)
def test_a_row_that_may_be_a_village_is_never_dropped(row: list[object]) -> None:
    last = ["6501012007", "BULUNGAN", "TANJUNG PALAS", "ANTUTAN", *FIGURES]
    got = table(recap(["6501012006", "BULUNGAN", "TANJUNG PALAS", "PEJALIN", *FIGURES], row, last))
    assert got.desa.get_column("baris").to_list() == [2, 3, 4]
    assert got.layouts[0].dropped == ()


def test_a_table_of_names_and_statuses_alone_keeps_its_villages() -> None:
    rows: list[list[object]] = [["GUNUNG PUTIH", "Mandiri "], ["PEJALIN", "Sgt. Tertinggal"], ["ANTUTAN", None]]
    rows.append(["Catatan: sementara", None])
    got = table(grid([["DESA", "STATUS IDM 2024"], *rows]))
    assert got.desa.get_column(col.STATED_STATUS).to_list() == ["MANDIRI", "SANGAT TERTINGGAL", None]
    assert [row.baris for row in got.layouts[0].dropped] == [5]


def test_sheets_of_one_shape_are_one_table_and_the_poorer_ones_are_left(tmp_path: Path) -> None:
    target = tmp_path / "kiriman.xlsx"
    with xlsxwriter.Workbook(target) as book:
        book.add_worksheet("Sampul").write_row(0, 0, ["Kiriman data IDM"])
        recap_sheet = book.add_worksheet("Rekap")
        recap_sheet.write_row(0, 0, ["KODE DESA", "IKS 2024", "IKE 2024", "IKL 2024"])
        recap_sheet.write_row(1, 0, ["6501012005", 0.8571, 0.6333, 0.6667])
        for name, code in (("BULUNGAN", 6501012005), ("Kab. Malinau", 6502012001)):
            sheet = book.add_worksheet(name)
            sheet.merge_range(1, 2, 1, 9, "DATA IDM TAHUN 2024")
            sheet.write_row(3, 2, ["Kode Desa", *LABELS])
            sheet.write_row(4, 2, [code, *[3] * 50])
        hidden = book.add_worksheet("Tersembunyi")
        hidden.write_row(0, 0, ["KODE DESA", *LABELS])
        hidden.write_row(1, 0, ["6503012001", *[0] * 50])
        hidden.hide()
    got = normalise(read([str(target)]), rubric=RUBRIC, regions=REGIONS)
    assert got.shape == "skor"
    assert got.desa.select("lembar", "baris", "kode_desa", "kabupaten", "tahun").rows() == [
        ("BULUNGAN", 5, "6501012005", "BULUNGAN", 2024),
        ("Kab. Malinau", 5, "6502012001", "MALINAU", 2024),
    ]
    assert got.layouts[1].address("IKS01", 5) == "'Kab. Malinau'!D5"
    assert any("Rekap" in line and "--sheet" in line for line in got.assumptions)


def test_files_are_joined_in_order_with_the_columns_of_all() -> None:
    one = grid([["KODE DESA", "IKS01", "Luas"], ["6501012006", 5, "10"]], berkas="b.csv", lembar=None, kind="teks")
    two = grid([["IKS02", "KODE DESA"], [0, "6501012005"]], berkas="a.csv", lembar=None, kind="teks")
    got = table(one, two)
    assert got.desa.select("berkas", "kode_desa", "IKS01", "IKS02", "Luas").rows() == [
        ("b.csv", "6501012006", 5, None, "10"),
        ("a.csv", "6501012005", None, 0, None),
    ]
    assert got.mentah.columns == got.desa.columns
    assert got.desa.columns.index("IKS02") == got.desa.columns.index("IKS01") + 1


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([["Laporan keuangan"], ["uraian", "anggaran"], ["Jalan", "889.478.000"]], "tidak ada judul kolom"),
        ([["judul"], ["NO", "KECAMATAN", "KODE DESA"], [1, "SESAYAP", "65"]], "baris 2: 2 judul dikenal"),
        ([["KABUPATEN", "IKS 2024", "IKE 2024"], ["BULUNGAN", 0.8, 0.6]], "tidak ada kolom kode atau nama desa"),
        ([RECAP], "tidak ada satu pun baris desa"),
    ],
)
def test_nothing_recognised_says_what_comes_nearest(cells: list[list[object]], said: str) -> None:
    with pytest.raises(InputError, match=said):
        table(grid(cells))
    with pytest.raises(InputError):
        table()


@pytest.mark.parametrize(("name", "rows"), [("kaltara-2024.csv", 447), ("village-years.csv", 2127)])
def test_official_tables_are_understood_in_full(name: str, rows: int) -> None:
    source = ORACLE / name
    if not source.exists():
        pytest.skip(f"data resmi tidak ada: {source}")
    official = pl.read_csv(source, schema_overrides={"kode_desa": pl.String})
    got = normalise(read([str(source)]), rubric=RUBRIC, regions=REGIONS)
    assert got.desa.height == rows
    layout = got.layouts[0]
    assert (layout.missing, layout.extra, layout.duplicates) == ((), (), ())
    labels = dict(zip(LABELS, RUBRIC.codes, strict=True))
    same = official.rename({name: labels.get(name, name.replace("_resmi", "_terbit")) for name in official.columns})
    # one official kabupaten is printed with a space in front
    same = same.with_columns(pl.col(*col.PLACES).str.strip_chars())
    for column in same.columns:
        assert got.desa.get_column(column).to_list() == same.get_column(column).to_list(), column


def test_official_documents_are_understood_in_full() -> None:
    folder = ORACLE / "rumusan-json"
    if not folder.exists():
        pytest.skip(f"data resmi tidak ada: {folder}")
    got = normalise(read([str(folder)]), rubric=RUBRIC, regions=REGIONS)
    assert (got.shape, got.desa.height) == ("rumusan", 28)
    needed = (*RUBRIC.codes, *col.STATED, *col.IDENTITY)
    assert sum(got.desa.select(needed).null_count().row(0)) == 0
    stated = got.desa.select(Path(got.desa["berkas"][0]).stem == pl.concat_str("kode_desa", "tahun", separator="-"))
    assert stated.to_series()[0], got.desa.row(0, named=True)
    assert got.layouts[0].address("IKS01") == "mapData.ROW[0].SKOR"
    assert normalise(Reading(read([str(folder)]).grids), rubric=RUBRIC, regions=REGIONS, tahun=2023).desa.height == 7


HEADERS = st.sampled_from(
    ["KODE DESA", "DESA", "KECAMATAN", "IKS01", "IKS 2024", "IKE 2024", "TAHUN", "NO", "Lain", None]
)
CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        ["6501012005", "65.01.01.2006", "GUNUNG PUTIH", "TOTAL", "Sumber: x", "5", "0,85", "2024", " ", "-"]
    ),
    st.text(max_size=6),
)


@settings(deadline=None, max_examples=40)
@given(
    header=st.lists(HEADERS, max_size=5),
    rows=st.lists(st.lists(CELLS, min_size=7, max_size=7), max_size=7),
    tahun=st.sampled_from([None, 2024]),
)
def test_no_row_is_lost_in_silence(header: list[str | None], rows: list[list[str | None]], tahun: int | None) -> None:
    filled = [number for number, row in enumerate(rows, 2) if any(cell and cell.strip() for cell in row)]
    try:
        got = table(grid([["KODE DESA", "IKS01", *header], *rows]), tahun=tahun)
    except (InputError, UsageError):
        return
    layout = got.layouts[0]
    seen = [*got.desa.get_column("baris"), *(row.baris for row in layout.dropped), *layout.header_rows[1:]]
    assert len(set(seen)) == len(seen)
    if tahun is None or layout.years in {(), (tahun,)}:
        assert sorted(seen) == filled, layout
    else:
        assert set(seen) <= set(filled), layout
    assert got.mentah.columns == got.desa.columns
    assert not got.desa.get_column("kode_desa").drop_nulls().str.contains(r"^\d{10}$").not_().any()
