"""The sample workbooks and the text file: layouts that offices send, marked as simulated, the same bytes each time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import xlsxwriter
from simulasi import SEED, Scores, Village
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from idmcli.rubric.model import Rubric

MARK = "DATA SIMULASI – bukan data resmi"
CREATED = datetime(2024, 6, 30)  # fixed, so that the same input gives the same bytes
Cell = str | int | float | None


@dataclass(frozen=True)
class Stated:
    """The figures a ministry export states beside the scores: full precision, one place per figure."""

    iks: float
    ike: float
    ikl: float
    idm: float
    status: str
    k: int


def state(scores: Scores, rubric: Rubric) -> Stated:
    """Sub-indices, IDM and status, computed here from the definition and not by the program that reads them."""
    parts: list[float] = []
    k = 0
    for dimension in rubric.dimensi:
        points = sum(scores[kode] for kode in dimension.indikator)
        parts.append(points / dimension.maksimum)
        k += points * rubric.unit(dimension)
    iks, ike, ikl = parts
    return Stated(iks, ike, ikl, k / rubric.scale, rubric.status_at(k).nama, k)


class Book:
    """A workbook being filled; the formats are shared by all samples."""

    def __init__(self, path: Path) -> None:
        self.workbook: Workbook = xlsxwriter.Workbook(path)
        self.workbook.set_properties({"title": MARK, "comments": MARK, "created": CREATED})
        add = self.workbook.add_format
        self.title = add({"bold": True, "font_size": 13})
        self.mark = add({"bold": True, "font_color": "#C00000"})
        self.head = add({"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1})
        self.head.set_bg_color("#DDEBF7")
        self.index = add({"num_format": "0.0000"})
        self.wrapped = add({"text_wrap": True, "valign": "top"})

    def sheet(self, name: str, titles: Sequence[str], header: Sequence[str]) -> Worksheet:
        """A sheet with the mark and its titles in rows 1 to 3, row 4 blank and the header in row 5."""
        sheet = self.workbook.add_worksheet(name)
        sheet.merge_range(0, 0, 0, 9, MARK, self.mark)
        for row, title in enumerate(titles, start=1):
            sheet.merge_range(row, 0, row, 9, title, self.title)
        sheet.write_row(HEADER_ROW - 1, 0, header, self.head)
        sheet.set_row(HEADER_ROW - 1, 48)
        sheet.freeze_panes(HEADER_ROW, 3)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.repeat_rows(HEADER_ROW - 1)
        return sheet

    def rows(self, sheet: Worksheet, rows: Iterable[Sequence[Cell]], first: int | None = None) -> int:
        """Write rows below the header (or from 1-based row `first`); gives the next free row, 1-based."""
        number = (HEADER_ROW + 1 if first is None else first) - 1
        for row in rows:
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                elif cell is not None:
                    sheet.write_number(number, column, cell, self.index if isinstance(cell, float) else None)
            number += 1
        return number + 1

    def close(self) -> None:
        """Write the file."""
        self.workbook.close()


HEADER_ROW = 5
IDENTITY = ("NO", "KODE DESA", "NAMA DESA", "KECAMATAN", "KABUPATEN", "PROVINSI")
WIDTHS = (5, 13, 22, 20, 16, 20)
WIDTH = 11  # of a column without one of its own


def stated_header(tahun: int) -> tuple[str, ...]:
    """Headers of the stated figures of a year, as the ministry's recap spells them."""
    return tuple(f"{name} {tahun}" for name in ("IKS", "IKE", "IKL", "NILAI IDM", "STATUS IDM"))


def stated_cells(stated: Stated) -> tuple[Cell, ...]:
    """The stated figures as published: 4 decimals, status in capitals."""
    return (*(round(x, 4) for x in (stated.iks, stated.ike, stated.ikl, stated.idm)), stated.status)


def place(number: int, village: Village) -> list[Cell]:
    """The identity columns of a row."""
    return [number, village.kode_desa, village.desa, village.kecamatan, village.kabupaten, village.provinsi]


def score_row(number: int, village: Village, scores: Scores, rubric: Rubric) -> list[Cell]:
    """One line of a score table: identity, 50 scores, stated figures."""
    return [*place(number, village), *(scores[kode] for kode in rubric.codes), *stated_cells(state(scores, rubric))]


def score_header(rubric: Rubric, tahun: int) -> list[str]:
    """The header of a score table under the ministry's labels."""
    return [*IDENTITY, *(indicator.label for indicator in rubric.indikator), *stated_header(tahun)]


