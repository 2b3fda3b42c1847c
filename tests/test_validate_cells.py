"""Findings about layout, codes, places and cells, each with the cell and no cascade behind it."""

from dataclasses import replace

import polars as pl
import pytest

from idmcli.findings import SCHEMA
from idmcli.tables import ColumnUse, DroppedRow, SkippedDocument
from idmcli.validate import summarise
from tests.validate_tables import judged, regions, rubric, table, told, villages

KODE, DESA, KECAMATAN = "A", "E", "D"


def test_a_sound_table_has_no_finding_and_the_contract_columns() -> None:
    findings = judged(table(villages(74)))
    assert findings.rows() == []
    assert dict(findings.schema) == SCHEMA


def test_cells_of_scores_say_what_is_allowed_and_what_the_total_demands() -> None:
    rows = villages(74)
    rows[0] |= {"IKS02": None}
    rows[1] |= {"IKS02": 3}
    rows[2] |= {"IKS02": None}
    rows[3] |= {"IKS02": None}
    findings = judged(table(rows, {(2, "IKS02"): "ada dokter", (3, "IKS02"): "3,5"}))
    assert sorted(told(findings)) == [
        ("skor_bukan_angka", "Data!H4"),
        ("skor_kosong", "Data!H2"),
        ("skor_tak_berlaku", "Data!H3"),
        ("skor_tak_berlaku", "Data!H5"),
    ]
    for pesan in findings.get_column("pesan"):
        assert "yang berlaku: 0, 5" in pesan
        assert "menurut IKS yang tertulis seharusnya 5" in pesan
    assert "ada dokter" in findings.get_column("isi").to_list()


def test_a_missing_column_is_one_finding_not_one_per_row() -> None:
    rows = [{**row, "IKS02": None} for row in villages(74)]
    data = table(rows, missing=("IKS02",))
    near = ColumnUse("Skor Doktr", "Skor Doktr", "BZ", dekat=("Skor Dokter",))
    data = replace(data, layouts=(replace(data.layouts[0], extra=(near,)),))
    findings = judged(data)
    assert told(findings) == [("kolom_kurang", "Data!BZ1"), ("kolom_tak_dikenal", "Data!BZ1")]
    assert "mungkin maksudnya kolom BZ" in findings.get_column("pesan")[0]


def test_a_recap_without_sub_indices_is_told_per_column_in_the_officers_words() -> None:
    names = ("iks_terbit", "ike_terbit", "ikl_terbit")
    rows = [{name: value for name, value in row.items() if name not in names} for row in villages(74)]
    rows = [{name: value for name, value in row.items() if name not in rubric().codes} for row in rows]
    findings = judged(table(rows, shape="rekap", missing=names))
    assert told(findings) == [("kolom_kurang", None)] * 3
    expected = [f"Kolom {name} tidak ada di lembar Data" for name in ("IKS", "IKE", "IKL")]
    assert findings.get_column("pesan").to_list() == expected


def test_a_code_that_lost_its_digits_to_scientific_notation_says_so() -> None:
    rows = villages(1)
    rows[0] |= {"kode_desa": None, "desa": "ENTAH"}
    findings = judged(table(rows, {(0, "kode_desa"): "6,50101E+09"}))
    assert told(findings) == [("kode_bentuk", f"Data!{KODE}2")]
    assert "format ilmiah" in findings.get_column("pesan")[0]


def test_an_empty_row_is_one_finding_and_a_reason_in_a_number_cell_is_another() -> None:
    empty = dict.fromkeys((*rubric().codes, "iks_terbit", "ike_terbit", "ikl_terbit", "idm_terbit", "status_terbit"))
    rows = villages(74)
    rows[0] |= empty
    rows[1] |= empty
    findings = judged(table(rows, {(1, "iks_terbit"): "Tidak berpenduduk"}))
    assert told(findings) == [("skor_kosong", "Data!G2"), ("alasan_di_sel_angka", "Data!BE3")]
    assert "Tidak berpenduduk" in findings.get_column("pesan")[1]


