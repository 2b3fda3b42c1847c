"""What the report knows: this year's villages beside the year before, and the places they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import polars as pl

from idmcli.columns import IDM_K, KODE_DESA, STATUS, TAHUN
from idmcli.compare import Compared, of_pair
from idmcli.documents.sheet_words import Words
from idmcli.gap import indicator_recap
from idmcli.pipeline.annual import Annual
from idmcli.pipeline.plan import Planned
from idmcli.regions import PLACE, Level, place_keys
from idmcli.report.phrases import status_name, titled
from idmcli.rubric import Rubric

KABUPATEN: Final = "_kabupaten"
KECAMATAN: Final = "_kecamatan"
"""Equal for villages of the same place, never null."""
CAUSES: Final = 2
"""So many indicators are named as what moved a village."""
MOVED: Final = ("status_lalu", "idm_lalu", "selisih_idm", "arah", "penyebab")
"""Columns about the year before, null without one."""


@dataclass(frozen=True)
class Place:
    """A kabupaten or kecamatan of the report.

    Attributes:
        kode: digits of its code; None where its villages have none.
        nama: as the report writes it, without its level.
        wilayah: with its level: `Kabupaten Tana Tidung`.
        villages: its rows of `Facts.villages`.
    """

    kode: str | None
    nama: str
    wilayah: str
    villages: pl.DataFrame


@dataclass(frozen=True)
class Facts:
    """The run's results as the report's parts use them."""

    annual: Annual
    compared: Compared | None
    words: Words

    @property
    def rubric(self) -> Rubric:
        """The edition in force."""
        return self.annual.rubric

    @property
    def tahun(self) -> int:
        """The report's year."""
        return self.annual.tahun

    @property
    def planned(self) -> Planned | None:
        """The plan, if there is one."""
        return self.annual.planned.plan if self.annual.planned else None

    @cached_property
    def statuses(self) -> tuple[str, ...]:
        """As the data name them, ascending."""
        return tuple(status.nama for status in self.rubric.status)

    @cached_property
    def pair(self) -> tuple[int, int] | None:
        """The year before and this one, where both are there."""
        known = self.compared.pasangan if self.compared else ()
        return next((pair for pair in reversed(known) if pair[1] == self.tahun), None)

    @cached_property
    def villages(self) -> pl.DataFrame:
        """This year's villages by code, with `MOVED` and the keys of their places."""
        rows = self.annual.classified.villages.with_row_index("no")
        keys = {KABUPATEN: "kabupaten", KECAMATAN: "kecamatan"}
        levels: dict[str, Level] = {KABUPATEN: "kabupaten", KECAMATAN: "kecamatan"}
        rows = rows.with_columns(place_keys(rows, levels[name])[PLACE].alias(name) for name in keys)
        return rows.join(self._before, on=KODE_DESA, how="left", maintain_order="left").sort(
            KABUPATEN, KECAMATAN, KODE_DESA, "desa", nulls_last=True, maintain_order=True
        )

    @property
    def _before(self) -> pl.DataFrame:
        """`MOVED` by code."""
        if self.compared is None or self.pair is None:
            types = (pl.String, pl.Float64, pl.Float64, pl.String, pl.String)
            return pl.DataFrame(schema={KODE_DESA: pl.String, **dict(zip(MOVED, types, strict=True))})
        rows = of_pair(self.compared.perubahan, *self.pair)
        why = self._causes(self.compared, rows, self.pair)
        return rows.select(
            KODE_DESA,
            pl.col("status_dari").alias("status_lalu"),
            pl.col("idm_dari").alias("idm_lalu"),
            "selisih_idm",
            "arah",
            pl.col(KODE_DESA).replace_strict(why, default=pl.col("penyebab"), return_dtype=pl.String).alias("penyebab"),
        )

    def _causes(self, compared: Compared, rows: pl.DataFrame, pair: tuple[int, int]) -> dict[str, str]:
        """What moved each village in the direction in which it moved, the largest first; the rest is counted."""
        ways = rows.select(KODE_DESA, pl.col("selisih_k").sign().alias("_arah"))
        moved = (
            of_pair(compared.indikator, *pair)
            .join(ways, on=KODE_DESA, how="inner", maintain_order="left")
            .filter(pl.col("sumbangan_k").sign() == pl.col("_arah"))
            .sort(KODE_DESA, pl.col("sumbangan_k").abs(), "kode", descending=[False, True, False])
        )
        found = {}
        for part in moved.partition_by(KODE_DESA, maintain_order=True):
            named = [
                f"{row['kode']} {row['skor_dari']}→{row['skor_ke']}" for row in part.head(CAUSES).iter_rows(named=True)
            ]
            rest = part.height - len(named)
            key = "perpindahan.penyebab_lain" if rest else "perpindahan.penyebab"
            found[part[KODE_DESA][0]] = self.words(key, daftar=", ".join(named), jumlah=rest)
        return found

    @cached_property
    def counted(self) -> pl.DataFrame:
        """The villages that have an IDM."""
        return self.villages.filter(pl.col(IDM_K).is_not_null())

    @property
    def scored(self) -> bool:
        """Whether the data have the scores of all indicators."""
        return set(self.rubric.codes).issubset(self.villages.columns)

    @cached_property
    def kabupaten(self) -> tuple[Place, ...]:
        """The kabupaten in the order of their codes."""
        return self.places(self.villages, KABUPATEN)

    @cached_property
    def kecamatan(self) -> int:
        """How many kecamatan there are."""
        return self.villages[KECAMATAN].n_unique()

    def places(self, villages: pl.DataFrame, key: str) -> tuple[Place, ...]:
        """The places of some villages, `key` being `KABUPATEN` or `KECAMATAN`."""
        level: Level = "kabupaten" if key == KABUPATEN else "kecamatan"
        digits = 4 if key == KABUPATEN else 6
        found = []
        for rows in villages.partition_by(key, maintain_order=True):
            name = titled(first(rows, level), self.words("wilayah.tanpa_nama"))
            code = first(rows, KODE_DESA)
            found.append(Place(code[:digits] if code else None, name, self.named(level, name), rows))
        return tuple(found)

    def named(self, level: Level, name: str) -> str:
        """A place with its level, `Kota Tarakan` without another one."""
        return name if name.startswith("Kota ") and level == "kabupaten" else self.words(f"wilayah.{level}", nama=name)

    @cached_property
    def wilayah(self) -> str:
        """What the report is about, as narrow as one name says it."""
        words = self.words
        provinces = self.villages["provinsi"].drop_nulls().unique(maintain_order=True).to_list()
        if self.kecamatan == 1 and first(self.villages, "kecamatan"):
            names = (titled(first(self.villages, level), "") for level in ("kecamatan", "kabupaten"))
            nama, kabupaten = names
            if kabupaten:
                return words("wilayah.kecamatan_di", nama=nama, kabupaten=kabupaten)
            return words("wilayah.kecamatan", nama=nama)
        if len(self.kabupaten) == 1 and first(self.villages, "kabupaten"):
            return self.kabupaten[0].wilayah
        if len(provinces) == 1:
            return words("wilayah.provinsi", nama=titled(provinces[0], words("wilayah.tanpa_nama")))
        if not provinces:
            return words("wilayah.tanpa_wilayah")
        return words("wilayah.provinsi_banyak", jumlah=len(provinces))

    def counts(self, villages: pl.DataFrame) -> tuple[int, ...]:
        """Villages per status, ascending."""
        states = villages[STATUS]
        return tuple(int((states == name).sum()) for name in self.statuses)

    def mean(self, villages: pl.DataFrame, column: str = "idm") -> float | None:
        """Exact mean of an index; None without figures."""
        if column == "idm":
            units = villages[IDM_K].drop_nulls()
            return int(units.cast(pl.Int64).sum()) / (self.rubric.scale * units.len()) if units.len() else None
        most = next(row.maksimum for row in self.rubric.dimensi if row.kolom == column)
        values = villages[column].drop_nulls()
        points = int((values * most).round().cast(pl.Int64).sum())
        return points / (most * values.len()) if values.len() else None

    def indicators(self, villages: pl.DataFrame) -> pl.DataFrame:
        """The 50 indicators of these villages as `gap.indicator_recap` counts them, together, weakest first."""
        # one place for all: the recap counts per place, and the report's places may be several provinces
        rows = villages.filter(pl.col(IDM_K).is_not_null()).with_columns(
            pl.lit(None, pl.String).alias(KODE_DESA), pl.lit("").alias("provinsi"), pl.lit(self.tahun).alias(TAHUN)
        )
        return indicator_recap(rows.drop("no"), self.rubric, "provinsi").sort("rata_skor", "kode")

    def status(self, nama: str | None) -> str:
        """A status as the report writes it, `–` for none."""
        return status_name(nama) if nama else "–"

    @property
    def shown(self) -> tuple[str, ...]:
        """The statuses as the report writes them, ascending."""
        return tuple(map(status_name, self.statuses))

    def desa(self, name: str | None) -> str:
        """A village's name as the report writes it."""
        return titled(name, self.words("wilayah.tanpa_nama"))


def first(rows: pl.DataFrame, column: str) -> str | None:
    """The first value that somebody typed."""
    found: Sequence[str] = rows[column].drop_nulls().head(1).to_list()
    return found[0] if found else None
