"""The content of an annual report into its folder: papers, data, pages, and the manifest over all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Final

import polars as pl

from idmcli.columns import IDM_K, STATUS
from idmcli.commands import annual_papers
from idmcli.commands.annual_budget import write_budgets
from idmcli.commands.annual_papers import Progress
from idmcli.documents.fingerprint import fingerprint
from idmcli.documents.folder import MANIFEST as PAPER_LIST
from idmcli.documents.folder import PaperFolder
from idmcli.documents.make import Made
from idmcli.errors import OutputError
from idmcli.export import atomic, scratch
from idmcli.findings import LEVELS
from idmcli.parameters.report_settings import ReportSettings
from idmcli.pipeline.annual import Annual
from idmcli.report.context import report_context
from idmcli.report.datapackage import FOLDER, package_files
from idmcli.report.inputs import Input, listing, versions
from idmcli.report.journal import Journal
from idmcli.report.manifest import MANIFEST, manifest_text, walked
from idmcli.report.pages import write_report
from idmcli.report.publish import Publication
from idmcli.words import listed, whole

INDEX: Final = "index.html"
STAGES: Final = ("dokumen", "rapbdes", "data", "halaman", "indeks", "terbit")
"""What follows upon those of `pipeline.annual`; `rapbdes` where it is asked for, the last one is the publication."""


@dataclass(frozen=True)
class Making:
    """What the content is made from and with.

    Attributes:
        annual: what the run computed.
        wanted: `[laporan]`.
        inputs: the files behind it.
        made_from: fingerprint of everything it depends on.
        workers: processes for papers; 0: as many as help.
        progress: called with papers done and all papers.
    """

    annual: Annual
    wanted: ReportSettings
    inputs: Sequence[Input]
    made_from: str
    workers: int
    progress: Progress


def fill(making: Making, place: Publication, journal: Journal) -> None:
    """Everything into `place.content`; what an interrupted run made from the same is kept.

    Raises:
        ConfigError: a template is invalid.
        OutputError: a paper failed, or the disk is full or cannot be written.
    """
    folder = place.content
    paper_list = place.workshop / PAPER_LIST
    if paper_list.exists():
        paper_list.replace(folder / PAPER_LIST)
    with PaperFolder(folder, force=True) as papers:
        with journal.timed("dokumen"):
            ordered = annual_papers.ordered(making.annual, making.wanted, number=True)
            made = annual_papers.write(ordered, papers, making.workers, making.progress)
            names = [name.as_posix() for name in (*made.dibuat, *made.tetap)]
            notes = ordered.notes
            refuse_failed(made)
        if "rapbdes" in making.wanted.dokumen:
            with journal.timed("rapbdes"):
                made, pack, told = write_budgets(making.annual, making.wanted, folder, making.workers, making.progress)
                refuse_failed(made)
                names, notes = [*names, *pack], (*notes, *told)
        for note in notes:
            journal.write(note)
        with journal.timed("data"):
            names += write_data(making, papers)
        with journal.timed("halaman"):
            pages = write_pages(making, papers, names)
    with journal.timed("indeks"):
        (folder / PAPER_LIST).replace(paper_list)  # of use to the next run, not to a reader
        prune(folder, {*names, *pages})
        text = manifest_text(folder, about(making, [*names, *pages]), journal.times)
        with atomic(folder / MANIFEST, force=True) as path:
            path.write_bytes(text.encode())


def refuse_failed(made: Made) -> None:
    """A report that lacks a paper is not published.

    Raises:
        OutputError: one failed.
    """
    if made.gagal:
        told = listed([f"{name}: {reason}" for name, reason in made.gagal], 3)
        raise OutputError(
            f"{whole(len(made.gagal))} dokumen gagal dibuat ({told}), sehingga laporan tidak diterbitkan",
            "Betulkan sebabnya, lalu ulangi; dokumen yang sudah jadi dipakai lagi.",
        )


def write_data(making: Making, papers: PaperFolder) -> list[str]:
    """The data files; returns their names."""
    annual = making.annual
    names = []
    for name, content in package_files(
        annual, making.wanted.judul or f"Data IDM {annual.tahun}", making.wanted.lisensi
    ):
        path = PurePath(FOLDER, name)
        papers.write(path, content, making.made_from)
        names.append(path.as_posix())
    return names


def write_pages(making: Making, papers: PaperFolder, names: Sequence[str]) -> list[str]:
    """The pages, unless they stand there already; returns their names."""
    annual, wanted = making.annual, making.wanted
    context = report_context(
        annual,
        annual.compared,
        tanggal=annual.tanggal,
        judul=wanted.judul,
        dokumen=annual_papers.links(sorted(names)),
        templat=wanted.templat,
    )
    mark = fingerprint(context, wanted.format, making.made_from)
    expected = [*(f"laporan.{kind}" for kind in wanted.format), INDEX]
    if all(papers.state(PurePath(name), mark) == "tetap" for name in expected):
        return expected
    with scratch() as place:
        for path in write_report(context, place, wanted.format, wanted.templat):
            papers.write(PurePath(path.name), path.read_bytes(), mark)
    return expected


def prune(folder: Path, names: set[str]) -> None:
    """Take away what an interrupted run left and this one did not make."""
    for name, path in walked(folder):
        if name not in names:
            path.unlink()
    for path in sorted((one for one in folder.rglob("*") if one.is_dir()), reverse=True):
        if not any(path.iterdir()):
            path.rmdir()


def about(making: Making, names: Sequence[str]) -> dict[str, Any]:
    """What the manifest says beside the files: nothing that differs between two runs over the same."""
    annual = making.annual
    return {
        "judul": making.wanted.judul,
        "tahun": annual.tahun,
        "tanggal": annual.tanggal.isoformat(),
        "dari": making.made_from,
        "edisi": {"nama": annual.rubric.edisi, "sha256": annual.rubric.hash},
        "versi": versions(),
        "masukan": listing(making.inputs),
        "kebijakan_temuan": making.wanted.kebijakan_temuan,
        "hitungan": {**counts(annual), "berkas": dict(by_folder(names))},
        "temuan": findings(annual),
        "catatan": list(annual.catatan),
    }


def counts(annual: Annual) -> dict[str, Any]:
    """The figures that tell at a glance whether a report is the one that was expected."""
    villages = annual.classified.villages
    counted: dict[str, Any] = {
        "desa": villages.height,
        "desa_dihitung": villages.get_column(IDM_K).count(),
        "status": {
            status.nama: villages.filter(pl.col(STATUS) == status.nama).height for status in annual.rubric.status
        },
        "temuan": levels(annual),
    }
    if annual.compared is not None:
        last = annual.compared.ringkasan.to_dicts()[-1]
        counted["perubahan"] = {key: last[key] for key in ("dari", "ke", "naik", "turun", "tetap")}
    if annual.gapped is not None:
        counted["jalur"] = annual.gapped.villages.filter(pl.col("keadaan") == "ada_jalur").height
    if annual.planned is not None:
        plan = annual.planned.plan
        counted["rencana"] = {
            "desa_naik": int(plan.villages.get_column("naik_rencana").sum()),
            "pekerjaan": int(plan.worklist.get_column("pekerjaan").sum()),
            "terbukti": plan.solution.terbukti,
        }
    return counted


def levels(annual: Annual) -> dict[str, int]:
    """How many findings of each tingkat."""
    found = annual.validated.findings.get_column("tingkat")
    return {level: int((found == level).sum()) for level in LEVELS}


def findings(annual: Annual) -> list[dict[str, Any]]:
    """Findings counted by rule, gravest first."""
    return annual.validated.summary.select("aturan", "tingkat", "jumlah").to_dicts()


def by_folder(names: Sequence[str]) -> Iterator[tuple[str, int]]:
    """How many files each part of the report has; those above the folders are `halaman`."""
    parts = [PurePath(name).parts for name in names]
    heads = [one[0] if len(one) > 1 else "halaman" for one in parts]
    yield from ((head, heads.count(head)) for head in sorted(set(heads)))
