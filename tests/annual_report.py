"""An annual report in small: three villages of two years, one page instead of charts."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Any

from idmcli.documents.province import Books
from idmcli.parameters.report_settings import ReportSettings
from idmcli.pipeline.annual import Annual
from tests.conftest import ROOT

DOCUMENTS = ROOT / "samples" / "rumusan"
CONFIG = """
[laporan]
masukan = ["data"]
keluaran = "laporan"
format = ["html"]
"""
EARLIER = 'sebelumnya = ["dulu"]\n'


def office(folder: Path, more: str = "") -> Path:
    """A folder with `idm.toml` and two years of three villages; returns the configuration."""
    for name, year in (("data", 2024), ("dulu", 2023)):
        (folder / name).mkdir()
        for path in sorted(DOCUMENTS.glob("*-2024.json")):
            text = path.read_text(encoding="utf-8").replace("2024", str(year))
            (folder / name / path.name.replace("2024", str(year))).write_text(text, encoding="utf-8")
    config = folder / "idm.toml"
    config.write_text(CONFIG + more, encoding="utf-8")
    return config


def small_context(annual: Annual, compared: Any, **named: Any) -> dict[str, Any]:
    """In place of `report_context`: the few things that a test looks at."""
    del compared
    return {
        "judul": named["judul"],
        "tanggal": named["tanggal"].isoformat(),
        "peringatan": annual.galat,
        "dokumen": [link.nama for link in named["dokumen"]],
    }


def one_page(context: Any, folder: Path, formats: Sequence[str], templat: Path | None) -> list[Path]:
    """In place of `write_report`: what is published does not matter here, but that it is published whole."""
    del templat
    names = [*(f"laporan.{kind}" for kind in formats), "index.html"]
    for name in names:
        (folder / name).write_text(json.dumps(context), encoding="utf-8")
    return [folder / name for name in names]


def one_book(annual: Annual, wanted: ReportSettings) -> Books:
    """In place of the workbooks."""

    def write(path: Path) -> None:
        path.write_bytes(b"buku")

    return Books({PurePath("ringkasan.xlsx"): write}, (annual, wanted))


def log(folder: Path) -> list[dict[str, Any]]:
    """The lines of the log."""
    return [json.loads(line) for line in (folder / "laporan.log.jsonl").read_text(encoding="utf-8").splitlines()]


def content(folder: Path) -> dict[str, str]:
    """Every file with its hash, timings left out."""
    found = {}
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        data = path.read_bytes()
        if path.name == "manifest.json":
            read = json.loads(data)
            del read["waktu"]
            data = json.dumps(read).encode()
        found[path.relative_to(folder).as_posix()] = hashlib.sha256(data).hexdigest()
    return found
