"""Many files to one table: each is read by itself, so that one row's origin and one file's fault stay its own."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from idmcli import columns as col
from idmcli.errors import IdmError, InputError, UsageError
from idmcli.merge import LATEST, Merged, merge
from idmcli.merge.choice import named
from idmcli.normalise import normalise
from idmcli.normalise.aliases import Aliases
from idmcli.normalise.layouts import load_layouts
from idmcli.normalise.vocabulary import load_vocabulary
from idmcli.pipeline.loading import left_out
from idmcli.pipeline.sources import Source, digest, standard_input
from idmcli.pipeline.versions import versions, without_copies
from idmcli.reading import read
from idmcli.reading.sources import STDIN, find_sources
from idmcli.reading.sources import Source as Input
from idmcli.regions import Regions, load_regions
from idmcli.rubric import Rubric, load_rubric
from idmcli.settings import Settings
from idmcli.tables import SkippedDocument, VillageTable
from idmcli.words import listed, whole

_DOCUMENT = ".json"
_PREFIXES = (2, 4, 6)
_TOLD = 5
"""How many unreadable files are named."""


@dataclass(frozen=True)
class MergeRequest:
    """What is to be merged and how: see `merge.merge` for `pilih` and `wilayah`, `Request` for the others."""

    files: tuple[str, ...]
    tahun: int | None = None
    sheet: str | None = None
    terima_usulan: bool = False
    pilih: tuple[str, ...] = ()
    wilayah: str | None = None


@dataclass(frozen=True)
class Joined:
    """A merge with what it was made from; `skipped` are ministry documents that are no village."""

    merged: Merged
    rubric: Rubric
    regions: Regions
    sources: tuple[Source, ...]
    skipped: tuple[SkippedDocument, ...]
    notes: tuple[str, ...]


def merge_files(request: MergeRequest, settings: Settings) -> Joined:
    """Read all files and join them.

    Raises:
        InputError: files cannot be read (all of them are named), or they hold different things.
        UsageError: an unknown area, or a file to choose that is not among them.
        ConfigError: edition, layouts or reference are invalid.
    """
    inputs, said = find_sources(request.files)
    inputs, copies = without_copies(inputs)
    rubric, regions = load_rubric(settings.edisi), load_regions()
    check_area(request.wilayah, regions)
    stdin = standard_input() if any(one.path is None for one in inputs) else None
    tables = read_each(inputs, request, rubric, regions, stdin)
    return joined(tables, request, rubric, regions, [*said, *copies], stdin=stdin)


def read_each(
    inputs: Sequence[Input], request: MergeRequest, rubric: Rubric, regions: Regions, stdin: io.BytesIO | None = None
) -> list[VillageTable]:
    """A table per file; all ministry documents together are one, in the place of the first.

    Raises:
        InputError: some files cannot be read; each is named with its reason.
    """
    documents = [one.berkas for one in inputs if one.ending == _DOCUMENT]
    batches = [[one.berkas] for one in inputs if one.ending != _DOCUMENT]
    if documents:
        place = next(number for number, one in enumerate(inputs) if one.ending == _DOCUMENT)
        batches.insert(place, documents)
    aliases = Aliases(load_layouts(), rubric)
    tables: list[VillageTable] = []
    failures: list[IdmError] = []
    for batch in batches:
        sheet = None if batch is documents or batch == [STDIN] else request.sheet
        try:
            reading = read(batch, sheet=sheet, stdin=stdin)
            tables.append(
                normalise(
                    reading,
                    rubric=rubric,
                    regions=regions,
                    tahun=request.tahun,
                    terima_usulan=request.terima_usulan,
                    aliases=aliases,
                )
            )
        except (InputError, UsageError) as error:
            failures.append(error)
    if len(failures) == 1:
        raise failures[0]
    if failures:
        told = "; ".join(error.pesan for error in failures[:_TOLD])
        more = f"; dan {whole(len(failures) - _TOLD)} lagi" if len(failures) > _TOLD else ""
        kind = UsageError if all(isinstance(error, UsageError) for error in failures) else InputError
        raise kind(
            f"{len(failures)} dari {len(batches)} berkas tidak dapat dibaca: {told}{more}",
            "Perbaiki atau keluarkan berkas itu, lalu ulangi; tidak ada yang ditulis.",
        )
    return tables


def joined(
    tables: Sequence[VillageTable],
    request: MergeRequest,
    rubric: Rubric,
    regions: Regions,
    said: Sequence[str],
    *,
    years: Sequence[int] = (),
    stdin: io.BytesIO | None = None,
) -> Joined:
    """The tables joined, with all that was said while reading.

    Raises:
        InputError: the tables hold different things.
        UsageError: a file to choose is not among them.
    """
    names = pl.concat([table.desa.get_column(col.BERKAS) for table in tables]).unique(maintain_order=True).to_list()
    check_wishes(request.pilih, names)
    merged = merge(
        tables,
        rubric=rubric,
        regions=regions,
        versions=versions(names),
        is_blank=load_vocabulary().is_blank,
        pilih=request.pilih,
        wilayah=request.wilayah,
        tahun=years,
    )
    skipped = tuple(document for table in tables for document in table.skipped)
    whole_table = VillageTable(tables[0].desa, tables[0].mentah, merged.shape, merged.layouts, skipped)
    notes = [*said, *_assumed(tables), *_twice(merged), *left_out(whole_table)]
    if merged.tahun_diisi:
        notes.append(
            f"{listed(merged.tahun_diisi, 3)}: tahun tidak tertulis, dianggap {merged.tahun[0]} seperti berkas lain"
        )
    sources = tuple(Source(name, digest(name, stdin)) for name in names)
    return Joined(merged, rubric, regions, sources, skipped, tuple(notes))


def check_area(wilayah: str | None, regions: Regions) -> None:
    """The area asked for is in the reference.

    Raises:
        UsageError: it is no code of 2, 4 or 6 digits, or no village of the reference lies in it.
    """
    if wilayah is None:
        return
    if not wilayah.isdecimal() or len(wilayah) not in _PREFIXES:
        raise UsageError(f"--wilayah {wilayah} bukan kode wilayah", "Pakai kode 2, 4, atau 6 angka, misalnya 6501.")
    if not regions.frame.get_column(col.KODE_DESA).str.starts_with(wilayah).any():
        raise UsageError(
            f"--wilayah {wilayah} tidak ada di acuan wilayah",
            f"Acuan yang ada: provinsi {', '.join(sorted(regions.provinces))}.",
        )


def check_wishes(pilih: Sequence[str], names: Sequence[str]) -> None:
    """Each choice is `terbaru` or a file that was read.

    Raises:
        UsageError: it is neither.
    """
    for wish in pilih:
        if wish != LATEST and not any(named(name, wish) for name in names):
            raise UsageError(
                f"--pilih {wish}: tidak ada berkas bernama itu di antara {whole(len(names))} berkas yang dibaca",
                f"Pakai {LATEST}, atau salah satu nama: {listed(list(names), 3)}.",
            )


def _assumed(tables: Sequence[VillageTable]) -> list[str]:
    """The assumptions of all files, what holds for several of them said once."""
    said: dict[str, list[str]] = {}
    for table in tables:
        file = table.layouts[0].berkas
        for line in table.assumptions:
            head, found, text = line.partition(": ")
            own = bool(found) and head.startswith(file)
            said.setdefault(text if own else line, []).append(head if own else "")
    lines: list[str] = []
    for text, heads in said.items():
        place = "" if not heads[0] else f"{heads[0] if len(heads) == 1 else f'{whole(len(heads))} berkas'}: "
        lines.append(place + text)
    return lines


def _twice(merged: Merged) -> list[str]:
    """Columns that stand twice in a file, of which the second is not merged."""
    places = [
        f"{layout.berkas} kolom {use.letter} “{use.judul}”" for layout in merged.layouts for use in layout.duplicates
    ]
    return [f"kolom kedua untuk hal yang sama tidak ikut: {listed(places, 3)}"] if places else []
