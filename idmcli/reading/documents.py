"""Ministry JSON (`rumusan`): one document a village-year, and the lists of records that this program writes itself."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias, cast

import polars as pl

from idmcli.columns import KODE_DESA, TAHUN
from idmcli.tables import Grid, SkippedDocument

Json: TypeAlias = "str | bool | Sequence[Json] | Mapping[str, Json] | None"
"""Parsed JSON in which every number is still the text it was written as."""

_IDENTITY: Final = {
    KODE_DESA: "id_desa",
    "provinsi": "nama_provinsi",
    "kabupaten": "nama_kab_kota",
    "kecamatan": "nama_kecamatan",
    "desa": "nama_desa",
}
_SUMMARY: Final = {
    "target_status_terbit": "TARGET_STATUS",
    "skor_minimal_terbit": "SKOR_MINIMAL",
    "penambahan_terbit": "PENAMBAHAN",
}
_STATED_ROW: Final = re.compile(r"(STATUS IDM|IKS|IKE|IKL|IDM)\s+(\d{4})", re.IGNORECASE)


@dataclass(frozen=True)
class Village:
    """One document: the file it came from, its name, what it holds by column name, and where each value stands."""

    file: str
    berkas: str
    isi: dict[str, str | None]
    addresses: dict[str, str]


@dataclass
class Documents:
    """What a JSON file holds: village documents, documents left out, and plain records."""

    villages: list[Village] = field(default_factory=list)
    skipped: list[SkippedDocument] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)


def read_documents(berkas: str, data: bytes) -> Documents:
    """A ministry document, a list of them, or records as `-o hasil.json` writes them. Never raises for bad content."""
    found = Documents()
    try:
        # numbers stay as typed: no float ever rounds them
        parsed = cast(Json, json.loads(data, parse_float=str, parse_int=str, parse_constant=str))
    except (ValueError, RecursionError) as error:
        where = f" di baris {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        web = data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
        reason = "halaman web (HTML), bukan dokumen JSON" if web else f"JSON rusak{where}"
        found.skipped.append(SkippedDocument(berkas, reason))
        return found
    records = parsed.get("baris") if isinstance(parsed, Mapping) else parsed
    if isinstance(records, list) and records and all(_is_record(record) for record in records):
        found.grids.append(_record_grid(berkas, cast("list[Mapping[str, Json]]", records)))
        return found
    for number, document in enumerate(parsed if isinstance(parsed, list) else [parsed]):
        name = f"{berkas}[{number}]" if isinstance(parsed, list) else berkas
        village = _village(berkas, name, document)
        if isinstance(village, Village):
            found.villages.append(village)
        else:
            found.skipped.append(village)
    if not (found.villages or found.skipped):
        found.skipped.append(SkippedDocument(berkas, "JSON tanpa isi"))
    return found


def documents_grid(berkas: str, villages: Sequence[Village]) -> Grid:
    """One grid of all documents: the column names, then a row for each document."""
    names = dict.fromkeys(name for village in villages for name in village.isi)
    rows = [list(names), *([village.isi.get(name) for name in names] for village in villages)]
    addresses: dict[str, str] = {}
    for village in villages:
        addresses = {**village.addresses, **addresses}
    return Grid(
        berkas,
        None,
        pl.DataFrame(rows, schema={str(number): pl.String() for number in range(len(names))}, orient="row"),
        "rumusan",
        berkas_per_baris=tuple(village.berkas for village in villages),
        addresses=addresses,
    )


def _village(file: str, berkas: str, document: Json) -> Village | SkippedDocument:
    """The figures of one document, or why it is none: an error answer, or a document of another kind."""
    if not isinstance(document, Mapping):
        return SkippedDocument(berkas, "bukan dokumen rumusan IDM")
    if document.get("error") is True or document.get("status") not in ("200", None):
        message = _text(document.get("message")) or "tanpa keterangan"
        return SkippedDocument(berkas, f"jawaban galat dari kementerian: {message}")
    content = document.get("mapData")
    rows = content.get("ROW") if isinstance(content, Mapping) else None
    who = content.get("IDENTITAS") if isinstance(content, Mapping) else None
    if not isinstance(content, Mapping) or not isinstance(rows, list) or not rows:
        return SkippedDocument(berkas, "bukan dokumen rumusan IDM (tidak ada mapData.ROW)")
    identity = who[0] if isinstance(who, list) and who else None
    if not isinstance(identity, Mapping):
        return SkippedDocument(berkas, "dokumen rumusan IDM tanpa identitas desa (mapData.IDENTITAS)")
    summary = content.get("SUMMARIES")
    return _collect(Village(file, berkas, {}, {}), identity, summary if isinstance(summary, Mapping) else {}, rows)


def _collect(
    village: Village, identity: Mapping[str, Json], summary: Mapping[str, Json], rows: Sequence[Json]
) -> Village:
    def put(name: str, value: Json, address: str) -> None:
        if name not in village.isi:
            village.isi[name], village.addresses[name] = _text(value), address

    for name, key in _IDENTITY.items():
        put(name, identity.get(key), f"mapData.IDENTITAS[0].{key}")
    if "TAHUN" in summary:
        put(TAHUN, summary["TAHUN"], "mapData.SUMMARIES.TAHUN")
    for number, row in enumerate(rows):
        label = _text(row.get("INDIKATOR")) if isinstance(row, Mapping) else None
        if not isinstance(row, Mapping) or label is None:
            continue
        stated = _STATED_ROW.fullmatch(label)
        name = f"{stated[1].split()[0].lower()}_terbit" if stated else label
        put(name, row.get("SKOR"), f"mapData.ROW[{number}].SKOR")
        if stated:
            put(TAHUN, stated[2], f"mapData.ROW[{number}].INDIKATOR")
    for name, key in _SUMMARY.items():
        put(name, summary.get(key), f"mapData.SUMMARIES.{key}")
    return village


def _is_record(record: Json) -> bool:
    return isinstance(record, Mapping) and bool(record) and not {"mapData", "error"} & set(record)


def _record_grid(berkas: str, records: Sequence[Mapping[str, Json]]) -> Grid:
    names = list(dict.fromkeys(name for record in records for name in record))
    rows = [[_text(name) for name in names], *([_text(record.get(name)) for name in names] for record in records)]
    schema = {str(number): pl.String() for number in range(len(names))}
    return Grid(berkas, None, pl.DataFrame(rows, schema=schema, orient="row"), "teks")


def _text(value: Json) -> str | None:
    """A value as the cell it becomes; structures as JSON."""
    if value is None or isinstance(value, str):
        # half a surrogate pair is legal in JSON and in no other text
        return (value or "").encode("utf-8", "replace").decode().strip() or None
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value)
