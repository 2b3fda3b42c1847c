"""`--hanya`: the units that codes and names mean, at whatever level they are printed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from idmcli.errors import UsageError
from idmcli.minutes import Minutes
from idmcli.pipeline.area import Place, did_you_mean, places_named


def narrowed(minutes: Minutes, only: Sequence[str], villages: pl.DataFrame) -> Minutes:
    """Only the units of these codes and names, those within them, and those that they lie in.

    Args:
        minutes: everything that is determined.
        only: as typed, one place each.
        villages: the data with place names, by which a place of another level is found.

    Raises:
        UsageError: one names no unit, or several places.
    """
    stopped = dict(minutes.unit_tertahan.select("kode", "nama").iter_rows())
    units: dict[str, str | None] = {**dict(minutes.units.select("kode", minutes.level).iter_rows()), **stopped}
    chosen: set[str] = set()
    for word in only:
        code = re.sub(r"[.\s]", "", word)
        if not (code.isascii() and code.isdigit()):
            code = _code(word, minutes, villages)
        found = _related(units, code) if code else set()
        if not found:
            raise UsageError(
                f"--hanya {word}: tidak ada {minutes.level} itu dalam data",
                did_you_mean(villages, word) or "Periksa kode atau ejaan namanya.",
            )
        chosen |= found
    wanted = pl.col("kode").is_in(sorted(chosen))
    return replace(
        minutes,
        **{
            part: getattr(minutes, part).filter(wanted)
            for part in ("units", "desa", "tertahan", "unit_tertahan", "perubahan", "pembanding")
        },
    )


def _related(units: Mapping[str, str | None], code: str) -> set[str]:
    return {kode for kode in units if kode.startswith(code) or code.startswith(kode)}


def _code(word: str, minutes: Minutes, villages: pl.DataFrame) -> str:
    """The code of the one place that a name means, of the printed level before any other; "" for none."""
    places = places_named(villages, word)
    own = [place for place in places if place.level == minutes.level]
    meant: list[Place] = own or places
    if len(meant) > 1:
        of_level = f"{minutes.level} " if own else "wilayah "
        raise UsageError(
            f"Ada {len(meant)} {of_level}bernama {word}: {', '.join(str(place) for place in meant)}",
            "Sebut kodenya.",
        )
    return meant[0].kode if meant else ""
