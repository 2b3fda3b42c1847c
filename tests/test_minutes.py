"""Berita acara: what is determined and what is held back, what an office may say, and the finished words."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from openpyxl import Workbook

from idmcli.documents.minutes import minutes_context, minutes_paper
from idmcli.documents.minutes_variables import variables
from idmcli.errors import ConfigError, IdmError, UsageError
from idmcli.findings import SCHEMA
from idmcli.minutes import Basis, Minutes, MinutesLevel, determine, unit_minutes
from idmcli.parameters.minutes import MinutesSettings, Signatory, minutes_settings
from idmcli.parameters.officials import load_officials, signing
from idmcli.pipeline import Request, load, validate
from idmcli.pipeline.minutes import MinutesRequest, make_minutes
from idmcli.rubric import load_rubric
from idmcli.settings import Settings, load_settings
from tests.conftest import ROOT, SAMPLE

RUBRIC = load_rubric()
SETTINGS = MinutesSettings()
POINTS: Mapping[str, tuple[int, int, int]] = {
    "MANDIRI": (160, 50, 13),
    "MAJU": (150, 40, 12),
    "BERKEMBANG": (130, 30, 10),
    "TERTINGGAL": (110, 30, 7),
}
NAMES = ("PEJALIN", "PA' MILAU", 'R&D <b> "X"', "LABUK")


def villages(*statuses: str, stated: Mapping[int, str] | None = None, **changes: Mapping[int, Any]) -> pl.DataFrame:
    """Scored villages of two kecamatan of Bulungan; `stated` overrides the stated status, `changes` any column."""
    rows = []
    for number, status in enumerate(statuses):
        iks, ike, ikl = POINTS[status]
        k = 12 * iks + 35 * ike + 140 * ikl
        assert RUBRIC.status_at(k).nama == status
        row = {
            **{
                "berkas": "a.xlsx",
                "lembar": "S",
                "baris": number + 2,
                "kode_desa": f"65010{number % 2 + 1}200{number}",
            },
            **{"provinsi": "KALIMANTAN UTARA", "kabupaten": "BULUNGAN", "kecamatan": f"KEC {number % 2 + 1}"},
            **{"desa": NAMES[number % len(NAMES)], "tahun": 2024, "alasan": None},
            **{"iks": iks / 175, "ike": ike / 60, "ikl": ikl / 15, "idm": k / 6300, "idm_k": k, "status": status},
            **{"iks_terbit": iks / 175, "ike_terbit": ike / 60, "ikl_terbit": ikl / 15, "idm_terbit": k / 6300},
            "status_terbit": (stated or {}).get(number, status),
        }
        rows.append(row | {name: values[number] for name, values in changes.items() if number in values})
    return pl.DataFrame(rows, schema_overrides={"idm_k": pl.Int32, "tahun": pl.Int32, "alasan": pl.String})


def finding(baris: int | None, aturan: str, pesan: str, tingkat: str = "galat") -> pl.DataFrame:
    row = {"berkas": "a.xlsx", "lembar": "S", "baris": baris, "aturan": aturan, "tingkat": tingkat, "pesan": pesan}
    return pl.DataFrame([row], schema=SCHEMA)


NONE = pl.DataFrame(schema=SCHEMA)


def decide(
    frame: pl.DataFrame,
    findings: pl.DataFrame = NONE,
    level: MinutesLevel = "desa",
    dasar: Basis | None = None,
    paksa: bool = False,
    before: pl.DataFrame | None = None,
) -> Minutes:
    return determine(frame, findings, RUBRIC, level, dasar, paksa, before)


def test_counts_and_means_by_hand() -> None:
    minutes = decide(villages("MANDIRI", "MAJU", "MAJU", "TERTINGGAL"), level="kabupaten")
    (unit,) = minutes.units.iter_rows(named=True)
    assert (unit["kode"], unit["jumlah_desa"], unit["MANDIRI"], unit["MAJU"], unit["TERTINGGAL"]) == (
        "6501",
        4,
        1,
        2,
        1,
    )
    assert unit["iks"] == (160 + 150 + 150 + 110) / 4 / 175
    assert (unit["draf"], unit["alasan_draf"]) == (False, [])
    kecamatan = decide(villages("MANDIRI", "MAJU", "MAJU", "TERTINGGAL"), level="kecamatan").units
    assert kecamatan.select("kode", "jumlah_desa", "MAJU").rows() == [("650101", 2, 1), ("650102", 2, 1)]


def test_a_grave_finding_holds_back_village_and_units_and_paksa_prints_a_draft() -> None:
    frame, grave = villages("MAJU", "MAJU", "MAJU"), finding(3, "skor_kosong", "IKS02 (Dokter) kosong")
    held = decide(frame, grave)
    assert held.units["kode"].to_list() == ["6501012000", "6501012002"]
    assert held.tertahan.select("kode_desa", "alasan").rows() == [("6501022001", "IKS02 (Dokter) kosong")]
    above = decide(frame, grave, "kecamatan")
    assert above.units["kode"].to_list() == ["650101"]
    assert above.unit_tertahan.rows() == [("650102", "KEC 2", 1, "1 desa tertahan: PA' MILAU (6501022001)")]
    assert decide(frame, grave, "kabupaten").units.is_empty()
    draft = decide(frame, grave, "kabupaten", paksa=True)
    assert draft.units.select("jumlah_desa", "draf").rows() == [(3, True)]
    assert draft.units["alasan_draf"].to_list() == [["PA' MILAU (6501022001): IKS02 (Dokter) kosong"]]
    warning = finding(3, "janggal", "aneh", "peringatan")
    assert decide(frame, warning).tertahan.is_empty(), "only galat holds back"
    whole_sheet = decide(frame, finding(None, "kolom_kurang", "Kolom IKS02 tidak ada"))
    assert whole_sheet.units.is_empty(), "a finding about a sheet is one about each of its villages"


def test_two_statuses_wait_for_the_officer_who_chooses() -> None:
    frame = villages("MAJU", "MAJU", stated={1: "MANDIRI"}, idm_terbit={1: 0.82})
    held = decide(frame)
    told = "status tertulis MANDIRI, menurut hitungan MAJU; pilih --dasar terbit atau --dasar hitung"
    assert held.tertahan["alasan"].to_list() == [told]
    cases: tuple[tuple[Basis, str, float], ...] = (
        ("terbit", "MANDIRI", 0.82),
        ("hitung", "MAJU", (1800 + 1400 + 1680) / 6300),
    )
    for basis, status, idm in cases:
        chosen = decide(frame, finding(3, "status_tidak_cocok", "x"), dasar=basis)
        assert chosen.tertahan.is_empty()
        assert chosen.desa.row(1, named=True)["status"] == status
        assert chosen.desa.row(1, named=True)["idm"] == pytest.approx(idm)
    copied = finding(3, "salinan_internet", "IKS31 salinan IKS30")
    assert decide(frame, copied, dasar="terbit").tertahan.is_empty()
    assert decide(frame, copied, dasar="hitung").tertahan.height == 1, "computed from a copied column"
    assert decide(frame, copied).tertahan["alasan"][0].startswith("IKS31 salinan IKS30 (pilih --dasar terbit)")


def test_villages_that_cannot_be_told_apart_or_have_no_figures() -> None:
    twice = villages("MAJU", "MAJU", "MAJU", kode_desa={2: "6501012000"})
    assert decide(twice).units["kode"].to_list() == ["6501022001"]
    draft = decide(twice, paksa=True)
    assert draft.units.select("kode", "jumlah_desa", "draf").rows() == [
        ("6501012000", 1, True),
        ("6501022001", 1, False),
    ]
    assert draft.tertahan["dicetak"].to_list() == [True, False]
    nameless = villages("MAJU", "MAJU", "MAJU", kode_desa={1: None, 2: "6501022002"}, kecamatan={2: "KEC 2"})
    assert decide(nameless, paksa=True).units.height == 2, "without a code there is no village to determine"
    assert decide(nameless, level="kecamatan").units["kode"].to_list() == ["650101"], "its namesakes tell the kecamatan"
    unscored = villages("MAJU", status={0: None}, status_terbit={0: None}, alasan={0: "Semua skor kosong"})
    assert decide(unscored).tertahan["alasan"].to_list() == ["Semua skor kosong"]
    (paper,) = unit_minutes(decide(unscored, paksa=True), RUBRIC)
    told = minutes_context(paper, SETTINGS.for_unit("desa", "6501012000"), None, edisi="e")
    assert told["penetapan"][0].endswith("Desa PEJALIN tahun 2024 ditetapkan dengan status (belum dapat ditetapkan).")
    assert (told["nomor"], told["draf"]) == ("Nomor: …………/BA-IDM/6501012000/2024", True)
    wrong_code = villages("MAJU", "MAJU", "MAJU", kode_desa={2: "6501022009"})
    held = decide(wrong_code, finding(4, "kode_tak_cocok", "kode salah"), "kecamatan")
    assert held.units.is_empty(), "the village is missing where its name belongs"


def test_comparison_with_the_year_before() -> None:
    before = villages("BERKEMBANG", "MANDIRI", "MAJU", tahun={0: 2023, 1: 2023, 2: 2023})
    now = villages("MAJU", "MAJU", "MAJU", "TERTINGGAL")
    minutes = decide(now, level="kabupaten", before=pl.concat([before, now]))
    assert minutes.tahun_sebelum == 2023
    moved = minutes.perubahan.select("desa", "status_sebelum", "status", "naik").rows()
    assert moved == [("PEJALIN", "BERKEMBANG", "MAJU", True), ("PA' MILAU", "MANDIRI", "MAJU", False)]
    (unit,) = unit_minutes(minutes, RUBRIC)
    told = minutes_context(unit, SETTINGS.for_unit("kabupaten", "6501"), 3, edisi="idm-2016")
    assert told["perbandingan"]["baris"][:2] == [["MANDIRI", "1", "0", "−1"], ["MAJU", "1", "3", "+2"]]
    assert told["perbandingan"]["baris"][-1] == ["Jumlah", "3", "4", "+1"]
    assert "status 1 desa naik dan 1 desa turun" in told["perbandingan"]["kalimat"]
    assert [len(annex["baris"]) for annex in told["lampiran"]] == [4, 2]
    assert [annex["judul"][:11] for annex in told["lampiran"]] == ["Lampiran I:", "Lampiran II"]


def context(level: MinutesLevel, frame: pl.DataFrame, office: Mapping[str, Any], nomor: int | None = 1) -> Any:
    settings = minutes_settings(office, Path("idm.toml"))
    unit = next(unit_minutes(decide(frame, level=level), RUBRIC))
    return minutes_context(unit, settings.for_unit(level, unit.unit["kode"]), nomor, edisi="idm-2016")


def test_the_words_of_a_village() -> None:
    told = context("desa", villages("MAJU"), {"tanggal": date(2026, 11, 21), "desa": {"tempat": "Balai Adat"}}, 7)
    assert told["kop"]["baris"] == ["PEMERINTAH KABUPATEN BULUNGAN", "KECAMATAN KEC 1", "DESA PEJALIN"]
    assert told["nomor"] == "Nomor: 007/BA-IDM/6501012000/2024"
    assert told["pembuka"].startswith(
        "Pada hari ini, Sabtu, tanggal dua puluh satu, bulan November, tahun dua ribu dua puluh enam (21/11/2026), "
        "bertempat di Balai Adat, Desa PEJALIN, Kecamatan KEC 1, Kabupaten BULUNGAN, Provinsi KALIMANTAN UTARA,"
    )
    assert told["tabel"]["baris"][3:] == [
        ["Desa", "6501012000", "PEJALIN"],
        ["Indeks Ketahanan Sosial", "IKS", "0,8571"],
        ["Indeks Ketahanan Ekonomi", "IKE", "0,6667"],
        ["Indeks Ketahanan Lingkungan", "IKL", "0,8000"],
        ["Indeks Desa Membangun", "IDM", "0,7746"],
        ["Status desa", "", "MAJU"],
    ]
    assert told["tempat_tanggal"] == "PEJALIN, 21 November 2026"
    assert told["kosong"] == ["nama Kepala Desa PEJALIN", "nama Pendamping Lokal Desa"]
    assert [told[key] for key in ("rekap", "rincian", "perbandingan", "lampiran")] == [None, None, None, []]


def test_names_stay_as_they_are_typed() -> None:
    told = context("desa", villages("MAJU", desa={0: '{desa} R&D <b> "X" O\'o'}), {})
    assert told["penetapan"][0].startswith('Berdasarkan hasil pengukuran tersebut, Desa {desa} R&D <b> "X" O\'o tahun')


def test_a_paper_without_date_place_and_names_has_dots_and_says_so() -> None:
    told = context("kabupaten", villages("MAJU", "MANDIRI"), {}, None)
    assert "Pada hari ini, …………, tanggal …………, bulan …………, tahun ………… (…………), bertempat di …………," in told["pembuka"]
    missing = {"tanggal", "tempat", "nomor", "NIP Kepala DPMD Kabupaten BULUNGAN", "nama Tenaga Ahli Kabupaten"}
    assert missing <= set(told["kosong"])
    assert told["tanda_tangan"][0][0]["nip"] == "NIP …………"
    assert told["isi"]["hari"] == "…………"
    assert not any("\x00" in str(value) for value in told.values())


def test_six_signatories_two_witnesses_and_a_city() -> None:
    people = [{"peran": f"Peran {number}", "nama": f"N{number}"} for number in range(5)]
    people.append({"peran": "Camat", "nip": "…"})
    witnesses = [{"peran": f"Saksi {number}", "saksi": True} for number in (1, 2)]
    frame = villages("MAJU", kabupaten={0: "KOTA BATU"})
    told = context("kabupaten", frame, {"kabupaten": {"penandatangan": [*people, *witnesses]}})
    assert [len(row) for row in told["tanda_tangan"]] == [2, 2, 2]
    assert [[one["peran"] for one in row] for row in told["saksi"]] == [["Saksi 1", "Saksi 2"]]
    assert told["wilayah"] == "Kota BATU"
    assert told["kop"]["baris"][0] == "PEMERINTAH KOTA BATU"


def test_the_nearest_setting_wins_key_by_key() -> None:
    office = minutes_settings(
        {
            "tempat": "A",
            "nomor": "{nomor}/{bulan_romawi}/{tahun_surat}",
            "tanggal": "1-2-2024",
            "logo": "logo.png",
            "desa": {"tempat": "B", "alamat": "Jl. {desa}"},
            "unit": {"65.01.01.2000": {"tempat": "", "nomor": "12/tetap"}},
            "kata": {"kaki": "{kode}"},
        },
        Path("kantor/idm.toml"),
    )
    own, other = office.for_unit("desa", "6501012000"), office.for_unit("desa", "6501012002")
    assert (own.tempat, own.nomor, own.alamat, own.tanggal) == ("", "12/tetap", "Jl. {desa}", date(2024, 2, 1))
    assert (own.counted, other.counted, other.tempat, other.logo) == (False, True, "B", Path("kantor/logo.png"))
    assert office.for_unit("kabupaten", "6501").tempat == "A"
    assert office.for_unit("desa", "6501012002", typed={"tempat": "C"}).tempat == "C"
    assert own.kata["kaki"] == "{kode}"
    assert context("desa", villages("MAJU"), {"tanggal": date(2024, 2, 1), "nomor": "{nomor}/{bulan_romawi}"})[
        "nomor"
    ] == ("Nomor: 1/II")


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"tempt": "A"}, "Mungkin maksudnya berita_acara.tempat"),
        ({"desa": {"kop": "A"}}, "berita_acara.desa.kop salah jenis"),
        ({"kop": [1]}, "berita_acara.kop bukan deretan teks"),
        ({"penutup": "{nama}"}, "berita_acara.penutup menyebut {nama}"),
        ({"penutup": "{desa.__class__}"}, "menyebut {desa.__class__}"),
        ({"nomor": "{nomor:0999999}"}, "bentuk {nomor} tidak dikenal"),
        ({"penutup": "{nomor}"}, "menyebut {nomor}"),
        ({"tempat": "{tempat}"}, "menyebut {tempat}"),
        ({"penutup": "a {"}, "tidak berpasangan"),
        ({"tanggal": "31-02-2024"}, "bukan tanggal"),
        ({"unit": {"650": {}}}, "bukan wilayah"),
        ({"unit": {"6501": {}, "65.01": {}}}, "tertulis dua kali"),
        ({"penandatangan": [{"nama": "A"}]}, "tanpa peran"),
        ({"penandatangan": [{"peran": "A", "saksi": "ya"}]}, "saksi salah jenis"),
        ({"kata": {"kakii": "x"}}, "Mungkin maksudnya"),
        ({"kata": {"tabel": ["a"]}}, "harus berisi 3 teks"),
    ],
)
def test_what_an_office_gets_wrong_is_named(table: Mapping[str, Any], told: str) -> None:
    with pytest.raises(ConfigError) as raised:
        minutes_settings(table, Path("idm.toml"))
    assert told in str(raised.value)
    assert "idm.toml" in str(raised.value)


def test_officials_from_csv_and_workbook_hold_their_roles(tmp_path: Path) -> None:
    lines = [
        ("kode", "peran", "nama", "nip", "saksi"),
        ("65.01.01.2000", "Pj. Kepala Desa", "SITI", "-", ""),
        ("6501012000", "Ketua BPD", "AMIR {x}", "", "ya"),
        ("650101", "Camat", "BUDI", "19700101 199003 1 001", "tidak"),
    ]
    (tmp_path / "p.csv").write_text("\n".join(";".join(line) for line in lines), encoding="utf-8")
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["DAFTAR PEJABAT"])
    for line in lines:
        sheet.append(line)
    book.save(tmp_path / "p.xlsx")
    found = load_officials(tmp_path / "p.csv")
    assert found == load_officials(tmp_path / "p.xlsx")
    roles = [Signatory("Kepala Desa PEJALIN", nip="…"), Signatory("Pendamping Lokal Desa")]
    assert signing(roles, found["6501012000"]) == (
        Signatory("Pj. Kepala Desa", "SITI"),
        Signatory("Pendamping Lokal Desa"),
        Signatory("Ketua BPD", "AMIR {x}", saksi=True),
    )
    assert signing([Signatory("Camat KEC 1", nip="…")], found["650101"]) == (
        Signatory("Camat KEC 1", "BUDI", "19700101 199003 1 001"),
    )


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("6501012000,Kepala Desa,A,,\n65.01.01.2000,kepala  desa,B,,", "baris 3"),
        ("650101200,Kepala Desa,A,,", "bukan kode wilayah"),
        ("6501012000,,A,,", "kosong"),
        ("6501012000,Camat,A,1.97001E+17,", "angka terakhirnya hilang"),
        ("6501012000,Camat,A,,mungkin", "bukan ya atau tidak"),
    ],
)
def test_officials_that_cannot_be_are_refused_with_their_line(lines: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text(f"kode,peran,nama,nip,saksi\n{lines}\n", encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        load_officials(tmp_path / "p.csv")
    assert told in str(raised.value)


def test_a_nip_stored_as_a_number_and_a_file_that_is_no_workbook(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["kode", "peran", "nama", "nip"])
    book.worksheets[0].append([650101, "Camat", "BUDI", 197001011990031001])
    book.save(tmp_path / "p.xlsx")
    with pytest.raises(ConfigError, match="baris 2"):
        load_officials(tmp_path / "p.xlsx")
    (tmp_path / "q.xlsx").write_bytes(b"bukan excel")
    with pytest.raises(ConfigError, match=r"q\.xlsx"):
        load_officials(tmp_path / "q.xlsx")


def test_the_sample_from_file_to_words(tmp_path: Path) -> None:
    (tmp_path / "idm.toml").write_text(
        "[berita_acara]\npejabat = 'p.csv'\n[berita_acara.desa]\ntanggal = 2024-06-14\n", encoding="utf-8"
    )
    (tmp_path / "p.csv").write_text("kode,peran,nama\n6501012006,Kepala Desa,A'B & C\n6599,Camat,X\n", encoding="utf-8")
    settings = load_settings(str(tmp_path / "idm.toml"))
    loaded = load(Request((str(SAMPLE),)), settings)
    findings = validate(loaded).findings
    result = make_minutes(loaded, findings, settings, MinutesRequest("desa", hanya=("650101", "labuk kuari")[:1]))
    assert [unit.unit["kode"][:6] for unit, _ in result.papers] == ["650101"] * 5
    told = [minutes_context(unit, own, 1, edisi="e") for unit, own in result.papers]
    assert told[1]["tanda_tangan"][0][0]["nama"] == "A'B & C"
    paper = minutes_paper(told, result.papers[0][1], result.tahun)
    assert (paper["judul"], paper["tanggal_iso"]) == (
        "Berita acara penetapan status desa: 5 dokumen, tahun 2024",
        "2024-06-14",
    )
    assert result.tidak_lengkap.is_empty()
    half = load(Request((str(ROOT / "samples" / "rumusan"),)), settings)
    part = make_minutes(half, pl.DataFrame(schema=SCHEMA), settings, MinutesRequest("provinsi", dasar="hitung"))
    assert "desa menurut acuan wilayah tidak ada dalam data" in " ".join(part.notes)
    for request, wrong in (
        (MinutesRequest("kecamatan", hanya=("TIDAK ADA",)), "tidak ada kecamatan itu"),
        (MinutesRequest("desa", hanya=("LABUK",)), "Ada 2 desa bernama LABUK"),
        (MinutesRequest("desa", nomor="{x}"), "--nomor menyebut {x}"),
        (MinutesRequest("desa", pejabat=str(tmp_path / "q.csv")), "tidak ada"),
    ):
        with pytest.raises(IdmError) as raised:
            make_minutes(loaded, findings, settings, request)
        assert wrong in str(raised.value)


def test_stated_figures_must_be_there(tmp_path: Path) -> None:
    loaded = load(Request((str(ROOT / "samples" / "kaltara-isian.xlsx"),)), Settings())
    with pytest.raises(UsageError, match="tidak menyebut status"):
        make_minutes(loaded, NONE, Settings(), MinutesRequest("desa", dasar="terbit"))


def test_a_logo_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"hilang\.png tidak ada"):
        context("desa", villages("MAJU"), {"logo": "hilang.png"})


def test_every_variable_has_an_example() -> None:
    listed = variables()
    assert len({name for name, _ in listed}) == len(listed)
    names = " ".join(name for name, _ in listed)
    told = context("desa", villages("MAJU"), {})
    assert all(f"dokumen[0].{key}" in names for key in told), set(told)
