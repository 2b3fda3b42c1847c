"""A cell as a number, for the rules that look at cells as typed."""

import polars as pl


def number(text: pl.Expr) -> pl.Expr:
    """A cell as a number, with decimal comma or point; null if it is none."""
    return text.str.strip_chars().str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
