"""Budgets and capacities: what an actor, an office or a place can spend on the plan, or how many works it can carry."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from idmcli.errors import ConfigError
from idmcli.parameters.source import Line, advice, no_double, read_csv
from idmcli.rubric.model import ACTORS, Actor, Rubric

COLUMNS: Final = ("pelaku", "instansi", "wilayah", "anggaran", "kapasitas")
PLACE_DIGITS: Final = (0, 2, 4, 6, 10)
"""Everywhere, a province, a kabupaten, a kecamatan, a desa."""


@dataclass(frozen=True)
class Bucket:
    """One budget or capacity; a work counts in every bucket that it matches.

    Attributes:
        pelaku: whose works; None: everybody's.
        instansi: of which office; None: of all.
        wilayah: code prefix of 2, 4, 6 or 10 digits; empty: everywhere.
        anggaran: the most that these works may cost together, in the unit of the costs; None: no limit.
        kapasitas: the most of such works; None: no limit.
    """

    pelaku: Actor | None = None
    instansi: str | None = None
    wilayah: str = ""
    anggaran: int | None = None
    kapasitas: int | None = None


def load_budgets(file: str | Path, rubric: Rubric | None = None) -> tuple[Bucket, ...]:
    """The buckets of a CSV file with the columns pelaku, instansi, wilayah, anggaran, kapasitas, in the file's order.

    Every column may be left out or left empty, but a line needs anggaran or kapasitas.

    Args:
        file: the path; messages name it as it is given.
        rubric: the edition whose offices are known; None: offices are not checked (see `check_buckets`).

    Raises:
        ConfigError: the file or one of its cells is wrong; the message names line and column.
    """
    seen: dict[tuple[object, ...], Line] = {}
    buckets = []
    for line in read_csv(file, COLUMNS, ()):
        bucket = _bucket(line)
        key = (bucket.pelaku, bucket.instansi, bucket.wilayah)
        if (earlier := seen.setdefault(key, line)) is not line:
            no_double(earlier, line, "pelaku", "Pelaku, instansi, dan wilayah ini")
        if rubric is not None and (fault := _stranger(bucket, rubric)):
            raise line.fail("instansi", *fault)
        buckets.append(bucket)
    return tuple(buckets)


def buckets_of(tables: Sequence[Mapping[str, Any]], where: str) -> tuple[Bucket, ...]:
    """The buckets of `[[rencana.anggaran]]`: the keys are the columns of the CSV file.

    Args:
        tables: the array of tables.
        where: file and key, for messages: `idm.toml: rencana.anggaran`.
    """
    buckets = []
    for number, table in enumerate(tables, 1):
        for key, value in table.items():
            if key not in COLUMNS:
                raise ConfigError(f"{where} ke-{number}: kunci {key} tidak dikenal", advice(key, COLUMNS))
            if not isinstance(value, (str, int)) or isinstance(value, bool):
                raise ConfigError(
                    f"{where} ke-{number}: isi {key} salah jenis ({value!r})", "Tulis teks atau bilangan."
                )
        texts = {key: str(value).strip() for key, value in table.items()}
        buckets.append(_bucket(_Entry(f"{where} ke-{number}", 0, texts)))
    for number, bucket in enumerate(buckets):
        if any(_same(bucket, earlier) for earlier in buckets[:number]):
            raise ConfigError(
                f"{where} ke-{number + 1}: pelaku, instansi, dan wilayah ini sudah ada", "Hapus salah satu."
            )
    return tuple(buckets)


def check_buckets(buckets: Sequence[Bucket], rubric: Rubric, where: str) -> None:
    """Every office is one of its actor's in this edition.

    Raises:
        ConfigError: an office is unknown or another actor's.
    """
    for bucket in buckets:
        if fault := _stranger(bucket, rubric):
            raise ConfigError(f"{where}: {fault[0]}", fault[1])


class _Entry(Line):
    """A table of `idm.toml` read like a line: it has no line number."""

    def fail(self, key: str, pesan: str, saran: str) -> ConfigError:
        return ConfigError(f"{self.file}, kunci {key}: {pesan}", saran)


def _bucket(line: Line) -> Bucket:
    actor = line.text("pelaku").lower()
    if actor and actor not in ACTORS:
        raise line.fail("pelaku", f'"{line.text("pelaku")}" tidak dikenal', advice(actor, ACTORS))
    place = re.sub(r"[.\s]", "", line.text("wilayah"))
    if place and not (place.isascii() and place.isdigit() and len(place) in PLACE_DIGITS):
        raise line.fail(
            "wilayah",
            f'"{line.text("wilayah")}" bukan kode wilayah',
            "Isi kode provinsi (2 angka), kabupaten (4), kecamatan (6) atau desa (10), atau kosongkan.",
        )
    budget, capacity = line.amount("anggaran"), line.amount("kapasitas")
    if budget is None and capacity is None:
        raise line.fail("anggaran", "anggaran dan kapasitas kosong", "Isi salah satu, atau hapus baris ini.")
    return Bucket(actor or None, line.text("instansi") or None, place, budget, capacity)


def _same(one: Bucket, other: Bucket) -> bool:
    return (one.pelaku, one.instansi, one.wilayah) == (other.pelaku, other.instansi, other.wilayah)


def _stranger(bucket: Bucket, rubric: Rubric) -> tuple[str, str] | None:
    """What is wrong with the office of a bucket, and what to do."""
    if bucket.instansi is None:
        return None
    offices = {
        office: None
        for indicator in rubric.indikator
        for actor, own in indicator.pelaku.items()
        if bucket.pelaku in (None, actor)
        for office in own
    }
    if bucket.instansi in offices:
        return None
    of = f" sebagai instansi {bucket.pelaku}" if bucket.pelaku else ""
    return f'"{bucket.instansi}" tidak dikenal{of}', advice(bucket.instansi, sorted(offices))
