"""Parquet: typed columns back to one grid of text, the column names in its first row."""

import io

import polars as pl

from idmcli.reading.guard import refusing
from idmcli.reading.limits import MAX_CELLS, MAX_COLUMNS, thousands, too_large
from idmcli.tables import Grid


def read_parquet(berkas: str, data: bytes) -> Grid:
    """Row 1 holds the names, row 2 the first values; numbers keep every digit. InputError if broken or too large.

    Columns of lists, structures and bytes are no cells: they are left out and named in the assumptions.
    """
    with refusing(berkas):
        frame = pl.scan_parquet(io.BytesIO(data))
        schema = frame.collect_schema()
        height = int(frame.select(pl.len()).collect().item())
        if len(schema) > MAX_COLUMNS or height * len(schema) > MAX_CELLS:
            raise too_large(
                berkas,
                f"{thousands(height)} baris × {thousands(len(schema))} kolom (batasnya {thousands(MAX_CELLS)} sel)",
                "Bagi menurut provinsi atau tahun.",
            )
        plain = [name for name, dtype in schema.items() if not (dtype.is_nested() or dtype in (pl.Binary, pl.Object))]
        values = frame.select(pl.col(plain).cast(pl.String)).collect()
    names = [str(number) for number in range(len(plain))]
    heads = pl.DataFrame([plain], schema={name: pl.String() for name in names}, orient="row")
    left = [name for name in schema if name not in set(plain)]
    notes = (f"{berkas}: kolom tanpa isi sel dilewati ({', '.join(left)})",) if left else ()
    cells = pl.concat([heads, values.rename(dict(zip(plain, names, strict=True)))])
    return Grid(berkas, None, cells, "parquet", assumptions=notes)
