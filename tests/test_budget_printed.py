import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from idmcli.budget.judge import finish, lines_frame
from idmcli.budget.read import read_grids
from idmcli.parameters.activities import load_activities
from tests.budget_tables import LAYOUT, counted, grid, read

NAMES = {code: activity.nama for code, activity in load_activities().by_code.items()}
HEAD = "KODE REKENING|URAIAN|ANGGARAN (Rp)|SUMBER DANA\n"


def test_one_column_holds_activities_and_accounts() -> None:
    table = """
    5 | BELANJA | 90.000.000 |
    2 | PEMBANGUNAN | 30.000.000 |
    2.2 | Kesehatan | 30.000.000 |
    2.2.02 | Posyandu | 30.000.000 | DDS
    5.2 | Belanja Barang dan Jasa | 30.000.000 |
    5.2.1 | Belanja Perlengkapan | 10.000.000 |
    5.2.2 | Belanja Jasa | 20.000.000 |
    5 | PENANGGULANGAN BENCANA, DARURAT DAN MENDESAK | 60.000.000 |
    5.3 | Keadaan Mendesak | 60.000.000 |
    5.3.00 | Keadaan Mendesak | 60.000.000 | DDS
    5.4 | Belanja Tidak Terduga | 60.000.000 |
    5.4.1 | Belanja Tidak Terduga | 60.000.000 |
    """
    assert counted(HEAD + table.strip()) == [
        ("belanja", "2.2.02", "5.2.1", 10_000_000),
        ("belanja", "2.2.02", "5.2.2", 20_000_000),
        ("belanja", "5.3.01", "5.4.1", 60_000_000),
    ]


def test_income_spending_and_financing_without_headings() -> None:
    table = """
    4.2.1 | Dana Desa | 100.000.000 |
    2.2.02 | Posyandu | 120.000.000 | DDS
    6.1.1 | SiLPA | 30.000.000 |
    6.2.2 | Penyertaan Modal | 10.000.000 |
    """
    assert counted(HEAD + table.strip()) == [
        ("pendapatan", None, "4.2.1", 100_000_000),
        ("belanja", "2.2.02", None, 120_000_000),
        ("penerimaan_pembiayaan", None, "6.1.1", 30_000_000),
        ("pengeluaran_pembiayaan", None, "6.2.2", 10_000_000),
    ]


def test_code_on_the_activity_row_alone_or_on_every_row() -> None:
    once = """
    2.2.02 | Posyandu | 30.000.000 | DDS
     | - PMT | 10.000.000 |
     | - Insentif kader | 20.000.000 |
    2.1.01 | PAUD | 5.000.000 | ADD
    """
    lines = [("belanja", "2.2.02", None, 10_000_000), ("belanja", "2.2.02", None, 20_000_000),
             ("belanja", "2.1.01", None, 5_000_000)]  # fmt: skip
    assert counted(HEAD + once.strip()) == lines
    repeated = once.replace("     | -", "    2.2.02 | -")
    assert counted(HEAD + repeated.strip()) == lines
    without_head = (
        "2.2.02 | PMT | 10.000.000 | DDS\n2.2.02 | Insentif | 20.000.000 | DDS\n2.1.01 | PAUD | 5.000.000 | ADD"
    )
    assert counted(HEAD + without_head) == lines


def test_two_works_of_one_activity_that_cost_the_same_both_count() -> None:
    works = "2.2.02 | Posyandu Mawar | 5.000.000 | DDS\n2.2.02 | Posyandu Melati | 5.000.000 | DDS"
    assert [line[3] for line in counted(HEAD + works)] == [5_000_000, 5_000_000]
    named = works.replace("Posyandu Mawar", NAMES["2.2.02"])
    assert [line[3] for line in counted(HEAD + named)] == [5_000_000]
    below_a_total = "2.2 | Kesehatan | 5.000.000 |\n" + works
    assert [line[3] for line in counted(HEAD + below_a_total)] == [5_000_000]


def test_indented_details_below_indented_subtotals() -> None:
    table = """
    2.2.02 | Posyandu | 30.000.000 | DDS
     | "  Bahan" | 20.000.000 |
     | "     Susu" | 15.000.000 |
     | "     Telur" | 5.000.000 |
     | "  Honor" | 10.000.000 |
    """
    assert [amount for *_, amount in counted(HEAD + table.strip())] == [15_000_000, 5_000_000, 10_000_000]


