"""The villages of the provinces for which a complete reference is kept, and place names made comparable.

A province is one file of `data/wilayah/`, named by its two-digit code (`65-kalimantan-utara.csv`): Kemendagri codes,
names in capitals. Names are no key (LABUK and LONG NAWANG each occur twice in one province): match them together with
kecamatan and kabupaten.
"""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import polars as pl

from idmcli.columns import KODE_DESA, PLACES
from idmcli.errors import ConfigError

Level = Literal["provinsi", "kabupaten", "kecamatan"]

LEVELS: Final[tuple[Level, ...]] = ("provinsi", "kabupaten", "kecamatan")
"""The levels above the village, widest first."""

PLACE: Final = "_tempat"
_DIGITS: Final[dict[Level, int]] = {"provinsi": 2, "kabupaten": 4, "kecamatan": 6}
_FOLDER: Final = Path(__file__).resolve().parent / "data" / "wilayah"
_COLUMNS: Final = [KODE_DESA, *reversed(PLACES)]
_PREFIX: Final = r"^(?:(?:PROVINSI|PROV|PROPINSI|KABUPATEN|KAB|KECAMATAN|KEC|DESA|DS) )+"
_OTHER: Final = r"[^A-Z0-9]+"


@dataclass(frozen=True)
class Regions:
    """The reference of places.

    Attributes:
        frame: one row per desa, by code, all String: `kode_desa` (10 digits), `desa`, `kecamatan`, `kabupaten`,
            `provinsi` (capitals, without the word Kabupaten), `kode_kecamatan` (6 digits), `kode_kabupaten` (4).
        provinces: two-digit codes of the provinces whose list is complete; elsewhere only a code's shape can be
            checked.
    """

    frame: pl.DataFrame
    provinces: frozenset[str]


def load_regions(folder: Path | None = None) -> Regions:
    """Read every province of the reference (the program's own, or the CSV files of `folder`).

    Raises:
        ConfigError: a file is no such table, or its codes and names contradict each other.
    """
    files = sorted((folder or _FOLDER).glob("*.csv"))
    if not files:
        raise ConfigError(f"Tidak ada acuan wilayah di {folder or _FOLDER}", "Pasang ulang idm")
    frame = pl.concat([_read(file) for file in files]).sort(KODE_DESA)
    codes = pl.col(KODE_DESA).str
    return Regions(
        frame.with_columns(kode_kecamatan=codes.head(6), kode_kabupaten=codes.head(4)),
        frozenset(file.name[:2] for file in files),
    )


def fold_name(text: str) -> str:
    """A place name in comparable form: capitals A–Z and digits only, without accents, punctuation, spaces and level.

    `Pa' Milau`, `PA’MILAU` and `Desa Pa Milau` give `PAMILAU`; `Kab. Bulungan` gives `BULUNGAN`. KOTA stays: Kota
    Bandung is another place than Kabupaten Bandung. Empty if nothing of the kind is left.
    """
    words = re.sub(_OTHER, " ", unicodedata.normalize("NFKD", text).upper()).strip(" ")
    return re.sub(_PREFIX, "", words).replace(" ", "")


def fold_expr(expr: pl.Expr) -> pl.Expr:
    """`fold_name` over a String column; null stays null."""
    words = expr.str.normalize("NFKD").str.to_uppercase().str.replace_all(_OTHER, " ").str.strip_chars(" ")
    return words.str.replace(_PREFIX, "").str.replace_all(" ", "", literal=True)


def place_keys(frame: pl.DataFrame, level: Level) -> pl.DataFrame:
    """Which rows belong to the same place of `level`: two String columns, same rows and order.

    `kode_<level>` is the first digits of `kode_desa`; a row without a code takes the one of its namesakes (place names
    down to `level`, folded), null if there are none. `_tempat` is equal for rows of the same place, never null.
    """
    code = f"kode_{level}"
    names = LEVELS[: LEVELS.index(level) + 1]
    places = frame.select(pl.col(KODE_DESA).str.head(_DIGITS[level]).alias(code), *names)
    if places[code].has_nulls():
        folded = pl.concat_str([fold_expr(pl.col(name)).fill_null("") for name in names], separator="/")
        places = places.with_columns(folded.alias(PLACE)).with_columns(
            pl.coalesce(code, pl.col(code).drop_nulls().first().over(PLACE)).alias(code)
        )
    else:
        places = places.with_columns(pl.col(code).alias(PLACE))
    return places.select(code, pl.coalesce(code, PLACE).alias(PLACE))


def _read(file: Path) -> pl.DataFrame:
    where = f"Acuan wilayah {file.name}"
    try:
        frame = pl.read_csv(file, infer_schema=False)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise ConfigError(f"{where} tidak dapat dibaca", "Simpan ulang sebagai CSV UTF-8 dengan koma") from error
    if frame.columns != _COLUMNS:
        raise ConfigError(
            f"{where} baris 1: kolomnya {', '.join(frame.columns)}", f"Judul yang benar: {','.join(_COLUMNS)}"
        )
    code = pl.col(KODE_DESA)
    # 2 desa, 3 desa adat: a kelurahan (1) has no IDM
    _refuse(
        frame, ~code.str.contains(rf"^{file.name[:2]}\d{{4}}[23]\d{{3}}$"), where, "kode desa tidak berbentuk benar"
    )
    _refuse(frame, code.is_duplicated(), where, "kode desa tertulis dua kali")
    for name in PLACES:
        written = pl.col(name).fill_null("")
        clean = (written != "") & (written == written.str.strip_chars()) & (written == written.str.to_uppercase())
        _refuse(frame, ~clean, where, f"{name} kosong, berspasi di tepi, atau tidak berhuruf besar")
    for name, digits in (("kecamatan", 6), ("kabupaten", 4), ("provinsi", 2)):
        one = pl.col(name).n_unique().over(code.str.head(digits)) == 1
        _refuse(frame, ~one, where, f"{digits} angka kode yang sama dengan nama {name} yang berbeda")
    return frame


def _refuse(frame: pl.DataFrame, fault: pl.Expr, where: str, pesan: str) -> None:
    faulty = frame.with_row_index("baris", 2).filter(fault.fill_null(True))
    if not faulty.is_empty():
        baris, kode = faulty.row(0)[:2]
        raise ConfigError(f"{where} baris {baris} ({kode}): {pesan}", "Perbaiki baris itu")
