"""The packaged edition says what the regulation says, every answer has one score, and a faulty edition is refused."""

import csv
import shutil
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import idmcli
from idmcli.errors import RubricError
from idmcli.rubric import ACTORS, Bounds, Indicator, LockRule, Rubric, list_editions, load_rubric

OFFICIAL = Path(__file__).parents[1] / "../shared/facts/indicator-scores.csv"
FAULTS = Path(__file__).parent / "rubrik_cacat"
WHOLE = FAULTS / "utuh"
RUBRIC = load_rubric()
NUMERIC = [indicator for indicator in RUBRIC.indikator if indicator.jawaban.jenis not in ("ada", "pilihan")]


def holds(bounds: Bounds, answer: Decimal) -> bool:
    above = bounds.bawah is None or answer > bounds.bawah or (bounds.bawah_termasuk and answer == bounds.bawah)
    below = bounds.atas is None or answer < bounds.atas or (bounds.atas_termasuk and answer == bounds.atas)
    return above and below


def scores_of(indicator: Indicator, answer: Decimal | str) -> list[int]:
    if isinstance(answer, str):
        return [row.skor for row in indicator.skor if answer in row.pilihan]
    return [row.skor for row in indicator.skor if row.batas is not None and holds(row.batas, answer)]


def test_index_arithmetic_follows_from_the_data() -> None:
    assert list_editions() == ("idm-2016",)
    assert RUBRIC.edisi == "idm-2016"
    assert [(d.kode, d.kolom, len(d.indikator), d.maksimum, RUBRIC.unit(d)) for d in RUBRIC.dimensi] == [
        ("IKS", "iks", 35, 175, 12),
        ("IKE", "ike", 12, 60, 35),
        ("IKL", "ikl", 3, 15, 140),
    ]
    assert RUBRIC.scale == 6300
    assert [(status.nama, status.k_min) for status in RUBRIC.status] == [
        ("SANGAT TERTINGGAL", 0),
        ("TERTINGGAL", 3092),
        ("BERKEMBANG", 3774),
        ("MAJU", 4456),
        ("MANDIRI", 5138),
    ]
    for status in RUBRIC.status[1:]:
        assert status.ambang is not None
        assert status.skor_minimal == status.ambang + Decimal("0.0001")
        assert Fraction(status.k_min - 1, 6300) <= Fraction(status.ambang) < Fraction(status.k_min, 6300)


def test_every_official_score_actor_and_gain_is_there() -> None:
    if not OFFICIAL.exists():
        pytest.skip(f"fakta resmi tidak ada di {OFFICIAL}")
    with OFFICIAL.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) == 178
    official = {(row["dimensi"] + row["no"].zfill(2), int(row["skor"])) for row in rows}
    assert official == {(i.kode, skor) for i in RUBRIC.indikator for skor in i.allowed}
    for row in rows:
        indicator = RUBRIC.by_code[row["dimensi"] + row["no"].zfill(2)]
        assert indicator.label == row["indikator"]
        dimension = RUBRIC.dimension_of(indicator.kode)
        gain = Fraction((5 - int(row["skor"])) * RUBRIC.unit(dimension), RUBRIC.scale)
        assert abs(gain - Fraction(row["nilai_tambah"])) <= Fraction(1, 2 * 10**8), row
        assert [actor for actor in ACTORS if row[actor]] == list(indicator.pelaku), indicator.kode


