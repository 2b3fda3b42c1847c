"""The register of numbers: the same unit keeps its number for ever, whatever happens to the run or the file."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from idmcli.documents.register import Register
from idmcli.errors import ConfigError, OutputError

A, B, C = "6501012005", "6501012006", "6501012007"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.csv"


def test_numbers_count_per_year_and_level_and_stay(path: Path) -> None:
    with Register(path) as register:
        assert register.numbers(2024, "desa", [B, A]) == {B: 1, A: 2}
        assert register.number(2024, "kecamatan", "650101") == 1
        assert register.number(2025, "desa", A) == 1
    assert path.read_text() == (
        f"tahun,level,kode,nomor\n2024,desa,{B},1\n2024,desa,{A},2\n2024,kecamatan,650101,1\n2025,desa,{A},1\n"
    )
    with Register(path) as register:
        assert register.numbers(2024, "desa", [A, C, B]) == {A: 2, C: 3, B: 1}
    assert sorted(file.name for file in path.parent.iterdir()) == ["register.csv"]


def test_gaps_and_notes_of_the_office_stay(path: Path) -> None:
    path.write_bytes("\ufefftahun;level;kode;nomor;catatan\r\n2024;Desa;65.01.01.2005;7;salah cetak\r\n".encode())
    with Register(path) as register:
        assert register.numbers(2024, "desa", [A, B]) == {A: 7, B: 8}
    assert path.read_text().splitlines()[1:] == [f"2024,desa,{A},7,salah cetak", f"2024,desa,{B},8,"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "tidak berisi baris"),
        ("tahun,level,kode,nomor\n", "tidak berisi baris"),
        (f"tahun,level,kode\n2024,desa,{A}\n", '"nomor" tidak ada'),
        (
            f"tahun,level,kode,nomor\n2024,desa,{A},1\n2024,desa,{A},2\n",
            "baris 3: desa 6501012005 tahun 2024 sudah",
        ),
        (f"tahun,level,kode,nomor\n2024,desa,{A},1\n2024,desa,{B},1\n", "baris 3: nomor 1 desa tahun 2024 sudah ada"),
        ("tahun,level,kode,nomor\n2024,desa,6.5E+09,1\n", "bukan kode 10 angka"),
        (f"tahun,level,kode,nomor\n2024,dusun,{A},1\n", "bukan tingkat wilayah"),
        (f"tahun,level,kode,nomor\n2024,desa,{A},satu\n", "bukan bilangan bulat"),
        (f"tahun,level,kode,nomor\n2024,desa,{A},\n", "kosong"),
        ("PK\x03\x04\x00\x01", "tidak dikenal"),
    ],
)
def test_a_register_in_doubt_is_left_as_it_is(text: str, told: str, path: Path) -> None:
    path.write_text(text)
    with pytest.raises(ConfigError) as raised, Register(path):
        pass
    assert told in str(raised.value)
    assert path.read_text() == text
    assert [file.name for file in path.parent.iterdir()] == ["register.csv"], "the lock is gone"


def test_a_second_run_is_refused_and_the_first_goes_on(path: Path) -> None:
    with Register(path) as register:
        register.number(2024, "desa", A)
        with pytest.raises(OutputError, match="sedang dipakai"), Register(path):
            pass
        assert register.number(2024, "desa", B) == 2
    with Register(path) as register:
        assert register.number(2024, "desa", B) == 2


def test_a_killed_run_leaves_every_number_that_it_gave(path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from idmcli.documents.register import Register\n"
        f"register = Register(Path(sys.argv[1])).__enter__()\n"
        f"print(register.numbers(2024, 'desa', ['{B}', '{A}']), flush=True); os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, check=False, text=True)
    assert done.returncode == 9, done.stderr
    with Register(path) as register:
        assert str(register.numbers(2024, "desa", [B, A])) == done.stdout.strip()


def test_nothing_is_given_that_cannot_be_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Register(path) as register:
        register.number(2024, "desa", A)
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
            with pytest.raises(OutputError, match="disk penuh"):
                register.number(2024, "desa", B)
        assert register.number(2024, "desa", C) == 2, "the number that was not given is not lost"
    assert path.read_text().count("\n") == 3


def test_a_folder_that_is_missing_or_closed_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="tidak dapat dipakai"), Register(tmp_path / "tidak-ada" / "register.csv"):
        pass
    if os.geteuid() == 0:
        pytest.skip("root writes everywhere")
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="tidak ada izin"), Register(tmp_path / "register.csv"):
        pass


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.integers(0, 30), max_size=8), max_size=6))
def test_whatever_is_asked_numbers_never_change_and_never_repeat(
    tmp_path_factory: pytest.TempPathFactory, runs: list[list[int]]
) -> None:
    path = tmp_path_factory.mktemp("register") / "r.csv"
    known: dict[str, int] = {}
    for run in runs:
        codes = [f"65010120{number:02}" for number in run]
        with Register(path) as register:
            given_now = register.numbers(2024, "desa", codes)
        assert given_now.items() >= {code: known[code] for code in codes if code in known}.items()
        known |= given_now
        assert sorted(known.values()) == list(range(1, len(known) + 1))
