"""The code cells of a row: which activity, which account, or which level above them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from idmcli.budget.lines import SPENDING
from idmcli.budget.text import words
from idmcli.parameters.activities import Activity, parse_activity

ACCOUNTS: Final = "@"
"""Between activity and account in a path."""

_SPLIT: Final = re.compile(r"[.,\-\s/]+")
_NUMBER: Final = re.compile(r"\d{1,2}", re.ASCII)
_WHOLE: Final = re.compile(r"(\d+)[.,]0+", re.ASCII)
_ROMAN: Final = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}
"""How some offices number the bidang."""
_DATED: Final = re.compile(r"\d{4}-\d\d-\d\d(?:[ T][\d:.]+)?", re.ASCII)
_PREFIX: Final = re.compile(r"^\d{1,2}\.\d{4}\.(?=\d|$)", re.ASCII)
_CODE_LIKE: Final = re.compile(r"[\dOoIl]+([.,\-\s/]+[\w]+)*[.\s]*")
_ACCOUNT_FIRST: Final = ("4", "5", "6")
_DEPTH: Final = 3
"""Levels of an activity code, and of the account that is kept."""


@dataclass(frozen=True)
class Code:
    """What the code cells of a row say.

    Attributes:
        path: bidang, sub-bidang, activity (as many as there are), then `@` and account parts; below the section.
        activity: the activity, if the code goes down to one.
        account: the account to three levels, `5.2.1`.
        unread: the code as typed, where it is none.
        level: how many levels an unread code seems to have.
    """

    path: tuple[str, ...] = ()
    activity: Activity | None = None
    account: str | None = None
    unread: str | None = None
    level: int = 0


def read_code(
    cells: Sequence[str | None], roles: Sequence[str], section: str | None, uraian: str, current: Sequence[str]
) -> Code | None:
    """The code in a row's code cells; None where they are empty.

    Args:
        cells: the cells of the code columns, from left to right.
        roles: what each column is for: `kode` (anything), `kode_bidang`, `kode_sub`, `kode_kegiatan`, `kode_rekening`.
        section: the section that the row stands in, None before any.
        uraian: the words beside the code.
        current: the path of the row above, below its section.
    """
    filled = [
        (role, text, place)
        for place, (role, cell) in enumerate(zip(roles, cells, strict=True))
        if cell and (text := cell.strip().strip("'’`\xa0").strip())
    ]
    if not filled:
        return None
    if section not in (None, SPENDING):
        return _account_only(
            [part for _, text, _ in filled for part in _parts(text)], " ".join(t for _, t, _ in filled)
        )
    text = " ".join(text for _, text, _ in filled)
    own = [(part, place) for role, part, place in filled if role != "kode_rekening"]
    account: list[str] = []
    named = [part for role, cell, _ in filled if role == "kode_rekening" for part in _parts(cell)]
    columns = sum(role != "kode_rekening" for role in roles)
    activity = []
    while columns > 1 and own and own[0][1] < _DEPTH and (number := _single(own[0][0])):  # one number per column
        activity.append(number)
        own = own[1:]
    for part, place in own:
        parts = _parts(part)
        if activity and place < _DEPTH and len(parts) > len(activity) and parts[: len(activity)] == _bare(activity):
            activity = parts  # a deeper column says the whole code again
        elif activity or place >= _DEPTH or (place and account):
            account = [*account, *(parts or [part])]
        else:
            activity, rest = _split(part, uraian, current, alone=place == 0)
            account = [*account, *rest]
    account += named
    return _code(activity, account, text, uraian, current)


def _split(text: str, uraian: str, current: Sequence[str], *, alone: bool) -> tuple[list[str], list[str]]:
    """A cell's parts as activity and account."""
    parts = _parts(text)
    spending = words(uraian).startswith("belanja")
    dated = parse_activity(text, uraian, within=current[:2]) if len(parts) != _DEPTH else None
    if dated is not None:
        if spending and dated.bidang == 5:
            return [], [str(int(part)) for part in dated.kode.split(".")]
        return dated.kode.split("."), []
    if not parts or parts[0] not in (*_ACCOUNT_FIRST[1:2], "1", "2", "3", "4"):
        return parts, []
    if len(parts) > _DEPTH and parts[0] != "5":
        return parts[:_DEPTH], parts[_DEPTH:]
    if len(parts) > _DEPTH and len(parts) > _DEPTH + 2 and parts[_DEPTH] == "5":
        return parts[:_DEPTH], parts[_DEPTH:]
    if parts[0] != "5":
        return parts, []
    inside = ACCOUNTS in current or len([part for part in current if part != ACCOUNTS]) >= _DEPTH
    one_digit = len(parts) == _DEPTH and len(_SPLIT.split(text.strip(" ."))[-1]) == 1
    account = (
        spending
        or len(parts) > _DEPTH
        or (inside and (one_digit or not alone))
        or (inside and len(parts) == 2 and int(parts[1]) > 3)
    )
    return ([], parts) if account else (parts, [])


