"""The workbook that starts the year: sent out, filled in, and read back without a guess."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

import polars as pl

from idmcli.columns import KODE_DESA, PLACES
from idmcli.rubric.model import Rubric
from idmcli.workbook.book import new_book
from idmcli.workbook.cells import sheet_name
from idmcli.workbook.paper import A4, Paper
from idmcli.workbook.template.checks import checks
from idmcli.workbook.template.fields import GUIDE, Bentuk, fields, parts
from idmcli.workbook.template.guide import write_guide
from idmcli.workbook.template.layout import layout
from idmcli.workbook.template.limits import Lists
from idmcli.workbook.template.prefill import Value, kept
from idmcli.workbook.template.sheet import Plan, Rows, add_sheet

Susunan = Literal["kecamatan", "satu"]
"""A sheet per kecamatan, or one for all villages."""

WHOLE: Final = "DESA"
"""Name of the sheet that holds all villages."""
_LEVELS: Final = (("kecamatan", "Kecamatan"), ("kabupaten", "Kabupaten"), ("provinsi", "Provinsi"))


def write_template_book(
    villages: pl.DataFrame,
    rubric: Rubric,
    target: Path,
    *,
    tahun: int,
    bentuk: Bentuk = "isian",
    susunan: Susunan = "kecamatan",
    isi: pl.DataFrame | None = None,
    kertas: Paper = A4,
) -> None:
    """Write the workbook to fill in to `target` (no questions asked: see `export.atomic`).

    Args:
        villages: at least one row: `kode_desa` (ten digits, each once), `provinsi, kabupaten, kecamatan, desa`, String.
        rubric: the edition that asks.
        target: path to write.
        tahun: year that the answers are for.
        bentuk: raw answers, or scores.
        susunan: a sheet per kecamatan, or one for all.
        isi: last year's village frame (`kode_desa` and answers or scores): static ones are kept and locked.
        kertas: paper to print on.

    Raises:
        ConfigError: `bukti.toml` or the rules are invalid.
        OSError: it cannot be written.
    """
    columns = fields(rubric, bentuk)
    rows = villages.select(KODE_DESA, *PLACES).sort(KODE_DESA)
    values = kept(rows, isi, columns, rubric)
    plan = Plan(layout(parts(columns)), checks(rubric, bentuk, columns), tahun, kertas)
    sheets = list(_sheets(rows, values, susunan, tahun))
    what = "Isian" if bentuk == "isian" else "Skor"
    judul = f"{what} IDM tahun {tahun}, {_area(rows)}"
    with new_book(target, judul) as (book, styles):
        guide = book.add_worksheet(GUIDE)
        lists = Lists(guide)
        for sheet in sheets:
            add_sheet(book, styles, sheet, plan, lists)
        write_guide(guide, styles, rubric, bentuk, judul, sheets, plan)


def _sheets(rows: pl.DataFrame, values: dict[str, list[Value]], susunan: Susunan, tahun: int) -> Iterator[Rows]:
    """The villages of each sheet, in the order of codes."""
    if susunan == "satu":
        yield Rows(WHOLE, f"IDM {tahun}: {_area(rows)}", rows, values)
        return
    taken = {GUIDE.casefold()}
    codes = rows.get_column(KODE_DESA).str.head(6)
    for code in codes.unique(maintain_order=True):
        here = (codes == code).arg_true().to_list()
        desa = rows[here]
        kecamatan = desa.get_column("kecamatan")[0] or code
        name = sheet_name(kecamatan)
        if name.casefold() in taken:  # names are no key: LONG NAWANG may be two
            name = sheet_name(f"{code} {kecamatan}")
        taken.add(name.casefold())
        yield Rows(
            name,
            f"IDM {tahun}: {_area(desa)}",
            desa,
            {nama: [column[row] for row in here] for nama, column in values.items()},
        )


def _area(rows: pl.DataFrame) -> str:
    """The narrowest place that holds all villages, with those above it: `Kecamatan SESAYAP, Kabupaten TANA TIDUNG`."""
    named = [
        f"{word} {names[0]}"
        for level, word in _LEVELS
        if len(names := rows.get_column(level).drop_nulls().unique().to_list()) == 1
    ]
    return ", ".join(named) or "beberapa provinsi"
