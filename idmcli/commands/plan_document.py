"""A plan as one JSON document."""

from typing import Any

from idmcli import __version__
from idmcli.commands.console import SCHEMA_VERSION
from idmcli.pipeline.plan import Planned
from idmcli.pipeline.planning import Result


def document(result: Result) -> dict[str, Any]:
    """The plan, with scenarios and a company's steps where they were asked for."""
    plan = result.plan
    loaded = plan.gapped.loaded
    villages = plan.villages.drop(loaded.rubric.codes, strict=False)
    return {
        "idm": __version__,
        "skema": SCHEMA_VERSION,
        "perintah": "kopdar-plan",
        "edisi": loaded.rubric.edisi,
        "sumber": [{"berkas": source.berkas, "sha256": source.sha256} for source in loaded.sources],
        "andaian": [*loaded.notes, *plan.notes],
        "tahun_rencana": plan.tahun,
        "hasil": outcome(plan),
        "desa": villages.to_dicts(),
        "rencana": plan.worklist.to_dicts(),
        "instansi": plan.offices.to_dicts(),
        "pekerjaan_bersama": plan.shared.to_dicts(),
        "pemakaian": plan.solution.pemakaian.to_dicts(),
        "skenario": None if result.comparison is None else result.comparison.to_dicts(),
        "csr": None if result.csr is None else result.csr.to_dicts(),
    }


def outcome(plan: Planned) -> dict[str, Any]:
    """What was sought and how sure the answer is."""
    solution = plan.solution
    return {
        "tujuan": plan.tujuan,
        "satuan_biaya": plan.gapped.choice.biaya.satuan,
        "arti_biaya": plan.gapped.choice.biaya.arti,
        "sumber_biaya": plan.gapped.choice.biaya.sumber,
        "desa_naik": int(plan.villages.get_column("naik_rencana").sum()),
        "pekerjaan": int(plan.worklist.get_column("pekerjaan").sum()),
        "biaya": solution.biaya,
        "nilai": solution.nilai,
        "batas": solution.batas,
        "celah": solution.celah,
        "terbukti": solution.terbukti,
        "biaya_batas": solution.biaya_batas,
        "biaya_celah": solution.biaya_celah,
        "catatan": list(solution.catatan),
    }