@pytest.mark.parametrize(
    ("kode", "answer", "skor"),
    [
        ("IKS01", 30, 5), ("IKS01", "30.5", 4), ("IKS01", 120, 2), ("IKS01", 121, 1),
        ("IKS02", 0, 0), ("IKS02", 1, 5), ("IKS03", 0, 1),
        ("IKS04", 1, 2), ("IKS04", 4, 4), ("IKS04", 5, 5),
        ("IKS05", "0.0999", 1), ("IKS05", "0.1", 2), ("IKS05", "0.25", 2), ("IKS05", "0.255", 3),
        ("IKS05", "0.55", 4), ("IKS05", "0.75", 4), ("IKS05", "0.7501", 5),
        ("IKS06", 120, 5), ("IKS06", 500, 5), ("IKS06", 501, 4), ("IKS06", 3500, 2),
        ("IKS09", 12000, 2), ("IKS10", "12000.01", 1),
        ("IKS16", 0, 0), ("IKS16", 2, 3), ("IKS16", 3, 5),
        ("IKS18", 3, 2), ("IKS18", "3.5", 3), ("IKS19", 7, 4), ("IKS19", 8, 5),
        ("IKS22", 1, 1), ("IKS26", 3, 2), ("IKS27", 6, 2), ("IKS27", 7, 1),
        ("IKS28", "0.595", 2), ("IKS28", "0.6", 3), ("IKS28", "0.9", 5),
        ("IKE01", "0.0035", 3), ("IKE01", "0.004", 5), ("IKE02", "7.5", 4), ("IKE02", 25, 2),
        ("IKE03", "249.9", 3), ("IKE03", 250, 5), ("IKE08", 4, 5), ("IKE09", 1, 3),
        ("IKL01", 4, 0), ("IKL01", 3, 2), ("IKL02", 3, 0), ("IKL03", 3, 5), ("IKL03", 4, 5),
    ],
)  # fmt: skip
def test_answers_at_the_edges(kode: str, answer: int | str, skor: int) -> None:
    assert scores_of(RUBRIC.by_code[kode], Decimal(answer)) == [skor]


@pytest.mark.parametrize(
    ("kode", "answer", "skor"),
    [
        ("IKS14", "tidak", 1), ("IKS25", "ada", 1), ("IKS25", "tidak", 5), ("IKS29", "tidak ada", 0),
        ("IKS32", "umum", 3), ("IKS33", "dibakar", 4), ("IKS34", "ledeng", 5), ("IKS34", "pdam", 5),
        ("IKS35", "air hujan", 2), ("IKE10", "tanpa trayek tetap", 3), ("IKE11", "sepanjang tahun", 5),
        ("IKE12", "kerikil", 4),
    ],
)  # fmt: skip
def test_words_an_officer_would_type(kode: str, answer: str, skor: int) -> None:
    assert scores_of(RUBRIC.by_code[kode], answer) == [skor]


@given(st.sampled_from(NUMERIC), st.decimals(0, 10**6, allow_nan=False, places=4))
def test_every_answer_has_exactly_one_score(indicator: Indicator, answer: Decimal) -> None:
    assert len(scores_of(indicator, answer)) == 1, (indicator.kode, answer)
    assert not scores_of(indicator, -1 - answer)


def test_no_village_is_left_without_advice() -> None:
    for indicator in RUBRIC.indikator:
        for row in indicator.skor:
            assert bool(row.kegiatan) is (row.skor < 5), (indicator.kode, row.skor)
            assert row.kegiatan != row.syarat
            assert row.acuan in RUBRIC.acuan
    assert [i.kode for i in RUBRIC.indikator if not i.dapat_digerakkan] == ["IKS20", "IKS21", "IKS22"]
    zero = {i.kode: i.jawaban.skor_penyebut_nol for i in RUBRIC.indikator if i.jawaban.jenis == "rasio"}
    assert zero == {"IKS05": None, "IKS07": 1, "IKS28": None, "IKE01": None, "IKE03": 1}


def test_offices_are_spelled_as_they_are_called() -> None:
    named = {office for i in RUBRIC.indikator for offices in i.pelaku.values() for office in offices}
    assert named == set(RUBRIC.instansi)
    assert RUBRIC.instansi["BPBD"] == "Badan Penanggulangan Bencana Daerah"
    misspelt = {"BPDB", "DPBD", "DD", "Kemepora", "Kemenperpus Arsip", "DIKNAS", "DISPERINDAKOP UKM"}
    assert not misspelt & named
    assert RUBRIC.by_code["IKL03"].pelaku == {
        "pusat": ("BNPB", "Kemendes"),
        "provinsi": ("Dishut", "KPH", "BPBD", "Dinsos"),
        "kabupaten": ("BPBD", "Dinsos"),
        "desa": ("Pemerintah Desa",),
        "csr": ("Perusahaan (CSR)",),
    }


