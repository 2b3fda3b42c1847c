"""Stated against computed: one cause, one finding, the right suspect; rounding never."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from idmcli.validate import validate
from tests.validate_tables import judged, regions, rubric, scored, table, told, villages


def one(change: dict[str, object]) -> list[tuple[str, str]]:
    """Rule and message of what is found when one of Bulungan's villages is changed."""
    rows = villages(74)
    rows[0] |= change
    return list(judged(table(rows)).select("aturan", "pesan").iter_rows())


@pytest.mark.parametrize(
    ("change", "rule", "words"),
    [
        ({"iks_terbit": 0.9744}, "indeks_luar_grid", ("0,9771", "0,9714")),
        ({"iks_terbit": 100.0}, "indeks_luar_grid", ("paling besar 1,0000",)),
        ({"iks_terbit": 0.0}, "indeks_luar_grid", ("paling kecil 0,1600",)),
        ({"ike_terbit": 0.9333}, "ike_tidak_cocok", ("−4 poin", "IDM yang tertulis cocok dengan skor")),
        ({"ike_terbit": 0.9333, "idm_terbit": 0.9778}, "ike_tidak_cocok", ("satu skor", "dari 5 menjadi 1: IKE01")),
        ({"ikl_terbit": 0.9333, "idm_terbit": 0.9778}, "ikl_tidak_cocok", ("−1 poin", "dari 5 menjadi 4: IKL01")),
        ({"idm_terbit": 0.9}, "idm_tidak_cocok", ("sel IDM ini",)),
        ({"status_terbit": "MAJU"}, "status_tidak_cocok", ("MANDIRI", "di atas 0,8155")),
        ({"idm_terbit": 0.8, "status_terbit": "MAJU"}, "idm_tidak_cocok", ("0,8000",)),
        (
            {"iks_terbit": None, "ike_terbit": None, "ikl_terbit": None, "idm_terbit": 0.9924},
            "idm_tidak_cocok",
            ("−4 poin IKS",),
        ),
    ],
)
def test_one_cause_is_one_finding_with_its_suspect(
    change: dict[str, object], rule: str, words: tuple[str, ...]
) -> None:
    found = one({"iks_terbit": 1.0, **change})
    assert [name for name, _ in found] == [rule]
    for word in words:
        assert word in found[0][1]


def test_last_years_score_points_to_the_suspect() -> None:
    before = [{**row, "tahun": 2023} for row in villages(74)]
    before[0] |= {"IKE07": 0, "IKE08": 1}
    rows = villages(74)
    rows[0] |= {"ike_terbit": 0.9333, "idm_terbit": 0.9778}
    found = judged(table(rows), table(before))
    pesan = [text for name, text in found.select("aturan", "pesan").iter_rows() if name == "ike_tidak_cocok"]
    assert "(tahun lalu demikian: IKE08)" in pesan[0]


def test_a_copied_column_needs_every_row_of_the_year() -> None:
    rows = villages(74)
    rows[0] |= {"iks_terbit": 0.9771, "idm_terbit": 0.9924}
    found = judged(table(rows))
    assert told(found) == [("salinan_internet", "Data!AK2")]
    assert "IKS31 seharusnya 1, bukan 5" in found.get_column("pesan")[0]
    rows[1] |= {"IKS30": 1, "iks_terbit": 0.9771, "idm_terbit": 0.9924}
    assert told(judged(table(rows))) == [("iks_tidak_cocok", "Data!BE2")]


def test_a_known_copy_is_named_where_rows_were_corrected_and_in_small_tables() -> None:
    lower = {"iks_terbit": 0.9771, "idm_terbit": 0.9924}
    rows = villages(74)
    for number in range(5):
        rows[number] |= lower
    rows[9] |= {"IKS31": 1, **lower}  # somebody has already put the true score there
    assert [rule for rule, _ in told(judged(table(rows)))] == ["salinan_internet"] * 5
    few = villages(7)
    few[0] |= lower
    few[3] |= lower
    assert [rule for rule, _ in told(judged(table(few))) if rule != "desa_tidak_ada"] == ["salinan_internet"] * 2


def test_a_recap_is_held_against_itself() -> None:
    rows = [{name: value for name, value in row.items() if name not in rubric().codes} for row in villages(74)]
    rows[0] |= {"iks_terbit": 0.9012}
    rows[1] |= {"idm_terbit": 0.95}
    rows[2] |= {"status_terbit": "BERKEMBANG"}
    rows[3] |= {"ike_terbit": None}
    found = told(judged(table(rows, shape="rekap")))
    assert [rule for rule, _ in found] == ["idm_tidak_cocok", "indeks_luar_grid", "status_tidak_cocok", "indeks_kosong"]


@settings(max_examples=12, deadline=None)
@given(data=st.data(), digits=st.sampled_from([3, 4, 6, 15]))
def test_rounding_is_never_a_finding_and_one_changed_score_always_is(data: st.DataObject, digits: int) -> None:
    edition = rubric()
    row = villages(1)[0]
    row |= {code: data.draw(st.sampled_from(edition.by_code[code].allowed), label=code) for code in edition.codes}
    row |= {"IKS30": 1, "IKS31": 5}
    exact = scored(table([row])).row(0, named=True)
    rounded = {f"{name}_terbit": round(exact[name], digits) for name in ("iks", "ike", "ikl")}
    row |= rounded
    row["idm_terbit"] = round(sum(rounded.values()) / 3, digits)
    row["status_terbit"] = exact["status"]
    anchor = {**villages(2)[1], "iks_terbit": round(141 / 175, digits), "idm_terbit": None}

    def mismatches(changed: dict[str, object]) -> list[str]:
        sheet = table([changed, anchor])
        found = validate(sheet, scored(sheet), rubric=edition, regions=regions())
        rules = zip(found.get_column("aturan"), found.get_column("baris"), strict=True)
        return [rule for rule, baris in rules if baris == 2 and rule.endswith(("cocok", "grid", "internet"))]

    assert mismatches(row) == []
    code = data.draw(st.sampled_from([each for each in edition.codes if len(edition.by_code[each].allowed) > 1]))
    other = data.draw(st.sampled_from([score for score in edition.by_code[code].allowed if score != row[code]]))
    expected = f"{edition.dimension_of(code).kolom}_tidak_cocok"
    assert mismatches({**row, code: other}) == [expected]
