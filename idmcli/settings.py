"""`idm.toml`: what an office sets once instead of typing it each time. Flags beat environment beats this file.

```toml
edisi = "idm-2016"            # or a folder, relative to this file

[sasaran]                     # targets, for example of the RPJMD: how many villages per status
MANDIRI = 90                  # at least (MAJU too); for TERTINGGAL and SANGAT TERTINGGAL: at most
BERKEMBANG = ">= 200"         # or say the direction

[classify]
pantau_poin = 4               # watch list: villages that fall by losing this many IKS points
```
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from idmcli.errors import ConfigError

FILE_NAME: Final = "idm.toml"
KNOWN: Final[Mapping[str, type | tuple[type, ...]]] = {"edisi": str, "sasaran": dict, "classify": dict}
KNOWN_CLASSIFY: Final[Mapping[str, type | tuple[type, ...]]] = {"pantau_poin": int}


@dataclass(frozen=True)
class Settings:
    """What the configuration says; every field has the program's default where it is silent."""

    path: Path | None = None
    edisi: str = "idm-2016"
    sasaran: Mapping[str, int | str] = field(default_factory=dict)
    pantau_poin: int | None = None


def load_settings(config: str | None = None, edisi: str | None = None) -> Settings:
    """The settings of this run; whether a target names a status is for `classify` to judge.

    Args:
        config: a file named by the user; None: `IDM_CONFIG`, else the nearest `idm.toml` in this folder or above.
        edisi: the edition from the command line; None: `IDM_EDISI`, else the file's, else idm-2016.

    Raises:
        ConfigError: the file is missing, no TOML, or holds an unknown key or a wrong type.
    """
    named = config or os.environ.get("IDM_CONFIG")
    path = Path(named) if named else nearest(Path.cwd())
    data = read(path) if path else {}
    chosen = edisi or os.environ.get("IDM_EDISI")
    if chosen is None and "edisi" in data:
        chosen = str(data["edisi"])
        if path and "/" in chosen.replace("\\", "/"):
            chosen = str(path.parent / chosen)
    classify = data.get("classify", {})
    check(classify, KNOWN_CLASSIFY, path, "classify.")
    return Settings(
        path=path,
        edisi=chosen or Settings.edisi,
        sasaran=data.get("sasaran", {}),
        pantau_poin=classify.get("pantau_poin"),
    )


def nearest(start: Path) -> Path | None:
    """The first `idm.toml` from this folder upwards."""
    return next((folder / FILE_NAME for folder in (start, *start.parents) if (folder / FILE_NAME).is_file()), None)


def read(path: Path) -> dict[str, Any]:
    """The file's tables, top-level keys checked."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ConfigError(f"Berkas konfigurasi {path} tidak ada", "Periksa --config atau IDM_CONFIG.") from None
    except OSError as error:
        raise ConfigError(f"Berkas konfigurasi {path} tidak bisa dibaca ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} bukan TOML yang sah: {error}", "Perbaiki baris itu, lalu ulangi.") from None
    check(data, KNOWN, path, "")
    return data


def check(
    data: Mapping[str, Any], known: Mapping[str, type | tuple[type, ...]], path: Path | None, prefix: str
) -> None:
    """Every key is known and of its type."""
    for key, value in data.items():
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"Mungkin maksudnya {prefix}{near[0]}." if near else f"Yang dikenal: {', '.join(known)}."
            raise ConfigError(f"{path}: kunci {prefix}{key} tidak dikenal", hint)
        if not isinstance(value, known[key]) or isinstance(value, bool):
            raise ConfigError(f"{path}: isi {prefix}{key} salah jenis ({value!r})")