def test_wavering_indentation_does_not_invent_levels() -> None:
    table = """
    2.2.02 | Posyandu | 30.000.000 | DDS
     | "  Bahan" | 20.000.000 |
     | "     Honor" | 10.000.000 |
    """
    assert [amount for *_, amount in counted(HEAD + table.strip())] == [20_000_000, 10_000_000]


def test_codes_over_columns_and_a_header_of_two_rows() -> None:
    rows = [
        ["RAPBDES"], ["KODE", "", "", "", "", "", "URAIAN", "KELUARAN", "", "ANGGARAN", "", "SUMBER DANA"],
        ["", "", "", "", "", "", "", "VOL", "SAT", "SEMULA", "MENJADI", ""], [str(i) for i in range(1, 13)],
        ["2", "", "", "", "", "", "PEMBANGUNAN", "", "", "9", "30000000"],
        ["2", "3", "", "", "", "", "Pekerjaan Umum", "", "", "9", "30000000"],
        ["2", "3", "10", "", "", "", "Jalan Desa", "250", "m", "9", "30000000", "DDS"],
        ["2", "3", "10", "5", "3", "", "Belanja Modal", "", "", "9", "30000000"],
        ["2", "3", "10", "5", "3", "5", "Belanja Modal Jalan", "", "", "9", "30000000"],
    ]  # fmt: skip
    lines, drafts, budget = read(rows)
    assert not drafts, drafts
    assert lines.filter("daun").select("kode_kegiatan", "kode_rekening", "anggaran", "sel", "sumber_dana").rows() == [
        ("2.3.10", "5.3.5", 30_000_000, "RAPBDes!K9", "DDS")
    ]
    activity = lines.filter((pl.col("kode_kegiatan") == "2.3.10") & pl.col("kode_rekening").is_null())
    assert activity.select("volume", "satuan", "daun", "bidang").rows() == [(250.0, "m", False, 2)]
    assert budget.tahun is None


def test_activity_over_three_columns_and_the_whole_account_in_the_fourth() -> None:
    head = "KODE REKENING | | | | URAIAN | | ANGGARAN | SUMBERDANA\n1 | | | 2 | 3 | | 4 | 5\n"
    table = """
     | | | 4.2.1. | Dana Desa | | 40.000.000,00 | DDS
     | | | 5. | BELANJA | | |
    1 | | | | BIDANG PENYELENGGARAAN PEMERINTAHAN DESA | | 30.000.000,00 |
    1 | 1 | | | Penghasilan tetap dan operasional | | 30.000.000,00 |
    1 | 1 | 04 | | Operasional Pemerintah Desa | | 30.000.000,00 | ADD
    1 | 1 | 04 | 5.2. | Belanja Barang dan Jasa | | 20.000.000,00 |
    1 | 1 | 04 | 5.3. | Belanja Modal | | 10.000.000,00 |
    5 | | | | BIDANG PENANGGULANGAN BENCANA | | 10.000.000,00 |
    5 | 1 | 00 | | Penanggulangan Bencana | | 10.000.000,00 | DDS
    5 | 1 | 00 | 5.4. | Belanja Tidak Terduga | | 10.000.000,00 |
     | | | | JUMLAH BELANJA | | 40.000.000,00 |
    """
    assert counted(head + table.strip("\n")) == [
        ("pendapatan", None, "4.2.1", 40_000_000),
        ("belanja", "1.1.04", "5.2", 20_000_000),
        ("belanja", "1.1.04", "5.3", 10_000_000),
        ("belanja", "5.1.01", "5.4", 10_000_000),
    ]


def test_separate_columns_for_activity_and_account_may_both_begin_with_5() -> None:
    head = "Kode Kegiatan|Kode Rekening|Uraian|Jumlah|Sumber\n"
    table = """
    5.1.00 | | Penanggulangan Bencana | 8.000.000 | ADD
     | 5.1 | Belanja Pegawai | 3.000.000 |
     | 5.1.1 | Siltap | 3.000.000 |
     | 5.4.1 | Tak Terduga | 5.000.000 |
    """
    assert counted(head + table.strip()) == [
        ("belanja", "5.1.01", "5.1.1", 3_000_000), ("belanja", "5.1.01", "5.4.1", 5_000_000),
    ]  # fmt: skip


