"""A sentence per row of a frame, from a template and columns."""

import polars as pl


def said(template: str, *parts: pl.Expr | str) -> pl.Expr:
    """A sentence per row: each `{}` of the template is the next part (an expression, or a column's name).

    A part that is null reads `–`, so that a row never loses its sentence. Not `pl.format`: that one panics (polars
    2.1.0) on a filtered frame with an empty chunk beside a column of other chunks, which `concat_str` does not.
    """
    texts = template.split("{}")
    if len(texts) != len(parts) + 1:
        raise ValueError(f"{len(parts)} parts for {template!r}")
    pieces: list[pl.Expr] = [pl.lit(texts[0])]
    for part, text in zip(parts, texts[1:], strict=True):
        value = pl.col(part) if isinstance(part, str) else part
        pieces += [value.cast(pl.String).fill_null("–"), pl.lit(text)]
    return pl.concat_str(pieces)
