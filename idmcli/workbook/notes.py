"""The sheet KETERANGAN: by which text, from which files and how the figures of a workbook were made."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from idmcli import __version__
from idmcli.rubric.model import Rubric
from idmcli.workbook.cells import write_heading, write_text
from idmcli.workbook.paper import A4, Paper
from idmcli.workbook.styles import Styles

SHEET: Final = "KETERANGAN"
NAME_K: Final = "batas_k"
NAME_STATUS: Final = "nama_status"
NAME_LEAST: Final = "skor_minimal_status"
"""Defined names of the threshold table, lowest status first: formulas on other sheets look a status up in it."""
WIDTHS: Final = (26, 24, 16, 18, 60)


@dataclass(frozen=True)
class Notes:
    """What a workbook says about itself.

    Attributes:
        lembar: name and purpose of each sheet.
        sumber: name and SHA-256 of each source file.
        peringatan: what was assumed or must be known, one line each.
        cara: what was chosen when this was computed (costs, locks, who acts, …) and how, in pairs.
        kertas: paper to print on.
    """

    lembar: tuple[tuple[str, str], ...]
    sumber: tuple[tuple[str, str], ...] = ()
    peringatan: tuple[str, ...] = ()
    cara: tuple[tuple[str, str], ...] = ()
    kertas: Paper = A4


def add_notes(book: Workbook, styles: Styles, rubric: Rubric, notes: Notes) -> None:
    """Add the sheet KETERANGAN and define the names `batas_k`, `nama_status` and `skor_minimal_status`."""
    sheet = book.add_worksheet(SHEET)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    write_heading(sheet, styles, "Keterangan", (f"Dibuat dengan idm {__version__}.",))
    line = write_pairs(sheet, styles, 3, "Lembar dalam buku kerja ini", notes.lembar)
    line = write_pairs(sheet, styles, line, "Berkas sumber dan sidik jarinya (SHA-256)", notes.sumber)
    if notes.peringatan:
        pairs = [(str(number), text) for number, text in enumerate(notes.peringatan, 1)]
        line = write_pairs(sheet, styles, line, "Yang diandaikan dan perlu diketahui", pairs)
    line = write_pairs(sheet, styles, line, "Yang dipilih untuk hitungan ini", notes.cara)
    line = write_pairs(sheet, styles, line, "Cara menghitung", _method(rubric))
    line = _write_thresholds(book, sheet, styles, line, rubric)
    references = [(row.judul, row.catatan) for row in rubric.acuan.values()]
    line = write_pairs(sheet, styles, line, "Acuan", references, wide=True)
    sheet.hide_gridlines(2)
    if notes.kertas.catatan:
        write_pairs(sheet, styles, line, "Kertas", [(notes.kertas.nama, notes.kertas.catatan)])
    sheet.set_portrait()
    sheet.set_paper(notes.kertas.kode)
    sheet.fit_to_pages(1, 0)


def _method(rubric: Rubric) -> list[tuple[str, str]]:
    pairs = [("Edisi", f"{rubric.edisi}: {rubric.judul} (sidik jari {rubric.hash})")]
    pairs += [
        (dimension.kode, f"{dimension.nama}: jumlah {len(dimension.indikator)} skor dibagi {dimension.maksimum}")
        for dimension in rubric.dimensi
    ]
    names = " + ".join(dimension.kode for dimension in rubric.dimensi)
    pairs += [
        ("IDM", f"({names}) dibagi {len(rubric.dimensi)}; selalu kelipatan 1/{rubric.scale}"),
        (
            "Status",
            f"Dari bilangan bulat IDM × {rubric.scale}, tidak dari angka yang dibulatkan: tepat di ambang belum naik",
        ),
        (
            "Angka terbit",
            "Angka yang tertulis dalam berkas sumber, tidak diubah; Cocok membandingkannya dengan hasil hitung",
        ),
    ]
    return pairs


def write_pairs(
    sheet: Worksheet,
    styles: Styles,
    line: int,
    heading: str,
    pairs: Sequence[tuple[str, str]],
    *,
    wide: bool = False,
    widths: Sequence[float] = WIDTHS,
) -> int:
    """A heading and two columns below it, over columns of these widths; gives the line for the next block."""
    if not pairs:
        return line
    last = len(widths) - 1
    for column in range(last + 1):
        sheet.write_blank(line, column, None, styles.heading)
    write_text(sheet, line, 0, heading, styles.heading)
    split = 2 if wide else 0
    for number, (left, right) in enumerate(pairs, line + 1):
        if split:
            sheet.merge_range(number, 0, number, split, "", styles.wrapped)
        write_text(sheet, number, 0, left, styles.wrapped)
        sheet.merge_range(number, split + 1, number, last, "", styles.wrapped)
        write_text(sheet, number, split + 1, right, styles.wrapped)
        room_left, room_right = sum(widths[: split + 1]), sum(widths[split + 1 :])
        sheet.set_row(number, 14 * max(_lines(left, room_left), _lines(right, room_right)))
    return line + len(pairs) + 2


def _lines(text: str, room: float) -> int:
    """How many lines a text takes: a merged cell does not grow by itself."""
    return max(1, ceil(len(text) * 1.1 / room))


def _write_thresholds(book: Workbook, sheet: Worksheet, styles: Styles, line: int, rubric: Rubric) -> int:
    """The statuses, lowest first, with the formula that turns a threshold into the first whole number above it."""
    for column in range(len(WIDTHS)):
        sheet.write_blank(line, column, None, styles.heading)
    write_text(sheet, line, 0, "Ambang status", styles.heading)
    headers = ("Status", "IDM di atas (ambang)", f"IDM × {rubric.scale} mulai", "Skor minimal tercetak", "Acuan")
    for column, header in enumerate(headers):
        write_text(sheet, line + 1, column, header, styles.header())
    first = line + 2
    for number, status in enumerate(rubric.status, first):
        write_text(sheet, number, 0, status.nama, styles.body("teks"))
        if status.ambang is None:
            sheet.write_blank(number, 1, None, styles.body("indeks"))
            sheet.write_number(number, 2, status.k_min, styles.body("bulat"))
        else:
            sheet.write_number(number, 1, float(status.ambang), styles.body("indeks"))
            # ROUND takes off the float's tail, so that a threshold that is itself a multiple of 1/scale stays below.
            formula = f"=INT(ROUND(B{number + 1}*{rubric.scale},6))+1"
            sheet.write_formula(number, 2, formula, styles.body("bulat"), status.k_min)
        if status.skor_minimal is None:
            sheet.write_blank(number, 3, None, styles.body("indeks"))
        else:
            sheet.write_number(number, 3, float(status.skor_minimal), styles.body("indeks"))
        title = rubric.acuan[status.acuan].judul
        write_text(sheet, number, 4, f"{title}, diperiksa {status.diperiksa:%d-%m-%Y}", styles.body("panjang"))
        sheet.set_row(number, 28)
    last = first + len(rubric.status)
    book.define_name(NAME_K, f"={SHEET}!$C${first + 1}:$C${last}")
    book.define_name(NAME_LEAST, f"={SHEET}!$D${first + 1}:$D${last}")
    book.define_name(NAME_STATUS, f"={SHEET}!$A${first + 1}:$A${last}")
    return last + 1
