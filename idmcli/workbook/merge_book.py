"""The merged villages as a workbook that reads back without a question, and what the officer must know behind it.

The data sheets come first, one per year, their header in row 1 under the ministry's labels, so that `validate` and
`score` need assume nothing. The sheets behind them hold no figures of villages and are not read.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import polars as pl
from xlsxwriter.workbook import Workbook

from idmcli import columns as col
from idmcli.errors import OutputError
from idmcli.merge import ORIGIN, Merged
from idmcli.rubric.model import Rubric
from idmcli.words import whole
from idmcli.workbook.book import new_book
from idmcli.workbook.catalogue import Column, column, fitted
from idmcli.workbook.cells import sheet_name, write_text
from idmcli.workbook.paper import A4
from idmcli.workbook.printing import Printed, set_print
from idmcli.workbook.sheets import MOST_ROWS, SheetSpec, add_table, write_table
from idmcli.workbook.styles import LEVEL_LOOKS, Styles

JUDUL: Final = "Gabungan data desa"
NUMBER: Final = "no"
_IDENTITY: Final = (
    Column(NUMBER, "NO", "nomor", 6),
    Column(col.KODE_DESA, "KODE DESA", "teks", 18),
    Column("desa", "NAMA DESA", "teks", 22),
    Column("kecamatan", "KECAMATAN", "teks", 20),
    Column("kabupaten", "KABUPATEN", "teks", 16),
    Column("provinsi", "PROVINSI", "teks", 20),
    Column(col.TAHUN, "TAHUN", "nomor", 8),
)
_FROZEN: Final = 3
_STATED: Final[Mapping[str, str]] = {
    "iks_terbit": "IKS {}",
    "ike_terbit": "IKE {}",
    "ikl_terbit": "IKL {}",
    "idm_terbit": "NILAI IDM {}",
    "status_terbit": "STATUS IDM {}",
    "target_status_terbit": "TARGET STATUS {}",
    "skor_minimal_terbit": "SKOR MINIMAL {}",
    "penambahan_terbit": "PENAMBAHAN {}",
}
"""The ministry's headers of stated figures, with the year."""
_WIDTH: Final = 11.0
_ON_PAGE: Final = 12
"""Columns of figures on a printed page."""


def write_merge_book(
    merged: Merged,
    target: Path,
    *,
    rubric: Rubric,
    sumber: Sequence[tuple[str, str]],
    catatan: Sequence[str] = (),
    tahun: int | None = None,
) -> None:
    """Write the result of a merge to `target` (see `export.atomic` for how it gets there).

    Args:
        merged: the result.
        target: path to write.
        rubric: the edition, for labels.
        sumber: file and SHA-256 of each source.
        catatan: what was assumed while reading.
        tahun: only the rows of this year, in a workbook of their own; the sheets behind stay whole.

    Raises:
        OutputError: more rows than a sheet can hold.
        OSError: the file cannot be written.
    """
    years = merged.tahun if tahun is None else (tahun,)
    with new_book(target, JUDUL) as (book, styles):
        for year in years:
            _add_year(book, styles, merged, rubric, year)
        for spec in _reports(merged, sumber, catatan):
            add_table(book, styles, spec)


def sheet_of(merged: Merged, tahun: int | None) -> str:
    """Name of the sheet with the rows of a year."""
    return sheet_name(f"{merged.shape.upper()} {tahun or 'TANPA TAHUN'}")


def _add_year(book: Workbook, styles: Styles, merged: Merged, rubric: Rubric, tahun: int | None) -> None:
    """One data sheet: header in row 1, one row per village, doubtful cells marked."""
    years = merged.desa.get_column(col.TAHUN)
    chosen = years.is_null() if tahun is None else (years == tahun).fill_null(value=False)
    frame = merged.desa.filter(chosen).with_row_index(NUMBER, 1)
    if frame.height >= MOST_ROWS:
        raise OutputError(f"{whole(frame.height)} baris tidak muat dalam satu lembar Excel", "Tulis ke .csv.")
    entries = _entries(frame, rubric, tahun)
    spec = SheetSpec(sheet_of(merged, tahun), JUDUL, frame, kolom=entries, beku=_FROZEN)
    sheet = book.add_worksheet(spec.nama)
    for number, entry in enumerate(entries):
        sheet.set_column(number, number, entry.width or _WIDTH)
    write_table(sheet, styles, spec, 0)
    sheet.set_row(0, 60)
    look = styles.body("teks", **LEVEL_LOOKS["peringatan"])
    places = {entry.nama: number for number, entry in enumerate(entries)}
    for name, left in merged.leftovers.items():
        for row, text in enumerate(left.filter(chosen).to_list(), 1):
            if text is not None and name in places:
                write_text(sheet, row, places[name], text, look)
    disputed = set(merged.terbuka.select(col.KODE_DESA, col.TAHUN).rows())
    for row, key in enumerate(frame.select(col.KODE_DESA, col.TAHUN, ORIGIN).rows(), 1):
        if key[:2] in disputed:
            write_text(sheet, row, places[ORIGIN], key[2], look)
    sheet.autofilter(0, 0, frame.height, len(entries) - 1)
    sheet.freeze_panes(1, _FROZEN)
    widths = [one.width or _WIDTH for one in entries]
    pages = tuple(range(len(_IDENTITY) + _ON_PAGE, len(entries), _ON_PAGE))
    set_print(sheet, Printed(spec.nama, widths, 0, 0, frame.height, _FROZEN, pisah=pages), A4)


