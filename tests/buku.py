"""Books of a few villages of the sample, with everything in them, and how tests read them."""

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import polars as pl
import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from idmcli import classify as classify_step
from idmcli import gap, plan
from idmcli.parameters.areas import load_area
from idmcli.parameters.costs import effort_costs
from idmcli.pipeline import Request, load
from idmcli.rubric import Rubric
from idmcli.settings import Settings
from idmcli.workbook import GapTables, SummaryTables

ROOT = Path(__file__).parents[1]
SOURCES = (("kaltara.xlsx", "ab" * 32),)
WAYS = (("Biaya", "Beban kerja menurut rubrik."), ("Terkunci", "IKS20, IKS21, IKS22"))
GROUP = "PESISIR"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode"><value>0</value></prop>
</item>
</oor:items>
"""


@dataclass(frozen=True)
class Sample:
    """Scored villages with paths and a plan that takes every village's own path.

    `villages` hold the columns of classify, of the paths and of the plan; the last one lacks a score.
    """

    rubric: Rubric
    scored: pl.DataFrame
    villages: pl.DataFrame
    works: pl.DataFrame
    gap_tables: GapTables
    summary_tables: SummaryTables

    @property
    def planned(self) -> pl.DataFrame:
        """The villages that have an IDM."""
        return self.villages.filter(pl.col("idm_k").is_not_null())

    @property
    def shared(self) -> pl.DataFrame:
        """Works that serve several villages."""
        return plan.shared_works(self.works, self.rubric)

    @property
    def csr(self) -> pl.DataFrame:
        """What a company could do in the villages."""
        area = load_area(",".join(self.planned.get_column("kode_desa").to_list()))
        return plan.csr_steps(self.gap_tables.kesenjangan, self.planned, area, self.rubric, self.works)


def scores_of(file: str, rows: int) -> tuple[Rubric, pl.DataFrame]:
    """The first villages of each kabupaten of a sample file, scored; the last of them with one score taken out."""
    loaded = load(Request((str(ROOT / "samples" / file),)), Settings())
    few = loaded.scored.group_by("kabupaten", maintain_order=True).head(rows)
    gone = pl.int_range(pl.len()) == pl.len() - 1
    rubric = loaded.rubric
    known = [
        name for name in few.columns if name not in {"iks", "ike", "ikl", "idm", "idm_k", "status", "alasan", "cocok"}
    ]
    raw = few.select(known).with_columns(pl.when(gone).then(None).otherwise("IKE03").alias("IKE03"))
    from idmcli.scoring import score

    return rubric, score(raw, rubric)


@cache
def sample(rows: int = 3) -> Sample:
    """A sample of so many villages per kabupaten."""
    rubric, scored = scores_of("kaltara.xlsx", rows)
    choice = gap.Choice(biaya=effort_costs(rubric))
    paths = gap.find_paths(scored, rubric, choice)
    reached = pl.concat([classify_step.classify(scored, rubric), paths.desa], how="horizontal")
    villages = reached.with_columns(
        (pl.col("keadaan") == "ada_jalur").alias("naik_rencana"),
        pl.coalesce("status_baru", "status").alias("status_rencana"),
        pl.coalesce("idm_k_baru", "idm_k").alias("idm_k_rencana"),
    )
    works = _works(scored, villages, rubric, choice, paths.langkah)
    standing = gap.standing(scored, rubric)
    _, before = scores_of("kaltara-2023.xlsx", rows)
    return Sample(
        rubric,
        scored,
        villages,
        works,
        GapTables(
            langkah=paths.langkah,
            alternatif=paths.alternatif,
            kesenjangan=gap.deficits(scored, rubric, gap.locks(scored, rubric, choice)),
            indikator={level: gap.indicator_recap(scored, rubric, level) for level in ("provinsi", "kabupaten")},
            langkah_pertama=gap.first_steps(paths.langkah, rubric),
            kekuatan=gap.strengths(standing, scored, rubric),
            kelemahan=gap.weaknesses(standing, scored, rubric),
            mirip=gap.similar(scored, rubric),
        ),
        SummaryTables(
            langkah_pertama=gap.first_steps(paths.langkah, rubric),
            pekerjaan=works,
            tahun_rencana=2025,
            perubahan=classify_step.moves(before, scored, rubric),
            sasaran=classify_step.targets(villages, rubric, {"MANDIRI": 10, "MAJU": 2, "TERTINGGAL": 1}),
        ),
    )


def _works(
    scored: pl.DataFrame, villages: pl.DataFrame, rubric: Rubric, choice: gap.Choice, langkah: pl.DataFrame
) -> pl.DataFrame:
    """Every village's own path as a worklist; all villages form one kawasan, so that some works are shared."""
    members = dict.fromkeys(villages.get_column("kode_desa").to_list(), GROUP)
    steps = plan.assign(gap.options(scored, rubric, choice), villages, rubric, plan.ActorRule(), members)
    best = langkah.filter(pl.col("pilihan") == 0).select("no", "kode", "ke")
    return plan.worklist(steps.join(best, on=["no", "kode", "ke"], how="semi", maintain_order="left"), villages, rubric)


