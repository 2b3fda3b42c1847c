"""A verification as one JSON document."""

from collections.abc import Sequence
from typing import Any

from idmcli import __version__
from idmcli.commands.console import SCHEMA_VERSION
from idmcli.documents.make import Made
from idmcli.pipeline.budget_files import Budgets
from idmcli.pipeline.rapbdes import Verified


def document(verified: Verified, budgets: Budgets, notes: Sequence[str], made: Made | None) -> dict[str, Any]:
    """Villages, their indicators with the lines that address them, checks, verdicts, recaps and findings."""
    loaded, hasil = verified.gapped.loaded, verified.hasil
    return {
        "idm": __version__,
        "skema": SCHEMA_VERSION,
        "perintah": "rapbdes",
        "edisi": loaded.rubric.edisi,
        "sumber": [{"berkas": source.berkas, "sha256": source.sha256} for source in loaded.sources],
        "andaian": list(notes),
        "tahun_anggaran": verified.tahun,
        "berkas": budgets.files.to_dicts(),
        "desa": hasil.desa.to_dicts(),
        "indikator": hasil.indikator.to_dicts(),
        "tautan": hasil.tautan.drop("_baris").to_dicts(),
        "uang": hasil.uang.to_dicts(),
        "formal": hasil.formal.to_dicts(),
        "putusan": hasil.aspek.to_dicts(),
        "kecamatan": verified.kecamatan.to_dicts(),
        "kabupaten": verified.kabupaten.to_dicts(),
        "rekap_indikator": verified.indikator.to_dicts(),
        "tanpa_berkas": verified.tanpa_berkas.to_dicts(),
        "tanpa_skor": verified.tanpa_skor.to_dicts(),
        "temuan": verified.findings.to_dicts(),
        "dokumen": None if made is None else papers(made),
    }


def papers(made: Made) -> dict[str, Any]:
    """What became of the papers."""
    return {
        "dibuat": [name.as_posix() for name in made.dibuat],
        "tetap": [name.as_posix() for name in made.tetap],
        "disunting": [name.as_posix() for name in made.disunting],
        "gagal": [{"berkas": name.as_posix(), "alasan": reason} for name, reason in made.gagal],
    }
