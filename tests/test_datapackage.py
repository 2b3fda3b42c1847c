"""The data of a report: every file is read back and held against what `datapackage.json` says of it."""

import hashlib
import io
import json
import re
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from idmcli.pipeline.annual import make_annual
from idmcli.report.datapackage import DESCRIPTION, package_files
from idmcli.settings import load_settings
from tests.annual_report import EARLIER, office
from tests.publishing_killed import QUICK

TYPES: Mapping[str, Any] = {
    "integer": pl.Int64(),
    "year": pl.Int64(),
    "number": pl.Float64(),
    "boolean": pl.Boolean(),
    "string": pl.String(),
}
TARGETS = "\n[sasaran]\nMANDIRI = 2\n"


@cache
def package() -> dict[str, bytes]:
    """The files of a small package with an invalid score in it."""
    with tempfile.TemporaryDirectory(dir=QUICK) as place:
        config = office(Path(place), EARLIER + TARGETS)
        faulty = Path(place) / "data" / "6501012005-2024.json"
        faulty.write_text(faulty.read_text(encoding="utf-8").replace('"SKOR":5', '"SKOR":7', 1), encoding="utf-8")
        annual = make_annual(load_settings(str(config)))
        return dict(package_files(annual, "Judul", "CC-BY-4.0"))


def resources() -> dict[str, dict[str, Any]]:
    """The resources of the small package, by path."""
    return {one["path"]: one for one in json.loads(package()[DESCRIPTION])["resources"]}


def read(resource: Mapping[str, Any]) -> pl.DataFrame:
    """A file of the package as its schema says."""
    schema = {field["name"]: TYPES[field["type"]] for field in resource["schema"]["fields"]}
    data = io.BytesIO(package()[resource["path"]])
    if resource["format"] == "csv":
        return pl.read_csv(data, schema=schema)
    return pl.read_parquet(data).cast(schema)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_every_file_is_what_its_description_says(ending: str) -> None:
    wrong = []
    for path, resource in resources().items():
        if not path.endswith(ending):
            continue
        data = package()[path]
        assert (resource["bytes"], resource["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")
        frame = read(resource)
        key = resource["schema"]["primaryKey"]
        if frame.is_empty() or frame.select(key).is_duplicated().any():
            wrong.append(f"{path}: {frame.height} rows, {key} not unique")
        for field in resource["schema"]["fields"]:
            assert field["title"], f"{path}: {field['name']}"
            assert field["description"], f"{path}: {field['name']}"
            wrong += [f"{path}: {field['name']} {fault}" for fault in faults(frame, field)]
    assert not wrong, "\n".join(wrong)


def faults(frame: pl.DataFrame, field: Mapping[str, Any]) -> list[str]:
    """Which constraints the values break."""
    values, found = frame.get_column(field["name"]), []
    known = values.drop_nulls().unique().to_list()
    for name, bound in field.get("constraints", {}).items():
        match name:
            case "required":
                broken = [None] if values.null_count() else []
            case "enum":
                broken = [value for value in known if value not in bound]
            case "pattern":
                broken = [value for value in known if not re.fullmatch(bound, value)]
            case "minimum":
                broken = [value for value in known if value < bound]
            case "maximum":
                broken = [value for value in known if value > bound]
            case _:
                broken = [name]
        if broken:
            found.append(f"{name} {bound}: {broken}")
    return found


def test_csv_and_parquet_hold_the_same() -> None:
    for path, resource in resources().items():
        if resource["format"] == "csv":
            twin = resources()[path.replace(".csv", ".parquet")]
            assert_frame_equal(read(resource), read(twin))


def test_foreign_keys_lead_somewhere() -> None:
    keys = 0
    for path, resource in resources().items():
        for key in resource["schema"].get("foreignKeys", []):
            (here,), (there,) = key["fields"], key["reference"]["fields"]
            target = resources()[f"{key['reference']['resource']}.csv"]
            assert target["schema"]["primaryKey"] == [there]
            missing = set(read(resource)[here].drop_nulls()) - set(read(target)[there])
            assert not missing, f"{path}: {here} → {missing}"
            keys += 1
    assert keys > 10


def test_the_package_says_where_it_comes_from() -> None:
    about = json.loads(package()[DESCRIPTION])
    assert (about["name"], about["licenses"]) == ("idm-2024", [{"name": "CC-BY-4.0"}])
    assert {Path(one["title"]).name for one in about["sources"]} >= {"6501012005-2024.json", "6501012005-2023.json"}
    names = [one["name"] for one in about["resources"]]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z0-9._-]+", name.replace("_", "-")) for name in names)
    skor = read(resources()["skor.csv"])
    assert skor.get_column("IKS01").null_count() == 1, "an invalid score is left out of the table"
    units = {field["name"]: field.get("unit") for field in resources()["jalur.csv"]["schema"]["fields"]}
    assert (units["butuh_k"], units["biaya"]) == ("1/6300 IDM", "beban, ditambah 1000000 per langkah")
