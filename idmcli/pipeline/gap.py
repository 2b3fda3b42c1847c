"""From scored villages to what each of them lacks, the smallest way up, and how it stands among its neighbours."""

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from idmcli import classify as classify_step
from idmcli import columns as col
from idmcli import gap as gap_step
from idmcli.errors import UsageError
from idmcli.gap import Choice, Paths
from idmcli.pipeline.choosing import Wishes, choose
from idmcli.pipeline.judge import watch_points
from idmcli.pipeline.loading import Loaded
from idmcli.regions import Level
from idmcli.rubric import Rubric
from idmcli.settings import Settings


@dataclass(frozen=True)
class Gapped:
    """Paths of all villages; the larger frames beside them are made when somebody asks.

    Attributes:
        loaded: what was read and scored.
        choice: costs, target, locks and limits that the paths keep to.
        villages: `classify` of the scored rows with the columns of `Paths.desa`; same rows, same order.
        paths: the paths step by step, alternatives too.
    """

    loaded: Loaded
    choice: Choice
    villages: pl.DataFrame
    paths: Paths

    @property
    def rubric(self) -> Rubric:
        """The edition in force."""
        return self.loaded.rubric

    @cached_property
    def latest(self) -> pl.DataFrame:
        """The villages of the latest year; all of them where no year is known."""
        years = self.villages.get_column(col.TAHUN)
        several = years.drop_nulls().n_unique() > 1
        return self.villages.filter(years == years.max()) if several else self.villages

    @cached_property
    def locks(self) -> pl.DataFrame:
        """Deficits that no path may touch, and why."""
        return gap_step.locks(self.loaded.scored, self.rubric, self.choice)

    @cached_property
    def deficits(self) -> pl.DataFrame:
        """Village × indicator, largest gain first."""
        return gap_step.deficits(self.loaded.scored, self.rubric, self.locks)

    @cached_property
    def first_steps(self) -> pl.DataFrame:
        """How often each indicator begins a path of the latest year, or is in one."""
        rows = self.paths.langkah.join(self.latest, on="no", how="semi", maintain_order="left")
        return gap_step.first_steps(rows, self.rubric)

    @cached_property
    def standing(self) -> pl.DataFrame:
        """Rank of every village and indicator within kecamatan, kabupaten and status group."""
        return gap_step.standing(self.loaded.scored, self.rubric)

    @cached_property
    def strengths(self) -> pl.DataFrame:
        """What each village has and its neighbours lack."""
        return gap_step.strengths(self.standing, self.loaded.scored, self.rubric)

    @cached_property
    def weaknesses(self) -> pl.DataFrame:
        """What each village lacks and its neighbours have."""
        return gap_step.weaknesses(self.standing, self.loaded.scored, self.rubric)

    @cached_property
    def similar(self) -> pl.DataFrame:
        """Villages most alike that stand one status higher."""
        return gap_step.similar(self.loaded.scored, self.rubric)

    def recap(self, level: Level) -> pl.DataFrame:
        """Indicators by villages held back and total gain, per place, in the latest year."""
        return gap_step.indicator_recap(self.latest.drop("no"), self.rubric, level)


@dataclass(frozen=True)
class RecapGap:
    """What a recap of sub-indices can say: points per dimension, no indicators.

    Attributes:
        loaded: what was read and scored.
        villages: `classify` of the scored rows.
        points: per village and dimension, see `gap.by_dimension`.
    """

    loaded: Loaded
    villages: pl.DataFrame
    points: pl.DataFrame


def find_gap(loaded: Loaded, wishes: Wishes, settings: Settings) -> Gapped | RecapGap:
    """Paths from scores, or points per dimension from a recap.

    Raises:
        UsageError: no such status, indicator or actor; or options that a recap cannot heed.
        ConfigError: a file of costs is invalid.
    """
    if loaded.table.shape != "rekap":
        return find_paths(loaded, choose(wishes, loaded.rubric, settings), watch_points(settings))
    if wishes != Wishes(alternatif=wishes.alternatif):
        raise UsageError(
            "Berkas ini rekap (IKS, IKE, IKL, IDM saja): jalur per indikator tidak dapat dicari",
            "Pakai berkas dengan skor 50 indikator, atau jalankan tanpa --target, --biaya, --kunci, --buka, --pelaku, "
            "dan --maks-indikator.",
        )
    villages = classify_step.classify(loaded.scored, loaded.rubric)
    return RecapGap(loaded, villages, gap_step.by_dimension(villages, loaded.rubric))


def find_paths(loaded: Loaded, choice: Choice, pantau_poin: int) -> Gapped:
    """The smallest paths of all villages, known by their 50 scores; `pantau_poin` as for `classify`."""
    paths = gap_step.find_paths(loaded.scored, loaded.rubric, choice)
    villages = classify_step.classify(loaded.scored, loaded.rubric, pantau_poin=pantau_poin)
    return Gapped(loaded, choice, pl.concat([villages, paths.desa], how="horizontal"), paths)
