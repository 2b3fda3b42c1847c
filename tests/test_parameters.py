"""What an office decides for its plan is read as offices write it, and what is wrong is named with line and column."""

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from idmcli.errors import ConfigError, UsageError
from idmcli.parameters import (
    ACTOR_ORDER,
    Area,
    Bucket,
    PlanSettings,
    actors,
    complete,
    effort_costs,
    indicators,
    intervention_costs,
    load_area,
    load_budgets,
    load_costs,
    load_kawasan,
    load_scenarios,
    ordered_actors,
    plan_settings,
    possible_steps,
)
from idmcli.parameters.source import amount
from idmcli.rubric import load_rubric
from idmcli.words import whole

RUBRIC = load_rubric()
Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes a file of the current folder, so that messages name it alone."""
    monkeypatch.chdir(tmp_path)

    def put(name: str, text: str) -> Path:
        Path(name).write_text(text, encoding="utf-8")
        return Path(name)

    return put


def test_effort_is_points_and_a_start() -> None:
    """IKE06: 35 per point and 20 once; IKE11 60 per point."""
    costs = effort_costs(RUBRIC)
    steps = [("IKE06", 0, 5), ("IKE06", 3, 5), ("IKE11", 1, 3), ("IKE06", 1, 5), ("IKS20", 1, 5)]
    assert [costs.cost(*step) for step in steps] == [5 * 35 + 20, 2 * 35 + 20, 2 * 60 + 20, None, None]
    assert tuple(costs.langkah) == possible_steps(RUBRIC)
    fewest = intervention_costs(RUBRIC)
    assert fewest.cost("IKE06", 0, 5) == 1_000_195
    assert sum(costs.langkah.values()) < 1_000_000 < min(fewest.langkah.values())


@given(st.integers(0, 10**15 - 1), st.sampled_from(["{}", "Rp{}", "Rp. {}", " {} ", "{},00", "{},-"]))
def test_rupiah_as_people_write_it(number: int, way: str) -> None:
    assert amount(way.format(number)) == number
    assert amount(way.format(whole(number))) == number


@pytest.mark.parametrize("text", ["", "-3", "1,5", "1.5", "150,000", "1.50", "1e6", "2 juta", "12.3456", "٣", "9" * 16])
def test_no_amount_is_guessed(text: str) -> None:
    assert amount(text) is None


def test_the_same_prices_from_every_form(write: Write) -> None:
    by_step = write(
        "langkah.csv", "\ufeffkode,dari,ke,biaya\nIKE06,3,5,70000000\nike06,0,5,145000000\nIKE06,0,3,95000000\n"
    )
    header = "# harga 2025\r\nsep=;\r\nKode;Biaya per poin;Biaya tetap;Keterangan;\r\n"
    by_point = write("poin.csv", f"{header}IKE06;Rp25.000.000;20.000.000;agen;\r\n")
    table = write("harga.toml", "[ike06]\nper_poin = 25_000_000\ntetap = '20.000.000'\n")
    dearer = write("lain.toml", '[IKE06]\nper_poin = 25_000_000\n"0 - 5" = 7\n')
    steps = {("IKE06", 0, 3): 95_000_000, ("IKE06", 0, 5): 145_000_000, ("IKE06", 3, 5): 70_000_000}
    for file in (by_step, by_point, table):
        costs = load_costs(str(file), RUBRIC)
        assert (list(costs.langkah.items()), costs.satuan, costs.sumber) == (list(steps.items()), "rupiah", file.name)
    assert load_costs(dearer, RUBRIC).langkah == {**{s: p - 20_000_000 for s, p in steps.items()}, ("IKE06", 0, 5): 7}


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("b.csv", "kode,dari,ke,biaya\nIKE06,1,5,9\n", 'b.csv baris 2, kolom "dari": "1" bukan skor IKE06'),
        ("b.csv", "kode,dari,ke,biaya\nIKE06,3,3,9\n", 'kolom "ke": 3 tidak lebih tinggi dari 3'),
        ("b.csv", "kode;dari;ke;biaya\nIKE06;3;5;9\n\nIKE06;3;5;8\n", "IKE06 3 ke 5 sudah ada pada baris 2"),
        ("b.csv", "kode,dari,ke,biaya\nIKE06,3,5,1.5\n", '"1.5" bukan bilangan bulat'),
        ("b.csv", "kode,dari,ke,biaya\nIKE06,3,5,\n", "hapus baris ini bila langkahnya tidak dapat diambil"),
        ("b.csv", "kode,dari,ke,biaya\nIKX06,3,5,9\n", 'Mungkin maksudnya "IKS06"'),
        ("b.csv", "kode,dari,ke,biaya\nIKS20,1,5,9\n", "IKS20 tidak dapat dinaikkan"),
        ("b.csv", "kode,dari,ke,biya\nIKE06,3,5,9\n", 'kolom "biya" tidak dikenal. Mungkin maksudnya "biaya"'),
        ("b.csv", "kode,dari,ke\nIKE06,3,5\n", "judul kolomnya harus kode, dari, ke, biaya atau kode, biaya_per_poin"),
        ("b.csv", "kode,kode,biaya\n", "tertulis dua kali"),
        ("b.csv", "kode,dari,ke,biaya\n", "tidak berisi baris"),
        ("b.csv", 'kode,dari,ke,biaya\n"IKE06,3,5,9\n', "tanda kutip tidak berpasangan"),
        ("b.csv", "kode,dari,ke,biaya\nIKE06,3,5,9,10\n", "isi di luar kolom yang berjudul"),
        ("b.toml", "[IKE06]\n'0-4' = 9\n", 'b.toml [IKE06]: kunci "0-4" bukan langkah IKE06'),
        ("b.toml", "[IKE06]\n'0-5' = 9.5\n", "b.toml [IKE06] 0-5: 9.5 bukan rupiah yang utuh"),
        ("b.toml", "[IKE06]\ntetap = 9\n", "tetap tanpa per_poin"),
        ("b.toml", "IKE06 = 9\n", "IKE06 bukan tabel"),
        ("b.toml", "[IKE06\n", "b.toml bukan TOML yang sah: baris 1"),
        ("b.toml", 'nama = "x\\u0000"\n', "b.toml memuat karakter NUL"),
        ("b.xlsx", "", "Simpan sebagai CSV"),
    ],
)  # fmt: skip
def test_faulty_prices_are_named(name: str, text: str, told: str, write: Write) -> None:
    with pytest.raises(ConfigError) as caught:
        load_costs(str(write(name, text)), RUBRIC)
    assert told in str(caught.value), str(caught.value)
    assert str(caught.value).endswith(".")
    assert "baris" in told or name in str(caught.value)


PIECES = st.sampled_from(
    ["kode", "dari", "ke", "biaya", "pelaku", "anggaran", "kode_desa", "kawasan", ";", ",", "\n", "\r"]
)
BYTES = st.one_of(
    st.binary(max_size=40),
    st.lists(PIECES | st.text(max_size=3), max_size=25).map(lambda p: "".join(p).encode("utf-8", "replace")),
)


@given(data=BYTES)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_file_breaks_the_reader(data: bytes, tmp_path: Path) -> None:
    for name in ("a.csv", "a.toml"):
        (tmp_path / name).write_bytes(data)
        for load in (load_costs, load_budgets):
            with contextlib.suppress(ConfigError):
                load(tmp_path / name, RUBRIC)
    with contextlib.suppress(ConfigError):
        load_kawasan(tmp_path / "a.csv")
    with contextlib.suppress(ConfigError, UsageError):
        load_area(data.decode("utf-8", "replace"))


def test_a_missing_file_is_named() -> None:
    for load in (load_costs, load_budgets):
        with pytest.raises(ConfigError, match=r"Berkas tidak/ada\.csv tidak ada"):
            load("tidak/ada.csv", RUBRIC)


def test_budgets_of_actors_offices_and_places(write: Write) -> None:
    text = "Pelaku;Instansi;Wilayah;Anggaran;Kapasitas\nKabupaten;Dinkes;65.01;Rp 2.500.000.000;\n;;;;12\ncsr;;;0;3\n"
    assert load_budgets(write("a.csv", text), RUBRIC) == (
        Bucket("kabupaten", "Dinkes", "6501", 2_500_000_000),
        Bucket(kapasitas=12),
        Bucket("csr", anggaran=0, kapasitas=3),
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("pelaku,anggaran\ndess,1\n", 'baris 2, kolom "pelaku": "dess" tidak dikenal. Mungkin maksudnya "desa"'),
        ("pelaku,instansi,anggaran\ndesa,Dinkes,1\n", '"Dinkes" tidak dikenal sebagai instansi desa'),
        ("pelaku,wilayah,anggaran\ndesa,650,1\n", '"650" bukan kode wilayah'),
        ("pelaku,anggaran,kapasitas\ndesa,,\n", "anggaran dan kapasitas kosong"),
        ("pelaku,anggaran\ndesa,1\nDesa,2\n", "instansi, dan wilayah ini sudah ada pada baris 2"),
    ],
)  # fmt: skip
def test_faulty_budgets_are_named(text: str, told: str, write: Write) -> None:
    with pytest.raises(ConfigError) as caught:
        load_budgets(write("a.csv", text), RUBRIC)
    assert told in str(caught.value), str(caught.value)


def test_kawasan_of_villages(write: Write) -> None:
    text = "desa,kode_desa,kawasan\nA,65.01.01.2005,Danau  Biru\nB,'6501012006,DANAU BIRU\nC,6504022001.0,Muara\n"
    assert load_kawasan(write("k.csv", text)) == {
        "6501012005": "Danau Biru",
        "6501012006": "Danau Biru",
        "6504022001": "Muara",
    }
    for row, told in [("650101200,X", "bukan kode 10 angka"), ("6.501012e9,X", "Simpan kolom kode sebagai teks"),
                      ("6501012005,X\n6501012005,Y", "sudah ada pada baris 2")]:  # fmt: skip
        with pytest.raises(ConfigError, match=told):
            load_kawasan(write("k.csv", f"kode_desa,kawasan\n{row}\n"))


def test_a_working_area_by_codes_and_names(write: Write) -> None:
    typed = load_area("6501012005, 65.02.03; sesayap hilir")
    assert typed == Area(
        typed.nama, frozenset({"6501012005"}), frozenset({"650203"}), tempat=(("", "sesayap hilir", ""),)
    )
    villages = [
        ("6501012005", "BULUNGAN", "TANJUNG PALAS", "GUNUNG PUTIH"),
        ("6502032001", "MALINAU", "PUJUNGAN", "LONG PUJUNGAN"),
        ("6504022001", "TANA TIDUNG", "SESAYAP HILIR", "SESAYAP"),
        (None, None, "Kec. Sesayap-Hilir", None),
        ("6501012006", "BULUNGAN", "TANJUNG PALAS", "PEJALIN"),
    ]
    assert [typed.holds(*village) for village in villages] == [True, True, True, True, False]
    assert typed.unmatched(villages[1:2]) == ("6501012005", "sesayap hilir")
    rows = "kabupaten,kecamatan,desa\nKab. Bulungan,Tanjung Palas,Pejalin\nMALINAU,,\nNunukan,Krayan,Pa' Milau\n"
    named = load_area(str(write("w.csv", rows)))
    assert (named.nama, [named.holds(*village) for village in villages]) == ("w", [False, True, False, False, True])
    assert named.unmatched(villages) == ("Pa' Milau / Krayan / Nunukan",)
    with pytest.raises(UsageError, match="kode 65010 terdiri atas 5 angka"):
        load_area("65010")
    with pytest.raises(ConfigError, match="nama desa sering berulang"):
        load_area(str(write("w.csv", "desa\nLABUK\n")))
    with pytest.raises(ConfigError, match=r"lupa\.csv tidak ada"):
        load_area("lupa.csv")


def test_lists_after_an_option() -> None:
    assert indicators(" IKS20, iks27;IKL03", RUBRIC, "--kunci") == {"IKS20", "IKS27", "IKL03"}
    assert actors("Desa,kabupaten", "--pelaku") == {"desa", "kabupaten"}
    assert ordered_actors("csr desa csr", "--urutan") == ("csr", "desa")
    with pytest.raises(UsageError, match=r"--kunci: indikator IKS99 tidak ada.*Mungkin maksudnya IKS"):
        indicators("IKS99", RUBRIC, "--kunci")
    with pytest.raises(UsageError, match=r"--pelaku: pelaku provinsii tidak dikenal\. Mungkin maksudnya provinsi"):
        actors("provinsii", "--pelaku")
    with pytest.raises(UsageError, match="--pelaku kosong"):
        actors(" , ", "--pelaku")


def test_plan_settings_are_completed_by_the_edition(write: Write) -> None:
    budgets = write("a.csv", "pelaku,anggaran\ndesa,5\n")
    table = {
        "tahun": 2025, "biaya": "harga/b.csv", "anggaran": "a.csv", "urutan_pelaku": ["csr"], "kawasan": "k.csv",
        "pelaku": {"iks14": "kabupaten", "IKL03": "provinsi: BPBD"},
        "bobot": {"tertinggal": 4}, "minimum": {"65.03": 20},
    }  # fmt: skip
    said = plan_settings(table, budgets.absolute().with_name("idm.toml"))
    assert (said.biaya, said.kawasan) == (Path.cwd() / "harga/b.csv", Path.cwd() / "k.csv")
    assert said.urutan_pelaku == ("csr", *(actor for actor in ACTOR_ORDER if actor != "csr"))
    full = complete(said, RUBRIC)
    assert (full.anggaran, full.berkas_anggaran) == ((Bucket("desa", anggaran=5),), None)
    assert full.pelaku == {"IKS14": ("kabupaten", "Dispusip"), "IKL03": ("provinsi", "BPBD")}
    assert (full.bobot, full.minimum, full.detik) == ({"TERTINGGAL": 4}, {"6503": 20}, 60)
    assert str(plan_settings({"biaya": "Intervensi"}, Path("x/idm.toml")).biaya) == "intervensi"


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"bobot": {"MANDIRI": 2}}, "idm.toml: rencana.bobot.MANDIRI bukan status yang dapat naik"),
        ({"bobot": {"MAJU": -1}}, "rencana.bobot.MAJU = -1 di luar jangkauan"),
        ({"pelaku": {"IKS99": "desa"}}, "rencana.pelaku.IKS99 bukan indikator edisi idm-2016"),
        ({"pelaku": {"IKS02": "desa"}}, '"desa" bukan pelaku IKS02. Pelakunya: kabupaten'),
        ({"pelaku": {"IKL03": "provinsi:Disdik"}}, '"Disdik" bukan instansi provinsi. Yang dikenal: Dishut, KPH, BPBD'),
        ({"pelaku": {"IKL03": 3}}, "bukan pelaku"),
        ({"anggaran": [{"pelaku": "desa", "anggaran": -5}]}, 'anggaran ke-1, kunci anggaran: "-5" bukan bilangan'),
        ({"anggaran": [{"pelaku": "desa", "kapasitas": 5}] * 2}, "rencana.anggaran ke-2: pelaku, instansi"),
        ({"anggaran": [{"instansi": "Dinsoss", "kapasitas": 5}]}, '"Dinsoss" tidak dikenal. Mungkin maksudnya'),
        ({"urutan_pelaku": ["desa", "desa"]}, "disebut dua kali"),
        ({"detik": 0}, "rencana.detik = 0 di luar jangkauan"),
        ({"detik": True}, "isi rencana.detik salah jenis"),
        ({"pelaku_bebas": 1}, "isi rencana.pelaku_bebas salah jenis"),
        ({"tahum": 2025}, "kunci rencana.tahum tidak dikenal. Mungkin maksudnya rencana.tahun."),
    ],
)  # fmt: skip
def test_faulty_plan_settings_are_named(table: dict[str, object], told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        complete(plan_settings(table, Path("idm.toml")), RUBRIC)
    assert told in str(caught.value), str(caught.value)


def test_scenarios_lay_over_the_settings(write: Write) -> None:
    base = PlanSettings(tahun=2025, bobot={"MAJU": 3}, anggaran=(Bucket("desa", anggaran=1),))
    text = """
        [[skenario]]
        nama = "tetap"
        [[skenario]]
        nama = "lebih"
        bobot = { TERTINGGAL = 4 }
        [[skenario.anggaran]]
        pelaku = "kabupaten"
        anggaran = "Rp 2.000.000"
    """
    (first, same), (second, more) = load_scenarios(write("s.toml", text), RUBRIC, base)
    assert (first, same) == ("tetap", base)
    assert (second, more.tahun, more.bobot, more.anggaran) == (
        *("lebih", 2025, {"TERTINGGAL": 4}),
        (Bucket("kabupaten", anggaran=2_000_000),),
    )
    for faulty, told in [
        ("[[skenario]]\nbobot = {}\n", "skenario ke-1 tanpa nama"),
        ("[[skenario]]\nnama = 'a'\n[[skenario]]\nnama = ' a'\n", '"a" tertulis dua kali'),
        ("[[skenario]]\nnama = 'a'\ndetik = 'b'\n", r's\.toml: isi skenario "a"\.detik salah jenis'),
        ("[[skenario]]\nnama = 'a'\nbobot = { JAYA = 1 }\n", r's\.toml: skenario "a"\.bobot\.JAYA bukan status'),
        ("", "tidak berisi skenario"),
    ]:
        with pytest.raises(ConfigError, match=told):
            load_scenarios(write("s.toml", faulty), RUBRIC, base)
