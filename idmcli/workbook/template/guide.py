"""The sheet of instructions: how to fill in, what the colours mean, which sheets there are, what is asked and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from xlsxwriter.worksheet import Worksheet

from idmcli.rubric.model import Rubric
from idmcli.workbook.cells import write_text
from idmcli.workbook.heights import LINE as LINE_HEIGHT
from idmcli.workbook.heights import SMALL
from idmcli.workbook.paper import BOTTOM, LEFT, RIGHT, TOP, Paper
from idmcli.workbook.styles import Styles
from idmcli.workbook.template.fields import Bentuk, Field, limit
from idmcli.workbook.template.layout import DONE
from idmcli.workbook.template.sheet import CLASHING, COMPLETE, LOCKED, OPEN, UNCOMMON, WRONG, Plan, Rows, progress

WIDTHS: Final = (6, 13, 46, 44, 42)
STEPS: Final = (
    "Satu baris ialah satu desa. Isi hanya sel berwarna kuning; sel abu-abu terkunci.",
    "Klik sel: pertanyaan, satuan, dan buktinya tampil di sampingnya. Sel pilihan punya panah: pilih dari daftar.",
    "Tulis angka tanpa satuan dan tanpa titik ribuan. Jawaban nol ditulis 0; sel kosong berarti belum diisi.",
    "Kolom Terisi menunjukkan kemajuan desa; kolom Bagian menunjukkan berapa pertanyaan yang sudah terisi.",
    "Kolom Periksa lagi menyebut jawaban yang saling bertentangan. Betulkan, atau tanyakan ke desa mana yang benar.",
    "Jangan mengubah judul kolom, menambah kolom, atau memindah desa ke lembar lain. Menempel hanya nilainya saja.",
    "Jawaban di sel abu-abu ialah data statis tahun lalu. Bila nyatanya berubah: Tinjau > Buka Proteksi Lembar (tanpa "
    "kata sandi), lalu betulkan.",
    "Tombol + dan − di atas kolom melipat satu bagian; Excel baru mengizinkannya setelah proteksi lembar dibuka.",
    "Sesudah selesai, simpan sebagai .xlsx lalu kirim kembali. Periksa dengan: idm validate NAMA-BERKAS.xlsx",
)
COLOURS: Final = (
    (OPEN, "Belum diisi"),
    (LOCKED, "Terkunci: data desa, atau data statis tahun lalu"),
    (CLASHING, "Bertentangan dengan jawaban lain"),
    (UNCOMMON, "Tidak lazim; lihat sekali lagi"),
    (WRONG, "Tidak dapat dipakai, misalnya hasil menempel dari berkas lain"),
    (COMPLETE, "Bagian ini sudah lengkap"),
)


@dataclass
class _Pen:
    """Writes from the top down."""

    sheet: Worksheet
    styles: Styles
    row: int = 0

    def line(self, texts: Sequence[str], look: Any, first: int = 0) -> None:
        """One row of texts, as tall as its longest cell asks for."""
        for column, text in enumerate(texts, first):
            write_text(self.sheet, self.row, column, text, look)
        lines = max(_lines(text, WIDTHS[column]) for column, text in enumerate(texts, first))
        if lines > 1:
            self.sheet.set_row(self.row, LINE_HEIGHT * lines + 3)
        self.row += 1

    def merged(self, text: str, look: Any, first: int = 1) -> None:
        """A text across the sheet."""
        last = len(WIDTHS) - 1
        self.sheet.merge_range(self.row, first, self.row, last, text, look)
        self.sheet.set_row(self.row, LINE_HEIGHT * _lines(text, sum(WIDTHS[first:])) + 3)
        self.row += 1

    def heading(self, text: str) -> None:
        """A heading with a blank row above."""
        self.row += 1
        for column in range(len(WIDTHS)):
            self.sheet.write_blank(self.row, column, None, self.styles.heading)
        write_text(self.sheet, self.row, 0, text, self.styles.heading)
        self.sheet.set_row(self.row, 18)
        self.row += 1


def write_guide(
    sheet: Worksheet, styles: Styles, rubric: Rubric, bentuk: Bentuk, judul: str, sheets: Sequence[Rows], plan: Plan
) -> None:
    """Fill the sheet of instructions."""
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    pen = _Pen(sheet, styles)
    write_text(sheet, 0, 0, judul, styles.title)
    sheet.set_row(0, 24)
    write_text(sheet, 1, 0, f"Menurut {rubric.judul}. Buku ini dibuat dengan idm.", styles.subtitle)
    pen.row = 2
    pen.heading("Cara mengisi")
    for number, step in enumerate(STEPS, 1):
        write_text(sheet, pen.row, 0, f"{number}.", styles.get(align="right", valign="top"))
        pen.merged(step, styles.wrapped)
    pen.heading("Arti warna")
    for look, text in COLOURS:
        sheet.write_blank(pen.row, 1, None, styles.get(border=1, border_color="#C9D3DA", **look))
        write_text(sheet, pen.row, 2, text, styles.get())
        pen.row += 1
    _contents(pen, sheets, plan)
    fields = [place.field for place in plan.answers if place.field]
    (_questions if bentuk == "isian" else _scores)(pen, fields, rubric)
    _page(sheet, judul, plan.kertas)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _contents(pen: _Pen, sheets: Sequence[Rows], plan: Plan) -> None:
    """The sheets, each a link, with how far its villages are."""
    pen.heading("Lembar dan kemajuannya")
    pen.line(["Terisi", "Lembar"], pen.styles.header(), first=1)
    write_text(pen.sheet, pen.row - 1, 3, "Banyaknya desa", pen.styles.header())
    letter = next(place.letter for place in plan.places if place.nama == DONE)
    for rows in sheets:
        done = progress(rows, plan)
        quoted = rows.nama.replace("'", "''")
        formula = f"=AVERAGE('{quoted}'!{letter}2:{letter}{len(done) + 1})"
        look = pen.styles.body("persen", num_format="0%", align="center")
        pen.sheet.write_formula(pen.row, 1, formula, look, sum(done) / len(done))
        link = pen.styles.body("teks", font_color="#1F5A8A", underline=1)
        pen.sheet.write_url(pen.row, 2, f"internal:'{quoted}'!A2", link, rows.nama)
        pen.sheet.write_number(pen.row, 3, len(done), pen.styles.body("bulat", align="left"))
        pen.row += 1


def _questions(pen: _Pen, fields: Sequence[Field], _rubric: Rubric) -> None:
    pen.heading("Pertanyaan, jawaban, dan buktinya")
    pen.line(["No.", "Indikator", "Pertanyaan", "Jawaban", "Bukti"], pen.styles.header())
    look = pen.styles.body("panjang", valign="top")
    for number, one in enumerate(fields, 1):
        assert one.variabel is not None
        answer = "; ".join(map(str, one.pilihan)) or f"{limit(one.variabel)} ({one.variabel.satuan})"
        pen.line([str(number), one.kepala.split(" ")[0], one.variabel.pertanyaan, answer, one.bukti], look)


def _scores(pen: _Pen, fields: Sequence[Field], rubric: Rubric) -> None:
    pen.heading("Arti tiap skor dan buktinya")
    pen.line(["Skor", "Indikator", "Nama", "Syarat", "Bukti"], pen.styles.header())
    look = pen.styles.body("panjang", valign="top")
    for one in fields:
        indicator = rubric.by_code[one.nama]
        for row in indicator.skor:
            pen.line([str(row.skor), indicator.kode, indicator.nama, row.syarat, one.bukti], look)


def _page(sheet: Worksheet, judul: str, kertas: Paper) -> None:
    sheet.set_portrait()
    sheet.set_paper(kertas.kode)
    sheet.set_margins(left=LEFT, right=RIGHT, top=TOP, bottom=BOTTOM)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, sheet.dim_rowmax or 0, len(WIDTHS) - 1)
    sheet.hide_gridlines(2)
    sheet.set_footer(f"&L&8{judul.replace('&', '&&')}&R&8Halaman &P dari &N")


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in so many characters' width."""
    return 1 + int((len(text) * SMALL - 1) / max(width * 7 - 14, 1))
