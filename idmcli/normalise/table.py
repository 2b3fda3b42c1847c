"""All grids of a reading to one village table."""

from collections.abc import Iterable, Sequence

import polars as pl

from idmcli.errors import InputError, UsageError
from idmcli.normalise.aliases import Aliases
from idmcli.normalise.build import Context, Part, build
from idmcli.normalise.headers import Header, find_header
from idmcli.normalise.layouts import load_layouts
from idmcli.normalise.schema import Schema, schema_of
from idmcli.normalise.selection import select
from idmcli.normalise.sheets import RICHEST, Recognised, choose, where, without_guides, without_repeats
from idmcli.normalise.vocabulary import load_vocabulary
from idmcli.regions import Regions
from idmcli.rubric.model import Rubric
from idmcli.tables import Grid, Reading, Shape, VillageTable
from idmcli.words import listed


def normalise(
    reading: Reading,
    *,
    rubric: Rubric,
    regions: Regions,
    tahun: int | None = None,
    terima_usulan: bool = False,
    aliases: Aliases | None = None,
) -> VillageTable:
    """Understand everything that was read as one table of villages.

    Args:
        reading: the grids, in order.
        rubric: the edition whose indicators and raw answers may occur.
        regions: the reference of villages, for names, BPS codes and proposals.
        tahun: only this year; of several years side by side the latest is taken where none is asked for.
        terima_usulan: take the codes proposed from similar names.
        aliases: the known headers of this edition, for who reads many files one by one; made anew by default.

    Raises:
        InputError: no grid holds a table of villages; the message says what comes nearest.
        UsageError: the year asked for is nowhere.
        ConfigError: a layout or word list of the program is invalid.
    """
    vocabulary = load_vocabulary()
    schema = schema_of(rubric, vocabulary)
    aliases = aliases or Aliases(load_layouts(), rubric)
    headers = [find_header(grid, aliases, schema, vocabulary) for grid in reading.grids]
    recognised = [
        Recognised(grid, header, select(grid, header, aliases, schema, tahun))
        for grid, header in zip(reading.grids, headers, strict=True)
        if header is not None and header.usable
    ]
    if not recognised:
        raise _nothing(reading.grids, headers, schema)
    real, guides = without_guides(recognised, vocabulary)
    chosen, left = choose(real)
    context = Context(schema, vocabulary, regions, tahun, terima_usulan)
    parts = [build(one.grid, one.header, one.selection, context) for one in chosen]
    filled, repeated = without_repeats([part for part in parts if part.desa.height], schema)
    if not filled:
        raise _no_rows(parts, tahun)
    return VillageTable(
        desa=_concat([part.desa for part in filled], schema),
        mentah=_concat([part.mentah for part in filled], schema),
        shape=_shape([part.layout.shape for part in filled]),
        layouts=tuple(part.layout for part in filled),
        skipped=reading.skipped,
        assumptions=_assumptions(
            reading, filled, [*guides, *left, *repeated], [part for part in parts if not part.desa.height]
        ),
    )


def _shape(shapes: Sequence[Shape]) -> Shape:
    """The shape of the whole: the richest there is."""
    if len(set(shapes)) > 1 and "rumusan" in shapes:
        return "skor"
    return min(shapes, key=RICHEST.index)


def _concat(frames: Sequence[pl.DataFrame], schema: Schema) -> pl.DataFrame:
    """One frame with the columns of all, canonical ones in their order."""
    whole = pl.concat(frames, how="diagonal")
    own = [name for name in schema.order if name in whole.columns]
    return whole.select(*own, *(name for name in whole.columns if name not in set(own)))


def _assumptions(
    reading: Reading, parts: Sequence[Part], left: Sequence[str], empty: Sequence[Part]
) -> tuple[str, ...]:
    """Everything assumed, what holds for several sheets said once."""
    said: dict[str, list[Grid]] = {}
    for part in parts:
        for text in (*_header_note(part), *part.notes):
            said.setdefault(text, []).append(part.grid)
    lines = [*reading.assumptions, *(text for part in parts for text in part.grid.assumptions)]
    lines += [f"{where(grids)}: {text}" for text, grids in said.items()]
    lines += left
    for part in empty:
        lines.append(f"{where([part.grid])}: tidak ada baris desa yang dipakai")
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
        return InputError(f"tidak ada judul kolom yang dikenali di {where(grids)}", advice)
    known = [label for label, match in zip(header.labels, header.matches, strict=True) if match and not match.ignored]
    names = {nama for nama, _ in header.found}
    lacks = "kolom kode atau nama desa" if names & schema.measures else "kolom skor, isian, atau IKS/IKE/IKL"
    return InputError(
        f"tabel desa tidak dikenali; yang paling dekat {where([grid])} baris {grid.first_row + header.start}: "
        f"{len(known)} judul dikenal ({listed(known)}), tetapi tidak ada {lacks}",
        advice,
    )


def _no_rows(parts: Sequence[Part], tahun: int | None) -> InputError | UsageError:
    """Headers, but no village below them, or none of the year asked for."""
    years = sorted({year for part in parts for year in part.layout.years})
    place = where([part.grid for part in parts])
    if tahun is not None and years and tahun not in years:
        found = ", ".join(map(str, years))
        return UsageError(f"tahun {tahun} tidak ada di {place}; tahun yang ada: {found}", f"Pilih --tahun {years[-1]}.")
    return InputError(f"{place} punya judul kolom tetapi tidak ada satu pun baris desa", "Periksa isi berkasnya.")
