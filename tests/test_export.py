"""Results reach their file whole or not at all, and no text in them becomes a formula."""

import csv
import errno
import io
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from idmcli.errors import OutputError, UsageError
from idmcli.export import atomic, check_target, json_document, safe_csv, scratch, write_frame

FRAME = pl.DataFrame(
    {
        "kode_desa": ["6501012005", "6503172008"],
        "desa": ["PA' MILAU", '=HYPERLINK("x";"≥")'],
        "idm": [0.1 + 0.2, None],
        "penambahan": [-0.25, float("nan")],
        "cocok": [True, None],
        "penyebab": [["IKS01", "IKL03"], []],
    }
)
ROOT = Path(__file__).parents[1]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_appears_whole(tmp_path: Path) -> None:
    with atomic(tmp_path / "a.csv", force=False) as path:
        path.write_text("isi")
        assert path.parent == tmp_path, "beside the target, so that the last step is a rename"
        assert path.suffix == ".csv"
    assert names(tmp_path) == ["a.csv"]
    assert (tmp_path / "a.csv").read_text() == "isi"


@pytest.mark.parametrize("failure", [KeyboardInterrupt, SystemExit, ValueError])
def test_whatever_fails_leaves_the_old_file(tmp_path: Path, failure: type[BaseException]) -> None:
    target = tmp_path / "a.csv"
    target.write_text("lama")

    def fail_halfway() -> None:
        with atomic(target, force=True) as path:
            path.write_text("setengah")
            raise failure

    with pytest.raises(failure):
        fail_halfway()
    assert names(tmp_path) == ["a.csv"]
    assert target.read_text() == "lama"


