"""Which village a row is: its code, how it was found, and the names of its places."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from idmcli import columns as col
from idmcli.normalise import matching
from idmcli.normalise.bps import uses_bps
from idmcli.normalise.fold import spaced
from idmcli.normalise.layouts import BPS_CODE, BPS_PLACES
from idmcli.normalise.schema import CODE_METHOD, CODE_PROPOSAL
from idmcli.regions import Regions, fold_expr, fold_name
from idmcli.tables import Grid

_PREFIXES: Final = {
    "provinsi": r"^(PROVINSI|PROPINSI|PROV)[.\s]+",
    "kabupaten": r"^(KABUPATEN|KAB)[.\s]+",
    "kecamatan": r"^(KECAMATAN|KEC)[.\s]+",
}
_UPPER: Final = col.PLACES[:-1]
_KABUPATEN_SHEET = re.compile(r"(?:KABUPATEN|KAB)\s+(\D+)")


@dataclass(frozen=True)
class Villages:
    """Identity of each row: `kode_desa, provinsi, kabupaten, kecamatan, desa, cara_kode, usulan_kode`, all String.

    `notes` says in words what was assumed.
    """

    frame: pl.DataFrame
    notes: tuple[str, ...]


def identify(
    raw: pl.DataFrame,
    codes: pl.Series,
    years: pl.Series,
    *,
    grid: Grid,
    titles: Sequence[str],
    regions: Regions,
    terima_usulan: bool,
) -> Villages:
    """Find code and places of every row of a grid.

    Args:
        raw: the village rows as typed, under canonical names.
        codes: their ten-digit codes, null where there is none.
        years: their years.
        grid: where they come from: a sheet may be named after its kabupaten.
        titles: the texts above the table.
        regions: the reference.
        terima_usulan: take the proposals for codes.
    """
    typed = _places(raw)
    guessed, notes = _guessed(typed, grid, titles, regions)
    only_bps = BPS_CODE in raw.columns and col.KODE_DESA not in raw.columns
    bps = only_bps or uses_bps(typed.with_columns(codes.alias(col.KODE_DESA)), regions)
    found = guessed.with_columns(codes.alias(col.KODE_DESA), years.alias(col.TAHUN))
    found, said = _with_codes(found, _typed_code(raw), regions, bps=bps, only_bps=only_bps)
    found, proposed = _with_proposals(found, regions, terima_usulan=terima_usulan)
    named = _with_names(found.with_columns(typed.get_columns()), guessed, regions)
    return Villages(named, (*notes, *said, *proposed))


def _places(raw: pl.DataFrame) -> pl.DataFrame:
    """The four names in capitals, without words such as Kabupaten; null where nothing is typed."""
    columns = []
    for name, spare in zip(col.PLACES, (None, *BPS_PLACES), strict=True):
        present = [pl.col(one) for one in (name, spare) if one in raw.columns]
        typed = pl.coalesce(present) if present else pl.lit(None, dtype=pl.String)
        upper = typed.str.to_uppercase().str.replace_all(r"\s+", " ").str.strip_chars()
        columns.append(upper.str.replace(_PREFIXES.get(name, r"^$"), "").replace("", None).alias(name))
    return raw.with_columns(columns).select(col.PLACES)


def _guessed(
    typed: pl.DataFrame, grid: Grid, titles: Sequence[str], regions: Regions
) -> tuple[pl.DataFrame, list[str]]:
    """The names with what may be guessed for empty ones: merged cells, and the kabupaten of the whole sheet.

    A cell merged over several rows reads as its text and blanks below. That is assumed only of a column that begins
    with a name and is blank in at least half of its rows.
    """
    notes: list[str] = []
    merged = [
        name
        for name in _UPPER
        if (column := typed.get_column(name)).len() > 1
        and column[0] is not None
        and column.null_count() * 2 >= column.len()
    ]
    notes += [f"{name} yang kosong (sel gabungan) diisi dari baris di atasnya" for name in merged]
    guessed = typed.with_columns(pl.col(name).forward_fill() for name in merged)
    without = typed.get_column("kabupaten").null_count() == typed.height
    home = _kabupaten_of(grid, titles, regions) if without else None
    if home:
        notes.append(f"kabupaten {home} dari nama lembar atau judul di atas tabel")
        guessed = guessed.with_columns(pl.lit(home).alias("kabupaten"))
    return guessed, notes


def _typed_code(raw: pl.DataFrame) -> pl.Series:
    """Whether something stands in a row's code cell."""
    if col.KODE_DESA not in raw.columns:
        return pl.Series(values=[False]).new_from_index(0, raw.height)
    return raw.get_column(col.KODE_DESA).str.contains(r"\w").fill_null(value=False)


def _kabupaten_of(grid: Grid, titles: Sequence[str], regions: Regions) -> str | None:
    """The kabupaten that the sheet's name or a title above the table names."""
    names: list[str] = regions.frame.get_column("kabupaten").unique().to_list()
    known = {fold_name(name): name for name in names}
    sheet = grid.lembar or ""
    if fold_name(sheet) in known:
        return known[fold_name(sheet)]
    for title in titles:
        for name in known.values():
            if re.search(rf"\b(KABUPATEN|KAB) {re.escape(spaced(name))}\b", spaced(title)):
                return name
    named = _KABUPATEN_SHEET.fullmatch(spaced(sheet))
    return named[1] if named else None


