"""Make every sample file again: `python samples/buat_sampel.py [FOLDER]` (default: the folder of this script).

Same seed, same files, byte for byte. Codes and names are real, every score is simulated.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

from dokumen import write_document, write_error
from jawaban import answers_for, variables
from kantor import write_office_samples
from lembar import write_answers, write_csv, write_recap, write_scores
from rapbdes import fault_table, gap_table, write_budgets
from rencana import write_plan_samples
from salah import Fault, write_faulty
from simulasi import Draw, Scores, Village, read_counts, rename, simulate_2023, simulate_2024

from idmcli.regions import load_regions
from idmcli.rubric import load_rubric

HERE = Path(__file__).resolve().parent
MARKS = "<!-- {0}: begin -->", "<!-- {0}: end -->"
RUMUSAN = ("6501", "6502", "6504")
"""Kabupaten whose first village becomes a ministry document."""


def main(folder: Path) -> None:
    """Write all samples into a folder; README.md gets its list of planted faults."""
    rubric = load_rubric("idm-2016")
    fields = ("kode_desa", "desa", "kecamatan", "kabupaten", "provinsi")
    villages = [Village(*row) for row in load_regions().frame.sort("kode_desa").select(fields).iter_rows()]
    now = simulate_2024(villages, read_counts())
    before = simulate_2023(now, rubric)
    write_scores(folder / "kaltara.xlsx", villages, now, rubric, 2024)
    write_scores(folder / "kaltara-2023.xlsx", rename(villages), before, rubric, 2023)
    write_recap(folder / "kaltara-rekap.xlsx", villages, {2023: before, 2024: now}, rubric)
    write_csv(folder / "kaltara.csv", villages, now, rubric, 2024)
    draw = Draw("answers")
    answers = [answers_for(scores, rubric, draw) for scores in now]
    write_answers(folder / "kaltara-isian.xlsx", villages, answers, variables(rubric), rubric, 2024)
    write_documents(folder / "rumusan", villages, now)
    write_plan_samples(folder, villages, rubric)
    write_office_samples(folder, villages)
    faults = write_faulty(folder / "kaltara-salah.xlsx", villages, now, rubric)
    planted, gaps = write_budgets(folder / "rapbdes", villages, now)
    tables = {
        "kaltara-salah": score_faults(faults),
        "rapbdes-salah": fault_table(planted),
        "rapbdes-celah": gap_table(gaps),
    }
    write_readme(folder / "README.md", tables)


def write_documents(folder: Path, villages: list[Village], scores: list[Scores]) -> None:
    """Three villages as the ministry serves them, and its answer for an unknown code."""
    folder.mkdir(exist_ok=True)
    rubric = load_rubric("idm-2016")
    for kabupaten in RUMUSAN:
        village, own = next(pair for pair in zip(villages, scores, strict=True) if pair[0].kode_desa[:4] == kabupaten)
        write_document(folder / f"{village.kode_desa}-2024.json", village, own, rubric, 2024)
    write_error(folder / "6503999999-2024.json")


def score_faults(faults: list[Fault]) -> list[str]:
    """The lines of README.md for the faults of kaltara-salah.xlsx."""
    lines = ["| rule | cell | what was planted |", "|---|---|---|"]
    return [*lines, *(f"| `{fault.aturan}` | `{fault.sel}` | {fault.isi} |" for fault in faults)]


def write_readme(path: Path, tables: Mapping[str, list[str]]) -> None:
    """Put the tables between their marks of the README beside this script."""
    text = (HERE / "README.md").read_text(encoding="utf-8")
    for name, lines in tables.items():
        begin, end = (mark.format(name) for mark in MARKS)
        before, rest = text.split(begin)
        text = "\n".join([f"{before}{begin}", *lines, f"{end}{rest.split(end)[1]}"])
    path.write_bytes(text.encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