def test_a_table_in_thousands_says_so_above() -> None:
    table = "RAPBDES TAHUN ANGGARAN 2025\n(dalam ribuan rupiah)\n" + HEAD + "2.2.02 | Posyandu | 30.000 | DDS"
    assert counted(table) == [("belanja", "2.2.02", None, 30_000_000)]


@pytest.mark.parametrize(
    ("total", "found"),
    [
        ("JUMLAH BELANJA | 50.000.000", []),
        ("JUMLAH | 50.000.000", []),
        ("JUMLAH BIDANG PEMBANGUNAN | 50.000.000", []),
        ("JUMLAH BELANJA | 51.000.000", ["RAPBDes!C6"]),
        ("TOTAL | 49.000.000", ["RAPBDes!C6"]),
        ("SURPLUS / (DEFISIT) | (10.000.000)", []),
        ("SURPLUS / (DEFISIT) | 15.000.000", ["RAPBDes!C6"]),
    ],
)
def test_totals_are_held_against_what_they_sum_up(total: str, found: list[str]) -> None:
    income = "4 | PENDAPATAN | 40.000.000 |\n5 | BELANJA | |\n"
    spending = "2.2.02 | Posyandu | 20.000.000 | DDS\n2.3.10 | Jalan | 30.000.000 | DDS\n"
    table = f"{HEAD}{income}{spending} | {total} |"
    lines, drafts, _ = read(table)
    assert [draft.sel for draft in drafts] == found, drafts
    assert lines.filter(pl.col("daun") & (pl.col("jenis") == "belanja")).get_column("anggaran").sum() == 50_000_000


def test_a_wrong_sum_is_found_once_where_it_stands() -> None:
    def table(belanja: str, sub: str, kegiatan: str, rincian: str) -> str:
        above = f"5|BELANJA|{belanja}\n2|PEMBANGUNAN|{belanja}\n2.2|Kesehatan|{sub}\n"
        below = f"5.2.1|Belanja Barang|{rincian}\n5.2.2|Belanja Jasa|10.000.000"
        return f"{HEAD}{above}2.2.02|Posyandu|{kegiatan}|DDS\n{below}"

    right = ("30.000.000", "30.000.000", "30.000.000", "20.000.000")
    assert not read(table(*right))[1]
    for place, cell in enumerate(("C3", "C4", "C5", "C5")):
        wrong = [*right[:place], "25.000.000", *right[place + 1 :]]
        drafts = read(table(*wrong))[1]
        assert [draft.sel for draft in drafts] == [f"RAPBDes!{cell}"], (wrong, drafts)


def test_a_code_that_cannot_be_read_keeps_its_amount() -> None:
    table = HEAD + "2|PEMBANGUNAN|50.000.000|\n2.2.O2|Posyandu|20.000.000|DDS\n2.3.10|Jalan|30.000.000|DDS"
    lines, drafts, _ = read(table)
    assert [(draft.aturan, draft.sel) for draft in drafts] == [("kode_kegiatan_tak_dikenal", "RAPBDes!A3")]
    assert lines.filter("daun").select("kode_kegiatan", "bidang", "anggaran").rows() == [
        (None, 2, 20_000_000), ("2.3.10", 2, 30_000_000),
    ]  # fmt: skip


def test_pages_repeat_the_header_and_end_with_signatures() -> None:
    table = (
        HEAD
        + "2.2.02|Posyandu|20.000.000|DDS\n"
        + HEAD
        + "1|2|3|4\n2.3.10|Jalan|30.000.000|DDS\n|Kepala Desa||\n|BUDI||"
    )
    assert [kode for _, kode, _, _ in counted(table)] == ["2.2.02", "2.3.10"]


