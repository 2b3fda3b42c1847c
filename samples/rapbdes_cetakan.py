"""The invented RAPBDes as printed tables: three layouts of Excel files, with their planted faults."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lembar import MARK, Book
from rapbdes_bersama import KABUPATEN, NAMELESS, NOWHERE, TAHUN, Planted, padded
from rapbdes_isi import Activity, Budget, Line, rupiah

from idmcli.tables import cell_address, column_letter


@dataclass
class Printed:
    """One printed table while it is filled."""

    berkas: str
    lembar: str
    titles: Sequence[str]
    header: Sequence[Sequence[str]]
    rows: list[list[str | int | None]] = field(default_factory=list)
    lines: list[Line | None] = field(default_factory=list)

    def cell(self, line: Line, column: int) -> str:
        """The address of a line's cell."""
        row = (
            1
            + len(self.titles)
            + 1
            + len(self.header)
            + next(at for at, one in enumerate(self.lines) if one is line)
            + 1
        )
        return cell_address(self.lembar, column_letter(column), row)


def write_single(folder: Path, budgets: Sequence[Budget]) -> tuple[list[Planted], dict[str, str]]:
    """A printed table per village: code and account side by side, amounts as text, details indented."""
    planted: list[Planted] = []
    where: dict[str, str] = {}
    for budget in budgets:
        name = budget.village.desa
        table = Printed(
            f"cetakan/RAPBDes {name.title()} {TAHUN}.xlsx",
            "RAPBDes",
            (
                f"PEMERINTAH DESA {name}",
                f"KECAMATAN {budget.village.kecamatan} KABUPATEN {KABUPATEN}",
                "RANCANGAN ANGGARAN PENDAPATAN DAN BELANJA DESA",
                f"TAHUN ANGGARAN {TAHUN - 1 if name == 'SEBIDAI' else TAHUN}",
            ),
            (
                ("KODE REKENING", "", "URAIAN", "KELUARAN", "", "ANGGARAN (Rp)", "SUMBER DANA"),
                ("", "", "", "VOLUME", "SATUAN", "", ""),
                ("1", "2", "3", "4", "5", "6", "7"),
            ),
        )
        faults = _faults_single(budget, table)
        for line in budget.lines(details=True):
            code, account = (line.code, "") if line.kind in ("bagian", "kegiatan") else ("", line.account)
            code = line.account if line.section != "belanja" and line.account else code
            account = "" if code == line.account else account
            text = f"{'    - ' if line.kind == 'rincian' else ''}{line.uraian}"
            amount = line.typed or rupiah(line.amount) if line.amount is not None else line.typed
            row = [code, account, text, line.volume, line.satuan, amount, line.sumber]
            table.rows.append([cell or None for cell in row])
            table.lines.append(line)
        _book(folder, [table], ((0, 0, 0, 1), (0, 2, 1, 2), (0, 3, 0, 4), (0, 5, 1, 5), (0, 6, 1, 6)))
        planted += [
            Planted(rule, table.berkas, table.cell(line, column) if line else NOWHERE, words)
            for rule, line, column, words in faults
        ]
        where[name] = table.berkas
    return planted, where


def _faults_single(budget: Budget, table: Printed) -> list[tuple[str, Line | None, int, str]]:
    """Faults of the first layout, one or two in a village; they go into the budget before it is laid out."""
    name = budget.village.desa
    if name == "TIDENG PALE":
        extra = budget.add(Activity("2.9.01", "Pemeliharaan Dermaga Kayu", 1, "Unit", "DDS", 24_000_000))
        return [("kode_kegiatan_tak_dikenal", budget.line(extra), 0, "code 2.9.01, which no activity has")]
    if name == "LIMBU SEDULUN":
        line = budget.line(budget.find("1.4.01"))
        line.amount = (line.amount or 0) + 1_500_000
        return [("jumlah_tidak_cocok", line, 5, "the activity states 1.500.000 more than its accounts")]
    if name == "SEBIDAI":
        return [("tahun_berbeda", None, 0, f"the title says {TAHUN - 1}")]
    if name == "SEDULUN":
        twice = budget.find("3.4.03")
        again = budget.add(Activity("3.4.03", twice.uraian, twice.volume, twice.satuan, twice.sumber, twice.amount))
        return [("baris_anggaran_ganda", budget.line(again), 5, "activity 3.4.03 a second time with all its accounts")]
    if name == "TIDENG PALE TIMUR":
        line = budget.line(budget.find("1.3.02"))
        line.sumber = None
        return [("sumber_dana_kosong", line, 6, "no source of money for activity 1.3.02")]
    if name == "GUNAWAN":
        extra = budget.add(Activity("2.1.10", "Rehab Ruang Kelas SDN 003", 1, "Ruang", "DDS", 45_000_000))
        return [("luar_kewenangan", budget.line(extra), 5, "classrooms of a primary school")]
    line = budget.line(budget.find("1.4.04"))
    line.sumber = "DD + ADD"
    budget.worded_in, budget.worded.typed = budget.find("1.4.03"), "dua juta rupiah"
    return [
        ("sumber_dana_tak_dikenal", line, 6, "two sources in one cell"),
        ("anggaran_bukan_angka", budget.worded, 5, "the amount of a detail in words"),
    ]


