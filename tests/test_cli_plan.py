"""`idm kopdar-plan` as officers run it: the plan, budgets, scenarios, companies, and the folder of papers."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from idmcli import pipeline
from idmcli.columns import IDENTITY
from idmcli.rubric import load_rubric
from idmcli.settings import Settings
from tests.conftest import SAMPLE, Run
from tests.program import Ended

RUBRIC = load_rubric()
SAMPLES = SAMPLE.parent
PLACE = "650101"
VILLAGE = f"{PLACE}2005"
"""A kecamatan of the sample, small enough to make its papers in a test, and one of its villages."""


@pytest.fixture(scope="module")
def part(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three kecamatan of the sample as a file of their own."""
    scored = pipeline.load(pipeline.Request((str(SAMPLE),)), Settings()).scored
    chosen = scored.filter(pl.col("kode_desa").str.head(6).is_in([PLACE, "650110", "650317"]))
    assert 15 < chosen.height < 60
    target = tmp_path_factory.mktemp("sebagian") / "sebagian.csv"
    chosen.select(*IDENTITY, *RUBRIC.codes).write_csv(target)
    return target


def told(ended: Ended) -> dict[str, Any]:
    assert ended.returncode == 0, ended.stderr
    document: dict[str, Any] = json.loads(ended.stdout)
    return document


def test_every_planned_village_really_rises_and_the_plan_is_proven(idm: Run, part: Path) -> None:
    document = told(idm("kopdar-plan", str(part), "--json"))
    assert document["hasil"]["terbukti"] is True
    gains: dict[str, int] = {}
    for work in document["rencana"]:
        unit = RUBRIC.unit(RUBRIC.dimension_of(work["kode"]))
        gains[work["kode_desa"]] = gains.get(work["kode_desa"], 0) + unit * (work["ke"] - work["dari"])
        assert work["instansi"] in RUBRIC.by_code[work["kode"]].pelaku[work["pelaku"]], work
        assert work["tahun_rencana"] == 2025
    order = [status.nama for status in RUBRIC.status]
    for row in document["desa"]:
        after = RUBRIC.status_at(row["idm_k"] + gains.get(row["kode_desa"], 0)).nama
        assert after == row["status_rencana"], row["desa"]
        assert row["naik_rencana"] is (order.index(after) > order.index(row["status"]))
        assert row["naik_rencana"] or row["keadaan"] != "ada_jalur", f"{row['desa']} could rise, and nothing limits"


def test_budgets_are_kept_to_the_rupiah_and_more_money_never_lifts_fewer(idm: Run, part: Path, tmp_path: Path) -> None:
    lifted = []
    for money in (0, 300_000_000, 1_200_000_000, 9_000_000_000):
        budgets = tmp_path / f"anggaran-{money}.csv"
        budgets.write_text(
            f"pelaku,anggaran\ndesa,{money}\nkabupaten,{money // 2}\nlainnya,0\ncsr,0\nprovinsi,0\npusat,0\n"
        )
        asked = ("--biaya", str(SAMPLES / "biaya.csv"), "--anggaran", str(budgets))
        document = told(idm("kopdar-plan", str(part), "--json", *asked))
        spent: dict[str, int] = {}
        for work in document["rencana"]:
            spent[work["pelaku"]] = spent.get(work["pelaku"], 0) + work["biaya_dihitung"]
        assert spent.get("desa", 0) <= money
        assert spent.get("kabupaten", 0) <= money // 2
        assert {row["pelaku"]: row["terpakai"] for row in document["pemakaian"]}["desa"] == spent.get("desa", 0)
        lifted.append(document["hasil"]["desa_naik"])
    assert lifted == sorted(lifted)
    assert lifted[0] < lifted[-1]


def test_targets_of_the_rpjmd_are_reached_or_the_lack_is_said(idm: Run, part: Path, tmp_path: Path) -> None:
    settings = tmp_path / "idm.toml"
    settings.write_text('[sasaran]\nMANDIRI = 12\n"SANGAT TERTINGGAL" = 0\n')
    asked = ("--target-rpjmd", "--config", str(settings), "--json")
    document = told(idm("kopdar-plan", str(part), *asked))
    after = [row["status_rencana"] for row in document["desa"]]
    assert after.count("MANDIRI") >= 12
    settings.write_text("[sasaran]\nMANDIRI = 4000\n")
    beyond = told(idm("kopdar-plan", str(part), *asked))
    assert any("4.000" in line for line in beyond["hasil"]["catatan"])


