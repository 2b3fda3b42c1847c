import zipfile
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from idmcli.budget.layout import load_layout
from idmcli.budget.lines import KINDS, LINES
from idmcli.errors import InputError
from idmcli.findings import SCHEMA
from idmcli.pipeline.budget_files import FILES, MAPPING_COLUMNS, Budgets, pemetaan_template, read_budgets
from idmcli.regions import load_regions

SAMPLES = Path(__file__).parents[1] / "samples"
FOLDER = SAMPLES / "rapbdes"
REGIONS = load_regions()
VILLAGES = REGIONS.frame.filter(pl.col("kode_kabupaten") == "6504")
HEAD = ["Kode", "Uraian", "Anggaran", "Sumber Dana"]


def budgets(*paths: Path, pemetaan: Path | None = None, tahun: int | None = None) -> Budgets:
    return read_budgets(
        [str(path) for path in paths], regions=REGIONS, villages=VILLAGES, pemetaan=pemetaan, tahun=tahun
    )


def book(path: Path, sheets: dict[str, list[list[str | int]]]) -> Path:
    path.parent.mkdir(exist_ok=True, parents=True)
    with xlsxwriter.Workbook(path) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return path


def sheet(desa: str, amount: int = 20_000_000, tahun: int = 2025) -> list[list[str | int]]:
    return [[f"DESA {desa}"], [f"TAHUN ANGGARAN {tahun}"], list(HEAD), ["2.2.02", "Posyandu", amount, "DDS"]]


def table(name: str) -> list[list[str]]:
    text = (SAMPLES / "README.md").read_text(encoding="utf-8")
    part = text.split(f"<!-- {name}: begin -->")[1].split(f"<!-- {name}: end -->")[0]
    return [[cell.strip(" `") for cell in line.strip("|").split(" | ")] for line in part.strip().splitlines()[2:]]


@pytest.fixture(scope="module")
def sample() -> Budgets:
    return budgets(FOLDER, pemetaan=FOLDER / "pemetaan.csv")


def test_every_planted_fault_is_found_in_its_cell_and_nothing_else(sample: Budgets) -> None:
    rules = load_layout().rules
    planted = {(rule, file, cell) for rule, file, cell, _ in table("rapbdes-salah") if rule in rules}
    files = pl.col("berkas").str.strip_prefix(f"{FOLDER}/")
    found = set(sample.findings.select("aturan", files, pl.col("sel").fill_null("-")).rows())
    assert len(planted) >= 14
    assert found == planted, f"missed {planted - found}; surplus {found - planted}"


def test_frames_have_their_columns(sample: Budgets) -> None:
    for frame, schema in ((sample.lines, LINES), (sample.findings, SCHEMA), (sample.files, FILES)):
        assert dict(frame.schema) == schema
    assert set(sample.lines["jenis"]) <= set(KINDS)
    assert sample.lines["sel"].str.contains(r"[A-Z]+\d+$").all()


def test_all_villages_are_known_but_two_and_their_budgets_balance(sample: Budgets) -> None:
    assert [(Path(one.berkas).name, one.petunjuk) for one in sample.unknown] == [
        ("apbdes-5.xlsx", "Desa ................")
    ]
    missing = set(VILLAGES["kode_desa"]) - set(sample.lines["kode_desa"])
    assert missing == {"6504052005", "6504052006"}
    sums = (
        sample.lines.filter("daun").group_by("kode_desa", "jenis").agg(pl.col("anggaran").sum())
        .pivot("jenis", index="kode_desa", values="anggaran").fill_null(0)
    )  # fmt: skip
    rest = pl.col("pendapatan") + pl.col("penerimaan_pembiayaan") - pl.col("belanja") - pl.col("pengeluaran_pembiayaan")
    unbalanced = sums.select("kode_desa", rest.alias("sisa")).filter(pl.col("sisa") != 0)
    assert unbalanced.rows() == [("6504032002", -40_000_000)]
    assert sums["belanja"].is_between(800_000_000, 2_500_000_000).all()


def test_every_layout_gives_activities_sources_and_outputs(sample: Budgets) -> None:
    spending = sample.lines.filter(pl.col("daun") & (pl.col("jenis") == "belanja"))
    for susunan, codes in sample.files.group_by("susunan").agg("kode_desa").rows():
        folder = spending.filter(pl.col("kode_desa").is_in(codes))
        assert folder["kode_kegiatan"].is_not_null().all(), susunan
        assert folder["bidang"].is_not_null().all(), susunan
        assert folder["sumber_dana"].null_count() < folder.height / 30, susunan
    activities = sample.lines.filter(pl.col("kode_kegiatan").is_not_null() & pl.col("volume").is_not_null())
    assert activities.group_by("kode_desa").len().height == 31