@pytest.mark.parametrize(
    "head",
    [
        "KODE|URAIAN|ANGGARAN|ANGGARAN PERUBAHAN|SELISIH|SUMBER DANA\n",
        "KODE|URAIAN|ANGGARAN MURNI|ANGGARAN PERUBAHAN|SELISIH|SUMBER DANA\n",
        "KODE|URAIAN|JUMLAH (Rp)||SELISIH|SUMBER DANA\n||SEMULA|MENJADI||\n",
        "KODE|URAIAN|ANGGARAN 2024|ANGGARAN 2025|SELISIH|SUMBER DANA\n",
        "KODE|URAIAN|ANGGARAN||SELISIH|SUMBER\n||TAHUN 2024|TAHUN 2025||DANA\n",
        "KODE|URAIAN|SATUAN|TOTAL|VOLUME|SUMBER DANA\n",
        "KODE|URAIAN|TAHUN 2024|TAHUN 2025||SUMBER DANA\n||ANGGARAN|ANGGARAN|VOLUME|\n",
        "KODE|URAIAN|SEMULA|MENJADI||SUMBER DANA\n||JUMLAH|JUMLAH|VOLUME|\n",
    ],
)
def test_of_several_amounts_the_one_in_force_is_read(head: str) -> None:
    rows = "2.2.02|Posyandu|14.000.000|20.000.000|6|DDS\n2.3.10|Jalan|12.000.000|30.000.000|18|DDS"
    assert [amount for *_, amount in counted(head + rows)] == [20_000_000, 30_000_000]


def test_dashes_below_the_header_are_no_header() -> None:
    table = "KODE|URAIAN|ANGGARAN|VOLUME|SUMBER DANA\n5|BELANJA|-|-|-\n2.2.02|Posyandu|20.000.000|1|DDS"
    assert counted(table + "\n5.2|Belanja Barang|20.000.000||") == [("belanja", "2.2.02", "5.2", 20_000_000)]


def test_pieces_left_of_their_unit_are_no_money() -> None:
    table = "KODE|URAIAN|JUMLAH|SATUAN|HARGA|TOTAL|SUMBER DANA\n2.2.02|Posyandu|1.200|Paket|10.000|12.000.000|DDS"
    assert counted(table) == [("belanja", "2.2.02", None, 12_000_000)]


def test_rupiah_in_a_column_of_its_own_under_a_merged_header() -> None:
    table = "KODE|URAIAN|ANGGARAN||SUMBER DANA\n2.2.02|Posyandu|Rp|20.000.000|DDS\n2.3.10|Jalan|Rp|30.000.000|DDS"
    assert [amount for *_, amount in counted(table)] == [20_000_000, 30_000_000]
    empty = read("KODE|URAIAN|ANGGARAN\n4|PENDAPATAN|\n2.2.02|Posyandu|")
    assert [draft.aturan for draft in empty[1]] == ["tanpa_baris"]


def test_headings_with_letters_and_bidang_in_roman_numbers() -> None:
    table = """
    4 | A. PENDAPATAN DESA | 50.000.000 |
    4.2.1 | Dana Desa | 50.000.000 |
    5 | B. BELANJA DESA | 50.000.000 |
    II | PEMBANGUNAN | 50.000.000 |
    2.2.02 | Posyandu | 20.000.000 | DDS
    2.3.10 | Jalan | 30.000.000 | DDS
    """
    lines = [("pendapatan", None, "4.2.1", 50_000_000), ("belanja", "2.2.02", None, 20_000_000),
             ("belanja", "2.3.10", None, 30_000_000)]  # fmt: skip
    assert counted(HEAD + table.strip()) == lines


def test_codes_that_became_dates_are_read_within_their_sub_bidang_or_told() -> None:
    inside = "3.1|Ketenteraman||\n2001-01-03 00:00:00|Pos jaga|30.000.000|ADD"
    assert counted(HEAD + inside) == [("belanja", "3.1.01", None, 30_000_000)]
    lines, drafts, _ = read(HEAD + inside.partition("\n")[2])
    assert [draft.aturan for draft in drafts] == ["kode_kegiatan_tak_dikenal"]
    assert lines.get_column("anggaran").sum() == 30_000_000


def test_names_at_the_foot_are_no_amounts() -> None:
    foot = "||Sebawang, 12 Desember 2025|\n|KETUA BPD|KEPALA DESA|\n|ANDI|BUDI|\n||NIP. 19700101 200001 1 001|"
    assert len(counted(HEAD + "2.2.02|Posyandu|20.000.000|DDS\n" + foot)) == 1


