"""Several years side by side, as frames."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

import polars as pl

from idmcli.columns import KODE_DESA, PLACES, STATUS, TAHUN

FROM: Final = "dari"
TO: Final = "ke"
"""The two years of a pair, in every frame that is about pairs."""

Direction = Literal["naik", "turun", "tetap"]

OTHER_NAME: Final = "nama"
OTHER_CODE: Final = "kode"
"""What `ganti_nama.jenis` says: same code under another name, or (suspected) same name under another code."""

NEAR_RISE: Final = "hampir naik"
NEAR_FALL: Final = "hampir turun"
"""What `dekat.keadaan` says."""

_PLACES: Final = {KODE_DESA: pl.String(), **dict.fromkeys(PLACES, pl.String())}
_PAIR: Final = {FROM: pl.Int32(), TO: pl.Int32()}

SCHEMAS: Final[dict[str, dict[str, pl.DataType]]] = {
    "perubahan": {
        **_PLACES,
        **_PAIR,
        "idm_dari": pl.Float64(),
        "idm_ke": pl.Float64(),
        "selisih_k": pl.Int32(),
        "selisih_idm": pl.Float64(),
        "status_dari": pl.String(),
        "status_ke": pl.String(),
        "arah": pl.String(),
        "kiriman_sama": pl.Boolean(),
        "penyebab": pl.String(),
    },
    "indikator": {
        KODE_DESA: pl.String(),
        **_PAIR,
        "kode": pl.String(),
        "nama": pl.String(),
        "skor_dari": pl.Int32(),
        "skor_ke": pl.Int32(),
        "sumbangan_k": pl.Int32(),
        "sumbangan": pl.Float64(),
    },
    "hilang": {
        **_PLACES,
        **_PAIR,
        "idm": pl.Float64(),
        STATUS: pl.String(),
        "tercakup": pl.Boolean(),
        "kode_dugaan": pl.String(),
    },
    "ganti_nama": {
        **_PAIR,
        "jenis": pl.String(),
        "kode_dari": pl.String(),
        "kode_ke": pl.String(),
        "desa_dari": pl.String(),
        "desa_ke": pl.String(),
        "provinsi": pl.String(),
        "kabupaten": pl.String(),
        "kecamatan": pl.String(),
    },
    "perpindahan": {
        **_PAIR,
        "status_dari": pl.String(),
        "status_ke": pl.String(),
        "jumlah": pl.Int64(),
    },
    "ringkasan": {
        **_PAIR,
        "desa_dari": pl.Int64(),
        "desa_ke": pl.Int64(),
        "dibandingkan": pl.Int64(),
        "naik": pl.Int64(),
        "turun": pl.Int64(),
        "tetap": pl.Int64(),
        "idm_naik": pl.Int64(),
        "idm_turun": pl.Int64(),
        "idm_tetap": pl.Int64(),
        "lonjakan": pl.Int64(),
        "berskor": pl.Int64(),
        "kiriman_sama": pl.Int64(),
        "hilang": pl.Int64(),
        "baru": pl.Int64(),
        "ganti_nama": pl.Int64(),
        "idm_dari": pl.Float64(),
        "idm_ke": pl.Float64(),
        "selisih_idm": pl.Float64(),
    },
    "penggerak": {
        **_PAIR,
        "kode": pl.String(),
        "nama": pl.String(),
        "desa_naik": pl.Int64(),
        "desa_turun": pl.Int64(),
        "sumbangan": pl.Float64(),
    },
    "tren_indikator": {
        "kode": pl.String(),
        "nama": pl.String(),
        "dimensi": pl.String(),
        TAHUN: pl.Int32(),
        "desa": pl.Int64(),
        "rata_skor": pl.Float64(),
        "desa_penuh": pl.Int64(),
        "bagian_penuh": pl.Float64(),
    },
    "sasaran": {
        TAHUN: pl.Int32(),
        STATUS: pl.String(),
        "arah": pl.String(),
        "sasaran": pl.Int64(),
        "capaian": pl.Int64(),
        "kurang": pl.Int64(),
        "tercapai": pl.Boolean(),
        "laju": pl.Float64(),
        "tahun_tercapai": pl.Int32(),
        "naik_masuk": pl.Int64(),
        "naik_keluar": pl.Int64(),
        "turun_masuk": pl.Int64(),
        "turun_keluar": pl.Int64(),
    },
}
"""Columns and types of the frames whose columns do not depend on years or edition."""


@dataclass(frozen=True)
class Compared:
    """Two or more years side by side; villages are matched by `kode_desa` alone.

    A pair (`dari`, `ke`) is two neighbouring years of `tahun`, which need not be neighbouring calendar years. Frames
    named `…_ujung` hold the first year against the last, and equal the others where there are only two years. Sums and
    means are exact. Where a year has sub-indices only (a recap), causes are named by dimension, in points; then
    `kiriman_sama` is null and the frames by indicator have no rows.

    Attributes:
        tahun: the years, ascending; at least two.
        desa: one row per village ever seen, by code: `kode_desa`, places (as the latest year names them), then per year
            `ada_<y>` (Boolean: has a row), `idm_<y>` (Float64), `status_<y>`, `idm_k_<y>` (Int32); null where absent
            or not scored.
        ringkasan: one row per pair: villages of each year, `dibandingkan` (scored in both), of these by status `naik,
            turun, tetap` and by IDM `idm_naik, idm_turun, idm_tetap`, `lonjakan` (IDM moved more than the rule of
            `validate` allows), `berskor` (50 scores in both) and of these `kiriman_sama`; `hilang, baru, ganti_nama`;
            mean IDM of the compared villages in both years.
        perpindahan: `status_dari, status_ke, jumlah` per pair: every status (lowest first), then TIDAK DIHITUNG and
            TIDAK ADA, against each other, zeros too.
        perubahan: one row per pair and village of both years: `selisih_k` (units of 1/scale), `selisih_idm`, `arah` of
            the status (naik, turun, tetap; null where a year is not scored), `kiriman_sama` (all 50 scores equal; null
            where a year has none), `penyebab` (text, largest contributions first, both directions).
        indikator: every indicator that changed, per pair and village: `skor_dari, skor_ke`, `sumbangan_k` (units of
            1/scale), `sumbangan` in IDM. A village's rows add up to its `selisih_k`.
        penggerak: per pair and indicator: villages up and down, and what it added to the mean IDM of the villages
            whose scores both years have; largest first within a pair.
        hilang: villages of the earlier year that the later one lacks, with their last figures; `tercakup`: the later
            year holds other villages of their kabupaten; `kode_dugaan`: the code under which a village of the same
            names newly appears (suspected, not matched).
        baru: villages of the later year that the earlier one lacks, same columns, `kode_dugaan` being the old code.
        ganti_nama: `jenis` nama (same code, other name) or kode (suspected: same names, other code).
        tren_wilayah: `tingkat_wilayah` (provinsi, kabupaten, kecamatan), `kode_wilayah`, `wilayah`, `provinsi`,
            `kabupaten`, `tahun`, `jumlah_desa`, one count per status, `tidak_dihitung`, mean `iks, ike, ikl, idm`,
            `selisih_idm` against the year before.
        tren_indikator: per indicator and year: mean score, villages, how many and which share of them at full score.
        sasaran: per year and status, highest first: target and reached (as `classify.targets`), `laju` (villages per
            year since the first year), `tahun_tercapai` (last year only: when the target is reached at that pace; null
            if never within 25 years), and villages within a few points of moving: `naik_masuk` (in from below),
            `naik_keluar` (out to above), `turun_masuk` (in from above), `turun_keluar` (out to below).
        dekat: those villages in the last year: `kode_desa`, places, `status`, `status_dekat` (the status they are about
            to get), `keadaan` (hampir naik, hampir turun), `jarak_k` (units of 1/scale), `poin` (of the lightest
            dimension), `idm`, `selisih_idm` (since the year before, null where unknown).
        dekat_poin: those few points, of the lightest dimension.
        lonjakan_idm: an IDM that moved more than this counts as a leap.
        catatan: rows that took no part, and why, in words for the officer.
        baris_ganda: rows left out because another row of the same input has their village and year.
        tak_terhitung: rows without an IDM.
    """

    tahun: tuple[int, ...]
    desa: pl.DataFrame
    ringkasan: pl.DataFrame
    perpindahan: pl.DataFrame
    perubahan: pl.DataFrame
    indikator: pl.DataFrame
    penggerak: pl.DataFrame
    hilang: pl.DataFrame
    baru: pl.DataFrame
    ganti_nama: pl.DataFrame
    tren_wilayah: pl.DataFrame
    tren_indikator: pl.DataFrame
    sasaran: pl.DataFrame
    dekat: pl.DataFrame
    ringkasan_ujung: pl.DataFrame
    perpindahan_ujung: pl.DataFrame
    perubahan_ujung: pl.DataFrame
    indikator_ujung: pl.DataFrame
    penggerak_ujung: pl.DataFrame
    dekat_poin: int
    lonjakan_idm: float
    catatan: tuple[str, ...] = ()
    baris_ganda: int = 0
    tak_terhitung: int = 0

    @property
    def pasangan(self) -> tuple[tuple[int, int], ...]:
        """The neighbouring years, earliest first."""
        return tuple(pairwise(self.tahun))

    @property
    def ujung(self) -> tuple[int, int]:
        """The first and the last year."""
        return self.tahun[0], self.tahun[-1]


def matrix_of(perpindahan: pl.DataFrame, dari: int, ke: int) -> pl.DataFrame:
    """The moves of one pair as a matrix: `dari` and a column per status of the later year, in the order of the rows."""
    rows = perpindahan.filter((pl.col(FROM) == dari) & (pl.col(TO) == ke))
    return rows.pivot(on="status_ke", index="status_dari", values="jumlah").rename({"status_dari": FROM})


def of_pair(frame: pl.DataFrame, dari: int, ke: int) -> pl.DataFrame:
    """The rows of one pair."""
    return frame.filter((pl.col(FROM) == dari) & (pl.col(TO) == ke))