def test_siskeudes_without_a_mapping_asks_for_it(tmp_path: Path) -> None:
    found = budgets(FOLDER / "siskeudes-betayau.zip")
    rows = pemetaan_template(found.unknown)
    assert [row["kode_siskeudes"] for row in rows] == [f"02.200{number}" for number in range(1, 7)]
    assert set(found.files["cara"]) == {"tidak diketahui"}
    assert found.lines["kode_desa"].is_null().all()
    file = tmp_path / "pemetaan.csv"
    codes = dict(zip((row["kode_siskeudes"] for row in rows), VILLAGES["kode_desa"], strict=False))
    lines = [";".join([*MAPPING_COLUMNS, "keterangan"])]
    lines += [";".join((row | {"kode_desa": codes[row["kode_siskeudes"]]}).values()) for row in rows]
    file.write_text("\n".join(lines), encoding="utf-8")
    assert not budgets(FOLDER / "siskeudes-betayau.zip", pemetaan=file).unknown


def test_the_list_of_villages_in_an_export_makes_a_mapping_unnecessary(tmp_path: Path) -> None:
    (tmp_path / "Ta_Desa.csv").write_text("Tahun,Kd_Desa,Nama_Desa,Nama_Kecamatan\n2025,01.2001.,Sebawang,Sesayap\n")
    (tmp_path / "Ta_RAB.csv").write_text(
        "Tahun,Kd_Desa,Kd_Keg,Kd_Rincian,Anggaran\n2025,01.2001.,01.2001.02.02.02.,5.2.1.01.,10000000.0000\n"
        "2025,01.2001.,01.2001.00.00.00.,4.2.1.01.,15000000.0000\n2025,01.2001.,01.2001.00.00.00.,6.2.2.01.,5000000\n"
    )
    (tmp_path / "Ta_Kegiatan.csv").write_text(
        "Tahun,Kd_Desa,Kd_Bid,Kd_Keg,Nama_Kegiatan,Pagu,Sumberdana,Nilai,Satuan\n"
        "2025,01.2001.,01.2001.02.,01.2001.02.02.02.,Posyandu,10000000,DDS,12,Bulan\n"
        "2025,01.2001.,01.2001.02.,01.2001.02.03.10.,Jalan,20000000,DDS,1,Paket\n"
    )
    found = budgets(tmp_path)
    columns = ("kode_desa", "jenis", "kode_kegiatan", "kode_rekening", "anggaran", "sumber_dana", "tahun")
    assert sorted(found.lines.filter("daun").select(columns).rows(), key=str) == [
        ("6504012007", "belanja", "2.2.02", "5.2.1", 10_000_000, "DDS", 2025),
        ("6504012007", "belanja", "2.3.10", None, 20_000_000, "DDS", 2025),
        ("6504012007", "pendapatan", None, "4.2.1", 15_000_000, "DDS", 2025),
        ("6504012007", "pengeluaran_pembiayaan", None, "6.2.2", 5_000_000, None, 2025),
    ]
    assert found.findings.is_empty(), found.findings["pesan"].to_list()


def test_a_village_counts_once_and_the_right_year_goes_first(tmp_path: Path) -> None:
    book(tmp_path / "a.xlsx", {"S": sheet("Sebawang", 10_000_000, 2024)})
    book(tmp_path / "b.xlsx", {"S": sheet("Sebawang", 20_000_000)})
    book(tmp_path / "c.xlsx", {"S": sheet("Sebawang", 30_000_000)})
    book(tmp_path / "d.xlsx", {"S": sheet("Gunawan", 5_000_000)})
    found = budgets(tmp_path)
    assert sorted(found.lines.select("kode_desa", "anggaran").rows()) == [
        ("6504012006", 5_000_000),
        ("6504012007", 20_000_000),
    ]
    rules = sorted((Path(berkas).name, rule) for berkas, rule in found.findings.select("berkas", "aturan").rows())
    assert rules == [("a.xlsx", "rapbdes_ganda"), ("a.xlsx", "tahun_berbeda"), ("c.xlsx", "rapbdes_ganda")]


def test_parts_of_one_budget_on_several_sheets_belong_together(tmp_path: Path) -> None:
    income: list[list[str | int]] = [
        ["DESA SEBAWANG"],
        list(HEAD),
        ["4", "PENDAPATAN", 9_000_000, ""],
        ["4.2.1", "Dana Desa", 9_000_000, ""],
    ]
    file = book(
        tmp_path / "a.xlsx", {"Pendapatan": income, "Belanja": sheet("Sebawang", 9_000_000), "Cover": [["APBDES"]]}
    )
    found = budgets(file)
    assert found.findings.is_empty(), found.findings["pesan"].to_list()
    assert sorted(found.lines.filter("daun").get_column("jenis")) == ["belanja", "pendapatan"]


