"""The verification pack of the draft budgets as part of an annual report."""

from pathlib import Path, PurePath
from typing import Final

from idmcli.commands.annual_papers import Progress
from idmcli.commands.rapbdes_order import pack_order
from idmcli.documents.budget_pack import write_pack
from idmcli.documents.folder import MANIFEST, PaperFolder
from idmcli.documents.make import Made
from idmcli.findings import LEVELS, count
from idmcli.parameters.report_settings import ReportSettings
from idmcli.pipeline.annual import Annual
from idmcli.pipeline.budget_files import read_budgets
from idmcli.pipeline.rapbdes import scored_villages, verify_budgets
from idmcli.words import listed, whole

FOLDER: Final = PurePath("rapbdes")


def write_budgets(
    annual: Annual, wanted: ReportSettings, report: Path, workers: int, progress: Progress
) -> tuple[Made, list[str], tuple[str, ...]]:
    """Verify the draft budgets and make their pack below `report`.

    Returns:
        What became of the papers; the names of all files of the pack below `report`; and what must be known.

    Raises:
        InputError: a file is missing, or not one can be read.
        ConfigError: mapping, crosswalk, rules, a template or a logo is invalid.
        OutputError: the disk is full or cannot be written at all.
    """
    gapped, settings = annual.gapped, annual.settings
    if gapped is None:
        return Made((), (), (), ()), [], ("Tanpa skor 50 indikator RAPBDes tidak dapat diverifikasi",)
    budgets = read_budgets(
        [str(path) for path in wanted.rapbdes],
        regions=annual.loaded.regions,
        villages=scored_villages(gapped),
        pemetaan=wanted.pemetaan,
    )
    verified = verify_budgets(gapped, budgets, settings)
    notes = [*budgets.notes, *verified.notes]
    if budgets.unknown:
        strangers = listed([one.berkas for one in budgets.unknown])
        notes.append(
            f"RAPBDes yang desanya tidak dikenali ({strangers}): sebut dalam berkas laporan.pemetaan; idm rapbdes "
            "membuat berkas itu untuk diisi"
        )
    found = [f"{whole(number)} {level}" for level in LEVELS if (number := count(verified.findings, level))]
    if found:
        notes.append(f"Temuan dalam berkas RAPBDes: {listed(found)}; lihat {FOLDER / 'temuan.xlsx'}")
    order = pack_order(
        verified,
        budgets,
        settings,
        formats=wanted.bentuk_dokumen,
        templat=wanted.templat,
        tanggal=annual.tanggal,
        workers=workers,
    )
    with PaperFolder(report / FOLDER, force=True) as folder:
        made = write_pack(verified, folder, order, tuple(notes), progress)
    names = [(FOLDER / name).as_posix() for name in (*made.dibuat, *made.tetap)]
    return made, [*names, (FOLDER / MANIFEST).as_posix()], tuple(notes)
