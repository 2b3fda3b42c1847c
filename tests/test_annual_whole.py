"""Whole annual reports: workbooks and papers without the charts of the pages, and pages with their charts."""

import json
import time
from pathlib import Path

import pytest

from idmcli.commands import annual_make
from idmcli.report.manifest import check
from tests.annual_report import EARLIER, content, log, office, one_page, small_context
from tests.conftest import Run


@pytest.fixture
def _no_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annual_make, "write_report", one_page)
    monkeypatch.setattr(annual_make, "report_context", small_context)


@pytest.mark.usefixtures("_no_charts")
def test_a_quiet_run_publishes_everything_and_the_same_run_years_later_changes_nothing(
    tmp_path: Path, idm: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = office(tmp_path, EARLIER + 'dokumen = ["lembar", "pelaku", "berita-acara"]\nbentuk_dokumen = "html"\n')
    assert idm("annual-report", "-c", str(config), "-q", "--jobs", "1") == (0, "", "")
    report = tmp_path / "laporan"
    first = content(report)
    assert {"index.html", "laporan.html", "ringkasan.xlsx", "rencana.xlsx", "data/datapackage.json"} <= first.keys()
    assert {name.split("/")[0] for name in first if "/" in name} == {"data", "lembar", "pelaku", "berita-acara"}
    assert check(report).utuh
    manifest = json.loads((report / "manifest.json").read_text())
    assert {one["guna"] for one in manifest["masukan"]} == {"masukan", "sebelumnya", "konfigurasi"}
    assert manifest["hitungan"]["desa"] == 3
    assert (manifest["tanggal"], next(iter(manifest["waktu"]))) == ("2024-12-31", "masukan")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *("data", "dulu", "idm.toml", "laporan", "laporan.log.jsonl", "register-berita-acara.csv")
    ]
    years_later, local = time.time() + 3e8, time.localtime
    monkeypatch.setattr(time, "time", lambda: years_later)
    monkeypatch.setattr(time, "localtime", lambda at=None: local(years_later if at is None else at))
    assert idm("annual-report", "-c", str(config), "-q", "--jobs", "1", "--force").returncode == 0
    assert content(report) == first
    last = log(tmp_path)[-1]
    assert (last["tahap"], last["pesan"]) == ("selesai", "Laporan yang terbit sudah mutakhir")
    told = idm("verify", str(report))
    assert (told.returncode, "utuh" in told.stdout) == (0, True)


def test_a_recap_gives_a_report_without_paths(tmp_path: Path, idm: Run) -> None:
    rows = ["6501012005,GUNUNG PUTIH,2024,0.8,0.6,0.6", "6501012006,PEJALIN,2024,0.6,0.6,0.6"]
    (tmp_path / "rekap.csv").write_text("\n".join(["kode_desa,desa,tahun,iks,ike,ikl", *rows]))
    config = tmp_path / "idm.toml"
    config.write_text('[laporan]\nmasukan = "rekap.csv"\nkeluaran = "laporan"\nformat = "html"\ndokumen = "lembar"\n')
    ended = idm("annual-report", "-c", str(config), "--json")
    document = json.loads(ended.stdout)
    assert (document["hitungan"]["desa"], "rencana" in document["hitungan"]) == (2, False), ended.stderr
    assert "</html>" in (tmp_path / "laporan" / "laporan.html").read_text(encoding="utf-8")
    assert any("rekap" in note for note in document["catatan"])
    assert any("tidak ada dokumen lembar" in line["pesan"] for line in log(tmp_path))
    assert {path.name for path in (tmp_path / "laporan").iterdir()} == {
        *("data", "index.html", "laporan.html", "manifest.json", "ringkasan.xlsx")
    }