def test_one_bad_file_stops_no_other(tmp_path: Path) -> None:
    book(tmp_path / "baik.xlsx", {"S": sheet("Sebawang")})
    (tmp_path / "rusak.xlsx").write_bytes(b"PK\x03\x04 rusak")
    (tmp_path / "kosong.csv").write_bytes(b"")
    (tmp_path / "gambar.xlsx").write_bytes(b"\x89PNG....")
    found = budgets(tmp_path)
    assert found.lines.height == 1
    names = found.findings.filter(pl.col("aturan") == "berkas_tak_terbaca")["berkas"].to_list()
    assert sorted(Path(name).name for name in names) == ["gambar.xlsx", "kosong.csv", "rusak.xlsx"]
    assert found.findings.height == 3
    with pytest.raises(InputError):
        budgets(tmp_path / "rusak.xlsx")


def test_what_is_handed_in_beside_tables_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "masuk"
    odd: list[list[str | int]] = [["Rekening", "Plafon"], ["5.2", 1_000_000], ["5.3", 2_000_000], ["5.4", 3_000_000]]
    book(folder / "a.xlsx", {"S": sheet("Sebawang"), "Belanja modal": odd})
    (folder / "RAPBDes Gunawan.pdf").write_bytes(b"%PDF-1.4")
    with zipfile.ZipFile(folder / "kiriman.zip", "w") as archive:
        archive.write(book(tmp_path / "x.xlsx", {"S": sheet("Sedulun")}), "x.xlsx")
        archive.writestr("lama.zip", b"PK")
    found = budgets(folder)
    assert found.lines.height == 2
    told = found.findings.select("aturan", "lembar", pl.col("berkas").str.split("/").list.last()).rows()
    assert sorted(told, key=str) == [
        ("berkas_dilewati", None, "RAPBDes Gunawan.pdf"),
        ("berkas_dilewati", None, "lama.zip"),
        ("tanpa_baris", "Belanja modal", "a.xlsx"),
    ]


def test_a_table_under_headers_that_nobody_knows_is_a_fault(tmp_path: Path) -> None:
    rows: list[list[str | int]] = [["DESA SEBAWANG"], ["A", "B"]]
    rows += (["2.2.02", amount] for amount in (1_000_000, 2_000_000, 3_000_000))
    found = budgets(book(tmp_path / "a.xlsx", {"S": rows}))
    assert found.findings.select("aturan", "tingkat", "kode_desa").rows() == [
        ("susunan_tak_dikenal", "galat", "6504012007")
    ]


def test_thousands_that_nothing_announces_are_asked_about(tmp_path: Path) -> None:
    found = budgets(book(tmp_path / "a.xlsx", {"S": sheet("Sebawang", 1_330_000)}))
    assert found.findings.get_column("aturan").to_list() == ["belanja_terlalu_kecil"]


def test_a_bidang_a_sheet_makes_one_budget(tmp_path: Path) -> None:
    second: list[list[str | int]] = [["DESA SEBAWANG"], ["2025"], list(HEAD), ["2.1.01", "PAUD", 5_000_000, "DDS"]]
    found = budgets(book(tmp_path / "a.xlsx", {"Satu": sheet("Sebawang", 9_000_000), "Dua": second}))
    assert found.lines.get_column("anggaran").sum() == 14_000_000
    assert found.findings.is_empty(), found.findings["pesan"].to_list()


def test_archives_of_workbooks_and_folders_in_folders(tmp_path: Path) -> None:
    inner = book(tmp_path / "kec/Sesayap/RAPBDes Sebawang.xlsx", {"S": [row for row in sheet("") if row != ["DESA "]]})
    with zipfile.ZipFile(tmp_path / "kiriman.zip", "w") as archive:
        archive.write(book(tmp_path / "luar/x.xlsx", {"Gunawan": sheet("Gunawan")}), "Sesayap/x.xlsx")
        archive.writestr("__MACOSX/._x.xlsx", b"junk")
    found = budgets(tmp_path / "kec", tmp_path / "kiriman.zip")
    assert found.files.select("kode_desa", "cara").rows() == [
        ("6504012007", "nama berkas yang hanya satu"), ("6504012006", "nama di judul yang hanya satu"),
    ]  # fmt: skip
    assert inner.exists()
    assert found.findings.is_empty(), found.findings["pesan"].to_list()


def test_the_same_input_gives_the_same_frames(sample: Budgets) -> None:
    again = budgets(FOLDER, pemetaan=FOLDER / "pemetaan.csv")
    assert (again.lines.equals(sample.lines), again.findings.equals(sample.findings), again.notes) == (
        True,
        True,
        sample.notes,
    )