def write_scores(path: Path, villages: Sequence[Village], scores: Sequence[Scores], rubric: Rubric, tahun: int) -> None:
    """A province's scores on one sheet."""
    book = Book(path)
    titles = ("INDEKS DESA MEMBANGUN – PROVINSI KALIMANTAN UTARA", f"TAHUN {tahun}")
    header = score_header(rubric, tahun)
    sheet = book.sheet(f"SKOR {tahun}", titles, header)
    set_widths(sheet, WIDTHS, len(header))
    rows = (score_row(i, v, s, rubric) for i, (v, s) in enumerate(zip(villages, scores, strict=True), start=1))
    after = book.rows(sheet, rows)
    sheet.write_string(
        after, 0, f"Sumber: simulasi (angka acak nomor {SEED}); skor bukan milik desa yang namanya tercantum."
    )
    book.close()


def write_recap(path: Path, villages: Sequence[Village], years: dict[int, Sequence[Scores]], rubric: Rubric) -> None:
    """The ministry's multi-year recap: places by level, then five figures per year."""
    book = Book(path)
    places = ("KODE PROV", "NAMA PROVINSI", "KODE KAB", "NAMA KABUPATEN", "KODE KEC", "NAMA KECAMATAN")
    header = [*places, "KODE DESA", "NAMA DESA", *(name for tahun in years for name in stated_header(tahun))]
    sheet = book.sheet("REKAP", ("REKAPITULASI INDEKS DESA MEMBANGUN", "PROVINSI KALIMANTAN UTARA"), header)
    set_widths(sheet, (8, 20, 8, 16, 9, 20, 13, 22), len(header))
    rows: list[list[Cell]] = []
    for i, v in enumerate(villages):
        kode = v.kode_desa
        places_of: list[Cell] = [kode[:2], v.provinsi, kode[:4], v.kabupaten, kode[:6], v.kecamatan, kode, v.desa]
        rows.append(
            [*places_of, *(cell for scores in years.values() for cell in stated_cells(state(scores[i], rubric)))]
        )
    book.rows(sheet, rows)
    book.close()


def write_answers(
    path: Path,
    villages: Sequence[Village],
    answers: Sequence[Mapping[str, int | str]],
    names: Sequence[str],
    rubric: Rubric,
    tahun: int,
) -> None:
    """Raw answers under the rubric's variable names; a second sheet gives the questions and the answers to choose."""
    book = Book(path)
    header = [*IDENTITY, *names]
    sheet = book.sheet("ISIAN", ("KUESIONER INDEKS DESA MEMBANGUN – KALIMANTAN UTARA", f"TAHUN {tahun}"), header)
    set_widths(sheet, (*WIDTHS, *(max(WIDTH, len(name) + 2) for name in names)), len(header))
    pairs = enumerate(zip(villages, answers, strict=True), start=1)
    book.rows(sheet, ([*place(i, village), *(own[name] for name in names)] for i, (village, own) in pairs))
    uses: dict[str, list[str]] = {}
    questions: dict[str, tuple[str, str, str]] = {}
    for indicator in rubric.indikator:
        for variable in indicator.jawaban.variabel:
            uses.setdefault(variable.nama, []).append(indicator.kode)
            best_first = sorted(indicator.skor, key=lambda row: -row.skor)
            choices = " | ".join(row.pilihan[0] for row in best_first if row.pilihan)
            questions[variable.nama] = (variable.pertanyaan, variable.satuan, choices or "angka")
    titles = ("PETUNJUK PENGISIAN", "Satu kolom lembar ISIAN per baris; pilihan jawaban dipisah garis tegak")
    guide = book.sheet("PETUNJUK", titles, ("Kolom", "Pertanyaan", "Satuan", "Jawaban", "Untuk indikator"))
    set_widths(guide, (26, 76, 11, 56, 22), 5)
    guide.set_column(1, 1, 76, book.wrapped)
    guide.fit_to_pages(1, 0)
    book.rows(guide, ([name, *questions[name], ", ".join(uses[name])] for name in names))
    book.close()


def write_csv(path: Path, villages: Sequence[Village], scores: Sequence[Scores], rubric: Rubric, tahun: int) -> None:
    """The same scores as Excel in Indonesia saves text: semicolons, decimal commas, cp1252, CRLF."""
    rows: list[Sequence[Cell]] = [[MARK], [f"TAHUN {tahun}"], score_header(rubric, tahun)]
    rows += [score_row(i, v, s, rubric) for i, (v, s) in enumerate(zip(villages, scores, strict=True), start=1)]
    lines = (";".join(_comma(cell) for cell in row) for row in rows)
    path.write_bytes("".join(f"{line}\r\n" for line in lines).encode("cp1252"))


def _comma(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{cell:.4f}".replace(".", ",") if isinstance(cell, float) else str(cell)


def set_widths(sheet: Worksheet, widths: Sequence[int], columns: int) -> None:
    """Widths of the first columns; the rest hold a score or a figure each."""
    for column in range(columns):
        sheet.set_column(column, column, widths[column] if column < len(widths) else WIDTH)
