"""`idm import`: ministry documents to workbooks; what is good stays good, and what is missing is named."""

import json
from pathlib import Path

import openpyxl
import polars as pl
import pytest
import typer
from polars.testing import assert_frame_equal

from idmcli import columns as col
from idmcli import pipeline
from idmcli.commands import import_
from idmcli.errors import InputError, UsageError
from idmcli.pipeline.importing import Imported, import_documents
from idmcli.pipeline.merging import MergeRequest
from idmcli.regions import load_regions
from idmcli.settings import load_settings
from tests.conftest import SAMPLE

DOCUMENTS = SAMPLE.parent / "rumusan"
ORACLE = Path(__file__).parents[1] / "../shared/oracle/rumusan-json"
REFUSED = (DOCUMENTS / "6503999999-2024.json").read_bytes()
FIRST, SECOND = load_regions().frame[col.KODE_DESA].head(2)
SETTINGS = load_settings(None, None)


def imported(*files: str | Path, pilih: tuple[str, ...] = (), tahun: int | None = None) -> Imported:
    return import_documents(MergeRequest(tuple(map(str, files)), tahun=tahun, pilih=pilih), SETTINGS)


def document(folder: Path, kode: str, tahun: int, skor: int | None = None) -> Path:
    """The sample's first document for another village and year, with another score of the first indicator."""
    source = min(path for path in DOCUMENTS.glob("*.json") if path.read_bytes() != REFUSED)
    content = json.loads(source.read_text(encoding="utf-8").replace("2024", str(tahun)))
    data = content["mapData"]
    data["IDENTITAS"][0]["id_desa"] = kode
    data["SUMMARIES"]["TAHUN"] = tahun
    if skor is not None:
        data["ROW"][0]["SKOR"] = skor
    folder.mkdir(exist_ok=True)
    target = folder / f"{kode}-{tahun}.json"
    target.write_text(json.dumps(content), encoding="utf-8")
    return target


