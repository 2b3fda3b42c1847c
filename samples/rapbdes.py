"""Invented RAPBDes of a whole kabupaten for `idm rapbdes`: five layouts, planted gaps and planted faults.

Every amount is drawn. What is planted is known by its cell: the faults go into README.md as a table, and so does, for
each village, which weak indicators its budget reaches directly, only supports, or leaves out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rapbdes_bersama import KABUPATEN, NAMELESS, Planted
from rapbdes_cetakan import write_sheets, write_short, write_single
from rapbdes_isi import OTHERS_CARRY, TIES, Budget, draw_budget
from rapbdes_teks import write_export, write_list
from simulasi import Draw, Scores, Village

SILENT = "KAPUAK"
"""Hands in nothing."""
SINGLE, SHEETS, EXPORT, LIST, SHORT = "SESAYAP", "SESAYAP HILIR", "BETAYAU", "TANA LIA", "MURUK RIAN"


@dataclass(frozen=True)
class Gap:
    """What a village's budget does for its weak indicators within its authority."""

    village: Village
    berkas: str
    langsung: tuple[str, ...]
    pendukung: tuple[str, ...]
    belum: tuple[str, ...]


def write_budgets(
    folder: Path, villages: Sequence[Village], scores: Sequence[Scores]
) -> tuple[list[Planted], list[Gap]]:
    """Write `rapbdes/`; gives the planted faults and gaps, in the order of the files."""
    folder.mkdir(exist_ok=True)
    draw = Draw("rapbdes")
    mine = [(v, s) for v, s in zip(villages, scores, strict=True) if v.kabupaten == KABUPATEN]
    budgets = {
        v.desa: draw_budget(v, s, draw, broken=v.desa == "SEPUTUK", deficit=v.desa == "TENGKU DACING")
        for v, s in mine
        if v.desa != SILENT
    }
    planted: list[Planted] = []
    where: dict[str, str] = {}
    writers = {
        SINGLE: write_single,
        SHEETS: write_sheets,
        EXPORT: write_export,
        LIST: write_list,
        SHORT: write_short,
    }
    for name, write in writers.items():
        own = [budget for budget in budgets.values() if budget.village.kecamatan == name]
        faults, files = write(folder, own)
        planted += faults
        where |= files
    gaps = [_gap(budget, where[budget.village.desa]) for name, budget in budgets.items() if name != NAMELESS]
    return planted, gaps


def _gap(budget: Budget, berkas: str) -> Gap:
    weak = [kode for kode, skor in budget.scores.items() if skor < 5 and kode not in OTHERS_CARRY]
    ties: dict[str, set[str]] = {}
    for activity in budget.activities:
        for kode, strength in TIES.get(activity.kode, {}).items():
            ties.setdefault(kode, set()).add(strength)
    direct = tuple(kode for kode in weak if "langsung" in ties.get(kode, ()))
    helped = tuple(kode for kode in weak if kode in ties and kode not in direct)
    return Gap(budget.village, berkas, direct, helped, tuple(kode for kode in weak if kode not in ties))


def fault_table(planted: Sequence[Planted]) -> list[str]:
    """The lines of README.md for the planted faults."""
    lines = ["| rule | file | cell | what was planted |", "|---|---|---|---|"]
    return [*lines, *(f"| `{one.aturan}` | `{one.berkas}` | `{one.sel}` | {one.isi} |" for one in planted)]


def gap_table(gaps: Sequence[Gap]) -> list[str]:
    """The lines of README.md for the planted gaps."""
    lines = ["| village | budgeted directly | only supported | not budgeted |", "|---|---|---|---|"]
    for gap in gaps:
        cells = [" ".join(codes) or "–" for codes in (gap.langsung, gap.pendukung, gap.belum)]
        lines.append(f"| `{gap.village.kode_desa}` {gap.village.desa} | {' | '.join(cells)} |")
    return lines
