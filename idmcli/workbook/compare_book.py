"""The workbook of `idm compare`: years side by side, who moved and why, trends, targets, and every village."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from idmcli.compare import Compared
from idmcli.rubric.model import Rubric
from idmcli.words import whole
from idmcli.workbook.book import CREATED, new_book
from idmcli.workbook.compare_sheets import lists
from idmcli.workbook.compare_trends import (
    AREAS,
    DRIVERS,
    GOALS,
    INDICATORS,
    add_areas,
    add_drivers,
    add_goals,
    add_indicators,
)
from idmcli.workbook.compare_villages import VILLAGES, Paper, add_villages, village_sheet
from idmcli.workbook.compare_years import MOVES, SUMMARY, add_moves, add_summary
from idmcli.workbook.notes import Notes, add_notes
from idmcli.workbook.sheets import MOST_ROWS, add_table, place


def write_compare_book(
    compared: Compared,
    target: Path,
    *,
    rubric: Rubric,
    sumber: Sequence[tuple[str, str]] = (),
    peringatan: Sequence[str] = (),
    created: datetime = CREATED,
) -> None:
    """Write a comparison of years to `target` (see `export.atomic` for how it gets there).

    Args:
        compared: the years side by side.
        target: path to write.
        rubric: the edition in force.
        sumber: file and SHA-256 of each source.
        peringatan: what was assumed or must be known, one line each; a list that no sheet can hold is left out and
            said here too.
        created: creation date in the workbook's properties.

    Raises:
        OutputError: more villages than a sheet can hold.
        OSError: the file cannot be written.
    """
    where = place_name(compared)
    has_scores = compared.penggerak_ujung.height > 0
    with new_book(target, f"Perbandingan tahun – {where}", created) as (book, styles):
        paper = Paper(book, styles, compared, rubric, where)
        specs = lists(paper)
        fitting = [spec for spec in specs if place(spec).last <= MOST_ROWS]
        too_long = [
            f"Lembar {spec.nama} tidak dimuat: {whole(spec.frame.height)} baris melebihi isi satu lembar Excel."
            for spec in specs
            if place(spec).last > MOST_ROWS
        ]
        villages = place(village_sheet(paper))
        guide = [
            (SUMMARY, "Desa menurut status per tahun, dan tiap pasangan tahun dalam angka"),
            (MOVES, "Dari status ke status"),
            (GOALS, "Capaian per status, sasaran, laju, desa yang dekat"),
            (AREAS, "Rata-rata IDM per provinsi, kabupaten, dan kecamatan"),
        ]
        add_summary(paper, villages)
        add_moves(paper, villages)
        add_goals(paper)
        add_areas(paper)
        if compared.tren_indikator.height:
            add_indicators(paper)
            guide.append((INDICATORS, "Rata-rata skor dan bagian desa dengan skor 5"))
        if has_scores:
            add_drivers(paper)
            guide.append((DRIVERS, "Sumbangan tiap indikator pada perubahan rata-rata IDM"))
        for spec in fitting:
            add_table(book, styles, spec, paper.statuses)
            guide.append((spec.nama, spec.judul))
        add_villages(paper)
        guide.append((VILLAGES, "Semua desa dengan IDM dan status tiap tahun"))
        add_notes(book, styles, rubric, Notes(tuple(guide), tuple(sumber), (*peringatan, *too_long)))


def place_name(compared: Compared) -> str:
    """Where and when, for titles: the province (or how many), and the years."""
    names = compared.desa.get_column("provinsi").drop_nulls().unique().sort().to_list()
    where = names[0] if len(names) == 1 else f"{len(names)} provinsi" if names else "desa"
    first, last = compared.ujung
    return f"{where} {first}–{last}"
