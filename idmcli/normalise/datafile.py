"""Strict reading of the packaged TOML files: every fault is a ConfigError that names the file and the key."""

import tomllib
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from idmcli.errors import ConfigError

DATA = Path(__file__).parents[1] / "data"


def load_toml(path: Path) -> dict[str, Any]:
    """The whole file.

    Raises:
        ConfigError: the file is missing or no valid TOML.
    """
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except OSError as error:
        raise ConfigError(f"{path.name} tidak bisa dibaca: {error.strerror}", f"Periksa {path}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path.name} bukan TOML yang sah: {error}", f"Perbaiki {path}.") from error


def require_keys(path: Path, table: Mapping[str, Any], *, needed: Collection[str], known: Collection[str] = ()) -> None:
    """All needed keys are there and no unknown one."""
    for name in needed:
        if name not in table:
            raise ConfigError(f"{path.name}: kunci '{name}' tidak ada", f"Tambahkan '{name}' di {path}.")
    for name in table:
        if name not in needed and name not in known:
            choices = ", ".join([*needed, *known])
            raise ConfigError(f"{path.name}: kunci '{name}' tidak dikenal", f"Yang dikenal: {choices}.")


def text(path: Path, table: Mapping[str, Any], name: str) -> str:
    """A text that is not empty."""
    content = table[name]
    if not isinstance(content, str) or not content.strip():
        raise ConfigError(f"{path.name}: '{name}' harus teks yang tidak kosong", f"Perbaiki {path}.")
    return content


def day(path: Path, table: Mapping[str, Any], name: str) -> date:
    """A date."""
    content = table[name]
    if not isinstance(content, date):
        raise ConfigError(f"{path.name}: '{name}' harus tanggal, misalnya 2026-11-21", f"Perbaiki {path}.")
    return content


def table(path: Path, parent: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A table; an empty one where the key is absent."""
    content = parent.get(name, {})
    if not isinstance(content, dict):
        raise ConfigError(f"{path.name}: '{name}' harus berupa tabel [{name}]", f"Perbaiki {path}.")
    return content


def texts(path: Path, parent: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A list of texts that are not empty."""
    content = parent[name]
    if (
        not isinstance(content, list)
        or not content
        or not all(isinstance(item, str) and item.strip() for item in content)
    ):
        raise ConfigError(f"{path.name}: '{name}' harus daftar teks yang tidak kosong", f"Perbaiki {path}.")
    return tuple(content)
