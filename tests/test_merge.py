"""`idm merge`: no row lost, no contradiction decided silently, and a result that the other commands read as it is."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from idmcli import columns as col
from idmcli import pipeline
from idmcli.commands import merge, save_merge
from idmcli.errors import InputError, UsageError
from idmcli.merge.compare import compare
from idmcli.pipeline.merging import Joined, MergeRequest, merge_files
from idmcli.reading import read
from idmcli.settings import load_settings
from tests.berkas import Rows, workbook
from tests.conftest import SAMPLE

ANSWERS = SAMPLE.with_name("kaltara-isian.xlsx")
FAULTY = SAMPLE.with_name("kaltara-salah.xlsx")
HEADER = 5
CODE = 1
FIRST_ANSWER = 6
SETTINGS = load_settings(None, None)


def sheet(path: Path = ANSWERS) -> list[list[str | None]]:
    """The first sheet of a sample, from its first row."""
    return [list(row) for row in read([str(path)]).grids[0].cells.rows()]


@pytest.fixture(scope="module")
def returned() -> dict[str, list[list[str | None]]]:
    """The rows of the answers by kecamatan, each with titles and header above."""
    rows = sheet()
    by_place: dict[str, list[list[str | None]]] = {}
    for row in rows[HEADER:]:
        if row[CODE]:
            by_place.setdefault(str(row[CODE])[:6], rows[:HEADER].copy()).append(row)
    return by_place


Returned = dict[str, list[list[str | None]]]


def written(folder: Path, name: str, rows: Rows) -> str:
    return str(workbook(folder / name, {"ISIAN": rows}))


def changed(rows: Rows, kode: str, answers: dict[int, str | None]) -> list[list[str | float | bool | None]]:
    """The same rows with other answers of one village, counted from the first answer."""
    copy = [list(row) for row in rows]
    for row in copy:
        if row[CODE] == kode:
            for place, answer in answers.items():
                row[FIRST_ANSWER + place] = answer
    return copy


def joined(*files: str, pilih: Sequence[str] = (), wilayah: str | None = None, sheet: str | None = None) -> Joined:
    return merge_files(MergeRequest(files, pilih=tuple(pilih), wilayah=wilayah, sheet=sheet), SETTINGS)


def saved(path: str, day: int) -> str:
    """The workbook saved anew on this day, as a spreadsheet program notes it inside."""
    book = openpyxl.load_workbook(path)
    book.properties.created = datetime(2026, 1, 1)
    book.save(path)
    book = openpyxl.load_workbook(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("openpyxl.writer.excel.datetime.datetime", Clock(day))
        book.save(path)
    return path


class Clock:
    """Stands for `datetime` where a library asks what time it is."""

    def __init__(self, day: int) -> None:
        self.day = day

    def now(self, tz: object = None) -> datetime:
        return datetime(2026, 11, self.day, 8, tzinfo=UTC)


def test_fifty_files_make_the_province_again(returned: Returned, tmp_path: Path) -> None:
    folder = tmp_path / "kiriman"
    folder.mkdir()
    files = {kode: written(folder, f"{kode}.xlsx", rows) for kode, rows in returned.items()}
    (folder / "salinan.xlsx").write_bytes(Path(files["650401"]).read_bytes())
    found = joined(str(folder))
    assert len(files) == 50
    assert found.merged.desa.height == 447
    assert found.merged.tidak_ada.is_empty()
    assert found.merged.wilayah == ("65",)
    assert found.merged.dilepas.is_empty()
    assert found.merged.konflik.is_empty()
    copy, original = str(folder / "salinan.xlsx"), files["650401"]
    assert f"{copy} sama persis dengan {original}; dibaca satu kali" in found.notes
    assert "50 berkas: judul kolom di baris 5" in found.notes
    origin = found.merged.desa.filter(pl.col(col.KODE_DESA) == returned["650402"][HEADER + 1][CODE])
    assert origin["asal"].to_list() == [f"{files['650402']}, lembar ISIAN, baris {HEADER + 2}"]

    target = str(tmp_path / "gabungan.xlsx")
    assert save_merge.write(found, target, force=False) == 447
    again = pipeline.load(pipeline.Request((target,)), SETTINGS)
    assert again.notes == (), "nothing about the result need be assumed"
    whole = pipeline.load(pipeline.Request((str(ANSWERS),)), SETTINGS)
    figures = [col.KODE_DESA, "desa", "kecamatan", "kabupaten", col.TAHUN, *whole.rubric.codes, col.IDM_K, col.STATUS]
    assert_frame_equal(again.scored.select(figures), whole.scored.select(figures))


@pytest.mark.parametrize("ending", ["xlsx", "csv", "parquet", "json"])
def test_every_format_reads_back(ending: str, returned: Returned, tmp_path: Path) -> None:
    file = written(tmp_path, "a.xlsx", returned["650401"])
    found = joined(file)
    target = str(tmp_path / f"hasil.{ending}")
    save_merge.write(found, target, force=False)
    again = pipeline.load(pipeline.Request((target,)), SETTINGS)
    own = [
        name for name in again.table.desa.columns if name in found.merged.desa.columns and name not in col.PROVENANCE
    ]
    assert_frame_equal(again.table.desa.select(own), found.merged.desa.select(own))
    assert pipeline.validate(again).findings["aturan"].to_list() == ["kolom_tak_dikenal"], "only the origin is new"


def test_the_result_is_the_same_bytes_each_time(returned: Returned, tmp_path: Path) -> None:
    file = written(tmp_path, "a.xlsx", returned["650401"])
    os.utime(file, (1_790_000_000, 1_790_000_000))
    for name in ("satu.xlsx", "dua.xlsx"):
        save_merge.write(joined(file), str(tmp_path / name), force=False)
    assert (tmp_path / "satu.xlsx").read_bytes() == (tmp_path / "dua.xlsx").read_bytes()


def test_forms_that_come_back_with_other_villages_blank_complete_each_other(returned: Returned, tmp_path: Path) -> None:
    places = ["650401", "650402", "650403"]
    whole = [*returned["650401"], *returned["650402"][HEADER:], *returned["650403"][HEADER:]]
    files = []
    for own in places[:2]:
        rows = [
            row if number < HEADER or (row[CODE] or "").startswith(own) else row[:FIRST_ANSWER]
            for number, row in enumerate(whole)
        ]
        files.append(written(tmp_path, f"{own}.xlsx", rows))
    merged = joined(*files).merged
    filled = pl.col(col.KODE_DESA).str.head(6).is_in(places[:2])
    assert merged.konflik.is_empty()
    assert merged.desa.filter(filled).select(pl.col("waktu_sarkes").null_count()).item() == 0
    assert merged.desa.height == len(whole) - HEADER
    assert set(merged.kosong["kecamatan"]) == {row[3] for row in returned["650403"][HEADER:]}
    second = merged.desa.filter(pl.col(col.KODE_DESA).str.starts_with("650402"))
    assert second["asal"].str.contains("650402.xlsx").all(), "the filled row is the one from its own kecamatan"


def test_contradictions_stay_until_somebody_decides(
    returned: Returned, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = returned["650401"]
    kode = str(rows[HEADER][CODE])
    older = saved(written(tmp_path, "z-lama.xlsx", changed(rows, kode, {0: "11", 1: "3"})), 3)
    newer = saved(written(tmp_path, "a-baru.xlsx", changed(rows, kode, {0: "12", 1: None})), 9)
    target = tmp_path / "hasil.xlsx"
    with pytest.raises(typer.Exit) as stopped:
        merge.run([newer, older], output=str(target))
    assert stopped.value.exit_code == 1
    shown = " ".join(capsys.readouterr().out.split())
    for part in ("Isinya bertentangan: 1 desa", "baris 6: 12", "baris 6: 11", "(kosong)", "--pilih terbaru"):
        assert part in shown, shown
    merged = joined(newer, older).merged
    assert merged.konflik.select("kode_desa", "kolom", "dipakai").rows() == [
        (kode, "waktu_sarkes", None),
        (kode, "jumlah_dokter", None),
    ]
    assert set(merged.konflik["terbaru"]) == {newer}
    assert merged.desa.filter(pl.col(col.KODE_DESA) == kode)["waktu_sarkes"].to_list() == [12.0, 11.0]
    assert (
        pipeline.validate(pipeline.load(pipeline.Request((str(target),)), SETTINGS))
        .findings["aturan"]
        .to_list()
        .count("desa_ganda")
        == 1
    ), "both rows stand in the result, and validate says so"

    for wish, minutes in (("terbaru", 12.0), ("z-lama.xlsx", 11.0), (older, 11.0), ("a-baru", 12.0)):
        decided = joined(newer, older, pilih=[wish]).merged
        village = decided.desa.filter(pl.col(col.KODE_DESA) == kode)
        assert village["waktu_sarkes"].to_list() == [minutes], wish
        assert decided.terbuka.is_empty()
        assert decided.konflik.height == 2, "what was decided is still told"
        assert decided.dilepas.filter(pl.col("karena") == "tidak dipilih").height == 1
    with pytest.raises(UsageError, match="tidak ada berkas bernama itu"):
        joined(newer, older, pilih=["c.xlsx"])


def test_two_rows_in_one_file_are_nobodys_choice(returned: Returned, tmp_path: Path) -> None:
    rows = returned["650401"]
    again = changed([*rows[:HEADER], rows[HEADER]], str(rows[HEADER][CODE]), {0: "77"})[HEADER]
    merged = joined(written(tmp_path, "a.xlsx", [*rows, again]), pilih=["terbaru"]).merged
    assert merged.konflik["letak"].to_list() == ["satu berkas"]
    assert merged.terbuka.height == 1


def test_missing_villages_are_named_for_the_area(
    returned: Returned, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = written(tmp_path, "a.xlsx", returned["650401"][:-1])
    lost = returned["650401"][-1][CODE]
    assert joined(first).merged.tidak_ada[col.KODE_DESA].to_list() == [lost], "one kecamatan: nothing beyond it"
    both = [first, written(tmp_path, "b.xlsx", returned["650402"])]
    merged = joined(*both).merged
    assert merged.wilayah == ("6504",)
    assert merged.tidak_ada.height == 32 - merged.desa.height
    assert joined(*both, wilayah="65").merged.tidak_ada.height == 447 - merged.desa.height
    merge.run(both)
    assert "seluruh Kec. TANA LIA" in capsys.readouterr().out
    with pytest.raises(typer.Exit):
        merge.run(both, strict=True, quiet=True)
    for wrong in ("65040", "99", "Bulungan"):
        with pytest.raises(UsageError, match=f"--wilayah {wrong}"):
            joined(first, wilayah=wrong)


def test_differing_columns_are_told_and_kept(returned: Returned, tmp_path: Path) -> None:
    without = [row[:-1] for row in returned["650402"]]
    last = returned["650402"][HEADER - 1][-1]
    more = [[*row, "PETUGAS" if number == HEADER - 1 else "Ani"] for number, row in enumerate(returned["650401"])]
    a, b = written(tmp_path, "a.xlsx", more), written(tmp_path, "b.xlsx", without)
    found = joined(a, b)
    assert found.merged.struktur.select("kolom", "wajib", "tidak_ada").rows() == [
        (last, True, [f"{b} (ISIAN)"]),
        ("PETUGAS", False, [f"{b} (ISIAN)"]),
    ]
    target = tmp_path / "hasil.xlsx"
    save_merge.write(found, str(target), force=False)
    again = pipeline.load(pipeline.Request((str(target),)), SETTINGS).table.desa
    assert again["PETUGAS"].drop_nulls().len() == len(more) - HEADER


def test_what_could_not_be_understood_is_found_again(tmp_path: Path) -> None:
    key = ["aturan", "kode_desa", "kolom", "isi"]
    target = tmp_path / "hasil.xlsx"
    save_merge.write(joined(str(FAULTY)), str(target), force=False)
    before, after = (
        pipeline.validate(pipeline.load(pipeline.Request((str(file),)), SETTINGS)).findings.select(key)
        for file in (FAULTY, target)
    )
    lost = before.join(after, on=key, how="anti", nulls_equal=True)["aturan"].sort().to_list()
    new = after.join(before, on=key, how="anti", nulls_equal=True)["aturan"].unique().sort().to_list()
    assert lost == ["baris_dilewati", "desa_ganda", "kolom_ganda", "kolom_kurang"], "what merging itself settles"
    assert new == ["kolom_tak_dikenal", "skor_kosong"], "the origin, and the column that one sheet lacked"


def test_merging_a_merged_file_keeps_the_first_origin(returned: Returned, tmp_path: Path) -> None:
    first = written(tmp_path, "a.xlsx", returned["650401"])
    target = str(tmp_path / "satu.xlsx")
    save_merge.write(joined(first), target, force=False)
    origin = joined(target).merged.desa["asal"][0]
    assert origin == f"{first}, lembar ISIAN, baris 6 (lewat {target})"


def test_years_stand_on_sheets_of_their_own(tmp_path: Path) -> None:
    before = str(SAMPLE.with_name("kaltara-2023.xlsx"))
    found = joined(str(SAMPLE), before)
    assert found.merged.tahun == (2023, 2024)
    target = tmp_path / "hasil.xlsx"
    save_merge.write(found, str(target), force=False)
    assert openpyxl.load_workbook(target, read_only=True).sheetnames[:2] == ["SKOR 2023", "SKOR 2024"]
    again = pipeline.load(pipeline.Request((str(target),)), SETTINGS)
    assert again.notes == ()
    for file, tahun in ((before, 2023), (str(SAMPLE), 2024)):
        one = pipeline.load(pipeline.Request((file,)), SETTINGS).scored.sort(col.KODE_DESA)
        same = [name for name in one.columns if name not in {*col.PROVENANCE, col.CODE_METHOD, col.CODE_PROPOSAL}]
        assert_frame_equal(again.scored.filter(pl.col(col.TAHUN) == tahun).select(same), one.select(same))


def test_a_file_without_a_year_takes_the_only_one(returned: Returned, tmp_path: Path) -> None:
    plain = [row for number, row in enumerate(returned["650402"]) if number >= HEADER - 1]
    found = joined(written(tmp_path, "a.xlsx", returned["650401"]), written(tmp_path, "b.xlsx", plain))
    assert found.merged.tahun == (2024,)
    assert f"{tmp_path / 'b.xlsx'}: tahun tidak tertulis, dianggap 2024 seperti berkas lain" in found.notes


def test_refusals_name_the_files(returned: Returned, tmp_path: Path) -> None:
    good = written(tmp_path, "a.xlsx", returned["650401"])
    with pytest.raises(InputError, match=r"Bentuk berkasnya berbeda.*isian: .*a\.xlsx; skor: .*kaltara\.xlsx"):
        joined(good, str(SAMPLE))
    broken = [tmp_path / "rusak.xlsx", tmp_path / "lain.csv"]
    broken[0].write_bytes(b"PK\x03\x04 putus")
    broken[1].write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"2 dari 3 berkas tidak dapat dibaca: .*rusak\.xlsx.*lain\.csv"):
        joined(good, *map(str, broken))
    target = tmp_path / "hasil.xlsx"
    target.write_bytes(b"punya orang")
    with pytest.raises(UsageError, match="sudah ada"):
        merge.run([good], output=str(target))
    with pytest.raises(UsageError, match="termasuk masukan"):
        merge.run([good], output=good, force=True)
    assert target.read_bytes() == b"punya orang"


CELLS = st.sampled_from([None, "1", "2"])
ROWS = st.lists(st.tuples(st.sampled_from(["A", "B", None]), st.integers(0, 2), CELLS, CELLS, CELLS), max_size=9)


@given(rows=ROWS)
def test_every_filled_cell_stands_in_the_result(
    rows: list[tuple[str | None, int, str | None, str | None, str | None]],
) -> None:
    """Without a choice nothing that anybody filled in is lost, and no row of the result says less than another."""
    schema = {col.KODE_DESA: pl.String(), col.TAHUN: pl.Int32(), "x": pl.String(), "y": pl.String(), "z": pl.String()}
    frame = pl.DataFrame([(kode, 2024, *cells) for kode, _, *cells in rows], schema=schema, orient="row")
    content = frame.select("x", "y", "z", *(pl.lit(None, dtype=pl.String).alias(name) for name in col.PLACES))
    files = [f"{number}.xlsx" for _, number, *_ in rows]
    verdict = compare(frame, content, files, (), {}, {file: place for place, file in enumerate(dict.fromkeys(files))})
    cells = content.rows()
    assert sorted([*verdict.kept, *verdict.gone]) == list(range(len(rows)))
    for row, (_, used) in verdict.gone.items():
        assert used in verdict.kept
        assert rows[row][0] == rows[used][0]
        assert all(theirs in {None, ours} for theirs, ours in zip(cells[row], cells[used], strict=True))
    for kode in ("A", "B"):
        own = [cells[row] for row in verdict.kept if rows[row][0] == kode]
        assert len(set(own)) == len(own)
    assert all(row in verdict.kept for row, (kode, *_) in enumerate(rows) if kode is None), "unknown villages stay"