def test_structure_findings_tell_dropped_rows_documents_and_second_columns() -> None:
    data = table(villages(74))
    layout = replace(
        data.layouts[0],
        dropped=(DroppedRow(77, "JUMLAH", "baris jumlah"),),
        duplicates=(ColumnUse("IKS01", "Skor Akses Sarkes (2)", "BX"),),
    )
    data = replace(data, layouts=(layout,), skipped=(SkippedDocument("x.json", "ID Desa tidak ditemukan"),))
    assert sorted(told(judged(data))) == [
        ("baris_dilewati", "Data!A77"),
        ("dokumen_dilewati", None),
        ("kolom_ganda", "Data!BX1"),
    ]


@pytest.mark.parametrize(
    ("change", "typed", "rule", "cell"),
    [
        ({"kode_desa": None}, "65.01.01.20", "kode_bentuk", KODE),
        ({"kode_desa": None}, None, "kode_kosong", KODE),
        ({"kode_desa": None, "usulan_kode": "6501012005"}, None, "nama_usulan", KODE),
        ({"kode_desa": "6501011005"}, None, "kode_kelurahan", KODE),
        ({"kode_desa": "6501010005"}, None, "kode_bentuk", KODE),
        ({"kode_desa": "6501012999"}, None, "kode_tak_dikenal", KODE),
        ({"desa": "GUNUNG PUTIAH"}, None, "nama_tak_cocok", DESA),
        ({"kecamatan": "SEKATAK"}, None, "kecamatan_tak_cocok", KECAMATAN),
        ({"desa": "LONG X", "kabupaten": "NUNUKAN"}, None, "kode_tak_cocok", KODE),
        ({"desa": "LONG X", "cara_kode": "usulan"}, None, "usulan_dipakai", DESA),
        ({"cara_kode": "nama"}, None, "kode_dari_nama", KODE),
        ({"cara_kode": "bps"}, None, "kode_bps", KODE),
        ({"tahun": None}, None, "tahun_kosong", "F"),
        ({"desa": "desa gunung-putih"}, None, None, None),
    ],
)
def test_a_fault_of_identity_has_one_finding(
    change: dict[str, object], typed: str | None, rule: str | None, cell: str | None
) -> None:
    rows = villages(74)
    rows[0] |= change
    found = told(
        judged(table(rows, {(0, "kode_desa"): typed} if "kode_desa" in change and not change["kode_desa"] else None))
    )
    expected = [(rule, f"Data!{cell}2")] if rule else []
    named_anew = {"kode_tak_cocok": False}
    assert [one for one in found if one[0] != "desa_tidak_ada" or named_anew.get(str(rule))] == expected


def test_a_village_twice_names_both_cells() -> None:
    rows = villages(74)
    again = {**rows[3], "IKS02": 0}
    findings = judged(table([*rows, again])).filter(pl.col("aturan") == "desa_ganda")
    assert told(findings) == [("desa_ganda", "Data!A76")]
    assert "Data!A5" in findings.get_column("pesan")[0]
    assert "berbeda" in findings.get_column("pesan")[0]


def test_missing_villages_are_listed_for_the_area_that_the_file_plausibly_covers() -> None:
    bulungan = [row for row in villages(447) if row["kabupaten"] == "BULUNGAN"]
    assert [rule for rule, _ in told(judged(table(bulungan[:-2])))] == ["desa_tidak_ada"] * 2
    province = judged(table(villages(440)))
    assert province.height == 7
    assert "7 dari 447 desa di provinsi KALIMANTAN UTARA" in province.get_column("pesan")[0]
    assert judged(table(bulungan[:2])).rows() == []


def test_a_village_with_a_broken_code_is_not_reported_missing_too() -> None:
    rows = villages(74)
    rows[5] |= {"kode_desa": None}
    assert [rule for rule, _ in told(judged(table(rows, {(5, "kode_desa"): "6501O12010"})))] == ["kode_bentuk"]


def test_other_provinces_are_judged_by_shape_alone() -> None:
    row = villages(1)[0] | {"kode_desa": "3204052001", "provinsi": "JAWA BARAT", "kabupaten": "BANDUNG", "desa": "X"}
    assert judged(table([row])).rows() == []


