"""What a cell accepts: lists to choose from, limits of numbers, and what is said before and after."""

from dataclasses import dataclass, field
from typing import Any, Final

from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from idmcli.workbook.template.checks import quoted
from idmcli.workbook.template.fields import GUIDE, LONGEST_MESSAGE, Field, limit

LISTS_FROM: Final = 40
"""0-based column of the guide from which lists stand that are too long for a cell's own."""
REFUSED: Final = "Isi tidak dapat dipakai"


@dataclass
class Lists:
    """The choices of fields: within the cell's own rule, or where these are too long in hidden columns of the guide.

    A hidden sheet would do as well, but `idm` says of every hidden sheet that it was not read.
    """

    guide: Worksheet
    _known: dict[tuple[str | int, ...], str] = field(default_factory=dict)

    def source(self, choices: tuple[str | int, ...]) -> list[str | int] | str:
        """What a rule names as its list."""
        if len(",".join(map(str, choices))) <= LONGEST_MESSAGE:
            return list(choices)
        if choices not in self._known:
            column = LISTS_FROM + len(self._known)
            self.guide.write_column(0, column, choices)
            self.guide.set_column(column, column, None, None, {"hidden": True})
            self._known[choices] = f"='{GUIDE}'!{xl_range_abs(0, column, len(choices) - 1, column)}"
        return self._known[choices]


def rule(one: Field, cell: str, lists: Lists) -> dict[str, Any]:
    """The rule of a column for xlsxwriter; `cell` is its first cell, as `K2`."""
    said = {"input_title": one.kepala, "input_message": one.pesan, "error_title": REFUSED}
    if one.pilihan:
        return {
            "validate": "list",
            "source": lists.source(one.pilihan),
            "error_message": "Pilih salah satu dari daftar pada sel ini.",
            **said,
        }
    assert one.variabel is not None
    least, most = one.variabel.terkecil or 0, one.variabel.terbesar
    said["error_message"] = f"{limit(one.variabel)} ({one.variabel.satuan})."
    if not one.variabel.bulat:
        return {"validate": "custom", "value": f"={_two_decimals(cell, least, most)}", **said}
    if most is None:
        return {"validate": "integer", "criteria": ">=", "value": least, **said}
    return {"validate": "integer", "criteria": "between", "minimum": least, "maximum": most, **said}


def refused(one: Field, cell: str) -> str:
    """The condition that a cell holds what its rule refuses: rules do not see what is pasted."""
    if one.pilihan:
        known = ",".join(f"{cell}={choice if isinstance(choice, int) else quoted(choice)}" for choice in one.pilihan)
        return f"=AND(LEN({cell})>0,NOT(OR({known})))"
    assert one.variabel is not None
    least, most = one.variabel.terkecil or 0, one.variabel.terbesar
    if one.variabel.bulat:
        bound = "" if most is None else f",{cell}<={most}"
        fine = f"AND(ISNUMBER({cell}),{cell}>={least},{cell}=INT({cell}){bound})"
    else:
        fine = _two_decimals(cell, least, most)
    return f"=AND(LEN({cell})>0,NOT(IFERROR({fine},FALSE)))"


def _two_decimals(cell: str, least: int, most: int | None) -> str:
    """A number with no more than two decimals: with three, text of it cannot be told from thousands (`1.125`)."""
    bound = "" if most is None else f",{cell}<={most}"
    return f"AND(ISNUMBER({cell}),{cell}>={least},{cell}=ROUND({cell},2){bound})"
