"""Findings against an earlier year."""

from tests.validate_tables import judged, table, told, villages


def year(number: int, count: int = 74) -> list[dict[str, object]]:
    """One year in which every village differs a little from the year before."""
    return [
        {**row, "tahun": number, "IKS16": 3 if number % 2 else 5, "iks_terbit": None, "idm_terbit": None}
        for row in villages(count)
    ]


def test_a_year_like_any_other_has_no_finding() -> None:
    assert judged(table(year(2024)), table(year(2023))).rows() == []


def test_resubmission_is_one_finding() -> None:
    rows, before = year(2024), year(2023)
    before[0] |= {"IKS16": rows[0]["IKS16"], "penduduk": "1.200"}
    rows[0] |= {"penduduk": "1200"}
    now = [{**row, "penduduk": row.get("penduduk")} for row in rows]
    then = [{**row, "penduduk": row.get("penduduk")} for row in before]
    assert told(judged(table(now), table(then))) == [("tak_berubah", "Data!A2")]


def test_jumps_falls_names_and_static_facts() -> None:
    rows = [{**row, "Luas Wilayah": "12,50", "Jumlah Penduduk": "900"} for row in year(2024)]
    before = [{**row, "Luas Wilayah": "12.5", "Jumlah Penduduk": "880"} for row in year(2023)]
    before[0] |= {"IKL03": 0, "IKE07": 0}
    rows[1] |= {"IKL03": 0, "IKE07": 0, "IKE06": 0, "ike_terbit": None, "ikl_terbit": None, "status_terbit": None}
    before[2] |= {"desa": "NAMA LAMA"}
    before[3] |= {"IKS20": 1}
    before[4] |= {"Luas Wilayah": "12"}
    before[5] |= {"Jumlah Penduduk": "900"}
    findings = judged(table(rows), table(before))
    assert sorted(told(findings)) == [
        ("data_dinamis_tetap", "Data!BK7"),
        ("data_statis_berubah", "Data!BJ6"),
        ("data_statis_berubah", "Data!Z5"),
        ("desa_berganti_nama", "Data!E4"),
        ("lonjakan", "Data!A2"),
        ("lonjakan", "Data!A3"),
    ]
    assert "IKL03 0 menjadi 5" in " ".join(findings.get_column("pesan"))


def test_a_status_that_falls_without_a_jump() -> None:
    rows, before = year(2024), year(2023)
    weak = [f"IKE{number:02}" for number in (1, 3, 9, 10, 11, 12)] + [f"IKS{number}" for number in (11, 12, 13, 14)]
    low: dict[str, object] = dict.fromkeys(weak, 1)
    gone: dict[str, object] = {"ike_terbit": None, "ikl_terbit": None, "status_terbit": None}
    rows[0] |= low | gone | {"IKL03": 3}
    before[0] |= low | gone
    findings = judged(table(rows), table(before))
    assert told(findings) == [("status_turun", "Data!A2")]
    assert "MANDIRI menjadi MAJU" in findings.get_column("pesan")[0]


def test_vanished_and_new_villages_and_the_latest_earlier_year() -> None:
    elsewhere = [{**row, "kode_desa": f"32{str(row['kode_desa'])[2:]}"} for row in year(2024, 10)]
    older = [{**row, "tahun": 2022, "IKS16": 0} for row in elsewhere]
    before = [{**row, "tahun": 2023, "IKS16": 3} for row in elsewhere]
    now = [*elsewhere[2:], {**elsewhere[0], "kode_desa": "3201012999", "desa": "BARU"}]
    now.append({**elsewhere[1], "kode_desa": "3201012998"})  # a wrong code is no village that vanished, and no new one
    findings = judged(table(now), table([*before, *older]))
    assert told(findings) == [("desa_hilang", None), ("desa_baru", "Data!A10")]
    assert "tahun 2023" in findings.get_column("pesan")[0]
