"""What becomes of a replaced report: it goes, or it stays beside the published one under a name with a number."""

import shutil
from pathlib import Path
from typing import Final

from idmcli.errors import InputError
from idmcli.report.manifest import check

KEPT, EDITED = "lama", "disunting"
"""Endings of reports that stay: `laporan.lama-1` (the latest), `laporan.disunting-1`."""
STATE: Final = "keadaan.json"
"""Says what a workshop holds, and is therefore the last thing to be removed from it."""


class Shelf:
    """Where replaced reports go.

    Args:
        place: the published folder.
        waste: where what is taken away goes first, so that who is killed meanwhile leaves no half report about.
        keep: how many replaced reports stay.
    """

    def __init__(self, place: Path, waste: Path, keep: int) -> None:
        self.place = place
        self.waste = waste
        self.keep = keep

    def retire(self, old: Path) -> str | None:
        """Keep a replaced report or take it away.

        Returns:
            Where it is now, in words for the officer; None where it is gone.

        Raises:
            OSError: the system refuses.
        """
        if touched(old):
            kept = self._free(EDITED)
            old.rename(kept)
            return f"Laporan lama sudah disunting orang, karena itu disimpan di {kept}"
        if not self.keep:
            self._throw(old)
            return None
        self._make_room()
        kept = self._numbered(KEPT, 1)
        old.rename(kept)
        return f"Laporan lama disimpan di {kept}"

    def _make_room(self) -> None:
        """Each kept report moves on by one, the last one goes; a gap that a killed run left takes up the move."""
        gap = next((n for n in range(1, self.keep + 1) if not self._numbered(KEPT, n).exists()), None)
        if gap is None:
            last = self._numbered(KEPT, self.keep)
            if touched(last):
                last.rename(self._free(EDITED))
            else:
                self._throw(last)
            gap = self.keep
        for number in range(gap, 1, -1):
            self._numbered(KEPT, number - 1).rename(self._numbered(KEPT, number))

    def _free(self, ending: str) -> Path:
        number = 1
        while self._numbered(ending, number).exists():
            number += 1
        return self._numbered(ending, number)

    def _numbered(self, ending: str, number: int) -> Path:
        return self.place.with_name(f"{self.place.name}.{ending}-{number}")

    def _throw(self, folder: Path) -> None:
        clear(self.waste)
        folder.rename(self.waste)
        clear(self.waste)


def clear(folder: Path) -> None:
    """Remove a folder of ours with all that is in it, a workshop's state last; nothing where there is none."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir(), key=lambda one: one.name == STATE):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    folder.rmdir()


def touched(folder: Path) -> bool:
    """Whether somebody changed a report since it was published."""
    try:
        return not check(folder).utuh
    except (InputError, OSError):
        return True
