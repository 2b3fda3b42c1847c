"""Rules about sheets and documents: columns that are missing, twice or unknown, and rows that are no village."""

from typing import Final

import polars as pl

from idmcli.columns import KODE_DESA, STATED_INDICES
from idmcli.tables import ColumnUse, Layout, cell_address
from idmcli.validate.subject import Subject, layout_record
from idmcli.words import listed

_TITLES: Final = {name: name.removesuffix("_terbit").upper() for name in STATED_INDICES} | {KODE_DESA: "KODE DESA"}
"""What an officer calls the columns that are no indicator."""
NAMES: Final = ("kolom_kurang", "kolom_ganda", "kolom_tak_dikenal", "baris_dilewati", "dokumen_dilewati")


def check(subject: Subject) -> list[pl.DataFrame]:
    """Findings about the layout of the input."""
    layouts = subject.table.layouts
    found = subject.desa.get_column(KODE_DESA).is_not_null().any()
    missing = [
        _missing(subject, layout, name)
        for layout in layouts
        for name in layout.missing
        if not (name == KODE_DESA and found)  # found by names: `kode_dari_nama` and `kode_kosong` say so
    ]
    twice = [_twice(layout, use) for layout in layouts for use in layout.duplicates]
    unknown = [_unknown(layout, use) for layout in layouts for use in layout.extra]
    dropped = [
        layout_record(
            layout,
            baris=row.baris,
            sel=cell_address(layout.lembar, "A", row.baris),
            isi=row.isi,
            pesan=f"Baris {row.baris} tidak dibaca sebagai desa: {row.alasan}",
        )
        for layout in layouts
        for row in layout.dropped
    ]
    documents = [
        {"berkas": one.berkas, "pesan": f"Dokumen {one.berkas} dilewati: {one.alasan}"} for one in subject.table.skipped
    ]
    return [
        subject.elsewhere("kolom_kurang", missing),
        subject.elsewhere("kolom_ganda", twice),
        subject.elsewhere("kolom_tak_dikenal", unknown),
        subject.elsewhere("baris_dilewati", dropped),
        subject.elsewhere("dokumen_dilewati", documents),
    ]


def _missing(subject: Subject, layout: Layout, name: str) -> dict[str, object]:
    """An expected column, with the unknown header that may be meant."""
    indicator = subject.rubric.by_code.get(name)
    title = f"{name} ({indicator.label})" if indicator else _TITLES.get(name, name)
    words = {name, indicator.label, indicator.singkat} if indicator else {name}
    near = next((use for use in layout.extra if words & set(use.dekat)), None)
    hint = f"; mungkin maksudnya kolom {near.letter} “{near.judul}”" if near else ""
    return layout_record(
        layout,
        kolom=name,
        sel=_place(layout, near),
        isi=near.judul if near else None,
        pesan=f"Kolom {title} tidak ada{f' di lembar {layout.lembar}' if layout.lembar else ''}{hint}",
    )


def _twice(layout: Layout, use: ColumnUse) -> dict[str, object]:
    """A second column for the same thing."""
    first = next((one for one in layout.columns if one.nama == use.nama), None)
    read = f"; yang dibaca kolom {first.letter} “{first.judul}”" if first else ""
    return layout_record(
        layout,
        kolom=use.nama,
        sel=_place(layout, use),
        isi=use.judul,
        pesan=f"Kolom {use.letter} “{use.judul}” juga berisi {use.nama}{read}",
    )


def _unknown(layout: Layout, use: ColumnUse) -> dict[str, object]:
    """A header that nothing is known about."""
    near = f"; mirip dengan {listed(use.dekat, 3)}" if use.dekat else ""
    return layout_record(
        layout,
        kolom=use.nama,
        sel=_place(layout, use),
        isi=use.judul,
        pesan=f"Kolom {use.letter} “{use.judul}” tidak dikenal dan tidak dipakai menghitung{near}",
    )


def _place(layout: Layout, use: ColumnUse | None) -> str | None:
    """The header's cell; a document's path as it is."""
    if use is None:
        return None
    if not use.letter.isalpha():
        return use.letter
    return cell_address(layout.lembar, use.letter, layout.header_rows[-1] if layout.header_rows else None)
