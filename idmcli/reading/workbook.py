"""Workbooks (.xlsx, .xlsm, .xlsb, .ods, .xls): every visible sheet as text, at its true rows and columns.

`fastexcel` gives numbers with at most nine decimals (a step of the index is 1/6300), whole numbers without a point,
formulas by their cached value, and nothing for error cells and formulas without one.
"""

from collections.abc import Mapping
from xml.parsers import expat

import fastexcel

from idmcli.errors import InputError, UsageError
from idmcli.reading import biff, ole
from idmcli.reading.extent import Extent, ods_extents, xlsx_extent, xlsx_extent_exact
from idmcli.reading.guard import refusing
from idmcli.reading.kinds import Content
from idmcli.reading.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, damaged, thousands, too_large
from idmcli.reading.package import Package, locked
from idmcli.tables import Grid


def read_workbook(berkas: str, data: bytes, content: Content, sheet: str | None) -> tuple[list[Grid], list[str]]:
    """The visible, filled sheets in the order of the tabs, and what was assumed.

    With `sheet`, a name in any case or a 1-based number, that sheet alone, hidden or not. InputError if nothing can be
    read, UsageError for a sheet that is not there.
    """
    listed = content.package.sheets if content.package is not None and content.kind == "xlsx" else ()
    hidden = {part.nama for part in listed if part.hidden}
    extents = _extents(berkas, data, content)
    with refusing(berkas):
        reader = fastexcel.read_excel(data)
        names = list(reader.sheet_names)
        wanted = [name for name in names if name not in hidden] if sheet is None else [_choose(berkas, names, sheet)]
        grids: list[Grid] = []
        for name in wanted:
            _refuse_wide(berkas, name, extents.get(name) if listed == () else _xlsx(content.package, name))
            loaded = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string", whitespace_as_null=True)
            if sheet is None and loaded.visible != "visible":
                hidden.add(name)
            elif loaded.height and loaded.width:
                grids.append(_grid(berkas, name, loaded))
    unseen = [name for name in names if name in hidden]
    if not grids:
        raise _nothing(berkas, unseen if sheet is None else [])
    if sheet is not None:
        return grids, [f"{berkas}: hanya lembar {grids[0].lembar} yang dibaca"]
    return grids, [f"{berkas}: lembar tersembunyi tidak dibaca ({', '.join(unseen)})"] if unseen else []


def _grid(berkas: str, name: str, loaded: fastexcel.ExcelSheet) -> Grid:
    cells = loaded.to_polars()
    first = loaded.available_columns()[0].absolute_index
    return Grid(
        berkas,
        name,
        cells.rename(dict(zip(cells.columns, map(str, range(cells.width)), strict=True))),
        "lembar",
        first_column=first,
    )


def _choose(berkas: str, names: list[str], sheet: str) -> str:
    for name in names:
        if name.strip().casefold() == sheet.strip().casefold():
            return name
    if sheet.isdecimal() and 1 <= int(sheet) <= len(names):
        return names[int(sheet) - 1]
    listed = ", ".join(f"{number} {name}" for number, name in enumerate(names, 1))
    raise UsageError(f"Lembar {sheet} tidak ada di {berkas}", f"Pilih salah satu dengan --sheet: {listed}.")


def _extents(berkas: str, data: bytes, content: Content) -> Mapping[str, Extent]:
    """Refuse what would break the parser; the extent by sheet for OpenDocument, where one part holds all sheets."""
    try:
        if content.package is None:
            book = ole.Compound(data)
            biff.check_xls(book.stream("Workbook" if "Workbook" in book.entries else "Book"))
            return {}
        content.package.verify()
        if content.kind == "ods":
            return ods_extents(content.package.pieces("content.xml"))
        if content.kind == "xlsb":
            for part in content.package.linked("worksheet"):
                _refuse_wide(berkas, None, biff.xlsb_extent(content.package.pieces(part)))
            for part in content.package.linked("sharedStrings"):
                biff.check_xlsb_strings(content.package.whole(part))
        elif not content.package.sheets:
            raise damaged(berkas)
    except biff.LockedError as error:
        raise locked(berkas) from error
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise damaged(berkas) from error
    return {}


def _xlsx(package: Package | None, name: str) -> Extent | None:
    part = next((part.part for part in package.sheets if part.nama == name), None) if package else None
    if package is None or part is None or part not in package.names:
        return None
    bound = xlsx_extent(package.pieces(part))
    return bound if bound is not None and bound.fits else xlsx_extent_exact(package.pieces(part))


def _refuse_wide(berkas: str, name: str | None, extent: Extent | None) -> None:
    if extent is None or extent.fits:
        return
    if extent.rows > MAX_ROWS or extent.columns > MAX_COLUMNS:
        raise damaged(berkas)
    place = f"lembar {name}" if name is not None else "salah satu lembarnya"
    raise too_large(
        berkas,
        f"{place} terisi sampai sel {extent.corner}, lebih dari {thousands(MAX_CELLS)} sel",
        f"Hapus isi yang tercecer di sekitar {extent.corner} (Ctrl+End di Excel), atau simpan datanya sebagai CSV.",
    )


def _nothing(berkas: str, unseen: list[str]) -> InputError:
    if unseen:
        return InputError(
            f"Semua lembar berisi di {berkas} disembunyikan ({', '.join(unseen)})",
            "Tampilkan lembarnya di Excel, atau pilih dengan --sheet NAMA.",
        )
    return InputError(f"{berkas} tidak berisi satu sel pun", "Periksa apakah berkas yang dikirim sudah benar.")