def test_scenarios_stand_side_by_side(idm: Run, part: Path) -> None:
    asked = ("--biaya", str(SAMPLES / "biaya.csv"), "--anggaran", str(SAMPLES / "anggaran.csv"))
    ended = idm("kopdar-plan", str(part), *asked, "--skenario", str(SAMPLES / "skenario.toml"))
    assert ended.returncode == 0, ended.stderr
    table = ended.stdout.partition("\nSkenario\n")[2]
    for words in ("rencana", "  desa naik status", "  biaya (juta Rp)", "  kabupaten", "  terbukti terbaik"):
        assert words in table, "80 columns hold every label"
    assert "…" not in table, "and every figure"


def test_papers_are_made_once_and_edited_ones_are_left_alone(idm: Run, part: Path, tmp_path: Path) -> None:
    folder = tmp_path / "dokumen"
    asked = ("--dokumen", str(folder), "--format", "html,pdf,docx", "--poster", "--hanya", VILLAGE, "--jobs", "1")
    company = ("--csr", "650317, TANJUNG PALAS", "--perusahaan", "PT Contoh & Anak", "--kertas", "f4")
    first = idm("kopdar-plan", str(part), *asked, *company)
    assert first.returncode == 0, first.stderr
    made = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    names = set(made)
    assert {"ringkasan.xlsx", "rencana.xlsx", "idm-dokumen.json", "csr/LAMPIRAN MOU PT CONTOH & ANAK.xlsx"} <= names
    sheets = [name for name in names if name.startswith("lembar/")]
    assert {name.rsplit(".", 1)[1] for name in sheets} == {"html", "pdf", "docx"}
    assert all(f"/{VILLAGE}" in name for name in sheets)
    assert any(name.startswith("pelaku/") for name in names)
    for name in names:
        if name.endswith(".xlsx"):
            openpyxl.load_workbook(folder / name, read_only=True).close()
    edited = next(folder.glob("lembar/**/*.docx"))
    edited.write_bytes(edited.read_bytes() + b"disunting")
    lost = next(folder.glob("poster/**/*.pdf"))
    lost.unlink()
    second = idm("kopdar-plan", str(part), *asked, *company)
    assert second.returncode == 0, second.stderr
    assert "1 dibuat" in second.stderr
    assert "sudah disunting" in second.stderr
    assert edited.read_bytes().endswith(b"disunting")
    assert lost.read_bytes() == made[lost.relative_to(folder).as_posix()], "the same input gives the same bytes"
    books = [name for name in names if name.endswith(".xlsx")]
    earlier = ("--baseline", str(SAMPLES / "kaltara-2023.xlsx"))
    compared = idm("kopdar-plan", str(part), *asked, *company[:-1], "a4", *earlier)
    assert f"{len(books)} dibuat" in compared.stderr, "paper size and baseline make every workbook anew, and no sheet"
    assert (folder / "ringkasan.xlsx").read_bytes() != made["ringkasan.xlsx"]


def test_a_place_that_cannot_be_written_stops_no_other_paper(idm: Run, part: Path, tmp_path: Path) -> None:
    folder = tmp_path / "dokumen"
    folder.mkdir()
    (folder / "lembar").write_text("penghalang")
    asked = ("--dokumen", str(folder), "--format", "html", "--poster", "--hanya", VILLAGE, "--jobs", "1", "-q")
    ended = idm("kopdar-plan", str(part), *asked)
    assert ended.returncode == 5, ended.stderr
    assert f"lembar/BULUNGAN/TANJUNG PALAS/{VILLAGE} GUNUNG PUTIH" in ended.stderr
    assert list(folder.glob("poster/**/*.html"))
    assert list(folder.glob("pelaku/**/*.xlsx"))


def test_a_village_without_a_figure_gets_a_sheet_that_says_what_is_missing(
    idm: Run, part: Path, tmp_path: Path
) -> None:
    rows = pl.read_csv(part, infer_schema_length=0)
    holed, folder = tmp_path / "berlubang.csv", tmp_path / "dokumen"
    code = rows.item(0, "kode_desa")
    empty = pl.when(pl.col("kode_desa") == code).then(pl.lit(None)).otherwise(pl.col("IKS03")).alias("IKS03")
    rows.with_columns(empty).write_csv(holed)
    ended = idm("kopdar-plan", str(holed), "--dokumen", str(folder), "--format", "html", "--hanya", code, "-q")
    assert ended.returncode == 1, ended.stderr
    assert "Skor kosong: IKS03" in next(folder.glob("lembar/**/*.html")).read_text(encoding="utf-8")


