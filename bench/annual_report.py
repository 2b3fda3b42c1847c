"""The annual report of 447 desa and the year before, its time split by stage, as the command itself records it."""

import json
import shutil
import sys
from pathlib import Path

from timing import run

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = """
[laporan]
masukan = ["{samples}/kaltara.xlsx"]
sebelumnya = ["{samples}/kaltara-2023.xlsx"]
keluaran = "laporan"
dokumen = {papers}
kebijakan_temuan = "terbitkan"
"""
PAPERS = {"no papers": (), "worklists of offices": ("pelaku",), "all papers": ("lembar", "pelaku", "berita-acara")}


def measure(folder: Path) -> None:
    """One run for each choice of papers: seconds by stage, whole process, peak memory."""
    for title, papers in PAPERS.items():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        settings = folder / "idm.toml"
        asked = SETTINGS.format(samples=(ROOT / "samples").as_posix(), papers=json.dumps(papers))
        settings.write_text(asked, encoding="utf-8")
        seconds, peak = run([sys.executable, "-m", "idmcli", "annual-report", "-c", str(settings), "--quiet"], ROOT)
        manifest = json.loads((folder / "laporan" / "manifest.json").read_text(encoding="utf-8"))
        stages = sorted(manifest["waktu"].items(), key=lambda stage: -stage[1])
        told = ", ".join(f"{name} {took:.1f}" for name, took in stages if took >= 0.05)
        print(f"annual report, {title:24}{seconds:9.1f} s, peak memory {peak / 1e6:.0f} MB", flush=True)
        print(f"{'':4}{told}; {len(manifest['berkas'])} files", flush=True)
