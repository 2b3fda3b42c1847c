"""`idm.toml`: found by walking up, strict, and beaten by environment and flags."""

from pathlib import Path

import pytest

from idmcli.errors import ConfigError
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


@pytest.mark.parametrize(
    ("text", "told"),
    [
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
