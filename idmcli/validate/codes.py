"""Rules about a village's code: its shape, its scheme, how it was found, and whether two rows claim the same one."""

from typing import Final

import polars as pl

from idmcli.columns import BERKAS, IDENTITY, KODE_DESA, PROVENANCE, TAHUN
from idmcli.regions import fold_expr
from idmcli.sentences import said
from idmcli.validate.subject import ROW, Subject

NAMES: Final = (
    "kode_kosong",
    "kode_bentuk",
    "kode_kelurahan",
    "kode_bps",
    "kode_dari_nama",
    "nama_usulan",
    "usulan_dipakai",
    "desa_ganda",
)
FOUND_BY: Final = "cara_kode"
PROPOSAL: Final = "usulan_kode"

OWNER: Final = pl.col("_pemilik")
"""Which code the typed name has by the reference (see `with_owner`)."""

_SHAPE: Final = r"^[1-9]\d{5}[123]\d{3}$"
"""PP KK CC DDDD; the first digit of DDDD tells kelurahan (1), desa (2) and desa adat (3)."""
_EXPONENT: Final = r"\d[eE]\+?\d"
_KELURAHAN: Final = r"^\d{6}1"


def check(subject: Subject) -> list[pl.DataFrame]:
    """Findings about the code column."""
    return [*_without_code(subject), *_shape(subject), *_found_otherwise(subject), _repeated(subject)]


def _without_code(subject: Subject) -> list[pl.DataFrame]:
    """Rows for which no code is known: empty, not a code, or only a proposal."""
    desa = subject.desa.filter(pl.col(KODE_DESA).is_null())
    if desa.is_empty():
        return []
    proposal = pl.col(PROPOSAL) if PROPOSAL in desa.columns else pl.lit(None, dtype=pl.String)
    rows = desa.select(
        ROW,
        kolom=pl.lit(KODE_DESA),
        usulan=proposal,
        tempat=_place(),
        typed=subject.typed(desa.get_column(ROW), KODE_DESA),
    )
    blank = subject.is_blank(pl.col("typed"))
    proposed = pl.col("usulan").is_not_null()
    known = subject.regions.frame.select(
        usulan=KODE_DESA, acuan=said("{} (Kec. {}, Kab. {})", "desa", "kecamatan", "kabupaten")
    )
    rows = rows.join(known, on="usulan", how="left", maintain_order="left")
    digits = pl.col("typed").str.replace_all(r"\D", "").str.len_chars()
    what = (
        pl.when(pl.col("typed").str.contains(_EXPONENT))
        .then(
            said(
                "tertulis {}: angka belakangnya hilang karena sel berformat ilmiah; isi lagi sebagai teks",
                "typed",
            )
        )
        .when(digits == 10)
        .then(pl.lit("tidak bisa dipastikan desanya: bukan kode Kemendagri yang dikenal, dan namanya tidak ketemu"))
        .otherwise(said("bukan kode Kemendagri: ada {} angka, seharusnya 10", digits))
    )
    return [
        subject.at_rows(
            "nama_usulan",
            rows.filter(proposed).with_columns(
                pesan=said(
                    "Kode {} belum pasti; menurut nama mungkin {} {}", "tempat", "usulan", pl.col("acuan").fill_null("")
                )
            ),
        ),
        subject.at_rows(
            "kode_kosong",
            rows.filter(blank & ~proposed).with_columns(
                pesan=said("Kode {} kosong, dan nama itu tidak ketemu di acuan wilayah", "tempat")
            ),
        ),
        subject.at_rows(
            "kode_bentuk",
            rows.filter(~blank & ~proposed).with_columns(pesan=said("Kode {} {}", "tempat", what)),
        ),
    ]


def _shape(subject: Subject) -> list[pl.DataFrame]:
    """Codes of ten digits that cannot be a village of Kemendagri's scheme."""
    code = pl.col(KODE_DESA)
    rows = subject.desa.select(ROW, KODE_DESA, "desa", "kecamatan").filter(
        ~code.str.contains(_SHAPE) | code.str.contains(_KELURAHAN)
    )
    rows = with_owner(subject, rows).with_columns(kolom=pl.lit(KODE_DESA), tempat=_place())
    shaped = code.str.contains(_SHAPE)
    return [
        subject.at_rows(
            "kode_bentuk",
            rows.filter(~shaped).with_columns(
                pesan=said(
                    "Kode {} {} bukan kode Kemendagri: angka ke-7 {}, seharusnya 2 (desa) atau 3 (desa adat); "
                    "mungkin kode BPS{}",
                    code,
                    "tempat",
                    code.str.slice(6, 1),
                    OWNER,
                )
            ),
        ),
        subject.at_rows(
            "kode_kelurahan",
            rows.filter(shaped).with_columns(
                pesan=said("Kode {} {} milik kelurahan (angka ke-7 adalah 1)", code, "tempat")
            ),
        ),
    ]


