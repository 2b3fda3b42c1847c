"""The RAPBDes pack of one kabupaten of 232 desa (Nunukan, invented budgets), its time split by stage.

`python bench/budget_pack.py prepare OUT` writes the budgets; `… stages OUT` prints the seconds of every stage of one
run in this process (papers on as many processes as help), and its peak memory.
"""

import resource
import shutil
import sys
import time
from pathlib import Path

from idmcli import pipeline
from idmcli.documents.budget_archives import write_archives
from idmcli.documents.budget_pack import (
    PackOrder,
    archive_parts,
    paper_jobs,
    region_books,
    village_books,
    village_places,
)
from idmcli.documents.folder import PaperFolder
from idmcli.documents.make import make_papers
from idmcli.documents.papers import Jenis
from idmcli.documents.pool import usual_workers
from idmcli.documents.province import joined, write_books
from idmcli.pipeline.budget_files import read_budgets
from idmcli.pipeline.choosing import Wishes, choose
from idmcli.pipeline.gap import find_paths
from idmcli.pipeline.rapbdes import budget_sources, scored_villages, verify_budgets
from idmcli.regions import load_regions
from idmcli.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
KABUPATEN = "6503"
BUDGETS, PACK = "rapbdes", "paket"


def prepare(folder: Path) -> int:
    """Write a budget per village of the kabupaten; returns how many."""
    sys.path.insert(0, str(SAMPLES))
    from rapbdes_cetakan import write_short
    from rapbdes_isi import draw_budget
    from simulasi import Draw, Village, read_counts, simulate_2024

    fields = ("kode_desa", "desa", "kecamatan", "kabupaten", "provinsi")
    villages = [Village(*row) for row in load_regions().frame.sort("kode_desa").select(fields).iter_rows()]
    draw = Draw("bench")
    budgets = [
        draw_budget(village, scores, draw, broken=False, deficit=False)
        for village, scores in zip(villages, simulate_2024(villages, read_counts()), strict=True)
        if village.kode_desa.startswith(KABUPATEN)
    ]
    shutil.rmtree(folder / BUDGETS, ignore_errors=True)
    (folder / BUDGETS).mkdir(parents=True)
    write_short(folder / BUDGETS, budgets)
    return len(budgets)


def stages(folder: Path) -> None:
    """Run every stage once and print what it took."""
    told = Clock()
    settings = Settings()
    loaded = pipeline.load_scores(pipeline.Request((str(SAMPLES / "kaltara.xlsx"),)), settings)
    gapped = find_paths(loaded, choose(Wishes(alternatif=0), loaded.rubric, settings), 4)
    told("scores and paths of 447 desa")
    budgets = read_budgets([str(folder / BUDGETS)], regions=loaded.regions, villages=scored_villages(gapped))
    told(f"read {budgets.files.height} budgets, {budgets.lines.height:,} lines")
    verified = verify_budgets(gapped, budgets, settings)
    told(f"verify {verified.hasil.desa.height} desa")
    target = folder / PACK
    shutil.rmtree(target, ignore_errors=True)
    sources = budget_sources(budgets.lines.get_column("berkas").unique(maintain_order=True).to_list())
    chosen = frozenset(verified.hasil.desa.get_column("kode_desa"))
    kinds: tuple[Jenis, ...] = ("pdf", "docx")
    orders = {kind: PackOrder((kind,), chosen, None, None, settings.rapbdes, {}, sources, (), ()) for kind in kinds}
    places = village_places(verified)
    with PaperFolder(target) as opened:
        for kind, order in orders.items():
            jobs = paper_jobs(verified, order, places)
            made = make_papers(jobs, opened, total=len(chosen), workers=usual_workers(len(chosen)))
            told(f"{len(made.dibuat)} sheets as {kind}")
        books = [write_books(opened, one, lambda _done: None) for _, one in village_books(verified, order, places)]
        told(f"{len(books)} workbooks of desa")
        recaps = write_books(opened, region_books(verified, order, ()), lambda _done: None)
        told(f"{len(recaps.dibuat)} recaps and findings")
        parts = archive_parts(verified, order, places, joined(*books, recaps))
        archives = write_archives(opened, parts, lambda _done: None)
        told(f"{len(archives.dibuat)} archives")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    print(f"{'whole':40}{told.whole:8.1f} s, peak memory {peak:.0f} MB")


class Clock:
    """Prints the seconds since it was last called."""

    def __init__(self) -> None:
        self.start = self.last = time.perf_counter()

    def __call__(self, what: str) -> None:
        """Tell what the time since the last call was spent on."""
        now = time.perf_counter()
        print(f"{what:40}{now - self.last:8.1f} s", flush=True)
        self.last = now

    @property
    def whole(self) -> float:
        """Seconds since the beginning."""
        return time.perf_counter() - self.start


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(Path(sys.argv[2]))
    else:
        stages(Path(sys.argv[2]))
