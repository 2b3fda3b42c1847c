"""`idm.toml`: found by walking up, strict, and beaten by environment and flags."""

from pathlib import Path

import pytest

from idmcli.errors import ConfigError
from idmcli.parameters import Bucket, PlanSettings
from idmcli.settings import load_settings


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("IDM_EDISI", raising=False)
    monkeypatch.delenv("IDM_CONFIG", raising=False)
    monkeypatch.chdir(tmp_path)


def test_flag_beats_environment_beats_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().edisi == "idm-2016"
    (tmp_path / "idm.toml").write_text('edisi = "./rubrik-kami"\n[sasaran]\nMANDIRI = 90\n', encoding="utf-8")
    below = tmp_path / "data" / "2024"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    found = load_settings()
    assert Path(found.edisi) == tmp_path / "rubrik-kami"
    assert found.sasaran == {"MANDIRI": 90}
    monkeypatch.setenv("IDM_EDISI", "dari-lingkungan")
    assert load_settings().edisi == "dari-lingkungan"
    assert load_settings(edisi="dari-perintah").edisi == "dari-perintah"


def test_locks_and_plan_of_the_office(tmp_path: Path) -> None:
    text = "[gap]\nkunci = ['iks27']\nmaks_indikator = 3\n[rencana]\ntahun = 2025\nbiaya = 'harga.csv'\n"
    (tmp_path / "idm.toml").write_text(
        f"{text}[rencana.minimum]\n6503 = 20\n[[rencana.anggaran]]\npelaku = 'desa'\nanggaran = 9_000\n",
        encoding="utf-8",
    )
    found = load_settings()
    assert (found.gap_kunci, found.gap_buka, found.maks_indikator) == (frozenset({"IKS27"}), frozenset(), 3)
    assert (found.rencana.tahun, found.rencana.biaya) == (2025, tmp_path / "harga.csv")
    assert (found.rencana.minimum, found.rencana.anggaran) == ({"6503": 20}, (Bucket("desa", anggaran=9000),))
    (tmp_path / "idm.toml").unlink()
    assert load_settings().rencana == PlanSettings()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[gap]\nkunci = 'IKS27'\n", "gap.kunci salah jenis"),
        ("[gap]\nbuka = [27]\n", "gap.buka salah jenis"),
        ("[gap]\nmaks_indikator = 0\n", "Tulis bilangan bulat mulai 1."),
        ("[rencana]\nanggaran = [1]\n", "rencana.anggaran bukan deretan tabel"),
        ("[[rencana]]\ntahun = 2025\n", "rencana salah jenis"),
        ("edisi = 2016\n", "edisi"),
        ("edsi = 'x'\n", "Mungkin maksudnya edisi"),
        ("[classify]\npantau = 3\n", "classify.pantau"),
        ("edisi = \n", "bukan TOML"),
        ("edisi = 'a'\nedisi = 'b'\n", "bukan TOML"),
    ],
)
def test_a_bad_file_is_named(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "idm.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        load_settings()
    assert "idm.toml" in str(raised.value)
    assert told in str(raised.value)


def test_a_named_file_must_exist() -> None:
    with pytest.raises(ConfigError, match="tidak ada"):
        load_settings("kantor.toml")
