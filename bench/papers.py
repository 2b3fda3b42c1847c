"""The papers of 447 villages, made by the program and by the least that could make them.

`python bench/papers.py make OUT KIND` makes the sheets of the jobs kept in OUT with the program's own machinery;
`python bench/papers.py bare OUT` only lets typst compile the finished texts, on as many processes.
"""

import pickle
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import typst

from idmcli import pipeline
from idmcli.documents.context import sheet_context
from idmcli.documents.folder import PaperFolder
from idmcli.documents.fonts import FONTS
from idmcli.documents.make import make_papers
from idmcli.documents.names import paper_paths
from idmcli.documents.papers import PaperJob, paper_job
from idmcli.documents.pool import usual_workers
from idmcli.documents.typeset import source
from idmcli.documents.villages import sheet_inputs
from idmcli.pipeline.planning import PlanWishes, plan_province
from idmcli.settings import Settings

JOBS = "pekerjaan.pickle"


def prepare(sample: Path, folder: Path) -> int:
    """Keep the contexts of all villages and their finished typst texts in the folder; returns how many there are."""
    loaded = pipeline.load_scores(pipeline.Request((str(sample),)), Settings())
    planned = plan_province(loaded, PlanWishes(), Settings()).plan
    paths = paper_paths(planned.villages)
    contexts = [(paths[number], sheet_context(one, planned.gapped.rubric)) for number, one in sheet_inputs(planned)]
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "teks").mkdir(parents=True)
    (folder / JOBS).write_bytes(pickle.dumps(contexts))
    for at, (_, context) in enumerate(contexts):
        (folder / "teks" / f"{at}.typ").write_text(source("lembar.typ.j2", context), encoding="utf-8")
    return len(contexts)


def make(folder: Path, kind: str) -> None:
    """The sheets of one kind, as `idm kopdar-plan --dokumen` makes them."""
    contexts = pickle.loads((folder / JOBS).read_bytes())
    jobs: list[PaperJob] = [paper_job(path.with_suffix(f".{kind}"), kind, context) for path, context in contexts]
    target = folder / "hasil"
    shutil.rmtree(target, ignore_errors=True)
    with PaperFolder(target) as opened:
        made = make_papers(jobs, opened, total=len(jobs), workers=usual_workers(len(jobs)))
    assert len(made.dibuat) == len(jobs), made.gagal[:3]


def bare(folder: Path) -> None:
    """Typst alone: texts in, PDFs out, one compiler per process."""
    texts = sorted((folder / "teks").glob("*.typ"))
    target = folder / "polos"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    workers = usual_workers(len(texts))
    parts = [texts[start::workers] for start in range(workers)]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        assert sum(pool.map(compile_all, parts, [target] * workers)) == len(texts)


def compile_all(texts: list[Path], target: Path) -> int:
    """Compile some texts with one compiler."""
    compiler = typst.Compiler(font_paths=[str(FONTS)], ignore_system_fonts=True)
    for text in texts:
        data = compiler.compile(text.read_bytes(), format="pdf")
        assert isinstance(data, bytes)
        (target / f"{text.stem}.pdf").write_bytes(data)
    return len(texts)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]), sys.argv[3])
    else:
        bare(Path(sys.argv[2]))