def test_raw_answers() -> None:
    names = {one.nama: each.jawaban.jenis for each in rubric().indikator for one in each.jawaban.variabel}
    good: dict[str, object] = {name: "ada" if kind == "ada" else 1.0 for name, kind in names.items()}
    for each in rubric().indikator:
        if each.jawaban.jenis == "pilihan":
            good[each.jawaban.variabel[0].nama] = max(each.skor, key=lambda row: row.skor).pilihan[0]
    identity = {
        name: villages(1)[0][name] for name in ("kode_desa", "provinsi", "kabupaten", "kecamatan", "desa", "tahun")
    }
    rows = [{**identity, **good, "kode_desa": f"110101200{number}"} for number in range(1, 7)]
    rows[1] |= {"waktu_sarkes": None}
    rows[2] |= {"waktu_sarkes": -5.0}
    rows[3] |= {"konflik": None}
    rows[4] |= {"posyandu_aktif": 3.0}
    rows[5] |= {"jumlah_dokter": None, "jumlah_kk": 0.0, "kk_listrik": 0.0}
    typed: dict[tuple[int, str], str | None] = {(3, "konflik"): "entahlah", (5, "jumlah_dokter"): "dua orang"}
    findings = judged(table(rows, typed, shape="isian"))
    assert sorted(told(findings)) == [
        ("jawaban_bukan_angka", "Data!H7"),
        ("jawaban_kosong", "Data!G3"),
        ("jawaban_negatif", "Data!G4"),
        ("jawaban_tak_dikenal", "Data!AG5"),
        ("kontradiksi", "Data!O6"),
    ]


def test_a_row_that_cannot_be_scored_for_no_visible_cell_says_why() -> None:
    names = {one.nama: each.jawaban.jenis for each in rubric().indikator for one in each.jawaban.variabel}
    answers: dict[str, object] = {name: "ada" if kind == "ada" else 1.0 for name, kind in names.items()}
    for each in rubric().indikator:
        if each.jawaban.jenis == "pilihan":
            answers[each.jawaban.variabel[0].nama] = max(each.skor, key=lambda row: row.skor).pilihan[0]
    identity = {
        name: villages(1)[0][name] for name in ("kode_desa", "provinsi", "kabupaten", "kecamatan", "desa", "tahun")
    }
    row = {**identity, **answers, "kode_desa": "1101012001", "jumlah_kk": 0.0, "kk_listrik": 0.0}
    findings = judged(table([row], shape="isian"))
    assert [rule for rule, _ in told(findings)] == ["tak_terhitung"]
    assert "IKS28" in findings.get_column("pesan")[0]


def test_carried_over_rows_and_unknown_statuses() -> None:
    rows = [{**row, "keterangan": None} for row in villages(74)]
    rows[0] |= {"keterangan": "Update 2023"}
    rows[1] |= {"keterangan": "Update 2024"}
    rows[2] |= {"status_terbit": None}
    findings = judged(table(rows, {(2, "status_terbit"): "Sejahtera"}))
    assert sorted(rule for rule, _ in told(findings)) == ["data_lama", "status_tak_dikenal"]


def test_the_summary_counts_by_rule_and_kabupaten() -> None:
    rows = villages(447)
    rows[0] |= {"IKS02": 3}
    rows[446] |= {"IKS02": 3}
    data = table(rows)
    data = replace(data, skipped=(SkippedDocument("x.json", "rusak"),))
    summary = summarise(judged(data), data.desa)
    first, last = str(rows[0]["kabupaten"]), str(rows[446]["kabupaten"])
    assert summary.columns == ["aturan", "tingkat", "judul", "jumlah", first, last, "di luar desa"]
    assert summary.rows() == [
        ("skor_tak_berlaku", "galat", "Skor tidak berlaku untuk indikator ini", 2, 1, 1, 0),
        ("dokumen_dilewati", "peringatan", "Dokumen tidak memuat desa", 1, 0, 0, 1),
    ]
    assert regions().frame.height == 447
