"""The data behind `normalise`: strict loading, and no header with two meanings."""

from pathlib import Path

import pytest

from idmcli.errors import ConfigError
from idmcli.normalise.aliases import Aliases
from idmcli.normalise.bps import bps_kabupaten
from idmcli.normalise.layouts import LAYOUTS_FOLDER, load_layouts
from idmcli.normalise.vocabulary import WORDS_FILE, load_vocabulary
from tests.tata_letak import RUBRIC

HEAD = 'judul = "Uji"\nsumber = "uji"\ndiperiksa = 2026-11-21\n'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[kolom", "bukan TOML yang sah"),
        ('judul = "Uji"\n[kolom]\ndesa = ["Desa"]\n', "kunci 'sumber' tidak ada"),
        (HEAD + 'warna = "biru"\n', "kunci 'warna' tidak dikenal"),
        (HEAD, "tidak ada satu judul pun"),
        (HEAD + '[kolom]\ndusun = ["Dusun"]\n', "kolom 'dusun' tidak dikenal"),
        (HEAD + "[kolom]\ndesa = []\n", "daftar teks yang tidak kosong"),
        (HEAD + '[kolom]\ndesa = ["---"]\n', "tidak berisi huruf atau angka"),
        (HEAD + '[kolom]\ndesa = ["Nama Desa", "NAMA_DESA"]\n', "'NAMA_DESA' tercatat dua kali"),
        (HEAD + '[abaikan]\nkolom = ["No"]\n', "kunci 'judul' tidak ada"),
        (HEAD.replace("2026-11-21", '"kemarin"') + '[kolom]\ndesa = ["Desa"]\n', "'diperiksa' harus tanggal"),
    ],
)
def test_a_faulty_layout_names_file_and_fault(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "uji.toml").write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"uji\.toml") as caught:
        load_layouts(tmp_path)
    assert said in str(caught.value)


def test_one_header_cannot_mean_two_columns(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(HEAD + '[kolom]\ndesa = ["Nama"]\n', encoding="utf-8")
    (tmp_path / "b.toml").write_text(HEAD + '[kolom]\nkecamatan = ["NAMA"]\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"\[kolom\] desa di a.toml tetapi \[kolom\] kecamatan di b.toml"):
        load_layouts(tmp_path)
    (tmp_path / "b.toml").write_text(HEAD + '[kolom]\ndesa = ["Jumlah Dokter"]\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="jumlah_dokter"):
        Aliases(load_layouts.__wrapped__(tmp_path), RUBRIC)
    with pytest.raises(ConfigError, match="tidak ada susunan kolom"):
        load_layouts(tmp_path / "tidak-ada")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kosong = [", "hampa = [", "kunci 'kosong' tidak ada"),
        ('MAJU = ["desa maju"]', 'MAJU = ["desa mandiri"]', "ejaan 'desa mandiri'"),
        ('MAJU = ["desa maju"]', "MAJU = 4", "daftar teks"),
    ],
)
def test_a_faulty_word_list_names_the_fault(tmp_path: Path, old: str, new: str, said: str) -> None:
    words = WORDS_FILE.read_text(encoding="utf-8")
    assert old in words
    target = tmp_path / "kata.toml"
    target.write_text(words.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_vocabulary(target)
    assert said in str(caught.value)


def test_a_faulty_bps_prefix_is_refused(tmp_path: Path) -> None:
    content = 'sumber = "uji"\ndiperiksa = 2026-11-21\n[kabupaten]\n65 = "MALINAU"\n'
    (tmp_path / "bps-65.toml").write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match="awalan '65'"):
        bps_kabupaten(tmp_path)


def test_every_packaged_header_is_found_with_and_without_its_year() -> None:
    layouts = load_layouts()
    aliases = Aliases(layouts, RUBRIC)
    assert len(layouts) == len(list(LAYOUTS_FOLDER.glob("*.toml"))) >= 6
    for layout in layouts:
        for alias in layout.aliases:
            header = f"{alias.judul} 2023" if alias.with_year else alias.judul
            match = aliases.find(header)
            assert match is not None, header
            assert (match.nama, match.tahun) == (alias.nama, 2023 if alias.with_year else None), header


def test_a_code_with_another_indicators_name_is_not_taken() -> None:
    aliases = Aliases(load_layouts(), RUBRIC)
    assert [aliases.find(text) for text in ("IKS01 KEGIATAN", "IKS36", "IKS01_DOKTER")] == [None] * 3
    match = aliases.find("IKS02_DOKTER")
    assert match is not None
    assert match.nama == "IKS02"
