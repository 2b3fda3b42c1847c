"""From the text of the cells to typed columns, kind by kind."""

from collections import defaultdict
from collections.abc import Mapping

import polars as pl

from idmcli import columns as col
from idmcli.normalise.fold import key, tidy, years_in
from idmcli.normalise.numbers import HUNDREDTHS, Numbers, in_hundredths, parse_numbers, parse_scores
from idmcli.normalise.schema import STATUS_COLUMNS, Schema
from idmcli.normalise.vocabulary import Vocabulary


def typed_columns(
    raw: pl.DataFrame, schema: Schema, vocabulary: Vocabulary, *, typed_source: bool
) -> tuple[list[pl.Series], dict[str, tuple[str, ...]]]:
    """The measures and remarks of a grid as typed columns, and the columns for which each thing was assumed.

    Args:
        raw: String columns under canonical names; columns that are no measures are passed over.
        schema: the kinds of the columns.
        vocabulary: words for empty cells, statuses, yes and no.
        typed_source: whether numbers come from typed storage, where a point is always a decimal mark.
    """
    columns: list[pl.Series] = []
    assumed: defaultdict[str, list[str]] = defaultdict(list)

    def keep(name: str, numbers: Numbers) -> None:
        columns.append(numbers.values)
        for text in numbers.assumptions:
            assumed[text].append(name)

    for name in raw.columns:
        texts = raw.get_column(name)
        if name in schema.scores:
            columns.append(parse_scores(texts, vocabulary))
        elif name in schema.numbers:
            keep(name, parse_numbers(texts, vocabulary, counts=not typed_source and name not in schema.small))
        elif name in schema.stated_numbers:
            keep(name, parse_numbers(texts, vocabulary, percent=True))
        elif name in STATUS_COLUMNS:
            columns.append(parse_statuses(texts, vocabulary))
        elif name in schema.choices:
            columns.append(parse_choices(texts, schema.choices[name], vocabulary))
        elif name == col.REMARK:
            columns.append(by_distinct(texts, {text: tidy(text) or None for text in distinct(texts)}))
    indices = [column for column in columns if column.name in col.STATED_INDICES]
    if in_hundredths(indices):
        columns = [column / 100 if column.name in col.STATED_INDICES else column for column in columns]
        assumed[HUNDREDTHS] = [column.name for column in indices]
    return columns, {text: tuple(names) for text, names in assumed.items()}


def parse_statuses(texts: pl.Series, vocabulary: Vocabulary) -> pl.Series:
    """The official names of statuses in upper case; null where a text is none."""
    return by_distinct(texts, {text: vocabulary.status.get(key(text)) for text in distinct(texts)})


def parse_choices(texts: pl.Series, words: Mapping[str, str], vocabulary: Vocabulary) -> pl.Series:
    """The rubric's word for each answer; an answer it does not know stays as typed in lower case."""

    def word(text: str) -> str | None:
        symbol = words.get(text.strip())
        if symbol is not None:
            return symbol
        return words.get(key(text)) or (None if vocabulary.is_blank(text) else tidy(text).lower())

    return by_distinct(texts, {text: word(text) for text in distinct(texts)})


def parse_years(texts: pl.Series) -> pl.Series:
    """Years 2000–2099 as Int32; null where a cell holds none or several."""

    def year(text: str) -> str | None:
        found = set(years_in(text))
        return str(found.pop()) if len(found) == 1 else None

    return by_distinct(texts, {text: year(text) for text in distinct(texts)}).cast(pl.Int32)


def by_distinct(texts: pl.Series, meaning: Mapping[str, str | None]) -> pl.Series:
    """Every cell replaced by its meaning: work is done once for each different text."""
    return texts.replace_strict(meaning, default=None, return_dtype=pl.String)


def distinct(texts: pl.Series) -> list[str]:
    """The different texts of a column."""
    return texts.drop_nulls().unique().to_list()
