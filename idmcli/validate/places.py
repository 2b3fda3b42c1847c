"""Rules that hold rows against the regional reference: unknown codes, other villages' codes, missing villages; years.

One root per row: where two of the three typed names (desa, kecamatan, kabupaten) contradict the code, the code is the
suspect and one finding says so; a single name that differs is about that name. A village whose code is broken but whose
name is in the data is not reported missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from idmcli.columns import BERKAS, KODE_DESA, TAHUN
from idmcli.regions import fold_expr
from idmcli.sentences import said
from idmcli.validate.codes import FOUND_BY, OWNER, PROPOSAL, with_owner
from idmcli.validate.subject import ROW, Subject
from idmcli.words import listed

NAMES: Final = (
    "kode_tak_dikenal",
    "kode_tak_cocok",
    "nama_tak_cocok",
    "kecamatan_tak_cocok",
    "kabupaten_tak_cocok",
    "desa_tidak_ada",
    "tahun_kosong",
    "tahun_campuran",
)
_LEVELS: Final = {"desa": "nama_tak_cocok", "kecamatan": "kecamatan_tak_cocok", "kabupaten": "kabupaten_tak_cocok"}
_DESA_CODE: Final = r"^\d{6}[23]\d{3}$"


def check(subject: Subject) -> list[pl.DataFrame]:
    """Findings against the reference, and about years."""
    return [*_against_reference(subject), _missing(subject), *_years(subject)]


def _against_reference(subject: Subject) -> list[pl.DataFrame]:
    """Codes of covered provinces: in the reference, and of the village that is named beside them."""
    code = pl.col(KODE_DESA)
    covered = code.str.slice(0, 2).is_in(list(subject.regions.provinces))
    how = pl.col(FOUND_BY).fill_null("kode") if FOUND_BY in subject.desa.columns else pl.lit("kode")
    rows = subject.desa.filter(covered & code.str.contains(_DESA_CODE) & (how == "kode")).select(
        ROW, KODE_DESA, *_LEVELS, *(fold_expr(pl.col(level)).alias(f"_{level}") for level in _LEVELS)
    )
    if rows.is_empty():
        return []
    reference = subject.regions.frame.select(
        KODE_DESA,
        *(pl.col(level).alias(f"{level}_acuan") for level in _LEVELS),
        *(fold_expr(pl.col(level)).alias(f"_{level}_acuan") for level in _LEVELS),
    )
    judged = (
        with_owner(subject, rows)
        .join(reference, on=KODE_DESA, how="left", maintain_order="left")
        .with_columns(
            (pl.col(f"_{level}") != pl.col(f"_{level}_acuan")).fill_null(value=False).alias(f"beda_{level}")
            for level in _LEVELS
        )
        .with_columns(beda=pl.sum_horizontal(f"beda_{level}" for level in _LEVELS))
    )
    unknown = pl.col("desa_acuan").is_null()
    named = pl.concat_str([pl.col(level).fill_null("?") for level in _LEVELS], separator=", ")
    official = pl.concat_str([f"{level}_acuan" for level in _LEVELS], separator=", ")
    return [
        subject.at_rows(
            "kode_tak_dikenal",
            judged.filter(unknown).with_columns(
                kolom=pl.lit(KODE_DESA), pesan=said("Kode {} tidak ada di acuan wilayah{}", KODE_DESA, OWNER)
            ),
        ),
        subject.at_rows(
            "kode_tak_cocok",
            judged.filter(pl.col("beda") > 1).with_columns(
                kolom=pl.lit(KODE_DESA),
                pesan=said("Kode {} milik {}, tetapi tertulis {}{}", KODE_DESA, official, named, OWNER),
            ),
        ),
        *(
            subject.at_rows(
                rule,
                judged.filter((pl.col("beda") == 1) & pl.col(f"beda_{level}")).with_columns(
                    kolom=pl.lit(level),
                    pesan=said(
                        f"{level.capitalize()} tertulis {{}}, menurut acuan kode {{}} adalah {{}}{{}}",
                        level,
                        KODE_DESA,
                        f"{level}_acuan",
                        OWNER,
                    ),
                ),
            )
            for level, rule in _LEVELS.items()
        ),
    ]


@dataclass(frozen=True)
class Missing:
    """A village of the reference that the data lack, and how many its area lacks of how many."""

    village: Mapping[str, object]
    area: str
    absent: int
    total: int


def missing_villages(subject: Subject) -> list[Missing]:
    """Villages of the reference that the data should hold and do not.

    An area is expected whole when the data hold at least half of it: the province, else the kabupaten, else the
    kecamatan (and there at least three villages). Of several years the latest counts.
    """
    catalog, reference = subject.catalog, subject.regions.frame
    covered = subject.desa.filter(pl.col(TAHUN).is_null() | (pl.col(TAHUN) == pl.col(TAHUN).max())).filter(
        pl.col(KODE_DESA).is_null() | pl.col(KODE_DESA).str.slice(0, 2).is_in(list(subject.regions.provinces))
    )
    if covered.is_empty():
        return []
    codes = [covered.get_column(KODE_DESA)]
    if PROPOSAL in covered.columns:
        codes.append(covered.get_column(PROPOSAL))
    names = ["_desa", "_kecamatan"]
    typed = covered.select(fold_expr(pl.col(name[1:])).alias(name) for name in names).drop_nulls().unique()
    listed_villages = reference.with_columns(
        *(fold_expr(pl.col(name[1:])).alias(name) for name in names), _provinsi=pl.col(KODE_DESA).str.slice(0, 2)
    )
    listed_villages = listed_villages.join(
        typed.with_columns(_bernama=pl.lit(value=True)), on=names, how="left", maintain_order="left"
    ).with_columns(
        _ada=pl.col(KODE_DESA).is_in(pl.concat(codes).drop_nulls().unique().implode())
        | pl.col("_bernama").fill_null(value=False)
    )
    areas = [("_provinsi", "provinsi", 1), ("kode_kabupaten", "kabupaten", 1)]
    areas.append(("kode_kecamatan", "kecamatan", catalog.desa_sekecamatan))
    found: list[Missing] = []
    done: set[str] = set()
    for key, level, least in areas:
        for (code,), area in listed_villages.group_by(key, maintain_order=True):
            present = int(area.get_column("_ada").sum())
            if present < max(least, catalog.bagian_wilayah * area.height) or str(code).startswith(tuple(done) or "-"):
                continue
            done.add(str(code))
            absent = area.filter(~pl.col("_ada"))
            name = f"{level} {area.get_column(level)[0]}"
            found += [Missing(village, name, absent.height, area.height) for village in absent.iter_rows(named=True)]
    return found


def _missing(subject: Subject) -> pl.DataFrame:
    """One finding per missing village, each with the total of its area."""
    files = subject.desa.get_column(BERKAS).unique(maintain_order=True).to_list()
    return subject.elsewhere(
        "desa_tidak_ada",
        [
            {
                "berkas": files[0] if len(files) == 1 else None,
                "kode_desa": one.village[KODE_DESA],
                "kolom": KODE_DESA,
                "pesan": f"{one.village[KODE_DESA]} {one.village['desa']} (Kec. {one.village['kecamatan']}, "
                f"Kab. {one.village['kabupaten']}) tidak ada di data; {one.absent} dari {one.total} desa "
                f"di {one.area} tidak ada",
            }
            for one in missing_villages(subject)
        ],
    )


def _years(subject: Subject) -> list[pl.DataFrame]:
    """Rows without a year (once per sheet), and years mixed in data that are not a series."""
    unknown = (
        subject.desa.filter(pl.col(TAHUN).is_null())
        .group_by(BERKAS, "lembar", maintain_order=True)
        .agg(pl.col(ROW).first(), jumlah=pl.len().cast(pl.String))
        .with_columns(kolom=pl.lit(TAHUN), pesan=said("Tahun tidak diketahui untuk {} baris", "jumlah"))
    )
    known = subject.desa.filter(pl.col(TAHUN).is_not_null() & pl.col(KODE_DESA).is_not_null())
    years = sorted(known.get_column(TAHUN).unique().to_list())
    mixed: list[dict[str, object]] = []
    if len(years) > 1 and not known.get_column(KODE_DESA).is_duplicated().any():
        counts = dict(known.group_by(TAHUN).len().iter_rows())
        told = listed([f"{year} ({counts[year]} desa)" for year in years], 6)
        mixed.append(
            {"kolom": TAHUN, "pesan": f"Data memuat beberapa tahun, tetapi tiap desa hanya satu tahun: {told}"}
        )
    return [subject.at_rows("tahun_kosong", unknown), subject.elsewhere("tahun_campuran", mixed)]
