"""Make every sample file again: `python samples/buat_sampel.py [FOLDER]` (default: the folder of this script).

Same seed, same files, byte for byte. Codes and names are real, every score is simulated.
"""

import sys
from pathlib import Path

from dokumen import write_document, write_error
from jawaban import answers_for, variables
from lembar import write_answers, write_csv, write_recap, write_scores
from rencana import write_plan_samples
from salah import Fault, write_faulty
from simulasi import Draw, Scores, Village, read_counts, rename, simulate_2023, simulate_2024

from idmcli.regions import load_regions
from idmcli.rubric import load_rubric

HERE = Path(__file__).resolve().parent
BEGIN, END = "<!-- kaltara-salah: begin -->", "<!-- kaltara-salah: end -->"
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
    faults = write_faulty(folder / "kaltara-salah.xlsx", villages, now, rubric)
    write_readme(folder / "README.md", faults)


def write_documents(folder: Path, villages: list[Village], scores: list[Scores]) -> None:
    """Three villages as the ministry serves them, and its answer for an unknown code."""
    folder.mkdir(exist_ok=True)
    rubric = load_rubric("idm-2016")
    for kabupaten in RUMUSAN:
        village, own = next(pair for pair in zip(villages, scores, strict=True) if pair[0].kode_desa[:4] == kabupaten)
        write_document(folder / f"{village.kode_desa}-2024.json", village, own, rubric, 2024)
    write_error(folder / "6503999999-2024.json")


def write_readme(path: Path, faults: list[Fault]) -> None:
    """Put the list of planted faults between the two marks of the README beside this script."""
    text = (HERE / "README.md").read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    lines = ["| rule | cell | what was planted |", "|---|---|---|"]
    lines += [f"| `{fault.aturan}` | `{fault.sel}` | {fault.isi} |" for fault in faults]
    path.write_bytes("\n".join([f"{before}{BEGIN}", *lines, f"{END}{after}"]).encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
