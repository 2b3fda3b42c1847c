"""The report's data for programs: every table as CSV and parquet, described by `datapackage.json`.

The description follows the Data Package standard, version 2 (https://datapackage.org/): for every file its size and
SHA-256, for every column type, title, meaning, unit and what it may hold, and the keys between tables. The unit stands
in the property `unit`, which the standard leaves to those who use it.
"""

import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import polars as pl

from idmcli import __version__
from idmcli.columns import KODE_DESA, TAHUN
from idmcli.export import safe_csv
from idmcli.findings import LEVELS
from idmcli.parameters.source import check_keys, read_toml
from idmcli.pipeline.annual import Annual
from idmcli.report.frames import NUMBER, report_frames
from idmcli.rubric import Rubric

DATA: Final = Path(__file__).resolve().parents[1] / "data" / "paket_data.toml"
FOLDER: Final = "data"
DESCRIPTION: Final = "datapackage.json"
PROFILES: Final = "https://datapackage.org/profiles/2.0"
MEDIA: Final = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
GUARD: Final = "Dalam CSV, teks yang diawali =, +, -, atau @ didahului tanda petik tunggal agar tidak dijalankan Excel."
TABLE_KEYS: Final = {"judul": str, "arti": str, "kunci": list, "acuan": dict}
COLUMN_KEYS: Final = {"judul": str, "arti": str, "satuan": str}
SHARES: Final = {"iks", "ike", "ikl", "idm", "bagian_penuh", "idm_dari", "idm_ke", "idm_baru"}
"""Columns between 0 and 1."""
STATUSES: Final = {"status", "target_status", "target", "status_baru", "status_rencana"}
STATUSES_OF_PAIRS: Final = {"perubahan.status_dari", "perubahan.status_ke"}
CODES: Final = {KODE_DESA: 10, "kode_kecamatan": 6, "kode_kabupaten": 4}


@lru_cache(maxsize=1)
def meanings() -> Mapping[str, Mapping[str, Any]]:
    """What tables and columns are: `tabel` and `kolom`, by name.

    Raises:
        ConfigError: the program's own data are invalid.
    """
    content = read_toml(DATA)
    check_keys(content, {"tabel": dict, "kolom": dict}, DATA, "")
    for name, table in content["tabel"].items():
        check_keys(table, TABLE_KEYS, DATA, f"tabel.{name}.")
    for name, column in content["kolom"].items():
        check_keys(column, COLUMN_KEYS, DATA, f"kolom.{name}.")
    return content