def test_an_existing_file_needs_force(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_text("lama")
    with pytest.raises(UsageError, match=r"a\.csv sudah ada.*--force"):
        write_frame(FRAME, str(target), force=False)
    assert target.read_text() == "lama"
    write_frame(FRAME, str(target), force=True)
    assert target.read_text() != "lama"


def test_a_file_that_appears_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"

    def be_overtaken() -> None:
        with atomic(target, force=False) as path:
            path.write_text("baru")
            target.write_text("dari orang lain")

    with pytest.raises(UsageError, match="sudah ada"):
        be_overtaken()
    assert target.read_text() == "dari orang lain"
    assert names(tmp_path) == ["a.csv"]


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("hasil.doc", r"akhiran \.doc tidak dikenal.*\.csv, \.parquet, \.json"),
        ("hasil", r"nama tanpa akhiran"),
        ("belum/ada/hasil.csv", r"folder .*belum/ada tidak ada.*misalnya .*"),
        ("folder.csv", r"folder\.csv adalah folder"),
    ],
)
def test_impossible_targets_are_refused_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder.csv").mkdir()
    with pytest.raises(UsageError, match=said):
        check_target(target, force=True, endings=(".csv", ".parquet", ".json"))
    with pytest.raises(UsageError, match=said):
        write_frame(FRAME, target, force=True)
    assert names(tmp_path) == ["folder.csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="devices and links of POSIX")
def test_devices_are_refused_and_links_followed(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipa.csv")
    with pytest.raises(UsageError, match="bukan berkas biasa"):
        write_frame(FRAME, str(tmp_path / "pipa.csv"), force=True)
    (tmp_path / "asli.csv").write_text("lama")
    (tmp_path / "asli.csv").chmod(0o640)
    (tmp_path / "tautan.csv").symlink_to("asli.csv")
    write_frame(FRAME, str(tmp_path / "tautan.csv"), force=True)
    assert (tmp_path / "tautan.csv").is_symlink()
    assert "MILAU" in (tmp_path / "asli.csv").read_text()
    assert (tmp_path / "asli.csv").stat().st_mode & 0o777 == 0o640


def test_a_file_open_elsewhere_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.csv"
    target.write_text("lama")

    def locked(self: Path, target: Path) -> Path:
        raise PermissionError(13, "The process cannot access the file")

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(OutputError, match=r"a\.csv tidak dapat ditulis: tidak ada izin, atau .* Excel"):
        write_frame(FRAME, str(target), force=True)
    assert target.read_text() == "lama"
    assert names(tmp_path) == ["a.csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
@pytest.mark.parametrize("ending", ["csv", "parquet", "json"])
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, ending: str) -> None:
    """A limit on the size of files stands for the full disk: the system refuses to write on."""
    (tmp_path / f"a.{ending}").write_text("lama")
    script = f"""
import resource
import polars as pl
from idmcli.errors import OutputError
from idmcli.export import write_frame
frame = pl.DataFrame({{"a": pl.int_range(50_000, eager=True).hash().cast(pl.String)}})
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    write_frame(frame, r"{tmp_path / f"a.{ending}"}", force=True)
except OutputError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=ROOT)
    assert f"a.{ending} tidak dapat ditulis" in done.stdout, done.stdout + done.stderr
    assert done.stderr == ""
    assert names(tmp_path) == [f"a.{ending}"]
    assert (tmp_path / f"a.{ending}").read_text() == "lama"


def test_a_full_folder_for_temporary_files_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(OutputError, match=f"Folder sementara {tmp_path} .*disk penuh"), scratch() as folder:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder / "buku.xlsx"))
    assert names(tmp_path) == []


def test_csv_has_a_mark_points_and_no_formula(tmp_path: Path) -> None:
    write_frame(FRAME, str(tmp_path / "a.csv"), force=False)
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row["desa"] for row in rows] == ["PA' MILAU", '\'=HYPERLINK("x";"≥")']
    assert [row["idm"] for row in rows] == ["0.30000000000000004", ""]
    assert rows[0]["penambahan"] == "-0.25", "a negative number is no text"
    assert [row["penyebab"] for row in rows] == ["IKS01; IKL03", ""]


@given(st.lists(st.text(alphabet=st.sampled_from("=+-@\t\r'a1;,\"\n é")), min_size=1))
def test_taking_off_one_apostrophe_gives_every_text_back(texts: list[str]) -> None:
    frame = pl.DataFrame({"desa": texts, "nomor": range(len(texts))})
    rows = list(csv.DictReader(io.StringIO(safe_csv(frame).decode(), newline="")))
    written = [row["desa"] for row in rows]
    assert not [text for text in written if text[:1] in {"=", "+", "-", "@", "\t", "\r"}]
    guarded = [text.lstrip("'")[:1] in set("=+-@\t\r") - {""} and text.startswith("'") for text in written]
    assert [text[1:] if guard else text for text, guard in zip(written, guarded, strict=True)] == texts


def test_a_header_is_no_formula_either() -> None:
    assert safe_csv(pl.DataFrame({"=cmd|x": [1], "-": [2]})).startswith(b"'=cmd|x,'-\n")


def test_stdout_is_csv_without_a_mark(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    write_frame(FRAME, "-", force=False)
    assert capfdbinary.readouterr().out == safe_csv(FRAME)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_stdout_is_one_line() -> None:
    script = """
import sys
import polars as pl
from idmcli.errors import OutputError
from idmcli.export import write_frame
try:
    write_frame(pl.DataFrame({"a": ["x"]}), "-", force=False)
except OutputError as error:
    print(error, file=sys.stderr)
"""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", script], stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT
        )
    assert done.stderr == "stdout tidak dapat ditulis: disk penuh. Tulis ke berkas dengan -o.\n"


def test_parquet_keeps_types_and_says_what_it_is(tmp_path: Path) -> None:
    write_frame(
        FRAME, str(tmp_path / "a.parquet"), force=False, meta={"edisi": "idm-2016", "sumber": [{"berkas": "x"}]}
    )
    assert_frame_equal(pl.read_parquet(tmp_path / "a.parquet"), FRAME)
    about = pl.read_parquet_metadata(tmp_path / "a.parquet")
    assert about["edisi"] == "idm-2016"
    assert json.loads(about["sumber"]) == [{"berkas": "x"}]


def test_json_is_one_versioned_document(tmp_path: Path) -> None:
    frame = FRAME.with_columns(desa=pl.Series(["a\nb\u2028c", "é"]))
    write_frame(frame, str(tmp_path / "a.json"), force=False, meta={"edisi": "idm-2016"})
    document = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert list(document) == ["idm", "skema", "edisi", "baris"]
    assert [row["desa"] for row in document["baris"]] == ["a\nb\u2028c", "é"]
    assert document["baris"][1]["penambahan"] is None, "NaN is no JSON"
    assert document["baris"][0]["idm"] == 0.1 + 0.2
    assert json.loads(json_document(FRAME.clear()))["baris"] == []


def test_the_same_frame_gives_the_same_bytes(tmp_path: Path) -> None:
    for ending in ("csv", "parquet", "json"):
        for name in ("a", "b"):
            write_frame(FRAME, str(tmp_path / f"{name}.{ending}"), force=False, meta={"edisi": "idm-2016"})
        assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes(), ending