def write_sheets(folder: Path, budgets: Sequence[Budget]) -> tuple[list[Planted], dict[str, str]]:
    """A workbook with a sheet per village: codes over four columns and repeated in each row, amounts as numbers."""
    berkas = f"RAPBDes Kec Sesayap Hilir {TAHUN}.xlsx"
    planted: list[Planted] = []
    tables = []
    for budget in budgets:
        table = Printed(
            berkas,
            budget.village.desa,
            (f"RANCANGAN APBDES TAHUN {TAHUN}", f"KECAMATAN {budget.village.kecamatan}"),
            (
                ("KODE", "", "", "", "URAIAN", "KELUARAN", "JUMLAH", "SUMBER"),
                ("BID", "SUB", "KEG", "REK", "", "", "(Rp)", "DANA"),
            ),
        )
        faults: list[tuple[str, Line, int, str]] = []
        if budget.village.desa == "BEBATU":
            line = budget.line(budget.find("1.2.01"))
            line.amount = (line.amount or 0) - 2_000_000
            faults.append(("jumlah_tidak_cocok", line, 6, "the activity states 2.000.000 less than its accounts"))
        if budget.village.desa == "SELUDAU":
            extra = budget.add(Activity("4.8.01", "Studi Banding Aparatur", 1, "Kali", "DDS", 18_000_000))
            faults.append(("kode_kegiatan_tak_dikenal", budget.line(extra), 0, "code 4.8.01, which no activity has"))
        for line in budget.lines(details=False):
            parts = [*line.code.split("."), "", ""][:3] if line.section == "belanja" else ["", "", ""]
            output = f"{line.volume} {line.satuan}" if line.volume else None
            sumber = line.sumber if line.section == "belanja" and line.kind == "kegiatan" else None
            row = [*parts, line.account, line.uraian, output, line.amount, sumber]
            table.rows.append([int(cell) if isinstance(cell, str) and cell.isdigit() else cell or None for cell in row])
            table.lines.append(line)
        tables.append(table)
        planted += [Planted(rule, berkas, table.cell(line, column), words) for rule, line, column, words in faults]
    _book(folder, tables, ((0, 0, 0, 3), (0, 4, 1, 4), (0, 5, 1, 5)))
    return planted, {budget.village.desa: berkas for budget in budgets}


def write_short(folder: Path, budgets: Sequence[Budget]) -> tuple[list[Planted], dict[str, str]]:
    """A short table per village without accounts: padded codes in one column, the village by its code."""
    planted: list[Planted] = []
    where: dict[str, str] = {}
    for number, budget in enumerate(budgets, 1):
        name, kode = budget.village.desa, budget.village.kode_desa
        dotted = f"{kode[:2]}.{kode[2:4]}.{kode[4:6]}.{kode[6:]}"
        owner = f"Desa {name.title()} ({dotted})" if name != NAMELESS else "Desa ................"
        table = Printed(
            f"cetakan/apbdes-{number}.xlsx",
            "Lampiran I",
            (f"RINCIAN RAPBDES {TAHUN}", owner),
            (("Kode", "Bidang, Sub Bidang dan Kegiatan", "Vol", "Satuan", "Pagu Anggaran", "Sumber Dana"),),
        )
        for line in budget.lines(details=False):
            if line.kind == "akun":
                continue
            code = line.account if line.section != "belanja" else padded(line.code)
            row = [code or None, line.uraian, line.volume, line.satuan, line.amount, line.sumber]
            if line.section == "belanja" and line.kind == "bagian":
                row[4] = None  # only activities have amounts
            table.rows.append(row)
            table.lines.append(line)
        _book(folder, [table], ())
        if name == NAMELESS:
            planted.append(Planted("desa_tak_dikenal", table.berkas, NOWHERE, f"{name}: does not say whose it is"))
        if name == "SEPUTUK":
            planted.append(Planted("belanja-30", table.berkas, NOWHERE, f"{name}: allowances and BPD take 34 %"))
            planted.append(
                Planted("belanja-70", table.berkas, NOWHERE, f"{name}: less than 70 % is left for the fields")
            )
        where[name] = table.berkas
    return planted, where


def _book(folder: Path, tables: Sequence[Printed], merged: Sequence[tuple[int, int, int, int]]) -> None:
    """A workbook with one sheet per table: mark, titles, an empty row, header with merged cells, rows."""
    path = folder / tables[0].berkas
    path.parent.mkdir(exist_ok=True)
    book = Book(path)
    for table in tables:
        sheet = book.workbook.add_worksheet(table.lembar)
        sheet.write_string(0, 0, MARK, book.mark)
        for row, title in enumerate(table.titles, 1):
            sheet.write_string(row, 0, title, book.title)
        top = len(table.titles) + 2
        for down, cells in enumerate(table.header):
            for column, text in enumerate(cells):
                sheet.write_string(top + down, column, text, book.head)
        for first, left, last, right in merged:
            sheet.merge_range(top + first, left, top + last, right, table.header[first][left], book.head)
        for down, cells in enumerate(table.rows, top + len(table.header)):
            for column, cell in enumerate(cells):
                if isinstance(cell, int):
                    sheet.write_number(down, column, cell)
                elif cell:
                    sheet.write_string(down, column, cell)
        sheet.set_column(table.header[0].index("URAIAN") if "URAIAN" in table.header[0] else 1, 2, 48)
    book.close()
