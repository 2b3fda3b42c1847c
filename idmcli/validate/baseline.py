"""Rules against an earlier year: resubmissions, jumps, renamed and vanished villages, facts that should (not) change.

Every row is compared with the latest baseline year before its own. A village whose scores are all unchanged is one
finding, not one more for every figure that did not move.
"""

from collections.abc import Iterator
from typing import Final

import polars as pl

from idmcli.columns import IDM_K, KODE_DESA, STATUS, TAHUN
from idmcli.regions import fold_expr
from idmcli.rubric.model import Rubric
from idmcli.sentences import said
from idmcli.validate.cells import number
from idmcli.validate.places import missing_villages
from idmcli.validate.subject import BEFORE, DRAFT, ROW, Subject
from idmcli.words import decimal, listed, signed

NAMES: Final = (
    "tak_berubah",
    "lonjakan",
    "status_turun",
    "desa_berganti_nama",
    "desa_hilang",
    "desa_baru",
    "data_statis_berubah",
    "data_dinamis_tetap",
)


def check(subject: Subject) -> list[pl.DataFrame]:
    """Findings against the baseline; none without one."""
    if subject.baseline is None or subject.previous is None:
        return []
    shared = [name for name in subject.previous.columns if name != ROW]
    pairs = subject.computed.join(
        subject.previous.select(ROW, pl.col(shared).name.suffix(BEFORE)), on=ROW, how="inner", maintain_order="left"
    )
    codes = [code for code in subject.rubric.codes if code in shared and code in pairs.columns]
    same = _unchanged(pairs, codes)
    resubmitted = pairs.filter(same) if len(codes) == len(subject.rubric.codes) else pairs.clear()
    return [
        subject.at_rows(
            "tak_berubah",
            resubmitted.with_columns(
                kolom=pl.lit(KODE_DESA),
                pesan=said("Ke-{} skor sama persis dengan tahun {}", pl.lit(len(codes)), _year_before()),
            ),
        ),
        *_moves(subject, pairs, codes),
        _renamed(subject, pairs),
        *_static_scores(subject, pairs, codes),
        *_facts(subject, pairs, resubmitted.get_column(ROW)),
        _new(subject, subject.baseline),
        _vanished(subject, subject.baseline),
    ]


def _unchanged(pairs: pl.DataFrame, codes: list[str]) -> pl.Expr:
    """Whether every score is what it was."""
    if not codes:
        return pl.lit(value=False)
    return pl.all_horizontal((pl.col(code) == pl.col(code + BEFORE)).fill_null(value=False) for code in codes)


def _year_before() -> pl.Expr:
    """The baseline year in words."""
    return pl.col(TAHUN + BEFORE).cast(pl.String).fill_null("sebelumnya")


def _moves(subject: Subject, pairs: pl.DataFrame, codes: list[str]) -> Iterator[pl.DataFrame]:
    """IDM that jumped, and status that fell, each with the indicators behind it."""
    if IDM_K + BEFORE not in pairs.columns:
        return
    rubric = subject.rubric
    rank = {status.nama: place for place, status in enumerate(sorted(rubric.status, key=lambda one: one.k_min))}
    leap = (pl.col(IDM_K).cast(pl.Int64) - pl.col(IDM_K + BEFORE)).abs() > subject.catalog.lonjakan_idm * rubric.scale
    fell = pl.col(STATUS).replace_strict(rank, default=None) < pl.col(STATUS + BEFORE).replace_strict(
        rank, default=None
    )
    for rule, which in (("lonjakan", leap), ("status_turun", fell & ~leap)):
        drafts = [(row[ROW], KODE_DESA, _told(row, rubric, codes)) for row in pairs.filter(which).iter_rows(named=True)]
        yield subject.at_rows(rule, pl.DataFrame(drafts, DRAFT, orient="row"))


def _told(row: dict[str, object], rubric: Rubric, codes: list[str]) -> str:
    """How IDM and status moved, and by which indicators most."""
    now, before = row[IDM_K], row[IDM_K + BEFORE]
    if not isinstance(now, int) or not isinstance(before, int):
        return ""
    change = now - before
    causes: list[tuple[int, str]] = []
    for code in codes:
        score, was = row[code], row[code + BEFORE]
        if isinstance(score, int) and isinstance(was, int) and (score - was) * change > 0:
            causes.append((abs(score - was) * rubric.unit(rubric.dimension_of(code)), f"{code} {was} menjadi {score}"))
    causes.sort(key=lambda cause: -cause[0])
    status = (
        f"{row[STATUS + BEFORE]} menjadi {row[STATUS]}"
        if row[STATUS] != row[STATUS + BEFORE]
        else f"tetap {row[STATUS]}"
    )
    because = f"; terutama {listed([text for _, text in causes], 3)}" if causes else ""
    return (
        f"IDM {decimal(before / rubric.scale)} menjadi {decimal(now / rubric.scale)} "
        f"({signed(change / rubric.scale)}), status {status}{because}"
    )


def _renamed(subject: Subject, pairs: pl.DataFrame) -> pl.DataFrame:
    """Same code, other name."""
    if "desa" + BEFORE not in pairs.columns:
        return subject.at_rows("desa_berganti_nama", pl.DataFrame(schema=DRAFT))
    differs = fold_expr(pl.col("desa")) != fold_expr(pl.col("desa" + BEFORE))
    pesan = said("Nama desa {} menjadi {} (kode {} tetap)", "desa" + BEFORE, "desa", KODE_DESA)
    return subject.at_rows("desa_berganti_nama", pairs.filter(differs).with_columns(kolom=pl.lit("desa"), pesan=pesan))


