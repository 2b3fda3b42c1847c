"""All grids of a reading to one village table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from idmcli.errors import InputError, UsageError
from idmcli.normalise.aliases import Aliases
from idmcli.normalise.build import Context, Part, build
from idmcli.normalise.headers import Header, find_header
from idmcli.normalise.layouts import load_layouts
from idmcli.normalise.schema import Schema, schema_of
from idmcli.normalise.selection import Selection, select
from idmcli.normalise.vocabulary import load_vocabulary
from idmcli.regions import Regions
from idmcli.rubric.model import Rubric
from idmcli.tables import Grid, Reading, Shape, VillageTable
from idmcli.words import listed

_RICHEST: tuple[Shape, ...] = ("rumusan", "skor", "isian", "rekap")


@dataclass(frozen=True)
class _Recognised:
    """A grid whose header was found."""

    grid: Grid
    header: Header
    selection: Selection


def normalise(
    reading: Reading, *, rubric: Rubric, regions: Regions, tahun: int | None = None, terima_usulan: bool = False
) -> VillageTable:
    """Understand everything that was read as one table of villages.

    Args:
        reading: the grids, in order.
        rubric: the edition whose indicators and raw answers may occur.
        regions: the reference of villages, for names, BPS codes and proposals.
        tahun: only this year; of several years side by side the latest is taken where none is asked for.
        terima_usulan: take the codes proposed from similar names.

    Raises:
        InputError: no grid holds a table of villages; the message says what comes nearest.
        UsageError: the year asked for is nowhere.
        ConfigError: a layout or word list of the program is invalid.
    """
    vocabulary = load_vocabulary()
    schema = schema_of(rubric, vocabulary)
    aliases = Aliases(load_layouts(), rubric)
    headers = [find_header(grid, aliases, schema) for grid in reading.grids]
    recognised = [
        _Recognised(grid, header, select(grid, header, aliases, schema, tahun))
        for grid, header in zip(reading.grids, headers, strict=True)
        if header is not None and header.usable
    ]
    if not recognised:
        raise _nothing(reading.grids, headers, schema)
    chosen, left = _choose(recognised)
    context = Context(schema, vocabulary, regions, tahun, terima_usulan)
    parts = [build(one.grid, one.header, one.selection, context) for one in chosen]
    filled = [part for part in parts if part.desa.height]
    if not filled:
        raise _no_rows(parts, tahun)
    return VillageTable(
        desa=_concat([part.desa for part in filled], schema),
        mentah=_concat([part.mentah for part in filled], schema),
        shape=_shape([part.layout.shape for part in filled]),
        layouts=tuple(part.layout for part in filled),
        skipped=reading.skipped,
        assumptions=_assumptions(reading, filled, left, [part for part in parts if not part.desa.height]),
    )


def _choose(recognised: Sequence[_Recognised]) -> tuple[list[_Recognised], list[_Recognised]]:
    """The grids used, and those left: of one file only its richest shape, because the others say the same again."""
    best: dict[str, int] = {}
    for one in recognised:
        rank = _RICHEST.index(one.selection.shape)
        best[one.grid.berkas] = min(rank, best.get(one.grid.berkas, rank))
    used = [one for one in recognised if _RICHEST.index(one.selection.shape) == best[one.grid.berkas]]
    return used, [one for one in recognised if one not in used]


def _shape(shapes: Sequence[Shape]) -> Shape:
    """The shape of the whole: the richest there is."""
    if len(set(shapes)) > 1 and "rumusan" in shapes:
        return "skor"
    return min(shapes, key=_RICHEST.index)


def _concat(frames: Sequence[pl.DataFrame], schema: Schema) -> pl.DataFrame:
    """One frame with the columns of all, canonical ones in their order."""
    whole = pl.concat(frames, how="diagonal")
    own = [name for name in schema.order if name in whole.columns]
    return whole.select(*own, *(name for name in whole.columns if name not in set(own)))


def _assumptions(
    reading: Reading, parts: Sequence[Part], left: Sequence[_Recognised], empty: Sequence[Part]
) -> tuple[str, ...]:
    """Everything assumed, what holds for several sheets said once."""
    said: dict[str, list[Grid]] = {}
    for part in parts:
        for text in (*_header_note(part), *part.notes):
            said.setdefault(text, []).append(part.grid)
    lines = [*reading.assumptions, *(text for part in parts for text in part.grid.assumptions)]
    lines += [f"{_where(grids)}: {text}" for text, grids in said.items()]
    for one in left:
        lines.append(
            f"{_where([one.grid])}: {one.selection.shape} dilewati karena lembar lain lebih lengkap; "
            f"untuk memakainya: --sheet '{one.grid.lembar}'"
        )
    for part in empty:
        lines.append(f"{_where([part.grid])}: tidak ada baris desa yang dipakai")
    shapes = dict.fromkeys(part.layout.shape for part in parts)
    if len(shapes) > 1:
        lines.append(f"berkas dengan bentuk berbeda digabung: {', '.join(shapes)}")
    return tuple(lines)


def _header_note(part: Part) -> tuple[str, ...]:
    """Where the header stands, if that is not the first row."""
    rows = part.layout.header_rows
    if rows == (1,) or part.grid.kind in {"parquet", "rumusan"}:
        return ()
    return (f"judul kolom di baris {rows[0]}" if len(rows) == 1 else f"judul kolom di baris {rows[0]}–{rows[-1]}",)


def _where(grids: Sequence[Grid]) -> str:
    """Files with their sheets: `kaltara.xlsx (BULUNGAN, MALINAU)`."""
    by_file: dict[str, list[str]] = {}
    for grid in grids:
        by_file.setdefault(grid.berkas, []).extend([grid.lembar] if grid.lembar else [])
    return listed([f"{file} ({listed(sheets)})" if sheets else file for file, sheets in by_file.items()])


def _nothing(grids: Sequence[Grid], headers: Iterable[Header | None], schema: Schema) -> InputError:
    """No table of villages: say what comes nearest, and what it lacks."""
    pairs = [(grid, header) for grid, header in zip(grids, headers, strict=True) if header is not None]
    advice = (
        "Pastikan satu baris judul memuat KODE DESA atau NAMA DESA dan kolom angka seperti 'Skor Akses Sarkes', "
        "IKS01, atau IKS/IKE/IKL; lembar lain dipilih dengan --sheet NAMA."
    )
    if not pairs:
        return InputError("tidak ada isi yang bisa dibaca sebagai tabel desa", advice)
    grid, header = max(pairs, key=lambda pair: pair[1].rank)
    if not header.found:
        return InputError(f"tidak ada judul kolom yang dikenali di {_where(grids)}", advice)
    known = [label for label, match in zip(header.labels, header.matches, strict=True) if match and not match.ignored]
    names = {nama for nama, _ in header.found}
    lacks = "kolom kode atau nama desa" if names & schema.measures else "kolom skor, isian, atau IKS/IKE/IKL"
    return InputError(
        f"tabel desa tidak dikenali; yang paling dekat {_where([grid])} baris {grid.first_row + header.start}: "
        f"{len(known)} judul dikenal ({listed(known)}), tetapi tidak ada {lacks}",
        advice,
    )


def _no_rows(parts: Sequence[Part], tahun: int | None) -> InputError | UsageError:
    """Headers, but no village below them, or none of the year asked for."""
    years = sorted({year for part in parts for year in part.layout.years})
    where = _where([part.grid for part in parts])
    if tahun is not None and years and tahun not in years:
        found = ", ".join(map(str, years))
        return UsageError(f"tahun {tahun} tidak ada di {where}; tahun yang ada: {found}", f"Pilih --tahun {years[-1]}.")
    return InputError(f"{where} punya judul kolom tetapi tidak ada satu pun baris desa", "Periksa isi berkasnya.")
