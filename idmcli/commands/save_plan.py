"""A plan to files: one workbook or data file, and the workbooks among the papers."""

from functools import partial
from pathlib import Path, PurePath

import polars as pl

from idmcli.commands import method
from idmcli.commands.save import about, sources
from idmcli.commands.show_gap import cost_words
from idmcli.commands.show_plan import proof, purpose
from idmcli.documents.names import safe_name
from idmcli.documents.province import Book, Books
from idmcli.errors import UsageError
from idmcli.export import write_frame
from idmcli.pipeline.plan import Planned
from idmcli.pipeline.planning import Result
from idmcli.plan import PRIORITY, rule_text
from idmcli.words import whole
from idmcli.workbook import (
    PAPERS,
    Paper,
    PlanTables,
    SummaryTables,
    write_csr_book,
    write_office_book,
    write_plan_book,
    write_summary_book,
)

OFFICES, COMPANY = PurePath("pelaku"), PurePath("csr")


def paper(named: str) -> Paper:
    """A paper size as typed.

    Raises:
        UsageError: an unknown one.
    """
    known = {name.casefold(): one for name, one in PAPERS.items()}
    if named.strip().casefold() not in known:
        raise UsageError(f"--kertas {named} tidak dikenal", f"Pilih: {', '.join(known)}.")
    return known[named.strip().casefold()]


def write(result: Result, output: str, force: bool, kertas: Paper) -> int:
    """Write in the format of the ending; returns the number of works."""
    meta = {**about(result.plan.gapped.loaded), "tahun_rencana": result.plan.tahun, "tujuan": result.plan.tujuan}
    rows = result.plan.worklist
    write_frame(rows.drop("no"), output, force=force, meta=meta, workbook=lambda path: plan_book(result, kertas, path))
    return rows.height


def books(result: Result, perusahaan: str, kertas: Paper) -> Books:
    """The workbooks among the papers."""
    plan = result.plan
    made: dict[PurePath, Book] = {
        PurePath("rencana.xlsx"): partial(plan_book, result, kertas),
        PurePath("ringkasan.xlsx"): partial(summary_book, result, kertas),
    }
    for number, (pelaku, instansi) in enumerate(plan.offices.select("pelaku", "instansi").iter_rows(), 1):
        name = OFFICES / pelaku.upper() / f"{safe_name(instansi, pelaku.upper())}.xlsx"
        if name in made:
            name = name.with_stem(f"{name.stem} ({number})")
        made[name] = partial(office_book, plan, kertas, pelaku, instansi)
    if result.csr is not None and result.area is not None:
        name = COMPANY / f"LAMPIRAN MOU {safe_name(perusahaan, 'PERUSAHAAN')}.xlsx"
        made[name] = partial(company_book, plan, result.csr, result.area.nama, perusahaan, kertas)
    return Books(made, (result, perusahaan, kertas))


def plan_book(result: Result, kertas: Paper, path: Path) -> None:
    """The plan in full."""
    plan = result.plan
    compared = result.comparison
    write_plan_book(
        plan.villages,
        plan.worklist,
        path,
        rubric=plan.gapped.rubric,
        satuan=plan.gapped.choice.biaya.satuan,
        tahun=plan.tahun,
        tables=PlanTables(
            diminta=asked(plan),
            hasil=found(plan),
            pemakaian=plan.solution.pemakaian.rename({"terpakai": "biaya"}),
            bersama=plan.shared,
            skenario=pl.DataFrame() if compared is None else compared,
        ),
        cara=of_plan(plan),
        sumber=sources(plan.gapped.loaded),
        peringatan=warnings(result),
        kertas=kertas,
    )