def sheets(path: Path, *, cached: bool = True) -> dict[str, Worksheet]:
    """The sheets by name, with results or with formulas."""
    return {sheet.title: sheet for sheet in load_workbook(path, data_only=cached).worksheets}


def header_of(sheet: Worksheet, first: str) -> int:
    """The row of a table's header, known by its first column."""
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == first)


def widths(sheet: Worksheet) -> dict[int, float]:
    """Width of each column that has one, by its number."""
    found: dict[int, float] = {}
    for dimension in sheet.column_dimensions.values():
        found |= {column: float(dimension.width) for column in range(dimension.min or 0, (dimension.max or 0) + 1)}
    return found


def table(sheet: Worksheet, header: int) -> list[dict[str, object]]:
    """The rows below a header, up to the first empty one."""
    names = [str(cell.value) for cell in sheet[header]]
    rows: list[dict[str, object]] = []
    for row in sheet.iter_rows(min_row=header + 1, values_only=True):
        if row[0] is None and row[1] is None:
            break
        rows.append(dict(zip(names, row, strict=True)))
    return rows


def cells(path: Path) -> Iterator[tuple[str, str, str, str | float | None]]:
    """Sheet, address, formula (empty: none) and value of every cell that has a value; quicker than any library."""
    with ZipFile(path) as book:
        shared = (
            ["".join(node.itertext()) for node in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]
            if "xl/sharedStrings.xml" in book.namelist()
            else []
        )
        names = [
            str(sheet.get("name"))
            for sheet in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{MAIN}sheet")
        ]
        for number, name in enumerate(names, 1):
            for cell in ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml")).iter(f"{MAIN}c"):
                formula, value = cell.findtext(f"{MAIN}f", ""), cell.findtext(f"{MAIN}v")
                kind = cell.get("t", "n")
                if kind == "s" and value is not None:
                    yield name, str(cell.get("r")), formula, shared[int(value)]
                elif formula or value is not None:
                    yield name, str(cell.get("r")), formula, value if kind == "str" else float(value) if value else None


def recalculated(books: Sequence[Path], folder: Path) -> list[Path]:
    """The books as LibreOffice computes them anew; skips where it is not installed."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) tidak terpasang: rumus tidak dapat dihitung ulang")
    profile = folder / "profil"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")
    out = folder / "hasil"
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(out), *map(str, books)], check=True, capture_output=True, timeout=180)
    return [out / book.name for book in books]


def shown_length(value: float, form: str) -> int:
    """How many characters a number takes in one of our formats."""
    if "%" in form:
        decimals = len(form.split(".")[1].rstrip("%")) if "." in form else 0
        return len(f"{100 * value:.{decimals}f}%")
    decimals = len(re.split(r"[.;]", form)[1]) if "." in form.split(";")[0] else 0
    sign = form.startswith("+") and value >= 0
    return len(f"{value:,.{decimals}f}" if "," in form else f"{value:.{decimals}f}") + sign
