"""What a village's papers say: true for every village of the sample, whole sentences, for every kind of village."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idmcli.documents.context import sheet_context
from idmcli.documents.ladder import Ladder, LadderStep, rungs, staircase
from idmcli.documents.sheet_input import SheetInput
from idmcli.documents.svg import text_width
from idmcli.errors import ConfigError
from idmcli.rubric import load_rubric
from tests.village_papers import contexts, inputs

RUBRIC = load_rubric()
SCORE_CHANGE = re.compile(r"(\d) → (\d)")
STEPS = [LadderStep("SANGAT TERTINGGAL", 0.0, "")]
STEPS += [LadderStep(row.nama, row.k_min / RUBRIC.scale, str(row.skor_minimal)) for row in RUBRIC.status[1:]]


def village(**changes: Any) -> SheetInput:
    """A village of 38 villages' kabupaten, all scores in the middle of what is allowed, with changes."""
    scores = {row.kode: row.allowed[len(row.allowed) // 2] for row in RUBRIC.indikator}
    scores |= {kode: score for kode, score in changes.items() if kode in RUBRIC.by_code}
    points = {row.kolom: sum(scores[kode] for kode in row.indikator) for row in RUBRIC.dimensi}
    k = sum(points[row.kolom] * RUBRIC.unit(row) for row in RUBRIC.dimensi)
    desa: dict[str, Any] = {"kode_desa": "6503172008", "desa": "PA' MILAU", "kecamatan": "KRAYAN TENGAH"}
    desa |= {
        "kabupaten": "KAB. NUNUKAN",
        "provinsi": "KALIMANTAN UTARA",
        "tahun": 2024,
        "idm_k": k,
        "idm": k / RUBRIC.scale,
        **scores,
    }
    desa |= {row.kolom: points[row.kolom] / row.maksimum for row in RUBRIC.dimensi}
    desa |= {name: value for name, value in changes.items() if name in {"target", "alasan", "alasan_jalur", "idm_k"}}
    own = {name: value for name, value in changes.items() if name in SheetInput.__dataclass_fields__}
    return SheetInput(desa=desa, **own)


def said(context: Any) -> Iterator[str]:
    """Every text of a context but the pictures."""
    if isinstance(context, dict):
        for key, value in context.items():
            if key not in {"tangga", "indeks", "tangga_sempit", "indeks_sempit"} or isinstance(value, dict):
                yield from said(value)
    elif isinstance(context, list):
        for value in context:
            yield from said(value)
    else:
        assert isinstance(context, str | int | float), f"{context!r} is no plain value"
        yield str(context)


def test_every_text_of_every_village_is_finished() -> None:
    for context in contexts():
        for text in said({key: value for key, value in context.items() if key not in {"versi", "dasar"}}):
            unfinished = re.search(r"None|\bnan\b|\{|\}|\d\.\d{1,2}(?!\d)|  | ,|\.\.(?!\.)|, , ", text)
            if unfinished and not text.startswith("Dibahas"):
                pytest.fail(f"{context['kepala']['nama']}: {unfinished[0]!r} in {text!r}")


def test_the_figures_of_a_sheet_agree_with_each_other() -> None:
    for row, context in zip(inputs(), contexts(), strict=True):
        desa, name = row.desa, context["kepala"]["nama"]
        assert context["status"]["kini"] == desa["status"], name
        lines = [line for group in context["indikator"]["kelompok"] for line in group["baris"]]
        assert [line["kode"] for line in lines] == list(RUBRIC.codes)
        assert [line["skor"] for line in lines] == [str(desa[kode]) for kode in RUBRIC.codes], name
        for line in lines:
            assert bool(line["tujuan"]) == (line["skor"] != "5"), f"{name} {line}"
        shown = [*context["jalan"]["tabel"]["baris"], *context["jalan"]["lainnya"]]
        if not row.langkah:
            assert len(shown) <= 5
            continue
        assert len(shown) == len(row.langkah), name
        assert [line["kode"] for line in lines if line["jenis"] == "jalur"] == sorted(
            (step["kode"] for step in row.langkah), key=RUBRIC.codes.index
        )
        first = context["jalan"]["kalimat"][0]
        assert f"{desa['idm_baru']:.4f}".replace(".", ",") in first, f"{name}: {first}"
        assert desa["status_baru"] in first, f"{name}: {first}"
        few = len(row.langkah) <= len(context["poster"]["hal"])
        assert few or f"3 dari {len(row.langkah)} langkah" in context["poster"]["judul_hal"], "the poster hides no step"


def test_a_path_is_told_with_gain_condition_and_actors() -> None:
    context = sheet_context(
        village(langkah=[{"kode": "IKE06", "dari": 0, "ke": 3}, {"kode": "IKS14", "dari": 1, "ke": 5}], IKE06=0), RUBRIC
    )
    first, second = context["jalan"]["tabel"]["baris"]
    assert first[1:3] == ["IKE06 Pos dan logistik", "0 → 3"]
    assert first[4] == RUBRIC.by_code["IKE06"].row(3).syarat
    assert first[6] == "+0,0167", "3 × 35 ÷ 6300"
    assert second[6] == "+0,0076", "4 × 12 ÷ 6300"
    assert first[5].startswith("BUM Desa, bersama "), first[5]
    assert "cukup sampai syarat di sebelah" in first[3], "the activity of score 0 aims at 5"


def test_the_plans_own_actors_are_printed_with_their_level() -> None:
    step = {"kode": "IKS29", "dari": 3, "ke": 5, "pelaku": "provinsi", "instansi": "Diskominfo", "pendukung": ""}
    alone = sheet_context(village(langkah=[step], dalam_rencana=True, tahun_rencana=2026), RUBRIC)["jalan"]
    assert alone["tabel"]["baris"][0][5] == "Diskominfo provinsi"
    assert alone["kalimat"][-1] == "Langkah ini masuk rencana provinsi untuk tahun 2026."
    helped = {**step, "pendukung": "pusat: Komdigi; lainnya: Operator seluler", "kelompok": "kecamatan 650317"}
    shared = sheet_context(village(langkah=[helped], dalam_rencana=True), RUBRIC)["jalan"]
    assert shared["tabel"]["baris"][0][5] == "Diskominfo provinsi, bersama Komdigi (pusat), Operator seluler"
    assert shared["catatan"] == ["Sinyal telepon: satu pekerjaan untuk desa-desa sekecamatan."]


def test_distance_is_printed_as_the_ministry_computes_it() -> None:
    context = sheet_context(village(idm_k=4287), RUBRIC)  # BERKEMBANG: 4287 ÷ 6300 = 0.680476, MAJU from 0.7073
    assert context["status"]["kalimat"][0].endswith("paling sedikit 0,7073. Masih kurang 0,0268.")
    assert "15 poin IKS, atau 5 poin IKE, atau 2 poin IKL" in context["status"]["kalimat"][1], "169 units are missing"


def test_a_village_at_the_top_is_told_what_it_may_lose() -> None:
    full = {row.kode: 5 for row in RUBRIC.indikator}
    context = sheet_context(village(**full), RUBRIC)
    assert context["status"]["tujuan"] == ""
    # 6300 − 5138 + 1 = 1163 units: 97 × 12, 34 × 35, 9 × 140
    assert "97 poin IKS, atau 34 poin IKE, atau 9 poin IKL" in context["status"]["kalimat"][-1]
    assert context["jalan"]["kalimat"] == ["Semua indikator yang dapat dinaikkan sudah berskor penuh."]
    assert context["jalan"]["tabel"]["baris"] == context["poster"]["hal"] == []


def test_locked_indicators_are_not_called_full() -> None:
    rest = {row.kode: 5 for row in RUBRIC.indikator if row.kode != "IKL03"}
    context = sheet_context(village(**rest, IKL03=3, kunci={"IKL03": "dikunci kantor"}), RUBRIC)
    assert "dikunci" in context["jalan"]["kalimat"][0]
    assert "sudah berskor penuh" not in context["jalan"]["kalimat"][0]


def test_a_village_without_a_path_reads_why_and_what_helps_all_the_same() -> None:
    why = "MAJU tercapai dengan membuka kunci rubrik IKL02"
    lowest = {row.kode: row.allowed[0] for row in RUBRIC.indikator}
    context = sheet_context(village(target="MAJU", alasan_jalur=why, kunci={"IKL03": "dikunci"}, **lowest), RUBRIC)
    assert context["jalan"]["judul"] == "Belum ada jalan menuju MAJU"
    assert context["jalan"]["kalimat"][0] == f"{why}."
    told = [line[1].split()[0] for line in context["jalan"]["tabel"]["baris"]]
    assert len(told) == 5
    assert not {"IKL03", "IKS20", "IKS21", "IKS22"} & set(told), told


def test_a_village_that_cannot_be_scored_shows_what_is_wrong() -> None:
    broken = replace(village(), desa={**village().desa, "idm_k": None, "IKS03": None, "IKS02": 3, "tahun": None})
    broken = replace(broken, desa={**broken.desa, "alasan": "Skor kosong: IKS03", "desa": None, "kode_desa": None})
    context = sheet_context(broken, RUBRIC)
    assert context["status"]["kini"] == "BELUM DAPAT DIHITUNG"
    assert context["status"]["kalimat"] == ["Status belum dapat dihitung. Skor kosong: IKS03."]
    lines = {line["kode"]: line for group in context["indikator"]["kelompok"] for line in group["baris"]}
    assert lines["IKS03"]["kini"] == "Skor belum diisi"
    assert lines["IKS02"]["kini"] == "Skor ini tidak berlaku; yang berlaku 0, 5"
    assert "None" not in str(list(said(context)))


def test_places_are_named_once_with_their_level() -> None:
    given_name = village().desa
    assert sheet_context(village(), RUBRIC)["kepala"]["tempat"] == (
        "Kecamatan KRAYAN TENGAH, Kabupaten NUNUKAN, Provinsi KALIMANTAN UTARA"
    )
    city = replace(village(), desa={**given_name, "kabupaten": "KOTA BATU", "kecamatan": None})
    assert sheet_context(city, RUBRIC)["kepala"]["tempat"] == "KOTA BATU, Provinsi KALIMANTAN UTARA"


@given(st.integers(0, 6300), st.integers(0, 2000), st.sampled_from([None, *(row.nama for row in RUBRIC.status)]))
def test_the_ladder_stays_inside_its_picture(k: int, gain: int, target: str | None) -> None:
    after = min(k + gain, RUBRIC.scale) / RUBRIC.scale if gain else None
    words = ("IDM 0,6805", "sekarang, kurang 0,0268", "0,7083", "sesudah langkah")
    ladder = Ladder(STEPS, k / RUBRIC.scale, target, after, *words, 'kata <&> "kutip"')
    for svg, width in ((staircase(ladder), 720), (rungs(ladder), 360)):
        for node in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"):
            x, wide = float(node.get("x", "0")), text_width(node.text or "", float(node.get("font-size", "12")))
            shift = {"end": 1.0, "middle": 0.5}.get(node.get("text-anchor", ""), 0.0)
            assert x - shift * wide >= -1, f"{node.text} leaves on the left at k={k}"
            assert x + (1 - shift) * wide <= width + 1, f"{node.text} leaves on the right at k={k}"


def test_an_office_may_change_the_words(tmp_path: Path) -> None:
    (tmp_path / "lembar.toml").write_text('[dokumen]\njenis = "Kartu {{Desa}}"\nnama = "Gampong {desa}"\n')
    head = sheet_context(village(), RUBRIC, templat=tmp_path)["kepala"]
    assert (head["jenis"], head["nama"]) == ("Kartu {Desa}", "Gampong PA' MILAU")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('nama = "{kode}"', r"dokumen\.nama menyebut \{kode\}. Yang dapat dipakai di sini: \{desa\}"),
        ('nama = "{desa.upper}"', r"dokumen\.nama menyebut \{desa\.upper\}"),
        ('nama = "{desa"', r"kurung kurawal dokumen\.nama tidak berpasangan"),
        ('nma = "x"', r"kunci dokumen\.nma tidak dikenal"),
        ("nama = 3", r"isi dokumen\.nama salah jenis"),
        ("nama = ", r"lembar\.toml bukan TOML yang sah: baris"),
    ],
)
def test_wrong_words_are_refused_with_their_key(tmp_path: Path, line: str, why: str) -> None:
    (tmp_path / "lembar.toml").write_text(f"[dokumen]\n{line}\n")
    with pytest.raises(ConfigError, match=why):
        sheet_context(village(), RUBRIC, templat=tmp_path)
