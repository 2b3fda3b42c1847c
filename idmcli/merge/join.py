"""The merge itself: rows of the same village and year against each other."""

from collections.abc import Callable, Mapping, Sequence

from idmcli import columns as col
from idmcli.merge.choice import Version
from idmcli.merge.compare import compare
from idmcli.merge.missing import absent, area_of
from idmcli.merge.report import conflicts, empty_rows, left_out, per_file
from idmcli.merge.result import Merged
from idmcli.merge.rows import measures, stack
from idmcli.merge.structure import differing
from idmcli.regions import Regions
from idmcli.rubric.model import Rubric
from idmcli.tables import VillageTable

NUMBER = "no"


def merge(
    tables: Sequence[VillageTable],
    *,
    rubric: Rubric,
    regions: Regions,
    versions: Mapping[str, Version],
    is_blank: Callable[[str], bool],
    pilih: Sequence[str] = (),
    wilayah: str | None = None,
    tahun: Sequence[int] = (),
) -> Merged:
    """One table of all, each village-year once unless its rows contradict each other.

    Rows that say the same count once; a row whose every filled cell another row has too gives way to that fuller one
    (the forms that come back with most villages still blank). Rows that contradict each other all stay, side by side,
    until `pilih` decides; that is reported cell by cell. Nothing that anybody filled in is lost unsaid.

    Args:
        tables: what was read, at least one, in the order of the files.
        rubric: the edition that the tables were read with.
        regions: the reference of villages.
        versions: when each file (`berkas` of the rows) was saved.
        is_blank: whether a typed text means that nothing was filled in.
        pilih: `terbaru` or names of files, in order of preference.
        wilayah: code prefix (2, 4 or 6 digits) whose villages should be there; default the smallest area of the
            reference that holds all that were met.
        tahun: years for which every village should be there; default those met.

    Raises:
        InputError: the tables hold different things (scores, answers, recaps).
    """
    rows = stack(tables, rubric, is_blank)
    files: list[str] = rows.desa.get_column(col.BERKAS).to_list()
    order = {file: place for place, file in enumerate(dict.fromkeys(files))}
    verdict = compare(rows.desa, rows.isi, files, pilih, versions, order)
    numbered = rows.desa.with_row_index(NUMBER)
    sorting = [col.TAHUN, col.KODE_DESA, NUMBER]
    kept = numbered[list(verdict.kept)].sort(sorting, nulls_last=True)
    numbers = kept.get_column(NUMBER)
    desa = kept.drop(NUMBER)
    area = area_of(desa, regions) if wilayah is None else (wilayah,)
    return Merged(
        desa=desa,
        mentah=rows.mentah[numbers],
        shape=rows.shape,
        layouts=tuple(layout for table in tables for layout in table.layouts),
        versions=versions,
        dilepas=left_out(rows.desa, verdict),
        konflik=conflicts(rows.desa, rows.isi, verdict, versions, order),
        kosong=empty_rows(desa, rows.isi[numbers].select(measures(desa.columns, rubric))),
        tidak_ada=absent(desa, regions, area, tahun),
        wilayah=area,
        struktur=differing([layout for table in tables for layout in table.layouts]),
        berkas=per_file(rows.desa, verdict),
        tahun_diisi=rows.filled_years,
    )
