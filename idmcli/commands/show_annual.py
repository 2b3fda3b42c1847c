"""What `idm annual-report` did, or would do, in words and as JSON."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.markup import escape

from idmcli import __version__
from idmcli.calendar import long_date
from idmcli.commands.annual_make import STAGES as MAKING
from idmcli.commands.annual_make import counts
from idmcli.commands.annual_papers import ordered
from idmcli.commands.annual_run import Ended, Order, obey_policy
from idmcli.commands.console import SCHEMA_VERSION, item
from idmcli.errors import WithheldError
from idmcli.parameters.report_settings import ReportSettings
from idmcli.pipeline.annual import STAGES as COMPUTING
from idmcli.pipeline.annual import Annual, make_annual
from idmcli.report.inputs import Input, check_places, inputs_of
from idmcli.report.manifest import read_manifest
from idmcli.report.publish import judge
from idmcli.settings import Settings
from idmcli.words import decimal, listed, whole

COMMAND: Final = "annual-report"


@dataclass(frozen=True)
class Foreseen:
    """What a run would do.

    Attributes:
        annual: what it would compute.
        wanted: `[laporan]`.
        inputs: the files that it would read.
        dokumen: how many papers it would make.
        catatan: what must be known, one line each.
        tertahan: why nothing would be published; empty if it would be.
        mengganti: whether a report stands at the target.
    """

    annual: Annual
    wanted: ReportSettings
    inputs: tuple[Input, ...]
    dokumen: int
    catatan: tuple[str, ...]
    tertahan: str
    mengganti: bool


def foresee(settings: Settings, wanted: ReportSettings, order: Order) -> Foreseen:
    """Compute everything and write nothing.

    Raises:
        InputError, ConfigError: what would end the run.
    """
    check_places(settings, wanted)
    judge(wanted.keluaran)
    inputs = inputs_of(settings, wanted)
    annual = make_annual(settings)
    papers = ordered(annual, wanted, number=False)
    withheld = ""
    try:
        obey_policy(annual, wanted, order)
    except WithheldError as error:
        withheld = str(error)
    there = read_manifest(wanted.keluaran) is not None
    notes = tuple(dict.fromkeys((*annual.catatan, *papers.notes)))
    if "rapbdes" in wanted.dokumen:
        files = sum(one.guna == "rapbdes" for one in inputs)
        notes = (*notes, f"Paket verifikasi dari {whole(files)} berkas RAPBDes belum terhitung dalam jumlah dokumen")
    return Foreseen(annual, wanted, inputs, papers.total + len(papers.books.tulis), notes, withheld, there)


def show_foreseen(console: Console, foreseen: Foreseen) -> None:
    """What would be done, stage by stage."""
    wanted, annual = foreseen.wanted, foreseen.annual
    console.print("Uji coba: tidak ada yang ditulis", style="bold")
    fate = "menggantikan laporan yang ada" if foreseen.mengganti else "folder baru"
    console.print(escape(f"Tujuan: {wanted.keluaran.resolve()} ({fate})"), soft_wrap=True)
    console.print(escape(f"Log: {wanted.log}"), soft_wrap=True)
    console.print(escape(f"Tahun {annual.tahun}, bertanggal {long_date(annual.tanggal)}{_whence(wanted)}"))
    console.print("\nMasukan", style="bold")
    for use in dict.fromkeys(one.guna for one in foreseen.inputs):
        item(console, f"{use}: {listed([one.berkas for one in foreseen.inputs if one.guna == use])}")
    console.print("\nTahap", style="bold")
    item(console, " → ".join(stages(wanted)))
    console.print("\nHasil", style="bold")
    for line in (*figures(counts(annual)), f"{whole(foreseen.dokumen)} dokumen dan buku kerja", _forms(wanted)):
        item(console, line)
    if foreseen.catatan:
        console.print("\nCatatan", style="bold")
        for line in foreseen.catatan:
            item(console, line, mark="• ")
    if foreseen.tertahan:
        console.print(f"\n[bold red]Tidak akan terbit.[/] {escape(foreseen.tertahan)}")


def foreseen_document(foreseen: Foreseen) -> dict[str, Any]:
    """The same as JSON."""
    return {
        **_head("uji"),
        "folder": str(foreseen.wanted.keluaran.resolve()),
        "mengganti": foreseen.mengganti,
        "log": str(foreseen.wanted.log),
        "tahun": foreseen.annual.tahun,
        "tanggal": foreseen.annual.tanggal.isoformat(),
        "masukan": [one._asdict() for one in foreseen.inputs],
        "tahap": list(stages(foreseen.wanted)),
        "format": list(foreseen.wanted.format),
        "dokumen": foreseen.dokumen,
        "hitungan": counts(foreseen.annual),
        "catatan": list(foreseen.catatan),
        "tertahan": foreseen.tertahan or None,
    }


def stages(wanted: ReportSettings) -> tuple[str, ...]:
    """The stages that a run would go through."""
    own = [stage for stage in MAKING if stage != "rapbdes" or stage in wanted.dokumen]
    return ("masukan", *COMPUTING, *own)


def show(console: Console, ended: Ended) -> None:
    """What stands now, and how long it took."""
    manifest = ended.manifest
    head = "Laporan terbit" if ended.keadaan == "terbit" else "Sudah mutakhir, tidak ada yang dibuat"
    console.print(escape(f"{head}: {ended.folder} ({whole(len(manifest['berkas']))} berkas)"), soft_wrap=True)
    for line in figures(manifest["hitungan"]):
        item(console, line)
    for line in ended.notes:
        console.print(escape(line), style="yellow", soft_wrap=True)
    slow = sorted(ended.waktu.items(), key=lambda stage: -stage[1])[:4]
    took = ", ".join(f"{stage} {decimal(seconds, 1)}" for stage, seconds in slow)
    console.print(f"Waktu: {decimal(sum(ended.waktu.values()), 1)} detik ({took})")


def document(ended: Ended) -> dict[str, Any]:
    """The same as JSON."""
    manifest = ended.manifest
    return {
        **_head(ended.keadaan),
        "folder": str(ended.folder),
        "tahun": manifest["tahun"],
        "tanggal": manifest["tanggal"],
        "sidik": manifest["sidik"],
        "berkas": len(manifest["berkas"]),
        "hitungan": manifest["hitungan"],
        "temuan": manifest["temuan"],
        "catatan": [*manifest["catatan"], *ended.notes],
        "waktu": ended.waktu,
    }


def figures(counted: dict[str, Any]) -> list[str]:
    """The key figures, one line each."""
    status = [f"{name} {whole(number)}" for name, number in reversed(counted["status"].items()) if number]
    lines = [f"{whole(counted['desa'])} desa: {listed(status)}"]
    if moved := counted.get("perubahan"):
        lines.append(
            f"{moved['dari']} ke {moved['ke']}: naik {whole(moved['naik'])}, turun {whole(moved['turun'])}, "
            f"tetap {whole(moved['tetap'])}"
        )
    if plan := counted.get("rencana"):
        sure = "terbukti terbaik" if plan["terbukti"] else "belum terbukti terbaik: batas waktu habis"
        lines.append(f"Rencana: {whole(plan['desa_naik'])} desa naik, {whole(plan['pekerjaan'])} pekerjaan ({sure})")
    found = [f"{whole(number)} {grade}" for grade, number in counted["temuan"].items() if number]
    return [*lines, f"Temuan: {listed(found) or 'tidak ada'}"]


def _head(keadaan: str) -> dict[str, Any]:
    return {"idm": __version__, "skema": SCHEMA_VERSION, "perintah": COMMAND, "keadaan": keadaan}


def _whence(wanted: ReportSettings) -> str:
    return "" if wanted.tanggal else " (akhir tahun data; atur dengan laporan.tanggal)"


def _forms(wanted: ReportSettings) -> str:
    return f"Halaman: index.html, {', '.join(f'laporan.{kind}' for kind in wanted.format)}; data: {Path('data')}/"
