"""Columns that some files have and others lack."""

from collections.abc import Sequence

import polars as pl

from idmcli import columns as col
from idmcli.merge.result import ORIGIN
from idmcli.tables import Layout

_NOT_COMPARED = frozenset({*col.IDENTITY, *col.CODE_PARTS, ORIGIN, ORIGIN.upper()})
"""Codes and places are completed from each other; they need not stand in every file."""


def differing(layouts: Sequence[Layout]) -> pl.DataFrame:
    """`kolom`, `wajib` (a table of this shape needs it), `tidak_ada` (sheets without it), `ada` (how many have it).

    Needed columns first, then as they come. Columns that no sheet has are listed too where they are needed.
    """
    having = {
        name: [layout for layout in layouts if any(use.nama == name for use in (*layout.columns, *layout.extra))]
        for name in dict.fromkeys(
            name
            for layout in layouts
            for name in (*(use.nama for use in (*layout.columns, *layout.extra)), *layout.missing)
        )
        if name not in _NOT_COMPARED
    }
    rows = [
        {
            "kolom": name,
            "wajib": any(name in layout.missing for layout in layouts),
            "tidak_ada": [place(layout) for layout in layouts if not any(layout is other for other in there)],
            "ada": len(there),
        }
        for name, there in having.items()
        if len(there) < len(layouts)
    ]
    schema = {"kolom": pl.String(), "wajib": pl.Boolean(), "tidak_ada": pl.List(pl.String()), "ada": pl.Int64()}
    return pl.DataFrame(rows, schema=schema).sort("wajib", descending=True, maintain_order=True)


def place(layout: Layout) -> str:
    """File and sheet."""
    return f"{layout.berkas} ({layout.lembar})" if layout.lembar else layout.berkas
