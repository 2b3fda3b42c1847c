"""The workbook of `idm score`: every village with live formulas, a recap per kabupaten, what was left out, and why.

The formulas repeat the computation so that an officer can follow it and try a change: sub-index = SUM of its scores
over their maximum, IDM the mean of the sub-indices, and the status looked up by the whole number ROUND(IDM × scale),
because a float one hair below a threshold must not change a status. Their cached results are our own figures, so that
a viewer that does not compute shows the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl

from idmcli import columns as col
from idmcli.rubric.model import Dimension, Rubric
from idmcli.words import whole
from idmcli.workbook.book import CREATED, new_book
from idmcli.workbook.catalogue import Column, Kind, column, columns, fitted
from idmcli.workbook.notes import NAME_K, NAME_STATUS, Notes, add_notes
from idmcli.workbook.recap_sheet import SHEET as RECAP_SHEET
from idmcli.workbook.recap_sheet import add_recap
from idmcli.workbook.sheets import Placed, SheetSpec, add_table, place
from idmcli.workbook.styles import BANDS

SHEET: Final = "SKOR"
LEFT_OUT_SHEET: Final = "TIDAK DIHITUNG"
RESULT_BAND: Final = "Hasil hitung"
STATED_BAND: Final = "Angka terbit"
SOURCE_BAND: Final = "Asal baris"
OTHER_BAND: Final = "Kolom lain dari berkas"
SCORE_WIDTH: Final = 3.6
WHO: Final = (col.KODE_DESA, "desa", "kecamatan", "kabupaten")


def write_score_book(
    scored: pl.DataFrame,
    target: Path,
    *,
    rubric: Rubric,
    sumber: Sequence[tuple[str, str]] = (),
    peringatan: Sequence[str] = (),
    created: datetime = CREATED,
) -> None:
    """Write the scored villages to `target` (see `export.atomic` for how it gets there).

    Args:
        scored: identity, the scores (may be absent: recap), computed columns, stated figures and any other columns.
        target: path to write.
        rubric: the edition that the scores follow.
        sumber: file and SHA-256 of each source.
        peringatan: what was assumed or must be known when the figures are used, one line each.
        created: creation date in the workbook's properties.

    Raises:
        OutputError: more rows than a sheet can hold.
        OSError: the file cannot be written.
    """
    statuses = [status.nama for status in rubric.status]
    spec = score_sheet(scored, rubric)
    left_out = scored.filter(pl.col(col.IDM_K).is_null())
    with new_book(target, spec.judul, created) as (book, styles):
        add_table(book, styles, spec, statuses)
        add_recap(book, styles, scored, place(spec), statuses, title_place(scored))
        if left_out.height:
            add_table(book, styles, left_out_sheet(left_out))
        answers = _answer_sheet(scored, rubric)
        if answers is not None:
            add_table(book, styles, answers)
        add_notes(book, styles, rubric, Notes(_sheet_guide(left_out.height, answers), tuple(sumber), tuple(peringatan)))


def score_sheet(scored: pl.DataFrame, rubric: Rubric) -> SheetSpec:
    """The sheet SKOR of the villages."""
    bands = {_band(dimension): BANDS[number % len(BANDS)] for number, dimension in enumerate(rubric.dimensi)}
    entries = _columns(scored, rubric, tuple(bands))
    printed = sum(entry.grup not in {SOURCE_BAND, OTHER_BAND} for entry in entries)
    first_score = next((n for n, entry in enumerate(entries) if entry.nama == rubric.codes[0]), 0)
    spec = SheetSpec(
        nama=SHEET,
        judul=f"Skor dan status IDM – {title_place(scored)}",
        frame=scored,
        keterangan=(
            f"{whole(scored.height)} baris; edisi {rubric.edisi}. Kolom hasil berisi rumus; "
            "ambang status ada di lembar KETERANGAN.",
        ),
        kolom=entries,
        band=bands,
        tegak=frozenset(rubric.codes),
        beku=2,
        cetak_kolom=printed,
        pisah=(first_score,) if first_score else (),
    )
    return replace(spec, rumus=index_formulas(place(spec), rubric, has_scores(scored, rubric)))


def identity(frame: pl.DataFrame) -> list[str]:
    """The columns that say who a row is; a province that all rows share stands in the title already."""
    one_province = "provinsi" in frame.columns and frame.get_column("provinsi").n_unique() == 1
    return [*WHO, *([] if one_province else ["provinsi"]), col.TAHUN]


def title_place(frame: pl.DataFrame) -> str:
    """Where and when: the province (or how many), then the year or years."""
    provinces = (
        frame.get_column("provinsi").drop_nulls().unique().sort().to_list() if "provinsi" in frame.columns else []
    )
    years = frame.get_column(col.TAHUN).drop_nulls().unique().sort().to_list() if col.TAHUN in frame.columns else []
    where = provinces[0] if len(provinces) == 1 else f"{len(provinces)} provinsi" if provinces else "desa"
    when = "" if not years else f" {years[0]}" if len(years) == 1 else f" {years[0]}–{years[-1]}"
    return f"{where}{when}"


def _band(dimension: Dimension) -> str:
    """The name of a dimension, if its columns have room for it."""
    fits = len(dimension.nama) < len(dimension.indikator) * SCORE_WIDTH
    return f"{dimension.nama} ({dimension.kode})" if fits else dimension.kode


def has_scores(scored: pl.DataFrame, rubric: Rubric) -> bool:
    """Whether the frame holds the scores of all indicators."""
    return all(code in scored.columns for code in rubric.codes)


def _columns(scored: pl.DataFrame, rubric: Rubric, bands: Sequence[str]) -> tuple[Column, ...]:
    """Who, the results, what was stated, the scores by dimension, other columns, and where the row came from.

    A province that all rows share stands at the far right, where it does not take room on paper.
    """
    who = identity(scored)
    result = [*col.INDICES, col.IDM_K, col.STATUS]
    stated = [name for name in col.STATED if name in scored.columns and scored.get_column(name).count()]
    agrees = [col.AGREES] if stated else []
    scores = [
        Column(code, _score_header(code, rubric), "nomor", SCORE_WIDTH, band)
        for dimension, band in zip(rubric.dimensi, bands, strict=True)
        for code in dimension.indikator
        if code in scored.columns
    ]
    answers = {variable.nama for indicator in rubric.indikator for variable in indicator.jawaban.variabel}
    origin = [] if "provinsi" in who else ["provinsi"]
    origin += [*col.PROVENANCE, col.CODE_METHOD]
    origin += [name for name in (col.CODE_PROPOSAL,) if name in scored.columns and scored.get_column(name).count()]
    used = {*who, *result, *col.STATED, col.AGREES, *rubric.codes, *answers, *origin, col.CODE_PROPOSAL, col.REASON}
    others = [name for name in scored.columns if name not in used]
    return (
        *columns(scored, who),
        *_banded(scored, result, RESULT_BAND),
        *_banded(scored, [*stated, *agrees], STATED_BAND),
        *scores,
        *_banded(scored, others, OTHER_BAND),
        *_banded(scored, origin, SOURCE_BAND),
    )


def _banded(scored: pl.DataFrame, names: Sequence[str], band: str) -> list[Column]:
    return [replace(entry, grup=band) for entry in columns(scored, names)]


def _score_header(code: str, rubric: Rubric) -> str:
    return f"{code} {rubric.by_code[code].label.removeprefix('Skor ')}"


def index_formulas(where: Placed, rubric: Rubric, scores: bool) -> dict[str, Callable[[int], str]]:
    """Formula makers for indices and status by column; the scores of a dimension stand side by side."""
    letter = where.letters
    formulas: dict[str, Callable[[int], str]] = {}
    if scores:
        for dimension in rubric.dimensi:
            first, last = letter[dimension.indikator[0]], letter[dimension.indikator[-1]]
            formulas[dimension.kolom] = _sub_index(first, last, len(dimension.indikator), dimension.maksimum)
    sub_first, sub_last = letter[rubric.dimensi[0].kolom], letter[rubric.dimensi[-1].kolom]
    count, idm, k = len(rubric.dimensi), letter["idm"], letter[col.IDM_K]
    scale = rubric.scale
    formulas["idm"] = lambda row: (
        f'=IF(COUNT({sub_first}{row}:{sub_last}{row})={count},SUM({sub_first}{row}:{sub_last}{row})/{count},"")'
    )
    formulas[col.IDM_K] = lambda row: f'=IF({idm}{row}="","",ROUND({idm}{row}*{scale},0))'
    formulas[col.STATUS] = lambda row: f'=IF({k}{row}="","",LOOKUP({k}{row},{NAME_K},{NAME_STATUS}))'
    return formulas


def _sub_index(first: str, last: str, count: int, most: int) -> Callable[[int], str]:
    return lambda row: f'=IF(COUNT({first}{row}:{last}{row})={count},SUM({first}{row}:{last}{row})/{most},"")'


def left_out_sheet(left_out: pl.DataFrame) -> SheetSpec:
    """The sheet TIDAK DIHITUNG: rows without an IDM, and why."""
    names = [*WHO, "provinsi", col.TAHUN, col.REASON, *col.PROVENANCE]
    return SheetSpec(
        nama=LEFT_OUT_SHEET,
        judul="Baris yang tidak dihitung",
        frame=left_out,
        keterangan=(f"{whole(left_out.height)} baris; lengkapi atau perbaiki datanya, lalu ulangi perintah tadi.",),
        kolom=columns(left_out, names),
        beku=2,
    )


def _answer_sheet(scored: pl.DataFrame, rubric: Rubric) -> SheetSpec | None:
    """The raw answers that the scores were computed from, where the input holds any."""
    variables = {variable.nama: variable for indicator in rubric.indikator for variable in indicator.jawaban.variabel}
    found = [name for name in variables if name in scored.columns]
    if not found:
        return None
    answers = [
        fitted(replace(column(name, scored.schema[name]), kind=_answer_kind(scored.schema[name]), width=14), scored)
        for name in found
    ]
    return SheetSpec(
        nama="ISIAN",
        judul=f"Isian yang menjadi dasar skor – {title_place(scored)}",
        frame=scored,
        keterangan=("Jawaban kuesioner sebagaimana terbaca; satuan dan syarat tiap skor: idm rubric.",),
        kolom=(*columns(scored, [*WHO, col.TAHUN]), *answers),
        beku=2,
    )


def _answer_kind(dtype: pl.DataType) -> Kind:
    return "angka" if dtype.is_numeric() else "teks"


def _sheet_guide(left_out: int, answers: SheetSpec | None) -> tuple[tuple[str, str], ...]:
    guide = [
        (SHEET, "Semua desa: hasil hitung dengan rumus hidup, angka terbit di sampingnya, lalu skor tiap indikator."),
        (RECAP_SHEET, "Jumlah desa tiap status dan rata-rata indeks per kabupaten, dihitung dari lembar SKOR."),
    ]
    if left_out:
        guide.append(
            (LEFT_OUT_SHEET, "Baris yang tidak dapat dihitung dan sebabnya; tidak ada angka yang dikira-kira.")
        )
    if answers is not None:
        guide.append((answers.nama, "Jawaban kuesioner yang menjadi dasar skor."))
    return tuple(guide)
