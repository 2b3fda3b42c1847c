"""What the officer asks of the paths."""

from dataclasses import dataclass

from idmcli.errors import UsageError
from idmcli.parameters.costs import Costs
from idmcli.rubric.model import Actor


@dataclass(frozen=True)
class Choice:
    """What paths cost, where they lead, and what they keep away from.

    Attributes:
        biaya: the price of every step; a step without one cannot be taken.
        target: the status to reach; None: the next one of each village.
        kunci: indicators that no path touches; stronger than `buka`.
        buka: indicators whose lock in the rubric (`terkunci`, `kunci_bila`) is lifted; what no plan can move stays.
        pelaku: only indicators that one of these actors may carry out; None: all.
        maks_indikator: the most indicators that a path may touch; None: no limit.
        alternatif: how many further paths are looked for (see `Paths.alternatif`).

    Raises:
        UsageError: `maks_indikator` below 1, or `alternatif` below 0.
    """

    biaya: Costs
    target: str | None = None
    kunci: frozenset[str] = frozenset()
    buka: frozenset[str] = frozenset()
    pelaku: frozenset[Actor] | None = None
    maks_indikator: int | None = None
    alternatif: int = 3

    def __post_init__(self) -> None:
        """Refuse what asks for no path at all."""
        if self.maks_indikator is not None and self.maks_indikator < 1:
            raise UsageError(
                f"Batas {self.maks_indikator} indikator tidak memberi jalur apa pun", "Isi bilangan bulat mulai 1."
            )
        if self.alternatif < 0:
            raise UsageError(f"{self.alternatif} jalur alternatif tidak ada artinya", "Isi bilangan bulat mulai 0.")