def summary_book(result: Result, kertas: Paper, path: Path) -> None:
    """The provincial book."""
    plan, classified = result.plan, result.classified
    write_summary_book(
        plan.villages,
        path,
        rubric=plan.gapped.rubric,
        tables=SummaryTables(
            langkah_pertama=plan.gapped.first_steps,
            pekerjaan=plan.worklist,
            satuan=plan.gapped.choice.biaya.satuan,
            tahun_rencana=plan.tahun,
            perubahan=classified.moves,
            sasaran=classified.targets,
            pantau_poin=classified.pantau_poin,
        ),
        cara=of_plan(plan),
        sumber=sources(plan.gapped.loaded),
        peringatan=warnings(result),
        kertas=kertas,
    )


def office_book(plan: Planned, kertas: Paper, pelaku: str, instansi: str, path: Path) -> None:
    """The worklist of one office."""
    rows = plan.worklist.filter((pl.col("pelaku") == pelaku) & (pl.col("instansi") == instansi))
    write_office_book(
        rows,
        path,
        rubric=plan.gapped.rubric,
        pelaku=rows.item(0, "pelaku"),
        instansi=instansi,
        satuan=plan.gapped.choice.biaya.satuan,
        tempat=where(plan),
        cara=of_plan(plan),
        sumber=sources(plan.gapped.loaded),
        peringatan=(*plan.gapped.loaded.notes, *plan.notes),
        kertas=kertas,
    )


def company_book(plan: Planned, steps: pl.DataFrame, wilayah: str, perusahaan: str, kertas: Paper, path: Path) -> None:
    """The annex of a company's MoU."""
    write_csr_book(
        steps,
        path,
        rubric=plan.gapped.rubric,
        perusahaan=perusahaan,
        wilayah=wilayah,
        cara=of_plan(plan),
        sumber=sources(plan.gapped.loaded),
        peringatan=(*plan.gapped.loaded.notes, *plan.notes),
        kertas=kertas,
    )


def where(plan: Planned) -> str:
    """Provinces and plan year, for titles."""
    names = plan.villages.get_column("provinsi").drop_nulls().unique(maintain_order=True).to_list()
    return " ".join([", ".join(names), *([f"tahun {plan.tahun}"] if plan.tahun else [])])


def warnings(result: Result) -> tuple[str, ...]:
    """What must be known about the data and the plan."""
    return (*result.plan.gapped.loaded.notes, *result.plan.notes, *result.notes, *result.plan.solution.catatan)


def asked(plan: Planned) -> list[tuple[str, str]]:
    """What was asked of the plan."""
    pairs = [("Yang dicari", purpose(plan))]
    if plan.tahun:
        pairs.append(("Tahun pelaksanaan", str(plan.tahun)))
    for label, values in (("Bobot status", plan.limits.bobot), ("Paling sedikit desa naik", plan.limits.minimum)):
        if values:
            pairs.append((label, ", ".join(f"{name}: {number}" for name, number in values.items())))
    for goal in plan.limits.sasaran:
        least = f"paling sedikit {goal.paling_sedikit}" if goal.paling_sedikit is not None else ""
        most = f"paling banyak {goal.paling_banyak}" if goal.paling_banyak is not None else ""
        pairs.append((f"Sasaran {goal.status}", least or most))
    return pairs


def found(plan: Planned) -> list[tuple[str, str]]:
    """What the plan gives, and how sure it is."""
    rising = int(plan.villages.get_column("naik_rencana").sum())
    pairs = [
        ("Desa naik status", f"{whole(rising)} dari {whole(plan.villages.height)}"),
        ("Pekerjaan", whole(int(plan.worklist.get_column("pekerjaan").sum()))),
        ("Bukti", proof(plan)),
    ]
    if cost := cost_words(plan.gapped.choice, plan.solution.biaya):
        word, _, amount = cost.partition(" ")
        pairs.insert(2, (word.capitalize(), amount))
    return pairs


def of_plan(plan: Planned) -> method.Pairs:
    """As for paths, and how the plan chose among them."""
    pairs = [("Rencana", f"{purpose(plan)}; {proof(plan)}"), ("Prioritas", PRIORITY)]
    pairs += [("Pelaku", line) for line in rule_text(plan.rule, plan.gapped.rubric)]
    return [*pairs, *method.of_paths(plan.gapped.choice, plan.gapped.rubric)]