def test_an_office_replaces_templates_and_a_wrong_one_is_named(idm: Run, part: Path, tmp_path: Path) -> None:
    own = tmp_path / "templat"
    own.mkdir()
    page = own / "lembar.html.j2"
    page.write_text("<html lang='id'><title>{{ judul }}</title>\n<p>{{ kepala.nama }}</p></html>\n", encoding="utf-8")
    folder = tmp_path / "dokumen"
    asked = ("--dokumen", str(folder), "--format", "html", "--hanya", VILLAGE, "--templat", str(own), "-q")
    assert idm("kopdar-plan", str(part), *asked).returncode == 0
    assert "<p>Desa GUNUNG PUTIH" in next(folder.glob("lembar/**/*.html")).read_text(encoding="utf-8")
    wrong = tmp_path / "templat-salah"
    wrong.mkdir()
    (wrong / page.name).write_text("<p>\n{{ tidak_ada }}</p>\n", encoding="utf-8")
    ended = idm("kopdar-plan", str(part), *asked[:-2], str(wrong), "-q")
    assert ended.returncode == 4
    assert "lembar.html.j2 baris 2" in ended.stderr
    assert "tidak ada isi bernama 'tidak_ada'" in ended.stderr
    (wrong / page.name).write_bytes(b"<p>\xff</p>")
    ended = idm("kopdar-plan", str(part), *asked[:-2], str(wrong), "-q")
    assert ended.returncode == 4
    assert f"{wrong / page.name} tidak dapat dipakai: bukan teks UTF-8. Perbaiki" in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--format", "gif", "--dokumen", "x"), 2, "gif"),
        (("--kertas", "a3"), 2, "a4, f4"),
        (("--tanggal", "kemarin"), 2, "2026-11-21"),
        (("--templat", "tidak-ada"), 2, "tidak-ada"),
        (("--hanya", "99", "--dokumen", "{tmp}/x"), 2, "tidak ada desa dengan kode itu"),
        (("--dokumen", "samples/kaltara.csv"), 2, "bukan folder"),
        (("--target-rpjmd",), 4, "sasaran"),
        (("--anggaran", "samples/anggaran.csv"), 4, "--biaya"),
        (("--csr", "NEGERI DI AWAN"), 2, "tidak memuat satu desa pun"),
        (("--skenario", "tidak-ada.toml"), 4, "tidak-ada.toml"),
        (("--detik", "0"), 2, "mulai 1"),
        (("--target-rpjmd", "--target", "MAJU"), 2, "--target dan --target-rpjmd"),
    ],
)
def test_what_cannot_be_asked_is_said(
    idm: Run, part: Path, tmp_path: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    ended = idm("kopdar-plan", str(part), *(text.replace("{tmp}", str(tmp_path)) for text in arguments))
    assert (ended.returncode, words in ended.stderr) == (code, True), ended.stderr


def test_a_limit_that_binds_nothing_is_said(idm: Run, part: Path, tmp_path: Path) -> None:
    budgets = tmp_path / "anggaran.csv"
    budgets.write_text("wilayah,kapasitas\n6501,3\n6511,0\n")
    groups = tmp_path / "kawasan.csv"
    groups.write_text("kode_desa,kawasan\n6511012001,Seberang\n")
    ended = idm("kopdar-plan", str(part), "--anggaran", str(budgets), "--kawasan", str(groups))
    assert ended.returncode == 0, ended.stderr
    said = " ".join(ended.stdout.split())
    assert "wilayah 6511 tidak dipakai" in said
    assert "1 desa dalam berkas kawasan tidak ada" in said


def test_a_limit_of_gap_leaves_the_plan_and_its_paths_alone(idm: Run, part: Path, tmp_path: Path) -> None:
    settings = tmp_path / "idm.toml"
    settings.write_text("[gap]\nmaks_indikator = 1\n")
    document = told(idm("kopdar-plan", str(part), "--config", str(settings), "--json"))
    assert {row["keadaan"] for row in document["desa"] if row["naik_rencana"]} == {"ada_jalur"}


def test_a_least_number_for_a_strange_kabupaten_names_the_settings(idm: Run, part: Path, tmp_path: Path) -> None:
    settings = tmp_path / "idm.toml"
    settings.write_text("[rencana.minimum]\nBOGOR = 1\n")
    ended = idm("kopdar-plan", str(part), "--config", str(settings))
    assert ended.returncode == 4
    assert "idm.toml" in ended.stderr
    assert "BOGOR" in ended.stderr


def test_a_recap_cannot_be_planned(idm: Run) -> None:
    ended = idm("kopdar-plan", str(SAMPLES / "kaltara-rekap.xlsx"), "--tahun", "2024")
    assert ended.returncode == 3
    assert "rekap" in ended.stderr
