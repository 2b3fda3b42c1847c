"""Whatever is handed to the program: an exit code, one line on stderr, nothing on stdout, nothing written."""

import io
from pathlib import Path

import pytest

from idmcli.commands.console import width
from tests.conftest import ROOT, SAMPLE, Run
from tests.program import Ended
from tests.test_bad_input import BAD

RECAP = SAMPLE.with_name("kaltara-rekap.xlsx")
COMMANDS = ("score", "validate", "classify")
HEADER = "KODE DESA;NAMA DESA;TAHUN;IKS;IKE;IKL\n"


def refused(ended: Ended, code: int, told: str) -> None:
    assert ended.returncode == code, ended.stderr
    assert told in ended.stderr
    assert ended.stdout == ""
    assert len(ended.stderr.splitlines()) == 1, ended.stderr


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_stops_every_command_alike(case: str, tmp_path: Path, idm: Run) -> None:
    name, make, words = BAD[case]
    path = make(tmp_path / name)
    command = COMMANDS[len(case) % len(COMMANDS)]
    refused(idm(command, str(path), "-o", "hasil.csv", cwd=tmp_path), 3, words)
    assert list(tmp_path.iterdir()) == [path]


WRONG: dict[str, tuple[tuple[str, ...], int, str]] = {
    "year is text": (("score", "x", "--tahun", "abc"), 2, "Isi --tahun tidak sah: harus bilangan bulat. Lihat: idm sc"),
    "year beyond all years": (("score", "x", "--tahun", "9" * 20), 2, "harus tahun empat angka"),
    "year not there": (("score", str(SAMPLE), "--tahun", "1900"), 2, "tahun 1900 tidak ada"),
    "less than no findings": (("validate", "x", "--banyak", "-5"), 2, "mulai 0"),
    "no value": (("score", "x", "-o"), 2, "Opsi -o memerlukan isi. Lihat: idm score --help"),
    "flag with a value": (("score", "x", "--json=ya"), 2, "tidak memerlukan isi. Lihat: idm score --help"),
    "sheet 0": (("score", str(SAMPLE), "--sheet", "0"), 2, "Lembar 0"),
    "sheet -1": (("score", str(SAMPLE), "--sheet", "-1"), 2, "Lembar -1"),
    "sheet 99": (("score", str(SAMPLE), "--sheet", "99"), 2, "1 SKOR 2024"),
    "empty file name": (("score", ""), 2, "Isi FILE kosong"),
    "empty output": (("score", str(SAMPLE), "-o", ""), 2, "Isi --output kosong"),
    "empty report": (("validate", str(SAMPLE), "--report", " "), 2, "Isi --report kosong"),
    "empty baseline": (("classify", str(SAMPLE), "--baseline", ""), 2, "Isi --baseline kosong"),
    "empty configuration": (("score", str(SAMPLE), "--config", ""), 2, "Isi --config kosong"),
    "no configuration": (("score", str(SAMPLE), "--config", "tiada.toml"), 4, "tiada.toml tidak ada"),
    "folder as configuration": (("score", str(SAMPLE), "--config", str(ROOT)), 4, "itu folder"),
    "folder as edition": (("score", str(SAMPLE), "--edisi", str(ROOT)), 4, "acuan.toml"),
    "output without a folder": (("score", str(SAMPLE), "-o", "tiada/a.csv"), 2, "tiada"),
    "output of a strange kind": (("classify", str(SAMPLE), "-o", "a.docx"), 2, ".docx"),
    "output name too long": (("score", str(SAMPLE), "-o", "a" * 300 + ".csv"), 5, "Pilih nama yang lebih pendek"),
    "two documents": (("score", str(SAMPLE), "-o", "-", "--json"), 2, "sama-sama"),
    "two reports": (("validate", str(SAMPLE), "--report", "-", "--json"), 2, "sama-sama"),
    "one name twice": (("validate", str(SAMPLE), "--report", "a.xlsx", "--annotate", "./a.xlsx"), 2, "berbeda"),
    "copy to the screen": (("validate", str(SAMPLE), "--annotate", "-"), 2, "Sebut nama berkasnya"),
    "copy of two": (("validate", str(SAMPLE), str(RECAP), "--annotate", "a.xlsx"), 2, "satu buku kerja"),
    "year of no baseline": (("classify", str(SAMPLE), "--tahun-baseline", "2023"), 2, "--baseline"),
    "baseline of the same year": (("classify", str(SAMPLE), "--baseline", str(SAMPLE)), 2, "sebelum 2024"),
    "recap": (("score", str(RECAP)), 3, "idm classify"),
    "no village of that name": (("explain", str(SAMPLE), "x[/]"), 2, "x[/]"),
    "no stdin": (("classify", "-"), 3, "kosong"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_request_is_one_line(case: str, tmp_path: Path, idm: Run) -> None:
    arguments, code, told = WRONG[case]
    refused(idm(*arguments, cwd=tmp_path), code, told)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("edisi =\n", "bukan TOML yang sah: baris"),
        ("edisi = ''\n", "edisi salah jenis"),
        ("edisi = './tiada'\n", "tiada"),
        ("[sasaran]\nHEBAT = 1\n", "HEBAT"),
        ("[sasaran]\nMANDIRI = 'banyak'\n", "banyak"),
        ("[sasaran]\nMANDIRI = 99999999999999999999\n", "di luar jangkauan"),
        ("[classify]\npantau_poin = -1\n", "di luar jangkauan"),
        ("[clasify]\n", "Mungkin maksudnya classify"),
    ],
)
def test_a_bad_configuration_is_named_from_below(text: str, told: str, tmp_path: Path, idm: Run) -> None:
    (tmp_path / "idm.toml").write_text(text, encoding="utf-8")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    ended = idm("classify", str(SAMPLE), "-q", cwd=below)
    refused(ended, 4, told)
    assert "tiada" in told or "idm.toml" in ended.stderr