def _found_otherwise(subject: Subject) -> list[pl.DataFrame]:
    """Codes that were not simply read: from the name, from a BPS code (once per sheet), from an accepted proposal."""
    if FOUND_BY not in subject.desa.columns:
        return []
    desa = subject.desa.filter(pl.col(FOUND_BY).is_in(["nama", "bps", "usulan"]))
    once = (
        desa.group_by(FOUND_BY, BERKAS, "lembar", maintain_order=True)
        .agg(pl.col(ROW).first(), jumlah=pl.len())
        .with_columns(kolom=pl.lit(KODE_DESA), jumlah=pl.col("jumlah").cast(pl.String))
    )
    used = desa.filter(pl.col(FOUND_BY) == "usulan").select(ROW, KODE_DESA, kolom=pl.lit("desa"), tempat=_place())
    return [
        subject.at_rows(
            "kode_bps",
            once.filter(pl.col(FOUND_BY) == "bps").with_columns(
                pesan=said("{} kode di lembar ini kode BPS; desanya dicari lewat nama yang sama persis", "jumlah")
            ),
        ),
        subject.at_rows(
            "kode_dari_nama",
            once.filter(pl.col(FOUND_BY) == "nama").with_columns(
                pesan=said("{} kode di lembar ini dicari dari nama kabupaten, kecamatan dan desa", "jumlah")
            ),
        ),
        subject.at_rows(
            "usulan_dipakai",
            used.with_columns(pesan=said("{} dibaca sebagai {}, usulan yang diterima", "tempat", KODE_DESA)),
        ),
    ]


def _repeated(subject: Subject) -> pl.DataFrame:
    """The same village and year again: every row after the first, which is named."""
    key = [KODE_DESA, TAHUN]
    again = subject.desa.filter(
        pl.col(KODE_DESA).is_not_null() & ~pl.struct(key).is_first_distinct(), pl.struct(key).is_duplicated()
    )
    if again.is_empty():
        return subject.at_rows("desa_ganda", pl.DataFrame({ROW: [], "kolom": [], "pesan": []}))
    values = [name for name in subject.table.desa.columns if name not in {*PROVENANCE, *IDENTITY, FOUND_BY, PROPOSAL}]
    first = subject.desa.select(ROW, BERKAS, *key).unique(key, keep="first", maintain_order=True)
    pairs = again.select(ROW, BERKAS, *key, tempat=_place()).join(
        first, on=key, how="left", nulls_equal=True, maintain_order="left", suffix="_pertama"
    )
    one = subject.table.desa.select(values)[pairs.get_column(ROW)]
    other = subject.table.desa.select(values)[pairs.get_column(f"{ROW}_pertama")]
    same = pl.Series(
        [left == right for left, right in zip(one.iter_rows(), other.iter_rows(), strict=True)], dtype=pl.Boolean
    )
    cells = subject.addresses(pairs.select(row=f"{ROW}_pertama", kolom=pl.lit(KODE_DESA)))
    where = (
        pl.when(pl.col(BERKAS) == pl.col(f"{BERKAS}_pertama"))
        .then(pl.col("_sel"))
        .otherwise(said("{} di {}", "_sel", f"{BERKAS}_pertama"))
    )
    return subject.at_rows(
        "desa_ganda",
        pairs.with_columns(cells.fill_null("baris lain").alias("_sel"), same.alias("_sama")).with_columns(
            kolom=pl.lit(KODE_DESA),
            pesan=said(
                "{} {} sudah ada{} di {}; isi kedua baris {}",
                KODE_DESA,
                "tempat",
                pl.when(pl.col(TAHUN).is_null()).then(pl.lit("")).otherwise(said(" untuk {}", TAHUN)),
                where,
                pl.when("_sama").then(pl.lit("sama")).otherwise(pl.lit("berbeda")),
            ),
        ),
    )


def with_owner(subject: Subject, rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `OWNER`: `; kode X menurut acuan Y` where the typed desa and kecamatan have another code than the row's.

    Names that the reference holds twice in one kecamatan say nothing; the text is empty then.
    """
    key = ["_desa", "_kecamatan"]
    folded = [fold_expr(pl.col(name[1:])).alias(name) for name in key]
    by_name = subject.regions.frame.select(*folded, _milik=KODE_DESA).unique(key, keep="none")
    other = pl.col("_milik").is_not_null() & (pl.col("_milik") != pl.col(KODE_DESA))
    told = pl.when(other).then(said("; kode {} menurut acuan {}", "desa", "_milik")).otherwise(pl.lit(""))
    return (
        rows.with_columns(folded)
        .join(by_name, on=key, how="left", maintain_order="left")
        .with_columns(told.alias("_pemilik"))
        .drop("_milik")
    )


def _place() -> pl.Expr:
    """`LONG LORO (Kec. X)` for a message; what is not known is left out."""
    district = pl.when(pl.col("kecamatan").is_null()).then(pl.lit("")).otherwise(said(" (Kec. {})", "kecamatan"))
    return pl.concat_str(pl.col("desa").fill_null("desa tanpa nama"), district)
