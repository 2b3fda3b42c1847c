"""Rules about whole rows: no figures at all, figures carried over from an earlier year, a reason nothing else tells."""

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from idmcli.columns import BARIS, BERKAS, KODE_DESA, LEMBAR, REASON, REMARK, STATED_STATUS, SUB_INDICES, TAHUN
from idmcli.sentences import said
from idmcli.validate.catalog import bare
from idmcli.validate.subject import DRAFT, ROW, TYPED, Subject

NAMES: Final = ("alasan_di_sel_angka", "status_tak_dikenal", "data_lama", "tak_terhitung")

_EMPTY: Final = {"rekap": "indeks_kosong", "isian": "jawaban_kosong"}
"""Which rule an empty row belongs to, by the shape of the table; `skor_kosong` for all others."""


def check(subject: Subject) -> list[pl.DataFrame]:
    """Findings about rows."""
    return [*_bare(subject), *_statuses(subject), *_carried_over(subject)]


def unexplained(subject: Subject, found: pl.DataFrame) -> pl.DataFrame:
    """Rows that could not be scored although nothing in `found` is about them or about a column their sheet lacks."""
    if REASON not in subject.computed.columns:
        return subject.at_rows("tak_terhitung", pl.DataFrame(schema=DRAFT))
    place = [BERKAS, LEMBAR, BARIS]
    needed = (*subject.rubric.codes, *(f"{name}_terbit" for name in SUB_INDICES))
    missing = pl.any_horizontal(pl.lit(value=False), *(subject.absent(name) for name in needed))
    rows = subject.computed.filter(pl.col(REASON).is_not_null() & ~missing)
    rows = rows.select(ROW, BERKAS, LEMBAR, pl.col(BARIS).cast(pl.Int64), REASON)
    left = rows.join(found.filter(pl.col("tingkat") != "info").select(place), on=place, how="anti", nulls_equal=True)
    return subject.at_rows("tak_terhitung", left.with_columns(kolom=pl.lit(KODE_DESA), pesan=REASON))


def _bare(subject: Subject) -> Iterator[pl.DataFrame]:
    """Rows without a single figure: the reason, where a cell or remark tells one."""
    if subject.bare.is_empty():
        return
    cells = {name: subject.typed(subject.bare, name).to_list() for name in subject.figures}
    remarks = subject.typed(subject.bare, REMARK).to_list()
    empty: list[tuple[Any, ...]] = []
    reasons: list[tuple[Any, ...]] = []
    for number, row in enumerate(subject.bare.to_list()):
        told = next((name for name, texts in cells.items() if _is_sentence(subject, texts[number])), None)
        if told:
            text = cells[told][number]
            reasons.append((row, told, f"Tertulis “{text}” di sel angka, dan baris ini tidak memuat satu angka pun"))
        else:
            remark = f" (keterangan: {remarks[number]})" if remarks[number] else ""
            pesan = f"Semua {len(cells)} sel angka di baris ini kosong{remark}"
            empty.append((row, subject.figures[0], pesan))
    rule = _EMPTY.get(subject.table.shape, "skor_kosong")
    yield subject.at_rows(rule, pl.DataFrame(empty, DRAFT, orient="row"))
    yield subject.at_rows("alasan_di_sel_angka", pl.DataFrame(reasons, DRAFT, orient="row"))


def _is_sentence(subject: Subject, text: str | None) -> bool:
    """Whether a cell as typed holds words rather than a mistyped number or a word for nothing."""
    if text is None or bare(text) in subject.catalog.kosong:
        return False
    return sum(letter.isalpha() for letter in text) > 2


def _statuses(subject: Subject) -> Iterator[pl.DataFrame]:
    """Stated statuses that the edition does not have."""
    if STATED_STATUS not in subject.desa.columns:
        return
    known = [status.nama for status in subject.rubric.status]
    value = pl.col(STATED_STATUS)
    cells = subject.cells(STATED_STATUS, value.is_null() | ~value.is_in(known))
    pesan = said("Status “{}” tidak dikenal; yang ada: {}", TYPED, pl.lit(", ".join(known)))
    yield subject.at_rows(
        "status_tak_dikenal", cells.filter(~subject.is_blank(pl.col(TYPED))).with_columns(pesan=pesan)
    )


def _carried_over(subject: Subject) -> Iterator[pl.DataFrame]:
    """Remarks that name an earlier year (`Update 2023` in data of 2024)."""
    if REMARK not in subject.desa.columns:
        return
    year = pl.col(REMARK).cast(pl.String).str.extract(subject.catalog.data_lama, 1).cast(pl.Int32)
    rows = subject.desa.select(ROW, TAHUN, REMARK, sejak=year, kolom=pl.lit(REMARK))
    pesan = said("Keterangan “{}”: angka tahun {} ini terbawa dari tahun {}", REMARK, TAHUN, "sejak")
    yield subject.at_rows("data_lama", rows.filter(pl.col("sejak") < pl.col(TAHUN)).with_columns(pesan=pesan))
