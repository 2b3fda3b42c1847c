"""What the provincial summary is made of."""

from dataclasses import dataclass, field

import polars as pl

from idmcli.classify import Moves


@dataclass(frozen=True)
class SummaryTables:
    """What the summary shows beside the villages; what is absent has no sheet or column.

    Attributes:
        langkah_pertama: `gap.first_steps`.
        pekerjaan: `plan.worklist`; the villages then hold `naik_rencana`, `status_rencana`, `idm_k_rencana`.
        satuan: unit of the costs (`beban`, `rupiah`, `intervensi`).
        tahun_rencana: year in which the plan is carried out.
        perubahan: `classify.moves` since an earlier year.
        sasaran: `classify.targets`.
        pantau_poin: points whose loss puts a village on the watch list.
    """

    langkah_pertama: pl.DataFrame = field(default_factory=pl.DataFrame)
    pekerjaan: pl.DataFrame = field(default_factory=pl.DataFrame)
    satuan: str = "beban"
    tahun_rencana: int | None = None
    perubahan: Moves | None = None
    sasaran: pl.DataFrame | None = None
    pantau_poin: int = 4
