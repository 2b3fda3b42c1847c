"""`python bench/run.py`: how long `idm` takes, each figure a ratio of two whole processes measured in turn.

Absolute seconds say little between machines, so every row compares the program with a yardstick run on the same file in
the same minutes: A B A B …, the median of each, their ratio, and the aim beside it. `--quick` leaves out 75,265 rows.
"""

import argparse
import importlib.util
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import polars as pl
from national import NATIONAL_ROWS, national
from timing import Measured, interleave

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
OUT = HERE / "out"
SMALL_RUNS, LARGE_RUNS = 7, 3
MEMORY_AIM = 700


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only --help and 447 rows")
    small_only: bool = parser.parse_args(arguments).quick
    OUT.mkdir(exist_ok=True)
    print(f"{'':47}{'idm s':>9}{'other s':>9}{'ratio':>8}  aim", flush=True)
    help_time()
    province = ROOT / "samples" / "kaltara.xlsx"
    jobs(province, "447 rows, xlsx", SMALL_RUNS, header_row=4, large=False)
    gap_paths(province, "447 rows", SMALL_RUNS)
    papers(province)
    budget_pack()
    annual_report()
    if not small_only:
        workbook, text = national(OUT)
        rows = f"{NATIONAL_ROWS:,} rows"
        jobs(workbook, f"{rows}, xlsx", LARGE_RUNS, header_row=4, large=True)
        jobs(text, f"{rows}, csv", LARGE_RUNS, header_row=4, large=True)
        gap_paths(text, rows, LARGE_RUNS)


def help_time() -> None:
    """`idm --help` beside the bare import of typer."""
    script = Path(sys.executable).with_name("idm")
    command = [str(script)] if script.exists() else [sys.executable, "-m", "idmcli"]
    ours, other = interleave([[*command, "--help"], [sys.executable, "-c", "import typer"]], SMALL_RUNS, ROOT)
    row("idm --help : python -c 'import typer'", ours, other, "≤ 1.5")


def jobs(path: Path, title: str, runs: int, *, header_row: int, large: bool) -> None:
    """`idm score` beside only reading the file, and beside an analyst's pandas script doing the same job."""
    ours, theirs = OUT / f"{path.stem}-idm.parquet", OUT / f"{path.stem}-pandas.parquet"
    score = [sys.executable, "-m", "idmcli", "score", str(path), "-o", str(ours), "--force", "-q"]
    read = [sys.executable, str(HERE / "read_only.py"), str(path)]
    commands = [score, read]
    pandas = all(importlib.util.find_spec(name) for name in ("pandas", "pyarrow"))
    if pandas:
        commands.append([sys.executable, str(HERE / "pandas_script.py"), str(path), str(theirs), str(header_row)])
    measured = interleave(commands, runs, ROOT)
    row(f"{title} : only reading", measured[0], measured[1], "≤ 1.5" if large else "")
    if pandas:
        row(f"{title} : pandas", measured[0], measured[2], "≤ 0.2")
        print(f"{'':4}{agreement(ours, theirs)}", flush=True)
    else:
        print(f"{title} : pandas or pyarrow is not installed (dependency group bench), row left out", flush=True)
    peak = max(measured[0].peaks) / 1e6
    print(f"{'':4}peak memory of idm {peak:.0f} MB" + (f", aim < {MEMORY_AIM}" if large else ""), flush=True)


def gap_paths(path: Path, title: str, runs: int) -> None:
    """`idm gap` (best paths and three alternatives, and best paths alone) beside `idm score` of the same file."""
    program = [sys.executable, "-m", "idmcli"]
    gap, best, score = interleave(
        [
            [*program, "gap", str(path), "-q"],
            [*program, "gap", str(path), "-q", "--alternatif", "0"],
            [*program, "score", str(path), "-q"],
        ],
        runs,
        ROOT,
    )
    row(f"{title}, gap with 3 alternatives : score", gap, score, "")
    row(f"{title}, gap, best path only : score", best, score, "")
    print(f"{'':4}peak memory of gap {max(gap.peaks) / 1e6:.0f} MB", flush=True)


def papers(sample: Path) -> None:
    """447 sheets of each kind beside bare typst on the same finished texts; the provincial workbook beside scoring."""
    from papers import prepare

    folder = OUT / "lembar"
    number = prepare(sample, folder)
    script = [sys.executable, str(HERE / "papers.py")]
    kinds = [[*script, "make", str(folder), kind] for kind in ("pdf", "html", "docx")]
    pdf, html, docx, bare = interleave([*kinds, [*script, "bare", str(folder)]], LARGE_RUNS, ROOT)
    row(f"{number} PDF : bare typst, same texts", pdf, bare, "≤ 1.3")
    row(f"{number} HTML : bare typst", html, bare, "")
    row(f"{number} Word : bare typst", docx, bare, "")
    book = [sys.executable, str(HERE / "summary_book.py"), str(sample), str(OUT / "ringkasan.xlsx")]
    score = [sys.executable, "-m", "idmcli", "score", str(sample), "-o", str(OUT / "skor.xlsx"), "--force", "-q"]
    row("ringkasan.xlsx : score workbook", *interleave([book, score], LARGE_RUNS, ROOT), "")


def budget_pack() -> None:
    """The RAPBDes pack of 232 desa, stage by stage."""
    script = [sys.executable, str(HERE / "budget_pack.py")]
    for part in ("prepare", "stages"):
        subprocess.run([*script, part, str(OUT / "rapbdes")], cwd=ROOT, check=True)


def annual_report() -> None:
    """The annual report of the province, stage by stage."""
    from annual_report import measure

    measure(OUT / "laporan")


def row(title: str, ours: Measured, other: Measured, aim: str) -> None:
    """One line of the table."""
    print(f"{title:47}{ours.median:9.3f}{other.median:9.3f}{ours.median / other.median:8.2f}  {aim}", flush=True)


def agreement(ours: Path, theirs: Path) -> str:
    """Whether both programs came to the same figures, village by village."""
    mine = pl.read_parquet(ours, columns=["kode_desa", "idm", "status"])
    other = pl.read_parquet(theirs, columns=["kode_desa", "idm", "status"])
    both = mine.join(other, on="kode_desa", suffix="_pandas")
    differ = both.filter(
        ((pl.col("idm") - pl.col("idm_pandas")).abs() > 1e-9) | (pl.col("status") != pl.col("status_pandas"))
    )
    return f"{both.height} villages compared, {differ.height} differ"


if __name__ == "__main__":
    main()