def _entries(frame: pl.DataFrame, rubric: Rubric, tahun: int | None) -> tuple[Column, ...]:
    """The columns of a data sheet under the headers by which they are known again."""
    rest = [name for name in frame.columns if name not in {entry.nama for entry in _IDENTITY} | set(col.PROVENANCE)]
    return (*_IDENTITY, *(_entry(name, frame, rubric, tahun) for name in rest))


def _entry(name: str, frame: pl.DataFrame, rubric: Rubric, tahun: int | None) -> Column:
    indicator = rubric.by_code.get(name)
    if indicator is not None:
        return Column(name, indicator.label.strip(), "angka", _WIDTH)
    if name in _STATED:
        judul = _STATED[name].format(tahun) if tahun is not None else name
        return Column(name, judul, "indeks" if frame.schema[name].is_float() else "teks", 19 if "status" in name else 9)
    if name == ORIGIN:
        return fitted(Column(name, "ASAL"), frame)
    if frame.schema[name].is_numeric():
        return Column(name, name, "angka", max(_WIDTH, len(name) + 2.0))
    return fitted(Column(name, "Keterangan" if name == col.REMARK else name), frame)


def _reports(merged: Merged, sumber: Sequence[tuple[str, str]], catatan: Sequence[str]) -> list[SheetSpec]:
    """The sheets behind the data; those with nothing to say are left out, but for the files."""
    open_cells = merged.terbuka.select(col.KODE_DESA, col.TAHUN).n_unique()
    told = (
        f"{whole(open_cells)} desa belum diputuskan: semua barisnya ada di lembar data. Hapus baris yang salah, atau "
        "ulangi dengan --pilih terbaru atau --pilih NAMA-BERKAS."
        if open_cells
        else "Semua sudah diputuskan dengan --pilih."
    )
    conflicts = merged.konflik.with_columns(
        pl.col("isi").list.join("; "), pl.col("dipakai").fill_null("belum dipilih: semua ditulis")
    )
    columns = merged.struktur.with_columns(pl.col("tidak_ada").list.join(", "))
    specs = [
        SheetSpec("KONFLIK", "Isi yang bertentangan", conflicts, (told,), _columns(conflicts)),
        SheetSpec("BELUM ADA", "Desa yang belum ada", merged.tidak_ada, _scope(merged), _columns(merged.tidak_ada)),
        SheetSpec("BELUM DIISI", "Desa tanpa satu pun isian", merged.kosong, (), _columns(merged.kosong)),
        SheetSpec("STRUKTUR", "Kolom yang tidak ada di semua berkas", columns, (), _columns(columns)),
        SheetSpec("TIDAK DIPAKAI", "Baris yang tidak masuk hasil", merged.dilepas, (), _columns(merged.dilepas)),
    ]
    files = _files(merged, sumber)
    return [
        *(spec for spec in specs if spec.frame.height),
        SheetSpec("BERKAS", "Berkas yang digabung", files, tuple(catatan), _columns(files)),
    ]


def _scope(merged: Merged) -> tuple[str, ...]:
    """Which villages should be there."""
    area = ", ".join(merged.wilayah)
    return (f"Menurut acuan wilayah {area}.",) if area else ("Acuan wilayahnya tidak ada: hanya dibanding tahun lain.",)


def _files(merged: Merged, sumber: Sequence[tuple[str, str]]) -> pl.DataFrame:
    """What became of each file, when it was saved, and its hash."""
    saved = {name: f"{one.disimpan:%Y-%m-%d %H:%M} UTC ({one.cara})" for name, one in merged.versions.items()}
    hashes = dict(sumber)
    names = merged.berkas.get_column(col.BERKAS)
    return merged.berkas.with_columns(
        pl.Series("disimpan", [saved.get(name) for name in names], dtype=pl.String),
        pl.Series("sha256", [hashes.get(name) for name in names], dtype=pl.String),
    )


_TITLES: Final[Mapping[str, Column]] = {
    one.nama: one
    for one in (
        Column("isi", "Isi menurut tiap baris", "panjang", 60),
        Column("terbaru", "Disimpan terakhir", "panjang", 30),
        Column("dipakai", "Dipakai", "panjang", 36),
        Column("letak", "Letak", "teks", 12),
        Column("karena", "Mengapa", "teks", 14),
        Column(ORIGIN, "Asal", "panjang", 44),
        Column("kolom", "Kolom", "teks", 24),
        Column("wajib", "Wajib", "ya", 8),
        Column("tidak_ada", "Tidak ada di", "panjang", 60),
        Column("ada", "Ada di (lembar)", "nomor", 9),
        Column("baris", "Baris", "bulat", 8),
        Column("sama", "Isinya sama", "bulat", 8),
        Column("kalah_lengkap", "Kalah lengkap", "bulat", 9),
        Column("tidak_dipilih", "Tidak dipilih", "bulat", 9),
        Column("konflik", "Konflik", "bulat", 8),
        Column("disimpan", "Disimpan", "teks", 38),
        Column("sha256", "SHA-256", "teks", 66),
    )
}


def _columns(frame: pl.DataFrame) -> tuple[Column, ...]:
    """Headers of a report; its `dipakai` counts rows where it is a number."""
    made: list[Column] = []
    for name, dtype in frame.schema.items():
        entry = _TITLES.get(name) or column(name, dtype)
        if name == "dipakai" and dtype.is_numeric():
            entry = Column(name, "Dipakai", "bulat", 8)
        made.append(fitted(entry, frame))
    return tuple(made)
