"""Rules about raw answers: empty, no number, below zero, an unknown choice, or another score stated beside them.

An empty answer only counts where an indicator cannot be scored for it: a score stated instead is enough.
"""

from collections.abc import Iterator
from typing import Final

import polars as pl

from idmcli.rubric.model import Indicator, Variable
from idmcli.sentences import said
from idmcli.validate.cells import number
from idmcli.validate.subject import ROW, TYPED, Subject
from idmcli.words import listed

NAMES: Final = (
    "jawaban_kosong",
    "jawaban_bukan_angka",
    "jawaban_negatif",
    "jawaban_mustahil",
    "jawaban_tak_dikenal",
    "skor_beda_jawaban",
)


def check(subject: Subject) -> list[pl.DataFrame]:
    """Findings about raw answers."""
    cells = [frame for name, indicators in subject.answers.items() for frame in _cells(subject, name, indicators)]
    asked = {one.nama: one for row in subject.rubric.indikator for one in row.jawaban.variabel}
    impossible = [frame for name in subject.answers for frame in _impossible(subject, asked[name])]
    return [*cells, *impossible, *_against_scores(subject)]


def _cells(subject: Subject, name: str, indicators: list[Indicator]) -> Iterator[pl.DataFrame]:
    """Cells of one answer that cannot be used."""
    variable = next(one for one in indicators[0].jawaban.variabel if one.nama == name)
    title = pl.lit(f"{name} ({variable.pertanyaan})")
    unscored = subject.computed.select(pl.any_horizontal(pl.col(one.kode).is_null() for one in indicators)).to_series()
    value = pl.col(name)
    choices = _choices(indicators)
    wrong = ~value.is_in(choices) if choices else value < 0
    cells = subject.cells(name, (value.is_null() & pl.lit(unscored)) | wrong.fill_null(value=False))
    if cells.is_empty():
        return
    blank = subject.is_blank(pl.col(TYPED))
    yield subject.at_rows("jawaban_kosong", cells.filter(blank).with_columns(pesan=said("Jawaban {} kosong", title)))
    if choices:
        pesan = said("Jawaban {} berisi “{}”; yang dikenal: {}", title, TYPED, pl.lit(listed(choices, 8)))
        yield subject.at_rows("jawaban_tak_dikenal", cells.filter(~blank).with_columns(pesan=pesan))
        return
    below = number(pl.col(TYPED)).fill_null(0) < 0
    negative = said("Jawaban {} berisi {}, di bawah nol", title, TYPED)
    yield subject.at_rows("jawaban_negatif", cells.filter(~blank & below).with_columns(pesan=negative))
    text = said("Jawaban {} berisi “{}”, bukan angka", title, TYPED)
    yield subject.at_rows("jawaban_bukan_angka", cells.filter(~blank & ~below).with_columns(pesan=text))


def _impossible(subject: Subject, variable: Variable) -> Iterator[pl.DataFrame]:
    """Numbers that no village can have: a fraction of a person, five kinds where four are named."""
    if not variable.satuan:
        return
    value, title = pl.col(variable.nama), pl.lit(f"{variable.nama} ({variable.pertanyaan})")
    bounds = []
    if variable.bulat:
        bounds.append(((value >= 0) & (value != value.floor()), "bilangan bulat"))
    if variable.terkecil is not None:
        bounds.append(((value >= 0) & (value < variable.terkecil), f"paling sedikit {variable.terkecil}"))
    if variable.terbesar is not None:
        bounds.append((value > variable.terbesar, f"paling banyak {variable.terbesar}"))
    for wrong, bound in bounds:
        cells = subject.cells(variable.nama, wrong.fill_null(value=False))
        pesan = said("Jawaban {} berisi {}, seharusnya {}", title, TYPED, pl.lit(bound))
        yield subject.at_rows("jawaban_mustahil", cells.with_columns(pesan=pesan))


def _choices(indicators: list[Indicator]) -> tuple[str, ...]:
    """The words that answer a question of choices; empty for numbers."""
    if all(indicator.jawaban.jenis not in {"ada", "pilihan"} for indicator in indicators):
        return ()
    return tuple(dict.fromkeys(word for indicator in indicators for row in indicator.skor for word in row.pilihan))


def _against_scores(subject: Subject) -> Iterator[pl.DataFrame]:
    """A stated score that differs from the score its answers give."""
    if subject.table.shape != "isian":
        return
    for code in subject.codes:
        both = subject.desa.select(ROW, tertulis=code).with_columns(subject.computed.get_column(code).alias("hitung"))
        pesan = said("{} tertulis {}, menurut jawabannya {}", pl.lit(code), "tertulis", "hitung")
        differs = both.filter(pl.col("tertulis") != pl.col("hitung"))
        yield subject.at_rows("skor_beda_jawaban", differs.with_columns(kolom=pl.lit(code), pesan=pesan))
