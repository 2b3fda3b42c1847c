"""Targets (of an RPJMD, say) against what a year's villages reach."""

import re
from collections.abc import Mapping

import polars as pl

from idmcli.classify.order import latest_year, of_year
from idmcli.columns import STATUS
from idmcli.errors import ConfigError
from idmcli.rubric.model import Rubric

_TARGET = re.compile(r"\s*(>=|≥|<=|≤)?\s*(\d+)\s*")
_SIGNS = {">=": "≥", "<=": "≤"}

SCHEMA = {
    STATUS: pl.String(),
    "arah": pl.String(),
    "sasaran": pl.Int64(),
    "capaian": pl.Int64(),
    "kurang": pl.Int64(),
    "tercapai": pl.Boolean(),
}


def targets(frame: pl.DataFrame, rubric: Rubric, sasaran: Mapping[str, int | str]) -> pl.DataFrame:
    """One row per status, highest first: `status, arah, sasaran, capaian, kurang, tercapai`.

    `sasaran` gives a number of villages per status (`mandiri`, `sangat_tertinggal`; case and underscores do not
    matter). A number means at least (`arah` ≥) for the statuses above the middle one, at most (≤) for those below it;
    for the middle one a bare number is only shown, since villages pass through it both ways (`arah`, `kurang` and
    `tercapai` null). `">= 80"` or `"<= 10"` says the direction itself. `kurang` is the number of villages still
    missing (or still too many), 0 when reached. Statuses without a target show their count only. Of a frame with
    several years the latest counts.

    Raises ConfigError for an unknown status or a value that is no whole number from 0.
    """
    asked = {_status(name, rubric): _parse(name, value) for name, value in sasaran.items()}
    counted = of_year(frame, latest_year(frame))[STATUS]
    rows: list[dict[str, object]] = []
    for rank, status in reversed(list(enumerate(rubric.status))):
        sign, goal = asked.get(status.nama, (None, None))
        sign = sign if goal is None or sign else _usual_sign(rank, len(rubric.status))
        reached = int((counted == status.nama).sum())
        missing = None if goal is None or sign is None else max(0, goal - reached if sign == "≥" else reached - goal)
        rows.append(
            {
                STATUS: status.nama,
                "arah": sign,
                "sasaran": goal,
                "capaian": reached,
                "kurang": missing,
                "tercapai": None if missing is None else missing == 0,
            }
        )
    return pl.DataFrame(rows, schema=SCHEMA)


def _status(name: str, rubric: Rubric) -> str:
    """The status that a key of the configuration means."""
    wanted = " ".join(name.replace("_", " ").split()).upper()
    names = [status.nama for status in rubric.status]
    if wanted not in names:
        raise ConfigError(f"Sasaran untuk status `{name}` tidak dikenal", f"Pakai salah satu dari: {', '.join(names)}")
    return wanted


def _parse(name: str, value: int | str) -> tuple[str | None, int]:
    """A target as direction (None: the usual one) and number of villages."""
    match = None if isinstance(value, bool) else _TARGET.fullmatch(str(value))
    if match is None:
        raise ConfigError(
            f"Sasaran `{name}` berisi `{value}`, bukan jumlah desa",
            f'Tulis bilangan bulat mulai 0, misalnya {name} = 80 atau {name} = ">= 80"',
        )
    sign, number = match.groups()
    return _SIGNS.get(sign, sign), int(number)


def _usual_sign(rank: int, statuses: int) -> str | None:
    """At least for the upper half of the scale, at most for the lower half, neither for its middle."""
    position = 2 * rank - (statuses - 1)
    return None if position == 0 else "≥" if position > 0 else "≤"
