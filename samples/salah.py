"""The faulty workbook for `idm validate`: one sheet per kabupaten, and every fault known by its cell.

Each plant is recorded with the rule that must find it; the list goes into README.md and a test holds both together.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lembar import HEADER_ROW, IDENTITY, WIDTHS, Book, Cell, score_header, score_row, set_widths, stated_header
from simulasi import Scores, Village

from idmcli.rubric.model import Rubric
from idmcli.tables import cell_address, column_letter

TAHUN = 2024
HARMLESS, NOWHERE = "-", "-"
REMARK = "KETERANGAN"
KODE, NAMA, KECAMATAN = IDENTITY[1:4]
IKS, IKE, IKL, IDM, STATUS = stated_header(TAHUN)


@dataclass(frozen=True)
class Fault:
    """One planted fault: the rule that finds it, its cell (`-` where it has none), and what was done."""

    aturan: str
    sel: str
    isi: str


@dataclass
class Sheet:
    """One kabupaten's table while faults are planted. Rows are numbered from 0 below the header."""

    name: str
    header: list[str]
    rows: list[list[Cell]]
    faults: list[Fault] = field(default_factory=list)

    def get(self, row: int, title: str) -> Cell:
        """What stands under a header."""
        return self.rows[row][self.header.index(title)]

    def put(self, row: int, title: str, cell: Cell) -> None:
        """Overwrite one cell."""
        self.rows[row][self.header.index(title)] = cell

    def add_column(self, title: str, cells: Sequence[Cell]) -> None:
        """Append a column."""
        self.header.append(title)
        for row, cell in zip(self.rows, cells, strict=True):
            row.append(cell)

    def note(self, aturan: str, isi: str, row: int | None = None, title: str | None = None) -> None:
        """Record a fault in a cell, in a header (`title` alone), or in no cell at all (neither)."""
        sel = NOWHERE
        if title is not None:
            letter = column_letter(self.header.index(title))
            sel = cell_address(self.name, letter, HEADER_ROW if row is None else HEADER_ROW + 1 + row)
        self.faults.append(Fault(aturan, sel, isi))

    def plant(self, aturan: str, row: int, title: str, cell: Cell, isi: str) -> None:
        """Overwrite one cell and record it; `{old}` and `{new}` in the words stand for its content."""
        words = isi.format(old=self.get(row, title), new=cell)
        self.put(row, title, cell)
        self.note(aturan, words, row, title)


def write_faulty(path: Path, villages: Sequence[Village], scores: Sequence[Scores], rubric: Rubric) -> list[Fault]:
    """Write the workbook; gives the planted faults in the order of sheets and rows."""
    labels = {indicator.kode: indicator.label for indicator in rubric.indikator}
    plants: dict[str, Callable[[Sheet, dict[str, str]], None]] = {
        "BULUNGAN": _plant_codes,
        "MALINAU": _plant_scores,
        "NUNUKAN": _plant_figures,
        "TANA TIDUNG": _plant_columns,
    }
    book = Book(path)
    faults: list[Fault] = []
    for name, plant in plants.items():
        mine = [(v, s) for v, s in zip(villages, scores, strict=True) if v.kabupaten == name]
        rows: list[list[Cell]] = []
        for i, (village, given) in enumerate(mine):
            changed = given | CONTRADICTIONS[i] if name == "NUNUKAN" and i in CONTRADICTIONS else given
            rows.append([*score_row(i + 1, village, changed, rubric), None])
        table = Sheet(name, [*score_header(rubric, TAHUN), REMARK], rows)
        plant(table, labels)
        faults += table.faults
        sheet = book.sheet(name, (f"DATA IDM KABUPATEN {name}", f"TAHUN {TAHUN}"), table.header)
        set_widths(sheet, WIDTHS, len(table.header))
        book.rows(sheet, table.rows)
    book.close()
    return faults


CONTRADICTIONS: dict[int, Scores] = {
    0: {"IKS15": 1, "IKS16": 5},
    1: {"IKS15": 5, "IKS16": 0},
    2: {"IKS29": 0, "IKS31": 5},
}
"""Rows of Nunukan whose scores contradict each other; they go in before the figures are computed, so that nothing else
is wrong with those rows."""


