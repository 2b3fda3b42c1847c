"""The formal checks that a budget's own figures allow; what they leave open is said, not guessed."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import polars as pl

from idmcli.budget.lines import SPENDING
from idmcli.parameters.budget_rules import BREAKS, FITS, UNKNOWN, Rule
from idmcli.words import percent, whole

SCHEMA: Final = {
    "kode_desa": pl.String(),
    "aturan": pl.String(),
    "judul": pl.String(),
    "hasil": pl.String(),
    "jumlah": pl.Int64(),
    "ragu": pl.Int64(),
    "dari": pl.Int64(),
    "angka": pl.String(),
    "catatan": pl.String(),
    "dihitung": pl.String(),
    "acuan": pl.String(),
}
Judged = tuple[str, int, int, int, str, str]
"""`hasil, jumlah, ragu, dari, angka, catatan`."""


def formal_checks(lines: pl.DataFrame, totals: pl.DataFrame, rules: Sequence[Rule]) -> pl.DataFrame:
    """One row per village of `totals` and rule, in this order.

    Args:
        lines: `budget.lines`.
        totals: `budget.money.totals`.
        rules: what is checked.

    Returns:
        `kode_desa, aturan, judul`; `hasil` (`sesuai`, `tidak`, `tidak dapat diperiksa`); `jumlah` (rupiah that counts;
        of the balance what is left), `ragu` (rupiah of which it is open whether it counts), `dari` (the whole); `angka`
        (the figure in words), `catatan` (why it cannot be checked; else empty), `dihitung, acuan`.
    """
    spent = lines.filter(pl.col("daun") & (pl.col("jenis") == SPENDING))
    columns = [spent.group_by("kode_desa").agg(_sums(rule)) for rule in rules if rule.jenis == "bagian"]
    table = totals
    for column in columns:
        table = table.join(column, on="kode_desa", how="left")
    return pl.DataFrame(list(_rows(table.sort("kode_desa"), rules)), schema=SCHEMA, orient="row")


def _sums(rule: Rule) -> list[pl.Expr]:
    """Counted, open and whole amount of a share, named after the rule."""
    money, source = pl.col("anggaran"), pl.col("sumber_dana")
    code = pl.col("kode_kegiatan")
    counts = _within(rule.kegiatan) & ~_within(rule.kecuali)
    doubted = (_within(rule.ragu) & ~counts) | code.is_null()
    ours = source == rule.sumber if rule.sumber else pl.lit(value=True)
    # money without a source may be from the one that the rule is about
    unsourced = source.is_null() if rule.sumber else pl.lit(value=False)
    return [
        money.filter(ours & counts.fill_null(value=False)).sum().alias(f"{rule.nama}_jumlah"),
        money.filter((ours & doubted.fill_null(value=False)) | unsourced).sum().alias(f"{rule.nama}_ragu"),
        money.filter(ours).sum().alias(f"{rule.nama}_dari"),
    ]


def _within(starts: Sequence[str]) -> pl.Expr:
    code = pl.col("kode_kegiatan")
    found = [(code == start) | code.str.starts_with(f"{start}.") for start in starts]
    return pl.any_horizontal(found) if found else pl.lit(value=False)


def _rows(table: pl.DataFrame, rules: Sequence[Rule]) -> Iterator[tuple[Any, ...]]:
    for village in table.iter_rows(named=True):
        for rule in rules:
            judged = _balance(village) if rule.jenis == "imbang" else _share(village, rule)
            yield village["kode_desa"], rule.nama, rule.judul, *judged, rule.dihitung, rule.acuan


def _balance(village: dict[str, Any]) -> Judged:
    """Income − spending + financing received − financing paid."""
    left = village["pendapatan"] - village["belanja"]
    left += village["penerimaan_pembiayaan"] - village["pengeluaran_pembiayaan"]
    if not village["baris_pendapatan"] or not village["baris_belanja"]:
        missing = "pendapatan" if village["baris_belanja"] else "belanja"
        return UNKNOWN, left, 0, village["belanja"], "–", f"Berkas tidak memuat {missing}."
    figure = "selisih Rp0" if not left else f"{'sisa' if left > 0 else 'kurang'} Rp{whole(abs(left))}"
    return FITS if not left else BREAKS, left, 0, village["belanja"], figure, ""


def _share(village: dict[str, Any], rule: Rule) -> Judged:
    counted, doubted, total = (village[f"{rule.nama}_{part}"] or 0 for part in ("jumlah", "ragu", "dari"))
    if not total:
        of = f"belanja bersumber {rule.sumber}" if rule.sumber else "belanja"
        return UNKNOWN, counted, doubted, total, "–", f"Tidak ada {of} dalam berkas."
    figure = percent(counted, total)
    if rule.paling_banyak is None and rule.paling_sedikit is None:
        return UNKNOWN, counted, doubted, total, figure, "Peraturan tidak menyebut batas angka; bagiannya dicetak saja."
    outcomes = {_keeps(part, total, rule) for part in (counted, counted + doubted)}
    if len(outcomes) > 1:
        more = percent(counted + doubted, total)
        why = f"Antara {figure} dan {more}: bergantung pada belanja yang belum pasti dihitung (Rp{whole(doubted)})."
        return UNKNOWN, counted, doubted, total, f"{figure}–{more}", why
    return FITS if outcomes.pop() else BREAKS, counted, doubted, total, figure, ""


def _keeps(part: int, total: int, rule: Rule) -> bool:
    """Whether `part` of `total` keeps to the limits, compared exactly."""
    most, least = rule.paling_banyak, rule.paling_sedikit
    return (most is None or 100 * part <= most * total) and (least is None or 100 * part >= least * total)