def package_files(annual: Annual, judul: str, lisensi: str = "") -> Iterator[tuple[str, bytes]]:
    """Name and content of every file of the package, its description last.

    Args:
        annual: what the report is written from.
        judul: title of the report.
        lisensi: name of the licence under which the office gives the data away, such as `CC-BY-4.0`; empty: not said,
            and then the description says nothing of a licence.
    """
    resources = []
    for name, frame in report_frames(annual).items():
        for ending, content in (("csv", safe_csv(frame)), ("parquet", parquet(frame))):
            yield f"{name}.{ending}", content
            resources.append(resource(name, ending, content, frame, annual))
    described = {**about(annual, judul, lisensi), "resources": resources}
    yield DESCRIPTION, (json.dumps(described, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def parquet(frame: pl.DataFrame) -> bytes:
    """A frame as parquet."""
    content = io.BytesIO()
    frame.write_parquet(content)
    return content.getvalue()


def about(annual: Annual, judul: str, lisensi: str) -> dict[str, Any]:
    """What the package says of itself."""
    place = f"tahun {annual.tahun}, edisi {annual.rubric.edisi}"
    described: dict[str, Any] = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": f"idm-{annual.tahun}",
        "title": judul,
        "description": f"Data laporan Indeks Desa Membangun {place}. {GUARD}",
        "version": f"{annual.tahun}.0.0",
        "created": f"{annual.tanggal.isoformat()}T00:00:00Z",
        "keywords": ["Indeks Desa Membangun", "IDM", "desa"],
        "contributors": [{"title": f"idm {__version__}", "roles": ["wrangler"]}],
        "sources": [{"title": one.berkas, "version": f"sha256:{one.sha256}"} for one in inputs(annual)],
    }
    if lisensi:
        described["licenses"] = [{"name": lisensi}]
    return described


def inputs(annual: Annual) -> list[Any]:
    """The files behind the report, each once, those of this year first."""
    return list(dict.fromkeys(one for loaded in (annual.loaded, *annual.earlier) for one in loaded.sources))


def resource(name: str, ending: str, content: bytes, frame: pl.DataFrame, annual: Annual) -> dict[str, Any]:
    """The description of one file."""
    said = meanings()["tabel"][name]
    described: dict[str, Any] = {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": name if ending == "csv" else f"{name}-{ending}",
        "path": f"{name}.{ending}",
        "type": "table",
        "title": said["judul"],
        "description": said["arti"],
        "format": ending,
        "mediatype": MEDIA[ending],
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema(name, frame, annual),
    }
    if ending == "csv":
        described |= {"encoding": "utf-8", "dialect": {"delimiter": ",", "lineTerminator": "\n"}}
    return described


def schema(name: str, frame: pl.DataFrame, annual: Annual) -> dict[str, Any]:
    """Columns and keys of a table."""
    said = meanings()["tabel"][name]
    keys = {
        column: {
            "fields": [column],
            "reference": {"resource": target.partition(".")[0], "fields": [target.partition(".")[2]]},
        }
        for column, target in said.get("acuan", {}).items()
    }
    required = set(said["kunci"])
    return {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [
            field(f"{name}.{column}", dtype, annual, required=column in required)
            for column, dtype in frame.schema.items()
        ],
        "missingValues": [""],
        "primaryKey": said["kunci"],
        **({"foreignKeys": list(keys.values())} if keys else {}),
    }


def field(full: str, dtype: pl.DataType, annual: Annual, *, required: bool) -> dict[str, Any]:
    """One column, known by table and name."""
    table, _, name = full.partition(".")
    rubric = annual.rubric
    said = meaning(full, rubric)
    constraints: dict[str, Any] = {"required": True} if required else {}
    if (table, name) == ("skor", name) and name in rubric.by_code:
        constraints["enum"] = list(rubric.by_code[name].allowed)
    elif name in CODES:
        constraints["pattern"] = f"^[0-9]{{{CODES[name]}}}$"
    elif name in STATUSES or full in STATUSES_OF_PAIRS:
        constraints["enum"] = [status.nama for status in rubric.status]
    elif full == "temuan.tingkat":
        constraints["enum"] = list(LEVELS)
    elif name in SHARES:
        constraints |= {"minimum": 0, "maximum": 1}
    elif dtype.is_unsigned_integer():
        constraints["minimum"] = 1 if name == NUMBER else 0
    return {
        "name": name,
        "type": kind(name, dtype),
        "title": said["judul"],
        "description": said["arti"],
        **({"unit": unit(said["satuan"], annual)} if "satuan" in said else {}),
        **({"constraints": constraints} if constraints else {}),
    }


def meaning(full: str, rubric: Rubric) -> Mapping[str, str]:
    """Title, meaning and unit of a column: its own entry, that of its name, an indicator, or a status."""
    known = meanings()["kolom"]
    name = full.partition(".")[2]
    if full in known or name in known:
        found: Mapping[str, str] = known.get(full) or known[name]
        return found
    if name in rubric.by_code:
        one = rubric.by_code[name]
        return {"judul": one.singkat, "arti": f"Skor {one.kode}: {one.nama}.", "satuan": "poin"}
    status = next(status.nama for status in rubric.status if status.nama == name)
    return {"judul": status.capitalize(), "arti": f"Jumlah desa berstatus {status}.", "satuan": "desa"}


def kind(name: str, dtype: pl.DataType) -> str:
    """The standard's word for a type."""
    if name == TAHUN or name == "tahun_rencana":
        return "year"
    if dtype == pl.Boolean:
        return "boolean"
    if dtype.is_integer():
        return "integer"
    return "number" if dtype.is_float() else "string"


def unit(named: str, annual: Annual) -> str:
    """A unit in words."""
    if named == "k":
        return f"1/{annual.rubric.scale} IDM"
    if named == "biaya" and annual.gapped is not None:
        return annual.gapped.choice.biaya.arti
    return named
