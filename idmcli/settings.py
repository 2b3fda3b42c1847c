"""`idm.toml`: what an office sets once instead of typing it each time. Flags beat environment beats this file.

```toml
edisi = "idm-2016"            # or a folder, relative to this file

[sasaran]                     # targets, for example of the RPJMD: how many villages per status
MANDIRI = 90                  # at least (MAJU too); for TERTINGGAL and SANGAT TERTINGGAL: at most
BERKEMBANG = ">= 200"         # or say the direction

[classify]
pantau_poin = 4               # watch list: villages that fall by losing this many IKS points

[gap]
kunci = ["IKS27"]             # indicators that no path touches
buka = ["IKL02"]              # indicators whose lock in the rubric is lifted
maks_indikator = 3            # the most indicators that a path touches

[rencana]                     # see idmcli/parameters/plan_settings.py
tahun = 2025

[berita_acara]                # see idmcli/parameters/minutes.py
nomor = "{nomor:03}/BA-IDM/{kode}/{tahun}"

[rapbdes]                     # see idmcli/parameters/rapbdes_settings.py
silang = "silang.csv"

[laporan]                     # see idmcli/parameters/report_settings.py
masukan = ["kaltara.xlsx"]
keluaran = "laporan-2024"
```
"""

import errno
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from idmcli.errors import ConfigError
from idmcli.parameters.minutes import MinutesSettings, minutes_settings
from idmcli.parameters.plan_settings import PlanSettings, plan_settings
from idmcli.parameters.rapbdes_settings import BudgetSettings, budget_settings
from idmcli.parameters.report_settings import ReportSettings, report_settings
from idmcli.parameters.source import check_keys, parse_toml

FILE_NAME: Final = "idm.toml"
KNOWN: Final[Mapping[str, type | tuple[type, ...]]] = {
    "edisi": str,
    "sasaran": dict,
    "classify": dict,
    "gap": dict,
    "rencana": dict,
    "berita_acara": dict,
    "rapbdes": dict,
    "laporan": dict,
}
KNOWN_CLASSIFY: Final[Mapping[str, type | tuple[type, ...]]] = {"pantau_poin": int}
KNOWN_GAP: Final[Mapping[str, type | tuple[type, ...]]] = {"kunci": list, "buka": list, "maks_indikator": int}

DIGITS: Final = 9
"""More digits than any number of villages has."""


@dataclass(frozen=True)
class Settings:
    """What the configuration says; every field has the program's default where it is silent.

    `gap_kunci` and `gap_buka` are codes in capitals; whether the edition has them is for `pipeline` to judge, as it is
    for the statuses of `sasaran` and what `rencana` names (`parameters.complete`).
    """

    path: Path | None = None
    edisi: str = "idm-2016"
    sasaran: Mapping[str, int | str] = field(default_factory=dict)
    pantau_poin: int | None = None
    gap_kunci: frozenset[str] = frozenset()
    gap_buka: frozenset[str] = frozenset()
    maks_indikator: int | None = None
    rencana: PlanSettings = field(default_factory=PlanSettings)
    berita_acara: MinutesSettings = field(default_factory=MinutesSettings)
    rapbdes: BudgetSettings = field(default_factory=BudgetSettings)
    laporan: ReportSettings | None = None


def load_settings(config: str | None = None, edisi: str | None = None) -> Settings:
    """The settings of this run; whether a target names a status is for `classify` to judge.

    Args:
        config: a file named by the user; None: `IDM_CONFIG`, else the nearest `idm.toml` in this folder or above.
        edisi: the edition from the command line; None: `IDM_EDISI`, else the file's, else idm-2016.

    Raises:
        ConfigError: the file is missing, no TOML, or holds an unknown key or a wrong type.
    """
    named = config or os.environ.get("IDM_CONFIG")
    path = Path(named) if named else nearest()
    data = read(path) if path else {}
    chosen = edisi or os.environ.get("IDM_EDISI") or None
    if chosen is None and "edisi" in data:
        chosen = str(data["edisi"])
        if path and "/" in chosen.replace("\\", "/"):
            chosen = f"{path.parent}/{chosen}" if not Path(chosen).is_absolute() else chosen
    classify = data.get("classify", {})
    check_keys(classify, KNOWN_CLASSIFY, path, "classify.")
    gap = data.get("gap", {})
    check_keys(gap, KNOWN_GAP, path, "gap.")
    for key, value in data.get("sasaran", {}).items():
        within_reach(value, path, f"sasaran.{key}")
    within_reach(classify.get("pantau_poin", 0), path, "classify.pantau_poin", least=0)
    within_reach(gap.get("maks_indikator", 1), path, "gap.maks_indikator", least=1)
    return Settings(
        path=path,
        edisi=chosen or Settings.edisi,
        sasaran=data.get("sasaran", {}),
        pantau_poin=classify.get("pantau_poin"),
        gap_kunci=_codes(gap.get("kunci", ()), path, "gap.kunci"),
        gap_buka=_codes(gap.get("buka", ()), path, "gap.buka"),
        maks_indikator=gap.get("maks_indikator"),
        rencana=plan_settings(data["rencana"], path) if path and "rencana" in data else PlanSettings(),
        berita_acara=minutes_settings(data["berita_acara"], path)
        if path and "berita_acara" in data
        else MinutesSettings(),
        rapbdes=budget_settings(data["rapbdes"], path) if path and "rapbdes" in data else BudgetSettings(),
        laporan=report_settings(data["laporan"], path) if path and "laporan" in data else None,
    )


def nearest() -> Path | None:
    """The first `idm.toml` from the current folder upwards; none where that folder is gone or closed to us."""
    try:
        start = Path.cwd()
        return next((folder / FILE_NAME for folder in (start, *start.parents) if (folder / FILE_NAME).is_file()), None)
    except OSError:
        return None


def read(path: Path) -> dict[str, Any]:
    """The file's tables, top-level keys checked."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ConfigError(f"Berkas konfigurasi {path} tidak ada", "Periksa --config atau IDM_CONFIG.") from None
    except OSError as error:
        why = "itu folder" if path.is_dir() else "izin ditolak" if error.errno == errno.EACCES else error.strerror
        raise ConfigError(
            f"Berkas konfigurasi {path} tidak bisa dibaca: {why}", "Periksa --config atau IDM_CONFIG."
        ) from None
    tables = parse_toml(data, path)
    check_keys(tables, KNOWN, path, "")
    return tables


def within_reach(value: object, path: Path | None, key: str, least: int | None = None) -> None:
    """A number of villages or points that can be meant, whatever else is to be said about the value."""
    for number in re.findall(r"-?\d+", str(value)):
        if len(number) > DIGITS or (least is not None and int(number) < least):
            raise ConfigError(
                f"{path}: isi {key} di luar jangkauan ({value})", f"Tulis bilangan bulat mulai {least or 0}."
            )


def _codes(value: Sequence[object], path: Path | None, key: str) -> frozenset[str]:
    """Indicator codes in capitals."""
    for code in value:
        if not isinstance(code, str) or not code.strip():
            raise ConfigError(f"{path}: isi {key} salah jenis ({code!r})", 'Tulis seperti ["IKS27", "IKL02"].')
    return frozenset(str(code).strip().upper() for code in value)
