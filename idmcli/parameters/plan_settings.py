"""`[rencana]` of `idm.toml`, and scenarios: the same keys laid over it.

```toml
[rencana]
tahun = 2025                                  # the year in which the plan is carried out
biaya = "biaya.csv"                           # rupiah per step; or "beban", "intervensi"
anggaran = "anggaran.csv"                     # or tables [[rencana.anggaran]]
urutan_pelaku = ["kabupaten", "desa"]         # who acts first where several may
pelaku_bebas = false                          # true: the plan may give a step to any actor that may act
kawasan = "kawasan.csv"
detik = 60

[rencana.pelaku]                              # who leads an indicator instead of the rubric's actor
IKS14 = "kabupaten:Dispusip"

[rencana.bobot]                               # weight of a village that rises, by its status now (1 if not named)
TERTINGGAL = 4

[rencana.minimum]                             # kabupaten (code or name): at least so many of its villages rise
6503 = 20
```
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, cast

from idmcli.errors import ConfigError
from idmcli.parameters.budgets import Bucket, buckets_of, check_buckets, load_budgets
from idmcli.parameters.source import advice, check_keys, read_toml
from idmcli.rubric.model import ACTORS, Actor, Rubric

ACTOR_ORDER: Final[tuple[Actor, ...]] = ("desa", "kabupaten", "provinsi", "pusat", "csr", "lainnya")
"""Nearest to the village first, those that a plan can only ask last."""

COST_WORDS: Final = ("beban", "intervensi")
"""What `biaya` may say instead of a file."""

KNOWN: Final[Mapping[str, type | tuple[type, ...]]] = {
    "tahun": int,
    "biaya": str,
    "anggaran": (str, list),
    "urutan_pelaku": list,
    "pelaku": dict,
    "pelaku_bebas": bool,
    "bobot": dict,
    "minimum": dict,
    "kawasan": str,
    "detik": int,
}
MOST_SECONDS: Final = 86_400
MOST_WEIGHT: Final = 1_000
MOST_VILLAGES: Final = 999_999


@dataclass(frozen=True)
class PlanSettings:
    """What an office decides for its plan; every field has the program's default where nothing is said.

    Attributes:
        tahun: the year in which the plan is carried out; None: the year after the data's.
        biaya: file of rupiah per step, or one of `COST_WORDS`; None: not said.
        anggaran: budgets and capacities.
        berkas_anggaran: file with further ones; `complete` reads it.
        urutan_pelaku: all actors, first who acts first where several may.
        pelaku: indicator → who leads instead of the rubric's actor; an empty office is the actor's first one.
        pelaku_bebas: the plan may give a step to any actor that may act.
        bobot: status now → weight of a village that rises; 1 where not named.
        minimum: kabupaten (four-digit code, or name in capitals) → the least number of its villages that rise.
        kawasan: file of village code and kawasan perdesaan.
        detik: the most seconds of search.
        asal: file and table that say so, for messages.
    """

    tahun: int | None = None
    biaya: Path | None = None
    anggaran: tuple[Bucket, ...] = ()
    berkas_anggaran: Path | None = None
    urutan_pelaku: tuple[Actor, ...] = ACTOR_ORDER
    pelaku: Mapping[str, tuple[Actor, str]] = field(default_factory=dict)
    pelaku_bebas: bool = False
    bobot: Mapping[str, int] = field(default_factory=dict)
    minimum: Mapping[str, int] = field(default_factory=dict)
    kawasan: Path | None = None
    detik: int = 60
    asal: str = field(default="rencana", compare=False)


def plan_settings(
    data: Mapping[str, Any], file: Path, *, base: PlanSettings | None = None, table: str = "rencana"
) -> PlanSettings:
    """What a table `[rencana]` says: an absent key keeps the value of `base`, a key that is there replaces it whole.

    Args:
        data: the table.
        file: the file it stands in; paths in it are relative to this file.
        base: what holds where the table is silent.
        table: how messages name the table.

    Raises:
        ConfigError: an unknown key, a wrong type or a number out of reach. What needs the rubric is left to `complete`.
    """
    check_keys(data, KNOWN, file, f"{table}.")
    where = f"{file}: {table}"
    said: dict[str, Any] = {"asal": where}
    for key, least, most in (("tahun", 1000, 9999), ("detik", 1, MOST_SECONDS)):
        if key in data:
            said[key] = _number(data[key], f"{where}.{key}", least, most)
    if "pelaku_bebas" in data:
        said["pelaku_bebas"] = data["pelaku_bebas"]
    if "biaya" in data:
        word = data["biaya"].strip().lower()
        said["biaya"] = Path(word) if word in COST_WORDS else file.parent / data["biaya"]
    if "kawasan" in data:
        said["kawasan"] = file.parent / data["kawasan"]
    if isinstance(budgets := data.get("anggaran"), str):
        said |= {"anggaran": (), "berkas_anggaran": file.parent / budgets}
    elif budgets is not None:
        said |= {"anggaran": _tables(budgets, f"{where}.anggaran"), "berkas_anggaran": None}
    if "urutan_pelaku" in data:
        said["urutan_pelaku"] = _order(data["urutan_pelaku"], f"{where}.urutan_pelaku")
    if "pelaku" in data:
        said["pelaku"] = {
            code.strip().upper(): _lead(value, f"{where}.pelaku.{code}") for code, value in data["pelaku"].items()
        }
    for key, most in (("bobot", MOST_WEIGHT), ("minimum", MOST_VILLAGES)):
        if key in data:
            said[key] = {
                _named_key(name): _number(value, f"{where}.{key}.{name}", 0, most) for name, value in data[key].items()
            }
    return replace(base or PlanSettings(), **said)


def complete(settings: PlanSettings, rubric: Rubric) -> PlanSettings:
    """The settings held against an edition: leads with their office, the file of budgets read.

    Raises:
        ConfigError: an indicator, status or office that the edition does not have, or a faulty file of budgets.
    """
    where = settings.asal
    statuses = [status.nama for status in rubric.status[:-1]]
    for name in settings.bobot:
        if name not in statuses:
            raise ConfigError(f"{where}.bobot.{name} bukan status yang dapat naik", advice(name, statuses))
    check_buckets(settings.anggaran, rubric, f"{where}.anggaran")
    budgets = settings.anggaran
    if settings.berkas_anggaran is not None:
        budgets += load_budgets(settings.berkas_anggaran, rubric)
    leads = {code: _known_lead(code, lead, rubric, where) for code, lead in settings.pelaku.items()}
    return replace(settings, anggaran=budgets, berkas_anggaran=None, pelaku=leads)


def load_scenarios(file: str | Path, rubric: Rubric, base: PlanSettings) -> tuple[tuple[str, PlanSettings], ...]:
    """The scenarios of a TOML file: name and settings, in the file's order.

    Each `[[skenario]]` has a `nama` and any key of `[rencana]`; what it does not say holds as in `base`.

    Raises:
        ConfigError: the file is wrong; the message names scenario and key.
    """
    path = Path(file)
    data = read_toml(path)
    check_keys(data, {"skenario": list}, path, "")
    scenarios: dict[str, PlanSettings] = {}
    for number, table in enumerate(data.get("skenario", []), 1):
        if not isinstance(table, dict) or not isinstance(name := table.get("nama"), str) or not name.strip():
            raise ConfigError(f"{path}: skenario ke-{number} tanpa nama", 'Awali dengan [[skenario]], lalu nama = "…".')
        name = " ".join(name.split())
        if name in scenarios:
            raise ConfigError(f'{path}: skenario "{name}" tertulis dua kali', "Ganti nama salah satunya.")
        own = {key: value for key, value in table.items() if key != "nama"}
        scenarios[name] = complete(plan_settings(own, path, base=base, table=f'skenario "{name}"'), rubric)
    if not scenarios:
        raise ConfigError(f"{path} tidak berisi skenario", 'Awali tiap skenario dengan [[skenario]] dan nama = "…".')
    return tuple(scenarios.items())


def _named_key(name: str) -> str:
    """A status or kabupaten in capitals; a code without its dots."""
    bare = name.replace(".", "").strip()
    return bare if bare.isdigit() else " ".join(name.upper().split())


def _number(value: object, where: str, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ConfigError(f"{where} = {value!r} di luar jangkauan", f"Tulis bilangan bulat {least} sampai {most}.")
    return value


def _tables(value: Sequence[object], where: str) -> tuple[Bucket, ...]:
    tables = [table for table in value if isinstance(table, dict)]
    if len(tables) < len(value):
        raise ConfigError(f"{where} bukan deretan tabel", "Awali tiap anggaran dengan tabel [[….anggaran]].")
    return buckets_of(tables, where)


def _order(value: Sequence[object], where: str) -> tuple[Actor, ...]:
    """The actors named, then the others in their usual order."""
    named = [str(actor).strip().lower() for actor in value]
    for number, actor in enumerate(named):
        if actor not in ACTORS:
            raise ConfigError(f'{where}: pelaku "{actor}" tidak dikenal', advice(actor, ACTORS))
        if actor in named[:number]:
            raise ConfigError(f'{where}: pelaku "{actor}" disebut dua kali', "Hapus salah satu.")
    return cast(tuple[Actor, ...], tuple(dict.fromkeys((*named, *ACTOR_ORDER))))


def _lead(value: object, where: str) -> tuple[Actor, str]:
    actor, _, office = value.partition(":") if isinstance(value, str) else ("", "", "")
    actor = actor.strip().lower()
    if actor not in ACTORS:
        raise ConfigError(f"{where} = {value!r} bukan pelaku", 'Tulis seperti "desa" atau "kabupaten:Dinkes".')
    return actor, office.strip()


def _known_lead(code: str, lead: tuple[Actor, str], rubric: Rubric, where: str) -> tuple[Actor, str]:
    if code not in rubric.by_code:
        raise ConfigError(f"{where}.pelaku.{code} bukan indikator edisi {rubric.edisi}", advice(code, rubric.codes))
    actor, office = lead
    own = rubric.by_code[code].pelaku
    offices = own.get(actor, ())
    if not offices:
        raise ConfigError(f'{where}.pelaku.{code}: "{actor}" bukan pelaku {code}', f"Pelakunya: {', '.join(own)}.")
    if office and office not in offices:
        raise ConfigError(f'{where}.pelaku.{code}: "{office}" bukan instansi {actor}', advice(office, offices))
    return actor, office or offices[0]