def test_what_a_plan_reckons_with_is_told_for_every_indicator() -> None:
    rules = {indicator.kode: indicator.rencana for indicator in RUBRIC.indikator}
    assert [kode for kode, rule in rules.items() if rule.terkunci] == ["IKS20", "IKS21", "IKS22", "IKS27", "IKL02"]
    assert {kode: "|".join(map(str, rule.kunci_bila)) for kode, rule in rules.items() if rule.kunci_bila} == {
        "IKS16": "IKS15<5",
        "IKS31": "IKS29<3",
        "IKE03": "IKE03>=3",
        "IKE07": "IKS29<3",
        "IKL03": "IKL02=5",
    }
    shared = {kind: [kode for kode, rule in rules.items() if rule.bersama == kind] for kind in ("kecamatan", "kawasan")}
    assert shared == {
        "kecamatan": ["IKS10", "IKS29", "IKS31", "IKE02", "IKE03"],
        "kawasan": ["IKE06", "IKE09"],
    }
    for kode, rule in rules.items():
        assert rule.instansi in RUBRIC.by_code[kode].pelaku[rule.pelaku], kode
        assert rule.beban >= 10, kode
        assert (rule.naik_setahun is None) is (not RUBRIC.by_code[kode].dapat_digerakkan), kode


@pytest.mark.parametrize(
    ("rule", "locked"),
    [
        (LockRule("IKL02", "=", 5), [False, False, False, False, False, True]),
        (LockRule("IKS29", "<", 3), [True, True, True, False, False, False]),
        (LockRule("IKE03", ">=", 3), [False, False, False, True, True, True]),
    ],
)
def test_locks_compare_the_villages_own_score(rule: LockRule, locked: list[bool]) -> None:
    assert [rule.holds(skor) for skor in range(6)] == locked


def copy_with(folder: Path, overlay: Path | None = None) -> Path:
    edition = shutil.copytree(WHOLE, folder / "cacat")
    for file in overlay.iterdir() if overlay else ():
        if file.name != "pesan.txt":
            shutil.copy(file, edition)
    return edition


@pytest.mark.parametrize("fault", sorted(f.name for f in FAULTS.iterdir() if f.name != "utuh"))
def test_a_faulty_edition_is_refused_with_file_row_and_key(fault: str, tmp_path: Path) -> None:
    with pytest.raises(RubricError) as caught:
        load_rubric(copy_with(tmp_path, FAULTS / fault))
    assert str(caught.value) == (FAULTS / fault / "pesan.txt").read_text(encoding="utf-8").rstrip("\n")
    assert caught.value.exit_code == 4


def test_an_edition_outside_the_package(tmp_path: Path) -> None:
    edition = copy_with(tmp_path)
    rubric = load_rubric(str(edition))
    assert (rubric.scale, [status.k_min for status in rubric.status]) == (60, [0, 31, 49])
    # what Excel and git make of text files on Windows changes neither content nor hash
    for file in edition.iterdir():
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    again = load_rubric(edition)
    assert again == rubric
    (edition / "pelaku.csv").unlink()
    with pytest.raises(RubricError, match=r"cacat/pelaku\.csv tidak ada"):
        load_rubric(edition)
    with pytest.raises(RubricError, match=r'Edisi "idm-2061" tidak ditemukan.*idm-2016'):
        load_rubric("idm-2061")


def test_one_changed_rule_changes_the_hash(tmp_path: Path) -> None:
    before: Rubric = load_rubric(copy_with(tmp_path))
    file = tmp_path / "cacat/skor.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("Membina", "Membina kader"), encoding="utf-8")
    assert load_rubric(tmp_path / "cacat").hash != before.hash


def test_a_changed_copy_does_not_pass_for_the_packaged_edition(tmp_path: Path) -> None:
    packaged = Path(idmcli.__file__).parent / "data/rubrik/idm-2016"
    copy = shutil.copytree(packaged, tmp_path / "kantor")
    assert load_rubric(copy) == RUBRIC
    file = copy / "skor.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("30 menit", "setengah jam"), encoding="utf-8")
    assert load_rubric(copy).edisi == "idm-2016 diubah (kantor)"
    file = copy / "edisi.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("idm-2016", "kantor-2027"), encoding="utf-8")
    assert load_rubric(copy).edisi == "kantor-2027"


def test_reading_the_rubric_does_not_load_polars() -> None:
    code = "import sys; from idmcli.rubric import load_rubric; load_rubric(); sys.exit('polars' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[1])
