"""`[rapbdes]` of `idm.toml`: what an office decides for the verification of village budgets.

```toml
[rapbdes]
silang = "silang.csv"                         # activity → indicator, instead of the program's
aturan = "aturan-rapbdes.toml"                # checks and verdicts, instead of the program's
kop = ["PEMERINTAH KABUPATEN TANA TIDUNG", "DINAS PEMBERDAYAAN MASYARAKAT DAN DESA"]
alamat = "Jalan Perintis, Tideng Pale"
logo = "logo.png"
tempat = "Tideng Pale"
pejabat = "pejabat.csv"                       # kode, peran, nama, nip; else that of [berita_acara]
penandatangan = [{ peran = "Tenaga Ahli Kabupaten", nama = "…", nip = "…" }, { peran = "Camat {kecamatan}" }]
```

Texts may name `{desa}`, `{kecamatan}`, `{kabupaten}`, `{kabupaten_kota}` (`KABUPATEN X`), `{provinsi}`, `{kode}` and
`{tahun}` (the fiscal year).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from idmcli.errors import ConfigError
from idmcli.parameters.minutes import Signatory
from idmcli.parameters.patterns import check_pattern
from idmcli.parameters.source import check_keys

KNOWN: Final[Mapping[str, type | tuple[type, ...]]] = {
    **{"silang": str, "aturan": str, "logo": str, "pejabat": str, "alamat": str, "tempat": str},
    **{"kop": list, "penandatangan": list},
}
KNOWN_SIGNATORY: Final[Mapping[str, type | tuple[type, ...]]] = {"peran": str, "nama": str, "nip": str}
PLACES: Final = frozenset({"desa", "kecamatan", "kabupaten", "kabupaten_kota", "provinsi", "kode", "tahun"})
MAY_BE_EMPTY: Final = ("alamat", "tempat", "logo")


@dataclass(frozen=True)
class BudgetSettings:
    """What an office decides; every field has the program's default where nothing is said.

    Attributes:
        silang: the office's own crosswalk.
        aturan: the office's own rules.
        kop: lines of the letterhead, the office itself last.
        alamat: line below them; empty for none.
        logo: picture file.
        tempat: place in front of the date; empty: a dotted line.
        pejabat: file of officials.
        penandatangan: who signs, by role.
    """

    silang: Path | None = None
    aturan: Path | None = None
    kop: tuple[str, ...] = ("PEMERINTAH {kabupaten_kota}", "KECAMATAN {kecamatan}")
    alamat: str = ""
    logo: Path | None = None
    tempat: str = ""
    pejabat: Path | None = None
    penandatangan: tuple[Signatory, ...] = (
        Signatory("Tenaga Ahli Kabupaten"),
        Signatory("Camat {kecamatan}", nip="…"),
        Signatory("Kepala Desa {desa}"),
    )


def budget_settings(table: Mapping[str, Any], file: Path) -> BudgetSettings:
    """What a table `[rapbdes]` says.

    Args:
        table: the table.
        file: the file it stands in; paths in it are relative to this file.

    Raises:
        ConfigError: an unknown key, a wrong type, or a text that names an unknown place.
    """
    filled = {key: value for key, value in table.items() if value != "" or key not in MAY_BE_EMPTY}
    check_keys(filled, KNOWN, file, "rapbdes.")
    said: dict[str, Any] = {
        key: file.parent / filled[key] for key in ("silang", "aturan", "logo", "pejabat") if key in filled
    }
    for key in ("alamat", "tempat"):
        if key in filled:
            said[key] = check_pattern(filled[key], f"{file}: rapbdes.{key}", PLACES)
    if "kop" in filled:
        said["kop"] = tuple(_line(line, file) for line in filled["kop"])
    if "penandatangan" in filled:
        said["penandatangan"] = tuple(_signatory(one, file) for one in filled["penandatangan"])
    return BudgetSettings(**said)


def _line(value: object, file: Path) -> str:
    if not isinstance(value, str):
        raise ConfigError(f"{file}: rapbdes.kop bukan deretan teks", 'Tulis seperti ["baris pertama", "baris kedua"].')
    return check_pattern(value, f"{file}: rapbdes.kop", PLACES)


def _signatory(value: object, file: Path) -> Signatory:
    where = "rapbdes.penandatangan"
    if not isinstance(value, dict) or not str(value.get("peran", "")).strip():
        raise ConfigError(f"{file}: {where} tanpa peran", 'Tulis seperti { peran = "Camat", nama = "…", nip = "…" }.')
    check_keys({key: one for key, one in value.items() if one != ""}, KNOWN_SIGNATORY, file, f"{where}.")
    role = check_pattern(value["peran"], f"{file}: {where}.peran", PLACES)
    return Signatory(role, value.get("nama", "").strip(), value.get("nip", "").strip())