@pytest.mark.parametrize(
    ("command", "option"), [("score", "-o"), ("classify", "-o"), ("validate", "--report"), ("validate", "--annotate")]
)
@pytest.mark.parametrize("where", ["data.xlsx", "./data.xlsx", "."])
def test_no_result_takes_the_place_of_its_input(
    command: str, option: str, where: str, tmp_path: Path, idm: Run
) -> None:
    if option == "--annotate" and where == ".":
        where = "data.xlsx"
    mine = tmp_path / "data.xlsx"
    before = SAMPLE.read_bytes()
    mine.write_bytes(before)
    refused(idm(command, where, option, "data.xlsx", "--force", cwd=tmp_path), 2, "termasuk masukan")
    assert mine.read_bytes() == before


def test_a_baseline_is_an_input_too(tmp_path: Path, idm: Run) -> None:
    (tmp_path / "lalu.xlsx").write_bytes(SAMPLE.with_name("kaltara-2023.xlsx").read_bytes())
    arguments = ("classify", str(SAMPLE), "--baseline", "lalu.xlsx", "-o", "lalu.xlsx", "--force")
    refused(idm(*arguments, cwd=tmp_path), 2, "termasuk masukan")


def test_names_are_no_markup(tmp_path: Path, idm: Run) -> None:
    name = "data [bold] 'a' [x] 😀.xlsx"
    (tmp_path / name).write_bytes(SAMPLE.read_bytes())
    ended = idm("validate", name, "--report", "[red]lapor.html", cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert name in ended.stderr
    assert "Tertulis: [red]lapor.html" in ended.stderr
    assert (tmp_path / "[red]lapor.html").exists()


def test_a_village_counted_twice_is_no_success(tmp_path: Path, idm: Run) -> None:
    rows = ["6501012005;GUNUNG PUTIH;2024;0,6914;0,5500;0,8000", "6501012005;GUNUNG PUTIH;2024;0,6914;0,6000;0,8000"]
    (tmp_path / "a.csv").write_text(HEADER + "\n".join(rows), encoding="utf-8")
    ended = idm("classify", "a.csv", cwd=tmp_path)
    assert ended.returncode == 1
    assert "1 baris memuat desa dan tahun yang sudah ada" in ended.stderr.replace("\n", " ")
    rows[1] = rows[1].replace("2024", "2023")
    (tmp_path / "a.csv").write_text(HEADER + "\n".join(rows), encoding="utf-8")
    assert idm("classify", "a.csv", "-q", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("columns", ["0", "-5", "abc", "1", ""])
def test_an_impossible_width_prints_all_the_same(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert width(io.StringIO()) == (40 if columns == "1" else 80)


def test_an_empty_environment_is_no_choice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, idm: Run) -> None:
    (tmp_path / "idm.toml").write_text("edisi = 'edisi-kantor'\n", encoding="utf-8")
    monkeypatch.setenv("IDM_EDISI", "")
    refused(idm("rubric", cwd=tmp_path), 4, "edisi-kantor")