def test_documents_become_a_sheet_per_year(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for kode, tahun in ((FIRST, 2022), (FIRST, 2024), (SECOND, 2024)):
        document(tmp_path / "in", kode, tahun)
    (tmp_path / "in" / f"{SECOND}-2022.json").write_bytes(REFUSED)
    (tmp_path / "in" / f"{FIRST}-2022b.json").write_bytes(REFUSED)
    target = tmp_path / "hasil.xlsx"
    import_.run([str(tmp_path / "in")], output=str(target))
    assert openpyxl.load_workbook(target, read_only=True).sheetnames[:2] == ["SKOR 2022", "SKOR 2024"]
    again = pipeline.load_scores(pipeline.Request((str(target),)), SETTINGS)
    direct = pipeline.load_scores(pipeline.Request((str(tmp_path / "in"),)), SETTINGS)
    same = [name for name in direct.scored.columns if name not in {*col.PROVENANCE, col.CODE_METHOD, col.CODE_PROPOSAL}]
    assert again.notes == ()
    key = [col.TAHUN, col.KODE_DESA]
    assert_frame_equal(again.scored.sort(key).select(same), direct.scored.sort(key).select(same))

    shown = " ".join(capsys.readouterr().out.split())
    assert "Dokumen tanpa isi: 2; tidak menggantikan baris yang baik" in shown
    assert "1 di antaranya punya dokumen baik" in shown
    merged = imported(tmp_path / "in").joined.merged
    missing = merged.tidak_ada.filter(pl.col(col.KODE_DESA) == SECOND)[col.TAHUN].to_list()
    assert missing == [2022, 2023], "the year between two years is expected too"
    assert merged.wilayah == ("650101",)
    with pytest.raises(typer.Exit):
        import_.run([str(tmp_path / "in")], strict=True, quiet=True)


def test_an_error_document_never_replaces_a_good_row(tmp_path: Path) -> None:
    good = document(tmp_path / "lama", FIRST, 2024)
    target = tmp_path / "hasil.xlsx"
    import_.run([str(good)], output=str(target), quiet=True)
    before = target.read_bytes()
    new = tmp_path / "baru"
    document(new, SECOND, 2024)
    (new / f"{FIRST}-2024.json").write_bytes(REFUSED)
    with pytest.raises(UsageError, match="sudah ada"):
        import_.run([str(new)], output=str(target))
    with pytest.raises(UsageError, match=rf"1 baris baik di .* akan hilang \(misalnya {FIRST} .*--tambah"):
        import_.run([str(new)], output=str(target), force=True)
    assert target.read_bytes() == before
    with pytest.raises(InputError, match="jawaban galat"):
        import_.run([str(new / f"{FIRST}-2024.json")], output=str(target), force=True)
    assert target.read_bytes() == before

    import_.run([str(new)], output=str(target), tambah=True, quiet=True)
    rows = pipeline.load(pipeline.Request((str(target),)), SETTINGS).table.desa
    assert rows[col.KODE_DESA].to_list() == [FIRST, SECOND]
    assert rows["ASAL"].to_list() == [f"{good}, baris 1 (lewat {target})", f"{new / SECOND}-2024.json, baris 1"]


def test_another_year_does_not_drop_those_before(tmp_path: Path) -> None:
    target = tmp_path / "hasil.xlsx"
    import_.run([str(document(tmp_path, FIRST, 2023))], output=str(target), quiet=True)
    import_.run([str(document(tmp_path, FIRST, 2024))], output=str(target), tahun=2024, tambah=True, quiet=True)
    assert pipeline.load(pipeline.Request((str(target),)), SETTINGS).table.desa[col.TAHUN].to_list() == [2023, 2024]


def test_two_downloads_that_differ_wait_for_a_choice(tmp_path: Path) -> None:
    one, other = document(tmp_path / "a", FIRST, 2024, 1), document(tmp_path / "b", FIRST, 2024, 2)
    with pytest.raises(typer.Exit) as stopped:
        import_.run([str(one), str(other)], quiet=True)
    assert stopped.value.exit_code == 1
    assert imported(one, other).joined.merged.konflik["kolom"].to_list() == ["IKS01"]
    chosen = imported(one, other, pilih=(str(other),)).joined.merged
    assert chosen.desa["IKS01"].to_list() == [2]


def test_one_file_per_year(tmp_path: Path) -> None:
    for tahun in (2023, 2024):
        document(tmp_path / "in", FIRST, tahun)
    import_.run([str(tmp_path / "in")], output=str(tmp_path / "idm-{tahun}.xlsx"), quiet=True)
    for tahun in (2023, 2024):
        found = pipeline.load(pipeline.Request((str(tmp_path / f"idm-{tahun}.xlsx"),)), SETTINGS)
        assert found.table.desa.select(col.KODE_DESA, col.TAHUN).rows() == [(FIRST, tahun)]
    with pytest.raises(UsageError, match=r"idm-2023\.xlsx sudah ada"):
        import_.run([str(tmp_path / "in")], output=str(tmp_path / "idm-{tahun}.xlsx"))


def test_only_documents_are_imported(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"bukan dokumen JSON.*idm merge"):
        imported(SAMPLE)
    with pytest.raises(InputError, match="Tidak ada dokumen JSON"):
        imported(SAMPLE.parents[1] / "idmcli" / "data" / "wilayah")
    with pytest.raises(UsageError, match="--tambah memerlukan berkas hasil"):
        import_.run([str(DOCUMENTS)], tambah=True)


def test_official_documents(tmp_path: Path) -> None:
    if not ORACLE.is_dir():
        pytest.skip(f"tidak ada {ORACLE}")
    target = tmp_path / "sesayap-hilir.xlsx"
    import_.run([str(ORACLE)], output=str(target), quiet=True)
    again = pipeline.load_scores(pipeline.Request((str(target),)), SETTINGS).scored
    direct = pipeline.load_scores(pipeline.Request((str(ORACLE),)), SETTINGS).scored
    key = [col.TAHUN, col.KODE_DESA]
    figures = [*key, "desa", *(name for name in direct.columns if name.startswith(("IK", "ik", "idm", "status")))]
    assert again.height == 28
    assert_frame_equal(again.sort(key).select(figures), direct.sort(key).select(figures))
    missing = imported(ORACLE).joined.merged.tidak_ada
    assert missing.select("desa", col.TAHUN).rows() == [("SESAYAP SELOR", year) for year in range(2021, 2025)]
