"""Why an indicator is not touched, why a village has no path, and what would have to be opened."""

import re
from dataclasses import replace

import polars as pl
import pytest

from idmcli.gap import Choice, find_paths, locks
from tests.gap_checks import EFFORT, RUBRIC, UNIT, random_villages, rupiah, scored


def test_every_lock_has_its_reason_in_words() -> None:
    village = scored({"IKS20": 1, "IKS02": 0, "IKS18": 2, "IKS14": 1, "IKS27": 4, "IKE03": 3, "IKL03": 0})
    costs = rupiah({step: cost for step, cost in EFFORT.langkah.items() if step[0] != "IKS18"})
    choice = Choice(costs, kunci=frozenset({"IKS14", "IKL03"}), pelaku=frozenset({"desa", "csr"}))
    told = dict(locks(village, RUBRIC, choice).select("kode", "alasan_kunci").iter_rows())
    assert told.pop("IKS20").startswith("tidak dapat dinaikkan oleh rencana apa pun: Agama")
    assert told.pop("IKS27").startswith("dikunci rubrik: Cara menghitung skor SLB tidak diumumkan")
    assert told == {
        "IKS02": "bukan pekerjaan desa atau swasta (CSR); pelakunya kabupaten",
        "IKS18": "tidak ada biaya untuk naik dari skor 2",
        "IKS14": "dikunci kantor",
        "IKE03": "dikunci rubrik karena skor IKE03 sudah sedikitnya 3; bukan pekerjaan desa atau swasta (CSR); "
        "pelakunya pusat, provinsi, kabupaten",
        "IKL03": "dikunci rubrik karena skor IKL02 sudah 5; dikunci kantor",
    }


def test_what_would_have_to_be_opened_is_enough_and_the_least() -> None:
    frame = random_villages(200, seed=3)
    choice = Choice(EFFORT, target="MANDIRI", kunci=frozenset(RUBRIC.codes[:40:2]), alternatif=0)
    paths = find_paths(frame, RUBRIC, choice)
    stuck = paths.desa.filter(pl.col("keadaan") == "tak_terjangkau").head(15)
    assert stuck.height == 15
    barred = locks(frame, RUBRIC, choice).join(frame.with_row_index("no"), on="no")
    for row in stuck.iter_rows(named=True):
        village = frame[row["no"]]
        own, officer = (
            frozenset(
                re.findall(r"IK[SEL]\d\d", found[1]) if (found := re.search(pattern, row["alasan_jalur"])) else ()
            )
            for pattern in (r"kunci rubrik (.*?) dibuka", r"kunci kantor (.*?) dilepas")
        )
        opened = replace(choice, kunci=choice.kunci - officer, buka=own)
        assert find_paths(village, RUBRIC, opened).desa["keadaan"].item() == "ada_jalur", row
        gains = {
            kode: (5 - village[kode].item()) * UNIT[kode]
            for kode, why in barred.filter(pl.col("no") == row["no"]).select("kode", "alasan_kunci").iter_rows()
            if why == "dikunci kantor"
        }
        free = sum(
            (5 - village[kode].item()) * UNIT[kode] for kode in set(RUBRIC.codes) - set(barred_codes(village, choice))
        )
        most = sorted(gains.values(), reverse=True)
        if own:
            assert free + sum(most) < row["butuh_k"], f"a lock of the rubric is opened without need: {row}"
        else:
            assert free + sum(most[: len(officer) - 1]) < row["butuh_k"], f"fewer would do: {row}"


def barred_codes(village: pl.DataFrame, choice: Choice) -> list[str]:
    return locks(village, RUBRIC, choice)["kode"].to_list()


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        (
            Choice(EFFORT, kunci=frozenset({"IKE06", "IKL01"})),
            "Dengan langkah yang boleh dipakai, IDM paling tinggi 0,7944 (MAJU); "
            "MANDIRI tercapai bila kunci kantor IKL01 dilepas",
        ),
        (
            Choice(EFFORT, maks_indikator=1, kunci=frozenset({"IKL01"})),
            "Dengan langkah yang boleh dipakai, IDM paling tinggi 0,8089 (MAJU); "
            "MANDIRI perlu paling sedikit 2 indikator",
        ),
        (
            Choice(EFFORT, pelaku=frozenset({"pusat"})),
            "Dengan langkah yang boleh dipakai, IDM paling tinggi 0,7887 (MAJU); "
            "MANDIRI tercapai bila pelaku IKL01 (provinsi, kabupaten) dilibatkan",
        ),
        (
            Choice(rupiah({("IKS14", 1, 5): 0})),
            "Dengan langkah yang boleh dipakai, IDM paling tinggi 0,7887 (MAJU); "
            "MANDIRI tercapai bila biaya IKL01 2→4 diisi",
        ),
    ],
)
def test_why_there_is_no_path_in_words(choice: Choice, sentence: str) -> None:
    """k = 6300 − 3·140 − 5·35 − 4·12 − 5·140 − 3·12 = 4921; IKL03 is locked since IKL02 is 5."""
    village = scored({"IKL01": 2, "IKE06": 0, "IKS14": 1, "IKL03": 0, "IKS05": 2})
    assert village["idm_k"].item() == 4921
    assert find_paths(village, RUBRIC, choice).desa["alasan_jalur"].to_list() == [sentence]


def test_a_limit_is_lifted_rather_than_a_lock_of_the_rubric_opened() -> None:
    """80 units are missing: within one indicator only IKL03 gives as much, but any two of the others do."""
    banks = ("IKE05", "IKE06", "IKE07", "IKE08", "IKE09")
    village = scored({"IKL03": 0, "IKS20": 1, "IKS21": 1, "IKS22": 1, "IKS27": 1, **dict.fromkeys(banks, 3)})
    assert village["idm_k"].item() == 5138 - 80
    told = find_paths(village, RUBRIC, Choice(EFFORT, maks_indikator=1, kunci=frozenset(banks))).desa
    found = re.fullmatch(
        r"Tidak ada indikator yang boleh dinaikkan; "
        r"MANDIRI tercapai bila kunci kantor (IKE0\d) dan (IKE0\d) dilepas, dengan batas 2 indikator",
        told["alasan_jalur"].item(),
    )
    assert found is not None, told["alasan_jalur"].item()
    assert set(found.groups()) < set(banks)
