"""The rules as data: complete, and refused with file and key named where they are not."""

from pathlib import Path

import pytest

from idmcli.errors import ConfigError
from idmcli.validate import IMPLEMENTED, rules
from idmcli.validate.catalog import RULES_FILE, load_catalog
from tests.validate_tables import rubric


def test_code_and_data_hold_the_same_rules() -> None:
    assert sorted({rule.nama for rule in rules()}) == sorted(set(IMPLEMENTED))


def test_contradictions_and_copies_name_columns_of_the_rubric() -> None:
    known = set(rubric().codes) | {one.nama for each in rubric().indikator for one in each.jawaban.variabel}
    catalog = load_catalog()
    named = {name for each in catalog.kontradiksi for name in each.columns}
    named |= {name for each in catalog.salinan for name in (each.asal, each.salinan)}
    assert named <= known


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            'nama = "kolom_kurang"\ntingkat = "galat"',
            'nama = "kolom_kurang"\ntingkat = "gawat"',
            ("kolom_kurang", "gawat"),
        ),
        ('judul = "Kolom tidak ada"\n', "", ("kolom_kurang", "judul")),
        ('judul = "Kolom tidak ada"', 'judul = " "', ("kolom_kurang", "judul")),
        ('nama = "kolom_ganda"', 'nama = "kolom_kurang"', ("kolom_kurang", "dua kali")),
        ("lonjakan_idm = 0.1", 'lonjakan_idm = "banyak"', ("ukuran", "lonjakan_idm")),
        ("lonjakan_idm", "lonjakan", ("ukuran", "lonjakan")),
        (r"(20\d\d)", r"20\d\d", ("kata", "data_lama")),
        (r"(20\d\d)", r"(20\d\d", ("kata", "data_lama")),
        ('tanda = ">", angka = 0', 'tanda = "lebih", angka = 0', ("kontradiksi", "lebih")),
        ('aturan = "janggal"', 'aturan = "aneh"', ("kontradiksi", "aneh")),
        ("baris = 20", "baris = true", ("salinan", "baris")),
        ("[ukuran]", "[ukuran", ("tidak dapat dibaca",)),
    ],
)
def test_a_fault_in_the_rules_names_file_and_key(tmp_path: Path, old: str, new: str, words: tuple[str, ...]) -> None:
    text = RULES_FILE.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "aturan.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        load_catalog(file)
    for word in ("aturan.toml", *words):
        assert word in str(raised.value)