def _plant_codes(sheet: Sheet, labels: dict[str, str]) -> None:
    del labels
    sheet.put(0, KODE, int(str(sheet.get(0, KODE))))
    sheet.note(HARMLESS, "code stored as a number", 0, KODE)
    sheet.put(1, KODE, f"{sheet.get(1, KODE)}.0")
    sheet.note(HARMLESS, "code stored as a float's text", 1, KODE)
    plain = str(sheet.get(2, KODE))
    sheet.put(2, KODE, f"{plain[:2]}.{plain[2:4]}.{plain[4:6]}. {plain[6:]}")
    sheet.note(HARMLESS, "code with dots and a space", 2, KODE)
    sheet.plant("nama_tak_cocok", 4, NAMA, "SUMBER MAKMUR", "named {new}, but the code belongs to {old}")
    sheet.plant("kecamatan_tak_cocok", 6, KECAMATAN, "SUNGAI DERAS", "kecamatan {new} instead of {old}")
    sheet.plant("kode_tak_dikenal", 8, KODE, "6501012999", "code {new}, which no village has, instead of {old}")
    sheet.plant("nama_usulan", 10, KODE, "65010120", "code {new} with 8 digits instead of {old}; the name proposes one")
    gone = sheet.rows.pop(12)
    sheet.note("desa_tidak_ada", f"village {gone[2]} ({gone[1]}) left out")
    sheet.rows.append(list(sheet.rows[20]))
    sheet.note("desa_ganda", f"village {sheet.get(20, NAMA)} a second time", len(sheet.rows) - 1, KODE)
    sheet.rows.append(["TOTAL", None, f"{len(sheet.rows)} desa"])
    sheet.note("baris_dilewati", "a total below the data", len(sheet.rows) - 1, "NO")


def _plant_scores(sheet: Sheet, labels: dict[str, str]) -> None:
    dokter, bidan, sampah, kredit = (labels[kode] for kode in ("IKS02", "IKS03", "IKS33", "IKE08"))
    sheet.plant("skor_kosong", 0, dokter, None, "score {old} removed")
    sheet.plant("skor_bukan_angka", 2, sampah, "lima", "score {old} written as a word")
    sheet.plant("skor_tak_berlaku", 4, dokter, 2, "score {new} where only 0 and 5 occur")
    sheet.plant("skor_tak_berlaku", 6, kredit, "3,5", "score {new} with a decimal instead of {old}")
    sheet.plant("skor_tak_berlaku", 8, kredit, 7, "score {new} instead of {old}")
    sheet.plant("kode_bentuk", 10, KODE, "6501040003", "a code of BPS shape instead of {old}")
    sheet.add_column("Skor Air Bersih", [5] * len(sheet.rows))
    sheet.note("kolom_tak_dikenal", "a header that nobody knows", None, "Skor Air Bersih")
    sheet.add_column("IKS03", [sheet.get(row, bidan) for row in range(len(sheet.rows))])
    sheet.note("kolom_ganda", f"{bidan} once more under its code", None, "IKS03")


def _plant_figures(sheet: Sheet, labels: dict[str, str]) -> None:
    sheet.note("kontradiksi", "gotong royong does not exist (1) but has a frequency (5)", 0, labels["IKS16"])
    sheet.note("kontradiksi", "gotong royong exists (5) but its frequency is 0", 1, labels["IKS16"])
    sheet.note("kontradiksi", "no telephone signal (0) but internet for residents (5)", 2, labels["IKS31"])
    sheet.plant("idm_tidak_cocok", 4, IDM, _lost(sheet, 4, IDM, 126, 6300), "IDM {new} where the scores give {old}")
    sheet.plant("iks_tidak_cocok", 6, IKS, _lost(sheet, 6, IKS, 4, 175), "IKS {new}: 4 points below the sum of scores")
    sheet.put(6, IDM, _lost(sheet, 6, IDM, 48, 6300))
    sheet.plant("status_tidak_cocok", 8, STATUS, "MANDIRI", "status {new} where the IDM gives {old}")
    sheet.plant("indeks_luar_grid", 10, IKE, 0.5701, "IKE {new}, no multiple of 1/60, for {old}")
    for title in (*labels.values(), IKE, IKL, IDM, STATUS):
        sheet.put(12, title, None)
    sheet.plant("alasan_di_sel_angka", 12, IKS, "Tidak ada penduduk", "a reason instead of {old}, and no other figure")
    sheet.plant("data_lama", 14, REMARK, "Update 2023", "figures carried over from the year before")
    code = str(sheet.get(16, KODE))
    sheet.plant(
        "kode_kelurahan", 16, KODE, f"{code[:6]}1{code[7:]}", "code {new} of a kelurahan's shape instead of {old}"
    )


def _lost(sheet: Sheet, row: int, title: str, units: int, scale: int) -> float:
    """A stated figure as published if the sum of scores were so many 1/scale lower."""
    return round((round(float(str(sheet.get(row, title))) * scale) - units) / scale, 4)


def _plant_columns(sheet: Sheet, labels: dict[str, str]) -> None:
    kredit = labels["IKE08"]
    place = sheet.header.index(kredit)
    del sheet.header[place]
    for row in sheet.rows:
        del row[place]
    sheet.note("kolom_kurang", f"IKE08 ({kredit}) left out of {sheet.name}: {len(sheet.rows)} villages without it")
