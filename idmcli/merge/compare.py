"""Rows of the same village and year: which say the same, which say less, and which contradict each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from idmcli import columns as col
from idmcli.merge.choice import Candidate, Version, pick
from idmcli.merge.result import FULLER, IDENTICAL, OTHER_CHOSEN

Content = tuple[str | None, ...]


@dataclass(frozen=True)
class Conflict:
    """Contents that contradict each other: the first row of each, and the row number that was chosen (None: none)."""

    rows: tuple[int, ...]
    chosen: int | None


@dataclass(frozen=True)
class Verdict:
    """Row numbers that stay, in order; why each other row goes and which one is used for it; the contradictions."""

    kept: tuple[int, ...]
    gone: Mapping[int, tuple[str, int]]
    conflicts: tuple[Conflict, ...]


def compare(
    desa: pl.DataFrame,
    isi: pl.DataFrame,
    files: Sequence[str],
    wanted: Sequence[str],
    versions: Mapping[str, Version],
    order: Mapping[str, int],
) -> Verdict:
    """Judge all rows.

    Args:
        desa: the rows, with `kode_desa` and `tahun`.
        isi: their content as text, same order.
        files: their files.
        wanted: what decides contradictions (see `choice.pick`).
        versions: when each file was saved.
        order: place of each file among the files.
    """
    contents: list[Content] = isi.rows()
    kept: list[int] = []
    gone: dict[int, tuple[str, int]] = {}
    found: list[Conflict] = []
    for members in _groups(desa, isi):
        same: dict[Content, list[int]] = {}
        for row in members:
            same.setdefault(contents[row], []).append(row)
        candidates = _candidates(same, files)
        chosen: int | None = candidates[0].rows[0]
        if len(candidates) > 1:
            chosen = pick(candidates, wanted, versions, order)
            found.append(Conflict(tuple(one.rows[0] for one in candidates), chosen))
        for one in candidates:
            own = one.rows[0] if chosen is None or chosen not in one.rows else chosen
            used = own if chosen is None else chosen
            if used == own:
                kept.append(own)
            else:
                gone[own] = OTHER_CHOSEN, used
            gone |= {row: (IDENTICAL if used == own else OTHER_CHOSEN, used) for row in one.rows if row != own}
            gone |= dict.fromkeys(one.covered, (FULLER if used == own else OTHER_CHOSEN, used))
    return Verdict(tuple(sorted(kept)), gone, tuple(found))


def covers(fuller: Content, other: Content) -> bool:
    """Whether every filled cell of `other` stands in `fuller` with the same content."""
    return all(theirs is None or theirs == ours for ours, theirs in zip(fuller, other, strict=True))


def _groups(desa: pl.DataFrame, isi: pl.DataFrame) -> list[list[int]]:
    """Row numbers by village and year, in the order of the first; a row without a code counts by its place names.

    A row without code and name stands alone.
    """
    named = pl.col(col.KODE_DESA).is_null() & isi.get_column("desa").is_not_null()
    alone = pl.col(col.KODE_DESA).is_null() & isi.get_column("desa").is_null()
    keys = desa.with_row_index("no").select(
        col.KODE_DESA,
        col.TAHUN,
        *(pl.when(named).then(isi.get_column(name)).alias(name) for name in col.PLACES),
        sendiri=pl.when(alone).then("no"),
    )
    groups: dict[tuple[object, ...], list[int]] = {}
    for row, key in enumerate(keys.rows()):
        groups.setdefault(key, []).append(row)
    return list(groups.values())


def _candidates(same: Mapping[Content, list[int]], files: Sequence[str]) -> list[Candidate]:
    """The contents that no other one covers, in the order of their first rows, each with the rows that it covers.

    A content that several cover belongs to the first of them.
    """
    most = [content for content in same if not any(other != content and covers(other, content) for other in same)]
    covered: dict[Content, list[int]] = {content: [] for content in most}
    for content, rows in same.items():
        if content not in covered:
            covered[next(one for one in most if covers(one, content))] += rows
    return [
        Candidate(
            rows=tuple(same[content]),
            files=tuple(files[row] for row in same[content]),
            covered=tuple(covered[content]),
            covered_files=tuple(files[row] for row in covered[content]),
        )
        for content in most
    ]