def _static_scores(subject: Subject, pairs: pl.DataFrame, codes: list[str]) -> Iterator[pl.DataFrame]:
    """Scores of static facts that changed."""
    for code in codes:
        indicator = subject.rubric.by_code[code]
        if indicator.sifat == "statis":
            pesan = said(
                "{} ({}) berubah dari {} menjadi {} sejak tahun {}",
                pl.lit(code),
                pl.lit(indicator.singkat),
                code + BEFORE,
                code,
                _year_before(),
            )
            changed = pairs.filter(pl.col(code) != pl.col(code + BEFORE))
            yield subject.at_rows(
                "data_statis_berubah", changed.with_columns(kolom=pl.lit(subject.column_of(code)), pesan=pesan)
            )


def _facts(subject: Subject, pairs: pl.DataFrame, resubmitted: pl.Series) -> Iterator[pl.DataFrame]:
    """Figures beside the scores (luas wilayah, jumlah penduduk, …) whose header `aturan.toml` knows."""
    before = {_folded(name.removesuffix(BEFORE)): name for name in pairs.columns if name.endswith(BEFORE)}
    apart = ~pl.col(ROW).is_in(resubmitted.implode())
    for name in subject.table.desa.columns:
        other = before.get(_folded(name))
        if other is None:
            continue
        known = pl.col(name).is_not_null() & pl.col(other).is_not_null()
        here, there = pl.col(name).cast(pl.String), pl.col(other).cast(pl.String)
        same = (_digits(here) == _digits(there)) | (number(here) == number(there)).fill_null(value=False)
        drafts = pairs.with_columns(kolom=pl.lit(name))
        if _folded(name) in subject.catalog.data_statis:
            pesan = said("{} berubah dari {} menjadi {} sejak tahun {}", pl.lit(name), there, here, _year_before())
            yield subject.at_rows("data_statis_berubah", drafts.filter(known & ~same).with_columns(pesan=pesan))
        elif _folded(name) in subject.catalog.data_dinamis:
            pesan = said("{} sama persis dengan tahun {}: {}", pl.lit(name), _year_before(), here)
            moving = known & same & (_digits(here).str.strip_chars("0") != "")
            yield subject.at_rows("data_dinamis_tetap", drafts.filter(moving & apart).with_columns(pesan=pesan))


def _folded(name: str) -> str:
    """A header in lower case words."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in name.lower()).split())


def _digits(text: pl.Expr) -> pl.Expr:
    """The digits alone: `1.250` and `1250` are the same figure."""
    return text.str.strip_suffix(".0").str.replace_all(r"\D", "")


def _named_in(frame: pl.DataFrame) -> pl.Expr:
    """Whether a village's desa and kecamatan are in `frame` by name: its code is at fault then, not the village."""
    key = pl.concat_str([fold_expr(pl.col("desa")), fold_expr(pl.col("kecamatan"))], separator=" ")
    return key.is_in(frame.select(key.alias("key")).to_series().drop_nulls().unique().implode()).fill_null(value=False)


def _new(subject: Subject, baseline: pl.DataFrame) -> pl.DataFrame:
    """Villages of the current data that no baseline year holds, in kabupaten that the baseline covers."""
    known = baseline.get_column(KODE_DESA).drop_nulls().unique()
    covered = _represented(known, subject.desa.get_column(KODE_DESA), subject.catalog.bagian_pembanding)
    code = pl.col(KODE_DESA)
    rows = subject.desa.filter(
        code.is_not_null() & ~code.is_in(known.implode()) & code.str.slice(0, 4).is_in(covered) & ~_named_in(baseline)
    ).unique(KODE_DESA, keep="first", maintain_order=True)
    pesan = said("{} {} tidak ada di data pembanding", code, pl.col("desa").fill_null("desa tanpa nama"))
    return subject.at_rows("desa_baru", rows.with_columns(kolom=pl.lit(KODE_DESA), pesan=pesan))


def _represented(present: pl.Series, whole: pl.Series, part: float) -> list[str]:
    """The kabupaten (four digits) of which `present` holds at least `part` as many villages as `whole` does."""
    counted = [codes.drop_nulls().unique().str.slice(0, 4).value_counts(name="n") for codes in (present, whole)]
    there, all_of = (dict(counts.iter_rows()) for counts in counted)
    return [code for code, number in there.items() if code in all_of and number >= part * all_of[code]]


def _vanished(subject: Subject, baseline: pl.DataFrame) -> pl.DataFrame:
    """Villages of the baseline's latest year that are gone, in kabupaten that the current data cover.

    Those of the reference are reported as missing already.
    """
    now = subject.desa.get_column(KODE_DESA).drop_nulls().unique()
    told = [str(missing.village[KODE_DESA]) for missing in missing_villages(subject)]
    latest = baseline.filter(pl.col(TAHUN).eq_missing(pl.col(TAHUN).max()))
    code = pl.col(KODE_DESA)
    represented = _represented(now, latest.get_column(KODE_DESA), subject.catalog.bagian_pembanding)
    gone = latest.filter(
        code.is_not_null()
        & ~code.is_in([*now.to_list(), *told])
        & ~_named_in(subject.desa)
        & code.str.slice(0, 4).is_in(represented)
    ).unique(KODE_DESA, keep="first", maintain_order=True)
    return subject.elsewhere(
        "desa_hilang",
        [
            {
                "kode_desa": row[KODE_DESA],
                "kolom": KODE_DESA,
                "pesan": f"{row[KODE_DESA]} {row['desa'] or 'desa tanpa nama'} ada di data pembanding"
                f"{f' tahun {row[TAHUN]}' if row[TAHUN] else ''}, sekarang tidak ada",
            }
            for row in gone.iter_rows(named=True)
        ],
    )