@pytest.mark.parametrize("header", ["", HEAD])
def test_villages_one_below_the_other_are_kept_apart(header: str) -> None:
    def block(desa: str, amount: str) -> str:
        return f"PEMERINTAH DESA {desa}|||\nTAHUN 2025|||\n{{}}4|PENDAPATAN||\n4.2.1|Dana Desa|{amount}|\n"

    table = block("SEBAWANG", "1.000.000").format(HEAD) + block("SEBAWANG", "2.000.000").format(HEAD)
    found = read_grids([grid(table + block("GUNAWAN", "4.000.000").format(header))], LAYOUT)
    assert [one.judul[0] for one in found] == ["PEMERINTAH DESA SEBAWANG", "PEMERINTAH DESA GUNAWAN"]
    amounts = [lines_frame(finish(one, LAYOUT)).get_column("anggaran").sum() for one in found]
    assert amounts == [3_000_000, 4_000_000]


def test_sources_come_from_the_row_above_and_are_missed_once_per_activity() -> None:
    table = (
        HEAD
        + """2.2.02 | Posyandu | 30.000.000 | Dana Desa
     | PMT | 10.000.000 | ADD
     | Honor | 20.000.000 |
    2.3.10 | Jalan | 5.000.000 |
    5.3.1 | Belanja Modal Tanah | 3.000.000 |
    5.3.5 | Belanja Modal Jalan | 2.000.000 |"""
    )
    lines, drafts, _ = read(table)
    assert lines.filter("daun").get_column("sumber_dana").to_list() == ["ADD", "DDS", None, None]
    assert [(draft.aturan, draft.sel) for draft in drafts] == [("sumber_dana_kosong", "RAPBDes!D5")]


def test_an_activity_twice_is_told_but_two_works_are_not() -> None:
    twice = (
        HEAD + "2.3.10|Jalan RT 1|30.000.000|DDS\n2.3.10|Jalan RT 2|30.000.000|DDS\n2.3.10|Jalan RT 2|30.000.000|DDS"
    )
    lines, drafts, _ = read(twice)
    assert [(draft.aturan, draft.sel) for draft in drafts] == [("baris_anggaran_ganda", "RAPBDes!C4")]
    assert lines.filter("daun").height == 3


@pytest.mark.parametrize(
    ("uraian", "found"),
    [
        ("Rehab Ruang Kelas SDN 003", True),
        ("Pembangunan pagar SMP Negeri 2", True),
        ("Pemeliharaan jalan kabupaten", True),
        ("Jalan desa menuju SDN 003", False),
        ("Pembangunan jalan ke SD", False),
        ("Rehab gedung PAUD", False),
        ("Honor guru SMP", True),
        ("Insentif bidan desa", False),
        ("Rehab Puskesmas Pembantu", True),
        ("Bantuan seragam siswa SD", False),
        ("Peningkatan jalan simpang jalan provinsi", False),
    ],
)
def test_what_belongs_to_others_is_asked_about(uraian: str, found: bool) -> None:
    drafts = read(HEAD + f"2.1.10|{uraian}|20.000.000|DDS")[1]
    assert (["luar_kewenangan"] if found else []) == [draft.aturan for draft in drafts], uraian


def test_a_sheet_without_a_budget_says_so() -> None:
    _, drafts, budget = read("DAFTAR HADIR\nNo|Nama\n1|Budi")
    assert ([draft.aturan for draft in drafts], budget.susunan) == (["tanpa_baris"], "tidak dikenal")


CELLS: st.SearchStrategy[str | None] = st.sampled_from(
    [
        *(None, "", "2.2.02", "5.2.1", "1", "05", "4", "6.1", "2.9.77", "2001-02-03 00:00:00", "?", "x"),
        *("BELANJA", "PENDAPATAN", "JUMLAH", "PEMBIAYAAN", "10.000", "-5", "DDS"),
        *("Uraian", "Kode", "Anggaran", "Sumber Dana", "kode_desa"),
    ]
)


@given(st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=1, max_size=12), st.booleans())
def test_no_table_breaks_the_reader(rows: list[list[str | None]], headed: bool) -> None:
    head: list[list[str | None]] = [["Kode", "Uraian", "Anggaran", "Sumber Dana"]]
    table = [*head, *rows] if headed else rows
    lines, _, budget = read(table)
    assert lines.filter("daun").get_column("anggaran").sum() == budget.root.counted
