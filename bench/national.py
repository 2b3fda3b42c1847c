"""A simulated nation for the benchmark: 75,265 desa in the layout of `samples/kaltara.xlsx`, seeded, kept in `out/`.

Codes have the right shape and belong to nobody; scores are drawn one by one from the counts kept beside the samples.
"""

import csv
import random
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from idmcli.rubric import load_rubric

SEED = 75265
NATIONAL_ROWS = 75_265
COUNTS = Path(__file__).resolve().parents[1] / "samples" / "hitungan-skor-2024.csv"
IDENTITY = ("NO", "KODE DESA", "NAMA DESA", "KECAMATAN", "KABUPATEN", "PROVINSI")
STATED = ("IKS 2024", "IKE 2024", "IKL 2024", "NILAI IDM 2024", "STATUS IDM 2024")
TITLES = ("DATA SIMULASI – bukan data resmi", "INDEKS DESA MEMBANGUN", "TAHUN 2024", "")
Row = tuple[str | int | float, ...]


def national(folder: Path) -> tuple[Path, Path]:
    """The workbook and the text file, made once (about a minute) and used again."""
    workbook, text = folder / f"nasional-{SEED}.xlsx", folder / f"nasional-{SEED}.csv"
    if not (workbook.exists() and text.exists()):
        print(f"making {NATIONAL_ROWS:,} rows in {folder} …", flush=True)
        _write_text(text)
        _write_workbook(workbook)
    return workbook, text


def rows() -> Iterator[Row]:
    """The header, then one row per village, alike at every call."""
    rubric = load_rubric()
    yield (*IDENTITY, *(indicator.label for indicator in rubric.indikator), *STATED)
    draw = random.Random(SEED)
    with COUNTS.open(encoding="utf-8", newline="") as file:
        next(file)
        weights = [[int(line[f"skor_{s}"]) for s in range(6)] for line in csv.DictReader(file)]
    columns = [draw.choices(range(6), weight, k=NATIONAL_ROWS) for weight in weights]
    for i, scores in enumerate(zip(*columns, strict=True)):
        kecamatan = i // 11
        kabupaten = kecamatan // 16
        code = f"{11 + kabupaten // 12}{1 + kabupaten % 12:02}{1 + kecamatan % 16:02}{2001 + i % 11}"
        parts = (sum(scores[:35]) / 175, sum(scores[35:47]) / 60, sum(scores[47:]) / 15)
        k = 12 * sum(scores[:35]) + 35 * sum(scores[35:47]) + 140 * sum(scores[47:])
        places = (f"DESA {i + 1}", f"KECAMATAN {kecamatan + 1}", f"KABUPATEN {kabupaten + 1}", f"PROVINSI {code[:2]}")
        figures = (*(round(part, 4) for part in parts), round(k / rubric.scale, 4))
        yield (i + 1, code, *places, *scores, *figures, rubric.status_at(k).nama)


def _write_text(path: Path) -> None:
    partial = path.with_suffix(".part")
    with partial.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerows([title] for title in TITLES)
        for row in rows():
            writer.writerow(f"{cell:.4f}".replace(".", ",") if isinstance(cell, float) else cell for cell in row)
    partial.replace(path)


def _write_workbook(path: Path) -> None:
    partial = path.with_suffix(".part")
    book = xlsxwriter.Workbook(partial, {"constant_memory": True})
    sheet = book.add_worksheet("SKOR 2024")
    for number, title in enumerate(TITLES):
        sheet.write(number, 0, title)
    for number, row in enumerate(rows(), start=len(TITLES)):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell)
            else:
                sheet.write_number(number, column, cell)
    book.close()
    partial.replace(path)
