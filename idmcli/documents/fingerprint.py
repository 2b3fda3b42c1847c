"""A fingerprint of computed values: the same in every run where the values are the same."""

import hashlib
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass

import polars as pl

Known = dict[int, tuple[object, str]]
"""By `id`, which stays the value's own only as long as the value itself is kept."""


def fingerprint(*values: object) -> str:
    """SHA-256 of values: dataclasses, collections and frames by what they hold, all else by its `repr`.

    What several of them share (a frame, the rubric) is gone through once.
    """
    return hashlib.sha256(_plain(values, {}).encode()).hexdigest()


def _plain(value: object, known: Known) -> str:
    """A text that is equal for equal values, whatever order a set or a mapping happens to have."""
    if isinstance(value, str | int | float | None):
        return repr(value)
    if id(value) not in known:
        known[id(value)] = value, hashlib.sha256(_content(value, known).encode()).hexdigest()
    return known[id(value)][1]


def _content(value: object, known: Known) -> str:
    if isinstance(value, pl.DataFrame):
        return f"{value.schema}{value.write_json()}"
    if is_dataclass(value) and not isinstance(value, type):
        return ",".join(f"{field.name}={_plain(getattr(value, field.name), known)}" for field in fields(value))
    if isinstance(value, Mapping):
        return "{" + ",".join(sorted(f"{_plain(key, known)}:{_plain(one, known)}" for key, one in value.items())) + "}"
    if isinstance(value, Set):
        return "{" + ",".join(sorted(_plain(one, known) for one in value)) + "}"
    if isinstance(value, tuple | list):
        return "[" + ",".join(_plain(one, known) for one in value) + "]"
    return repr(value)
