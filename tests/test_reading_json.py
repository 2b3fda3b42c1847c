"""Ministry documents and our own JSON output as grids; what is no village is listed and stops nothing."""

import json
from pathlib import Path

import polars as pl
import pytest

from idmcli.errors import InputError
from idmcli.reading import read
from idmcli.tables import Grid
from tests.berkas import rumusan

ORACLE = Path(__file__).parents[1] / "../shared/oracle"


def single(grids: tuple[Grid, ...]) -> Grid:
    assert len(grids) == 1, [grid.berkas for grid in grids]
    return grids[0]


def test_ministry_documents_are_one_grid_and_bad_ones_are_listed(tmp_path: Path) -> None:
    (tmp_path / "1.json").write_text(json.dumps(rumusan("6504022001", 2023)))
    (tmp_path / "2.json").write_text('{"status":400,"error":true,"message":"ID Desa tidak ditemukan"}')
    (tmp_path / "3.json").write_text('{"status":200,')
    (tmp_path / "4.json").write_text(json.dumps([rumusan("6504022001", 2024), {"nama": "lain"}]))
    (tmp_path / "5.json").write_text('{"name": "paket", "version": "1.0"}')
    (tmp_path / "6.json").write_text("<!DOCTYPE html><html><body>502 Bad Gateway</body></html>")
    reading = read([str(tmp_path)])
    grid = single(reading.grids)
    header, *rows = grid.cells.rows()
    assert header[:8] == (
        "kode_desa",
        "provinsi",
        "kabupaten",
        "kecamatan",
        "desa",
        "tahun",
        "Skor Akses Sarkes",
        "Skor Bidan",
    )
    assert header[8:] == (
        "iks_terbit",
        "status_terbit",
        "target_status_terbit",
        "skor_minimal_terbit",
        "penambahan_terbit",
    )
    assert rows[0] == (
        *("6504022001", "A", "B", "C", "CONTOH", "2023", "5", "5"),
        *("0.86857142857143", "Maju", "MANDIRI", "0.8156", "0.02"),
    )
    assert grid.berkas_per_baris == (str(tmp_path / "1.json"), f"{tmp_path / '4.json'}[0]")
    assert grid.addresses["Skor Bidan"] == "mapData.ROW[1].SKOR"
    assert grid.addresses["kode_desa"] == "mapData.IDENTITAS[0].id_desa"
    assert [(Path(skip.berkas).name, skip.alasan.split(":")[0]) for skip in reading.skipped] == [
        ("2.json", "jawaban galat dari kementerian"),
        ("3.json", "JSON rusak di baris 1"),
        ("4.json[1]", "bukan dokumen rumusan IDM (tidak ada mapData.ROW)"),
        ("5.json", "bukan dokumen rumusan IDM (tidak ada mapData.ROW)"),
        ("6.json", "halaman web (HTML), bukan dokumen JSON"),
    ]
    with pytest.raises(InputError, match="ID Desa tidak ditemukan"):
        read([str(tmp_path / "2.json")])


def test_documents_are_found_at_any_depth_beside_documents(tmp_path: Path) -> None:
    places = ["galat.json", "6504/650402/6504022001-2023.json", "6504/650402/6504022001-2024.json", "6501/x.json"]
    for number, place in enumerate(places):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(json.dumps(rumusan("6504022001", 2020 + number) if number else {"error": True}))
    reading = read([str(tmp_path)])
    assert single(reading.grids).berkas_per_baris == tuple(str(tmp_path / place) for place in sorted(places[1:]))
    assert any("6501" in line and str(Path("6504/650402")) in line for line in reading.assumptions)


@pytest.mark.parametrize("wrap", [False, True], ids=["list", "baris"])
def test_own_json_output_is_a_plain_grid(tmp_path: Path, wrap: bool) -> None:
    records = [{"kode_desa": "6501012005", "iks": 0.30000000000000004}, {"kode_desa": "6501012006", "cocok": True}]
    (tmp_path / "a.json").write_text(json.dumps({"versi": 1, "baris": records} if wrap else records))
    grid = single(read([str(tmp_path / "a.json")]).grids)
    assert grid.cells.rows() == [
        ("kode_desa", "iks", "cocok"),
        ("6501012005", "0.30000000000000004", None),
        ("6501012006", None, "true"),
    ]


@pytest.mark.skipif(not ORACLE.is_dir(), reason="shared/oracle tidak ada")
def test_the_real_ministry_documents_read_as_they_are() -> None:
    reading = read([str(ORACLE / "rumusan-json")])
    grid = single(reading.grids)
    assert not reading.skipped
    assert grid.cells.shape == (29, 64)
    header = grid.cells.row(0)
    assert sum(name.startswith("Skor ") for name in header) == 50
    official = pl.read_csv(ORACLE / "village-years.csv", infer_schema=False)
    names = {"iks_terbit": "iks_resmi", "ike_terbit": "ike_resmi", "ikl_terbit": "ikl_resmi", "kode_desa": "kode_desa"}
    frame = grid.cells.slice(1).rename(dict(zip(grid.cells.columns, header, strict=True)))
    scores = [name for name in header if name.startswith("Skor ") and name in official.columns]
    both = frame.join(official, on=["kode_desa", "tahun"], suffix="_lain")
    assert both.height == 28
    for left, right in {**names, **{name: f"{name}_lain" for name in scores}}.items():
        differing = both.filter(pl.col(left).cast(pl.Float64) != pl.col(right).cast(pl.Float64))
        assert differing.is_empty(), (left, differing)