def _with_codes(
    found: pl.DataFrame, typed: pl.Series, regions: Regions, *, bps: bool, only_bps: bool
) -> tuple[pl.DataFrame, list[str]]:
    """Codes from BPS codes and from names, `cara_kode`, and what was assumed; other rows stay without a code."""
    covered = pl.col(col.KODE_DESA).str.head(2).is_in(list(regions.provinces))
    foreign = pl.lit(value=only_bps) | (pl.lit(value=bps) & covered.fill_null(value=False))
    found = found.with_columns(typed.alias("terketik"), foreign.alias("bps")).with_columns(
        pl.when(~pl.col("bps")).then(pl.col(col.KODE_DESA)).alias(col.KODE_DESA)
    )
    wanted = found.get_column(col.KODE_DESA).is_null() & (~typed | found.get_column("bps"))
    by_name = pl.Series(col.KODE_DESA, [None], dtype=pl.String).new_from_index(0, found.height)
    if wanted.any():
        by_name = by_name.scatter(wanted.arg_true(), matching.exact(found.filter(wanted), regions))
    found = found.with_columns(by_name.alias("dari_nama")).with_columns(
        pl.coalesce(col.KODE_DESA, "dari_nama").alias(col.KODE_DESA),
        pl.when(pl.col(col.KODE_DESA).is_not_null())
        .then(pl.lit("kode"))
        .when(pl.col("dari_nama").is_not_null())
        .then(pl.when("bps").then(pl.lit("bps")).otherwise(pl.lit("nama")))
        .alias(CODE_METHOD),
    )
    ways = found.get_column(CODE_METHOD)
    notes: list[str] = []
    if bps:
        notes.append(
            f"kode dibaca sebagai kode BPS; {(ways == 'bps').sum()} dari {found.get_column('bps').sum()} desa "
            "ditemukan kode Kemendagrinya dari nama"
        )
    if by_names := (ways == "nama").sum():
        notes.append(f"kode {by_names} desa ditemukan dari nama kabupaten, kecamatan, dan desa")
    return found, notes


def _with_proposals(found: pl.DataFrame, regions: Regions, *, terima_usulan: bool) -> tuple[pl.DataFrame, list[str]]:
    """Proposals for rows without a code, as `usulan_kode`, or as their code where they are accepted."""
    none = pl.lit(None, dtype=pl.String).alias(CODE_PROPOSAL)
    provinces = [fold_name(name) for name in regions.frame.get_column("provinsi").unique()]
    home = fold_expr(pl.col("provinsi"))
    open_rows = found.select(
        pl.col(col.KODE_DESA).is_null() & pl.col("desa").is_not_null() & home.is_in(provinces).fill_null(value=True)
    ).to_series()
    if not open_rows.any():
        return found.with_columns(none), []
    taken = set(found.filter(~open_rows).select(col.TAHUN, col.KODE_DESA).rows())
    proposals = matching.propose(found.filter(open_rows), taken, regions)
    column = (
        pl.Series(CODE_PROPOSAL, [None], dtype=pl.String)
        .new_from_index(0, found.height)
        .scatter(open_rows.arg_true(), pl.Series(proposals, dtype=pl.String))
    )
    number = len(column) - column.null_count()
    found = found.with_columns(column)
    if not number:
        return found, []
    if not terima_usulan:
        advice = "periksa dengan idm validate, lalu jalankan ulang dengan --terima-usulan untuk memakainya"
        return found, [f"{number} usulan kode desa dari nama yang mirip, belum dipakai; {advice}"]
    accepted = found.with_columns(
        pl.coalesce(col.KODE_DESA, CODE_PROPOSAL).alias(col.KODE_DESA),
        pl.when(pl.col(CODE_PROPOSAL).is_not_null())
        .then(pl.lit("usulan"))
        .otherwise(pl.col(CODE_METHOD))
        .alias(CODE_METHOD),
        none,
    )
    return accepted, [f"{number} usulan kode desa dari nama yang mirip dipakai (--terima-usulan)"]


def _with_names(found: pl.DataFrame, guessed: pl.DataFrame, regions: Regions) -> pl.DataFrame:
    """Names as typed, else from the reference, else guessed; a typed name that means the same takes its spelling."""
    reference = regions.frame.select(col.KODE_DESA, *(pl.col(name).alias(f"{name}_acuan") for name in col.PLACES))
    joined = found.join(reference, on=col.KODE_DESA, how="left", maintain_order="left")
    known = joined.get_column("desa_acuan").is_not_null()
    near = joined.filter(known).select(
        pl.when(pl.col(name).is_null() | (fold_expr(pl.col(name)) == fold_expr(pl.col(f"{name}_acuan"))))
        .then(pl.col(f"{name}_acuan"))
        .otherwise(pl.col(name))
        .alias(name)
        for name in col.PLACES
    )
    positions = known.arg_true()
    return joined.with_columns(
        joined.get_column(name).scatter(positions, near.get_column(name)).fill_null(guessed.get_column(name))
        for name in col.PLACES
    ).select(col.KODE_DESA, *col.PLACES, CODE_METHOD, CODE_PROPOSAL)
