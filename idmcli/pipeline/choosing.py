"""What the officer asks of paths, checked against the edition in force and joined with what `idm.toml` says."""

from dataclasses import dataclass

from idmcli.errors import ConfigError, UsageError
from idmcli.gap import Choice
from idmcli.parameters.choices import actors, indicators
from idmcli.parameters.costs import Costs, effort_costs, intervention_costs, load_costs
from idmcli.rubric import Rubric
from idmcli.settings import Settings

EFFORT, INTERVENTIONS = "beban", "intervensi"


@dataclass(frozen=True)
class Wishes:
    """Options as typed; None where the officer said nothing and `idm.toml` or the rubric decides."""

    target: str | None = None
    biaya: str | None = None
    kunci: str | None = None
    buka: str | None = None
    pelaku: str | None = None
    maks_indikator: int | None = None
    alternatif: int = 3


def choose(wishes: Wishes, rubric: Rubric, settings: Settings, *, bawaan: str = EFFORT) -> Choice:
    """The choice that these wishes mean; what the officer locks or unlocks adds to what `idm.toml` does.

    Args:
        wishes: what was typed.
        rubric: the edition in force.
        settings: `[gap]` and `[rencana]` of `idm.toml`.
        bawaan: how steps are priced where neither an option nor `idm.toml` names costs.

    Raises:
        UsageError: no such status, indicator or actor.
        ConfigError: a file of costs is invalid, or `[gap]` of `idm.toml` contradicts the edition or itself.
    """
    locked = indicators(wishes.kunci, rubric, "--kunci") if wishes.kunci else frozenset()
    opened = indicators(wishes.buka, rubric, "--buka") if wishes.buka else frozenset()
    if both := sorted(locked & opened):
        raise UsageError(f"{', '.join(both)} disebut pada --kunci dan --buka", "Sebut pada salah satu saja.")
    for kode in sorted(opened):
        if not rubric.by_code[kode].dapat_digerakkan:
            raise UsageError(f"--buka {kode}: tidak dapat dinaikkan oleh rencana apa pun", rubric.by_code[kode].alasan)
    for name, codes in (("kunci", settings.gap_kunci), ("buka", settings.gap_buka)):
        if strangers := sorted(codes - set(rubric.codes)):
            raise ConfigError(
                f"{settings.path}: gap.{name} menyebut {', '.join(strangers)}, tidak ada dalam edisi {rubric.edisi}",
                "Daftar kode: idm rubric",
            )
    if both := sorted(settings.gap_kunci & settings.gap_buka):
        raise ConfigError(
            f"{settings.path}: {', '.join(both)} disebut pada gap.kunci dan gap.buka", "Sebut pada salah satu saja."
        )
    for kode in sorted(settings.gap_buka):
        if not rubric.by_code[kode].dapat_digerakkan:
            raise ConfigError(
                f"{settings.path}: gap.buka {kode} tidak dapat dinaikkan oleh rencana apa pun",
                rubric.by_code[kode].alasan,
            )
    return Choice(
        biaya=costs(wishes.biaya, rubric, settings, bawaan),
        target=target(wishes.target, rubric),
        kunci=(locked | settings.gap_kunci) - opened,
        buka=(opened | settings.gap_buka) - locked,
        pelaku=actors(wishes.pelaku, "--pelaku") if wishes.pelaku else None,
        maks_indikator=wishes.maks_indikator or settings.maks_indikator,
        alternatif=wishes.alternatif,
    )


def costs(named: str | None, rubric: Rubric, settings: Settings, bawaan: str) -> Costs:
    """The prices of steps: those of a file, or of the rubric's effort."""
    chosen = named or (str(settings.rencana.biaya) if settings.rencana.biaya else bawaan)
    if chosen.lower() == EFFORT:
        return effort_costs(rubric)
    if chosen.lower() == INTERVENTIONS:
        return intervention_costs(rubric)
    return load_costs(chosen, rubric)


def target(named: str | None, rubric: Rubric) -> str | None:
    """The status aimed at, however it is typed."""
    if named is None:
        return None
    wanted = " ".join(named.replace("-", " ").replace("_", " ").upper().split())
    names = [status.nama for status in rubric.status[1:]]
    if wanted not in names:
        raise UsageError(f"--target {named} bukan status yang dapat dituju", f"Pilih: {', '.join(names)}.")
    return wanted