def _account_only(parts: list[str], text: str) -> Code:
    if not parts or parts[0] not in _ACCOUNT_FIRST:
        return Code(unread=text, level=len(parts))
    return Code((ACCOUNTS, *parts), None, ".".join(parts[:_DEPTH]) if len(parts) > 1 else None)


def _code(activity: list[str], account: list[str], text: str, uraian: str, current: Sequence[str]) -> Code:
    if account and account[0] not in _ACCOUNT_FIRST:
        return Code(unread=text, level=_DEPTH)
    if not activity:
        if not account:
            return Code(unread=text, level=_levels(text))
        above = list(current[: current.index(ACCOUNTS)] if ACCOUNTS in current else current)
        return Code((*above, ACCOUNTS, *account), None, _account(account))
    numbers = all(_NUMBER.fullmatch(part) for part in activity) and len(activity) <= _DEPTH
    if not numbers or not 1 <= int(activity[0]) <= 5:
        return Code(unread=text, level=_levels(text))
    found = parse_activity(activity, uraian) if len(activity) == _DEPTH else None
    if len(activity) == _DEPTH and found is None:
        return Code(unread=text, level=_DEPTH)
    own = tuple(str(int(part)) for part in activity)
    own = (*own[:2], found.kode[4:]) if found else own
    path = (*own, ACCOUNTS, *account) if account else own
    return Code(path, found, _account(account))


def _bare(numbers: Sequence[str]) -> list[str]:
    return [str(int(number)) for number in numbers]


def _account(parts: list[str]) -> str | None:
    return ".".join(parts[:_DEPTH]) if len(parts) > 1 else None


def _parts(text: str) -> list[str]:
    """The numbers of a code, without leading zeros and Siskeudes prefix; empty where it is none."""
    return list(_numbers(text))


@lru_cache(maxsize=16384)
def _numbers(text: str) -> tuple[str, ...]:
    bare = _PREFIX.sub("", _single(text) or text).strip(" .")
    parts = [part for part in _SPLIT.split(bare) if part]
    return tuple(str(int(part)) for part in parts) if all(_NUMBER.fullmatch(part) for part in parts) else ()


@lru_cache(maxsize=16384)
def _single(text: str) -> str | None:
    """A cell with one number of a code: `2`, `02`, `2.`, `2.0`."""
    bare = text.strip(" .")
    whole = _WHOLE.fullmatch(bare)
    bare = whole[1] if whole else _ROMAN.get(bare, bare)
    return bare if _NUMBER.fullmatch(bare) else None


def _levels(text: str) -> int:
    """How many levels something has that was meant to be a code; 0 for words."""
    if any(_DATED.fullmatch(part) for part in (text, text[:10])):
        return _DEPTH
    return len([part for part in _SPLIT.split(text.strip(" .")) if part]) if _CODE_LIKE.fullmatch(text) else 0
