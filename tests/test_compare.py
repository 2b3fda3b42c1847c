"""Years side by side, through `compare_files`: hand-computed villages, given as the officer gives them."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from idmcli.compare import Compared, matrix_of
from idmcli.errors import UsageError
from idmcli.pipeline.comparing import CompareRequest, Comparison, compare_files
from idmcli.rubric import load_rubric
from idmcli.settings import Settings, load_settings
from tests.program import run_here

RUBRIC = load_rubric()
SAMPLES = Path(__file__).parents[1] / "samples"
A, B, C, D, E, F = (f"65010120{number:02}" for number in range(1, 7))
# IKS 175, IKE 60, IKL 15; without IKL03, IKE01–IKE08 and IKS11 at 1: 4047 of 6300, BERKEMBANG
FULL = dict.fromkeys(RUBRIC.codes, 5)
POOR = (
    FULL
    | dict.fromkeys(("IKE05", "IKE06", "IKE07", "IKL03"), 0)
    | dict.fromkeys(("IKE01", "IKE02", "IKE03", "IKE04", "IKE08", "IKE09", "IKE10", "IKS11"), 1)
)
BETTER = POOR | {"IKL03": 5, "IKS11": 5, "IKE01": 3, "IKS13": 1}

Village = tuple[str, str, Mapping[str, int]]


def year(folder: Path, tahun: int, villages: Sequence[Village], name: str = "") -> str:
    """A file of one year: code, name and scores of each village."""
    path = folder / (name or f"desa-{tahun}.csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["kode_desa", "desa", "kecamatan", "kabupaten", "provinsi", "tahun", *RUBRIC.codes])
        for code, desa, scores in villages:
            places = ("TANJUNG PALAS", "BULUNGAN", "KALIMANTAN UTARA", tahun)
            writer.writerow([code, desa, *places, *(scores[kode] for kode in RUBRIC.codes)])
    return str(path)


def compared(
    *files: str, tahun: tuple[int, ...] = (), wilayah: str | None = None, settings: Settings | None = None
) -> Comparison:
    return compare_files(CompareRequest(files, tahun=tahun, wilayah=wilayah), settings or Settings())


def three_years(folder: Path) -> list[str]:
    """A rises in the second year, B sends the same again, C drops, D vanishes, E changes its code to F and its name."""
    return [
        year(
            folder,
            2021,
            [(A, "SATU", POOR), (B, "DUA", POOR), (C, "TIGA", FULL), (D, "EMPAT", FULL), (E, "LIMA", FULL)],
        ),
        year(folder, 2022, [(A, "SATU", BETTER), (B, "DUA", POOR), (C, "TIGA", FULL), (F, "Lima", FULL)]),
        year(
            folder,
            2024,
            [(A, "SATU", BETTER), (B, "DUA BARU", POOR | {"IKL03": 3}), (C, "TIGA", POOR), (F, "LIMA", FULL)],
        ),
    ]


def moved(frame: pl.DataFrame, dari: int, ke: int) -> dict[tuple[str, str], int]:
    """The cells of a matrix that are not zero."""
    matrix = matrix_of(frame, dari, ke)
    assert matrix.columns[1:] == matrix.get_column("dari").to_list()
    return {
        (row["dari"], name): number
        for row in matrix.iter_rows(named=True)
        for name, number in row.items()
        if name != "dari" and number
    }


def test_three_years_by_hand(tmp_path: Path) -> None:
    result = compared(*reversed(three_years(tmp_path))).compared
    assert (result.tahun, result.pasangan, result.ujung) == (
        (2021, 2022, 2024),
        ((2021, 2022), (2022, 2024)),
        (2021, 2024),
    )
    assert moved(result.perpindahan, 2021, 2022) == {
        ("BERKEMBANG", "MAJU"): 1,
        ("BERKEMBANG", "BERKEMBANG"): 1,
        ("MANDIRI", "MANDIRI"): 1,
        ("MANDIRI", "TIDAK ADA"): 2,
        ("TIDAK ADA", "MANDIRI"): 1,
    }
    assert moved(result.perpindahan_ujung, 2021, 2024)[("MANDIRI", "BERKEMBANG")] == 1
    changes = {(row["kode_desa"], row["ke"]): row for row in result.perubahan.iter_rows(named=True)}
    assert len(changes) == 3 + 4
    rise = changes[A, 2022]
    assert (rise["selisih_k"], rise["selisih_idm"], rise["arah"]) == (700 + 70 + 48 - 48, 770 / 6300, "naik")
    assert rise["penyebab"] == "IKL03 0→5 (+0,1111), IKE01 1→3 (+0,0111), IKS11 1→5 (+0,0076), IKS13 5→1 (−0,0076)"
    assert {key: row["kiriman_sama"] for key, row in changes.items() if row["kiriman_sama"]} == {
        (B, 2022): True,
        (C, 2022): True,
        (A, 2024): True,
        (F, 2024): True,
    }
    assert changes[C, 2024]["arah"] == "turun"
    pairs = result.ringkasan.to_dicts()
    assert [row["kiriman_sama"] for row in pairs] == [2, 2]
    assert [(row["naik"], row["turun"], row["hilang"], row["baru"], row["lonjakan"]) for row in pairs] == [
        (1, 0, 2, 1, 1),
        (1, 1, 0, 0, 1),
    ]


def test_contributions_add_up_to_the_change_and_to_the_mean(tmp_path: Path) -> None:
    result = compared(*three_years(tmp_path)).compared
    for changes, indicators, drivers, summary in (
        (result.perubahan, result.indikator, result.penggerak, result.ringkasan),
        (result.perubahan_ujung, result.indikator_ujung, result.penggerak_ujung, result.ringkasan_ujung),
    ):
        sums = indicators.group_by("kode_desa", "dari", "ke").agg(pl.col("sumbangan_k").sum())
        both = changes.join(sums, on=["kode_desa", "dari", "ke"], how="left").with_columns(
            pl.col("sumbangan_k").fill_null(0)
        )
        assert both.filter(pl.col("selisih_k") != pl.col("sumbangan_k")).is_empty()
        means = drivers.group_by("dari", "ke").agg(pl.col("sumbangan").sum()).sort("ke")
        assert means.get_column("sumbangan").to_list() == pytest.approx(summary.get_column("selisih_idm").to_list())
    tanggap = result.penggerak.row(0, named=True)
    assert (tanggap["kode"], tanggap["desa_naik"], tanggap["desa_turun"]) == ("IKL03", 1, 0)
    assert tanggap["sumbangan"] == 700 / (6300 * 3)


def test_villages_that_vanish_come_and_change_name_or_code(tmp_path: Path) -> None:
    result = compared(*three_years(tmp_path)).compared
    gone = {row["kode_desa"]: row["kode_dugaan"] for row in result.hilang.iter_rows(named=True)}
    assert gone == {D: None, E: F}
    assert result.baru.select("kode_desa", "kode_dugaan", "tercakup").rows() == [(F, E, True)]
    names = [
        tuple(row[name] for name in ("jenis", "kode_dari", "kode_ke", "desa_dari", "desa_ke"))
        for row in result.ganti_nama.to_dicts()
    ]
    assert names == [("kode", E, F, "LIMA", "LIMA"), ("nama", B, B, "DUA", "DUA BARU")]
    row = result.desa.filter(pl.col("kode_desa") == D).row(0, named=True)
    assert (row["ada_2021"], row["ada_2022"], row["idm_2021"], row["status_2024"]) == (True, False, 1.0, None)


def test_a_year_without_codes_matches_nothing_and_is_no_other_kabupaten(tmp_path: Path) -> None:
    """Outside the reference of codes no name gives one: the villages seem gone, their kabupaten does not."""
    then = year(tmp_path, 2021, [(A, "SATU", POOR), (D, "EMPAT", FULL)])
    now = Path(year(tmp_path, 2022, [("", "TIADA BERKODE", FULL)]))
    result = compared(then, str(now))
    assert result.compared.hilang.select("kode_desa", "tercakup").rows() == [(A, True), (D, True)]
    assert any("tetapi tanpa pembanding, sehingga desanya tampak hilang" in note for note in result.notes)
    shown = run_here(["compare", then, str(now)], tmp_path).stdout
    assert "Tidak satu desa pun terhitung pada 2021 dan 2022" in shown
    assert "rekap" not in shown
    again = year(tmp_path, 2023, [(A, "SATU", POOR)])
    assert "Tidak satu skor pun berubah 2021 → 2023." in run_here(["compare", then, again], tmp_path).stdout
    undated = tmp_path / "tanpa.csv"
    undated.write_text(now.read_text(encoding="utf-8").replace(",2022,", ",,"), encoding="utf-8")
    with pytest.raises(UsageError, match=r"satu tahun \(2021\); 1 baris tidak menyebut tahunnya \(.*tanpa.csv\)"):
        compared(then, str(undated))


def test_targets_pace_and_who_is_near(tmp_path: Path) -> None:
    # three points of IKL03 lift 4047 to 4467, eleven units into MAJU; four points of IKS less lie below it again
    near = POOR | {"IKL03": 3}
    close = near | {"IKS12": 1}
    k = 4047 + 3 * 140 - 4 * 12
    files = [
        year(tmp_path, 2022, [(A, "SATU", POOR), (B, "DUA", FULL), (C, "TIGA", FULL)]),
        year(tmp_path, 2024, [(A, "SATU", close), (B, "DUA", FULL), (C, "TIGA", near)]),
    ]
    config = tmp_path / "idm.toml"
    config.write_text("[sasaran]\nMANDIRI = 3\nMAJU = 3\n", encoding="utf-8")
    result = compared(*files, settings=load_settings(str(config))).compared
    rows = {(row["tahun"], row["status"]): row for row in result.sasaran.iter_rows(named=True)}
    top, maju = rows[2024, "MANDIRI"], rows[2024, "MAJU"]
    assert (top["capaian"], top["kurang"], top["laju"], top["tahun_tercapai"]) == (1, 2, -0.5, None)
    assert (maju["capaian"], maju["kurang"], maju["laju"], maju["tahun_tercapai"]) == (1, 2, 0.5, 2028)
    assert (maju["naik_masuk"], maju["turun_keluar"]) == (1, 1)
    assert rows[2022, "MAJU"]["laju"] is None
    listed = result.dekat.select("kode_desa", "keadaan", "status_dekat", "jarak_k", "poin").rows()
    assert listed == [
        (A, "hampir naik", "MAJU", 4456 - k, -(-(4456 - k) // 12)),
        (C, "hampir turun", "BERKEMBANG", 12, 1),
    ]


def test_a_year_given_twice_must_say_the_same(tmp_path: Path) -> None:
    first, second, third = three_years(tmp_path)
    same = compared(
        first, second, third, year(tmp_path, 2024, [(A, "SATU", BETTER), (D, "EMPAT", FULL)], "susulan-2024.csv")
    )
    assert same.compared.ringkasan.item(1, "desa_ke") == 5
    assert any("1 desa-tahun ada di beberapa masukan dengan isi sama" in note for note in same.notes)
    other = year(tmp_path, 2024, [(A, "SATU", POOR)], "revisi-2024.csv")
    with pytest.raises(UsageError) as caught:
        compared(first, third, other)
    assert f"Tahun 2024 diberikan lebih dari sekali dengan isi berbeda: {A} SATU" in caught.value.pesan
    assert other in caught.value.pesan
    assert "idm merge" in (caught.value.saran or "")


@pytest.mark.parametrize(
    ("tahun", "wilayah", "said"),
    [
        ((2021, 2023), None, "Tahun 2023 tidak ada dalam data; yang ada: 2021, 2022, 2024"),
        ((2021,), None, "Hanya ada satu tahun (2021)"),
        ((), "6502", "6502"),
    ],
)
def test_what_cannot_be_compared_is_said(
    tmp_path: Path, tahun: tuple[int, ...], wilayah: str | None, said: str
) -> None:
    with pytest.raises(UsageError) as caught:
        compared(*three_years(tmp_path), tahun=tahun, wilayah=wilayah)
    assert said in caught.value.pesan


def test_a_recap_of_two_years_compares_like_the_scores_behind_it() -> None:
    scores = compared(str(SAMPLES / "kaltara-2023.xlsx"), str(SAMPLES / "kaltara.xlsx")).compared
    recap = compared(str(SAMPLES / "kaltara-rekap.xlsx")).compared
    mixed = compared(str(SAMPLES / "kaltara-rekap.xlsx"), str(SAMPLES / "kaltara.xlsx"), tahun=(2023, 2024)).compared
    for other in (recap, mixed):
        assert other.perpindahan.equals(scores.perpindahan)
        assert other.perubahan.get_column("selisih_k").equals(scores.perubahan.get_column("selisih_k"))
        assert other.indikator.is_empty()
        assert other.perubahan.get_column("kiriman_sama").null_count() == 447
    assert mixed.tren_indikator.get_column("tahun").unique().to_list() == [2024]
    assert recap.perubahan.item(0, "penyebab").startswith(("IKS ", "IKE ", "IKL "))


def test_a_folder_of_years_of_several_shapes(tmp_path: Path) -> None:
    year(tmp_path, 2021, [(A, "SATU", POOR), (B, "DUA", FULL)])
    (tmp_path / "rekap-2022.csv").write_text(
        f"kode_desa,desa,kecamatan,tahun,iks,ike,ikl\n{A},SATU,PESO,2022,1,1,1\n{B},DUA,PESO,2022,1,1,1\n",
        encoding="utf-8",
    )
    result = compared(str(tmp_path)).compared
    assert result.desa.select("idm_k_2021", "idm_k_2022").rows() == [(4047, 6300), (6300, 6300)]


def allowed(kode: str) -> st.SearchStrategy[int]:
    return st.sampled_from(RUBRIC.by_code[kode].allowed)


SCORES = st.fixed_dictionaries({kode: allowed(kode) for kode in RUBRIC.codes})


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.lists(SCORES, min_size=1, max_size=4), after=st.lists(SCORES, min_size=1, max_size=4))
def test_any_two_years_balance(tmp_path: Path, before: list[dict[str, int]], after: list[dict[str, int]]) -> None:
    codes = (A, B, C, D)
    files = [
        year(tmp_path, tahun, [(code, f"DESA {code}", scores) for code, scores in zip(codes, rows, strict=False)])
        for tahun, rows in ((2022, before), (2023, after))
    ]
    result: Compared = compared(*files).compared
    assert int(result.perpindahan.get_column("jumlah").sum()) == max(len(before), len(after))
    want = {
        code: sum(RUBRIC.unit(RUBRIC.dimension_of(kode)) * (now[kode] - then[kode]) for kode in RUBRIC.codes)
        for code, then, now in zip(codes, before, after, strict=False)
    }
    assert dict(result.perubahan.select("kode_desa", "selisih_k").iter_rows()) == want
    added = result.indikator.group_by("kode_desa").agg(pl.col("sumbangan_k").sum())
    assert dict(added.iter_rows()) == {code: want[code] for code in added.get_column("kode_desa")}


def test_the_command_shows_writes_and_ends(tmp_path: Path) -> None:
    files = three_years(tmp_path)
    shown = run_here(["compare", *files, "--banyak", "3"], tmp_path)
    assert shown.returncode == 0, shown.stderr
    for text in (
        "tahun 2021, 2022, 2024",
        "Perpindahan status 2021 → 2024 (tahun pertama ke tahun terakhir)",
        f"{A} SATU (TANJUNG PALAS): MAJU 0,7646",
        f"{E} → {F} LIMA (TANJUNG PALAS, 2021 → 2022): diduga kodenya yang berganti",
        f"{D} EMPAT (TANJUNG PALAS): ada 2021, tidak ada 2022",
    ):
        assert text in shown.stdout.replace("\n  ", " "), f"{text!r} is not in\n{shown.stdout}"
    assert max(len(line.rstrip()) for line in shown.stdout.splitlines()) <= 80
    one = run_here(["compare", *files, "--desa", "satu"], tmp_path).stdout
    assert "4 indikator berubah, IDM +0,1222" in one
    assert "kiriman sama, 50 skor tidak berubah" in one
    document = json.loads(run_here(["compare", *files, "--json"], tmp_path).stdout)
    assert document["tahun"] == [2021, 2022, 2024]
    assert len(document["perubahan"]) == 7
    assert run_here(["compare", *files, "-q", "-o", "banding.csv"], tmp_path).returncode == 0
    assert pl.read_csv(tmp_path / "banding.csv").height == 7
    assert run_here(["compare", *files, "-q", "-o", "banding.json"], tmp_path).returncode == 0
    assert json.loads((tmp_path / "banding.json").read_text(encoding="utf-8")) == document
    twice = year(tmp_path, 2023, [(A, "SATU", POOR), (A, "SATU", POOR)])
    assert run_here(["compare", files[0], twice], tmp_path).returncode == 1
    assert run_here(["compare", files[0], "--tahun", "21"], tmp_path).returncode == 2
